"""The options of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.shard import Shard
from kwlint.repo import files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Request(NamedTuple):
    """How to check.

    `paths`, `since`, `staged`: the files whose problems are reported. `texts`: whether fixes of pages carry the pages'
    texts (for `--fix` and `--diff`). `deep`: whether fixes of links are searched for in the whole history, as with
    `texts`. `shard`: the pages that are rendered and compared. `overlay`: bytes that replace those of
    tracked files on disk, to find what would follow from them; nothing of such a check is kept.
    """

    paths: tuple[str, ...] = ()
    since: str | None = None
    staged: bool = False
    use_cache: bool = True
    jobs: int = 0
    progress: Callable[[int, int], None] | None = None
    texts: bool = False
    deep: bool = False
    shard: Shard = Shard()
    overlay: Mapping[str, bytes] = files.NO_OVERLAY
