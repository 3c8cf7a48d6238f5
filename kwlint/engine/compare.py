"""The task COMPARISON: the page that is expected at a path, against what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine import keys
from kwlint.engine.invalidation import Reads
from kwlint.engine.json_rows import packed
from kwlint.engine.store import decoded
from kwlint.repo import git
from kwlint.rules.pages import PageFile, PageFinding, check_orphan, check_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.config import Config
    from kwlint.engine.invalidation import Invalidation
    from kwlint.engine.store import Store
    from kwlint.repo.contents import Contents
    from kwlint.repo.git import Repository
    from kwlint.repo.snapshot import Snapshot


class Surroundings(NamedTuple):
    """What pages are compared with."""

    repository: Repository
    snapshot: Snapshot
    disk: Contents
    config: Config


def update_comparisons(invalidation: Invalidation, paths: Sequence[str], there: Surroundings) -> None:
    """Compare the pages at `paths`."""
    store = invalidation.store
    expected = {path: _expected(store, path) for path in paths}
    unlisted = [path for path in paths if path not in there.snapshot.pages and expected[path] is not None]
    ignored = git.ignored(there.repository, unlisted)
    for path in paths:
        reads = Reads(keys.COMPARISON, path)
        if path in ignored:  # git does not report when this file changes
            reads.add(keys.BYTES_ON_DISK, path)
            store.put(keys.BYTES_ON_DISK, path, there.disk.blob_id(path) or "")
        if path not in there.snapshot.pages and expected[path] is not None:
            reads.add(keys.IGNORE_RULES, "")
        finding = _compare(path, expected[path], there, ignored)
        invalidation.put(keys.PAGE_PROBLEM, path, packed(finding) if finding else None)
        invalidation.record(reads)


def _expected(store: Store, path: str) -> tuple[str, str, str] | None:
    """Return kind, source and blob id of the page that is expected at `path`."""
    text = store.value(keys.PAGE, path)
    if text is None:
        return None
    kind, source, blob = decoded(text)
    return kind, source, blob


def _compare(
    path: str, expected: tuple[str, str, str] | None, there: Surroundings, ignored: Iterable[str]
) -> PageFinding | None:
    disk, token = there.disk, there.snapshot.pages.get(path)
    if expected is None:
        if token is None:
            return None
        return check_orphan(path, disk.read_or_none(path), there.config.format)
    kind, source, blob = expected
    file = PageFile(token, lambda: disk.read_or_none(path), path in ignored)
    return check_page(path, kind, source, blob, file, there.config.format)
