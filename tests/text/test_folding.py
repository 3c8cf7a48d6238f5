"""Keys of words and terms: which spellings share one, and which must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab

from kwlint.text.folding import fold, singular, term_key, word_key

PLURALS = [
    ("caches", "cache"),
    ("sizes", "size"),
    ("cookies", "cookie"),
    ("queries", "query"),
    ("aliases", "alias"),
    ("statuses", "status"),
    ("indices", "index"),
    ("indexes", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("classes", "class"),
    ("boxes", "box"),
    ("branches", "branch"),
    ("hashes", "hash"),
    ("menus", "menu"),
    ("leaves", "leaf"),
    ("curves", "curve"),
    ("databases", "database"),
    ("quizzes", "quiz"),
    ("echoes", "echo"),
    ("lenses", "lens"),
    ("children", "child"),
    ("analyses", "analysis"),
    ("schemas", "schema"),
]


@pytest.mark.parametrize(("plural", "one"), PLURALS)
def test_a_plural_and_its_singular_share_one_key(plural: str, one: str) -> None:
    assert singular(plural) == singular(one)
    assert word_key(plural.title()) == word_key(one)
    assert term_key(f"file {plural}") == term_key(f"File {one}")
    assert fold(plural) == fold(one.upper())


@pytest.mark.parametrize("word", ["analysis", "class", "status", "dns", "series", "kubernetes", "news", "bus", "2s"])
def test_a_singular_that_ends_in_s_is_its_own_key(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize(
    "spellings",
    [
        ("hash table", "Hash tables", "hash-table", "HASH_TABLES", "hash  table"),
        ("read", "read()"),
        ("systems analysis", "system analyses"),
        ("é", "e\u0301"),
        ("--flag", "--Flag"),
        ("Get-ChildItem", "get-childitem"),
    ],
)
def test_spellings_of_one_term_share_an_fold(spellings: tuple[str, ...]) -> None:
    assert len({fold(text) for text in spellings}) == 1


def test_different_terms_have_different_index_keys() -> None:
    words = ["bus", "but", "DNS", "DN", "analysis", "--flag", "flag", "C", "C++", "C#", "日本"]
    assert len({fold(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    "spellings", [("IDs", "ID"), ("wake-up", "wake up"), ("widget's", "widgets"), ("--dry", "dry")]
)
def test_spellings_of_one_term_share_a_term_key(spellings: tuple[str, ...]) -> None:
    assert len({term_key(text) for text in spellings}) == 1


def test_the_name_of_a_cmdlet_is_one_word() -> None:
    assert word_key("Set-PSWidgets") == "set-pswidgets"
    assert word_key("Wake-Up") == "wake up"


def test_a_compound_of_very_many_parts_is_one_word() -> None:
    assert " " not in word_key("a-" * 100 + "b")


@pytest.mark.parametrize(("plural", "one"), [("Caches", "Cache"), ("Indices", "Index"), ("Vertices", "Vertex")])
def test_a_plural_and_its_singular_in_two_documents_are_one_line_of_the_index(
    tmp_path: Path, plural: str, one: str
) -> None:
    lab = Lab(tmp_path / "repo")
    for name, title in (("a.md", plural), ("b.md", one)):
        lab.write(name, f"# {title}\n\n" + f"{title} of the compiler hold what the parser made. " * 9)
    lab.settle()
    lines = [
        line
        for line in lab.read("kwdocs/keywords.md").splitlines()
        if line.lower().startswith(f"- **{one[:3].lower()}")
    ]
    assert len(lines) == 1
    assert "a.md" in lines[0]
    assert "b.md" in lines[0]
