"""The pages that several sources share, as they ought to be: folders' pages and the A-Z index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.expected import Rendered, folder_listing
from kwlint.listing import Listing
from kwlint.pages import a_z, folder_documentation, folder_index, names, subtree_index
from kwlint.rendering import rendered
from kwlint.store import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.expected import Dirt
    from kwlint.model import Folder
    from kwlint.store import Store

AFTER = "\U0010ffff"  # sorts behind every text that can follow a prefix


def render_shared(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the folders that `dirt` names, and the parts of the A-Z index that its keywords reach."""
    if dirt.folders:
        yield from _folder_pages(store, config, dirt, like)
    if "a-z" in config.pages and (dirt.keywords or dirt.buckets):
        yield from _a_z_pages(store, config, dirt, like)


# --- folders ---------------------------------------------------------------------------------------------------------


def _folder_pages(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    sources = Listing(store.column("SELECT path FROM source"))
    below: dict[str, list[str]] = {}
    for folder in sources.folders:
        below.setdefault(folder.rpartition("/")[0], []).append(folder)
    for folder in sorted(dirt.folders):
        listing = folder_listing(store, folder, below.get(folder, ())) if _holds_sources(sources, folder) else None
        for kind, path, text_of in _kinds(store, config, folder):
            if listing is None:
                yield Rendered(path, kind, folder, "", "")
            else:
                yield rendered(path, kind, folder, text_of(listing, config), like)


def _holds_sources(sources: Listing, folder: str) -> bool:
    return sources.is_folder(folder) if folder else bool(sources.paths)


def _kinds(store: Store, config: Config, folder: str) -> Iterator[tuple[str, str, Callable[[Folder, Config], str]]]:
    index = "folder-index" if folder else "start"
    if index in config.pages:
        yield index, names.folder_index_page(config, folder), folder_index.folder_index
    if "folder-documentation" in config.pages:
        path = names.folder_documentation_page(config, folder)
        yield "folder-documentation", path, folder_documentation.folder_documentation
    if "subtree" in config.pages:
        yield "subtree", names.subtree_page(config, folder), lambda listing, _: _subtree(store, config, listing.path)


def _subtree(store: Store, config: Config, folder: str) -> str:
    start = f"{folder}/" if folder else ""
    query = "SELECT keyword, row FROM posting WHERE source>=? AND source<? ORDER BY keyword, source"
    found: dict[str, list[a_z.Posting]] = {}
    for key, row in store.execute(query, (start, start + AFTER)):
        found.setdefault(key, []).append(a_z.Posting(*unpacked(row)))
    return subtree_index.subtree_index(folder, ((key, tuple(rows)) for key, rows in found.items()), config)


# --- the A-Z index ---------------------------------------------------------------------------------------------------


def _a_z_pages(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    before = parts(store)
    moved = [key for key in sorted(dirt.keywords) if _replace_line(store, config, key)]
    after = _split_anew(store) if moved else before
    wanted = {a_z.page_of(key, after) for key in moved} if before == after else set(after)
    paths = {_part_path(config, bucket): bucket for bucket in after}
    wanted.update(paths[path] for path in dirt.buckets if path in paths)
    for bucket in sorted(wanted):
        text = a_z.page(config, bucket, _entries(store, bucket, after), after)
        yield rendered(_part_path(config, bucket), "a-z", bucket, text, like)
    top = names.a_z_page(config)
    if "" not in after and (before != after or top in dirt.buckets):
        yield rendered(top, "a-z", "", a_z.overview(config, after), like)
    for bucket in sorted(set(before) - set(after) - {""}):
        yield Rendered(_part_path(config, bucket), "a-z", bucket, "", "")
    if not after and before:
        yield Rendered(top, "a-z", "", "", "")


def parts(store: Store) -> tuple[str, ...]:
    """The buckets that the A-Z index is split into: those of the last run."""
    return tuple(unpacked((store.meta("parts") or b"[]").decode()))


def _part_path(config: Config, bucket: str) -> str:
    return names.a_z_page(config, a_z.page_name(bucket))


def _replace_line(store: Store, config: Config, key: str) -> bool:
    """Render the line of a keyword from its postings; whether it is another than before."""
    query = "SELECT row FROM posting WHERE keyword=? ORDER BY source"
    postings = [a_z.Posting(*unpacked(row)) for row in store.column(query, key)]
    before = store.value("SELECT line FROM entry WHERE keyword=?", key)
    line = a_z.line(config, postings) if postings else None
    if line == before:
        return False
    if line is None:
        store.execute("DELETE FROM entry WHERE keyword=?", (key,))
    else:
        size = len(line.encode("utf-8", "replace")) + 1
        store.execute("INSERT OR REPLACE INTO entry VALUES(?,?,?,?)", (key, a_z.stem(key), size, line))
    return True


def _split_anew(store: Store) -> tuple[str, ...]:
    sizes = dict(store.execute("SELECT stem, sum(size) FROM entry GROUP BY stem"))
    after = a_z.split(sizes) if sizes else ()
    from kwlint.store import packed

    store.set_meta("parts", packed(after).encode())
    return after


def _entries(store: Store, bucket: str, buckets: Sequence[str]) -> Iterator[tuple[str, str]]:
    query = "SELECT keyword, line, stem FROM entry WHERE stem>=? AND stem<?"
    longer = [other for other in buckets if other.startswith(bucket) and other != bucket]
    for key, line, _ in store.execute(query, (bucket, bucket + AFTER)):
        if not longer or a_z.page_of(key, buckets) == bucket:
            yield key, line
