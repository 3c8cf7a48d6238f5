"""mistune's block parser with positions, GitHub's tables, and footnotes kept at their place in the text.

Tokens have `at` and `end`, positions in the text that they were parsed from; the `lines` of their list map those to the
source. Paragraphs and headings have no text of their own: it is `src[at:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from kwlint.markdown.containers import STARTS_BLOCK, ContainerText, dedented, expanded, is_rule, item, quote
from kwlint.markdown.destinations import definition
from kwlint.markdown.escapes import normalised, unescaped
from kwlint.markdown.lines import Lines

Token = dict[str, Any]
Rule = Callable[[re.Match[str], Any], int | None]

# A line that begins with none of these characters starts no block of its own.
_PLAIN_LINES = r"(?:[^\s#>`~=\-_*+\[<|:\d%s][^\n]*(?:\n|\Z))+"
_BLANK_LINES = re.compile(r"(?:[ \t\v\f]*\n)+")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*[^ \t\n]")
_INDENTED_BLOCK = re.compile(r"(?:(?: {4}| {0,3}\t)[^\n]*(?:\n|\Z)|[ \t\v\f]*\n)+")
_TABLE = r"^(?=[^\n]*[|:]) {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$"
_SETEXT = r"^ {0,3}(?P<setext_1>=|-)(?P=setext_1)*[ \t]*$"  # of one kind of mark throughout
_FOOTNOTE = r"^ {0,3}\[\^(?P<footnote_label>[^\]\s\x00]+)\]:[ \t]*"
_CONTAINERS = ("block_quote", "list", "ref_footnote", "admonition", "colon_fence")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE_INDENT = tuple(re.compile(f"^ {{0,{width}}}", re.M) for width in range(4))
_FENCE_END = {mark: re.compile(r"^ {0,3}(" + mark + r"{3,})[ \t]*$", re.M) for mark in "`~"}
_FENCE_END_ANYWHERE = {mark: re.compile(r"^[ \t]*(" + mark + r"{3,})[ \t]*$", re.M) for mark in "`~"}
_ITEM = {
    mark: re.compile(" {0,3}(?P<marker>" + pattern + r")(?P<rest>(?:[ \t][^\n]*)?)$", re.M)
    for mark, pattern in (
        ("-", "-"),
        ("*", r"\*"),
        ("+", r"\+"),
        (".", r"[0-9]{1,9}\."),
        (")", r"[0-9]{1,9}\)"),
    )
}


class Tokens(list[Token]):
    """A list of tokens with the lines that they were parsed from."""

    __slots__ = ("lines",)
    lines: Lines


class PositionedBlockState(BlockState):
    """mistune's state of one text, with the lines of the text."""

    def __init__(self, parent: PositionedBlockState | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens = Tokens()
        self.lines: Lines

    def start(self, lines: Lines) -> None:
        """Parse the text of `lines`."""
        self.lines = self.tokens.lines = lines
        self.process(lines.src)

    def child(self, text: str, first: int, lazy: set[int]) -> PositionedBlockState:
        """Return the state for a container's text, whose lines are those of the source from line `first` on."""
        state = PositionedBlockState(self)
        state.start(Lines(text, first, self.lines.root, self.lines.limit))
        state.lazy_line_starts = lazy
        return state

    def add_paragraph(self, text: str) -> None:
        self.extend_paragraph(self.cursor + len(text))

    def append_paragraph(self) -> int | None:
        tokens = self.tokens
        if not tokens or tokens[-1]["type"] != "paragraph":
            return None
        tokens[-1]["end"] = end = self.find_line_end()
        return end

    def extend_paragraph(self, end: int) -> None:
        """Add the text from the cursor to `end` to the open paragraph, or open one."""
        tokens = self.tokens
        if tokens and tokens[-1]["type"] == "paragraph":
            tokens[-1]["end"] = end
        else:
            tokens.append({"type": "paragraph", "at": self.cursor, "end": end})


class Blocks(BlockParser):
    """mistune's block parser, whose tokens have positions."""

    state_cls = PositionedBlockState

    def __init__(self) -> None:
        super().__init__()
        self.add("ref_footnote", _FOOTNOTE, self.parse_footnote, "ref_link")
        self.add("table", _TABLE, self.parse_table)
        self.specification["setex_heading"] = _SETEXT
        self.rules.remove("indent_code")  # parse() handles it
        self.directive: Callable[[PositionedBlockState, Token, int], bool] | None = None
        self.indented_code = True
        self.closes_anywhere = False  # `#` at the end of a heading needs no space before it
        self._special = ""
        self.plain_lines("")

    def add(self, name: str, pattern: str, method: Rule, before: str | None = None) -> None:
        """Register a rule."""
        self.insert_rule(self.rules, name, before)
        self.specification[name] = pattern
        self._methods[name] = method

    def indent_freely(self) -> None:
        """Turn off indented code, and allow headings and fences at any indentation."""
        self.indented_code = False
        for name in ("fenced_code", "atx_heading"):
            self.specification[name] = self.specification[name].replace(" {0,3}", "[ \\t]*", 1)

    def plain_lines(self, without: str) -> None:
        """Let lines that begin with a character of `without` start a block."""
        self._special += without
        self._plain = re.compile(_PLAIN_LINES % re.escape(self._special))

    def parse(self, state: PositionedBlockState, rules: list[str] | None = None) -> None:  # type: ignore[override]
        """Run mistune's loop, but skip lines that can only be text in one step."""
        match = self.compile_sc(None if rules is self.rules else rules).match
        plain, blank = self._plain.match, _BLANK_LINES.match
        src, end = state.src, state.cursor_max
        while (cursor := state.cursor) < end:
            if rule_match := plain(src, cursor):
                state.extend_paragraph(rule_match.end())
                state.cursor = rule_match.end()
                continue
            if rule_match := blank(src, cursor):
                state.tokens.append({"type": "blank_line"})
                state.cursor = rule_match.end()
                continue
            if self.indented_code and src[cursor] in " \t" and _INDENTED.match(src, cursor):
                state.cursor = state.append_paragraph() or self._add_indented(state)
                continue
            rule_match = match(src, cursor)
            after = self.parse_method(rule_match, state) if rule_match else None
            if not after:
                state.cursor = cursor
                after = state.find_line_end()
                state.extend_paragraph(after)
            state.cursor = after

    def _add_indented(self, state: PositionedBlockState) -> int:
        match = _INDENTED_BLOCK.match(state.src, state.cursor)
        assert match
        state.append_token({"type": "indented", "at": state.cursor, "end": match.end()})
        return match.end()

    def parse_fenced_code(self, m: re.Match[str], state: PositionedBlockState) -> int | None:  # type: ignore[override]
        marker, info = m["fenced_2"], m["fenced_3"]
        if marker[0] == "`" and "`" in info:
            return None
        first = min(m.end() + 1, state.cursor_max)
        ends = _FENCE_END if self.indented_code else _FENCE_END_ANYWHERE
        last, end, closed = fence_end(ends[marker[0]], state.src, first, len(marker))
        token = {
            "type": "fence",
            "at": m.start("fenced_2"),
            "end": end,
            "first": first,
            "last": last,
            "closed": closed,
            "info": unescaped(info).strip(),
            "indent": len(m["fenced_1"]),
        }
        directive = None if self.is_deepest(state) or not info.startswith("{") else self.directive
        if not (directive and directive(state, token, m.start("fenced_3"))):
            state.append_token(token)
        return min(end + 1, state.cursor_max) if closed else state.cursor_max

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        raw = m["atx_2"]
        start = m.start("atx_2") + len(raw) - len(raw.lstrip())
        text = raw.strip()
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t" or self.closes_anywhere:
            text = bare.rstrip()
        token = {"type": "heading", "at": start, "end": start + len(text), "level": len(m["atx_1"]), "line": m.start()}
        state.append_token(token)
        return m.end() + 1

    def parse_setex_heading(self, m: re.Match[str], state: BlockState) -> int | None:
        end = super().parse_setex_heading(m, state)
        token = state.last_token()
        if token and "style" in token:
            token["level"] = token.pop("attrs")["level"]
            token["line"] = token["at"]
            del token["style"]
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        end = state.append_paragraph()
        if end:
            return end
        label = m["reflink_1"]
        key = normalised(label)
        parsed = definition(state.src, m.end()) if key else None
        if parsed is None:
            return None
        start, stop, url, end = parsed
        token = {"type": "definition", "at": start, "end": stop, "url": url, "key": key}
        state.append_token(token)
        state.env["ref_links"].setdefault(key, url)
        return end

    def parse_block_quote(self, m: re.Match[str], state: PositionedBlockState) -> int:  # type: ignore[override]
        inner = quote(state.src, m.start())
        token = {"type": "block_quote", "children": self.content(state, inner, m.start())}
        state.append_token(token)
        return inner.end

    def is_deepest(self, state: BlockState) -> bool:
        """Report whether containers in this text are plain text, because they are nested too deep."""
        return state.depth() >= self.max_nested_level

    def content(self, state: PositionedBlockState, inner: ContainerText, start: int) -> Tokens:
        """Return the tokens of a container's text, whose first line is the one at `start`."""
        child = state.child(inner.text, state.lines.line_of(start), inner.lazy)
        rules = self.rules
        if self.is_deepest(child):
            rules = [rule for rule in rules if rule not in _CONTAINERS]
        self.parse(child, rules)
        return child.tokens

    def parse_list(self, m: re.Match[str], state: PositionedBlockState) -> int | None:  # type: ignore[override]
        """Parse the items with one kind of marker. An empty item, or one with a number other than 1, cannot interrupt a
        paragraph."""
        number = m["list_2"][:-1]
        if not m["list_3"].strip() or (number and int(number) != 1):
            end = state.append_paragraph()
            if end:
                return end
        sibling = _ITEM[m["list_2"][-1]]
        match = sibling.match(state.src, state.cursor)
        if match is None:
            return None  # digits that are not ASCII
        items: list[Token] = []
        state.append_token({"type": "list", "children": items})
        pos = state.cursor
        while match:
            first, width = _first_line(match)
            inner = item(state.src, min(match.end() + 1, state.cursor_max), first, width)
            items.append({"type": "list_item", "children": self.content(state, inner, pos)})
            pos = inner.end
            blank = _BLANK_LINES.match(state.src, pos)
            pos = blank.end() if blank else pos
            match = None if is_rule(state.src, pos) else sibling.match(state.src, pos)
        return pos

    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        start, count = state.cursor, len(state.tokens)
        end = super().parse_raw_html(m, state)
        if len(state.tokens) > count:
            state.tokens[-1]["at"] = start
        return end

    def parse_footnote(self, m: re.Match[str], state: PositionedBlockState) -> int:
        line_end = state.find_line_end_at(m.end())
        inner = item(state.src, line_end, state.src[m.end() : line_end], 4)
        key = normalised(m["footnote_label"])
        token = {"type": "footnote", "children": self.content(state, inner, m.start()), "key": key}
        state.append_token(token)
        state.env.setdefault("footnotes", set()).add(key)
        return inner.end

    def parse_table(self, m: re.Match[str], state: PositionedBlockState) -> int | None:
        """Parse a delimiter row under a paragraph whose last line has the same number of cells."""
        header = state.tokens[-1] if state.tokens else None
        if header is None or header["type"] != "paragraph" or "visited" in header:
            return None
        if m.start() in state.lazy_line_starts:
            return None
        src = state.src
        start = src.rfind("\n", header["at"], m.start() - 1) + 1 or header["at"]
        columns = len(_cells(src, m.start(), m.end()))
        head = _cells(src, start, m.start())
        if len(head) != columns or src[start : m.start()].strip() == "|":
            header["visited"] = True  # as in cmark-gfm: one try for each paragraph
            return None
        rows, end = self._rows(state, m.end() + 1)
        if start == header["at"]:
            state.tokens.pop()
        else:
            header["end"] = start
        body = [_cells(src, first, last)[:columns] for first, last in rows]
        token = {"type": "table", "at": start, "end": end, "head": head, "rows": body, "columns": columns}
        state.append_token(token)
        return min(end + 1, state.cursor_max)

    def _rows(self, state: PositionedBlockState, pos: int) -> tuple[list[tuple[int, int]], int]:
        rows: list[tuple[int, int]] = []
        last = pos - 1
        while pos < state.cursor_max and not STARTS_BLOCK.match(state.src, pos) and not _INDENTED.match(state.src, pos):
            after = state.find_line_end_at(pos)
            if state.src[pos:after].strip() in ("", "|"):
                break
            last = after - state.src.endswith("\n", pos, after)
            rows.append((pos, last))
            pos = after
        return rows, last


def _first_line(match: re.Match[str]) -> tuple[str, int]:
    """Return the content of a list item's first line, and how far the lines of the item are indented."""
    marker = match.end("marker")
    column = marker - match.start()
    rest = expanded(match["rest"], column)
    text = rest.lstrip(" \t")
    spaces = len(rest) - len(text)
    if not text.strip():
        return "\n", column + 1
    gap = spaces if spaces < 5 else 1
    return rest[gap:] + "\n", column + gap


def fence_end(closing: re.Pattern[str], src: str, first: int, size: int) -> tuple[int, int, bool]:
    """Return where the content ends, where the fence ends, and whether a line with `size` markers closes it."""
    for match in closing.finditer(src, first):
        if len(match[1]) >= size:
            return match.start(), match.end(), True
    return len(src), len(src), False


def _cells(src: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of a row's cells, without the spaces around them."""
    row = src[start:end]
    start += len(row) - len(row.lstrip())
    end -= len(row) - len(row.rstrip())
    if src.startswith("|", start, end):
        start += 1
    bounds = [start, *_bounds(src, start, end)]
    if bounds[-1] < end:
        bounds.append(end + 1)
    return [_trimmed(src, first, after - 1) for first, after in pairwise(bounds)]


def _bounds(src: str, start: int, end: int) -> Iterator[int]:
    return (pipe.end() for pipe in _PIPE.finditer(src, start, end))


def _trimmed(src: str, start: int, end: int) -> tuple[int, int]:
    text = src[start:end]
    return start + len(text) - len(text.lstrip()), max(end - len(text) + len(text.rstrip()), start)


def indented_code(src: str, token: Token) -> str:
    """Return the code of an indented block."""
    return dedented(src[token["at"] : token["end"]], 4).strip("\n")


def fenced_code(src: str, token: Token) -> str:
    """Return the code between the fences, without the opening fence's indentation."""
    code = src[token["first"] : token["last"]]
    width: int = token["indent"]
    return _FENCE_INDENT[width].sub("", code) if 0 < width < 4 else dedented(code, width) if width else code
