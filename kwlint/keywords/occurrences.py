"""Finds the chosen keywords in the document: their sections, the main one first, and how the document writes them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress, count
from typing import NamedTuple

from kwlint.keywords.chunking import ChunkedDocument, Passage
from kwlint.keywords.tokens import BACK, BOUND

MOST_SECTIONS = 5
STRESSED = 1.0  # what bold or italic adds to the rank of a section, times the highest count of a section
TITLE_BEHIND = 1100  # how far the title, which stands for the whole document, ranks behind other headings
ASIDE = 4  # occurrences in an aside, such as a recap, that count as one elsewhere
TEXT_WEIGHT, HEADING_WEIGHT = 2, 1  # of a spelling
INFLECTED_HEADING_WEIGHT = 20  # of a spelling in a heading, in languages that inflect


class Occurrences:
    """The occurrences of one keyword: a count by section, and a weight by spelling."""

    def __init__(self) -> None:
        self.sections: dict[int, int] = {}
        self.spellings: dict[str, int] = {}

    def spelling(self) -> str:
        """Return the spelling with most weight; of equals the one in lower case, then the first."""
        if len(self.spellings) < 2:
            return next(iter(self.spellings), "")
        best = max(self.spellings.values())
        equal = [spelling for spelling, weight in self.spellings.items() if weight == best]
        return next((spelling for spelling in equal if spelling.islower()), equal[0])


class KeyStart(NamedTuple):
    """A keyword whose first word is word `offset` of an item's key; only keys of compound words have several words.

    `second` is the second word of the keyword, or empty.
    """

    offset: int
    words: tuple[str, ...]
    second: str
    occurrences: Occurrences


def find(chunks: ChunkedDocument, keys: Iterable[str]) -> dict[str, Occurrences]:
    """Return the occurrences of each key."""
    result = {key: Occurrences() for key in keys}
    starts: dict[str, list[KeyStart]] = {}
    for key, occurrences in result.items():
        words = tuple(key.split(" "))
        starts.setdefault(words[0], []).append(KeyStart(0, words, words[1] if len(words) > 1 else "", occurrences))
    compounds = {key for key in chunks.distinct_keys if " " in key}
    for compound in compounds:
        inside = [
            start._replace(offset=offset)
            for offset, part in enumerate(compound.split(" "))
            for start in starts.get(part, ())
        ]
        if inside:
            starts[compound] = inside
    starts.pop("", None)
    hits = list(compress(count(), map(starts.__contains__, chunks.keys)))
    written = chunks.written()
    at = 0
    for passage in chunks.passages:
        first, at = at, bisect_left(hits, passage.end, at)
        if first < at:
            _find_in(chunks, passage, hits[first:at], starts, compounds, written)
    return result


def _find_in(
    chunks: ChunkedDocument,
    passage: Passage,
    hits: list[int],
    starts: dict[str, list[KeyStart]],
    compounds: set[str],
    written: list[str],
) -> None:
    """Count what begins at `hits`, items of one passage."""
    keys, section = chunks.keys, passage.section
    weight = _spelling_weight(passage, chunks.lexicon.english)
    has_bound = passage.level > 0 and BOUND in chunks.classes[passage.start : passage.end]
    for at in hits:
        start = keys[at]
        needs_reach = has_bound or start in compounds
        for offset, words, second, occurrences in starts[start]:
            end, is_whole = at + 1, True
            if second and not needs_reach:
                if keys[end] == second:
                    end = at + len(words)
                    if end > at + 2 and keys[at:end] != words:
                        end = 0
                elif keys[end] not in compounds:
                    continue
                else:
                    end = 0
            if needs_reach or not end:
                end, is_whole = _reach(keys, at, offset, words, passage)
                if not end:
                    continue
            occurrences.sections[section] = occurrences.sections.get(section, 0) + 1
            if is_whole:
                spelling = _spelled(written[at] if end == at + 1 else " ".join(written[at:end]))
                occurrences.spellings[spelling] = occurrences.spellings.get(spelling, 0) + weight
            elif not occurrences.spellings:
                occurrences.spellings[" ".join(words)] = 1


def _spelling_weight(passage: Passage, english: bool) -> int:
    """Return the weight of a spelling in a passage.

    English headings have capitals that the text does not; in languages that inflect, a heading has the basic form.
    """
    if not passage.level:
        return TEXT_WEIGHT
    return HEADING_WEIGHT if english else INFLECTED_HEADING_WEIGHT


def _spelled(spelling: str) -> str:
    """Return items with spaces between them as the document writes them, without a possessive ending."""
    if BACK in spelling:
        spelling = spelling.replace(" " + BACK, "").lstrip(BACK)
    if "\0" in spelling:
        spelling = " ".join(spelling.replace("\0", " ").split())
    return spelling[:-2] if spelling.endswith(("'s", "’s")) else spelling


def _reach(keys: tuple[str, ...], at: int, offset: int, words: tuple[str, ...], passage: Passage) -> tuple[int, bool]:
    """Return the end of the items that contain `words`, or 0, and whether the words are whole items.

    The words begin at word `offset` of item `at`. In a heading they may continue behind a bound.
    """
    parts = keys[at].split(" ")[offset:]
    while True:
        size = min(len(parts), len(words))
        if tuple(parts[:size]) != words[:size]:
            return 0, False
        at += 1
        words = words[size:]
        if not words:
            return at, offset == 0 and size == len(parts)
        while passage.level and at < passage.end and not keys[at]:
            at += 1
        if at >= passage.end:
            return 0, False
        parts = keys[at].split(" ")


def sections(
    key: str, occurrences: Occurrences, chunks: ChunkedDocument, title_section: int, alias: str = ""
) -> tuple[int, ...]:
    """Return the sections that cover a keyword, the main one first.

    The heading that is the keyword comes first, then one that contains it, then the section with most occurrences; a
    section that mentions it in passing is left out. `alias` is the key of its acronym or long form.
    """
    counts: dict[int, float] = {
        section: count / ASIDE if section in chunks.asides else count for section, count in occurrences.sections.items()
    }
    if len(counts) < 2:
        return tuple(counts)
    rank = _heading_ranks(key, counts, chunks, title_section, alias)
    most = max(counts.values())
    if key in chunks.emphasis.stressed:
        section = chunks.emphasis.stressed[key]
        rank[section] = rank.get(section, 0.0) + STRESSED * most
    enough = 1 if most <= 1 and len(counts) <= 2 else max(2, most // 3)
    covering = [section for section, count in counts.items() if count >= enough or section in rank]
    covering = covering or [section for section, count in counts.items() if count == most]
    covering.sort(key=lambda section: (-rank.get(section, 0.0) - counts.get(section, 0), section))
    if title_section in rank and title_section in covering[2:]:  # a term of the title is covered there at least next
        covering.remove(title_section)
        covering.insert(1, title_section)
    return tuple(covering[:MOST_SECTIONS])


def _heading_ranks(
    key: str, counts: dict[int, float], chunks: ChunkedDocument, title_section: int, alias: str
) -> dict[int, float]:
    """Return the rank of the sections whose headings contain a keyword, or its alias."""
    rank: dict[int, float] = {}
    if not alias and f" {key} " not in chunks.heading_text:
        return rank
    for heading in chunks.headings:
        section = heading.section
        if section in counts and f" {key} " in heading.text:
            share = len(key) / len(heading.key)
            # A term that is the title comes first there, before headings that contain more than the term.
            behind = (TITLE_BEHIND - 100 * (share == 1)) if section == title_section else 0
            rank[section] = 1000 + 1000 * (share == 1) + 100 * share - behind
        if section != title_section and alias and section not in rank and f" {alias} " in heading.text:
            rank[section] = 500 + 100 * len(alias) / len(heading.key)
    return rank
