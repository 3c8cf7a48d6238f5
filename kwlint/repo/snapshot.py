"""What there is: every file that others will see, with the identity of its content.

A *token* names a content: git's blob id for a file that is on disk as it is in the index; otherwise a sign that says
why not, and the blob id of what is on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.repo.git import GitListing

MODIFIED = "*"  # tracked; other bytes on disk than in the index
UNTRACKED = "?"  # on disk only
ABSENT = "~"  # tracked, left out by a sparse checkout


class Snapshot(NamedTuple):
    """`files`: path -> token of every file that is there for others, pages apart. `pages`: path -> token of every
    file below the output folder, tracked or not. `sources`: the paths in `files` that are sources and on disk, sorted.
    `untracked_sources`: sources that are only on the disk of whoever runs this (untracked, and not named)."""

    files: dict[str, str]
    pages: dict[str, str]
    sources: tuple[str, ...]
    absent_sources: tuple[str, ...]
    untracked_sources: tuple[str, ...]
    links_and_submodules: frozenset[str]  # submodules and symbolic links: what lies below them is not ours to judge
    undecodable: tuple[str, ...]  # would be sources, but their names are not UTF-8: no page and no link can name them


def take_snapshot(
    listing: GitListing,
    output_dir: str,
    is_source: Callable[[str], bool],
    blob_id: Callable[[str], str | None],
    named: Iterable[str] = (),
) -> Snapshot:
    """The tree behind git's listing. `blob_id(path)` hashes what is on disk, None where it cannot be read;
    untracked sources count when they are `named`."""
    tokens = _tracked_tokens(listing, blob_id)
    undecodable = [] if "".join(tokens).isascii() else sorted(path for path in tokens if not _is_text(path))
    for path in undecodable:
        del tokens[path]
    prefix = f"{output_dir}/"
    pages = {path: token for path, token in tokens.items() if path.startswith(prefix)}
    for path in pages:
        del tokens[path]
    for path in listing.untracked:
        if path.startswith(prefix) and _is_text(path) and (blob := blob_id(path)):
            pages[path] = UNTRACKED + blob
    drafts = [path for path in listing.untracked if not path.startswith(prefix) and is_source(path) and _is_text(path)]
    wanted = set(named)
    for path in drafts:
        if path in wanted and (blob := blob_id(path)):
            tokens[path] = UNTRACKED + blob
    links = listing.symlinks | listing.submodules
    sources = sorted(path for path in tokens if is_source(path) and path not in links)
    return Snapshot(
        files=tokens,
        pages=pages,
        sources=tuple(path for path in sources if tokens[path][0] != ABSENT),
        absent_sources=tuple(path for path in sources if tokens[path][0] == ABSENT),
        untracked_sources=tuple(path for path in drafts if path not in wanted),
        links_and_submodules=links,
        undecodable=tuple(path for path in undecodable if is_source(path)),
    )


def fingerprint(listing: GitListing, blob_id: Callable[[str], str | None], output_dir: str, settings: bytes) -> bytes:
    """A digest of all that a check's verdict depends on: git's listing, the bytes of what differs from it, and
    `settings` (configuration, version). It reads only files that git calls modified, and untracked pages."""
    from kwlint.repo.hashing import blake2b

    digest = blake2b(listing.raw, digest_size=20)
    prefix = f"{output_dir}/"
    odd = [*sorted(listing.modified), *(path for path in sorted(listing.untracked) if path.startswith(prefix))]
    for path in odd:
        digest.update(f"\0{path}\0{blob_id(path)}".encode("utf-8", "surrogateescape"))
    digest.update(b"\0\0" + settings)
    return digest.digest()


def packed_tokens(tree: Snapshot) -> bytes:
    """The tree as one value for the store: `token path` records, to be compared with those of a later tree."""
    records = [
        record for part in (tree.files, tree.pages) for record in map(" ".join, zip(part.values(), part, strict=True))
    ]
    return "\0".join(records).encode("utf-8", "surrogateescape")


class Difference(NamedTuple):
    """The paths that differ between two trees: those that are new, those that are gone, and all of either kind or
    with another token."""

    added: frozenset[str]
    removed: frozenset[str]
    all: frozenset[str]


def difference(before: bytes, after: bytes) -> Difference:
    """What differs between two values of `packed_tokens`."""
    start = _shared(before, after, 1)
    start = before.rfind(b"\0", 0, start) + 1
    end = min(_shared(before[start:], after[start:], -1), len(before) - start, len(after) - start)
    cut = before.find(b"\0", len(before) - end) if end else -1  # both end alike from the next record on
    end = len(before) - cut if cut >= 0 else 0
    old = frozenset(before[start : len(before) - end].split(b"\0"))
    new = frozenset(after[start : len(after) - end].split(b"\0"))
    was, now = _paths(old - new), _paths(new - old)
    return Difference(now - was, was - now, now | was)


def _shared(one: bytes, other: bytes, step: int) -> int:
    """How many bytes two values have in common at their beginning (`step` 1) or end (-1); by halving, as comparing runs
    is far quicker than looking at each byte."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        same = one[low:middle] == other[low:middle] if step > 0 else one[-middle:] == other[-middle:]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _is_text(path: str) -> bool:
    """Whether a path, decoded with surrogateescape, is UTF-8."""
    return path.isascii() or not any("\ud800" <= character <= "\udfff" for character in path)


def _paths(records: Iterable[bytes]) -> frozenset[str]:
    return frozenset(record.partition(b" ")[2].decode("utf-8", "surrogateescape") for record in records if record)


def _tracked_tokens(listing: GitListing, blob_id: Callable[[str], str | None]) -> dict[str, str]:
    tokens = dict(listing.tracked)
    for path in listing.deleted:
        tokens.pop(path, None)
    for path in listing.absent:
        if path in tokens:
            tokens[path] = ABSENT + tokens[path]
    for path in (listing.modified | listing.unmerged) - listing.deleted:
        if path in tokens:
            blob = blob_id(path)
            if blob is None:
                del tokens[path]
            elif blob != tokens[path]:
                tokens[path] = MODIFIED + blob
    return tokens
