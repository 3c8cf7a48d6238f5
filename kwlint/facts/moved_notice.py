"""Stubs: documents of a few lines that say little more than where their text has gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from kwlint.model.facts import Facts

MOVED_WORDS = 120
_MOVED = expression(
    r"\b(?:no longer (?:distributed|maintained|here)|old link|(?:has|have|was|were) moved|moved to|redirects?)\b",
    re.IGNORECASE,
)


def moved_to(facts: Facts) -> str:
    """Where the last link of a few lines that say little more than "moved" leads to; empty for other documents."""
    outline = facts.outline
    if outline.words > MOVED_WORDS or not _MOVED.search(outline.lead):
        return ""
    return next((link.url for link in reversed(facts.links) if not link.image and link.url[:1] != "#"), "")
