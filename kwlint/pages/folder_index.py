"""A folder's index: what lies in it, and one line on each document. The root's is the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.folder_documentation import about, front
from kwlint.pages.names import (
    a_z_page,
    documentation_page,
    folder_documentation_page,
    folder_index_page,
    has_folder_index,
    href,
    keyword_page,
    subtree_page,
)
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.context import Brief, Folder


def folder_index(folder: Folder, config: Config) -> str:
    """The page of `folder`; of the root, the start page."""
    page = folder_index_page(config, folder.path)
    lines = [marker("folder-index" if folder.path else "start", folder.path, config.format), ""]
    lines += [f"# Index: {escape.text(folder.path)}/"] if folder.path else ["# Index of this repository's documents"]
    lines += _guide(page, folder, config) if not folder.path else []
    lines += _section("Folders", _subfolders(page, folder, config))
    lines += _section("Documents", _documents(page, folder, config))
    lines += _section("See also", _see_also(page, folder, config))
    return "\n".join(lines) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _guide(page: str, folder: Folder, config: Config) -> list[str]:
    """What the repository is and how to use all this: on the start page alone."""
    kinds = config.pages
    lines = []
    document = front(folder)
    if document is not None and (said := about("", document)):
        name = escape.label(document.path.rpartition("/")[2])
        lines += ["", f"{escape.text(said)} ([{name}]({href(page, document.path)}))"]
    lines += ["", "These pages are made from the documents and stand beside them in the same tree."]
    rows = []
    if "a-z" in kinds:
        rows.append(f"- Looking for a term? [Keywords from A to Z]({href(page, a_z_page(config))}).")
    if "folder-index" in kinds and folder.subfolders:
        rows.append("- Looking around? Walk down the folders below.")
    if "keywords" in kinds:
        rows.append("- `NAME_kw.md` tells which section of a document covers which keyword.")
    if "documentation" in kinds:
        rows.append(
            "- `NAME_docs.md` tells what a document is, how it is built, what it links to and what links to it."
        )
    rows.append("- Edit the documents, never these pages: `kwlint --fix` writes them anew.")
    return [*lines, "", *rows]


def _subfolders(page: str, folder: Folder, config: Config) -> list[str]:
    lines = []
    for path, title in folder.subfolders:
        name = escape.text(path.rpartition("/")[2])
        said = f" — {escape.text(escape.shortened(title, 200))}" if title else ""
        lines.append(f"- [{name}/]({href(page, folder_index_page(config, path))}){said}")
    return lines


def _documents(page: str, folder: Folder, config: Config) -> list[str]:
    if not folder.documents:
        return []
    heads = ["Document", "What it says"]
    heads += ["Documentation"] if "documentation" in config.pages else []
    heads += ["Keywords"] if "keywords" in config.pages else []
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return lines + [_row(page, document, config) for document in folder.documents]


def _row(page: str, document: Brief, config: Config) -> str:
    name = document.path.rpartition("/")[2]
    title = escape.shortened(document.title, 100)
    said = escape.text(document.description)
    if title and title not in (name, name.rpartition(".")[0]):
        said = f"**{escape.text(title)}**{': ' if said else ''}{said}"
    cells = [f"[{escape.label(name)}]({href(page, document.path)})", said]
    if "documentation" in config.pages:
        cells.append(f"[docs]({href(page, documentation_page(config, document.path))})")
    if "keywords" in config.pages:
        cells.append(f"[keywords]({href(page, keyword_page(config, document.path))})")
    return f"| {' | '.join(cells)} |"


def _see_also(page: str, folder: Folder, config: Config) -> list[str]:
    lines = []
    if "folder-documentation" in config.pages:
        lines.append(f"- [About this folder]({href(page, folder_documentation_page(config, folder.path))})")
    if "subtree" in config.pages:
        lines.append(f"- [Keywords of this folder and below]({href(page, subtree_page(config, folder.path))})")
    parent = folder.path.rpartition("/")[0]
    if folder.path and has_folder_index(config, parent):
        name = f"{parent}/" if parent else "the start page"
        lines.append(f"- Up: [{escape.label(name)}]({href(page, folder_index_page(config, parent))})")
    return lines
