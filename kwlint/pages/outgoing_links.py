"""The links of a document, resolved by path arithmetic alone.

Own pages depend on their document and on nothing else. So nothing here looks at which files exist or what other
documents are called: a target that only a site generator can resolve has no path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kwlint.config import HOSTS
from kwlint.flavours.paths import folder_of, join, suffix_of
from kwlint.pages import data

if TYPE_CHECKING:
    from kwlint.model.facts import Facts, LinkFact

_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|\\\\").match
_TEMPLATE = re.compile(r"[{}<>$]|%[^0-9A-Fa-f]|%%|\A[~@]").search


ROUTE_SUFFIXES = ("", ".htm", ".html")  # of pages that a site generator makes


class OutgoingLink(NamedTuple):
    """A link to another file of the repository.

    `path` is the file's path from the repository's root, or empty where only the site generator can resolve it.
    `written` is the path as the document writes it. `is_document` tells by the suffix.
    """

    path: str
    written: str
    text: str
    section: int
    image: bool
    is_document: bool


def outgoing_links(path: str, facts: Facts) -> tuple[OutgoingLink, ...]:
    """Return the links of the document at `path` to other files, once per target, section and label."""
    links: dict[tuple[str, int, str], OutgoingLink] = {}
    for fact in facts.links:
        link = _outgoing(path, fact, on_host=facts.flavour in HOSTS)
        if link is not None and link.path != path:
            links.setdefault((link.path or link.written, link.section, link.text), link)
    return tuple(links.values())


def _outgoing(source: str, fact: LinkFact, *, on_host: bool) -> OutgoingLink | None:
    written = fact.url.partition("#")[0].partition("?")[0]
    is_label = fact.element in data.words("label-directive") or (fact.element == "ref" and not suffix_of(written))
    if not written or fact.kind in ("definition", "autolink") or _EXTERNAL(written) or is_label:
        return None
    path = _resolved(source, written, fact, on_host=on_host)
    is_document = path.lower().endswith(tuple(data.titles("syntax", "suffix")))
    return OutgoingLink(path, written, fact.text, fact.section, fact.image, is_document)


def _resolved(source: str, written: str, fact: LinkFact, *, on_host: bool) -> str:
    """Return the path of the target, or an empty string where path arithmetic cannot resolve it.

    On a git host every path is a path in the repository. On a site, only a relative path with a suffix is: without a
    suffix, or with `.html`, it is a route; from `/` on it starts at the site's root; in raw HTML it is relative to the
    page's URL.
    """
    is_route = written.startswith("/") or suffix_of(written) in ROUTE_SUFFIXES or fact.kind == "html"
    is_name = fact.kind == "wiki" or fact.element in data.words("site-path-directive")
    if is_name or (is_route and not on_host) or _TEMPLATE(written):
        return ""
    target, levels_above = join("" if written.startswith("/") else folder_of(source), _decoded(written))
    return "" if levels_above else target


def _decoded(written: str) -> str:
    if "%" not in written:
        return written
    from urllib.parse import unquote

    return unquote(written, errors="surrogateescape")
