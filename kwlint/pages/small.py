"""Documents that are too small to need pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwlint.model.facts import Facts

WORDS = 50
LINKS = 3
HEADINGS = 2


def is_small(facts: Facts) -> bool:
    """Return whether a document has few words and few links, no code, and one heading at most.

    Its reader needs neither an index nor a description.
    """
    outline = facts.outline
    headings = sum(1 for section in outline.sections if section.level)
    return outline.words < WORDS and len(facts.links) < LINKS and headings < HEADINGS and not facts.samples
