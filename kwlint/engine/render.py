"""The work of one process: the two pages of each source, from its facts and its surroundings."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from kwlint.engine.facts_codec import revived
from kwlint.engine.tasks import Rendered, Task
from kwlint.pages import documentation, keyword_index, names
from kwlint.rules.pages import blob_id_like
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
    """The page with the blob id of its text."""
    return Rendered(path, kind, source, blob_id_like(text.encode("utf-8", "surrogatepass"), like), text)


def _pages_of(disk: Disk, config: Config, like: str, task: Task) -> Iterator[Rendered]:
    path = task.path
    try:
        facts = revived(task.facts)
    except (ValueError, TypeError, LookupError) as error:
        raise sqlite3.DatabaseError(f"facts of {path}: {error}") from None
    if task.keyword_index:
        text = keyword_index.keyword_index(path, facts, config)
        yield rendered(names.keyword_page(config, path), "keywords", path, text, like)
    if task.surroundings is not None:
        embedded = encoding.decode(disk.read(path)).text if config.embed_source else None
        text = documentation.documentation(path, facts, task.surroundings, config, embedded)
        yield rendered(names.documentation_page(config, path), "documentation", path, text, like)
