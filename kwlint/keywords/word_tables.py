"""The word tables that ship with kwlint, each read once and only when a document is indexed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[1] / "data"

HABITS = {"v": "finite verb", "u": "bare verb", "j": "modifier", "-": ""}
UNKNOWN = 26  # level of rarity of a form that the background does not hold


class English(NamedTuple):
    """Word classes: `bounds` maps a function word to its class, `generic` are nouns that name nothing by themselves,
    `hollow` adjectives that make no term of one."""

    bounds: dict[str, str]
    generic: frozenset[str]
    hollow: frozenset[str]


def _lines(name: str) -> list[str]:
    """The rows of a table, comments left out."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


@cache
def background() -> dict[str, tuple[int, str]]:
    """For each English form its level of rarity (half bits, 0 is everywhere) and its habit (a key of `HABITS`)."""
    table: dict[str, tuple[int, str]] = {}
    for line in _lines("background.txt"):
        key, *forms = line.split(" ")
        table.update(dict.fromkeys(forms, (ord(key[0]) - ord("a"), key[1])))
    return table


@cache
def english() -> English:
    """The word classes of `english.txt`; a form's first class counts, but for `generic` and `hollow`, which stand
    apart."""
    bounds: dict[str, str] = {}
    apart: dict[str, set[str]] = {"generic": set(), "hollow": set()}
    for line in _lines("english.txt"):
        name, *forms = line.split()
        if name in apart:
            apart[name].update(forms)
        else:
            for form in forms:
                bounds.setdefault(form, name)
    return English(bounds, **{name: frozenset(forms) for name, forms in apart.items()})


@cache
def verbs() -> frozenset[str]:
    """English forms in -s that are verbs and never plurals."""
    return frozenset((DATA / "verbs.txt").read_text("utf-8").split())


@cache
def adjectives() -> frozenset[str]:
    """Everyday English adjectives that are no nouns."""
    return frozenset((DATA / "adjectives.txt").read_text("utf-8").split())


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language other than English; empty for one that has no list."""
    for line in _lines("stop_words.txt"):
        if line.startswith(language + " "):
            return frozenset(line.split()[1:])
    return frozenset()


@cache
def weights() -> dict[str, float]:
    """The weight of each feature of the ranking."""
    return {name: float(value) for name, value, *_ in map(str.split, _lines("keyword_weights.txt"))}


@cache
def chinese() -> dict[str, frozenset[str]]:
    """Chinese words: `n` that terms are made of, `v` that may end them, `x` that bound them, `g` that are no terms by
    themselves."""
    return {name: frozenset(words) for name, *words in map(str.split, _lines("chinese.txt"))}


@cache
def simplified() -> dict[int, int]:
    """Simplified characters by traditional ones, for `str.translate`; each stands for one, so that lengths stay."""
    return str.maketrans(*(DATA / "traditional.txt").read_text("utf-8").split())
