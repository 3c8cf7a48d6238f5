"""Acronyms and their long forms: `Plug and Play (PnP)`, `DRM (Digital Rights Management)`.

The long form is found by the algorithm of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", 2003: it contains the letters of the acronym in order, searched from the
right, and the first of them begins a word. In addition, no long word is without a letter in the acronym: in `API (a
place I like)` the bracket is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT = r"[A-Z][A-Za-z0-9&/-]{1,9}?"
_AFTER = re.compile(rf"\((?:the |an? |or )?({_SHORT})s?\)")
_BEFORE = re.compile(rf"(?<![\w-])({_SHORT})s? \(([A-Za-z][\w'’ /-]{{5,80}})\)")
_WORD = re.compile(r"[\w'’/-]+")
_CLAUSE_ENDS = str.maketrans(dict.fromkeys(".;:!?,()\0", "\n"))
_PARTS = re.compile(r"[^\W_]+")
LONG_WORD = 4  # characters of a word that an acronym does not skip
WINDOW = 120  # characters before a bracket that are searched for the long form


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of acronym and long form that a text defines, in linear time."""
    if "(" not in text:
        return
    for match in _AFTER.finditer(text):
        short = match.group(1)
        if _is_acronym(short):
            long = _long_form(short, text[max(0, match.start() - WINDOW) : match.start()])
            if long:
                yield short, long
    for match in _BEFORE.finditer(text):
        short, inside = match.groups()
        if _is_acronym(short) and _long_form(short, inside) == inside:
            yield short, inside


def _is_acronym(short: str) -> bool:
    return sum(map(str.isupper, short)) > 1


def _long_form(short: str, before: str) -> str:
    """Return the last words of `before` that `short` abbreviates, or an empty string."""
    before = before.translate(_CLAUSE_ENDS).rpartition("\n")[2].rstrip()
    letters = [letter for letter in short.lower() if letter.isalnum()]
    words = list(_WORD.finditer(before))[-2 * len(letters) - 1 :]
    if len(letters) < 2 or not words or before[words[-1].end() :].strip("*_ \"'"):
        return ""
    start = _start(letters, before.lower(), words[0].start())
    if start < 0 or (start and before[start - 1].isalnum()):
        return ""
    long = before[start:]
    parts = long.lower().split()
    is_plausible = (" " in long or "-" in long) and len(parts) <= 2 * len(letters) and short.lower() not in parts
    return long if is_plausible and _has_all_initials(letters, long) else ""


def _has_all_initials(letters: list[str], long: str) -> bool:
    """Report whether the initial of each long word of `long` is a letter of the acronym, in the same order."""
    rest = iter(letters)
    return all(word[0].lower() in rest for word in _PARTS.findall(long) if len(word) >= LONG_WORD)


def _start(letters: list[str], before: str, first: int) -> int:
    """Return where the long form begins: all letters in order from the right, the first at the start of a word."""
    at = len(before)
    for letter in reversed(letters[1:]):
        at = before.rfind(letter, first, at)
        if at < 0:
            return -1
    at = before.rfind(letters[0], first, at)
    while at > first and before[at - 1].isalnum():
        at = before.rfind(letters[0], first, at)
    return at
