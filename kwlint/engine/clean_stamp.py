"""The clean stamp: the last result, where it was that there are no problems, reused while git's output is the same.

It is a file of its own beside the store, so that the run that users make most often loads neither the rest of the
program nor SQLite. It holds all that the result depends on, and every byte of that is compared: the package's digest,
the configuration files, and git's output. Where anything differs, or the result depends on more, the program runs.
"""

from __future__ import annotations

import os
from zlib import crc32

from kwlint.engine.cache_folder import cache_folder, make, read_file, write_file
from kwlint.engine.package_digest import package_digest

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from kwlint.repo.git_process import Prefetch

FILE = "clean"
CONFIGURATION = ("kwlint.toml", "pyproject.toml")
# Command lines with the same result where there are no problems; the flags below change nothing there.
EQUIVALENT: tuple[list[str], ...] = ([], ["--fix"], ["--fix", "--stage"])
WITHOUT_EFFECT = ("-q", "--exit-zero", "--exit-non-zero-on-fix")


def load_message(prefetch: Prefetch, arguments: list[str]) -> str | None:
    """Return the message for standard error, where the stamp answers the command line; None otherwise.

    Where the index has changed, the answer is None without waiting for git.
    """
    if sorted(word for word in arguments if word not in WITHOUT_EFFECT) not in EQUIVALENT:
        return None
    try:
        checksum, message, index, inputs = read_file(f"{cache_folder(prefetch.folder)}/{FILE}").split(b"\0", 3)
    except (OSError, ValueError):
        return None
    if checksum != b"%d" % crc32(message) or index != _index_checksum(prefetch.folder):
        return None
    (opened, opening, _), (listed, entries, _), (compared, changes, _) = prefetch.outcomes()
    is_root = opening.startswith(b"true\n") and opening.endswith(b"\n" + os.fsencode(prefetch.folder) + b"\n")
    if opened or listed or compared or changes or not is_root or inputs != _inputs(prefetch.folder, entries):
        return None
    return "" if "-q" in arguments else message.decode("utf-8", "replace")


def save_message(folder: str, entries: bytes, message: str) -> None:
    """Stamp a repository that has no problems, and whose files on disk do not differ from git's `entries`."""
    data = message.encode("utf-8", "replace")
    if b"\0" in data:
        return
    parts = (b"%d" % crc32(data), data, _index_checksum(folder), _inputs(folder, entries))
    place = cache_folder(folder)
    if place is None:
        return
    try:
        make(place)
        write_file(f"{place}/{FILE}", b"\0".join(parts))
    except OSError:  # without a cache, every run is a full one
        return


def _inputs(folder: str, entries: bytes) -> bytes:
    """Return all that the result depends on."""
    configuration = [_content(f"{folder}/{name}") for name in CONFIGURATION]
    return b"\0\0".join((package_digest().encode(), *configuration, entries))


def _content(path: str) -> bytes:
    """Return the bytes of a file after a sign that tells an empty file from a missing one."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return b"=" + file.read()
    except OSError as error:
        return b"!%d" % (error.errno or 0)


def _index_checksum(folder: str) -> bytes:
    """Return the checksum at the end of git's index, in hexadecimal digits (gitformat-index(5)).

    It only decides whether to wait for git.
    """
    try:
        with open(os.environ.get("GIT_INDEX_FILE") or f"{folder}/.git/index", "rb") as file:  # noqa: PTH123
            file.seek(-20, os.SEEK_END)
            return file.read().hex().encode()
    except OSError:
        return b""
