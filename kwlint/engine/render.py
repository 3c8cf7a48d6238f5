"""The work of one process: the own pages of each document, from its facts."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from kwlint.engine.facts_codec import revived
from kwlint.engine.tasks import Rendered, Task
from kwlint.pages.registry import OWN_PAGES
from kwlint.rules.pages import named_like
from kwlint.text import encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.config import Config
    from kwlint.repo.files import Disk


def render_sources(setup: tuple[Any, ...], batch: list[Task]) -> list[Rendered]:
    """The pages of each task; `setup` is (disk, configuration, flavours, an id whose algorithm blob ids follow)."""
    disk, config, _, like = setup
    pages = ((task, page) for task in batch for page in _pages_of(disk, config, like, task))
    return [page if task.texts else page._replace(text="") for task, page in pages]


def rendered(path: str, kind: str, source: str, text: str, like: str) -> Rendered:
    """The page with the blob id of its text; without an id where there is to be none."""
    if not text:
        return Rendered(path, kind, source, "", "")
    return Rendered(path, kind, source, named_like(text.encode("utf-8", "surrogatepass"), like), text)


def _pages_of(disk: Disk, config: Config, like: str, task: Task) -> Iterator[Rendered]:
    path = task.path
    try:
        facts = revived(task.facts)
    except (ValueError, TypeError, LookupError) as error:
        raise sqlite3.DatabaseError(f"facts of {path}: {error}") from None
    embedded = encoding.decode(disk.read(path)).text if config.embed_source else None
    for kind in OWN_PAGES:
        if kind.is_wanted(config):
            yield rendered(kind.path(config, path), kind.name, path, kind.render(path, facts, config, embedded), like)
