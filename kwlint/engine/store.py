"""The store: what kwlint knows from earlier runs, in one SQLite file.

The file is in the folder of the cache (see `kwlint.engine.cache_folder`). It is trusted for nothing but speed. Where it
is damaged, of another program or version, read-only, or locked by another kwlint, the run goes on in memory with the
same result. Nothing that is read from it is executed.

`facts` is addressed by content and never becomes stale. The other tables hold the state of one tree, by the keys of
`kwlint.engine.keys`:

- `value`: the values that tasks wrote,
- `row`: the rows of collections, one for each contributing task,
- `edge`: the reads that tasks recorded, from the key to the task that reads it.

All SQL of kwlint is in this module, but for that of the search database (`kwlint.search.database`).
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kwlint.engine import cache_folder, keys, store_file
from kwlint.engine.json_rows import packed, unpacked
from kwlint.engine.package_digest import package_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kwlint.engine.keys import Key
    from kwlint.engine.source_summary import LinkData
    from kwlint.model.context import Posting
    from kwlint.model.facts import Anchor, Facts
    from kwlint.model.problem import Suppression

Value = str | bytes | int

FILE = "store.sqlite"
# Raised when a table changes. A file with another number is made anew, and so is one of another version of the package:
# what that computed is never used again.
SCHEMA_VERSION = 10
SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE facts(key BLOB PRIMARY KEY, value BLOB);
CREATE TABLE value(kind INT, name TEXT, value, PRIMARY KEY(kind, name)) WITHOUT ROWID;
CREATE TABLE row(kind INT, name TEXT, source TEXT, value TEXT, PRIMARY KEY(kind, name, source)) WITHOUT ROWID;
CREATE TABLE edge(kind INT, name TEXT, task INT, reader TEXT, PRIMARY KEY(kind, name, task, reader)) WITHOUT ROWID;
"""
AT_ONCE = 500  # names in a query: SQLite may take no more than 999 values
LAST = "\U0010ffff"  # sorts after every text that can follow a prefix
# In the table `value`: the keys that a task read, and those that it contributed to, under these numbers plus its own.
RECORDED = 100
CONTRIBUTED = 200


