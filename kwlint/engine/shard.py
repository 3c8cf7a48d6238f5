"""Which part of the work a machine does when several share a check.

Every part reads all documents, because a link is judged by the anchors of its target and a page names who links to its
document. What costs most is shared out: each document's keywords, evidence and pages belong to one part, by a hash of
its path, the same on every machine. The pages that come from all documents together (folders, A-Z) need all keywords,
but nothing else of a document; they are the first part's, and the only pages that it makes. Where the configuration
asks for none that needs keywords, the first part has its share of the documents like the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.depth import LINKS, NAMES, WHOLE

if TYPE_CHECKING:
    from kwlint.config import Config


class Shard(NamedTuple):
    """The part with the number `part`, from 0, of `parts`."""

    part: int = 0
    parts: int = 1

    @property
    def makes_shared_pages(self) -> bool:
        """Whether the pages of folders and the A-Z index are this part's."""
        return self.part == 0

    def holds(self, path: str, config: Config) -> bool:
        """Whether the problems of a file, source or page, are this part's."""
        if self.parts == 1:
            return True
        from kwlint.pages.names import source_of

        source = source_of(config, path)
        if source is None and path.startswith(f"{config.output_dir}/"):
            return self.makes_shared_pages
        return self.part == self._owner(source or path, config)

    def depth(self, source: str, config: Config) -> str:
        """How much of a source this part needs to know."""
        if self.parts == 1 or self.part == self._owner(source, config):
            return WHOLE
        return NAMES if self.makes_shared_pages and _needs_all_keywords(config) else LINKS

    def _owner(self, source: str, config: Config) -> int:
        from zlib import crc32

        first = 1 if _needs_all_keywords(config) else 0
        return first + crc32(source.encode("utf-8", "surrogateescape")) % (self.parts - first)


def _needs_all_keywords(config: Config) -> bool:
    from kwlint.pages.registry import names_from_keywords

    return not set(names_from_keywords()).isdisjoint(config.pages)
