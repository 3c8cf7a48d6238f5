"""The features that rank candidates, in groups, each a function of little: a heading, a word, a count.

The score of a group is cached by its arguments, so that scoring a candidate is a few look-ups.
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
POSITION = ("early", "lead")
RELATIVE = ("loose-word", "alone", "relative-count", "rarity-mean", "rarity-most", "once-rarity", "name-inside")
SIZE = ("one-word", "two-words", "three-words", "four-words")
FIRST = ("generic-first", "begins-ing", "begins-ed", "inflected-first")
LAST_WORD = ("rarity-last", "generic-last", "verb-last", "inflected-last", "number-last")
SINGLE = ("name", "adjective")
EMPHASIS = ("long-form", "code-defined", "strong", "emphasis", "link", "code", "code-count", "sample", "command")
GROWN = ("grown-section", "grown-heading", "grown-part", "grown-word", "grown-title")
PLAIN = ("everyday", "described", "path")
FEATURES = (
    HEADING
    + WHOLE
    + COUNT
    + SPREAD
    + POSITION
    + RELATIVE
    + SIZE
    + FIRST
    + LAST_WORD
    + SINGLE
    + EMPHASIS
    + GROWN
    + PLAIN
)

OFTEN = 8  # occurrences
LEAD = 40  # words at the beginning of a document
SHORT = 500  # words of text up to which a document has one subject
LONG = 2000  # words of text from which the sections of a document are subjects of their own
FEW_SECTIONS, MANY_SECTIONS = 2, 8  # sections with names, with the same meaning
ADJECTIVE = ("ive", "al", "ic", "ous", "able", "ible", "less", "ful", "ary", "ing", "ed")  # endings
LARGEST = 50_000  # cached numbers and words


def whole_features(whole_count: int) -> tuple[float, ...]:
    """Return how often the term is a whole chunk."""
    return (min(5.0, log2(1 + whole_count)),)


def count_features(count: int) -> tuple[float, ...]:
    """Return how often the term occurs."""
    return min(5.0, log2(count)), count == 1, count == 2, count >= OFTEN


def spread_features(sections: int) -> tuple[float, ...]:
    """Return in how many sections the term occurs."""
    return (min(4.0, log2(1 + sections)),)


def position_features(first: int) -> tuple[float, ...]:
    """Return how early the term occurs, from the number of words before it."""
    return -log2(1 + first) / 10, first < LEAD


def size_features(size: int) -> tuple[float, ...]:
    """Return how many words the term has."""
    return size == 1, size == 2, size == 3, size == 4


def first_features(word: str, part_of_speech: str, generic: bool) -> tuple[float, ...]:
    """Return the features of the first word."""
    return generic, word.endswith("ing"), word.endswith("ed"), part_of_speech == "v"


def last_features(word: str, rarity: float, part_of_speech: str, generic: bool) -> tuple[float, ...]:
    """Return the features of the last word."""
    return rarity, generic, part_of_speech in "uv", part_of_speech == "v", word[-1:].isdigit()


def single_features(word: str, is_name: bool) -> tuple[float, ...]:
    """Return the features of a term of one word."""
    return is_name, not is_name and word.endswith(ADJECTIVE)


def growth(words: int, sections: int) -> float:
    """Return how far the sections of a document are subjects of their own, from 0 to 1.

    The larger of two measures counts: the logarithm of the words of text, and the number of sections with names.
    """
    by_length = log2(max(words, 1) / SHORT) / log2(LONG / SHORT)
    return min(1.0, max(0.0, by_length, (sections - FEW_SECTIONS) / (MANY_SECTIONS - FEW_SECTIONS)))


class FeatureGroup:
    """The weights of a group of features."""

    def __init__(self, names: Sequence[str]) -> None:
        weights = word_tables.weights()
        self.weights = [weights.get(name, 0.0) for name in names]

    def score(self, features: Sequence[float]) -> float:
        """Return the weighted sum of the features."""
        total: float = sum(map(mul, self.weights, features))
        return total


class CachedScores(dict[int, float]):
    """The scores of a group whose features depend on one number, by that number."""

    def __init__(self, names: Sequence[str], features: Callable[[int], Sequence[float]]) -> None:
        super().__init__()
        self.group = FeatureGroup(names)
        self.features = features

    def __missing__(self, number: int) -> float:
        score = self.group.score(self.features(number))
        if number < LARGEST:
            self[number] = score
        return score
