"""Every row of the data tables matches its examples of `match` and none of `no-match`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from kwlint.facts.code_idioms import idioms
from kwlint.text import code_definitions, knowledge

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = ("code", "document_types", "evidence", "front_matter", "headings", "idioms", "intro", "names", "shell")


@cache
def parsed(file: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((knowledge.DATA / f"{file}.toml").read_text("utf-8"))


def rows(file: str, table: str) -> list[Any]:
    """Return the rows of a table as test parameters."""
    return [
        pytest.param(row, id=f"{table}-{number}-{row.get('language', '')}-{row.get('name', row.get('kind', ''))}")
        for number, row in enumerate(parsed(file)[table])
    ]


def without_examples(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in row.items()
        if key not in knowledge.EXAMPLES
    }


@pytest.mark.parametrize("file", FILES)
def test_the_fast_reader_agrees_with_tomllib(file: str) -> None:
    for name, expected in parsed(file).items():
        assert [row.values for row in knowledge.table(file, name)] == [without_examples(row) for row in expected]


@pytest.mark.parametrize("file", FILES)
def test_every_pattern_has_examples(file: str) -> None:
    patterns = [row for table in parsed(file).values() for row in table if "pattern" in row]
    assert [row["pattern"] for row in patterns if not (row.get("match") and row.get("no-match"))] == []


def captured(row: dict[str, Any], own: Callable[[str], list[str]], text: str) -> list[str]:
    """Return the names that the pattern of `row` alone captures in `text`, out of those that the whole table gives."""
    language = next(entry for entry in parsed("code")["language"] if entry["name"] == row["language"])
    pattern = re.compile(row["pattern"].replace("<modifiers>", language.get("modifiers", "")), re.MULTILINE)
    if row["language"] == "python":
        text = re.sub(r"(?m)^>>> ", "", text)
    names = [match[match.lastindex or 0].strip("\"'[]`") for match in pattern.finditer(text)]
    result = own(text)
    return [name for name in names if any(name.startswith(other) for other in result)]


@pytest.mark.parametrize("row", rows("code", "definition"))
def test_definitions(row: dict[str, Any]) -> None:
    def defined(text: str) -> list[str]:
        return [name for kind, name in code_definitions.definitions(row["language"], text) if kind == row["kind"]]

    for text, name in row["match"]:
        assert name in captured(row, defined, text), text
    for text in row["no-match"]:
        assert captured(row, defined, text) == [], text


@pytest.mark.parametrize("row", rows("code", "import"))
def test_imports(row: dict[str, Any]) -> None:
    def imported(text: str) -> list[str]:
        return code_definitions.imports(row["language"], text)

    for text, name in row["match"]:
        assert name in imported(text), text
        assert captured(row, imported, text), text
    for text in row["no-match"]:
        assert captured(row, imported, text) == [], text


# Tables whose patterns match anywhere in a text, and tables whose patterns depend on letter case.
ANYWHERE = {
    *(("document_types", table) for table in ("title", "self")),
    *(("evidence", table) for table in ("prose", "code", "secret")),
    *(("intro", table) for table in ("unhelpful-promise", "dangling-end", "denial", "news", "sample-list", "moved")),
    ("shell", "call"),
}
CASE_SENSITIVE = {
    *(("shell", table) for table in parsed("shell")),
    ("evidence", "code"),
    ("evidence", "secret"),
    ("intro", "continuation"),
    ("intro", "reference-back"),
}
PATTERNS = [
    (file, table, row)
    for file in FILES
    if file not in ("code", "idioms")
    for table, rows_of_table in parsed(file).items()
    for row in rows_of_table
    if "pattern" in row
]


@pytest.mark.parametrize(
    ("file", "table", "row"), PATTERNS, ids=[f"{file}-{table}-{row['match'][0]}" for file, table, row in PATTERNS]
)
def test_patterns_of_prose(file: str, table: str, row: dict[str, Any]) -> None:
    flags = re.NOFLAG if (file, table) in CASE_SENSITIVE else re.IGNORECASE
    compiled = re.compile(knowledge.expanded(file, knowledge.Row(row)), flags)
    applied = compiled.search if (file, table) in ANYWHERE else compiled.match
    if table == "numbered":
        applied = compiled.fullmatch
    assert [text for text in row["match"] if not applied(text)] == []
    assert [text for text in row["no-match"] if applied(text)] == []


@pytest.mark.parametrize("row", [row for _, _, row in PATTERNS if "first-words" in row or row.get("language") == "zh"])
def test_rows_are_tried_for_the_first_words_of_their_examples(row: dict[str, Any]) -> None:
    for text in row["match"]:
        first = re.match(r"\w+", text)
        word = first[0].lower() if first and first[0].isascii() else ""
        assert word in row.get("first-words", [""]), text


@pytest.mark.parametrize("row", rows("idioms", "idiom"))
def test_idioms(row: dict[str, Any]) -> None:
    for language in row["languages"]:
        assert [text for text in row["match"] if row["name"] not in idioms(language, text)] == []
        assert [text for text in row["no-match"] if row["name"] in idioms(language, text)] == []


@pytest.mark.parametrize("row", rows("code", "include"))
def test_includes(row: dict[str, Any]) -> None:
    compiled = re.compile(row["pattern"], re.MULTILINE)
    assert [
        (text, path) for text, path in row["match"] if [match[1] for match in compiled.finditer(text)] != [path]
    ] == []
    assert [text for text in row["no-match"] if compiled.search(text)] == []
