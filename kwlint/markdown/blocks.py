"""mistune's block parser with positions, GitHub's tables, and footnotes that stay where they are written.

Tokens get `at` and `end`, positions in the text that they were parsed from; the `lines` of their list lead on to the
source. Paragraphs and headings carry no text of their own: it is `src[at:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from kwlint.markdown.destinations import definition
from kwlint.markdown.escapes import normalised, unescaped
from kwlint.markdown.lines import Lines

Token = dict[str, Any]

# A line that begins with none of these begins no block of its own.
_PLAIN_LINES = re.compile(r"(?:[^\s#>`~=\-_*+\[<|:\d][^\n]*(?:\n|\Z))+")
_BLANK_LINES = re.compile(r"(?:[ \t\v\f]*\n)+")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*[^ \t\n]")
_INDENTED_BLOCK = re.compile(r"(?:(?: {4}| {0,3}\t)[^\n]*(?:\n|\Z)|[ \t\v\f]*\n)+")
_TABLE = (
    r"^(?=[^\n]*[|:]) {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*$"
)
_FOOTNOTE = r"^ {0,3}\[\^(?P<footnote_label>[^\]\s\x00]+)\]:[ \t]*"
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE_INDENT = tuple(re.compile(r"^ {0,%d}" % width, re.M) for width in range(4))
_FENCE_END = {
    mark: re.compile(r"^ {0,3}(" + mark + r"{3,})[ \t]*$", re.M) for mark in "`~"
}
_ROW_END = ("fenced_code", "atx_heading", "thematic_break", "block_quote", "list", "ref_footnote", "block_html")


class Tokens(list[Token]):
    """A list of tokens that knows the text they were parsed from."""

    __slots__ = ("lines",)
    lines: Lines


class State(BlockState):
    """mistune's state of one text, with its lines."""

    def __init__(self, parent: State | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens = Tokens()  # type: ignore[assignment]
        self.lines: Lines
        self.child_line = 0  # the source's line at which the next child begins
        self.in_list = False  # whether that child is a list item

    def start(self, lines: Lines) -> None:
        """Parse the text of `lines`."""
        self.lines = self.tokens.lines = lines
        self.process(lines.src)

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> State:
        """The state of a container's content. mistune calls it once for each quote and list item."""
        first = self.child_line
        if self.in_list:  # the next item, if there is one, begins on the line that was read last
            start = self.src.rfind("\n", 0, self.cursor - 1) + 1
            marker_alone = len(self.src[start : self.cursor].split()) == 1
            self.child_line = self.lines.line_of(start) + marker_alone
        child = State(self)
        child.start(Lines(src, first, self.lines.root))
        if lazy_line_starts:
            child.lazy_line_starts = lazy_line_starts
        return child

    def add_paragraph(self, text: str) -> None:
        self.extend_paragraph(self.cursor + len(text))

    def append_paragraph(self) -> int | None:
        tokens = self.tokens
        if not tokens or tokens[-1]["type"] != "paragraph":
            return None
        tokens[-1]["end"] = end = self.find_line_end()
        return end

    def extend_paragraph(self, end: int) -> None:
        """The text from the cursor to `end` belongs to the open paragraph, or opens one."""
        tokens = self.tokens
        if tokens and tokens[-1]["type"] == "paragraph":
            tokens[-1]["end"] = end
        else:
            tokens.append({"type": "paragraph", "at": self.cursor, "end": end})


class Blocks(BlockParser):
    """mistune's block parser, whose tokens know where they are."""

    state_cls = State

    def __init__(self) -> None:
        super().__init__()
        self.register("ref_footnote", _FOOTNOTE, type(self).parse_footnote, before="ref_link")
        self.register("table", _TABLE, type(self).parse_table)
        self.rules.remove("indent_code")  # parse() sees to it
        self.block_quote_rules = self.list_rules = self.rules

    def parse(self, state: State, rules: list[str] | None = None) -> None:  # type: ignore[override]
        """mistune's loop, which passes over lines that can only be text in one step."""
        match = self.compile_sc(None if rules is self.rules else rules).match
        plain, blank = _PLAIN_LINES.match, _BLANK_LINES.match
        src, end = state.src, state.cursor_max
        while (cursor := state.cursor) < end:
            if found := plain(src, cursor):
                state.extend_paragraph(found.end())
                state.cursor = found.end()
                continue
            if found := blank(src, cursor):
                state.tokens.append({"type": "blank_line"})
                state.cursor = found.end()
                continue
            if src[cursor] in " \t" and _INDENTED.match(src, cursor):
                state.cursor = state.append_paragraph() or self._add_indented(state)
                continue
            found = match(src, cursor)
            after = self.parse_method(found, state) if found else None
            if not after:
                state.cursor = cursor
                after = state.find_line_end()
                state.extend_paragraph(after)
            state.cursor = after

    def _add_indented(self, state: State) -> int:
        found = _INDENTED_BLOCK.match(state.src, state.cursor)
        assert found
        state.append_token({"type": "indented", "at": state.cursor, "end": found.end()})
        return found.end()

    def parse_fenced_code(self, m: re.Match[str], state: BlockState) -> int | None:
        marker, info = m["fenced_2"], m["fenced_3"]
        if marker[0] == "`" and "`" in info:
            return None
        first = min(m.end() + 1, state.cursor_max)
        last, end, closed = self._fence_end(state, marker, first)
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
        state.append_token(token)
        return min(end + 1, state.cursor_max) if closed else state.cursor_max

    def _fence_end(self, state: BlockState, marker: str, first: int) -> tuple[int, int, bool]:
        """Where the code ends, where the fence ends, and whether it is closed."""
        for closing in _FENCE_END[marker[0]].finditer(state.src, first):
            if len(closing[1]) >= len(marker):
                return closing.start(), closing.end(), True
        return state.cursor_max, state.cursor_max, False

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        raw = m["atx_2"]
        start = m.start("atx_2") + len(raw) - len(raw.lstrip())
        text = raw.strip()
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
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
        found = definition(state.src, m.end()) if key else None
        if found is None:
            return None
        start, stop, url, end = found
        token = {"type": "definition", "at": start, "end": stop, "url": url, "key": key}
        state.append_token(token)
        state.env["ref_links"].setdefault(key, url)
        return end

    def parse_block_quote(self, m: re.Match[str], state: State) -> int:  # type: ignore[override]
        saved = state.child_line, state.in_list
        line = state.lines.line_of(state.cursor)
        text, end, lazy = self.extract_block_quote(m, state)
        state.child_line, state.in_list = line, False
        child = state.child_state(text, lazy)
        state.child_line, state.in_list = saved
        self.parse(child, self._nested_rules(state))
        token = {"type": "block_quote", "children": child.tokens}
        if end:
            state.prepend_token(token)
            return end
        state.append_token(token)
        return state.cursor

    def _nested_rules(self, state: BlockState) -> list[str]:
        if state.depth() < self.max_nested_level - 1:
            return self.block_quote_rules
        return [rule for rule in self.block_quote_rules if rule not in ("block_quote", "list", "ref_footnote")]

    def parse_list(self, m: re.Match[str], state: State) -> int:  # type: ignore[override]
        saved = state.child_line, state.in_list
        state.child_line, state.in_list = state.lines.line_of(m.start()) + (not m["list_3"].strip()), True
        end = super().parse_list(m, state)
        state.child_line, state.in_list = saved
        return end

    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        start, count = state.cursor, len(state.tokens)
        end = super().parse_raw_html(m, state)
        if len(state.tokens) > count:
            state.tokens[-1]["at"] = start
        return end

    def parse_footnote(self, m: re.Match[str], state: State) -> int:
        """A definition's content, to the first line that is neither blank nor indented by four nor lazy."""
        line = state.lines.line_of(m.start())
        text, end = self._footnote_text(m, state)
        child = State(state)
        child.start(Lines(text, line, state.lines.root))
        self.parse(child, self._nested_rules(state))
        token = {"type": "footnote", "children": child.tokens, "key": normalised(m["footnote_label"])}
        state.append_token(token)
        state.env.setdefault("footnotes", set()).add(token["key"])
        return end

    def _footnote_text(self, m: re.Match[str], state: State) -> tuple[str, int]:
        src = state.src
        pos = state.find_line_end_at(m.end())
        parts = [src[m.end() : pos]]
        lazy = bool(parts[0].strip())
        ends = self.compile_sc(["blank_line", *_ROW_END]).match
        blank_from = None
        while pos < state.cursor_max:
            after = state.find_line_end_at(pos)
            text = src[pos:after]
            if not text.strip():
                lazy = False
                blank_from = pos if blank_from is None else blank_from
                parts.append("\n")
            elif _INDENTED.match(text):
                lazy, blank_from = True, None
                parts.append(_dedented(text))
            elif lazy and not ends(src, pos):
                parts.append(text.lstrip(" "))
            else:
                break
            pos = after
        return "".join(parts), pos if blank_from is None else blank_from

    def parse_table(self, m: re.Match[str], state: State) -> int | None:
        """A delimiter row under a paragraph whose last line has as many cells makes a table of the two."""
        header = state.tokens[-1] if state.tokens else None
        if header is None or header["type"] != "paragraph" or m.start() in state.lazy_line_starts:
            return None
        src = state.src
        start = src.rfind("\n", header["at"], m.start() - 1) + 1 or header["at"]
        columns = len(_cells(src, m.start(), m.end()))
        head = _cells(src, start, m.start())
        if len(head) != columns:
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

    def _rows(self, state: State, pos: int) -> tuple[list[tuple[int, int]], int]:
        rows: list[tuple[int, int]] = []
        ends = self.compile_sc(["blank_line", *_ROW_END]).match
        last = pos - 1
        while pos < state.cursor_max and not ends(state.src, pos) and not _INDENTED.match(state.src, pos):
            after = state.find_line_end_at(pos)
            if not state.src[pos:after].strip():
                break
            last = after - state.src.endswith("\n", pos, after)
            rows.append((pos, last))
            pos = after
        return rows, last


def _dedented(line: str) -> str:
    """`line` without four columns of indentation."""
    bare = line.lstrip(" \t")
    width = len(line[: len(line) - len(bare)].expandtabs(4))
    return " " * (width - 4) + bare


def _cells(src: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a row's cells, without the spaces around them."""
    row = src[start:end]
    start += len(row) - len(row.lstrip())
    end -= len(row) - len(row.rstrip())
    if src.startswith("|", start, end):
        start += 1
    bounds = [start, *_bounds(src, start, end)]
    if bounds[-1] < end:
        bounds.append(end + 1)
    return [_trimmed(src, first, after - 1) for first, after in zip(bounds, bounds[1:], strict=False)]


def _bounds(src: str, start: int, end: int) -> Iterator[int]:
    return (pipe.end() for pipe in _PIPE.finditer(src, start, end))


def _trimmed(src: str, start: int, end: int) -> tuple[int, int]:
    text = src[start:end]
    return start + len(text) - len(text.lstrip()), max(end - len(text) + len(text.rstrip()), start)


def indented_code(src: str, token: Token) -> str:
    """The code of an indented block."""
    lines = src[token["at"] : token["end"]].split("\n")
    return "\n".join(_dedented(line) if line.strip(" \t") else line[4:] for line in lines).strip("\n")


def fenced_code(src: str, token: Token) -> str:
    """The code between the fences, without the opening fence's indentation."""
    code = src[token["first"] : token["last"]]
    return _FENCE_INDENT[token["indent"]].sub("", code) if token["indent"] else code
