"""Chooses a document's keywords: the best candidates, one for each thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kwlint.keywords import chunking, language, named_entities, occurrences
from kwlint.keywords.candidates import Candidate, candidates, most_frequent
from kwlint.keywords.chunking import Reader
from kwlint.keywords.groups import group_of
from kwlint.keywords.named_entities import Names
from kwlint.keywords.ranking import Scorer
from kwlint.keywords.tokens import lexicon
from kwlint.model.document import Document
from kwlint.model.facts import Keyword
from kwlint.model.keyword_groups import GROUPS
from kwlint.text.folding import term_key

if TYPE_CHECKING:
    from kwlint.config import KeywordSettings

FEWEST = 16  # keywords that a short document may have
WORDS_EACH = 40  # words of text for each further one
FORCED = 100.0  # score of what authors or settings name
MARGIN = -0.1
TITLE_NEAR = 0.7
TITLE_MARGIN = -0.9  # by how much a longer term may score less than a part of it that never stands alone
_BRACKETS = (" (", ")"), ("（", "）")
_QUOTES = ("「", "」"), ("『", "』"), ("«", "»"), ("„", "“”"), ("“", "”„")  # what closes a mark, in any language
_QUOTED = ("“„", "”"), ("「", "」"), ("『", "』"), ("«", "»")
LOOKED_AT = 400  # best candidates that are compared with each other


def keywords(document: Document, path: str, meta: dict[str, object], settings: KeywordSettings) -> tuple[Keyword, ...]:
    """The keywords of a document, best first. Never raises because of what the document holds.

    `meta` is the front matter as read; `Keyword.sections` are indexes into `document.sections`.
    """
    lex = lexicon(
        language.language_of(_beginning(document), path, meta, settings.language), frozenset(settings.stop_words)
    )
    reader = chunking.read(document, lex, str(meta.get("title") or ""))
    names = named_entities.names(document, meta)
    found = candidates(reader)
    named_entities.add(found, names, reader)
    scorer = Scorer(reader, lex, most_frequent(found), names.expansions.keys() | names.long_forms, names.samples)
    limit = min(settings.max_per_document, FEWEST + reader.read_words // WORDS_EACH)
    ranked = scorer.ranked(found)
    chosen = _choose(ranked, _spare(limit, settings), scorer.headings.title_key)
    return _entries(chosen, reader, names, settings, limit)


def _beginning(document: Document) -> str:
    """Enough of the document's text to tell its language."""
    parts: list[str] = []
    size = 0
    for block in document.blocks:
        parts.append(block.text)
        size += len(block.text)
        if size > language.SAMPLE:
            break
    return "\n".join(parts)


def _spare(limit: int, settings: KeywordSettings) -> int:
    """How many terms to choose, so that `limit` are left when the settings have taken theirs away."""
    return 3 * limit if settings.never or len(settings.groups) < len(GROUPS) else limit + 2


def _choose(ranked: list[tuple[float, Candidate]], most: int, title: str) -> list[tuple[str, float]]:
    """The best candidates without fragments: of a term and a part that never stands outside it, one is taken.

    `title` is the key of the document's title, which may stand beside its parts where it scores about as well."""
    chosen: list[tuple[str, float]] = []
    blocked: set[str] = set()
    compact: set[str] = set()
    longer = _by_word(ranked[:LOOKED_AT])
    whole = f" {title} " if any(candidate.key == title for _, candidate in ranked[:LOOKED_AT]) else ""
    for score, candidate in ranked:
        if len(chosen) == most:
            break
        key = candidate.key
        joined = key.replace(" ", "")
        if key in blocked or joined in compact:
            continue
        if candidate.joined and key != title and f" {key} " in whole:
            continue  # a cut through the title, which is an entry itself
        first, _, rest = key.partition(" ")
        if first in longer and candidate.code != "command":
            sought, size, count = f" {key} ", len(key) + 2, candidate.count
            holders = [
                (near, other.key)
                for near, other, text in longer[first]
                if len(text) > size and other.count >= count and (not rest or sought in text)
            ]
            free = (
                (near, TITLE_MARGIN if other == title else MARGIN) for near, other in holders if other not in blocked
            )
            if any(near >= score - margin for near, margin in free):
                continue
            blocked.update([other for near, other in holders if other != title or near < score - TITLE_NEAR])
        compact.add(joined)
        chosen.append((key, score))
    return chosen


