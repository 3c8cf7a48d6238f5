"""Zola: `config.toml` or `zola.toml` with `base_url`, beside `content/`.

Rules from its source (`components/utils/src/slugs.rs`, `components/markdown/src/markdown.rs`) and manual.
`@/x.md` is `content/x.md` and is checked, as are its anchors; other links are addresses, which front matter may
set: one that leads to no file is not decided here. Files are copied from beside the page or from `static/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Flavour,
    LinkRequest,
    Resolution,
    folder_of,
    join,
    line_of,
    split_custom_id,
    suffix_of,
    without_suffix,
)
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

# Typographic marks become ASCII ones or none, which an id drops alike.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d"} | dict.fromkeys("‘’“”–—…\u00a0\ufe0f\u200d«»", " "))
# Suffixes of what the build may make, of pages and of Sass; any other file lies beside the page or in `static`.
_MADE = frozenset(("", ".html", ".htm", ".css", ".js", ".json", ".xml", ".txt", ".map"))


class Zola(Flavour):
    """A site in `outer` with its documents below `root`. `slugs_on`: anchors are made ASCII (the default)."""

    name = "zola"
    dialect = Dialect(templates="tera")
    custom_ids = True

    def __init__(self, root: str, outer: str, slugs_on: bool = True) -> None:
        super().__init__(root, outer)
        self.slugs_on = slugs_on

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.slugs_on)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique((slug if self.slugs_on else safe)(text) for text in texts)

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        """The ASCII spelling of an emoji or of another script takes a table that is not here."""
        if self.slugs_on:
            for heading in document.headings:
                if not plain(split_custom_id(heading.text)[0]).isascii():
                    yield Anchor("transliterated", "open", "", line_of(document, heading.block_start))

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:
        del target, path
        return fragment.isascii() or not self.slugs_on

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path
        if path.startswith("@/"):
            target, above = join(self.root, path[2:])
            return Resolution((target,), True, above)
        return super().resolve(request)

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        return join(f"{self.outer}/static" if request.path.startswith("/") else folder_of(request.source), request.path)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, rooted = request.path, request.path.startswith("/")
        stem = request.source if request.source.rpartition("/")[2] in ("index.md", "_index.md") else ""
        page = folder_of(stem) if stem else without_suffix(request.source)
        from_page = self.path_below(self.root if rooted else page, path)
        paths = (target, from_page, *self.page_sources(from_page), *((self.path_below("", path),) if rooted else ()))
        inner = self.relative_to_root(from_page)
        copied = (f"{self.outer}/static/{inner}".lstrip("/"),) if inner and not rooted else ()
        beside = not path.startswith("..") and (request.is_image or suffix_of(path) not in _MADE)
        return Resolution((*paths, *copied), not rooted and (beside or suffix_of(path) in self.suffixes))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("_index.md", "index.md"))


def slug(text: str) -> str:
    """A heading's id before duplicates are told apart: ASCII, lower case, runs of anything else become one `-`."""
    return re.sub("[^a-z0-9]+", "-", plain(text).lower()).strip("-")


def plain(text: str) -> str:
    """`text` with Latin letters and punctuation in ASCII."""
    if text.isascii():
        return text
    from unicodedata import normalize

    text = normalize("NFKD", text).translate(_SPELLED)
    return "".join(c for c in text if not "\u0300" <= c <= "\u036f")


def safe(text: str) -> str:
    """A heading's id where slugs are off: each ASCII space becomes `_`."""
    return re.sub(r"[ \t\n\f\r]", "_", text)
