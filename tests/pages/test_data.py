"""The rows of `data/pages.toml`: both readers agree, and patterns match their examples."""

from __future__ import annotations

import re
import tomllib

import pytest

from kwlint.pages import data
from kwlint.text import knowledge

TABLES = tomllib.loads((knowledge.DATA / f"{data.FILE}.toml").read_text("utf-8"))
PATTERNS = [
    pytest.param(name, row, id=f"{name}-{number}")
    for name, rows in TABLES.items()
    for number, row in enumerate(rows)
    if "pattern" in row
]
CASE_SENSITIVE = ("conjunction",)


@pytest.mark.parametrize("name", TABLES)
def test_the_fast_reader_agrees_with_tomllib(name: str) -> None:
    expected = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in TABLES[name]
    ]
    for row in expected:
        for key in knowledge.EXAMPLES:
            row.pop(key, None)
    assert [row.values for row in knowledge.table(data.FILE, name)] == expected


@pytest.mark.parametrize(("name", "row"), PATTERNS)
def test_a_pattern_matches_its_examples_and_no_others(name: str, row: dict[str, list[str]]) -> None:
    search = re.compile(str(row["pattern"]), re.NOFLAG if name in CASE_SENSITIVE else re.IGNORECASE).search
    assert row["match"]
    assert row["no-match"]
    assert [text for text in row["match"] if not search(text)] == []
    assert [text for text in row["no-match"] if search(text)] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_word_is_listed_twice(name: str) -> None:
    words = [word for row in TABLES[name] for word in row.get("words", [])]
    assert sorted(set(words)) == sorted(words)
