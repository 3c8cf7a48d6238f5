"""The pages of folders, as they ought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine.render import rendered
from kwlint.engine.store import LAST, unpacked
from kwlint.engine.tasks import Rendered
from kwlint.model.context import Brief, Folder
from kwlint.pages import folder_documentation, folder_index, names, subtree_index
from kwlint.repo.path_index import PathIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kwlint.config import Config
    from kwlint.engine.store import Store
    from kwlint.engine.tasks import Dirt
    from kwlint.pages.a_z import Posting


def render_folders(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the folders that `dirt` names; of those that hold no source any more, that there are none."""
    if not dirt.folders:
        return
    sources = PathIndex(store.column("SELECT path FROM source"))
    below: dict[str, list[str]] = {}
    for folder in sources.folders:
        below.setdefault(folder.rpartition("/")[0], []).append(folder)
    for folder in sorted(dirt.folders):
        listing = _folder_listing(store, sources, folder, below) if _holds_sources(sources, folder) else None
        for kind, path, text_of in _kinds(store, config, folder):
            if listing is None:
                yield Rendered(path, kind, folder, "", "")
            else:
                yield rendered(path, kind, folder, text_of(listing, config), like)


def _holds_sources(sources: PathIndex, folder: str) -> bool:
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
    found: dict[str, list[Posting]] = {}
    for key, posting in store.postings("source>=? AND source<?", start, start + LAST):
        found.setdefault(key, []).append(posting)
    return subtree_index.subtree_index(folder, ((key, tuple(rows)) for key, rows in found.items()), config)


def _folder_listing(store: Store, sources: PathIndex, folder: str, below: Mapping[str, Sequence[str]]) -> Folder:
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
