"""What kwlint knows from earlier runs: facts by content, and the last analysed tree, in one SQLite file.

The file lives in `.kwlint_cache/`, which ignores itself. Nothing in it is trusted for more than speed: whatever is
wrong with it (truncated, foreign, of another version, read-only, locked by a kwlint that runs at the same time), the
run goes on in memory and says the same. Nothing that is read from it is ever executed.

The tables are of two kinds. `facts` is content-addressed and never goes stale. The others are the *state*: the
derived values of one tree, each in the row in which a later run looks it up, so that a run that finds one document
changed touches the rows of that document, of what it links to and of what links to it, and no others.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kwlint.engine.json_rows import packed as packed
from kwlint.engine.json_rows import unpacked as _unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.engine.source_summary import Linkage
    from kwlint.model.facts import Facts
    from kwlint.model.problem import Suppression
    from kwlint.pages.a_z import Posting

CACHE_FOLDER = ".kwlint_cache"
# Raised whenever a table or the meaning of a value in one changes; a file with another number is made anew.
SCHEMA_VERSION = 8
SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE facts(key BLOB PRIMARY KEY, value BLOB);
CREATE TABLE source(path TEXT PRIMARY KEY, folder TEXT, key BLOB, title TEXT, brief TEXT,
                    suppressions TEXT) WITHOUT ROWID;
CREATE INDEX source_folder ON source(folder, path);
CREATE TABLE links(source TEXT PRIMARY KEY, anchors TEXT, linkage TEXT) WITHOUT ROWID;
CREATE TABLE judged(source TEXT PRIMARY KEY, asked TEXT) WITHOUT ROWID;
CREATE TABLE undecided(source TEXT PRIMARY KEY, number INT) WITHOUT ROWID;
CREATE TABLE cross(source TEXT, ordinal INT, target TEXT, row TEXT, PRIMARY KEY(source, ordinal)) WITHOUT ROWID;
CREATE INDEX cross_target ON cross(target, source, ordinal);
CREATE TABLE dependence(path TEXT, source TEXT, PRIMARY KEY(path, source)) WITHOUT ROWID;
CREATE TABLE posting(keyword TEXT, source TEXT, row TEXT, PRIMARY KEY(keyword, source)) WITHOUT ROWID;
CREATE TABLE filed(source TEXT PRIMARY KEY, keywords TEXT) WITHOUT ROWID;
CREATE TABLE entry(keyword TEXT PRIMARY KEY, stem TEXT, size INT, line TEXT) WITHOUT ROWID;
CREATE INDEX entry_stem ON entry(stem, size);
CREATE TABLE page(path TEXT PRIMARY KEY, kind TEXT, source TEXT, id TEXT) WITHOUT ROWID;
CREATE INDEX page_source ON page(source);
CREATE TABLE finding(source TEXT, row TEXT, reaches TEXT);
CREATE INDEX finding_source ON finding(source);
CREATE TABLE untold(path TEXT PRIMARY KEY, there INT) WITHOUT ROWID;
CREATE TABLE page_finding(path TEXT PRIMARY KEY, code TEXT, row TEXT) WITHOUT ROWID;
"""
LAST = "\U0010ffff"  # sorts behind every text that can follow a prefix
STATE_TABLES = (
    "source", "links", "judged", "undecided", "cross", "dependence", "posting", "filed", "entry", "page", "finding",
    "page_finding", "untold",
)  # fmt: skip


