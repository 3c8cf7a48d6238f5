"""The hook that kwlint runs in, as git and the hook managers describe it in the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Hook(NamedTuple):
    """What is known of the hook.

    - `is_commit`: git is about to commit the index. It names the index in `GIT_INDEX_FILE` (githooks(5)).
    - `is_stashed`: pre-commit or prek runs the hook. Both move unstaged changes out of the way and set `PRE_COMMIT`.
    - `is_partial`: `git commit PATH`. The index is a temporary one, of the last commit and the named files alone.
    """

    is_commit: bool = False
    is_stashed: bool = False
    is_partial: bool = False

    @property
    def reads_index(self) -> bool:
        """Whether the files on disk may differ from what is committed, so that the index is read instead."""
        return self.is_commit and not self.is_stashed


def current_hook(environment: Mapping[str, str]) -> Hook:
    """Return the hook that these environment variables describe."""
    index = environment.get("GIT_INDEX_FILE", "")
    name = index.replace("\\", "/").rpartition("/")[2]
    return Hook(bool(index), bool(environment.get("PRE_COMMIT")), name.startswith("next-index-"))
