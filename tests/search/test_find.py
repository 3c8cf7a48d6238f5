"""Searching sections: what is found, in which order, and what the search database does with changes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import Lab

from kwlint.engine import pipeline
from kwlint.engine.cache_folder import cache_folder
from kwlint.engine.request import Request
from kwlint.engine.store import remove_cache
from kwlint.repo import files, git
from kwlint.search import database as search_database
from kwlint.search.database import SearchDatabase
from kwlint.search.find import Answer, as_json, as_lines, find
from kwlint.search.indexing import linked_file, page_parts, path_name
from kwlint.search.refresh import up_to_date
from kwlint.search.spelling import distance, nearest
from kwlint.search.words import bare, key, parts, stem, words

DOCUMENTS = {
    "README.md": (
        "# Orchard\n\nA tool that counts apples. Read about\n[where trees are planted](docs/rows.md#spacing).\n"
    ),
    "docs/rows.md": (
        "# Rows\n\nA row holds trees.\n\n## Spacing\n\nLeave four metres between two trunks.\n\n"
        "## Irrigation\n\nIrrigation is the supply of water by hoses. `useHose()` opens one.\n"
    ),
    "docs/harvest.md": (
        "# What is a harvest?\n\nA harvest is what the pickers bring home.\n\n## Picking\n\n"
        "The pickers come in autumn. Irrigation is off by then, and the irrigation plan says so.\n"
    ),
    "docs/changes.md": "# Changelog\n\n## 2.0\n\n- The harvest is counted twice.\n- Irrigation takes hoses.\n",
    "docs/pruning_shears.md": "# Tools\n\nSharp ones.\n\n## Storage\n\nKeep them dry.\n",
}


def orchard(lab: Lab) -> Lab:
    for path, text in DOCUMENTS.items():
        lab.write(path, text)
    lab.stage()
    return lab


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return orchard(Lab(tmp_path / "repository"))


def search(lab: Lab, query: str, *below: str, limit: int = 10, cache: bool = True) -> Answer:
    """Search a repository as the command does."""
    repository = git.open_repository(lab.root)
    disk = files.Disk(repository.root)

    def read(store: pipeline.Store) -> Answer:
        database = up_to_date(store, disk, cache_folder(str(lab.root)) if cache else None)
        try:
            return find(query, database, below, limit)
        finally:
            database.close()

    return pipeline.consult(repository, lab.config, Request(jobs=1, use_cache=cache), read)


def places(lab: Lab, query: str, *below: str) -> list[tuple[str, int]]:
    return [(hit.path, hit.line) for hit in search(lab, query, *below).hits]


@pytest.fixture(params=[True, False], ids=["FTS5", "no FTS5"])
def full_text(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Search with FTS5, and with a database like one whose SQLite has no FTS5."""
    if not request.param:
        monkeypatch.setattr(search_database, "FULL_TEXT", "")
    return bool(request.param)


@pytest.mark.usefixtures("full_text")
@pytest.mark.parametrize(
    ("query", "path", "line"),
    [
        ("spacing", "docs/rows.md", 5),
        ("irrigation", "docs/rows.md", 9),  # the heading and definition before mentions
        ("what is a harvest", "docs/harvest.md", 1),
        ("harvest", "docs/harvest.md", 1),
        ("where trees are planted", "docs/rows.md", 5),  # only a link says so
        ("pruning shears", "docs/pruning_shears.md", 1),  # only the path says so
        ("use hose", "docs/rows.md", 9),
        ("useHose", "docs/rows.md", 9),
        ("apples counted", "README.md", 1),
        ("trunk", "docs/rows.md", 5),
    ],
)
def test_best_section_is_first(lab: Lab, query: str, path: str, line: int) -> None:
    assert places(lab, query)[:1] == [(path, line)]


