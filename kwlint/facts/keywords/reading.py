"""Reads a document once: its chunks (runs of words between bounds), its headings and its marked words.

A chunk ends at punctuation and at function words. Words that are nouns or verbs by their neighbours (`calls the`,
`must handle`) end a chunk where they are verbs. The rules look one word to either side, no further.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...model import Block, Document
from .words import CONNECTOR, DETERMINER, FUNCTION, MAYBE, MODAL, NUMBER, PLAIN, SPLIT, SUBJECT, TO, VERB, Lexicon, Word

Chunk = tuple[str, ...]

LONGEST_CHUNK = 12
_GLUE = frozenset((" ", "\n", "  ", "\u00a0", ""))
_HEADING_NOISE = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.|(?:Step|Chapter|Part)\s+\d+:?)\s+(?=\S)|\{\s*[#.:][^}]*\}\s*$")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[\w:+.-]+\}", re.S)
_MATH = re.compile(r"\$\$.*?\$\$|\$(?![\s$])[^$\n]*[^$\s]\$(?!\w)|\\\(.*?\\\)", re.S)
_LABEL = re.compile(r"\([^()\s]+\)=\Z|:::|:\w+:|\[!\w+\]")
_URL = re.compile(r"(?:https?://|www\.|mailto:)\S+")


class Line(NamedTuple):
    """A block's words: `separators[i]` stands before `written[i]`, one more after the last."""

    section: int
    heading: bool
    separators: list[str]
    written: list[str]
    words: list[Word]


class Title(NamedTuple):
    """A heading as chunks. `key` is all its words, function words included."""

    section: int
    level: int
    key: str
    written: str
    chunks: tuple[Chunk, ...]
    size: int
    first: int


def _blank(match: re.Match[str]) -> str:
    return "\0" * (match.end() - match.start())


