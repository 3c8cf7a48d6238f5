"""How git hosts and site generators turn headings into anchors and link targets into files, one file each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from kwlint.flavours.base import Flavour, GitHub, folder_of
from kwlint.model.document import Document

__all__ = ["Flavour", "Flavours", "detect", "host_anchors"]


class Flavours:
    """Which flavour a path has: that of the nearest content root above it, the host's outside of all."""

    def __init__(self, roots: Iterable[tuple[str, Flavour]] = (), inputs: Iterable[str] = ()) -> None:
        self.roots = tuple(sorted(roots, key=lambda pair: (-len(pair[0]), pair[0])))
        self.inputs = tuple(sorted(set(inputs)))
        self.default: Flavour = GitHub()
        self._by_folder: dict[str, Flavour] = {}
        self._twins: dict[Flavour, Flavour] = {}

    def of(self, path: str) -> Flavour:
        """The flavour of the file at `path`."""
        folder = folder_of(path)
        known = self._by_folder.get(folder)
        if known is None:
            known = self._by_folder[folder] = self._nearest(folder)
        if known.excludes_readmes and path.endswith(("README.md", "README.qmd")):
            return self.default
        return self._twin(known) if path.endswith(".mdx") else known

    def _twin(self, flavour: Flavour) -> Flavour:
        """The flavour as it reads `.mdx`: what stands in braces is code, and comments are written otherwise."""
        twin = self._twins.get(flavour)
        if twin is None:
            from copy import copy

            twin = self._twins[flavour] = copy(flavour)
            twin.dialect = flavour.dialect._replace(mdx=True)
        return twin

    def _nearest(self, folder: str) -> Flavour:
        hosts_own = folder.startswith(".")  # no generator makes pages of hidden folders: only the host shows them
        for root, flavour in self.roots:
            if (not root and not hosts_own) or folder == root or folder.startswith(root + "/"):
                return flavour
        return self.default

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of sources, over all flavours."""
        return tuple(sorted({s for _, flavour in self.roots for s in flavour.suffixes} | set(self.default.suffixes)))

    @property
    def fingerprint(self) -> str:
        """A digest of every root and every setting, the same for the same configuration files."""
        from kwlint.repo.hashing import blake2b

        said = repr([(root, flavour.identity) for root, flavour in self.roots])
        return blake2b(said.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def detect(
    paths: Collection[str], read: Callable[[str], bytes], settings: tuple[tuple[str, str], ...] = ()
) -> Flavours:
    """The flavours of a repository that holds `paths`.

    `read` gives a configuration file's bytes; only those that name a generator are read. `settings` are the user's
    (folder, flavour name) pairs, which come before what is found.
    """
    from kwlint.flavours.detection import found

    return found(paths, read, settings)


def host_anchors(host: str, document: Document) -> tuple[str, ...]:
    """One fragment per heading, as the git host (`github` or `gitlab`) makes it from what it renders.

    A host knows no custom ids: `## Setup {#x}` is there with the text in braces.
    """
    if host == "gitlab":
        from kwlint.flavours.gitlab import anchors
    else:
        from kwlint.flavours.github import anchors
    return tuple(anchors(heading.text for heading in document.headings))
