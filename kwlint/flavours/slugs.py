"""Slug algorithms that several hosts and generators share."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ASCII_DROPPED = re.compile(r"[^a-z0-9_ -]")


def github_slug(text: str) -> str:
    """Return GitHub's slug of a heading's rendered text, before duplicates are numbered (github-slugger 2).

    Lower case; letters, marks, numbers, connectors, `-` and spaces are kept; each space becomes one `-`.
    """
    text = text.lower()
    if text.isascii():
        return _ASCII_DROPPED.sub("", text).replace(" ", "-")
    return keep_words(text).replace(" ", "-")


def keep_words(text: str) -> str:
    """Return `text` with nothing but letters, marks, numbers, connectors, `-` and spaces."""
    from kwlint.text.unicode_words import is_word

    kept = (c for c in text if (c.isalnum() or c in "_- " if c.isascii() else is_word(c)))
    return "".join(kept)


def github_slugs(texts: Iterable[str]) -> list[str]:
    """Return GitHub's fragments of a document's headings, in order."""
    return number_unique(map(github_slug, texts))


def number_unique(slugs: Iterable[str], first: int = 1) -> list[str]:
    """Return `slugs`, each made unique by `-1`, `-2`, ..., as github-slugger does. Takes linear time.

    `first`: the number of the first that is not unique.
    """
    last_number: dict[str, int] = {}
    result = []
    for slug in slugs:
        unique = slug
        while unique in last_number:
            last_number[slug] += 1
            unique = f"{slug}-{last_number[slug]}"
        last_number[unique] = first - 1
        result.append(unique)
    return result


def number_repeated(slugs: Iterable[str]) -> list[str]:
    """Return `slugs` with `-1`, `-2`, ... behind repeated ones, even if another heading already has that name.

    This is how kramdown (`basic_generate_id`) and GitLab (`TableOfContentsFilter`) count.
    """
    counts: dict[str, int] = {}
    result = []
    for slug in slugs:
        counts[slug] = counts.get(slug, -1) + 1
        result.append(f"{slug}-{counts[slug]}" if counts[slug] else slug)
    return result


def with_dashes(text: str) -> str:
    """Return `text` with `--` and `---` as dashes, as a typographer writes them; no slug keeps one."""
    return text.replace("---", "\u2013").replace("--", "\u2013")


def lower_each(text: str) -> str:
    """Return `text` in lower case, character by character: `İ` gives `i`, a final `Σ` gives `σ`."""
    return text.lower() if text.isascii() else "".join(c.lower()[:1] for c in text)
