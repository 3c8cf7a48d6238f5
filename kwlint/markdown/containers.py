"""The text of quotes, list items and other containers, line by line without their prefixes.

mistune lets any line lazily continue a container; CommonMark allows only a line that continues a paragraph. After
`- ```` with unindented code below, the two differ for the rest of the document. So the lines of a container are
collected here, and mistune parses them.

Each collected line is the end of a line of the source (see `lines`): prefixes are removed on the left, tabs in what may
still be a prefix become spaces by their true columns, and nothing else changes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mistune.helpers import BLOCK_TAGS

from kwlint.text.lazy_regex import expression

_HTML_START = (
    r"<(?:!--|\?|![A-Za-z]|!\[CDATA\[|(?:script|pre|style|textarea)(?:[ \t>]|$)"
    r"|/?(?:" + "|".join(BLOCK_TAGS) + r")(?:[ \t]|/?>|$)"
    r"|/[A-Za-z][A-Za-z0-9-]*[ \t]*>[ \t]*$"
    r"|[A-Za-z][A-Za-z0-9-]*(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:[^\s\"'=<>`]+|'[^'\n]*'|\"[^\"\n]*\"))?)*"
    r"[ \t]*/?>[ \t]*$)"
)
_RULE = r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$"
_FENCE = r"(?P<fence>`{3,})[^`\n]*$|(?P<wave>~{3,})"
_LEAF = r"#{1,6}(?:[ \t]|$)|" + _FENCE + "|" + _RULE + "|(?i:" + _HTML_START + ")"

STARTS_BLOCK = re.compile(r" {0,3}(?:>|[*+-](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)|\[\^[^\]\s]+\]:|" + _LEAF + ")", re.M)
_MARKERS = re.compile(r"(?: {0,3}(?:>[ ]?|(?:[*+-]|[0-9]{1,9}[.)])(?: |$)))*")
_LEAF_START = expression(" {0,3}(?:" + _LEAF + ")")
_HTML_ENDS = (
    ("<!--", "-->"),
    ("<?", "?>"),
    ("<![cdata[", "]]>"),
    ("<!", ">"),
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
)
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_DELIMITER_ROW = re.compile(r"(?=[^\n]*[|:]) {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$")
_QUOTED = expression(r"(?: {0,3}>[^\n]*(?:\n|\Z))+")
_QUOTE_PREFIX = expression(r"^ {0,3}> ?", re.M)
_SHALLOW = expression(r"^ {1,3}(?=\S)")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")  # splitlines() would end lines at form feeds, too
_TABS = expression(r" *\t[ \t]*")
_BLANK = re.compile(r"[ \t\v\f]*(?:\n|\Z)")
_RULE_LINE = expression(" {0,3}(?:" + _RULE + ")", re.M)
_PREFIX = re.compile(r"[ \t]*(?:(?:>|[*+-]|[0-9]{1,9}[.)])[ \t]+)*")


class ContainerText(NamedTuple):
    """The text of a container, where its lines end in the parent, and where lazy lines begin in the text."""

    text: str
    end: int
    lazy: set[int]


def quote(src: str, pos: int) -> ContainerText:
    """Return the quote whose first line is at `pos`."""
    parts: list[str] = []
    lazy: set[int] = set()
    length = 0
    tail = ParagraphTracker()
    while True:
        if match := _QUOTED.match(src, pos):
            end = match.end()
            text = _unquoted(match[0])
            tail.later(text)
        elif _may_be_lazy(src, pos) and tail.is_paragraph():
            text = _line(src, pos)
            end = pos + len(text)
            text = _SHALLOW.sub("", text)  # so that no inner container takes the prefix for its own
            lazy.add(length)
        else:
            return ContainerText("".join(parts), pos, lazy)
        parts.append(text)
        length += len(text)
        pos = end


def item(src: str, pos: int, first: str, width: int) -> ContainerText:
    """Return the list item (or footnote) with the content `first` on its first line.

    The other lines begin at `pos` and have `width` columns of indentation.
    """
    parts = [first]
    lazy: set[int] = set()
    length = len(first)
    tail = ParagraphTracker()
    tail.later(first)
    indented, starts_blank = _indented(width), not first.strip() and _BLANK.match(src, pos)
    while not starts_blank:
        if match := indented.match(src, pos):
            end = match.end()
            text = dedented(src[pos:end], width)
            tail.later(text)
        elif _tabbed(src, pos, width):
            text = _line(src, pos)
            end = pos + len(text)
            text = _cut(text, width)
            tail.later(text)
        elif _may_be_lazy(src, pos) and tail.is_paragraph():
            text = _line(src, pos)
            end = pos + len(text)
            text = _SHALLOW.sub("", text)  # so that no inner container takes the prefix for its own
            lazy.add(length)
        else:
            break
        parts.append(text)
        length += len(text)
        pos = end
    return ContainerText("".join(parts), pos, lazy)


def indented(src: str, pos: int, width: int) -> ContainerText:
    """Return the lines from `pos` on that are blank or indented by `width`; the line above them is no content."""
    parts = ["\n"]
    while True:
        if match := _indented(width).match(src, pos):
            end = match.end()
            parts.append(dedented(match[0], width))
        elif _tabbed(src, pos, width):
            end = pos + len(_line(src, pos))
            parts.append(_cut(src[pos:end], width))
        else:
            return ContainerText("".join(parts), pos, set())
        pos = end


def dedented(text: str, width: int) -> str:
    """Return lines without `width` columns of indentation; blank lines lose what they have of it."""
    if "\t" in text:
        return "".join(_cut(line, width) for line in _LINES.findall(text))
    return _dedent(width).sub("", text)


def expanded(line: str, column: int = 0) -> str:
    """Return `line`, which begins at `column`, with the tabs of its prefix as spaces."""
    match = _PREFIX.match(line)
    if "\t" not in line or not match or "\t" not in match[0]:
        return line
    return (" " * column + match[0]).expandtabs(4)[column:] + line[match.end() :]


def is_rule(src: str, pos: int) -> bool:
    """Report whether the line at `pos` is a thematic break."""
    return bool(_RULE_LINE.match(src, pos))


def _line(src: str, pos: int) -> str:
    end = src.find("\n", pos) + 1
    return src[pos : end or None]


def _may_be_lazy(src: str, pos: int) -> bool:
    return pos < len(src) and not _BLANK.match(src, pos) and not STARTS_BLOCK.match(src, pos)


def _unquoted(text: str) -> str:
    if "\t" not in text:
        return _QUOTE_PREFIX.sub("", text)
    lines = (expanded(line) for line in _LINES.findall(text))
    return "".join(_QUOTE_PREFIX.sub("", line) for line in lines)


def _cut(line: str, width: int) -> str:
    line = expanded(line)
    bare = line.lstrip(" ")
    return line[min(width, len(line) - len(bare)) :]


@lru_cache(maxsize=64)
def _indented(width: int) -> re.Pattern[str]:
    """Return a pattern of lines that are blank or begin with `width` spaces."""
    return re.compile(f" {{{width}}}".join(("(?:", r"[^\n]*(?:\n|\Z)|[ \t\v\f]*\n)+")))


def _tabbed(src: str, pos: int, width: int) -> bool:
    """Report whether tabs give the line at `pos` `width` columns of indentation."""
    match = _TABS.match(src, pos)
    return match is not None and len(match[0].expandtabs(4)) >= width and not _BLANK.match(src, pos)


@lru_cache(maxsize=64)
def _dedent(width: int) -> re.Pattern[str]:
    return re.compile(f"^ {{1,{width}}}", re.M) if width else re.compile(r"(?!)")


class ParagraphTracker:
    """Tracks whether a growing text ends in an open paragraph; the text is read only when that is needed."""

    def __init__(self) -> None:
        self._pending: list[str] = []
        self._paragraph = False
        self._fence = ""  # the opening fence's marker
        self._quoted = False  # whether that fence is in a quote of this text
        self._html_end = ""  # what ends the open HTML block; "\n": a blank line

    def later(self, text: str) -> None:
        """Add `text` to the end."""
        self._pending.append(text)

    def is_paragraph(self) -> bool:
        """Report whether the text so far ends in a paragraph that the next line may continue."""
        for text in self._pending:
            for line in text.removesuffix("\n").split("\n"):
                self._read(line)
        self._pending.clear()
        return self._paragraph

    def _read(self, line: str) -> None:
        markers = _MARKERS.match(line)
        rest = line[markers.end() if markers else 0 :]
        if self._fence and not (self._quoted and ">" not in line[: len(line) - len(rest)]):
            bare = rest.strip(" \t")
            if len(bare) >= len(self._fence) and not bare.strip(self._fence[0]):
                self._fence = ""
            return
        self._fence = ""
        if self._html_end:
            self._read_html(rest)
        elif not rest.strip():
            self._paragraph = False
        elif rest.startswith(("    ", "\t")) and not self._paragraph:
            pass
        elif self._paragraph and (_SETEXT.match(rest) or _DELIMITER_ROW.match(rest)):
            self._paragraph = False
        else:
            self._start(rest, line)

    def _start(self, rest: str, line: str) -> None:
        leaf = _LEAF_START.match(rest)
        self._paragraph = leaf is None
        if leaf is None:
            return
        marker = leaf["fence"] or leaf["wave"]
        if marker:
            self._fence, self._quoted = marker, ">" in line[: len(line) - len(rest)]
        elif rest.lstrip().startswith("<"):
            begin = rest.lstrip().lower()
            self._html_end = next((end for start, end in _HTML_ENDS if begin.startswith(start)), "\n")
            self._read_html(rest)

    def _read_html(self, rest: str) -> None:
        if not rest.strip() if self._html_end == "\n" else self._html_end in rest.lower():
            self._html_end = ""
