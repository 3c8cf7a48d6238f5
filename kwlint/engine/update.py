"""Brings the store's state from the snapshot of an earlier run to the present one.

The difference between the two trees marks inputs as changed; the tasks that read them are dirty, and run in the order
of `kwlint.engine.keys`. A first run is the same with every document new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint import flavours
from kwlint.config import CONFIG_FILE, core
from kwlint.engine import keys
from kwlint.engine.a_z_pages import render_page, update_a_z
from kwlint.engine.compare import Surroundings, update_comparisons
from kwlint.engine.extract import Extractor, Source, facts_key, update_summaries
from kwlint.engine.folder_pages import folder_pages, update_folder_pages, update_folder_summaries
from kwlint.engine.invalidation import Invalidation
from kwlint.engine.json_rows import packed
from kwlint.engine.link_graph import RecordingTree, update_links
from kwlint.engine.outside import outside_changes
from kwlint.engine.package_digest import package_digest
from kwlint.engine.render import own_pages
from kwlint.engine.workers import Workers, usable_cores
from kwlint.facts.depth import WHOLE
from kwlint.pages.registry import OWN_PAGES
from kwlint.repo.files import shown
from kwlint.repo.snapshot import Difference, Snapshot, difference, packed_tokens, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kwlint.config import Config
    from kwlint.engine.render import Rendered
    from kwlint.engine.request import Request
    from kwlint.engine.store import Store
    from kwlint.flavours import Flavours
    from kwlint.repo.contents import Contents
    from kwlint.repo.git import GitListing, Repository
    from kwlint.rules.pages import PageFinding


class UpdateContext(NamedTuple):
    """What an update works on."""

    store: Store
    invalidation: Invalidation
    repository: Repository
    snapshot: Snapshot
    disk: Contents
    config: Config
    flavours: Flavours
    workers: Workers
    request: Request


def update(
    store: Store, repository: Repository, listing: GitListing, disk: Contents, config: Config, request: Request
) -> dict[str, str]:
    """Make the store's state that of the present snapshot.

    Return the texts of the pages that were rendered on the way and differ on disk, if the request wants texts.
    """
    detected = detect_flavours(listing, disk, config)
    snapshot = _snapshot_of(listing, disk, config, detected, request)
    settings = _settings(config, detected, snapshot, request)
    if store.meta("settings") != settings:
        store.forget_state()
    after = packed_tokens(snapshot)
    changes = difference(store.meta("tokens") or b"", after)
    with Workers(request.jobs or usable_cores(), (disk, config, detected, disk.algorithm)) as workers:
        context = UpdateContext(
            store, Invalidation(store), repository, snapshot, disk, config, detected, workers, request
        )
        mark_inputs(context, changes)
        texts = _run_tasks(context)
    _set_meta(context, settings, after)
    return texts


def present_snapshot(listing: GitListing, disk: Contents, config: Config, request: Request) -> Snapshot:
    """Return the snapshot behind git's listing."""
    return _snapshot_of(listing, disk, config, detect_flavours(listing, disk, config), request)


# --- inputs


def mark_inputs(context: UpdateContext, changes: Difference) -> None:
    """Mark the inputs that differ between the earlier snapshot and the present one as changed."""
    invalidation = context.invalidation
    prefix = f"{context.config.output_dir}/"
    folders: set[str] = set()
    for path in changes.all:
        invalidation.changed(keys.CONTENT, path)
    for path in changes.added | changes.removed:
        invalidation.changed(keys.EXISTS, path)
        if not path.startswith(prefix):
            folders.update(parents(path))
    for folder in folders:
        invalidation.changed(keys.DIRECTORY, folder)
    if folders:
        invalidation.changed(keys.PATHS, "")
    if any(path == ".gitignore" or path.endswith("/.gitignore") for path in changes.all):
        invalidation.changed(keys.IGNORE_RULES, "")
    for kind, path in list(outside_changes(context.store, context.disk)):
        invalidation.changed(kind, path)


