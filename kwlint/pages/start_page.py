"""The start page: the index of the root folder, with an introduction to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.folder_documentation import about, front
from kwlint.pages.folder_index import sections
from kwlint.pages.names import a_z_page, folder_index_page, href
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.context import Folder


def render(folder: Folder, config: Config) -> str:
    """Return the page of the root folder."""
    page = folder_index_page(config, folder.path)
    lines = [marker("start", folder.path, config.format), "", "# Index of this repository's documents"]
    return "\n".join([*lines, *_guide(page, folder, config), *sections(page, folder, config)]) + "\n"


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
