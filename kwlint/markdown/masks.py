"""Masks template tags and other passages that are not Markdown, so that offsets do not change.

A masked character becomes a noncharacter without meaning in Markdown. Leading white space and line ends stay, so that
the block structure is that of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kwlint.text.lazy_regex import expression

_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENINGS = {"liquid": "{%", "jinja": "{%#", "tera": "{%#"}  # what follows the first brace; others have `{{` alone
_BLANK_LINE = expression(r"\n[ \t]*\n")
_ESM = expression(
    r"^(?:import(?:[ \t]*[{*\"']|[ \t][^\n]*\bfrom\b)|export[ \t]+(?:default|const|let|var|function|class|async|[{*]))",
    re.M,
)
_JAVASCRIPT_MARK = expression(r"[(){}\[\]`\"'\n]|//|/\*")
_JAVASCRIPT_STRINGS = {
    '"': expression(r'"(?:[^"\\\n]|\\.)*"'),
    "'": expression(r"'(?:[^'\\\n]|\\.)*'"),
    "//": expression(r"//[^\n]*"),
}
_TEMPLATE_MARK = expression(r"\\.|`|\$\{", re.S)
_NEXT_LINE = expression(r"[ \t]*(?:\n|\Z)")
# Blocks that are no Markdown, by the language of the tags: comments and code.
_RAW_BLOCKS = {
    "liquid": expression(r"\{%-?[ \t]*(?P<tag>comment|highlight)\b[^%\n]*%\}|\{::(?P<extension>comment|nomarkdown)\}"),
    "hugo": expression(r"\{\{(?P<mark>[<%])[ \t]*(?P<shortcode>comment|highlight)\b[^{}\n]*[>%]\}\}|\{\{/\*"),
    "vuepress": expression(r"@\[[^\]\n]*\]\([^()\n]*\)"),
    "obsidian": expression("%%"),
}
# Tags of Liquid and Jinja that write nothing themselves.
_SILENT_TAG = expression(
    r"\{%-?[ \t]*(?:assign|capture|case|comment|else|elif|elsif|for|from|if|import|macro|set|unless|when|with"
    r"|end(?:capture|case|comment|for|if|macro|set|unless|with))\b"
)
_CANDIDATES = [chr(code) for code in range(0xFDD0, 0xFDF0)]
_FENCE = expression(r"^[ \t>]*(`{3,}|~{3,})", re.M)


class Mask:
    """A text with masked passages. `char` occurs nowhere else; it is empty if nothing was masked."""

    __slots__ = ("_runs", "char", "masked", "text")

    def __init__(
        self,
        text: str,
        passages: Iterable[tuple[int, int]] | None = None,
        blank: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.text = text
        text = _blanked(text, blank)
        self.masked = text
        self.char = ""
        spans = sorted(passages or (), key=longest_first)
        char = next((char for char in _CANDIDATES if char not in text), "") if spans else ""
        if not char:
            return
        self.char = char
        self._runs = re.compile(char + "+")
        parts: list[str] = []
        done = 0
        for start, end in spans:
            if start >= done:
                parts += (text[done:start], _covered(text[start:end], char))
                done = end
        self.masked = "".join((*parts, text[done:]))

    def written(self, value: str, start: int) -> str:
        """Return the original text of `value`, which was cut from the masked text at or after `start`."""
        if not self.char or self.char not in value:
            return value
        pos = start

        def original(run: re.Match[str]) -> str:
            nonlocal pos
            at = self.masked.find(self.char, pos)
            if at < 0:
                return ""
            pos = at + len(run[0])
            return self.text[at:pos]

        return self._runs.sub(original, value)

    def without(self, value: str) -> str:
        """Return `value` without masked characters."""
        return value.replace(self.char, "") if self.char else value


def longest_first(span: tuple[int, int]) -> tuple[int, int]:
    """Return the key that sorts spans by their starts, the longest first."""
    return span[0], -span[1]


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with spaces in place of the characters of sorted `spans`; line ends stay."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], "\n".join(" " * len(line) for line in text[start:end].split("\n")))
        done = end
    return "".join((*parts, text[done:])) if parts else text


def template_tags(text: str, first: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield `{{ }}`, `{% %}` and `{# #}` from `first` on. They contain no blank line."""
    openings = re.compile(r"(?<!\\)\{[" + _OPENINGS.get(language, "{") + "]")
    paragraph_end = pos = first
    unclosed: set[str] = set()  # openings that nothing closes in the rest of the paragraph
    while opening := openings.search(text, pos):
        start, pos = opening.span()
        if paragraph_end <= start:
            blank = _BLANK_LINE.search(text, start)
            paragraph_end = blank.start() if blank else len(text)
            unclosed.clear()
        if opening[0] in unclosed:
            continue
        end = text.find(_PAIRS[opening[0]], pos, paragraph_end)
        if end < 0:
            unclosed.add(opening[0])
        else:
            pos = end + 2
            yield start, pos


