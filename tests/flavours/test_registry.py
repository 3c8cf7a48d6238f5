"""The registry of flavours, and the manual pages that are generated from it."""

from __future__ import annotations

import runpy
import subprocess
import sys

import pytest
from paths import ROOT

from kwlint.flavours import detect
from kwlint.flavours.base import Flavour
from kwlint.flavours.registry import FLAVOURS, Entry, load, named, names

SECTIONS = ["Detection", "Anchors", "Links", "Not checked", "Sources"]
SHARED_MODULES = {
    "__init__", "anchors", "base", "config_files", "detection", "mdx", "paths", "probe", "registry", "slugs",
    "unknown_site",
}  # fmt: skip
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))


@pytest.mark.parametrize("entry", FLAVOURS, ids=lambda entry: entry.name)
def test_every_entry_names_a_flavour_class(entry: Entry) -> None:
    flavour = load(entry)
    assert issubclass(flavour, Flavour)
    assert flavour.name == entry.name
    assert named(entry.name, "docs").root == "docs"


def test_every_module_is_registered_or_shared() -> None:
    modules = {path.stem for path in (ROOT / "kwlint" / "flavours").glob("*.py")}
    assert modules == SHARED_MODULES | {entry.name for entry in FLAVOURS}


def test_names_are_unique() -> None:
    assert len(set(names())) == len(FLAVOURS)


def test_reading_the_names_imports_no_generator() -> None:
    code = (
        "import sys; from kwlint.flavours.registry import FLAVOURS, names; names();"
        " hosts = {'github', 'gitlab'};"
        " print(*(e.name for e in FLAVOURS if f'kwlint.flavours.{e.name}' in sys.modules and e.name not in hosts))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


@pytest.mark.parametrize("entry", FLAVOURS, ids=lambda entry: entry.name)
def test_every_configuration_file_is_passed_to_its_flavour(entry: Entry) -> None:
    """An empty or unreadable configuration file never makes detection fail."""
    for file in entry.config_files:
        path = f"{file}x.ts" if file.endswith("/") else file.replace(".*", ".js")
        flavours = detect(["a/b.md", f"a/{path}", "a/docs/c.md"], lambda _: b"")
        assert flavours.of("a/docs/c.md").name in {"github", *names()}


@pytest.mark.parametrize("entry", FLAVOURS, ids=lambda entry: entry.name)
def test_every_manual_page_has_the_same_sections(entry: Entry) -> None:
    page: str = SCRIPT["flavour_page"](entry)
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == SECTIONS


def test_every_flavour_has_its_page() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "flavours").glob("*.md")}
    assert pages == {"README", *names()}
