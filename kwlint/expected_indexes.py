"""The pages that several sources share: folders' pages and the A-Z index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.expected import Rendered, folder_listing
from kwlint.listing import Listing
from kwlint.pages import a_z, folder_documentation, folder_index, names
from kwlint.rendering import rendered
from kwlint.store import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kwlint.config import Config
    from kwlint.expected import Dirt
    from kwlint.model import Folder
    from kwlint.store import Store


def render_indexes(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    """The pages of the folders that `dirt` names, and of the A-Z index where its keywords moved."""
    if dirt.folders:
        yield from _folder_pages(store, config, dirt, like)
    if dirt.keywords and "a-z" in config.pages:
        yield from _a_z_pages(store, config, dirt, like)


def _folder_pages(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    sources = Listing(store.column("SELECT path FROM source"))
    below: dict[str, list[str]] = {}
    for folder in sources.folders:
        if folder:
            below.setdefault(folder.rpartition("/")[0], []).append(folder)
    for folder in sorted(dirt.folders):
        there = sources.is_folder(folder)
        listing = folder_listing(store, folder, below.get(folder, ())) if there else None
        for kind, path, text_of in _kinds(config, folder):
            if listing is None:
                yield Rendered(path, kind, "", "", "")
            else:
                yield rendered(path, kind, "", text_of(listing, config), like)


def _kinds(config: Config, folder: str) -> Iterator[tuple[str, str, Callable[[Folder, Config], str]]]:
    index = "folder-index" if folder else "start"
    if index in config.pages:
        yield index, names.folder_index_page(config, folder), folder_index.folder_index
    if "folder-documentation" in config.pages:
        yield "folder-documentation", names.folder_documentation_page(config, folder), folder_documentation.folder_documentation


def _a_z_pages(store: Store, config: Config, dirt: Dirt, like: str) -> Iterator[Rendered]:
    raise NotImplementedError
