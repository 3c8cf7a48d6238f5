"""Replay a repository's history with kwlint's pages: which pages each commit changes, and whether branches merge.

    python benchmarks/replay.py REPOSITORY [--commits 200] [--merges 100] [--only commits|merges]

The repository itself is not changed: the documents of its first-parent history are copied into a new repository, in
which `kwlint init` and `kwlint --fix` run.

`commits`: each commit's documents replace those of the one before, the pages are fixed, and the result is committed.
Counted are changed pages per changed document, and changed page lines per changed document line, in total and by kind
of page. A check has to be clean after each commit, and a check without a cache after every twentieth.

`merges`: two successive commits that change different documents become two branches of the state before both, each with
its pages. They have to merge without a conflict below the output folder; after `--fix`, a check without a cache has to
be clean.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SUFFIXES = (".md", ".markdown", ".qmd", ".mdx")
PAGES = "kwdocs/"
NAME = ("-c", "user.name=Replay", "-c", "user.email=replay@example.org", "-c", "core.autocrlf=false")


class Moved(NamedTuple):
    """A path that a commit adds, changes or (with `blob` None) removes."""

    path: str
    blob: str | None


class Count(NamedTuple):
    """The changes of one commit: documents and pages, lines (added and removed) of both, page lines by kind of page."""

    documents: int
    document_lines: int
    pages: int
    page_lines: int
    by_kind: Counter[str]


class ReplayError(Exception):
    """A program failed."""


def run(folder: Path, *command: str, may_fail: bool = False, data: bytes | None = None) -> str:
    """Run a program, and return its output. Raises `ReplayError` if it fails and `check` is set."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, input=data)
    if done.returncode and not may_fail:
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise ReplayError(f"{' '.join(command)}: exit {done.returncode}\n{said[-2000:]}")
    return done.stdout.decode("utf-8", "surrogateescape")


def git(folder: Path, *arguments: str, may_fail: bool = False) -> str:
    """Run git, and return its output."""
    return run(folder, "git", *NAME, *arguments, may_fail=may_fail)


def kwlint(folder: Path, *arguments: str) -> str:
    """Run kwlint, and return its output. Links are not fixed, so that the next commit applies to its authors' text."""
    selected = () if arguments[:1] == ("init",) else ("--select", "KW0")
    return run(folder, sys.executable, "-m", "kwlint", *arguments, *selected)


def blob(source: Path, name: str) -> bytes:
    """Return the content of a blob, or nothing for one that a partial clone lacks."""
    done = subprocess.run(["git", "cat-file", "blob", name], cwd=source, capture_output=True, check=False)
    return done.stdout


def moves(source: Path, before: str, after: str) -> list[Moved]:
    """Return the differences between two commits, without submodules and symbolic links."""
    rows = git(source, "diff-tree", "-r", "-z", "--no-renames", before, after).split("\0")
    found = []
    for head, path in zip(rows[0::2], rows[1::2], strict=False):
        _, mode, _, name, status = head.split(" ")
        if mode in {"100644", "100755", "000000"} and not path.startswith(PAGES):
            found.append(Moved(path, None if status == "D" else name))
    return found


def touches_documents(source: Path, commit: str) -> bool:
    """Return whether a commit changes a document."""
    return any(move.path.endswith(SUFFIXES) for move in moves(source, f"{commit}^", commit))


def history(source: Path, wanted: int) -> list[str]:
    """Return the newest commits of the first-parent history that change documents, oldest first."""
    listed = git(source, "rev-list", "--first-parent", "HEAD", "--", *(f"*{suffix}" for suffix in SUFFIXES)).split()
    found: list[str] = []
    for commit in listed[:-1]:
        if len(found) == wanted:
            break
        if touches_documents(source, commit):
            found.append(commit)
    return found[::-1]


