"""Chooses the keywords of a document: the best candidates, one for each thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kwlint.keywords import chunking, language, named_entities, occurrences
from kwlint.keywords.candidates import Candidate, candidates, highest_count
from kwlint.keywords.chunking import ChunkedDocument
from kwlint.keywords.groups import group_of
from kwlint.keywords.named_entities import NamedEntities
from kwlint.keywords.ranking import Scorer
from kwlint.keywords.tokens import lexicon
from kwlint.model.document import Document
from kwlint.model.facts import Keyword
from kwlint.model.keyword_groups import GROUPS
from kwlint.text.folding import term_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.config import KeywordSettings

FEWEST = 16  # keywords that a short document may have
WORDS_EACH = 40  # words of text for each further keyword
FORCED = 100.0  # score of terms that authors or settings name
MARGIN = -0.1  # a longer term replaces its part if it scores higher by this much
TITLE_MARGIN = -0.9  # the same for the title of the document
TITLE_NEAR = 0.7  # the title is kept beside a part of it that scores at most this much higher
COMPARED = 400  # best candidates that are compared with each other
_BRACKETS = {"(": ")", "（": "）", "[": "]", "{": "}", "<": ">"}
_QUOTES = ('"', "「」", "『』", "«»", "„“”")
_HAS_BRACKET = re.compile(r"[][(){}<>（）\"「」『』«»„“”]").search

Ranked = list[tuple[float, Candidate]]
LongerTerms = dict[str, list[tuple[float, Candidate, str]]]


def keywords(document: Document, path: str, meta: dict[str, object], settings: KeywordSettings) -> tuple[Keyword, ...]:
    """Return the keywords of a document, best first. Does not raise, whatever the document contains.

    `meta` is the parsed front matter; `Keyword.sections` are indexes into `document.sections`.
    """
    name = language.language_of(language.beginning(document), path, meta, settings.language)
    lex = lexicon(name, frozenset(settings.stop_words))
    chunks = chunking.read(document, lex, str(meta.get("title") or ""))
    entities = named_entities.names(document, meta)
    pool = candidates(chunks)
    named_entities.add(pool, entities, chunks)
    defined = entities.expansions.keys() | entities.long_forms
    scorer = Scorer(chunks, lex, highest_count(pool), defined, entities.samples)
    limit = min(settings.max_per_document, FEWEST + chunks.word_count // WORDS_EACH)
    # Some are chosen in reserve, as settings may remove others.
    most = 3 * limit if settings.never or len(settings.groups) < len(GROUPS) else limit + 2
    chosen = _choose(scorer.ranked(pool), most, scorer.headings.title_key)
    return KeywordBuilder(chunks, entities, settings).keywords(chosen, limit)


def _choose(ranked: Ranked, most: int, title: str) -> list[tuple[str, float]]:
    """Return the best candidates without fragments: of a term and a part that only occurs in it, one is chosen.

    `title` is the key of the document's title, which is kept beside its parts if it scores about as high.
    """
    chosen: list[tuple[str, float]] = []
    blocked: set[str] = set()
    compact: set[str] = set()
    longer = _longer_terms(ranked[:COMPARED])
    has_title = any(candidate.key == title for _, candidate in ranked[:COMPARED])
    for score, candidate in ranked:
        if len(chosen) == most:
            break
        key = candidate.key
        joined = key.replace(" ", "")
        if key in blocked or joined in compact:
            continue
        if has_title and candidate.joined and key != title and f" {key} " in f" {title} ":
            continue  # a cut through the title, which is an entry itself
        containing = _containing(candidate, longer)
        free = (
            (near, TITLE_MARGIN if other == title else MARGIN) for near, other in containing if other not in blocked
        )
        if any(near >= score - margin for near, margin in free):
            continue
        blocked.update([other for near, other in containing if other != title or near < score - TITLE_NEAR])
        compact.add(joined)
        chosen.append((key, score))
    return chosen


def _longer_terms(ranked: Ranked) -> LongerTerms:
    """Return the terms of several words, with their scores and their keys between spaces, by each of their words."""
    terms: LongerTerms = {}
    for score, candidate in ranked:
        key = candidate.key
        if " " in key and candidate.source != "command":
            item = score, candidate, f" {key} "
            for word in set(key.split(" ")):
                terms.setdefault(word, []).append(item)
    return terms


def _containing(candidate: Candidate, longer: LongerTerms) -> list[tuple[float, str]]:
    """Return the score and the key of the terms that contain a candidate and occur at least as often."""
    key = candidate.key
    first, _, rest = key.partition(" ")
    if first not in longer or candidate.source == "command":
        return []
    padded = f" {key} "
    return [
        (score, other.key)
        for score, other, text in longer[first]
        if len(text) > len(padded) and other.count >= candidate.count and (not rest or padded in text)
    ]


class GivenTerm(NamedTuple):
    """A term that authors or settings name, as written, with its section or -1."""

    text: str
    section: int


class KeywordBuilder:
    """Makes keywords of the chosen keys of one document."""

    def __init__(self, chunks: ChunkedDocument, entities: NamedEntities, settings: KeywordSettings) -> None:
        self.chunks = chunks
        self.entities = entities
        self.settings = settings
        self.never = _one_pattern(settings.never)
        self.title_section = next((heading.section for heading in chunks.headings if heading.level == 1), 0)
        self.authors = {term_key(text): GivenTerm(text, section) for text, section in entities.author_terms}
        self.always = {term_key(text): GivenTerm(text, -1) for text in settings.always}

    def keywords(self, chosen: list[tuple[str, float]], limit: int) -> tuple[Keyword, ...]:
        """Return authors' terms, then `always`, then the chosen terms, without those in `never` or hidden groups."""
        result: dict[str, Keyword] = {}
        for key, keyword, is_given in self._in_order(dict(chosen)):
            if len(result) >= limit and not is_given:
                break
            if (self.never and self.never.match(keyword.text)) or keyword.group not in self.settings.groups:
                continue
            # The key is another one if a bracket was cut off.
            own_key = key if keyword.text.count(" ") == key.count(" ") else term_key(keyword.text)
            result.setdefault(own_key, keyword)
        return tuple(result.values())

    def _in_order(self, scores: dict[str, float]) -> Iterator[tuple[str, Keyword, bool]]:
        """Yield the key and the keyword of each term, and whether authors or settings name it."""
        keys = list(dict.fromkeys([*self.authors, *self.always, *scores]))
        matches = occurrences.find(self.chunks, keys)
        for rank, key in enumerate(keys):
            given = self.authors.get(key) or self.always.get(key)
            if key in self.always and key not in self.authors and not matches[key].sections:
                continue
            score = FORCED - rank / 100 if given else round(scores[key], 3)
            keyword = self._keyword(key, given, matches[key], score)
            if keyword:
                yield key, keyword, given is not None

    def _keyword(
        self, key: str, given: GivenTerm | None, matches: occurrences.Occurrences, score: float
    ) -> Keyword | None:
        code = self.entities.code.get(key)
        spelling = given.text if given else self._spelling(key, matches)
        if not spelling:
            return None
        alias = self.entities.aliases.get(key, "")
        for section, count in self.chunks.emphasis.span_sections.get(key, {}).items():
            matches.sections[section] = max(count, matches.sections.get(section, 0))
        sections = occurrences.sections(key, matches, self.chunks, self.title_section, alias)
        if given and given.section >= 0:
            others = [section for section in sections if section != given.section]
            sections = (given.section, *others)[: occurrences.MOST_SECTIONS]
        if not sections:
            sections = (code.section if code else self.title_section,)
        expansion = self.entities.expansions.get(key, "")
        is_code = code is not None or "code" in self.chunks.emphasis.counts.get(key, ())
        group = group_of(spelling, code.group if code else "", is_code, bool(expansion))
        return Keyword(spelling, group, sections, expansion if group == "acronym" else "", score)

    def _spelling(self, key: str, matches: occurrences.Occurrences) -> str:
        """Return how the document writes a term."""
        code = self.entities.code.get(key)
        spelling = (
            self.chunks.options.get(key)
            or self.chunks.headings_as_written.get(key)
            or _balanced(self.chunks.emphasis.spelling(key, sum(matches.sections.values())))
            or _balanced(matches.spelling())
            or (code.text if code else "")
        )
        if self.chunks.lexicon.language != "ko":
            return spelling
        from kwlint.keywords.segmentation import stem

        return stem(spelling, "ko")


