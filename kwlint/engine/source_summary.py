"""What others need of a document: the small part of its facts that links, folders and the A–Z index are made from.

It is cut out of the facts in the process that extracts them, and encoded there as the store keeps it. Neither a first
run nor an edit decodes the facts of a document only to link to it.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.json_rows import decode_problem, packed, unpacked
from kwlint.model.context import Brief
from kwlint.model.facts import LinkFact

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem


class SourceSummary(NamedTuple):
    """The encoded parts: `brief`, `anchors`, `suppressions` and `links` are JSON texts (`LinkData` for the last);
    `postings` are pairs of a term's key and the JSON text of its posting, without the path; `aliases` are folded
    names of the whole document."""

    brief: str
    anchors: str
    suppressions: str
    links: str
    postings: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]


class LinkData(NamedTuple):
    """What resolving a document's links takes: the links, and the problems that its facts show by
    themselves."""

    links: tuple[LinkFact, ...]
    problems: tuple[Problem, ...]


def summarise(path: str, facts: Facts, config: Config) -> SourceSummary:
    """Return the summary of the document at `path`."""
    from kwlint.pages import a_z
    from kwlint.pages.brief import brief
    from kwlint.repo.path_index import folded
    from kwlint.rules.registry import source_problems

    postings = a_z.postings(path, facts) if "a-z" in config.pages else ()
    return SourceSummary(
        brief=packed(brief(path, facts)),
        anchors=packed(facts.anchors),
        suppressions=packed(facts.suppressions) if facts.suppressions else "",
        links=packed((facts.links, source_problems(path, facts))),
        postings=tuple([(key, packed(posting[1:])) for key, posting in postings]),
        aliases=tuple(sorted({folded(anchor.name) for anchor in facts.anchors if anchor.kind == "alias"})),
    )


def decode_link_data(text: str) -> LinkData:
    """Decode `SourceSummary.links`. Raises ValueError, TypeError or LookupError where `text` is damaged."""
    links, problems = unpacked(text)
    return LinkData(tuple(starmap(LinkFact, links)), tuple(map(decode_problem, problems)))


def decode_brief(text: str) -> Brief:
    """Decode `SourceSummary.brief`. Raises ValueError or TypeError where `text` is damaged."""
    brief = Brief(*unpacked(text))
    return brief._replace(concepts=tuple(brief.concepts))
