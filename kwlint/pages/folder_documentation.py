"""A folder's documentation: its role, what it is about, which documents matter, and how they link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import diagram, escape
from kwlint.pages.amounts import count
from kwlint.pages.documentation_links import is_navigation
from kwlint.pages.marker import marker
from kwlint.pages.names import folder_documentation_page, folder_index_page, has_folder_index, href

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model import Brief, Folder

IMPORTANT = 10
CROSSINGS = 40


def folder_documentation(folder: Folder, config: Config) -> str:
    """The page of `folder`."""
    page = folder_documentation_page(config, folder.path)
    name = f"{folder.path}/" if folder.path else "the root folder"
    lines = [marker("folder-documentation", folder.path, config.format), "", f"# Folder: {escape.text(name)}"]
    parts = {
        "Role": _role(page, folder),
        "Contents": _contents(page, folder, config),
        "Key Concepts": _concepts(page, folder),
        "Important Files": _important(page, folder),
        "How Its Documents Link": _picture(folder),
        "Cross-References": _crossings(page, folder, config),
    }
    for title, body in parts.items():
        if body:
            lines += ["", f"## {title}", "", *body]
    return "\n".join(lines) + "\n"


def front(folder: Folder) -> Brief | None:
    """The document that speaks for its folder: README, index or _index, or one of the folder's own name."""
    own = folder.path.rpartition("/")[2].lower()
    by_stem = {document.path.rpartition("/")[2].lower().rpartition(".")[0]: document for document in folder.documents}
    return next((by_stem[stem] for stem in ("readme", "index", "_index", own) if stem in by_stem), None)


def _role(page: str, folder: Folder) -> list[str]:
    document = front(folder)
    if document is None or not (document.description or document.title):
        return []
    name = document.path.rpartition("/")[2]
    said = escape.text(document.description or document.title)
    return [f"{said} ([{escape.label(name)}]({href(page, document.path)}))"]


def _contents(page: str, folder: Folder, config: Config) -> list[str]:
    lines = []
    kinds: dict[str, list[Brief]] = {}
    for document in folder.documents:
        kinds.setdefault(document.kind, []).append(document)
    for kind, documents in sorted(kinds.items()):
        if kind:
            links = [f"[{_title(document)}]({href(page, document.path)})" for document in documents[:8]]
            more = f" and {len(documents) - 8} more" if len(documents) > 8 else ""
            lines.append(f"- {kind.capitalize()}: {', '.join(links)}{more}")
    if "folder-index" in config.pages:
        for path, title in folder.subfolders:
            name = escape.text(path.rpartition("/")[2])
            said = f" — {escape.text(escape.shortened(title, 120))}" if title else ""
            lines.append(f"- Folder [{name}/]({href(page, folder_index_page(config, path))}){said}")
    if has_folder_index(config, folder.path):
        lines.append(
            f"- Every file, with a line on each: [index]({href(page, folder_index_page(config, folder.path))})"
        )
    return lines


def _title(document: Brief) -> str:
    return escape.text(escape.shortened(document.title or document.path.rpartition("/")[2], 80))


def _concepts(page: str, folder: Folder) -> list[str]:
    """Keywords that head several documents; in a small folder, whichever head one."""
    where: dict[str, list[Brief]] = {}
    for document in folder.documents:
        for concept in document.concepts:
            where.setdefault(concept, []).append(document)
    ranked = sorted(where, key=lambda concept: (-len(where[concept]), concept.casefold(), concept))
    shared = [concept for concept in ranked if len(where[concept]) > 1]
    if len(shared) < 3 and len(folder.documents) <= 6:
        shared = ranked
    lines = []
    for concept in shared[:12]:
        documents = where[concept]
        links = [f"[{_title(document)}]({href(page, document.path)})" for document in documents[:4]]
        more = f" and {len(documents) - 4} more" if len(documents) > 4 else ""
        lines.append(f"- {escape.text(concept)}: {', '.join(links)}{more}")
    return lines


def _important(page: str, folder: Folder) -> list[str]:
    titles = {document.path: document for document in folder.documents}
    ranked = sorted((item for item in folder.inbound if item[1] > 0), key=lambda item: (-item[1], item[0]))
    lines = []
    for path, linking in ranked[:IMPORTANT]:
        if path in titles:
            linkers = "1 document links" if linking == 1 else f"{linking} documents link"
            lines.append(f"- [{_title(titles[path])}]({href(page, path)}): {linkers} to it")
    return lines


def _picture(folder: Folder) -> list[str]:
    links = [pair for pair in folder.links if not (is_navigation(pair[0]) or is_navigation(pair[1]))]
    return diagram.network(links, folder.path) if len(links) > 1 else []


def _crossings(page: str, folder: Folder, config: Config) -> list[str]:
    """Links that leave the folder or come into it, by the folder at the other end."""
    out: dict[str, int] = {}
    back: dict[str, int] = {}
    for start, end in folder.links:
        here, there = start.rpartition("/")[0], end.rpartition("/")[0]
        if here == folder.path != there:
            out[there] = out.get(there, 0) + 1
        elif there == folder.path != here:
            back[here] = back.get(here, 0) + 1
    lines = []
    for other in sorted(out.keys() | back.keys(), key=lambda name: (-out.get(name, 0) - back.get(name, 0), name)):
        said = [count(out[other], "link") + " out"] if other in out else []
        said += [count(back[other], "link") + " in"] if other in back else []
        name = escape.label(other + "/" if other else "root folder")
        shown = f"[{name}]({href(page, folder_index_page(config, other))})" if has_folder_index(config, other) else name
        lines.append(f"- {shown}: {', '.join(said)}")
    return lines[:CROSSINGS]
