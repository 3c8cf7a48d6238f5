"""Docusaurus: `docusaurus.config.*`.

Rules from its source (`docusaurus-utils/src/markdownUtils.ts`, at 0266549a) and its documentation, "Markdown
links". What ends in `.md` or `.mdx` is a file: seen from the file, the content root, then the site's folder.
Anything else is an address, which may be set in front matter and is not decided here; an image is looked for at
build time, so that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kwlint.flavours.base import (
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
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_IMPORT = re.compile(r"(?m)^import\s+([^;'\"\n]*)\s+from\s+['\"]([^'\"\n]+)['\"]").finditer
_ID = re.compile(r"\{(?:/\*\s*)?#((?:(?!\{#|\}|\s*\*/).)+)(?:\s*\*/)?\}\Z").search
_THEME = re.compile(
    r"@theme/(?:Tab|CodeBlock|Admonition|Details|TOC|Theme|DocCard|Icon|Layout|Link)|@docusaurus/"
).match
_NUMBERED = re.compile(r"\d+\s*[-_.]+\s*[^-_.\s\d]").match
_ASSETS = frozenset((".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".css"))


class Routes(NamedTuple):
    """What the configuration says of addresses. `static`: folders of files. `slash`: `trailingSlash`, None where it is
    not set. `base`: `baseUrl`. `route`: the address below which the documents of a root are, None where that is not
    known. `redirects`: pages may have other addresses, too. `numbered`: the `01-` of a name is part of its address.
    `commonmark`: `.md` is no MDX (`markdown.format`)."""

    static: tuple[str, ...] = ("static",)
    slash: bool | None = None
    base: str = ""
    route: str | None = None
    redirects: bool = True
    numbered: bool = False
    commonmark: bool = False


class Docusaurus(Flavour):
    """A site whose configuration lies in `outer`; `root` is one of its content roots. `original`: the content root
    that this one translates."""

    name = "docusaurus"
    partials_relative = False
    suffixes = (".md", ".markdown", ".mdx")
    dialect = Dialect(mdx=True, mentions="imports")
    custom_ids = True
    addresses = ("slug",)

    def __init__(self, root: str, outer: str, routes: Routes = Routes(), original: str = "") -> None:  # noqa: B008
        super().__init__(root, outer)
        self.routes = routes
        self.static = tuple(self.below(outer, folder) for folder in routes.static)
        self.original = original
        if routes.commonmark:
            self.dialect = Dialect(mentions="imports")

    def text(self, heading: Heading) -> str:
        return heading.alt_text

    def split(self, heading: Heading) -> tuple[str, str]:
        """`{#id}`, in which anything but braces is the id; in MDX it may stand in a comment, or be escaped."""
        text = self.text(heading)
        found = _ID(heading.raw)
        if not found:
            return text, ""
        return text.rpartition("{")[0].rstrip(" \\") if text.endswith("}") else text, found[1].strip()

    def other_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_places(self, document: Document) -> list[tuple[int, int, str]]:
        found = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1].strip()) for h, m in found if m]

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        yield from super().borrowed(document)
        text = outside_code(document) if "import" in document.text else ""
        for match in _IMPORT(text):
            target = re.sub(r"\\(.)", r"\1", match[2])  # as JavaScript reads it
            if not any(f"<{name}" in text for name in re.findall(r"\w+", match[1])):
                continue  # a value, or something that is not used: no part of the page
            if suffix_of(target) in (".md", ".mdx"):
                yield Anchor(target, "include", "", line_of(document, match.start()))
            elif not _THEME(target) and suffix_of(target) not in _ASSETS:
                yield Anchor(target, "open", "", line_of(document, match.start()))

    def special(self, source: str, url: str) -> str | None:
        del source
        return "" if url.startswith("pathname:") else None

    def read(self, asked: Asked) -> Reading:
        path = asked.path
        if asked.directive and path.startswith("@site/"):
            near = asked._replace(source=f"{self.outer}/x".lstrip("/"), path=f"./{path[6:]}")
            return self.imported(near)
        if path.startswith("@site/"):
            place, above = join(self.outer, path[6:])
            return Reading((place,), True, above)
        if path.startswith("@"):
            return Reading((), False)
        return super().read(asked)

    def inside(self, asked: Asked, place: str) -> Reading:
        path, here, rooted = asked.path, place, asked.path.startswith("/")
        roots = [self.root, *([self.original] if self.original else [])]
        roots += [self.outer] if "/" in path.strip("./") else []  # beside the content nothing is a page
        inside = [self.below(root, path) for root in roots]
        inner = self.relative(folder_of(asked.source) + "/x")
        if self.original and inner and not rooted and suffix_of(path) not in self.suffixes:
            inside.append(self.below(f"{self.original}/{folder_of(inner)}", path))
        assets = [self.below(folder, path) for folder in self.static]
        if suffix_of(path) in self.suffixes:
            return Reading(tuple(dict.fromkeys((here, *inside, self.below("", path) if rooted else here))), True)
        files = (here, *assets, *inside, *(f"{place}.html" for place in assets if not suffix_of(place)))
        reached = self._from_root(path) if rooted else self._from_page(asked)
        pages = [page for place in reached for page in self._behind(place)]
        meant = [page for place in (here, *inside) for page in self.pages(without_html(place)) if page not in pages]
        sure = asked.image and bool(suffix_of(path)) and not rooted
        if self.routes.redirects or self.original:
            return Reading(tuple(dict.fromkeys((*files, *pages, *meant))), sure)
        return Reading(tuple(dict.fromkeys((*files, *pages))), sure, astray=tuple(dict.fromkeys(meant)))

    def spellings(self, asked: Asked, place: str) -> Iterator[str]:
        if asked.path.startswith("@site/") and (not self.outer or place.startswith(f"{self.outer}/")):
            yield f"@site/{place[len(self.outer) :].lstrip('/')}"
        yield from super().spellings(asked, place)

    def landing(self, folder: str) -> tuple[str, ...]:
        names = [
            f"{name}{suffix}" for name in ("index", "README", folder.rpartition("/")[2]) for suffix in (".md", ".mdx")
        ]
        return tuple(f"{folder}/{name}" if folder else name for name in names)

    def pages(self, place: str) -> tuple[str, ...]:
        named = (f"{place}/{place.rpartition('/')[2]}{suffix}" for suffix in (".md", ".mdx") if place)
        return (*(page for page in super().pages(place) if not page.endswith(".markdown")), *named)

    def _from_page(self, asked: Asked) -> Iterator[str]:
        """Where an address leads from the page: `trailingSlash` says whether that is `/a/b/` or `/a/b`."""
        source = asked.source
        index = _is_index(source)
        folder, slash = folder_of(source), self.routes.slash
        if slash is not True and (slash is None or not index):
            yield self.below(folder, asked.path)
        if slash is not False:
            yield self.below(folder if index else without_suffix(source), asked.path)
        if slash is False and index:
            yield self.below(folder_of(folder), asked.path)

    def _from_root(self, path: str) -> Iterator[str]:
        """Where an address from `/` leads: below the route of the documents, or to a page of the site's code."""
        base, route = self.routes.base.strip("/"), self.routes.route
        rest = path.strip("/")
        if base and f"{rest}/".startswith(f"{base}/"):
            rest = rest[len(base) :].strip("/")
        yield self.below(f"{self.outer}/src/pages", rest)
        yield self.below(self.outer, rest)  # another root, which has the name of its route
        first, _, below = rest.partition("/")
        if route is None:
            yield self.below(self.root, rest)
            if below or first == self.root.rpartition("/")[2]:
                yield self.below(self.root, below)
        elif f"{rest}/".startswith(f"{route}/".lstrip("/")):
            inner = rest[len(route) :].strip("/")
            yield self.below(self.root, inner)
            yield self.below(self.root, inner.partition("/")[2] or "-")  # behind the name of a version

    def _behind(self, place: str) -> Iterator[str]:
        """The documents that the page at `place` may be made from, and the code."""
        if place.endswith("/index.html") and self.routes.slash is not False:
            yield from self.pages(folder_of(place))
        elif place.endswith(".html"):
            if self.routes.slash is False or self.routes.redirects:
                yield from self.pages(without_html(place))
        elif place.endswith(("/README", "/index")):
            return  # which are no part of an address
        elif self.routes.numbered or not any(map(_NUMBERED, place.split("/"))):
            yield from self.pages(place)
            if "/src/pages" in f"/{place}":
                yield from (f"{place}{end}.{kind}" for end in ("", "/index") for kind in ("js", "jsx", "ts", "tsx"))


def _is_index(source: str) -> bool:
    """Whether a document is its folder's own page: by one of two names, or by the folder's."""
    folder, _, name = source.rpartition("/")
    stem = without_suffix(name)
    return stem in ("index", "README") or (bool(folder) and stem.lower() == folder.rpartition("/")[2].lower())


def without_html(path: str) -> str:
    """`path` without `.html`."""
    return path[:-5] if path.endswith(".html") else path
