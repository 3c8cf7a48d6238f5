"""mdBook

## Detection

`book.toml`. Documents are in the folder that `src` in `[book]` names (`src` by default). One repository may have
several books.

## Anchors

Alphanumeric characters of any script, `_` and `-` are kept, and white space becomes `-`. Versions before 0.5 lower only
ASCII letters (`Über` stays `Über`), later ones all letters; kwlint accepts both. Repeated slugs get `-1`, `-2`.
`{#id .class}` at the end of a heading replaces its slug. Terms of definition lists have ids.

## Links

- Relative paths start at the document. They name a document (`x.md`) or its page (`x.html`); `index.html` is made from
  `README.md` or `index.md`.
- Redirects in `[output.*.redirect]` and the pages `print.html`, `404.html` and `toc.html` exist.
- `{{#include x.md}}` adds the anchors of `x.md`.

## Not checked

- Paths from `/`, and paths that leave the book to an `.html` page or to a folder that does not exist (`../std/`): they
  belong to other books on the same site.
- With a preprocessor of the project's own: names such as `items.static`, `std::vec` or `Clone` in place of a file.
- With mdbook-spec: such names as labels, and anchors that begin with `r-` or `grammar-`.

## Sources

The source of mdBook (`crates/mdbook-html`, at 1c034bdd and 641d06ab). On the Rust book, kwlint reports two anchors,
both missing; the Rust reference was checked as well. mdBook itself was not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kwlint.flavours.base import MARKDOWN, Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_toml, mapping, text
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import number_unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_RULE_NAME = expression(r"`?(?:[\w@-]+(?:(?:\.|::)[\w@-]+)+|[\w@]+)!?`?\Z|grammar-\w+\Z").match
_FILES = frozenset((".md", ".html", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".rs", ".toml", ".txt", ".pdf"))
_GENERATED = ("print.html", "404.html", "toc.html", "searchindex.js", "searchindex.json")
_BUILT_IN_PREPROCESSORS = frozenset(("links", "index"))


class MdBook(Flavour):
    """A book.

    `redirects`: (page, target) pairs of `[output.html.redirect]`. `preprocessed`: a preprocessor of the project's own
    may resolve paths such as `items.static`. `spec`: mdbook-spec resolves labels such as `std::vec`. `generated`: a
    script makes the folder of the book from documents elsewhere, which the git host shows, too.
    """

    name = "mdbook"
    partials_relative = False
    dialect = Dialect(templates="mdbook", mentions="mdbook")
    custom_ids = True

    def __init__(
        self, root: str, outer: str | None = None, redirects: Sequence[tuple[str, str]] = (),
        preprocessed: bool = False, spec: bool = False, generated: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.spec = spec
        self.generated = generated
        self.preprocessed = preprocessed
        self.redirects = {join_inside(root, page.lstrip("/")): target for page, target in redirects}

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        settings = from_toml(probe.bytes_of(path))
        folder = folder_of(path)
        root = join_inside(folder, text(mapping(settings.get("book")).get("src"), "src"))
        redirects: dict[str, str] = {}
        for renderer in mapping(settings.get("output")).values():
            table = mapping(mapping(renderer).get("redirect"))
            redirects |= {page: target for page, target in table.items() if isinstance(target, str)}
        preprocessors = set(mapping(settings.get("preprocessor"))) - _BUILT_IN_PREPROCESSORS
        generated = bool(settings) and not probe.is_folder(root)
        root = folder if generated else root
        book = cls(root, folder, sorted(redirects.items()), bool(preprocessors), "spec" in preprocessors, generated)
        return [(root, book)]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.spec, self.generated)

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        anchors = super().custom_heading_anchors(document)
        return self.host_heading_anchors(document, anchors) if self.generated else anchors

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique(map(slug, texts))

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """From version 0.5 on, all letters are lowered; later versions name an empty slug `section`."""
        texts = [self.split_heading(heading)[0] for heading in document.headings]
        yield [text.lower() if slug(text) else "section" for text in texts]

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        definitions = self.definition_anchors(document) if "\n:" in document.text else ()
        return [*super().external_anchors(document), *definitions]

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:
        by_preprocessor = self.spec and fragment.startswith(("r-", "grammar-"))
        return super().is_decidable(target, path, fragment) and not by_preprocessor

    def may_define_label(self, label: str) -> bool:
        return self.spec and _RULE_NAME(label) is not None

    def resolve(self, request: LinkRequest) -> Resolution:
        if request.directive:
            return Resolution((join_inside(folder_of(request.source), request.path.partition(":")[0]),))
        return super().resolve(request)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        rooted = request.path.startswith("/")
        if target in self.redirects:
            return self._redirected(target)
        inner = self.relative_to_root(target)
        if inner in _GENERATED:
            return Resolution((), generated=True)
        paths = (target, *_chapters(target))
        if (
            self.preprocessed
            and "/" not in request.path
            and _RULE_NAME(request.path)
            and suffix_of(target) not in _FILES
        ):
            return Resolution(paths, False)
        if not rooted and (inner is not None or target == self.root):
            return Resolution(paths)
        names_file = not rooted and bool(suffix_of(target)) and not target.endswith(".html")
        return Resolution(paths, None if names_file else False)  # a missing folder may be another book

    def _redirected(self, page: str) -> Resolution:
        target = self.redirects[page]
        if ":" in target:
            return Resolution((), generated=True)
        folder = self.root if target.startswith("/") else folder_of(page)
        return Resolution((without_suffix(join_inside(folder, target.partition("#")[0])) + ".md",), generated=True)


def _chapters(page: str) -> tuple[str, ...]:
    """Return the documents that a page may be made from."""
    if not page.endswith(".html"):
        return ()
    stem = page.removesuffix(".html")
    documents = tuple(stem + suffix for suffix in MARKDOWN)
    is_index = stem.rpartition("/")[2] == "index"
    return (*documents, *in_folder(folder_of(stem), "README.md")) if is_index else documents


def slug(text: str) -> str:
    """Return the slug of a heading as versions before 0.5 make it, before duplicates are numbered."""
    text = text.strip()
    if text.isascii():
        return "".join("-" if c.isspace() else c.lower() for c in text if c.isalnum() or c in "_-" or c.isspace())
    return "".join(filter(None, map(_slug_character, text)))


def _slug_character(c: str) -> str:
    if c.isascii():
        return c.lower() if c.isalnum() or c in "_-" else "-" if c.isspace() else ""
    if c.isspace():
        return "-"
    from kwlint.text.unicode_words import is_word

    combining = "\u0300" <= c <= "\u036f" or c == "\ufe0f"
    return c if (is_word(c) or c.isnumeric()) and not combining and c not in "‿⁀⁔" else ""
