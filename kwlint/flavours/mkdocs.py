"""MkDocs, also with Material for MkDocs, and Zensical: `mkdocs.yml`.

Rules from Python-Markdown (`extensions/toc.py`, at 00b22287), MkDocs (`structure/pages.py`, at 01be507e) and
pymdownx (`slugs.py`), confirmed by building a site. A Markdown link names a file from its file; one without a
suffix is an address, as is what raw HTML refers to: relative to the page, which for `a/b.md` is `/a/b/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kwlint.flavours.base import (
    INDEXES,
    Asked,
    Flavour,
    Reading,
    folder_of,
    join,
    line_of,
    outside_code,
    suffix_of,
    without_suffix,
)
from kwlint.model import Anchor, Dialect, Document

_GENERATED = re.compile(r"(?m)^[ \t]*(?:::: \S|--8<-- .*\.md|;?--8<--[ \t]*$)|\{!.*\.md").search
_TAG = re.compile(r"\{%-?\s*(?:include|import)|\{\{").search


class Toc(NamedTuple):
    """How ids are made: `rule` is `markdown` (Python-Markdown's own), `unicode` (its `slugify_unicode`), `pymdownx` or
    `unknown`; `case` is pymdownx's; `separator` stands for a run of spaces and hyphens."""

    rule: str = "markdown"
    case: str = "none"
    separator: str = "-"
    encode: bool = False


class Layout(NamedTuple):
    """`fallbacks`: roots of other languages whose pages stand in for a missing one. `suffixes`: the languages of
    `x.fr.md`. `generates`: a plugin makes pages at build time. `redirects`: old addresses, as paths below the root.
    `absolute`: links from `/` are resolved in the root and checked. `autorefs`: labels may be defined elsewhere.
    `hooks`: code of the project's own changes pages. `templated`: so do tags in the text. `flat`: `a/b.md` is
    `/a/b.html` and not `/a/b/`. `plain`: no plugin is there that could make more of a link than MkDocs does. `theme`:
    its name; `overrides`: the folder of the project's own files of it."""

    fallbacks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    generates: bool = False
    redirects: tuple[str, ...] = ()
    absolute: bool = False
    autorefs: bool = False
    hooks: bool = False
    templated: bool = False
    flat: bool = False
    plain: bool = False
    theme: str = ""
    overrides: str = ""


# Pictures that themes bring along (`themes/`, at the release 1.6, and Material's `templates/`).
_THEMES = {
    "mkdocs": ("img/favicon.ico", "img/grid.png"),
    "readthedocs": ("img/favicon.ico",),
    "material": ("assets/images/favicon.png",),
}


class MkDocs(Flavour):
    """A site whose documents lie below `root` (its `docs_dir`)."""

    name = "mkdocs"
    partials_relative = False
    html_ends_at_tag = True
    custom_ids = True

    def __init__(self, root: str, outer: str, toc: Toc = Toc(), layout: Layout = Layout(), jinja: bool = False) -> None:  # noqa: B008
        super().__init__(root, outer)
        self.toc = toc
        self.layout = layout
        self.dialect = Dialect(admonitions=True, attributes=True, templates="jinja" if jinja else "")
        self.open_references = layout.autorefs

    @property
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.toc, self.open_references, self.layout.hooks, self.layout.templated)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return numbered([slug(text, self.toc) for text in texts])

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        if self.toc.rule == "unknown" or self.layout.hooks:
            return [Anchor("toc", "open", "", 1)]
        text = document.text
        if any(sign in text for sign in (":::", "--8<--", "{!", "{%", "{{")):
            text = outside_code(document)
        found = _GENERATED(text)
        if found is None and self.layout.templated:
            found = _TAG(text)
        return [Anchor("generated", "open", "", line_of(document, found.start()))] if found else []

    def read(self, asked: Asked) -> Reading:
        reading = self._read(asked)
        inner = [path for place in reading.places if (path := self.relative(place))]
        if any(path in _THEMES.get(self.layout.theme, ()) for path in inner):
            return reading._replace(known=True)
        if not self.layout.overrides or reading.above:
            return reading
        # A theme's files that are no templates are published where the documents are.
        themed = (
            f"{self.layout.overrides}/{path}" for path in inner if suffix_of(path) not in (*self.suffixes, ".html")
        )
        return reading._replace(places=(*reading.places, *themed))

    def _read(self, asked: Asked) -> Reading:
        folder = folder_of(asked.source)
        rooted = asked.path.startswith("/")
        if rooted:
            return self._from_root(asked)
        place, above = join(folder, asked.path)
        if above:
            return Reading((place,), suffix_of(place) in self.suffixes, above)
        address = not suffix_of(asked.path)
        page = folder if self.layout.flat or _is_index(asked.source) else without_suffix(asked.source)
        from_page = join(page, asked.path)[0]
        if asked.raw or address or suffix_of(place) == ".html":
            reached = self._behind(from_page, asked.path)
            meant = tuple(found for found in self._behind(place, "") if found not in reached)
            decidable: bool | None = asked.raw and not address and suffix_of(place) != ".html"
            if self._is_strict:
                return Reading((from_page, *reached, place), decidable, astray=meant)
            return Reading(self._elsewhere((from_page, *reached, place, *meant)), decidable)
        inner = self.relative(place)
        if inner is not None and inner in self.layout.redirects:
            return Reading((place,), known=True)
        return Reading(self._elsewhere((place,)), None if self.layout.generates else True)

    @property
    def _is_strict(self) -> bool:
        """Whether only what MkDocs itself makes of a link counts."""
        return self.layout.plain and not (self.layout.fallbacks or self.layout.languages)

    def _behind(self, place: str, address: str) -> tuple[str, ...]:
        """The documents that the page at `place` may be made from; an `address` tells whether it ends in `/`."""
        if suffix_of(place) == ".html":
            flat = self.layout.flat or not address or place.endswith("/index.html")
            return self.pages(without_suffix(place)) if flat else ()
        if self.layout.flat and address.endswith("/"):
            return self.landing(place)
        return self.pages(place)

    def _from_root(self, asked: Asked) -> Reading:
        place = self.below(self.root, asked.path)
        checked = self.layout.absolute and bool(suffix_of(place)) and not asked.raw
        host = self._repository(asked.path)
        if self._is_strict and not self.layout.absolute:
            source = suffix_of(place) in self.suffixes  # which the site does not hold
            reached = self._behind(place, asked.path)
            meant = (place,) if source else tuple(found for found in self._behind(place, "") if found not in reached)
            return Reading((*(() if source else (place,)), *reached, *host), checked, astray=meant)
        stem = without_suffix(place) if suffix_of(place) == ".html" else place
        return Reading(self._elsewhere((place, *self.pages(stem), *host)), checked)

    def _repository(self, path: str) -> tuple[str, ...]:
        """What `/x` means to the git host."""
        return (self.below("", path),) if suffix_of(path) else ()

    def _elsewhere(self, places: tuple[str, ...]) -> tuple[str, ...]:
        """`places`, then where other languages keep the same."""
        found = list(places)
        for place in places:
            inner = self.relative(place)
            if inner is None:
                continue
            found += (f"{root}/{inner}" if root else inner for root in self.layout.fallbacks)
            for language in self.layout.languages:
                found.append(f"{without_suffix(place)}.{language}{place[len(without_suffix(place)) :]}")
                first, slash, rest = inner.partition("/")
                if slash and first in self.layout.languages:
                    found += (self.below(self.root, f"{other}/{rest}") for other in self.layout.languages)
                    found.append(self.below(self.root, rest))
        return tuple(found)

    def landing(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}.md" if folder else f"{name}.md" for name in INDEXES[:2])


