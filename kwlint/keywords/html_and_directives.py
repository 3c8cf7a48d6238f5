"""Prose that the Markdown parser leaves as it is: cells of HTML tables, and the content of directive fences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kwlint.model.document import Document

DIRECTIVES = frozenset(
    [
        "note",
        "tip",
        "hint",
        "warning",
        "caution",
        "danger",
        "attention",
        "important",
        "admonition",
        "seealso",
        "exercise",
        "solution",
        "example",
        "definition",
        "theorem",
        "proof",
        "lemma",
        "proposition",
        "corollary",
        "remark",
        "algorithm",
        "topic",
        "sidebar",
        "glossary",
        "details",
        "dropdown",
    ]
)

_CELL = re.compile(r"</?(?:td|th|tr|p|li|ul|ol|br|div|dl|dt|dd)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_FENCE_MARKUP = re.compile(r"^\s*:[\w-]+:.*$|^\s*(?:[-*+]|\d+[.)])\s|[`*_]{1,3}|\]\([^()\s]*\)", re.M)


def texts(document: Document) -> Iterator[tuple[int, str]]:
    """Section and text of each piece. Linear: each table and each fence is read once."""
    source = document.text
    if "<table" in source or "<TABLE" in source:
        yield from _tables(document, source)
    for fence in document.fences:
        if fence.lang.rpartition(":")[2] in DIRECTIVES:
            for part in _FENCE_MARKUP.sub(" ", fence.text).split("\n\n"):
                if part.strip():
                    yield fence.section, part


def _tables(document: Document, source: str) -> Iterator[tuple[int, str]]:
    starts = [section.start for section in document.sections]
    covered = sorted(
        [(block.start, block.end) for block in document.blocks]
        + [(fence.start, fence.end) for fence in document.fences]
    )
    lower = source.lower()
    at = 0
    while (start := lower.find("<table", at)) >= 0:
        end = lower.find("</table", start)
        at = end if end >= 0 else len(source)
        place = bisect_right(covered, (start, len(source)))
        inside = place < len(covered) and covered[place][0] < at
        if inside or (place and covered[place - 1][1] > start):
            continue
        section = max(0, bisect_right(starts, start) - 1)
        for cell in _CELL.split(source[start:at]):
            text = _TAG.sub("", cell).strip()
            if text and not text.isspace():
                yield section, _unescaped(text)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)
