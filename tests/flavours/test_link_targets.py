"""Which links work, against the sites that the generators themselves built (`scripts/record_links.py`).

kwlint reports what is broken on the site and on the git host. Links that work on the host alone are let be, since
documents are read there, too; what a plugin, a theme or a setting may answer is not decided. What is broken in both
places and not reported stands in `NAME.left.txt`, with its status.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import paths
import pytest
from link_site import LAYOUTS, Link, files, links, sources
from test_flavours import repository

from kwlint.facts import links as facts
from kwlint.flavours.base import GitHub, LinkRequest
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.target import split_target
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse

CASES = paths.CASES / "links"

# Reported although they work on the site. A relative path that leaves the folder of documents, or that lacks
# `static/`, is left as it is by MkDocs, Zensical, VitePress and Docusaurus, which warn of it or stop: it works where
# an address as seen from that page happens to be the one. mystmd and Hugo take a name in any letter case, which the
# host does not; Hugo takes it with any suffix, too.
DOCUSAURUS = {
    "leaf image: ../../img/a.png", "leaf image: ../img/a.png", "leaf image: ../img/b%20c.png",
    "leaf image: <../img/b c.png>", "leaf image: ../img/a.png?raw=true", "leaf image: ../img/a.png#only-dark",
    "leaf raw image: ../img/a.png", "leaf raw image: ../../img/a.png", "folder image: ../img/a.png",
    "folder image: ../../img/a.png",
}  # fmt: skip
CLIMBS = {
    "leaf link: ../../img/a.png", "leaf image: ../../img/a.png", "leaf raw image: ../../img/a.png",
    "leaf raw link: ../../files/data.txt", "folder image: ../../img/a.png",
}  # fmt: skip
ACCIDENTS = {
    "mkdocs": CLIMBS,
    "mkdocs-absolute": CLIMBS,
    "mkdocs-files": CLIMBS,
    "mkdocs-languages": CLIMBS,
    "material": CLIMBS,
    "zensical": CLIMBS,
    "vitepress": CLIMBS,
    "docusaurus": DOCUSAURUS,
    "docusaurus-slash": DOCUSAURUS,
    "docusaurus-files": DOCUSAURUS,
    "docusaurus-translation": DOCUSAURUS,
    "docusaurus-version": DOCUSAURUS,
    "hugo-hooks": {"leaf link: Setup.md", "leaf link: casename.md", "leaf link: setup.markdown"},
}


class Answer(NamedTuple):
    """A link, whether it works on the site, whether it does on the host, and what kwlint says."""

    link: Link
    on_site: bool
    on_host: bool
    result: LinkResult


def answers(name: str) -> Iterator[Answer]:
    layout = LAYOUTS[name]
    texts = files(layout)
    flavours, tree = repository(texts)
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    recorded = {line[7:]: line.startswith("works") for line in lines}
    for page, source in sources(layout).items():
        document = parse(texts[source], flavours.of(source).dialect)
        found = {fact.text: fact for fact in facts.links(document)}
        for link in links(layout):
            if link.page == page:
                fact = found[f"L{link.number:03}"]
                on_host = works_on_host(source, fact.url, texts, tree)
                yield Answer(link, recorded[str(link)], on_host, resolve_link(source, fact, flavours, tree))


def works_on_host(source: str, url: str, texts: dict[str, str], tree: MemoryTree) -> bool:
    """Whether the host finds the file or folder, and the anchor in it."""
    host, parts = GitHub(), split_target(url)
    resolution = host.resolve(LinkRequest(source, parts.path))
    place = resolution.paths[0] if parts.path else source
    if resolution.levels_above or not (tree.exists(place) or tree.is_folder(place)):
        return False
    if not parts.fragment or parts.fragment == "top":
        return True
    if tree.is_folder(place):
        place = next((path for path in host.index_documents(place) if path in texts), "")
    if not place.endswith((".md", ".markdown")):
        return bool(place)
    document = parse(texts[place], host.dialect)
    return parts.fragment in {anchor.name for anchor in host.anchors(document, {})}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_what_works_is_not_reported(name: str) -> None:
    reported = {str(answer.link) for answer in answers(name) if answer.on_site and answer.result.status == "broken"}
    assert reported <= ACCIDENTS.get(name, set())


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_what_is_broken_on_site_and_host_is_reported_but_for_what_is_known_to_be_left(name: str) -> None:
    left = [
        f"{answer.result.status:11} {answer.link}"
        for answer in answers(name)
        if not answer.on_site and not answer.on_host and answer.result.status != "broken"
    ]
    known = (CASES / f"{name}.left.txt").read_text(encoding="utf-8").splitlines()
    assert left == known
