"""The names that a repository holds, to be looked up as they are, by folder, or by what people write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

COMMON_STEMS = frozenset(("index", "readme"))  # (loose) stems that many folders hold: they do not tell which is meant


class PathIndex:
    """Paths with `/`, looked up by name. Each index is made when first asked for, in one pass."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)

    def exists(self, path: str) -> bool:
        """Whether `path` is one of the files."""
        return path in self.paths

    def is_folder(self, path: str) -> bool:
        """Whether files lie below `path`; the root is a folder."""
        return not path or path in self._folders

    @property
    def folders(self) -> Iterable[str]:
        """Every folder that files lie below, the root apart."""
        return self._folders

    def spelled(self, path: str) -> tuple[str, ...]:
        """The files and folders that are called `path` but for letter case and the way accents are composed."""
        return self._by_folded.get(folded(path), ())

    def inside(self, folder: str) -> Sequence[str]:
        """The files that lie in `folder` itself."""
        return self._by_parent.get(folder, ())

    def near(self, path: str) -> Sequence[str]:
        """The files that `path` may have been meant to be: of the same stem anywhere, or in the same folder."""
        same = self._by_stem.get(loose_stem(path), ())
        beside = self.inside(path.rpartition("/")[0])
        return sorted({*same, *beside})

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
    """The values of each key, sorted."""
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(sorted(values)) for key, values in groups.items()}


def folded(text: str) -> str:
    """`text` as a file system sees it that ignores letter case and composition."""
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", text).casefold())


def loose_stem(path: str) -> str:
    """The last part of a path without its suffix, and without what people get wrong: case, `-`, `_`, the space."""
    name = path.rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    return folded(stem if dot and stem else name).replace("-", "").replace("_", "").replace(" ", "")