@pytest.mark.usefixtures("full_text")
def test_search_can_be_limited_to_a_folder_or_file(lab: Lab) -> None:
    assert {path for path, _ in places(lab, "irrigation", "docs/harvest.md")} == {"docs/harvest.md"}
    assert places(lab, "apples", "docs") == []
    assert len(search(lab, "irrigation", limit=2).hits) == 2


def test_inflections_prefixes_and_misspelt_words_are_found(lab: Lab) -> None:
    assert places(lab, "irrigating")[0] == ("docs/rows.md", 9)
    assert places(lab, "irrig")[0] == ("docs/rows.md", 9)
    answer = search(lab, "irigation")
    assert answer.hits[0].path == "docs/rows.md"
    assert answer.corrected == (("irigation", ("irrigation",)),)
    assert search(lab, "zeppelin").hits == ()


def test_each_word_of_the_text_is_found_whatever_is_asked_with_it(lab: Lab) -> None:
    assert ("docs/rows.md", 5) in places(lab, "how many metres has a zeppelin")


@pytest.mark.parametrize("query", ['"', "a AND (", "NEAR/2 *", "--", "'; DROP TABLE section", "\0", "heading:x", "?"])
def test_query_is_never_syntax(lab: Lab, query: str) -> None:
    search(lab, query)
    assert places(lab, f"spacing {query}")[0] == ("docs/rows.md", 5)


def test_hits_name_reason_and_context(lab: Lab) -> None:
    answer = search(lab, "irrigation", limit=1)
    assert as_lines(answer) == [
        "docs/rows.md:9  Irrigation  (heading)",
        "    Irrigation is the supply of water by hoses. `useHose()` opens one.",
    ]
    (hit,) = json.loads(as_json(answer))
    assert (hit["path"], hit["line"], hit["section"], hit["why"]) == ("docs/rows.md", 9, "Irrigation", "heading")
    assert hit["score"] > 0


def test_documents_in_other_languages_are_found_by_inflected_words(lab: Lab) -> None:
    lab.write("docs/de/ernte.md", "---\nlang: de\n---\n\n# Ernte\n\nDie Körbe stehen unter den Bäumen am Hang.\n")
    lab.write("docs/zh/a.md", "# 果园\n\n这里介绍如何浇水和施肥。\n")
    lab.stage()
    assert places(lab, "Korb")[0][0] == "docs/de/ernte.md"
    assert places(lab, "浇水")[0][0] == "docs/zh/a.md"


# --- the database


def database_file(lab: Lab) -> Path:
    return Path(str(cache_folder(str(lab.root))), search_database.FILE)


def test_edits_and_deletions_reach_the_database(lab: Lab) -> None:
    assert places(lab, "trunks") == [("docs/rows.md", 5)]
    lab.write("docs/rows.md", "# Rows\n\nOnly posts.\n")
    lab.write("docs/new.md", "# New\n\nA trunk here.\n")
    assert places(lab, "trunks") == []
    lab.stage()
    assert places(lab, "trunks") == [("docs/new.md", 1)]
    lab.remove("docs/new.md")
    lab.stage()
    assert places(lab, "trunks") == []
    assert search(lab, "irrigation").hits == search(lab, "irrigation", cache=False).hits
    with sqlite3.connect(database_file(lab)) as connection:
        connection.execute("INSERT INTO section_text(section_text) VALUES('integrity-check')")
        connection.execute("INSERT INTO link_text(link_text) VALUES('integrity-check')")


