"""Where each page lies, and how one page links to another file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kwlint.pages import escape

if TYPE_CHECKING:
    from kwlint.config import Config

KEYWORDS_SUFFIX = "_kw.md"
DOCUMENTATION_SUFFIX = "_docs.md"


def keyword_page(config: Config, path: str) -> str:
    """The path of the keyword index of the source at `path`."""
    return f"{config.output_dir}/{path}{KEYWORDS_SUFFIX}"


def documentation_page(config: Config, path: str) -> str:
    """The path of the documentation companion of the source at `path`."""
    return f"{config.output_dir}/{path}{DOCUMENTATION_SUFFIX}"


def folder_index_page(config: Config, folder: str) -> str:
    """The path of a folder's index; that of the root ("") is the start page."""
    return _in_folder(config, folder, "index.md")


def has_folder_index(config: Config, folder: str) -> bool:
    """Whether the configuration asks for a folder's index (of the root: for the start page)."""
    return ("folder-index" if folder else "start") in config.pages


def folder_documentation_page(config: Config, folder: str) -> str:
    """The path of a folder's documentation."""
    return _in_folder(config, folder, "doc.md")


def subtree_page(config: Config, folder: str) -> str:
    """The path of the keyword index of a folder and all below it."""
    return _in_folder(config, folder, "sub.md")


def a_z_page(config: Config, bucket: str = "") -> str:
    """The path of the A-Z index, or of the part of it that holds `bucket`."""
    return f"{config.output_dir}/keywords-{bucket}.md" if bucket else f"{config.output_dir}/keywords.md"


def source_of(config: Config, page_path: str) -> str | None:
    """The source whose keyword index or documentation would lie at `page_path`; None if that is no such place."""
    prefix = f"{config.output_dir}/"
    if not page_path.startswith(prefix):
        return None
    for suffix in (KEYWORDS_SUFFIX, DOCUMENTATION_SUFFIX):
        if page_path.endswith(suffix):
            return page_path[len(prefix) : -len(suffix)] or None
    return None


def href(page: str, path: str, anchor: str = "") -> str:
    """The target of a link on `page` to the file at `path`, both from the repository's root."""
    folder, _, name = path.rpartition("/")
    way = _way(page.rpartition("/")[0], folder) + escape.target(name)
    return f"{way}#{escape.target(anchor)}" if anchor else way


@lru_cache(maxsize=4096)
def _way(start: str, end: str) -> str:
    """From folder to folder: `../` for each level up, then down; empty or with `/` at its end."""
    here = start.split("/") if start else []
    there = end.split("/") if end else []
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "".join(f"{escape.target(part)}/" for part in there[common:])


def _in_folder(config: Config, folder: str, name: str) -> str:
    return f"{config.output_dir}/{folder}/{name}" if folder else f"{config.output_dir}/{name}"
