"""Hugo

## Detection

`hugo.*`, or `config.*` with Hugo's keys next to `content/`. Documents are in each `contentDir`, or in the folder that
is mounted as `content`. Without any of these files, the topmost folder with an `_index.md` is the content of a site
whose configuration is elsewhere.

## Anchors

The slugs of `autoHeadingIDType`: `github` (letters, digits and `_` are kept, spaces become `-`), `github-ascii` or
`blackfriday`; an empty slug is `heading`. Headings are read with and without the typographer (`--`). `{#id}` at the end
of a heading replaces its slug. With `autoDefinitionTermID`, terms of definition lists have ids.

## Links

- A path with `.md` starts at the document or at the page.
- Any other path is an address that starts at the page. Addresses are in lower case.
- `/x` is looked up in `content`, `static` and `assets`. Files of a bundle are looked up next to it.
- `ref` and `relref` name a document, with or without its suffix, from the page's folder or from `content`, or by a name
  that is unique in the site. `figure` names an image.
- If the configuration has no theme, module, render hook, language or `permalinks`, an address that reaches no page is
  reported if the document that it means exists.

## Not checked

- Addresses that lead to no file, and the addresses of documents with `url` or `slug`.
- Anchors of pages with shortcodes that may make headings.

## Sources

Hugo's source (`markup/goldmark/autoid.go`, at 16e7c112) and its documentation. Hugo built three sites (plain, with its
own render hooks below a path, and with `uglyURLs`) and made the ids of the headings with all three algorithms.

- Hugo treats bold text with a `_` in it, entities in code and numeric entities in its own way. kwlint does not know
  these anchors.
- With render hooks, Hugo accepts names in any letter case. The git host does not, so kwlint reports them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kwlint.flavours.anchors import anchor_at
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_json, from_toml, from_yaml, mapping, sequence, text
from kwlint.flavours.paths import (
    folder_of,
    in_folder,
    join,
    join_inside,
    suffix_of,
    unique,
    without_html,
    without_suffix,
)
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import lower_each, number_unique, with_dashes
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_REF = expression(r"""\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?["'`]?([^"'`\s>%]+)["'`]?\s*[>%]\}\}(#[^\s{}]*)?""").fullmatch
_SHORTCODES = expression(r"\{\{([<%])\s*(?:/\s*)?([\w/.-]+)").finditer
_REFERENCES = ("ref", "relref", "named")
# Shortcodes that make no headings.
_PLAIN_SHORTCODES = frozenset(
    ("ref", "relref", "figure", "highlight", "youtube", "vimeo", "x", "tweet", "gist", "instagram", "param")
)
# Text that is linked without markup is dropped from a slug, in angle brackets or not.
_BARE_LINK = expression(r"(?:https?|ftp)://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico"))


class Hugo(Flavour):
    """A site in `outer`.

    `ids`: `autoHeadingIDType`. `modules`: the site takes files from elsewhere (themes, modules, mounts). `languages`:
    the `fr` of `x.fr.md`. `terms`: definition terms have ids. `ending`: the end of the addresses of pages, `/` or
    `.html`, `""` if render hooks or settings change addresses.
    """

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

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        return cls(root, folder_of(root))

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        name = path.rpartition("/")[2]
        if name.startswith("config.") and not _is_hugo(probe, path):
            return []
        parse = from_toml if name.endswith("toml") else from_json if name.endswith("json") else from_yaml
        return _sites(probe, path, parse(probe.bytes_of(path)))

    @classmethod
    def detect_content(cls, root: str) -> Flavour:
        return cls(root, root, modules=True)

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.ids, self.terms)

    def heading_text(self, heading: Heading) -> str:
        text = heading.alt_text
        return _BARE_LINK.sub("", text) if ("@" in text or ":" in text) and "`" not in text else text

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """With the typographer, which is on by default, `--` and `...` are single characters that no slug keeps."""
        yield [with_dashes(self.split_heading(heading)[0]) for heading in document.headings]
        yield from super().alternative_texts(document)

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        shortcodes = _SHORTCODES(document.text) if "{{" in document.text else iter(())
        unknown = next((m for m in shortcodes if m[1] == "%" or m[2] not in _PLAIN_SHORTCODES), None)
        if unknown:  # it may make headings
            yield anchor_at(document, unknown.start(), "open", "shortcode")
        if self.terms:
            yield from self.definition_anchors(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique(slug(text, self.ids) or "heading" for text in texts)

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        match = _REF(url.strip())
        return match[1] + (match[2] or "") if match else None

    def resolve(self, request: LinkRequest) -> Resolution:
        return self._resolve_ref(request) if request.directive in _REFERENCES else super().resolve(request)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, folder = request.path, folder_of(request.source)
        if path.startswith("/"):
            return self._at_address(self._from_root(path), target, path, False)
        page = folder if _is_bundle(request.source) else without_suffix(request.source)
        from_page, levels_above = join(page, path)
        paths = [target] if levels_above else [target, from_page]
        suffix = suffix_of(path)
        if suffix in self.suffixes:
            return Resolution(unique((*paths, *self._document_paths(path, target))), self._decidable)
        for address in (from_page, target):
            paths += self.page_sources(address)
            paths += self._in_languages(address, f"{address}/_index", f"{address}/index")
        paths += self._from_root("/" + path)
        is_beside = suffix in _IMAGES and not path.startswith("..")
        is_flat = self.ending == ".html" or _is_bundle(request.source)
        return self._at_address(paths, target if is_flat else from_page, path, self._decidable if is_beside else False)

    @property
    def _decidable(self) -> bool | None:
        return None if self.modules else True

    def _in_languages(self, *stems: str) -> list[str]:
        return [f"{stem}.{language}.md" for language in self.languages for stem in stems]

    def _document_paths(self, path: str, target: str) -> list[str]:
        """Return what a path with the suffix of a document may name, besides the document itself."""
        stem, suffix = without_suffix(target), suffix_of(path)
        paths = [f"{stem}.{language}{suffix}" for language in self.languages]
        paths += [f"{stem}/index.md", f"{stem}/_index.md", join_inside(self.root, path)]
        if not self.ending and target.endswith("index.md"):  # a render hook looks for the folder's page
            paths += [*in_folder(folder_of(target), "_index.md"), folder_of(target)]
        return paths

    def _resolve_ref(self, request: LinkRequest) -> Resolution:
        """Resolve `ref` or `relref`: a document, from the page's folder or from the root, with or without suffix."""
        suffix = suffix_of(request.path)
        starts = [self.root] if request.path.startswith("/") else [folder_of(request.source), self.root]
        paths: list[str] = []
        for start in starts:
            target = join_inside(start, request.path)
            stem = target[: -len(suffix)] if suffix in self.suffixes else target
            stems = [stem] if suffix in self.suffixes else [stem, f"{stem}/_index", f"{stem}/index"]
            if stem.endswith("/index"):
                stems.append(f"{folder_of(stem)}/_index")
            paths += [f"{s}{end}" for s in stems for end in self.suffixes]
            paths += [f"{s}.{language}.md" for s in stems for language in self.languages]
            paths += [target, f"{stem}/index.md", f"{stem}/_index.md"]
        return Resolution(unique(paths), self._decidable)

    def searched_suffix(self, request: LinkRequest) -> str:
        if request.directive not in _REFERENCES or request.path.startswith(("/", ".")):
            return ""
        return f"/{request.path}" if suffix_of(request.path) in self.suffixes else f"/{request.path}.md"

    def _at_address(self, paths: Iterable[str], target: str, path: str, decidable: bool | None) -> Resolution:
        """Resolve an address that leads to `target`; documents in `paths` that it does not reach are misdirected.

        Addresses are in lower case, whatever the documents' names are (Hugo's `disablePathToLower`).
        """
        paths = unique(paths)
        if not self.ending:
            is_file = suffix_of(target) or " " in path
            return Resolution(paths, decidable, versions=() if is_file else self.page_sources(target))
        is_address = path == path.lower() and " " not in path
        shown = self._sources_at(target, path) if is_address else ()
        documents = [p for p in paths if suffix_of(p) in self.suffixes]
        files = [p for p in paths if p not in documents]
        reached = [p for p in documents if p in shown]
        misdirected = tuple(p for p in documents if p not in reached)
        return Resolution((*files, *reached), decidable, misdirected=misdirected, versions=shown)

    def _sources_at(self, address: str, written: str) -> tuple[str, ...]:
        """Return the documents that the page at `address` may be made from; `written` is the path of the link."""
        if suffix_of(address) == ".html":
            if address.endswith("/index.html"):
                return self.index_documents(folder_of(address))
            return self._document_files(without_html(address)) if self.ending == ".html" else ()
        bundles = self.index_documents(address)
        if self.ending == "/":
            bundles = (*bundles, f"{address}.md")
        return bundles if written.endswith("/") else (*bundles, *self._document_files(address))

    def _document_files(self, page: str) -> tuple[str, ...]:
        """Return the documents of a page that are not in a folder of their own."""
        return self.page_sources(page)[: len(self.suffixes)]

    def _from_root(self, path: str) -> tuple[str, ...]:
        target = join_inside(self.root, path)
        files = [join_inside(f"{self.outer}/{folder}", path) for folder in ("static", "assets", "content")]
        files += [join_inside(self.outer, path), *self.page_sources(join_inside(f"{self.outer}/content", path))]
        return unique((target, *self.page_sources(without_html(target)), *files))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "_index.md", "index.md")


def _is_bundle(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0] in ("index", "_index")


def slug(text: str, ids: str = "github") -> str:
    """Return the slug of a heading before duplicates are numbered.

    `ids`: `github`, `github-ascii` or `blackfriday`.
    """
    text = text.strip()
    if ids == "blackfriday":
        return "-".join(re.findall(r"[^\W_]+", lower_each(text)))
    if ids == "github-ascii":
        from unicodedata import combining, normalize

        text = "".join(c for c in normalize("NFD", text) if not combining(c) and c.isascii())
    return "".join("-" if c in "- " else lower_each(c) for c in text if c in "-_ " or c.isalpha() or c.isdecimal())


# --- configuration ------------------------------------------------------------------------------------------------


def _is_hugo(probe: RepoProbe, path: str) -> bool:
    """Report whether `config.toml`, `config.yaml` or `config.yml` is Hugo's."""
    if not probe.is_folder(join_inside(_project(path), "content")):
        return False
    config = probe.text_of(path)
    if path.endswith("toml") and re.search(r"(?m)^[ \t]*base_url[ \t]*=", config):
        return False  # Zola's
    keys = r"(?mi)^[ \t]*[\"']?(?:baseURL|theme|languageCode|contentDir|defaultContentLanguage)[\"']?[ \t]*[=:]"
    return re.search(keys, config) is not None


def _project(path: str) -> str:
    """Return the folder of the project that a configuration file belongs to."""
    folder = folder_of(path)
    return folder_of(folder_of(folder)) if f"/{folder}".endswith("/config/_default") else folder


def _sites(probe: RepoProbe, path: str, settings: dict[str, Any]) -> Roots:
    outer = _project(path)
    languages = mapping(settings.get("languages"))
    goldmark = mapping(mapping(settings.get("markup")).get("goldmark"))
    parser = mapping(goldmark.get("parser"))
    ids = text(parser.get("autoHeadingIDType") or parser.get("autoIDType"), "github")
    terms = bool(parser.get("autoDefinitionTermID"))
    has_go_modules = in_folder(outer, "go.mod")[0] in probe.paths
    modules = bool(settings.get("theme") or settings.get("module")) or has_go_modules
    has_hooks = modules or "renderHooks" in goldmark or _has_link_hook(probe, outer)
    is_plain = not (has_hooks or languages or "permalinks" in settings or outer != folder_of(path))
    ending = "" if not is_plain else ".html" if settings.get("uglyURLs") else "/"
    roots = [join_inside(outer, folder) for folder in sorted(_content_folders(settings, languages))]
    return [(root, Hugo(root, outer, ids, modules, tuple(languages), terms, ending)) for root in roots]


def _has_link_hook(probe: RepoProbe, outer: str) -> bool:
    layouts = f"{outer}/layouts/".lstrip("/")
    return any(path.startswith(layouts) and "render-link" in path for path in probe.paths)


def _content_folders(settings: dict[str, Any], languages: dict[str, Any]) -> set[str]:
    """Return the folders of documents. Mounts replace the usual ones."""
    mounts = [mapping(item) for item in sequence(mapping(settings.get("module")).get("mounts"))]
    mounted = {text(item.get("source")) for item in mounts if text(item.get("target")).strip("/") == "content"}
    if mounted := mounted - {""}:
        return mounted
    folders = {text(settings.get("contentDir"), "content")}
    for language in map(mapping, languages.values()):
        folders |= {text(language.get(key), "content") for key in ("contentDir", "contentdir")}
    return folders
