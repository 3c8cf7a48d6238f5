"""Where the chosen keywords stand: their sections, the main one first, and how the document writes them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress, count
from typing import NamedTuple

from kwlint.keywords.chunking import Passage, Reader
from kwlint.keywords.tokens import BACK, BOUND

MOST_SECTIONS = 5
STRESSED = 1.0
TITLE_BEHIND = 1100  # by how much the document's title, which stands for all of it, comes behind its headings
NAMING = 20  # what a spelling in a heading counts; one in prose counts 2
ASIDE = 4  # times that a term has to occur in an aside to count as once elsewhere


class Places:
    """Occurrences of one keyword: how often in each section, and how often in each spelling."""

    def __init__(self) -> None:
        self.sections: dict[int, int] = {}
        self.spellings: dict[str, int] = {}

    def spelling(self) -> str:
        """The most frequent spelling; of equals the one in lower case, then the first."""
        if len(self.spellings) < 2:
            return next(iter(self.spellings), "")
        best = max(self.spellings.values())
        equal = [spelling for spelling, count in self.spellings.items() if count == best]
        return next((spelling for spelling in equal if spelling.islower()), equal[0])


class Sought(NamedTuple):
    """A keyword that begins with word `offset` of an item's key; all but the key of a compound word are one word.
    `second` is its second word, empty where it has one."""

    offset: int
    words: tuple[str, ...]
    second: str
    places: Places


def find(reader: Reader, keys: Iterable[str]) -> dict[str, Places]:
    """The places of each key."""
    found = {key: Places() for key in keys}
    starts: dict[str, list[Sought]] = {}
    for key, places in found.items():
        words = tuple(key.split(" "))
        starts.setdefault(words[0], []).append(Sought(0, words, words[1] if len(words) > 1 else "", places))
    compounds = {key for key in reader.distinct if " " in key}
    for compound in compounds:
        inside = [
            sought._replace(offset=offset)
            for offset, part in enumerate(compound.split(" "))
            for sought in starts.get(part, ())
        ]
        if inside:
            starts[compound] = inside
    starts.pop("", None)
    hits = list(compress(count(), map(starts.__contains__, reader.keys)))
    written = reader.written()
    at = 0
    for passage in reader.passages:
        first, at = at, bisect_left(hits, passage.end, at)
        if first < at:
            _find_in(reader, passage, hits[first:at], starts, compounds, written)
    return found


def _find_in(
    reader: Reader,
    passage: Passage,
    hits: list[int],
    starts: dict[str, list[Sought]],
    compounds: set[str],
    written: list[str],
) -> None:
    """Counts what begins at `hits`, items of one passage."""
    keys, section = reader.keys, passage.section
    # English headings have capitals that prose has not; in languages that inflect, they name a thing as it is called.
    weight = 2 if not passage.level else 1 if reader.lexicon.english else NAMING
    bounded = passage.level > 0 and BOUND in reader.kinds[passage.start : passage.end]
    for at in hits:
        start = keys[at]
        slow = bounded or start in compounds
        for offset, words, second, places in starts[start]:
            end, whole = at + 1, True
            if second and not slow:
                if keys[end] == second:
                    end = at + len(words)
                    if end > at + 2 and keys[at:end] != words:
                        end = 0
                elif keys[end] not in compounds:
                    continue
                else:
                    end = 0
            if slow or not end:
                end, whole = _reach(keys, at, offset, words, passage)
                if not end:
                    continue
            counts = places.sections
            counts[section] = counts.get(section, 0) + 1
            spellings = places.spellings
            if whole:
                spelling = written[at] if end == at + 1 else " ".join(written[at:end])
                if BACK in spelling:
                    spelling = spelling.replace(" " + BACK, "").lstrip(BACK)
                if spelling.endswith(("'s", "’s")):
                    spelling = spelling[:-2]
                spellings[spelling] = spellings.get(spelling, 0) + weight
            elif not spellings:
                spellings[" ".join(words)] = 1


def _reach(keys: tuple[str, ...], at: int, offset: int, words: tuple[str, ...], passage: Passage) -> tuple[int, bool]:
    """The end of the items that hold `words`, which begin at word `offset` of item `at`, or 0, and whether they are
    whole items. In a heading the words may go on behind a bound."""
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


def sections(key: str, places: Places, reader: Reader, main_title: int, alias: str = "") -> tuple[int, ...]:
    """The sections that cover `key`, the main one first: the heading that is it, then one that holds it, then where it
    occurs most. A section that only mentions it in passing is left out. `alias` is the key of its acronym or
    long form."""
    counts: dict[int, float] = dict(places.sections)
    if len(counts) < 2:
        return tuple(counts)
    sought, alias_sought = f" {key} ", f" {alias} "
    rank: dict[int, float] = {}
    if alias or sought in reader.all_titles:
        for title in reader.titles:
            if title.section in counts and sought in title.text:
                exact = len(key) / len(title.key)
                # A term that is the title comes first there, before headings that hold it with more.
                away = (TITLE_BEHIND - 100 * (exact == 1)) if title.section == main_title else 0
                rank[title.section] = 1000 + 1000 * (exact == 1) + 100 * exact - away
            if title.section != main_title and alias and title.section not in rank and alias_sought in title.text:
                rank[title.section] = 500 + 100 * len(alias) / len(title.key)
    if not reader.asides.isdisjoint(counts) and not reader.asides.issuperset(counts):
        counts = {section: count / ASIDE if section in reader.asides else count for section, count in counts.items()}
    most = max(counts.values())
    if key in reader.stressed:
        rank[reader.stressed[key]] = rank.get(reader.stressed[key], 0.0) + STRESSED * most
    enough = 1 if most <= 1 and len(counts) <= 2 else max(2, most // 3)
    known = rank.get
    scored = [
        (-known(section, 0.0) - count, section)
        for section, count in counts.items()
        if count >= enough or section in rank
    ]  # fmt: skip
    if not scored:
        scored = [(0.0, section) for section, count in counts.items() if count == most]
    scored.sort()
    chosen = [section for _, section in scored]
    if main_title in rank and main_title in chosen[2:]:  # a term of the title is at least covered there next
        chosen.remove(main_title)
        chosen.insert(1, main_title)
    return tuple(chosen[:MOST_SECTIONS])
