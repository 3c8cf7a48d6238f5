"""What the pages of a folder say of one document."""

from __future__ import annotations

from kwlint.facts.sentences import sentences
from kwlint.model import Brief, Facts
from kwlint.pages import escape

CONCEPTS = 5


def brief(path: str, facts: Facts) -> Brief:
    """The few words on a document that its folder's pages hold: they move when its front matter, its title, its first
    sentence or its leading keywords do, and not otherwise."""
    outline = facts.outline
    description = outline.description or next(sentences(outline.lead), "")
    ranked = sorted(facts.keywords, key=lambda keyword: -keyword.score)
    concepts = tuple(keyword.text for keyword in ranked[:CONCEPTS])
    return Brief(path, outline.title, escape.shortened(description, 200), outline.kind, concepts)
