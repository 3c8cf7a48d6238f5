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
    Flavour,
    LinkRequest,
    Resolution,
    blank_code,
    folder_of,
    join,
    line_of,
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
    permalink_keys = ("slug",)

    def __init__(self, root: str, outer: str, routes: Routes = Routes(), original: str = "") -> None:  # noqa: B008
        super().__init__(root, outer)
        self.routes = routes
        self.static = tuple(self.path_below(outer, folder) for folder in routes.static)
        self.original = original
        if routes.commonmark:
            self.dialect = Dialect(mentions="imports")

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """`{#id}`, in which anything but braces is the id; in MDX it may stand in a comment, or be escaped."""
        text = self.heading_text(heading)
        found = _ID(heading.raw)
        if not found:
            return text, ""
        return text.rpartition("{")[0].rstrip(" \\") if text.endswith("}") else text, found[1].strip()

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        found = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1].strip()) for h, m in found if m]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        yield from super().external_anchors(document)
        text = blank_code(document) if "import" in document.text else ""
        for match in _IMPORT(text):
            target = re.sub(r"\\(.)", r"\1", match[2])  # as JavaScript reads it
            if not any(f"<{name}" in text for name in re.findall(r"\w+", match[1])):
                continue  # a value, or something that is not used: no part of the page
            if suffix_of(target) in (".md", ".mdx"):
                yield Anchor(target, "include", "", line_of(document, match.start()))
            elif not _THEME(target) and suffix_of(target) not in _ASSETS:
                yield Anchor(target, "open", "", line_of(document, match.start()))

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        return "" if url.startswith("pathname:") else None

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path
        if request.directive and path.startswith("@site/"):
            near = request._replace(source=f"{self.outer}/x".lstrip("/"), path=f"./{path[6:]}")
            return self.resolve_import(near)
        if path.startswith("@site/"):
            target, above = join(self.outer, path[6:])
            return Resolution((target,), True, above)
        if path.startswith("@"):
            return Resolution((), False)
        return super().resolve(request)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, here, rooted = request.path, target, request.path.startswith("/")
        roots = [self.root, *([self.original] if self.original else [])]
        roots += [self.outer] if "/" in path.strip("./") else []  # beside the content nothing is a page
        inside = [self.path_below(root, path) for root in roots]
        inner = self.relative_to_root(folder_of(request.source) + "/x")
        if self.original and inner and not rooted and suffix_of(path) not in self.suffixes:
            inside.append(self.path_below(f"{self.original}/{folder_of(inner)}", path))
        assets = [self.path_below(folder, path) for folder in self.static]
        if suffix_of(path) in self.suffixes:
            return Resolution(
                tuple(dict.fromkeys((here, *inside, self.path_below("", path) if rooted else here))), True
            )
        files = (here, *assets, *inside, *(f"{target}.html" for target in assets if not suffix_of(target)))
        reached = self._from_root(path) if rooted else self._from_page(request)
        pages = [page for target in reached for page in self._behind(target)]
        meant = [
            page for target in (here, *inside) for page in self.page_sources(without_html(target)) if page not in pages
        ]
        decidable = request.is_image and bool(suffix_of(path)) and not rooted
        if self.routes.redirects or self.original:
            return Resolution(tuple(dict.fromkeys((*files, *pages, *meant))), decidable)
        return Resolution(tuple(dict.fromkeys((*files, *pages))), decidable, misdirected=tuple(dict.fromkeys(meant)))

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if request.path.startswith("@site/") and (not self.outer or target.startswith(f"{self.outer}/")):
            yield f"@site/{target[len(self.outer) :].lstrip('/')}"
        yield from super().spellings(request, target)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        names = [
            f"{name}{suffix}" for name in ("index", "README", folder.rpartition("/")[2]) for suffix in (".md", ".mdx")
        ]
        return tuple(f"{folder}/{name}" if folder else name for name in names)

    def page_sources(self, target: str) -> tuple[str, ...]:
        named = (f"{target}/{target.rpartition('/')[2]}{suffix}" for suffix in (".md", ".mdx") if target)
        return (*(page for page in super().page_sources(target) if not page.endswith(".markdown")), *named)

    def _from_page(self, request: LinkRequest) -> Iterator[str]:
        """Where an address leads from the page: `trailingSlash` says whether that is `/a/b/` or `/a/b`."""
        source = request.source
        index = _is_index(source)
        folder, slash = folder_of(source), self.routes.slash
        if slash is not True and (slash is None or not index):
            yield self.path_below(folder, request.path)
        if slash is not False:
            yield self.path_below(folder if index else without_suffix(source), request.path)
        if slash is False and index:
            yield self.path_below(folder_of(folder), request.path)

    def _from_root(self, path: str) -> Iterator[str]:
        """Where an address from `/` leads: below the route of the documents, or to a page of the site's code."""
        base, route = self.routes.base.strip("/"), self.routes.route
        rest = path.strip("/")
        if base and f"{rest}/".startswith(f"{base}/"):
            rest = rest[len(base) :].strip("/")
        yield self.path_below(f"{self.outer}/src/pages", rest)
        yield self.path_below(self.outer, rest)  # another root, which has the name of its route
        first, _, below = rest.partition("/")
        if route is None:
            yield self.path_below(self.root, rest)
            if below or first == self.root.rpartition("/")[2]:
                yield self.path_below(self.root, below)
        elif f"{rest}/".startswith(f"{route}/".lstrip("/")):
            inner = rest[len(route) :].strip("/")
            yield self.path_below(self.root, inner)
            yield self.path_below(self.root, inner.partition("/")[2] or "-")  # behind the name of a version

    def _behind(self, target: str) -> Iterator[str]:
        """The documents that the page at `target` may be made from, and the code."""
        if target.endswith("/index.html") and self.routes.slash is not False:
            yield from self.page_sources(folder_of(target))
        elif target.endswith(".html"):
            if self.routes.slash is False or self.routes.redirects:
                yield from self.page_sources(without_html(target))
        elif target.endswith(("/README", "/index")):
            return  # which are no part of an address
        elif self.routes.numbered or not any(map(_NUMBERED, target.split("/"))):
            yield from self.page_sources(target)
            if "/src/pages" in f"/{target}":
                yield from (f"{target}{end}.{kind}" for end in ("", "/index") for kind in ("js", "jsx", "ts", "tsx"))


def _is_index(source: str) -> bool:
    """Whether a document is its folder's own page: by one of two names, or by the folder's."""
    folder, _, name = source.rpartition("/")
    stem = without_suffix(name)
    return stem in ("index", "README") or (bool(folder) and stem.lower() == folder.rpartition("/")[2].lower())


def without_html(path: str) -> str:
    """`path` without `.html`."""
    return path[:-5] if path.endswith(".html") else path
