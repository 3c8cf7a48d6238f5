"""Docusaurus

## Detection

`docusaurus.config.*`. Documents are in `docs`, `blog`, `src/pages`, `versioned_docs/*` and `i18n/*/*/*`, and in the
folders that the configuration names with `path: '…'`. The configuration is code: kwlint searches it and does not run
it.

Every document is read as MDX, unless `markdown.format` is `detect` or `md`.

## Anchors

GitHub's, including the alternative texts of images. `{#id}` at the end of a heading replaces its slug. The anchors of
`.md` and `.mdx` documents that are imported and shown count. The title of a page has no id on the site, but a link to
it opens the top of the page and is right.

## Links

- A path with `.md` or `.mdx` starts at the document, at the content root or at the site's folder. `@site/` is the
  site's folder. Images are looked up in `static`, too.
- `import` and `require()` of documents and images are checked.
- Any other path is an address that starts at the page. `trailingSlash` tells whether the page is at `/a/b/` or at
  `/a/b`; if it is not set, both are right. From `/`, an address begins with the route of the documents (`docs`).
- An address that reaches no page is reported if the document that it means exists, unless redirects may lead to it.
- From other content roots, addresses below the route of the documents lead to them, too.
- In a translation, a link to a document that is not translated leads to the original.

## Not checked

- Addresses that lead to no document, and the addresses of documents with a `slug`.
- Imports of code.
- Anchors of pages that show components of the project's own.

## Sources

The source of Docusaurus (`docusaurus-utils/src/markdownUtils.ts`, at 0266549a) and its documentation ("Markdown
links"). Docusaurus 3 built six sites: addresses with and without a slash at the end, below a path, a version, a
translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import code_string, code_strings
from kwlint.flavours.mdx import import_anchors
from kwlint.flavours.paths import (
    folder_of,
    in_folder,
    join,
    join_inside,
    suffix_of,
    unique,
    without_html,
    without_suffix,
)
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.site import Site
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_ID = expression(r"\{(?:/\*\s{0,9})?#((?:(?!\{#|\}|\s{0,9}\*/).){1,200})(?:\s{0,9}\*/)?\}\Z").search
_DOCS_PATH = expression(r"\bdocs\s*:\s*\{[^{}]*?\bpath\s*:\s*['\"]([^'\"]+)['\"]")
_NUMBERED = expression(r"\d+\s*[-_.]+\s*[^-_.\s\d]").match
_DOCUMENTS = (".md", ".mdx")
_PAGE_CODE = ("js", "jsx", "ts", "tsx")


class Routes(NamedTuple):
    """What the configuration says about addresses.

    `static`: folders of files. `slash`: `trailingSlash`, None if it is not set. `base`: `baseUrl`. `route`: the address
    of the documents of a root, None if it is not known. `redirects`: pages may have other addresses, too. `numbered`:
    the `01-` of a name is part of its address. `commonmark`: `.md` is not MDX (`markdown.format`). `docs`: the root of
    the documents, `""` if it is not known. `docs_route`: its address.
    """

    static: tuple[str, ...] = ("static",)
    slash: bool | None = None
    base: str = ""
    route: str | None = None
    redirects: bool = True
    numbered: bool = False
    commonmark: bool = False
    docs: str = ""
    docs_route: str = ""


class Docusaurus(Flavour):
    """One content root of a site whose configuration is in `outer`.

    `original`: the content root that this one translates, `""` for none.
    """

    name = "docusaurus"
    partials_relative = False
    suffixes = (".md", ".markdown", ".mdx")
    dialect = Dialect(mdx=True, mentions="imports")
    custom_ids = True
    permalink_keys = ("slug",)

    def __init__(self, root: str, outer: str, routes: Routes = Routes(), original: str = "") -> None:  # noqa: B008
        super().__init__(root, outer)
        self.routes = routes
        self.static = tuple(join_inside(outer, folder) for folder in routes.static)
        self.original = original
        if routes.commonmark:
            self.dialect = Dialect(mentions="imports")

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        return cls(root, folder_of(root))

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        config, outer = probe.text_of(path), folder_of(path)
        routes = _routes(config)
        roots: Roots = []
        if routes.route is not None:
            docs = join_inside(outer, next(iter(_DOCS_PATH.findall(config)), "docs"))
            routes = routes._replace(docs=docs, docs_route=routes.route)
        for folder in sorted(_content_folders(probe, outer, config)):
            root, levels_above = join(outer, folder)
            if not levels_above and probe.is_folder(root):
                original = join_inside(outer, _original(folder)) if folder.startswith("i18n/") else ""
                route = routes.route if root == routes.docs or folder == "docs" else None
                roots.append((root, cls(root, outer, routes._replace(route=route), original)))
        # The site's code makes pages of other documents in its folder.
        return [*roots, (outer, Site(outer))] if outer else roots

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """Any text but braces may be an id; in MDX it may be in a comment, or escaped."""
        text = self.heading_text(heading)
        match = _ID(heading.raw)
        if not match:
            return text, ""
        return text.rpartition("{")[0].rstrip(" \\") if text.endswith("}") else text, match[1].strip()

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        matches = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1].strip()) for h, m in matches if m]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        return [*super().external_anchors(document), *import_anchors(document)]

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        return "" if url.startswith("pathname:") else None

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path
        if request.directive and path.startswith("@site/"):
            return self.resolve_import(
                request._replace(source=f"{self.outer}/x".lstrip("/"), path=f"./{path.removeprefix('@site/')}")
            )
        if path.startswith("@site/"):
            target, levels_above = join(self.outer, path.removeprefix("@site/"))
            return Resolution((target,), True, levels_above)
        if path.startswith("@"):
            return Resolution((), False)
        return super().resolve(request)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, rooted = request.path, request.path.startswith("/")
        in_roots = self._in_roots(request)
        if suffix_of(path) in self.suffixes:
            return Resolution(unique((target, *in_roots, join_inside("", path) if rooted else target)))
        assets = [join_inside(folder, path) for folder in self.static]
        files = (target, *assets, *in_roots, *(f"{asset}.html" for asset in assets if not suffix_of(asset)))
        addresses = self._from_root(path) if rooted else self._from_page(request)
        pages = [page for address in addresses for page in self._sources_at(address)]
        meant = [
            page
            for address in (target, *in_roots)
            for page in self.page_sources(without_html(address))
            if page not in pages
        ]
        decidable = request.is_image and bool(suffix_of(path)) and not rooted
        if self.routes.redirects or self.original:
            return Resolution(unique((*files, *pages, *meant)), decidable)
        return Resolution(unique((*files, *pages)), decidable, misdirected=unique(meant))

    def _in_roots(self, request: LinkRequest) -> list[str]:
        """Return the path in the content roots, and in the site's folder, where only folders have pages."""
        path, rooted = request.path, request.path.startswith("/")
        roots = [self.root, *([self.original] if self.original else [])]
        roots += [self.outer] if "/" in path.strip("./") else []
        paths = [join_inside(root, path) for root in roots]
        inner = self.relative_to_root(folder_of(request.source) + "/x")
        if self.original and inner and not rooted and suffix_of(path) not in self.suffixes:
            paths.append(join_inside(f"{self.original}/{folder_of(inner)}", path))
        return paths

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if request.path.startswith("@site/") and (not self.outer or target.startswith(f"{self.outer}/")):
            yield f"@site/{target[len(self.outer) :].lstrip('/')}"
        yield from super().spellings(request, target)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        stems = ("index", "README", folder.rpartition("/")[2])
        return in_folder(folder, *(f"{stem}{suffix}" for stem in stems for suffix in _DOCUMENTS))

    def page_sources(self, page: str) -> tuple[str, ...]:
        after_folder = (f"{page}/{page.rpartition('/')[2]}{suffix}" for suffix in _DOCUMENTS if page)
        return (*(path for path in super().page_sources(page) if not path.endswith(".markdown")), *after_folder)

    def _from_page(self, request: LinkRequest) -> Iterator[str]:
        """Yield where an address leads from the page, by `trailingSlash`."""
        source = request.source
        index = _is_index(source)
        folder, slash = folder_of(source), self.routes.slash
        if slash is not True and (slash is None or not index):
            yield join_inside(folder, request.path)
        if slash is not False:
            yield join_inside(folder if index else without_suffix(source), request.path)
        if slash is False and index:
            yield join_inside(folder_of(folder), request.path)

    def _from_root(self, path: str) -> Iterator[str]:
        """Yield where an address from `/` leads: below the route of the documents, or to a page of the site's code."""
        base, route = self.routes.base.strip("/"), self.routes.route
        rest = path.strip("/")
        if base and f"{rest}/".startswith(f"{base}/"):
            rest = rest[len(base) :].strip("/")
        yield join_inside(f"{self.outer}/src/pages", rest)
        yield join_inside(self.outer, rest)  # another root, whose name is its route
        first, _, below = rest.partition("/")
        if route is None:
            yield join_inside(self.root, rest)
            if below or first == self.root.rpartition("/")[2]:
                yield join_inside(self.root, below)
        if self.routes.docs and self.routes.docs != self.root and _is_below(rest, self.routes.docs_route):
            yield join_inside(self.routes.docs, rest[len(self.routes.docs_route) :])
        if route is not None and _is_below(rest, route):
            inner = rest[len(route) :].strip("/")
            yield join_inside(self.root, inner)
            yield join_inside(self.root, inner.partition("/")[2] or "-")  # after the name of a version

    def _sources_at(self, address: str) -> Iterator[str]:
        """Yield the documents and the code that the page at `address` may be made from."""
        if address.endswith("/index.html") and self.routes.slash is not False:
            yield from self.page_sources(folder_of(address))
        elif address.endswith(".html"):
            if self.routes.slash is False or self.routes.redirects:
                yield from self.page_sources(without_html(address))
        elif address.endswith(("/README", "/index")):
            return  # no address ends in these names
        elif self.routes.numbered or not any(map(_NUMBERED, address.split("/"))):
            yield from self.page_sources(address)
            if "/src/pages" in f"/{address}":
                yield from (f"{address}{end}.{suffix}" for end in ("", "/index") for suffix in _PAGE_CODE)


