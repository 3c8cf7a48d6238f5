"""Reads a document once: its chunks (runs of words between bounds), its headings and its marked words.

A chunk ends at punctuation and at function words. Words that are nouns or verbs by their neighbours (`calls the`,
`must handle`) end a chunk where they are verbs. The rules look one word to either side, no further.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from ...model import Block, Document
from . import hidden, segment
from .words import (
    CONNECTOR,
    DETERMINER,
    FUNCTION,
    MAYBE,
    MODAL,
    MODIFIER,
    NAME,
    NUMBER,
    PLAIN,
    SPLIT,
    SUBJECT,
    TO,
    VERB,
    VERB_S,
    Lexicon,
    Word,
)

Chunk = tuple[str, ...]

LONGEST_CHUNK = 12
_VERB_FOLLOWS = (MODAL, SUBJECT)
_GLUE = frozenset((" ", "\n", "  ", "\u00a0", ""))
_HEADING_NOISE = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.|(?:Step|Chapter|Part)\s+\d+:?)\s+(?=\S)|\{\s*[#.:][^}]*\}\s*$"
)
_TEMPLATE = re.compile(r"\{\*[^{}\x01]{0,300}\*\}|\{\{[^{}\x01]{0,300}\}\}|\{%[^{}\x01]{0,300}%\}|\{[\w:+.-]{1,40}\}")
_MATH = re.compile(
    r"\$\$[^\x01]*?(?:\$\$|(?=\x01)|\Z)|\$(?![\s$])[^$\n\x01]{0,300}[^$\s]\$(?!\w)|\\\([^\x01]{0,300}?\\\)"
)
_LABEL = re.compile(r"\x01(?:\([^()\s]+\)=(?=[\n\x01]|\Z)|:::[^\n\x01]*|:\w+:[^\n\x01]*|\[!\w+\])")
_BACKSLASHED = re.compile(r"\\[A-Za-z]+")
_REFERENCE = re.compile(
    r"\{(?:[\w.-]+:)?(?:eq|ref|numref|cite\w*|doc|download|math|label|footcite\w*|any|image|octicon)[\w:.-]*\}\Z"
)
_URL = re.compile(r"(?:https?://|www\.|mailto:)\S+")


def bit_of(section: int) -> int:
    """A section's bit in the set of those that hold a term; only their number matters, so that 256 will do."""
    return 1 << (section & 255)


class Line(NamedTuple):
    """A block's words: `separators[i]` stands before `written[i]`, one more after the last. `compound` tells that some
    word's key is of several parts."""

    section: int
    heading: bool
    separators: list[str]
    written: list[str]
    words: list[Word]
    compound: bool


class Title(NamedTuple):
    """A heading as chunks. `key` is all its words, function words included."""

    section: int
    level: int
    key: str
    written: str
    chunks: tuple[Chunk, ...]
    size: int
    first: int


def _without_noise(text: str) -> str:
    """The text with templates, math, addresses and labels blanked out."""
    if "{" in text:
        text = _TEMPLATE.sub("\0", text)
    if "$" in text or "\\(" in text:
        text = _MATH.sub("\0", text)
    if "://" in text or "www." in text:
        text = _URL.sub("\0", text)
    if "\\" in text:
        text = _BACKSLASHED.sub("\0", text)
    return _LABEL.sub("\x01", text)


