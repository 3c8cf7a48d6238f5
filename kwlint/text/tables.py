"""Word lists and patterns that ship as data, in `kwlint/data`; each file is read once, when it is first needed.

A TOML file holds a table for each list or pattern. `words` is a text of words between spaces or an array of phrases;
`pattern` is a regular expression, with texts in which it is found (`match`) and texts in which it is not (`no-match`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of `name`.toml by their names."""
    import tomllib

    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return the words of table `key` in `name`.toml."""
    return frozenset(sequence(name, key))


@cache
def sequence(name: str, key: str) -> tuple[str, ...]:
    """Return the words of table `key` in `name`.toml in the order of the file."""
    value: str | list[str] = load(name)[key]["words"]
    return tuple(value.split() if isinstance(value, str) else value)


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Return the compiled pattern of table `key` in `name`.toml."""
    return re.compile(load(name)[key]["pattern"])


def text_rows(name: str) -> list[str]:
    """Return the rows of the text table `name`, without comments and empty lines."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
