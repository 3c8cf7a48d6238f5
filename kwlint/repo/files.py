"""Read and write the files of a repository. No other module does, apart from the one that keeps the cache.

A write is atomic: a reader gets the old bytes or the new ones, even after kill -9 or on a full disk. It follows no
symbolic link, stays inside the repository, and replaces only files that the caller allows.
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
_READ = os.O_RDONLY | _NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0)  # do not block on a named pipe
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY

_REMEDIES = {
    errno.ENOSPC: "the disk is full: make room and run again",
    errno.EDQUOT: "the disk quota is used up: make room and run again",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied: check the owner and mode of the file and its folder",
    errno.EPERM: "not permitted: check the owner and mode of the file and its folder",
    errno.EISDIR: "there is a folder with the file's name: move it away",
    errno.ENOTDIR: "there is a file with the folder's name: move it away",
    errno.ENAMETOOLONG: "the name is longer than the file system allows: shorten the source's name",
    errno.ELOOP: "it is a symbolic link or below one, and kwlint does not follow links: move it away",
    errno.ENOENT: "it does not exist any more: run again",
    errno.EMFILE: "too many open files: raise the limit (ulimit -n)",
}


NO_OVERLAY: Mapping[str, bytes] = MappingProxyType({})


class FileError(Exception):
    """A file cannot be read or written. The message is one line: what, where, and what to do."""


class Disk:
    """The files below `root`, each hashed at most once.

    `algorithm` names the repository's object format (`sha1` or `sha256`). `overlay` maps paths to bytes that are used
    instead of the bytes on disk.
    """

    def __init__(self, root: Path, algorithm: str = "sha1", overlay: Mapping[str, bytes] = NO_OVERLAY) -> None:
        self.root = root
        self.overlay = dict(overlay)
        self.algorithm = algorithm
        self._blobs: dict[str, str | None] = {}

    def blob_id(self, path: str) -> str | None:
        """Return the git blob id of the bytes on disk, or None for anything but a readable regular file."""
        if path not in self._blobs:
            try:
                self._blobs[path] = blob_id(self.read(path), self.algorithm)
            except FileError:
                self._blobs[path] = None
        return self._blobs[path]

    def exists(self, path: str) -> bool:
        """Return whether anything exists at `path`, a dangling symbolic link included."""
        return os.path.lexists(f"{self.root}/{path}")

    def has_file(self, path: str) -> bool:
        """Return whether there is a file at `path`, or a folder with one in it: git keeps no empty folders."""
        full = Path(self.root, path)
        if full.is_symlink() or not full.is_dir():
            return self.exists(path)
        return any(files for _, _, files in os.walk(full))

    def read(self, path: str) -> bytes:
        """Return the bytes of a regular file. Raises FileError."""
        data = self.overlay.get(path)
        return read(self.root, path) if data is None else data

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a regular file, or None if there is none or it cannot be read."""
        try:
            return self.read(path)
        except FileError:
            return None


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """Return the id that git gives to `data` as a blob, in hexadecimal, in a `sha1` or `sha256` repository."""
    if algorithm == "sha1":
        from kwlint.repo.hashing import sha1 as function
    else:
        from hashlib import sha256 as function
    digest = function(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def read(root: Path | str, path: str) -> bytes:
    """Return the bytes of a regular file. Raises FileError, also for a symbolic link, pipe or device."""
    try:
        handle = os.open(f"{root}/{path}", _READ)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise FileError(f"cannot read {shown(path)}: it is not a regular file")
            return _all_bytes(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise _file_error("read", path, error) from None
    except ValueError:  # a NUL in the name
        raise FileError(f"cannot read {shown(path)}: no file can have this name") from None


def size(root: Path | str, path: str) -> int:
    """Return the size of a file in bytes, or 0 if it is not known."""
    try:
        return os.lstat(f"{root}/{path}").st_size
    except (OSError, ValueError):
        return 0


def write_page(root: Path | str, path: str, data: bytes) -> None:
    """Write a page to `path`. Raises FileError if a file without kwlint's marker is there."""
    _write(
        root, path, data, has_marker, f"did not overwrite {shown(path)}: it was not generated by kwlint; move it away"
    )


def write_atomically(root: Path | str, path: str, data: bytes, *, expected: bytes | None = None) -> None:
    """Replace the file at `path`, keeping its mode, or create it; return when it is on the disk.

    With `expected`, the file must still hold these bytes just before it is replaced, in case an editor has saved it
    meanwhile. Raises FileError and leaves the file as it was.
    """
    refusal = f"did not change {shown(path)}: another program changed it meanwhile; run again"
    _write(root, path, data, None if expected is None else expected.__eq__, refusal, source=True)


def delete_page(root: Path | str, path: str, output_dir: str) -> None:
    """Delete a page, then each folder up to and including `output_dir` that this leaves empty.

    A page that does not exist is no error. Raises FileError for a file without kwlint's marker.
    """
    _check_inside(path)
    try:
        _check_folders(str(root), path.rpartition("/")[0])
        content = _existing_bytes(f"{root}/{path}")
        if content is None:
            return
        if not has_marker(content):
            raise FileError(f"did not delete {shown(path)}: it was not generated by kwlint; move it away")
        Path(f"{root}/{path}").unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _file_error("delete", path, error) from None
    remove_empty_folders(root, path.rpartition("/")[0], output_dir)


def has_marker(data: bytes) -> bool:
    """Return whether the first line is the marker of a page."""
    from kwlint.repo.page_marker import read_marker

    return read_marker(data[:4096].decode("utf-8", "replace").partition("\n")[0]) is not None


def remove_empty_folders(root: Path | str, folder: str, top: str) -> None:
    """Remove `folder` and its parents while they are empty; `top` is the last to be removed."""
    while folder and (folder == top or folder.startswith(f"{top}/")):
        try:
            Path(f"{root}/{folder}").rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def is_temporary(path: str) -> bool:
    """Return whether `path` has the name of a temporary file, which a write renames when it is complete."""
    name = path.rpartition("/")[2]
    return name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX)


def sweep(root: Path | str, paths: Iterable[str]) -> None:
    """Delete the temporary files among `paths` whose process has ended."""
    for path in paths:
        if is_temporary(path) and not _writer_is_running(path):
            _discard(f"{root}/{path}")


def delete_tree(root: Path | str, folder: str) -> int:
    """Delete a folder with its content, and return the number of files. Symbolic links are not followed."""
    removed = 0
    if Path(f"{root}/{folder}").is_symlink():
        return removed
    for parent, folders, names in os.walk(f"{root}/{folder}", topdown=False):
        for name in names:
            Path(parent, name).unlink(missing_ok=True)
            removed += 1
        for name in folders:
            subfolder = Path(parent, name)
            if subfolder.is_symlink():
                subfolder.unlink(missing_ok=True)
            else:
                subfolder.rmdir()
    top = Path(f"{root}/{folder}")
    if top.is_dir():
        top.rmdir()
    return removed


def walk(root: Path | str) -> Iterator[str]:
    """Yield the regular files below `root` that no `.gitignore` excludes, sorted by folder. `.git` folders and symbolic
    links are skipped."""
    yield from _walk_folder(str(root), "", ())


def shown(path: str) -> str:
    """Return a path or a message as one line of printable text, with control characters and undecodable bytes as
    escapes. What CI systems would take for a command (`::error::x` or `##[error]x`) is escaped too."""
    if "::" in path and path.lstrip().startswith("::"):
        path = path.replace(":", "\\x3a", 1)
    if "##[" in path:
        path = path.replace("##[", "#\\x23[")
    if path.isprintable() and path.isascii():
        return path
    return "".join(map(_shown_character, path))


def _shown_character(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":  # a byte that is not UTF-8
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
    ignored = False
    for folder, spec in rules:
        match = spec.check_file(path[len(folder) + 1 :] if folder else path)  # type: ignore[attr-defined]
        if match.include is not None:
            ignored = bool(match.include)
    return ignored


def _all_bytes(handle: int) -> bytes:
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _check_inside(path: str) -> None:
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or ".git" in parts or "" in parts:
        raise FileError(f"refused to write {shown(path)}: it is not a path of a file in the repository")


def _make_folders(root: str, folder: str) -> None:
    """Create the missing parts of `folder`. Raises OSError if one of them is a symbolic link or a file."""
    try:
        missing = not _check_folders(root, folder)
    except FileNotFoundError:
        missing = True
    if missing:
        full_path = root
        for part in folder.split("/"):
            full_path = f"{full_path}/{part}"
            try:
                os.mkdir(full_path)  # noqa: PTH102 (called many thousand times)
            except FileExistsError:
                _check_folder(full_path)


def _check_folders(root: str, folder: str) -> bool:
    """Return True if every part of `folder` is a real folder. Raises OSError for a link, a file or a missing part."""
    full_path = root
    for part in folder.split("/") if folder else ():
        full_path = f"{full_path}/{part}"
        _check_folder(full_path)
    return True


def _check_folder(full_path: str) -> None:
    mode = os.lstat(full_path).st_mode
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "", full_path)
    if not stat.S_ISDIR(mode):
        raise OSError(errno.ENOTDIR, "", full_path)


def _temporary_name(root: str, folder: str) -> str:
    name = f"{TEMPORARY_PREFIX}{os.getpid()}-{os.urandom(6).hex()}{TEMPORARY_SUFFIX}"
    return f"{root}/{folder}/{name}" if folder else f"{root}/{name}"


def _writer_is_running(path: str) -> bool:
    """Return whether the process that made a temporary file may still be running."""
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


def _mode(full_path: str) -> int | None:
    try:
        return stat.S_IMODE(os.lstat(full_path).st_mode)
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
            _rename(temporary, f"{root}/{path}", may_replace, refusal)
        finally:
            _discard(temporary)
    except OSError as error:
        raise _file_error("write", path, error) from None
    except ValueError:
        raise FileError(f"cannot write {shown(path)}: no file can have this name") from None


def _rename(temporary: str, full_path: str, may_replace: Callable[[bytes], bool] | None, refusal: str) -> None:
    content = _existing_bytes(full_path)
    if content is None:
        try:
            os.link(temporary, full_path)  # unlike `replace`, fails if another process has created the file
            return
        except FileExistsError:
            content = _existing_bytes(full_path)
        except OSError:  # a file system without hard links
            pass
    if content is not None and may_replace is not None and not may_replace(content):
        raise FileError(refusal)
    os.replace(temporary, full_path)  # noqa: PTH105 (called many thousand times)


def _existing_bytes(full_path: str) -> bytes | None:
    """Return the bytes of a regular file, or None if nothing is there. Raises OSError for anything else."""
    try:
        handle = os.open(full_path, _READ)
    except FileNotFoundError:
        return None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EPERM, "", full_path)
        return _all_bytes(handle)
    finally:
        os.close(handle)


def _discard(temporary: str) -> None:
    with suppress(OSError):
        os.unlink(temporary)  # noqa: PTH108 (called many thousand times)


def _file_error(verb: str, path: str, error: OSError) -> FileError:
    remedy = _REMEDIES.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return FileError(f"cannot {verb} {shown(path)}: {remedy}")
