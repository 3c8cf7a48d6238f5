"""What the tables say of an English word, judged once."""

from __future__ import annotations

from typing import NamedTuple

from kwlint.keywords import word_tables
from kwlint.keywords.features import (
    FIRST,
    LARGEST,
    LAST_WORD,
    SINGLE,
    Part,
    first_features,
    last_features,
    single_features,
)


class Known(NamedTuple):
    """A word: rarity from 0 to 1, habit, whether it is a verb, whether that in the past tense by its ending, whether it
    is an everyday adjective, whether it is generic, whether it speaks (is neither generic nor a function word), whether
    it bounds, and its parts of the score: as first word, as last, as the only one, and as that with the shape of a
    name."""

    rarity: float
    habit: str
    verb: bool
    past: bool
    adjective: bool
    generic: bool
    speaks: bool
    bounds: bool
    first: float
    last: float
    single: float
    name: float


class Words(dict[str, Known]):
    """The words by key, judged on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds = word_tables.english().bounds
        self.background = word_tables.background()
        self.generic, self.hollow = word_tables.english().generic, word_tables.english().hollow
        self.verbs, self.adjectives = word_tables.verbs(), word_tables.adjectives()
        self.first, self.last, self.single = Part(FIRST), Part(LAST_WORD), Part(SINGLE)

    def __missing__(self, word: str) -> Known:
        plurals = (word + "s", word + "es", word[:-1] + "ies") if word[-1:].isalpha() else ()
        level, habit = self.background.get(word, (word_tables.UNKNOWN, "-"))
        for plural in plurals:
            other = self.background.get(plural)
            if other and other[0] < level:
                level = other[0]
        nameless = len(word) < 2 or word.upper() == word.lower() < "\x80" or (len(word) == 2 and word[1].isdigit())
        generic = nameless or not self.generic.isdisjoint((word, *plurals))
        ending = self.bounds.get(word) == "ending"
        rarity, bounds = level / word_tables.UNKNOWN, word in self.bounds and not ending
        first = self.first.of(first_features(word, habit, generic))
        last = self.last.of(last_features(word, rarity, habit, generic))
        single = self.single.of(single_features(word, False))
        name = self.single.of(single_features(word, True))
        verb = not ending and (habit == "v" or not self.verbs.isdisjoint(plurals))
        past, adjective = len(word) > 4 and word.endswith("ed"), word in self.adjectives
        speaks = not generic and not bounds
        known = Known(rarity, habit, verb, past, adjective, generic, speaks, bounds, first, last, single, name)
        if len(self) >= LARGEST:
            self.clear()
        self[word] = known
        return known
