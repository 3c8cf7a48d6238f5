"""`kwlint find`: the sections that answer a query, the best first.

The full-text search and exact names propose sections, and `search.ranking` puts them in order. A word that no document
has stands for the words that begin with it, or else for those that are spelt like it.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from kwlint.search import ranking
from kwlint.search.ranking import Query, Term
from kwlint.search.spelling import max_distance, nearest
from kwlint.search.words import bare, content_words, foreign_forms, humps, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.search.database import SearchDatabase
    from kwlint.search.ranking import Features
    from kwlint.search.rows import FoundLink, FoundSection

LIMIT = 10
ANY_WORD = 80  # sections with any of the words that are ranked
ALL_WORDS = 40  # with all words in their heading, title, path or entries
LINKS = 60
NAMED = 30
LONGEST_QUERY = 24  # words
CONTEXT = 140  # characters of a line of context
FEW = 0.4  # share of the sections from which a word is too frequent to search for alone


class Hit(NamedTuple):
    """A section that answers a query: `why` names the reason, `context` is the line of it that fits best."""

    path: str
    line: int
    section: str
    title: str
    why: str
    score: float
    context: str


class Answer(NamedTuple):
    """The result of a search. `corrected` has words of the query with the words that were searched for instead."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Search(NamedTuple):
    """A query with the FTS5 expression of each of its words."""

    query: Query
    expressions: tuple[str, ...]
    corrected: tuple[tuple[str, tuple[str, ...]], ...]


class Candidates(NamedTuple):
    """The sections and links that a search found, with the features of the sections."""

    sections: list[FoundSection]
    links: list[FoundLink]
    features: list[Features]


def find(text: str, database: SearchDatabase, below: Sequence[str] = (), limit: int = LIMIT) -> Answer:
    """Return the sections that answer the query `text`, at most `limit`, of the documents at or below `below`."""
    search = prepare(text, database)
    found = candidates(search, database, below)
    scored = [(ranking.score(features), number) for number, features in enumerate(found.features)]
    scored.sort(key=lambda one: (-one[0], found.sections[one[1]].file, found.sections[one[1]].row.line))
    hits = []
    for points, number in scored[:limit]:
        section, features = found.sections[number], found.features[number]
        context = _context(search.query, section)
        row = section.row
        hits.append(Hit(section.file, row.line, row.heading or row.title, row.title,
                        _why(features), round(points, 3), context))  # fmt: skip
    best = [found.sections[number] for _, number in scored[:limit]]
    return Answer(tuple(hits), tuple((word, _spelled(instead, best)) for word, instead in search.corrected))


def _spelled(stems: tuple[str, ...], sections: Sequence[FoundSection]) -> tuple[str, ...]:
    """Return words as the sections spell them, for the terms of the full-text index that they have."""
    spelled = []
    for one in stems:
        texts = (f"{section.row.heading} {section.row.body}" for section in sections)
        found = (word for text in texts for word in words(text) if word.startswith(one))
        spelled.append(next(found, one))
    return tuple(dict.fromkeys(spelled))


def prepare(text: str, database: SearchDatabase) -> Search:
    """Return a query as it is searched for."""
    total = database.count()
    terms: list[Term] = []
    expressions: list[str] = []
    corrected: list[tuple[str, tuple[str, ...]]] = []
    languages = database.languages()
    identifiers = {bare(written): written for written in text.split()}
    for word in list(dict.fromkeys(content_words(text)))[:LONGEST_QUERY]:
        forms = [word, *foreign_forms(word, languages)]
        pieces = humps(identifiers.get(word, word))
        if len(pieces) > 1:
            forms.append(" ".join(pieces))
        expression = _any(map(_quoted, forms))
        frequency = database.frequency(expression) if database.full_text else 1
        if not frequency:
            expression, instead = _instead(word, database)
            frequency = database.frequency(expression)
            if instead:
                corrected.append((word, instead))
                terms += [Term(other, stem(other), 1.0) for other in instead[1:]]
                word = instead[0]
        expressions.append(expression)
        terms.append(Term(word, stem(word), log(1 + total / (frequency + 0.5))))
    return Search(Query(" ".join(words(text)), bare(text), tuple(terms)), tuple(expressions), tuple(corrected))


