"""The features that rank candidates, in groups, each a function of little: of a heading, a word, a count.

A group's part of the sum is kept for what it is asked of again, so that scoring a term is a few look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log2
from operator import mul

from kwlint.keywords import word_tables

HEADING = (
    "title-whole", "title-chunk", "title-part", "title-end", "title-phrase", "title-once", "heading-whole", "heading-chunk", "headings",  # noqa: E501
)  # fmt: skip
WHOLE = ("whole-count",)
COUNT = ("count", "once", "twice", "often")
SPREAD = ("spread",)
PLACE = ("early", "lead")
RELATIVE = ("loose-word", "alone", "relative-count", "rarity-mean", "rarity-most", "once-rarity", "name-inside")
SIZE = ("one-word", "two-words", "three-words", "four-words")
FIRST = ("generic-first", "begins-ing", "begins-ed", "inflected-first")
LAST_WORD = ("rarity-last", "generic-last", "verb-last", "inflected-last", "number-last")
SINGLE = ("name", "adjective")
MARK = ("long-form", "code-defined", "strong", "emphasis", "link", "code", "code-count", "sample", "command")
GROWN = ("grown-section", "grown-heading", "grown-part", "grown-word", "grown-title")
PLAIN = ("everyday", "described", "path")
FEATURES = (
    HEADING + WHOLE + COUNT + SPREAD + PLACE + RELATIVE + SIZE + FIRST + LAST_WORD + SINGLE + MARK + GROWN + PLAIN
)

OFTEN = 8  # occurrences
LEAD = 40  # words of text that lead in
SHORT = 500  # words of text up to which a document has one subject
LONG = 2000  # words from which its sections are subjects of their own
FEW_SECTIONS, MANY_SECTIONS = 2, 8  # sections with names that say the same
ADJECTIVE = ("ive", "al", "ic", "ous", "able", "ible", "less", "ful", "ary", "ing", "ed")
LARGEST = 50_000  # numbers and words that are kept for the next document


def whole_features(whole: int) -> tuple[float, ...]:
    """How often the term is a whole chunk."""
    return (min(5.0, log2(1 + whole)),)


def count_features(count: int) -> tuple[float, ...]:
    """How often the term occurs."""
    return min(5.0, log2(count)), count == 1, count == 2, count >= OFTEN


def spread_features(sections: int) -> tuple[float, ...]:
    """In how many sections it occurs."""
    return (min(4.0, log2(1 + sections)),)


def place_features(first: int) -> tuple[float, ...]:
    """At which word of the document it first occurs."""
    return -log2(1 + first) / 10, first < LEAD


def size_features(size: int) -> tuple[float, ...]:
    """How many words it has."""
    return size == 1, size == 2, size == 3, size == 4


def first_features(word: str, habit: str, generic: bool) -> tuple[float, ...]:
    """What its first word says."""
    return generic, word.endswith("ing"), word.endswith("ed"), habit == "v"


def last_features(word: str, rarity: float, habit: str, generic: bool) -> tuple[float, ...]:
    """What its last word says."""
    return rarity, generic, habit in "uv", habit == "v", word[-1:].isdigit()


def single_features(word: str, named: bool) -> tuple[float, ...]:
    """What it says if it is one word, with the shape of a name or not."""
    return named, not named and word.endswith(ADJECTIVE)


def growth(words: int, sections: int) -> float:
    """How far a document has grown from one with a subject to one whose sections have theirs: 0 to 1, by the logarithm
    of its length in words or by how many sections have names, whichever says more."""
    by_length = log2(max(words, 1) / SHORT) / log2(LONG / SHORT)
    return min(1.0, max(0.0, by_length, (sections - FEW_SECTIONS) / (MANY_SECTIONS - FEW_SECTIONS)))


class Part:
    """The part of the score that a group of features has."""

    def __init__(self, names: Sequence[str]) -> None:
        weights = word_tables.weights()
        self.weights = [weights.get(name, 0.0) for name in names]

    def of(self, features: Sequence[float]) -> float:
        """The weighted sum."""
        total: float = sum(map(mul, self.weights, features))
        return total


class Table(dict[int, float]):
    """The parts of the score that a number decides, kept for small ones."""

    def __init__(self, names: Sequence[str], features: Callable[[int], Sequence[float]]) -> None:
        super().__init__()
        self.part = Part(names)
        self.features = features

    def __missing__(self, number: int) -> float:
        part = self.part.of(self.features(number))
        if number < LARGEST:
            self[number] = part
        return part
