"""Formatters and linters of Markdown leave pages as they are. A test whose tool is absent is skipped."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from golden_pages import CONFIG, PATH, facts, pages

from kwlint.model.facts import Evidence, Keyword
from kwlint.pages import documentation, keyword_index
from kwlint.pages.labels import Labels

TOOLS = {
    "prettier": ("prettier", "--check", "*.md"),
    "mdformat": ("mdformat", "--check", "."),
    "markdownlint-cli2": ("markdownlint-cli2", "**/*.md"),
    "codespell": ("codespell", "."),
    "typos": ("typos", "--isolated", "."),
}
TITLES = [
    "Setup",
    "Setup",
    "The `_` place-holder",
    "#[cfg(test)] and *args",
    "a_b __init__ $x",
    "Größe & Straße",
    "設定の方法 (1)",
    "Настройка",
    "1. First",
    "42",
    "X",
    "[x]",
    "--fast",
    "C#",
    "a < b | c",
    "http://example.org/a_b?c=d",
    "user@example.org",
    "{{ name }} {% raw %}",
    "Tom’s “new” list: a, b; c!",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the golden pages, and own pages with titles and keywords that formatters treat differently."""
    setup = facts()
    section = setup.outline.sections[1]
    sections = [setup.outline.sections[0]]
    sections += [section._replace(title=title, anchor=f"{title} {n}") for n, title in enumerate(TITLES, 1)]
    numbers = range(1, len(sections))
    other = setup._replace(
        outline=setup.outline._replace(sections=tuple(sections)),
        keywords=tuple(
            Keyword(sections[n].title + " " * n, "term" if n % 2 else "class", (n, n % 3, max(n - 1, 1)), "", 1.0)
            for n in numbers
        ),
        evidence=tuple(Evidence("security", sections[n].title, sections[n].title, n % 2 > 0, n, n) for n in numbers),
    )
    texts = {
        **pages(),
        "other_kw.md": keyword_index.render(PATH, other, CONFIG),
        "other_docs.md": documentation.render(PATH, other, CONFIG),
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode("utf-8"))
    (tmp_path / ".markdownlint.json").write_text('{"MD013": false}')
    return tmp_path


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_changes_no_page(tool: str, folder: Path) -> None:
    command = TOOLS[tool]
    if not (program := shutil.which(command[0])):
        pytest.skip(f"{tool} is not installed")
    run = subprocess.run(
        [program, *command[1:]], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_definition_is_used_and_in_order() -> None:
    sections = facts().outline.sections
    labels = Labels("kwdocs/a.md", PATH, sections)
    order = [3, 1, 2, 3, 1]
    text = labels.resolved([f"- {labels.section(index)}" for index in order])
    defined = [line for line in text.split("\n") if line.startswith("[")]
    assert len(defined) == 2
    assert defined == sorted(line.lower() for line in defined)
    assert f"[{sections[2].title}](../docs/setup.md#{sections[2].anchor})" in text


def test_equal_headings_are_told_apart() -> None:
    first, second = facts().outline.sections[:2]
    titles = ["Mix", "Notes", "Bake", "Notes", "Notes"]
    levels = [2, 3, 2, 3, 3]
    sections = [first] + [
        second._replace(title=title, level=level) for title, level in zip(titles, levels, strict=True)
    ]
    labels = Labels("kwdocs/a.md", PATH, sections)
    shown = labels.resolved(labels.section(index) for index in range(1, 6))
    assert [line[1:].partition("]")[0] for line in shown.split("\n")][:5] == [
        "Mix",
        "Mix › Notes",
        "Bake",
        "Bake › Notes",
        "Bake › Notes (2)",
    ]
