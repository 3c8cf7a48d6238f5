"""A small site with every way to write a link, laid out for each generator.

`scripts/record_links.py` lets the generator build it, and the tests let kwlint check it. Three pages hold links: a
document (`leaf`), a folder's own page (`folder`) and the site's first page (`front`), because an address starts at a
different path on each of them.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple

# `{index}` is what the generator calls a folder's own page; `{base}` the path below which it puts the site.
LINKS = (
    "setup.md", "setup", "setup/", "setup.html", "./setup.md", "../guide/setup.md", "Setup.md", "setup.md#steps",
    "setup.md#gone", "setup#steps", "setup/#steps", "setup.html#gone", "#here", "#gone", "deep/more.md", "deep/more",
    "deep/more/", "deep/", "deep", "deep/index.md", "..", "../", "./", "../index.md", "../index.md#front",
    "../index.md#gone", "other%20page.md", "missing.md", "missing", "missing/", "missing.html", "/guide/setup.md",
    "/guide/setup", "/guide/setup/", "/guide/setup.html", "/guide/", "/missing/", "../img/a.png", "/img/a.png",
    "../files/data.txt", "../../img/a.png", "../../outside.md", "setup.md?x=1",
    # fragments
    "setup.md?x=1#steps", "setup.md#Steps", "setup.md#steps-1", "setup.md#steps_1", "setup.md#", "setup.md#own",
    "setup.md#named", "setup.md#raw", "setup.md#%C3%BCber", "setup.md#über", "setup.md#uber", "setup.md#code-x",
    "setup#gone", "setup/#gone", "links.md#here", "links#here", "#Here", "deep/{index}#deep", "deep/#deep",
    "deep/#gone", "../#front", "../#gone", "/guide/setup#steps", "/guide/setup/#gone", "#", "#top", "",
    # spellings of one name
    "<other page.md>", "other%20page", "other%20page/", "other-page", "other-page/", "%C3%9Cml%C3%A4ut.md", "Ümläut.md",
    "Ümläut", "%C3%9Cml%C3%A4ut/", "CaseName.md", "casename.md", "CaseName", "casename", "CaseName/", "casename/",
    "01-first.md", "01-first", "01-first/", "first.md", "first", "first/", "v1.2.md", "v1.2", "v1.2/", "v1.2.html",
    ".//setup.md", "deep/../setup.md", "setup.markdown", "second.markdown", "second", "second/",
    # folders' own pages
    "deep/{index}", "deep/index.html", "deep/README.md", "../extra/README.md", "../extra/", "../extra",
    "../extra/index.md", "../extra/#extra", "../extra/README", "../extra/README/", "index.html", "../index.html",
    "{index}", "links.md", "../guide/", "../guide", ".", "/", "/index.md", "/index.html", "/README.md", "../bare/",
    "../bare", "../guide/links/", "/guide", "/guide/deep/", "/guide/{index}",
    # front matter and configuration
    "moved.md", "moved", "moved/", "new-place", "new-place/", "/guide/new-place/", "/guide/new-place", "moved.md#there",
    "old-place", "old-place/", "old-place.md", "/guide/old-place/", "/guide/old-place", "draft.md", "draft", "draft/",
    "_hidden.md", "_hidden", "_hidden/", "../excluded/page.md", "../excluded/page", "../excluded/page/",
    "../_under/page.md", "../_under/page/",
    # below the site's path
    "{base}/guide/setup/", "{base}/guide/setup", "{base}/guide/setup.html", "{base}/guide/setup.md",
    "{base}/img/a.png", "{base}/missing/",
    # other files
    "../img/b%20c.png", "<../img/b c.png>", "../img/missing.png", "local.txt", "./local.txt", "missing.txt",
    "/files/data.txt", "/files/missing.txt", "static.html", "static", "../files/", "../files", "../img/A.png",
    "/img/", "deep/more.html", "../setup/", "../setup", "../../guide/setup/", "../deep/more/", "../missing/",
    "../missing.md", "../missing", "../files/missing.txt",
)  # fmt: skip
IMAGES = (
    "../img/a.png", "/img/a.png", "../../img/a.png", "../img/missing.png", "/img/missing.png", "local.png",
    "./local.png", "missing.png", "../img/b%20c.png", "<../img/b c.png>", "../img/A.png", "{base}/img/a.png",
    "../img/a.png?raw=true", "../img/a.png#only-dark",
)  # fmt: skip
RAW_LINKS = (
    "setup.md", "setup", "setup/", "../setup/", "setup.html", "../guide/setup.html", "/guide/setup/", "#here", "#gone",
    "../setup/#steps", "../setup/#gone", "setup.html#steps", "../deep/more/", "deep/more.html", "../../", "../",
    "../files/data.txt", "../../files/data.txt", "/files/data.txt", "missing.html", "../missing/", "/missing/",
    "missing.md", "{base}/guide/setup/", "setup.md#steps",
)  # fmt: skip
RAW_IMAGES = (
    "../img/a.png", "../../img/a.png", "/img/a.png", "../img/missing.png", "../../img/missing.png", "local.png",
    "../local.png", "/img/missing.png",
)  # fmt: skip
# What only the place of the page tells apart: from a folder's own page, and from the site's first.
FOLDER_LINKS = (
    "setup.md", "setup", "setup/", "setup.html", "./setup/", "setup/#steps", "setup/#gone", "deep/", "deep/more",
    "../", "..", "../index.md", "./", "#guide", "#gone", "../guide/setup/", "guide/setup/", "../setup/", "../img/a.png",
    "../files/data.txt", "local.txt", "missing", "missing/", "missing.md", "../missing/", "links/", "links",
)  # fmt: skip
FOLDER_IMAGES = ("../img/a.png", "local.png", "missing.png", "../../img/a.png")
FOLDER_RAW = ("setup.md", "setup/", "setup.html", "../guide/setup/", "../img/a.png", "missing/", "../setup/")
FRONT_LINKS = (
    "guide/setup.md", "guide/setup", "guide/setup/", "guide/setup.html", "guide/", "guide", "guide/{index}",
    "setup/", "./", ".", "#front", "#gone", "img/a.png", "files/data.txt", "/guide/setup/", "missing/", "missing.md",
    "missing", "../guide/setup/", "extra/", "extra/README.md", "outside.md", "../outside.md",
)  # fmt: skip
FRONT_IMAGES = ("img/a.png", "/img/a.png", "img/missing.png", "guide/local.png")
FRONT_RAW = ("guide/setup.md", "guide/setup/", "guide/setup.html", "guide/missing/", "/guide/setup/")


class SiteLink(NamedTuple):
    """A link of the `page` (`leaf`, `folder` or `front`); its text is its number."""

    number: int
    page: str
    form: str  # link, image, raw link, raw image
    target: str

    def written(self) -> str:
        """Return the Markdown or HTML of the link."""
        name = f"L{self.number:03}"
        if self.form == "link":
            return f"[{name}]({self.target})"
        if self.form == "image":
            return f"![{name}]({self.target})"
        if self.form == "raw link":
            return f'<a href="{self.target}">{name}</a>'
        return f'<img alt="{name}" src="{self.target}" />'

    def __str__(self) -> str:
        return f"{self.page} {self.form}: {self.target}"


class SiteLayout(NamedTuple):
    """How the site is laid out for a generator.

    `root`: the folder of the documents. `index`: the name of a folder's own page. `files`: configuration files.
    `stops`: forms of links, and single links, that end the build. `base`: the path of the site on the server.
    """

    root: str
    index: str
    files: dict[str, str]
    stops: tuple[str, ...] = ()
    assets: str = ""  # below `root`, or `/` and a folder of the repository
    base: str = ""
    route: str = ""  # the path of the documents below that
    draft: str = "draft: true\n"


def links(layout: SiteLayout) -> list[SiteLink]:
    """Return the links of the site, in order."""
    pages = {
        "leaf": (("link", LINKS), ("image", IMAGES), ("raw link", RAW_LINKS), ("raw image", RAW_IMAGES)),
        "folder": (("link", FOLDER_LINKS), ("image", FOLDER_IMAGES), ("raw link", FOLDER_RAW)),
        "front": (("link", FRONT_LINKS), ("image", FRONT_IMAGES), ("raw link", FRONT_RAW)),
    }
    result: list[SiteLink] = []
    for page_kind, forms in pages.items():
        for form, targets in forms:
            for target in dict.fromkeys(t.format(index=layout.index, base=layout.base + layout.route) for t in targets):
                link = SiteLink(len(result), page_kind, form, target)
                if form not in layout.stops and str(link) not in layout.stops:
                    result.append(link)
    return result


def sources(layout: SiteLayout) -> dict[str, str]:
    """Return the path of each page with links."""
    root = f"{layout.root}/" if layout.root else ""
    return {"leaf": f"{root}guide/links.md", "folder": f"{root}guide/{layout.index}", "front": root + layout.index}


def files(layout: SiteLayout) -> dict[str, str]:
    """Return the site's files by path."""
    lines_of: dict[str, list[str]] = {"leaf": [], "folder": [], "front": []}
    for link in links(layout):
        lines_of[link.page] += [link.written(), ""]
    written = {page_kind: "\n".join(lines) for page_kind, lines in lines_of.items()}
    root = f"{layout.root}/" if layout.root else ""
    own = "slug: new-place\nurl: /guide/new-place/\npermalink: /guide/new-place/\naliases: [/guide/old-place/]\n"
    setup = '## Steps\n\nOne.\n\n## Steps\n\nTwo.\n\n## Named {#own}\n\n<a id="raw"></a>\n\n## Über\n\n## `code` x\n'
    pages = {
        f"{root}{layout.index}": page("Front", written["front"]),
        f"{root}guide/{layout.index}": page("Guide", written["folder"]),
        f"{root}guide/setup.md": page("Setup", setup),
        f"{root}guide/other page.md": page("Other page"),
        f"{root}guide/Ümläut.md": page("Ümläut"),
        f"{root}guide/CaseName.md": page("Case name"),
        f"{root}guide/01-first.md": page("First"),
        f"{root}guide/v1.2.md": page("Version"),
        f"{root}guide/second.markdown": page("Second"),
        f"{root}guide/moved.md": page("Moved", "## There\n", own + "redirect_from: [/guide/old-place/]\n"),
        f"{root}guide/draft.md": page("Draft", "", layout.draft),
        f"{root}guide/_hidden.md": page("Hidden"),
        f"{root}guide/deep/{layout.index}": page("Deep"),
        f"{root}guide/deep/more.md": page("More"),
        f"{root}guide/links.md": page("Links", f"## Here\n\n{written['leaf']}"),
        f"{root}extra/README.md": page("Extra"),
        f"{root}bare/one.md": page("One"),
        f"{root}excluded/page.md": page("Excluded"),
        f"{root}_under/page.md": page("Under"),
        "outside.md": page("Outside"),
        f"{root}guide/local.png": "not much of an image",
        f"{root}guide/local.txt": "data\n",
        f"{root}{layout.assets}guide/static.html": "<p>by hand</p>\n",
        f"{root}{layout.assets}img/a.png": "not much of an image",
        f"{root}{layout.assets}img/b c.png": "not much of an image",
        f"{root}{layout.assets}files/data.txt": "data\n",
    }
    return {posixpath.normpath(name): text for name, text in {**pages, **layout.files}.items()}


