"""An index of a repository's paths: exact, by folder, ignoring case, and by similar names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

COMMON_STEMS = frozenset(("index", "readme"))  # loose stems that occur in many folders and identify no file


class PathIndex:
    """Paths with `/` as separator. Each lookup table is built in one pass when it is first used."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)

    def exists(self, path: str) -> bool:
        """Return whether `path` is one of the files."""
        return path in self.paths

    def is_folder(self, path: str) -> bool:
        """Return whether there are files below `path`. The root, an empty path, is a folder."""
        return not path or path in self._folders

    @property
    def folders(self) -> Iterable[str]:
        """All folders with files below them, without the root."""
        return self._folders

    def case_variants(self, path: str) -> tuple[str, ...]:
        """Return the files and folders whose path equals `path` if letter case and Unicode composition are ignored."""
        return self._by_folded.get(folded(path), ())

    def inside(self, folder: str) -> Sequence[str]:
        """Return the files directly in `folder`."""
        return self._by_parent.get(folder, ())

    def similar(self, path: str) -> Sequence[str]:
        """Return candidates for a misspelled `path`: files with the same loose stem, and all files in its folder."""
        same_stem = self._by_stem.get(loose_stem(path), ())
        same_folder = self.inside(path.rpartition("/")[0])
        return sorted({*same_stem, *same_folder})

    @cached_property
    def _folders(self) -> frozenset[str]:
        folders: set[str] = set()
        for path in self.paths:
            folder = path.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(folders)

    @cached_property
    def _by_folded(self) -> dict[str, tuple[str, ...]]:
        return grouped((folded(path), path) for path in (*self.paths, *self._folders))

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        return grouped((loose_stem(path), path) for path in self.paths)

    @cached_property
    def _by_parent(self) -> dict[str, tuple[str, ...]]:
        return grouped((path.rpartition("/")[0], path) for path in self.paths)


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the sorted values of each key."""
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(sorted(values)) for key, values in groups.items()}


def folded(text: str) -> str:
    """Return `text` casefolded and in NFC, as a case-insensitive file system compares names."""
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", text).casefold())


def loose_stem(path: str) -> str:
    """Return the last part of a path without its suffix, letter case, `-`, `_` and spaces."""
    name = path.rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    return folded(stem if dot and stem else name).replace("-", "").replace("_", "").replace(" ", "")