def _is_below(address: str, route: str) -> bool:
    """Report whether an address, without its first `/`, is the route of documents or an address below it."""
    return not route or f"{address}/".startswith(f"{route}/")


def _is_index(source: str) -> bool:
    """Report whether a document is the page of its folder: `index`, `README`, or the folder's own name."""
    folder, _, name = source.rpartition("/")
    stem = without_suffix(name)
    return stem in ("index", "README") or (bool(folder) and stem.lower() == folder.rpartition("/")[2].lower())


# --- configuration ------------------------------------------------------------------------------------------------


def _content_folders(probe: RepoProbe, outer: str, config: str) -> set[str]:
    """Return the content roots of the site in `outer`, relative to it; some may not exist."""
    folders = {"docs", "blog", "src/pages", "community", *code_strings(config, "path")}
    prefix = f"{outer}/" if outer else ""
    for path in probe.paths:
        if not path.startswith(prefix):
            continue
        parts = path[len(prefix) :].split("/")
        if parts[0].endswith("versioned_docs") and len(parts) > 2:
            folders.add("/".join(parts[:2]))
        elif parts[0] == "i18n" and len(parts) > 3 and "content-blog" in parts[2]:
            folders.add("/".join(parts[:3]))
        elif parts[0] == "i18n" and len(parts) > 4:
            folders.add("/".join(parts[:4]))
    return folders


