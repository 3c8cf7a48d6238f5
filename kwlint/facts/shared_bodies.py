"""Documents whose text below the front matter is the same, such as one page in two versions of a site.

The shared body is parsed once. In a repository that keeps its versions in folders side by side, that saves half of the
work and more.
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

# Some rules look for these in the whole text. A front matter that holds one of them counts as part of the body.
_MARKUP = "<", "{"


class KeywordMemo:
    """The keywords of documents that share a body, by the inputs of the keyword index outside the body.

    Those inputs (parts of the path and of the front matter) are computed only when a second document with the same
    body comes, because most documents share theirs with no other.
    """

    def __init__(self) -> None:
        self.first: tuple[str, dict[str, object], tuple[Keyword, ...]] | None = None
        self.by_inputs: dict[object, tuple[Keyword, ...]] = {}


class Body(NamedTuple):
    """The facts that depend only on the text below the front matter."""

    document: Document
    sections: tuple[SectionFact, ...]
    links: tuple[LinkFact, ...]
    hosts: tuple[tuple[str, int], ...]
    samples: tuple[Sample, ...]
    evidence: tuple[Evidence, ...]
    memo: KeywordMemo

    def keywords(
        self, path: str, meta: dict[str, object], settings: KeywordSettings, compute: Callable[[], tuple[Keyword, ...]]
    ) -> tuple[Keyword, ...]:
        """Return the keywords of the document at `path`: those of a document with the same body and the same inputs
        outside it, or else the result of `compute`."""
        from kwlint.keywords.inputs import external_inputs

        memo = self.memo
        if memo.first is None:
            keywords = compute()
            memo.first = path, meta, keywords
            return keywords
        if not memo.by_inputs:
            first_path, first_meta, keywords = memo.first
            memo.by_inputs[external_inputs(self.document, first_path, first_meta, settings)] = keywords
        inputs = external_inputs(self.document, path, meta, settings)
        if inputs not in memo.by_inputs:
            memo.by_inputs[inputs] = compute()
        return memo.by_inputs[inputs]


class SharedBodies:
    """The bodies of the last documents read, all of the same length, by what documents must have in common to share
    one."""

    def __init__(self) -> None:
        self._length = -1
        self._bodies: dict[tuple[object, ...], Body] = {}

    def body(self, text: str, dialect: Dialect, depth: str, parse: Callable[[], Body]) -> Body:
        """Return the body of `text`: a shared one if there is one, or else the result of `parse`."""
        if len(text) != self._length:
            self._length = len(text)
            self._bodies.clear()
        matter = front_matter(text)
        key = (dialect, depth, *_shared_parts(text, matter))
        body = self._bodies.get(key)
        if body is None:
            body = self._bodies[key] = parse()
        elif body.document.text != text:
            starts = tuple(line_starts(text))
            document = body.document._replace(text=text, line_starts=starts, front_matter=matter)
            return body._replace(document=document)
        return body


def _shared_parts(text: str, matter: FrontMatter | None) -> tuple[object, ...]:
    """Return what documents with a shared body have in common: the text below the front matter and the offset and line
    where it begins, or the whole text if the front matter holds markup."""
    if matter is None:
        return (text,)
    head = text[: matter.end]
    if any(mark in head for mark in _MARKUP):
        return (text,)
    return text[matter.end :], matter.end, head.count("\n")
