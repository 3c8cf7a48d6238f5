"""The headings of a document as the ranking needs them: by key, and by the runs of words inside them."""

from __future__ import annotations

from collections import Counter

from kwlint.keywords.candidates import LONGEST_TITLE
from kwlint.keywords.chunking import ChunkedHeading


class Headings:
    """The document's title (its first heading of level 1, or else its first heading) and its other headings, by key.

    `counts` has the whole headings, `sections` those whose form is that of a term, `chunks` their chunks, and `runs`
    every run of words in them.
    """

    def __init__(self, headings: list[ChunkedHeading]) -> None:
        self.title, others = _title_and_others(headings)
        self.title_key = self.title.key if self.title else ""
        self.title_text = f" {self.title_key} "
        self.title_runs = set(_runs(self.title_key)) if self.title else set()
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.runs = Counter([run for heading in others for run in _runs(heading.key)])
        self.counts = Counter([heading.key for heading in others])
        self.chunks = {" ".join(chunk) for heading in others for chunk in heading.chunks}
        self.sections = {heading.key for heading in others if heading.is_term}

    def contain(self, key: str) -> bool:
        """Report whether the title or another heading contains the term."""
        return key in self.title_runs or key in self.runs


def _runs(key: str) -> list[str]:
    """Return all runs of at most `LONGEST_TITLE` words in the key of a heading."""
    words = key.split(" ")
    size = len(words)
    return [" ".join(words[a:b]) for a in range(size) for b in range(a + 1, min(size, a + LONGEST_TITLE) + 1)]


def _title_and_others(headings: list[ChunkedHeading]) -> tuple[ChunkedHeading | None, list[ChunkedHeading]]:
    if not headings:
        return None, []
    title = next((heading for heading in headings if heading.level == 1), headings[0])
    return title, [heading for heading in headings if heading is not title]
