"""What a document is: title, description, summary, type, and the measures of each section."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from kwlint.facts.code_blocks import own_lines
from kwlint.facts.document_type import document_type
from kwlint.facts.summary import Summary, summary
from kwlint.model.facts import Outline, SectionFact
from kwlint.text.knowledge import table, words
from kwlint.text.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.document import Document

META_ENTRIES = 24
META_CHARACTERS = 400

_CUSTOM_ID = re.compile(r"\\?\{:?\s*[#.][^{}]{0,200}\\?\}\s*$")
_BADGE = re.compile(r"badge|shields\.io|/actions/workflows/", re.IGNORECASE)  # shows the state of a build
_NOT_IMAGES = ("iframe", "video", "audio", "source")  # elements that the parser reports as images
MANY_WORDS = 12  # before the first heading: badges and a motto have fewer
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3}|[a-z]{4}|\d{3}))?\Z")


def outline(
    document: Document, path: str, size: int, meta: dict[str, object], facts: tuple[SectionFact, ...]
) -> Outline:
    """Return the outline of the document at `path`, which is `size` bytes long and has the sections `facts`."""
    description = next((text for key in _keys("description") if (text := _text(meta.get(key)))), "")
    title = _title(meta, facts)
    first = summary(document, title)
    type_name, signs = document_type(document, path, meta, title, first.text, facts)
    if type_name == "changelog" and facts[first.section].level > 1:
        first = Summary("", 0)  # it is about one version
    text = document.text
    return Outline(
        title=title,
        description=description,
        document_type=type_name,
        document_type_signs=signs,
        summary=first.text,
        summary_section=first.section,
        meta=tuple(_plain_values(meta)),
        language=_language(path, meta),
        size=size,
        lines=text.count("\n") + (not text.endswith("\n") and bool(text)),
        words=sum(section.words for section in facts),
        sections=facts,
    )


def _keys(name: str) -> tuple[str, ...]:
    return table("front_matter", name)[0].words("words")


# --- sections ---------------------------------------------------------------------------------------------------------


def section_facts(document: Document, anchors: tuple[str, ...]) -> tuple[SectionFact, ...]:
    """Return the measures of each section; `anchors` holds the fragment of each heading on the git host."""
    number = len(document.sections)
    blocks, lines, tables, images = ([0] * number for _ in range(4))
    texts: list[list[str]] = [[] for _ in range(number)]
    for block in document.blocks:
        if block.kind != "heading":
            texts[block.section].append(block.text)
    for fence in document.fences:
        blocks[fence.section] += 1
        lines[fence.section] += own_lines(fence)
    for pipe_table in document.tables:
        tables[pipe_table.section] += 1
    for link in document.links:
        if link.image and link.element not in _NOT_IMAGES and not _BADGE.search(link.url):
            images[link.section] += 1
    starts = document.line_starts
    facts = []
    for index, section in enumerate(document.sections):
        heading = document.headings[section.heading] if section.heading >= 0 else None
        facts.append(
            SectionFact(
                level=heading.level if heading else 0,
                title=clean_title(heading.text or heading.alt_text) if heading else "",
                anchor=anchors[section.heading] if heading and section.heading < len(anchors) else "",
                line=bisect_right(starts, section.start),
                end_line=max(bisect_right(starts, max(section.start, section.end - 1)), 1),
                words=count_words("\n".join(texts[index])),
                code_blocks=blocks[index],
                code_lines=lines[index],
                tables=tables[index],
                images=images[index],
            )
        )
    return tuple(facts)


def clean_title(text: str) -> str:
    """Return a heading's text without the custom id at its end (`{#id}`)."""
    return " ".join(_CUSTOM_ID.sub("", text, count=1).split())


# --- title, front matter ---------------------------------------------------------------------------------------------


def _title(meta: dict[str, object], facts: tuple[SectionFact, ...]) -> str:
    stated = _text(meta.get("title"))
    if stated and "{{" not in stated and "{%" not in stated:
        return stated
    titles = [section.title for section in facts if section.level == 1 and section.title]
    if titles or (facts and facts[0].level == 0 and facts[0].words >= MANY_WORDS):
        return titles[0] if titles else ""  # a heading below a long introduction is that of a part
    return next((section.title for section in facts[:3] if section.title), "")


def _plain_values(meta: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in list(meta.items())[:META_ENTRIES]:
        text = _text(value)
        if not text and isinstance(value, list):
            text = ", ".join(filter(None, map(_text, value[:50])))
        if text:
            yield key[:80], text[:META_CHARACTERS]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(value.split())[:2000] if isinstance(value, str) else ""


def _language(path: str, meta: dict[str, object]) -> str:
    """Return the language tag in the front matter, or else that of a folder in the path."""
    for key in _keys("language"):
        if (text := _text(meta.get(key))) and _is_language_tag(text):
            return text
    return next((part for part in path.split("/")[:-1] if _is_language_tag(part)), "")


def _is_language_tag(text: str) -> bool:
    match = _LANGUAGE_TAG.match(text)
    return match is not None and match[1] in _language_codes()


@cache
def _language_codes() -> frozenset[str]:
    return words("front_matter", "code")
