"""Other sites

## Detection

The configuration files of Next.js, Astro, Gatsby, Nuxt, Eleventy, GitBook, docsify, Mintlify, Antora, Rspress, Hexo and
similar programs; also `SUMMARY.md` without a `book.toml`.

kwlint does not implement the rules of these programs one by one. It accepts what nearly all of them do.

## Anchors

GitHub's, with and without `{#id}` at the end of the heading.

## Links

- Relative paths start at the document.
- `/x` is looked up in the site's folder, in the repository, and in folders such as `public`, `static` and `content`.
- An address may be that of a document.

## Not checked

Addresses that lead to no file: paths from `/`, without a suffix, or with `.html`. The site's own code may make them.

## Sources

On the documentation of Prometheus, kwlint reports 12 anchors; all of them are missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.mdx import import_anchors
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of, unique, without_html, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.model.document import Document
from kwlint.model.facts import Anchor

_FOLDERS = (
    "public", "static", "assets", "src/content/docs", "src/content", "src/pages", "content", "docs", "source", "src",
)  # fmt: skip


class Site(Flavour):
    """A site of a generator that has no flavour of its own."""

    name = "site"
    suffixes = (".md", ".markdown", ".mdx")
    custom_ids = True

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        root = folder_of(path)
        if path.endswith(("_config.yml", "_config.yaml")) and not is_hexo(probe, root):
            return []
        return [(root, cls(root))]

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        return self.host_heading_anchors(document, super().custom_heading_anchors(document))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        return [*super().external_anchors(document), *import_anchors(document)]

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, suffix, rooted = request.path, suffix_of(request.path), request.path.startswith("/")
        paths = [target]
        if rooted:
            paths += [join_inside("", path), *(join_inside(f"{self.root}/{folder}", path) for folder in _FOLDERS)]
        from_page = join_inside(without_suffix(request.source), path)
        if request.from_html and not rooted:
            paths.append(from_page)
        if suffix in ("", ".html"):
            addresses = [without_html(target), *paths[1:], *([] if rooted else [from_page])]
            paths += [document for address in addresses for document in self.page_sources(address)]
        decidable = not rooted and (suffix in self.suffixes or (request.is_image and bool(suffix)))
        return Resolution(unique(paths), decidable)


def is_hexo(probe: RepoProbe, root: str) -> bool:
    """Report whether `_config.yml` in `root` is Hexo's and not Jekyll's."""
    return probe.is_folder(*in_folder(root, "source/_posts"))
