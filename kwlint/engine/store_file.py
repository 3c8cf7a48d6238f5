"""The file of the store and the checksum of its bytes.

SQLite notices some damage and not other: a flipped bit in a tree can hide rows without an error. A checksum of each row
would not show a row that is missing, so the checksum covers the whole file. It is kept in a file of its own, written
after each commit. A thread verifies it while the program waits for git.
"""

from __future__ import annotations

import _thread  # the base of `threading`, loaded faster
import os
from contextlib import suppress
from zlib import crc32

from kwlint.engine import cache_folder

SUM_SUFFIX = ".sum"
PART = 1 << 20


class StoreFile:
    """The open file of a store. It is closed after the connection: closing it would drop SQLite's lock (POSIX)."""

    def __init__(self, path: str) -> None:
        """Open the file, or create an empty one. Raises OSError, also where there is a link in its place."""
        self.path = path
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | cache_folder.NO_FOLLOW, 0o600))
        self._handle = cache_folder.open_file(path)
        self._lock = _thread.allocate_lock()  # held while the thread reads
        self._sound = True

    def is_empty(self) -> bool:
        """Return whether nothing was written to the file yet."""
        return os.fstat(self._handle).st_size == 0

    def start_check(self) -> None:
        """Compare the file with its checksum in a thread."""
        self._lock.acquire()
        self._sound = False
        _thread.start_new_thread(self._check, ())

    def is_sound(self) -> bool:
        """Wait for the check, and return whether the bytes are those that were committed."""
        with self._lock:
            return self._sound

    def write_sum(self) -> None:
        """Keep the checksum of the file as it is. Raises OSError."""
        cache_folder.write_file(f"{self.path}{SUM_SUFFIX}", self._sum())

    def close(self) -> None:
        """Close the file, after the connection."""
        with self._lock, suppress(OSError):
            os.close(self._handle)

    def _check(self) -> None:  # pragma: no cover (coverage does not trace threads of `_thread`)
        try:
            self._sound = self._sum() == cache_folder.read_file(f"{self.path}{SUM_SUFFIX}")
        except (OSError, ValueError):
            self._sound = False
        finally:
            self._lock.release()

    def _sum(self) -> bytes:
        size = checksum = 0
        os.lseek(self._handle, 0, os.SEEK_SET)
        while part := os.read(self._handle, PART):
            checksum = crc32(part, checksum)
            size += len(part)
        return b"%d %08x" % (size, checksum)


def sound_bytes(path: str) -> bytes:
    """Return the bytes of a store, whoever has it open. Raises OSError where they are not those of its checksum."""
    data = cache_folder.read_file(path)
    if b"%d %08x" % (len(data), crc32(data)) != cache_folder.read_file(f"{path}{SUM_SUFFIX}"):
        raise OSError(f"{path}: not what was committed")
    return data


def remove(path: str) -> None:
    """Delete a store and what belongs to it."""
    for suffix in (SUM_SUFFIX, "", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            os.unlink(f"{path}{suffix}")  # noqa: PTH108
