"""What every page ought to hold, brought up to date: which pages a change reaches, and their new content.

The store keeps, for each page, the blob id of the text that it ought to hold. A change of a source reaches its own
two pages, the pages of its folder when its title or description moved, those of the folders it newly links to or no
longer does, and the A-Z lines of keywords that came, went or moved. This module finds those, and no others,
and renders them. Whether a page on disk is right is asked elsewhere.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from kwlint.engine import link_graph
from kwlint.engine.a_z_pages import render_alphabet
from kwlint.engine.folder_pages import render_folders
from kwlint.engine.render import render_sources
from kwlint.engine.store import packed, unpacked
from kwlint.engine.tasks import Dirt, Rendered, Task
from kwlint.pages.registry import OWN_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.config import Config
    from kwlint.engine.shard import Shard
    from kwlint.engine.source_summary import Digest
    from kwlint.engine.store import Inserter, Store
    from kwlint.engine.workers import Workers


# Sources whose facts are handed out at once to be rendered; those of three such chunks are held in memory.
CHUNK = 500


def folder_of(path: str) -> str:
    """The folder that holds `path`; the root is ""."""
    return path.rpartition("/")[0]


def parents(folder: str) -> Iterator[str]:
    """The folders above, nearest first, down to the root ""."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


# --- a source came, changed or went ---------------------------------------------------------------------------------


def absorb(store: Store, path: str, key: bytes, new: Digest, dirt: Dirt, filing: Inserter) -> bool:
    """Put what others need of a source into the store; whether its anchors moved. `filing` takes the postings of one
    that had none."""
    before = store.execute("SELECT title, brief FROM source WHERE path=?", (path,)).fetchone()
    anchors = store.value("SELECT anchors FROM links WHERE source=?", path)
    store.execute(
        "INSERT OR REPLACE INTO source VALUES(?,?,?,?,?,?)",
        (path, folder_of(path), key, new.title, new.brief, new.suppressions),
    )
    store.execute("INSERT OR REPLACE INTO links VALUES(?,?,?)", (path, new.anchors, new.linkage))
    dirt.own_pages.add(path)
    if before is None:
        _came_or_went(path, dirt)
    elif before[1] != new.brief:
        dirt.folders.add(folder_of(path))
        dirt.folders.update(list(parents(folder_of(path)))[:1])  # says in short what this one holds
    _replace_postings(store, path, new, dirt, filing)
    return bool(anchors != new.anchors)


def drop(store: Store, path: str, dirt: Dirt) -> None:
    """A source is gone: its rows go too."""
    store.execute("DELETE FROM source WHERE path=?", (path,))
    for target in store.column("SELECT DISTINCT target FROM cross WHERE source=?", path):
        dirt.folders.add(folder_of(target))
    link_graph.forget(store, path)
    keywords = unpacked(store.value("SELECT keywords FROM filed WHERE source=?", path) or "[]")
    dirt.keywords.update(keywords)
    store.executemany("DELETE FROM posting WHERE keyword=? AND source=?", ((key, path) for key in keywords))
    for table in ("links", "filed"):
        store.execute(f"DELETE FROM {table} WHERE source=?", (path,))
    dirt.removed.add(path)
    _came_or_went(path, dirt)


def judged(path: str, outcome: link_graph.Judged, dirt: Dirt) -> None:
    """Note what the links of a source, judged anew, moved around it."""
    if outcome.paired:
        dirt.folders.add(folder_of(path))
        dirt.folders.update(map(folder_of, outcome.paired))


def _came_or_went(path: str, dirt: Dirt) -> None:
    folder = folder_of(path)
    dirt.folders.add(folder)
    dirt.folders.update(parents(folder))


def _replace_postings(store: Store, path: str, new: Digest, dirt: Dirt, filing: Inserter) -> None:
    after = dict(new.postings)
    filed = store.value("SELECT keywords FROM filed WHERE source=?", path)
    if filed is None:
        filing.add([(key, path, row) for key, row in new.postings])
        moved = set(after)
    else:
        query = "SELECT row FROM posting WHERE keyword=? AND source=?"
        before = {key: store.value(query, key, path) for key in unpacked(filed)}
        moved = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        gone = [(key, path) for key in moved & before.keys()]
        store.executemany("DELETE FROM posting WHERE keyword=? AND source=?", gone)
        come = ((key, path, after[key]) for key in moved & after.keys())
        store.executemany("INSERT INTO posting VALUES(?,?,?)", come)
    store.execute("INSERT OR REPLACE INTO filed VALUES(?,?)", (path, packed(tuple(after))))
    dirt.keywords.update(moved)


# --- rendering -------------------------------------------------------------------------------------------------------


def forget_pages(store: Store, sources: Iterable[str]) -> list[str]:
    """Sources are gone: no page of theirs is expected; returns the pages' paths."""
    paths = [path for source in sources for path in store.column("SELECT path FROM page WHERE source=?", source)]
    store.executemany("DELETE FROM page WHERE path=?", ((path,) for path in paths))
    return paths


def mark(dirt: Dirt, kind: str, source: str, page: str) -> None:
    """Ask for the page at `page` to be rendered."""
    if any(kind == page.name for page in OWN_PAGES):
        dirt.own_pages.add(source)
    elif kind == "a-z":
        dirt.buckets.add(page)
    else:
        dirt.folders.add(source)


def leave_to_others(dirt: Dirt, shard: Shard, config: Config) -> None:
    """Keep, of the pages to be rendered, those that are the part's own."""
    dirt.own_pages.difference_update([path for path in dirt.own_pages if shard.depth(path, config)])
    if not shard.makes_shared_pages:
        for shared in (dirt.folders, dirt.keywords, dirt.buckets):
            shared.clear()


def render(store: Store, config: Config, dirt: Dirt, workers: Workers, *, texts: bool) -> Iterator[Rendered]:
    """The pages that `dirt` names, as they ought to be, with their `texts` or without; their rows in the store are
    replaced on the way.

    A page that is not expected any more is in the answer with an empty id.
    """
    for page in _pages(store, config, dirt, workers, texts=texts):
        _remember(store, page)
        yield page


def _pages(store: Store, config: Config, dirt: Dirt, workers: Workers, *, texts: bool) -> Iterator[Rendered]:
    def begun(paths: list[str]) -> Iterator[list[Rendered]]:
        tasks = list(_tasks(store, paths, texts=texts))
        return workers.run(render_sources, tasks, lambda task: len(task.facts))

    wanted = sorted(dirt.own_pages)
    chunks = (begun(wanted[start : start + CHUNK]) for start in range(0, len(wanted), CHUNK))
    ahead = list(islice(chunks, 2))
    # Other processes are at work on those now; what comes from all documents together is made here meanwhile.
    like = workers.setup[3]
    yield from render_folders(store, config, dirt, like)
    yield from render_alphabet(store, config, dirt, like)
    while ahead:
        ahead += islice(chunks, 1)  # so that they have work while the answers of the first are taken in
        yield from chain.from_iterable(ahead.pop(0))


def _tasks(store: Store, paths: Iterable[str], *, texts: bool) -> Iterator[Task]:
    for path in paths:
        key = store.value("SELECT key FROM source WHERE path=?", path)
        value = None if key is None else store.facts_value(bytes(key))
        if value is None:
            continue
        yield Task(path, value, texts)


def _remember(store: Store, page: Rendered) -> None:
    if page.id:
        store.execute("INSERT OR REPLACE INTO page VALUES(?,?,?,?)", page[:4])
    else:
        store.execute("DELETE FROM page WHERE path=?", (page.path,))
