"""Record which links of `tests/link_site.py` work on the site that each generator builds from it.

python scripts/record_links.py NAME...

The generators must be installed as for `record_flavours.py`. The result goes to `tests/cases/links/NAME.txt`, with one
line for each link: `works` or `broken`, the form of the link, its target. A link works if the file that a plain web
server would send exists and has the id: for `/x/` that is `/x/index.html`, and for `/x` it is the file `x`, or `x.html`
(as on GitHub Pages), or the page of the folder. mystmd makes its pages on request, so its own record of resolved links
is used.
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
from urllib.parse import unquote, urljoin, urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from link_site import LAYOUTS, SiteLayout, SiteLink, lay_out  # noqa: E402

CASES = ROOT / "tests" / "cases" / "links"
Answers = dict[int, bool]


class Page(HTMLParser):
    """The ids of a page, and where its numbered links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: dict[str, str] = {}
        self._href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.update(filter(None, (found.get("id"), found.get("name"))))
        if tag == "a":
            self._href = found.get("href")
        elif tag == "img" and (found.get("alt") or "").startswith("L"):
            self.targets[found.get("alt") or ""] = found.get("src") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None

    def handle_data(self, data: str) -> None:
        name = data.strip()
        if self._href is not None and name[:1] == "L" and name[1:].isdigit():
            self.targets[name] = self._href


def read(file: Path) -> Page:
    page = Page()
    page.feed(file.read_text(encoding="utf-8", errors="replace"))
    return page


def served(site: Path, path: str) -> Path | None:
    """Return the file that a server sends for a path of the site."""
    place = site / unquote(path).lstrip("/")
    choices = (place / "index.html",) if path.endswith("/") else (place, Path(f"{place}.html"), place / "index.html")
    return next((choice for choice in choices if choice.is_file()), None)


def works(site: Path, base: str, url: str, target: str | None) -> bool:
    """Report whether a link works on the page at `url` of the site, whose path is `base`."""
    if target is None:  # the generator made no link from it
        return False
    if target.startswith("data:"):  # a small image, embedded in the page
        return True
    parts = urlsplit(urljoin(f"https://site.invalid{base}{url}", target))
    if parts.netloc != "site.invalid" or not parts.path.startswith(f"{base}/"):
        return False
    file = served(site, parts.path[len(base) :])
    fragment = unquote(parts.fragment)
    if file is None:
        return False
    return not fragment or fragment == "top" or file.suffix != ".html" or fragment in read(file).ids


