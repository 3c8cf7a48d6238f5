"""Candidates: every term that a document's chunks, headings and marks offer, with what is counted of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain

from kwlint.keywords import word_tables
from kwlint.keywords.chunking import Chunk, Reader, bit_of
from kwlint.text.folding import singular

LONGEST = 5  # words of a term inside a chunk
LONGEST_TITLE = 7
LONGEST_SIDE = 3  # words on either side of a connector
ALONE = 2  # times as often as together
_PAIR = re.compile(" (?:and|or|of|in|on|for|with|to|from|at|by|per|as)(?: the)? ")
CONSTRUCTS = frozenset(("loop", "statement", "clause", "operator", "keyword", "expression", "block", "branch"))


class Candidate:
    """A term: `count` occurrences, `whole` of them a whole chunk, `first` its first word's place, `longer` the count of
    the most frequent longer term that holds it, `titled` whether a heading's chunk holds it."""

    __slots__ = ("code", "count", "first", "joined", "key", "longer", "places", "titled", "whole")

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
        self.titled = False


def candidates(reader: Reader) -> dict[str, Candidate]:
    """The candidates by key."""
    found: dict[str, Candidate] = {}
    titled = {chunk for title in reader.titles for chunk in title.chunks}
    elsewhere = _words_elsewhere(reader)
    verbs = imperatives() if reader.lexicon.english else frozenset()
    pure = pure_verbs() if reader.lexicon.english else frozenset()
    names = {title.key for title in reader.titles}
    for chunk, (count, first, places) in reader.chunks.items():
        in_title = chunk in titled
        if in_title and count == 1 and chunk[0] in pure and len(chunk) > 1 and " ".join(chunk) not in names:
            chunk, first = chunk[1:], first + 1  # `Extend widgets with gears`: `extend widgets` is no term
        if len(chunk) == 1:
            _count(found, chunk[0], count, count, first, places).titled |= in_title
        elif in_title or len(chunk) > LONGEST or any(" " in word for word in chunk):
            told = in_title and chunk[0] in verbs  # `Use widget chains`: `use widget` is no term
            for start, end in _runs(len(chunk)):
                if told and not start and end < len(chunk):
                    continue
                whole = count if end - start == len(chunk) else 0
                _count(found, " ".join(chunk[start:end]), count, whole, first + start, places).titled |= in_title
        else:
            _parts(found, chunk, count, first, places, elsewhere)
        for word in chunk:
            if " " in word:
                for part in word.split(" "):
                    _count(found, part, count, 0, first, places)
    _bridges(found, reader)
    _titles(found, reader)
    return _plausible(found)


@cache
def pure_verbs() -> frozenset[str]:
    """The keys of English verbs that are never nouns."""
    return frozenset(map(singular, word_tables.verbs()))


@cache
def imperatives() -> frozenset[str]:
    """The keys of English words that are verbs where they begin a heading, and never nouns."""
    listed = (form for form, name in word_tables.english().bounds.items() if name == "verb")
    return pure_verbs().union(listed)


def _words_elsewhere(reader: Reader) -> set[str]:
    """The words of several chunks, and those of marked terms."""
    chunks = Counter(chain.from_iterable(reader.chunks))
    words = {word for word, number in chunks.items() if number > 1}
    words.update(" ".join(reader.marked).split(" "))
    for word in chunks:
        if " " in word:
            words.update(word.split(" "))
    return words


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


def _parts(found: dict[str, Candidate], chunk: Chunk, count: int, first: int, places: int, elsewhere: set[str]) -> None:
    """Counts a chunk and the runs of words in it that may occur without it: those whose words all do."""
    size = len(chunk)
    _count(found, " ".join(chunk), count, count, first, places)
    for start in range(size):
        key = ""
        for at in range(start, size if start else size - 1):
            word = chunk[at]
            if word not in elsewhere:
                break
            key = f"{key} {word}" if key else word
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(key, count, 0, first + start, places)
            else:
                candidate.count += count
                candidate.places |= places
                if first + start < candidate.first:
                    candidate.first = first + start
            if candidate.longer < count:
                candidate.longer = count


