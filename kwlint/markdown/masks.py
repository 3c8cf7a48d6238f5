"""Masks template tags and other passages that are not Markdown, so that offsets do not change.

A masked character becomes a noncharacter without meaning in Markdown. Leading white space and line ends stay, so that
the block structure is that of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlint.text.lazy_regex import expression

_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENINGS = {"liquid": "{%", "jinja": "{%#", "tera": "{%#"}  # what follows the first brace; others have `{{` alone
_BLANK_LINE = expression(r"\n[ \t]*\n")
_ESM = expression(
    r"^(?:import(?:[ \t]*[{*\"']|[ \t][^\n]*\bfrom\b)|export[ \t]+(?:default|const|let|var|function|class|async|[{*]))"
    r"[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*",
    re.M,
)
_EXPRESSION = expression(r"(?<![=\\])\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}")
_CANDIDATES = [chr(code) for code in range(0xFDD0, 0xFDF0)]
_FENCE = expression(r"^[ \t>]*(`{3,}|~{3,})", re.M)


class Mask:
    """A text with masked passages. `char` occurs nowhere else; it is empty if nothing was masked."""

    __slots__ = ("_runs", "char", "masked", "text")

    def __init__(self, text: str, passages: Iterator[tuple[int, int]] | None = None) -> None:
        self.text = self.masked = text
        self.char = ""
        spans = list(passages or ())
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


def mdx_code(text: str, first: int) -> Iterator[tuple[int, int]]:
    """`import` and `export` statements and `{expressions}` outside fences."""
    spans = sorted(
        [match.span() for match in _ESM.finditer(text, first)]
        + [match.span() for match in _EXPRESSION.finditer(text, first)]
    )
    fences = iter(_fences(text))
    start, end = next(fences, (len(text), len(text)))
    for span in spans:
        while end <= span[0]:
            start, end = next(fences, (len(text) + 1, len(text) + 1))
        if not start <= span[0] < end:
            yield span


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
