"""The search database: the sections of all documents in one SQLite file beside the store, and all SQL of the search.

As the store, it is trusted for nothing but speed: a file that is damaged, locked, read-only or of another version is
replaced, or the search works in memory with the same result.

`section_text` and `link_text` are FTS5 indexes of `section` and `link` (https://sqlite.org/fts5.html). Where SQLite was
built without FTS5 they are missing, and every search reads the tables instead.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.engine.package_digest import package_digest
from kwlint.search.rows import FoundLink, FoundSection, SectionRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.search.rows import DocumentRows

FILE = "search.sqlite"
COLUMNS = "number,level,line,heading,key,bare,title,entries,path,body,parts"  # of SectionRow
SEARCHED = "heading,title,entries,path,body,parts"
WEIGHTS = "6,3,3,2,1,0.5"  # of SEARCHED in the relevance of a section
SCHEMA = f"""
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE document(id INTEGER PRIMARY KEY, path TEXT UNIQUE, state TEXT, title_bare TEXT, kind TEXT, language TEXT);
CREATE TABLE section(id INTEGER PRIMARY KEY, document INT, {COLUMNS});
CREATE TABLE anchor(document INT, name TEXT, number INT, PRIMARY KEY(document, name)) WITHOUT ROWID;
CREATE TABLE link(id INTEGER PRIMARY KEY, document INT, target TEXT, fragment TEXT, text TEXT, key TEXT);
CREATE INDEX section_of ON section(document, number);
CREATE INDEX section_bare ON section(bare);
CREATE INDEX document_bare ON document(title_bare);
CREATE INDEX link_of ON link(document);
CREATE INDEX link_to ON link(target, document);
"""
TOKENIZER = "porter unicode61 remove_diacritics 2"
FULL_TEXT = f"""
CREATE VIRTUAL TABLE section_text USING fts5({SEARCHED}, content='section', content_rowid='id', tokenize='{TOKENIZER}');
CREATE VIRTUAL TABLE link_text USING fts5(text, content='link', content_rowid='id', tokenize='{TOKENIZER}');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(section_text, 'row');
"""
VERSION = 1  # raised when a table changes
WAIT = 2.0  # seconds for which another kwlint may keep the file locked
AT_ONCE = 500  # values in a query: SQLite may take no more than 999


class SearchDatabase:
    """One connection. `full_text` tells whether there are FTS5 indexes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute
        self.full_text = bool(self._execute("SELECT 1 FROM sqlite_master WHERE name='section_text'").fetchone())

    @classmethod
    def open(cls, folder: str | None) -> SearchDatabase:
        """Open the database in the folder of the cache, or one in memory where there is none or it cannot be used."""
        if folder is not None and Path(folder).is_dir() and not Path(folder, FILE).is_symlink():
            with suppress(OSError, sqlite3.Error):
                return cls(_from_file(Path(folder, FILE)))
        return cls.in_memory()

    @classmethod
    def in_memory(cls) -> SearchDatabase:
        """Return an empty database in memory."""
        return cls(_connect(":memory:"))

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    # --- bringing it up to date

    def meta(self, name: str) -> str:
        """Return the value of `name`, or an empty string."""
        row = self._execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def states(self) -> dict[str, str]:
        """Return the states of the documents by their paths."""
        return dict(self._execute("SELECT path, state FROM document"))

    def update(self, gone: Iterable[str], documents: Iterable[DocumentRows], mark: str) -> None:
        """Remove the documents `gone`, add `documents`, and set the meta value `mark`, in one transaction.

        Raises sqlite3.Error where the file cannot be written; it is then as before.
        """
        self._execute("BEGIN IMMEDIATE")
        try:
            for path in gone:
                self._remove(path)
            for rows in documents:
                self._add(rows)
            self._execute("INSERT OR REPLACE INTO meta VALUES('mark',?)", (mark,))
            self._execute("COMMIT")
        except BaseException:
            self._execute("ROLLBACK")
            raise

    def _remove(self, path: str) -> None:
        row = self._execute("SELECT id FROM document WHERE path=?", (path,)).fetchone()
        if row is None:
            return
        if self.full_text:
            for index, table, columns in (("section_text", "section", SEARCHED), ("link_text", "link", "text")):
                query = f"INSERT INTO {index}({index}, rowid, {columns}) SELECT 'delete', id, {columns} FROM {table}"
                self._execute(f"{query} WHERE document=?", row)
        for table in ("section", "anchor", "link"):
            self._execute(f"DELETE FROM {table} WHERE document=?", row)
        self._execute("DELETE FROM document WHERE id=?", row)

    def _add(self, rows: DocumentRows) -> None:
        from kwlint.search.words import bare

        document = self._execute(
            "INSERT INTO document(path, state, title_bare, kind, language) VALUES(?,?,?,?,?)",
            (rows.path, rows.state, bare(rows.title), rows.kind, rows.language),
        ).lastrowid
        many = self._connection.executemany
        marks = ",".join("?" * len(SectionRow._fields))
        many(
            f"INSERT INTO section(document, {COLUMNS}) VALUES(?,{marks})",
            ((document, *section) for section in rows.sections),
        )
        many("INSERT OR IGNORE INTO anchor VALUES(?,?,?)", ((document, *anchor) for anchor in rows.anchors))
        many("INSERT INTO link(document, target, fragment, text, key) VALUES(?,?,?,?,?)",
             ((document, *link) for link in rows.links))  # fmt: skip
        if self.full_text:
            for index, table, columns in (("section_text", "section", SEARCHED), ("link_text", "link", "text")):
                query = f"INSERT INTO {index}(rowid, {columns}) SELECT id, {columns} FROM {table} WHERE document=?"
                self._execute(query, (document,))

    # --- searching

    def count(self) -> int:
        """Return the number of sections."""
        return int(self._execute("SELECT count(*) FROM section").fetchone()[0])

    def languages(self) -> list[str]:
        """Return the languages of the documents, sorted."""
        return [name for (name,) in self._execute("SELECT DISTINCT language FROM document ORDER BY language")]

    def frequency(self, expression: str) -> int:
        """Return the number of sections that match an FTS5 expression."""
        query = "SELECT count(*) FROM section_text WHERE section_text MATCH ?"
        return int(self._execute(query, (expression,)).fetchone()[0])

    def stemmed(self, word: str) -> str:
        """Return the term under which the full-text index has a word."""
        tables = f"""
            CREATE VIRTUAL TABLE IF NOT EXISTS temp.one USING fts5(word, tokenize='{TOKENIZER}');
            CREATE VIRTUAL TABLE IF NOT EXISTS temp.one_term USING fts5vocab(temp, one, row);
            DELETE FROM temp.one;
        """
        for statement in filter(str.strip, tables.split(";")):
            self._execute(statement)
        self._execute("INSERT INTO temp.one VALUES(?)", (word,))
        row = self._execute("SELECT term FROM temp.one_term").fetchone()
        return str(row[0]) if row else word

    def vocabulary(self, shortest: int, longest: int) -> Iterator[str]:
        """Return the indexed terms whose length is in a range; the most frequent first."""
        query = "SELECT term FROM vocabulary WHERE length(term) BETWEEN ? AND ? ORDER BY doc DESC, term"
        return (term for (term,) in self._execute(query, (shortest, longest)))

    def matches(self, expression: str, below: Sequence[str], limit: int) -> dict[int, float]:
        """Return the ids of the sections that match an FTS5 expression, the best first, with their relevance."""
        condition, values = _below(below)
        table = "section_text JOIN section ON section.id=section_text.rowid" if condition else "section_text"
        query = (
            f"SELECT section_text.rowid, -bm25(section_text, {WEIGHTS}) AS relevance FROM {table}"
            f"{condition} {'AND' if condition else 'WHERE'} section_text MATCH ?"
            " ORDER BY relevance DESC, section_text.rowid LIMIT ?"
        )
        return dict(self._execute(query, (*values, expression, limit)))

    def scan(self, stems: Sequence[str], below: Sequence[str], limit: int) -> dict[int, float]:
        """Return what `matches` returns, without FTS5: the sections that hold one of `stems`, the most first."""
        condition, values = _below(below)
        terms = [f"{weight}*({column} LIKE ? ESCAPE '\\')" for _ in stems
                 for column, weight in zip(SEARCHED.split(","), WEIGHTS.split(","), strict=True)]  # fmt: skip
        patterns = [f"%{_escaped(stem)}%" for stem in stems for _ in SEARCHED.split(",")]
        query = (
            f"SELECT section.id, {'+'.join(terms) or '0'} AS relevance FROM section{condition} "
            f"{'AND' if condition else 'WHERE'} relevance>0 ORDER BY relevance DESC, section.id LIMIT ?"
        )
        return dict(self._execute(query, (*patterns, *values, limit)))

    def named(self, bare: str, below: Sequence[str], limit: int) -> list[int]:
        """Return the ids of the sections whose heading is `bare`, and the tops of documents with this title."""
        condition, values = _below(below)
        only = f"AND section.id IN (SELECT section.id FROM section{condition})" if condition else ""
        query = (
            f"SELECT id FROM section WHERE bare=? {only} UNION "
            "SELECT section.id FROM document JOIN section ON section.document=document.id AND number<2 "
            f"WHERE title_bare=? {only} ORDER BY 1 LIMIT ?"
        )
        return [found for (found,) in self._execute(query, (bare, *values, bare, *values, limit))]

    def links(self, expression: str, limit: int) -> list[FoundLink]:
        """Return the links whose text matches an FTS5 expression, the best first."""
        query = (
            "SELECT target, fragment, text, key, count(DISTINCT document), min(rank) AS best FROM"
            " (SELECT link.*, link_text.rank AS rank FROM link_text JOIN link ON link.id=link_text.rowid"
            "  WHERE link_text MATCH ? ORDER BY link_text.rank LIMIT ?)"
            " GROUP BY target, fragment, key ORDER BY best"
        )
        return self._places(self._execute(query, (expression, limit)).fetchall())

    def links_with(self, stems: Sequence[str], limit: int) -> list[FoundLink]:
        """Return what `links` returns, without FTS5: the links whose text holds all of `stems`."""
        patterns = [f"%{_escaped(stem)}%" for stem in stems]
        query = (
            "SELECT target, fragment, text, key, count(DISTINCT document), length(text) AS best FROM link WHERE "
            + " AND ".join(["text LIKE ? ESCAPE '\\'"] * len(patterns))
            + " GROUP BY target, fragment, key ORDER BY best LIMIT ?"
        )
        return self._places(self._execute(query, (*patterns, limit)).fetchall())

    def _places(self, rows: Iterable[tuple[str, str, str, str, int, float]]) -> list[FoundLink]:
        found = []
        query = (
            "SELECT document.id, anchor.number FROM document LEFT JOIN anchor"
            " ON anchor.document=document.id AND anchor.name=? WHERE document.path=?"
        )
        for target, fragment, text, key, count, _ in rows:
            place = self._execute(query, (fragment, target)).fetchone()
            if place is not None:
                found.append(FoundLink(place[0], place[1] or 0, text, key, count))
        return found

    def section_at(self, document: int, number: int) -> int | None:
        """Return the id of a section by its document and number."""
        row = self._execute("SELECT id FROM section WHERE document=? AND number=?", (document, number)).fetchone()
        return None if row is None else int(row[0])

    def sections(self, relevance: dict[int, float]) -> Iterator[FoundSection]:
        """Return the sections with the given ids."""
        ids = list(relevance)
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            query = (
                f"SELECT section.id, document.id, document.path, kind, {_columns()},"
                " (SELECT count(DISTINCT link.document) FROM link WHERE link.target=document.path) FROM section"
                f" JOIN document ON document.id=section.document WHERE section.id IN ({','.join('?' * len(some))})"
            )
            for one, document, path, kind, *row, inbound in self._execute(query, some):
                yield FoundSection(one, document, path, kind, SectionRow(*row), relevance[one], inbound)


