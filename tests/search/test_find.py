"""Searching for sections that cover a keyword, and similar keywords if there are none."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from kwlint.model.context import Posting
from kwlint.search.find import Answer, as_json, as_lines, distance, find, nearest
from kwlint.text.folding import fold


class DictLookup:
    """An inverted index in a dictionary."""

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


LOOKUP = DictLookup(
    posting("hash table", "a.md", "Keys"),
    posting("Hash tables", "b.md", rank=0),
    posting("table", "c.md"),
    posting("table of contents", "d.md"),
    posting("vegetable", "e.md"),
)


def test_exact_hits_come_first_by_rank_for_all_spellings() -> None:
    for term in ("hash table", "Hash-Tables", "hash_table"):
        hits = find(term, LOOKUP).hits
        assert [(hit.path, hit.match) for hit in hits] == [("b.md", "exact"), ("a.md", "exact")]


def test_similar_keywords_are_spelled_as_in_the_documents() -> None:
    lookup = DictLookup(posting("New-Alias", "a.md"), posting("alias of parameters", "b.md"))
    assert find("New-Alais", lookup) == Answer((), ("New-Alias",))
    assert find("aliass", lookup).nearest[:1] == ("alias",)


def test_keywords_much_less_similar_than_the_nearest_are_omitted() -> None:
    keys = ["widgetctl", "widgets", "widget", "gadgetctl", "widgetctl extra"]
    assert nearest("widgetctk", keys) == ("widgetctl",)
    assert nearest("widgetc", keys)[0] == "widget"


def test_longer_keywords_are_sorted_by_rank_then_length() -> None:
    lookup = DictLookup(
        posting("hash a lot of it", "a.md"),
        posting("hash map", "b.md"),
        posting("hash of all hashes", "c.md", rank=0),
    )
    assert [hit.path for hit in find("hash", lookup).hits] == ["c.md", "b.md", "a.md"]


def test_longer_keywords_follow_and_must_contain_the_whole_word() -> None:
    hits = find("tables", LOOKUP).hits
    assert [(hit.path, hit.match) for hit in hits] == [
        ("c.md", "exact"),
        ("d.md", "prefix"),
        ("b.md", "word"),
        ("a.md", "word"),
    ]


def test_lines_have_path_and_line_number() -> None:
    answer = find("hash table", LOOKUP)
    assert as_lines(answer) == ["b.md:17  Title of b.md", "a.md:8  Keys"]
    assert as_lines(find("tables", LOOKUP))[1] == "d.md:17  Title of d.md  (table of contents)"
    assert json.loads(as_json(answer))[1] == {
        "keyword": "hash table",
        "match": "exact",
        "path": "a.md",
        "line": 8,
        "section": "Keys",
        "title": "Title of a.md",
    }


def test_search_without_hits_returns_similar_keywords() -> None:
    assert find("hahs table", LOOKUP) == Answer((), ("hash table",))
    assert find("zzz", LOOKUP) == Answer((), ())
    assert find("  ", LOOKUP) == Answer((), ())


def test_an_option_is_found_without_its_dashes() -> None:
    lookup = DictLookup(posting("--fast-mode", "a.md"))
    assert [hit.path for term in ("fast mode", "--fast-mode") for hit in find(term, lookup).hits] == ["a.md", "a.md"]


def test_limit() -> None:
    assert len(find("table", LOOKUP, limit=2).hits) == 2


def test_distance_counts_a_swap_as_one_edit() -> None:
    assert [distance("teh", word) for word in ("the", "teh", "te", "tehs", "cat")] == [1, 0, 1, 1, 3]


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))


def test_nearest_of_forty_thousand_keywords() -> None:
    keys = [f"keyword {number} of many" for number in range(40_000)]
    assert nearest("keywrod 123 of many", keys)[0] == "keyword 123 of many"
