"""Quarto, whose ids are pandoc's: `_quarto.yml`.

Rules from pandoc's manual (7.2, "Extension: auto_identifiers"), confirmed with pandoc; Quarto's from its
documentation. Links go from the file and name it, or its page; `/` is the project's root; an address without a
suffix is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Flavour,
    LinkRequest,
    Resolution,
    line_of,
    lower_each,
    suffix_of,
    with_dashes,
    without_suffix,
)
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_ID = re.compile(r"\{[^{}\n]*?#([\w:.-]+)[^{}\n]*\}|(?m:^#\|[ \t]*label:[ \t]*(\S+))").finditer
_INCLUDE = re.compile(r"\{\{<\s*include\s+([^\s>]+)\s*>\}\}").finditer


class Quarto(Flavour):
    """A project at `root`. `filters`: its own filters change pages."""

    name = "quarto"
    partials_relative = False
    dialect = Dialect(templates="hugo", attributes=True, mentions="quarto")
    suffixes = (".md", ".markdown", ".qmd")
    custom_ids = True
    excludes_readmes = True

    def __init__(self, root: str, filters: bool = False) -> None:
        super().__init__(root)
        self.filters = filters

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.filters)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """With a listing or a filter, a page has ids that its document does not show."""
        found = super().anchors(document, meta)
        made = self.filters or "listing" in meta or "filters" in meta
        return (*found, Anchor("made", "open", "", 1)) if made else found

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """With `smart`, which is on by default, `--` and `...` are one character that no id keeps."""
        yield [with_dashes(self.split_heading(heading)[0]).replace("...", "\u2026") for heading in document.headings]
        yield from super().alternative_texts(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(map(slug, texts))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for match in _ID(document.text) if "{" in document.text or "label:" in document.text else ():
            yield Anchor(match[1] or match[2], "target", "", line_of(document, match.start()))
        for match in _INCLUDE(document.text) if "{{<" in document.text else ():
            yield Anchor(match[1], "include", "", line_of(document, match.start()))

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive:
            return Resolution((target,))
        suffix, rooted = suffix_of(target), request.path.startswith("/")
        if suffix in ("", ".html"):
            stem = without_suffix(target) if suffix == ".html" else target
            return Resolution((target, *self.page_sources(stem), f"{stem}.ipynb", f"{stem}.rmd", f"{stem}.Rmd"), False)
        found = (target, self.path_below("", request.path)) if rooted else (target,)
        return Resolution(found, suffix in (*self.suffixes, ".ipynb") or (request.is_image and not rooted))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("index.qmd", "index.md", "README.md"))


def slug(text: str) -> str:
    """A heading's id before duplicates are told apart: alphanumeric characters, `_`, `-` and `.` are kept, runs of
    white space become one `-`, what comes before the first letter is dropped; empty gives `section`."""
    kept = "".join(c for c in text if c.isalnum() or c in "_-." or c.isspace())
    name = "-".join(lower_each(kept).split())
    start = next((at for at, c in enumerate(name) if c.isalpha()), None)
    return "section" if start is None else name[start:]
