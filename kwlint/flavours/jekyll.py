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
    Asked,
    Flavour,
    Reading,
    folder_of,
    outside_code,
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
    addresses = ("permalink",)

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
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.plain)

    def text(self, heading: Heading) -> str:
        return heading.raw if self.plain else heading.text

    def split(self, heading: Heading) -> tuple[str, str]:
        """kramdown knows `{#id}` at the end of a heading, and nothing else there."""
        text, found = self.text(heading), _ID(heading.raw)
        return (text.rpartition("{")[0].rstrip(), found[1]) if found and text.endswith("}") else (text, "")

    def other_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_places(self, document: Document) -> list[tuple[int, int, str]]:
        found = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1]) for h, m in found if m]

    def slugs(self, texts: Sequence[str]) -> list[str]:
        if self.plain:
            return counted(kramdown_slug(text) or "section" for text in texts)
        return counted(slug("".join(c.lower() for c in with_dashes(text).replace("\t", " "))) for text in texts)

    def custom_headings(self, document: Document) -> list[Anchor]:
        """Those of the site, and those of the host, where such documents are read too."""
        found = super().custom_headings(document)
        hosts = unique(slug(heading.text) for heading in document.headings)
        texts = zip(hosts, found, strict=False)
        return [*found, *(Anchor(name, "heading", anchor.title, anchor.line) for name, anchor in texts)]

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        text = outside_code(document) if "{%" in document.text or "{{" in document.text else ""
        if re.search(r"\{%-?\s*include", text) or "{{" in text:
            return [Anchor("include", "open", "", 1)]
        return []

    def read(self, asked: Asked) -> Reading:
        path = asked.path
        document = suffix_of(path) in self.suffixes or "_posts/" in path
        if asked.directive and (document or asked.directive != "named"):
            return self._tagged(asked)
        if self.base and path.startswith("/") and (path.strip("/") + "/").startswith(self.base + "/"):
            asked = asked._replace(path=path.lstrip("/")[len(self.base) :] or "/")
        return super().read(asked)

    def _tagged(self, asked: Asked) -> Reading:
        """What a tag names: without the file, the build stops."""
        if asked.directive == "include_relative":
            return Reading((self.below(folder_of(asked.source), asked.path),))
        path = _post(asked.path) if asked.directive == "post_url" else asked.path
        place = self.below(self.root, path)
        posts = tuple(place + suffix for suffix in self.suffixes) if "_posts/" in path and not suffix_of(path) else ()
        return Reading((place, *posts))

    def special(self, source: str, url: str) -> str | None:
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

    def inside(self, asked: Asked, place: str) -> Reading:
        path, suffix, rooted = asked.path, suffix_of(place), asked.path.startswith("/")
        stem = place[:-5] if suffix == ".html" else place
        page = without_suffix(asked.source)
        from_page = self.below(page, path)
        places = [place, *self.pages(stem), f"{stem}.html", f"{stem}/index.html", self.below("", path)]
        if not rooted:
            places += [from_page, *self.pages(without_suffix(from_page) if suffix == ".html" else from_page)]
        address = f"/{place[len(self.root) :].strip('/')}/" if rooted else ""
        shown = [
            f"{folder}/{address[len(prefix) : -1]}"
            for prefix, folder in self.collections
            if address.startswith(prefix) and len(address) > len(prefix)
        ]
        documents = tuple(page for found in shown for page in self.pages(found.removesuffix(".html")))
        plain = "/_" not in f"/{asked.source}" and not path.startswith("..")
        image = asked.image and bool(suffix) and plain
        sure = not rooted and (suffix in self.suffixes or image)
        if suffix in ("", ".html") and self._is_strict(asked):
            files = [p for p in places if suffix_of(p) not in self.suffixes]
            reached = self._behind(place if rooted or self._is_flat(asked.source) else from_page, path)
            meant = [p for p in places if suffix_of(p) in self.suffixes and p not in reached]
            return Reading(
                tuple(dict.fromkeys((*files, *reached))), sure, astray=tuple(dict.fromkeys(meant)), versions=documents
            )
        return Reading(tuple(dict.fromkeys(places)), sure, versions=documents)

    def _is_strict(self, asked: Asked) -> bool:
        """Whether the path of a document tells its address: that of a post or of a collection's does not."""
        return bool(self.ending) and "/_" not in f"/{asked.source}" and "/_" not in f"/{asked.path}"

    def _is_flat(self, source: str) -> bool:
        """Whether the page lies in its document's folder, not in one of its own."""
        return self.ending == ".html" or without_suffix(source.rpartition("/")[2]) in ("index", "README")

    def _behind(self, place: str, path: str) -> tuple[str, ...]:
        """The documents that the page at `place` may be made from; servers add `.html` where there is no suffix."""
        if suffix_of(place) == ".html":
            if place.endswith("index.html"):
                return self.pages(folder_of(place))
            return self.pages(place[:-5])[: len(self.suffixes)] if self.ending == ".html" else ()
        folder = self.landing(place)
        return folder if self.ending == ".html" and path.endswith("/") else (*self.pages(place), *folder)

    def landing(self, folder: str) -> tuple[str, ...]:
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
