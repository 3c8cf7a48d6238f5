"""Hugo: `hugo.toml`, `config.toml` and their like.

Rules from Hugo (`markup/goldmark/autoid.go`, at 16e7c112) and its documentation, confirmed by building a site.
A plain link is an address, seen from its page (`/a/b/` for `a/b.md`); `ref` and `relref` name documents, as
render hooks do. An address may be set by front matter, so that one that leads to no file is not decided here; a
document or image beside the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Asked,
    Flavour,
    Reading,
    folder_of,
    join,
    line_of,
    lower_each,
    suffix_of,
    with_dashes,
    without_suffix,
)
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_REF = re.compile(r"""\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?["'`]?([^"'`\s>%]+)["'`]?\s*[>%]\}\}(#[^\s{}]*)?""").fullmatch
_SHORTCODES = re.compile(r"\{\{([<%])\s*/?\s*([\w/.-]+)").finditer
_REFERENCES = ("ref", "relref", "named")
_PLAIN = frozenset(
    ("ref", "relref", "figure", "highlight", "youtube", "vimeo", "x", "tweet", "gist", "instagram", "param")
)
# What is linked by itself is dropped from an id, in angle brackets or not.
_BARE = re.compile(r"(?:https?|ftp)://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico"))


class Hugo(Flavour):
    """A site in `outer` with its documents below `root`. `ids`: `autoHeadingIDType`. `modules`: it takes files from
    elsewhere (themes, modules, mounts). `languages`: the `fr` of `x.fr.md`. `terms`: definition terms have ids.
    `ending`: of the addresses of pages, `/` or `.html`, empty where render hooks or settings make others."""

    name = "hugo"
    partials_relative = False
    dialect = Dialect(templates="hugo", attributes=True, mentions="hugo")
    custom_ids = True
    addresses = ("url", "slug")

    def __init__(
        self, root: str, outer: str, ids: str = "github", modules: bool = False, languages: tuple[str, ...] = (),
        terms: bool = False, ending: str = "",
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.ending = ending
        self.ids = ids
        self.modules = modules
        self.languages = languages
        self.terms = terms

    @property
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.ids, self.terms)

    def text(self, heading: Heading) -> str:
        text = heading.alt_text
        return _BARE.sub("", text) if ("@" in text or ":" in text) and "`" not in text else text

    def other_texts(self, document: Document) -> Iterable[list[str]]:
        """With the typographer, which is on by default, `--` and `...` are one character that no id keeps."""
        yield [with_dashes(self.split(heading)[0]) for heading in document.headings]
        yield from super().other_texts(document)

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        """A shortcode may make headings, but for those that are known not to."""
        shortcodes = _SHORTCODES(document.text) if "{{" in document.text else iter(())
        found = next((m for m in shortcodes if m[1] == "%" or m[2] not in _PLAIN), None)
        if found:
            yield Anchor("shortcode", "open", "", line_of(document, found.start()))
        if self.terms:
            yield from self.definitions(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(slug(text, self.ids) or "heading" for text in texts)

    def special(self, source: str, url: str) -> str | None:
        del source
        match = _REF(url.strip())
        if not match:
            return None
        return match[1] + (match[2] or "")

    def read(self, asked: Asked) -> Reading:
        return self._referred(asked) if asked.directive in _REFERENCES else super().read(asked)

    def inside(self, asked: Asked, place: str) -> Reading:
        path, here, folder = asked.path, place, folder_of(asked.source)
        if path.startswith("/"):
            return self._sorted(self._from_root(path), here, path, False)
        suffix = suffix_of(path)
        page = folder if self._is_bundle(asked.source) else without_suffix(asked.source)
        from_page, too_far = join(page, path)
        places = [here, *([] if too_far else [from_page])]
        if suffix in self.suffixes:
            stem = without_suffix(here)
            places += [f"{stem}.{language}{suffix}" for language in self.languages]
            places += [f"{stem}/index.md", f"{stem}/_index.md", self.below(self.root, path)]
            if not self.ending and here.endswith("index.md"):  # a render hook looks for the folder's page
                places += [f"{folder_of(here)}/_index.md".lstrip("/"), folder_of(here)]
            return Reading(tuple(dict.fromkeys(places)), None if self.modules else True)
        for place in (from_page, here):
            places += self.pages(place)
            stems = (place, f"{place}/_index", f"{place}/index")
            places += [f"{stem}.{language}.md" for language in self.languages for stem in stems]
        places += self._from_root("/" + path)
        beside = suffix in _IMAGES and not path.startswith("..")
        sure = (None if self.modules else True) if beside else False
        flat = self.ending == ".html" or self._is_bundle(asked.source)
        return self._sorted(places, here if flat else from_page, path, sure)

    def _referred(self, asked: Asked) -> Reading:
        """What `ref` and `relref` name: a document, from the page's folder or from the root, suffix or not."""
        suffix = suffix_of(asked.path)
        starts = [self.root] if asked.path.startswith("/") else [folder_of(asked.source), self.root]
        places: list[str] = []
        for start in starts:
            place = self.below(start, asked.path)
            stem = place[: -len(suffix)] if suffix in self.suffixes else place
            stems = [stem] if suffix in self.suffixes else [stem, f"{stem}/_index", f"{stem}/index"]
            if stem.endswith("/index"):
                stems.append(f"{folder_of(stem)}/_index")
            places += [f"{s}{end}" for s in stems for end in self.suffixes]
            places += [f"{s}.{language}.md" for s in stems for language in self.languages]
            places += [place, f"{stem}/index.md", f"{stem}/_index.md"]
        return Reading(tuple(dict.fromkeys(places)), None if self.modules else True)

    def anywhere(self, asked: Asked) -> str:
        """A name that one page alone has may be given without its folder."""
        if asked.directive not in _REFERENCES or asked.path.startswith(("/", ".")):
            return ""
        return f"/{asked.path}" if suffix_of(asked.path) in self.suffixes else f"/{asked.path}.md"

    def _sorted(self, places: Iterable[str], place: str, path: str, sure: bool | None) -> Reading:
        """The reading of an address that leads to `place`, apart from the documents that it does not reach. Addresses
        are in lower case, whatever the documents' names are (`disablePathToLower`)."""
        places = tuple(dict.fromkeys(places))
        if not self.ending:
            return Reading(places, sure, versions=() if suffix_of(place) or " " in path else self.pages(place))
        documents = [p for p in places if suffix_of(p) in self.suffixes]
        reached = (
            [] if path != path.lower() or " " in path else [p for p in documents if p in self._behind(place, path)]
        )
        files = [p for p in places if p not in documents]
        shown = self._behind(place, path) if path == path.lower() and " " not in path else ()
        astray = tuple(p for p in documents if p not in reached)
        return Reading((*files, *reached), sure, astray=astray, versions=shown)

    def _behind(self, place: str, path: str) -> tuple[str, ...]:
        """The documents that the page at `place` may be made from."""
        if suffix_of(place) == ".html":
            if place.endswith("/index.html"):
                return self.landing(folder_of(place))
            return self.pages(place[:-5])[: len(self.suffixes)] if self.ending == ".html" else ()
        bundles = (*self.landing(place), f"{place}.md") if self.ending == "/" else self.landing(place)
        return bundles if path.endswith("/") else (*bundles, *self.pages(place)[: len(self.suffixes)])

    def _from_root(self, path: str) -> tuple[str, ...]:
        place = self.below(self.root, path)
        stem = place[:-5] if place.endswith(".html") else place
        files = [self.below(f"{self.outer}/{folder}", path) for folder in ("static", "assets", "content")]
        files += [self.below(self.outer, path), *self.pages(self.below(f"{self.outer}/content", path))]
        return tuple(dict.fromkeys((place, *self.pages(stem), *files)))

    def _is_bundle(self, path: str) -> bool:
        return path.rpartition("/")[2].partition(".")[0] in ("index", "_index")

    def landing(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("_index.md", "index.md"))


def slug(text: str, ids: str = "github") -> str:
    """A heading's id before duplicates are told apart. `ids`: `github`, `github-ascii` or `blackfriday`."""
    text = text.strip()
    if ids == "blackfriday":
        return "-".join(re.findall(r"[^\W_]+", lower_each(text)))
    if ids == "github-ascii":
        from unicodedata import combining, normalize

        text = "".join(c for c in normalize("NFD", text) if not combining(c) and c.isascii())
    return "".join("-" if c in "- " else lower_each(c) for c in text if c in "-_ " or c.isalpha() or c.isdecimal())
