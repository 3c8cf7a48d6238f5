"""The start page: the index of the root folder, with an introduction to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.folder_documentation import describe, folder_document
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
    """Return what the repository is and how to use the pages."""
    kinds = config.pages
    lines = []
    document = folder_document(folder)
    if document is not None and (description := describe("", document)):
        name = escape.label(document.path.rpartition("/")[2])
        lines += ["", f"{escape.text(description)} ([{name}]({href(page, document.path)}))"]
    lines += ["", "kwlint generates these pages from the documents. They mirror the tree of the documents."]
    rows = []
    if "a-z" in kinds:
        rows.append(f"- To look up a term, use the [A–Z index of keywords]({href(page, a_z_page(config))}).")
    if "folder-index" in kinds and folder.subfolders:
        rows.append("- To browse, follow the folders below.")
    if "keywords" in kinds:
        rows.append("- `NAME_kw.md` lists the keywords of a document and the sections that cover them.")
    if "documentation" in kinds:
        rows.append(
            "- `NAME_docs.md` describes a document: its purpose, its structure, its dependencies and its links."
        )
    rows.append("- Edit the documents, never these pages: `kwlint --fix` regenerates them.")
    return [*lines, "", *rows]
