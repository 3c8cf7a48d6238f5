"""The parts of a documentation page about the document's folder, its other pages and its outgoing links."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kwlint.pages import data, diagram, escape
from kwlint.pages.amounts import count
from kwlint.pages.names import href, keyword_page
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.config import Config
    from kwlint.pages.labels import Labels
    from kwlint.pages.outgoing_links import OutgoingLink

LINKS = 15
TARGETS = 3  # of a diagram: fewer are seen in the text
LABELS = 2  # of links to one file
SECTIONS = 2
TITLE = 56
WRITTEN = 100  # characters of a target that is shown as code


def architecture(path: str, links: Sequence[OutgoingLink]) -> list[str]:
    """Return a diagram of the documents that the document links to, if it links to several."""
    targets = list(dict.fromkeys(link.path for link in links if link.is_document))
    return diagram.targets_of(path, targets) if len(targets) >= TARGETS and not is_table_of_contents(path) else []


def is_table_of_contents(path: str) -> bool:
    """Return whether a document is a site's table of contents: its links show structure, not subject matter."""
    return path.rpartition("/")[2].lower().partition(".")[0] in data.words("table-of-contents")


def related_files(page: str, path: str, config: Config) -> list[str]:
    """Return links to the document's other pages."""
    return [f"- [keywords]({href(page, keyword_page(config, path))})"] if "keywords" in config.pages else []


def cross_references(page: str, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """Return a line for each file that the document links to, with the sections that link to it."""
    by_target: dict[str, list[OutgoingLink]] = {}
    for link in links:
        if not link.image and (link.is_document or link.text):  # a file without a label is transcluded
            by_target.setdefault(link.path or link.written, []).append(link)
    if is_table_of_contents(labels.path):
        return _by_section(by_target, labels)
    lines = [_reference(page, links_to, labels) for links_to in by_target.values()]
    return lines if len(lines) <= LINKS else [*lines[:LINKS], "- → more files"]


def _by_section(by_target: dict[str, list[OutgoingLink]], labels: Labels) -> list[str]:
    """Return how many files each section of a table of contents lists; the document itself names them."""
    sections = Counter(links[0].section for links in by_target.values())
    if len(sections) < 2:
        return []  # the purpose already says how many documents it leads to
    return [f"- → {count(number, 'file')} from {labels.section(index)}" for index, number in sorted(sections.items())]


def _reference(page: str, links: list[OutgoingLink], labels: Labels) -> str:
    target, label = _target(page, links)
    sections = dict.fromkeys(link.section for link in links)
    titles = {index: labels.sections[index].title for index in sections}
    telling = [index for index, title in titles.items() if title and not is_stock_heading(title) and title != label]
    where = f" from {', '.join(map(labels.section, telling[:SECTIONS]))}" if telling else ""
    return f"- → {target}{where}"


def _target(page: str, links: list[OutgoingLink]) -> tuple[str, str]:
    """Return the target as the page shows it, and its label: a link where the path is known, else code text."""
    labels = {label for link in links if (label := _label(link.text))}
    # With many labels, the links lead to many places in the file, and no single label describes it.
    label = min(labels, key=lambda text: (len(text), text)) if 0 < len(labels) <= LABELS else ""
    path = links[0].path
    if path:
        label = label or path.rstrip("/").rpartition("/")[2] or "root folder"
        return f"[{escape.label(label)}]({href(page, path)})", label
    written = escape.code(escape.shortened(links[0].written, WRITTEN))
    return f"{escape.label(label)} ({written})" if label and label != links[0].written else written, label


def _label(text: str) -> str:
    """Return a link's label, or an empty string where it is generic."""
    if text.strip().casefold() in data.words("generic-label"):
        return ""
    return escape.shortened(text, TITLE).strip("\"'“”‘’`,;:")