def test_only_changed_documents_are_read_again(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    places(lab, "trunks")
    read: list[str] = []
    lab.write("docs/harvest.md", "# Harvest\n\nBaskets.\n")
    lab.stage()
    whole = files.Disk.read_or_none

    def recorded(disk: files.Disk, path: str) -> bytes | None:
        read.append(path)
        return whole(disk, path)

    monkeypatch.setattr(files.Disk, "read_or_none", recorded)
    assert places(lab, "baskets") == [("docs/harvest.md", 1)]
    # The detection of sites reads a sample of documents once.
    assert {path for path in read if path.startswith("docs/") and read.count(path) > 1} == {"docs/harvest.md"}


@pytest.mark.parametrize("data", [b"", b"not a database", b"SQLite format 3\0" + bytes(400)])
def test_damaged_database_is_replaced(lab: Lab, data: bytes) -> None:
    places(lab, "trunks")
    database_file(lab).write_bytes(data)
    assert places(lab, "trunks") == [("docs/rows.md", 5)]
    assert database_file(lab).stat().st_size > len(data)


def test_database_of_another_version_is_replaced(lab: Lab) -> None:
    places(lab, "trunks")
    with sqlite3.connect(database_file(lab)) as connection:
        connection.execute("UPDATE section SET heading='old'")
        connection.execute("UPDATE meta SET value='other' WHERE name='package'")
    assert search(lab, "trunks").hits[0].section == "Spacing"


def test_locked_database_is_left_alone(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_database, "WAIT", 0)
    places(lab, "trunks")
    with sqlite3.connect(database_file(lab), isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        before = database_file(lab).read_bytes()
        assert places(lab, "trunks") == [("docs/rows.md", 5)]
        assert database_file(lab).read_bytes() == before
        connection.execute("ROLLBACK")


def test_clean_removes_the_database(lab: Lab) -> None:
    places(lab, "trunks")
    remove_cache(lab.root)
    assert not database_file(lab).exists()


def test_failed_update_leaves_the_database_as_it_was() -> None:
    database = SearchDatabase.in_memory()

    def broken() -> object:
        raise OSError("gone")
        yield

    with pytest.raises(OSError, match="gone"):
        database.update((), broken(), "mark")  # type: ignore[arg-type]
    assert (database.meta("mark"), database.count()) == ("", 0)


# --- words and paths


def test_inflections_have_one_stem() -> None:
    for forms in (
        ("configure", "configuring", "configured", "configuration", "configurations"),
        ("query", "queries", "querying"),
        ("install", "installing", "installation"),
        ("route", "routing", "router", "routes"),
    ):
        assert len(set(map(stem, forms))) == 1, forms
    assert stem("über") == "über"


def test_spellings_of_a_name_are_one() -> None:
    assert {bare(text) for text in ("useFetch()", "use_fetch", "use-fetch", "Use Fetch")} == {"usefetch"}
    assert parts("call useFetch and APIRouter, not plain or Plain") == "use Fetch\nAPI Router"
    assert words("数据 base") == ["数", "据", "base"]
    assert key("What is the routing?") == "rout"
    assert key("what is it") == "what is it"


def test_link_names_one_of_the_files_that_its_document_links_to() -> None:
    paths = ["docs/guide/setup.md", "docs/guide/index.md", "docs/other/setup.md", "docs/api.md"]
    targets = {path: page_parts(path) for path in paths}
    for place, path in {
        "/guide/": "docs/guide/index.md",
        "../guide/setup.md": "docs/guide/setup.md",
        "../guide/setup.html?plain=1": "docs/guide/setup.md",
        "setup": "",
        "api": "docs/api.md",
        "https://example.org/nowhere": "",
    }.items():
        assert linked_file(place, targets) == path


def test_folder_names_its_index_page() -> None:
    assert [path_name(path) for path in ("a/b/index.md", "a/b.md", "README.md")] == ["b", "b", "README"]


def test_nearest_words_are_few_edits_away() -> None:
    assert nearest("recieve", ["receiver", "receive", "believe"]) == ("receive",)
    assert nearest("abc", ["abd"]) == ()
    assert nearest("keywrods", [*(f"word{number}" for number in range(40_000)), "keywords"]) == ("keywords",)


def test_distance_counts_a_swap_as_one_edit() -> None:
    assert [distance("teh", word) for word in ("the", "teh", "te", "tehs", "cat")] == [1, 0, 1, 1, 3]


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
