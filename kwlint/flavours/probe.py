"""What detection reads of a repository."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from kwlint.flavours.config_files import from_json, mapping, text
from kwlint.flavours.paths import upwards
from kwlint.repo.files import FileError
from kwlint.repo.path_index import PathIndex


class RepoProbe:
    """The tracked paths of a repository and the bytes of its configuration files.

    `inputs` collects the files that were read.
    """

    def __init__(self, paths: Collection[str], read: Callable[[str], bytes]) -> None:
        self.paths = paths
        self.inputs: dict[str, bytes] = {}
        self._read = read

    @cached_property
    def index(self) -> PathIndex:
        """The paths, indexed by folder."""
        return PathIndex(self.paths)

    def bytes_of(self, path: str) -> bytes:
        """Return the content of a file, which is empty if it cannot be read."""
        if path not in self.inputs:
            try:
                self.inputs[path] = self._read(path)
            except (OSError, FileError):
                self.inputs[path] = b""
        return self.inputs[path]

    def document(self, path: str) -> str:
        """Return the text of a document, which is no configuration file; empty if it cannot be read."""
        try:
            return self._read(path).decode("utf-8", "replace")
        except (OSError, FileError):
            return ""

    def text_of(self, path: str) -> str:
        """Return the text of a configuration file."""
        return self.bytes_of(path).decode("utf-8", "replace")

    def is_folder(self, path: str) -> bool:
        """Report whether files lie below `path`."""
        return self.index.is_folder(path)

    def nearest(self, folder: str, name: str) -> str | None:
        """Return the path of the file called `name` in `folder` or the nearest folder above it, None if not found."""
        return next((path for path in upwards(folder, name) if path in self.paths), None)


def required_version(probe: RepoProbe, folder: str, package: str) -> str:
    """Return the version of a package that the nearest `package.json` with it requires, `""` if not found."""
    for path in upwards(folder, "package.json"):
        if path in probe.paths:
            manifest = from_json(probe.bytes_of(path))
            for key in ("dependencies", "devDependencies"):
                if version := text(mapping(manifest.get(key)).get(package)):
                    return version
    return ""
