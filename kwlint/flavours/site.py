"""A site made by a program whose rules are not known here: Next.js, Astro, Gatsby, Nuxt, GitBook, docsify and the
like.

What nearly all of them do is taken for right: GitHub's ids, `{#id}` at the end of a heading, `x.md` for a file.
An address (from `/`, without a suffix, or to `.html`) that leads to no file may be a page of the site's own: it
is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable

from kwlint.flavours.base import Flavour, LinkRequest, Resolution, suffix_of, without_suffix
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

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        """The host's id of a heading besides the site's: such documents are read in both paths."""
        found = super().custom_heading_anchors(document)
        names = unique(slug(heading.text) for heading in document.headings)
        return [*found, *(Anchor(n, "heading", a.title, a.line) for n, a in zip(names, found, strict=False))]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        from kwlint.flavours.docusaurus import Docusaurus

        return Docusaurus(self.root, self.outer).external_anchors(document)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, suffix, rooted = request.path, suffix_of(request.path), request.path.startswith("/")
        stem = without_suffix(target) if suffix == ".html" else target
        paths = [target]
        if rooted:
            paths += [
                self.path_below("", path),
                *(self.path_below(f"{self.root}/{folder}", path) for folder in _FOLDERS),
            ]
        page = self.path_below(without_suffix(request.source), path)
        if request.from_html and not rooted:
            paths.append(page)
        if suffix in ("", ".html"):
            paths += [p for found in (stem, *paths[1:], *([] if rooted else [page])) for p in self.page_sources(found)]
        decidable = not rooted and (suffix in self.suffixes or (request.is_image and bool(suffix)))
        return Resolution(tuple(dict.fromkeys(paths)), decidable)
