"""What the search database holds of a document, and what a query gets back. All values are frozen."""

from __future__ import annotations

from typing import NamedTuple


class LinkRow(NamedTuple):
    """The text of a link to `fragment` of the document `target`; an empty fragment is its top."""

    target: str
    fragment: str
    text: str
    key: str


class SectionRow(NamedTuple):
    """A section as it is searched. `number` counts from 0 in its document; level 0 is the top of the file.

    `key` and `bare` are those of the heading (`search.words`). `entries` are the index entries whose main section it
    is, one on a line; `parts` holds the parts of identifiers, and stems of languages other than English.
    """

    number: int
    level: int
    line: int
    heading: str
    key: str
    bare: str
    title: str
    entries: str
    path: str
    body: str
    parts: str


class DocumentRows(NamedTuple):
    """All that the search database holds of one document. `state` tells its contents from earlier ones; `anchors` are
    pairs of a fragment and the number of its section."""

    path: str
    state: str
    title: str
    kind: str
    language: str
    sections: tuple[SectionRow, ...]
    anchors: tuple[tuple[str, int], ...]
    links: tuple[LinkRow, ...]


class FoundSection(NamedTuple):
    """A section that may answer a query. `relevance` is that of the full-text search, 0 where it has not found it."""

    id: int
    document: int
    file: str
    kind: str
    row: SectionRow
    relevance: float
    inbound: int


class FoundLink(NamedTuple):
    """Links with one text to one place: its document, the number of its section, and how many documents have them."""

    document: int
    number: int
    text: str
    key: str
    documents: int
