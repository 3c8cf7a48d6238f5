"""The dirty set: which tasks have to run again, found from the reads that they recorded.

Nothing here knows what a key stands for. A task reads through `Reads`, and writes with `put` and `contribute`; both
compare with what is kept, and mark the readers of what differs as dirty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine.json_rows import packed, unpacked
from kwlint.engine.keys import READERS_OF_SAME_NAME, TASKS, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kwlint.engine.store import Store, Value


class Reads:
    """The keys that one run of a task reads."""

    def __init__(self, task: int, name: str) -> None:
        self.task = task
        self.name = name
        self.keys: set[Key] = set()

    def add(self, kind: int, name: str) -> None:
        """Record that the task depends on a key."""
        if name != self.name or self.task not in READERS_OF_SAME_NAME.get(kind, ()):
            self.keys.add((kind, name))


class Invalidation:
    """The dirty tasks of one update of the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.dirty: dict[int, set[str]] = {task: set() for task in TASKS}

    def take(self, task: int) -> list[str]:
        """Return the names for which a task is dirty, sorted, and take them out of the dirty set."""
        names = sorted(self.dirty[task])
        self.dirty[task] = set()
        return names

    def changed(self, kind: int, name: str) -> None:
        """Mark the tasks that read a key as dirty."""
        for task in READERS_OF_SAME_NAME.get(kind, ()):
            self.dirty[task].add(name)
        for task, reader in self.store.readers(kind, name):
            self.dirty[task].add(reader)

    def put(self, kind: int, name: str, value: Value | None) -> bool:
        """Write a value, or remove it with None; return whether it changed."""
        if self.store.value(kind, name) == value:
            return False
        self.store.put(kind, name, value)
        self.changed(kind, name)
        return True

    def contribute(self, task: int, name: str, rows: Mapping[Key, str]) -> None:
        """Replace the rows that a task contributes to collections: one text for each collection's key."""
        previous = self.store.contributed(task, name)
        if previous is None:
            if rows:
                self.store.add_rows(name, rows)
                changed: Iterable[Key] = rows
            else:
                return
        else:
            before = {key: self.store.row(key, name) for key in _keys(previous)}
            changed = {key for key in before.keys() | rows.keys() if before.get(key) != rows.get(key)}
            self.store.remove_rows(name, [key for key in changed if key in before])
            self.store.insert_rows(name, {key: rows[key] for key in changed if key in rows})
        self.store.set_contributed(task, name, packed(list(rows)) if rows else None)
        for kind, collection in changed:
            self.changed(kind, collection)

    def contribute_row(self, kind: int, collection: str, source: str, text: str | None) -> str | None:
        """Replace the one row that `source` contributes to collections of a kind; return its previous text."""
        key = (kind, collection)
        previous = self.store.row(key, source)
        if previous != text:
            if previous is not None:
                self.store.remove_rows(source, [key])
            if text is not None:
                self.store.add_rows(source, {key: text})
            self.changed(kind, collection)
        return previous

    def record(self, reads: Reads) -> None:
        """Replace the recorded reads of a task by those of its last run."""
        previous = self.store.recorded(reads.task, reads.name)
        if previous is None:
            if reads.keys:
                self.store.add_edges(reads.task, reads.name, reads.keys)
        else:
            before = set(_keys(previous))
            self.store.remove_edges(reads.task, reads.name, before - reads.keys)
            self.store.insert_edges(reads.task, reads.name, reads.keys - before)
        self.store.set_recorded(reads.task, reads.name, packed(sorted(reads.keys)) if reads.keys else None)


def _keys(text: str) -> list[Key]:
    """Return the keys that `packed` wrote. Raises ValueError or TypeError where the text is damaged."""
    return [(int(kind), str(name)) for kind, name in unpacked(text)]
