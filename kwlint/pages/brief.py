"""What the pages of a folder say of one document."""

from __future__ import annotations

from kwlint.facts.forms import FORMS
from kwlint.facts.sentences import sentences
from kwlint.model import Brief, Facts
from kwlint.pages import escape

CONCEPTS = 5


def brief(path: str, facts: Facts) -> Brief:
    """The few words on a document that its folder's pages hold: they move when its front matter, its first sentence
    or a heading does, and not when its prose alone does."""
    outline = facts.outline
    description = outline.description or next(sentences(outline.lead), "").rstrip(":：")
    return Brief(path, outline.title, escape.shortened(description, 200), outline.kind, tuple(_concepts(facts)))


def _concepts(facts: Facts) -> list[str]:
    """Keywords that the document itself puts into its headings, in the order of these; the longest of each first."""
    found: list[str] = []
    whole = facts.outline.title.casefold()  # says nothing that the title beside it does not
    for section in facts.outline.sections:
        title = section.title.casefold()
        named = [keyword.text for keyword in facts.keywords if keyword.text.casefold() in title]
        named = [text for text in named if text.casefold() not in (whole, *FORMS)]
        found += [text for text in sorted(named, key=lambda text: (-len(text), text))[:1] if text not in found]
    return found[:CONCEPTS]
