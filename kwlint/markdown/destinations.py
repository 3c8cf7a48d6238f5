"""Link destinations and titles of CommonMark, with the span of the destination.

The alternatives of each repetition exclude each other, so that an attempt takes linear time; what can follow a
destination is bounded by its paragraph.
"""

from __future__ import annotations

import re

from kwlint.markdown.escapes import PUNCTUATION, unescaped
from kwlint.text.lazy_regex import expression

_ANGLE = expression(r"<((?:[^<>\\\n\x00]|\\" + PUNCTUATION + r"|\\(?!" + PUNCTUATION + r"))*)>")
_BARE = expression(r"(?:[^\x00-\x20\x7f()\\]|\\" + PUNCTUATION + r"|\\)*")
_QUOTED = r"(?:[^{0}\\\n]|\\.|\\?\n(?![ \t]*\n))*"
_TITLE = expression(
    r"(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)"
    + "(?:"
    + "|".join(
        opening + _QUOTED.replace("{0}", inside) + closing
        for opening, inside, closing in (('"', '"', '"'), ("'", "'", "'"), (r"\(", "()", r"\)"))
    )
    + ")"
)
_GAP = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_PLAIN_TAIL = re.compile(r"\(([^\x00-\x20\x7f()\\<][^\x00-\x20\x7f()\\]*)\)")
_CLOSE = re.compile(r"[ \t\n]*\)")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")

_MAX_PARENTHESES = 32  # nested in one destination, as in cmark

Span = tuple[int, int, int]


def destination(src: str, pos: int) -> Span | None:
    """Return the start and end of the destination at `pos`, without angle brackets, and where to continue."""
    if src.startswith("<", pos):
        angle = _ANGLE.match(src, pos)
        return (angle.start(1), angle.end(1), angle.end()) if angle else None
    level, start = 0, pos
    while True:
        bare = _BARE.match(src, pos)
        assert bare
        pos = bare.end()
        mark = src[pos : pos + 1]
        if mark == "(":
            level += 1
            if level > _MAX_PARENTHESES:
                return None
        elif mark == ")" and level:
            level -= 1
        else:
            return None if level or (mark and mark not in " \t\n)") else (start, pos, pos)
        pos += 1


def tail(src: str, pos: int) -> Span | None:
    """Return the span of the destination of an inline link whose `(` is at `pos`, and where the link ends."""
    plain = _PLAIN_TAIL.match(src, pos)
    if plain:
        return plain.start(1), plain.end(1), plain.end()
    gap = _GAP.match(src, pos + 1)
    assert gap
    span = destination(src, gap.end())
    if span is None:
        return None
    start, end, after = span
    title = _TITLE.match(src, after)
    close = _CLOSE.match(src, title.end() if title else after)
    return (start, end, close.end()) if close else None


def definition(src: str, pos: int) -> tuple[int, int, str, int] | None:
    """Return the span of a definition's destination, its URL, and where its last line ends; `pos` is behind `]:`."""
    gap = _GAP.match(src, pos)
    assert gap
    span = destination(src, gap.end())
    if span is None or span[2] == gap.end():
        return None
    start, end, after = span
    title = _TITLE.match(src, after)
    line_end = title and _LINE_END.match(src, title.end())
    line_end = line_end or _LINE_END.match(src, after)
    return (start, end, unescaped(src[start:end]), line_end.end()) if line_end else None
