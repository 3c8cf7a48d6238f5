"""The task OWN_PAGES: the own pages of each document, rendered in parallel from its facts."""

from __future__ import annotations

import sqlite3
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.engine import keys
from kwlint.engine.facts_codec import decode_facts
from kwlint.pages.registry import OWN_PAGES
from kwlint.repo.files import blob_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.config import Config
    from kwlint.engine.store import Store
    from kwlint.engine.workers import Workers
    from kwlint.repo.contents import Contents

CHUNK = 500  # documents whose facts are handed out at once; those of three chunks are in memory


class Rendered(NamedTuple):
    """A page as expected. `id` is the blob id of its text, empty where no page is expected; `text` is empty where it
    was not asked for."""

    path: str
    kind: str
    source: str
    id: str
    text: str


class RenderTask(NamedTuple):
    """A document to render, with its encoded facts. `texts`: whether the texts are wanted besides their ids."""

    path: str
    facts: bytes
    texts: bool


def rendered(path: str, kind: str, source: str, text: str, algorithm: str) -> Rendered:
    """Return a page with the blob id of its text by git's hash `algorithm`; an empty text means that there is none."""
    if not text:
        return removed(path, kind, source)
    return Rendered(path, kind, source, blob_id(text.encode("utf-8", "surrogatepass"), algorithm), text)


def removed(path: str, kind: str, source: str) -> Rendered:
    """Return that no page is expected at `path`."""
    return Rendered(path, kind, source, "", "")


# --- in the parent process


def own_pages(
    store: Store, paths: Sequence[str], config: Config, workers: Workers, *, texts: bool
) -> Iterator[Iterator[Rendered]]:
    """Render the own pages of documents; the first chunks are begun at once, so that other work can go on meanwhile."""

    def begin(some: Sequence[str]) -> Iterator[Rendered]:
        tasks = []
        gone = []
        for path in some:
            key = store.value(keys.FACTS, path)
            value = None if key is None else store.facts_value(bytes(key))
            if value is not None:
                tasks.append(RenderTask(path, value, texts))
            elif key is None:
                gone.append(path)
            else:
                raise sqlite3.DatabaseError(f"no facts of {path}")
        batches = workers.run(render_batch, tasks, lambda task: len(task.facts))
        none = (removed(kind.path(config, path), kind.name, path) for path in gone for kind in OWN_PAGES)
        return chain(none, chain.from_iterable(batches))

    chunks = (begin(paths[start : start + CHUNK]) for start in range(0, len(paths), CHUNK))
    ahead = list(islice(chunks, 2))
    return _in_turn(ahead, chunks)


def _in_turn(ahead: list[Iterator[Rendered]], chunks: Iterator[Iterator[Rendered]]) -> Iterator[Iterator[Rendered]]:
    while ahead:
        ahead += islice(chunks, 1)  # so that the workers are busy while the pages of the first chunk are stored
        yield ahead.pop(0)


# --- in the worker processes


def render_batch(setup: tuple[Any, ...], batch: list[RenderTask]) -> list[Rendered]:
    """Render the own pages of documents; `setup` is (disk, configuration, flavours, git's hash algorithm)."""
    disk, config, _, algorithm = setup
    pages = ((task, page) for task in batch for page in _pages_of(disk, config, algorithm, task))
    return [page if task.texts else page._replace(text="") for task, page in pages]


def _pages_of(disk: Contents, config: Config, algorithm: str, task: RenderTask) -> Iterator[Rendered]:
    from kwlint.text import encoding

    path = task.path
    try:
        facts = decode_facts(task.facts)
    except (ValueError, TypeError, LookupError) as error:
        raise sqlite3.DatabaseError(f"facts of {path}: {error}") from None
    embedded = encoding.decode(disk.read(path)).text if config.embed_source else None
    for kind in OWN_PAGES:
        text = kind.render(path, facts, config, embedded) if kind.is_wanted(config) else ""
        yield rendered(kind.path(config, path), kind.name, path, text, algorithm)
