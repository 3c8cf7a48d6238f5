"""Ranks candidates: a weighted sum of features of one document and of the tables."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from math import log2
from typing import NamedTuple

from kwlint.keywords import features as of
from kwlint.keywords.candidates import Candidate
from kwlint.keywords.chunking import Reader
from kwlint.keywords.features import Part, Table
from kwlint.keywords.filters import FEW, Terms
from kwlint.keywords.headings import Headings
from kwlint.keywords.tokens import Lexicon
from kwlint.keywords.word_features import Words

LAST = -20.0
EVERYDAY = 0.5  # rarity of words that any page may hold
DESCRIBED = 0.6  # rarity of nouns that an everyday adjective makes no term of
MANY = 80
EARLY = 200


class Shipped(NamedTuple):
    """What the shipped weights make of groups of features that are the same in every document."""

    words: Words
    wholes: Table
    counts: Table
    spreads: Table
    places: Table
    sizes: Table
    headings: Part
    relative: Part
    marks: Part
    grown: Part
    plain: Part


@cache
def shipped() -> Shipped:
    """Made when a document is first ranked."""
    return Shipped(
        Words(),
        Table(of.WHOLE, of.whole_features),
        Table(of.COUNT, of.count_features),
        Table(of.SPREAD, of.spread_features),
        Table(of.PLACE, of.place_features),
        Table(of.SIZE, of.size_features),
        Part(of.HEADING),
        Part(of.RELATIVE),
        Part(of.MARK),
        Part(of.GROWN),
        Part(of.PLAIN),
    )


class Scorer:
    """Scores the candidates of one document."""

    def __init__(
        self,
        reader: Reader,
        lexicon: Lexicon,
        most: int,
        defined: AbstractSet[str],
        samples: AbstractSet[str] = frozenset(),
    ) -> None:
        self.shipped = shipped()
        self.words = self.shipped.words
        self.reader = reader
        self.english = lexicon.english
        self.defined = defined
        self.samples = samples
        self.proper = reader.proper
        self.most = most
        self.headings = Headings(reader.titles)
        self.terms = Terms(reader, lexicon, self.headings, self.words, defined)
        self.growth = of.growth(reader.read_words, len(self.headings.sections))
        self.length = of.growth(reader.read_words, 0)  # by its words alone
        self.shaped = reader.shaped

    def ranked(self, found: dict[str, Candidate]) -> list[tuple[float, Candidate]]:
        """Candidates that say something, with their scores, best first; equals in the order of the document."""
        says, score = self.terms.says_something, self.score
        scored = [
            (-score(candidate), candidate.first, candidate.key, candidate)
            for candidate in self.worth_scoring(found)
            if says(candidate)
        ]
        scored.sort()
        return [(-negated, candidate) for negated, _, _, candidate in scored]

    def worth_scoring(self, found: dict[str, Candidate]) -> list[Candidate]:
        """The candidates that may rank high: in a long document, nothing that is said once, late and unmarked."""
        worth = list(found.values())
        if len(worth) > MANY:
            marked, defined, held = self.reader.marked, self.defined, self.headings.hold
            worth = [
                candidate
                for candidate in worth
                if candidate.count > 1
                or candidate.first < EARLY
                or candidate.key in marked
                or candidate.key in defined
                or held(candidate.key)
            ]
        return worth

    def heading_features(self, candidate: Candidate) -> tuple[float, ...]:
        """How the title and the other headings hold the term."""
        key, held = candidate.key, self.headings
        in_title = key in held.title_runs
        title_whole = in_title and len(key) + 2 == len(held.title_text)
        title_chunk = not title_whole and key in held.title_chunks
        in_head = held.head_runs.get(key, 0)
        head_whole = in_head > 0 and key in held.heads
        return (
            title_whole,
            title_chunk,
            in_title and not title_whole and not title_chunk,
            in_title and held.title_text.endswith(f" {key} "),
            in_title and " " in key,
            in_title and candidate.count == 1,
            head_whole,
            in_head > 0 and not head_whole and key in held.head_chunks,
            min(3.0, log2(1 + in_head)),
        )

    def mark_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What marks, definitions and code say of the term."""
        marked = self.reader.marked.get(candidate.key, {})
        sample = self._is_sample(candidate.key)
        code = candidate.count if candidate.code == "construct" else 0 if sample else marked.get("code", 0)
        return (
            candidate.key in self.defined,
            candidate.code in ("defined", "listed"),
            "strong" in marked,
            "emphasis" in marked,
            "link" in marked,
            code > 0,
            min(3, code),
            sample,
            min(2, candidate.count) if candidate.code == "command" else 0,
        )

    def _is_name(self, candidate: Candidate) -> bool:
        """Whether a word without the shape of a name is one all the same."""
        return candidate.key in self.proper and candidate.count > 1

    def _is_sample(self, key: str) -> bool:
        """Whether the document's code or its text invents the name, and no heading has it."""
        invented = key in self.samples or key in self.reader.marks.invented
        return invented and not self.headings.hold(key)

    def plain_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What speaks against a term that nothing sets apart: how common its one word is, of those that any page may
        hold; that it is said in passing how something is (`unique value`); that it is the path of a file."""
        key = candidate.key
        if "/" in key and "." in key and not self.headings.hold(key):
            return 0.0, 0.0, 1.0
        if key in self.headings.title_runs or key in self.reader.marked or key in self.defined:
            return 0.0, 0.0, 0.0
        if " " not in key:
            rarity = self.words[key].rarity
            return 0.0 if rarity >= EVERYDAY or key in self.shaped else 1 - rarity, 0.0, 0.0
        first, _, rest = key.partition(" ")
        if candidate.count > FEW or key in self.headings.head_runs or not self.words[first].adjective:
            return 0.0, 0.0, 0.0
        return 0.0, candidate.count == 1 or self.words[rest.rpartition(" ")[2]].rarity < DESCRIBED, 0.0

    def grown_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What a long document's headings say of the term: that it is a section, or a chunk in a heading; that it is a
        part of the title alone; that it is one word, of no name's shape and no heading by itself; that it is the
        title."""
        key, growth, held = candidate.key, self.growth, self.headings
        if key == held.title_key:
            return 0.0, 0.0, 0.0, 0.0, self.length
        word = growth * (" " not in key and key not in self.shaped and key not in held.heads)
        if key in held.sections:
            return growth, 0.0, 0.0, word, 0.0
        if key in held.head_chunks:
            return 0.0, growth, 0.0, word, 0.0
        return 0.0, 0.0, growth * (key in held.title_runs), word, 0.0

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """The features of a candidate, in the order of `FEATURES`."""
        count, words = candidate.count, candidate.key.split(" ")
        named, single = not self.shaped.isdisjoint(words), len(words) == 1
        known = [self.words[word] for word in words]
        rarities = [word.rarity for word in known]
        last = known[-1]
        return (
            *self.heading_features(candidate),
            *of.whole_features(candidate.whole),
            *of.count_features(count),
            *of.spread_features(candidate.places.bit_count()),
            *of.place_features(candidate.first),
            candidate.whole == 0 and single,
            1 - min(1.0, candidate.longer / count),
            count / self.most,
            sum(rarities) / len(words),
            max(rarities),
            sum(rarities) / len(words) if count == 1 else 0,
            named,
            *of.size_features(len(words)),
            *of.first_features(words[0], known[0].habit, known[0].generic),
            *of.last_features(words[-1], last.rarity, last.habit, last.generic),
            *(of.single_features(words[0], named or self._is_name(candidate)) if single else (0, 0)),
            *self.mark_features(candidate),
            *self.grown_features(candidate),
            *(self.plain_features(candidate) if self.english else (0.0, 0.0, 0.0)),
        )

    def score(self, candidate: Candidate) -> float:
        """The weighted sum of the features. What code uses and prose never names comes last."""
        if candidate.code == "used":
            return LAST
        parts = self.shipped
        key, count, whole = candidate.key, candidate.count, candidate.whole
        loose, alone, relative, mean, most, once, inside = parts.relative.weights
        if count == 1:
            mean += once
        if " " in key:
            words = key.split(" ")
            known = [self.words[word] for word in words]
            rarities = [word.rarity for word in known]
            total = known[0].first + known[-1].last + parts.sizes[len(words)]
            total += mean * sum(rarities) / len(words) + most * max(rarities)
            if not self.shaped.isdisjoint(words):
                total += inside
        else:
            word = self.words[key]
            total = word.first + word.last + parts.sizes[1] + (mean + most) * word.rarity
            if key in self.shaped:
                total += inside + word.name
            else:
                total += word.name if self._is_name(candidate) else word.single
            if not whole:
                total += loose
        total += parts.wholes[whole] + parts.counts[count] + parts.places[candidate.first]
        total += parts.spreads[candidate.places.bit_count()] + relative * count / self.most
        if candidate.longer < count:
            total += alone * (1 - candidate.longer / count)
        if self.headings.hold(key) or key in self.headings.title_chunks:
            total += parts.headings.of(self.heading_features(candidate))
        if candidate.code or key in self.reader.marked or key in self.defined or key in self.samples:
            total += parts.marks.of(self.mark_features(candidate))
        if self.english:
            total += parts.plain.of(self.plain_features(candidate))
        if self.growth:
            total += parts.grown.of(self.grown_features(candidate))
        return round(total, 6)
