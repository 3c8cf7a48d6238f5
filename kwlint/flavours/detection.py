"""Finds the flavours of a repository from its own configuration files.

One pass over the paths looks at last parts alone; only files that name a generator are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from kwlint.config import flavour_folder
from kwlint.flavours import Flavours
from kwlint.flavours.base import Flavour, GitHub, folder_of, join
from kwlint.flavours.config_files import from_json, from_toml, from_yaml, mapping, sequence, text
from kwlint.repo.path_index import PathIndex
from kwlint.text.lazy_regex import expression

Roots = list[tuple[str, Flavour]]

_NAMES = {
    "mkdocs.yml": "mkdocs", "mkdocs.yaml": "mkdocs", "zensical.toml": "zensical", "book.toml": "mdbook",
    "conf.py": "sphinx", "myst.yml": "myst", "_toc.yml": "jupyter-book", "docfx.json": "docfx",
    ".openpublishing.publish.config.json": "learn", "hugo.toml": "hugo", "hugo.yaml": "hugo", "hugo.yml": "hugo",
    "hugo.json": "hugo", "config.toml": "config.toml", "config.yaml": "config.toml", "config.yml": "config.toml",
    "zola.toml": "zola", "_config.yml": "jekyll", "_config.yaml": "jekyll", "_quarto.yml": "quarto",
    "_quarto.yaml": "quarto", "_metadata.yml": "quarto-folder", "publish.css": "published-vault",
    ".gitbook.yaml": "site", "docs.json": "site", "mint.json": "site", "antora.yml": "site",
    ".eleventy.js": "site", "_sidebar.md": "site", "pelicanconf.py": "site", "SUMMARY.md": "site",
}  # fmt: skip
_STEMS = {
    "docusaurus.config": "docusaurus", "next.config": "site", "astro.config": "site", "nuxt.config": "site",
    "gatsby-config": "site", "eleventy.config": "site", "rspress.config": "site", "theme.config": "site",
    "gridsome.config": "site", "svelte.config": "site", "content-collections": "site", "velite.config": "site",
    "source.config": "site", "vocs.config": "site",
}  # fmt: skip
_DOCUMENTS = tuple(name for name in _NAMES if name.endswith(".md"))
_SCRIPTS = (".js", ".ts", ".mjs", ".cjs", ".mts", ".tsx", ".jsx")
_LANGUAGE = expression(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\Z").match


class Found(NamedTuple):
    """A configuration file, and what it is the mark of."""

    kind: str
    path: str


class Scene:
    """The repository as detection sees it; `used` collects the files that were read."""

    def __init__(self, paths: Collection[str], read: Callable[[str], bytes]) -> None:
        self.paths = paths
        self.read = read
        self.used: list[str] = []

    @cached_property
    def names(self) -> PathIndex:
        return PathIndex(self.paths)

    def bytes_of(self, path: str) -> bytes:
        self.used.append(path)
        try:
            return self.read(path)
        except OSError:
            return b""

    def script(self, path: str) -> str:
        return self.bytes_of(path).decode("utf-8", "replace")

    def holds_below(self, folder: str) -> bool:
        return self.names.is_folder(folder)


def marks(paths: Iterable[str]) -> list[Found]:
    """The configuration files among `paths`, sorted."""
    found = []
    names, stems = _NAMES, _STEMS
    # Most files are documents and pages: they are passed over without a look at their last parts.
    likely = [path for path in paths if not path.endswith(".md") or path.endswith(_DOCUMENTS) or ".obsidian/" in path]
    for path in likely:
        name = path[path.rfind("/") + 1 :]
        kind = names.get(name)
        if kind is None and name.endswith(_SCRIPTS):
            kind = stems.get(name.rpartition(".")[0])
            if kind is None and path.endswith((f".vitepress/{name}", f".vitepress/config/{name}")):
                kind = "vitepress" if name.startswith(("config.", "index.")) else None
        elif kind is None and "/.obsidian/" in f"/{path}":
            kind, path = "obsidian", path[: max(0, f"/{path}".index("/.obsidian/") - 1)]
        if kind is not None:
            found.append(Found(kind, path))
    return sorted(set(found))


def found(paths: Collection[str], read: Callable[[str], bytes], settings: Iterable[tuple[str, str]]) -> Flavours:
    """The `Flavours` that the configuration files among `paths` and the user's `settings` name."""
    scene = Scene(paths, read)
    roots: Roots = []
    for mark in marks(paths):
        if "node_modules/" not in mark.path:
            roots += _READERS[mark.kind](scene, mark.path)
    chosen: dict[str, Flavour] = {}
    for root, flavour in sorted(roots, key=lambda pair: _WEIGHTS.get(pair[1].name, 5)):
        chosen.setdefault(root, flavour)
    for root in _sections(paths):
        if not any(root == other or root.startswith(f"{other}/" if other else "") for other in chosen):
            chosen[root] = _content(root)
    for folder, name in settings:
        root = flavour_folder(folder)
        chosen[root] = chosen[root] if root in chosen and chosen[root].name == name else named(name, root)
    return Flavours(sorted(chosen.items()), scene.used)


