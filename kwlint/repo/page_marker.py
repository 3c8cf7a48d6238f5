"""The marker in the first line of every page: page kind, format, source. Files without it are never overwritten."""

from __future__ import annotations

import re
from typing import NamedTuple

from kwlint.text import percent_encoding

_MARKER = re.compile(
    r"\ufeff?<!-- kwlint ([a-z][a-z-]{0,40}) format=(\d{1,9}) source=(\S*); do not edit, run `kwlint --fix` -->\s*\Z"
)


class Marker(NamedTuple):
    """A parsed marker. `kind`: the page kind, as in the setting `pages`. `source`: the path of the source or folder, as
    encoded by `marker`. `format`: the version of the page format."""

    kind: str
    source: str
    format: int


def marker(kind: str, source: str, page_format: int) -> str:
    """Return the marker of a page, without a line end."""
    name = percent_encoding.comment(source).replace(" ", "%20").replace("--", "-%2D") or "."
    return f"<!-- kwlint {kind} format={page_format} source={name}; do not edit, run `kwlint --fix` -->"


def read_marker(first_line: str) -> Marker | None:
    """Parse the first line of a file; None if it is not a marker. A byte order mark and a trailing CR are allowed."""
    match = _MARKER.match(first_line)
    return Marker(match[1], match[3], int(match[2])) if match else None
