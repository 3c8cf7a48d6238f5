"""mdBook: `book.toml`.

Rules from mdBook's own source (`crates/mdbook-html`, at 1c034bdd and 641d06ab) and measured on the Rust book. A
chapter may be linked as `x.md` or as `x.html`; `README.md` becomes `index.html`; redirects of the configuration are
pages. What leaves the book is a neighbour on its site, which the repository does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import MARKDOWN, Flavour, LinkRequest, Resolution, folder_of, suffix_of, without_suffix
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

_NAME = re.compile(r"`?(?:[\w@-]+(?:(?:\.|::)[\w@-]+)+|[\w@]+)!?`?\Z|grammar-\w+\Z").match
_FILES = frozenset((".md", ".html", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".rs", ".toml", ".txt", ".pdf"))
_GENERATED = ("print.html", "404.html", "toc.html", "searchindex.js", "searchindex.json")


class MdBook(Flavour):
    """A book whose chapters lie below `root`. `redirects`: (page, target) as `[output.html.redirect]` gives them.
    `preprocessed`: a preprocessor of the project's own may resolve names such as `items.static` or `std::vec`."""

    name = "mdbook"
    partials_relative = False
    dialect = Dialect(templates="mdbook", mentions="mdbook")
    custom_ids = True

    def __init__(
        self, root: str, outer: str | None = None, redirects: Sequence[tuple[str, str]] = (),
        preprocessed: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.preprocessed = preprocessed
        self.redirects = {self.path_below(root, page.lstrip("/")): target for page, target in redirects}

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(map(slug, texts))

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """From version 0.5 on, all letters are lowered; later, an id that would be empty is `section`."""
        texts = [self.split_heading(heading)[0] for heading in document.headings]
        yield [text.lower() if slug(text) else "section" for text in texts]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        return [
            *super().external_anchors(document),
            *(self.definition_anchors(document) if "\n:" in document.text else ()),
        ]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.preprocessed)

    def is_decidable(self, place: str, path: str, fragment: str) -> bool:
        named = self.preprocessed and fragment.startswith(("r-", "grammar-"))
        return super().is_decidable(place, path, fragment) and not named

    def may_define_label(self, label: str) -> bool:
        return self.preprocessed and _NAME(label) is not None

    def resolve(self, request: LinkRequest) -> Resolution:
        if request.directive:
            path = request.path.partition(":")[0]
            return Resolution((self.path_below(folder_of(request.source), path),))
        return super().resolve(request)

    def resolve_inside(self, request: LinkRequest, place: str) -> Resolution:
        rooted = request.path.startswith("/")
        if place in self.redirects:
            return self._redirected(place)
        inner = self.relative_to_root(place)
        outside = rooted or (inner is None and place != self.root)
        if inner in _GENERATED:
            return Resolution((), generated=True)
        paths = (place, *self._chapters(place))
        if self.preprocessed and "/" not in request.path and _NAME(request.path) and suffix_of(place) not in _FILES:
            return Resolution(paths, False)
        if not outside:
            return Resolution(paths)
        named = not rooted and bool(suffix_of(place)) and not place.endswith(".html")
        return Resolution(paths, None if named else False)  # a folder that is not here is a neighbour's

    def _chapters(self, place: str) -> tuple[str, ...]:
        """The documents that the page at `place` may be made from."""
        if place.endswith(".html"):
            stem = place[:-5]
            documents = tuple(stem + suffix for suffix in MARKDOWN)
            if stem == "index" or stem.endswith("/index"):
                return (*documents, f"{stem[:-5]}README.md")
            return documents
        return ()

    def _redirected(self, place: str) -> Resolution:
        target = self.redirects[place]
        if ":" in target:
            return Resolution((), generated=True)
        folder = self.root if target.startswith("/") else folder_of(place)
        page = self.path_below(folder, target.partition("#")[0])
        return Resolution((without_suffix(page) + ".md",), generated=True)


def slug(text: str) -> str:
    """A heading's id: alphanumeric characters, `_` and `-` are kept, white space becomes `-`, and of the letters only
    ASCII ones are lower-cased (by versions before 0.5)."""
    text = text.strip()
    if text.isascii():
        return "".join("-" if c.isspace() else c.lower() for c in text if c.isalnum() or c in "_-" or c.isspace())
    return "".join(filter(None, map(_character, text)))


def _character(c: str) -> str:
    if c.isascii():
        return c.lower() if c.isalnum() or c in "_-" else "-" if c.isspace() else ""
    if c.isspace():
        return "-"
    from kwlint.text.unicode_words import is_word

    combining = "\u0300" <= c <= "\u036f" or c == "\ufe0f"
    return c if (is_word(c) or c.isnumeric()) and not combining and c not in "‿⁀⁔" else ""


__all__ = ["MdBook", "slug"]
