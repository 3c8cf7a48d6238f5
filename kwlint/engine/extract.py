"""The task SUMMARY: the facts of the documents that changed, extracted in parallel, and their summaries stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.engine import keys
from kwlint.engine.invalidation import Reads
from kwlint.facts.depth import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.engine.invalidation import Invalidation
    from kwlint.engine.keys import Key
    from kwlint.engine.source_summary import SourceSummary
    from kwlint.engine.store import Store
    from kwlint.engine.workers import Workers
    from kwlint.facts.shared_bodies import SharedBodies
    from kwlint.flavours import Flavours
    from kwlint.repo.contents import Contents


VALUES = (
    keys.DOCUMENT, keys.FACTS, keys.ANCHORS, keys.LINKS, keys.SUPPRESSIONS, keys.READ_ERROR, keys.POSTINGS,
    keys.UNAVAILABLE,
)  # fmt: skip
CHUNK = 1000  # documents whose kept facts are in memory at once


class Source(NamedTuple):
    """A document to extract: `key` is where the store keeps its facts, `depth` how much is wanted (see `depth`)."""

    path: str
    key: bytes
    depth: str = WHOLE


class KeptFacts(NamedTuple):
    """A document with the encoded facts that an earlier run kept."""

    source: Source
    facts: bytes


class Extracted(NamedTuple):
    """A document with its summary.

    `summary` is None where the file is the pointer of a file that git-lfs keeps,
    or cannot be read; `error` then says why, and is empty otherwise. `in_git`: the content would be git's, not that of
    the file on disk. `facts` are the encoded facts, empty where the store has them already.
    """

    path: str
    key: bytes
    summary: SourceSummary | None
    error: str
    facts: bytes = b""
    in_git: bool = False


def facts_key(path: str, token: str, settings: str) -> bytes:
    """Return the key of a document's facts, a function of its bytes (which `token` names), path and settings."""
    from kwlint.repo.hashing import blake2b

    text = f"{path}\0{token.lstrip('*?~')}\0{settings}"
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).digest()


# --- in the parent process


def update_summaries(
    invalidation: Invalidation, sources: Sequence[Source], gone: Sequence[str], config: Config, extractor: Extractor
) -> None:
    """Store the summaries of `sources`, and remove those of `gone`."""
    for path in gone:
        remove(invalidation, path)
    for extracted in extractor.extract(invalidation.store, sources):
        if extracted.summary is None:
            remove(invalidation, extracted.path)
            if extracted.error:
                _put_error(invalidation, extracted, extractor.disk)
        else:
            put(invalidation, extracted.path, extracted.key, extracted.summary, config)


def _put_error(invalidation: Invalidation, extracted: Extracted, disk: Contents) -> None:
    """Store why a document could not be read, and make later runs try again."""
    path = extracted.path
    invalidation.put(keys.UNAVAILABLE if extracted.in_git else keys.READ_ERROR, path, extracted.error)
    invalidation.store.put(keys.BYTES_ON_DISK, path, disk.blob_id(path) or "")
    reads = Reads(keys.SUMMARY, path)
    reads.add(keys.BYTES_ON_DISK, path)
    invalidation.record(reads)


def put(invalidation: Invalidation, path: str, key: bytes, summary: SourceSummary, config: Config) -> None:
    """Store the summary of a document."""
    invalidation.put(keys.DOCUMENT, path, 1)
    invalidation.put(keys.FACTS, path, key)
    invalidation.put(keys.ANCHORS, path, summary.anchors)
    invalidation.put(keys.LINKS, path, summary.links)
    invalidation.put(keys.SUPPRESSIONS, path, summary.suppressions or None)
    invalidation.put(keys.READ_ERROR, path, None)
    invalidation.put(keys.UNAVAILABLE, path, None)
    invalidation.record(Reads(keys.SUMMARY, path))
    if "subtree" in config.pages:
        invalidation.put(keys.POSTINGS, path, _digest(summary.postings))
    rows: dict[Key, str] = {(keys.TERM, term): text for term, text in summary.postings}
    rows[keys.DOCUMENTS, folder_of(path)] = summary.brief
    rows.update({(keys.ALIAS, name): "" for name in summary.aliases})
    invalidation.contribute(keys.SUMMARY, path, rows)


