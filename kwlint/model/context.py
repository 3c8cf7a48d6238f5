"""The data that the pages of folders and the A–Z index are made from."""

from __future__ import annotations

from typing import NamedTuple


class Brief(NamedTuple):
    """The short description of a document on the pages of its folder, which edits of other prose do not change."""

    path: str
    title: str
    description: str
    document_type: str
    concepts: tuple[str, ...]  # a few headline keywords
    is_small: bool = False  # too small for pages of its own


class Posting(NamedTuple):
    """An occurrence of a keyword in the A–Z index: the document that covers it, how it writes it, and its main section.

    `title` is the document's; `section` and `anchor` are the section's. `rank` is 0 where title and section are about
    the keyword, up to 5 where they are not: few values, so that an edit seldom changes it.
    """

    path: str
    text: str
    group: str
    expansion: str
    title: str
    section: str
    anchor: str
    rank: int


class Folder(NamedTuple):
    """A folder as its pages show it.

    `subfolders` are those with documents, each with its description. `links` are the cross-links between documents that
    start or end in the folder, each pair once. `keywords` are the keys of the A–Z index with their postings in the
    folder and below it, for the pages that need them.
    """

    path: str  # "" is the root
    subfolders: tuple[tuple[str, str], ...]
    documents: tuple[Brief, ...]
    links: tuple[tuple[str, str], ...]
    inbound: tuple[tuple[str, int], ...]  # document, number of documents that link to it
    keywords: tuple[tuple[str, tuple[Posting, ...]], ...] = ()