class Reader:
    """What one document holds, as counts. `chunks` maps a chunk to how often it occurs and at which word first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.lines: list[Line] = []
        self.titles: list[Title] = []
        self.chunks: dict[Chunk, list[int]] = {}
        self.bridges: dict[tuple[Chunk, str, Chunk], list[int]] = {}
        self.marked: dict[str, dict[str, int]] = {}
        self.stressed: dict[str, int] = {}
        self.forms: set[str] = set()
        self.read_words = 0
        self.section_bit = 1

    def read(self, document: Document) -> None:
        """Reads all blocks; those of one section together."""
        texts: list[str] = []
        section = 0
        for block in document.blocks:
            if block.kind == "heading" or block.section != section:
                self._body(texts, section)
                texts, section = [], block.section
            if block.kind == "heading":
                self.heading(block)
            else:
                texts.append(self._without_code(block) if block.marks else block.text)
                self._marks(block)
        self._body(texts, section)
        for section, text in hidden.texts(document):
            self._body([text], section)

    def heading(self, block: Block) -> None:
        """Reads a heading."""
        text = _HEADING_NOISE.sub("", _without_noise(self._without_code(block)))
        line = self._line(text, block.section, True)
        if line.words:
            self._title(block, line, self._chunks(line))
        self._marks(block)

    def _body(self, texts: list[str], section: int) -> None:
        """Reads the text of a section; blocks are set apart by a character that ends a chunk."""
        if texts:
            line = self._line(_without_noise("\x01" + "\x01".join(texts)), section, False)
            if line.words:
                self._chunks(line)

    def _marks(self, block: Block) -> None:
        text = block.text
        for kind, start, end in block.marks:
            if not start or text[start - 1] != "}":
                self._mark(kind, text[start:end], block.section)

    def _without_code(self, block: Block) -> str:
        """The block's text with code blanked out, unless it is a single word."""
        parts: list[str] = []
        at = 0
        text = block.text
        for kind, start, end in block.marks:
            if kind != "code" or start < at:
                continue
            code = text[start:end]
            single = code.isidentifier() or (code[:1].strip() and len(SPLIT.split(code)) == 3)
            if not single or (start and text[start - 1] == "}" and _REFERENCE.search(text, max(0, start - 30), start)):
                parts += (text[at:start], "\0")
                at = end
        if not parts:
            return text
        parts.append(text[at:])
        return "".join(parts)

    def _line(self, text: str, section: int, heading: bool) -> Line:
        if not text.isascii():
            text = normalize("NFC", text)
        parts = self.lexicon.split(text)
        if self.lexicon.unspaced:
            parts = segment.spread(parts, self.lexicon.language)
        written = parts[1::2]
        known, look_up = self.lexicon.words.get, self.lexicon.look_up
        words = [known(form) or look_up(form) for form in written]
        compound = ("-" in text or "‑" in text) and any("-" in form or "‑" in form for form in written)
        return Line(section, heading, parts[::2], written, words, compound)

    def _chunks(self, line: Line) -> list[Chunk]:
        """Cuts a line into chunks, counts them, and returns them."""
        self.lines.append(line)
        self.forms.update(line.written)
        self.section_bit = bit_of(line.section)
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
            if kind > 0:
                if kind == PLAIN:
                    is_part = before not in _VERB_FOLLOWS
                elif kind == NAME:
                    is_part = True
                    if line.written[at][0] == "-":  # an option is a term by itself
                        if run:
                            self._flush(run, found, start + at, pending)
                        self._flush([key], found, start + at + 1, None)
                        run, pending, before = [], None, 0
                        continue
                else:
                    following = words[at + 1].kind if at < last and separators[at + 1] in _GLUE else 0
                    is_part = not self._is_bound(kind, before, following, line.heading, run, line.written[at])
                if is_part:
                    before = kind
                    run.append(key)
                    if len(run) >= LONGEST_CHUNK:
                        self._flush(run, found, start + at + 1, pending)
                        run, pending = [], None
                    continue
                kind = FUNCTION
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
            after_plural = before == MAYBE and bool(run) and not heading
            imperative = before == 0 and following != CONNECTOR and not heading
            return after_plural or imperative or before in (MODAL, TO, SUBJECT) or following == DETERMINER
        if kind == VERB_S:
            return before == SUBJECT or following == DETERMINER or (bool(run) and following < 0 and not heading)
        if kind == MODIFIER:
            return following not in (PLAIN, NAME, MODIFIER)
        if kind == MAYBE:
            participle = following == TO or (following == CONNECTOR and written.endswith("ed"))
            return before == SUBJECT or following == DETERMINER or (participle and written.endswith(("ed", "ing")))
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

    def _mark(self, kind: str, text: str, section: int) -> None:
        """Counts a marked word or term of at most six words."""
        if len(text) > 80 or text.count(" ") > 6:
            return
        known = self.lexicon.words.get(text)
        if known is not None:
            if known.kind > 0:
                self._count_mark(kind, known.key, section)
            return
        line = self._line(text, 0, True)
        if not 0 < len(line.words) <= 6 or line.words[0].kind < 0 or line.words[-1].kind < 0:
            return
        if any(separator not in _GLUE for separator in line.separators[1:-1]):
            return
        self._count_mark(kind, " ".join(word.key for word in line.words), section)

    def _count_mark(self, kind: str, key: str, section: int) -> None:
        counts = self.marked.setdefault(key, {})
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "strong" or kind == "emphasis":
            self.stressed.setdefault(key, section)


def read(document: Document, lexicon: Lexicon, title: str = "") -> Reader:
    """Reads a document. `title` is the front matter's; it counts where no heading of level 1 says the same."""
    reader = Reader(lexicon)
    if title and not any(heading.level == 1 for heading in document.headings):
        reader.heading(Block("heading", title, 0, 0, 0, 1, (), ""))
    reader.read(document)
    return reader
