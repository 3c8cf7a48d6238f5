"""Find the sections that cover a keyword: exact matches, then longer keywords that begin with it, then longer keywords
that contain it as a word. If nothing matches, the most similar keywords are returned.

The module is pure. A `Lookup` is an inverted index: it holds `a_z.Posting`s under the keys of `folding.fold`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from kwlint.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.model.context import Posting

MAX_HITS = 50
MAX_NEAREST = 8


class Lookup(Protocol):
    """The inverted index that `find` searches."""

    def exact(self, key: str) -> Iterable[Posting]:
        """Return the postings of `key`."""

    def prefix(self, key: str, limit: int) -> Iterable[tuple[str, Posting]]:
        """Return the postings of at most `limit` keys that begin with `key`, sorted by key."""

    def all_keywords(self) -> Iterable[str]:
        """Return all keys."""

    def line(self, path: str, title: str, anchor: str) -> int:
        """Return the line of a section of a source, counted from 1."""


class Hit(NamedTuple):
    """A section that covers a keyword. `match` is `exact`, `prefix` or `word`."""

    keyword: str
    match: str
    path: str
    line: int
    section: str
    title: str


class Answer(NamedTuple):
    """The result of a search. `nearest` has the most similar keywords if there are no hits."""

    hits: tuple[Hit, ...]
    nearest: tuple[str, ...]


def find(term: str, lookup: Lookup, limit: int = MAX_HITS) -> Answer:
    """Return at most `limit` sections that cover `term`, the most relevant first."""
    key = fold(term)
    if not key:
        return Answer((), ())
    matches: dict[tuple[str, str, str], tuple[str, Posting]] = {}

    def add(match: str, postings: Iterable[Posting]) -> None:
        for row in postings:
            matches.setdefault((row.path, row.anchor, row.title), (match, row))

    for spelling in (key, f"-{key}", f"--{key}"):  # `filter` may mean the option `--filter`
        add("exact", sorted(lookup.exact(spelling), key=_by_rank))
    if len(matches) < limit:
        longer = [entry for entry in lookup.prefix(key, limit) if entry[0] != key]
        longer.sort(key=lambda entry: (entry[1].rank, len(entry[0]), entry))
        add("prefix", (row for _, row in longer))
    keys: Sequence[str] = ()
    if len(matches) < limit:
        keys = list(lookup.all_keywords())
        for other in _containing(key, keys)[: limit - len(matches)]:
            add("word", sorted(lookup.exact(other), key=_by_rank))
    hits = tuple(_hit(match, row, lookup) for match, row in list(matches.values())[:limit])
    return Answer(hits, () if hits else _spelled(nearest(key, _with_words(keys)), lookup))


def _with_words(keys: Sequence[str]) -> set[str]:
    """Return the keys and the words in them: a search for such a word finds the longer keyword."""
    return {*keys, *(word for key in keys if " " in key for word in key.split() if word.isalpha())}


def _spelled(keys: Iterable[str], lookup: Lookup) -> tuple[str, ...]:
    """Return the keywords of keys as documents spell them."""
    return tuple(dict.fromkeys(next((row.text for row in lookup.exact(key)), key) for key in keys))


def _by_rank(row: Posting) -> tuple[int, str]:
    return row.rank, row.path


def _containing(key: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that contain `key` as whole words after their beginning, the shortest first."""
    inside, end = f" {key} ", f" {key}"
    containing = [other for other in keys if inside in other or other.endswith(end)]
    return sorted(containing, key=lambda other: (len(other), other))


def _hit(match: str, row: Posting, lookup: Lookup) -> Hit:
    section = row.section or row.title
    return Hit(row.text, match, row.path, lookup.line(row.path, section, row.anchor), section, row.title)


# --- nearest keywords -------------------------------------------------------------------------------------------------


def nearest(key: str, keys: Iterable[str], limit: int = MAX_NEAREST) -> tuple[str, ...]:
    """Return the keys most similar to `key`.

    Length and shared pairs of letters, which are cheap to compare, select the candidates for the edit distance.
    """
    pairs = {key[at : at + 2] for at in range(len(key) - 1)} or {key}
    max_distance = 1 + len(key) // 3
    shortest, longest = len(key) - max_distance, len(key) + max_distance
    candidates = []
    for other in keys:
        if not shortest <= len(other) <= longest and key not in other:
            continue
        shared = sum(pair in other for pair in pairs)
        if 2 * shared >= len(pairs) or (shared and abs(len(other) - len(key)) < 2):
            candidates.append((-shared, abs(len(other) - len(key)), other))
    candidates.sort()
    scored = ((distance(key, other), other) for *_, other in candidates[:200])
    close = sorted((steps, other) for steps, other in scored if steps <= max_distance or key in other)
    cutoff = close[0][0] + 1 if close else 0
    return tuple(other for steps, other in close[:limit] if steps <= cutoff or key in other)


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance of the first 80 characters: the number of insertions, deletions,
    replacements and swaps of neighbours that turn one text into the other (restricted Damerau–Levenshtein)."""
    one, other = one[:80], other[:80]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


# --- as text ----------------------------------------------------------------------------------------------------------


def as_lines(answer: Answer) -> list[str]:
    """Return `path:line  section` for each hit, with the keyword behind it if it is not the search term."""
    return [
        f"{hit.path}:{hit.line}  {hit.section}{'' if hit.match == 'exact' else f'  ({hit.keyword})'}"
        for hit in answer.hits
    ]


def as_json(answer: Answer) -> str:
    """Return the hits as a JSON array."""
    import json

    return json.dumps([hit._asdict() for hit in answer.hits], ensure_ascii=False, indent=2)
