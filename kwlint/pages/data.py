"""Reads `data/pages.toml`, the words and patterns that the text of pages depends on."""

from __future__ import annotations

import re
from functools import cache

from kwlint.text import knowledge

FILE = "pages"


@cache
def words(table: str) -> frozenset[str]:
    """Return the words of a table."""
    return knowledge.words(FILE, table)


@cache
def sequence(table: str) -> tuple[str, ...]:
    """Return the words of a table in the order of the file."""
    return tuple(word for row in knowledge.table(FILE, table) for word in row.words("words"))


@cache
def titles(table: str, key: str) -> dict[str, str]:
    """Return the `title` of each row of a table, by its text at `key`."""
    return {row.text(key): row.text("title") for row in knowledge.table(FILE, table)}


def pattern(table: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return the pattern of a table, which is compiled once."""
    return knowledge.pattern(FILE, table, flags)
