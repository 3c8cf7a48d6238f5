"""Comments in a document that suppress problems."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kwlint.model.problem import Suppression
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.document import Document

_DIRECTIVE = expression(r"\s*kwlint-(disable-next-line|disable-line|disable|enable)\b([\w\s,]*)").match
_MDX_COMMENT = expression(r"\{/\*(\s*kwlint-[^*\n]*)\*/\s*\}")


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """Return the ranges of lines on which comments in the document suppress codes, in order.

    `<!-- kwlint-disable-next-line KW101 -->`, `<!-- kwlint-disable-line -->`, and `<!-- kwlint-disable KW1 -->` up to
    `<!-- kwlint-enable -->` or the end of the document. Without codes, a directive applies to all of them.
    """
    if "kwlint-" not in document.text:
        return ()
    disabled_since: dict[tuple[str, ...], int] = {}
    ranges: list[Suppression] = []
    for first, last, comment in _comments(document):
        match = _DIRECTIVE(comment)
        if not match:
            continue
        directive, codes = match[1], tuple(re.findall(r"\w+", match[2]))
        if directive == "disable-next-line":
            ranges.append(Suppression(last + 1, last + 1, codes))
        elif directive == "disable-line":
            ranges.append(Suppression(first, last, codes))
        elif directive == "disable":
            disabled_since.setdefault(codes, first)
        else:
            ranges += _enabled(disabled_since, codes, last)
    end = len(document.line_starts)
    ranges += [Suppression(first, end, codes) for codes, first in disabled_since.items()]
    return tuple(sorted(ranges))


def _comments(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the comments that may hold a directive: first line, last line, text."""
    starts = document.line_starts
    comments = [
        (comment.start, comment.end, comment.text) for comment in document.comments if "kwlint-" in comment.text
    ]
    if "{/*" in document.text:
        comments += [(match.start(), match.end(), match[1]) for match in _MDX_COMMENT.finditer(document.text)]
    for start, end, text in sorted(comments):
        yield bisect_right(starts, start), bisect_right(starts, max(start, end - 1)), text


def _enabled(disabled_since: dict[tuple[str, ...], int], codes: tuple[str, ...], last: int) -> list[Suppression]:
    """Remove from `disabled_since` what an `enable` of `codes` ends (everything if there are none), and return the
    ranges that end at line `last`."""
    ended = []
    for disabled in list(disabled_since):
        remaining = tuple(code for code in disabled if codes and code not in codes)
        if disabled and remaining == disabled:
            continue
        first = disabled_since.pop(disabled)
        ended.append(Suppression(first, last, tuple(code for code in disabled if code not in remaining)))
        if remaining:
            disabled_since[remaining] = min(first, disabled_since.get(remaining, first))
    return ended
