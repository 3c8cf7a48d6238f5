"""The keywords in the store, for `kwlint keywords` and `kwlint find`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine import keys
from kwlint.engine.store import LAST
from kwlint.pages.a_z import postings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.engine.store import Store
    from kwlint.model.context import Posting
    from kwlint.model.facts import Facts


class StoredKeywords:
    """An inverted index for `kwlint find`: the store's, or one made from all facts if the store has no A–Z index."""

    def __init__(self, store: Store, *, has_index: bool) -> None:
        self._store = store
        self._rows = None if has_index else sorted(_all_postings(store))

    def exact(self, key: str) -> list[Posting]:
        """Return the postings of `key`."""
        if self._rows is not None:
            return [row for other, row in self._rows if other == key]
        return [row for _, row in self._store.postings(key, f"{key}\0")]

    def prefix(self, key: str, limit: int) -> list[tuple[str, Posting]]:
        """Return the postings of at most `limit` keys that begin with `key`, sorted by key."""
        keys = [other for other in self._keys_from(key) if other.startswith(key)][:limit]
        return [(other, row) for other in keys for row in self.exact(other)]

    def all_keywords(self) -> list[str]:
        """Return all keys, sorted."""
        if self._rows is not None:
            return self._keys_from("")
        return self._store.collection_names(keys.TERM)

    def line(self, path: str, title: str, anchor: str) -> int:
        """Return the line of a section of a source, 1 if there is no such section."""
        sections = self._store.facts_of(path).outline.sections
        exact = [section for section in sections if section.anchor == anchor and section.title == title]
        return next((section.line for section in (*exact, *sections) if section.anchor == anchor), 1)

    def _keys_from(self, key: str) -> list[str]:
        if self._rows is not None:
            return sorted({other for other, _ in self._rows if other >= key})
        return self._store.collection_names(keys.TERM, key, key + LAST)


def sources_below(store: Store, scope: Iterable[str]) -> Iterator[tuple[str, Facts]]:
    """Yield path and facts of the sources at or below the paths of `scope`; of all sources if `scope` is empty."""
    from kwlint.rules.selection import is_below

    paths = frozenset(scope)
    for path in store.names(keys.DOCUMENT):
        if not paths or is_below(path, paths):
            yield path, store.facts_of(path)


def _all_postings(store: Store) -> Iterator[tuple[str, Posting]]:
    for path, facts in sources_below(store, ()):
        yield from postings(path, facts)
