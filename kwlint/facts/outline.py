"""What a document is: title, description, lead, kind, and the measures of each section."""

# ruff: noqa: E501, SIM905 - a pattern or a table is read best as it is searched for

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kwlint.facts.code_blocks import own_lines
from kwlint.facts.document_type import kind_of
from kwlint.facts.summary import Lead, lead
from kwlint.model.facts import Outline, SectionFact
from kwlint.text.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.document import Document

META_ENTRIES = 24
META_CHARACTERS = 400

_CUSTOM_ID = re.compile(r"\s*\\?\{:?\s*[#.][^{}]{0,200}\\?\}\s*$")
_BADGE = re.compile(r"badge|shields\.io|/actions/workflows/", re.IGNORECASE)  # tells of a build, not of the text
_NO_IMAGES = ("iframe", "video", "audio", "source")  # embedded as an image is, or beside one
MANY_WORDS = 12  # before the first heading: badges and a motto have fewer
_DESCRIPTIONS = ("description", "summary", "abstract", "excerpt", "subtitle", "about")
_LANGUAGES = frozenset(
    "af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn"
    " ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split()
)
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3}|[a-z]{4}|\d{3}))?\Z")


def outline(
    document: Document, path: str, size: int, meta: dict[str, object], facts: tuple[SectionFact, ...]
) -> Outline:
    """The outline of the source at `path`; `size` is its length in bytes, `facts` those of its sections."""
    description = next((text for key in _DESCRIPTIONS if (text := _text(meta.get(key)))), "")
    title = _title(meta, facts)
    said = lead(document, title)
    kind, signs = kind_of(document, path, meta, title, said.text, facts)
    if kind == "changelog" and facts[said.section].level > 1:
        said = Lead("", 0)  # what one version brought
    text = document.text
    return Outline(
        title=title,
        description=description,
        kind=kind,
        kind_signs=signs,
        lead=said.text,
        lead_section=said.section,
        meta=tuple(_plain_values(meta)),
        language=_language(path, meta),
        size=size,
        lines=text.count("\n") + (not text.endswith("\n") and bool(text)),
        words=sum(section.words for section in facts),
        sections=facts,
    )


# --- sections ---------------------------------------------------------------------------------------------------------


def section_facts(document: Document, anchors: tuple[str, ...]) -> tuple[SectionFact, ...]:
    """Each section with what it holds, counted; `anchors` are the host's fragments, one per heading."""
    number = len(document.sections)
    blocks, lines, tables, images = ([0] * number for _ in range(4))
    texts: list[list[str]] = [[] for _ in range(number)]
    for block in document.blocks:
        if block.kind != "heading":
            texts[block.section].append(block.text)
    for fence in document.fences:
        blocks[fence.section] += 1
        lines[fence.section] += own_lines(fence)
    for table in document.tables:
        tables[table.section] += 1
    for link in document.links:
        if link.image and link.element not in _NO_IMAGES and not _BADGE.search(link.url):
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
    """A heading's text without the id that a site generator reads at its end."""
    return " ".join(_CUSTOM_ID.sub("", text, count=1).split())


# --- title, lead, front matter ----------------------------------------------------------------------------------------


def _title(meta: dict[str, object], facts: tuple[SectionFact, ...]) -> str:
    stated = _text(meta.get("title"))
    if stated and "{{" not in stated and "{%" not in stated:
        return stated
    headed = [section.title for section in facts if section.level == 1 and section.title]
    if headed or (facts and facts[0].level == 0 and facts[0].words >= MANY_WORDS):
        return headed[0] if headed else ""  # what follows on an opening is the heading of a part
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
    """The language that front matter names, or a folder named by a language's code."""
    for key in ("lang", "language", "locale", "Locale"):
        if (text := _text(meta.get(key))) and _known(text):
            return text
    return next((part for part in path.split("/")[:-1] if _known(part)), "")


def _known(tag: str) -> bool:
    match = _LANGUAGE_TAG.match(tag)
    return match is not None and match[1] in _LANGUAGES
