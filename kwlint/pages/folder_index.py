"""The index of a folder: its subfolders and documents, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.names import (
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


def render(folder: Folder, config: Config) -> str:
    """Return the page of `folder`."""
    lines = [marker("folder-index", folder.path, config.format), "", f"# Index: {escape.text(folder.path)}/"]
    return "\n".join([*lines, *sections(folder_index_page(config, folder.path), folder, config)]) + "\n"


def sections(page: str, folder: Folder, config: Config) -> list[str]:
    """Return the lines about the content of `folder`, for the page at `page`."""
    return [
        *_section("Folders", _subfolders(page, folder, config)),
        *_section("Documents", _documents(page, folder, config)),
        *_section("See also", _see_also(page, folder, config)),
    ]


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _subfolders(page: str, folder: Folder, config: Config) -> list[str]:
    lines = []
    for path, title in folder.subfolders:
        name = escape.text(path.rpartition("/")[2])
        description = f" — {escape.text(escape.shortened(title, 200))}" if title else ""
        lines.append(f"- [{name}/]({href(page, folder_index_page(config, path))}){description}")
    return lines


def _documents(page: str, folder: Folder, config: Config) -> list[str]:
    if not folder.documents:
        return []
    columns = ["Document", "Description"]
    columns += ["Documentation"] if "documentation" in config.pages else []
    columns += ["Keywords"] if "keywords" in config.pages else []
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    return lines + [_row(page, document, config) for document in folder.documents]


def _row(page: str, document: Brief, config: Config) -> str:
    name = document.path.rpartition("/")[2]
    title = escape.shortened(document.title, 100)
    description = escape.text(document.description)
    if title and title not in (name, name.rpartition(".")[0]):
        description = f"**{escape.text(title)}**{': ' if description else ''}{description}"
    cells = [f"[{escape.label(name)}]({href(page, document.path)})", description]
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
