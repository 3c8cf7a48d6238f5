"""Ranks candidates by a weighted sum of features of the document and of the word tables."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from math import log2
from typing import NamedTuple

from kwlint.keywords import features as of
from kwlint.keywords.candidates import Candidate, Candidates
from kwlint.keywords.chunking import ChunkedDocument
from kwlint.keywords.features import CachedScores, FeatureGroup
from kwlint.keywords.filters import FEW, TermFilter
from kwlint.keywords.headings import Headings
from kwlint.keywords.tokens import Lexicon
from kwlint.keywords.word_features import WordFeaturesCache

LAST = -20.0  # score of a name that only code uses
EVERYDAY = 0.5  # rarity of words that any page may contain
DESCRIBED = 0.6  # rarity of nouns that an everyday adjective does not turn into a term
MANY = 80  # candidates of a long document
EARLY = 200  # words


class Weights(NamedTuple):
    """The shipped weights by group of features, with what is cached for all documents."""

    words: WordFeaturesCache
    wholes: CachedScores
    counts: CachedScores
    spreads: CachedScores
    positions: CachedScores
    sizes: CachedScores
    headings: FeatureGroup
    relative: FeatureGroup
    emphasis: FeatureGroup
    grown: FeatureGroup
    plain: FeatureGroup


@cache
def shipped_weights() -> Weights:
    """Return the shipped weights; they are loaded when a document is first ranked."""
    return Weights(
        WordFeaturesCache(),
        CachedScores(of.WHOLE, of.whole_features),
        CachedScores(of.COUNT, of.count_features),
        CachedScores(of.SPREAD, of.spread_features),
        CachedScores(of.POSITION, of.position_features),
        CachedScores(of.SIZE, of.size_features),
        FeatureGroup(of.HEADING),
        FeatureGroup(of.RELATIVE),
        FeatureGroup(of.EMPHASIS),
        FeatureGroup(of.GROWN),
        FeatureGroup(of.PLAIN),
    )


class Scorer:
    """Scores the candidates of one document.

    `highest_count` is that of its most frequent candidate, `defined` are the keys of acronyms and their long forms,
    `samples` the keys of names that its own code defines.
    """

    def __init__(
        self,
        chunks: ChunkedDocument,
        lexicon: Lexicon,
        highest_count: int,
        defined: AbstractSet[str],
        samples: AbstractSet[str] = frozenset(),
    ) -> None:
        self.weights = shipped_weights()
        self.words = self.weights.words
        self.chunks = chunks
        self.emphasis = chunks.emphasis.counts
        self.names = chunks.names
        self.english = lexicon.english
        self.defined = defined
        self.samples = samples
        self.highest_count = highest_count
        self.headings = Headings(chunks.headings)
        self.filter = TermFilter(chunks, lexicon, self.headings, self.words, defined)
        self.growth = of.growth(chunks.word_count, len(self.headings.sections))
        self.growth_by_length = of.growth(chunks.word_count, 0)

    def ranked(self, candidates: Candidates) -> list[tuple[float, Candidate]]:
        """Return the candidates that are terms with their scores, best first; ties in the order of the document."""
        is_term, score = self.filter.is_term, self.score
        scored = [
            (-score(candidate), candidate.first, candidate.key, candidate)
            for candidate in self._likely(candidates)
            if is_term(candidate)
        ]
        scored.sort()
        return [(-negated, candidate) for negated, _, _, candidate in scored]

    def _likely(self, candidates: Candidates) -> list[Candidate]:
        """Return the candidates that may rank high: many candidates that occur once, late and plain are left out."""
        if len(candidates) <= MANY:
            return list(candidates.values())
        return [
            candidate
            for candidate in candidates.values()
            if candidate.count > 1 or candidate.first < EARLY or self.filter.stands_out(candidate.key)
        ]

    def heading_features(self, candidate: Candidate) -> tuple[float, ...]:
        """Return how the title and the other headings contain the term."""
        key, headings = candidate.key, self.headings
        in_title = key in headings.title_runs
        is_title = in_title and key == headings.title_key
        is_title_chunk = not is_title and key in headings.title_chunks
        in_headings = headings.runs.get(key, 0)
        is_heading = in_headings > 0 and key in headings.counts
        return (
            is_title,
            is_title_chunk,
            in_title and not is_title and not is_title_chunk,
            in_title and headings.title_text.endswith(f" {key} "),
            in_title and " " in key,
            in_title and candidate.count == 1,
            is_heading,
            in_headings > 0 and not is_heading and key in headings.chunks,
            min(3.0, log2(1 + in_headings)),
        )

    def emphasis_features(self, candidate: Candidate) -> tuple[float, ...]:
        """Return how the document emphasizes, defines and uses the term in code."""
        counts = self.emphasis.get(candidate.key, {})
        is_sample = candidate.key in self.samples and not self.headings.contain(candidate.key)
        code = 0 if is_sample else counts.get("code", 0)
        return (
            candidate.key in self.defined,
            candidate.source in ("defined", "listed"),
            "strong" in counts,
            "emphasis" in counts,
            "link" in counts,
            code > 0,
            min(3, code),
            is_sample,
            min(2, candidate.count) if candidate.source == "command" else 0,
        )

    def plain_features(self, candidate: Candidate) -> tuple[float, ...]:
        """Return what lowers the rank of a term without emphasis.

        It is a word that any page may contain, a passing description (`unique value`), or the path of a file.
        """
        key = candidate.key
        if "/" in key and "." in key and not self.headings.contain(key):
            return 0.0, 0.0, 1.0
        if key in self.headings.title_runs or key in self.emphasis or key in self.defined:
            return 0.0, 0.0, 0.0
        if " " not in key:
            rarity = self.words[key].rarity
            return 0.0 if rarity >= EVERYDAY or key in self.names else 1 - rarity, 0.0, 0.0
        first, _, rest = key.partition(" ")
        if candidate.count > FEW or key in self.headings.runs or not self.words[first].adjective:
            return 0.0, 0.0, 0.0
        return 0.0, candidate.count == 1 or self.words[rest.rpartition(" ")[2]].rarity < DESCRIBED, 0.0

    def grown_features(self, candidate: Candidate) -> tuple[float, ...]:
        """Return what the headings of a long document say about the term.

        It is the heading of a section, a chunk of one, a part of the title only, a plain word that is not a heading, or
        the title.
        """
        key, growth, headings = candidate.key, self.growth, self.headings
        if key == headings.title_key:
            return 0.0, 0.0, 0.0, 0.0, self.growth_by_length
        word = growth * (" " not in key and key not in self.names and key not in headings.counts)
        if key in headings.sections:
            return growth, 0.0, 0.0, word, 0.0
        if key in headings.chunks:
            return 0.0, growth, 0.0, word, 0.0
        return 0.0, 0.0, growth * (key in headings.title_runs), word, 0.0

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """Return the features of a candidate in the order of `FEATURES`."""
        count, words = candidate.count, candidate.key.split(" ")
        has_name, single = not self.names.isdisjoint(words), len(words) == 1
        word_features = [self.words[word] for word in words]
        rarities = [word.rarity for word in word_features]
        first, last = word_features[0], word_features[-1]
        return (
            *self.heading_features(candidate),
            *of.whole_features(candidate.whole_count),
            *of.count_features(count),
            *of.spread_features(candidate.section_bits.bit_count()),
            *of.position_features(candidate.first),
            candidate.whole_count == 0 and single,
            1 - min(1.0, candidate.longer_count / count),
            count / self.highest_count,
            sum(rarities) / len(words),
            max(rarities),
            sum(rarities) / len(words) if count == 1 else 0,
            has_name,
            *of.size_features(len(words)),
            *of.first_features(words[0], first.part_of_speech, first.generic),
            *of.last_features(words[-1], last.rarity, last.part_of_speech, last.generic),
            *(of.single_features(words[0], has_name) if single else (0, 0)),
            *self.emphasis_features(candidate),
            *self.grown_features(candidate),
            *(self.plain_features(candidate) if self.english else (0.0, 0.0, 0.0)),
        )

    def score(self, candidate: Candidate) -> float:
        """Return the weighted sum of the features; a name that only code uses comes last."""
        if candidate.source == "used":
            return LAST
        weights = self.weights
        key, count = candidate.key, candidate.count
        total = self._word_score(candidate)
        total += weights.wholes[candidate.whole_count] + weights.counts[count] + weights.positions[candidate.first]
        total += weights.spreads[candidate.section_bits.bit_count()]
        _, alone, relative_count, *_ = weights.relative.weights
        total += relative_count * count / self.highest_count
        if candidate.longer_count < count:
            total += alone * (1 - candidate.longer_count / count)
        if self.headings.contain(key) or key in self.headings.title_chunks:
            total += weights.headings.score(self.heading_features(candidate))
        if candidate.source or key in self.emphasis or key in self.defined or key in self.samples:
            total += weights.emphasis.score(self.emphasis_features(candidate))
        if self.english:
            total += weights.plain.score(self.plain_features(candidate))
        if self.growth:
            total += weights.grown.score(self.grown_features(candidate))
        return round(total, 6)

    def _word_score(self, candidate: Candidate) -> float:
        """Return the part of the score that the words of the candidate give."""
        weights, key = self.weights, candidate.key
        loose_word, _, _, mean, most, once, name_inside = weights.relative.weights
        if candidate.count == 1:
            mean += once
        if " " in key:
            words = key.split(" ")
            word_features = [self.words[word] for word in words]
            rarities = [word.rarity for word in word_features]
            total = word_features[0].first + word_features[-1].last + weights.sizes[len(words)]
            total += mean * sum(rarities) / len(words) + most * max(rarities)
            return total + (0.0 if self.names.isdisjoint(words) else name_inside)
        word = self.words[key]
        total = word.first + word.last + weights.sizes[1] + (mean + most) * word.rarity
        total += name_inside + word.name if key in self.names else word.single
        return total + (0.0 if candidate.whole_count else loose_word)
