"""Fenced blocks that nothing inside can close."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # what no UTF-8 file or no Markdown can hold
_TICKS = re.compile(r"`{3,}")


def fenced(text: str, language: str) -> list[str]:
    """The lines of a code block that holds `text` as it is."""
    longest = max(map(len, _TICKS.findall(text)), default=2)
    ticks = "`" * (longest + 1)
    body = _UNWRITABLE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [f"{ticks}{language}", *body.split("\n"), ticks]
