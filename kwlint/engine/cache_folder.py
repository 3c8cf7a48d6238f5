"""Where the cache is: in a folder that no commit reaches.

That is `kwlint` in git's own directory, the folder that KWLINT_CACHE_DIR names, or outside of git one below the user's
cache directory. This module is imported by the shortest run, and imports only what that needs.
"""

from __future__ import annotations

import os
import stat
import sys

VARIABLE = "KWLINT_CACHE_DIR"
NAMES = ("clean", "store.sqlite", "search.sqlite")  # what the names of its files begin with
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0)  # do not block on a named pipe
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | _BINARY


def cache_folder(root: str) -> str | None:
    """Return the folder of the cache of the repository at `root`; None where that would be in the work tree."""
    git_folder = _git_folder(root)
    named = os.environ.get(VARIABLE)
    if not named:
        return f"{git_folder}/kwlint" if git_folder else _user_folder(root)
    # A link of the work tree may lead out of it, so the path is looked at before and after links are followed.
    places = (os.path.abspath(named), os.path.realpath(named))  # noqa: PTH100
    tops = (os.path.abspath(root), os.path.realpath(root))  # noqa: PTH100
    if any(_is_within(place, top) for place in places for top in tops) and not (
        git_folder and _is_within(places[1], os.path.realpath(git_folder))
    ):
        return None
    return places[1]


def make(folder: str) -> None:
    """Create the folder of the cache. Raises OSError where it cannot be, or where there is a link in its place."""
    try:
        os.makedirs(folder, mode=0o700)  # noqa: PTH103
    except FileExistsError:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise


def open_file(path: str) -> int:
    """Return a descriptor of a regular file of the cache, to read it. Raises OSError, also for a link."""
    handle = os.open(path, _READ)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path}: not a regular file")
    return handle


def read_file(path: str) -> bytes:
    """Return the content of a regular file of the cache. Raises OSError, also for a link."""
    with open(open_file(path), "rb") as file:
        return file.read()


def write_file(path: str, data: bytes) -> None:
    """Replace a file of the cache. Raises OSError."""
    temporary = f"{path}.{os.urandom(8).hex()}"
    with open(os.open(temporary, _CREATE, 0o600), "wb") as file:  # noqa: PTH123
        try:
            file.write(data)
            file.flush()
            os.replace(temporary, path)  # noqa: PTH105
        except BaseException:
            os.unlink(temporary)  # noqa: PTH108
            raise


def remove(folder: str | None) -> int:
    """Delete the files of kwlint in the folder of the cache, and the folder if that leaves it empty.

    Returns the number of files. Raises OSError where one cannot be deleted.
    """
    if folder is None or not os.path.isdir(folder) or os.path.islink(folder):  # noqa: PTH112, PTH114
        return 0
    names = [name for name in os.listdir(folder) if name.startswith(NAMES)]  # noqa: PTH208
    for name in names:
        os.unlink(f"{folder}/{name}")  # noqa: PTH108
    if not os.listdir(folder):  # noqa: PTH208
        os.rmdir(folder)  # noqa: PTH106
    return len(names)


def _git_folder(root: str) -> str | None:
    """Return git's own directory of the work tree at `root` (in a linked work tree, its part of it), or None."""
    named = os.environ.get("GIT_DIR")
    path = os.path.abspath(named) if named else f"{root}/.git"  # noqa: PTH100
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            line = file.read(4096)
    except IsADirectoryError:
        return path
    except OSError:  # on Windows, also for a folder
        return path if os.path.isdir(path) else None  # noqa: PTH112
    # In a linked work tree or a submodule, a file that names the folder (gitrepository-layout(5)).
    target = os.path.join(os.path.dirname(path), os.fsdecode(line.removeprefix(b"gitdir: ").rstrip(b"\r\n")))  # noqa: PTH118, PTH120
    return target if line.startswith(b"gitdir: ") and os.path.isdir(target) else None  # noqa: PTH112


def _user_folder(root: str) -> str:
    from kwlint.repo.hashing import blake2b

    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")  # noqa: PTH111
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return f"{base}/kwlint/{blake2b(os.fsencode(os.path.realpath(root)), digest_size=16).hexdigest()}"


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
