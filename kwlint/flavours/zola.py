"""Zola

## Detection

`config.toml` or `zola.toml` with `base_url`, next to `content/`.

## Anchors

ASCII in lower case; a run of anything else becomes one `-`. With `slugify.anchors = "safe"` or `"off"`, each space
becomes `_`. `{#id}` at the end of a heading replaces its slug.

## Links

- `@/x.md` is `content/x.md` and is checked, with its anchor.
- Other paths are addresses that start at the page; `/x` is looked up in `content` and `static`.
- Files are looked up next to the page and in `static`.

## Not checked

- Addresses of pages, style sheets and data that lead to no file: front matter may set them.
- Anchors that are not ASCII, and anchors of documents with an emoji or another script in a heading: kwlint has no table
  that transliterates them.

## Sources

The source of Zola (`components/utils/src/slugs.rs`, `components/markdown/src/markdown.rs`) and its manual. The
documentation of Zola was checked. Zola itself was not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.anchors import anchor_at, split_custom_id
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_toml, mapping, text
from kwlint.flavours.paths import folder_of, in_folder, join, join_inside, suffix_of, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import number_unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

# Letters in ASCII. A slug drops ASCII punctuation, so that typographic marks become spaces.
_TRANSLITERATED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d"} | dict.fromkeys("‘’“”–—…\u00a0\ufe0f\u200d«»", " ")
)
# Suffixes of what the build may make: pages, styles and data. Any other file is next to the page or in `static`.
_BUILT = frozenset(("", ".html", ".htm", ".css", ".js", ".json", ".xml", ".txt", ".map"))


class Zola(Flavour):
    """A site in `outer`. `slugs_on`: anchors are made ASCII (the default)."""

    name = "zola"
    dialect = Dialect(templates="tera")
    custom_ids = True

    def __init__(self, root: str, outer: str, slugs_on: bool = True) -> None:
        super().__init__(root, outer)
        self.slugs_on = slugs_on

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        return cls(root, folder_of(root))

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        outer = folder_of(path)
        root = join_inside(outer, "content")
        if path.endswith("config.toml") and not (probe.is_folder(root) and is_zola(probe.text_of(path))):
            return []
        slugify = from_toml(probe.bytes_of(path)).get("slugify")
        on = text(mapping(slugify).get("anchors"), "on") == "on" if isinstance(slugify, dict) else slugify is not False
        return [(root, cls(root, outer, on))]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.slugs_on)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique((slug if self.slugs_on else safe_slug)(text) for text in texts)

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        if self.slugs_on:
            for heading in document.headings:
                if not to_ascii(split_custom_id(heading.text)[0]).isascii():
                    yield anchor_at(document, heading.block_start, "open", "transliterated")

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:
        del target, path
        return fragment.isascii() or not self.slugs_on

    def resolve(self, request: LinkRequest) -> Resolution:
        if request.path.startswith("@/"):
            target, levels_above = join(self.root, request.path[2:])
            return Resolution((target,), True, levels_above)
        return super().resolve(request)

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        folder = f"{self.outer}/static" if request.path.startswith("/") else folder_of(request.source)
        return join(folder, request.path)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, rooted = request.path, request.path.startswith("/")
        from_page = join_inside(self.root if rooted else _page_folder(request.source), path)
        paths = (target, from_page, *self.page_sources(from_page), *((join_inside("", path),) if rooted else ()))
        inner = self.relative_to_root(from_page)
        static = (f"{self.outer}/static/{inner}".lstrip("/"),) if inner and not rooted else ()
        is_file = not path.startswith("..") and (request.is_image or suffix_of(path) not in _BUILT)
        return Resolution((*paths, *static), not rooted and (is_file or suffix_of(path) in self.suffixes))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "_index.md", "index.md")


def is_zola(config: str) -> bool:
    """Report whether `config.toml` is Zola's: `base_url` is mandatory, and Hugo's key is `baseURL`."""
    return re.search(r"(?m)^[ \t]*base_url[ \t]*=", config) is not None


def _page_folder(source: str) -> str:
    """Return the folder that the addresses in a document start at."""
    is_index = source.rpartition("/")[2] in ("index.md", "_index.md")
    return folder_of(source) if is_index else without_suffix(source)


def slug(text: str) -> str:
    """Return the slug of a heading before duplicates are numbered (the crate `slug`)."""
    return re.sub("[^a-z0-9]+", "-", to_ascii(text).lower()).strip("-")


def to_ascii(text: str) -> str:
    """Return `text` with Latin letters and punctuation in ASCII."""
    if text.isascii():
        return text
    from unicodedata import normalize

    text = normalize("NFKD", text).translate(_TRANSLITERATED)
    return "".join(c for c in text if not "\u0300" <= c <= "\u036f")


def safe_slug(text: str) -> str:
    """Return the slug of a heading if slugs are off: each ASCII white space becomes `_`."""
    return re.sub(r"[ \t\n\f\r]", "_", text)