def _instead(word: str, database: SearchDatabase) -> tuple[str, tuple[str, ...]]:
    """Return the expression of a word that no document has: of words that begin with it, else of those spelt alike."""
    prefix = f"{_quoted(word)}*"
    if database.frequency(prefix):
        return prefix, ()
    term = database.stemmed(word)
    reach = max_distance(term)
    similar = nearest(term, database.vocabulary(len(term) - reach, len(term) + reach)) if reach else ()
    return (_any(map(_quoted, similar)), similar) if similar else (_quoted(word), ())


def candidates(search: Search, database: SearchDatabase, below: Sequence[str]) -> Candidates:
    """Return what may answer a search, with its features."""
    if not search.query.terms:
        return Candidates([], [], [])
    stems = [term.stem for term in search.query.terms]
    relevance: dict[int, float] = {}
    if database.full_text:
        relevance |= database.matches(_any(search.expressions), below, ANY_WORD)
        together = " AND ".join(search.expressions)
        for expression in (together, f"{{heading title entries path}} : ({together})"):
            relevance |= database.matches(expression, below, ALL_WORDS)
        links = database.links(_any(search.expressions), LINKS)
    else:
        relevance |= database.scan(stems, below, ANY_WORD)
        links = database.links_with(stems, LINKS)
    known = set(relevance)
    others = [*database.named(search.query.bare, below, NAMED), *_linked(links, database)]
    allowed = {one for one in others if one not in known}
    relevance |= dict.fromkeys(allowed, 0.0)
    sections = list(database.sections(relevance))
    if below and "" not in below:
        sections = [section for section in sections if _is_below(section.file, below)]
    return Candidates(sections, links, ranking.features(search.query, sections, links))


def _linked(links: Iterable[FoundLink], database: SearchDatabase) -> list[int]:
    places = dict.fromkeys((link.document, link.number) for link in links)
    found = (database.section_at(*place) for place in places)
    return [one for one in found if one is not None]


def _is_below(path: str, below: Sequence[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in below)


def _quoted(words: str) -> str:
    return f'"{words}"'


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


# --- what is said about a hit

REASONS = (
    ("heading_is_query", "heading"),
    ("title_is_query", "title"),
    ("entry_is_query", "index entry"),
    ("link_is_query", "links to it"),
    ("name_is_query", "path"),
    ("definition", "definition"),
    ("heading", "heading"),
    ("title_at_top", "title"),
    ("entry", "index entry"),
    ("link", "links to it"),
    ("phrase", "text"),
)
ENOUGH = 0.5  # of a feature, to be given as the reason


def _why(features: Features) -> str:
    return next((reason for name, reason in REASONS if getattr(features, name) >= ENOUGH), "text")


def _context(query: Query, section: FoundSection) -> str:
    """Return the line of a section that holds most of a query, cut to a part of it."""
    best = (0.0, 0, "")
    for number, line in enumerate(section.row.body.split("\n")):
        small = line.lower()
        if not small.strip() or small.lstrip().startswith("#"):
            continue
        points = sum(term.weight for term in query.terms if term.stem in small) + (query.text in small)
        best = max(best, (points, -number, line))
    return _cut(best[2], query)


def _cut(line: str, query: Query) -> str:
    """Return the part of a line around the first word of the query, of at most CONTEXT characters."""
    text = " ".join(line.split())
    if len(text) <= CONTEXT:
        return text
    found = [at for term in query.terms if (at := text.lower().find(term.stem)) >= 0]
    start = max(0, min(found, default=0) - CONTEXT // 3)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + CONTEXT)
    piece = text[start : end if end > start else start + CONTEXT]
    return f"{'… ' if start else ''}{piece}{' …' if start + len(piece) < len(text) else ''}"


# --- as text


def as_lines(answer: Answer) -> list[str]:
    """Return `path:line  section  (reason)` for each hit, with its line of context below."""
    lines = []
    for hit in answer.hits:
        lines.append(f"{hit.path}:{hit.line}  {hit.section}  ({hit.why})")
        if hit.context:
            lines.append(f"    {hit.context}")
    return lines


def as_json(answer: Answer) -> str:
    """Return the hits as a JSON array."""
    import json

    return json.dumps([hit._asdict() for hit in answer.hits], ensure_ascii=False, indent=2)
