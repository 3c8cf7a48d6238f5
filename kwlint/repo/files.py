"""Reads and writes the files of a repository; the only module that touches the disk, the cache's apart.

A write is atomic: whoever looks finds the old bytes or the new ones, also after kill -9 or on a full disk. It goes
through no symbolic link, leaves no folder of the repository, and replaces only what the caller allows.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TEMPORARY_PREFIX = ".kwlint-"
TEMPORARY_SUFFIX = ".tmp"

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0)  # a pipe in a file's place must not block
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY

_REMEDIES = {
    errno.ENOSPC: "the disk is full: make room and run again",
    errno.EDQUOT: "the disk quota is used up: make room and run again",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied: check the owner and mode of the file and its folder",
    errno.EPERM: "not permitted: check the owner and mode of the file and its folder",
    errno.EISDIR: "a folder stands where the file belongs: move it away",
    errno.ENOTDIR: "a file stands where a folder belongs: move it away",
    errno.ENAMETOOLONG: "the name is longer than the file system allows: shorten the source's name",
    errno.ELOOP: "a symbolic link stands there, and kwlint does not go through links: move it away",
    errno.ENOENT: "it is no longer there: run again",
    errno.EMFILE: "too many open files: raise the limit (ulimit -n)",
}


NO_OVERLAY: Mapping[str, bytes] = MappingProxyType({})


class FileError(Exception):
    """A file that cannot be read or written; its text is one line: what, where, and the remedy."""


class Disk:
    """The files below `root`, each hashed at most once; `algorithm` is that of the repository's object names.
    `overlay`: for some files, by path, the bytes that are taken for theirs."""

    def __init__(self, root: Path, algorithm: str = "sha1", overlay: Mapping[str, bytes] = NO_OVERLAY) -> None:
        self.root = root
        self.overlay = dict(overlay)
        self.algorithm = algorithm
        self._blobs: dict[str, str | None] = {}

    def blob_id(self, path: str) -> str | None:
        """The name git gives to the bytes on disk; None where they cannot be read or are no regular file."""
        if path not in self._blobs:
            try:
                self._blobs[path] = blob_id(self.read(path), self.algorithm)
            except FileError:
                self._blobs[path] = None
        return self._blobs[path]

    def exists(self, path: str) -> bool:
        """Whether something is at `path`, be it a dangling link."""
        return os.path.lexists(f"{self.root}/{path}")

    def read(self, path: str) -> bytes:
        """The bytes of a regular file. Raises FileError."""
        found = self.overlay.get(path)
        return read(self.root, path) if found is None else found

    def read_or_none(self, path: str) -> bytes | None:
        """The bytes of a regular file, None where there is none that can be read."""
        try:
            return self.read(path)
        except FileError:
            return None


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """The hexadecimal name that git gives to `data` as a blob, in a `sha1` or `sha256` repository."""
    if algorithm == "sha1":
        from kwlint.repo.hashing import sha1 as function
    else:
        from hashlib import sha256 as function
    digest = function(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def read(root: Path | str, path: str) -> bytes:
    """The bytes of a regular file. Raises FileError; a symbolic link, pipe or device counts as unreadable."""
    try:
        handle = os.open(f"{root}/{path}", _READ)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise FileError(f"cannot read {shown(path)}: it is no regular file")
            return _all_bytes(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise _file_error("read", path, error) from None
    except ValueError:  # a NUL in the name
        raise FileError(f"cannot read {shown(path)}: no file can have this name") from None


def size(root: Path | str, path: str) -> int:
    """The size of a file in bytes, 0 where it cannot be told."""
    try:
        return os.lstat(f"{root}/{path}").st_size
    except (OSError, ValueError):
        return 0


def write_page(root: Path | str, path: str, data: bytes) -> None:
    """Put a page at `path`, unless a file without kwlint's marker stands there. Raises FileError."""
    _write(root, path, data, has_marker, f"did not overwrite {shown(path)}: it is not kwlint's page; move it away")


