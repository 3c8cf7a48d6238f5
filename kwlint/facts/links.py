"""The links, anchors and external hosts of a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kwlint.model.document import Document
from kwlint.model.facts import Anchor, LinkFact
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from kwlint.flavours.base import Flavour

_COMMENT_LABELS = frozenset(("comment", "todo"))
HOST = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)").match


def links(document: Document) -> tuple[LinkFact, ...]:
    """Return the links of the document with their positions, in the order of the text."""
    text, starts = document.text, document.line_starts
    facts = []
    image_labels = _image_labels(document)
    comments = comment_definitions(document)
    for link in document.links:
        if link.kind == "definition" and link.label in comments:
            continue
        line = bisect_right(starts, link.start)
        spans_lines = line < len(starts) and link.end > starts[line]
        end_line = bisect_right(starts, link.end) if spans_lines else line
        facts.append(
            LinkFact(
                link.kind, text[link.start : link.end], link.url, link.text, link.section, link.start, link.end,
                line, link.start - starts[line - 1] + 1, end_line, link.end - starts[end_line - 1] + 1,
                link.image or (link.kind == "definition" and link.label in image_labels), link.element, link.label,
            )
        )  # fmt: skip
    return tuple(facts)


def comment_definitions(document: Document) -> frozenset[str]:
    """Return the labels of definitions that nothing refers to and that are comments: `[//]: # (text)`,
    `[comment]: <> (text)`."""
    labels = {link.label for link in document.links if link.kind == "definition"}
    comments = {label for label in labels if label.rstrip("s") in _COMMENT_LABELS or not any(map(str.isalnum, label))}
    return frozenset(comments - {link.label for link in document.links if link.kind == "reference"})


def _image_labels(document: Document) -> frozenset[str]:
    """Return the labels that only images refer to."""
    only_images: dict[str, bool] = {}
    for link in document.links:
        if link.kind == "reference":
            only_images[link.label] = only_images.get(link.label, True) and link.image
    return frozenset(label for label, images in only_images.items() if images)


def anchors(document: Document, flavour: Flavour, meta: dict[str, object]) -> tuple[Anchor, ...]:
    """Return the fragments that links to the document can use under its flavour."""
    return flavour.anchors(document, meta)


# The reader's own machine, and the names reserved for examples (RFC 2606 and RFC 6761).
_NOT_EXTERNAL = expression(
    r"(?:.*\.)?localhost\Z|127\.[\d.]+\Z|0\.0\.0\.0\Z|\[|(?:.*\.)?example(?:\.(?:com|org|net))?\Z|.*\.(?:test|invalid)\Z"
).match


def hosts(document: Document) -> tuple[tuple[str, int], ...]:
    """Return the external hosts with the number of links to each, most links first.

    A link definition counts once for each reference to it.
    """
    counts: dict[str, int] = {}
    for link in document.links:
        if link.kind != "definition" and (match := HOST(link.url)) and not _NOT_EXTERNAL(host := match[1].lower()):
            counts[host] = counts.get(host, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
