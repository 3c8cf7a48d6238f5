"""Suggestions for a word that is not one of the valid ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIMILARITY = 0.6  # ratio of `difflib` from which two words are similar


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return the valid word that is most similar to `word`, or an empty string."""
    from difflib import get_close_matches

    matches = get_close_matches(word, tuple(valid), n=1, cutoff=SIMILARITY)
    return matches[0] if matches else ""


def suggestion(word: str, valid: tuple[str, ...]) -> str:
    """Return the end of an error message about `word`: a similar valid word, or all valid words."""
    match = nearest(word, valid)
    return f"; did you mean `{match}`?" if match else f"; valid values are {', '.join(valid)}"
