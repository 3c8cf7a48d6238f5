"""Measure how the time of each step grows when a repetitive text becomes twice as long.

    python benchmarks/growth.py [CHARACTERS]

Each step runs on each piece of Markdown, code and front matter that the tests repeat, at one length and at twice that
length. Linear steps take twice as long, quadratic ones four times. The table shows the worst piece for each step, among
those that take long enough to be measured.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "markdown"))

from test_parse_laws import DIALECTS, NAMED, REPEATED

from kwlint import markdown
from kwlint.config import KeywordSettings
from kwlint.facts import defects, evidence, links
from kwlint.facts.code_blocks import samples
from kwlint.facts.front_matter import read
from kwlint.flavours import Flavours
from kwlint.keywords.selection import keywords
from kwlint.markdown.mentions import FORMS, mentions
from kwlint.text.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST = 0.02  # seconds; shorter times cannot be measured in one run
CODE = ("(", "a ", '"', "fn ", "\\", "/*", "'''", "$ ", "curl ", "eyJ", "a://b:", "Remove-Item ")
LANGUAGES = ("python", "js", "rust", "go", "java", "c", "ps1", "sh", "sql", "json", "console")


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor time of one run."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def growth(work: Callable[[str], object], piece: str, size: int) -> tuple[float, float]:
    """Return the ratio of the times for the doubled and the single text, and the seconds for the doubled text. The
    ratio is 0 if the time is too short to be measured."""
    once, twice = ((piece * (length // len(piece) + 1))[:length] for length in (size, 2 * size))
    after = seconds(work, twice)
    if after < SHORTEST:
        return 0.0, after
    return min(after, seconds(work, twice)) / max(min(seconds(work, once) for _ in range(3)), 1e-6), after


def facts(text: str) -> None:
    """Gather the links, defects and evidence of a document."""
    flavour = Flavours().of("a.md")
    document = markdown.parse(text)
    defects.defects(document, decode(text.encode()), flavour)
    links.links(document)
    links.anchors(document, flavour, {})
    evidence.evidence(document)


def named(kind: str, text: str) -> None:
    """Find the files that a text mentions in the syntax of a generator."""
    list(mentions(text, kind))


def code(language: str, text: str) -> None:
    """Read a code block."""
    samples(markdown.parse(f"```{language}\n{text}\n```"))


def yaml(text: str) -> None:
    """Read front matter."""
    read(markdown.parse(f"---\n{text}\n---\n").front_matter)


def keyword_index(text: str) -> None:
    """Extract keywords."""
    keywords(markdown.parse(text), "a.md", {}, KeywordSettings())


def steps() -> dict[str, tuple[Callable[[str], object], tuple[str, ...]]]:
    """Return the steps, each with the pieces on which it runs."""
    found: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
        "parser": (markdown.parse, REPEATED),
        "parser, all extensions": (partial(markdown.parse, dialect=DIALECTS[8]), REPEATED),
        "facts": (facts, REPEATED),
        "keywords": (keyword_index, (*REPEATED, "a*a-b-", "word ", "Two Words ")),
        "YAML": (yaml, ("a: ", "[", "{a: ", "- ", " ", "'b\n", "a: b\n")),
    }
    found |= {f"files that {kind} names": (partial(named, kind), NAMED) for kind in FORMS}
    found |= {f"code, {name}": (partial(code, name), CODE) for name in LANGUAGES}
    return found


def main(argv: list[str]) -> int:
    """Print the table."""
    size = int(argv[0]) if argv else 30_000
    print(f"{size} to {2 * size} characters\n\n| step | worst growth | seconds | repeated |\n| --- | --- | --- | --- |")
    for name, (work, pieces) in steps().items():
        factor, taken, piece = max((*growth(work, piece, size), piece) for piece in pieces)
        print(f"| {name} | {f'{factor:.1f}' if factor else 'too quick'} | {taken:.2f} | {piece!r} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
