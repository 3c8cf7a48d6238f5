"""The pages of folders, as they ought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine.render import rendered
from kwlint.engine.store import LAST, unpacked
from kwlint.engine.tasks import Rendered
from kwlint.model.context import Brief, Folder
from kwlint.pages import folder_documentation
from kwlint.pages.registry import FOLDER_PAGES
from kwlint.repo.path_index import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kwlint.config import Config
    from kwlint.engine.store import Store
    from kwlint.engine.tasks import Dirt
    from kwlint.model.context import Posting


def render_folders(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the folders that `dirt` names; of those that hold no source any more, that there are none."""
    if not dirt.folders:
        return
    sources = Listing(store.column("SELECT path FROM source"))
    below: dict[str, list[str]] = {}
    for folder in sources.folders:
        below.setdefault(folder.rpartition("/")[0], []).append(folder)
    for folder in sorted(dirt.folders):
        kinds = [kind for kind in FOLDER_PAGES if kind.is_wanted(config, folder)]
        listing = _folder_listing(store, sources, folder, below) if _holds_sources(sources, folder) else None
        if listing is not None and any(kind.needs_keywords for kind in kinds):
            listing = listing._replace(keywords=_keywords_below(store, folder))
        for kind in kinds:
            text = "" if listing is None else kind.render(listing, config)
            yield rendered(kind.path(config, folder), kind.name, folder, text, like)


def _holds_sources(sources: Listing, folder: str) -> bool:
    return sources.is_folder(folder) if folder else bool(sources.paths)


def _keywords_below(store: Store, folder: str) -> tuple[tuple[str, tuple[Posting, ...]], ...]:
    """The keys of the A-Z index with their postings in the folder and below it."""
    start = f"{folder}/" if folder else ""
    postings: dict[str, list[Posting]] = {}
    for key, posting in store.postings("source>=? AND source<?", start, start + LAST):
        postings.setdefault(key, []).append(posting)
    return tuple((key, tuple(rows)) for key, rows in postings.items())


def _folder_listing(store: Store, sources: Listing, folder: str, below: Mapping[str, Sequence[str]]) -> Folder:
    """What the pages of a folder say; `below` are the folders in each folder."""
    documents = _briefs(store, folder)
    pairs: set[tuple[str, str]] = set()
    inbound = []
    for document in documents:
        to = set(store.column("SELECT DISTINCT target FROM cross WHERE source=?", document.path))
        by = set(store.column("SELECT DISTINCT source FROM cross WHERE target=?", document.path))
        pairs.update((document.path, target) for target in to if sources.exists(target))
        pairs.update((source, document.path) for source in by)
        inbound.append((document.path, len(by)))
    inner = tuple((name, _in_short(store, name, below.get(name, ()))) for name in sorted(below.get(folder, ())))
    return Folder(folder, inner, documents, tuple(sorted(pairs)), tuple(inbound))


def _in_short(store: Store, folder: str, inner: Iterable[str]) -> str:
    """What a folder is, in the words of the document that speaks for it; else what it holds."""
    names_below = tuple(sorted(name.rpartition("/")[2] for name in inner))
    return folder_documentation.in_short(Folder(folder, (), _briefs(store, folder), (), ()), names_below)


def _briefs(store: Store, folder: str) -> tuple[Brief, ...]:
    rows = store.column("SELECT brief FROM source WHERE folder=? ORDER BY path", folder)
    briefs = [Brief(*unpacked(row)) for row in rows]
    return tuple(brief._replace(concepts=tuple(brief.concepts)) for brief in briefs)
