"""Fenced code blocks that their content cannot close."""

from __future__ import annotations

import re

from kwlint.facts.secrets import masked

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # not allowed in Markdown (CommonMark 2.3) or UTF-8
_TICKS = re.compile(r"`{3,}")


def fenced(text: str, language: str) -> list[str]:
    """Return the lines of a code block that contains `text` unchanged but for credentials."""
    text = masked(text)
    longest = max(map(len, _TICKS.findall(text)), default=2)
    ticks = "`" * (longest + 1)
    body = _UNWRITABLE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [f"{ticks}{language}", *body.split("\n"), ticks]
