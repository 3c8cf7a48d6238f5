"""The documentation page of a folder: its role, key concepts, important documents, and the links between documents."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kwlint.pages import data, diagram, escape
from kwlint.pages.amounts import count
from kwlint.pages.documentation_links import is_table_of_contents
from kwlint.pages.names import folder_documentation_page, folder_index_page, has_folder_index, href
from kwlint.repo.page_marker import marker
from kwlint.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.config import Config
    from kwlint.model.context import Brief, Folder

IMPORTANT = 10
CONCEPTS = 12
FEW_CONCEPTS = 8
MIN_BACKLINKS = 2  # of an important document
NAMES = 5  # documents that describe a folder without a README
FOLDERS = 20
TYPE = 8  # documents of one type that are listed
CROSSINGS = 40
TEMPLATE = 3  # documents with the same heading
BACKLINKS = 15  # of one document
BACKLINKS_SIZE = 250_000  # bytes: hosts stop rendering a page at about 500 KB


def render(folder: Folder, config: Config) -> str:
    """Return the page of `folder`."""
    page = folder_documentation_page(config, folder.path)
    name = f"{folder.path}/" if folder.path else "the root folder"
    lines = [marker("folder-documentation", folder.path, config.format), "", f"# Folder: {escape.text(name)}"]
    parts = {
        "Role": _role(page, folder),
        "Contents": _contents(page, folder, config),
        "Key Concepts": _concepts(page, folder),
        "Important Files": _important(page, folder),
        "How Its Documents Link": _picture(folder),
        "Documents and Backlinks": _backlinks(page, folder),
        "Cross-References": _crossings(page, folder, config),
    }
    for title, body in parts.items():
        if body:
            lines += ["", f"## {title}", "", *body]
    return "\n".join(lines) + "\n"


def folder_document(folder: Folder) -> Brief | None:
    """Return the document that describes its folder: README, index, _index, or one with the folder's name."""
    own = folder.path.rpartition("/")[2].lower()
    by_stem = {document.path.rpartition("/")[2].lower().rpartition(".")[0]: document for document in folder.documents}
    return next((by_stem[stem] for stem in (*data.sequence("folder-description"), own) if stem in by_stem), None)


def describe(folder: str, document: Brief | None) -> str:
    """Return title and description from the document that describes a folder, without a title that repeats its name."""
    if document is None:
        return ""
    name = folder.rpartition("/")[2].casefold()
    title = "" if document.title.casefold() in (name, "readme", "index") else document.title
    return ": ".join(filter(None, (title, document.description)))


def short_description(folder: Folder, below: Sequence[str]) -> str:
    """Return the description of a folder for the index of its parent; `below` are the names of its subfolders."""
    document = folder_document(folder)
    description = describe(folder.path, document)
    if document is not None and document.description:
        return description
    names = [_name(other) for other in folder.documents if other is not document] or [*below]
    contents = ", ".join(names[:NAMES]) + (", …" if len(names) > NAMES else "")
    return ": ".join(filter(None, (description, contents)))


def _role(page: str, folder: Folder) -> list[str]:
    document = folder_document(folder)
    description = describe(folder.path, document)
    if document is None or not description:
        return []
    name = document.path.rpartition("/")[2]
    return [f"{escape.text(description)} ([{escape.label(name)}]({href(page, document.path)}))"]


def _contents(page: str, folder: Folder, config: Config) -> list[str]:
    lines = []
    by_type: dict[str, list[Brief]] = {}
    for document in folder.documents:
        by_type.setdefault(document.document_type, []).append(document)
    for document_type, documents in sorted(by_type.items()):
        if document_type:
            links = [f"[{_title(document)}]({href(page, document.path)})" for document in documents[:TYPE]]
            lines.append(f"- {document_type.capitalize()}: {', '.join(links)}")
    if folder.subfolders and "folder-index" in config.pages:
        listed = folder.subfolders[:FOLDERS]
        links = [
            f"[{escape.label(path.rpartition('/')[2])}/]({href(page, folder_index_page(config, path))})"
            for path, _ in listed
        ]
        lines.append(f"- Folders: {', '.join(links)}")
    if has_folder_index(config, folder.path):
        index = href(page, folder_index_page(config, folder.path))
        lines.append(f"- [Index of this folder]({index})")
    return lines


def _name(document: Brief) -> str:
    return escape.shortened(document.title or document.path.rpartition("/")[2], 80)


def _title(document: Brief) -> str:
    return escape.text(_name(document))