class Store:
    """One connection, one transaction from `open` to `keep` or `close`."""

    def __init__(self, connection: sqlite3.Connection, *, kept: bool) -> None:
        self.connection = connection
        self.kept = kept
        self.execute = connection.execute
        self.executemany = connection.executemany

    @classmethod
    def open(cls, root: Path, *, use_cache: bool = True, aside: bool = False) -> Store:
        """The store of the repository at `root`, or one in memory where there can be none; `aside`: a copy in memory,
        of which nothing is kept."""
        if use_cache:
            with suppress(OSError, sqlite3.Error):
                if aside:
                    return cls._copy_of(_cache_file(root))
                return cls._from_file(_cache_file(root))
        return cls.in_memory()

    @classmethod
    def in_memory(cls) -> Store:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        return cls(connection, kept=False)

    @classmethod
    def _from_file(cls, path: Path) -> Store:
        for attempt in (1, 2):
            try:
                connection = _connect(path)
            except sqlite3.OperationalError as error:
                if "locked" in str(error) and attempt == 1:
                    return cls._copy_of(path)
                raise
            except sqlite3.DatabaseError:
                if attempt == 2:
                    raise
                _remove(path)
            else:
                return cls(connection, kept=True)
        raise sqlite3.DatabaseError(str(path))

    @classmethod
    def _copy_of(cls, path: Path) -> Store:
        """What another run has kept so far, in memory: two runs at once do not wait for each other."""
        copy = sqlite3.connect(":memory:", isolation_level=None)
        with suppress(sqlite3.Error):
            source = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)
            source.backup(copy)
            source.close()
            if copy.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
                copy.execute("BEGIN")
                return cls(copy, kept=False)
        return cls.in_memory()

    def keep(self) -> None:
        """Make what this run found available to the next one."""
        if self.kept:
            with suppress(sqlite3.Error):
                self.connection.execute("COMMIT")
                self.connection.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        with suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self.connection.close()

    # --- single values

    def meta(self, name: str) -> bytes | None:
        row = self.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def set_meta(self, name: str, value: bytes) -> None:
        self.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (name, value))

    def forget_state(self) -> None:
        """Empty all but the facts, which stay true for ever."""
        for table in STATE_TABLES:
            self.execute(f"DELETE FROM {table}")
        self.execute("DELETE FROM meta")

    # --- facts

    def facts_value(self, key: bytes) -> bytes | None:
        row = self.execute("SELECT value FROM facts WHERE key=?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def facts(self, key: bytes) -> Facts | None:
        """The facts kept under `key`; None where there are none or they cannot be read."""
        from kwlint.engine.facts_codec import revived

        value = self.facts_value(key)
        if value is None:
            return None
        with suppress(ValueError, TypeError, LookupError):
            return revived(value)
        return None

    def linkage(self, path: str) -> Linkage:
        """What judging the links of a source of the present state takes. Raises sqlite3.DatabaseError."""
        from kwlint.engine import source_summary

        text = self.value("SELECT linkage FROM links WHERE source=?", path)
        try:
            return source_summary.linkage(text)
        except (ValueError, TypeError, LookupError) as error:
            raise sqlite3.DatabaseError(f"{path}: {error}") from None

    def suppressions(self, path: str) -> tuple[Suppression, ...]:
        """Return the suppressions in a source; empty for other paths. Raises sqlite3.DatabaseError."""
        from kwlint.model.problem import Suppression

        text = self.value("SELECT suppressions FROM source WHERE path=? AND suppressions<>'[]'", path)
        rows = () if text is None else unpacked(text)
        return tuple(Suppression(first, last, tuple(codes)) for first, last, codes in rows)

    def postings(self, where: str, *values: Any) -> Iterator[tuple[str, Posting]]:
        """The A-Z keys and postings of the rows `where`, by key and source. Raises sqlite3.DatabaseError."""
        from kwlint.engine import source_summary

        query = f"SELECT keyword, source, row FROM posting WHERE {where} ORDER BY keyword, source"
        try:
            yield from source_summary.postings(self.execute(query, values))
        except (ValueError, TypeError) as error:
            raise sqlite3.DatabaseError(str(error)) from None

    def add_facts(self, key: bytes, value: bytes) -> None:
        """Keep encoded facts."""
        self.execute("INSERT OR REPLACE INTO facts VALUES(?,?)", (key, value))

    def facts_of(self, path: str) -> Facts:
        """The facts of a source of the present state. Raises sqlite3.DatabaseError where the store has lost them."""
        row = self.execute("SELECT key FROM source WHERE path=?", (path,)).fetchone()
        facts = self.facts(bytes(row[0])) if row else None
        if facts is None:
            raise sqlite3.DatabaseError(f"no facts of {path}")
        return facts

    def drop_unused_facts(self, limit: int = 4) -> None:
        """Forget facts of contents long gone once they outnumber the sources `limit` times."""
        sources, facts = (self.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("source", "facts"))
        if facts > 1000 + limit * sources:
            self.execute("DELETE FROM facts WHERE key NOT IN (SELECT key FROM source)")

    # --- rows

    def column(self, query: str, *values: Any) -> Iterator[Any]:
        """The first column of each row."""
        return (row[0] for row in self.execute(query, values))

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row, None where there is none."""
        row = self.execute(query, values).fetchone()
        return None if row is None else row[0]


class Inserter:
    """New rows for a table, put in sorted and many at a time: row by row, a large table's tree is walked at random."""

    MANY = 20_000

    def __init__(self, store: Store, table: str, columns: int) -> None:
        self._store = store
        self._query = f"INSERT INTO {table} VALUES({','.join('?' * columns)})"
        self._rows: list[tuple[Any, ...]] = []

    def __enter__(self) -> Inserter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows that the table does not hold: they are in it when the inserter is left."""
        self._rows += rows
        if len(self._rows) > self.MANY:
            self._flush()

    def _flush(self) -> None:
        self._rows.sort()
        self._store.executemany(self._query, self._rows)
        self._rows.clear()


def unpacked(text: str) -> Any:
    """What `packed` wrote. Raises sqlite3.DatabaseError where the text is no such thing."""
    try:
        return _unpacked(text)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from None


def remove_cache(root: Path) -> bool:
    """Delete the cache; whether there was one. Raises OSError where it cannot be deleted."""
    folder = root / CACHE_FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return False
    for file in sorted(folder.iterdir()):
        file.unlink()
    folder.rmdir()
    return True


def _cache_file(root: Path) -> Path:
    folder = root / CACHE_FOLDER
    if not folder.is_dir():
        folder.mkdir()
        (folder / ".gitignore").write_text("# made by kwlint; can be deleted at any time\n*\n", encoding="utf-8")
    return folder / "store.sqlite"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-65536")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.executescript(f"BEGIN IMMEDIATE;{SCHEMA};PRAGMA user_version={SCHEMA_VERSION};COMMIT")
        elif version != SCHEMA_VERSION:
            raise sqlite3.DatabaseError("of another version")
        connection.execute("BEGIN IMMEDIATE")
    except BaseException:
        connection.close()
        raise
    return connection


def _remove(path: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").unlink()
