"""How well a section answers a query: a weighted sum of features. The functions are pure.

The weights are set by hand. `scripts/fit_search.py` compares them with weights fitted on the texts of links.
"""

from __future__ import annotations

from functools import cache
from math import log1p
from typing import TYPE_CHECKING, NamedTuple

from kwlint.search.indexing import path_name
from kwlint.search.words import bare, key
from kwlint.text import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.search.rows import FoundLink, FoundSection

NOTHING_COMMON = 0.0
DEFINITION_LENGTH = 300  # characters at the beginning of a section in which it may define a term
DEFINING = (" is ", " are ", " means ", ": ", " — ", " – ", " refers to ")


class Term(NamedTuple):
    """A word of a query: its stem, and how rare it is, as inverse document frequency."""

    word: str
    stem: str
    weight: float


class Query(NamedTuple):
    """The words of a query that name something, and the query without what is between its letters."""

    text: str
    bare: str
    terms: tuple[Term, ...]


class Features(NamedTuple):
    """What speaks for a section, each from about 0 to 1, and none where there is none."""

    relevance: float  # of the full-text search, compared with the best section
    document_relevance: float  # that of the document's best section
    document_spread: float  # of the relevance over sections of the document
    heading_is_query: float
    title_is_query: float  # at the top of the document
    title_is_query_inside: float  # in its other sections
    name_is_query: float  # the name that the path gives the document
    entry_is_query: float
    link_is_query: float  # the text of links to this place
    document_link_is_query: float  # the text of links into this document
    heading: float  # similarity of query and heading, from here on
    title_at_top: float
    title_inside: float
    name: float
    entry: float
    link: float
    document_link: float
    phrase: float  # the query stands in the section word for word
    coverage: float  # share of the query that the section's text and names hold
    heading_coverage: float  # share of the query that heading, title and path hold together
    definition: float
    top: float
    depth: float
    inbound: float
    changelog: float


@cache
def weights() -> Features:
    """Return the weights."""
    rows = dict(row.split() for row in tables.text_rows("search_weights.txt"))
    return Features(*(float(rows.get(name, 0)) for name in Features._fields))


def score(features: Features) -> float:
    """Return the weighted sum."""
    return sum(weight * value for weight, value in zip(weights(), features, strict=True))


def features(query: Query, sections: Sequence[FoundSection], links: Sequence[FoundLink]) -> list[Features]:
    """Return the features of sections that a query found, with the links that it found."""
    best = max((section.relevance for section in sections), default=0.0) or 1.0
    of_documents: dict[int, list[float]] = {}
    for section in sections:
        of_documents.setdefault(section.document, []).append(section.relevance / best)
    relevance = {document: sorted(values, reverse=True) for document, values in of_documents.items()}
    of_places: dict[tuple[int, int], list[FoundLink]] = {}
    of_targets: dict[int, list[FoundLink]] = {}
    for link in links:
        of_places.setdefault((link.document, link.number), []).append(link)
        of_targets.setdefault(link.document, []).append(link)
    return [
        _features(
            query,
            section,
            (section.relevance / best, relevance[section.document]),
            of_places.get((section.document, section.row.number), ()),
            of_targets.get(section.document, ()),
        )
        for section in sections
    ]


def _features(
    query: Query,
    section: FoundSection,
    relevance: tuple[float, list[float]],
    links: Iterable[FoundLink],
    document_links: Iterable[FoundLink],
) -> Features:
    row = section.row
    own, of_document = relevance
    is_top = row.number == 0 or (row.number == 1 and row.bare == bare(row.title))
    name = path_name(section.file)
    title_key, name_key = key(row.title), key(name)
    title = similarity(query, title_key)
    title_is_query = float(bare(row.title) == query.bare)
    entries = row.entries.split("\n") if row.entries else []
    body = row.body.lower()
    heads = f"{row.key} {title_key} {key(row.path)} {key(' '.join(entries))}"
    return Features(
        relevance=own,
        document_relevance=of_document[0],
        document_spread=sum(of_document[:4]) / 4,
        heading_is_query=float(row.bare == query.bare),
        title_is_query=title_is_query * is_top,
        title_is_query_inside=title_is_query * (not is_top),
        name_is_query=float(bare(name) == query.bare),
        entry_is_query=float(any(bare(entry) == query.bare for entry in entries)),
        link_is_query=_linked_as(query, links),
        document_link_is_query=_linked_as(query, document_links),
        heading=similarity(query, row.key),
        title_at_top=title * is_top,
        title_inside=title * (not is_top),
        name=similarity(query, name_key),
        entry=max((similarity(query, key(entry)) for entry in entries), default=0.0),
        link=_link_similarity(query, links),
        document_link=_link_similarity(query, document_links),
        phrase=float(query.text in body or query.text in row.heading.lower()),
        coverage=coverage(query, heads, body),
        heading_coverage=coverage(query, heads, ""),
        definition=_definition(query, body),
        top=float(is_top),
        depth=min(row.level, 5) / 5,
        inbound=min(log1p(section.inbound) / 4, 1.0),
        changelog=float(section.kind == "changelog"),
    )


def similarity(query: Query, field: str) -> float:
    """Return the overlap of a query with the key of a field: the harmonic mean of the share of the query, by weight,
    and the share of the field, by words."""
    stems = field.split()
    common = sum(term.weight for term in query.terms if term.stem in stems)
    if not common:
        return NOTHING_COMMON
    of_query = common / sum(term.weight for term in query.terms)
    wanted = {term.stem for term in query.terms}
    of_field = sum(stem in wanted for stem in stems) / len(stems)
    return 2 * of_query * of_field / (of_query + of_field)


def coverage(query: Query, heads: str, body: str) -> float:
    """Return the share of a query, by weight, whose stems are in the keys `heads` or begin a word of `body`."""
    stems = set(heads.split())
    common = sum(term.weight for term in query.terms if term.stem in stems or (body and term.stem in body))
    return common / (sum(term.weight for term in query.terms) or 1.0)


def _linked_as(query: Query, links: Iterable[FoundLink]) -> float:
    count = sum(link.documents for link in links if bare(link.text) == query.bare)
    return min(log1p(count) / 2, 1.0)


def _link_similarity(query: Query, links: Iterable[FoundLink]) -> float:
    return max((similarity(query, link.key) for link in links), default=0.0)


def _definition(query: Query, body: str) -> float:
    """Return whether a section begins by saying what the query is."""
    start = body[:DEFINITION_LENGTH]
    at = start.find(query.text)
    if at < 0:
        return 0.0
    after = start[at + len(query.text) :].lstrip("`*_\"'”)")
    return float(after.startswith(DEFINING))
