"""Replay renames and heading changes from a repository's history, without the authors' own updates of the links.

    python benchmarks/history.py REPOSITORY [CASES] [COMMITS]

A case is a link that an author changed in the commit that renamed its file, or the heading to which it leads. kwlint
gets the old link in the new tree, and git's information about that commit; its safe fix is compared with the author's
link:

- `same`: equal;
- `alike`: the same target, written differently;
- `page`: the same document, but the author links to a section;
- `none`: no safe fix;
- `wrong`: another target; each of these is printed.

The kinds of cases are `rename` (a file or folder), `heading` (renamed within its file), `section` (moved to another
file, or replaced by one there) and `suggestion` (the link was broken before, and the author corrected it; the best
suggestion is compared). All links that break by one change of a commit count once, and a commit counts five times at
most.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from kwlint import flavours, markdown
from kwlint.facts import front_matter, links
from kwlint.links.file_match import RenamedTexts
from kwlint.links.repair import History, repair_from_history
from kwlint.links.resolve import LinkResult, resolve_link, shown_document
from kwlint.links.target import split_target
from kwlint.model.facts import Anchor, LinkFact
from kwlint.repo.git import is_rename
from kwlint.repo.path_index import PathIndex
from kwlint.text import encoding

NAMES = ("*.md", "*.markdown", "*.mdx", "*.qmd")
LINK = re.compile(r"\[([^\[\]]*)\]\(<?([^()\s<>]+)>?[^()]*\)|^\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s|$)")


class Change(NamedTuple):
    """A link that a commit changed: the current path of the document, the target before and after."""

    commit: str
    path: str
    old: str
    new: str


class CommitTree:
    """The tree of one commit, as input for resolving links."""

    def __init__(self, root: Path, commit: str) -> None:
        self.root, self.commit = root, commit
        paths = git(root, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
        listing = PathIndex(filter(None, paths))
        self.paths = listing.paths
        self.exists, self.is_folder = listing.exists, listing.is_folder
        self.case_variants, self.similar = listing.case_variants, listing.similar
        self.flavours = flavours.detect(self.paths, lambda path: blob(root, commit, path) or b"")
        self.known: dict[str, tuple[Anchor, ...] | None] = {}

    def is_untracked(self, path: str) -> bool:  # noqa: ARG002
        return False

    def text(self, path: str) -> str | None:
        data = blob(self.root, self.commit, path)
        return None if data is None else encoding.decode(data).text

    def is_one_place(self, path: str, one: str, other: str) -> bool:
        """Return whether two fragments have the same target: a heading, and an explicit anchor next to it."""
        lines = {anchor.name: anchor.line for anchor in self.anchors(path) or ()}
        return one == other or (one in lines and other in lines and abs(lines[one] - lines[other]) <= 2)

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        if path not in self.known:
            flavour = self.flavours.of(path)
            text = self.text(path) if path.endswith(flavour.suffixes) else None
            if text is None:
                self.known[path] = None
            else:
                document = markdown.parse(text, flavour.dialect)
                self.known[path] = links.anchors(document, flavour, front_matter.read(document.front_matter))
        return self.known[path]


def git(root: Path, *arguments: str) -> str:
    """Run git, and return its output."""
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def blob(root: Path, commit: str, path: str) -> bytes | None:
    """Return the content of a file in a commit, or None."""
    done = subprocess.run(["git", "-C", str(root), "show", f"{commit}:{path}"], check=False, capture_output=True)
    return done.stdout if done.returncode == 0 else None


def changes(root: Path, commits: int) -> Iterator[Change]:
    """Yield the links of which only the target changed, commit by commit, newest first."""
    command = ["git", "-C", str(root), "log", "-p", "-U0", "-M", "--no-merges", "--no-color", "--format=%x00%H"]
    process = subprocess.Popen([*command, f"-n{commits}", "--", *NAMES], stdout=subprocess.PIPE)
    assert process.stdout is not None
    commit = path = ""
    removed: list[tuple[str, str]] = []
    added: list[tuple[str, str]] = []
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace").rstrip("\n")
        if line.startswith(("\0", "diff ", "@@")):
            yield from paired(commit, path, removed, added)
            removed, added = [], []
        if line.startswith("\0"):
            commit = line[1:]
        elif line.startswith("+++ b/"):
            path = line[6:]
        elif line.startswith("-") and not line.startswith("---"):
            removed += targets(line[1:])
        elif line.startswith("+"):
            added += targets(line[1:])
    yield from paired(commit, path, removed, added)


def targets(line: str) -> list[tuple[str, str]]:
    """Return (label, target) for the links of a line that lead into the repository."""
    found = [(m[1] or m[3] or "", m[2] or m[4]) for m in LINK.finditer(line)]
    return [(label, target) for label, target in found if ":" not in target and "{" not in target]


def paired(commit: str, path: str, removed: list[tuple[str, str]], added: list[tuple[str, str]]) -> Iterator[Change]:
    """Yield the changes of one hunk: links with the same label, which occurs once, and another target. A target that
    only moved to another label, as in renumbered definitions, did not change."""
    before, after = Counter(label for label, _ in removed), Counter(label for label, _ in added)
    new = dict(added)
    old_targets, new_targets = {target for _, target in removed}, {target for _, target in added}
    for label, old in removed:
        swapped = old in new_targets or new.get(label) in old_targets
        if before[label] == 1 and after[label] == 1 and not swapped:
            yield Change(commit, path, old, new[label])


class Case(NamedTuple):
    """The result for one change. `of`: the renamed or moved thing, so that each counts once."""

    kind: str
    result: str
    of: str = ""


NO_CASE = Case("", "")


def outcome(root: Path, change: Change) -> Case:
    """Return the case of a change, or `NO_CASE` if it belongs to no rename and no heading."""
    now, (moved, sure) = snapshot(root, change.commit), renames(root, change.commit)
    old_fact, new_fact = fact(change.old), fact(change.new)
    right = resolve_link(change.path, new_fact, now.flavours, now)
    result = resolve_link(change.path, old_fact, now.flavours, now)
    if right.status != "right" or not right.path or result.failure in ("", "untracked"):
        return NO_CASE
    kind = (
        "heading"
        if result.failure == "missing-anchor" and split_target(change.old).path == split_target(change.new).path
        else "rename"
    )
    origins = {after: before for before, after in moved.items()}
    then = snapshot(root, f"{change.commit}~1")
    was = resolve_link(origins.get(change.path, change.path), old_fact, then.flavours, then)
    if was.status == "broken":
        of = f"{change.old} {change.new}"
        return Case("suggestion", compared(change, result.replacement, right, now), of)
    if was.status != "right" or result.failure.startswith("wrong-case"):
        return NO_CASE
    if kind == "rename" and not (was.path in moved or right.path in origins or change.path in origins):
        kind = "section"  # the target is in another file now
        if not right.fragment or not was.fragment:
            return NO_CASE
    of = right.path
    if kind != "rename":
        of = f"{right.path}#{right.fragment}"
    elif right.path not in origins:
        of = change.path

    def versions(path: str) -> Iterator[str]:
        data = blob(root, f"{change.commit}~1", origins.get(path, path))
        if data is not None:
            yield encoding.decode(data).text

    def texts(old: str, new: str) -> RenamedTexts | None:
        before, after = then.text(old), now.text(new)
        return None if before is None or after is None else RenamedTexts(before, after)

    history = History(sure, now.text, versions, texts)
    after = repair_from_history(change.path, old_fact, result, now.flavours, now, history)
    return Case(kind, compared(change, after.replacement if after.safe else None, right, now), of)


def compared(change: Change, replacement: str | None, right: LinkResult, now: CommitTree) -> str:
    """Classify a replacement by comparison with the author's target, which resolves to `right`."""
    if replacement is None:
        return "none"
    if replacement == change.new:
        return "same"
    mine, flavour = resolve_link(change.path, fact(replacement), now.flavours, now), now.flavours.of(change.path)
    if shown_document(mine.path, flavour, now) == shown_document(right.path, flavour, now):
        if now.is_one_place(shown_document(right.path, flavour, now), mine.fragment, right.fragment):
            return "alike"
        if not mine.fragment:
            return "page"
    return f"wrong: {change.commit[:8]} {change.path}: {change.old} -> {replacement}, not {change.new}"


