"""Judges every link of a repository and says what is broken: `python benchmarks/links.py REPOSITORY [CODE ...]`.

No cache, no configuration and no pages: the flavours, the parser and the judge alone, with the time that each took.
Prints one line per problem and a table at the end.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from kwlint import flavours, markdown
from kwlint.facts import front_matter, links
from kwlint.links.resolve import MemoryTree, Verdict, judge
from kwlint.model.facts import Anchor, LinkFact, Note
from kwlint.text import encoding


class Seen(NamedTuple):
    """What judging a repository gave: (path, link, verdict) of every link, (path, note), and seconds by step."""

    verdicts: list[tuple[str, LinkFact, Verdict]]
    notes: list[tuple[str, Note]]
    found: flavours.Flavours
    seconds: dict[str, float]


def tracked(root: Path) -> list[str]:
    """The paths in git's index."""
    out = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], check=True, capture_output=True).stdout
    return [path for path in out.decode("utf-8", "surrogateescape").split("\0") if path]


def judged(root: Path) -> Seen:
    """Every link of the repository at `root`, judged."""
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    files = [path for path in tracked(root) if (root / path).exists()]
    found = flavours.detect(files, lambda path: (root / path).read_bytes())
    seconds["detect"] = time.perf_counter() - start
    facts: dict[str, tuple[LinkFact, ...]] = {}
    anchors: dict[str, tuple[Anchor, ...]] = {}
    notes = []
    seconds |= {"parse": 0.0, "facts": 0.0}
    for path in files:
        flavour = found.of(path)
        if not path.endswith(flavour.suffixes) or (root / path).is_symlink():
            continue
        decoded = encoding.decode((root / path).read_bytes())
        start = time.perf_counter()
        document = markdown.parse(decoded.text, flavour.dialect)
        seconds["parse"] += time.perf_counter() - start
        start = time.perf_counter()
        meta = front_matter.read(document.front_matter)
        facts[path] = links.links(document)
        anchors[path] = links.anchors(document, flavour, meta)
        notes += [(path, note) for note in links.notes(document, decoded, flavour)]
        seconds["facts"] += time.perf_counter() - start
    tree = MemoryTree(files, anchors)
    tree.on_disk = lambda path: (root / path).exists()  # type: ignore[method-assign]
    start = time.perf_counter()
    verdicts = [(path, fact, judge(path, fact, found, tree)) for path in facts for fact in facts[path]]
    seconds["judge"] = time.perf_counter() - start
    return Seen(verdicts, notes, found, seconds)


def main(argv: list[str]) -> int:
    """Prints the problems of the repository named first, those with one of the codes named after it."""
    seen = judged(Path(argv[0]))
    codes = tuple(argv[1:]) or ("KW",)
    kinds = Counter(verdict.code or verdict.kind for _, _, verdict in seen.verdicts)
    kinds.update(note.code for _, note in seen.notes)
    lines = [
        (path, fact.line, fact.column, verdict.code, f"{verdict.message} | {fact.target} | {verdict.hint}")
        for path, fact, verdict in seen.verdicts
        if verdict.code or (verdict.kind == "undecidable" and "undecidable" in codes)
    ]
    lines += [(path, n.line, n.column, n.code, f"{n.message} | {n.target} | {n.hint}") for path, n in seen.notes]
    for path, line, column, code, text in sorted(lines):
        if (code or "undecidable").startswith(codes):
            print(f"{path}:{line}:{column}: {code or 'undecidable'} {text}")
    print(dict(sorted(kinds.items())), file=sys.stderr)
    print([(root, flavour.name) for root, flavour in seen.found.roots], file=sys.stderr)
    print({step: round(taken, 3) for step, taken in seen.seconds.items()}, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