def _by_word(ranked: list[tuple[float, Candidate]]) -> dict[str, list[tuple[float, Candidate, str]]]:
    """The terms of several words by each word that they hold, and their keys between spaces."""
    found: dict[str, list[tuple[float, Candidate, str]]] = {}
    for score, candidate in ranked:
        key = candidate.key
        if " " in key and candidate.code != "command":
            item = score, candidate, f" {key} "
            for word in set(key.split(" ")):
                if word in found:
                    found[word].append(item)
                else:
                    found[word] = [item]
    return found


def _entries(
    chosen: list[tuple[str, float]], reader: Reader, names: Names, settings: KeywordSettings, limit: int
) -> tuple[Keyword, ...]:
    """The chosen as keywords: the authors' own first, then `always`, then the rest, none that is in `never`."""
    own = {term_key(text): (text, section) for text, section in names.author_terms}
    forced = {term_key(text): (text, -1) for text in settings.always}
    keys = list(dict.fromkeys([*own, *forced, *(key for key, _ in chosen)]))
    found = occurrences.find(reader, keys)
    scores = dict(chosen)
    never = _patterns(settings.never)
    main = next((title.section for title in reader.titles if title.level == 1), 0)
    result: list[Keyword] = []
    known: set[str] = set()
    for rank, key in enumerate(keys):
        text, section = own.get(key) or forced.get(key) or ("", -1)
        if key in forced and key not in own and not found[key].sections:
            continue
        if len(result) >= limit and not text:
            break
        score = FORCED - rank / 100 if text else round(scores[key], 3)
        keyword = _entry(key, text, section, found[key], reader, names, main, score)
        if keyword is None or (never and never.match(keyword.text)) or keyword.group not in settings.groups:
            continue
        # The text has another key where what an open bracket begins was cut off.
        shown = key if keyword.text.count(" ") == key.count(" ") else term_key(keyword.text)
        if shown not in known:
            known.add(shown)
            result.append(keyword)
    return tuple(result)


def _entry(
    key: str, text: str, section: int, at: occurrences.Places, reader: Reader, names: Names, main: int, score: float
) -> Keyword | None:
    code = names.code.get(key)
    marked = reader.marked.get(key, ())
    spelling = (
        text
        or reader.options.get(key)
        or reader.written_out.get(key)
        or _whole(at.spelling())
        or (code.text if code else "")
    )
    if not spelling:
        return None
    if not text and reader.lexicon.language == "ko":
        from kwlint.keywords.segmentation import bare_korean

        spelling = bare_korean(spelling)
    sections = occurrences.sections(key, at, reader, main, names.aliases.get(key, ""))
    if section >= 0:
        sections = (section, *(other for other in sections if other != section))[: occurrences.MOST_SECTIONS]
    if not sections:
        sections = (code.section if code else main,)
    expansion = names.expansions.get(key, "")
    group = group_of(spelling, code.group if code else "", "code" in marked or code is not None, bool(expansion))
    return Keyword(spelling, group, sections, expansion if group == "acronym" else "", score)


def _whole(spelling: str) -> str:
    """A spelling without what an open bracket at its end begins: of "Events (SSE) for all", "Events" and not
    "Events (SSE"; nor with a quotation mark that nothing closes."""
    for opening, closing in _BRACKETS:
        head, bracket, tail = spelling.rpartition(opening)
        if bracket and closing not in tail:
            return head
    for opening, closing in _QUOTES:
        if opening in spelling and not any(mark in spelling for mark in closing):
            spelling = spelling.replace(opening, "")
    if spelling.count('"') % 2:
        return ""
    if any(closing in spelling and not any(mark in spelling for mark in opening) for opening, closing in _QUOTED):
        return ""  # it begins within a quotation
    return spelling


def _patterns(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for all patterns with `*` and `?`; letter case does not matter."""
    if not globs:
        return None
    parts = [re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".") for glob in globs]
    return re.compile("(?:" + "|".join(parts) + r")\Z", re.I | re.S)
