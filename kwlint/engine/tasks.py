"""What is to be rendered, and what has been: what the steps that make pages hand to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kwlint.model.context import Neighbourhood


class Dirt(NamedTuple):
    """What has to be rendered anew: sources (their keyword index, their documentation), folders, A-Z
    keywords, and parts of the A-Z index by their paths; and the sources that are gone."""

    keyword_pages: set[str]
    documentation: set[str]
    folders: set[str]
    keywords: set[str]
    buckets: set[str]
    removed: set[str]

    @classmethod
    def none(cls) -> Dirt:
        return cls(set(), set(), set(), set(), set(), set())


class Rendered(NamedTuple):
    """A page as it ought to be; `id` is the blob id of its text, or empty where there ought to be none. `text` is
    empty where nobody asked for it."""

    path: str
    kind: str
    source: str
    id: str
    text: str


class Task(NamedTuple):
    """A source whose pages are to be rendered, with what they need: its facts as the store keeps them, and its
    surroundings where the documentation is wanted. `texts`: whether the pages' texts are, besides their ids."""

    path: str
    facts: bytes
    surroundings: Neighbourhood | None
    keyword_index: bool
    texts: bool
