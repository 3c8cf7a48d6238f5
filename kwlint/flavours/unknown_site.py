"""Recognizes a site of unknown make by the links of its documents.

The links of a sample of documents are compared with the paths of all: an address that leads to no file, but has the end
of a document's path, is one that only a site generator understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple
from zlib import crc32

from kwlint.flavours.paths import folder_of, join_inside, suffix_of, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.text.lazy_regex import expression

SAMPLE = 40  # documents that are read
MOST_CHARACTERS = 200_000  # of each
LEAST_ADDRESSES = 3  # different addresses from `/` that show a site
LEAST_NAMES = 6  # different addresses without a suffix that show one
LEAST_SOURCES = 2  # documents that they are in

_LINK = expression(r"\]\((/?[\w./-]+)(?:#[^)\s]*)?\)|\bhref=[\"'](/?[\w./-]+)").finditer
_NUMBERED = expression(r"(?:\d+[-._])+").match
_INDEXES = ("index", "readme", "_index", "")


class AddressEvidence(NamedTuple):
    """What the links below one folder show: addresses and their sources, and paths that name files."""

    rooted: set[str]
    named: set[str]
    sources: set[str]
    files: set[str]

    @property
    def is_site(self) -> bool:
        """Whether the addresses outweigh the paths of files."""
        if len(self.sources) < LEAST_SOURCES:
            return False
        addresses = len(self.rooted) + len(self.named)
        return (len(self.rooted) >= LEAST_ADDRESSES or len(self.named) >= LEAST_NAMES) and addresses > len(self.files)


def site_folders(probe: RepoProbe, documents: Sequence[str]) -> list[str]:
    """Return the folders, `""` for all, whose documents are those of a site; `documents` have no known generator."""
    sample = nsmallest(SAMPLE, documents, key=lambda path: crc32(path.encode("utf-8", "surrogatepass")))
    if len(documents) < LEAST_SOURCES:
        return []
    ends: frozenset[str] | None = None
    by_folder: dict[str, AddressEvidence] = {}
    for source in sample:
        links = [*_links(probe.document(source)[:MOST_CHARACTERS])]
        if not links:
            continue
        if ends is None:
            ends = frozenset(end for path in documents for end in _ends(without_suffix(path)))
        evidence = by_folder.setdefault(source.partition("/")[0] if "/" in source else "", AddressEvidence(*_sets()))
        for path in links:
            _add(evidence, probe, source, path, ends)
    folders = sorted(folder for folder, evidence in by_folder.items() if evidence.is_site)
    whole = (
        AddressEvidence(*(set().union(*group) for group in zip(*by_folder.values(), strict=True)))
        if by_folder
        else None
    )
    return [""] if "" in folders or len(folders) > 1 or (whole and whole.is_site and not folders) else folders


def _sets() -> Iterator[set[str]]:
    return (set() for _ in range(4))


def _links(text: str) -> Iterable[str]:
    return {match[1] or match[2] for match in _LINK(text)}


def _add(evidence: AddressEvidence, probe: RepoProbe, source: str, path: str, ends: frozenset[str]) -> None:
    """Add a link of `source` to the evidence."""
    suffix = suffix_of(path)
    if suffix not in ("", ".html"):
        if suffix in (".md", ".markdown", ".mdx"):
            evidence.files.add(path)
        return
    rooted = path.startswith("/")
    target = join_inside("" if rooted else folder_of(source), path)
    if not target or probe.index.exists(target) or probe.is_folder(target):
        return
    end = next(_ends(without_suffix(target) if suffix else target), "")
    if end in ends and ("/" in end or not rooted):
        (evidence.rooted if rooted else evidence.named).add(end)
        evidence.sources.add(source)


def _ends(page: str) -> Iterator[str]:
    """Yield the last two parts of a page's path, then the last; an index is its folder, and numbers in front are
    dropped."""
    parts = [_plain(part) for part in page.lower().split("/")]
    if len(parts) > 1 and parts[-1] in _INDEXES:
        parts.pop()
    if len(parts) > 1:
        yield "/".join(parts[-2:])
    yield parts[-1]


def _plain(part: str) -> str:
    match = _NUMBERED(part)
    return part[match.end() :] if match and match.end() < len(part) else part
