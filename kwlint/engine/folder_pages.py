"""The tasks FOLDER_SUMMARY and FOLDER_PAGES: the line on a folder in the folder above, and a folder's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.engine import keys
from kwlint.engine.invalidation import Reads
from kwlint.engine.render import Rendered, rendered
from kwlint.engine.source_summary import decode_brief
from kwlint.engine.store import LAST, decoded
from kwlint.model.context import Brief, Folder
from kwlint.pages.folder_documentation import short_description
from kwlint.pages.registry import FOLDER_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.config import Config
    from kwlint.engine.invalidation import Invalidation
    from kwlint.engine.store import Store
    from kwlint.model.context import Posting


def update_folder_summaries(invalidation: Invalidation) -> None:
    """Update the lines on folders in the folders above, the deepest folders first."""
    store = invalidation.store
    dirty = invalidation.dirty[keys.FOLDER_SUMMARY]
    while dirty:
        folder = max(dirty, key=_depth)
        dirty.discard(folder)
        documents = _documents(store, folder)
        inner = tuple(path.rpartition("/")[2] for path, _ in store.collection(keys.SUBFOLDERS, folder))
        if folder:
            text = short_description(Folder(folder, (), documents, (), ()), inner) if documents or inner else None
            invalidation.contribute_row(keys.SUBFOLDERS, folder.rpartition("/")[0], folder, text)


def _depth(folder: str) -> int:
    return folder.count("/") + bool(folder)


def update_folder_pages(
    invalidation: Invalidation, folders: Iterable[str], config: Config, algorithm: str
) -> Iterator[Rendered]:
    """Render the pages of folders; those of a folder without documents are removed."""
    for folder in folders:
        yield from folder_pages(invalidation, folder, config, algorithm)


def folder_pages(invalidation: Invalidation, path: str, config: Config, algorithm: str) -> Iterator[Rendered]:
    """Render the pages of one folder, and record what they read."""
    reads = Reads(keys.FOLDER_PAGES, path)
    folder = _folder(invalidation.store, path, reads)
    has_documents = bool(folder.documents or folder.subfolders)
    kinds = [kind for kind in FOLDER_PAGES if kind.is_wanted(config, path)]
    if has_documents and any(kind.needs_keywords for kind in kinds):
        folder = folder._replace(keywords=_terms_below(invalidation.store, path, reads))
    for kind in kinds:
        text = kind.render(folder, config) if has_documents else ""
        yield rendered(kind.path(config, path), kind.name, path, text, algorithm)
    invalidation.record(reads)


def _folder(store: Store, path: str, reads: Reads) -> Folder:
    """Return what the pages of a folder show."""
    reads.add(keys.DOCUMENTS, path)
    reads.add(keys.SUBFOLDERS, path)
    documents = _documents(store, path)
    links: set[tuple[str, str]] = set()
    inbound = []
    for document in documents:
        reads.add(keys.OUTGOING, document.path)
        reads.add(keys.INBOUND, document.path)
        linkers = tuple(source for source, _ in store.collection(keys.INBOUND, document.path))
        links.update((document.path, target) for target in _documents_linked(store, document.path, reads))
        links.update((source, document.path) for source in linkers)
        inbound.append((document.path, len(linkers)))
    subfolders = tuple(store.collection(keys.SUBFOLDERS, path))
    return Folder(path, subfolders, documents, tuple(sorted(links)), tuple(inbound))


def _documents_linked(store: Store, path: str, reads: Reads) -> Iterator[str]:
    """Return the documents among the files that a document links to."""
    for target in decoded(store.value(keys.OUTGOING, path) or "[]"):
        reads.add(keys.DOCUMENT, target)
        if store.value(keys.DOCUMENT, target):
            yield target


def _documents(store: Store, folder: str) -> tuple[Brief, ...]:
    return tuple(decode_brief(text) for _, text in store.collection(keys.DOCUMENTS, folder))


def _terms_below(store: Store, folder: str, reads: Reads) -> tuple[tuple[str, tuple[Posting, ...]], ...]:
    """Return the terms of all documents below a folder with their postings."""
    first = f"{folder}/" if folder else ""
    last = first + LAST
    terms: dict[str, list[Posting]] = {}
    for path in store.names(keys.POSTINGS):
        if first <= path < last:
            reads.add(keys.POSTINGS, path)
    for term, posting in store.postings():
        if first <= posting.path < last:
            terms.setdefault(term, []).append(posting)
    return tuple((term, tuple(postings)) for term, postings in terms.items())
