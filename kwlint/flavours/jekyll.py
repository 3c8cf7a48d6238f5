"""Jekyll and GitHub Pages: `_config.yml`.

Rules from kramdown (`converter/base.rb`, 2.4) and kramdown-parser-gfm 1.1, which Jekyll reads Markdown with. A
link is an address; the plugin jekyll-relative-links, which GitHub Pages always runs, lets one name a document.
Permalinks and `baseurl` make addresses that no file shows: such a link is not decided here. Those of collections are
known where their permalink ends in the path of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Flavour,
    LinkRequest,
    Resolution,
    blank_code,
    folder_of,
    suffix_of,
    with_dashes,
    without_suffix,
)
from kwlint.flavours.github import counted, slug, unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_ID = re.compile(r"[ \t]\{#([A-Za-z][\w:-]*)\}\Z").search
# What the filters and tags are given that make an address of one.
_FILTERED = re.compile(
    r"""\s*\{\{-?\s*(["'])(/[^"'{}]*)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}(#[^{}\s]*)?\s*"""
).fullmatch
_TAG = re.compile(
    r"\s*(?:\{\{-?\s*site\.baseurl\s*-?\}\})?(?:\{%-?\s*(link|post_url)\s+([^\s{}%]+)\s*-?%\})?([^{}\s]*)\s*"
).fullmatch


class Jekyll(Flavour):
    """A site at `root`. `plain`: kramdown's own ids, not those of its GFM parser; `base`: `baseurl`; `ending`: of the
    addresses of pages (`permalink`), `.html` or `/`, empty where the configuration gives single ones their own;
    `collections`: what the addresses of a collection begin with, and its folder."""

    name = "jekyll"
    partials_relative = False
    html_ends_at_tag = True
    dialect = Dialect(templates="liquid", attributes=True, mentions="liquid")
    custom_ids = True
    permalink_keys = ("permalink",)

    def __init__(
        self,
        root: str,
        plain: bool = False,
        base: str = "",
        ending: str = "",
        collections: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(root)
        self.collections = tuple(sorted(collections))
        self.ending = ending
        self.plain = plain
        self.base = base.strip("/")

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.plain)

    def heading_text(self, heading: Heading) -> str:
        return heading.raw if self.plain else heading.text

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """kramdown knows `{#id}` at the end of a heading, and nothing else there."""
        text, found = self.heading_text(heading), _ID(heading.raw)
        return (text.rpartition("{")[0].rstrip(), found[1]) if found and text.endswith("}") else (text, "")

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        found = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1]) for h, m in found if m]

    def slugs(self, texts: Sequence[str]) -> list[str]:
        if self.plain:
            return counted(kramdown_slug(text) or "section" for text in texts)
        return counted(slug("".join(c.lower() for c in with_dashes(text).replace("\t", " "))) for text in texts)

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        """Those of the site, and those of the host, where such documents are read too."""
        found = super().custom_heading_anchors(document)
        hosts = unique(slug(heading.text) for heading in document.headings)
        texts = zip(hosts, found, strict=False)
        return [*found, *(Anchor(name, "heading", anchor.title, anchor.line) for name, anchor in texts)]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        text = blank_code(document) if "{%" in document.text or "{{" in document.text else ""
        if re.search(r"\{%-?\s*include", text) or "{{" in text:
            return [Anchor("include", "open", "", 1)]
        return []

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path
        document = suffix_of(path) in self.suffixes or "_posts/" in path
        if request.directive and (document or request.directive != "named"):
            return self._tagged(request)
        if self.base and path.startswith("/") and (path.strip("/") + "/").startswith(self.base + "/"):
            request = request._replace(path=path.lstrip("/")[len(self.base) :] or "/")
        return super().resolve(request)

    def _tagged(self, request: LinkRequest) -> Resolution:
        """What a tag names: without the file, the build stops."""
        if request.directive == "include_relative":
            return Resolution((self.path_below(folder_of(request.source), request.path),))
        path = _post(request.path) if request.directive == "post_url" else request.path
        target = self.path_below(self.root, path)
        posts = tuple(target + suffix for suffix in self.suffixes) if "_posts/" in path and not suffix_of(path) else ()
        return Resolution((target, *posts))

    def rewrite_target(self, source: str, url: str) -> str | None:
        """`link` and `post_url`, also behind `{{ site.baseurl }}`, what stands behind that alone, and what a filter
        makes an address of: they name `/x` whatever `baseurl` is."""
        del source
        if match := _FILTERED(url):
            return str(match[2]) + (match[3] or "")
        found = _TAG(url)
        if found is None:
            return None
        name, path, rest = found.groups()
        if not name:
            return rest if rest.startswith("/") and "{" not in rest else None
        return ("/" + _post(path) if name == "post_url" else "/" + path.lstrip("/")) + rest

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, suffix, rooted = request.path, suffix_of(target), request.path.startswith("/")
        stem = target[:-5] if suffix == ".html" else target
        page = without_suffix(request.source)
        from_page = self.path_below(page, path)
        paths = [target, *self.page_sources(stem), f"{stem}.html", f"{stem}/index.html", self.path_below("", path)]
        if not rooted:
            paths += [from_page, *self.page_sources(without_suffix(from_page) if suffix == ".html" else from_page)]
        address = f"/{target[len(self.root) :].strip('/')}/" if rooted else ""
        shown = [
            f"{folder}/{address[len(prefix) : -1]}"
            for prefix, folder in self.collections
            if address.startswith(prefix) and len(address) > len(prefix)
        ]
        documents = tuple(page for found in shown for page in self.page_sources(found.removesuffix(".html")))
        plain = "/_" not in f"/{request.source}" and not path.startswith("..")
        image = request.is_image and bool(suffix) and plain
        decidable = not rooted and (suffix in self.suffixes or image)
        if suffix in ("", ".html") and self._is_strict(request):
            files = [p for p in paths if suffix_of(p) not in self.suffixes]
            reached = self._behind(target if rooted or self._is_flat(request.source) else from_page, path)
            meant = [p for p in paths if suffix_of(p) in self.suffixes and p not in reached]
            return Resolution(
                tuple(dict.fromkeys((*files, *reached))),
                decidable,
                misdirected=tuple(dict.fromkeys(meant)),
                versions=documents,
            )
        return Resolution(tuple(dict.fromkeys(paths)), decidable, versions=documents)

    def _is_strict(self, request: LinkRequest) -> bool:
        """Whether the path of a document tells its address: that of a post or of a collection's does not."""
        return bool(self.ending) and "/_" not in f"/{request.source}" and "/_" not in f"/{request.path}"

    def _is_flat(self, source: str) -> bool:
        """Whether the page lies in its document's folder, not in one of its own."""
        return self.ending == ".html" or without_suffix(source.rpartition("/")[2]) in ("index", "README")

    def _behind(self, target: str, path: str) -> tuple[str, ...]:
        """The documents that the page at `target` may be made from; servers add `.html` where there is no suffix."""
        if suffix_of(target) == ".html":
            if target.endswith("index.html"):
                return self.page_sources(folder_of(target))
            return self.page_sources(target[:-5])[: len(self.suffixes)] if self.ending == ".html" else ()
        folder = self.index_documents(target)
        return folder if self.ending == ".html" and path.endswith("/") else (*self.page_sources(target), *folder)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("index.md", "README.md", "readme.md"))


def _post(name: str) -> str:
    """The path of the post that `post_url` names, but for its suffix."""
    folder, _, name = name.strip("/").rpartition("/")
    return f"{folder}/_posts/{name}".lstrip("/")


def kramdown_slug(text: str) -> str:
    """kramdown's own id: from the first ASCII letter on, ASCII letters, digits, spaces (as `-`) and `-`, lower case."""
    start = re.search("[a-zA-Z]", text)
    kept = re.sub("[^a-zA-Z0-9 -]", "", text[start.start() :]) if start else ""
    return kept.replace(" ", "-").lower()
