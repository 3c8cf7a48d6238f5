"""Records which links of `tests/link_site.py` work in the site that each generator builds of it.

`python scripts/record_links.py NAME...`, with the generators installed as for `record_flavours.py`; `jekyll` is taken
from the PATH. Each answer goes to `tests/cases/links/NAME.txt`: one line per link, `works` or `broken`, form, target.
A link works where the file that a plain web server would send for it is there, and the id in it: `/x/` is
`/x/index.html`, and `/x` is the file `x`, else `x.html` (as GitHub Pages has it), else the folder's page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from link_site import LAYOUTS, Link, lay_out  # noqa: E402

CASES = ROOT / "tests" / "cases" / "links"


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
    """The file that is sent for a path of the site."""
    place = site / unquote(path).lstrip("/")
    choices = (place / "index.html",) if path.endswith("/") else (place, Path(f"{place}.html"), place / "index.html")
    return next((choice for choice in choices if choice.is_file()), None)


def verdict(site: Path, url: str, page: Page, link: Link) -> str:
    """Whether a link of the page at `url` works."""
    target = page.targets.get(f"L{link.number:03}")
    if target is None:  # the generator made no link of it
        return "broken"
    parts = urlsplit(urljoin(f"https://site.invalid{url}", target))
    if parts.netloc != "site.invalid":
        return "broken"
    file = served(site, parts.path)
    fragment = unquote(parts.fragment)
    if file is None or (fragment and fragment not in read(file).ids):
        return "broken"
    return "works"


def run(*command: str, cwd: Path) -> None:
    """Runs a generator; its output is shown when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout[-3000:]}{done.stderr[-3000:]}")


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def command(*words: str) -> Callable[[Path], None]:
    return lambda folder: run(*words, cwd=folder)


def node(*words: str) -> Callable[[Path], None]:
    """A program of `node_modules` in the folder that `KWLINT_NODE` names."""

    def build(folder: Path) -> None:
        modules = Path(os.environ["KWLINT_NODE"]) / "node_modules"
        (folder / "node_modules").symlink_to(modules)
        (folder / "package.json").write_text('{"name": "x", "private": true}', encoding="utf-8")
        run("npx", "--no-install", *words, cwd=folder)

    return build


# How to build, the folder of the site in it, and the address of the page with the links.
GENERATORS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "mkdocs": (command(tool("mkdocs"), "build", "-q"), "site", "/guide/links/"),
    "mkdocs-files": (command(tool("mkdocs"), "build", "-q"), "site", "/guide/links.html"),
    "material": (command(tool("mkdocs"), "build", "-q"), "site", "/guide/links/"),
    "sphinx": (command(tool("sphinx-build"), "-q", "docs", "site"), "site", "/guide/links.html"),
    "hugo": (command(tool("hugo"), "--quiet"), "public", "/guide/links/"),
    "vitepress": (node("vitepress", "build", "docs"), "docs/.vitepress/dist", "/guide/links"),
    "docusaurus": (node("docusaurus", "build"), "build", "/guide/links"),
    "jekyll": (command("jekyll", "build", "-q"), "_site", "/guide/links.html"),
}


def main(names: list[str]) -> int:
    """Records the generators named, all of them by default."""
    CASES.mkdir(parents=True, exist_ok=True)
    for name in names or GENERATORS:
        build, site, url = GENERATORS[name]
        folder = Path(tempfile.mkdtemp())
        lines = lay_out(folder, LAYOUTS[name])
        build(folder)
        file = served(folder / site, url)
        assert file is not None
        page = read(file)
        answers = [f"{verdict(folder / site, url, page, link):6} {link.form}: {link.target}" for link in lines]
        (CASES / f"{name}.txt").write_text("\n".join(answers) + "\n", encoding="utf-8", newline="\n")
        print(f"{name}: {len(answers)} links")
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