class Store:
    """One connection, one transaction from `open` to `keep` or `close`."""

    def __init__(
        self, connection: sqlite3.Connection, file: store_file.StoreFile | None = None, *, copied: bool = False
    ) -> None:
        self.connection = connection
        self.kept = file is not None
        self.is_new = file is None and not copied
        self._file = file
        self._changes = connection.total_changes
        self._execute = connection.execute
        self._executemany = connection.executemany
        self._new_rows = _Inserter(self._executemany, "row", 4)
        self._new_edges = _Inserter(self._executemany, "edge", 4)
        self._recorded_kinds: dict[int, bool] = {}

    @classmethod
    def open(cls, root: Path, *, use_cache: bool = True, aside: bool = False) -> Store:
        """Open the store of the repository at `root`, or one in memory where that is not possible.

        With `aside`, it is a copy in memory, of which nothing is kept.
        """
        folder = cache_folder.cache_folder(str(root)) if use_cache else None
        if folder is not None:
            with suppress(OSError, sqlite3.Error):
                cache_folder.make(folder)
                return cls._copy_of(f"{folder}/{FILE}") if aside else cls._from_file(f"{folder}/{FILE}")
        return cls.in_memory()

    @classmethod
    def in_memory(cls) -> Store:
        """Return an empty store in memory."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        return cls(connection)

    @classmethod
    def _from_file(cls, path: str) -> Store:
        try:
            return cls._connected(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "readonly" in str(error):
                return cls._copy_of(path)
            raise
        except sqlite3.DatabaseError:
            store_file.remove(path)
            return cls._connected(path)

    @classmethod
    def _connected(cls, path: str) -> Store:
        file = store_file.StoreFile(path)
        try:
            return cls(_connect(file), file)
        except BaseException:
            file.close()
            raise

    @classmethod
    def _copy_of(cls, path: str) -> Store:
        """Copy what another run has kept so far into memory, so that two runs do not wait for each other."""
        copy = sqlite3.connect(":memory:", isolation_level=None)
        # SQLite may be built without `deserialize`; its messages may quote damaged bytes.
        with suppress(sqlite3.Error, OSError, AttributeError, UnicodeDecodeError):
            copy.deserialize(store_file.sound_bytes(path))
            if _is_current(copy):
                copy.execute("BEGIN")
                return cls(copy, copied=True)
        return cls.in_memory()

    def verify(self) -> None:
        """Raise sqlite3.DatabaseError where the file is not what was committed; to be called first."""
        if self._file is not None and not self._file.is_sound():
            raise sqlite3.DatabaseError("not what was committed")

    def keep(self) -> None:
        """Commit what this run wrote, for the next run."""
        self.flush()
        if self._file is None or self.connection.total_changes == self._changes:
            return
        with suppress(sqlite3.Error, OSError):
            self.connection.execute("COMMIT")
            self.connection.execute("BEGIN")
            self._changes = self.connection.total_changes
            self._file.write_sum()

    def discard(self) -> None:
        """Close the store, and delete its file."""
        if self._file is not None:
            store_file.remove(self._file.path)
        self.close()

    def close(self) -> None:
        """Close the store; what was not kept is lost."""
        with suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self.connection.close()
        if self._file is not None:
            self._file.close()
            self._file = None

    # --- meta: single values that belong to no key

    def meta(self, name: str) -> bytes | None:
        """Return the value of `name`."""
        row = self._execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def set_meta(self, name: str, value: bytes) -> None:
        """Set the value of `name`."""
        self._execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (name, value))

    def meta_json(self, name: str, default: Any) -> Any:
        """Return a value that `set_meta_json` wrote. Raises sqlite3.DatabaseError where it is damaged."""
        data = self.meta(name)
        return default if data is None else decoded(data.decode("utf-8", "surrogatepass"))

    def set_meta_json(self, name: str, value: Any) -> None:
        """Set the value of `name` to a value of lists, tuples, texts and numbers."""
        self.set_meta(name, packed(value).encode("utf-8", "surrogatepass"))

    def forget_state(self) -> None:
        """Empty all tables but the facts."""
        for table in ("value", "row", "edge"):
            self._execute(f"DELETE FROM {table}")
        self._execute("DELETE FROM meta WHERE name<>'package'")
        self._recorded_kinds.clear()

    # --- facts

    def facts_value(self, key: bytes) -> bytes | None:
        """Return the encoded facts at `key`."""
        row = self._execute("SELECT value FROM facts WHERE key=?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def add_facts(self, key: bytes, value: bytes) -> None:
        """Keep encoded facts."""
        self._execute("INSERT OR REPLACE INTO facts VALUES(?,?)", (key, value))

    def drop_unused_facts(self, limit: int = 4) -> None:
        """Drop facts that no document has, once there are `limit` times as many facts as documents."""
        documents = self.count(keys.FACTS)
        facts = self._execute("SELECT count(*) FROM facts").fetchone()[0]
        if facts > 1000 + limit * documents:
            self._execute("DELETE FROM facts WHERE key NOT IN (SELECT value FROM value WHERE kind=?)", (keys.FACTS,))

    # --- values

    def value(self, kind: int, name: str) -> Any:
        """Return a value, or None."""
        row = self._execute("SELECT value FROM value WHERE kind=? AND name=?", (kind, name)).fetchone()
        return None if row is None else row[0]

    def put(self, kind: int, name: str, value: Value | None) -> None:
        """Set a value, or remove it with None."""
        if value is None:
            self._execute("DELETE FROM value WHERE kind=? AND name=?", (kind, name))
        else:
            self._execute("INSERT OR REPLACE INTO value VALUES(?,?,?)", (kind, name, value))

    def values(self, kind: int) -> list[tuple[str, Any]]:
        """Return the names and values of a kind, by name."""
        return self._execute("SELECT name, value FROM value WHERE kind=? ORDER BY name", (kind,)).fetchall()

    def names(self, kind: int) -> list[str]:
        """Return the names that have a value of a kind, sorted."""
        rows = self._execute("SELECT name FROM value WHERE kind=? ORDER BY name", (kind,))
        return [name for (name,) in rows]

    def count(self, kind: int) -> int:
        """Return the number of values of a kind."""
        return int(self._execute("SELECT count(*) FROM value WHERE kind=?", (kind,)).fetchone()[0])

    def total(self, kind: int) -> int:
        """Return the sum of the values of a kind."""
        return int(self._execute("SELECT total(value) FROM value WHERE kind=?", (kind,)).fetchone()[0])

    def has_values(self, kind: int) -> bool:
        """Return whether there is a value of a kind."""
        return self._execute("SELECT 1 FROM value WHERE kind=? LIMIT 1", (kind,)).fetchone() is not None

    def drop_unread(self, kind: int) -> None:
        """Remove the values of a kind that no task reads any more."""
        query = (
            "DELETE FROM value WHERE kind=?"
            " AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.kind=value.kind AND edge.name=value.name)"
        )
        self._execute(query, (kind,))

    # --- collections

    def collection(self, kind: int, name: str) -> list[tuple[str, str]]:
        """Return the rows of a collection: source and text, by source."""
        self._new_rows.flush()
        query = "SELECT source, value FROM row WHERE kind=? AND name=? ORDER BY source"
        return self._execute(query, (kind, name)).fetchall()

    def collections(self, kind: int, first: str = "", last: str = LAST) -> Iterator[tuple[str, str, str]]:
        """Return the rows of the collections from `first` up to `last`: name, source and text, by name and source."""
        self._new_rows.flush()
        query = "SELECT name, source, value FROM row WHERE kind=? AND name>=? AND name<? ORDER BY name, source"
        return self._execute(query, (kind, first, last))

    def rows_of(self, kind: int, names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Return the rows of the collections `names` (sorted): name, source and text, by name and source."""
        self._new_rows.flush()
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            query = (
                "SELECT name, source, value FROM row WHERE kind=? AND name IN"
                f" ({','.join('?' * len(some))}) ORDER BY name, source"
            )
            yield from self._execute(query, (kind, *some)).fetchall()

    def collection_names(self, kind: int, first: str = "", last: str = LAST) -> list[str]:
        """Return the names of the collections of a kind from `first` up to `last`, sorted."""
        self._new_rows.flush()
        query = "SELECT DISTINCT name FROM row WHERE kind=? AND name>=? AND name<? ORDER BY name"
        return [name for (name,) in self._execute(query, (kind, first, last))]

    def row(self, key: Key, source: str) -> str | None:
        """Return the text that `source` contributes to a collection."""
        query = "SELECT value FROM row WHERE kind=? AND name=? AND source=?"
        row = self._execute(query, (*key, source)).fetchone()
        return None if row is None else row[0]

    def add_rows(self, source: str, rows: Mapping[Key, str]) -> None:
        """Add rows of a source that has none yet; they may be written later (see `flush`)."""
        self._new_rows.add([(kind, name, source, text) for (kind, name), text in rows.items()])

    def insert_rows(self, source: str, rows: Mapping[Key, str]) -> None:
        """Add rows that the collections do not have."""
        values = ((kind, name, source, text) for (kind, name), text in rows.items())
        self._executemany("INSERT INTO row VALUES(?,?,?,?)", values)

    def remove_rows(self, source: str, collections: Iterable[Key]) -> None:
        """Remove the rows of a source from `collections`."""
        query = "DELETE FROM row WHERE kind=? AND name=? AND source=?"
        self._executemany(query, ((kind, name, source) for kind, name in collections))

    def contributed(self, task: int, name: str) -> str | None:
        """Return the keys that a task contributed to, encoded."""
        text: str | None = self.value(CONTRIBUTED + task, name)
        return text

    def set_contributed(self, task: int, name: str, text: str | None) -> None:
        """Keep the keys that a task contributed to."""
        self.put(CONTRIBUTED + task, name, text)

    # --- edges

    def readers(self, kind: int, name: str) -> list[tuple[int, str]]:
        """Return the tasks that recorded a read of a key."""
        if not self._is_recorded(kind):
            return []
        query = "SELECT task, reader FROM edge WHERE kind=? AND name=?"
        return self._execute(query, (kind, name)).fetchall()

    def _is_recorded(self, kind: int) -> bool:
        """Return whether the store has edges of a kind; most kinds have none, and their keys change by the thousand."""
        known = self._recorded_kinds.get(kind)
        if known is None:
            row = self._execute("SELECT 1 FROM edge WHERE kind=? LIMIT 1", (kind,)).fetchone()
            known = self._recorded_kinds[kind] = row is not None
        return known

    def recorded(self, task: int, name: str) -> str | None:
        """Return the keys that a task read, encoded."""
        text: str | None = self.value(RECORDED + task, name)
        return text

    def set_recorded(self, task: int, name: str, text: str | None) -> None:
        """Keep the keys that a task read."""
        self.put(RECORDED + task, name, text)

    def add_edges(self, task: int, reader: str, reads: Iterable[Key]) -> None:
        """Add the edges of a task that has none yet; they may be written later (see `flush`)."""
        self._new_edges.add([(kind, name, task, reader) for kind, name in reads])

    def insert_edges(self, task: int, reader: str, reads: Iterable[Key]) -> None:
        """Add edges that the store does not have."""
        rows = [(kind, name, task, reader) for kind, name in reads]
        self._executemany("INSERT INTO edge VALUES(?,?,?,?)", rows)
        self._recorded_kinds.clear()

    def remove_edges(self, task: int, reader: str, reads: Iterable[Key]) -> None:
        """Remove edges of a task."""
        query = "DELETE FROM edge WHERE kind=? AND name=? AND task=? AND reader=?"
        self._executemany(query, ((kind, name, task, reader) for kind, name in reads))

    def flush(self) -> None:
        """Write the rows and edges that were added."""
        self._new_rows.flush()
        self._new_edges.flush()
        self._recorded_kinds.clear()

    # --- typed values. Each raises sqlite3.DatabaseError where the store is damaged.

    def facts_of(self, path: str) -> Facts:
        """Return the facts of a document."""
        from kwlint.engine.facts_codec import decode_facts

        key = self.value(keys.FACTS, path)
        value = None if key is None else self.facts_value(bytes(key))
        if value is None:
            raise sqlite3.DatabaseError(f"no facts of {path}")
        try:
            return decode_facts(value)
        except (ValueError, TypeError, LookupError) as error:
            raise sqlite3.DatabaseError(f"facts of {path}: {error}") from None

    def link_data(self, path: str) -> LinkData:
        """Return what resolving the links of a document takes."""
        from kwlint.engine import source_summary

        try:
            return source_summary.decode_link_data(self.value(keys.LINKS, path))
        except (ValueError, TypeError, LookupError) as error:
            raise sqlite3.DatabaseError(f"links of {path}: {error}") from None

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        """Return the anchors of a document; None for a file that is no document."""
        from kwlint.model.facts import Anchor

        text = self.value(keys.ANCHORS, path)
        return None if text is None else tuple(Anchor(*row) for row in decoded(text))

    def suppressions(self, path: str) -> tuple[Suppression, ...]:
        """Return the suppressions in a document."""
        from kwlint.model.problem import Suppression

        text = self.value(keys.SUPPRESSIONS, path)
        rows = decoded(text) if text else ()
        return tuple(Suppression(first, last, tuple(codes)) for first, last, codes in rows)

    def postings(self, first: str = "", last: str = LAST) -> Iterator[tuple[str, Posting]]:
        """Return the terms from `first` up to `last` with their postings, by term and document."""
        from kwlint.model.context import Posting

        for term, path, text in self.collections(keys.TERM, first, last):
            yield term, Posting(path, *decoded(text))


