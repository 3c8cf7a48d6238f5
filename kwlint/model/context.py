"""What the pages of a folder are made from."""

from __future__ import annotations

from typing import NamedTuple


class Brief(NamedTuple):
    """What a folder's pages say of one source: little, so that an edit of its prose seldom moves them."""

    path: str
    title: str
    description: str
    kind: str
    concepts: tuple[str, ...]  # a few headline keywords


class Folder(NamedTuple):
    """A folder's listing: sub-folders that hold sources (with the title of their README or index, or empty), its own
    sources, and the cross-links between sources that start or end in it (each pair once)."""

    path: str  # "" is the root
    subfolders: tuple[tuple[str, str], ...]
    documents: tuple[Brief, ...]
    links: tuple[tuple[str, str], ...]
    inbound: tuple[tuple[str, int], ...]  # document, number of sources that link to it
