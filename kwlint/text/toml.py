"""Reads TOML with a limit: `tomllib` takes quadratic time and memory for a key of many parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PARTS = 64  # of a dotted key
_LONG_KEY = expression(rf"(?:[\w\"'-]{{1,100}}[ \t]{{0,9}}\.[ \t]{{0,9}}){{{MOST_PARTS}}}").search


def load(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the content of a TOML file. Raises ValueError, also for a key of more parts than the limit."""
    import tomllib

    if text.count(".") >= MOST_PARTS and _LONG_KEY(text):
        raise ValueError(f"a key of more than {MOST_PARTS} parts")
    return tomllib.loads(text, parse_float=parse_float)
