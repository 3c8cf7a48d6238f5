"""The documentation site says what the program does: options, settings and rules are those of the code."""

from __future__ import annotations

import re
import runpy

import pytest
import yaml
from paths import ROOT

from kwlint.cli.arguments import COMMANDS, option_names
from kwlint.flavours import detect

DOCS = ROOT / "docs"


GENERATED = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["pages"]()


@pytest.mark.parametrize("page", GENERATED)
def test_generated_pages_match_the_code(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == GENERATED[page], "run scripts/make_docs.py"


def test_every_command_and_option_is_described() -> None:
    text = (DOCS / "options.md").read_text(encoding="utf-8")
    table, *others = re.split(r"^## `kwlint ", text, flags=re.MULTILINE)[1:]
    described = set(re.findall(r"`(--?[a-zA-Z-]+)", "\n".join(line for line in table.split("\n") if line[:3] == "| `")))
    assert described - {"--version", "-V"} == set(option_names("check"))
    assert {re.match(r"[a-z]+", part)[0] for part in others} == set(COMMANDS[1:])  # type: ignore[index]
    common = {"-h", "--help", *option_names("baseline")}
    for part in others:
        command = re.match(r"[a-z]+", part)[0]  # type: ignore[index]
        assert {option for option in option_names(command) if option not in common and option not in part} == set()


def test_every_page_is_in_the_sites_navigation() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = set(re.findall(r"[\w/-]+\.md", str(site["nav"])))
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert named <= there
    assert {page for page in there - named if not re.match(r"rules/KW|flavours/", page)} == set()
    assert (
        detect(["mkdocs.yml", "docs/index.md"], lambda path: (ROOT / path).read_bytes()).of("docs/index.md").name
        == "mkdocs"
    )


@pytest.mark.parametrize("name", [path.relative_to(ROOT).as_posix() for path in sorted(DOCS.rglob("*.md"))])
def test_every_example_is_well_formed(name: str) -> None:
    """Blocks of YAML and TOML parse: a reader copies them."""
    import tomllib

    text = (ROOT / name).read_text(encoding="utf-8")
    for language, body in re.findall(r"^ *```(yaml|toml)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        if language == "toml":
            tomllib.loads(re.sub(r"^   (?=\S)", "", body, flags=re.MULTILINE))
        else:
            list(yaml.safe_load_all(body))
