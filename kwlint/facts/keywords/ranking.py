"""Ranks candidates: a weighted sum of features of one document and of the tables.

Features come in groups. Those of the term's words alone are the same in every document and kept for the next; those of
headings and of marks are asked for only where a heading or a mark holds the term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cache
from math import log2
from operator import mul
from typing import NamedTuple

from . import tables
from .candidates import LONGEST_TITLE, Candidate
from .reading import Reader, Title
from .words import Lexicon

HEADING_FEATURES = (
    "title-whole", "title-chunk", "title-part", "title-end", "title-phrase", "heading-whole", "heading-chunk", "headings",  # noqa: E501
)  # fmt: skip
COUNT_FEATURES = (
    "whole-count", "loose-word", "alone", "count", "once", "spread", "relative-count", "early", "lead",
)  # fmt: skip
WORD_FEATURES = (
    "rarity-mean", "rarity-most", "rarity-last", "one-word", "two-words", "three-words", "four-words",
    "name", "name-inside", "generic-last", "generic-first",
    "begins-ing", "begins-ed", "adjective", "verb-last", "number-last",
)  # fmt: skip
MARK_FEATURES = ("long-form", "code-defined", "strong", "emphasis", "link")
FEATURES = HEADING_FEATURES + COUNT_FEATURES + WORD_FEATURES + MARK_FEATURES

LAST = -20.0
KINDS = frozenset(
    """class cmdlet function method parameter property member struct type option variable object keyword crate trait
    enum macro command module package file directory attribute decorator argument field constant flag switch""".split()  # noqa: SIM905
)
MANY = 80
EARLY = 200
LEAD = 40  # words of text that lead in
ADJECTIVE = ("ive", "al", "ic", "ous", "able", "ible", "less", "ful", "ary", "ing", "ed")


LARGEST = 50_000  # terms that are kept for the next document
LOG = tuple(log2(number) if number else 0.0 for number in range(33))  # 5 at most


class Term(NamedTuple):
    """What a term's words say wherever it stands: their part of the score, the first of them, whether one of them is
    neither a function word nor generic, whether so for its ends (generic on one side at most), and whether it is two
    words of which the second is the kind of thing that the first is (`Foo class`)."""

    weight: float
    words: list[str]
    speaks: bool
    closed: bool
    of_kind: bool


class Terms(dict[str, Term]):
    """The terms by key, judged on demand and emptied when there are many. `named` tells that a word in each has the
    shape of a name."""

    def __init__(self, weights: dict[str, float], named: bool) -> None:
        super().__init__()
        self.weights = [weights.get(name, 0.0) for name in WORD_FEATURES]
        self.named = named
        self.bounds = tables.english().bounds
        self.background = tables.background()
        self.generic = tables.english().generic
        self.rarities: dict[str, tuple[float, str, bool]] = {}

    def __missing__(self, key: str) -> Term:
        words = key.split(" ")
        known = [self.rarities.get(word) or self._word(word) for word in words]
        bounds = self.bounds
        closed = words[0] not in bounds and words[-1] not in bounds and not (known[0][2] and known[-1][2])
        term = Term(
            sum(map(mul, self.weights, self.features(words, known))),
            words,
            any(not generic and word not in bounds for word, (_, _, generic) in zip(words, known, strict=True)),
            closed,
            len(words) == 2 and words[1] in KINDS,
        )
        if len(self) >= LARGEST:
            self.clear()
            self.rarities.clear()
        self[key] = term
        return term

    def features(self, words: list[str], known: list[tuple[float, str, bool]]) -> tuple[float, ...]:
        """The features of `WORD_FEATURES`, in their order."""
        rarities = [rarity for rarity, _, _ in known]
        size = len(words)
        first, last = words[0], words[-1]
        named = self.named
        return (
            sum(rarities) / size,
            max(rarities),
            rarities[-1],
            size == 1,
            size == 2,
            size == 3,
            size == 4,
            size == 1 and named,
            named,
            known[-1][2],
            known[0][2],
            first.endswith("ing"),
            first.endswith("ed"),
            size == 1 and not named and first.endswith(ADJECTIVE),
            known[-1][1] in "uv",
            last[-1:].isdigit(),
        )

    def features_of(self, key: str) -> tuple[float, ...]:
        """The same of a term by its key."""
        words = key.split(" ")
        return self.features(words, [self.rarities.get(word) or self._word(word) for word in words])

    def _word(self, word: str) -> tuple[float, str, bool]:
        """Rarity from 0 to 1, habit, and whether the word is generic."""
        plurals = (word + "s", word + "es", word[:-1] + "ies") if word[-1:].isalpha() else ()
        level, habit = self.background.get(word, (tables.UNKNOWN, "-"))
        for plural in plurals:
            other = self.background.get(plural)
            if other and other[0] < level:
                level = other[0]
        nameless = len(word) < 2 or word.upper() == word.lower() < "\x80" or (len(word) == 2 and word[1].isdigit())
        generic = nameless or not self.generic.isdisjoint((word, *plurals))
        found = self.rarities[word] = level / tables.UNKNOWN, habit, generic
        return found


@cache
def _shipped() -> tuple[Terms, Terms]:
    """Terms without and with a name inside, by the weights that ship."""
    return Terms(tables.weights(), False), Terms(tables.weights(), True)


class Scorer:
    """Scores the candidates of one document."""

    def __init__(self, reader: Reader, lexicon: Lexicon, most: int, defined: AbstractSet[str]) -> None:
        weights = tables.weights()
        self.heading_weights = [weights.get(name, 0.0) for name in HEADING_FEATURES]
        self.count_weights = [weights.get(name, 0.0) for name in COUNT_FEATURES]
        self.mark_weights = [weights.get(name, 0.0) for name in MARK_FEATURES]
        self.terms, self.named_terms = _shipped()
        self.reader = reader
        self.unspaced = lexicon.unspaced
        self.defined = defined
        self.most = most
        self.title, self.others = _main_title(reader.titles)
        self.title_text = f" {self.title.key} " if self.title else ""
        self.title_runs = set(_runs(self.title.key)) if self.title else set()
        self.head_runs = Counter([run for title in self.others for run in _runs(title.key)])
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.heads = {title.key for title in self.others}
        self.head_chunks = {" ".join(chunk) for title in self.others for chunk in title.chunks}
        self.names = reader.names
        self.shaped = reader.shaped

    def says_something(self, candidate: Candidate) -> bool:
        """Whether some word of the candidate is neither a function word nor generic; a title may be generic."""
        key = candidate.key
        term = self.terms[key]
        if candidate.code or (self.title and key == self.title.key and len(key) > 2):
            return True
        if self.unspaced and candidate.count < 2 and len(term.words) > 3 and key not in self.head_runs:
            return False
        if term.of_kind and term.words[0] in self.names and key not in self.heads:
            return False
        if candidate.joined and not term.closed and key not in self.heads:
            return False
        return term.speaks

    def worth_scoring(self, found: dict[str, Candidate]) -> list[Candidate]:
        """The candidates that may rank high: in a long document, nothing that is said once, late and unmarked."""
        worth = list(found.values())
        if len(worth) > MANY:
            title, heads, marked, defined = self.title_runs, self.head_runs, self.reader.marked, self.defined
            worth = [
                candidate
                for candidate in worth
                if candidate.count > 1
                or candidate.first < EARLY
                or candidate.key in marked
                or candidate.key in defined
                or candidate.key in heads
                or candidate.key in title
            ]
        return [candidate for candidate in worth if self.says_something(candidate)]

    def heading_features(self, candidate: Candidate) -> tuple[float, ...]:
        """How the title and the other headings hold the term."""
        key = candidate.key
        in_title = key in self.title_runs
        title_whole = in_title and len(key) + 2 == len(self.title_text)
        title_chunk = not title_whole and key in self.title_chunks
        in_head = self.head_runs.get(key, 0)
        head_whole = in_head > 0 and key in self.heads
        return (
            title_whole,
            title_chunk,
            in_title and not title_whole and not title_chunk,
            in_title and self.title_text.endswith(f" {key} "),
            in_title and " " in key,
            head_whole,
            in_head > 0 and not head_whole and key in self.head_chunks,
            min(3.0, log2(1 + in_head)),
        )

    def count_features(self, candidate: Candidate) -> tuple[float, ...]:
        """How often and where the term occurs."""
        count, whole, first, longer = candidate.count, candidate.whole, candidate.first, candidate.longer
        return (
            LOG[whole + 1] if whole < 32 else 5.0,
            whole == 0 and " " not in candidate.key,
            1 - longer / count if longer < count else 0,
            LOG[count] if count < 32 else 5.0,
            count == 1,
            min(4.0, LOG[min(32, 1 + candidate.places.bit_count())]),
            count / self.most,
            -log2(1 + first) / 10,
            first < LEAD,
        )

    def mark_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What marks, definitions and code say of the term."""
        marked = self.reader.marked.get(candidate.key, ())
        return (
            candidate.key in self.defined,
            candidate.code == "defined",
            "strong" in marked,
            "emphasis" in marked,
            "link" in marked,
        )

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """The features of a candidate, in the order of `FEATURES`."""
        named = not self.shaped.isdisjoint(candidate.key.split(" "))
        return (
            *self.heading_features(candidate),
            *self.count_features(candidate),
            *(self.named_terms if named else self.terms).features_of(candidate.key),
            *self.mark_features(candidate),
        )

    def score(self, candidate: Candidate) -> float:
        """The weighted sum. What code uses and prose never names comes last."""
        if candidate.code == "used":
            return LAST
        key = candidate.key
        term = self.terms[key]
        if not self.shaped.isdisjoint(term.words):
            term = self.named_terms[key]
        total: float = term.weight + sum(map(mul, self.count_weights, self.count_features(candidate)))
        if key in self.title_runs or key in self.head_runs or key in self.title_chunks:
            total += sum(map(mul, self.heading_weights, self.heading_features(candidate)))
        if candidate.code or key in self.reader.marked or key in self.defined:
            total += sum(map(mul, self.mark_weights, self.mark_features(candidate)))
        return round(total, 6)


def _runs(key: str) -> list[str]:
    """All runs of at most `LONGEST_TITLE` words in a heading's key."""
    words = key.split(" ")
    size = len(words)
    return [" ".join(words[a:b]) for a in range(size) for b in range(a + 1, min(size, a + LONGEST_TITLE) + 1)]


def _main_title(titles: list[Title]) -> tuple[Title | None, list[Title]]:
    """The document's title (its first heading of level 1, else its first) and the other headings."""
    if not titles:
        return None, []
    main = next((title for title in titles if title.level == 1), titles[0])
    return main, [title for title in titles if title is not main]
