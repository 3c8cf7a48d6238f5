"""Compares the ids of headings with those that the generators themselves made (`scripts/record_flavours.py`)."""

from __future__ import annotations

import paths
import pytest

from kwlint.flavours.anchors import NON_FRAGMENT_KINDS
from kwlint.flavours.base import Flavour
from kwlint.flavours.docusaurus import Docusaurus, Routes
from kwlint.flavours.github import GitHub
from kwlint.flavours.hugo import Hugo
from kwlint.flavours.jekyll import Jekyll
from kwlint.flavours.mkdocs import MkDocs, Toc
from kwlint.flavours.myst import Myst
from kwlint.flavours.quarto import Quarto
from kwlint.flavours.vitepress import VitePress
from kwlint.markdown import parse

CASES = paths.CASES / "flavours"
FLAVOURS = {
    "docusaurus": Docusaurus("", "", Routes(commonmark=True)),
    "github": GitHub(),
    "hugo": Hugo("", ""),
    "hugo-ascii": Hugo("", "", "github-ascii"),
    "hugo-blackfriday": Hugo("", "", "blackfriday"),
    "jekyll": Jekyll(""),
    "jekyll-kramdown": Jekyll("", True),
    "mkdocs": MkDocs("", ""),
    "mkdocs-pymdownx": MkDocs("", "", Toc("pymdownx", "lower")),
    "mystmd": Myst("", mystmd=True),
    "quarto": Quarto(""),
    "vitepress": VitePress("", ""),
    "zensical": MkDocs("", ""),
}


# Headings whose ids kwlint does not know, and why.
HUGO = {
    "*Emphasis* and **strong_text** and __bold__": "the word after an underscore inside `**` is dropped",
    "A@b.com, x=y; p|q ~ ^ `": "a mail address is dropped, but not from a text with a backtick",
    "e&#x301; combined é": "a numeric entity is slugged as written",
    "a&nbsp;b and &#65;": "a numeric entity is slugged as written",
    "`<T>` generic & `&amp;`": "an entity in code is dropped",
}
TWICE = {"Twice {#first} {#second}": "two lists of attributes are text"}
ODD: dict[str, dict[str, str]] = {
    "docusaurus": {
        "Plain Title": "the title has no id: a link to it opens the top of the page",
        "Setext *one*": "the title has no id",
    },
    "hugo": HUGO,
    "hugo-ascii": HUGO,
    "hugo-blackfriday": HUGO,
    "mkdocs": TWICE,
    "mkdocs-pymdownx": TWICE,
    "mystmd": {
        "With <!-- a comment --> inside": "the words of a comment are slugged",
        "~~Struck~~ and H~2~O and x^2^": "is not markup here",
        r"$a_b$ and \$5": "the delimiters of mathematics are dropped",
    },
    "quarto": {
        r"Slash/and\backslash": "the backslash is TeX",
        "[Referenced][other] and [collapsed][] and [shortcut]": "references are not resolved",
    },
    "zensical": TWICE,
}


def accepted_ids(flavour: Flavour) -> dict[str, list[str]]:
    """Return the ids that kwlint accepts for each heading, by its position and source."""
    document = parse((CASES / "headings.md").read_text(encoding="utf-8"), flavour.dialect)
    ids_by_line: dict[int, list[str]] = {}
    for anchor in flavour.heading_anchors(document):
        ids_by_line.setdefault(anchor.line, []).append(anchor.name)
    titles = (f"{at} {heading.raw}" for at, heading in enumerate(document.headings))
    return dict(zip(titles, ids_by_line.values(), strict=True))


@pytest.mark.parametrize("name", sorted(FLAVOURS))
def test_ids_of_headings_are_those_of_the_generator(name: str) -> None:
    recorded = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    answers = zip(accepted_ids(FLAVOURS[name]).items(), recorded, strict=True)
    other = {title.partition(" ")[2] for (title, offered), id_ in answers if id_ not in offered}
    assert other == ODD.get(name, {}).keys()


def test_myst_offers_every_id_of_sphinx() -> None:
    offered = {name for names in accepted_ids(Myst("")).values() for name in names}
    recorded = (CASES / "myst.txt").read_text(encoding="utf-8").split()
    # ids that docutils makes for headings without letters, and `~`, which is not markup in MyST
    other = ("section-", "repeated-1-", "repeated-2-", "a-b-c-d-1", "struck-and-h-2-o")
    assert [name for name in recorded if name not in offered and not name.startswith(other)] == []


PLACES = {
    "docusaurus": Docusaurus("", "", Routes(commonmark=True)),
    "hugo": Hugo("", ""),
    "jekyll": Jekyll(""),
    "mkdocs": MkDocs("", ""),
    "mystmd": Myst("", mystmd=True),
    "sphinx": Myst("", strict=True),
    "vitepress": VitePress("", "", literal=True),
}

# Ids of the page that kwlint does not offer, and that nobody writes by hand: of repeated references to a footnote, of
# tabs, and those that docutils counts.
MADE = {
    "docusaurus": {"user-content-fnref-1-2"},
    "hugo": {"fnref1:1"},
    "jekyll": {"fnref:1:1"},
    "mkdocs": {"__tabbed_1_1", "__tabbed_1_2", "fnref2:1"},
    "mystmd": {"1", "equation", "note"},
    "sphinx": {"equation-equation", "equation-math-label", "id1", "id2", "id3", "id4", "note"},
    "vitepress": {"tab-2S5aKC0"},
}

# Ids that kwlint offers and the page lacks: the git host's slug of a heading, ids of another version or an extension, a
# label that is not an id, and text in a list that the generator's Markdown does not recognize.
OFFERED = {
    "docusaurus": {"title"},
    "jekyll": {"heading", "heading-behind-heading"},
    "mkdocs": {"in-a-list", "table"},
    "mystmd": {"block", "code", "image", "in-a-note", "labelled", "named-a", "span"},
    "sphinx": {"math-label"},
}


@pytest.mark.parametrize("name", sorted(PLACES))
def test_anchors_are_those_of_the_page_of_the_generator(name: str) -> None:
    flavour = PLACES[name]
    sources = (CASES / "places" / file for file in ("common.md", f"{name}.md"))
    document = parse("\n".join(file.read_text(encoding="utf-8") for file in sources), flavour.dialect)
    anchors = flavour.anchors(document, {})
    offered = {anchor.name for anchor in anchors if anchor.kind not in NON_FRAGMENT_KINDS}
    footnotes = {anchor.name for anchor in anchors if anchor.kind == "footnote"}
    recorded = set((CASES / "places" / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])
    plain = {id_.removeprefix("user-content-") for id_ in recorded}
    assert {id_ for id_ in recorded if id_.removeprefix("user-content-") not in offered} == MADE[name]
    assert offered - plain - footnotes == OFFERED.get(name, set())
