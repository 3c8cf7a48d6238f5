"""Counts what a document emphasizes (bold, italic, links, code), and replaces code spans by what is indexed of them."""

from __future__ import annotations

from kwlint.keywords.patterns import shape
from kwlint.keywords.tokens import SPLIT, Lexicon
from kwlint.model.document import Block

CHARACTERS = 6  # of a word and the space behind it, on average
SectionCounts = dict[int, int]  # occurrences by section


class Emphasis:
    """Counts the emphasized terms of one document.

    `counts` maps a key to the number of times it is emphasized, by kind; `stressed` maps a key to the section in which
    it is first bold or italic. `commands` maps the key of a code span such as `git remote add` to its text, the number
    of words before its first occurrence (estimated), and its sections. `spellings` maps the key of a code span that is
    not a plain word to its texts (`<script setup>`, `Option<T>`), with the number of each, and `span_sections` to its
    sections.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.counts: dict[str, dict[str, int]] = {}
        self.stressed: dict[str, int] = {}
        self.commands: dict[str, tuple[str, int, SectionCounts]] = {}
        self.spellings: dict[str, dict[str, int]] = {}
        self.span_sections: dict[str, SectionCounts] = {}
        self._characters = 0  # of blocks with emphasis
        self._is_command = shape("command").search
        self._is_path = shape("rooted-path").search
        self._generic_type = shape("generic-type").search

    def read(self, block: Block) -> str:
        """Count the emphasis of a block, and return its text with code spans that are not a single word replaced."""
        parts: list[str] = []
        at = 0
        text = block.text
        self._characters += len(text)
        link_end = -1
        for kind, start, end in block.marks:
            if kind in ("link", "image"):
                if start == link_end + 1 and start > at:  # two links side by side are not one term
                    parts += (text[at:start], "\0")
                    at = start
                link_end = end
            is_role = start and text[start - 1] == "}"  # MyST: {term}`zone transfer`
            key = "" if is_role else self._count(kind, text[start:end], block.section)
            if kind != "code" or start < at:
                continue
            name = self._replacement(text[start:end], key, block.section)
            if name:
                bound = "\0" if text.startswith("/", end) else ""  # `Cell<T>`/`Box<T>` are two terms
                parts += (text[at:start], name + bound)
                at = end
        parts.append(text[at:])
        return "".join(parts)

    def _count(self, kind: str, emphasized: str, section: int) -> str:
        """Count an emphasized text, and return its key, or an empty string if it is not a term."""
        key = self.lexicon.emphasis_key(emphasized)
        if key:
            counts = self.counts.setdefault(key, {})
            counts[kind] = counts.get(kind, 0) + 1
            if kind in ("strong", "emphasis"):
                self.stressed.setdefault(key, section)
        return key

    def _replacement(self, code: str, key: str, section: int) -> str:
        """Return what replaces a code span: the name of a generic type, or a bound; empty for a single word."""
        if code.isidentifier():
            return ""
        if code[:1].strip() and len(SPLIT.split(code)) == 3:
            if key and self._is_path(code):
                self._count_spelling(key, code, section)
            return ""
        if generic_type := self._generic_type(code):
            key = self._count("code", generic_type[1], section)
            if key:
                self._count_spelling(key, code, section)
            return generic_type[1]
        if key and not self._is_command(code):
            self._count_spelling(key, code, section)
        elif key:
            sections = self.commands.setdefault(key, (code, self._characters // CHARACTERS, {}))[2]
            sections[section] = sections.get(section, 0) + 1
        return "\0"

    def _count_spelling(self, key: str, code: str, section: int) -> None:
        """Count how a code span writes its key."""
        spellings = self.spellings.setdefault(key, {})
        spelling = code.strip("\"' ,;:=")
        spellings[spelling] = spellings.get(spelling, 0) + 1
        sections = self.span_sections.setdefault(key, {})
        sections[section] = sections.get(section, 0) + 1

    def spelling(self, key: str, count: int) -> str:
        """Return the most frequent spelling of a term as a code span if it is at least half of `count` occurrences."""
        spellings = self.spellings.get(key, {})
        best = max(spellings, key=spellings.__getitem__, default="")
        return best if best and 2 * spellings[best] >= count else ""
