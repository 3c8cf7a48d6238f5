"""Percent-encoding of paths for link targets and comments."""

from __future__ import annotations

import re
from functools import lru_cache

KEPT = 8192  # answers: the same paths stand on many pages

_TARGET_PLAIN = re.compile(r"[\w./~-]*\Z", re.ASCII)


@lru_cache(maxsize=KEPT)
def target(path: str) -> str:
    """A path for a link's target: what Markdown or a URL would read otherwise is percent-encoded, letters of all
    scripts stay readable. File names that are no UTF-8 become their bytes."""
    if _TARGET_PLAIN.match(path):
        return path
    return "".join(map(_encoded, path))


def _encoded(char: str) -> str:
    if char.isalnum() or char in "._/~-" or (ord(char) > 0x2FFF and char.isprintable()):
        return char
    try:
        data = char.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = char.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in data)


def comment(value: str) -> str:
    """Text for the inside of an HTML comment: percent-encoded where it could end it, or the line."""
    if _TARGET_PLAIN.match(value):
        return value
    return "".join(char if char == " " else _encoded(char) for char in value)
