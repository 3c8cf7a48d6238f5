"""Collects the candidates: every term that the chunks, headings and emphasis of a document offer, with its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain

from kwlint.keywords import word_tables
from kwlint.keywords.chunking import Chunk, ChunkedDocument, bit_of

LONGEST = 5  # words of a term inside a chunk
LONGEST_TITLE = 7  # words of a heading that is a candidate as a whole
LONGEST_SIDE = 3  # words on either side of a connector
FEWEST_JOINED = 3  # occurrences of a term with a connector that is not emphasized
LONGEST_JOINED = 4  # words on both sides of a connector
NAME_CLASSES = ("verb", "maybe", "soft", "light")  # classes of function words that may begin a heading's name


class Candidate:
    """A possible keyword.

    `count` occurrences, `whole_count` of them a whole chunk; `first` is the number of words before the first one, and
    `section_bits` its sections. `longer_count` is the count of the most frequent longer candidate that contains it.
    `joined` tells whether function words may be inside, `in_heading` whether a chunk of a heading contains it.
    `source` is how a name from code is used (see `code_names`), or empty for a term of the text.
    """

    __slots__ = (
        "count", "first", "in_heading", "joined", "key", "longer_count", "section_bits", "source", "whole_count",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        count: int,
        whole_count: int,
        first: int,
        section_bits: int,
        joined: bool = False,
        source: str = "",
    ) -> None:
        self.key = key
        self.source = source
        self.count = count
        self.whole_count = whole_count
        self.first = first
        self.longer_count = 0
        self.section_bits = section_bits
        self.joined = joined
        self.in_heading = False


Candidates = dict[str, Candidate]


def candidates(chunks: ChunkedDocument) -> Candidates:
    """Return the candidates of a document by key."""
    result: Candidates = {}
    heading_chunks = {chunk for heading in chunks.headings for chunk in heading.chunks}
    elsewhere = _words_elsewhere(chunks)
    for chunk, (count, first, section_bits) in chunks.chunks.items():
        in_heading = chunk in heading_chunks
        if len(chunk) == 1:
            _count(result, chunk[0], count, count, first, section_bits).in_heading |= in_heading
        elif in_heading or len(chunk) > LONGEST or any(" " in word for word in chunk):
            is_instruction = in_heading and chunks.lexicon.english and _is_instruction(chunk)
            for start, end in _runs(len(chunk)):
                if is_instruction and not start and end < len(chunk):
                    continue  # in `Use widget chains`, `use widget` is not a term
                whole = count if end - start == len(chunk) else 0
                candidate = _count(result, " ".join(chunk[start:end]), count, whole, first + start, section_bits)
                candidate.in_heading |= in_heading
        else:
            _count_parts(result, chunk, count, first, section_bits, elsewhere)
        for part in [part for word in chunk if " " in word and not _is_path(word) for part in word.split(" ")]:
            _count(result, part, count, 0, first, section_bits)
    _add_joined(result, chunks)
    _add_headings(result, chunks)
    _add_emphasis(result, chunks)
    return _independent(result)


def _is_path(word: str) -> bool:
    """Report whether a word is the path or the name of a file, whose parts are no terms."""
    return "/" in word or "." in word


def _is_instruction(chunk: Chunk) -> bool:
    """Report whether a chunk of an English heading begins with a word that is never a noun, as `Use widget chains`."""
    verb = chunk[0]
    if word_tables.english().bounds.get(verb) == "verb":
        return True
    return not word_tables.verbs().isdisjoint((verb + "s", verb + "es", verb[:-1] + "ies"))


def _words_elsewhere(chunks: ChunkedDocument) -> set[str]:
    """Return the words that are in several chunks, in an emphasized term or in a compound word."""
    counts = Counter(chain.from_iterable(chunks.chunks))
    words = {word for word, count in counts.items() if count > 1}
    words.update(" ".join(chunks.emphasis.counts).split(" "))
    for word in counts:
        if " " in word:
            words.update(word.split(" "))
    return words


def _count(result: Candidates, key: str, count: int, whole_count: int, first: int, section_bits: int) -> Candidate:
    """Add occurrences of a candidate, and return it."""
    candidate = result.get(key)
    if candidate is None:
        candidate = result[key] = Candidate(key, count, whole_count, first, section_bits)
    else:
        candidate.count += count
        candidate.section_bits |= section_bits
        candidate.whole_count += whole_count
        if first < candidate.first:
            candidate.first = first
    return candidate


def _count_parts(
    result: Candidates, chunk: Chunk, count: int, first: int, section_bits: int, elsewhere: set[str]
) -> None:
    """Count a chunk, and the runs of words in it that may occur without it: those whose words all do."""
    size = len(chunk)
    _count(result, " ".join(chunk), count, count, first, section_bits)
    for start in range(size):
        key = ""
        for at in range(start, size if start else size - 1):
            word = chunk[at]
            if word not in elsewhere:
                break
            key = f"{key} {word}" if key else word
            candidate = result.get(key)
            if candidate is None:  # as `_count`, which takes longer
                candidate = result[key] = Candidate(key, count, 0, first + start, section_bits)
            else:
                candidate.count += count
                candidate.section_bits |= section_bits
                candidate.first = min(candidate.first, first + start)
            if candidate.longer_count < count:
                candidate.longer_count = count


@cache
def _runs(size: int) -> tuple[tuple[int, int], ...]:
    """Return start and end of each run of at most `LONGEST` of `size` words."""
    return tuple((a, b) for a in range(size) for b in range(a + 1, min(size, a + LONGEST) + 1))


def _add_joined(result: Candidates, chunks: ChunkedDocument) -> None:
    """Add terms with a connector inside, such as `plug and play`, that occur twice, in a heading or emphasized."""
    emphasis = " | ".join(chunks.emphasis.counts)
    cores = [f"{left[-1]} {connector} {right[0]}" for left, connector, right in chunks.bridges]
    core_counts: dict[str, int] = {}
    for core, (count, _, _) in zip(cores, chunks.bridges.values(), strict=True):
        core_counts[core] = core_counts.get(core, 0) + count
    joined: Candidates = {}
    for core, ((left, connector, right), (count, item, bits)) in zip(cores, chunks.bridges.items(), strict=True):
        if core_counts[core] < FEWEST_JOINED and core not in chunks.heading_text and core not in emphasis:
            continue
        end = max(len(left), chunks.words_before(item))
        for a in {left[-n:] for n in range(1, LONGEST_SIDE + 1)}:
            for b in {right[:n] for n in range(1, LONGEST_SIDE + 1)}:
                if len(a) + len(b) <= LONGEST_JOINED:
                    key = f"{' '.join(a)} {connector} {' '.join(b)}"
                    whole = count if a == left and b == right else 0
                    _count(joined, key, count, whole, end - len(a), bits).joined = True
    for key, candidate in joined.items():
        in_heading = candidate.whole_count and f" {key} " in chunks.heading_text
        if key not in result and (candidate.count >= FEWEST_JOINED or key in chunks.emphasis.counts or in_heading):
            result[key] = candidate


def _add_headings(result: Candidates, chunks: ChunkedDocument) -> None:
    """Add whole headings, which may contain function words and punctuation."""
    stop_words = chunks.lexicon.stop_words
    for heading in chunks.headings:
        key = heading_term(heading.key, stop_words)
        if heading.size <= LONGEST_TITLE and heading.chunks and key and key not in result:
            result[key] = Candidate(key, 1, 1, heading.first, bit_of(heading.section), joined=True)


def _add_emphasis(result: Candidates, chunks: ChunkedDocument) -> None:
    """Add emphasized terms; emphasis delimits a term as a whole chunk does."""
    for key, counts in chunks.emphasis.counts.items():
        candidate = result.get(key)
        if candidate is None:
            result[key] = Candidate(key, sum(counts.values()), 1, chunks.word_count, 0, joined=True)
        else:
            candidate.whole_count = min(candidate.count, candidate.whole_count + max(counts.values()))


def heading_term(key: str, stop_words: AbstractSet[str] = frozenset()) -> str:
    """Return the key of a heading as a term: without articles, or an empty string if a function word begins it.

    `stop_words` are those of a language other than English; they are removed as articles are.
    """
    bounds = word_tables.english().bounds
    first, _, rest = key.partition(" ")
    while rest and (bounds.get(first) == "determiner" or first in stop_words):
        first, _, rest = rest.partition(" ")
    term = f"{first} {rest}" if rest else first
    return term if bounds.get(first, "verb") in NAME_CLASSES else ""


def _independent(result: Candidates) -> Candidates:
    """Return the candidates without those that only occur inside a longer one, and note for the others how often."""
    for key, candidate in result.items():
        if " " in key:
            ends = _ends(key.split(" ")) if candidate.joined else (key.rpartition(" ")[0], key.partition(" ")[2])
            for inner in filter(None, map(result.get, ends)):
                inner.longer_count = max(inner.longer_count, candidate.count)
    return {
        key: candidate
        for key, candidate in result.items()
        if candidate.whole_count or candidate.count > candidate.longer_count or candidate.joined or candidate.in_heading
    }


def _ends(words: list[str]) -> list[str]:
    """Return all beginnings and ends of a term that has a function word inside."""
    return [part for at in range(1, len(words)) for part in (" ".join(words[:at]), " ".join(words[at:]))]


def highest_count(result: Candidates) -> int:
    """Return the count of the most frequent candidate."""
    return max((candidate.count for candidate in result.values()), default=1)
