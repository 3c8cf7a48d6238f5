"""Words of a vocabulary that are spelt like a word that it does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CANDIDATES = 200


def max_distance(word: str) -> int:
    """Return how many edits a word may be away from what was meant: none for very short words."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def nearest(word: str, vocabulary: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the words that are fewest edits away from `word`, in the order of the vocabulary.

    Shared pairs of letters, which are cheap to count, select the candidates for the edit distance.
    """
    most = max_distance(word)
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    candidates = []
    for rank, other in enumerate(vocabulary):
        if abs(len(other) - len(word)) > most:
            continue
        shared = sum(pair in other for pair in pairs)
        if 3 * shared >= len(pairs):
            candidates.append((-shared, rank, other))
    candidates.sort()
    scored = sorted((distance(word, other), rank, other) for _, rank, other in candidates[:CANDIDATES])
    return tuple(other for steps, _, other in scored if steps <= most and steps == scored[0][0])[:limit]


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
