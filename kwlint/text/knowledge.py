"""Reads the tables of words and patterns under `kwlint/data/`.

The tables are TOML files of a simple form: arrays of tables (`[[name]]`) whose values are literal strings or arrays of
strings. They are read here line by line and without their examples: importing `tomllib` takes 10 ms, and
parsing all tables with it another 20 ms, which would slow down a commit of one document. `tests/facts/test_data.py`
checks that both readers agree on every file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = ("match", "no-match")  # read by the tests only

_ITEM = re.compile(r"'([^'\n]*)'|\"([^\"\\\n]*)\"")


class Row(NamedTuple):
    """A row of a table. An absent key is an empty text or an empty list."""

    values: dict[str, str | tuple[str, ...]]

    def text(self, key: str) -> str:
        """Return the string at `key`."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else " ".join(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Return the array of strings at `key`, or a string as an array of one."""
        value = self.values.get(key, ())
        return (value,) if isinstance(value, str) else value


@cache
def table(file: str, name: str) -> tuple[Row, ...]:
    """Return the rows of `[[name]]` in the data file `file`, given without its suffix, in the order written."""
    return tuple(row for table_name, row in _rows(file) if table_name == name)


@cache
def words(file: str, name: str) -> frozenset[str]:
    """Return the `words` of all rows of a table."""
    return frozenset(word for row in table(file, name) for word in row.words("words"))


@cache
def pattern(file: str, name: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return one compiled alternation of the `pattern` of all rows of a table."""
    return re.compile("|".join(expanded(file, row) for row in table(file, name)), flags)


def expanded(file: str, row: Row) -> str:
    """Return the pattern of a row, with `<name>` replaced by an alternation of the words of the part of that name."""
    text = row.text("pattern")
    if "<" in text:
        for part in table(file, "part"):
            text = text.replace(f"<{part.text('name')}>", f"(?:{'|'.join(part.words('words'))})")
    return text


@cache
def _rows(file: str) -> tuple[tuple[str, Row], ...]:
    rows: list[tuple[str, Row]] = []
    lines = iter((DATA / f"{file}.toml").read_text("utf-8").split("\n"))
    for line in lines:
        if line.startswith("[["):
            rows.append((line[2:-2], Row({})))
            continue
        key, equals, value = line.partition(" = ")
        if equals and line[0].isalpha() and key not in EXAMPLES:
            if value == "[":
                value += "".join(iter(lines.__next__, "]"))
            rows[-1][1].values[key] = _value(value)
    return tuple(rows)


def _value(text: str) -> str | tuple[str, ...]:
    """Return the value of a literal string or an array of strings."""
    if text[0] == "[":
        return tuple(literal or basic for literal, basic in _ITEM.findall(text))
    quotes = 3 if text.startswith("'''") else 1
    return text[quotes:-quotes]
