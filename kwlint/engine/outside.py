"""Files outside git's sight that tasks read: git does not report when they change, so every run looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.engine.keys import Key
    from kwlint.engine.store import Store
    from kwlint.repo.contents import Contents


def outside_is_read(store: Store) -> bool:
    """Return whether a task read a file outside git's sight."""
    return store.has_values(keys.ON_DISK) or store.has_values(keys.BYTES_ON_DISK)


def outside_changes(store: Store, disk: Contents) -> Iterator[Key]:
    """Return the keys of files outside git's sight whose value is no longer the one that is kept."""
    for path, exists in store.values(keys.ON_DISK):
        if disk.exists(path) != bool(exists):
            yield keys.ON_DISK, path
    for path, blob in store.values(keys.BYTES_ON_DISK):
        if (disk.blob_id(path) or "") != blob:
            yield keys.BYTES_ON_DISK, path
