"""The repository as links see it: files, folders, anchors and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.model.facts import Anchor


class LinkTree(Protocol):
    """What a link may lead to. Everything that resolving a link depends on is looked up here, so that an implementation
    can record which changes of the repository affect the result."""

    def exists(self, path: str) -> bool:
        """Report whether the repository has a file at `path`: tracked, or a generated page."""

    def is_folder(self, path: str) -> bool:
        """Report whether `path` is a folder with such files; `""` is the root."""

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        """Return the anchors of a source; None if `path` is not a source."""

    def is_untracked(self, path: str) -> bool:
        """Report whether `path` exists on disk only."""

    def is_ignored(self, path: str) -> bool:
        """Report whether a `.gitignore` file of the repository names `path`."""

    def case_variants(self, path: str) -> tuple[str, ...]:
        """Return the files and folders that differ from `path` only in letter case or Unicode normalization."""

    def similar(self, path: str) -> Sequence[str]:
        """Return the files that may be suggested instead of `path`."""

    def with_alias(self, name: str) -> Sequence[str]:
        """Return the sources with the alias `name`, ignoring letter case."""


class MemoryTree:
    """A tree in memory, for tests and benchmarks."""

    def __init__(
        self,
        files: Sequence[str],
        anchors: dict[str, tuple[Anchor, ...]] | None = None,
        untracked: Sequence[str] = (),
        ignored: Sequence[str] = (),
    ) -> None:
        from kwlint.repo.path_index import PathIndex

        index = PathIndex(files)
        self.exists = index.exists
        self.is_folder = index.is_folder
        self.case_variants = index.case_variants
        self.similar = index.similar
        self._anchors = anchors or {}
        self._by_alias = sources_by_alias(self._anchors.items())
        self._untracked = frozenset(untracked)
        self._ignored = frozenset(ignored)

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        """See `LinkTree`."""
        return self._anchors.get(path)

    def is_untracked(self, path: str) -> bool:
        """See `LinkTree`."""
        return path in self._untracked

    def is_ignored(self, path: str) -> bool:
        """See `LinkTree`."""
        return path in self._ignored

    def with_alias(self, name: str) -> Sequence[str]:
        """See `LinkTree`."""
        from kwlint.repo.path_index import folded

        return self._by_alias.get(folded(name), ())


def sources_by_alias(anchors: Iterable[tuple[str, Sequence[Anchor]]]) -> dict[str, tuple[str, ...]]:
    """Return the sorted paths of the sources with each alias (case-folded). `anchors` are those of sources, by path."""
    from kwlint.repo.path_index import folded, grouped

    return grouped((folded(name), path) for path, offered in anchors for name, kind, *_ in offered if kind == "alias")
