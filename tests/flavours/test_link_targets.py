"""Compares kwlint's results with the sites that the generators themselves built (`scripts/record_links.py`).

kwlint reports links that are broken on the site and on the git host. It accepts links that work on the host alone,
because documents are read there, too. Links that a plugin, a theme or a setting may resolve are undecidable.
`NAME.left.txt` lists the links that are broken in both places and not reported, with their status.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import paths
import pytest
from link_lab import repository
from link_site import LAYOUTS, SiteLink, files, links, sources

from kwlint.facts import links as facts
from kwlint.flavours.base import LinkRequest
from kwlint.flavours.github import GitHub
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.target import split_target
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse

CASES = paths.CASES / "links"

# Links that kwlint reports although they work on the site. MkDocs, Zensical, VitePress and Docusaurus do not rewrite a
# relative path that leaves the folder of documents or lacks `static/`, and warn or stop; such a path may happen to work
# as an address. Hugo accepts names in any letter case and with any suffix; the host does not.
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
    """A link, whether it works on the site and on the host, and kwlint's result."""

    link: SiteLink
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
        link_facts = {fact.text: fact for fact in facts.links(document)}
        for link in links(layout):
            if link.page == page:
                fact = link_facts[f"L{link.number:03}"]
                on_host = works_on_host(source, fact.url, texts, tree)
                yield Answer(link, recorded[str(link)], on_host, resolve_link(source, fact, flavours, tree))


def works_on_host(source: str, url: str, texts: dict[str, str], tree: MemoryTree) -> bool:
    """Report whether the host finds the file or folder, and the anchor in it."""
    host, parts = GitHub(), split_target(url)
    resolution = host.resolve(LinkRequest(source, parts.path))
    path = resolution.paths[0] if parts.path else source
    if resolution.levels_above or not (tree.exists(path) or tree.is_folder(path)):
        return False
    if not parts.fragment or parts.fragment == "top":
        return True
    if tree.is_folder(path):
        path = next((index for index in host.index_documents(path) if index in texts), "")
    if not path.endswith((".md", ".markdown")):
        return bool(path)
    document = parse(texts[path], host.dialect)
    return parts.fragment in {anchor.name for anchor in host.anchors(document, {})}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_links_that_work_are_not_reported(name: str) -> None:
    broken = {str(answer.link) for answer in answers(name) if answer.on_site and answer.result.status == "broken"}
    reported = {link for link in broken if not link.endswith(": ")}  # an empty target works and is still reported
    assert reported <= ACCIDENTS.get(name, set())


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_links_that_are_broken_on_site_and_host_are_reported_except_for_the_listed_ones(name: str) -> None:
    left = [
        f"{answer.result.status:11} {answer.link}"
        for answer in answers(name)
        if not answer.on_site and not answer.on_host and answer.result.status != "broken"
    ]
    listed = (CASES / f"{name}.left.txt").read_text(encoding="utf-8").splitlines()
    assert left == listed
