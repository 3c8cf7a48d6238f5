"""The task ENTRY: the lines of the A–Z index, and the pages that hold the lines that changed.

On which page a line is follows from the sizes of all lines. The sizes are kept for the pages and for the ranges and
prefixes above them. An edit adds its few bytes to those; the lines are counted again only when a page outgrows the
limit, or when a range or prefix no longer needs more than one page.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine import keys
from kwlint.engine.render import Rendered, removed, rendered
from kwlint.engine.store import LAST, decoded
from kwlint.model.context import Posting
from kwlint.pages import a_z, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.engine.invalidation import Invalidation
    from kwlint.engine.store import Store


class Parts(NamedTuple):
    """The pages that the index is split into: `sizes` in bytes of each page's lines, by bucket (a range or
    beginning of their stems); `above` those of every wider bucket, whose lines one page does not hold."""

    sizes: dict[str, int]
    above: dict[str, int]

    def holding(self, stem: str) -> str:
        """Return the bucket of the page that holds the lines of a stem."""
        return next((node for node in reversed(a_z.nodes(stem)) if node in self.sizes), "")

    def grown(self, growth: Iterable[tuple[str, int]]) -> Parts | None:
        """Return the parts after the lines of stems grew by so many bytes; None where another split may be due."""
        sizes, above = dict(self.sizes), dict(self.above)
        for stem, number in growth:
            bucket = self.holding(stem)
            if bucket not in sizes or (bucket in above and bucket != stem):
                return None
            sizes[bucket] += number
            for node in above.keys() & set(a_z.nodes(stem)):
                above[node] += number
        crowded = any(size > a_z.PAGE_LIMIT and bucket not in self.above for bucket, size in sizes.items())
        if crowded or any(size <= a_z.PAGE_LIMIT for size in above.values()) or min(sizes.values()) <= 0:
            return None
        return Parts(sizes, above)


def update_a_z(invalidation: Invalidation, terms: Sequence[str], config: Config, algorithm: str) -> Iterator[Rendered]:
    """Update the lines of `terms`, and render the pages that hold those that changed."""
    store = invalidation.store
    growth = list(_update_lines(invalidation, config, terms))
    before = _kept_parts(store)
    if not growth:
        return
    after = (before.grown(growth) if before.sizes else None) or _counted_parts(store)
    store.set_meta_json("parts", after)
    buckets = tuple(after.sizes)
    split_again = buckets != tuple(before.sizes)
    dirty = set(buckets) if split_again else {after.holding(stem) for stem, _ in growth}
    for bucket in sorted(dirty & after.sizes.keys()):
        yield _page(store, config, bucket, after, algorithm)
    if split_again:
        yield from _overview(config, buckets, algorithm)
    for bucket in sorted(before.sizes.keys() - after.sizes.keys() - {""}):
        yield removed(_path(config, bucket), "a-z", bucket)


def render_page(store: Store, config: Config, bucket: str, path: str, algorithm: str) -> Iterator[Rendered]:
    """Render one page of the index from the lines as they are kept."""
    parts = _kept_parts(store)
    buckets = tuple(parts.sizes)
    if path == names.a_z_page(config) and "" not in parts.sizes:
        yield from _overview(config, buckets, algorithm)
    elif bucket in parts.sizes:
        yield _page(store, config, bucket, parts, algorithm)


def _page(store: Store, config: Config, bucket: str, parts: Parts, algorithm: str) -> Rendered:
    text = a_z.page(config, bucket, _entries(store, bucket, parts), tuple(parts.sizes))
    return rendered(_path(config, bucket), "a-z", bucket, text, algorithm)


def _overview(config: Config, buckets: Sequence[str], algorithm: str) -> Iterator[Rendered]:
    """Render the page that links to the parts, where there are several; without any line there is no page."""
    path = names.a_z_page(config)
    if not buckets:
        yield removed(path, "a-z", "")
    elif "" not in buckets:
        yield rendered(path, "a-z", "", a_z.overview(config, buckets), algorithm)


def _path(config: Config, bucket: str) -> str:
    return names.a_z_page(config, a_z.page_name(bucket))


def _kept_parts(store: Store) -> Parts:
    return Parts(*store.meta_json("parts", ({}, {})))


def _counted_parts(store: Store) -> Parts:
    sizes: dict[str, int] = {}
    for stem, _, line in store.collections(keys.STEM):
        sizes[stem] = sizes.get(stem, 0) + _size(line)
    buckets = a_z.split(sizes) if sizes else ()
    parts = Parts(dict.fromkeys(buckets, 0), {})
    for stem, size in sizes.items():
        bucket = parts.holding(stem)
        parts.sizes[bucket] += size
        parts.above.update((node, 0) for node in takewhile(bucket.__ne__, a_z.nodes(stem)))
    for stem, size in sizes.items():
        for node in parts.above.keys() & set(a_z.nodes(stem)):
            parts.above[node] += size
    return parts


def _size(line: str | None) -> int:
    """Return the bytes of a line with its line end."""
    return len(line.encode("utf-8", "replace")) + 1 if line else 0


def _update_lines(invalidation: Invalidation, config: Config, terms: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Write the lines of terms from their postings; for each that changed, return its stem and how much it grew."""
    postings: dict[str, list[Posting]] = {}
    for term, path, text in invalidation.store.rows_of(keys.TERM, terms):
        postings.setdefault(term, []).append(Posting(path, *decoded(text)))
    for term in terms:
        line = a_z.line(config, postings.pop(term)) if term in postings else None
        stem = a_z.stem(term)
        previous = invalidation.contribute_row(keys.STEM, stem, term, line)
        if previous != line:
            yield stem, _size(line) - _size(previous)


def _entries(store: Store, bucket: str, parts: Parts) -> Iterator[tuple[str, str]]:
    """Return the terms and lines of a page."""
    shared = bucket in parts.above
    first, last = a_z.span(bucket)
    for stem, term, line in store.collections(keys.STEM, first, last + LAST):
        if not shared or stem == bucket:
            yield term, line