def write_atomically(root: Path | str, path: str, data: bytes, *, expected: bytes | None = None) -> None:
    """Replace the file at `path`, keeping its mode, or make it; wait until the disk has it.

    With `expected`, the file must still hold these bytes right before it is replaced: an editor may have been faster.
    Raises FileError, and leaves what was there.
    """
    refusal = f"did not change {shown(path)}: it has been changed meanwhile; run again"
    _write(root, path, data, None if expected is None else expected.__eq__, refusal, source=True)


def delete_page(root: Path | str, path: str, output_dir: str) -> None:
    """Remove a page, then the folders below `output_dir`, and that itself, that this leaves empty.

    A page that is gone already is no error. Raises FileError for a file without kwlint's marker.
    """
    _check_inside(path)
    try:
        _check_folders(str(root), path.rpartition("/")[0])
        content = _content(f"{root}/{path}")
        if content is None:
            return
        if not has_marker(content):
            raise FileError(f"did not delete {shown(path)}: it is not kwlint's page; move it away")
        Path(f"{root}/{path}").unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _file_error("delete", path, error) from None
    remove_empty_folders(root, path.rpartition("/")[0], output_dir)


def has_marker(data: bytes) -> bool:
    """Whether the first line says that kwlint made this."""
    from kwlint.repo.page_marker import read_marker

    return read_marker(data[:4096].decode("utf-8", "replace").partition("\n")[0]) is not None


def remove_empty_folders(root: Path | str, folder: str, keep: str) -> None:
    """Remove `folder` and those above it for as long as they are empty, stopping at `keep` (which goes last)."""
    while folder and (folder == keep or folder.startswith(f"{keep}/")):
        try:
            Path(f"{root}/{folder}").rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def is_temporary(path: str) -> bool:
    """Whether `path` is named like a file that a write is about to put in place."""
    name = path.rpartition("/")[2]
    return name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX)


def sweep(root: Path | str, paths: Iterable[str]) -> None:
    """Remove the temporary files among `paths` that a killed process left behind."""
    for path in paths:
        if is_temporary(path) and not _alive(path):
            _discard(f"{root}/{path}")


def delete_tree(root: Path | str, folder: str) -> int:
    """Remove the folder and all in it, links themselves and not what they point to; how many files went."""
    removed = 0
    if Path(f"{root}/{folder}").is_symlink():
        return removed
    for parent, folders, names in os.walk(f"{root}/{folder}", topdown=False):
        for name in names:
            Path(parent, name).unlink(missing_ok=True)
            removed += 1
        for name in folders:
            place = Path(parent, name)
            if place.is_symlink():
                place.unlink(missing_ok=True)
            else:
                place.rmdir()
    place = Path(f"{root}/{folder}")
    if place.is_dir():
        place.rmdir()
    return removed


def walk(root: Path | str) -> Iterator[str]:
    """The regular files below `root` that no `.gitignore` on the way names, sorted by folder; `.git` folders and
    symbolic links are passed over."""
    yield from _walk_folder(str(root), "", ())


def shown(path: str) -> str:
    """A path as one clean line of text: control characters and undecodable bytes as escapes."""
    if path.isprintable() and path.isascii():
        return path
    return "".join(map(_shown_character, path))


