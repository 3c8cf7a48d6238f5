"""The paths of pages, links between them, and the marker on their first line."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlint.config import Config
from kwlint.pages import names
from kwlint.repo.page_marker import Marker, marker, read_marker

CONFIG = Config()


def test_pages_mirror_the_tree_of_documents() -> None:
    path = "docs/guide/setup.md"
    assert names.keyword_page(CONFIG, path) == "kwdocs/docs/guide/setup.md_kw.md"
    assert names.documentation_page(CONFIG, path) == "kwdocs/docs/guide/setup.md_docs.md"
    assert names.folder_index_page(CONFIG, "docs/guide") == "kwdocs/docs/guide/index.md"
    assert names.folder_documentation_page(CONFIG, "docs/guide") == "kwdocs/docs/guide/doc.md"
    assert names.subtree_page(CONFIG, "docs/guide") == "kwdocs/docs/guide/sub.md"
    assert names.folder_index_page(CONFIG, "") == "kwdocs/index.md"
    assert (names.a_z_page(CONFIG), names.a_z_page(CONFIG, "a")) == ("kwdocs/keywords.md", "kwdocs/keywords-a.md")


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("kwdocs/docs/a.md_kw.md", "docs/a.md"),
        ("kwdocs/a.mdx_docs.md", "a.mdx"),
        ("kwdocs/index.md", None),
        ("kwdocs/_kw.md", None),
        ("docs/a.md_kw.md", None),
    ],
)
def test_the_path_of_an_own_page_gives_its_document(page: str, source: str | None) -> None:
    assert names.source_of(CONFIG, page) == source


PARTS = st.text("ab. %#é(\udcff", min_size=1, max_size=4).filter(lambda part: part not in (".", ".."))
PATHS = st.lists(PARTS, min_size=1, max_size=5).map("/".join)


@given(PATHS, PATHS)
def test_a_relative_link_resolves_to_its_file(page: str, path: str) -> None:
    target = names.href(page, path, "an-anchor").removesuffix("#an-anchor")
    relative = unquote(target, errors="surrogateescape")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), relative)) == path
    assert not set(target) & set(" ()<>#\\?\"'")


@given(st.text(), st.integers(0, 999_999_999))
def test_a_marker_is_one_comment_and_can_be_parsed(source: str, number: int) -> None:
    line = marker("keywords", source, number)
    assert line.startswith("<!-- ")
    assert line.endswith(" -->")
    assert "--" not in line[4:-3].replace("kwlint --fix", "")
    assert "\n" not in line
    parsed = read_marker(line)
    assert parsed is not None
    assert (parsed.kind, parsed.format) == ("keywords", number)
    assert read_marker(f"\ufeff{line}\r") == parsed


def test_a_marker_contains_its_source() -> None:
    assert marker("documentation", "a b/c--d.md", 1) == (
        "<!-- kwlint documentation format=1 source=a%20b/c-%2Dd.md; do not edit, run `kwlint --fix` -->"
    )
    assert read_marker(marker("start", "", 2)) == Marker("start", ".", 2)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "# Title",
        "<!-- kwlint -->",
        "<!-- kwlint keywords format=x source=a -->",
        "text " + marker("keywords", "a", 1),
    ],
)
def test_other_lines_are_no_markers(line: str) -> None:
    assert read_marker(line) is None


@given(st.text())
def test_parsing_a_marker_never_raises(line: str) -> None:
    read_marker(line)
