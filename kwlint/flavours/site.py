"""A site made by a program whose rules are not known here: Next.js, Astro, Gatsby, Nuxt, GitBook, docsify and the
like.

What nearly all of them do is taken for right: GitHub's ids, `{#id}` at the end of a heading, `x.md` for a file.
An address (from `/`, without a suffix, or to `.html`) that leads to no file may be a page of the site's own: it
is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable

from kwlint.flavours.base import Asked, Flavour, Reading, suffix_of, without_suffix
from kwlint.flavours.github import slug, unique
from kwlint.model.document import Document
from kwlint.model.facts import Anchor

_FOLDERS = (
    "public", "static", "assets", "src/content/docs", "src/content", "src/pages", "content", "docs", "source", "src",
)  # fmt: skip


class Site(Flavour):
    """A site in the folder `root`."""

    name = "site"
    suffixes = (".md", ".markdown", ".mdx")
    custom_ids = True

    def custom_headings(self, document: Document) -> list[Anchor]:
        """The host's id of a heading besides the site's: such documents are read in both places."""
        found = super().custom_headings(document)
        names = unique(slug(heading.text) for heading in document.headings)
        return [*found, *(Anchor(n, "heading", a.title, a.line) for n, a in zip(names, found, strict=False))]

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        from kwlint.flavours.docusaurus import Docusaurus

        return Docusaurus(self.root, self.outer).borrowed(document)

    def inside(self, asked: Asked, place: str) -> Reading:
        path, suffix, rooted = asked.path, suffix_of(asked.path), asked.path.startswith("/")
        stem = without_suffix(place) if suffix == ".html" else place
        places = [place]
        if rooted:
            places += [self.below("", path), *(self.below(f"{self.root}/{folder}", path) for folder in _FOLDERS)]
        page = self.below(without_suffix(asked.source), path)
        if asked.raw and not rooted:
            places.append(page)
        if suffix in ("", ".html"):
            places += [p for found in (stem, *places[1:], *([] if rooted else [page])) for p in self.pages(found)]
        sure = not rooted and (suffix in self.suffixes or (asked.image and bool(suffix)))
        return Reading(tuple(dict.fromkeys(places)), sure)
