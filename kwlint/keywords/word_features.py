"""The features of English words that the tables give, computed once for each word."""

from __future__ import annotations

from typing import NamedTuple

from kwlint.keywords import word_tables
from kwlint.keywords.features import (
    FIRST,
    LARGEST,
    LAST_WORD,
    SINGLE,
    FeatureGroup,
    first_features,
    last_features,
    single_features,
)


class WordFeatures(NamedTuple):
    """The features of a word.

    `rarity` is between 0 and 1. `bounds` marks function words; a content word is neither a function word nor generic.
    `first`, `last`, `single` and `name` are parts of the score: as the first word of a term, as the last, as the only
    one, and as the only one with the shape of a name.
    """

    rarity: float
    part_of_speech: str
    adjective: bool
    generic: bool
    is_content_word: bool
    bounds: bool
    first: float
    last: float
    single: float
    name: float


class WordFeaturesCache(dict[str, WordFeatures]):
    """Features by the key of a word, computed on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds = word_tables.english().bounds
        self.background = word_tables.background()
        self.generic = word_tables.english().generic
        self.adjectives = word_tables.adjectives()
        self.first, self.last, self.single = FeatureGroup(FIRST), FeatureGroup(LAST_WORD), FeatureGroup(SINGLE)

    def __missing__(self, word: str) -> WordFeatures:
        if len(self) >= LARGEST:
            self.clear()
        features = self[word] = self._features(word)
        return features

    def _features(self, word: str) -> WordFeatures:
        plurals = (word + "s", word + "es", word[:-1] + "ies") if word[-1:].isalpha() else ()
        level, part_of_speech = self.background.get(word, (word_tables.UNKNOWN, "-"))
        for plural in plurals:
            entry = self.background.get(plural)
            if entry and entry[0] < level:
                level = entry[0]
        nameless = len(word) < 2 or word.upper() == word.lower() < "\x80" or (len(word) == 2 and word[1].isdigit())
        generic = nameless or not self.generic.isdisjoint((word, *plurals))
        rarity, bounds = level / word_tables.UNKNOWN, self.bounds.get(word, "ending") != "ending"
        return WordFeatures(
            rarity,
            part_of_speech,
            word in self.adjectives,
            generic,
            not generic and not bounds,
            bounds,
            self.first.score(first_features(word, part_of_speech, generic)),
            self.last.score(last_features(word, rarity, part_of_speech, generic)),
            self.single.score(single_features(word, False)),
            self.single.score(single_features(word, True)),
        )
