"""The contents of files as git would commit them: from disk, or from the object database where the file on disk does
not count."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from kwlint.repo import files, git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kwlint.repo.git import IndexedFile, Repository

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
MAX_POINTER_SIZE = 1024  # bytes, by the specification of git-lfs


class Contents(files.Disk):
    """The files of a repository.

    `list_indexed` returns the files whose content is that of the index, without the pages; it is called at the first
    read.
    """

    def __init__(
        self,
        repository: Repository,
        list_indexed: Callable[[], Mapping[str, IndexedFile]],
        overlay: Mapping[str, bytes] = files.NO_OVERLAY,
    ) -> None:
        super().__init__(repository.root, repository.algorithm, overlay)
        self._repository = repository
        self._list_indexed: Callable[[], Mapping[str, IndexedFile]] | None = list_indexed
        self._indexed: Mapping[str, IndexedFile] = {}
        self._loaded: dict[str, bytes] = {}

    @property
    def indexed(self) -> Mapping[str, IndexedFile]:
        """The files whose content is that of the index."""
        if self._list_indexed is not None:
            self._indexed, self._list_indexed = self._list_indexed(), None
        return self._indexed

    def __getstate__(self) -> dict[str, Any]:
        self.indexed  # noqa: B018 (a worker process cannot call the function)
        return self.__dict__

    def load(self, paths: Iterable[str]) -> None:
        """Read the files among `paths` that are in the object database together, which is faster than one by one."""
        indexed = self.indexed
        self._loaded = git.read_blobs(self._repository, [indexed[path].blob for path in paths if path in indexed])

    def is_file(self, path: str) -> bool:
        """Return whether there is a regular file on disk, readable or not."""
        try:
            return stat.S_ISREG(os.lstat(f"{self.root}/{path}").st_mode)
        except (OSError, ValueError):
            return False

    def read(self, path: str) -> bytes:
        """Return the bytes of a regular file. Raises FileError."""
        file = None if path in self.overlay else self.indexed.get(path)
        if file is None:
            return super().read(path)
        data = self._loaded.get(file.blob)
        if data is None:
            data = git.read_blobs(self._repository, [file.blob]).get(file.blob)
        if data is None:
            raise files.FileError(f"cannot read {files.shown(path)}: git does not have its content here")
        return data


def is_lfs_pointer(data: bytes) -> bool:
    """Return whether a file stands for one that git-lfs keeps elsewhere."""
    return data.startswith(LFS_POINTER) and len(data) <= MAX_POINTER_SIZE
