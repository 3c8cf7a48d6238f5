"""What the first sentences of a document do: greet, lead up to a subject, or say what the document is for.

The patterns are in `data/intro.toml`, by language.
"""

from __future__ import annotations

import re
from functools import cache

from kwlint.text.knowledge import Row, expanded, pattern, table

FEW_WORDS = 6  # of an exclamation
DENIAL_REACH = 30  # characters behind a match that may deny it
_FILE = "intro"
_FIRST_WORD = re.compile(r"\w+")


def is_greeting(sentence: str) -> bool:
    """Report whether a sentence is a courtesy, or an exclamation of a few words."""
    if sentence.endswith("!") and len(sentence.split()) <= FEW_WORDS:
        return True
    return pattern(_FILE, "greeting").match(sentence) is not None


def is_hook(sentence: str) -> bool:
    """Report whether a sentence leads up to a subject instead of naming it."""
    if describes_document(sentence) or pattern(_FILE, "turn").match(sentence):
        return False
    if sentence.endswith(("?", "？")):
        return pattern(_FILE, "question").match(sentence) is not None
    return _match("hook", sentence) is not None


def continues_hook(sentence: str) -> bool:
    """Report whether a sentence after a hook continues it: it points back or goes on with the story."""
    return pattern(_FILE, "continuation", 0).match(sentence) is not None


def describes_document(sentence: str) -> bool:
    """Report whether a sentence says what its document is for, or what news it brings."""
    if pattern(_FILE, "news").search(sentence):
        return True
    description = _match("self", sentence)
    if description is not None and description[0].text("language") != "en":
        return True
    promise = None if description else _match("promise", sentence)
    if promise and pattern(_FILE, "unhelpful-promise").search(sentence):
        return False
    return _is_affirmed(sentence, description or promise)


def _is_affirmed(sentence: str, row_and_match: tuple[Row, re.Match[str]] | None) -> bool:
    """Report whether there is a match that the sentence neither denies nor leaves without an object."""
    if row_and_match is None or pattern(_FILE, "dangling-end").search(sentence):
        return False
    beginning = sentence[: row_and_match[1].end() + DENIAL_REACH]
    return pattern(_FILE, "denial").search(beginning) is None or " but " in sentence


def _match(name: str, sentence: str) -> tuple[Row, re.Match[str]] | None:
    """Return the first row of a table that matches at the beginning of a sentence, and the match.

    Only rows that can begin with the first word of the sentence are compiled: together they take several milliseconds,
    and most documents need few of them.
    """
    first = _FIRST_WORD.match(sentence)
    if first is None:
        return None
    for row in _by_first_word(name).get(first[0].lower() if first[0].isascii() else "", ()):
        if match := _compiled(expanded(_FILE, row)).match(sentence):
            return row, match
    return None


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@cache
def _by_first_word(name: str) -> dict[str, tuple[Row, ...]]:
    """Return the rows of a table by the words with which they can begin; "" stands for words that are not ASCII."""
    rows: dict[str, tuple[Row, ...]] = {}
    for row in table(_FILE, name):
        for word in row.words("first-words") or ("",):
            rows[word] = (*rows.get(word, ()), row)
    return rows
