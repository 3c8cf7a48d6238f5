"""Ranks candidates: a weighted sum of features of one document and of the tables."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import log2
from operator import mul

from . import tables
from .candidates import Candidate
from .reading import Reader, Title
from .words import Lexicon

FEATURES = (
    "title whole", "title chunk", "title part", "heading whole", "heading chunk", "heading part", "headings",
    "wholeness", "alone", "count", "early", "rarity mean", "rarity least", "rarity most", "one word", "two words",
    "three words", "four words", "more words", "shaped", "acronym", "generic all", "generic last", "generic first",
    "strong", "emphasis", "code", "link", "begins -ing", "ends -ing", "ends -ed", "begins -ed", "modifier last",
    "verb first", "verb last", "number last", "joined", "modifier first", "bare", "whole count", "lone word", "spread", "never whole", "title run-in", "defined", "code only",
)  # fmt: skip


class Scorer:
    """Scores the candidates of one document."""

    def __init__(self, reader: Reader, lexicon: Lexicon, weights: dict[str, float], defined: AbstractSet[str]) -> None:
        self.weights = [weights.get(name.replace(" ", "_"), 0.0) for name in FEATURES]
        self.reader = reader
        self.defined = defined
        self.bounds = tables.english().bounds
        self.background = tables.background()
        self.generic = tables.english().generic
        self.rarities: dict[str, tuple[float, str, bool]] = {}
        self.title, self.others = _main_title(reader.titles)
        self.title_text = f" {self.title.key} " if self.title else ""
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.heads = {title.key for title in self.others}
        self.head_chunks = {" ".join(chunk) for title in self.others for chunk in title.chunks}
        self.head_text = " " + " | ".join(title.key for title in self.others) + " "
        self.shaped = {word.key: written for written, word in lexicon.words.items() if word.shaped}
        self.acronyms = {word.key for written, word in lexicon.words.items() if word.shaped and written.rstrip("s").isupper()}

    def word(self, word: str) -> tuple[float, str, bool]:
        """Rarity from 0 to 1, habit, and whether the word is generic."""
        known = self.rarities.get(word)
        if known is None:
            known = self.rarities[word] = self._word(word)
        return known

    def _word(self, word: str) -> tuple[float, str, bool]:
        plurals = (word + "s", word + "es", word[:-1] + "ies") if word[-1:].isalpha() else ()
        level, habit = self.background.get(word, (tables.UNKNOWN, "-"))
        for plural in plurals:
            other = self.background.get(plural)
            if other and other[0] < level:
                level = other[0]
        generic = len(word) < 2 or word.isdigit() or not self.generic.isdisjoint((word, *plurals))
        return level / tables.UNKNOWN, habit, generic

    def says_something(self, candidate: Candidate) -> bool:
        """Whether some word of the candidate is neither a function word nor generic; a title may be generic."""
        key = candidate.key
        if self.title and key == self.title.key and len(key) > 2:
            return True
        return any(word not in self.bounds and not self.word(word)[2] for word in key.split(" "))

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """The features of a candidate, in the order of `FEATURES`."""
        key = candidate.key
        words = key.split(" ")
        spaced = f" {key} "
        known = [self.word(word) for word in words]
        rarities = [rarity for rarity, _, _ in known]
        size = len(words)
        in_title = spaced in self.title_text
        title_whole = in_title and len(spaced) == len(self.title_text)
        title_chunk = not title_whole and key in self.title_chunks
        in_head = spaced in self.head_text
        head_whole = in_head and key in self.heads
        head_chunk = in_head and not head_whole and key in self.head_chunks
        marked = self.reader.marked.get(key, {})
        first, last = words[0], words[-1]
        generic = [flag for _, _, flag in known]
        return (
            title_whole,
            title_chunk,
            in_title and not title_whole and not title_chunk,
            head_whole,
            head_chunk,
            in_head and not head_whole and not head_chunk,
            min(3.0, log2(1 + self.head_text.count(spaced))) if in_head else 0.0,
            candidate.whole / candidate.count,
            1 - min(1.0, candidate.longer / candidate.count),
            min(5.0, log2(candidate.count)),
            -log2(1 + candidate.first) / 10,
            sum(rarities) / size,
            min(rarities),
            max(rarities),
            size == 1,
            size == 2,
            size == 3,
            size == 4,
            size > 4,
            any(word in self.shaped for word in words),
            any(word in self.acronyms for word in words),
            all(generic),
            generic[-1],
            generic[0],
            "strong" in marked,
            "emphasis" in marked,
            "code" in marked,
            "link" in marked,
            first.endswith("ing"),
            last.endswith("ing"),
            last.endswith("ed"),
            first.endswith("ed"),
            known[-1][1] == "j",
            known[0][1] in "uv",
            known[-1][1] in "uv",
            last[-1:].isdigit(),
            candidate.joined,
            known[0][1] == "j",
            size == 1 and not known[0][0] > 0.8 and first not in self.shaped,
            min(5.0, log2(1 + candidate.whole)),
            candidate.whole / candidate.count if size == 1 else 0.0,
            min(4.0, log2(1 + candidate.places.bit_count())),
            candidate.whole == 0,
            in_title and self.title_text.endswith(spaced),
            key in self.defined,
            candidate.code,
        )

    def score(self, candidate: Candidate) -> float:
        """The weighted sum."""
        return float(sum(map(mul, self.weights, self.features(candidate))))


def _main_title(titles: list[Title]) -> tuple[Title | None, list[Title]]:
    """The document's title (its first heading of level 1, else its first) and the other headings."""
    if not titles:
        return None, []
    main = next((title for title in titles if title.level == 1), titles[0])
    return main, [title for title in titles if title is not main]