def run(*command: str, cwd: Path) -> None:
    """Run a generator, and show its output if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout[-3000:]}{done.stderr[-3000:]}")


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def command(*words: str) -> Callable[[Path], None]:
    return lambda folder: run(*words, cwd=folder)


def node(*words: str) -> Callable[[Path], None]:
    """Return a program in `node_modules` of the folder that `KWLINT_NODE` names."""

    def build(folder: Path) -> None:
        modules = Path(os.environ["KWLINT_NODE"]) / "node_modules"
        shutil.rmtree(modules / ".cache", ignore_errors=True)  # it holds data of other sites
        (folder / "node_modules").symlink_to(modules)
        if not (folder / "package.json").exists():
            (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        run("npx", "--no-install", *words, cwd=folder)

    return build


def site(
    build: Callable[[Path], None], output: str, leaf: str, folder: str, front: str
) -> Callable[[Path, SiteLayout, list[SiteLink]], Answers]:
    """The command that builds the site, the folder of the result, and the addresses of the three pages in it."""

    def answers(place: Path, layout: SiteLayout, links: list[SiteLink]) -> Answers:
        build(place)
        urls = {"leaf": leaf, "folder": folder, "front": front}
        found: Answers = {}
        for where, url in urls.items():
            file = served(place / output, url)
            assert file is not None, url
            targets = read(file).targets
            here = [link for link in links if link.page == where]
            for link in here:
                target = targets.get(f"L{link.number:03}")
                found[link.number] = works(place / output, layout.base, url, target)
        return found

    return answers


def mystmd(place: Path, layout: SiteLayout, links: list[SiteLink]) -> Answers:
    """Return the results of mystmd, which writes pages as data and marks the links that it resolved as `internal`."""
    del layout
    template = place / "template"
    template.mkdir()
    (template / "template.yml").write_text("myst: v1\ntitle: x\nkind: site\n", encoding="utf-8")
    with (place / "myst.yml").open("a", encoding="utf-8") as config:
        config.write("site:\n  template: ./template\n")
    run(tool("myst"), "build", "--site", cwd=place)
    found: Answers = {}
    for file in (place / "_build" / "site" / "content").glob("*.json"):
        for item in _nodes(json.loads(file.read_text(encoding="utf-8"))["mdast"]):
            name = item.get("alt") or "".join(child.get("value", "") for child in item.get("children") or ())
            if item["type"] in ("link", "crossReference", "image") and name[:1] == "L" and name[1:].isdigit():
                found[int(name[1:])] = _resolved(item, place)
    return {link.number: found.get(link.number, False) for link in links}


def _resolved(item: dict[str, Any], place: Path) -> bool:
    if item["type"] == "crossReference":
        return bool(item.get("resolved"))
    if item["type"] == "image":
        return (place / "_build" / "site" / "public" / str(item["url"]).lstrip("/")).is_file()
    return bool(item.get("internal") or item.get("static"))


def _nodes(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield item
    for child in item.get("children") or ():
        yield from _nodes(child)


_MKDOCS = command(tool("mkdocs"), "build", "-q")
_FOLDERS = ("/guide/links/", "/guide/", "/")
_FILES = ("/guide/links.html", "/guide/index.html", "/index.html")
_JEKYLL = command("jekyll", "build", "-q")
GENERATORS: dict[str, Callable[[Path, SiteLayout, list[SiteLink]], Answers]] = {
    "mkdocs": site(_MKDOCS, "site", *_FOLDERS),
    "mkdocs-files": site(_MKDOCS, "site", *_FILES),
    "mkdocs-absolute": site(_MKDOCS, "site", *_FOLDERS),
    "mkdocs-languages": site(_MKDOCS, "site", *_FOLDERS),
    "material": site(_MKDOCS, "site", *_FOLDERS),
    "zensical": site(command(tool("zensical"), "build"), "site", *_FOLDERS),
    "sphinx": site(command(tool("sphinx-build"), "-q", "docs", "site"), "site", *_FILES),
    "sphinx-folders": site(command(tool("sphinx-build"), "-q", "-b", "dirhtml", "docs", "site"), "site", *_FOLDERS),
    "mystmd": mystmd,
    "hugo": site(command(tool("hugo"), "--quiet"), "public", *_FOLDERS),
    "hugo-hooks": site(command(tool("hugo"), "--quiet"), "public", *_FOLDERS),
    "hugo-files": site(command(tool("hugo"), "--quiet"), "public", "/guide/links.html", "/guide/", "/"),
    "vitepress": site(node("vitepress", "build", "docs"), "docs/.vitepress/dist", "/guide/links", "/guide/", "/"),
    "vitepress-clean": site(node("vitepress", "build", "docs"), "docs/.vitepress/dist", "/guide/links", "/guide/", "/"),
    "docusaurus": site(node("docusaurus", "build"), "build", "/guide/links", "/guide/", "/"),
    "docusaurus-slash": site(node("docusaurus", "build"), "build", "/docs/guide/links/", "/docs/guide/", "/docs/"),
    "docusaurus-files": site(node("docusaurus", "build"), "build", "/docs/guide/links", "/docs/guide", "/docs"),
    "docusaurus-version": site(node("docusaurus", "build"), "build", "/docs/guide/links", "/docs/guide/", "/docs/"),
    "docusaurus-translation": site(
        node("docusaurus", "build"), "build", "/fr/docs/guide/links", "/fr/docs/guide/", "/fr/docs/"
    ),
    "jekyll": site(_JEKYLL, "_site", "/guide/links.html", "/guide/", "/"),
    "jekyll-pages": site(_JEKYLL, "_site", "/guide/links.html", "/guide/", "/"),
    "jekyll-pretty": site(_JEKYLL, "_site", *_FOLDERS),
}


def main(names: list[str]) -> int:
    """Record the named generators, all of them by default."""
    CASES.mkdir(parents=True, exist_ok=True)
    for name in names or GENERATORS:
        folder = Path(tempfile.mkdtemp())
        links = lay_out(folder, LAYOUTS[name])
        found = GENERATORS[name](folder, LAYOUTS[name], links)
        answers = [f"{'works' if found[link.number] else 'broken':6} {link}" for link in links]
        (CASES / f"{name}.txt").write_text("\n".join(answers) + "\n", encoding="utf-8", newline="\n")
        print(f"{name}: {len(answers)} links, {sum(found.values())} of them work", flush=True)
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
