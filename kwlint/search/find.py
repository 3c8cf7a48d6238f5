"""Where is a keyword covered: exact, then as the beginning of longer ones, then as a word in them; else what is near.

Pure: `Lookup` is whoever knows the keywords, which are `a_z.Posting`s under the keys of `folding.fold`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from kwlint.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.model.context import Posting

LIMIT = 50  # keywords and hits that are looked at
NEAREST = 8


class Lookup(Protocol):
    """What `find` asks."""

    def exact(self, key: str) -> Iterable[Posting]:
        """The postings under `key`."""

    def prefix(self, key: str, limit: int) -> Iterable[tuple[str, Posting]]:
        """At most `limit` keys that begin with `key`, in order, each with its postings."""

    def all_keywords(self) -> Iterable[str]:
        """Every key."""

    def line(self, path: str, title: str, anchor: str) -> int:
        """The line of a section of a source, from 1."""


class Hit(NamedTuple):
    """A place that covers a keyword; `match` is `exact`, `prefix` or `word`."""

    keyword: str
    match: str
    path: str
    line: int
    section: str
    title: str


class Answer(NamedTuple):
    """What was found; `nearest` keywords only where nothing was."""

    hits: tuple[Hit, ...]
    nearest: tuple[str, ...]


def find(term: str, lookup: Lookup, limit: int = LIMIT) -> Answer:
    """The places that cover `term`, the main ones first, at most `limit`."""
    key = fold(term)
    if not key:
        return Answer((), ())
    found: dict[tuple[str, str, str], tuple[str, Posting]] = {}
    for spelling in (key, f"-{key}", f"--{key}"):  # who asks for `filter` may mean the option
        for row in sorted(lookup.exact(spelling), key=_by_rank):
            found.setdefault((row.path, row.anchor, row.title), ("exact", row))
    if len(found) < limit:
        rows = [(longer, row) for longer, row in lookup.prefix(key, limit) if longer != key]
        for _, row in sorted(rows, key=lambda entry: (entry[1].rank, len(entry[0]), entry)):
            found.setdefault((row.path, row.anchor, row.title), ("prefix", row))
    keys: Sequence[str] = ()
    if len(found) < limit:
        keys = list(lookup.all_keywords())
        for longer in _with_word(key, keys)[: limit - len(found)]:
            for row in sorted(lookup.exact(longer), key=_by_rank):
                found.setdefault((row.path, row.anchor, row.title), ("word", row))
    hits = tuple(_hit(match, row, lookup) for match, row in list(found.values())[:limit])
    return Answer(hits, () if hits else _spelled(nearest(key, _with_words(keys)), lookup))


def _with_words(keys: Sequence[str]) -> set[str]:
    """The keys and the words in them: who asks for one of these finds the longer keyword."""
    return {*keys, *(word for key in keys if " " in key for word in key.split() if word.isalpha())}


def _spelled(keys: Iterable[str], lookup: Lookup) -> tuple[str, ...]:
    """The keywords behind keys, as documents write them."""
    return tuple(dict.fromkeys(next((row.text for row in lookup.exact(key)), key) for key in keys))


def _by_rank(row: Posting) -> tuple[int, str]:
    return row.rank, row.path


def _with_word(key: str, keys: Iterable[str]) -> list[str]:
    """The keys that hold `key` as whole words, but not at their beginning."""
    inside, end = f" {key} ", f" {key}"
    holding = [other for other in keys if inside in other or other.endswith(end)]
    return sorted(holding, key=lambda other: (len(other), other))


def _hit(match: str, row: Posting, lookup: Lookup) -> Hit:
    section = row.section or row.title
    return Hit(row.text, match, row.path, lookup.line(row.path, section, row.anchor), section, row.title)


# --- nearest keywords -------------------------------------------------------------------------------------------------


def nearest(key: str, keys: Iterable[str], limit: int = NEAREST) -> tuple[str, ...]:
    """The keys most like `key`: by length and shared pairs of letters first, which is quick, then by edit distance."""
    pairs = {key[at : at + 2] for at in range(len(key) - 1)} or {key}
    most = 1 + len(key) // 3
    shortest, longest = len(key) - most, len(key) + most
    likely = []
    for other in keys:
        if not shortest <= len(other) <= longest and key not in other:
            continue
        shared = sum(pair in other for pair in pairs)
        if 2 * shared >= len(pairs) or (shared and abs(len(other) - len(key)) < 2):
            likely.append((-shared, abs(len(other) - len(key)), other))
    likely.sort()
    scored = ((distance(key, other), other) for *_, other in likely[:200])
    close = sorted((steps, other) for steps, other in scored if steps <= most or key in other)
    farthest = close[0][0] + 1 if close else 0
    return tuple(other for steps, other in close[:limit] if steps <= farthest or key in other)


def distance(one: str, other: str) -> int:
    """Edits that turn one text into the other: insert, delete, replace, swap neighbours (optimal string alignment)."""
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
    """`path:line  section` for editors, with the keyword behind it where it is not the one asked for."""
    return [
        f"{hit.path}:{hit.line}  {hit.section}{'' if hit.match == 'exact' else f'  ({hit.keyword})'}"
        for hit in answer.hits
    ]


def as_json(answer: Answer) -> str:
    """An array of hits."""
    import json

    return json.dumps([hit._asdict() for hit in answer.hits], ensure_ascii=False, indent=2)
