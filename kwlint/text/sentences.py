"""Splits prose into sentences, by punctuation alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[」』”）]*|\n\n")
# English and German. A single letter is an initial.
ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf approx resp incl no fig sec mr mrs dr st z.b bzw ca".split()  # noqa: SIM905
)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each on one line.

    A full stop after an abbreviation or an initial does not end a sentence, nor does a mark before a lower-case letter:
    `println!` is a name.
    """
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0][0] in ".!?…" and _continues(text, start, end):
            continue
        if sentence := " ".join(text[start:end].split()):
            yield sentence
        start = end
    if sentence := " ".join(text[start:].split()):
        yield sentence


def _continues(text: str, start: int, end: int) -> bool:
    """Report whether the sentence that begins at `start` goes on after the mark that ends at `end`."""
    following = text[end : end + 3].lstrip()
    if following[:1].islower():
        return True
    if text[end - 1] != ".":
        return False
    words = text[max(start, end - 12) : end - 1].split()
    word = words[-1].lstrip("([") if words else ""
    is_initial = len(word) == 1 and word.isascii() and word.isalpha()
    return is_initial or word.lower() in ABBREVIATIONS