def _is_index(path: str) -> bool:
    return without_suffix(path.rpartition("/")[2]) in ("index", "README")


# --- ids ----------------------------------------------------------------------------------------------------------

_NO_WORD = re.compile(r"[^\w\s-]")
_NO_WORD_ASCII = re.compile(r"[^\w\s-]", re.ASCII)


def slug(text: str, toc: Toc) -> str:
    """A heading's id before duplicates are told apart."""
    from unicodedata import normalize

    text = " ".join(text.split())
    if toc.rule == "pymdownx":
        text = re.sub("</?[^>]*>", "", normalize("NFC", text)).strip()
        text = text.lower() if toc.case.startswith("lower") else text.casefold() if toc.case == "fold" else text
        name = re.sub(r"[^\w\- ]", "", text).replace(" ", toc.separator)
        return _quoted(name) if toc.encode else name
    if toc.rule == "markdown":
        text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = (_NO_WORD_ASCII if toc.rule == "markdown" else _NO_WORD).sub("", text).strip().lower()
    return re.sub(rf"[{re.escape(toc.separator)}\s]+", lambda _: toc.separator, text)


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def numbered(slugs: Iterable[str]) -> list[str]:
    """`slugs` with `_1`, `_2`, ... behind those that were there before; an empty one counts as taken. Linear time."""
    seen: set[str] = set()
    following: dict[str, int] = {}
    result = []
    for name in slugs:
        answer = name
        if not answer or answer in seen:
            base, mark, digits = name.rpartition("_")
            known = mark and digits.isdecimal() and digits.isascii() and len(digits) < 9
            stem, number = (base, int(digits)) if known else (name, 0)
            number = max(number + 1, following.get(name, 0))
            while f"{stem}_{number}" in seen:
                number += 1
            following[name] = number + 1
            answer = f"{stem}_{number}"
        seen.add(answer)
        result.append(answer)
    return result
