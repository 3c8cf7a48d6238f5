"""Prose into sentences, by punctuation alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlint.text.lazy_regex import expression

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[」』”）]*|\n\n")
_ABBREVIATION = expression(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|no|fig|sec|mr|mrs|dr|st|z\.B|bzw|ca|[A-Za-z])\.$", re.I
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of `text`, each on one line. A full stop after an abbreviation, an initial or before a small
    letter ends none, nor does another mark before a small letter (`println!` is a name)."""
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0][0] in ".!?…" and _goes_on(text, start, end):
            continue
        if sentence := " ".join(text[start:end].split()):
            yield sentence
        start = end
    if sentence := " ".join(text[start:].split()):
        yield sentence


def _goes_on(text: str, start: int, end: int) -> bool:
    following = text[end : end + 3].lstrip()
    return following[:1].islower() or (
        text[end - 1] == "." and _ABBREVIATION.search(text, max(start, end - 12), end) is not None
    )
