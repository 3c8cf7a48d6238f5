"""The type of a document by weighted signs: tutorial, how-to, reference, explanation (Diátaxis), changelog, index.

The type with the highest sum of weights is the document's, if the sum reaches `ENOUGH`. The signs are in
`data/document_types.toml`. Diátaxis: https://diataxis.fr.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kwlint.text.knowledge import pattern, table, words

if TYPE_CHECKING:
    from kwlint.model.document import Document
    from kwlint.model.facts import SectionFact

ENOUGH = 2
TYPES = ("changelog", "index", "reference", "tutorial", "how-to", "explanation")  # of equal sums, the first counts
MIN_LINKS = 5  # in a list, for an index
_FILE = "document_types"
_Signs = list[tuple[str, int, str]]  # type, weight, phrase that names the sign


@cache
def _types(name: str) -> dict[str, str]:
    """Return the type for each word of a table."""
    return {word: row.text("type") for row in table(_FILE, name) for word in row.words("words")}


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.text("type"), re.compile(row.text("pattern"), re.IGNORECASE)) for row in table(_FILE, "title"))


def document_type(
    document: Document, path: str, meta: dict[str, object], title: str, summary: str, sections: tuple[SectionFact, ...]
) -> tuple[str, tuple[str, ...]]:
    """Return the type and the signs for it as phrases, no more than reach `ENOUGH`; empty values if no type does."""
    sums = dict.fromkeys(TYPES, 0)
    phrases: dict[str, list[tuple[int, str]]] = {name: [] for name in TYPES}
    signs = [*_from_meta(meta), *_from_path(path), *_from_title(title), *_from_summary(summary)]
    for name, weight, phrase in (*signs, *_from_sections(sections), *_from_links(document)):
        sums[name] += weight
        if sum(other for other, _ in phrases[name]) < ENOUGH:
            phrases[name].append((weight, phrase))
    best = max(TYPES, key=lambda name: (sums[name], -TYPES.index(name)))
    if sums[best] < ENOUGH:
        return "", ()
    return best, tuple(phrase for _, phrase in phrases[best])


def _from_meta(meta: dict[str, object]) -> _Signs:
    for key in table(_FILE, "key")[0].words("words"):
        value = meta.get(key)
        name = _types("stated").get(value.strip().lower().replace(" ", "-")) if isinstance(value, str) else None
        if name:
            return [(name, 4, f"front matter says {key}: {value}")]
    if "external help file" in meta:
        return [("reference", 3, "front matter names a command's help file")]
    return []


def _from_path(path: str) -> _Signs:
    *folders, file = path.split("/")
    stem = file.lower().partition(".")[0]
    signs: _Signs = []
    if stem in _types("file"):
        signs.append((_types("file")[stem], 3, f"named {file}"))
    for distance, folder in enumerate(reversed(folders)):
        if name := _types("folder").get(folder.lower()):
            return [*signs, (name, 2 if distance < 2 else 1, f"stands in {folder}/")]
    return signs


def _from_title(title: str) -> _Signs:
    for name, compiled in _titles():
        if match := compiled.search(title):
            return [(name, 2, f"titled “{match[0].strip('_')}”")]
    return []


def _from_summary(summary: str) -> _Signs:
    """Return the type that the first sentences give to their own document."""
    match = pattern(_FILE, "self").search(summary)
    if match is None:
        return []
    word = match[1].lower().replace(" ", "")
    return [(_types("stated")[word], 3, f"calls itself “{match[0].lower()}”")]


def _from_sections(sections: tuple[SectionFact, ...]) -> _Signs:
    titles = [section.title for section in sections if section.title]
    return [*_reference_sections(sections), *_versions(titles), *_steps(titles)]


def _reference_sections(sections: tuple[SectionFact, ...]) -> _Signs:
    reference_titles = words(_FILE, "section")
    matches = [section for section in sections if section.title.casefold() in reference_titles]
    titles = list(dict.fromkeys(section.title for section in matches))
    top = min((section.level for section in sections if section.level > 1), default=1)
    if len(titles) > 1 and any(section.level <= top for section in matches):  # else they belong to one topic of several
        return [("reference", len(titles), f"has the sections {', '.join(titles[:4])}")]
    return []


def _versions(titles: list[str]) -> _Signs:
    versions = [title for title in titles if pattern(_FILE, "version").match(title)]
    if len(versions) > 2 and 5 * len(versions) > 2 * len(titles):
        return [("changelog", 4, "its headings are versions")]
    return []


def _steps(titles: list[str]) -> _Signs:
    steps = [title for title in titles if pattern(_FILE, "step").match(title)]
    one_row = sum(re.match(r"(?:step )?1\b", title, re.IGNORECASE) is not None for title in steps) < 2
    if len(steps) > 2 and one_row and 5 * len(steps) > 2 * len(titles):
        return [("tutorial" if "step" in steps[0].lower() else "how-to", 2, "its headings are numbered steps")]
    return []


def _from_links(document: Document) -> _Signs:
    if len(document.links) < MIN_LINKS:
        return []
    blocks = [block for block in document.blocks if block.kind != "heading"]
    linked = 0
    for block in blocks:
        covered = sum(mark.end - mark.start for mark in block.marks if mark.kind == "link")
        linked += block.container == "list" and 2 * covered >= len(block.text.strip()) > 0
    if linked >= MIN_LINKS and 2 * linked > len(blocks):
        return [("index", 3, "most of it is lists of links")]
    return []
