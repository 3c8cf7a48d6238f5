"""What a companion says of its source's place: in the tree, among its neighbours, and in the net of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import diagram, escape
from kwlint.pages.amounts import count
from kwlint.pages.names import (
    documentation_page,
    folder_documentation_page,
    folder_index_page,
    has_folder_index,
    href,
    keyword_page,
)

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model import LinkIn, LinkOut, Neighbourhood
    from kwlint.pages.labels import Labels

LINKS = 40
TITLE = 64


def architecture(page: str, path: str, neighbourhood: Neighbourhood, config: Config) -> list[str]:
    """The place in the tree and in the navigation, and a picture of what links here and what this links to."""
    lines = []
    if has_folder_index(config, path.rpartition("/")[0]):
        lines.append(f"- Place: {_crumbs(page, path, config)}")
    lines += [f"- Navigation: {_source(page, link)}" for link in neighbourhood.links_in if is_navigation(link.path)]
    incoming = list(dict.fromkeys(link.path for link in neighbourhood.links_in if not is_navigation(link.path)))
    outgoing = list(dict.fromkeys(link.path for link in neighbourhood.links_out if link.is_source))
    if len({*incoming, *outgoing}) > 1:
        picture = diagram.neighbours(path, incoming, outgoing)
        lines += ["", *picture] if lines else picture
    return lines


def is_navigation(path: str) -> bool:
    """Whether a source is a site's table of contents: its links say where a document stands, not what it is about."""
    return path.rpartition("/")[2].lower().partition(".")[0] in ("summary", "toc", "_toc", "_sidebar", "nav")


def _crumbs(page: str, path: str, config: Config) -> str:
    *folders, name = path.split("/")
    crumbs = []
    if has_folder_index(config, ""):
        crumbs.append(f"[start]({href(page, folder_index_page(config, ''))})")
    for depth in range(len(folders)):
        folder = "/".join(folders[: depth + 1])
        crumbs.append(f"[{escape.label(folders[depth])}]({href(page, folder_index_page(config, folder))})")
    return " / ".join([*crumbs, escape.text(name)])


def related_files(page: str, path: str, neighbourhood: Neighbourhood, config: Config) -> list[str]:
    """The documents it links to and that link to it, most links first, its neighbours, and its other pages."""
    lines = []
    folder = path.rpartition("/")[0]
    pages = []
    if "keywords" in config.pages:
        pages.append(f"[keyword index]({href(page, keyword_page(config, path))})")
    if "folder-documentation" in config.pages:
        pages.append(f"[folder documentation]({href(page, folder_documentation_page(config, folder))})")
    if pages:
        lines.append(f"- Pages: {', '.join(pages)}")
    for word, beside in (("Previous", neighbourhood.previous), ("Next", neighbourhood.next)):
        if beside:
            lines.append(f"- {word} in this folder: {_document(page, beside, config)}")
    return lines


def _document(page: str, path: str, config: Config) -> str:
    link = f"[{escape.label(path.rpartition('/')[2])}]({href(page, path)})"
    if "documentation" in config.pages:
        link += f" ([documentation]({href(page, documentation_page(config, path))}))"
    return link


def cross_references(page: str, neighbourhood: Neighbourhood, labels: Labels) -> list[str]:
    """Each cross-link, with the section that it stands in: out, then in."""
    out = [_out(page, link, labels) for link in neighbourhood.links_out if not link.image]
    back = [f"- ← {_source(page, link)}" for link in neighbourhood.links_in if not is_navigation(link.path)]
    return _limited(out, "link out", "links out") + _limited(back, "link in", "links in")


def _limited(lines: list[str], noun: str, nouns: str) -> list[str]:
    lines = list(dict.fromkeys(lines))
    if len(lines) <= LINKS:
        return lines
    return [*lines[:LINKS], f"- {count(len(lines) - LINKS, f'further {noun}', f'further {nouns}')}"]


def _out(page: str, link: LinkOut, labels: Labels) -> str:
    name = link.path.rpartition("/")[2]
    said = escape.shortened(link.text, TITLE).strip("\"'“”‘’`") or name
    return f"- {labels.section(link.section)} → [{escape.label(said)}]({href(page, link.path)})"


def _source(page: str, link: LinkIn) -> str:
    """A linking document and the section that the link stands in."""
    title = escape.shortened(link.title or link.path.rpartition("/")[2], TITLE)
    section = "" if link.section_title in ("", link.title) else escape.shortened(link.section_title, TITLE)
    label = escape.label(f"{title} › {section}" if section else title)
    return f"[{label}]({href(page, link.path, link.section_anchor)})"
