"""Candidates: every term that a document's chunks, headings and marks offer, with what is counted of it."""

from __future__ import annotations

from . import tables
from .reading import Chunk, Reader, bit_of

LONGEST = 5  # words of a term inside a chunk
LONGEST_TITLE = 7
LONGEST_SIDE = 3  # words on either side of a connector


class Candidate:
    """A term: `count` occurrences, `whole` of them a whole chunk, `first` its first word's place, `longer` the count of
    the most frequent longer term that holds it, `sides` how many connectors it has inside."""

    __slots__ = ("code", "count", "first", "joined", "key", "longer", "places", "whole")

    def __init__(
        self, key: str, count: int, whole: int, first: int, places: int, joined: bool = False, code: str = ""
    ) -> None:
        self.key = key
        self.code = code
        self.count = count
        self.whole = whole
        self.first = first
        self.longer = 0
        self.places = places
        self.joined = joined


def candidates(reader: Reader) -> dict[str, Candidate]:
    """The candidates by key."""
    found: dict[str, Candidate] = {}
    for chunk, (count, first, places) in reader.chunks.items():
        if len(chunk) == 1:
            _count(found, chunk[0], count, count, first, places)
        else:
            _parts(found, chunk, count, first, places)
        for word in chunk:
            if " " in word:
                for part in word.split(" "):
                    _count(found, part, count, 0, first, places)
    _bridges(found, reader)
    _titles(found, reader)
    return _plausible(found, reader)


def _count(found: dict[str, Candidate], key: str, count: int, whole: int, first: int, places: int) -> Candidate:
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = Candidate(key, count, whole, first, places)
    else:
        candidate.count += count
        candidate.places |= places
        candidate.whole += whole
        if first < candidate.first:
            candidate.first = first
    return candidate


def _parts(found: dict[str, Candidate], chunk: Chunk, count: int, first: int, places: int) -> None:
    """Counts each run of words in the chunk."""
    size = len(chunk)
    for start in range(size):
        key = ""
        for end in range(start + 1, min(size, start + LONGEST) + 1):
            key = f"{key} {chunk[end - 1]}" if key else chunk[start]
            whole = count if end - start == size else 0
            candidate = found.get(key)
            if candidate is None:
                found[key] = Candidate(key, count, whole, first + start, places)
            else:
                candidate.count += count
                candidate.whole += whole
                candidate.places |= places
                if first + start < candidate.first:
                    candidate.first = first + start


def _bridges(found: dict[str, Candidate], reader: Reader) -> None:
    """Terms with a connector inside, such as `plug and play`, where there is a sign that they are one."""
    titles = " | ".join(title.key for title in reader.titles)
    titles = f" {titles} "
    totals: dict[str, list[int]] = {}
    for (left, connector, right), (count, first, places) in reader.bridges.items():
        for a in {left[-n:] for n in range(1, LONGEST_SIDE + 1)} if len(left) > 1 else (left,):
            for b in {right[:n] for n in range(1, LONGEST_SIDE + 1)} if len(right) > 1 else (right,):
                if len(a) + len(b) > 4:
                    continue
                key = f"{' '.join(a)} {connector} {' '.join(b)}"
                whole = count if a == left and b == right else 0
                at = first + len(left) - len(a)
                seen = totals.setdefault(key, [0, 0, at, 0])
                seen[0] += count
                seen[1] += whole
                seen[2] = min(seen[2], at)
                seen[3] |= places
    for key, (count, whole, first, places) in totals.items():
        if key not in found and (count >= 2 or key in reader.marked or (whole and f" {key} " in titles)):
            found[key] = Candidate(key, count, whole, first, places, joined=True)


def _titles(found: dict[str, Candidate], reader: Reader) -> None:
    """Whole headings, which may hold function words and punctuation."""
    for title in reader.titles:
        key = _name_of(title.key)
        if title.size <= LONGEST_TITLE and title.chunks and key and key not in found:
            found[key] = Candidate(key, 1, 1, title.first, bit_of(title.section), joined=True)
    for key, counts in reader.marked.items():
        candidate = found.get(key)
        if candidate is None:
            found[key] = Candidate(key, sum(counts.values()), 1, reader.read_words, 0, joined=True)
        else:
            candidate.whole = min(candidate.count, candidate.whole + max(counts.values()))


def _name_of(title: str) -> str:
    """The key of a heading as a term: without its article; nothing if it begins with another function word."""
    bounds = tables.english().bounds
    first, _, rest = title.partition(" ")
    while rest and bounds.get(first) == "determiner":
        first, _, rest = rest.partition(" ")
    name = f"{first} {rest}" if rest else first
    return name if bounds.get(first, "verb") in ("verb", "maybe", "soft", "light") else ""


def _plausible(found: dict[str, Candidate], reader: Reader) -> dict[str, Candidate]:
    """Leaves out what only ever occurs inside a longer term, and notes for the others how often they do."""
    for candidate in found.values():
        key = candidate.key
        if " " in key:
            words = key.split(" ")
            count = candidate.count
            for part in _ends(words) if candidate.joined else (" ".join(words[:-1]), " ".join(words[1:])):
                inner = found.get(part)
                if inner is not None and inner.longer < count:
                    inner.longer = count
    titled = {part for title in reader.titles for chunk in title.chunks for part in _runs(chunk)}
    return {
        key: candidate
        for key, candidate in found.items()
        if candidate.whole or candidate.count > candidate.longer or candidate.joined or key in titled
    }


def _ends(words: list[str]) -> list[str]:
    """All beginnings and endings of a term with a function word inside."""
    return [part for at in range(1, len(words)) for part in (" ".join(words[:at]), " ".join(words[at:]))]


def _runs(chunk: Chunk) -> list[str]:
    """All runs of words in a chunk."""
    size = len(chunk)
    return [" ".join(chunk[a:b]) for a in range(size) for b in range(a + 1, min(size, a + LONGEST) + 1)]


def most_frequent(found: dict[str, Candidate]) -> int:
    """How often the most frequent candidate occurs."""
    return max((candidate.count for candidate in found.values()), default=1)
