"""What the pages of a folder say of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.facts.moved_notice import moved_to
from kwlint.model.context import Brief
from kwlint.model.facts import Facts
from kwlint.pages import escape
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.model.facts import SectionFact

CONCEPTS = 5


def brief(path: str, facts: Facts) -> Brief:
    """The few words on a document that its folder's pages hold: they move when its front matter, what it says of
    itself or a heading does, and not when its prose alone does."""
    outline = facts.outline
    if target := moved_to(facts):
        return Brief(path, outline.title, f"Moved to {target}", "", ())
    stated = "" if outline.description == outline.title else outline.description
    description = stated or next(sentences(outline.summary), "").rstrip(":：")
    return Brief(
        path, outline.title, escape.shortened(description, 200), outline.document_type, tuple(_concepts(facts))
    )


def _concepts(facts: Facts) -> list[str]:
    """Keywords that the document itself puts into its headings, in the order of these; the longest of each first."""
    whole = facts.outline.title.casefold()  # says nothing that the title beside it does not
    folded = [(keyword.text.casefold(), keyword.text) for keyword in facts.keywords]
    telling = [(key, text) for key, text in folded if key != whole and not is_stock_heading(text)]
    telling.sort(key=lambda pair: (-len(pair[1]), pair[1]))
    found: list[str] = []
    for section in _own_headings(facts.outline.sections):
        title = section.title.casefold()
        longest = next((text for key, text in telling if key in title), "")
        if longest and longest not in found:
            found.append(longest)
            if len(found) == CONCEPTS:
                break
    return found


def _own_headings(sections: Iterable[SectionFact]) -> Iterator[SectionFact]:
    """The sections whose headings are the author's choice: no forms, nor the entries below one (parameters below
    "Parameters"), which are names rather than topics. Examples have titles."""
    form_level = 0
    for section in sections:
        if form_level and section.level > form_level:
            continue
        entries = is_stock_heading(section.title) and section.title.casefold() != "examples"
        form_level = section.level if entries else 0
        if section.title and not is_stock_heading(section.title):
            yield section
