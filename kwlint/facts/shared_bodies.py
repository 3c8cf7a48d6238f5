"""Documents that differ in nothing but what their front matter says, as one page of two versions of a site does.

What stands below the front matter is then read once. Where the repository keeps its versions in folders beside each
other, that is half of the text and more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.markdown.front_matter import front_matter
from kwlint.markdown.lines import line_starts

if TYPE_CHECKING:
    from collections.abc import Callable

    from kwlint.config import KeywordSettings
    from kwlint.model.document import Dialect, Document, FrontMatter
    from kwlint.model.facts import Evidence, Keyword, LinkFact, Sample, SectionFact

# What some rule looks for in the whole text: a front matter that holds one of these has to be the same.
_MARKUP = "<", "{"


class Named:
    """The keywords of documents with one text below the front matter, by what their paths and front matters say of
    them. That is asked only when a second such document comes, which most have not."""

    def __init__(self) -> None:
        self.first: tuple[str, dict[str, object], tuple[Keyword, ...]] | None = None
        self.known: dict[object, tuple[Keyword, ...]] = {}


class Below(NamedTuple):
    """What a document's text below its front matter says, whatever that and the path are."""

    document: Document
    sections: tuple[SectionFact, ...]
    links: tuple[LinkFact, ...]
    hosts: tuple[tuple[str, int], ...]
    samples: tuple[Sample, ...]
    evidence: tuple[Evidence, ...]
    named: Named

    def keywords(
        self, path: str, meta: dict[str, object], settings: KeywordSettings, find: Callable[[], tuple[Keyword, ...]]
    ) -> tuple[Keyword, ...]:
        """The keywords of the document at `path`: a twin's where its path and front matter say the same of them, else
        by `find`."""
        from kwlint.keywords.inputs import external_inputs

        named = self.named
        if named.first is None:
            found = find()
            named.first = path, meta, found
            return found
        if not named.known:
            place, matter, found = named.first
            named.known[external_inputs(self.document, place, matter, settings)] = found
        said = external_inputs(self.document, path, meta, settings)
        if said not in named.known:
            named.known[said] = find()
        return named.known[said]


class Twins:
    """The documents read last, all of one length, by what they have to share to be twins."""

    def __init__(self) -> None:
        self._length = -1
        self._below: dict[tuple[object, ...], Below] = {}

    def below(self, text: str, dialect: Dialect, depth: str, read: Callable[[], Below]) -> Below:
        """What is found in `text`: taken from a twin where there is one, else by `read`."""
        if len(text) != self._length:
            self._length = len(text)
            self._below.clear()
        matter = front_matter(text)
        key = (dialect, depth, *_shared(text, matter))
        known = self._below.get(key)
        if known is None:
            known = self._below[key] = read()
        elif known.document.text != text:
            starts = tuple(line_starts(text))
            document = known.document._replace(text=text, line_starts=starts, front_matter=matter)
            return known._replace(document=document)
        return known


def _shared(text: str, matter: FrontMatter | None) -> tuple[object, ...]:
    """What twins have in common: the text below the front matter, the place and the line where that begins, and what
    the front matter holds of markup."""
    if matter is None:
        return (text,)
    head = text[: matter.end]
    if any(mark in head for mark in _MARKUP):
        return (text,)
    return text[matter.end :], matter.end, head.count("\n")
