"""Links, anchors, hosts and suppressions of one parsed document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kwlint.model.document import Document
from kwlint.model.facts import Anchor, LinkFact
from kwlint.model.problem import Suppression
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from kwlint.flavours.base import Flavour

HOST = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)").match
_ORDER = expression(r"\s*kwlint-(disable-next-line|disable-line|disable|enable)\b([\w\s,]*)").match
_MDX_COMMENT = expression(r"\{/\*(\s*kwlint-[^*\n]*)\*/\s*\}")


def links(document: Document) -> tuple[LinkFact, ...]:
    """The document's links with their place, in the order of the text."""
    text, starts = document.text, document.line_starts
    facts = []
    images = _of_images(document)
    for link in document.links:
        line = bisect_right(starts, link.start)
        goes_on = line < len(starts) and link.end > starts[line]
        end_line = bisect_right(starts, link.end) if goes_on else line
        facts.append(
            LinkFact(
                link.kind, text[link.start : link.end], link.url, link.text, link.section, link.start, link.end,
                line, link.start - starts[line - 1] + 1, end_line, link.end - starts[end_line - 1] + 1,
                link.image or (link.kind == "definition" and link.label in images), link.element, link.label,
            )
        )  # fmt: skip
    return tuple(facts)


def _of_images(document: Document) -> frozenset[str]:
    """The labels that only images refer to."""
    used: dict[str, bool] = {}
    for link in document.links:
        if link.kind == "reference":
            used[link.label] = used.get(link.label, True) and link.image
    return frozenset(label for label, images in used.items() if images)


def anchors(document: Document, flavour: Flavour, meta: dict[str, object]) -> tuple[Anchor, ...]:
    """The fragments that the document offers under its flavour."""
    return flavour.anchors(document, meta)


# The reader's own machine, and the names that are kept for examples (RFC 2606 and 6761).
_OWN_HOST = expression(
    r"(?:.*\.)?localhost\Z|127\.[\d.]+\Z|0\.0\.0\.0\Z|\[|(?:.*\.)?example(?:\.(?:com|org|net))?\Z|.*\.(?:test|invalid)\Z"
).match


def hosts(document: Document) -> tuple[tuple[str, int], ...]:
    """The external hosts that the document links to, the most linked first. A definition counts where it is used."""
    counts: dict[str, int] = {}
    for link in document.links:
        if link.kind != "definition" and (match := HOST(link.url)) and not _OWN_HOST(host := match[1].lower()):
            counts[host] = counts.get(host, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


# --- suppressions -------------------------------------------------------------------------------------------------


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The lines for which comments in the document switch codes off.

    `<!-- kwlint-disable-next-line KW101 -->`, `<!-- kwlint-disable-line -->`, and `<!-- kwlint-disable KW1 -->` up to
    `<!-- kwlint-enable -->` or the end. No codes: all of them.
    """
    if "kwlint-" not in document.text:
        return ()
    open_since: dict[tuple[str, ...], int] = {}
    found: list[Suppression] = []
    for first, last, text in _orders(document):
        match = _ORDER(text)
        if not match:
            continue
        order, codes = match[1], tuple(re.findall(r"\w+", match[2]))
        if order == "disable-next-line":
            found.append(Suppression(last + 1, last + 1, codes))
        elif order == "disable-line":
            found.append(Suppression(first, last, codes))
        elif order == "disable":
            open_since.setdefault(codes, first)
        else:
            found += _closed(open_since, codes, last)
    end = len(document.line_starts)
    found += [Suppression(first, end, codes) for codes, first in open_since.items()]
    return tuple(sorted(found))


def _orders(document: Document) -> Iterator[tuple[int, int, str]]:
    """The comments that may hold an order: first line, last line, text."""
    starts = document.line_starts
    spans = [(c.start, c.end, c.text) for c in document.comments if "kwlint-" in c.text]
    if "{/*" in document.text:
        spans += [(m.start(), m.end(), m[1]) for m in _MDX_COMMENT.finditer(document.text)]
    for start, end, text in sorted(spans):
        yield bisect_right(starts, start), bisect_right(starts, max(start, end - 1)), text


def _closed(open_since: dict[tuple[str, ...], int], codes: tuple[str, ...], last: int) -> list[Suppression]:
    """The ranges that an `enable` ends: all, or those of its codes."""
    ended = []
    for disabled in list(open_since):
        left = tuple(code for code in disabled if codes and code not in codes)
        if disabled and left == disabled:
            continue
        first = open_since.pop(disabled)
        ended.append(Suppression(first, last, tuple(code for code in disabled if code not in left)))
        if left:
            open_since[left] = min(first, open_since.get(left, first))
    return ended
