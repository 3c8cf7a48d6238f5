"""Finds the index terms that a document's authors name: in front matter, and in MyST index directives and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlint.model.document import Document

FIELDS = ("keywords", "tags")  # of the front matter
LONGEST = 80  # characters of an entry
MOST = 100  # entries of one document

# Types of index entries in Sphinx; those of `REFERENCES` point to another entry.
ENTRY_TYPES = frozenset(("single", "pair", "triple", "see", "seealso", "module", "keyword"))
REFERENCES = frozenset(("see", "seealso"))
_ROLE = "{index}"
_SEPARATORS = re.compile("[,;]")


def named(document: Document, meta: dict[str, object]) -> list[tuple[str, int]]:
    """Return the authors' terms in their order, each with its section, or -1 for a term of the front matter."""
    terms: dict[str, int] = {}
    for text, section in (*_front_matter(meta), *_directives(document), *_roles(document)):
        entry = " ".join(text.replace("\\_", "_").split())
        if entry and len(entry) <= LONGEST and len(terms) < MOST:
            terms.setdefault(entry, section)
    return list(terms.items())


def _front_matter(meta: dict[str, object]) -> Iterator[tuple[str, int]]:
    for field in FIELDS:
        value = meta.get(field)
        entries = _SEPARATORS.split(value) if isinstance(value, str) else value if isinstance(value, list) else ()
        yield from ((entry, -1) for entry in entries if isinstance(entry, str))


def _directives(document: Document) -> Iterator[tuple[str, int]]:
    for fence in document.fences:
        if fence.lang == "index":
            argument = fence.info.partition("}")[2]
            for line in (argument, *fence.text.split("\n")):
                yield from ((entry, fence.section) for entry in _entries(line))


def _roles(document: Document) -> Iterator[tuple[str, int]]:
    for block in document.blocks:
        if _ROLE not in block.text:
            continue
        for mark in block.marks:
            if mark.kind == "code" and block.text.endswith(_ROLE, 0, mark.start):
                content = block.text[mark.start : mark.end].rstrip()
                _, bracket, target = content.partition("<")  # `text <entry>`
                entries = _entries(target[:-1] if bracket and target.endswith(">") else content)
                yield from ((entry, block.section) for entry in entries)


def _entries(text: str) -> list[str]:
    """Return the terms of one index entry: both of `single: A; B`, and A of `see: A; B`."""
    text = text.strip().lstrip("!").strip()
    if not text or text.startswith(":"):
        return []
    entry_type, colon, rest = text.partition(":")
    entry_type = entry_type.strip().lower()
    if colon and entry_type in ENTRY_TYPES:
        parts = [part.strip() for part in rest.split(";")]
        return parts[:1] if entry_type in REFERENCES else parts
    return [part.strip().lstrip("!") for part in _SEPARATORS.split(text)]
