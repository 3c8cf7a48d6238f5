"""The word tables that ship with kwlint, each read once, when a document is first indexed."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kwlint.text.tables import text_rows

PARTS_OF_SPEECH = {"v": "finite verb", "u": "bare verb", "j": "modifier", "-": ""}
UNKNOWN = 26  # level of rarity of a form that the background table does not contain


class English(NamedTuple):
    """Word classes of `english.txt`: the class of each function word, and nouns that name nothing by themselves."""

    bounds: dict[str, str]
    generic: frozenset[str]


@cache
def background() -> dict[str, tuple[int, str]]:
    """Return, for each English form, its level of rarity and its part of speech (a key of `PARTS_OF_SPEECH`).

    A level is half a bit; level 0 occurs everywhere.
    """
    table: dict[str, tuple[int, str]] = {}
    for row in text_rows("background.txt"):
        key, *forms = row.split(" ")
        table.update(dict.fromkeys(forms, (ord(key[0]) - ord("a"), key[1])))
    return table


@cache
def english() -> English:
    """Return the classes of `english.txt`; the first class of a form in `bounds` counts."""
    bounds: dict[str, str] = {}
    generic: set[str] = set()
    for row in text_rows("english.txt"):
        name, *forms = row.split()
        if name == "generic":
            generic.update(forms)
        else:
            for form in forms:
                bounds.setdefault(form, name)
    return English(bounds, frozenset(generic))


@cache
def verbs() -> frozenset[str]:
    """Return English forms in -s that are verbs and never plurals."""
    return frozenset(" ".join(text_rows("verbs.txt")).split())


@cache
def adjectives() -> frozenset[str]:
    """Return everyday English adjectives that are not nouns."""
    return frozenset(" ".join(text_rows("adjectives.txt")).split())


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language other than English; empty for a language without a list."""
    for row in text_rows("stop_words.txt"):
        if row.startswith(language + " "):
            return frozenset(row.split()[1:])
    return frozenset()


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature of the ranking."""
    return {name: float(value) for name, value, *_ in map(str.split, text_rows("keyword_weights.txt"))}


@cache
def chinese() -> dict[str, frozenset[str]]:
    """Return Chinese words by class.

    `n`: parts of terms; `v`: verbs, which may end a term; `x`: words that bound terms; `g`: words that are no terms by
    themselves.
    """
    return {name: frozenset(words) for name, *words in map(str.split, text_rows("chinese.txt"))}


@cache
def simplified() -> dict[int, int]:
    """Return simplified characters by traditional ones, one for one, for `str.translate`."""
    return str.maketrans(*text_rows("traditional.txt"))