def _columns() -> str:
    return ",".join(f"section.{column}" for column in COLUMNS.split(","))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _below(paths: Sequence[str]) -> tuple[str, list[str]]:
    """Return the end of a query that is limited to the documents at or below `paths`, with its values."""
    if not paths or "" in paths:
        return "", []
    conditions = " OR ".join("path=? OR substr(path, 1, ?)=?" for _ in paths)
    values: list[str] = []
    for path in paths:
        values += (path, len(path) + 1, f"{path}/")  # type: ignore[arg-type]
    return f" WHERE section.document IN (SELECT id FROM document WHERE {conditions})", values


def _from_file(path: Path) -> sqlite3.Connection:
    """Open a file; one that is damaged or of another version is replaced. Raises sqlite3.Error and OSError."""
    try:
        return _connect(str(path))
    except sqlite3.OperationalError:  # locked, or cannot be opened
        raise
    except sqlite3.DatabaseError:
        for suffix in ("-journal", ""):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        return _connect(str(path))


def _connect(file: str) -> sqlite3.Connection:
    """Open a database, which is made where there is none. Raises sqlite3.Error where it cannot be used."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=WAIT)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            modules = connection.execute("SELECT count(*) FROM pragma_module_list WHERE name LIKE 'fts5%'").fetchone()
            full_text = FULL_TEXT if modules[0] else ""
            connection.executescript(f"BEGIN IMMEDIATE;{SCHEMA}{full_text}PRAGMA user_version={VERSION};COMMIT")
            connection.execute("INSERT INTO meta VALUES('package',?)", (package_digest(),))
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            raise sqlite3.DatabaseError("of another program")
        row = connection.execute("SELECT value FROM meta WHERE name='package'").fetchone()
        if row is None or row[0] != package_digest():
            raise sqlite3.DatabaseError("of another version")
    except BaseException:
        connection.close()
        raise
    return connection
