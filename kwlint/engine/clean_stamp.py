"""The last verdict, where it was that all is right: told again while git says what it said then.

It is kept in a file of its own beside the store, so that the run that users make most often loads neither the program
nor SQLite. What it was given for is kept whole and compared byte for byte: kwlint's version, the configuration files,
and what git prints. Where anything differs, or the verdict depends on more than that, the program is run.
"""

from __future__ import annotations

import os
from zlib import crc32

from kwlint.engine.package_digest import package_digest

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from kwlint.repo.git_process import Prefetch

FILE = ".kwlint_cache/verdict"
CONFIGURATION = ("kwlint.toml", "pyproject.toml")
# Command lines that say the same where all is right, these flags apart, which change nothing there.
ALIKE: tuple[list[str], ...] = ([], ["--fix"], ["--fix", "--stage"])
INDIFFERENT = ("-q", "--exit-zero", "--exit-non-zero-on-fix")


def recalled(ahead: Prefetch, arguments: list[str]) -> str | None:
    """What is to be said on standard error, where the kept verdict answers the command line; None where it does not,
    or where it is plain without waiting for git that the index is another."""
    if sorted(word for word in arguments if word not in INDIFFERENT) not in ALIKE:
        return None
    try:
        with open(f"{ahead.folder}/{FILE}", "rb") as file:  # noqa: PTH123 (pathlib is not loaded yet)
            head, said, index, given = file.read().split(b"\0", 3)
    except (OSError, ValueError):
        return None
    if head != b"%d" % crc32(said) or index != _index_sign(ahead.folder):
        return None
    (opened, opening, _), (listed, entries, _), (compared, changes, _) = ahead.outcomes()
    here = opening.startswith(b"true\n") and opening.endswith(b"\n" + os.fsencode(ahead.folder) + b"\n")
    if opened or listed or compared or changes or not here or given != _given(ahead.folder, entries):
        return None
    return "" if "-q" in arguments else said.decode("utf-8", "replace")


def remember(folder: str, entries: bytes, said: str) -> None:
    """Keep what was said of a repository in which all is right, and nothing on disk differs from git's `entries`."""
    message = said.encode("utf-8", "replace")
    if b"\0" in message:
        return
    parts = (b"%d" % crc32(message), message, _index_sign(folder), _given(folder, entries))
    place = f"{folder}/{FILE}"
    try:
        with open(f"{place}.{os.getpid()}", "wb") as file:  # noqa: PTH123
            file.write(b"\0".join(parts))
        os.replace(f"{place}.{os.getpid()}", place)  # noqa: PTH105
    except OSError:  # a cache that cannot be written is no cache
        return


def _given(folder: str, entries: bytes) -> bytes:
    """All that the verdict depends on."""
    configuration = [_content(f"{folder}/{name}") for name in CONFIGURATION]
    version = package_digest().encode()
    return b"\0\0".join((version, *configuration, entries))


def _content(path: str) -> bytes:
    """The bytes of a file, and a sign that tells an empty one from none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return b"=" + file.read()
    except OSError as error:
        return b"!%d" % (error.errno or 0)


def _index_sign(folder: str) -> bytes:
    """The checksum with which git's index ends, in hexadecimal digits (gitformat-index(5)). It only tells whether to
    wait for git is worth it."""
    try:
        with open(os.environ.get("GIT_INDEX_FILE") or f"{folder}/.git/index", "rb") as file:  # noqa: PTH123
            file.seek(-20, os.SEEK_END)
            return file.read().hex().encode()
    except OSError:
        return b""