class Reader:
    """What one document holds, as counts. `chunks` maps a chunk to how often it occurs and at which word first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.lines: list[Line] = []
        self.titles: list[Title] = []
        self.chunks: dict[Chunk, list[int]] = {}
        self.bridges: dict[tuple[Chunk, str, Chunk], list[int]] = {}
        self.marked: dict[str, dict[str, int]] = {}
        self.read_words = 0
        self.section_bit = 1

    def read(self, document: Document) -> None:
        """Reads all blocks."""
        for block in document.blocks:
            self.read_block(block)

    def read_block(self, block: Block) -> None:
        """Reads one block."""
        text = self._clean(block)
        if not text:
            return
        heading = block.kind == "heading"
        self.section_bit = 1 << block.section
        line = self._line(text, block.section, heading)
        if not line.words:
            return
        self.lines.append(line)
        chunks = self._chunks(line)
        if heading:
            self._title(block, line, chunks)
        for mark in block.marks:
            self._mark(mark.kind, block.text[mark.start : mark.end])

    def _clean(self, block: Block) -> str:
        """The block's text with what is no prose blanked out."""
        text = block.text
        if any(mark.kind == "code" for mark in block.marks):
            text = self._without_code(block)
        if "{" in text:
            text = _TEMPLATE.sub(_blank, text)
        if "$" in text or "\\(" in text:
            text = _MATH.sub(_blank, text)
        if "://" in text or "www." in text:
            text = _URL.sub(_blank, text)
        if block.kind == "heading":
            return _HEADING_NOISE.sub("", text)
        return "" if text[:1] in "(:[" and _LABEL.match(text) else text

    def _without_code(self, block: Block) -> str:
        """The block's text with code blanked out, unless it is a single word."""
        parts: list[str] = []
        at = 0
        for mark in block.marks:
            if mark.kind != "code" or mark.start < at:
                continue
            code = block.text[mark.start : mark.end]
            if len(SPLIT.split(code)) != 3 or not code[:1].strip():
                parts += (block.text[at : mark.start], "\0" * len(code))
                at = mark.end
        parts.append(block.text[at:])
        return "".join(parts)

    def _line(self, text: str, section: int, heading: bool) -> Line:
        parts = SPLIT.split(text)
        written = parts[1::2]
        known, look_up = self.lexicon.words.get, self.lexicon.look_up
        words = [known(form) or look_up(form) for form in written]
        return Line(section, heading, parts[::2], written, words)

    def _chunks(self, line: Line) -> list[Chunk]:
        """Cuts a line into chunks, counts them, and returns them."""
        found: list[Chunk] = []
        run: list[str] = []
        pending: tuple[Chunk, str] | None = None
        before = 0
        words, separators = line.words, line.separators
        last = len(words) - 1
        start = self.read_words
        for at, (key, kind, _) in enumerate(words):
            if separators[at] not in _GLUE:
                if run:
                    self._flush(run, found, start + at, pending)
                    run = []
                pending, before = None, 0
            if kind > 0 and kind != PLAIN:
                following = words[at + 1].kind if at < last and separators[at + 1] in _GLUE else 0
                if self._is_bound(kind, before, following, line.heading, run, written=line.written[at]):
                    kind = FUNCTION
            elif kind == PLAIN and (before == MODAL or before == SUBJECT):
                kind = FUNCTION
            if kind > 0:
                if " " in key:
                    run += key.split(" ")
                else:
                    run.append(key)
                if len(run) >= LONGEST_CHUNK:
                    self._flush(run, found, start + at + 1, pending)
                    run, pending = [], None
            else:
                if run:
                    self._flush(run, found, start + at, pending)
                    pending = (found[-1], key) if kind == CONNECTOR else None
                    run = []
                elif pending and kind == DETERMINER and key == "the" and before == CONNECTOR:
                    pending = (pending[0], pending[1] + " the")
                else:
                    pending = None
            before = kind
        if run:
            self._flush(run, found, start + last + 1, pending)
        self.read_words = start + last + 1
        return found

    @staticmethod
    def _is_bound(kind: int, before: int, following: int, heading: bool, run: list[str], written: str) -> bool:
        """Whether a word that may be a verb is one here."""
        if kind == NUMBER:
            return not run and "." not in written
        if kind == VERB:
            return before in (MODAL, TO, SUBJECT) or following == DETERMINER or (before == 0 and not heading)
        if kind == MAYBE:
            return before == SUBJECT or following == DETERMINER
        return False

    def _flush(self, run: list[str], found: list[Chunk], end: int, pending: tuple[Chunk, str] | None) -> None:
        """Counts a chunk that ends before word `end`, and the bridge from the chunk before it."""
        chunk = tuple(run)
        found.append(chunk)
        seen = self.chunks.get(chunk)
        if seen is None:
            self.chunks[chunk] = [1, max(0, end - len(run)), self.section_bit]
        else:
            seen[0] += 1
            seen[2] |= self.section_bit
        if pending:
            bridge = (*pending, chunk)
            at = self.bridges.get(bridge)
            if at is None:
                self.bridges[bridge] = [1, max(0, end - len(run) - len(pending[0])), self.section_bit]
            else:
                at[0] += 1
                at[2] |= self.section_bit

    def _title(self, block: Block, line: Line, chunks: list[Chunk]) -> None:
        key = " ".join(word.key for word in line.words)
        text = "".join(part for pair in zip(line.separators, line.written, strict=False) for part in pair)
        first = self.read_words - len(line.words)
        self.titles.append(Title(block.section, block.level, key, text, tuple(chunks), len(line.words), first))

    def _mark(self, kind: str, text: str) -> None:
        """Counts a marked word or term of at most six words."""
        if len(text) > 80:
            return
        line = self._line(text, 0, True)
        if not 0 < len(line.words) <= 6 or line.words[0].kind < 0 or line.words[-1].kind < 0:
            return
        if any(separator not in _GLUE for separator in line.separators[1:-1]):
            return
        key = " ".join(word.key for word in line.words)
        counts = self.marked.setdefault(key, {})
        counts[kind] = counts.get(kind, 0) + 1


def read(document: Document, lexicon: Lexicon, title: str = "") -> Reader:
    """Reads a document. `title` is the front matter's; it counts where no heading of level 1 says the same."""
    reader = Reader(lexicon)
    if title and not any(heading.level == 1 for heading in document.headings):
        reader.read_block(Block("heading", title, 0, 0, 0, 1, (), ""))
    reader.read(document)
    return reader

