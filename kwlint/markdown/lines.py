"""Maps positions in derived text to the source.

mistune parses the content of a quote or list item as a text of its own: the source's lines, one for one, each without
its container's prefix and with tabs of its indentation expanded. The rest of a line ends where the source's line ends,
so a position is mapped by its distance from the end of its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_NEWLINE = re.compile("\n")


def line_starts(text: str) -> list[int]:
    """Return the offsets at which the lines of `text` begin."""
    starts = [match.end() for match in _NEWLINE.finditer(text)]
    starts.insert(0, 0)
    return starts


class Lines:
    """A text and the source lines that it was derived from. Line `i` comes from line `first + i` of the source."""

    __slots__ = ("_counted", "_line", "_starts", "first", "is_root", "limit", "root", "src")

    def __init__(self, src: str, first: int, root: list[int], limit: int, is_root: bool = False) -> None:
        self.src = src
        self.first = first
        self.root = root  # the source's line starts, one more than it has lines
        self.limit = limit  # the source's length; its last line end may have been added
        self.is_root = is_root
        self._starts: list[int] | None = root if is_root else None
        self._counted = self._line = 0

    def line_of(self, position: int) -> int:
        """Return the source's line (from 0) of a position; fast for ascending positions."""
        if position < self._counted:
            self._counted = self._line = 0
        self._line += self.src.count("\n", self._counted, position)
        self._counted = position
        return self.first + self._line

    def at(self, position: int) -> int:
        """Return the source's offset of a position; in expanded indentation, the nearest that exists."""
        if self.is_root:
            return min(position, self.limit)
        starts = self._starts
        if starts is None:
            starts = self._starts = line_starts(self.src)
        line = bisect_right(starts, position) - 1
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.src)
        number = self.first + line
        if number + 1 >= len(self.root):
            return self.limit
        return min(max(self.root[number], self.root[number + 1] - 1 - end + position), self.limit)