def parents(path: str) -> Iterator[str]:
    """Return the folders above `path`, the nearest first, down to the root ""."""
    while path:
        path = path.rpartition("/")[0]
        yield path


# --- tasks


def _run_tasks(context: UpdateContext) -> dict[str, str]:
    """Run all dirty tasks in their order; return the texts of stale pages."""
    _summaries(context)
    _links(context)
    update_folder_summaries(context.invalidation)
    context.store.flush()
    texts: dict[str, str] = {}
    for page in _pages(context):
        value = packed((page.kind, page.source, page.id)) if page.id else None
        context.invalidation.put(keys.PAGE, page.path, value)
        if page.text and context.request.texts and context.snapshot.pages.get(page.path) != page.id:
            texts[page.path] = page.text
    context.store.flush()
    _comparisons(context)
    for kind in (keys.ON_DISK, keys.BYTES_ON_DISK):
        context.store.drop_unread(kind)
    return texts


def _summaries(context: UpdateContext) -> None:
    invalidation, store = context.invalidation, context.store
    dirty = invalidation.take(keys.SUMMARY)
    documents = frozenset(context.snapshot.sources)
    sources = [_source(context, path) for path in dirty if path in documents]
    gone = [path for path in dirty if path not in documents and _has_summary(store, path)]
    extractor = Extractor(context.disk, context.workers, _progress(context, len(sources)))
    update_summaries(invalidation, sources, gone, context.config, extractor)
    store.flush()


def _has_summary(store: Store, path: str) -> bool:
    return any(store.value(kind, path) is not None for kind in (keys.DOCUMENT, keys.READ_ERROR, keys.UNAVAILABLE))


def _links(context: UpdateContext) -> None:
    tree = RecordingTree(context.snapshot, context.store, context.config, context.disk.exists)
    update_links(context.invalidation, context.invalidation.take(keys.RESOLUTION), context.flavours, tree)
    context.store.flush()


def _pages(context: UpdateContext) -> Iterator[Rendered]:
    """Render the pages that are dirty, as far as they are the shard's."""
    store, invalidation, config, request = context.store, context.invalidation, context.config, context.request
    own = [path for path in invalidation.take(keys.OWN_PAGES) if request.shard.depth(path, config) == WHOLE]
    chunks = own_pages(store, own, config, context.workers, texts=request.texts)
    # The workers are busy with the first chunks; the shared pages are rendered here meanwhile.
    folders, terms = invalidation.take(keys.FOLDER_PAGES), invalidation.take(keys.ENTRY)
    if request.shard.makes_shared_pages:
        yield from update_folder_pages(invalidation, folders, config, context.disk.algorithm)
        if "a-z" in config.pages:
            yield from update_a_z(invalidation, terms, config, context.disk.algorithm)
    for chunk in chunks:
        yield from chunk


def _comparisons(context: UpdateContext) -> None:
    config, shard = context.config, context.request.shard
    prefix = f"{config.output_dir}/"
    dirty = context.invalidation.take(keys.COMPARISON)
    paths = [path for path in dirty if path.startswith(prefix) and shard.holds(path, config)]
    there = Surroundings(context.repository, context.snapshot, context.disk, config)
    update_comparisons(context.invalidation, paths, there)
    context.store.flush()


# --- single pages


def texts_of(
    store: Store, config: Config, request: Request, disk: Contents, findings: Iterable[PageFinding]
) -> dict[str, str]:
    """Render the expected texts of the pages of `findings` from the present state."""
    pages: list[Rendered] = []
    invalidation = Invalidation(store)
    own_kinds = {kind.name for kind in OWN_PAGES}
    own: set[str] = set()
    folders: set[str] = set()
    wanted = {finding.path for finding in findings}
    for path, _, kind, source, _ in findings:
        if kind in own_kinds:
            own.add(source)
        elif kind == "a-z":
            pages += render_page(store, config, source, path, disk.algorithm)
        else:
            folders.add(source)
    for folder in sorted(folders):
        pages += folder_pages(invalidation, folder, config, disk.algorithm)
    with Workers(request.jobs or usable_cores(), (disk, config, None, disk.algorithm)) as workers:
        for chunk in own_pages(store, sorted(own), config, workers, texts=True):
            pages += chunk
    return {page.path: page.text for page in pages if page.path in wanted}


