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
    Flavour,
    LinkRequest,
    Resolution,
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
    permalink_keys = ("url", "slug")

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
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.ids, self.terms)

    def heading_text(self, heading: Heading) -> str:
        text = heading.alt_text
        return _BARE.sub("", text) if ("@" in text or ":" in text) and "`" not in text else text

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """With the typographer, which is on by default, `--` and `...` are one character that no id keeps."""
        yield [with_dashes(self.split_heading(heading)[0]) for heading in document.headings]
        yield from super().alternative_texts(document)

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        """A shortcode may make headings, but for those that are known not to."""
        shortcodes = _SHORTCODES(document.text) if "{{" in document.text else iter(())
        found = next((m for m in shortcodes if m[1] == "%" or m[2] not in _PLAIN), None)
        if found:
            yield Anchor("shortcode", "open", "", line_of(document, found.start()))
        if self.terms:
            yield from self.definition_anchors(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(slug(text, self.ids) or "heading" for text in texts)

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        match = _REF(url.strip())
        if not match:
            return None
        return match[1] + (match[2] or "")

    def resolve(self, request: LinkRequest) -> Resolution:
        return self._referred(request) if request.directive in _REFERENCES else super().resolve(request)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, here, folder = request.path, target, folder_of(request.source)
        if path.startswith("/"):
            return self._sorted(self._from_root(path), here, path, False)
        suffix = suffix_of(path)
        page = folder if self._is_bundle(request.source) else without_suffix(request.source)
        from_page, too_far = join(page, path)
        paths = [here, *([] if too_far else [from_page])]
        if suffix in self.suffixes:
            stem = without_suffix(here)
            paths += [f"{stem}.{language}{suffix}" for language in self.languages]
            paths += [f"{stem}/index.md", f"{stem}/_index.md", self.path_below(self.root, path)]
            if not self.ending and here.endswith("index.md"):  # a render hook looks for the folder's page
                paths += [f"{folder_of(here)}/_index.md".lstrip("/"), folder_of(here)]
            return Resolution(tuple(dict.fromkeys(paths)), None if self.modules else True)
        for target in (from_page, here):
            paths += self.page_sources(target)
            stems = (target, f"{target}/_index", f"{target}/index")
            paths += [f"{stem}.{language}.md" for language in self.languages for stem in stems]
        paths += self._from_root("/" + path)
        beside = suffix in _IMAGES and not path.startswith("..")
        decidable = (None if self.modules else True) if beside else False
        flat = self.ending == ".html" or self._is_bundle(request.source)
        return self._sorted(paths, here if flat else from_page, path, decidable)

    def _referred(self, request: LinkRequest) -> Resolution:
        """What `ref` and `relref` name: a document, from the page's folder or from the root, suffix or not."""
        suffix = suffix_of(request.path)
        starts = [self.root] if request.path.startswith("/") else [folder_of(request.source), self.root]
        paths: list[str] = []
        for start in starts:
            target = self.path_below(start, request.path)
            stem = target[: -len(suffix)] if suffix in self.suffixes else target
            stems = [stem] if suffix in self.suffixes else [stem, f"{stem}/_index", f"{stem}/index"]
            if stem.endswith("/index"):
                stems.append(f"{folder_of(stem)}/_index")
            paths += [f"{s}{end}" for s in stems for end in self.suffixes]
            paths += [f"{s}.{language}.md" for s in stems for language in self.languages]
            paths += [target, f"{stem}/index.md", f"{stem}/_index.md"]
        return Resolution(tuple(dict.fromkeys(paths)), None if self.modules else True)

    def searched_suffix(self, request: LinkRequest) -> str:
        """A name that one page alone has may be given without its folder."""
        if request.directive not in _REFERENCES or request.path.startswith(("/", ".")):
            return ""
        return f"/{request.path}" if suffix_of(request.path) in self.suffixes else f"/{request.path}.md"

    def _sorted(self, paths: Iterable[str], target: str, path: str, decidable: bool | None) -> Resolution:
        """Return the resolution of an address that leads to `target`, without the documents that it does not reach.

        Addresses are in lower case, whatever the documents' names are (Hugo's `disablePathToLower`).
        """
        paths = tuple(dict.fromkeys(paths))
        if not self.ending:
            return Resolution(
                paths, decidable, versions=() if suffix_of(target) or " " in path else self.page_sources(target)
            )
        documents = [p for p in paths if suffix_of(p) in self.suffixes]
        reached = (
            [] if path != path.lower() or " " in path else [p for p in documents if p in self._behind(target, path)]
        )
        files = [p for p in paths if p not in documents]
        shown = self._behind(target, path) if path == path.lower() and " " not in path else ()
        misdirected = tuple(p for p in documents if p not in reached)
        return Resolution((*files, *reached), decidable, misdirected=misdirected, versions=shown)

    def _behind(self, target: str, path: str) -> tuple[str, ...]:
        """The documents that the page at `target` may be made from."""
        if suffix_of(target) == ".html":
            if target.endswith("/index.html"):
                return self.index_documents(folder_of(target))
            return self.page_sources(target[:-5])[: len(self.suffixes)] if self.ending == ".html" else ()
        bundles = (
            (*self.index_documents(target), f"{target}.md") if self.ending == "/" else self.index_documents(target)
        )
        return bundles if path.endswith("/") else (*bundles, *self.page_sources(target)[: len(self.suffixes)])

    def _from_root(self, path: str) -> tuple[str, ...]:
        target = self.path_below(self.root, path)
        stem = target[:-5] if target.endswith(".html") else target
        files = [self.path_below(f"{self.outer}/{folder}", path) for folder in ("static", "assets", "content")]
        files += [self.path_below(self.outer, path), *self.page_sources(self.path_below(f"{self.outer}/content", path))]
        return tuple(dict.fromkeys((target, *self.page_sources(stem), *files)))

    def _is_bundle(self, path: str) -> bool:
        return path.rpartition("/")[2].partition(".")[0] in ("index", "_index")

    def index_documents(self, folder: str) -> tuple[str, ...]:
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
