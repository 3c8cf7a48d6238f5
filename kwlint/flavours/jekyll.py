"""Jekyll and GitHub Pages

## Detection

`_config.yml` without a `_toc.yml` next to it.

## Anchors

The slugs of kramdown's GFM parser: GitHub's, with `--` and `---` as dashes, which are dropped. With
`kramdown: {input: kramdown}`, a slug is made from the heading as it is written, from the first ASCII letter on; ASCII
letters, digits, spaces and `-` are kept. GitHub's own slugs are right, too. `{#id}` at the end of a heading and
`{: #id}` below it replace its slug.

## Links

- A path with `.md` starts at the document, as jekyll-relative-links resolves it on GitHub Pages.
- Any other path is an address in the style of `permalink`, with or without `.html`; `baseurl` is removed. An address
  that reaches no page is reported if the document that it means exists.
- `{% link %}`, `{% post_url %}` and `{% include_relative %}` name files, also after `{{ site.baseurl }}`.
  `{{ "/x" | relative_url }}` is an address.
- Documents of collections whose `permalink` ends in `:path` are found at that address.

## Not checked

- Addresses that lead to no file.
- Addresses of posts, of other collections, of documents with a `permalink`, and all if `defaults` sets one.
- Other Liquid tags, and anchors of pages with `{% include %}` or `{{ }}`.

## Sources

kramdown (`converter/base.rb`, 2.4) and kramdown-parser-gfm 1.1. Jekyll 4.3 built three sites (plain, with the plugins
of GitHub Pages below a `baseurl`, and with pretty addresses) and made the ids of the headings with both parsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kwlint.flavours.anchors import blank_code
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_yaml, mapping, sequence, text
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of, unique, without_html, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.site import is_hexo
from kwlint.flavours.slugs import github_slug, number_repeated, with_dashes
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_ID = expression(r"[ \t]\{#([A-Za-z][\w:-]*)\}\Z").search
# The argument of the filters that make an address.
_FILTERED = expression(
    r"""\s*\{\{-?\s*(["'])(/[^"'{}]*)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}(#[^{}\s]*)?\s*"""
).fullmatch
_TAG = expression(
    r"\s*(?:\{\{-?\s*site\.baseurl\s*-?\}\})?(?:\{%-?\s*(link|post_url)\s+([^\s{}%]+)\s*-?%\})?([^{}\s]*)\s*"
).fullmatch


class Jekyll(Flavour):
    """A site.

    `plain`: slugs are kramdown's own, not those of its GFM parser. `base`: `baseurl`. `ending`: the end of the
    addresses of pages by `permalink`, `.html` or `/`, `""` if the configuration sets addresses of single pages.
    `collections`: the start of the addresses of a collection, and its folder.
    """

    name = "jekyll"
    partials_relative = False
    html_ends_at_tag = True
    dialect = Dialect(templates="liquid", attributes=True, mentions="liquid")
    custom_ids = True
    permalink_keys = ("permalink",)

    def __init__(
        self,
        root: str,
        plain: bool = False,
        base: str = "",
        ending: str = "",
        collections: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(root)
        self.collections = tuple(sorted(collections))
        self.ending = ending
        self.plain = plain
        self.base = base.strip("/")

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        root = folder_of(path)
        is_jupyter_book = in_folder(root, "_toc.yml")[0] in probe.paths
        if is_jupyter_book or is_hexo(probe, root):
            return []
        settings = from_yaml(probe.bytes_of(path))
        plain = text(mapping(settings.get("kramdown")).get("input"), "GFM").upper() != "GFM"
        base = text(settings.get("baseurl"))
        return [(root, cls(root, plain, base, _ending(settings), _collections(root, settings)))]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.plain)

    def heading_text(self, heading: Heading) -> str:
        return heading.raw if self.plain else heading.text

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """kramdown reads `{#id}` at the end of a heading and no other attributes."""
        text, match = self.heading_text(heading), _ID(heading.raw)
        return (text.rpartition("{")[0].rstrip(), match[1]) if match and text.endswith("}") else (text, "")

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        del document
        return ()

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        matches = [(heading, _ID(heading.raw)) for heading in document.headings]
        return [(h.start + m.start(1), h.start + m.end(1), m[1]) for h, m in matches if m]

    def slugs(self, texts: Sequence[str]) -> list[str]:
        if self.plain:
            return number_repeated(kramdown_slug(text) or "section" for text in texts)
        return number_repeated(
            github_slug("".join(c.lower() for c in with_dashes(text).replace("\t", " "))) for text in texts
        )

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        return self.host_heading_anchors(document, super().custom_heading_anchors(document))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        content = blank_code(document) if "{%" in document.text or "{{" in document.text else ""
        if "{{" in content or re.search(r"\{%-?\s*include", content):
            return [Anchor("include", "open", "", 1)]
        return []

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path
        is_document = suffix_of(path) in self.suffixes or "_posts/" in path
        if request.directive and (is_document or request.directive != "named"):
            return self._resolve_tag(request)
        if self.base and path.startswith("/") and (path.strip("/") + "/").startswith(self.base + "/"):
            request = request._replace(path=path.lstrip("/")[len(self.base) :] or "/")
        return super().resolve(request)

    def _resolve_tag(self, request: LinkRequest) -> Resolution:
        """Resolve the path of a tag; the build stops if the file does not exist."""
        if request.directive == "include_relative":
            return Resolution((join_inside(folder_of(request.source), request.path),))
        path = _post(request.path) if request.directive == "post_url" else request.path
        target = join_inside(self.root, path)
        lacks_suffix = "_posts/" in path and not suffix_of(path)
        return Resolution((target, *(target + suffix for suffix in self.suffixes if lacks_suffix)))

    def rewrite_target(self, source: str, url: str) -> str | None:
        """Return the path of a `link` or `post_url` tag, of an address filter, or after `{{ site.baseurl }}`.

        All of them are relative to `/`, whatever `baseurl` is.
        """
        del source
        if match := _FILTERED(url):
            return str(match[2]) + (match[3] or "")
        match = _TAG(url)
        if match is None:
            return None
        name, path, rest = match.groups()
        if not name:
            return rest if rest.startswith("/") and "{" not in rest else None
        return ("/" + _post(path) if name == "post_url" else "/" + path.lstrip("/")) + rest

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, suffix, rooted = request.path, suffix_of(target), request.path.startswith("/")
        stem = without_html(target)
        from_page = join_inside(without_suffix(request.source), path)
        paths = [target, *self.page_sources(stem), f"{stem}.html", f"{stem}/index.html", join_inside("", path)]
        if not rooted:
            paths += [from_page, *self.page_sources(without_html(from_page))]
        in_collections = self._collection_documents(target) if rooted else ()
        is_image = request.is_image and bool(suffix) and "/_" not in f"/{request.source}" and not path.startswith("..")
        decidable = not rooted and (suffix in self.suffixes or is_image)
        if suffix not in ("", ".html") or not self._is_strict(request):
            return Resolution(unique(paths), decidable, versions=in_collections)
        files = [p for p in paths if suffix_of(p) not in self.suffixes]
        address = target if rooted or self._is_flat(request.source) else from_page
        reached = self._sources_at(address, path)
        misdirected = unique(p for p in paths if suffix_of(p) in self.suffixes and p not in reached)
        return Resolution(unique((*files, *reached)), decidable, misdirected=misdirected, versions=in_collections)

    def _collection_documents(self, target: str) -> tuple[str, ...]:
        """Return the documents of collections at an address."""
        address = f"/{target[len(self.root) :].strip('/')}/"
        stems = [
            f"{folder}/{address[len(prefix) : -1]}".removesuffix(".html")
            for prefix, folder in self.collections
            if address.startswith(prefix) and len(address) > len(prefix)
        ]
        return tuple(document for stem in stems for document in self.page_sources(stem))

    def _is_strict(self, request: LinkRequest) -> bool:
        """Report whether a document's path determines its address: not for posts and collections."""
        return bool(self.ending) and "/_" not in f"/{request.source}" and "/_" not in f"/{request.path}"

    def _is_flat(self, source: str) -> bool:
        """Report whether the page is in its document's folder and not in a folder of its own."""
        return self.ending == ".html" or without_suffix(source.rpartition("/")[2]) in ("index", "README")

    def _sources_at(self, address: str, written: str) -> tuple[str, ...]:
        """Return the documents that the page at `address` may be made from; servers add `.html` if it has no suffix."""
        if suffix_of(address) == ".html":
            if address.endswith("index.html"):
                return self.page_sources(folder_of(address))
            return self.page_sources(without_html(address))[: len(self.suffixes)] if self.ending == ".html" else ()
        indexes = self.index_documents(address)
        is_folder = self.ending == ".html" and written.endswith("/")
        return indexes if is_folder else (*self.page_sources(address), *indexes)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "index.md", "README.md", "readme.md")


def _post(name: str) -> str:
    """Return the path, without suffix, of the post that `post_url` names."""
    folder, _, name = name.strip("/").rpartition("/")
    return f"{folder}/_posts/{name}".lstrip("/")


def kramdown_slug(text: str) -> str:
    """Return kramdown's own slug of a heading before duplicates are numbered.

    From the first ASCII letter on, ASCII letters, digits, spaces (as `-`) and `-` are kept, in lower case.
    """
    start = re.search("[a-zA-Z]", text)
    kept = re.sub("[^a-zA-Z0-9 -]", "", text[start.start() :]) if start else ""
    return kept.replace(" ", "-").lower()


# --- configuration ------------------------------------------------------------------------------------------------


def _collections(root: str, settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the start of the addresses of each collection, and its folder, if the rest is the document's path."""
    outer = join_inside(root, text(settings.get("collections_dir")))
    collections = []
    for name, options in mapping(settings.get("collections")).items():
        address = text(mapping(options).get("permalink"), "/:collection/:path:output_ext").replace(":collection", name)
        prefix, mark, rest = address.partition(":path")
        if mark and ":" not in prefix and rest in ("", "/", ".html", ":output_ext"):
            collections.append((f"/{prefix.strip('/')}/".replace("//", "/"), f"{outer}/_{name}".lstrip("/")))
    return collections


def _ending(settings: dict[str, Any]) -> str:
    """Return the end of the address of a page by `permalink` (Jekyll's `Utils.add_permalink_suffix`)."""
    scopes = (mapping(mapping(item).get("values")) for item in sequence(settings.get("defaults")))
    if any("permalink" in values for values in scopes):
        return ""
    style = text(settings.get("permalink"), "date")
    return "/" if style == "pretty" or style.endswith("/") else ".html"