# --- what all of it depends on


def detect_flavours(listing: GitListing, disk: Contents, config: Config) -> Flavours:
    """Detect the flavours of the repository from its files; its own pages say nothing about them."""
    prefix = f"{config.output_dir}/"
    missing = listing.deleted
    paths = [path for path in listing.tracked if not path.startswith(prefix) and path not in missing]
    return flavours.detect(paths, lambda path: disk.read_or_none(path) or b"", config.flavour)


def _snapshot_of(listing: GitListing, disk: Contents, config: Config, detected: Flavours, request: Request) -> Snapshot:
    is_source = _source_matcher(config, detected)
    return take_snapshot(listing, config.output_dir, is_source, disk.blob_id, disk.is_file, request.paths)


def _source_matcher(config: Config, detected: Flavours) -> Callable[[str], bool]:
    from kwlint.config import source_matcher

    matches = source_matcher(config, detected.suffixes)
    common = detected.default.suffixes

    def is_source(path: str) -> bool:
        return matches(path) and path.endswith(common + detected.of(path).suffixes)

    return matches if set(detected.suffixes) <= set(common) else is_source


def _settings(config: Config, detected: Flavours, snapshot: Snapshot, request: Request) -> bytes:
    """Return what every value depends on besides the files; where it changes, the whole state is made anew."""
    outside = sorted(snapshot.links_and_submodules)
    text = f"{package_digest()} {detected.fingerprint} {core(config)!r} {request.shard} {outside!r}"
    return text.encode("utf-8", "surrogateescape")


def _source(context: UpdateContext, path: str) -> Source:
    config = context.config
    depth = context.request.shard.depth(path, config)
    flavour = context.flavours.of(path).cache_key
    settings = f"{package_digest()} {config.host} {config.pages!r} {config.keywords!r} {flavour}{depth}"
    return Source(path, facts_key(path, context.snapshot.files[path], settings), depth)


def _set_meta(context: UpdateContext, settings: bytes, tokens: bytes) -> None:
    store, snapshot = context.store, context.snapshot
    store.set_meta("settings", settings)
    store.set_meta("tokens", tokens)
    store.set_meta_json("counts", (store.count(keys.DOCUMENT), store.total(keys.UNDECIDED)))
    store.set_meta_json("skipped", snapshot.untracked_sources)
    undecodable = [f"{shown(path)}: left out, as its name is not UTF-8: rename it" for path in snapshot.undecodable]
    store.set_meta_json("errors", [*undecodable, *_notes_on_configuration(context)])
    store.drop_unused_facts()


def _notes_on_configuration(context: UpdateContext) -> list[str]:
    """Return a note for each configuration file below the root, which has no effect."""
    ending = f"/{CONFIG_FILE}"
    nested = [path for path in context.snapshot.files if path.endswith(ending)]
    if not nested:
        return []
    from kwlint.config import is_excluded

    return [
        f"{shown(path)} has no effect: kwlint reads {CONFIG_FILE} in the repository's root alone "
        "(`per-file-ignores` and `flavour` set things for a folder)"
        for path in sorted(nested)
        if not is_excluded(context.config, path)
    ]


def _progress(context: UpdateContext, total: int) -> Callable[[int], None]:
    report = context.request.progress
    finished = 0

    def done(count: int) -> None:
        nonlocal finished
        finished += count
        if report is not None:
            report(finished, total)

    return done
