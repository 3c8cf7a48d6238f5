"""What is to be rendered, and what has been: what the steps that make pages hand to each other."""

from __future__ import annotations

from typing import NamedTuple


class Dirt(NamedTuple):
    """What has to be rendered anew: documents (their own pages), folders, A-Z
    keywords, and parts of the A-Z index by their paths; and the sources that are gone."""

    own_pages: set[str]
    folders: set[str]
    keywords: set[str]
    buckets: set[str]
    removed: set[str]

    @classmethod
    def none(cls) -> Dirt:
        return cls(set(), set(), set(), set(), set())


class Rendered(NamedTuple):
    """A page as it ought to be; `id` is the blob id of its text, or empty where there ought to be none. `text` is
    empty where nobody asked for it."""

    path: str
    kind: str
    source: str
    id: str
    text: str


class Task(NamedTuple):
    """A document whose own pages are to be rendered: its facts as the store keeps them, and whether the texts of the
    pages are wanted besides their ids."""

    path: str
    facts: bytes
    texts: bool
