"""A repository in memory whose links the tests resolve."""

from __future__ import annotations

from kwlint.facts import front_matter
from kwlint.facts.links import links as link_facts
from kwlint.flavours import Flavours, detect
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse
from kwlint.model.facts import Anchor, LinkFact
from kwlint.rules.links import code

MARKDOWN = (".md", ".markdown", ".mdx", ".qmd")


def repository(files: dict[str, str], settings: tuple[tuple[str, str], ...] = ()) -> tuple[Flavours, MemoryTree]:
    """Return the flavours of a repository with these files, and its tree with the anchors of every document."""
    flavours = detect(files.keys(), lambda path: files[path].encode(), settings)
    anchors: dict[str, tuple[Anchor, ...]] = {}
    for path, text in files.items():
        if path.endswith(MARKDOWN):
            flavour = flavours.of(path)
            document = parse(text, flavour.dialect)
            anchors[path] = flavour.anchors(document, front_matter.read(document.front_matter))
    return flavours, MemoryTree(list(files), anchors)


def outcome(
    files: dict[str, str], source: str, target: str, settings: tuple[tuple[str, str], ...] = (), **more: object
) -> str:
    """Return the path that a right link leads to, the code of a broken one, and the status of any other result."""
    flavours, tree = repository(files, settings)
    fields = {"kind": "inline", "image": False, "element": "", **more}
    fact = LinkFact(
        target=target, url=target, text="", section=0, start=0, end=len(target), line=1, column=1, end_line=1,
        end_column=1, label="", **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    return _outcome(resolve_link(source, fact, flavours, tree))


def _outcome(result: LinkResult) -> str:
    return result.path if result.status == "right" else code(result) or result.status


def check(files: dict[str, str], cases: dict[tuple[str, str], str], **more: object) -> None:
    """Assert the outcome of links, which `cases` gives by (source, target)."""
    assert {case: outcome(files, *case, **more) for case in cases} == cases


def outcomes(files: dict[str, str], source: str) -> dict[str, str]:
    """Return the outcome of every link of a document by its target."""
    flavours, tree = repository(files)
    document = parse(files[source], flavours.of(source).dialect)
    return {fact.target: _outcome(resolve_link(source, fact, flavours, tree)) for fact in link_facts(document)}
