"""What a companion says of its source's place: in the tree, among its neighbours, and in the net of links."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kwlint.pages import diagram, escape
from kwlint.pages.amounts import count
from kwlint.pages.names import folder_documentation_page, folder_index_page, has_folder_index, href, keyword_page
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.context import LinkIn, LinkOut, Neighbourhood
    from kwlint.pages.labels import Labels

LINKS = 15
LABELS = 2  # of links to one file
_EMPTY = frozenset(
    (
        *("here", "this", "link", "this page", "this document", "this section", "this chapter", "this guide"),
        *("click here", "see here", "more", "read more", "learn more"),
        *("docs", "the docs", "documentation", "the documentation", "below"),
    )
)
SECTIONS = 2
TITLE = 56


def architecture(page: str, path: str, neighbourhood: Neighbourhood, config: Config) -> list[str]:
    """The place in the tree and in the navigation, and a picture of what links here and what this links to."""
    lines = []
    if has_folder_index(config, path.rpartition("/")[0]):
        lines.append(f"- Place: {_place(page, path, config)}")
    lines += [
        f"- Navigation: {_source(page, link)}"
        for link in neighbourhood.links_in
        if is_navigation(link.path) and link.section_title not in ("", link.title)  # else it is merely listed
    ]
    incoming = list(dict.fromkeys(link.path for link in neighbourhood.links_in if not is_navigation(link.path)))
    outgoing = list(dict.fromkeys(link.path for link in neighbourhood.links_out if link.is_source))
    if len({*incoming, *outgoing}) > 1 and not is_navigation(path):
        picture = diagram.neighbours(path, incoming, outgoing)
        lines += ["", *picture] if lines else picture
    return lines


def is_navigation(path: str) -> bool:
    """Whether a source is a site's table of contents: its links say where a document stands, not what it is about."""
    return path.rpartition("/")[2].lower().partition(".")[0] in ("summary", "toc", "_toc", "_sidebar", "nav")


def _place(page: str, path: str, config: Config) -> str:
    folder = path.rpartition("/")[0]
    name = escape.label(f"{folder.rpartition('/')[2]}/" if folder else "root folder")
    return f"[{name}]({href(page, folder_index_page(config, folder))})"


def related_files(page: str, path: str, neighbourhood: Neighbourhood, config: Config) -> list[str]:
    """The documents it links to and that link to it, most links first, its neighbours, and its other pages."""
    lines = []
    folder = path.rpartition("/")[0]
    pages = []
    if "keywords" in config.pages:
        pages.append(f"[keywords]({href(page, keyword_page(config, path))})")
    if "folder-documentation" in config.pages:
        pages.append(f"[folder]({href(page, folder_documentation_page(config, folder))})")
    if pages:
        lines.append(f"- Pages: {', '.join(pages)}")
    for word, beside in (
        ("Previous in the folder", neighbourhood.previous),
        ("Next in the folder", neighbourhood.next),
    ):
        if beside:
            lines.append(f"- {word}: [{escape.label(beside.rpartition('/')[2])}]({href(page, beside)})")
    return lines


def cross_references(page: str, neighbourhood: Neighbourhood, labels: Labels) -> list[str]:
    """Each file that is linked, with the sections that link to it; then each document that links here."""
    out: dict[str, list[LinkOut]] = {}
    for link in neighbourhood.links_out:
        if not link.image and (link.is_source or link.text):  # a file without a label is one that is transcluded
            out.setdefault(link.path, []).append(link)
    if is_navigation(labels.path):
        return _by_section(out, labels)
    back: dict[str, list[LinkIn]] = {}
    for linker in neighbourhood.links_in:
        if not is_navigation(linker.path):
            back.setdefault(linker.path, []).append(linker)
    plain = {path for path, links in back.items() if all(_says_nothing(link.section_title) for link in links)}
    mutual = plain & out.keys()
    lines = [_out(page, links, labels, "↔" if path in mutual else "→") for path, links in out.items()]
    only_in = [_in(page, links) for path, links in back.items() if path not in mutual]
    return [
        *_limited(lines, "file linked", "files linked"),
        *_limited(only_in, "document linking", "documents linking"),
    ]


def _by_section(out: dict[str, list[LinkOut]], labels: Labels) -> list[str]:
    """How many files each section of a table of contents lists: it lists them itself."""
    sections = Counter(links[0].section for links in out.values())
    if len(sections) < 2:
        return []  # the purpose says how many it leads to
    return [f"- → {count(number, 'file')} from {labels.section(index)}" for index, number in sorted(sections.items())]


def _says_nothing(title: str) -> bool:
    """Whether a section's title says nothing of why a link stands in it."""
    return not title or is_stock_heading(title)


def _limited(lines: list[str], noun: str, nouns: str) -> list[str]:
    if len(lines) <= LINKS:
        return lines
    return [*lines[:LINKS], f"- {count(len(lines) - LINKS, f'further {noun}', f'further {nouns}')}"]


def _out(page: str, links: list[LinkOut], labels: Labels, arrow: str) -> str:
    path = links[0].path
    labels_of = {said for link in links if (said := _said(link.text))}
    # Many labels are of many places in the file: none speaks for it.
    said = min(labels_of, key=lambda text: (len(text), text)) if 0 < len(labels_of) <= LABELS else ""
    said = said or path.rpartition("/")[2]
    sections = list(dict.fromkeys(link.section for link in links))
    telling = [
        index for index in sections if not _says_nothing(title := labels.sections[index].title) and title != said
    ]
    where = f" from {', '.join(map(labels.section, telling[:SECTIONS]))}" if telling else ""
    more = f" and {len(telling) - SECTIONS} more" if len(telling) > SECTIONS else ""
    return f"- {arrow} [{escape.label(said)}]({href(page, path)}){where}{more}"


def _said(text: str) -> str:
    """A link's label, if it says anything."""
    if text.strip().casefold() in _EMPTY:
        return ""
    return escape.shortened(text, TITLE).strip("\"'“”‘’`,;:")


def _in(page: str, links: list[LinkIn]) -> str:
    sections = len({link.section_anchor for link in links})
    more = f" and {count(sections - 1, 'further section')}" if sections > 1 else ""
    return f"- ← {_source(page, links[0])}{more}"


def _source(page: str, link: LinkIn) -> str:
    """A linking document and the section that the link stands in, where that says more than its title."""
    title = escape.shortened(link.title or link.path.rpartition("/")[2], TITLE)
    if link.section_title == link.title or _says_nothing(link.section_title):
        return f"[{escape.label(title)}]({href(page, link.path)})"
    label = escape.label(f"{title} › {escape.shortened(link.section_title, TITLE)}")
    return f"[{label}]({href(page, link.path, link.section_anchor)})"
