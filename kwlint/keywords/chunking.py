"""Reads a document once: its words and their classes, its chunks (runs of words between bounds), its headings and its
marked words.

The classes of all words, a letter each, are one text; a pattern finds the chunks in it. A chunk ends at punctuation and
at function words. Words that are nouns or verbs by their neighbours (`calls the`, `must handle`) end a chunk where they
are verbs. The rules look one word to either side, no further.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, compress
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from kwlint.keywords import html_and_directives, word_tables
from kwlint.keywords.cleaning import heading_name, without_noise
from kwlint.keywords.emphasis import Marks
from kwlint.keywords.tokens import BOUND, MARKER, MODIFIER, PASSAGE, Lexicon, Token
from kwlint.model.document import Document
from kwlint.text.folding import word_key
from kwlint.text.stock_headings import ASIDES, BOILERPLATE, POINTERS

Chunk = tuple[str, ...]

LONGEST_CHUNK = 12
# Classes of a heading that names a thing: no punctuation, and no function word but what joins (`convergence to x`), and
# an article after what is done (`creating a widget`).
_NAMING = re.compile(
    r"(?!\w{6})(?!w[tc])(?:[pvzxwjnAoO0N]|y[dT]?(?=[^ctdT|]))(?:[ct]T?(?=[^ct])|[pvzxywjnAoO0Ni])*"
).fullmatch
_BRIDGES = frozenset(("c", "cT"))  # what may join two chunks: a connector, with `the` or without
_OPTIONS = "oO"
_NAMED = bytes(letter in b"nAoO" for letter in range(256))  # classes of words whose shape is that of a name
_DESCRIBES = bytes(letter == ord(MODIFIER) for letter in range(256))
_MIXED = bytes(letter in b"no" for letter in range(256))  # those that are not in upper case throughout


def _chunks_of(imperative: str, after_plural: str, before_function: str) -> re.Pattern[str]:
    """What splits the classes of a passage into gap, chunk, verb that ends it or nothing, gap, …, gap; see `words` for
    the letters.

    A verb ends a chunk after a modal verb, `to` or a subject and before a determiner; a modifier where nothing follows
    that it may modify; a number stands only inside or with a decimal point. The arguments are what holds in sentences
    alone: where a verb is an imperative, that one after a plural is a verb, and one in -s before a function word too.
    """
    ending = r"x(?![dTtc])|y(?![dTt])|w(?![dT])"
    modifier = r"j(?=[pnAoOj])"
    first = rf"(?<![ms])p|[nAN]|(?<![mst])v(?![dT]){imperative}|(?<!s)z(?![dT])|{modifier}|(?<!s)(?:{ending})"
    further = rf"[pnA0N]|i(?![dTt])|{after_plural}v(?![dT])|z(?![dT{before_function}])|{modifier}|{ending}"
    run = rf"(?:{first})(?:{further}){{0,{LONGEST_CHUNK - 1}}}+"
    return re.compile(rf"((?=[pvzxywjnANoO])(?:{run}|[oO]))((?<![oO])[vz]|)")  # looking ahead saves trying each kind


_BODY = _chunks_of("(?:(?=c)|(?<![|oO]v))", "(?<![xyw])", "fsmtc")
_HEADING = _chunks_of("", "", "")

_OPTION = re.compile(r"\s*(--?[A-Za-z][\w-]*)\s*\Z")
RARE = 20  # level of rarity of words that documentation seldom uses


def bit_of(section: int) -> int:
    """A section's bit in the set of those that hold a term; only their number matters, so that 256 will do."""
    return 1 << (section & 255)


class Passage(NamedTuple):
    """A heading, or the text of a section: items `start:end` of the reader's."""

    section: int
    level: int  # 0 for text
    start: int
    end: int


class Title(NamedTuple):
    """A heading as chunks. `key` is all its words, function words included, and `text` the same between spaces; `first`
    is the place of its first word, `naming` whether its form is that of a term."""

    section: int
    level: int
    key: str
    text: str
    chunks: tuple[Chunk, ...]
    size: int
    first: int
    naming: bool


