"""Jekyll and GitHub Pages: `_config.yml`.

Rules from kramdown (`converter/base.rb`, 2.4) and kramdown-parser-gfm 1.1, which Jekyll reads Markdown with. A
link is an address; the plugin jekyll-relative-links, which GitHub Pages always runs, lets one name a document.
Permalinks and `baseurl` make addresses that no file shows: such a link is not decided here. Those of collections are
known where their permalink ends in the path of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import Asked, Flavour, Reading, folder_of, join, outside_code, suffix_of, without_suffix
from kwlint.flavours.github import slug, unique
from kwlint.model import Anchor, Dialect, Document

# What the filters and tags are given that make an address of one.
_FILTERED = re.compile(
    r"""\{\{-?\s*(["'])(/[^"'{}]*)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}(#[^{}\s]*)?"""
).fullmatch
_TAG = re.compile(r"\{%-?\s*link\s+([^\s{}]+)\s*-?%\}(#[^{}\s]*)?").fullmatch
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")


class Jekyll(Flavour):
    """A site at `root`. `plain`: kramdown's own ids, not those of its GFM parser; `base`: `baseurl`; `collections`:
    what the addresses of a collection begin with, and its folder."""

    name = "jekyll"
    partials_relative = False
    html_ends_at_tag = True
    dialect = Dialect(templates="liquid", attributes=True)
    custom_ids = True

    def __init__(
        self, root: str, plain: bool = False, base: str = "", collections: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(root)
        self.collections = tuple(sorted(collections))
        self.plain = plain
        self.base = base.strip("/")

    @property
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.plain)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        if self.plain:
            return unique(kramdown_slug(text) or "section" for text in texts)
        return unique(slug(_DASHES.sub("", text)) for text in texts)

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

    def special(self, source: str, url: str) -> str | None:
        """`{{ "/x" | relative_url }}` and `{% link x.md %}` name `/x` whatever `baseurl` is."""
        del source
        if match := _FILTERED(url.strip()):
            return match[2] + (match[3] or "")
        match = _TAG(url.strip())
        return f"/{match[1].lstrip('/')}{match[2] or ''}" if match else None

    def read(self, asked: Asked) -> Reading:
        path = asked.path
        rooted = path.startswith("/")
        if rooted and self.base and (path.strip("/") + "/").startswith(self.base + "/"):
            path = path.lstrip("/")[len(self.base) :] or "/"
        place, above = join(self.root if rooted else folder_of(asked.source), path)
        suffix = suffix_of(place)
        if above:
            return Reading((place,), suffix_of(asked.path) in self.suffixes, above)
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
        decidable = not rooted and (suffix in self.suffixes or image)
        return Reading(tuple(dict.fromkeys(places)), decidable, versions=documents)

    def landing(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("index.md", "README.md", "readme.md"))


def kramdown_slug(text: str) -> str:
    """kramdown's own id: from the first ASCII letter on, ASCII letters, digits, spaces (as `-`) and `-`, lower case."""
    start = re.search("[a-zA-Z]", text)
    kept = re.sub("[^a-zA-Z0-9 -]", "", text[start.start() :]) if start else ""
    return kept.replace(" ", "-").lower()
