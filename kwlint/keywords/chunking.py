"""Cuts a document into chunks: runs of words between bounds, which the candidates are made of.

The classes of all words, a letter each, are one text, in which a pattern finds the chunks. A chunk ends at punctuation
and at function words. A word that is a noun or a verb depending on its neighbours (`calls the`, `must handle`) ends a
chunk where it is a verb; the rules look at one word on either side.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, compress
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from kwlint.keywords import html_and_directives
from kwlint.keywords.cleaning import heading_name, without_noise
from kwlint.keywords.emphasis import Emphasis
from kwlint.keywords.patterns import shape
from kwlint.keywords.tokens import BOUND, MARKER, MODIFIER, PASSAGE, Lexicon, Token
from kwlint.model.document import Document
from kwlint.text.folding import word_key
from kwlint.text.stock_headings import is_aside, is_boilerplate, is_link_section

Chunk = tuple[str, ...]

LONGEST_CHUNK = 12  # words
# Classes of a heading that names a thing: no punctuation, no function word but connectors (`convergence to x`), and an
# article only after a verb in -ing (`creating a widget`).
_TERM_HEADING = re.compile(
    r"(?!\w{6})(?!w[tc])(?:[pvzxwjnAoO0N]|y[dT]?(?=[^ctdT|]))(?:[ct]T?(?=[^ct])|[pvzxywjnAoO0Ni])*"
).fullmatch
_BRIDGES = frozenset(("c", "cT"))  # gaps that join two chunks: a connector, with `the` or without
_OPTIONS = "oO"
_IS_NAME = bytes(letter in b"nAoO" for letter in range(256))
_IS_MODIFIER = bytes(letter == ord(MODIFIER) for letter in range(256))
_IS_MIXED_CASE_NAME = bytes(letter in b"no" for letter in range(256))


def _chunks_of(imperative: str, after_plural: str, before_function: str) -> re.Pattern[str]:
    """Return the pattern that splits the classes of a passage into gap, chunk, final verb or nothing, gap, …, gap.

    See `tokens` for the letters. A verb ends a chunk after a modal verb, `to` or a subject, and before a determiner; a
    modifier ends it if nothing follows that it can modify. A number is only inside a chunk unless it has a decimal
    point. The arguments hold in sentences, not in headings: where a verb is an imperative, that a word after a plural
    is a verb, and that a word in -s before a function word is one.
    """
    ending = r"x(?![dTtc])|y(?![dTt])|w(?![dT])"
    modifier = r"j(?=[pnAoOj])"
    first = rf"(?<![ms])p|[nAN]|(?<![mst])v(?![dT]){imperative}|(?<!s)z(?![dT])|{modifier}|(?<!s)(?:{ending})"
    further = rf"[pnA0N]|i(?![dTt])|{after_plural}v(?![dT])|z(?![dT{before_function}])|{modifier}|{ending}"
    run = rf"(?:{first})(?:{further}){{0,{LONGEST_CHUNK - 1}}}"
    return re.compile(rf"((?=[pvzxywjnANoO])(?:{run}|[oO]))((?<![oO])[vz]|)")  # the lookahead is faster


_BODY = _chunks_of("(?:(?=c)|(?<![|oO]v))", "(?<![xyw])", "fsmtc")
_HEADING = _chunks_of("", "", "")


def bit_of(section: int) -> int:
    """Return the bit of a section in a set of sections; sets are compared by size only, so 256 bits are enough."""
    return 1 << (section & 255)


class Passage(NamedTuple):
    """A heading, or the text of a section: the items `start:end` of a document."""

    section: int
    level: int  # 0 for text
    start: int
    end: int


class ChunkedHeading(NamedTuple):
    """A heading as chunks.

    `key` has the keys of all its words, function words included, and `text` is the key between spaces; `first` is the
    number of words before it. `is_term` tells whether its form is that of a term.
    """

    section: int
    level: int
    key: str
    text: str
    chunks: tuple[Chunk, ...]
    size: int
    first: int
    is_term: bool


class ChunkedDocument:
    """The chunks of one document.

    `classes` and `keys` are aligned: the class and key of each item, which is a word or a bound (with an empty key).
    `chunks` maps a chunk to its number of occurrences, the number of words before the first, and its sections as bits;
    `bridges` maps a chunk, a connector and a second chunk to the number of occurrences, the first item of the second
    chunk, and sections as bits.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.classes = ""
        self.keys: tuple[str, ...] = ()
        self.distinct_keys: set[str] = set()
        self.passages: list[Passage] = []
        self.headings: list[ChunkedHeading] = []
        self.heading_text = ""  # the keys of all headings, with ` | ` between them
        self.emphasis = Emphasis(lexicon)
        self.pointers = 0  # sections that only point to other documents, as bits
        self.asides: set[int] = set()  # sections that repeat others or point elsewhere
        self.chunks: dict[Chunk, list[int]] = {}
        self.bridges: dict[tuple[Chunk, str, Chunk], list[int]] = {}
        self.options: dict[str, str] = {}  # options that have a section of their own as written, by key
        self.names: set[str] = set()  # keys of words with the shape of a name
        self.mixed_case_names: set[str] = set()
        self.modifiers: set[str] = set()  # German adjectives
        self.word_count = 0
        self.headings_as_written: dict[str, str] = {}  # headings that were read in part (`Cell<T> in use`), by key
        self._written_by_passage: dict[int, str] = {}
        self._texts: list[str] = []  # of each passage, with its section and level
        self._sections: list[tuple[int, int]] = []
        self._tokens: list[Token] = []

    def read(self, document: Document, title: str) -> None:
        """Read all blocks, those of one section together."""
        if title:
            self._add_heading(title, 0, 1)
        texts: list[str] = []
        section = syntax_level = 0
        boilerplate = -1  # the section that a generator inserts into each document
        for block in document.blocks:
            if block.kind == "heading" and block.level > 1 and is_boilerplate(block.text):
                boilerplate = block.section
            if block.section == boilerplate:
                continue
            text = self.emphasis.read(block) if block.marks else block.text
            if "><" in document.text[block.start : block.end]:
                text = html_and_directives.separated(text, document.text[block.start : block.end])
            if block.kind != "heading":
                if block.section != section:
                    self._add_text(texts, section)
                    texts, section = [], block.section
                texts.append(text)
                continue
            self._add_text(texts, section)
            texts, section = [], block.section
            syntax_level = 0 if block.level <= syntax_level else syntax_level
            if syntax_level:  # the heading of one form of a command's syntax is not a heading of the document
                texts = [text]
                continue
            syntax_level = block.level if block.text.casefold() == "syntax" else 0
            if "<" in block.text and text != block.text:
                self._written_by_passage[len(self._texts)] = heading_name(block.text)
            self._add_heading(text, section, block.level)
        self._add_text(texts, section)
        for section, text in html_and_directives.texts(document):
            self._add_text([text], section)
        if self._texts:
            self._tokenize()
            self._cut_passages()

    def written(self) -> list[str]:
        """Return each item as written, aligned with `keys`; see `tokens.Token`."""
        return list(chain.from_iterable(map(itemgetter(2), self._tokens)))

    def _add_heading(self, text: str, section: int, level: int) -> None:
        """Add a heading; one that is an option gives the option a section of its own."""
        text = heading_name(text)
        if shape("option").search(text):
            self.options[word_key(text.strip())] = text.strip()
        if is_aside(text.strip()):
            self.asides.add(section)
        if is_link_section(text.strip()):
            self.pointers |= bit_of(section)
        self._texts.append(text)
        self._sections.append((section, level))

    def _add_text(self, texts: list[str], section: int) -> None:
        """Add the text of a section; the character between blocks ends a chunk."""
        if texts:
            self._texts.append(without_noise("\x01" + "\x01".join(texts)))
            self._sections.append((section, 0))

    def _tokenize(self) -> None:
        """Find the words and bounds of all passages."""
        self._tokens = list(map(self.lexicon.__getitem__, _spaced(self._texts).split(" ")))
        self.classes = "".join(map(itemgetter(0), self._tokens))
        self.keys = (*chain.from_iterable(map(itemgetter(1), self._tokens)), "")  # with an item behind the last
        self.distinct_keys = set(self.keys)
        encoded = self.classes.encode("ascii")
        self.names = set(compress(self.keys, encoded.translate(_IS_NAME)))
        self.mixed_case_names = set(compress(self.keys, encoded.translate(_IS_MIXED_CASE_NAME)))
        if self.lexicon.language == "de":
            self.modifiers = set(compress(self.keys, encoded.translate(_IS_MODIFIER)))

    def _cut_passages(self) -> None:
        """Cut each passage into chunks."""
        start = 0
        passages = zip(self._sections, self.classes.split(PASSAGE), strict=True)
        for number, ((section, level), classes) in enumerate(passages):
            end = start + len(classes)
            size = len(classes) - classes.count(BOUND)
            if size:
                self.passages.append(Passage(section, level, start, end))
                chunks = self._cut(classes, start, bit_of(section), _HEADING if level else _BODY)
                if level:
                    key = " ".join(filter(None, self.keys[start:end]))
                    if number in self._written_by_passage:
                        self.headings_as_written[key] = self._written_by_passage[number]
                    is_term = bool(_TERM_HEADING(classes))
                    self.headings.append(
                        ChunkedHeading(section, level, key, f" {key} ", tuple(chunks), size, self.word_count, is_term)
                    )
                self.word_count += size
            start = end + 1
        self.heading_text = f" {' | '.join([heading.key for heading in self.headings])} "

    def _cut(self, classes: str, offset: int, section_bit: int, pattern: re.Pattern[str]) -> list[Chunk]:
        """Count the chunks of a passage and the bridges between them, and return the chunks."""
        parts = pattern.split(classes)
        limits = list(accumulate(map(len, parts), initial=offset))
        keys, counts, words_before = self.keys, self.chunks, self.word_count
        chunks = [keys[start:end] for start, end in zip(limits[1::3], limits[2::3])]  # noqa: B905
        counted = bounds = 0  # the number of bounds before `counted`
        for chunk, start in zip(chunks, limits[1::3]):  # noqa: B905
            entry = counts.get(chunk)
            if entry is None:
                start -= offset
                bounds += classes.count(BOUND, counted, start)
                counted = start
                counts[chunk] = [1, words_before + start - bounds, section_bit]
            else:
                entry[0] += 1
                entry[2] |= section_bit
        if "c" in classes:
            self._count_bridges(parts, limits, chunks, section_bit)
        return chunks

    def _count_bridges(self, parts: list[str], limits: list[int], chunks: list[Chunk], section_bit: int) -> None:
        """Count the pairs of chunks that a connector joins."""
        for at in [at for at, gap in enumerate(parts[3:-1:3]) if gap in _BRIDGES]:
            chunk, verb, gap, other = parts[3 * at + 1 : 3 * at + 5]
            left = chunks[at]
            if verb or chunk in _OPTIONS or other in _OPTIONS or len(left) == LONGEST_CHUNK:
                continue
            end = limits[3 * at + 4]
            connector = " ".join(self.keys[end - len(gap) : end])
            entry = self.bridges.setdefault((left, connector, chunks[at + 1]), [0, end, 0])
            entry[0] += 1
            entry[2] |= section_bit

    def words_before(self, item: int) -> int:
        """Return the number of words before an item."""
        return item - self.classes.count(BOUND, 0, item) - self.classes.count(PASSAGE, 0, item)


def _spaced(passages: list[str]) -> str:
    """Return all passages as one text whose tokens are separated by single spaces."""
    text = f" {MARKER} ".join([part.replace(MARKER, "\x01") if MARKER in part else part for part in passages])
    if not text.isascii():
        text = normalize("NFC", text)
    text = text.replace("\x01", " \x01 ")
    if "\n" in text:
        for gap in ("\n ", " \n", "\n\n"):  # bounds, unlike a single line break
            if gap in text:
                text = text.replace(gap, " \x01 ")
        text = text.replace("\n", " ")
    return text.replace("   ", " \x01 ") if "   " in text else text


def read(document: Document, lexicon: Lexicon, title: str = "") -> ChunkedDocument:
    """Return the chunks of a document.

    `title` is that of the front matter; it counts if the document has no heading of level 1.
    """
    chunks = ChunkedDocument(lexicon)
    chunks.read(document, "" if any(heading.level == 1 for heading in document.headings) else title)
    return chunks