class Reader:
    """What one document holds, as counts. `chunks` maps a chunk to how often it occurs, at which word first, and the
    sections that hold it as bits. `bridges` are pairs of chunks with a connector between them, and the item where the
    second first begins.

    `kinds` and `keys` are aligned: the class and key of each item, a word or a bound (whose key is empty).
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.kinds = ""
        self.keys: tuple[str, ...] = ()
        self.distinct: set[str] = set()
        self.passages: list[Passage] = []
        self.titles: list[Title] = []
        self.marks = Marks(lexicon)
        self.marked, self.stressed = self.marks.marked, self.marks.stressed
        self.proper: frozenset[str] = frozenset()
        self.pointers = 0  # sections that lead elsewhere, as bits
        self.asides: set[int] = set()  # sections that say again, or beside, what another covers
        self.all_titles = ""  # their keys, a bar between them
        self.chunks: dict[Chunk, list[int]] = {}
        self.bridges: dict[tuple[Chunk, str, Chunk], list[int]] = {}
        self.options: dict[str, str] = {}  # what is written of options that have sections of their own, by key
        self.shaped: set[str] = set()
        self.names: set[str] = set()
        self.described: set[str] = set()  # words that only describe, in a language that shows it
        self.read_words = 0
        self.written_out: dict[str, str] = {}  # headings with more than is read of them (`Cell<T> in use`), by key
        self._written: dict[int, str] = {}
        self._texts: list[str] = []
        self._of: list[tuple[int, int]] = []
        self._tokens: list[Token] = []

    def read(self, document: Document, title: str) -> None:
        """Reads all blocks; those of one section together."""
        if title:
            self._heading(title, "", 0, 1)
        texts: list[str] = []
        section = syntax = 0
        given = -1  # the section whose text a generator puts into each document as it stands
        for block in document.blocks:
            if block.kind == "heading" and block.level > 1 and block.text.casefold() in BOILERPLATE:
                given = block.section
            if block.section == given:
                continue
            text = self.marks.read(block) if block.marks else block.text
            if block.kind == "heading":
                syntax = 0 if block.level <= syntax else syntax
                if syntax:  # the name of one of several forms of a command
                    self._body(texts, section)
                    texts, section = [text], block.section
                    continue
                syntax = block.level if block.text.casefold() == "syntax" else 0
                self._body(texts, section)
                texts, section = [], block.section
                source = document.text[block.start : block.end]
                if "<" in block.text and text != block.text:
                    self._written[len(self._texts)] = heading_name(block.text, source)
                self._heading(text, source, section, block.level)
            else:
                if block.section != section:
                    self._body(texts, section)
                    texts, section = [], block.section
                texts.append(text)
        self._body(texts, section)
        for section, text in html_and_directives.texts(document):
            self._body([text], section)
        if self._texts:
            self._items()
            self._passages()

    def written(self) -> list[str]:
        """What is written at each item, aligned with `keys`; see `words.Token`."""
        return list(chain.from_iterable(map(itemgetter(2), self._tokens)))

    def _add(self, text: str, section: int, level: int) -> None:
        if level and text.strip().casefold() in ASIDES:
            self.asides.add(section)
            if text.strip().casefold() in POINTERS:
                self.pointers |= bit_of(section)
        self._texts.append(text)
        self._of.append((section, level))

    def _heading(self, text: str, source: str, section: int, level: int) -> None:
        """Adds a heading; an option that is one has a section of its own."""
        text = heading_name(text, source)
        if option := _OPTION.match(text):
            self.options[word_key(option[1])] = option[1]
        self._add(text, section, level)

    def _body(self, texts: list[str], section: int) -> None:
        """Adds the text of a section; blocks are set apart by a character that ends a chunk."""
        if texts:
            self._add(without_noise("\x01" + "\x01".join(texts)), section, 0)

    def _items(self) -> None:
        """The words and bounds of all passages."""
        text = f" {MARKER} ".join([part.replace(MARKER, "\x01") if MARKER in part else part for part in self._texts])
        if not text.isascii():
            text = normalize("NFC", text)
        text = text.replace("\x01", " \x01 ")
        if "\n" in text:
            for gap in ("\n ", " \n", "\n\n"):  # no glue
                if gap in text:
                    text = text.replace(gap, " \x01 ")
            text = text.replace("\n", " ")
        if "   " in text:
            text = text.replace("   ", " \x01 ")
        self._tokens = list(map(self.lexicon.__getitem__, text.split(" ")))
        self.kinds = "".join(map(itemgetter(0), self._tokens))
        self.keys = tuple(chain.from_iterable(map(itemgetter(1), self._tokens)))
        self.keys += ("",)  # so that there is one behind the last
        self.distinct = set(self.keys)
        encoded = self.kinds.encode("ascii")
        self.shaped = set(compress(self.keys, encoded.translate(_NAMED)))
        self.names = set(compress(self.keys, encoded.translate(_MIXED)))
        if self.lexicon.language == "de":
            self.described = set(compress(self.keys, encoded.translate(_DESCRIBES)))
        if self.lexicon.unspaced:  # elsewhere names begin sentences, as other words do
            self.proper = _proper(set(self._tokens))

    def _passages(self) -> None:
        """Cuts each passage into chunks."""
        start = 0
        for at, ((section, level), kinds) in enumerate(zip(self._of, self.kinds.split(PASSAGE), strict=True)):
            end = start + len(kinds)
            size = len(kinds) - kinds.count(BOUND)
            if size:
                self.passages.append(Passage(section, level, start, end))
                chunks = self._chunks(kinds, start, bit_of(section), _HEADING if level else _BODY)
                if level:
                    key = " ".join(filter(None, self.keys[start:end]))
                    naming = bool(_NAMING(kinds))
                    if at in self._written:
                        self.written_out[key] = self._written[at]
                    self.titles.append(
                        Title(section, level, key, f" {key} ", tuple(chunks), size, self.read_words, naming)
                    )
                self.read_words += size
            start = end + 1
        self.all_titles = f" {' | '.join([title.key for title in self.titles])} "

    def _chunks(self, kinds: str, offset: int, section_bit: int, pattern: re.Pattern[str]) -> list[Chunk]:
        """Counts the chunks of a passage, and the bridges between them, and returns the chunks."""
        parts = pattern.split(kinds)
        bounds = list(accumulate(map(len, parts), initial=offset))
        keys, known, words_before = self.keys, self.chunks, self.read_words
        found = [keys[start:end] for start, end in zip(bounds[1::3], bounds[2::3])]  # noqa: B905
        counted = before = 0  # the bounds before `counted`
        for chunk, start in zip(found, bounds[1::3]):  # noqa: B905
            seen = known.get(chunk)
            if seen is None:
                start -= offset
                before += kinds.count(BOUND, counted, start)
                counted = start
                known[chunk] = [1, words_before + start - before, section_bit]
            else:
                seen[0] += 1
                seen[2] |= section_bit
        if "c" in kinds:
            self._bridges(parts, bounds, found, section_bit)
        return found

    def _bridges(self, parts: list[str], bounds: list[int], found: list[Chunk], section_bit: int) -> None:
        """Counts the pairs of chunks that a connector joins."""
        keys = self.keys
        for at in [at for at, gap in enumerate(parts[3:-1:3]) if gap in _BRIDGES]:
            chunk, verb, gap, other = parts[3 * at + 1 : 3 * at + 5]
            left = found[at]
            if verb or chunk in _OPTIONS or other in _OPTIONS or len(left) == LONGEST_CHUNK:
                continue
            end = bounds[3 * at + 4]
            joint = keys[end - 1] if len(gap) == 1 else " ".join(keys[end - len(gap) : end])
            bridge = (left, joint, found[at + 1])
            seen = self.bridges.get(bridge)
            if seen is None:
                self.bridges[bridge] = [1, end, section_bit]
            else:
                seen[0] += 1
                seen[2] |= section_bit

    def word_at(self, item: int) -> int:
        """How many words stand before an item."""
        return item - self.kinds.count(BOUND, 0, item) - self.kinds.count(PASSAGE, 0, item)


def _proper(tokens: set[Token]) -> frozenset[str]:
    """The keys of rare words that are never written small: most likely names."""
    rarity = word_tables.background()
    large, small = set(), set()
    for _, keys, written in tokens:
        for key, word in zip(keys, written, strict=True):
            if word.islower():
                small.add(key)
            elif word.istitle() and len(word) > 3 and rarity.get(key, (word_tables.UNKNOWN, ""))[0] >= RARE:
                large.add(key)
    return frozenset(large - small)


def read(document: Document, lexicon: Lexicon, title: str = "") -> Reader:
    """Reads a document. `title` is the front matter's; it counts where no heading of level 1 says the same."""
    reader = Reader(lexicon)
    reader.read(document, "" if any(heading.level == 1 for heading in document.headings) else title)
    return reader
