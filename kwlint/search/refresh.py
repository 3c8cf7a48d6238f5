"""Brings the search database up to date with the store."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kwlint.engine import keys
from kwlint.engine.store import decoded
from kwlint.search.database import SearchDatabase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.engine.store import Store
    from kwlint.repo.files import Disk
    from kwlint.search.rows import DocumentRows


def up_to_date(store: Store, disk: Disk, folder: str | None) -> SearchDatabase:
    """Return the search database in `folder` with the documents of the store, or one in memory if it cannot be used.

    Only documents are read that differ from the database's, or whose links lead to other files.
    """
    database = SearchDatabase.open(folder)
    try:
        _refresh(database, store, disk)
    except sqlite3.Error:
        database.close()
        database = SearchDatabase.in_memory()
        _refresh(database, store, disk)
    return database


def _refresh(database: SearchDatabase, store: Store, disk: Disk) -> None:
    mark = (store.meta("fingerprint") or b"").hex()
    if mark and database.meta("mark") == mark:
        return
    states = _states(store)
    known = database.states()
    changed = [path for path, state in states.items() if known.get(path) != state]
    gone = [path for path, state in known.items() if states.get(path) != state]
    database.update(gone, _rows(store, disk, ((path, states[path]) for path in changed)), mark)


def _states(store: Store) -> dict[str, str]:
    """Return what tells the contents of each document, and the files that it links to, from others."""
    outgoing = dict(store.values(keys.OUTGOING))
    return {path: f"{bytes(key).hex()} {outgoing.get(path, '')}" for path, key in store.values(keys.FACTS)}


def _rows(store: Store, disk: Disk, changed: Iterable[tuple[str, str]]) -> Iterator[DocumentRows]:
    from kwlint.search.indexing import document_rows
    from kwlint.text.encoding import decode

    for path, state in changed:
        text = decode(disk.read_or_none(path) or b"").text
        outgoing = decoded(store.value(keys.OUTGOING, path) or "[]")
        yield document_rows(path, state, store.facts_of(path), text, outgoing)