def raw_blocks(text: str, first: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield comments and blocks of code in the syntax of `language`, from `first` on, outside code of Markdown."""
    openings = _RAW_BLOCKS[language]
    code = None
    unclosed: set[str] = set()  # openings that nothing closes in the rest of the text
    pos = first
    while opening := openings.search(text, pos):
        code = _Spans(_code(text)) if code is None else code
        after_code = code.end_at(opening.start())
        if after_code:
            pos = after_code
            continue
        name = "".join(filter(None, opening.groups()))
        end = 0 if name in unclosed else _raw_block_end(text, opening, language)
        if end:
            yield opening.start(), end
        else:
            unclosed.add(name)
        pos = end or opening.end()


def _raw_block_end(text: str, opening: re.Match[str], language: str) -> int:
    """Return where the block that begins with `opening` ends, 0 if it is not closed."""
    groups = opening.groupdict()
    if language == "vuepress":
        return opening.end()
    if language == "obsidian":
        return text.find("%%", opening.end()) + 2 if text.find("%%", opening.end()) >= 0 else len(text)
    if name := groups.get("tag"):
        closing = re.compile(r"\{%-?[ \t]*end" + name + r"[ \t]*-?%\}")
    elif name := groups.get("extension"):
        closing = re.compile(r"\{:/(?:" + name + r")?\}")
    elif name := groups.get("shortcode"):
        closing = re.compile(r"\{\{[<%][ \t]*/[ \t]*" + name + r"[ \t]*[>%]\}\}")
    else:
        closing = re.compile(r"\*/\}\}")
    match = closing.search(text, opening.end())
    return match.end() if match else 0


def silent_lines(text: str, passages: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the lines that hold only those of the sorted `passages` that write nothing; they become empty lines."""
    line_start = done = -1
    for start, end in passages:
        if start < done or not _SILENT_TAG.match(text, start):
            continue
        if line_start < 0 or text[done:start].strip(" \t"):
            line_start = text.rfind("\n", 0, start) + 1
            if text[line_start:start].strip(" \t"):
                line_start = -1
                continue
        done = end
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        if not text[end:line_end].strip(" \t"):
            yield line_start, line_end
            line_start = -1


class _Spans:
    """Sorted spans, asked for in the order of the text."""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = iter(spans)
        self._current = next(self._spans, None)

    def end_at(self, position: int) -> int:
        """Return the end of the span that holds `position`, 0 if none does."""
        while self._current and self._current[1] <= position:
            self._current = next(self._spans, None)
        return self._current[1] if self._current and self._current[0] <= position else 0


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the fences and the code spans of Markdown, in the order of the text."""
    done = 0
    for start, end in (*_fences(text), (len(text), len(text))):
        yield from _code_spans(text, done, start)
        if end > start:
            yield start, end
        done = end


_TICKS = expression(r"\\.|(?P<ticks>`+)|\n[ \t]*\n", re.S)


def _code_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the code spans in `text[first:last]`. A blank line ends what is open."""
    opened: dict[int, int] = {}  # where a run of so many backticks begins
    for match in _TICKS.finditer(text, first, last):
        if not match["ticks"]:
            if match[0][0] == "\n":
                opened.clear()
            continue
        start = opened.pop(len(match["ticks"]), None)
        if start is None:
            opened.setdefault(len(match["ticks"]), match.start())
        else:
            opened.clear()
            yield start, match.end()


def mdx_code(text: str, first: int) -> Iterator[tuple[int, int]]:
    """Yield `import` and `export` statements and `{expressions}` outside code, from `first` on.

    They may have several lines, and blank lines between their brackets. A value of an attribute (`x={…}`) is yielded
    only if it has several lines: a short one may be a link.
    """
    code = _Spans(_code(text))
    scanner = _JavaScript(text)
    statements = (match.start() for match in _ESM.finditer(text, first))
    statement = next(statements, len(text))
    pos = first
    while pos < len(text):
        brace = text.find("{", pos)
        start = min(statement, len(text) if brace < 0 else brace)
        if start == len(text):
            return
        if start == statement:
            statement = next(statements, len(text))
            if start < pos:
                continue
        if after_code := code.end_at(start):
            pos = after_code
            continue
        is_expression = text[start] == "{"
        if is_expression and text[start - 1 : start] == "\\":
            pos = start + 1
            continue
        end = scanner.expression_end(start) if is_expression else scanner.statement_end(start)
        is_attribute = is_expression and text[start - 1 : start] == "="
        if end and not (is_attribute and "\n" not in text[start:end]):
            yield start, end
        pos = end or start + 1


class _JavaScript:
    """Finds the ends of expressions and statements in a text. Takes linear time: a bracket without an end is looked for
    once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._unclosed = False

    def expression_end(self, start: int) -> int:
        """Return the end of the expression whose brace is at `start`, 0 if it has none."""
        if self._unclosed:
            close = self.text.find("}", start)
            line = self.text.find("\n", start)
            return close + 1 if close >= 0 and (line < 0 or close < line) else 0
        end = self._end(start, statement=False)
        self._unclosed = not end
        return end or self.expression_end(start)

    def statement_end(self, start: int) -> int:
        """Return the end of the statement at `start`: the first blank line outside brackets."""
        end = 0 if self._unclosed else self._end(start, statement=True)
        if not end:
            blank = _BLANK_LINE.search(self.text, start)
            end = blank.start() if blank else len(self.text)
        return end

    def _end(self, start: int, *, statement: bool) -> int:
        text, pos, depth = self.text, start, 0
        templates: list[int] = []  # depths at which `${` was opened
        while mark := _JAVASCRIPT_MARK.search(text, pos):
            pos, found = mark.end(), mark[0]
            if found in "([{":
                depth += 1
            elif found in ")]}":
                depth -= 1
                if templates and found == "}" and depth == templates[-1]:
                    templates.pop()
                    pos = self._template(pos, templates, depth)
                    depth += len(templates) > 0 and templates[-1] == depth
                elif depth <= 0 and not statement:
                    return pos
            elif found == "`":
                before = len(templates)
                pos = self._template(pos, templates, depth)
                depth += len(templates) > before
            elif found == "\n":
                if statement and depth <= 0 and _NEXT_LINE.match(text, pos):
                    return mark.start()
            elif found == "/*":
                close = text.find("*/", pos)
                if close < 0:
                    return 0
                pos = close + 2
            elif string := _JAVASCRIPT_STRINGS[found].match(text, mark.start()):
                pos = string.end() if found != "//" or not self._is_url(mark.start()) else pos
            if pos < 0:
                return 0
        return len(text) if statement and depth <= 0 else 0

    def _is_url(self, slashes: int) -> bool:
        return self.text[slashes - 1 : slashes] == ":"

    def _template(self, pos: int, templates: list[int], depth: int) -> int:
        """Return where the template string that goes on at `pos` ends or is interrupted by `${`, -1 for no end."""
        while mark := _TEMPLATE_MARK.search(self.text, pos):
            pos = mark.end()
            if mark[0] == "`":
                return pos
            if mark[0] == "${":
                templates.append(depth)
                return pos
        return -1


def _fences(text: str) -> Iterator[tuple[int, int]]:
    opened = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line[1].startswith(opened[1]):
            yield opened.start(), line.end()
            opened = None
    if opened:
        yield opened.start(), len(text)


def _covered(passage: str, char: str) -> str:
    return "\n".join(_cover_line(line, char) for line in passage.split("\n"))


def _cover_line(line: str, char: str) -> str:
    bare = line.lstrip(" \t")
    return line[: len(line) - len(bare)] + char * len(bare)
