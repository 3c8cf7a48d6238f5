"""What a check is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.shard import Shard
from kwlint.repo import files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Request(NamedTuple):
    """How to check. `texts`: whether fixes of pages carry the pages' texts (for `--fix` and `--diff`). `deep`: whether
    the repairs of links are looked for through all the history, as `texts` has it too. `shard`: what part of the pages
    is made and judged. `overlay`: bytes of tracked files that are taken for those on disk, to see what would follow
    from them; nothing of such a check is kept."""

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
