"""Finding where a keyword is covered, and what is near when it is nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from kwlint.model.context import Posting
from kwlint.search.find import Answer, as_json, as_lines, distance, find, nearest
from kwlint.text.folding import fold


class Shelf:
    """Keywords in a dictionary."""

    def __init__(self, *rows: Posting) -> None:
        self.rows: dict[str, list[Posting]] = {}
        for row in rows:
            self.rows.setdefault(fold(row.text), []).append(row)

    def exact(self, key: str) -> Iterable[Posting]:
        return self.rows.get(key, [])

    def prefix(self, key: str, limit: int) -> Iterable[tuple[str, Posting]]:
        names = sorted(name for name in self.rows if name.startswith(key))[:limit]
        return [(name, row) for name in names for row in self.rows[name]]

    def all_keywords(self) -> Iterable[str]:
        return sorted(self.rows)

    def line(self, path: str, title: str, anchor: str) -> int:
        return len(path) + len(title) + len(anchor)


def posting(text: str, path: str, section: str = "", rank: int = 2) -> Posting:
    return Posting(path, text, "term", "", f"Title of {path}", section, "", rank)


SHELF = Shelf(
    posting("hash table", "a.md", "Keys"),
    posting("Hash tables", "b.md", rank=0),
    posting("table", "c.md"),
    posting("table of contents", "d.md"),
    posting("vegetable", "e.md"),
)


def test_exact_hits_come_first_by_rank_whatever_the_spelling() -> None:
    for term in ("hash table", "Hash-Tables", "hash_table"):
        hits = find(term, SHELF).hits
        assert [(hit.path, hit.match) for hit in hits] == [("b.md", "exact"), ("a.md", "exact")]


def test_what_is_near_is_spelled_as_documents_do() -> None:
    shelf = Shelf(posting("New-Alias", "a.md"), posting("alias of parameters", "b.md"))
    assert find("New-Alais", shelf) == Answer((), ("New-Alias",))
    assert find("aliass", shelf).nearest[:1] == ("alias",)


def test_what_is_much_farther_than_the_nearest_is_not_named() -> None:
    keys = ["widgetctl", "widgets", "widget", "gadgetctl", "widgetctl extra"]
    assert nearest("widgetctk", keys) == ("widgetctl",)
    assert nearest("widgetc", keys)[0] == "widget"


def test_longer_keywords_come_by_rank_then_the_shorter_first() -> None:
    shelf = Shelf(
        posting("hash a lot of it", "a.md"),
        posting("hash map", "b.md"),
        posting("hash of all hashes", "c.md", rank=0),
    )
    assert [hit.path for hit in find("hash", shelf).hits] == ["c.md", "b.md", "a.md"]


def test_longer_keywords_follow_and_parts_of_words_do_not_count() -> None:
    hits = find("tables", SHELF).hits
    assert [(hit.path, hit.match) for hit in hits] == [
        ("c.md", "exact"),
        ("d.md", "prefix"),
        ("b.md", "word"),
        ("a.md", "word"),
    ]


def test_lines_are_what_an_editor_opens() -> None:
    answer = find("hash table", SHELF)
    assert as_lines(answer) == ["b.md:17  Title of b.md", "a.md:8  Keys"]
    assert as_lines(find("tables", SHELF))[1] == "d.md:17  Title of d.md  (table of contents)"
    assert json.loads(as_json(answer))[1] == {
        "keyword": "hash table",
        "match": "exact",
        "path": "a.md",
        "line": 8,
        "section": "Keys",
        "title": "Title of a.md",
    }


def test_nothing_found_names_the_nearest() -> None:
    assert find("hahs table", SHELF) == Answer((), ("hash table",))
    assert find("zzz", SHELF) == Answer((), ())
    assert find("  ", SHELF) == Answer((), ())


def test_an_option_is_found_without_its_dashes() -> None:
    shelf = Shelf(posting("--fast-mode", "a.md"))
    assert [hit.path for term in ("fast mode", "--fast-mode") for hit in find(term, shelf).hits] == ["a.md", "a.md"]


def test_limit() -> None:
    assert len(find("table", SHELF, limit=2).hits) == 2


def test_distance_counts_a_swap_once() -> None:
    assert [distance("teh", word) for word in ("the", "teh", "te", "tehs", "cat")] == [1, 0, 1, 1, 3]


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))


def test_the_nearest_of_forty_thousand_keywords() -> None:
    keys = [f"keyword {number} of many" for number in range(40_000)]
    assert nearest("keywrod 123 of many", keys)[0] == "keyword 123 of many"