class _Inserter:
    """Collects new rows for a table and inserts them sorted, many at a time.

    Inserted one by one in the order of the documents, rows walk the B-tree of a large table at random.
    """

    MANY = 20_000

    def __init__(self, executemany: Any, table: str, columns: int) -> None:
        self._executemany = executemany
        self._query = f"INSERT INTO {table} VALUES({','.join('?' * columns)})"
        self._rows: list[tuple[Any, ...]] = []

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows += rows
        if len(self._rows) > self.MANY:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            self._rows.sort()
            self._executemany(self._query, self._rows)
            self._rows.clear()


def decoded(text: str) -> Any:
    """Decode what `packed` wrote. Raises sqlite3.DatabaseError where it is damaged."""
    try:
        return unpacked(text)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from None


def remove_cache(root: Path) -> int:
    """Delete the cache; return the number of its files. Raises OSError where one cannot be deleted."""
    return cache_folder.remove(cache_folder.cache_folder(str(root)))


def _connect(file: store_file.StoreFile) -> sqlite3.Connection:
    """Return a connection that has locked the file, in a transaction; the file is checked meanwhile."""
    connection = sqlite3.connect(file.path, isolation_level=None, timeout=0)
    try:
        # The lock is held up to the end, so that nobody commits between a commit and its checksum.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("BEGIN IMMEDIATE")
        if file.is_empty():
            _create_tables(connection)
        else:
            file.start_check()
            if not _is_current(connection):
                raise sqlite3.DatabaseError("of another version")
    except UnicodeDecodeError:  # SQLite's message quotes damaged bytes
        connection.close()
        raise sqlite3.DatabaseError("damaged") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection) -> None:
    for statement in filter(str.strip, SCHEMA.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("INSERT INTO meta VALUES('package',?)", (package_digest(),))


def _is_current(connection: sqlite3.Connection) -> bool:
    """Return whether this version of kwlint made the database."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return False
    row = connection.execute("SELECT value FROM meta WHERE name='package'").fetchone()
    return row is not None and row[0] == package_digest()
