"""Short documents that say little more than where their text has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.text.knowledge import pattern

if TYPE_CHECKING:
    from kwlint.model.facts import Facts

MAX_WORDS = 120


def moved_to(facts: Facts) -> str:
    """Return the target of the last link of a notice that the document has moved; empty for other documents."""
    outline = facts.outline
    if outline.words > MAX_WORDS or not pattern("intro", "moved").search(outline.summary):
        return ""
    return next((link.url for link in reversed(facts.links) if not link.image and link.url[:1] != "#"), "")
