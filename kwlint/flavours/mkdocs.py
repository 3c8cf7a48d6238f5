"""MkDocs, Material for MkDocs, Zensical

## Detection

`mkdocs.yml`, including settings that it inherits (`INHERIT`), or `zensical.toml`. Documents are in `docs_dir` (`docs`
by default). If that is a folder such as `docs/en/docs`, the same folders of other languages are read as well, and
English documents stand in for missing ones. The languages of the i18n plugin work in the same way.

## Anchors

The slugs of Python-Markdown's `toc`: NFKD, ASCII only; word characters, spaces and `-` are kept, and a run of spaces
and `-` becomes one `-`. Repeated slugs get `_1`, `_2`. The options `toc.slugify` and `toc.separator` are read, and
the slugs of pymdownx and `slugify_unicode` are supported. `{ #id }`, `{: #id }`, `{ id=x }` and `[](){#id}` are
explicit ids. Emoji and icons (`:name:`) and the attributes of spans are no text if their extensions are on.

## Links

- A path with a suffix starts at the document. One without a suffix, and every path in raw HTML, is an address that
  starts at the page: `a/b.md` is shown at `/a/b/`, or at `/a/b.html` with `use_directory_urls: false`. In Zensical,
  addresses start at the document, too.
- If no plugin can change links, an address in a folder of documents that leads to none of them is reported.
- `/x` is an address below the path of `site_url`. With `validation.links.absolute_links: relative_to_docs` it is a path
  from `docs_dir` and is checked.
- Redirected addresses of the redirects plugin exist, but a link to the document `old.md` is broken.
- `--8<-- "x"` names a file in `base_path`, `{% include-markdown "x" %}` one next to the document or in `docs_dir`.
- The images of the themes `mkdocs`, `readthedocs` and `material`, and the files in `custom_dir`, exist.

## Not checked

- Addresses at the top of the site that lead to no document, and other addresses if a plugin may make pages.
- Missing documents in folders that do not exist, if a plugin makes some.
- Anchors of pages with `::: object`, with snippets, with tags that a plugin fills in, or with tabs whose titles have
  ids (`slugify` of `pymdownx.tabbed`).
- Missing anchors if `hooks` or a slug function of the project's own change pages.
- Paths that leave the documents of a site that the plugin monorepo puts into another one.
- References without a definition if autorefs or mkdocstrings may define them.

## Sources

Python-Markdown (`extensions/toc.py`, at 00b22287), MkDocs (`structure/pages.py`, at 01be507e) and pymdownx
(`slugs.py`). MkDocs built four sites (with addresses of folders and of files, below a path, in several languages),
Material and Zensical one each; Python-Markdown and pymdownx made the ids of the headings. The documentation of
FastAPI and of Material for MkDocs was checked as well. Like MkDocs itself, kwlint reports a relative path that leaves
the folder of documents, even if it happens to work as an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kwlint.flavours.anchors import anchor_at, blank_code
from kwlint.flavours.base import INDEXES, Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_toml, from_yaml, mapping, sequence, text
from kwlint.flavours.paths import (
    folder_of,
    in_folder,
    join,
    join_inside,
    suffix_of,
    upwards,
    without_html,
    without_suffix,
)
from kwlint.flavours.probe import RepoProbe
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

# Parts of the names of plugins that make pages.
_PAGE_PLUGINS = (
    "gen-files", "gen_files", "autoapi", "api-autonav", "literate", "simple", "monorepo", "multirepo", "awesome-nav",
    "blog", "tags", "typedoc", "swagger", "render_swagger", "click", "rss", "macros", "exec", "mkdoxy",
    "build_plantuml", "same-dir", "techdocs-core",
)  # fmt: skip
# Plugins that make neither pages nor links; Material's own also have the prefix `material/`.
_HARMLESS_PLUGINS = frozenset(
    ("search", "social", "privacy", "offline", "optimize", "typeset", "meta", "info", "minify", "glightbox",
     "redirects", "charts", "autorefs", "mkdocstrings", "git-revision-date", "git-revision-date-localized",
     "git-authors", "git-committers", "git-committers-2")
)  # fmt: skip
_TEMPLATE_PLUGINS = ("macros", "include", "jinja", "extradata", "snippets")  # parts of names
_INCLUDE_PLUGIN = "include-markdown"
# The extensions of Markdown that matter here, by the names that a configuration gives them.
_EXTENSIONS = {
    "attr_list": frozenset(("attr_list", "markdown.extensions.attr_list", "extra", "pymdownx.extra")),
    "def_list": frozenset(("def_list", "markdown.extensions.def_list", "extra", "pymdownx.extra")),
    "md_in_html": frozenset(("md_in_html", "markdown.extensions.md_in_html", "extra", "pymdownx.extra")),
    "emoji": frozenset(("pymdownx.emoji", "materialx.emoji")),
    "smartsymbols": frozenset(("pymdownx.smartsymbols",)),
}
# Images of the themes (MkDocs 1.6, `themes/`; Material, `templates/`).
_THEME_FILES = {
    "mkdocs": ("img/favicon.ico", "img/grid.png"),
    "readthedocs": ("img/favicon.ico",),
    "material": ("assets/images/favicon.png",),
}
_MOST_PARENTS = 5  # of `INHERIT`

_LANGUAGE = expression(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\Z").match
_GENERATED = expression(r"(?m)^[ \t]*(?:::: \S|--8<-- .*\.md|;?--8<--[ \t]*$)|\{!.*\.md").search
_TAB = expression(r"(?m)^[ \t]*===[!+]?[ \t]").search
_INCLUDED = expression(r"""\{%-?\s*include(?:-markdown)?\s+(?:"([^"\n]+)"|'([^'\n]+)')""").finditer
_NAV_INCLUDE = expression(r"!include\s+([^\s'\"]+\.ya?ml)")
_EMOJI = expression(r":[\w+-]+:(?=\W|\Z)")
_ATTRIBUTE_LIST = expression(r"\{:?[ \t]*[.#\w][^{}\n]*\}")
_SYMBOL = expression(r"\((?:c|r|tm|p)\)|\+/-|c/o|=/=|<-->|<--|-->|\b\d/\d+\b", re.IGNORECASE)
_TAG = expression(r"\{%-?\s*(?:include|import)|\{\{").search


