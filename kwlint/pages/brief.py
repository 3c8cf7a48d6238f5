"""The short description of a document that the pages of its folder show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.facts.moved_notice import moved_to
from kwlint.model.context import Brief
from kwlint.model.facts import Facts
from kwlint.pages import escape
from kwlint.pages.small import is_small
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.model.facts import SectionFact

CONCEPTS = 5


def brief(path: str, facts: Facts) -> Brief:
    """Return the description of the document at `path`.

    It depends on the front matter, the summary and the headings, so an edit of other prose changes no folder page.
    """
    outline = facts.outline
    if target := moved_to(facts):
        return Brief(path, outline.title, f"Moved to {target}", "", (), is_small(facts))
    described = "" if outline.description == outline.title else outline.description
    description = described or next(sentences(outline.summary), "").rstrip(":：")
    shown = escape.shortened(description, 200)
    return Brief(path, outline.title, shown, outline.document_type, tuple(_concepts(facts)), is_small(facts))


def _concepts(facts: Facts) -> list[str]:
    """Return the longest keyword of each heading, in the order of the headings."""
    title = facts.outline.title.casefold()  # shown next to the concepts
    folded = [(keyword.text.casefold(), keyword.text) for keyword in facts.keywords]
    telling = [(key, text) for key, text in folded if key != title and not is_stock_heading(text)]
    telling.sort(key=lambda pair: (-len(pair[1]), pair[1]))
    concepts: list[str] = []
    for section in _own_headings(facts.outline.sections):
        heading = section.title.casefold()
        longest = next((text for key, text in telling if key in heading), "")
        if longest and longest not in concepts:
            concepts.append(longest)
            if len(concepts) == CONCEPTS:
                break
    return concepts


def _own_headings(sections: Iterable[SectionFact]) -> Iterator[SectionFact]:
    """Yield the sections whose headings the author chose: neither stock headings nor the entries below one.

    The entries below "Parameters" are names, not topics. Those below "Examples" have titles.
    """
    form_level = 0
    for section in sections:
        if form_level and section.level > form_level:
            continue
        has_entries = is_stock_heading(section.title) and section.title.casefold() != "examples"
        form_level = section.level if has_entries else 0
        if section.title and not is_stock_heading(section.title):
            yield section
