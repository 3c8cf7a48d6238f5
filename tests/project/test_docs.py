"""The documentation has the options, settings and rules of the program."""

from __future__ import annotations

import re
import runpy

import pytest
import yaml
from paths import ROOT

from kwlint.flavours import detect

DOCS = ROOT / "docs"


MAKE_DOCS = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))


@pytest.mark.parametrize("name", MAKE_DOCS["FILES"])
def test_generated_files_are_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == MAKE_DOCS["FILES"][name](), "run scripts/make_docs.py"


def test_every_page_is_in_the_navigation() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    in_nav = set(re.findall(r"[\w/-]+\.md", str(site["nav"])))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert in_nav <= pages
    assert {page for page in pages - in_nav if not re.match(r"rules/KW|flavours/", page)} == set()
    assert (
        detect(["mkdocs.yml", "docs/index.md"], lambda path: (ROOT / path).read_bytes()).of("docs/index.md").name
        == "mkdocs"
    )


@pytest.mark.parametrize("name", [path.relative_to(ROOT).as_posix() for path in sorted(DOCS.rglob("*.md"))])
def test_every_example_is_well_formed(name: str) -> None:
    """Readers copy blocks of YAML and TOML, so they must parse."""
    import tomllib

    text = (ROOT / name).read_text(encoding="utf-8")
    for language, body in re.findall(r"^ *```(yaml|toml)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        if language == "toml":
            tomllib.loads(re.sub(r"^   (?=\S)", "", body, flags=re.MULTILINE))
        else:
            list(yaml.safe_load_all(body))
