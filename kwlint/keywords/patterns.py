"""The patterns and word lists of `data/keywords.toml`, compiled when they are first needed."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kwlint.text import knowledge

FILE = "keywords"


class Noise(NamedTuple):
    """Text that is not prose: a pattern, what replaces it, and texts of which one must be present for a match."""

    pattern: re.Pattern[str]
    replacement: str
    hints: tuple[str, ...]


@cache
def shape(name: str) -> re.Pattern[str]:
    """Return the pattern of the row `name` of `[[shape]]`."""
    return next(re.compile(row.text("pattern")) for row in knowledge.table(FILE, "shape") if row.text("name") == name)


@cache
def group_shapes() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Return the rows of `[[group]]`: a group of keywords, its pattern, and whether only code spans belong to it."""
    return tuple(
        (row.text("name"), re.compile(row.text("pattern")), bool(row.text("only-code")))
        for row in knowledge.table(FILE, "group")
    )


@cache
def noise(table: str) -> tuple[Noise, ...]:
    """Return the rows of `table`, in the order in which they apply."""
    return tuple(
        Noise(re.compile(row.text("pattern")), row.text("replacement"), row.words("hints"))
        for row in knowledge.table(FILE, table)
    )


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the row `name` of `[[words]]`."""
    return next(frozenset(row.words("words")) for row in knowledge.table(FILE, "words") if row.text("name") == name)
