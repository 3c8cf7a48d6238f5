"""Backslash escapes and entities of destinations, info strings and plain text."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from kwlint.text.lazy_regex import expression

PUNCTUATION = r"[!-/:-@\[-`{-~]"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_ENTITIES = expression(_ENTITY)
_WRITTEN = expression(r"\\(" + PUNCTUATION + ")|" + _ENTITY)


def decode_entities(text: str) -> str:
    """Return `text` with entities decoded; as in CommonMark, only those with a semicolon."""
    return _ENTITIES.sub(_entity, text) if "&" in text else text


def unescaped(text: str) -> str:
    """Return `text` with backslash escapes and entities decoded in one pass, so that `\\&amp;` stays `&amp;`."""
    return _WRITTEN.sub(_either, text) if "\\" in text or "&" in text else text


def normalised(label: str) -> str:
    """Return the lookup key of a reference label: white space collapsed, case folded."""
    return " ".join(label.split()).casefold()


def _entity(match: re.Match[str]) -> str:
    written = match[0]
    return unescape(written) if written[1] == "#" else html5.get(written[1:], written)


def _either(match: re.Match[str]) -> str:
    return match[1] or _entity(match)