def _concepts(page: str, folder: Folder) -> list[str]:
    """Return the keywords in headings of several documents, without those of a template.

    Where these are few, add the first keyword of each other document, those with the most backlinks first.
    """
    where: dict[str, list[Brief]] = {}
    spelling: dict[str, str] = {}
    for document in folder.documents:
        for key, concept in {fold(concept): concept for concept in document.concepts}.items():
            where.setdefault(key, []).append(document)
            spelling.setdefault(key, concept)
    where = {key: documents for key, documents in where.items() if not _is_template(folder, documents)}
    ranked = sorted(where, key=lambda key: (-len(where[key]), key, spelling[key]))
    chosen = [key for key in ranked if len(where[key]) > 1][:CONCEPTS]
    covered = {document.path for key in chosen for document in where[key]}
    links = dict(folder.inbound)
    for document in sorted(folder.documents, key=lambda document: (-links.get(document.path, 0), document.path)):
        if len(chosen) < FEW_CONCEPTS and document.path not in covered:
            own = (key for key in map(fold, document.concepts) if key in where and key not in chosen)
            chosen += list(islice(own, 1))
    lines = []
    for key in chosen:
        shown = [f"[{_title(document)}]({href(page, document.path)})" for document in where[key][:4]]
        lines.append(f"- {escape.text(spelling[key])}: {', '.join(shown)}")
    return lines


def _is_template(folder: Folder, documents: Sequence[Brief]) -> bool:
    """Return whether most documents of a folder share a heading: then it is that of a template."""
    return len(documents) >= TEMPLATE and 2 * len(documents) > len(folder.documents)


def _important(page: str, folder: Folder) -> list[str]:
    titles = {document.path: document for document in folder.documents}
    ranked = sorted((item for item in folder.inbound if item[1] >= MIN_BACKLINKS), key=lambda item: (-item[1], item[0]))
    lines = []
    for path, _ in ranked[:IMPORTANT]:
        if path in titles:
            lines.append(f"- [{_title(titles[path])}]({href(page, path)})")
    return lines


def _picture(folder: Folder) -> list[str]:
    links = [pair for pair in folder.links if not (is_table_of_contents(pair[0]) or is_table_of_contents(pair[1]))]
    return diagram.network(links, folder.path) if len(links) > 1 else []


def _backlinks(page: str, folder: Folder) -> list[str]:
    """Return the documents in order, each with the documents that link to it.

    The previous and the next document are the ones above and below. One fact per line and no counts, so that two
    branches that add a document or a link each merge without a conflict.
    """
    linkers: dict[str, list[str]] = {}
    for source, target in sorted(folder.links):
        if source != target and not is_table_of_contents(source):
            linkers.setdefault(target, []).append(source)
    lines: list[str] = []
    room = BACKLINKS_SIZE
    for document in sorted(folder.documents):
        entry = [f"- {_file_link(page, document.path, folder.path)}"]
        sources = linkers.get(document.path, [])
        entry += [f"  - ← {_file_link(page, source, folder.path)}" for source in sources[:BACKLINKS]]
        entry += ["  - ← more documents"] if len(sources) > BACKLINKS else []
        room -= sum(len(line.encode("utf-8", "replace")) + 1 for line in entry)
        if room < 0:
            return [*lines, "- more documents"]
        lines += entry
    return lines if len(lines) > 1 else []


def _file_link(page: str, path: str, folder: str) -> str:
    """Return a link to a file: by its name within `folder`, else by its path."""
    name = path.rpartition("/")[2] if path.rpartition("/")[0] == folder else path
    return f"[{escape.label(name)}]({href(page, path)})"


def _crossings(page: str, folder: Folder, config: Config) -> list[str]:
    """Return the numbers of links to and from other folders, one line per folder."""
    out: dict[str, int] = {}
    back: dict[str, int] = {}
    for start, end in folder.links:
        source, target = start.rpartition("/")[0], end.rpartition("/")[0]
        if source == folder.path != target:
            out[target] = out.get(target, 0) + 1
        elif target == folder.path != source:
            back[source] = back.get(source, 0) + 1
    lines = []
    for other in sorted(out.keys() | back.keys(), key=lambda name: (-out.get(name, 0) - back.get(name, 0), name)):
        counts = [count(out[other], "link") + " out"] if other in out else []
        counts += [count(back[other], "link") + " in"] if other in back else []
        name = escape.label(other + "/" if other else "root folder")
        shown = f"[{name}]({href(page, folder_index_page(config, other))})" if has_folder_index(config, other) else name
        lines.append(f"- {shown}: {', '.join(counts)}")
    return lines[:CROSSINGS]