def fact(target: str) -> LinkFact:
    return LinkFact("inline", target, target, "", 0, 0, len(target), 1, 1, 1, len(target) + 1, False, "", "")


@lru_cache(4)
def snapshot(root: Path, commit: str) -> CommitTree:
    return CommitTree(root, commit)


@cache
def renames(root: Path, commit: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the renames of a commit (old path -> new path) as git detects them, and those that kwlint follows."""
    words = ("-r", "-M", "--diff-filter=R", "--name-status", "-z", "--no-commit-id", commit)
    try:
        out = git(root, "diff-tree", "-B", *words)
    except subprocess.CalledProcessError:  # a partial clone
        out = git(root, "diff-tree", *words)
    fields = out.split("\0")
    records = list(zip(fields[0::3], fields[1::3], fields[2::3], strict=False))
    sure = {old: new for status, old, new in records if is_rename(int(status[1:]), old, new)}
    return {old: new for _, old, new in records}, sure


def main(argv: list[str]) -> int:
    """Print the results by kind, and every wrong one."""
    root, cases = Path(argv[0]), int(argv[1]) if len(argv) > 1 else 100
    commits = int(argv[2]) if len(argv) > 2 else 4000
    results: dict[str, Counter[str]] = {kind: Counter() for kind in ("rename", "heading", "section", "suggestion")}
    by_commit: Counter[str] = Counter()
    known: set[tuple[str, str, str]] = set()
    for change in changes(root, commits):
        if by_commit[change.commit] >= 5:  # a large move must not dominate the result
            continue
        kind, result, of = outcome(root, change)
        if not kind or results[kind].total() >= cases or (change.commit, kind, of) in known:
            continue
        known.add((change.commit, kind, of))
        by_commit[change.commit] += 1
        results[kind][result.partition(":")[0]] += 1
        if result.startswith("wrong") or (result == "none" and "-v" in argv):
            print(kind, result, change if "-v" in argv else "", flush=True)
        if all(count.total() >= cases for count in results.values()):
            break
    for kind, count in results.items():
        print(kind, dict(count))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
