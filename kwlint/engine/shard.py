"""The part of the work that a machine does when several share a check.

Every part reads all documents, because a link is resolved by the anchors of its target. What costs most is shared:
each document's keywords, evidence and own pages belong to one part, by a hash of its path, the same on every machine.
Shared pages (folders, A–Z index) need the keywords of all documents, and nothing else of them. They belong to the first
part, which renders no own pages. Where the configuration asks for no page that needs keywords, the first part takes its
share of the documents like the others. With `shared-pages = "ci"` and without `--shared`, the shared pages belong to no
part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.depth import LINKS, NAMES, WHOLE

if TYPE_CHECKING:
    from kwlint.config import Config


class Shard(NamedTuple):
    """Part number `part`, from 0, of `parts`. `shared`: whether the run keeps shared pages at all."""

    part: int = 0
    parts: int = 1
    shared: bool = True

    @property
    def makes_shared_pages(self) -> bool:
        """Whether the shared pages belong to this part."""
        return self.shared and self.part == 0

    def holds(self, path: str, config: Config) -> bool:
        """Return whether this part reports the problems of a file, document or page."""
        if self.parts == 1 and self.shared:
            return True
        from kwlint.pages.names import source_of

        source = source_of(config, path)
        if source is None and path.startswith(f"{config.output_dir}/"):
            return self.makes_shared_pages
        return self.part == self._owner(source or path, config)

    def depth(self, source: str, config: Config) -> str:
        """Return how much of a document this part extracts."""
        if self.parts == 1 or self.part == self._owner(source, config):
            return WHOLE
        return NAMES if self.makes_shared_pages and self._reserves_first(config) else LINKS

    def _owner(self, source: str, config: Config) -> int:
        from zlib import crc32

        first = 1 if self._reserves_first(config) else 0
        return first + crc32(source.encode("utf-8", "surrogateescape")) % (self.parts - first)

    def _reserves_first(self, config: Config) -> bool:
        """Return whether the first of several parts renders nothing but shared pages."""
        return self.shared and self.parts > 1 and _needs_all_keywords(config)


def keeps_shared_pages(config: Config, *, asked: bool) -> bool:
    """Return whether a run judges and writes shared pages; `asked`: whether it has the option `--shared`."""
    return asked or config.shared_pages == "always"


def _needs_all_keywords(config: Config) -> bool:
    from kwlint.pages.registry import names_from_keywords

    return not set(names_from_keywords()).isdisjoint(config.pages)
