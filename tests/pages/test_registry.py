"""The kinds of pages that the registry lists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kwlint.config import DEFAULT_PAGES, Config
from kwlint.pages import registry
from kwlint.pages.names import source_of
from kwlint.repo.page_marker import read_marker


def test_names_are_unique_and_valid_in_a_marker() -> None:
    names = registry.names()
    assert len(set(names)) == len(names)
    for name in names:
        marker = read_marker(f"<!-- kwlint {name} format=1 source=.; do not edit, run `kwlint --fix` -->")
        assert marker is not None
        assert marker.kind == name


def test_all_kinds_but_the_subtree_index_are_on_by_default() -> None:
    assert set(registry.default_names()) == set(DEFAULT_PAGES)
    assert set(registry.names()) - set(DEFAULT_PAGES) == {"subtree"}


def test_suffixes_are_unique() -> None:
    suffixes = [page.suffix for page in registry.OWN_PAGES]
    assert not any(a != b and a.endswith(b) for a in suffixes for b in suffixes)
    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize("page", registry.OWN_PAGES, ids=lambda page: page.name)
def test_the_path_of_an_own_page_names_its_document(page: registry.OwnPage) -> None:
    path = page.path(Config(), "docs/a.md")
    assert source_of(Config(), path) == "docs/a.md"


@pytest.mark.parametrize("folder", ["", "docs"])
def test_no_two_wanted_kinds_of_a_folder_have_one_path(folder: str) -> None:
    config = Config(pages=registry.names())
    paths = [page.path(config, folder) for page in registry.FOLDER_PAGES if page.is_wanted(config, folder)]
    assert len(set(paths)) == len(paths)


def test_the_start_page_is_the_index_of_the_root_folder_only() -> None:
    wanted = {
        folder: [page.name for page in registry.FOLDER_PAGES if page.is_wanted(Config(), folder)]
        for folder in ("", "docs")
    }
    assert wanted == {"": ["start", "folder-documentation"], "docs": ["folder-index", "folder-documentation"]}


def test_kinds_that_show_keywords_are_marked() -> None:
    assert set(registry.names_from_keywords()) == {"a-z", "folder-documentation", "subtree"}


def test_listing_the_names_imports_no_kind() -> None:
    code = "import sys; from kwlint.pages import registry; registry.names(); print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    imported = {name.rpartition(".")[2] for name in output.split() if name.startswith("kwlint.pages.")}
    assert imported == {"registry"}


def test_every_module_of_a_kind_is_listed() -> None:
    package = Path(registry.__file__).parent
    kinds = {path.stem for path in package.glob("*.py") if "\ndef render(" in path.read_text("utf-8")}
    assert kinds == {page.module for page in (*registry.OWN_PAGES, *registry.FOLDER_PAGES)}
