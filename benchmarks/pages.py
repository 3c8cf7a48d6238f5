"""Check the generated pages of repositories: repeated phrases, dead links, size.

    python benchmarks/pages.py REPOSITORY... [--graphs FILE]

Each repository is cloned, and `kwlint init` and `kwlint --fix` run in the clone. Then, for all generated pages:

- no statement may occur word for word in more than a fifth of the documentation pages. A statement is a line without
  its trailing sections; headings, diagrams, outline entries and a fixed set of fields (`- Type: …`) do not count;
- every link has to lead to a file, and its fragment to a heading or id in it, by GitHub's rules as read by cmark-gfm;
- no page may have 400 KB or more;
- the bytes of pages per byte of documents are printed, by kind of page.

`--graphs` writes the Mermaid diagrams as a JSON list, for `node benchmarks/mermaid.js FILE`, which renders them with
Mermaid in a browser. It adds diagrams for file names that contain the syntax of Mermaid, Markdown or HTML, each with
the label that has to appear. The exit status is 1 if a page fails.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from kwlint.pages import diagram, escape

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = "kwdocs"
# Valid file names.
NAMES = """1. intro.md|- item.md|* star.md|# head.md|> quote.md|end|graph|subgraph x|click n1 call x()
style n1 fill:#f00|classDef a|%%{init: {}}%%.md|a --> b.md|a:::b.md|`code`.md|"quoted".md|[x](y).md|{x}.md|<b>x<b>.md
&lt;.md|#quot;.md|#35;.md
😀.md|é ü 日本.md|__d__.md|**bold**.md|$$x$$.md|a\\b.md|\\n.md|fa:fa-car.md|@mention.md|http:x.md|---.md|===
o--o|-.->.md|a;b.md|...md|..|href "javascript:alert(1)".md|<script>.md|____.md|%3Cb%3E.md|a\tb.md"""
LIMIT = 400_000
SHARE = 0.2
FIELDS = ("Path", "Size", "Type", "Title", "Language", "Words", "Structure", "Folder", "Pages")
_FIELD = re.compile(rf"- (?:{'|'.join(FIELDS)}): ")
_SECTIONS = re.compile(r"(?:,? (?:in|from) )?\(?\[[^\]]*\](?:\[[^\]]*\])?(?:, \[[^\]]*\](?:\[[^\]]*\])?)*\)?$")
_GRAPH = re.compile(r"(?ms)^```mermaid\n(.*?)^```$")
_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r"""<\w+[^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""")
_TAG = re.compile(r"<[^>]*>")


def generate(repository: Path, folder: Path) -> None:
    """Clone the repository into `folder`, and generate its pages."""
    subprocess.run(["git", "clone", "-q", "--shared", repository, folder], check=True)
    for arguments in (["init"], ["--fix", "-q", "--select", "KW0"]):
        command = [sys.executable, "-m", "kwlint", *arguments]
        subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL, env={"PYTHONPATH": str(ROOT)})


def html(text: str) -> str:
    """Render a document with GitHub's parser."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "autolink", "strikethrough", "tasklist"]
    made: str = cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=extensions)
    return made


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return the fragments that GitHub offers for a Markdown file."""
    made = html(_FRONT_MATTER.sub("", path.read_text(encoding="utf-8", errors="replace")))
    found: Counter[str] = Counter()
    names = {unquote(name) for name in _ID.findall(made)}
    for _, title in _HEADING.findall(made):
        text = unescape(_TAG.sub("", title)).strip().lower()
        # GitHub uses Ruby's \p{Word}, which includes combining marks; Python's \w does not.
        kept = (char for char in text if re.match(r"[\w\- ]", char) or category(char)[0] == "M")
        slug = "".join(kept).replace(" ", "-")
        number = found[slug]
        found[slug] += 1
        names.add(f"{slug}-{number}" if number else slug)
    return frozenset(names)


def dead_links(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    text = page.read_text(encoding="utf-8")
    found = []
    for target in re.findall(r'<a href="([^"]*)"', html(text)):
        way, _, fragment = unescape(target).partition("#")
        file = (page.parent / unquote(way)).resolve() if way else page
        if not file.exists() or (fragment and unquote(fragment) not in anchors(file)):
            found.append(target)
    return found


def statements(text: str) -> set[str]:
    """Return the statements of a documentation page."""
    body = _GRAPH.sub("", text)
    lines = [line for line in body.splitlines()[1:] if line.strip() and not line.startswith(("#", "["))]
    said = {_SECTIONS.sub("", line.strip()) for line in lines if not _FIELD.match(line)}
    return {line for line in said if re.search(r"\w", line)}


def sources(folder: Path, companions: list[Path]) -> int:
    """Return the size in bytes of the documents that have documentation pages."""
    names = [str(page.relative_to(folder / OUTPUT)).removesuffix("_docs.md") for page in companions]
    return sum((folder / name).stat().st_size for name in names)


def kind(page: Path) -> str:
    """Return the kind of a page, from its name."""
    for ending, what in (("_kw.md", "keyword indexes"), ("_docs.md", "companions")):
        if page.name.endswith(ending):
            return what
    return "A-Z" if page.name.startswith("keywords") else "folders"


def odd_pictures() -> list[tuple[str, str]]:
    """Return a diagram for each of `NAMES`, with the label that it has to show."""
    made = []
    for name in re.split(r"[|\n]", NAMES):
        lines = diagram.targets_of(name, ["a.md", "b.md"])
        made.append(("\n".join(lines[1:-1]), escape.clean(name)))
    return made


def judge(repository: Path, folder: Path, graphs: list[str]) -> bool:
    """Print the results for a repository's pages; return whether they pass."""
    generate(repository, folder)
    pages = sorted((folder / OUTPUT).rglob("*.md"))
    companions = [page for page in pages if page.name.endswith("_docs.md")]
    written = sources(folder, companions)
    by_kind = Counter[str]()
    said: Counter[str] = Counter()
    dead, large = [], []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        size = page.stat().st_size
        by_kind[kind(page)] += size
        large += [page] if size >= LIMIT else []
        dead += [f"{page.relative_to(folder)}: {target}" for target in dead_links(page)]
        graphs += _GRAPH.findall(text)
        said.update(statements(text) if page.name.endswith("_docs.md") else ())
    most = max(1, int(SHARE * len(companions)))
    talk = [(line, number) for line, number in said.most_common() if number > max(most, 3)]
    shares = ", ".join(f"{name} {size / written:.2f}" for name, size in by_kind.most_common())
    print(f"{repository.name}: {len(companions)} documents, {len(pages)} pages")
    print(f"  bytes of pages per byte of documents: {by_kind.total() / written:.2f} ({shares})")
    print(f"  pages of {LIMIT // 1000} KB and more: {len(large)}")
    print(f"  statements in more than a fifth of the companions: {len(talk)}")
    for line, number in talk[:10]:
        print(f"    {number / len(companions):.0%} {line[:120]}")
    print(f"  dead links: {len(dead)}")
    for entry in dead[:10]:
        print(f"    {entry[:200]}")
    return not (talk or dead or large)


def main() -> int:
    """Check each repository in the arguments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path, nargs="+")
    parser.add_argument("--graphs", type=Path)
    options = parser.parse_args()
    graphs: list[str] = []
    well = True
    for repository in options.repository:
        with tempfile.TemporaryDirectory(prefix="kwlint-pages-") as folder:
            anchors.cache_clear()
            well = judge(repository.resolve(), Path(folder) / repository.name, graphs) and well
    if options.graphs:
        odd = odd_pictures()
        options.graphs.write_text(json.dumps([*graphs, *odd]), encoding="utf-8")
        print(f"{len(graphs)} pictures, {len(odd)} of odd names, in {options.graphs}")
    return not well


if __name__ == "__main__":
    sys.exit(main())
