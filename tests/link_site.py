"""A small site with every way to write a link, laid out for each generator: what `scripts/record_links.py` has the
generator build, and what the tests have kwlint check."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple

LINKS = (
    "setup.md", "setup", "setup/", "setup.html", "./setup.md", "../guide/setup.md", "Setup.md", "setup.md#steps",
    "setup.md#gone", "setup#steps", "setup/#steps", "setup.html#gone", "#here", "#gone", "deep/more.md", "deep/more",
    "deep/more/", "deep/", "deep", "deep/index.md", "..", "../", "./", "../index.md", "../index.md#front",
    "../index.md#gone", "other%20page.md", "missing.md", "missing", "missing/", "missing.html", "/guide/setup.md",
    "/guide/setup", "/guide/setup/", "/guide/setup.html", "/guide/", "/missing/", "../img/a.png", "/img/a.png",
    "../files/data.txt", "../../img/a.png", "../../outside.md", "setup.md?x=1",
)  # fmt: skip
IMAGES = ("../img/a.png", "/img/a.png", "../../img/a.png", "../img/missing.png", "/img/missing.png")
RAW_LINKS = ("setup.md", "setup", "setup/", "../setup/", "setup.html", "../guide/setup.html", "/guide/setup/", "#here")
RAW_IMAGES = ("../img/a.png", "../../img/a.png", "/img/a.png")


class Link(NamedTuple):
    """A link of the page `guide/links`: its number is its text, its line that of the page."""

    number: int
    form: str  # link, image, raw link, raw image
    target: str

    def written(self) -> str:
        """The link as it stands in the page."""
        name = f"L{self.number:03}"
        if self.form == "link":
            return f"[{name}]({self.target})"
        if self.form == "image":
            return f"![{name}]({self.target})"
        if self.form == "raw link":
            return f'<a href="{self.target}">{name}</a>'
        return f'<img alt="{name}" src="{self.target}">'


class Layout(NamedTuple):
    """Where a generator wants its documents, what a folder's own page is called, its configuration files, and the
    forms of links that do not stop it where they are broken."""

    root: str
    index: str
    files: dict[str, str]
    forms: tuple[str, ...] = ("link", "image", "raw link", "raw image")
    assets: str = ""  # below `root`, or `/` and a folder of the repository


def links(layout: Layout) -> list[Link]:
    """The links of the site, in order."""
    pairs = [("link", target) for target in LINKS]
    pairs += [("image", target) for target in IMAGES]
    pairs += [("raw link", target) for target in RAW_LINKS]
    pairs += [("raw image", target) for target in RAW_IMAGES]
    return [Link(number, form, target) for number, (form, target) in enumerate(pairs) if form in layout.forms]


def files(layout: Layout) -> dict[str, str]:
    """The site's files by path; `guide/links.md` below the layout's root holds all the links, in order."""
    lines = ["---", "title: Links", "---", "", "# Links", "", "## Here", ""]
    for link in links(layout):
        lines += [link.written(), ""]
    root = f"{layout.root}/" if layout.root else ""
    pages = {
        f"{root}{layout.index}": page("Front"),
        f"{root}guide/{layout.index}": page("Guide"),
        f"{root}guide/setup.md": page("Setup", "## Steps\n\nOne, two.\n"),
        f"{root}guide/other page.md": page("Other page"),
        f"{root}guide/deep/{layout.index}": page("Deep"),
        f"{root}guide/deep/more.md": page("More"),
        f"{root}guide/links.md": "\n".join(lines),
        "outside.md": page("Outside"),
        f"{root}{layout.assets}img/a.png": "not much of an image",
        f"{root}{layout.assets}files/data.txt": "data\n",
    }
    return {posixpath.normpath(name): text for name, text in {**pages, **layout.files}.items()}


def lay_out(folder: Path, layout: Layout) -> list[Link]:
    """Write the site; its links."""
    for name, text in files(layout).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return links(layout)


def page(title: str, rest: str = "") -> str:
    """A document with front matter and a heading."""
    return f"---\ntitle: {title}\n---\n\n# {title}\n\nSome words.\n\n{rest}"


_THEME = {"theme/main.html": "<html><body>{{ page.content }}</body></html>"}
_MKDOCS = "site_name: x\ntheme: {name: null, custom_dir: theme}\nplugins: []\n"
_HUGO = 'baseURL = "/"\ntitle = "x"\n[markup.goldmark.renderer]\nunsafe = true\n'
_LAYOUTS_OF_HUGO = {
    "layouts/_default/single.html": "<html><body>{{ .Content }}</body></html>",
    "layouts/_default/list.html": "<html><body>{{ .Content }}</body></html>",
    "layouts/index.html": "<html><body>{{ .Content }}</body></html>",
}
LAYOUTS = {
    "mkdocs": Layout(
        "docs", "index.md", {"mkdocs.yml": _MKDOCS, **_THEME}
    ),
    "mkdocs-files": Layout(
        "docs",
        "index.md",
        {"mkdocs.yml": f"{_MKDOCS}use_directory_urls: false\n", **_THEME},
    ),
    "material": Layout("docs", "index.md", {"mkdocs.yml": "site_name: x\ntheme:\n  name: material\n"}),
    "sphinx": Layout(
        "docs", "index.md", {"docs/conf.py": "extensions = ['myst_parser']\nmyst_heading_anchors = 3\n"}
    ),
    "hugo": Layout(
        "content", "_index.md", {"hugo.toml": _HUGO, **_LAYOUTS_OF_HUGO},
        assets="../static/",
    ),
    "vitepress": Layout(
        "docs", "index.md", {"docs/.vitepress/config.mjs": "export default { ['ignore' + 'DeadLinks']: true }\n"},
        forms=("link", "raw link"), assets="public/",
    ),
    "docusaurus": Layout(
        "docs",
        "index.md",
        {
            "docusaurus.config.js": (
                "module.exports = { title: 'x', url: 'https://a.org', baseUrl: '/', onBrokenLinks: 'ignore',\n"
                "  onBrokenAnchors: 'ignore', markdown: { hooks: { onBrokenMarkdownLinks: 'ignore' } },\n"
                "  presets: [['classic', { docs: { routeBasePath: '/' }, blog: false, pages: false }]] }\n"
            )
        },
        forms=("link",), assets="../static/",
    ),
    "jekyll": Layout("", "index.md", {"_config.yml": "title: x\nexclude: [outside.md]\n"}),
}  # fmt: skip
