"""Acronyms and what they stand for: `Plug and Play (PnP)`, `DRM (Digital Rights Management)`.

The long form is found as A. S. Schwartz and M. A. Hearst do ("A simple algorithm for identifying abbreviation
definitions in biomedical text", 2003): its letters hold those of the acronym in order, from the right, the first at the
start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT = r"[A-Z][A-Za-z0-9&/-]{1,9}?"
_AFTER = re.compile(rf"\((?:the |an? |or )?({_SHORT})s?\)")
_BEFORE = re.compile(rf"(?<![\w-])({_SHORT})s? \(([A-Za-z][\w'’ /-]{{5,80}})\)")
_WORD = re.compile(r"[\w'’/-]+")


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of acronym and long form that a text defines. Linear: at most 12 words before each bracket are read."""
    if "(" not in text:
        return
    for match in _AFTER.finditer(text):
        short = match.group(1)
        if _is_short(short):
            long = _long_form(short, text[max(0, match.start() - 120) : match.start()])
            if long:
                yield short, long
    for match in _BEFORE.finditer(text):
        short, inside = match.groups()
        if _is_short(short) and _long_form(short, inside) == inside:
            yield short, inside


def _is_short(short: str) -> bool:
    return sum(map(str.isupper, short)) > 1


def _long_form(short: str, before: str) -> str:
    """The last words of `before` that `short` abbreviates, or nothing."""
    before = re.split(r"[.;:!?,()\0\n]", before)[-1].rstrip()
    wanted = [letter for letter in short.lower() if letter.isalnum()]
    words = list(_WORD.finditer(before))[-2 * len(wanted) - 1 :]
    if len(wanted) < 2 or not words or not _ends_well(before, words[-1].end()):
        return ""
    at = len(before)
    for place in range(len(wanted) - 1, -1, -1):
        at = before.lower().rfind(wanted[place], words[0].start(), at)
        while place == 0 and at > words[0].start() and (before[at - 1].isalnum()):
            at = before.lower().rfind(wanted[0], words[0].start(), at)
        if at < 0:
            return ""
    if at and before[at - 1].isalnum():
        return ""
    found = before[at:]
    parts = found.lower().split()
    plausible = (" " in found or "-" in found) and len(parts) <= 2 * len(wanted) and short.lower() not in parts
    return found if plausible else ""


def _ends_well(before: str, end: int) -> bool:
    return not before[end:].strip("*_ \"'")
