"""Prose that is not in the blocks of the parsed document: cells of HTML tables, and the content of directive fences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kwlint.keywords.patterns import words
from kwlint.model.document import Document

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?![a-zA-Z0-9])[^<>]*>|<!--")
_INLINE_TAGS = frozenset(
    ("a", "abbr", "b", "code", "em", "i", "kbd", "s", "small", "span", "strong", "sub", "sup", "u")
)
_ADJACENT = re.compile(
    r"(\w{1,80})</(?:span|em|strong|b|i|code|a)><(?:span|em|strong|b|i|code|a)\b[^<>]{0,200}>(?=(\w{1,80}))"
)
_MARKUP = re.compile(r"^[^\S\n]*:[\w-]+:.*$|^[^\S\n]*(?:[-*+]|\d+[.)])\s|[`*_]{1,3}|\]\([^()\s]*\)", re.M)


def texts(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the section and the text of each piece, in linear time."""
    source = document.text
    if "<table" in source or "<TABLE" in source:
        yield from _tables(document, source)
    for fence in document.fences:
        if fence.lang.rpartition(":")[2] in words("directive"):
            for part in _MARKUP.sub(" ", fence.text).split("\n\n"):
                if part.strip():
                    yield fence.section, part


def separated(text: str, source: str) -> str:
    """Return the text of a block with a bound between the texts of adjacent elements: `<b>kiln</b><b>oven</b>`."""
    for before, after in _ADJACENT.findall(source):
        text = text.replace(before + after, f"{before}\0{after}")
    return text


def _tables(document: Document, source: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of the tables that are not inside a block or fence."""
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
        following = bisect_right(covered, (start, len(source)))
        is_covered = following < len(covered) and covered[following][0] < at
        if is_covered or (following and covered[following - 1][1] > start):
            continue
        section = max(0, bisect_right(starts, start) - 1)
        for cell in _TAG.sub(_separator, source[start:at]).split("\n\n"):
            if cell.strip():
                yield section, _unescaped(cell.strip())


def _separator(tag: re.Match[str]) -> str:
    """Return what replaces a tag: nothing for one inside a line of text, and a boundary for others."""
    return "" if (tag[1] or "").lower() in _INLINE_TAGS else "\n\n"


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)
