"""Compare the old and the new name of a heading or file: does the new one still mean the same thing?

A name that differs in a content word usually means another thing (`Get user`, `Delete user`), so the text below it has
to prove that it does not. A name that differs in a number, or in one of two alternatives, means another thing for sure.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from kwlint.text import knowledge

SAME: Final = "same"  # apart from inflection, word order and words that say nothing
CLOSE: Final = "close"  # words were added, or removed, or respelled
REPLACED: Final = "replaced"  # a word by another one
CONTRARY: Final = "contrary"  # a number, a letter, a negation, or one of several alternatives

SHORTEST_STEM = 4  # letters that two forms of one word have in common
SHORTEST_RESPELLED = 7  # letters of a word that may have a typing error
FIRST_LETTERS = 3  # of a word, which typing errors leave alone

_WORDS = re.compile(r"[^\W_]+(?:\+\+|#(?!\w))?").findall
_ORDINAL = re.compile(r"\A\W*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\S)").sub


def name_words(name: str) -> list[str]:
    """Return the words of a name, case-folded, without those that say nothing and without a leading ordinal."""
    words = _WORDS(_ORDINAL("", name))
    minor = knowledge.words("names", "minor")
    kept = []
    for number, word in enumerate(words):
        folded = word.casefold()
        # A capital letter inside a name is a label (`Plan A`), and so is the last word.
        is_label = len(word) == 1 and number > 0 and (word.isupper() or number == len(words) - 1)
        is_how_to = folded == "to" and number > 0 and words[number - 1].casefold() == "how"
        if is_label or not (folded in minor or is_how_to):
            kept.append(folded)
    return kept


def name_change(old: str, new: str) -> str:
    """Return how a name changed: `SAME`, `CLOSE`, `REPLACED` or `CONTRARY`."""
    if old == new or "".join(_WORDS(old.casefold())) == "".join(_WORDS(new.casefold())) != "":
        return SAME
    removed, added, respelled = differing_words(old, new)
    has_other_words = any(not is_label(word) for word in (*removed, *added))
    is_other_name = has_other_words and bool(removed) and len(removed) == len(name_words(old))
    if _is_contrary(removed, added, is_other_name=is_other_name):
        return CONTRARY
    if not name_words(old) or not name_words(new) or (removed and added) or _is_reversed(old, new):
        return REPLACED
    return CLOSE if removed or added or respelled else SAME


def differing_words(old: str, new: str) -> tuple[list[str], list[str], bool]:
    """Return the words that only the old name has, those that only the new one has, and whether others are spelled
    differently."""
    before, after = Counter(name_words(old)), Counter(name_words(new))
    removed, added = list((before - after).elements()), list((after - before).elements())
    is_respelled = False
    for is_alike in (_is_form, _is_respelled):
        for word in tuple(removed):
            match = next((other for other in added if is_alike(word, other)), None)
            if match is not None:
                removed.remove(word)
                added.remove(match)
                is_respelled |= is_alike is _is_respelled
    return removed, added, is_respelled


def _is_contrary(removed: list[str], added: list[str], *, is_other_name: bool) -> bool:
    """Report whether the words by which two names differ make them mean two things. A number in a name of which no word
    was kept (`is_other_name`) says nothing by itself."""
    negations = knowledge.words("names", "negation")
    if any((is_label(word) and not is_other_name) or word in negations for word in (*removed, *added)):
        return True
    return any(_are_alternatives(one, other) for one in removed for other in added)


def is_label(word: str) -> bool:
    """Report whether a word is a number, or a single letter."""
    return any(c.isdigit() for c in word) or (len(word) == 1 and word.isascii())


def _are_alternatives(one: str, other: str) -> bool:
    groups = _groups()
    if groups.get(one, frozenset()) & groups.get(other, frozenset()):
        return True
    short, long = sorted((one, other), key=len)
    prefix = long.removesuffix(short)
    return prefix != long and prefix in knowledge.words("names", "opposite-prefix")


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Return the numbers of the groups of alternatives that each word is in."""
    groups: dict[str, set[int]] = {}
    for number, row in enumerate(knowledge.table("names", "alternatives")):
        for word in row.words("words"):
            groups.setdefault(word, set()).add(number)
            groups.setdefault(f"{word}s", set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


def _is_reversed(old: str, new: str) -> bool:
    """Report whether the words of a name with a direction changed their order, as in `A to B` and `B to A`."""
    before, after = name_words(old), name_words(new)
    directions = knowledge.words("names", "direction")
    if directions.isdisjoint(before) or directions.isdisjoint(after):
        return False
    kept = Counter(before) & Counter(after)
    return [word for word in before if word in kept] != [word for word in after if word in kept]


def _is_form(one: str, other: str) -> bool:
    """Report whether two words are forms of one word."""
    endings = knowledge.words("names", "ending")
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if length < SHORTEST_STEM or _are_alternatives(one, other):
        return False
    return any(one[cut:] in endings and other[cut:] in endings for cut in range(SHORTEST_STEM, length + 1))


def _is_respelled(one: str, other: str) -> bool:
    """Report whether two long words differ in one letter, or in two swapped ones."""
    if min(len(one), len(other)) < SHORTEST_RESPELLED or one[:FIRST_LETTERS] != other[:FIRST_LETTERS]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[start:], other[start:]
    is_swapped = first[:2] == second[1::-1] and first[2:] == second[2:]
    is_one_letter = first[1:] == second[1:] or first[1:] == second or first == second[1:]
    return (is_swapped or is_one_letter) and not _are_alternatives(one, other)