def _original(folder: str) -> str:
    """Return the folder that `i18n/LANGUAGE/docusaurus-plugin-content-PLUGIN[-INSTANCE][/VERSION]` translates."""
    _, _, plugin, *version = folder.split("/")
    kind, _, instance = plugin.partition("-content-")[2].partition("-")
    if not version or version[0] == "current":
        return instance or kind or "docs"
    return f"{instance}_versioned_docs/{version[0]}".lstrip("_") if instance else f"versioned_docs/{version[0]}"


def _routes(config: str) -> Routes:
    """Return what the code of the configuration says about addresses in literals."""
    static = re.search(r"staticDirectories\s*:\s*\[([^\]]*)\]", config)
    slash = re.search(r"\btrailingSlash\s*:\s*(true|false)\b", config)
    bases = re.findall(r"\brouteBasePath\s*:\s*(?:['\"]([^'\"]*)['\"])?", config)
    plain = not re.search(r"plugin-content-docs|redirect|\bversions?\b|i18n", config)
    return Routes(
        static=tuple(re.findall(r"['\"]([^'\"]+)['\"]", static[1])) if static else ("static",),
        slash=slash[1] == "true" if slash else None,
        base=code_string(config, "baseUrl"),
        route=(bases or ["docs"])[0].strip("/") if plain and len(bases) < 2 and "" not in bases else None,
        redirects="redirect" in config or ("trailingSlash" in config and not slash),
        numbered="numberPrefixParser" in config,
        commonmark=bool({"detect", "md"} & set(code_strings(config, "format"))),
    )
