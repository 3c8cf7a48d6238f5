"""What a document's headings hold, as the ranking asks for it."""

from __future__ import annotations

from collections import Counter

from kwlint.keywords.candidates import LONGEST_TITLE
from kwlint.keywords.chunking import Title


class Headings:
    """The document's title (its first heading of level 1, else its first) and its other headings, by key: what is one
    (`heads`, `sections` if its form is that of a term), a chunk of one, or any run of words in one (`head_runs`)."""

    def __init__(self, titles: list[Title]) -> None:
        self.title, others = _main_title(titles)
        self.title_key = self.title.key if self.title else ""
        self.title_text = f" {self.title_key} "
        self.title_runs = set(_runs(self.title_key)) if self.title else set()
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.head_runs = Counter([run for title in others for run in _runs(title.key)])
        self.heads = Counter([title.key for title in others])
        self.head_chunks = {" ".join(chunk) for title in others for chunk in title.chunks}
        self.sections = {title.key for title in others if title.naming}

    def hold(self, key: str) -> bool:
        """Whether the title or another heading holds the term."""
        return key in self.title_runs or key in self.head_runs


def _runs(key: str) -> list[str]:
    """All runs of at most `LONGEST_TITLE` words in a heading's key."""
    words = key.split(" ")
    size = len(words)
    return [" ".join(words[a:b]) for a in range(size) for b in range(a + 1, min(size, a + LONGEST_TITLE) + 1)]


def _main_title(titles: list[Title]) -> tuple[Title | None, list[Title]]:
    if not titles:
        return None, []
    main = next((title for title in titles if title.level == 1), titles[0])
    return main, [title for title in titles if title is not main]