def _sections(paths: Iterable[str]) -> list[str]:
    """The topmost folders with an `_index.md`, which is what Hugo calls the document of a section."""
    found: list[str] = []
    for folder in sorted({folder_of(path) for path in paths if path.endswith("_index.md") and _is_section(path)}):
        if not found or not (found[-1] == "" or folder.startswith(f"{found[-1]}/")):
            found.append(folder)
    return found


def _is_section(path: str) -> bool:
    return path.rpartition("/")[2] == "_index.md" and not path.startswith(".") and "/." not in path


def _content(root: str) -> Flavour:
    """Documents of a Hugo site whose configuration lies elsewhere."""
    from kwlint.flavours.hugo import Hugo

    return Hugo(root, root, modules=True)


# Where two generators claim one folder: the more particular one first.
_WEIGHTS = {"docfx": 0, "mkdocs": 1, "docusaurus": 1, "myst": 2, "hugo": 3, "zola": 3, "jekyll": 6, "site": 8}


def named(name: str, root: str) -> Flavour:
    """The flavour called `name` with its defaults, in charge of `root`. Raises ValueError for an unknown name."""
    from kwlint.flavours import (
        docfx,
        docusaurus,
        hugo,
        jekyll,
        mdbook,
        mkdocs,
        myst,
        obsidian,
        quarto,
        site,
        vitepress,
        zola,
    )

    makers: dict[str, Callable[[], Flavour]] = {
        "github": lambda: GitHub(root),
        "gitlab": lambda: _gitlab(root),
        "mdbook": lambda: mdbook.MdBook(root),
        "mkdocs": lambda: mkdocs.MkDocs(root, root),
        "docusaurus": lambda: docusaurus.Docusaurus(root, folder_of(root)),
        "myst": lambda: myst.Myst(root),
        "hugo": lambda: hugo.Hugo(root, folder_of(root)),
        "jekyll": lambda: jekyll.Jekyll(root),
        "docfx": lambda: docfx.DocFx(root),
        "vitepress": lambda: vitepress.VitePress(root, root),
        "obsidian": lambda: obsidian.Obsidian(root),
        "quarto": lambda: quarto.Quarto(root),
        "zola": lambda: zola.Zola(root, folder_of(root)),
        "site": lambda: site.Site(root),
    }
    if name not in makers:
        raise ValueError(f"unknown flavour {name!r}; known: {', '.join(sorted(makers))}")
    return makers[name]()


def _gitlab(root: str) -> Flavour:
    from kwlint.flavours.gitlab import GitLab

    return GitLab(root)


# --- one reader per generator -------------------------------------------------------------------------------------