def _balanced(spelling: str) -> str:
    """Return a spelling without closing brackets that nothing opens, up to the first bracket that nothing closes.

    `Events` of `Events (SSE`, `kiln_lid removal` of `kiln_lid] removal`. A spelling with half a pair of quotation marks
    gives an empty string.
    """
    if not _HAS_BRACKET(spelling):
        return spelling
    opened: list[int] = []
    closing: set[int] = set()
    for at, character in enumerate(spelling):
        if character in _BRACKETS:
            opened.append(at)
        elif character in _BRACKETS.values():
            if opened and _BRACKETS[spelling[opened[-1]]] == character:
                opened.pop()
            elif character != ">" or spelling[at - 1 : at] not in ("-", "="):  # `->` is no bracket
                closing.add(at)
    end = opened[0] if opened else len(spelling)
    head = "".join(char for at, char in enumerate(spelling[:end]) if at not in closing).strip()
    marks = _QUOTES[:1] if head.isascii() else _QUOTES
    return "" if True in [sum(map(head.count, pair)) % 2 == 1 for pair in marks] else head


def _one_pattern(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one case-insensitive pattern for all globs, in which `*` and `?` are special."""
    if not globs:
        return None
    parts = [re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".") for glob in globs]
    return re.compile("(?:" + "|".join(parts) + r")\Z", re.I | re.S)
