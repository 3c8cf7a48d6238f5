"""Keywords as the store has them, for `kwlint keywords` and `kwlint find`."""

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
    """What `kwlint find` asks, answered by the store; `kept` tells whether that keeps an A-Z index."""

    def __init__(self, store: Store, *, kept: bool) -> None:
        self._store = store
        self._rows = None if kept else sorted(_all_postings(store))

    def exact(self, key: str) -> list[Posting]:
        """The postings under `key`."""
        if self._rows is not None:
            return [row for other, row in self._rows if other == key]
        return [row for _, row in self._store.postings(key, f"{key}\0")]

    def prefix(self, key: str, limit: int) -> list[tuple[str, Posting]]:
        """The postings of at most `limit` keys that begin with `key`, by key."""
        keys = [other for other in self._keys_from(key) if other.startswith(key)][:limit]
        return [(other, row) for other in keys for row in self.exact(other)]

    def all_keywords(self) -> list[str]:
        """Every key, sorted."""
        if self._rows is not None:
            return self._keys_from("")
        return self._store.collection_names(keys.TERM)

    def line(self, path: str, title: str, anchor: str) -> int:
        """The line of a section of a source, 1 where there is none such."""
        sections = self._store.facts_of(path).outline.sections
        named = [part for part in sections if part.anchor == anchor and part.title == title]
        return next((part.line for part in (*named, *sections) if part.anchor == anchor), 1)

    def _keys_from(self, key: str) -> list[str]:
        if self._rows is not None:
            return sorted({other for other, _ in self._rows if other >= key})
        return self._store.collection_names(keys.TERM, key, key + LAST)


def sources_below(store: Store, scope: Iterable[str]) -> Iterator[tuple[str, Facts]]:
    """Path and facts of each source that is one of `scope` or below one; of all where `scope` is empty."""
    from kwlint.rules.selection import is_below

    wanted = frozenset(scope)
    for path in store.names(keys.DOCUMENT):
        if not wanted or is_below(path, wanted):
            yield path, store.facts_of(path)


def _all_postings(store: Store) -> Iterator[tuple[str, Posting]]:
    for path, facts in sources_below(store, ()):
        yield from postings(path, facts)
