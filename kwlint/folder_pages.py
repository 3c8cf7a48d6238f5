"""The pages of folders, as they ought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.expected import Rendered, folder_listing
from kwlint.listing import Listing
from kwlint.pages import a_z, folder_documentation, folder_index, names, subtree_index
from kwlint.rendering import rendered
from kwlint.store import LAST, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kwlint.config import Config
    from kwlint.expected import Dirt
    from kwlint.model import Folder
    from kwlint.store import Store


def render_folders(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the folders that `dirt` names; of those that hold no source any more, that there are none."""
    if not dirt.folders:
        return
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
    for key, row in store.execute(query, (start, start + LAST)):
        found.setdefault(key, []).append(a_z.Posting(*unpacked(row)))
    return subtree_index.subtree_index(folder, ((key, tuple(rows)) for key, rows in found.items()), config)
