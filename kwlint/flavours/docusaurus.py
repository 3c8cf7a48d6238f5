"""Docusaurus: `docusaurus.config.*`.

Rules from its source (`docusaurus-utils/src/markdownUtils.ts`, at 0266549a) and its documentation, "Markdown
links". What ends in `.md` or `.mdx` is a file: seen from the file, the content root, then the site's folder.
Anything else is an address, which may be set in front matter and is not decided here; an image is looked for at
build time, so that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
from kwlint.model import Anchor, Document

_IMPORT = re.compile(r"(?m)^import\s+([^;'\"\n]*)\s+from\s+['\"]([^'\"\n]+)['\"]").finditer
_THEME = re.compile(
    r"@theme/(?:Tab|CodeBlock|Admonition|Details|TOC|Theme|DocCard|Icon|Layout|Link)|@docusaurus/"
).match
_ASSETS = frozenset((".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".css"))


class Docusaurus(Flavour):
    """A site whose configuration lies in `outer`; `root` is one of its content roots, `static` its folders of
    files. `flat`: pages may have addresses that end in `.html`."""

    name = "docusaurus"
    partials_relative = False
    suffixes = (".md", ".markdown", ".mdx")
    custom_ids = True

    def __init__(
        self, root: str, outer: str, static: tuple[str, ...] = ("static",), original: str = "", flat: bool = True
    ) -> None:
        super().__init__(root, outer)
        self.static = tuple(self.below(outer, folder) for folder in static)
        self.flat = flat
        self.original = original  # the content root that this one translates

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
        if path.startswith("@site/"):
            place, above = join(self.outer, path[6:])
            return Reading((place,), True, above)
        if path.startswith("@"):
            return Reading((), False)
        rooted = path.startswith("/")
        here, above = join(self.root if rooted else folder_of(asked.source), path)
        if above:
            return Reading((here,), suffix_of(path) in self.suffixes, above)
        roots = [self.root, *([self.original] if self.original else []), self.outer]
        inside = [self.below(root, path) for root in roots]
        inner = self.relative(folder_of(asked.source) + "/x")
        if self.original and inner and not rooted:
            inside.append(self.below(f"{self.original}/{folder_of(inner)}", path))
        assets = [self.below(folder, path) for folder in self.static]
        if suffix_of(path) in self.suffixes:
            return Reading(tuple(dict.fromkeys((here, *inside, self.below("", path) if rooted else here))), True)
        if not self.flat and suffix_of(path) == ".html":
            inside_ = tuple(dict.fromkeys((here, *assets, *inside)))
            return Reading(inside_, False, astray=self.pages(without_html(here)))
        pages = [page for place in (here, *inside, *self._beside(asked)) for page in self.pages(without_html(place))]
        places = tuple(dict.fromkeys((here, *assets, *inside, *pages)))
        return Reading((*places, *self._beside(asked)), asked.image and bool(suffix_of(path)) and not rooted)

    def spellings(self, asked: Asked, place: str) -> Iterator[str]:
        if asked.path.startswith("@site/") and (not self.outer or place.startswith(f"{self.outer}/")):
            yield f"@site/{place[len(self.outer) :].lstrip('/')}"
        yield from super().spellings(asked, place)

    def _beside(self, asked: Asked) -> tuple[str, ...]:
        """Where an address leads that a browser sees from the page `/a/b/`, or that begins with the route's name."""
        if asked.path.startswith("/"):
            _, _, rest = asked.path.lstrip("/").partition("/")
            return (self.below(self.root, rest),)
        return (self.below(without_suffix(asked.source), asked.path),)


def without_html(path: str) -> str:
    """`path` without `.html`."""
    return path[:-5] if path.endswith(".html") else path