def _mdbook(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.mdbook import MdBook

    settings = from_toml(scene.bytes_of(path))
    folder = folder_of(path)
    root = join(folder, text(mapping(settings.get("book")).get("src"), "src"))[0]
    output = mapping(settings.get("output"))
    redirects: dict[str, str] = {}
    for renderer in output.values():
        redirects |= {k: v for k, v in mapping(mapping(renderer).get("redirect")).items() if isinstance(v, str)}
    own = bool(set(mapping(settings.get("preprocessor"))) - {"links", "index"})
    return [(root, MdBook(root, folder, sorted(redirects.items()), own))]


def _mkdocs(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.mkdocs import MkDocs

    settings = _inherited(scene, path, 0)
    folder = folder_of(path)
    docs = text(settings.get("docs_dir"), "docs")
    root = join(folder, docs)[0]
    plugins = _plugins(settings.get("plugins"))
    jinja = any(name.startswith(("macros", "jinja", "markdownextradata")) for name in plugins)
    theme = settings.get("theme")
    own = text(mapping(theme).get("custom_dir"))
    layout = _layout(plugins, settings)._replace(
        theme=text(theme) or text(mapping(theme).get("name"), "mkdocs"),
        overrides=join(folder, own)[0] if own else "",
        snippets=_snippets(settings, folder),
    )
    first = MkDocs(root, folder, _toc(settings), layout, jinja)
    return [(root, first), *_translations(scene, root, first)]


def _inherited(scene: Scene, path: str, depth: int) -> dict[str, Any]:
    """The settings of `mkdocs.yml`, over those that it inherits."""
    settings = from_yaml(scene.bytes_of(path))
    parent = settings.get("INHERIT")
    if not isinstance(parent, str) or depth > 5:
        return settings
    place, above = join(folder_of(path), parent)
    if above or place not in scene.paths:
        return settings
    inherited = _inherited(scene, place, depth + 1)
    inherited.pop("docs_dir", None)
    return inherited | settings


def _plugins(value: object) -> dict[str, Any]:
    """Plugins (or extensions) by name, whether they are given as a list or as a mapping."""
    if isinstance(value, dict):
        return mapping(value)
    plugins: dict[str, Any] = {}
    for item in sequence(value):
        if isinstance(item, str):
            plugins[item] = {}
        else:
            plugins |= mapping(item)
    return plugins


_GENERATORS = expression(
    r"gen-files|gen_files|autoapi|api-autonav|literate|simple|monorepo|multirepo|awesome-nav|blog|tags|typedoc|swagger"
    r"|render_swagger|click|rss|macros|exec|mkdoxy|build_plantuml|same-dir|techdocs-core"
).search


# Plugins that make neither pages nor links.
_HARMLESS = expression(
    r"(?:material/)?(?:search|social|privacy|offline|optimize|typeset|meta|info|minify|glightbox|redirects|charts|autorefs"
    r"|mkdocstrings|git-(?:revision-date|revision-date-localized|authors|committers|committers-2))\Z"
).match


def _layout(plugins: dict[str, Any], settings: dict[str, Any]) -> Any:
    from kwlint.flavours.mkdocs import Layout

    languages: tuple[str, ...] = ()
    redirects: list[tuple[str, str]] = []
    for name, options in plugins.items():
        if name.endswith("i18n"):
            listed = sequence(mapping(options).get("languages"))
            languages = tuple(item if isinstance(item, str) else text(mapping(item).get("locale")) for item in listed)
        elif name == "redirects":
            maps = mapping(mapping(options).get("redirect_maps"))
            redirects += sorted((old, new) for old, new in maps.items() if isinstance(new, str))
    validation = mapping(mapping(settings.get("validation")).get("links")) | mapping(settings.get("validation"))
    return Layout(
        languages=tuple(filter(None, languages)),
        generates=any(_GENERATORS(name) for name in plugins) or bool(settings.get("hooks")),
        redirects=tuple(redirects),
        absolute=validation.get("absolute_links") == "relative_to_docs",
        autorefs=any(name.rpartition("/")[2] in ("autorefs", "mkdocstrings") for name in plugins) or _appends(settings),
        hooks=bool(settings.get("hooks")),
        flat=settings.get("use_directory_urls") is False,
        base=_base(settings.get("site_url")),
        tabs="slugify" in mapping(_plugins(settings.get("markdown_extensions")).get("pymdownx.tabbed")),
        plain=all(map(_HARMLESS, plugins)) and not settings.get("hooks"),
        templated=any(re.search("macros|include|jinja|extradata|snippets", name) for name in plugins),
    )


def _base(url: object) -> str:
    """The path of a site's address, `/` at least; empty where there is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text(url))
    except ValueError:
        return ""
    return f"/{parts.path.strip('/')}" if parts.netloc else ""


def _snippets(settings: dict[str, Any], folder: str) -> tuple[str, ...]:
    """The folders that pymdownx.snippets looks in, as far as they are said in plain words."""
    extensions = _plugins(settings.get("markdown_extensions"))
    if "pymdownx.snippets" not in extensions:
        return ()
    given = sequence(mapping(extensions["pymdownx.snippets"]).get("base_path", ["."]))
    places = [join(folder, place)[0] for place in given if isinstance(place, str) and not place.startswith("$")]
    return tuple(places) if len(places) == len(given) else ()


def _appends(settings: dict[str, Any]) -> bool:
    """Whether a file of definitions is put behind every page."""
    return bool(mapping(_plugins(settings.get("markdown_extensions")).get("pymdownx.snippets")).get("auto_append"))


def _toc(settings: dict[str, Any]) -> Any:
    from kwlint.flavours.mkdocs import Toc

    extensions = _plugins(settings.get("markdown_extensions")) | mapping(settings.get("mdx_configs"))
    options = mapping(extensions.get("toc")) | mapping(extensions.get("markdown.extensions.toc"))
    separator = text(options.get("separator"), "-")
    slugify = options.get("slugify")
    if slugify is None or slugify == {}:
        return Toc(separator=separator)
    tag = slugify if isinstance(slugify, str) else text(mapping(slugify).get("tag"))
    value = mapping(mapping(slugify).get("value"))
    words = mapping(value.get("kwds"))
    called = f"{tag} {value.get('object', '')}" if not isinstance(slugify, str) else slugify
    if "pymdownx" in called:
        old = re.search(r"slugs\.(u?slugify|gfm|gfm_encoded|uslugify_\w+)", called)
        gfm = bool(old and old[1].startswith("gfm")) or ("uslugify" in called and "cased" not in called)
        case = text(words.get("case"), "lower" if gfm else "none")
        return Toc("pymdownx", case, separator, bool(words.get("percent_encode")) or "encoded" in called)
    if "toc.slugify_unicode" in called:
        return Toc("unicode", separator=separator)
    return Toc("markdown" if "toc.slugify" in called else "unknown", separator=separator)


def _translations(scene: Scene, root: str, first: Any) -> Roots:
    """Where documents lie in `docs/en/docs`: the same folder of the other languages, the first standing in for what
    they lack."""
    parts = root.split("/")
    at = next((i for i, part in enumerate(parts) if _LANGUAGE(part) and i and part in ("en", "en-us", "en-US")), None)
    if at is None:
        return []
    from kwlint.flavours.mkdocs import MkDocs

    head, tail = "/".join(parts[:at]) + "/", "/".join(parts[at + 1 :])
    folders = {path[len(head) :].partition("/")[0] for path in scene.paths if path.startswith(head)}
    roots: Roots = []
    for language in sorted(filter(_LANGUAGE, folders - {parts[at]})):
        other = head + language + (f"/{tail}" if tail else "")
        if scene.holds_below(other):
            layout = first.layout._replace(fallbacks=(root,))
            roots.append((other, MkDocs(other, first.outer, first.toc, layout, bool(first.dialect.templates))))
    return roots


def _zensical(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.mkdocs import MkDocs

    settings = mapping(from_toml(scene.bytes_of(path)).get("project"))
    root = join(folder_of(path), text(settings.get("docs_dir"), "docs"))[0]
    layout = _layout(_plugins(settings.get("plugins")), settings)._replace(rebased=True)
    return [(root, MkDocs(root, folder_of(path), _toc(settings), layout))]


def _docusaurus(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.docusaurus import Docusaurus
    from kwlint.flavours.site import Site

    config = scene.script(path)
    outer = folder_of(path)
    routes = _addresses(config)._replace(commonmark=bool(re.search(r"\bformat\s*:\s*['\"](?:detect|md)['\"]", config)))
    named_ = re.findall(r"\bpath\s*:\s*['\"]([^'\"]+)['\"]", config)
    folders = {"docs", "blog", "src/pages", "community", *named_}
    prefix = f"{outer}/" if outer else ""
    for place in scene.paths:
        if not place.startswith(prefix):
            continue
        parts = place[len(prefix) :].split("/")
        if parts[0].endswith("versioned_docs") and len(parts) > 2:
            folders.add("/".join(parts[:2]))
        elif parts[0] == "i18n" and len(parts) > 4:
            folders.add("/".join(parts[:4]))
    roots: Roots = []
    for folder in sorted(folders):
        root, above = join(outer, folder)
        if not above and scene.holds_below(root):
            original = join(outer, "docs" if "content-docs" in folder else "blog")[0] if "i18n/" in folder else ""
            routed = routes._replace(route=routes.route if folder == "docs" else None)
            roots.append((root, Docusaurus(root, outer, routed, original)))
    if outer:
        roots.append((outer, Site(outer)))  # what else the site's code makes pages of
    return roots


def _addresses(config: str) -> Any:
    """What the code of a configuration says of addresses in plain words."""
    from kwlint.flavours.docusaurus import Routes

    static = re.search(r"staticDirectories\s*:\s*\[([^\]]*)\]", config)
    slash = re.search(r"\btrailingSlash\s*:\s*(true|false)\b", config)
    base = re.search(r"\bbaseUrl\s*:\s*['\"]([^'\"]*)['\"]", config)
    bases = re.findall(r"\brouteBasePath\s*:\s*(?:['\"]([^'\"]*)['\"])?", config)
    plain = not re.search(r"plugin-content-docs|redirect|\bversions?\b|i18n", config)
    return Routes(
        static=tuple(re.findall(r"['\"]([^'\"]+)['\"]", static[1])) if static else ("static",),
        slash=slash[1] == "true" if slash else None,
        base=base[1] if base else "",
        route=(bases or ["docs"])[0].strip("/") if plain and len(bases) < 2 and "" not in bases else None,
        redirects="redirect" in config or ("trailingSlash" in config and not slash),
        numbered="numberPrefixParser" in config,
    )


def _sphinx(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.myst import Myst

    config = scene.script(path)
    if not re.search(r"myst|recommonmark|nbsphinx|sphinx", config):
        return []
    root = folder_of(path)
    source = next((name for name in ("source", "src") if f"{root}/{name}/index.md".lstrip("/") in scene.paths), "")
    if source and f"{root}/index.md".lstrip("/") not in scene.paths:
        root = join(root, source)[0]
    preset = re.search(r"myst_heading_slug_func\s*=\s*(\S+)", config)
    own = bool(preset and "github" not in preset[1] and "None" not in preset[1])
    strict = "myst" in config and not re.search(
        r"myst_(?:all_links_external|commonmark_only|gfm_only|url_schemes)", config
    )
    return [(root, Myst(root, folder_of(path), own, strict))]


def _myst(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.myst import Myst

    scene.used.append(path)
    return [(folder_of(path), Myst(folder_of(path), mystmd=path.endswith("myst.yml")))]


def _hugo(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.hugo import Hugo

    data = scene.bytes_of(path)
    settings = (from_toml if path.endswith("toml") else from_json if path.endswith("json") else from_yaml)(data)
    outer = _project(path)
    languages = mapping(settings.get("languages"))
    folders = {text(settings.get("contentDir"), "content")}
    folders |= {text(mapping(item).get("contentDir"), "content") for item in languages.values()}
    folders |= {text(mapping(item).get("contentdir"), "content") for item in languages.values()}
    mounts = [mapping(item) for item in sequence(mapping(settings.get("module")).get("mounts"))]
    mounted = {text(item.get("source")) for item in mounts if text(item.get("target")).strip("/") == "content"}
    folders = set(filter(None, mounted)) or folders  # mounts come in place of the folders that are usual
    goldmark = mapping(mapping(settings.get("markup")).get("goldmark"))
    markup = mapping(goldmark.get("parser"))
    ids = text(markup.get("autoHeadingIDType") or markup.get("autoIDType"), "github")
    terms = bool(markup.get("autoDefinitionTermID"))
    modules = bool(settings.get("theme") or settings.get("module")) or f"{outer}/go.mod".lstrip("/") in scene.paths
    below = f"{outer}/layouts/".lstrip("/")
    hooks = modules or "renderHooks" in goldmark or any(p.startswith(below) and "render-link" in p for p in scene.paths)
    plain = not (hooks or languages or "permalinks" in settings or _project(path) != folder_of(path))
    ending = "" if not plain else ".html" if settings.get("uglyURLs") else "/"
    roots: Roots = []
    for folder in sorted(folders):
        root = join(outer, folder)[0]
        roots.append((root, Hugo(root, outer, ids, modules, tuple(languages), terms, ending)))
    return roots


def _config(scene: Scene, path: str) -> Roots:
    """`config.toml` and its like: Zola's, Hugo's, or nobody's."""
    if not scene.holds_below(f"{_project(path)}/content".lstrip("/")):
        return []
    head = scene.script(path)
    if path.endswith("toml") and re.search(r"(?m)^\s*base_url\s*=", head):
        return _zola(scene, path)
    if re.search(r"(?mi)^\s*[\"']?(?:baseURL|theme|languageCode|contentDir|defaultContentLanguage)[\"']?\s*[=:]", head):
        return _hugo(scene, path)
    return []


def _project(path: str) -> str:
    """The folder of the project that a configuration file of Hugo's belongs to."""
    folder = folder_of(path)
    return folder_of(folder_of(folder)) if f"/{folder}".endswith("/config/_default") else folder


def _zola(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.zola import Zola

    settings = from_toml(scene.bytes_of(path))
    slugify = settings.get("slugify")
    on = text(mapping(slugify).get("anchors"), "on") == "on" if isinstance(slugify, dict) else slugify is not False
    root = join(folder_of(path), "content")[0]
    return [(root, Zola(root, folder_of(path), on))]


def _jekyll(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.jekyll import Jekyll
    from kwlint.flavours.myst import Myst
    from kwlint.flavours.site import Site

    root = folder_of(path)
    if f"{root}/_toc.yml".lstrip("/") in scene.paths:
        return [(root, Myst(root))]
    settings = from_yaml(scene.bytes_of(path))
    if scene.holds_below(f"{root}/source/_posts".lstrip("/")):
        return [(root, Site(root))]  # Hexo has a file of this name too
    plain = text(mapping(settings.get("kramdown")).get("input"), "GFM").upper() != "GFM"
    return [(root, Jekyll(root, plain, text(settings.get("baseurl")), _ending(settings), _collections(root, settings)))]


def _collections(root: str, settings: dict[str, Any]) -> list[tuple[str, str]]:
    """What the addresses of each collection begin with, and its folder, where the rest is the document's path."""
    place = join(root, text(settings.get("collections_dir")))[0]
    found = []
    for name, options in mapping(settings.get("collections")).items():
        address = text(mapping(options).get("permalink"), "/:collection/:path:output_ext").replace(":collection", name)
        prefix, mark, rest = address.partition(":path")
        if mark and ":" not in prefix and rest in ("", "/", ".html", ":output_ext"):
            found.append((f"/{prefix.strip('/')}/".replace("//", "/"), f"{place}/_{name}".lstrip("/")))
    return found


def _ending(settings: dict[str, Any]) -> str:
    """The end of a page's address by `permalink` (Jekyll's `Utils.add_permalink_suffix`)."""
    scopes = (mapping(mapping(item).get("values")) for item in sequence(settings.get("defaults")))
    if any("permalink" in values for values in scopes):
        return ""
    style = text(settings.get("permalink"), "date")
    return "/" if style == "pretty" or style.endswith("/") else ".html"


def _docfx(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.docfx import DocFx

    root = folder_of(path)
    whole = from_json(scene.bytes_of(path))
    settings = mapping(whole.get("build"))
    publishing = next((p for p in _upwards(root, ".openpublishing.publish.config.json") if p in scene.paths), "")
    redirected: list[str] = []
    foreign: list[str] = []
    if publishing:
        published = from_json(scene.bytes_of(publishing))
        home = folder_of(publishing)
        for item in sequence(published.get("dependent_repositories")):
            place = text(mapping(item).get("path_to_root"))
            foreign += [join(home, place)[0], place] if place else []
        files = [join(home, name)[0] for name in sequence(published.get("redirection_files")) if isinstance(name, str)]
        files += [p for p in _redirections(scene, home) if p not in files]
        for file in files:
            if file in scene.paths:
                redirected += _redirected(scene, file)
    # Where the build puts the pages of an API.
    foreign += [join(root, text(mapping(item).get("dest"), "_api"))[0] for item in sequence(whole.get("metadata"))]
    return [(root, DocFx(root, redirected, foreign, _routes(scene, root, settings)))]


def _routes(scene: Scene, root: str, settings: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The addresses below which a docset's content is shown, and the folders that it comes from.

    The repository does not name the address of the docset itself. It follows from the breadcrumb's, where that is
    the address of one of its own files.
    """
    contents = [mapping(item) for item in sequence(settings.get("content"))]
    address = text(mapping(settings.get("globalMetadata")).get("breadcrumb_path"))
    bases = (_docset_base(scene, root, content, address) for content in contents) if address.startswith("/") else ()
    base = next((found for found in bases if found is not None), None)
    routes: dict[str, list[str]] = {}
    for content in contents if base is not None else ():
        if any("*" in pattern for pattern in sequence(content.get("files")) if isinstance(pattern, str)):
            prefix = "/".join(filter(None, (base, text(content.get("dest")).strip("/")))).lower()
            folder = join(root, text(content.get("src")))[0]
            routes.setdefault(f"/{prefix.strip('/')}/".replace("//", "/"), []).append(folder)
    return [(prefix, tuple(dict.fromkeys(folders))) for prefix, folders in routes.items()]


def _docset_base(scene: Scene, root: str, content: dict[str, Any], address: str) -> str | None:
    """The address of the docset, if `address` is that of a table of contents in this part of it."""
    patterns = [_glob(pattern) for pattern in sequence(content.get("files")) if isinstance(pattern, str)]
    dest = [part for part in text(content.get("dest")).split("/") if part not in ("", ".")]
    source = join(root, text(content.get("src")))[0]
    parts = address.strip("/").rpartition(".")[0].split("/")
    for start in range(1, len(parts)):
        inner = parts[start:]
        if inner[: len(dest)] != dest:
            continue
        name = "/".join(inner[len(dest) :]) + ".yml"
        if join(source, name)[0] in scene.paths and any(pattern.fullmatch(name) for pattern in patterns):
            return "/".join(parts[:start])
    return None


def _glob(pattern: str) -> re.Pattern[str]:
    """A pattern of docfx' (`**/*.yml`) as a regular expression."""
    escaped = re.escape(pattern)
    return re.compile(escaped.replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*"))


def _upwards(folder: str, name: str) -> Iterator[str]:
    """The places where `name` may lie, from `folder` up."""
    while folder:
        yield f"{folder}/{name}"
        folder = folder_of(folder)
    yield name


def _redirections(scene: Scene, home: str) -> list[str]:
    prefix = f"{home}/" if home else ""
    return sorted(
        path
        for path in scene.paths
        if path.startswith(prefix) and path.rpartition("/")[2].startswith(".openpublishing.redirection")
    )


def _redirected(scene: Scene, path: str) -> Iterator[str]:
    for item in sequence(from_json(scene.bytes_of(path)).get("redirections")):
        entry = mapping(item)
        whole, near = text(entry.get("source_path_from_root")), text(entry.get("source_path"))
        if whole:
            yield whole.lstrip("/")
        elif near:
            yield join("", near)[0]
            yield join(folder_of(path), near)[0]


def _learn(scene: Scene, path: str) -> Roots:
    """A publishing configuration names its docsets, which may hold no `docfx.json`."""
    settings = from_json(scene.bytes_of(path))
    roots: Roots = []
    for item in sequence(settings.get("docsets_to_publish")):
        folder = join(folder_of(path), text(mapping(item).get("build_source_folder"), "."))[0]
        config = f"{folder}/docfx.json".lstrip("/")
        if config not in scene.paths:
            roots += [(folder, flavour) for _, flavour in _docfx(scene, config)]
    return roots


def _vitepress(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.vitepress import VitePress

    outer, _, inner = f"/{path}".rpartition("/.vitepress/")
    outer = outer.strip("/")
    parts = [path]  # of `config/index.ts`, which may bring them together
    if inner.startswith("config/"):
        parts = sorted(p for p in scene.paths if p.startswith(f"{folder_of(path)}/") and p.endswith(_SCRIPTS))
    config = "\n".join(map(scene.script, parts))
    source = re.search(r"\bsrcDir\s*:\s*['\"]([^'\"]+)['\"]", config)
    root = join(outer, source[1])[0] if source else outer
    prefix = f"{root}/" if root else ""
    routes = any("[" in place and place.startswith(prefix) and place.endswith(".md") for place in scene.paths)
    dynamic = routes or bool(re.search(r"\b(?:rewrites|ignoreDeadLinks)\b", config))
    literal = bool(re.match(r"[~^=v ]*[01]\.", _version(scene, outer, "vitepress")))
    left, right = (re.search(rf"\b{side}Delimiter\s*:\s*['\"]([^'\"]+)['\"]", config) for side in ("left", "right"))
    marks_ = (left[1], right[1]) if left and right else ("{", "}")
    return [(root, VitePress(root, outer, dynamic, literal, marks_, "slugify" in config))]


def _version(scene: Scene, folder: str, name: str) -> str:
    """The version of a package that the nearest `package.json` that names it asks for."""
    for path in _upwards(folder, "package.json"):
        if path in scene.paths:
            package = from_json(scene.bytes_of(path))
            for key in ("dependencies", "devDependencies"):
                if version := text(mapping(package.get(key)).get(name)):
                    return version
    return ""


def _quarto(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.quarto import Quarto

    root = folder_of(path)
    return [(root, Quarto(root, "filters:" in scene.script(path)))]


def _quarto_folder(scene: Scene, path: str) -> Roots:
    """A folder of a project with settings of its own, of which filters matter."""
    from kwlint.flavours.quarto import Quarto

    project = next((place for place in _upwards(folder_of(path), "_quarto.yml") if place in scene.paths), None)
    if project is None or "filters:" not in scene.script(path):
        return []
    return [(folder_of(path), Quarto(folder_of(project), True))]


def _obsidian(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.obsidian import Obsidian

    del scene
    return [(path, Obsidian(path))]


def _published_vault(scene: Scene, path: str) -> Roots:
    """Obsidian Publish takes its style sheet from the top of the vault ("Customize your site"), where notes lie too;
    the vault's own folder of settings is often not committed."""
    notes = any(name.endswith(".md") for name in scene.names.inside(folder_of(path)))
    return _obsidian(scene, folder_of(path)) if notes else []


def _site(scene: Scene, path: str) -> Roots:
    from kwlint.flavours.site import Site

    del scene
    return [(folder_of(path), Site(folder_of(path)))]


_READERS: dict[str, Callable[[Scene, str], Roots]] = {
    "mdbook": _mdbook, "mkdocs": _mkdocs, "zensical": _zensical, "docusaurus": _docusaurus, "sphinx": _sphinx,
    "myst": _myst, "jupyter-book": _myst, "hugo": _hugo, "config.toml": _config, "zola": _zola, "jekyll": _jekyll,
    "docfx": _docfx, "learn": _learn, "vitepress": _vitepress, "quarto": _quarto,
    "quarto-folder": _quarto_folder, "obsidian": _obsidian, "published-vault": _published_vault, "site": _site,
}  # fmt: skip
