"""Ranks candidates: a weighted sum of features of one document and of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from math import log2
from operator import mul

from . import tables
from .candidates import LONGEST_TITLE, Candidate
from .reading import Reader, Title
from .words import Lexicon

FEATURES = (
    "title-whole", "title-chunk", "title-part", "title-end", "title-phrase", "heading-whole", "heading-chunk", "headings",  # noqa: E501
    "whole-count", "loose-word", "alone", "count", "once", "spread", "relative-count", "early", "lead",
    "rarity-mean", "rarity-most", "rarity-last", "one-word", "two-words", "three-words", "four-words",
    "name", "name-inside", "long-form", "code-defined", "generic-last", "generic-first", "strong", "emphasis", "link",
    "begins-ing", "begins-ed", "adjective", "verb-last", "number-last",
)  # fmt: skip


LAST = -20.0
KINDS = frozenset(
    """class cmdlet function method parameter property member struct type option variable object keyword crate trait
    enum macro command module package file directory attribute decorator argument field constant flag switch""".split()  # noqa: SIM905
)
MANY = 80
EARLY = 200
LEAD = 40  # words of text that lead in
ADJECTIVE = ("ive", "al", "ic", "ous", "able", "ible", "less", "ful", "ary", "ing", "ed")


class Scorer:
    """Scores the candidates of one document."""

    def __init__(
        self, reader: Reader, lexicon: Lexicon, weights: dict[str, float], most: int, defined: AbstractSet[str]
    ) -> None:
        self.weights = [weights.get(name, 0.0) for name in FEATURES]
        self.reader = reader
        self.unspaced = lexicon.unspaced
        self.defined = defined
        self.most = most
        self.bounds = tables.english().bounds
        self.background = tables.background()
        self.generic = tables.english().generic
        self.rarities: dict[str, tuple[float, str, bool]] = {}
        self.title, self.others = _main_title(reader.titles)
        self.title_text = f" {self.title.key} " if self.title else ""
        self.title_runs = set(_runs(self.title.key)) if self.title else set()
        self.head_runs = Counter(run for title in self.others for run in _runs(title.key))
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.heads = {title.key for title in self.others}
        self.head_chunks = {" ".join(chunk) for title in self.others for chunk in title.chunks}
        forms = {form: lexicon.words.get(form) or lexicon.look_up(form) for form in reader.forms}
        self.names = {word.key for form, word in forms.items() if word.shaped and not form.rstrip("s").isupper()}
        self.shaped = {word.key for word in forms.values() if word.shaped}

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
        nameless = len(word) < 2 or word.upper() == word.lower() < "\x80" or (len(word) == 2 and word[1].isdigit())
        generic = nameless or not self.generic.isdisjoint((word, *plurals))
        return level / tables.UNKNOWN, habit, generic

    def says_something(self, candidate: Candidate) -> bool:
        """Whether some word of the candidate is neither a function word nor generic; a title may be generic."""
        key = candidate.key
        if candidate.code or (self.title and key == self.title.key and len(key) > 2):
            return True
        if self.unspaced and candidate.count < 2 and key.count(" ") > 2 and key not in self.head_runs:
            return False
        first, _, second = key.partition(" ")
        if first in self.names and second in KINDS and key not in self.heads:
            return False
        if candidate.joined and key not in self.heads and not self.names_both_ends(key):
            return False
        if " " not in key:
            return key not in self.bounds and not self.word(key)[2]
        return any(word not in self.bounds and not self.word(word)[2] for word in key.split(" "))

    def names_both_ends(self, key: str) -> bool:
        """Whether neither the first nor the last word is a function word, and not both are generic."""
        first, last = key[: key.find(" ")], key[key.rfind(" ") + 1 :]
        return first not in self.bounds and last not in self.bounds and not (self.word(first)[2] and self.word(last)[2])

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

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """The features of a candidate, in the order of `FEATURES`."""
        key = candidate.key
        words = key.split(" ")
        known = [self.rarities.get(word) or self.word(word) for word in words]
        rarities = [rarity for rarity, _, _ in known]
        size = len(words)
        in_title = key in self.title_runs
        title_whole = in_title and len(key) + 2 == len(self.title_text)
        title_chunk = not title_whole and key in self.title_chunks
        in_head = self.head_runs.get(key, 0)
        head_whole = in_head > 0 and key in self.heads
        head_chunk = in_head > 0 and not head_whole and key in self.head_chunks
        marked = self.reader.marked.get(key, ())
        first, last = words[0], words[-1]
        count = candidate.count
        single = size == 1
        shaped = self.shaped
        name_inside = not shaped.isdisjoint(words)
        return (
            title_whole,
            title_chunk,
            in_title and not title_whole and not title_chunk,
            in_title and self.title_text.endswith(f" {key} "),
            in_title and not single,
            head_whole,
            head_chunk,
            min(3.0, log2(1 + in_head)),
            min(5.0, log2(1 + candidate.whole)),
            single and candidate.whole == 0,
            1 - min(1.0, candidate.longer / count),
            min(5.0, log2(count)),
            count == 1,
            min(4.0, log2(1 + candidate.places.bit_count())),
            count / self.most,
            -log2(1 + candidate.first) / 10,
            candidate.first < LEAD,
            sum(rarities) / size,
            max(rarities),
            rarities[-1],
            single,
            size == 2,
            size == 3,
            size == 4,
            single and name_inside,
            name_inside,
            key in self.defined,
            candidate.code == "defined",
            known[-1][2],
            known[0][2],
            "strong" in marked,
            "emphasis" in marked,
            "link" in marked,
            first.endswith("ing"),
            first.endswith("ed"),
            single and not name_inside and key.endswith(ADJECTIVE),
            known[-1][1] in "uv",
            last[-1:].isdigit(),
        )

    def score(self, candidate: Candidate) -> float:
        """The weighted sum. What code uses and prose never names comes last."""
        if candidate.code == "used":
            return LAST
        total: float = sum(map(mul, self.weights, self.features(candidate)))
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
