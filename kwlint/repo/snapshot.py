"""The snapshot of a repository: every file that is or will be committed, with a token for its content.

The *token* is git's blob id if the content is that of the index. Otherwise it is a mark that gives the reason, and the
blob id of the bytes on disk. After `!` it is that of the index; after `~` and `=` it is that of the index, `:`, and
that of the bytes on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.repo.git import GitListing

MODIFIED = "*"  # tracked; the bytes on disk differ from the index
UNTRACKED = "?"  # on disk only
HIDDEN = "~"  # a page that git does not look at on disk; the index is committed
UNREADABLE = "!"  # tracked and on disk, but not readable
STAGED = "="  # a page that differs from the index, which is committed whatever is on disk


class Snapshot(NamedTuple):
    """The files of a repository, as path -> token.

    - `files`: every file that others will get, without the pages. `pages`: every file below the output folder.
    - `sources`: the paths in `files` that are sources, sorted. `untracked_sources`: untracked files that would be
      sources and are not included.
    - `links_and_submodules`: symbolic links and submodules; paths below them are not checked.
    - `undecodable`: paths that would be sources but are not UTF-8, so that no page and no link can name them.
    """

    files: dict[str, str]
    pages: dict[str, str]
    sources: tuple[str, ...]
    untracked_sources: tuple[str, ...]
    links_and_submodules: frozenset[str]
    undecodable: tuple[str, ...]


def take_snapshot(
    listing: GitListing,
    output_dir: str,
    is_source: Callable[[str], bool],
    blob_id: Callable[[str], str | None],
    is_file: Callable[[str], bool],
    named: Iterable[str] = (),
) -> Snapshot:
    """Build the snapshot from git's listing.

    `blob_id(path)` returns the id of the bytes on disk, or None if they cannot be read; `is_file(path)`, whether there
    is a regular file. Untracked sources are included only if they are in `named`.
    """
    tokens = _tracked_tokens(listing, f"{output_dir}/", blob_id, is_file)
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
    included = set(named)
    for path in drafts:
        if path in included and (blob := blob_id(path)):
            tokens[path] = UNTRACKED + blob
    links = listing.symlinks | listing.submodules
    sources = sorted(path for path in tokens if is_source(path) and path not in links)
    return Snapshot(
        files=tokens,
        pages=pages,
        sources=tuple(sources),
        untracked_sources=tuple(path for path in drafts if path not in included),
        links_and_submodules=links,
        undecodable=tuple(path for path in undecodable if is_source(path)),
    )


def fingerprint(listing: GitListing, blob_id: Callable[[str], str | None], output_dir: str, settings: bytes) -> bytes:
    """Return a digest (20 bytes) of everything that the result of a check depends on: git's listing, the bytes that
    differ from it, and `settings` (configuration, version). Reads only modified files, untracked pages and hidden
    pages."""
    from kwlint.repo.hashing import blake2b

    digest = blake2b(listing.raw, digest_size=20)
    prefix = f"{output_dir}/"
    untracked_pages = (path for path in sorted(listing.untracked) if path.startswith(prefix))
    hidden_pages = (path for path in sorted(listing.hidden) if path.startswith(prefix))
    for path in (*sorted(listing.modified), *untracked_pages, *hidden_pages):
        digest.update(f"\0{path}\0{blob_id(path)}".encode("utf-8", "surrogateescape"))
    digest.update(b"\0\0" + settings)
    return digest.digest()


def packed_tokens(snapshot: Snapshot) -> bytes:
    """Return the snapshot as NUL-separated `token path` records, which `difference` compares."""
    records = [
        record
        for part in (snapshot.files, snapshot.pages)
        for record in map(" ".join, zip(part.values(), part, strict=True))
    ]
    return "\0".join(records).encode("utf-8", "surrogateescape")


class Difference(NamedTuple):
    """The paths that differ between two snapshots. `all`: the added and removed ones, and those with another token."""

    added: frozenset[str]
    removed: frozenset[str]
    all: frozenset[str]


def difference(before: bytes, after: bytes) -> Difference:
    """Compare two values of `packed_tokens`."""
    start = _shared(before, after, 1)
    start = before.rfind(b"\0", 0, start) + 1
    end = min(_shared(before[start:], after[start:], -1), len(before) - start, len(after) - start)
    cut = before.find(b"\0", len(before) - end) if end else -1  # from the next record on, both are equal
    end = len(before) - cut if cut >= 0 else 0
    old = frozenset(before[start : len(before) - end].split(b"\0"))
    new = frozenset(after[start : len(after) - end].split(b"\0"))
    old_paths, new_paths = _paths(old - new), _paths(new - old)
    return Difference(new_paths - old_paths, old_paths - new_paths, new_paths | old_paths)


def _shared(one: bytes, other: bytes, step: int) -> int:
    """Return the length of the common prefix (`step` 1) or suffix (-1) of two values, by bisection: comparing slices is
    much faster than comparing byte by byte."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        same = one[low:middle] == other[low:middle] if step > 0 else one[-middle:] == other[-middle:]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _is_text(path: str) -> bool:
    """Return whether a path, decoded with `surrogateescape`, is UTF-8."""
    return path.isascii() or not any("\ud800" <= character <= "\udfff" for character in path)


def _paths(records: Iterable[bytes]) -> frozenset[str]:
    return frozenset(record.partition(b" ")[2].decode("utf-8", "surrogateescape") for record in records if record)


def _tracked_tokens(
    listing: GitListing, pages: str, blob_id: Callable[[str], str | None], is_file: Callable[[str], bool]
) -> dict[str, str]:
    """Return the tokens of tracked files; `pages` is the prefix of the paths of pages."""
    tokens = dict(listing.tracked)
    for path in () if listing.reads_index else listing.deleted:
        tokens.pop(path, None)
    for path in listing.hidden:
        if path in tokens and path.startswith(pages):
            tokens[path] = f"{HIDDEN}{tokens[path]}:{blob_id(path) or ''}"
    differing = listing.modified | listing.unmerged
    for path in differing | listing.deleted if listing.reads_index else differing - listing.deleted:
        if path in tokens:
            blob = blob_id(path)
            if listing.reads_index and path.startswith(pages):
                tokens[path] = f"{STAGED}{tokens[path]}:{blob or ''}"
                continue
            if blob is None and is_file(path):
                tokens[path] = UNREADABLE + tokens[path]
            elif blob is None:
                del tokens[path]
            elif blob != tokens[path]:
                tokens[path] = MODIFIED + blob
    return tokens
