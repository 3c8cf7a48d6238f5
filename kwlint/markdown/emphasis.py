"""Pairs the runs of `*`, `_` and `~` that open and close emphasis.

mistune does this in time quadratic in the depth. This is CommonMark's "process emphasis" (with GFM's
strikethrough) on the flat list of tokens: nothing is nested, and a run lists the spans that begin and end at it.
"""

from __future__ import annotations

from typing import Any
from unicodedata import category

Token = dict[str, Any]


class EmphasisSpan:
    """A span of emphasis. `start` is set by the renderer."""

    __slots__ = ("kind", "start")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.start = 0


def run(src: str, start: int, end: int) -> Token:
    """Return the token of the run at `start:end`; a run that can neither open nor close emphasis is text."""
    mark = src[start]
    before, after = _around(src, start, end)
    space_before, space_after = not before.strip(), not after.strip()
    point_before = not space_before and _is_punctuation(before)
    point_after = not space_after and _is_punctuation(after)
    left = not space_after and (not point_after or space_before or point_before)
    right = not space_before and (not point_before or space_after or point_after)
    opens, closes = left, right
    if mark == "_":
        opens, closes = left and (not right or point_before), right and (not left or point_after)
    size = end - start
    if not (opens or closes) or (mark == "~" and size > 2):
        return {"type": "text", "raw": src[start:end]}
    return {"type": "run", "raw": mark, "size": size, "left": size, "opens": opens, "closes": closes}


def _around(src: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters before and after a run; for asterisks and underscores, cmark-gfm skips tildes."""
    if src[start] != "~":
        while start and src[start - 1] == "~":
            start -= 1
        while src.startswith("~", end):
            end += 1
    return src[start - 1 : start] if start else "", src[end : end + 1]


def pair(tokens: list[Token]) -> None:
    """Pair the runs of one level: they get `ends` and `begins`, lists of the spans that end and begin at them.

    The `left` markers of a run are text. CommonMark 0.31, "An algorithm for parsing nested emphasis and links".
    """
    runs = [token for token in tokens if token["type"] == "run"]
    before = list(range(-1, len(runs)))  # the closest run before that may still open something
    bottom: dict[tuple[str, bool, int], int] = {}  # closers of one kind: where the search for their openers ends
    for index, closer in enumerate(runs):
        if closer["closes"]:
            _close(runs, before, index, bottom)
        if not (closer["opens"] and closer["left"]):
            before[index + 1] = before[index]


def _close(runs: list[Token], before: list[int], index: int, bottom: dict[tuple[str, bool, int], int]) -> None:
    closer = runs[index]
    size = closer["size"] if closer["raw"] == "~" else closer["size"] % 3
    key = closer["raw"], closer["opens"], size
    limit = bottom.get(key, -1)
    while closer["left"]:
        opener_index = _opener(runs, before, index, limit)
        if opener_index <= limit:
            bottom[key] = before[index]
            return
        opener = runs[opener_index]
        _join(opener, closer)
        before[index] = opener_index if opener["left"] else before[opener_index]


def _opener(runs: list[Token], before: list[int], index: int, limit: int) -> int:
    opener_index = before[index]
    while opener_index > limit and not _fit(runs[opener_index], runs[index]):
        opener_index = before[opener_index]
    return opener_index


def _fit(opener: Token, closer: Token) -> bool:
    if opener["raw"] != closer["raw"] or not opener["opens"]:
        return False
    if closer["raw"] == "~":
        return bool(opener["size"] == closer["size"])
    if not (opener["closes"] or closer["opens"]):
        return True
    total = opener["size"] + closer["size"]
    return bool(total % 3 or not opener["size"] % 3)


def _join(opener: Token, closer: Token) -> None:
    width = 2 if opener["left"] > 1 and closer["left"] > 1 else 1
    span = EmphasisSpan("strikethrough" if closer["raw"] == "~" else "strong" if width == 2 else "emphasis")
    opener.setdefault("begins", []).append(span)
    closer.setdefault("ends", []).append(span)
    opener["left"] -= width
    closer["left"] -= width


def _is_punctuation(char: str) -> bool:
    if char < "\x80":
        return not char.isalnum() and char > " "
    return category(char)[0] in "PS"
