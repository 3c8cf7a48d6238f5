"""The paths of pages, and the targets of links from pages to other files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.registry import OWN_PAGES, folder_page, own_page, repository_page

if TYPE_CHECKING:
    from kwlint.config import Config


def keyword_page(config: Config, path: str) -> str:
    """Return the path of the keyword index of the document at `path`."""
    return own_page("keywords").path(config, path)


def documentation_page(config: Config, path: str) -> str:
    """Return the path of the documentation page of the document at `path`."""
    return own_page("documentation").path(config, path)


def folder_index_page(config: Config, folder: str) -> str:
    """Return the path of a folder's index; that of the root ("") is the start page."""
    return folder_page(_index(folder)).path(config, folder)


def has_folder_index(config: Config, folder: str) -> bool:
    """Return whether the configuration asks for a folder's index, or, for the root, the start page."""
    return folder_page(_index(folder)).is_wanted(config, folder)


def _index(folder: str) -> str:
    return "folder-index" if folder else "start"


def folder_documentation_page(config: Config, folder: str) -> str:
    """Return the path of a folder's documentation page."""
    return folder_page("folder-documentation").path(config, folder)


def subtree_page(config: Config, folder: str) -> str:
    """Return the path of the keyword index of a folder and the folders below it."""
    return folder_page("subtree").path(config, folder)


def a_z_page(config: Config, part: str = "") -> str:
    """Return the path of the A–Z index, or of one of its parts."""
    return repository_page("a-z").path(config, part)


def source_of(config: Config, page_path: str) -> str | None:
    """Return the document whose own page would be at `page_path`; None where no own page can be there."""
    prefix = f"{config.output_dir}/"
    if not page_path.startswith(prefix):
        return None
    for page in OWN_PAGES:
        if page_path.endswith(page.suffix):
            return page_path[len(prefix) : -len(page.suffix)] or None
    return None


def href(page: str, path: str, anchor: str = "") -> str:
    """Return the target of a link on `page` to the file at `path`; both paths start at the repository's root."""
    folder, _, name = path.rpartition("/")
    target = _relative(page.rpartition("/")[0], folder) + escape.target(name)
    return f"{target}#{escape.target(anchor)}" if anchor else target


@lru_cache(maxsize=4096)
def _relative(start: str, end: str) -> str:
    """Return the relative path between two folders: `../` per level up, then down; empty, or ending in `/`."""
    start_parts = start.split("/") if start else []
    end_parts = end.split("/") if end else []
    common = 0
    while common < min(len(start_parts), len(end_parts)) and start_parts[common] == end_parts[common]:
        common += 1
    up = "../" * (len(start_parts) - common)
    return up + "".join(f"{escape.target(part)}/" for part in end_parts[common:])
