"""Replay commits as pull requests, merge them as a git host does, and count conflicts and stale pages.

    python benchmarks/conflicts.py ../docs --commits 80 --between 1 3 5

A pull request is one commit of the first-parent history, made on the state of K commits earlier. Each state of the main
branch and each pull request gets its pages from `kwlint --fix`. They are merged by `git merge-tree`, without the
attributes that a git host ignores, such as `merge=union`. Only merges whose documents have no conflict count. The table
shows in how many of them pages conflict, or are stale after a merge without a conflict. With `shared-pages = "ci"`, the
rows of own pages are all that a contributor meets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from replay import NAME, PAGES, history, kind

OWN = ("keyword index", "documentation page")
TIERS = ("own", "shared")


class Replay:
    """A scratch clone in which trees get their pages."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        subprocess.run(
            ["git", "clone", "-q", "--shared", "--no-checkout", str(source), str(folder)], check=True, text=True
        )
        (folder / ".git" / "info" / "attributes").write_text("* merge=text\n")
        self.last = ""  # the last commit with pages
        self.known: dict[str, str] = {}

    def replace_absent(self, oldest: str) -> None:
        """Let an empty file stand in for each file that the source lacks, as a snapshot lacks its largest ones."""
        listed = self.git("rev-list", "--objects", "--missing=print", f"{oldest}..HEAD")
        listed += "\n" + self.git("rev-list", "--objects", "--missing=print", "--no-walk", oldest)
        empty = self.git("hash-object", "-w", "/dev/null")
        for name in {line[1:] for line in listed.splitlines() if line.startswith("?")}:
            self.git("update-ref", f"refs/replace/{name}", empty)

    def git(self, *arguments: str) -> str:
        """Run git, and return its output."""
        done = subprocess.run(["git", *NAME, *arguments], cwd=self.folder, capture_output=True, check=True)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def kwlint(self, *arguments: str) -> str:
        """Run kwlint on the pages, and return its output."""
        command = [sys.executable, "-m", "kwlint", *arguments, "--select", "KW0"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=False, text=True).stdout

    def lay(self, tree: str) -> None:
        """Make the index and the files those of a tree."""
        self.git("read-tree", "--reset", "-u", tree)

    def with_pages(self, tree: str) -> str:
        """Return a commit with the documents of `tree` and their pages. The pages of the last one are the start."""
        if tree not in self.known:
            self.lay(tree)
            if self.last:
                self.git("read-tree", f"--prefix={PAGES}", "-u", f"{self.last}:{PAGES}")
            self.kwlint("--fix", "--shared", "--stage", "-q")
            self.last = self.known[tree] = self.commit(self.git("write-tree", "--missing-ok"))
        return self.known[tree]

    def merge(self, base: str, ours: str, theirs: str) -> tuple[str, list[str]]:
        """Return the tree of a merge and the paths in conflict. All arguments are commits or trees."""
        start = self.commit(base)
        sides = [self.commit(one, "-p", start) for one in (ours, theirs)]
        done = subprocess.run(
            ["git", *NAME, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", *sides],
            cwd=self.folder, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode > 1:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        tree, *paths = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        return tree, [path for path in paths if path]

    def commit(self, tree: str, *parents: str) -> str:
        """Return a commit of a tree, or of the tree of a commit."""
        return self.git("commit-tree", f"{tree}^{{tree}}", *parents, "-m", "tree")

    def stale(self, tree: str) -> set[str]:
        """Return the tiers of the pages that are not those of the documents in `tree`."""
        self.lay(tree)
        return {tier(problem["path"]) for problem in json.loads(self.kwlint("--shared", "--output-format", "json"))}


def tier(page: str) -> str:
    """Return `own` for a page of one document, else `shared`."""
    return "own" if kind(page) in OWN else "shared"


def pull_request(replay: Replay, commit: str, main: str, start: str) -> str | None:
    """Return the commit of `commit`'s changes made on `start`; None if they do not apply or `main` conflicts."""
    tree, conflicts = replay.merge(main, start, commit)
    if conflicts:
        return None
    branch = replay.commit(tree)
    return None if replay.merge(start, main, branch)[1] else branch


def measure(replay: Replay, commits: list[str], between: int) -> Counter[str]:
    """Replay each commit with `between` commits in between, and count."""
    counts: Counter[str] = Counter()
    for at in range(between + 1, len(commits)):
        main, start = commits[at - 1], commits[at - 1 - between]
        branch = pull_request(replay, commits[at], main, start)
        if branch is None:
            counts["documents conflict"] += 1
            continue
        counts["merges"] += 1
        states = [replay.with_pages(one) for one in (start, main, branch)]
        tree, conflicts = replay.merge(*states)
        met = {tier(path) for path in conflicts}
        counts.update(f"{one} conflict" for one in met)
        # The side of the main branch stands in for pages in conflict, so that the others can be judged.
        late = replay.stale(tree) if not conflicts else set()
        counts.update(f"{one} stale" for one in late)
        if "own" in met | late:
            print(f"own pages of {commits[at][:12]} with {between} in between: {conflicts[:4]}", file=sys.stderr)
    return counts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path)
    parser.add_argument("--commits", type=int, default=80, help="number of pull requests")
    parser.add_argument("--between", type=int, nargs="+", default=[1, 3, 5], help="commits in between")
    options = parser.parse_args()
    commits = history(options.repository, options.commits + 1)
    print("| in between | merges | own pages conflict | own pages stale | shared pages conflict | shared pages stale |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory(prefix="kwlint-conflicts-") as folder:
        replay = Replay(options.repository.resolve(), Path(folder))
        replay.replace_absent(commits[0])
        for between in options.between:
            counts = measure(replay, commits, between)
            cells = [counts[f"{one} {what}"] for one in TIERS for what in ("conflict", "stale")]
            print(f"| {between} | {counts['merges']} | {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
