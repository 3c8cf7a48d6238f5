"""Raw HTML: comments, and the tags that have ids or links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kwlint.text.lazy_regex import expression

# Attribute values may span lines. Each part can match in only one way, so that a failed attempt takes linear time.
_VALUE = r"""(?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'=<>`{]+(?![^\s"'=<>`{]))"""
_ATTRIBUTES = r"""(?:\s+[^\s"'<>/={}]+(?:\s*=\s*""" + _VALUE + r""")?|\s+\{[^{}]*\}|\s*/(?!>))*"""
_NODE = expression(
    r"<!--(?:>|->|(?P<comment>.*?)(?:-->|\Z))"
    r"|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<(?P<raw>script|style|textarea)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<element>[A-Za-z][A-Za-z0-9:.-]*)(?P<attributes>" + _ATTRIBUTES + r")\s*/?>"
    r"|</(?P<close>a)\s*>",
    re.S | re.I,
)
_ATTRIBUTE = expression(
    r"""\s([^\s"'<>/={}]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["']([^"'{}]*)["']\s*\}|([^\s"'=<>`{]+))"""
)
_SOURCES = expression(r"([^\s,](?:\S*[^\s,])?),*(?:\s+[^,]*(?:,|\Z)|\Z)")
_RELEVANT = expression(r"\b(?:id|name|href|to|src|srcset|poster|data)\s*=", re.I)

LINKING = {
    "a": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "track": ("src",),
    "object": ("data",),
    "area": ("href",),
}
COMPONENT = ("href", "to", "src")  # of an MDX component


class HtmlComment(NamedTuple):
    """`text` without delimiters; positions in the scanned text."""

    text: str
    start: int
    end: int


class Tag(NamedTuple):
    """An opening tag (`attributes`: lower-case name -> value as written and where it begins) or `</a>`."""

    element: str
    closing: bool
    start: int
    end: int
    attributes: dict[str, tuple[str, int]]


def scan(raw: str) -> Iterator[HtmlComment | Tag]:
    """Yield comments, tags with ids or links, and the ends of anchors, in order. Takes linear time."""
    for node in _NODE.finditer(raw):
        kind = node.lastgroup
        if kind == "attributes":
            attributes = node["attributes"]
            if _RELEVANT.search(attributes):
                yield Tag(node["element"], False, node.start(), node.end(), _read(attributes, node.start("attributes")))
        elif kind == "close":
            yield Tag("a", True, node.start(), node.end(), {})
        elif kind == "comment" or raw.startswith("<!--", node.start()):
            yield HtmlComment(node["comment"] or "", node.start(), node.end())


def sources(value: str) -> Iterator[tuple[str, int]]:
    """Yield the URLs of a `srcset` with their positions (HTML standard, "parse a srcset attribute")."""
    for candidate in _SOURCES.finditer(value):
        yield candidate[1], candidate.start(1)


def _read(attributes: str, base: int) -> dict[str, tuple[str, int]]:
    values: dict[str, tuple[str, int]] = {}
    for attribute in _ATTRIBUTE.finditer(attributes):
        group = attribute.lastindex or 2
        values.setdefault(attribute[1].lower(), (attribute[group], base + attribute.start(group)))
    return values