def remove(invalidation: Invalidation, path: str) -> None:
    """Remove the summary of a file that is no document any more."""
    for kind in VALUES:
        invalidation.put(kind, path, None)
    invalidation.contribute(keys.SUMMARY, path, {})


def folder_of(path: str) -> str:
    """Return the folder that holds `path`; the root is ""."""
    return path.rpartition("/")[0]


def _digest(postings: tuple[tuple[str, str], ...]) -> str:
    from kwlint.repo.hashing import blake2b

    return blake2b(repr(postings).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Extractor:
    """Extracts documents: first those whose facts the store keeps, then the others, side by side.

    `done` is called with the number of documents that were finished since its last call.
    """

    def __init__(self, disk: Contents, workers: Workers, done: Callable[[int], None]) -> None:
        self.disk = disk
        self.workers = workers
        self.done = done

    def extract(self, store: Store, sources: Sequence[Source]) -> Iterator[Extracted]:
        """Return each document with its summary; new facts are added to the store."""
        missing: list[Source] = []
        yield from self._kept(store, sources, missing)
        self.done(len(sources) - len(missing))
        yield from self._new(store, missing)

    def _kept(self, store: Store, sources: Sequence[Source], missing: list[Source]) -> Iterator[Extracted]:
        for start in range(0, len(sources), CHUNK):
            kept = []
            for source in sources[start : start + CHUNK]:
                value = store.facts_value(source.key)
                if value is None:
                    missing.append(source)
                else:
                    kept.append(KeptFacts(source, value))
            for batch in self.workers.run(summarise_kept, kept, lambda one: len(one.facts)):
                for source, summary in batch:
                    if summary is None:
                        missing.append(source)
                    else:
                        yield Extracted(source.path, source.key, summary, "")

    def _new(self, store: Store, missing: list[Source]) -> Iterator[Extracted]:
        from kwlint.repo import files

        sizes = {source.path: files.size(self.disk.root, source.path) for source in missing}
        # The largest first, so that no process is left with one at the end; equal bodies have one size, and are
        # extracted in one batch.
        missing.sort(key=lambda source: -sizes[source.path])
        for batch in self.workers.run(extract_batch, missing, lambda source: sizes[source.path]):
            for extracted in batch:
                if extracted.summary is not None:
                    store.add_facts(extracted.key, extracted.facts)
                yield extracted
            self.done(len(batch))


# --- in the worker processes


def summarise_kept(setup: tuple[Any, ...], batch: list[KeptFacts]) -> list[tuple[Source, SourceSummary | None]]:
    """Return the summaries of facts that an earlier run kept; None where they cannot be decoded."""
    from kwlint.engine import facts_codec
    from kwlint.engine.source_summary import summarise

    summaries: list[tuple[Source, SourceSummary | None]] = []
    for source, value in batch:
        try:
            summaries.append((source, summarise(source.path, facts_codec.decode_facts(value), setup[1])))
        except (ValueError, TypeError, LookupError):
            summaries.append((source, None))
    return summaries


def extract_batch(setup: tuple[Any, ...], batch: list[Source]) -> list[Extracted]:
    """Extract documents in one process; `setup` is (disk, configuration, flavours, …)."""
    from kwlint.facts.shared_bodies import SharedBodies

    disk, config, flavours = setup[:3]
    disk.load(source.path for source in batch)
    bodies = SharedBodies()
    return [_extract(disk, source, config, flavours, bodies) for source in batch]


def _extract(disk: Contents, source: Source, config: Config, flavours: Flavours, bodies: SharedBodies) -> Extracted:
    from kwlint.engine import facts_codec
    from kwlint.engine.source_summary import summarise
    from kwlint.facts.gather import gather
    from kwlint.repo import files
    from kwlint.repo.contents import is_lfs_pointer

    path, key, depth = source
    try:
        data = disk.read(path)
    except files.FileError as error:
        return Extracted(path, key, None, str(error), in_git=path in disk.indexed)
    if is_lfs_pointer(data):
        return Extracted(path, key, None, "")
    facts = gather(path, data, config, flavours.of(path), depth, bodies)
    return Extracted(path, key, summarise(path, facts, config), "", facts_codec.encode_facts(facts))
