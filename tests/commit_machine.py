"""A state machine for the promise of the hook: what passes is right in a clone of the commit.

It changes a repository at random, in ways that make the index differ from the disk, and commits like git's own hook:
with the index named in `GIT_INDEX_FILE`, and nothing put aside. Wherever kwlint has nothing left to say, git commits,
and a fresh clone is checked without a cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from lab import Lab, codes

from kwlint.engine import fixes, pipeline
from kwlint.engine.request import Request
from kwlint.repo import git

if TYPE_CHECKING:
    from collections.abc import Iterator

PATHS = ("boat.md", "rig/sail.md", "rig/mast.md")
SENTENCES = (
    "The bilge pump runs on twelve volts.",
    "See [the sail](rig/sail.md#reefing) and [the mast](rig/mast.md).",
    "See [the sail](sail.md#reefing) and [the boat](../boat.md).",
    "## Reefing\n\nThe reefing line shortens the mainsail.",
    "## Stepping the mast\n\nThe gin pole holds `mast-foot`. $Id$",
    "A broken link leads to [nothing](nothing.md).",
)
ATTRIBUTES = ("", "*.md ident\n", "*.md text eol=crlf\n")
BITS = ("--assume-unchanged", "--no-assume-unchanged", "--skip-worktree", "--no-skip-worktree")

paths = st.sampled_from(PATHS)
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(lambda parts: "\n\n".join(("# Boats", *parts, "")))


class CommitMachine(RuleBasedStateMachine):
    """Random edits, git commands and commits."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="commit-machine-")).resolve()
        self.lab = Lab(self.folder / "repo")
        self.lab.git("config", "core.safecrlf", "false")
        self.lab.write("boat.md", "# Boats\n\nSee [the sail](rig/sail.md).\n")
        self.lab.write("rig/sail.md", "# Sails\n\n## Reefing\n\nThe reefing line.\n")
        self.lab.settle()
        self.passed = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def git(self, *arguments: str) -> None:
        """Run git; what it refuses does not happen."""
        try:
            self.lab.git(*arguments)
        except subprocess.CalledProcessError:
            return

    @contextmanager
    def in_hook(self) -> Iterator[None]:
        os.environ["GIT_INDEX_FILE"] = str(self.lab.root / ".git" / "index")
        try:
            yield
        finally:
            del os.environ["GIT_INDEX_FILE"]

    # --- changes

    @rule(path=paths, text=texts)
    def write(self, path: str, text: str) -> None:
        self.lab.write(path, text)

    @rule(path=paths, text=texts, later=texts)
    def stage_a_part(self, path: str, text: str, later: str) -> None:
        self.lab.write(path, text)
        self.git("add", path)
        self.lab.write(path, text + later)

    @rule(path=paths, option=st.sampled_from(("-f", "-N", "-u")))
    def add(self, path: str, option: str) -> None:
        self.git("add", option, "--", path)

    @rule()
    def add_all(self) -> None:
        self.git("add", "-A")

    @rule(path=paths, options=st.sampled_from((("--cached",), ("-f",))))
    def remove(self, path: str, options: tuple[str, ...]) -> None:
        self.git("rm", "-q", *options, "--", path)

    @rule(path=paths)
    def delete(self, path: str) -> None:
        (self.lab.root / path).unlink(missing_ok=True)

    @rule(old=paths, new=paths)
    def rename(self, old: str, new: str) -> None:
        self.git("mv", old, new)

    @rule(path=paths, bit=st.sampled_from(BITS))
    def set_bit(self, path: str, bit: str) -> None:
        self.git("update-index", bit, path)

    @rule(bit=st.sampled_from(BITS))
    def set_bit_of_page(self, bit: str) -> None:
        self.git("update-index", bit, "kwdocs/boat.md_kw.md")

    @rule(patterns=st.sampled_from((("set", "--cone", "rig"), ("set", "--no-cone", "/kwdocs/"), ("disable",))))
    def check_out_a_part(self, patterns: tuple[str, ...]) -> None:
        self.git("sparse-checkout", *patterns)

    @rule(text=st.sampled_from(ATTRIBUTES))
    def set_attributes(self, text: str) -> None:
        self.lab.write(".gitattributes", text)
        self.git("add", "--sparse", ".gitattributes")

    @rule()
    def fix_by_hand(self) -> None:
        self.lab.fix()

    @rule()
    def edit_page(self) -> None:
        if (page := self.lab.root / "kwdocs" / "boat.md_kw.md").exists():
            page.write_text(page.read_text() + "by hand\n")

    @rule(path=st.sampled_from((".", "kwdocs", "boat.md")))
    def restore(self, path: str) -> None:
        self.git("checkout", "-q", "--", path)

    @rule()
    def switch_and_merge(self) -> None:
        self.git("checkout", "-q", "-B", "side", "HEAD~1")
        self.git("merge", "-q", "--no-commit", "main")

    # --- commits

    @rule(fix=st.booleans(), stage=st.booleans(), everything=st.booleans())
    def commit(self, *, fix: bool, stage: bool, everything: bool) -> None:
        """Commit as `git commit`, or with `everything` as `git commit -a`, with a hook of these options."""
        if everything:
            self.git("add", "-u")
        with self.in_hook():
            if not self.passes(fix=fix, stage=fix and stage):
                return
        try:
            self.lab.git("commit", "-q", "--allow-empty", "-m", "x")
        except subprocess.CalledProcessError:  # a conflict
            return
        self.passed += 1
        clone = self.folder / "clone"
        self.lab.git("clone", "-q", "--shared", str(self.lab.root), str(clone))
        assert codes(Lab(clone).check(use_cache=False)) == []
        shutil.rmtree(clone)

    def passes(self, *, fix: bool, stage: bool) -> bool:
        """Return whether the hook lets the commit through."""
        repository = git.open_repository(self.lab.root)
        request = Request(jobs=1, texts=fix)
        result = pipeline.check(repository, self.lab.config, request)
        if result.errors:
            return False
        if not fix:
            return not result.problems
        repair = fixes.repair(repository, self.lab.config, request, result.problems, unsafe=False, stage=stage)
        changed = repair.written or repair.deleted or repair.edited
        return not repair.errors and not repair.remaining and (stage or not changed)
