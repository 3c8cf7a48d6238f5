"""Idioms of programming languages that a code block shows, by the patterns of `data/idioms.toml`."""

from __future__ import annotations

import re
from functools import cache

from kwlint.text.knowledge import Row, table


@cache
def _languages() -> dict[str, Row]:
    return {row.text("name"): row for row in table("idioms", "language")}


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns of a language by the name of the idiom, after those of the language that it extends."""
    extended = _languages()[language].text("extends")
    own = {
        row.text("name"): re.compile(row.text("pattern"))
        for row in table("idioms", "idiom")
        if language in row.words("languages")
    }
    return _patterns(extended) | own if extended else own


def idioms(language: str, code: str) -> tuple[str, ...]:
    """Return the idioms of `language` (a canonical name) that `code` shows outside lines of comment."""
    row = _languages().get(language)
    if row is None:
        return ()
    comment = row.text("comment")
    if comment in code:
        code = "\n".join(line for line in code.split("\n") if not line.lstrip().startswith(comment))
    return tuple(name for name, pattern in _patterns(language).items() if pattern.search(code))
