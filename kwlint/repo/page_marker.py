"""The first line of every page: who made it, in which format, of what. Nothing without it is ever overwritten."""

from __future__ import annotations

import re
from typing import NamedTuple

from kwlint.text import percent_encoding

_MARKER = re.compile(
    r"\ufeff?<!-- kwlint ([a-z][a-z-]{0,40}) format=(\d{1,9}) source=(\S*); do not edit, run `kwlint --fix` -->\s*\Z"
)


class Marker(NamedTuple):
    """`kind` is the page's kind as in the setting `pages`; `source` the path of the source or folder, as encoded by
    `marker`; `format` the number of the page format."""

    kind: str
    source: str
    format: int


def marker(kind: str, source: str, page_format: int) -> str:
    """The marker of a page, without line end."""
    name = percent_encoding.comment(source).replace(" ", "%20").replace("--", "-%2D") or "."
    return f"<!-- kwlint {kind} format={page_format} source={name}; do not edit, run `kwlint --fix` -->"


def read_marker(first_line: str) -> Marker | None:
    """What the first line of a file says if it is a marker (a byte order mark and a carriage return are let pass)."""
    match = _MARKER.match(first_line)
    return Marker(match[1], match[3], int(match[2])) if match else None