def _shown_character(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":  # a byte that is no UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def _walk_folder(root: str, folder: str, rules: tuple[tuple[str, object], ...]) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(f"{root}/{folder}"), key=lambda entry: entry.name)
    except OSError:
        return
    if any(entry.name == ".gitignore" for entry in entries):
        rules = (*rules, (folder, _ignore_rules(root, folder)))
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_symlink() or entry.name == ".git":
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _ignored(f"{path}/", rules):
                yield from _walk_folder(root, path, rules)
        elif entry.is_file(follow_symlinks=False) and not _ignored(path, rules):
            yield path


def _ignore_rules(root: str, folder: str) -> object:
    from pathspec import GitIgnoreSpec

    try:
        data = read(root, f"{folder}/.gitignore" if folder else ".gitignore")
    except FileError:
        data = b""
    try:
        return GitIgnoreSpec.from_lines(data.decode("utf-8", "surrogateescape").splitlines())
    except ValueError:
        return GitIgnoreSpec.from_lines([])


def _ignored(path: str, rules: tuple[tuple[str, object], ...]) -> bool:
    verdict = False
    for folder, spec in rules:
        found = spec.check_file(path[len(folder) + 1 :] if folder else path)  # type: ignore[attr-defined]
        if found.include is not None:
            verdict = bool(found.include)
    return verdict


def _all_bytes(handle: int) -> bytes:
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _check_inside(path: str) -> None:
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or ".git" in parts or "" in parts:
        raise FileError(f"refused to write {shown(path)}: it is not a place of the repository's files")


def _make_folders(root: str, folder: str) -> None:
    """Make what is missing of `folder`; raises OSError where a link or a file is in the way."""
    try:
        missing = not _check_folders(root, folder)
    except FileNotFoundError:
        missing = True
    if missing:
        place = root
        for part in folder.split("/"):
            place = f"{place}/{part}"
            try:
                os.mkdir(place)  # noqa: PTH102 (many thousand times)
            except FileExistsError:
                _check_folder(place)


def _check_folders(root: str, folder: str) -> bool:
    """Whether every part of `folder` is a real folder; raises OSError for one that is a link or no folder."""
    place = root
    for part in folder.split("/") if folder else ():
        place = f"{place}/{part}"
        _check_folder(place)
    return True


def _check_folder(place: str) -> None:
    mode = os.lstat(place).st_mode
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "", place)
    if not stat.S_ISDIR(mode):
        raise OSError(errno.ENOTDIR, "", place)


def _temporary_name(root: str, folder: str) -> str:
    name = f"{TEMPORARY_PREFIX}{os.getpid()}-{os.urandom(6).hex()}{TEMPORARY_SUFFIX}"
    return f"{root}/{folder}/{name}" if folder else f"{root}/{name}"


def _alive(path: str) -> bool:
    """Whether the process that made a temporary file still runs (it may be on another machine: then it is spared)."""
    number = path.rpartition(TEMPORARY_PREFIX)[2].partition("-")[0]
    if not number.isdigit() or os.name == "nt":
        return True
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return int(number) != os.getpid()


def _mode(place: str) -> int | None:
    try:
        return stat.S_IMODE(os.lstat(place).st_mode)
    except OSError:
        return None


def _write_new(temporary: str, data: bytes, mode: int | None, durable: bool) -> None:
    handle = os.open(temporary, _CREATE, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def _write(
    root: Path | str,
    path: str,
    data: bytes,
    may_replace: Callable[[bytes], bool] | None,
    refusal: str,
    source: bool = False,
) -> None:
    folder = path.rpartition("/")[0]
    _check_inside(path)
    try:
        _make_folders(str(root), folder)
        temporary = _temporary_name(str(root), folder)
        try:
            _write_new(temporary, data, _mode(f"{root}/{path}") if source else None, durable=source)
            _put(temporary, f"{root}/{path}", may_replace, refusal)
        finally:
            _discard(temporary)
    except OSError as error:
        raise _file_error("write", path, error) from None
    except ValueError:
        raise FileError(f"cannot write {shown(path)}: no file can have this name") from None


def _put(temporary: str, place: str, may_replace: Callable[[bytes], bool] | None, refusal: str) -> None:
    content = _content(place)
    if content is None:
        try:
            os.link(temporary, place)  # fails, as a replacement would not, if a file has appeared there
            return
        except FileExistsError:
            content = _content(place)
        except OSError:  # a file system without hard links
            pass
    if content is not None and may_replace is not None and not may_replace(content):
        raise FileError(refusal)
    os.replace(temporary, place)  # noqa: PTH105 (many thousand times)


def _content(place: str) -> bytes | None:
    """The bytes of the regular file at `place`, None where there is nothing; raises OSError for anything else."""
    try:
        handle = os.open(place, _READ)
    except FileNotFoundError:
        return None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EPERM, "", place)
        return _all_bytes(handle)
    finally:
        os.close(handle)


def _discard(temporary: str) -> None:
    with suppress(OSError):
        os.unlink(temporary)  # noqa: PTH108 (many thousand times)


def _file_error(verb: str, path: str, error: OSError) -> FileError:
    remedy = _REMEDIES.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return FileError(f"cannot {verb} {shown(path)}: {remedy}")
