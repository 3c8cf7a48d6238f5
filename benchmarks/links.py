"""Check every link of a repository: `python benchmarks/links.py REPOSITORY [CODE ...]`.

Runs the flavours, the parser and the link resolution only, without cache, configuration and pages, and measures the
time of each. Prints one line per problem, and a table at the end.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from kwlint import flavours
from kwlint.config import Config
from kwlint.facts.depth import LINKS
from kwlint.facts.gather import gather
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.tree import MemoryTree
from kwlint.model.facts import Anchor, LinkFact
from kwlint.model.problem import Problem
from kwlint.rules import links as link_rules
from kwlint.rules.registry import source_problems


class Results(NamedTuple):
    """The results for one repository: (path, link, result) of every link, the problems that sources show by
    themselves, and seconds by step."""

    results: list[tuple[str, LinkFact, LinkResult]]
    problems: list[Problem]
    found: flavours.Flavours
    seconds: dict[str, float]


def tracked(root: Path) -> list[str]:
    """Return the paths in git's index."""
    out = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], check=True, capture_output=True).stdout
    return [path for path in out.decode("utf-8", "surrogateescape").split("\0") if path]


def judged(root: Path) -> Results:
    """Resolve every link of the repository at `root`."""
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    files = [path for path in tracked(root) if (root / path).exists()]
    found = flavours.detect(files, lambda path: (root / path).read_bytes())
    seconds["detect"] = time.perf_counter() - start
    facts: dict[str, tuple[LinkFact, ...]] = {}
    anchors: dict[str, tuple[Anchor, ...]] = {}
    problems: list[Problem] = []
    seconds["facts"] = 0.0
    for path in files:
        flavour = found.of(path)
        if not path.endswith(flavour.suffixes) or (root / path).is_symlink():
            continue
        data = (root / path).read_bytes()
        start = time.perf_counter()
        gathered = gather(path, data, Config(), flavour, LINKS)
        facts[path], anchors[path] = gathered.links, gathered.anchors
        problems += source_problems(path, gathered)
        seconds["facts"] += time.perf_counter() - start
    tree = MemoryTree(files, anchors)
    tree.is_untracked = lambda path: (root / path).exists()  # type: ignore[method-assign]
    start = time.perf_counter()
    results = [(path, fact, resolve_link(path, fact, found, tree)) for path in facts for fact in facts[path]]
    seconds["resolve"] = time.perf_counter() - start
    return Results(results, problems, found, seconds)


def main(argv: list[str]) -> int:
    """Print the problems of the repository given first, limited to the codes that follow."""
    checked = judged(Path(argv[0]))
    codes = tuple(argv[1:]) or ("KW",)
    kinds = Counter(link_rules.code(result) or result.status for _, _, result in checked.results)
    kinds.update(one.code for one in checked.problems)
    broken = [link_rules.problem(path, fact, result) for path, fact, result in checked.results if result.failure]
    lines = [
        (path, fact.line, fact.column, "", fact.target)
        for path, fact, result in checked.results
        if result.status == "undecidable" and "undecidable" in codes
    ]
    lines += [
        (p.path, p.line, p.column, p.code, f"{p.message} | {p.target} | {p.hint}") for p in (*broken, *checked.problems)
    ]
    for path, line, column, code, text in sorted(lines):
        if (code or "undecidable").startswith(codes):
            print(f"{path}:{line}:{column}: {code or 'undecidable'} {text}")
    print(dict(sorted(kinds.items())), file=sys.stderr)
    print([(root, flavour.name) for root, flavour in checked.found.roots], file=sys.stderr)
    print({step: round(taken, 3) for step, taken in checked.seconds.items()}, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
