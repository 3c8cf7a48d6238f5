"""DocFX and Microsoft Learn: `docfx.json`, `.openpublishing.publish.config.json`.

Rules from docfx (`MarkdownExtensions.cs`, `HeadingIdRewriter`, at 01f6bd44) and Markdig
(`LinkHelper.UrilizeAsGfm`), and measured on the documentation of PowerShell and the Azure CLI. Links go from
the file, `~/` is the docset's root, `/` the site's; a path without a suffix is an address of the site.
Redirected documents may be linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kwlint.flavours.base import Asked, Flavour, Reading, folder_of, join, line_of, relative_path, suffix_of
from kwlint.flavours.github import slug as github_slug
from kwlint.flavours.github import unique
from kwlint.model import Anchor, Dialect, Document, Heading

# `HeadingIdRewriter` takes this spelling alone; otherwise the heading keeps its own id beside the one that is written.
_NAMED = re.compile(r'<a +(?:name|id)="([\w .-]+)" *></a>.').match
# Suffixes of which a docset's links name files; anything else (`system.io.file`) is an address.
_FILES = frozenset(
    (".md", ".yml", ".yaml", ".json", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico", ".pdf", ".zip",
     ".docx", ".xlsx", ".pptx", ".mp4", ".txt", ".csv", ".ps1", ".psm1", ".psd1", ".cs", ".xml", ".xaml", ".sql", ".py")
)  # fmt: skip


class DocFx(Flavour):
    """A docset at `root`. `redirected`: repository paths of documents that the site, to which letter case is one,
    redirects; `foreign`: folders that
    the build fetches from other repositories."""

    name = "docfx"
    dialect = Dialect(docfx=True, math=False)

    def __init__(self, root: str, redirected: Iterable[str] = (), foreign: Iterable[str] = ()) -> None:
        super().__init__(root)
        self.redirected = dict.fromkeys(sorted(path.lower() for path in redirected))
        self.foreign = tuple(sorted(f"{folder}/" for folder in foreign if folder))

    def headings(self, document: Document) -> Iterable[Anchor]:
        names = self.slugs([heading.alt_text for heading in document.headings])
        for name, heading in zip(names, document.headings, strict=True):
            named = _NAMED(heading.raw)
            line = line_of(document, heading.block_start)
            yield Anchor(named[1] if named else name, "custom" if named else "heading", heading.text.strip(), line)

    def text(self, heading: Heading) -> str:
        return heading.alt_text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(slug(text) or "section" for text in texts)

    def special(self, source: str, url: str) -> str | None:
        del source
        return "" if url[:5].lower() == "xref:" else None

    def start(self, asked: Asked) -> tuple[str, int]:
        path = asked.path.replace("\\", "/")
        if path.startswith("~") and path != "~":
            return join(self.root, path[1:].lstrip("/"))
        return join(folder_of(asked.source), path)

    def sees_beyond(self, asked: Asked) -> bool:
        return suffix_of(asked.path) in _FILES

    def inside(self, asked: Asked, place: str) -> Reading:
        if asked.path.startswith(("/", "\\")):
            return Reading((), False)
        if place.lower() in self.redirected:
            return Reading((place,), known=True)
        inner = self.relative(place) or place
        if self.foreign and (place.startswith(self.foreign) or inner.startswith(self.foreign)):
            return Reading((place,), False)
        return Reading((place,), bool(asked.directive) or suffix_of(asked.path) in _FILES)

    def landing(self, folder: str) -> tuple[str, ...]:
        return (*(f"{folder}/{name}" if folder else name for name in ("index.md",)), *super().landing(folder))

    def spellings(self, asked: Asked, place: str) -> Iterator[str]:
        if asked.path.startswith("~") and (inner := self.relative(place)) is not None:
            yield f"~/{inner}"
        if "\\" in asked.path:
            yield relative_path(folder_of(asked.source), place).replace("/", "\\")
        yield from super().spellings(asked, place)


def slug(text: str) -> str:
    """A heading's id: lower case, letters, digits, `-` and `_` kept, a space becomes `-`; nothing is trimmed."""
    if text.isascii():
        return github_slug(text)
    return "".join("-" if c == " " else c for c in text.lower() if c in " -_" or _is_kept(c))


def _is_kept(c: str) -> bool:
    if c.isascii():
        return c.isalnum()
    return ord(c) < 0x10000 and (c.isalpha() or c.isdecimal())
