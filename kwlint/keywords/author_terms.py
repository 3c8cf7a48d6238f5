"""Keywords that a document's authors named themselves: front matter and MyST index entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlint.model.document import Document

FIELDS = ("keywords", "tags")
LONGEST = 80  # characters of an entry
MOST = 100  # entries of one document

_KIND = re.compile(r"\s*!?\s*(single|pair|triple|see|seealso|module|keyword)\s*:\s*", re.I)
_ROLE = "{index}"
_EXPLICIT = re.compile(r"(.*?)\s*<(.*)>\s*\Z", re.S)


def named(document: Document, meta: dict[str, object]) -> list[tuple[str, int]]:
    """The entries in their order, each with its section, or -1 where the authors name none."""
    found: dict[str, int] = {}
    for text, section in (*_front_matter(meta), *_directives(document), *_roles(document)):
        entry = " ".join(text.replace("\\_", "_").split())
        if entry and len(entry) <= LONGEST and len(found) < MOST:
            found.setdefault(entry, section)
    return list(found.items())


def _front_matter(meta: dict[str, object]) -> Iterator[tuple[str, int]]:
    for field in FIELDS:
        value = meta.get(field)
        entries = re.split(r"[,;]", value) if isinstance(value, str) else value if isinstance(value, list) else ()
        for entry in entries:
            if isinstance(entry, str):
                yield entry, -1


def _directives(document: Document) -> Iterator[tuple[str, int]]:
    for fence in document.fences:
        if fence.lang == "index":
            head = fence.info.partition("}")[2]
            for spec in (head, *fence.text.split("\n")):
                for entry in _entries(spec):
                    yield entry, fence.section


def _roles(document: Document) -> Iterator[tuple[str, int]]:
    for block in document.blocks:
        if _ROLE not in block.text:
            continue
        for mark in block.marks:
            if mark.kind == "code" and block.text[max(0, mark.start - len(_ROLE)) : mark.start] == _ROLE:
                body = block.text[mark.start : mark.end]
                explicit = _EXPLICIT.match(body)
                for entry in _entries(explicit.group(2) if explicit else body):
                    yield entry, block.section


def _entries(spec: str) -> list[str]:
    """The terms of one index entry; of `single: A; B` both."""
    spec = spec.strip().lstrip("!")
    if not spec or spec.startswith(":"):
        return []
    kind = _KIND.match(spec)
    if kind:
        parts = [part.strip() for part in spec[kind.end() :].split(";")]
        return parts[:1] if kind.group(1).lower().startswith("see") else parts
    return [part.strip().lstrip("!") for part in re.split(r"[,;]", spec)]
