"""The examples of the data files: what each pattern and each ending matches, and what it must not match."""

from __future__ import annotations

import re
import tomllib

import pytest

from kwlint.keywords import language, segmentation
from kwlint.text.knowledge import DATA
from kwlint.text.tables import text_rows

KEYWORDS = tomllib.loads((DATA / "keywords.toml").read_text("utf-8"))
LANGUAGES = tomllib.loads((DATA / "languages.toml").read_text("utf-8"))
PATTERNS = [(f"{table}-{row['name']}", row) for table, rows in KEYWORDS.items() for row in rows if "pattern" in row]
ENDINGS = [
    (f"{table}-{row['language']}", table, row)
    for table in ("noun-ending", "prefix", "verb-ending")
    for row in LANGUAGES[table]
]


@pytest.mark.parametrize("row", [row for _, row in PATTERNS], ids=[name for name, _ in PATTERNS])
def test_a_pattern_matches_its_examples_only(row: dict[str, str | list[str]]) -> None:
    pattern = re.compile(str(row["pattern"]))
    assert row["match"]
    assert row["no-match"]
    # U+0001 separates blocks; a label begins one.
    prefix = "\x01" if row["name"] == "label" else ""
    assert [text for text in row["match"] if not pattern.search(prefix + text)] == []
    assert [text for text in row["no-match"] if pattern.search(prefix + text)] == []


@pytest.mark.parametrize("row", [row for _, row in PATTERNS if "hints" in row], ids=lambda row: row["name"])
def test_a_hint_is_in_every_example(row: dict[str, list[str]]) -> None:
    assert all(any(hint in text for hint in row["hints"]) for text in row["match"])


@pytest.mark.parametrize(("table", "row"), [row[1:] for row in ENDINGS], ids=[row[0] for row in ENDINGS])
def test_an_ending_is_found_in_its_examples_only(table: str, row: dict[str, str]) -> None:
    def has_ending(word: str) -> bool:
        if table == "verb-ending":
            return segmentation.is_verb(word, row["language"])
        return segmentation.stem(word, row["language"]) != word

    assert [word for word in row["match"] if not has_ending(word)] == []
    assert [word for word in row["no-match"] if has_ending(word)] == []


@pytest.mark.parametrize("row", LANGUAGES["script"], ids=lambda row: row["language"])
def test_a_script_shows_its_language(row: dict[str, str]) -> None:
    assert all(language.language_of(text, "a.md", {}, "") == row["language"] for text in row["match"])
    assert all(language.language_of(text, "a.md", {}, "") != row["language"] for text in row["no-match"])


@pytest.mark.parametrize("name", ["plurals.txt", "cmdlet_verbs.txt", "english.txt", "keyword_weights.txt"])
def test_a_row_of_a_text_table_is_listed_once(name: str) -> None:
    rows = text_rows(name)
    assert len(rows) == len(set(rows)) > 1
