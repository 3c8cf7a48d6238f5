"""The kind of a document by stated signs: tutorial, how-to, reference, explanation (Diátaxis), changelog, index.

Each sign is worth points; the kind with most, and at least `ENOUGH`, is the document's. No sign, no kind: a page says
nothing of it then.
"""

# ruff: noqa: E501, SIM905 - a pattern or a table is read best as it is searched for

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwlint.model.document import Document
    from kwlint.model.facts import SectionFact

ENOUGH = 2
KINDS = ("changelog", "index", "reference", "tutorial", "how-to", "explanation")

_STATED = {
    "tutorial": "tutorial",
    "quickstart": "tutorial",
    "getting-started": "tutorial",
    "get-started": "tutorial",
    "how-to": "how-to",
    "how-to-guide": "how-to",
    "howto": "how-to",
    "guide": "how-to",
    "reference": "reference",
    "api": "reference",
    "explanation": "explanation",
    "conceptual": "explanation",
    "concept": "explanation",
    "concept-article": "explanation",
    "overview": "explanation",
    "changelog": "changelog",
    "release-notes": "changelog",
    "landing-page": "index",
    "index": "index",
}
_STATED_KEYS = ("ms.topic", "diataxis", "doc_type", "content_type", "topic", "kind", "type")
_REFERENCE_SECTIONS = frozenset(
    "syntax parameters arguments options flags inputs outputs returns properties methods fields attributes events"
    " synopsis exceptions errors endpoints".split()
) | {"return value", "return values", "exit status", "exit codes", "environment variables"}
_VERSION = re.compile(r"\[?v?\d+\.\d+(?:\.\d+)*[\w.+-]*\]?(?:\s*[-–—(/].*)?\Z|unreleased\b", re.IGNORECASE)


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a title says of its kind."""
    return tuple(
        (kind, re.compile(pattern, re.IGNORECASE))
        for kind, pattern in (
            ("changelog", r"\b(?:changelog|change log|release notes|release history|what's new|whats new)\b"),
            (
                "reference",
                r"\b(?:api|cli|command|language|config\w*|cmdlet|function|class|library|http) reference\b|\breference(?: guide| manual)?$|^reference:|\bapi docs\b|\bcheat ?sheet\b|\bglossary\b|\bspecification$",
            ),
            (
                "tutorial",
                r"\b(?:tutorial|getting started|get started|quick ?start|walkthrough|your first|hello,? world)\b",
            ),
            (
                "how-to",
                r"^how (?:to|do)\b|\bhow-to\b|^(?:install|configure|set up|deploy|migrate|upgrade|build|create)\b",
            ),
            ("how-to", r"^(?:installing|configuring|setting up|deploying|migrating|upgrading|building|creating)\b"),
            (
                "explanation",
                r"\b(?:concepts?|overview|architecture|background|understanding|principles|rationale|faq)\b",
            ),
            ("explanation", r"^(?:why|what (?:is|are)|introduction to|about)(?:\b|_)"),
        )
    )


_FOLDERS = {
    "reference": "reference",
    "references": "reference",
    "api": "reference",
    "tutorial": "tutorial",
    "tutorials": "tutorial",
    "quickstart": "tutorial",
    "getting-started": "tutorial",
    "how-to": "how-to",
    "howto": "how-to",
    "how-tos": "how-to",
    "guides": "how-to",
    "recipes": "how-to",
    "concepts": "explanation",
    "explanation": "explanation",
    "explanations": "explanation",
    "overview": "explanation",
}
_FILES = {
    "changelog": "changelog",
    "changes": "changelog",
    "history": "changelog",
    "news": "changelog",
    "releases": "changelog",
    "release-notes": "changelog",
    "release_notes": "changelog",
    "summary": "index",
    "toc": "index",
}


def kind_of(
    document: Document, path: str, meta: dict[str, object], title: str, lead: str, sections: tuple[SectionFact, ...]
) -> tuple[str, tuple[str, ...]]:
    """The kind and the signs that gave it away, as phrases, as many as suffice; empty where they do not."""
    points = dict.fromkeys(KINDS, 0)
    signs: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KINDS}

    def found(kind: str, weight: int, sign: str) -> None:
        points[kind] += weight
        if sum(known for known, _ in signs[kind]) < ENOUGH:  # no more are needed to tell why
            signs[kind].append((weight, sign))

    for kind, weight, sign in (*_from_meta(meta), *_from_path(path), *_from_title(title), *_from_lead(lead)):
        found(kind, weight, sign)
    for kind, weight, sign in (*_from_sections(sections), *_from_links(document)):
        found(kind, weight, sign)
    best = max(KINDS, key=lambda kind: (points[kind], -KINDS.index(kind)))
    if points[best] < ENOUGH:
        return "", ()
    return best, tuple(sign for _, sign in signs[best])


_Signs = list[tuple[str, int, str]]


def _from_meta(meta: dict[str, object]) -> _Signs:
    for key in _STATED_KEYS:
        value = meta.get(key)
        kind = _STATED.get(value.strip().lower().replace(" ", "-")) if isinstance(value, str) else None
        if kind:
            return [(kind, 4, f"front matter says {key}: {value}")]
    if "external help file" in meta:
        return [("reference", 3, "front matter names a command's help file")]
    return []


def _from_path(path: str) -> _Signs:
    *folders, name = path.split("/")
    stem = name.lower().partition(".")[0]
    found: _Signs = []
    if stem in _FILES:
        found.append((_FILES[stem], 3, f"named {name}"))
    for distance, folder in enumerate(reversed(folders)):
        if kind := _FOLDERS.get(folder.lower()):
            return [*found, (kind, 2 if distance < 2 else 1, f"stands in {folder}/")]
    return found


def _from_title(title: str) -> _Signs:
    for kind, pattern in _words():
        if match := pattern.search(title):
            return [(kind, 2, f"titled “{match[0].strip('_')}”")]
    return []


_SELF = re.compile(
    r"\bthis (?:short |quick |step-by-step )?(tutorial|quick ?start|how-to|reference|overview|changelog)\b", re.I
)


def _from_lead(lead: str) -> _Signs:
    """What the first sentences call their own document."""
    match = _SELF.search(lead)
    if match is None:
        return []
    name = match[1].lower().replace(" ", "")
    return [(_STATED[name], 3, f"calls itself “{match[0].lower()}”")]


def _from_sections(sections: tuple[SectionFact, ...]) -> _Signs:
    titles = [section.title for section in sections if section.title]
    found: _Signs = []
    forms = [section for section in sections if section.title.casefold() in _REFERENCE_SECTIONS]
    named = list(dict.fromkeys(section.title for section in forms))
    top = min((section.level for section in sections if section.level > 1), default=1)
    if len(named) > 1 and any(section.level <= top for section in forms):  # else one topic of several has them
        found.append(("reference", len(named), f"has the sections {', '.join(named[:4])}"))
    versions = [title for title in titles if _VERSION.match(title)]
    if len(versions) > 2 and 5 * len(versions) > 2 * len(titles):
        found.append(("changelog", 4, "its headings are versions"))
    steps = [title for title in titles if re.match(r"step \d|\d+\. ", title, re.IGNORECASE)]
    once = sum(re.match(r"(?:step )?1\b", title, re.IGNORECASE) is not None for title in steps) < 2  # one row of them
    if len(steps) > 2 and once and 5 * len(steps) > 2 * len(titles):
        found.append(("tutorial" if "step" in steps[0].lower() else "how-to", 2, "its headings are numbered steps"))
    return found


def _from_links(document: Document) -> _Signs:
    if len(document.links) < 5:
        return []
    items = linked = 0
    for block in document.blocks:
        if block.kind == "heading":
            continue
        items += 1
        covered = sum(mark.end - mark.start for mark in block.marks if mark.kind == "link")
        linked += block.container == "list" and 2 * covered >= len(block.text.strip()) > 0
    if linked > 4 and 2 * linked > items:
        return [("index", 3, "most of it is lists of links")]
    return []
