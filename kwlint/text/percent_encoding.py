"""Percent-encoding of paths for link targets and comments (RFC 3986, section 2.1)."""

from __future__ import annotations

import re
from functools import lru_cache

KEPT = 8192  # cached answers: the same paths occur on many pages

_PLAIN = re.compile(r"[\w./~-]*\Z", re.ASCII)


@lru_cache(maxsize=KEPT)
def target(path: str) -> str:
    """Return a path as the target of a link.

    Characters that have a meaning in Markdown or in a URL are percent-encoded; letters of all scripts stay readable.
    File names that are not UTF-8 become their bytes.
    """
    if _PLAIN.match(path):
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


def comment(text: str) -> str:
    """Return a text for the inside of an HTML comment; characters that could end it, or the line, are encoded."""
    if _PLAIN.match(text):
        return text
    return "".join(char if char == " " else _encoded(char) for char in text)
