"""Which links work, against the sites that the generators themselves built (`scripts/record_links.py`).

kwlint reports what is broken on the site and on the git host. Links that work on the host alone are let be, since
documents are read there, too; what a plugin, a theme or a setting may answer is not decided.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from link_site import LAYOUTS, Link, files, links
from test_flavours import repository

from kwlint.facts import links as facts
from kwlint.flavours.base import Asked, GitHub
from kwlint.judge import Verdict, judge, split
from kwlint.markdown import parse

CASES = Path(__file__).parent / "cases" / "links"

# Reported although they work on the site: MkDocs and VitePress themselves warn of what leaves the folder of documents,
# and it works only because an address cannot climb above the top.
CLIMBS = {"link: ../../img/a.png", "image: ../../img/a.png", "raw image: ../../img/a.png"}

# Broken on this site and on the host, and not decided: pages may be made at build time, themes bring files and render
# links in their own way, and what has the form of an address may be another site's on the same server.
MADE = {"link: missing", "link: missing/", "link: missing.html", "link: /missing/"}
UNDECIDED = {
    "docusaurus": {"link: missing", "link: missing.html", "link: missing/"},
    "hugo": MADE
    | {
        "image: ../img/a.png",
        "image: ../img/missing.png",
        "image: /img/missing.png",
        "link: ../files/data.txt",
        "link: ../img/a.png",
        "link: setup.html",
        "link: setup.html#gone",
        "raw image: ../img/a.png",
        "raw link: ../guide/setup.html",
        "raw link: setup.html",
    },
    "jekyll": MADE | {"image: ../img/missing.png", "image: /img/missing.png"},
    "material": MADE | {"image: /img/missing.png"},
    "mkdocs": MADE | {"image: /img/missing.png"},
    "mkdocs-files": MADE | {"image: /img/missing.png", "raw link: ../setup/"},
    "sphinx": MADE
    | {"image: ../../img/a.png", "link: ../../img/a.png", "raw image: ../../img/a.png", "raw link: ../setup/"},
    "vitepress": {"link: /missing/", "raw link: ../setup/"},
}

# Broken on both, and taken for right, because a setting or a theme that is often there makes them so: Hugo's render
# hooks, Jekyll's permalinks, Sphinx's `dirhtml`, a route that Docusaurus puts before the pages.
LENIENT = {
    "docusaurus": {"link: /missing/"},
    "hugo": {
        "link: /guide/setup.html",
        "link: /guide/setup.md",
        "link: deep/more",
        "link: deep/more/",
        "link: setup",
        "link: setup#steps",
        "link: setup/",
        "link: setup/#steps",
        "raw link: setup",
        "raw link: setup/",
    },
    "jekyll": {
        "link: /guide/setup/",
        "link: deep/more/",
        "link: setup/",
        "link: setup/#steps",
        "raw link: ../setup/",
        "raw link: /guide/setup/",
        "raw link: setup/",
    },
    "sphinx": {
        "link: /guide/",
        "link: setup#steps",
        "link: setup/#steps",
        "raw image: /img/a.png",
        "raw link: /guide/setup/",
        "raw link: setup/",
    },
}


def verdicts(name: str) -> list[tuple[Link, str, Verdict, bool]]:
    """Each link with what was recorded, what kwlint says, and whether it works on the host."""
    layout = LAYOUTS[name]
    tree_files = files(layout)
    flavours, tree = repository(tree_files)
    source = f"{layout.root}/guide/links.md".lstrip("/")
    document = parse(tree_files[source], flavours.of(source).dialect)
    recorded = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for link, answer, fact in zip(links(layout), recorded, facts.links(document), strict=True):
        place = GitHub().read(Asked(source, split(fact.url).path))
        on_host = not place.above and (tree.exists(place.places[0]) or tree.is_folder(place.places[0]))
        found.append((link, answer.split()[0], judge(source, fact, flavours, tree), on_host))
    return found


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_what_works_is_not_reported(name: str) -> None:
    reported = {
        f"{link.form}: {link.target}"
        for link, answer, verdict, _ in verdicts(name)
        if answer == "works" and verdict.kind == "broken"
    }
    assert reported <= CLIMBS


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_what_is_broken_on_site_and_host_is_reported_or_not_decided(name: str) -> None:
    let_be = {
        f"{link.form}: {link.target}": verdict.kind
        for link, answer, verdict, on_host in verdicts(name)
        if answer == "broken" and verdict.kind != "broken" and not on_host
    }
    undecided = {link for link, kind in let_be.items() if kind == "undecidable"}
    assert undecided == UNDECIDED[name]
    assert let_be.keys() - undecided == LENIENT.get(name, set())
