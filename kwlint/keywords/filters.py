"""Decides which candidates are terms: more than generic words, and not a fragment of a sentence."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kwlint.keywords import word_tables
from kwlint.keywords.candidates import Candidate
from kwlint.keywords.chunking import ChunkedDocument
from kwlint.keywords.features import growth
from kwlint.keywords.headings import Headings
from kwlint.keywords.patterns import shape
from kwlint.keywords.tokens import Lexicon
from kwlint.keywords.word_features import WordFeaturesCache
from kwlint.text.stock_headings import is_stock_heading

ARTICLES = frozenset(("a", "an", "the"))
FEW = 2  # occurrences of a term that a document mentions in passing
OFTEN_ENOUGH = 4  # occurrences of a term without emphasis that a long document must have
OFTEN_CODE = 3  # occurrences as a code span that make a generic word a term


class TermFilter:
    """Tells the terms of one document from what only looks like them.

    `defined` are the keys of the acronyms that the document expands, and of their long forms.
    """

    def __init__(
        self,
        chunks: ChunkedDocument,
        lexicon: Lexicon,
        headings: Headings,
        words: WordFeaturesCache,
        defined: AbstractSet[str],
    ) -> None:
        self.words = words
        self.chunks = chunks
        self.headings = headings
        self.english = lexicon.english
        self.has_tables = lexicon.has_tables
        self.generic = word_tables.chinese()["g"] if lexicon.language == "zh" else frozenset()
        self.defined = defined
        self.fewest = OFTEN_ENOUGH * growth(chunks.word_count, len(headings.sections))
        self._is_placeholder = shape("placeholder").search
        self._is_single_letter = shape("single-letter").search

    def is_term(self, candidate: Candidate) -> bool:
        """Report whether a candidate is a term, and not a placeholder such as `my-volume` or `foo`."""
        return self._reads_as_term(candidate) and not self._is_placeholder(candidate.key)

    def _reads_as_term(self, candidate: Candidate) -> bool:
        """Report whether a candidate is a term by its words and by its use.

        Some word of it must be neither a function word nor generic, unless it is the title, an option, a name from
        code, or is often written as code. In a long document it must be emphasized, or occur often.
        """
        key = candidate.key
        if self.fewest and candidate.section_bits and not candidate.section_bits & ~self.chunks.pointers:
            return False  # occurs only where the document points to others
        if key[0] == "@" and self.chunks.emphasis.counts.get(key, {}).keys() == {"link"}:
            return False  # the name of an account
        if candidate.source or key in self.chunks.options or self._is_often_code(key):
            return True
        if key in self.chunks.emphasis.spellings:  # `<script setup>`
            return not self._is_single_letter(key)
        if key == self.headings.title_key and len(key) > 2:
            return True
        if candidate.count < self.fewest and key not in self.chunks.names and not self.stands_out(key):
            return False
        if not self.has_tables:
            return self._is_marked(key)
        words = key.split(" ")
        if candidate.joined and not self._is_delimited(key) and not self._is_well_joined(words):
            return False
        if len(words) == 1:
            return self._is_single_term(candidate)
        return self._has_content(candidate, words) and (self.english or self._is_foreign_term(candidate, words))

    def stands_out(self, key: str) -> bool:
        """Report whether a heading contains the term, or the document emphasizes or defines it."""
        return self.headings.contain(key) or key in self.chunks.emphasis.counts or key in self.defined

    def _is_marked(self, key: str) -> bool:
        """Report whether the document itself marks the term: as a whole heading, by emphasis, as code or as a name."""
        if self._is_delimited(key) or key in self.chunks.names:
            return not self._is_single_letter(key)
        return key in self.chunks.emphasis.counts

    def _has_content(self, candidate: Candidate, words: list[str]) -> bool:
        """Report whether some word is a content word, or generic words are a subject or stand out."""
        if True in [self.words[word].is_content_word for word in words]:
            return True
        if candidate.count > 1 and candidate.key in self.headings.sections and not is_stock_heading(candidate.key):
            return True
        used = candidate.count > FEW and not candidate.joined and len(words) == 2 and words[1].isalpha()
        return used and self.stands_out(candidate.key)

    def _is_often_code(self, key: str) -> bool:
        """Report whether the document writes the term as code again and again."""
        counts = self.chunks.emphasis.counts.get(key, {})
        return counts.get("code", 0) >= OFTEN_CODE and not self._is_single_letter(key)

    def _is_single_term(self, candidate: Candidate) -> bool:
        """Report whether a single word is a term."""
        key = candidate.key
        word = self.words[key]
        if key in self.chunks.mixed_case_names and key in self.headings.counts and not word.generic:
            return True  # `read()`, but not `INPUTS`
        if not word.is_content_word or not self.english:
            return word.is_content_word and key not in self.generic
        if key in self.chunks.names:
            return len(key.strip("$@%_.")) > 1
        if candidate.count == 1 and not self.stands_out(key):
            return False
        return not word.adjective or key in self.defined or key in self.chunks.emphasis.counts

    def _is_foreign_term(self, candidate: Candidate, words: list[str]) -> bool:
        """Report whether several words are a term in a language whose verbs are not in the tables."""
        if candidate.key in self.headings.runs:
            return True
        if candidate.count < FEW and not self.stands_out(candidate.key):
            ends = (" ".join(words[:-1]), " ".join(words[1:]))
            if len(words) > 3 or any(end in self.headings.counts or end in self.headings.title_chunks for end in ends):
                return False  # probably a clause whose verb was taken for a noun
            if words[0] in self.chunks.modifiers:
                return False  # German: `komplexe Anforderungen`
        return self._is_name(words[0]) or not self._is_name(words[-1])  # Chinese: the kind precedes the name

    def _is_name(self, word: str) -> bool:
        """Report whether a word is a name by its shape, or because the document writes it as code."""
        return word in self.chunks.mixed_case_names or "code" in self.chunks.emphasis.counts.get(word, ())

    def _is_delimited(self, key: str) -> bool:
        """Report whether the document shows where the term begins and ends: by a heading or a definition."""
        return key in self.headings.counts or key == self.headings.title_key or key in self.defined

    def _is_well_joined(self, words: list[str]) -> bool:
        """Report whether joined words are a term: no article inside, no function word and not only generic ends."""
        if not ARTICLES.isdisjoint(words):
            return False
        first, last = self.words[words[0]], self.words[words[-1]]
        return not (first.bounds or last.bounds or (first.generic and last.generic))