class Toc(NamedTuple):
    """How slugs are made.

    `rule`: `markdown` (Python-Markdown's own), `unicode` (its `slugify_unicode`), `pymdownx` or `unknown`. `case`,
    `encode`: options of pymdownx. `separator`: what replaces a run of spaces and hyphens.
    """

    rule: str = "markdown"
    case: str = "none"
    separator: str = "-"
    encode: bool = False


class Layout(NamedTuple):
    """What the configuration says about pages and addresses.

    `fallbacks`: roots of other languages whose pages stand in for missing ones. `languages`: the languages of
    `x.fr.md`. `generates`: a plugin makes pages. `redirects`: (document, target) pairs. `absolute`: paths from `/`
    start at the root and are checked. `autorefs`: labels may be defined elsewhere. `hooks`: code of the project's own
    changes pages. `templated`: tags in the text are replaced. `flat`: `a/b.md` is shown at `/a/b.html` and not at
    `/a/b/`. `plain`: no plugin changes links. `theme`: its name. `overrides`: the folder of the project's own files
    of the theme. `tabs`: the titles of tabs have ids. `snippets`: folders of the files that `--8<--` names. `base`:
    the path of `site_url`, `/` for a site at the top, `""` if it is not set. `rebased`: every link starts at the
    document, even in raw HTML (Zensical). `mounted`: another site shows the documents in a folder of its own
    (monorepo). `includes`: include-markdown is the only plugin with tags. `extensions`: those that matter here.
    """

    fallbacks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    generates: bool = False
    redirects: tuple[tuple[str, str], ...] = ()
    absolute: bool = False
    autorefs: bool = False
    hooks: bool = False
    templated: bool = False
    flat: bool = False
    plain: bool = False
    theme: str = ""
    overrides: str = ""
    tabs: bool = False
    snippets: tuple[str, ...] = ()
    base: str = ""
    rebased: bool = False
    mounted: bool = False
    includes: bool = False
    extensions: tuple[str, ...] = ()


