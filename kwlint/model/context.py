"""What surrounds a document: its folder, and the cross-links to and from it."""

from __future__ import annotations

from typing import NamedTuple


class Brief(NamedTuple):
    """What a folder's pages say of one source: little, so that an edit of its prose seldom moves them."""

    path: str
    title: str
    description: str
    document_type: str
    concepts: tuple[str, ...]  # a few headline keywords


class LinkOut(NamedTuple):
    """A cross-link to a file that exists: `path` is the file, `text` the link's label, `section` where it stands."""

    path: str
    text: str
    section: int
    image: bool
    is_source: bool


class LinkIn(NamedTuple):
    """A cross-link from another source; title and anchor are those of the section that it stands in."""

    path: str
    title: str
    section_title: str
    section_anchor: str
    text: str


class Neighbourhood(NamedTuple):
    """What a documentation page says beyond its own source."""

    links_out: tuple[LinkOut, ...]
    links_in: tuple[LinkIn, ...]
    previous: str
    next: str


class Folder(NamedTuple):
    """A folder's listing: sub-folders that hold sources (with the title of their README or index, or empty), its own
    sources, and the cross-links between sources that start or end in it (each pair once)."""

    path: str  # "" is the root
    subfolders: tuple[tuple[str, str], ...]
    documents: tuple[Brief, ...]
    links: tuple[tuple[str, str], ...]
    inbound: tuple[tuple[str, int], ...]  # document, number of sources that link to it