def lay_out(folder: Path, layout: SiteLayout) -> list[SiteLink]:
    """Write the site and return its links."""
    for name, text in files(layout).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return links(layout)


def page(title: str, rest: str = "", more: str = "") -> str:
    """Return a document with front matter and a heading."""
    return f"---\ntitle: {title}\n{more}---\n\n# {title}\n\nSome words.\n\n{rest}"


_THEME = {"theme/main.html": "<html><body>{{ page.content }}</body></html>"}
_MKDOCS = "site_name: x\ntheme: {name: null, custom_dir: theme}\n"
_EXTENSIONS = "markdown_extensions: [attr_list]\n"
_HUGO = 'baseURL = "{base}"\ntitle = "x"\n{more}[markup.goldmark.renderer]\nunsafe = true\n'
_HOOKS = '[markup.goldmark.renderHooks.link]\nuseEmbedded = "always"\n[markup.goldmark.renderHooks.image]\n'
_LAYOUTS_OF_HUGO = {
    f"layouts/{name}.html": "<html><body>{{ .Content }}</body></html>"
    for name in ("_default/single", "_default/list", "index")
}
_SPHINX = "extensions = ['myst_parser']\nmyst_heading_anchors = 3\nexclude_patterns = ['excluded']\n"
_DOCUSAURUS = (
    "module.exports = {{ title: 'x', url: 'https://a.org', baseUrl: '{base}/', onBrokenLinks: 'ignore',\n"
    "  onBrokenAnchors: 'ignore', {more}\n"
    "  markdown: {{ hooks: {{ onBrokenMarkdownLinks: 'ignore', onBrokenMarkdownImages: 'ignore' }} }},\n"
    "  presets: [['classic', {{ docs: {{ {docs} exclude: ['excluded/**', '_under/**', '**/_*'] }}, blog: false,\n"
    "    pages: false }}]] }}\n"
)
_VITEPRESS = "export default {{ ['ignore' + 'DeadLinks']: true, srcExclude: ['excluded/**'], {more} }}\n"
# Where an image that is not there ends the build, as it does under a bundler.
_BUNDLED = (
    "leaf image: ../../img/a.png", "leaf image: ../img/missing.png", "leaf image: /img/missing.png",
    "leaf image: missing.png", "leaf image: local.png", "folder image: local.png", "leaf raw image: local.png",
    "leaf image: ../img/A.png", "leaf image: ../img/a.png", "leaf image: ../img/b%20c.png",
    "leaf image: <../img/b c.png>", "leaf image: ../img/a.png?raw=true", "leaf image: ../img/a.png#only-dark",
    "folder image: ../img/a.png", "folder image: missing.png", "folder image: ../../img/a.png",
    "front image: img/a.png", "front image: guide/local.png", "front image: img/missing.png",
    "leaf image: /base/img/a.png",
    "leaf raw image: ../img/a.png", "leaf raw image: ../../img/a.png", "leaf raw image: ../img/missing.png",
    "leaf raw image: ../../img/missing.png", "leaf raw image: ../local.png", "leaf raw image: /img/missing.png",
)  # fmt: skip
_TRANSLATED = (
    "index", "guide/index", "guide/links", "guide/setup", "guide/other page", "guide/Ümläut", "guide/CaseName",
    "guide/01-first", "guide/v1.2", "guide/moved", "guide/draft", "guide/deep/index", "guide/deep/more",
    "guide/missing", "extra/README", "bare/one",
)  # fmt: skip
_UNPUBLISHED = "published: false\n"
LAYOUTS = {
    "mkdocs": SiteLayout("docs", "index.md", {"mkdocs.yml": f"{_MKDOCS}plugins: []\n{_EXTENSIONS}", **_THEME}),
    "mkdocs-files": SiteLayout(
        "docs", "index.md",
        {"mkdocs.yml": f"{_MKDOCS}plugins: []\nuse_directory_urls: false\n{_EXTENSIONS}", **_THEME},
    ),
    "mkdocs-absolute": SiteLayout(
        "docs", "index.md",
        {
            "mkdocs.yml": (
                f"{_MKDOCS}site_url: https://a.org/base/\nexclude_docs: excluded/\nplugins:\n"
                "  - redirects:\n      redirect_maps: {guide/old-place.md: guide/setup.md}\n"
                f"validation: {{absolute_links: relative_to_docs}}\n{_EXTENSIONS}"
            ),
            **_THEME,
        },
        base="/base",
    ),
    "material": SiteLayout(
        "docs", "index.md",
        {
            "mkdocs.yml": (
                "site_name: x\nsite_url: https://a.org/base/\ntheme:\n  name: material\nmarkdown_extensions:\n"
                "  - attr_list\n  - md_in_html\n  - toc:\n      permalink: true\n"
                "      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n"
            )
        },
        base="/base",
    ),
    "mkdocs-languages": SiteLayout(
        "docs/en", "index.md",
        {
            "mkdocs.yml": (
                f"{_MKDOCS}plugins:\n  - i18n:\n      docs_structure: folder\n      languages:\n"
                "        - {locale: en, name: English, default: true}\n        - {locale: fr, name: Français}\n"
                f"{_EXTENSIONS}"
            ),
            **_THEME,
            "docs/fr/index.md": page("Premier"),
        },
    ),
    "zensical": SiteLayout("docs", "index.md", {"zensical.toml": '[project]\nsite_name = "x"\n'}),
    "sphinx": SiteLayout("docs", "index.md", {"docs/conf.py": _SPHINX}),
    "sphinx-folders": SiteLayout("docs", "index.md", {"docs/conf.py": _SPHINX}),
    "mystmd": SiteLayout("", "index.md", {"myst.yml": "version: 1\nproject:\n  exclude: [outside.md]\n"}),
    "hugo": SiteLayout(
        "content", "_index.md", {"hugo.toml": _HUGO.format(base="/", more=""), **_LAYOUTS_OF_HUGO}, assets="../static/"
    ),
    "hugo-hooks": SiteLayout(
        "content", "_index.md",
        {
            "hugo.toml": _HUGO.format(base="https://a.org/base/", more="") + _HOOKS + 'useEmbedded = "always"\n',
            **_LAYOUTS_OF_HUGO,
        },
        assets="../static/", base="/base",
    ),
    "hugo-files": SiteLayout(
        "content", "_index.md", {"hugo.toml": _HUGO.format(base="/", more="uglyURLs = true\n"), **_LAYOUTS_OF_HUGO},
        assets="../static/",
    ),
    "vitepress": SiteLayout(
        "docs", "index.md", {
            "docs/.vitepress/config.mjs": _VITEPRESS.format(more=""),
            "package.json": '{"private": true, "devDependencies": {"vitepress": "^1.6.4"}}',
        },
        _BUNDLED, "public/",
    ),
    "vitepress-clean": SiteLayout(
        "docs", "index.md", {"docs/.vitepress/config.mjs": _VITEPRESS.format(more="base: '/base/', cleanUrls: true")},
        _BUNDLED, "public/", "/base",
    ),
    "docusaurus": SiteLayout(
        "docs", "index.md",
        {"docusaurus.config.js": _DOCUSAURUS.format(base="", more="", docs="routeBasePath: '/',")},
        assets="../static/",
    ),
    "docusaurus-slash": SiteLayout(
        "docs", "index.md",
        {"docusaurus.config.js": _DOCUSAURUS.format(base="/base", more="trailingSlash: true,", docs="")},
        assets="../static/", base="/base", route="/docs",
    ),
    "docusaurus-files": SiteLayout(
        "docs", "index.md",
        {"docusaurus.config.js": _DOCUSAURUS.format(base="", more="trailingSlash: false,", docs="")},
        assets="../static/", route="/docs",
    ),
    "docusaurus-version": SiteLayout(
        "versioned_docs/version-1.0", "index.md",
        {
            "docusaurus.config.js": _DOCUSAURUS.format(base="", more="", docs=""),
            "versions.json": '["1.0"]\n', "docs/index.md": page("Next"), "docs/guide/only.md": page("Only"),
        },
        assets="../../static/", route="/docs",
    ),
    "docusaurus-translation": SiteLayout(
        "i18n/fr/docusaurus-plugin-content-docs/current", "index.md",
        {
            "docusaurus.config.js": _DOCUSAURUS.format(
                base="", more="i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },", docs=""
            ),
            # A translation stands for a document that is there; `missing.md` has none.
            **{f"docs/{name}.md": page("Original") for name in _TRANSLATED},
        },
        assets="../../../../static/", route="/fr/docs",
    ),
    "jekyll": SiteLayout(
        "", "index.md", {"_config.yml": "title: x\nexclude: [outside.md, excluded]\n"}, draft=_UNPUBLISHED
    ),
    "jekyll-pages": SiteLayout(
        "", "index.md",
        {
            "_config.yml": (
                "title: x\nbaseurl: /base\nexclude: [outside.md, excluded]\nplugins:\n"
                "  - jekyll-relative-links\n  - jekyll-optional-front-matter\n  - jekyll-readme-index\n"
                "  - jekyll-redirect-from\n"
            )
        },
        base="/base",
        draft=_UNPUBLISHED,
    ),
    "jekyll-pretty": SiteLayout(
        "", "index.md", {"_config.yml": "title: x\npermalink: pretty\nexclude: [outside.md, excluded]\n"},
        draft=_UNPUBLISHED,
    ),
}  # fmt: skip
