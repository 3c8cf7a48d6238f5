"""Facts of many sources: those that the store has, and the others made from the files, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.codec import revived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kwlint.model import Facts
    from kwlint.parallel import Workers
    from kwlint.store import Store


class Source(NamedTuple):
    """A source to gather; `key` is its place in the store."""

    path: str
    key: bytes


class Gathered(NamedTuple):
    """`facts` are None where the file is one of our own pages under another name, or cannot be read; `error` then
    says why, and is empty otherwise."""

    path: str
    key: bytes
    facts: Facts | None
    error: str


class Read(NamedTuple):
    """What a process says of a source: its facts as the store keeps them, or the error."""

    path: str
    key: bytes
    value: bytes | None
    error: str


def facts_key(path: str, token: str, settings: str) -> bytes:
    """The store's key: facts are a pure function of bytes (`token` names them), path and configuration."""
    from hashlib import blake2b

    text = f"{path}\0{token.lstrip('*?~')}\0{settings}"
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).digest()


def gather_all(
    store: Store, root: Path, sources: Sequence[Source], workers: Workers, done: Callable[[int], None]
) -> Iterator[Gathered]:
    """The facts of each source, in order of the store first, then of the files; new facts are added to the store."""
    from kwlint import files

    missing = []
    for source in sources:
        facts = store.facts(source.key)
        if facts is None:
            missing.append(source)
        else:
            yield Gathered(source.path, source.key, facts, "")
    done(len(sources) - len(missing))
    for batch in workers.run(read_and_gather, missing, lambda source: files.size(root, source.path)):
        for path, key, value, error in batch:
            if value is not None:
                store.add_facts(key, value)
            yield Gathered(path, key, None if value is None else revived(value), error)
        done(len(batch))


def read_and_gather(setup: tuple[Any, ...], batch: list[Source]) -> list[Read]:
    """The work of one process: `setup` is (root, configuration, flavours, …)."""
    from kwlint import files
    from kwlint.codec import encoded
    from kwlint.facts.gather import gather
    from kwlint.pages.marker import read_marker

    root, config, flavours = setup[:3]
    answers = []
    for path, key in batch:
        try:
            data = files.read(root, path)
        except files.FileError as error:
            answers.append(Read(path, key, None, str(error)))
            continue
        if read_marker(data[:400].decode("utf-8", "replace").partition("\n")[0]) is not None:
            answers.append(Read(path, key, None, ""))
            continue
        answers.append(Read(path, key, encoded(gather(path, data, config, flavours.of(path))), ""))
    return answers