class MkDocs(Flavour):
    """A site with its documents in `root` (`docs_dir`)."""

    name = "mkdocs"
    partials_relative = False
    html_ends_at_tag = True
    last_definition_wins = True
    custom_ids = True
    colon_ids = True

    def __init__(self, root: str, outer: str, toc: Toc = Toc(), layout: Layout = Layout(), jinja: bool = False) -> None:  # noqa: B008
        super().__init__(root, outer)
        self.toc = toc
        self.layout = layout
        self.dialect = Dialect(
            admonitions=True,
            attributes=True,
            templates="jinja" if jinja else "",
            python_markdown=True,
            markdown_in_html="md_in_html" in layout.extensions,
            definition_lists="def_list" in layout.extensions,
            mentions="mkdocs" if layout.includes else "snippets" if layout.snippets else "",
        )
        self.has_external_references = layout.autorefs

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        return cls(root, root)

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        return _zensical(probe, path) if path.endswith(".toml") else _mkdocs(probe, path)

    @property
    def cache_key(self) -> tuple[object, ...]:
        layout = self.layout
        return (
            *super().cache_key, self.toc, self.has_external_references, layout.hooks, layout.templated, layout.tabs,
            layout.extensions,
        )  # fmt: skip

    def heading_text(self, heading: Heading) -> str:
        """Pictures are no text, and neither are the attributes of a span."""
        text, extensions = heading.text, self.layout.extensions
        if ":" in text and "emoji" in extensions:
            text = _EMOJI.sub("", text)
        if "{" in text and "attr_list" in extensions:
            body, end = _without_last_braces(text)
            text = _ATTRIBUTE_LIST.sub("", body) + end
        return text

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """With smartsymbols, `(c)` and the like are single characters that no slug keeps."""
        if "smartsymbols" in self.layout.extensions:
            yield [_SYMBOL.sub("", self.split_heading(heading)[0]) for heading in document.headings]
        yield from super().alternative_texts(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_slugs([slug(text, self.toc) for text in texts])

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        if self.toc.rule == "unknown" or self.layout.hooks:
            return [Anchor("toc", "open", "", 1)]
        content = document.text
        if self.layout.tabs and (tab := _TAB(content)):
            return [anchor_at(document, tab.start(), "open", "tab")]
        if any(sign in content for sign in (":::", "--8<--", "{!", "{%", "{{")):
            content = blank_code(document)
        match = _GENERATED(content)
        included: list[Anchor] = []
        if self.layout.includes:
            paths = [(found.start(), found[1] or found[2]) for found in _INCLUDED(content)]
            included = [anchor_at(document, start, "include", path) for start, path in paths]
        elif match is None and self.layout.templated:
            match = _TAG(content)
        return [anchor_at(document, match.start(), "open", "generated")] if match else included

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        resolution = self._resolve(request, target)
        if self.layout.mounted and self.relative_to_root(target) is None:  # the other site's documents
            resolution = resolution._replace(decidable=False)
        inner = [relative for path in resolution.paths if (relative := self.relative_to_root(path))]
        if any(path in _THEME_FILES.get(self.layout.theme, ()) for path in inner):
            return resolution._replace(generated=True)
        if not self.layout.overrides:
            return resolution
        # Files of a theme that are not templates are published next to the documents.
        themed = (
            f"{self.layout.overrides}/{path}" for path in inner if suffix_of(path) not in (*self.suffixes, ".html")
        )
        return resolution._replace(paths=(*resolution.paths, *themed))

    def _resolve(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive.startswith("include"):
            is_file = not any(mark in request.path for mark in "*:[")
            return Resolution((target, join_inside(self.root, request.path)), is_file)
        if request.directive:
            return Resolution(tuple(join_inside(folder, request.path) for folder in self.layout.snippets))
        if request.path.startswith("/"):
            return self._from_root(request)
        if request.from_html or not suffix_of(request.path) or suffix_of(target) == ".html":
            return self._from_page(request, target)
        indexes = self.index_documents(folder_of(target)) if self.layout.rebased and _is_index(target) else ()
        moved = tuple(join_inside(self.root, new.partition("#")[0]) for old, new in self.layout.redirects
                      if target == join_inside(self.root, old))  # fmt: skip
        paths = self._with_languages((target, *indexes))
        return Resolution(paths, None if self.layout.generates else True, misdirected=moved)

    def _from_page(self, request: LinkRequest, target: str) -> Resolution:
        """Resolve an address that starts at the page."""
        folder = folder_of(request.source)
        has_folder = not (self.layout.flat or self.layout.rebased or _is_index(request.source))
        page = without_suffix(request.source) if has_folder else folder
        from_page = join_inside(page, request.path)
        reached = self._sources_at(from_page, request.path)
        meant = tuple(path for path in self._sources_at(target, "") if path not in reached)
        names_file = request.from_html and bool(suffix_of(request.path)) and suffix_of(target) != ".html"
        if not self._is_strict:
            return Resolution(self._with_languages((from_page, *reached, target, *meant)), names_file)
        decidable = names_file or self._is_address_decidable(from_page, page if has_folder else "")
        generated = self._is_redirected(from_page)
        misdirected = () if generated else meant
        return Resolution((from_page, *reached, target), decidable, generated=generated, misdirected=misdirected)

    def _from_root(self, request: LinkRequest) -> Resolution:
        """Resolve an address that starts with `/`."""
        base = self.layout.base.rstrip("/")
        inside = (request.path + "/").startswith(f"{base}/")
        path = request.path[len(base) :] if inside else request.path
        target = join_inside(self.root, path)
        checked = self.layout.absolute and bool(suffix_of(target)) and not request.from_html
        host = (
            (join_inside("", request.path),) if suffix_of(request.path) else ()
        )  # what the path means on the git host
        if not inside:  # an address of another site, unless it names a file
            file = join_inside(self.root, request.path)
            misdirected = (file,) if suffix_of(file) in self.suffixes else ()
            return Resolution((file, *host) if checked else host, checked, misdirected=misdirected)
        if not self._is_strict:
            paths = self._with_languages((target, *self.page_sources(without_html(target)), *host))
            return Resolution(paths, checked)
        reached, generated = self._sources_at(target, path), self._is_redirected(target)
        meant = tuple(document for document in self._sources_at(target, "") if document not in reached)
        is_address = self.layout.base and not suffix_of(target)
        decidable = self._is_address_decidable(target, "") if is_address else checked
        if suffix_of(target) in self.suffixes and not (checked and path == request.path):  # the site has no such file
            return Resolution((*reached, *host), decidable, generated=generated, misdirected=(target,))
        paths = (target, *reached, *host)
        return Resolution(paths, checked or decidable, generated=generated, misdirected=() if generated else meant)

    @property
    def _is_strict(self) -> bool:
        """Whether a link is only what MkDocs itself makes of it."""
        return self.layout.plain and not (self.layout.fallbacks or self.layout.languages)

    def _is_address_decidable(self, address: str, page: str) -> bool | None:
        """Report whether a page that is not found at `address` is missing on the site; None if its folder decides.

        Pages that are added next to the documents (of an API, for example) are at the top of the site. Nothing is
        added below another `page`.
        """
        if self.relative_to_root(address) is None or folder_of(address) == self.root:
            return False
        return True if page and address.startswith(f"{page}/") else None

    def _is_redirected(self, address: str) -> bool:
        """Report whether the redirects plugin handles the address."""
        inner = self.relative_to_root(without_html(address))
        if inner is None:
            return False
        documents = {f"{inner}{end}".lstrip("/") for end in (".md", "/index.md", "/README.md")}
        return any(old in documents for old, _ in self.layout.redirects)

    def _sources_at(self, address: str, written: str) -> tuple[str, ...]:
        """Return the documents that the page at `address` may be made from; `written` shows whether it ends in `/`."""
        if suffix_of(address) == ".html":
            if not self.layout.flat and address.endswith("/index.html"):
                return self.page_sources(folder_of(address))
            return self.page_sources(without_suffix(address)) if self.layout.flat or not written else ()
        if self.layout.flat and written.endswith("/"):
            return (*self.index_documents(address), f"{address}/index.html")
        return (*self.page_sources(address), f"{address}.html", f"{address}/index.html")

    def _with_languages(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Return `paths`, followed by the same documents in other languages."""
        result = list(paths)
        for path in paths:
            inner = self.relative_to_root(path)
            if inner is None:
                continue
            result += (f"{root}/{inner}" if root else inner for root in self.layout.fallbacks)
            for language in self.layout.languages:
                result.append(f"{without_suffix(path)}.{language}{path[len(without_suffix(path)) :]}")
                first, slash, rest = inner.partition("/")
                if slash and first in self.layout.languages:
                    result += (join_inside(self.root, f"{other}/{rest}") for other in self.layout.languages)
                    result.append(join_inside(self.root, rest))
        return tuple(result)

    def reports_outside(self, request: LinkRequest) -> bool:
        return super().reports_outside(request) and not self.layout.mounted

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, *(f"{name}.md" for name in INDEXES[:2]))


def _without_last_braces(text: str) -> tuple[str, str]:
    """Return a heading's text and the braces at its end, whose id replaces the slug."""
    opening = text.rfind("{")
    is_last = text.rstrip().endswith("}") and "#" in text[opening:]
    return (text[:opening], text[opening:]) if is_last else (text, "")


def _is_index(path: str) -> bool:
    return without_suffix(path.rpartition("/")[2]) in ("index", "README")


# --- configuration ------------------------------------------------------------------------------------------------


def _mkdocs(probe: RepoProbe, path: str) -> Roots:
    settings = _inherited(probe, path)
    folder = folder_of(path)
    root = join_inside(folder, text(settings.get("docs_dir"), "docs"))
    plugins = _named_options(settings.get("plugins"))
    jinja = any(name.startswith(("macros", "jinja", "markdownextradata")) for name in plugins)
    theme = settings.get("theme")
    custom_dir = text(mapping(theme).get("custom_dir"))
    layout = _layout(plugins, settings)._replace(
        theme=text(theme) or text(mapping(theme).get("name"), "mkdocs"),
        overrides=join_inside(folder, custom_dir) if custom_dir else "",
        snippets=_snippet_folders(settings, folder),
    )
    if _is_mounted(probe, path):
        layout = layout._replace(mounted=True, plain=False, generates=True)
    first = MkDocs(root, folder, _toc(settings), layout, jinja)
    return [(root, first), *_translations(probe, root, first)]


def _is_mounted(probe: RepoProbe, path: str) -> bool:
    """Report whether a configuration above includes the one at `path` with the plugin monorepo."""
    folder = folder_of(path)
    for parent in upwards(folder_of(folder), "mkdocs.yml") if folder else ():
        if parent in probe.paths and "monorepo" in probe.text_of(parent):
            included = _NAV_INCLUDE.findall(probe.text_of(parent))
            return path in (join_inside(folder_of(parent), name) for name in included)
    return False


def _zensical(probe: RepoProbe, path: str) -> Roots:
    settings = mapping(from_toml(probe.bytes_of(path)).get("project"))
    root = join_inside(folder_of(path), text(settings.get("docs_dir"), "docs"))
    layout = _layout(_named_options(settings.get("plugins")), settings)._replace(rebased=True)
    return [(root, MkDocs(root, folder_of(path), _toc(settings), layout))]


def _inherited(probe: RepoProbe, path: str, depth: int = 0) -> dict[str, Any]:
    """Return the settings of a file, merged over those that it inherits."""
    settings = from_yaml(probe.bytes_of(path))
    parent = settings.get("INHERIT")
    if not isinstance(parent, str) or depth > _MOST_PARENTS:
        return settings
    parent_path, levels_above = join(folder_of(path), parent)
    if levels_above or parent_path not in probe.paths:
        return settings
    inherited = _inherited(probe, parent_path, depth + 1)
    inherited.pop("docs_dir", None)
    return inherited | settings


def _named_options(value: object) -> dict[str, Any]:
    """Return the options of plugins or extensions by name, which YAML gives as a list or as a mapping."""
    if isinstance(value, dict):
        return mapping(value)
    options: dict[str, Any] = {}
    for item in sequence(value):
        options |= {item: {}} if isinstance(item, str) else mapping(item)
    return options


def _layout(plugins: dict[str, Any], settings: dict[str, Any]) -> Layout:
    languages: tuple[str, ...] = ()
    redirects: list[tuple[str, str]] = []
    for name, options in plugins.items():
        if name.endswith("i18n"):
            items = sequence(mapping(options).get("languages"))
            languages = tuple(item if isinstance(item, str) else text(mapping(item).get("locale")) for item in items)
        elif name == "redirects":
            table = mapping(mapping(options).get("redirect_maps"))
            redirects += sorted((old, new) for old, new in table.items() if isinstance(new, str))
    validation = mapping(mapping(settings.get("validation")).get("links")) | mapping(settings.get("validation"))
    extensions = _named_options(settings.get("markdown_extensions"))
    hooks = bool(settings.get("hooks"))
    appends = bool(mapping(extensions.get("pymdownx.snippets")).get("auto_append"))  # definitions, to every page
    return Layout(
        languages=tuple(filter(None, languages)),
        generates=hooks or any(makes_pages(name) for name in plugins),
        redirects=tuple(redirects),
        absolute=validation.get("absolute_links") == "relative_to_docs",
        autorefs=appends or any(name.rpartition("/")[2] in ("autorefs", "mkdocstrings") for name in plugins),
        hooks=hooks,
        flat=settings.get("use_directory_urls") is False,
        base=_base(settings.get("site_url")),
        tabs="slugify" in mapping(extensions.get("pymdownx.tabbed")),
        plain=not hooks and all(map(is_harmless, plugins)),
        templated=any(part in name for name in plugins for part in _TEMPLATE_PLUGINS),
        includes=_INCLUDE_PLUGIN in plugins
        and not any(part in name for name in plugins if name != _INCLUDE_PLUGIN for part in _TEMPLATE_PLUGINS),
        extensions=tuple(name for name in _EXTENSIONS if _EXTENSIONS[name] & set(extensions)),
    )


def makes_pages(plugin: str) -> bool:
    """Report whether a plugin makes pages."""
    return any(part in plugin for part in _PAGE_PLUGINS)


def is_harmless(plugin: str) -> bool:
    """Report whether a plugin is known to make neither pages nor links."""
    return plugin.removeprefix("material/") in _HARMLESS_PLUGINS


def _base(url: object) -> str:
    """Return the path of a site's URL, at least `/`; `""` if there is no URL."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text(url))
    except ValueError:
        return ""
    return f"/{parts.path.strip('/')}" if parts.netloc else ""


def _snippet_folders(settings: dict[str, Any], folder: str) -> tuple[str, ...]:
    """Return the folders that pymdownx.snippets searches; none if one of them is not written as a plain path."""
    extensions = _named_options(settings.get("markdown_extensions"))
    if "pymdownx.snippets" not in extensions:
        return ()
    base_paths = sequence(mapping(extensions["pymdownx.snippets"]).get("base_path", ["."]))
    folders = [join_inside(folder, path) for path in base_paths if isinstance(path, str) and not path.startswith("$")]
    return tuple(folders) if len(folders) == len(base_paths) else ()


def _toc(settings: dict[str, Any]) -> Toc:
    extensions = _named_options(settings.get("markdown_extensions")) | mapping(settings.get("mdx_configs"))
    options = mapping(extensions.get("toc")) | mapping(extensions.get("markdown.extensions.toc"))
    separator = text(options.get("separator"), "-")
    slugify = options.get("slugify")
    if slugify is None or slugify == {}:
        return Toc(separator=separator)
    value = mapping(mapping(slugify).get("value"))
    function = slugify if isinstance(slugify, str) else f"{text(mapping(slugify).get('tag'))} {value.get('object', '')}"
    if "pymdownx" in function:
        return _pymdownx(function, mapping(value.get("kwds")), separator)
    if "toc.slugify_unicode" in function:
        return Toc("unicode", separator=separator)
    return Toc("markdown" if "toc.slugify" in function else "unknown", separator=separator)


def _pymdownx(function: str, options: dict[str, Any], separator: str) -> Toc:
    """Return the rule of `slugs.slugify` with its options, or of one of the older functions in `pymdownx.slugs`."""
    lowers = "slugs.gfm" in function or ("uslugify" in function and "cased" not in function)
    encodes = bool(options.get("percent_encode")) or "encoded" in function
    return Toc("pymdownx", text(options.get("case"), "lower" if lowers else "none"), separator, encodes)


def _translations(probe: RepoProbe, root: str, first: MkDocs) -> Roots:
    """Return the roots of other languages if documents are in a folder such as `docs/en/docs`.

    The documents of `first` stand in for those that they lack.
    """
    parts = root.split("/")
    at = next((i for i, part in enumerate(parts) if i and part in ("en", "en-us", "en-US")), None)
    if at is None:
        return []
    head, tail = "/".join(parts[:at]) + "/", "/".join(parts[at + 1 :])
    folders = {path[len(head) :].partition("/")[0] for path in probe.paths if path.startswith(head)}
    layout = first.layout._replace(fallbacks=(root,))
    others = [
        head + language + (f"/{tail}" if tail else "") for language in sorted(filter(_LANGUAGE, folders - {parts[at]}))
    ]
    return [
        (other, MkDocs(other, first.outer, first.toc, layout, bool(first.dialect.templates)))
        for other in others
        if probe.is_folder(other)
    ]


# --- slugs --------------------------------------------------------------------------------------------------------

_SPACES = expression("[ \t\r\n\f\v]+")
_TAGS = expression("</?[^>]*>")
_NO_WORD = expression(r"[^\w\s-]")


def slug(text: str, toc: Toc) -> str:
    """Return the slug of a heading before duplicates are numbered."""
    from unicodedata import normalize

    if toc.rule == "pymdownx":
        return _pymdownx_slug(text, toc)
    text = " ".join(text.split())
    if toc.rule == "markdown":
        text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = _NO_WORD.sub("", text).strip().lower()
    return re.sub(rf"[{re.escape(toc.separator)}\s]+", lambda _: toc.separator, text)


def _pymdownx_slug(text: str, toc: Toc) -> str:
    from unicodedata import normalize

    text = _TAGS.sub("", normalize("NFC", _SPACES.sub(" ", text))).strip()
    text = text.lower() if toc.case.startswith("lower") else text.casefold() if toc.case == "fold" else text
    name = re.sub(r"[^\w\- ]", "", text).replace(" ", toc.separator)
    return _quoted(name) if toc.encode else name


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def number_slugs(slugs: Iterable[str]) -> list[str]:
    """Return `slugs`, each made unique by `_1`, `_2`, ...; an empty one counts as taken. Takes linear time.

    Python-Markdown's `unique`: the number at the end of a slug, if there is one, is counted up.
    """
    taken: set[str] = set()
    following: dict[str, int] = {}
    result = []
    for name in slugs:
        unique = name
        if not unique or unique in taken:
            base, mark, digits = name.rpartition("_")
            is_numbered = mark and digits.isdecimal() and digits.isascii() and len(digits) < 9
            stem, number = (base, int(digits)) if is_numbered else (name, 0)
            number = max(number + 1, following.get(name, 0))
            while f"{stem}_{number}" in taken:
                number += 1
            following[name] = number + 1
            unique = f"{stem}_{number}"
        taken.add(unique)
        result.append(unique)
    return result
