"""What others need of a source: the small part of its facts that links, folders and the A-Z index are made from.

It is cut out of the facts where these are made, in the processes that share the work, already in the form in which
the store's rows hold it; so neither a first run nor an edit reads the facts of a document just to link to it.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.json_rows import packed, revived_problem, unpacked
from kwlint.model.facts import LinkFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.config import Config
    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem
    from kwlint.pages.a_z import Posting


class Digest(NamedTuple):
    """`brief`, `anchors` and `suppressions` are JSON texts of the types of these names; `postings` are pairs of an A-Z
    key and the JSON of its posting without the path; `linkage` is the JSON of `Linkage`."""

    title: str
    brief: str
    anchors: str
    suppressions: str
    postings: tuple[tuple[str, str], ...]
    linkage: str


class Linkage(NamedTuple):
    """What judging a source's links takes: its title, (title, anchor) of each section, its links, and the problems
    that its facts show by themselves."""

    title: str
    sections: tuple[tuple[str, str], ...]
    links: tuple[LinkFact, ...]
    problems: tuple[Problem, ...]


def digest(path: str, facts: Facts, config: Config) -> Digest:
    """The digest of the source at `path`."""
    from kwlint.pages import a_z
    from kwlint.pages.brief import brief
    from kwlint.rules.registry import source_problems

    sections = [(section.title, section.anchor) for section in facts.outline.sections]
    found = a_z.postings(path, facts) if "a-z" in config.pages else ()
    return Digest(
        title=facts.outline.title,
        brief=packed(brief(path, facts)),
        anchors=packed(facts.anchors),
        suppressions=packed(facts.suppressions),
        postings=tuple([(key, packed(posting[1:])) for key, posting in found]),
        linkage=packed((facts.outline.title, sections, facts.links, source_problems(path, facts))),
    )


def postings(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Posting]]:
    """Keys with their postings, from rows of key, path and a posting's JSON in a digest. Raises ValueError or TypeError
    where that is no such thing."""
    from kwlint.pages.a_z import Posting

    return ((key, Posting(path, *unpacked(row))) for key, path, row in rows)


def linkage(text: str) -> Linkage:
    """The linkage of a digest. Raises ValueError, TypeError or LookupError where `text` is no such thing."""
    title, sections, links, problems = unpacked(text)
    return Linkage(
        title,
        tuple((name, anchor) for name, anchor in sections),
        tuple(starmap(LinkFact, links)),
        tuple(map(revived_problem, problems)),
    )
