"""Compare the parser with comrak on a repository: headings, links and fences, and their positions.

    python benchmarks/judge_parser.py REPOSITORY [--show N]

comrak (a CommonMark and GFM parser in Rust; `pip install comrak`) reports source positions as line and column. Compared
are the level, line and text of each heading, the destination of each link (which must lie within comrak's span of the
link), and the first line and language of each code block. Percent-encoding of destinations is decoded on both sides,
and both parsers get the text with blanked front matter.
"""

from __future__ import annotations

import argparse
import difflib
import html
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import comrak

from kwlint.markdown import parse
from kwlint.model.document import Dialect, Document
from kwlint.text.encoding import decode

_ELEMENT = re.compile(r'<(h[1-6]|a|img|pre|section) ([^<>]*?)data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"([^<>]*)>')
_TARGET = re.compile(r'(?:href|src)="([^"]*)"')
_UNREAD = re.compile(r'<!--.*?-->|<sup[^>]* class="footnote-ref">.*?</sup>', re.S)
_TAG = re.compile(r"<[^>]*>")
_INFO = re.compile(r'<code(?: class="language-([^"]*)")?')

Fact = tuple[object, ...]


def judge(text: str) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Return the headings, links and fences that comrak reports."""
    extensions, parsing, rendering = comrak.ExtensionOptions(), comrak.ParseOptions(), comrak.RenderOptions()
    extensions.table = extensions.strikethrough = extensions.tasklist = extensions.footnotes = True
    extensions.math_dollars = extensions.math_code = True
    rendering.unsafe_ = True
    rendering.sourcepos = parsing.sourcepos_chars = True
    page = comrak.render_markdown(text, extensions, parsing, rendering)
    headings: list[Fact] = []
    links: list[Fact] = []
    fences: list[Fact] = []
    for element in _ELEMENT.finditer(page):
        name, before, line, column, end_line, end_column, after = element.groups()
        span = int(line), int(column), int(end_line), int(end_column)
        if name[0] == "h":
            inside = page[element.end() : page.index(f"</{name}>", element.end())]
            inside = _UNREAD.sub("", inside)
            headings.append((int(name[1]), span[0], _words(html.unescape(_TAG.sub("", inside)))))
        elif name == "pre":
            info = _INFO.match(page, element.end())
            fences.append((span[0], html.unescape((info and info[1]) or "")))
        elif name in ("a", "img") and "footnote" not in before + after:
            target = _TARGET.search(before + after)
            links.append((unquote(html.unescape(target[1] if target else "")), name, span))
    return headings, sorted(links, key=lambda link: link[2][2:]), fences  # type: ignore[arg-type, return-value]


def ours(document: Document) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Return the headings, links and fences that kwlint's parser reports."""

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(document.line_starts, offset)
        return line, offset - document.line_starts[line - 1] + 1

    headings: list[Fact] = [(h.level, place(h.block_start)[0], _words(h.text)) for h in document.headings]
    links: list[Fact] = [
        (unquote(link.url), "img" if link.image else "a", (place(link.start), place(link.end)))
        for link in document.links
        if link.kind in ("inline", "reference", "autolink")
    ]
    fences: list[Fact] = [(place(f.start)[0], (f.info.split() or [""])[0]) for f in document.fences]
    return headings, links, fences


def differences(text: str) -> Iterator[str]:
    """Return one line for each difference."""
    document = parse(text, Dialect())
    matter = document.front_matter
    blanked = re.sub(r"[^\n]", "", text[: matter.end]) + text[matter.end :] if matter else text
    theirs, mine = judge(blanked), ours(document)
    for what, left, right in (("heading", theirs[0], mine[0]), ("fence", theirs[2], mine[2])):
        yield from _unlike(what, left, right)
    yield from _unlike("link", [link[:2] for link in theirs[1]], [link[:2] for link in mine[1]])
    if [link[:2] for link in theirs[1]] == [link[:2] for link in mine[1]]:
        for (url, _, span), (_, _, (start, end)) in zip(theirs[1], mine[1], strict=True):  # type: ignore[misc]
            if start < span[:2] or end > (span[2], span[3] + 1):
                yield f"link {url!r}: comrak's link at {span}, its target here at {start} to {end}"


def count(text: str) -> tuple[int, int, int]:
    """Return the numbers of headings, links and fences."""
    found = ours(parse(text))
    return len(found[0]), len(found[1]), len(found[2])


def _unlike(what: str, left: list[Fact], right: list[Fact]) -> Iterator[str]:
    if left == right:
        return
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield f"{what}: comrak {left[i:j][:3]}, here {right[k:m][:3]}"


def _words(text: str) -> str:
    return " ".join(text.split())


def main() -> int:
    """Print the differences and their number; return 1 if there are any."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("repository", type=Path)
    arguments.add_argument("--show", type=int, default=40, help="how many differences to print")
    options = arguments.parse_args()
    documents = shown = 0
    total = [0, 0, 0]
    for path in sorted(options.repository.rglob("*.md")):
        if not path.is_file():
            continue
        text = decode(path.read_bytes()).text
        documents += 1
        total = [a + b for a, b in zip(total, count(text), strict=True)]
        for difference in differences(text):
            shown += 1
            if shown <= options.show:
                print(f"{path.relative_to(options.repository)}: {difference}")
    print(f"{documents} documents, {total[0]} headings, {total[1]} links, {total[2]} code blocks: {shown} differences")
    return 1 if shown else 0


if __name__ == "__main__":
    sys.exit(main())
