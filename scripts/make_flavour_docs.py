"""Write docs/flavours: the page of each flavour from its module's docstring, and the table of the README.

python scripts/make_flavour_docs.py

FILES maps each file to the function that returns its text. A test compares the files with the functions.
"""

from __future__ import annotations

import ast
from functools import partial
from pathlib import Path

from kwlint.flavours.registry import FLAVOURS, Entry

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "flavours"
MOST_FILES = 7  # of one flavour in the table
BEGIN, END = "<!-- table of flavours: begin -->\n\n", "\n<!-- table of flavours: end -->\n"


def manual(entry: Entry) -> str:
    """Return the docstring of a flavour's module: its title, then its manual page in Markdown."""
    source = (ROOT / "kwlint" / "flavours" / f"{entry.name}.py").read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(source)) or ""


def page(entry: Entry) -> str:
    """Return the manual page of a flavour."""
    title, _, body = manual(entry).partition("\n")
    return f"# {title}\n\nName in the configuration: `{entry.name}`.\n\n{body.strip()}\n"


def table() -> str:
    """Return the table of all flavours, sorted by title after the git hosts."""
    rows = [(manual(entry).partition("\n")[0], entry) for entry in FLAVOURS]
    rows.sort(key=lambda row: (bool(row[1].config_files), row[1].name == "site", row[0].lower()))
    lines = [
        f"| [{title}]({entry.name}.md) | `{entry.name}` | {_files(entry)} |"
        for title, entry in rows
    ]  # fmt: skip
    return "\n".join(["| flavour | name | detected by |", "| --- | --- | --- |", *lines, ""])


def _files(entry: Entry) -> str:
    files = [f"`{file}`" for file in entry.config_files] or ["no file"]
    return ", ".join(files if len(files) <= MOST_FILES else [*files[:MOST_FILES], "and others"])


def readme() -> str:
    """Return the README of the flavours with its table up to date."""
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


FILES = {
    "docs/flavours/README.md": readme,
    **{f"docs/flavours/{entry.name}.md": partial(page, entry) for entry in FLAVOURS},
}

if __name__ == "__main__":
    for name, text in FILES.items():
        (ROOT / name).write_text(text(), encoding="utf-8", newline="\n")
