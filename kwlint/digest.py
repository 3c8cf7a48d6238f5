"""What others need of a source: the small part of its facts that links, folders and the A-Z index are made from.

It is cut out of the facts where these are made, in the processes that share the work, already in the form in which
the store's rows hold it; so neither a first run nor an edit reads the facts of a document just to link to it.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from kwlint.compact import packed, unpacked
from kwlint.model import LinkFact, Note

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model import Facts


class Digest(NamedTuple):
    """`brief`, `anchors` and `suppressions` are JSON texts of the types of these names; `postings` are pairs of an A-Z
    key and its posting's JSON; `linkage` is the JSON of `Linkage`."""

    title: str
    brief: str
    anchors: str
    suppressions: str
    postings: tuple[tuple[str, str], ...]
    linkage: str


class Linkage(NamedTuple):
    """What judging a source's links takes: its title, (title, anchor) of each section, its links, and what is wrong
    with the source by itself."""

    title: str
    sections: tuple[tuple[str, str], ...]
    links: tuple[LinkFact, ...]
    notes: tuple[Note, ...]


def digest(path: str, facts: Facts, config: Config) -> Digest:
    """The digest of the source at `path`."""
    from kwlint.pages import a_z
    from kwlint.pages.brief import brief

    sections = [(section.title, section.anchor) for section in facts.outline.sections]
    found = a_z.postings(path, facts) if "a-z" in config.pages else ()
    return Digest(
        title=facts.outline.title,
        brief=packed(brief(path, facts)),
        anchors=packed(facts.anchors),
        suppressions=packed(facts.suppressions),
        postings=tuple((key, packed(posting)) for key, posting in found),
        linkage=packed((facts.outline.title, sections, facts.links, facts.notes)),
    )


def encoded(value: Digest) -> bytes:
    """The digest as UTF-8 JSON."""
    return packed(value).encode("utf-8", "surrogatepass")


def revived(data: bytes) -> Digest:
    """The digest that `encoded` wrote. Raises ValueError, TypeError or LookupError where `data` is no such thing."""
    value = Digest(*unpacked(data.decode("utf-8", "surrogatepass")))
    return value._replace(postings=tuple((key, row) for key, row in value.postings))


def linkage(text: str) -> Linkage:
    """The linkage of a digest. Raises as `revived` does."""
    title, sections, links, notes = unpacked(text)
    return Linkage(
        title,
        tuple((name, anchor) for name, anchor in sections),
        tuple(starmap(LinkFact, links)),
        tuple(starmap(Note, notes)),
    )
