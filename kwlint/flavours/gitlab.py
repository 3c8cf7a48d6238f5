"""GitLab: the fragments that it gives to headings (its Markdown documentation, "Heading IDs and links")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kwlint.flavours.github import slug as github_slug
from kwlint.flavours.github import unique

_HYPHENS = re.compile("-{2,}").sub


def slug(text: str) -> str:
    """The fragment of a heading whose rendered text is `text`: GitHub's, with runs of `-` made one. A heading of
    digits alone would read as the number of an issue, so that it gets `anchor-` before it."""
    name = _HYPHENS("-", github_slug(text.strip()))
    return f"anchor-{name}" if name.isdecimal() else name


def anchors(headings: Iterable[str]) -> list[str]:
    """The fragments of a document's headings, in order; a repeated one gets `-1`, `-2`, ..."""
    return unique(map(slug, headings))
