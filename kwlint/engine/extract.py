"""Facts of many sources: those that the store has, and the others made from the files, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.facts.depth import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.engine.source_summary import Digest
    from kwlint.engine.store import Store
    from kwlint.engine.workers import Workers
    from kwlint.facts.shared_bodies import SharedBodies
    from kwlint.flavours import Flavours
    from kwlint.repo.files import Disk


CHUNK = 1000  # sources whose kept facts are held in memory at once


class Source(NamedTuple):
    """A source to gather; `key` is its place in the store, `depth` how much is asked for (see `sharding`)."""

    path: str
    key: bytes
    depth: str = WHOLE


class Known(NamedTuple):
    """A source whose facts an earlier run kept, and these as the store keeps them."""

    source: Source
    facts: bytes


class Gathered(NamedTuple):
    """`digest` is None where the file is one of our own pages under another name, or cannot be read; `error` then
    says why, and is empty otherwise."""

    path: str
    key: bytes
    digest: Digest | None
    error: str


class Read(NamedTuple):
    """What a process says of a source: its digest, and its facts as the store keeps them; or the error."""

    path: str
    key: bytes
    digest: Digest | None
    facts: bytes
    error: str


def facts_key(path: str, token: str, settings: str) -> bytes:
    """The store's key: facts are a pure function of bytes (`token` names them), path and configuration."""
    from kwlint.repo.hashing import blake2b

    text = f"{path}\0{token.lstrip('*?~')}\0{settings}"
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).digest()


def gather_all(
    store: Store, disk: Disk, sources: Sequence[Source], workers: Workers, done: Callable[[int], None]
) -> Iterator[Gathered]:
    """The facts of each source, of those that the store knows first; new facts are added to the store."""
    from kwlint.repo import files

    missing: list[Source] = []
    for start in range(0, len(sources), CHUNK):
        known = []
        for source in sources[start : start + CHUNK]:
            value = store.facts_value(source.key)
            if value is None:
                missing.append(source)
            else:
                known.append(Known(source, value))
        for digested in workers.run(digest_known, known, lambda one: len(one.facts)):
            for source, found in digested:
                if found is None:
                    missing.append(source)
                else:
                    yield Gathered(source.path, source.key, found, "")
    done(len(sources) - len(missing))
    sizes = {source.path: files.size(disk.root, source.path) for source in missing}
    # The largest first, so that no process is left with one at the end; documents of one size, which may share a body,
    # in one batch.
    missing.sort(key=lambda source: -sizes[source.path])
    for batch in workers.run(read_and_gather, missing, lambda source: sizes[source.path]):
        for path, key, read, facts, error in batch:
            if read is not None:
                store.add_facts(key, facts)
            yield Gathered(path, key, read, error)
        done(len(batch))


def digest_known(setup: tuple[Any, ...], batch: list[Known]) -> list[tuple[Source, Digest | None]]:
    """The digests of facts that an earlier run kept; None where they cannot be read."""
    from kwlint.engine import facts_codec
    from kwlint.engine.source_summary import digest

    found: list[tuple[Source, Digest | None]] = []
    for source, value in batch:
        try:
            found.append((source, digest(source.path, facts_codec.revived(value), setup[1])))
        except (ValueError, TypeError, LookupError):
            found.append((source, None))
    return found


def read_and_gather(setup: tuple[Any, ...], batch: list[Source]) -> list[Read]:
    """The work of one process: `setup` is (disk, configuration, flavours, …)."""
    from kwlint.facts.shared_bodies import SharedBodies

    disk, config, flavours = setup[:3]
    bodies = SharedBodies()
    return [_read(disk, source, config, flavours, bodies) for source in batch]


def _read(disk: Disk, source: Source, config: Config, flavours: Flavours, bodies: SharedBodies) -> Read:
    from kwlint.engine import facts_codec
    from kwlint.engine.source_summary import digest
    from kwlint.facts.gather import gather
    from kwlint.repo import files

    path, key, depth = source
    try:
        data = disk.read(path)
    except files.FileError as error:
        return Read(path, key, None, b"", str(error))
    if files.has_marker(data):
        return Read(path, key, None, b"", "")
    facts = gather(path, data, config, flavours.of(path), depth, bodies)
    return Read(path, key, digest(path, facts, config), facts_codec.encoded(facts), "")
