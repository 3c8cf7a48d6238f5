"""The A-Z index, kept line by line: an edit renders the lines of the keywords that it moved, and their pages.

Which page a line is on follows from the sizes of all lines. The sizes are kept for the pages there are and for the
prefixes above them, so that an edit adds its few bytes to those, and the lines are counted anew only when a page
outgrows the limit or a prefix no longer needs more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.render import rendered
from kwlint.engine.store import LAST, packed, unpacked
from kwlint.engine.tasks import Rendered
from kwlint.pages import a_z, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.engine.store import Store
    from kwlint.engine.tasks import Dirt
    from kwlint.model.context import Posting

LINES = 500  # that are rendered before they are stored: SQLite may take no more than 999 values in a statement


class Parts(NamedTuple):
    """The pages that the index is split into: `sizes` in bytes of each page's lines, by bucket; `above` those of
    every prefix that is longer than nothing needs, because one page would not hold it."""

    sizes: dict[str, int]
    above: dict[str, int]

    def holding(self, stem: str) -> str:
        """The bucket of the page that a stem's lines are on."""
        for end in range(len(stem), 0, -1):
            if stem[:end] in self.sizes:
                return stem[:end]
        return ""

    def with_moves(self, moves: Iterable[tuple[str, int]]) -> Parts | None:
        """After lines of these stems grew by so many bytes; None where another split may be due."""
        sizes, above = dict(self.sizes), dict(self.above)
        for stem, growth in moves:
            bucket = self.holding(stem)
            if bucket not in sizes or (bucket in above and bucket != stem):
                return None
            sizes[bucket] += growth
            for end in range(len(stem) + 1):
                if stem[:end] in above:
                    above[stem[:end]] += growth
        crowded = any(size > a_z.PAGE_LIMIT and bucket not in self.above for bucket, size in sizes.items())
        if crowded or any(size <= a_z.PAGE_LIMIT for size in above.values()) or min(sizes.values()) <= 0:
            return None
        return Parts(sizes, above)


def render_alphabet(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the A-Z index that moved keywords reach, or that `dirt` names."""
    if "a-z" not in config.pages or not (dirt.keywords or dirt.buckets):
        return
    before = _kept_parts(store)
    moved = dict(_replaced_lines(store, config, sorted(dirt.keywords)))
    after = (before.with_moves(moved.values()) if before.sizes else None) or _counted_parts(store)
    store.set_meta("parts", packed(after).encode())
    buckets = tuple(after.sizes)
    wanted = {after.holding(stem) for stem, _ in moved.values()} if buckets == tuple(before.sizes) else set(buckets)
    paths = {_path(config, bucket): bucket for bucket in buckets}
    wanted.update(paths[path] for path in dirt.buckets if path in paths)
    for bucket in sorted(wanted & after.sizes.keys()):
        text = a_z.page(config, bucket, _entries(store, bucket, after), buckets)
        yield rendered(_path(config, bucket), "a-z", bucket, text, like)
    top = names.a_z_page(config)
    if buckets and "" not in buckets and (buckets != tuple(before.sizes) or top in dirt.buckets):
        yield rendered(top, "a-z", "", a_z.overview(config, buckets), like)
    elif not buckets and before.sizes:
        yield Rendered(top, "a-z", "", "", "")
    for bucket in sorted(before.sizes.keys() - after.sizes.keys() - {""}):
        yield Rendered(_path(config, bucket), "a-z", bucket, "", "")


def _path(config: Config, bucket: str) -> str:
    return names.a_z_page(config, a_z.page_name(bucket))


def _kept_parts(store: Store) -> Parts:
    return Parts(*unpacked((store.meta("parts") or b"[{},{}]").decode()))


def _counted_parts(store: Store) -> Parts:
    sizes = dict(store.execute("SELECT stem, sum(size) FROM entry GROUP BY stem"))
    buckets = a_z.split(sizes) if sizes else ()
    above = {bucket[:end]: 0 for bucket in buckets for end in range(len(bucket))}
    parts = Parts(dict.fromkeys(buckets, 0), above)
    for stem, size in sizes.items():
        parts.sizes[parts.holding(stem)] += size
        for end in range(len(stem) + 1):
            if stem[:end] in above:
                above[stem[:end]] += size
    return parts


def _replaced_lines(store: Store, config: Config, keys: Sequence[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Render the lines of keywords from their postings; for each that moved, its stem and how much longer it is."""
    for start in range(0, len(keys), LINES):
        some = keys[start : start + LINES]
        asked = ",".join("?" * len(some))
        postings: dict[str, list[Posting]] = {}
        for key, posting in store.postings(f"keyword IN ({asked})", *some):
            postings.setdefault(key, []).append(posting)
        query = f"SELECT keyword, line, size FROM entry WHERE keyword IN ({asked})"
        before = {key: (line, size) for key, line, size in store.execute(query, some)}
        rows: list[tuple[str, str, int, str]] = []
        for key in some:
            line = a_z.line(config, postings[key]) if key in postings else ""
            old, size = before.get(key, ("", 0))
            if line != old:
                rows.append((key, a_z.stem(key), len(line.encode("utf-8", "replace")) + 1 if line else 0, line))
                yield key, (rows[-1][1], rows[-1][2] - size)
        store.executemany("INSERT OR REPLACE INTO entry VALUES(?,?,?,?)", (row for row in rows if row[3]))
        store.executemany("DELETE FROM entry WHERE keyword=?", ((row[0],) for row in rows if not row[3]))


def _entries(store: Store, bucket: str, parts: Parts) -> Iterator[tuple[str, str]]:
    """The keywords and lines of a page."""
    query = "SELECT keyword, line, stem FROM entry WHERE stem>=? AND stem<?"
    shared = bucket in parts.above
    for key, line, stem in store.execute(query, (bucket, bucket + LAST)):
        if not shared or stem == bucket:
            yield key, line
