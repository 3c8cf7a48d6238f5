"""Obsidian: a vault with `.obsidian/`, or one that is published.

Rules from its help ("Internal links"). A wikilink names a note, by its file name if that is unique, or by its
path in the vault; a fragment is the heading's text, headings one below another with `#` between them, or
`^block`. Headings are compared without ASCII punctuation but the hyphen, the underscore and the apostrophe
(`stripHeading` of its API).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kwlint.flavours.base import Flavour, LinkRequest, Resolution, folder_of, join, line_of, suffix_of, without_suffix
from kwlint.flavours.github import slug, unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

_BLOCK = re.compile(r"(?m)(?:^|\s)\^([A-Za-z0-9-]+)\s*$").finditer
_IGNORED = re.compile(r"""[\s!"#$%&()*+,./:;<=>?@\[\\\]^`{|}~]+""")


class Obsidian(Flavour):
    """A vault at `root`."""

    name = "obsidian"
    dialect = Dialect(wikilinks=True)
    aliases = True

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """With the note's aliases, by which links reach it ("Permalinks"): also one that it had before it moved."""
        given = meta.get("aliases") or meta.get("alias") or ()
        names = given if isinstance(given, list) else [given]
        aliases = (Anchor(name, "alias", "", 1) for name in names if isinstance(name, str) and name)
        return (*super().anchors(document, meta), *aliases)

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        for heading in document.headings:
            text, line = heading.text.strip(), line_of(document, heading.block_start)
            yield Anchor(text, "heading", text, line)
            yield Anchor(loose(text), "heading", text, line)
            yield Anchor(loose(heading.raw), "heading", text, line)
        names = unique(slug(heading.text) for heading in document.headings)
        for name, heading in zip(names, document.headings, strict=True):
            yield Anchor(name, "heading", heading.text.strip(), line_of(document, heading.block_start))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for match in _BLOCK(document.text) if "^" in document.text else ():
            yield Anchor(f"^{match[1]}", "target", "", line_of(document, match.start(1)))

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        last = fragment.rpartition("#")[2]
        return (fragment, last, loose(last), last.strip())

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(map(slug, texts))

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path.strip()
        rooted = path.startswith("/")
        here, above = join(self.root if rooted else folder_of(request.source), path)
        if above and path.startswith(".."):
            return Resolution((here,), True, above)
        vault = self.path_below(self.root, path)
        paths = list(dict.fromkeys((here, vault) if not above else (vault,)))
        if suffix_of(path) not in self.suffixes:
            paths += [f"{target}.md" for target in paths]
        return Resolution(tuple(paths))

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if "/" not in request.path and not suffix_of(request.path) and suffix_of(target) in self.suffixes:
            yield without_suffix(target.rpartition("/")[2])
        yield from super().spellings(request, target)

    def searched_suffix(self, request: LinkRequest) -> str:
        path = request.path.strip().lstrip("/")
        return "" if path.startswith(".") else f"/{path}" if suffix_of(path) else f"/{path}.md"


def loose(text: str) -> str:
    """A heading's text as links are compared with it: punctuation and runs of space are one space."""
    return _IGNORED.sub(" ", text).strip().lower()
