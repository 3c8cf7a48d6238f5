"""The documents in the store, for `kwlint keywords`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.engine.store import Store
    from kwlint.model.facts import Facts


def sources_below(store: Store, scope: Iterable[str]) -> Iterator[tuple[str, Facts]]:
    """Yield path and facts of the sources at or below the paths of `scope`; of all sources if `scope` is empty."""
    from kwlint.rules.selection import is_below

    paths = frozenset(scope)
    for path in store.names(keys.DOCUMENT):
        if not paths or is_below(path, paths):
            yield path, store.facts_of(path)
