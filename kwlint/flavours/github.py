"""GitHub: the fragments that it gives to headings (the rules of github-slugger 2, which mirrors the host's own)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ASCII_DROPPED = re.compile(r"[^a-z0-9_ -]").sub


def slug(text: str) -> str:
    """The fragment of a heading whose rendered text is `text`, before duplicates are told apart.

    Lower case; everything but letters, marks, numbers, connectors, `-` and the space is dropped; each space becomes
    one `-`.
    """
    text = text.lower()
    if text.isascii():
        return _ASCII_DROPPED("", text).replace(" ", "-")
    return keep_words(text).replace(" ", "-")


def keep_words(text: str) -> str:
    """`text` without anything that is no letter, mark, number, connector, `-` or space."""
    from kwlint.text.unicode_words import is_word

    kept = (c for c in text if (c.isalnum() or c in "_- " if c.isascii() else is_word(c)))
    return "".join(kept)


def anchors(headings: Iterable[str]) -> list[str]:
    """The fragments of a document's headings, in order: a repeated one gets `-1`, `-2`, ... counted on past any
    that another heading already has."""
    return unique(map(slug, headings))


def unique(slugs: Iterable[str], separator: str = "-") -> list[str]:
    """`slugs` with a counter behind each that was there before, as github-slugger counts. Linear time."""
    seen: dict[str, int] = {}
    result = []
    for name in slugs:
        answer = name
        while answer in seen:
            seen[name] += 1
            answer = f"{name}{separator}{seen[name]}"
        seen[answer] = 0
        result.append(answer)
    return result


def counted(slugs: Iterable[str]) -> list[str]:
    """`slugs` with `-1`, `-2`, ... behind those that were there before; that another may have this name already is
    not looked at (kramdown's `basic_generate_id`, GitLab's `TableOfContentsFilter`)."""
    seen: dict[str, int] = {}
    result = []
    for name in slugs:
        seen[name] = seen.get(name, -1) + 1
        result.append(f"{name}-{seen[name]}" if seen[name] else name)
    return result