@cache
def _runs(size: int) -> tuple[tuple[int, int], ...]:
    """Start and end of each run of at most `LONGEST` of `size` words."""
    return tuple((a, b) for a in range(size) for b in range(a + 1, min(size, a + LONGEST) + 1))


def _bridges(found: dict[str, Candidate], reader: Reader) -> None:
    """Terms with a connector inside, such as `plug and play`, where there is a sign that they are one."""
    titles = reader.all_titles
    marked = " | ".join(reader.marked)
    cores = [f"{left[-1]} {joint} {right[0]}" for left, joint, right in reader.bridges]
    counts: dict[str, int] = {}
    for core, (count, _, _) in zip(cores, reader.bridges.values(), strict=True):
        counts[core] = counts.get(core, 0) + count
    totals: dict[str, list[int]] = {}
    for core, ((left, connector, right), (count, item, places)) in zip(cores, reader.bridges.items(), strict=True):
        if counts[core] < 2 and core not in titles and core not in marked:
            continue
        first = max(0, reader.word_at(item) - len(left))
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
        if f" {key} " not in titles and key not in reader.marked and _is_pair(key, count, found):
            continue
        if key not in found and (count >= 2 or key in reader.marked or (whole and f" {key} " in titles)):
            found[key] = Candidate(key, count, whole, first, places, joined=True)


def _is_pair(key: str, count: int, found: dict[str, Candidate]) -> bool:
    """Whether a connector stands between two terms, each of which the document mostly says without the other."""
    sides = _PAIR.split(key)
    if len(sides) != 2:
        return False
    return all(side in found and found[side].count >= ALONE * count for side in sides)


def _titles(found: dict[str, Candidate], reader: Reader) -> None:
    """Whole headings, which may hold function words and punctuation."""
    stop_words = reader.lexicon.stop_words
    for title in reader.titles:
        key = name_of(title.key, stop_words)
        if title.size <= LONGEST_TITLE and title.chunks and key and key not in found:
            found[key] = Candidate(key, 1, 1, title.first, bit_of(title.section), joined=True)
    for key, counts in reader.marked.items():
        candidate = found.get(key)
        if candidate is None:
            found[key] = Candidate(key, sum(counts.values()), 1, reader.read_words, 0, joined=True)
        else:
            candidate.whole = min(candidate.count, candidate.whole + max(counts.values()))


def name_of(title: str, stop_words: AbstractSet[str] = frozenset()) -> str:
    """The key of a heading as a term: without its article, or what `stop_words` of another language it begins with;
    nothing if it begins with another function word."""
    bounds = word_tables.english().bounds
    first, _, rest = title.partition(" ")
    while rest and (bounds.get(first) == "determiner" or first in stop_words):
        first, _, rest = rest.partition(" ")
    name = f"{first} {rest}" if rest else first
    if rest.partition(" ")[0] in CONSTRUCTS:  # `for loop`, `if statement`
        return name
    return name if bounds.get(first, "verb") in ("verb", "maybe", "soft", "light") else ""


def _plausible(found: dict[str, Candidate]) -> dict[str, Candidate]:
    """Leaves out what only ever occurs inside a longer term, and notes for the others how often they do."""
    for key, candidate in found.items():
        if " " in key:
            count = candidate.count
            for part in _ends(key.split(" ")) if candidate.joined else (key.rpartition(" ")[0], key.partition(" ")[2]):
                inner = found.get(part)
                if inner is not None and inner.longer < count:
                    inner.longer = count
    return {
        key: candidate
        for key, candidate in found.items()
        if candidate.whole or candidate.count > candidate.longer or candidate.joined or candidate.titled
    }


def _ends(words: list[str]) -> list[str]:
    """All beginnings and endings of a term with a function word inside."""
    return [part for at in range(1, len(words)) for part in (" ".join(words[:at]), " ".join(words[at:]))]


def most_frequent(found: dict[str, Candidate]) -> int:
    """How often the most frequent candidate occurs."""
    return max((candidate.count for candidate in found.values()), default=1)
