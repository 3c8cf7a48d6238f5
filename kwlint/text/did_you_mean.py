"""What a person probably meant by a word that means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is like `word`, empty where none is."""
    from difflib import get_close_matches

    near = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """The end of an error about `word`: what is like it, or all that is known."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else f"; valid are {', '.join(known)}"