def lay(source: Path, folder: Path, moved: list[Moved]) -> None:
    """Write and delete files as a commit did."""
    for path, name in moved:
        place = folder / path
        if name is None:
            place.unlink(missing_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(blob(source, name))


def begin(source: Path, folder: Path, commit: str) -> None:
    """Create a repository with a commit's files, set up for kwlint, with its pages."""
    git(folder, "init", "-q", "-b", "main")
    empty = run(folder, "git", "hash-object", "-t", "tree", "/dev/null").strip()
    lay(source, folder, moves(source, empty, commit))
    kwlint(folder, "init")
    settle(folder, "start")


def settle(folder: Path, message: str) -> None:
    """Fix the pages, and commit everything."""
    git(folder, "add", "-A")
    kwlint(folder, "--fix", "--stage", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def kind(page: str) -> str:
    """Return the kind of a page, from its name."""
    name = page.rpartition("/")[2]
    for ending, what in (("_kw.md", "keyword index"), ("_docs.md", "documentation page")):
        if name.endswith(ending):
            return what
    if name.startswith("keywords"):
        return "A-Z"
    return {"index.md": "folder index", "doc.md": "folder documentation"}.get(name, "other")


def counted(folder: Path) -> Count:
    """Count the changes of the last commit."""
    rows = git(folder, "diff", "--numstat", "-z", "--no-renames", "HEAD~1", "HEAD").split("\0")
    documents = pages = document_lines = page_lines = 0
    by_kind: Counter[str] = Counter()
    for row in filter(None, rows):
        added, removed, path = row.split("\t")
        lines = sum(int(number) for number in (added, removed) if number != "-")
        if path.startswith(PAGES):
            pages += 1
            page_lines += lines
            by_kind[kind(path)] += lines
        elif path.endswith(SUFFIXES):
            documents += 1
            document_lines += lines
    return Count(documents, document_lines, pages, page_lines, by_kind)


def replay_commits(source: Path, folder: Path, wanted: int) -> None:
    """Replay commits one by one, and print the table."""
    commits = history(source, wanted)
    begin(source, folder, f"{commits[0]}^")
    before, counts = f"{commits[0]}^", []
    for number, commit in enumerate(commits, 1):
        lay(source, folder, moves(source, before, commit))
        settle(folder, commit)
        kwlint(folder, *(["--no-cache"] if number % 20 == 0 else []))
        counts.append(counted(folder))
        before = commit
    print_counts(counts)


def print_counts(counts: list[Count]) -> None:
    """Print the table of changes."""
    counts = [count for count in counts if count.documents]
    pages = sorted(count.pages / count.documents for count in counts)
    lines = sorted(count.page_lines / max(count.document_lines, 1) for count in counts)
    print(f"\n{len(counts)} commits, a clean check after each\n")
    print("| | median | nine in ten | in all |\n| --- | --- | --- | --- |")
    print(row("pages moved per document moved", pages, total(counts, 2) / total(counts, 0)))
    print(row("page lines per document line", lines, total(counts, 3) / total(counts, 1)))
    kinds: Counter[str] = sum((count.by_kind for count in counts), Counter())
    for name, number in kinds.most_common():
        print(f"| of these, in the {name} | | | {number / total(counts, 1):.2f} |")


def row(title: str, figures: list[float], whole: float) -> str:
    """Return a row of the table."""
    return f"| {title} | {statistics.median(figures):.2f} | {figures[int(len(figures) * 0.9)]:.2f} | {whole:.2f} |"


def total(counts: list[Count], column: int) -> int:
    """Return the sum of one field."""
    return sum(int(count[column]) for count in counts)  # type: ignore[call-overload]


def pairs(source: Path, wanted: int) -> list[tuple[str, str]]:
    """Return pairs of successive commits, the older first, that change different files."""
    commits = history(source, wanted * 4)
    found = []
    for older, newer in zip(commits[-2::-1], commits[:0:-1], strict=False):
        one = {move.path for move in moves(source, f"{older}^", older)}
        other = {move.path for move in moves(source, f"{newer}^", newer)}
        if not one & other and len(found) < wanted:
            found.append((older, newer))
    return found[::-1]


def replay_merges(source: Path, folder: Path, wanted: int) -> None:
    """Merge branches that edited different documents, and print the results."""
    found = pairs(source, wanted)
    at = f"{found[0][0]}^"
    begin(source, folder, at)
    clean = right = 0
    for older, newer in found:
        lay(source, folder, moves(source, at, f"{older}^"))
        settle(folder, "base")
        at = f"{older}^"
        conflicts = merged(source, folder, older, newer)
        clean += not conflicts
        if conflicts:
            print(f"{older[:10]} and {newer[:10]}: {', '.join(sorted(conflicts)[:5])}")
            git(folder, "checkout", "-q", "--ours", "--", *conflicts, may_fail=True)
        settle(folder, "after the merge")
        kwlint(folder, "--no-cache")
        right += 1
        git(folder, "checkout", "-q", "-B", "main", "base")
    print("\n| pairs | merged without conflict in pages | right after `--fix` |\n| --- | --- | --- |")
    print(f"| {len(found)} | {clean} | {right} |")


def merged(source: Path, folder: Path, older: str, newer: str) -> list[str]:
    """Make a branch of each commit from the current state, merge them, and return the pages in conflict."""
    git(folder, "branch", "-f", "base")
    for name, commit in (("one", older), ("other", newer)):
        git(folder, "checkout", "-q", "-B", name, "base")
        lay(source, folder, moves(source, f"{commit}^", commit))
        settle(folder, commit)
    git(folder, "merge", "-q", "-m", "merge", "one", may_fail=True)
    return sorted({line[3:] for line in git(folder, "status", "--porcelain").splitlines() if "U" in line[:2]})


def main() -> None:
    """Run the parts that the arguments select."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path)
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--merges", type=int, default=100)
    parser.add_argument("--only", choices=["commits", "merges"])
    options = parser.parse_args()
    tasks = {"commits": (replay_commits, options.commits), "merges": (replay_merges, options.merges)}
    for name, (task, wanted) in tasks.items():
        if options.only in {None, name}:
            with tempfile.TemporaryDirectory(prefix="kwlint-replay-") as folder:
                task(options.repository, Path(folder), wanted)


if __name__ == "__main__":
    main()
