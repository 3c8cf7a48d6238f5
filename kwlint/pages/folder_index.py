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
    from collections.abc import Iterable

    from kwlint.config import Config
    from kwlint.model.context import Brief, Folder

DOCUMENTS_SIZE = 300_000  # bytes: hosts stop rendering a page at about 500 KB, with that of subfolders


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


def size(lines: Iterable[str]) -> int:
    """Return the bytes of lines with their line ends."""
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)


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
    """Return a line for each document; without descriptions where the page would be too large with them."""
    lines = [_line(page, document, config, described=True) for document in folder.documents]
    if size(lines) > DOCUMENTS_SIZE:
        lines = [_line(page, document, config, described=False) for document in folder.documents]
    return lines


def _line(page: str, document: Brief, config: Config, *, described: bool) -> str:
    name = document.path.rpartition("/")[2]
    title = escape.shortened(document.title, 100)
    title = "" if title in (name, name.rpartition(".")[0]) else title
    line = f"- [{escape.label(name)}]({href(page, document.path)})"
    if not document.is_small:
        pages = [f"[docs]({href(page, documentation_page(config, document.path))})"] * ("documentation" in config.pages)
        pages += [f"[keywords]({href(page, keyword_page(config, document.path))})"] * ("keywords" in config.pages)
        line += f" ({', '.join(pages)})" if pages and described else ""
    texts = [f"**{escape.text(title)}**"] if title else []
    texts += [escape.text(document.description)] if document.description and described else []
    return f"{line} — {': '.join(texts)}" if texts else line


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
