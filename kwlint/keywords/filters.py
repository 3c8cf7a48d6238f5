"""What of the candidates is a term: more than generic words, and no piece of a sentence."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from kwlint.keywords import word_tables
from kwlint.keywords.candidates import Candidate
from kwlint.keywords.chunking import Reader
from kwlint.keywords.features import growth
from kwlint.keywords.headings import Headings
from kwlint.keywords.tokens import Lexicon
from kwlint.keywords.word_features import Words
from kwlint.text.stock_headings import is_stock_heading

KINDS = frozenset(
    """class cmdlet function method parameter property member struct type option variable object keyword crate trait
    enum instance macro command module package file directory attribute decorator argument field constant flag
    switch""".split()  # noqa: SIM905
)
DONE = frozenset(("use", "add"))  # verbs whose objects they stand before, `use widgets`, more often than nouns
SAMPLES = frozenset(("example", "sample"))
# Names of samples (domains by RFC 2606, section 3) and of values that any code has.
NONSENSE = frozenset([
    "foo", "bar", "baz", "foobar", "hello", "lorem", "hello world", "example.com", "example.org", "example.net",
    "null", "boolean", "$true", "$false", "$null",
])  # fmt: skip
INVENTED = ("my_", "my-", "my ", "your_", "your-", "your ")  # how they begin
FEW = 2  # occurrences of what is told in passing
OFTEN_ENOUGH = 4  # occurrences of what nothing sets apart in a document that has grown
LONGEST_LINKED = 3  # words of a term that a link says once
OFTEN_CODE = 3  # times that it is set in code
_LETTER = re.compile(r"[$@%_.]*\w\d?\Z")  # `$i`, `s1`


class Terms:
    """Tells the terms of one document from what only looks like them. `defined` are the keys of acronyms that the
    document spells out, and of what they stand for."""

    def __init__(
        self, reader: Reader, lexicon: Lexicon, headings: Headings, words: Words, defined: AbstractSet[str]
    ) -> None:
        self.words = words
        self.reader = reader
        self.headings = headings
        self.english = lexicon.english
        self.generic = word_tables.chinese()["g"] if lexicon.language == "zh" else frozenset()
        self.defined = defined
        self.least = OFTEN_ENOUGH * growth(reader.read_words, len(headings.sections))
        self.names = reader.names
        self.shaped = reader.shaped

    def says_something(self, candidate: Candidate) -> bool:
        """Whether some word of the candidate is neither a function word nor generic, and it reads as a term; a title
        may be generic, and so may what is an option or is set in code again and again."""
        key = candidate.key
        if key.startswith(INVENTED) or key in NONSENSE or self._is_handle(key):
            return False
        if self.least and candidate.places and not candidate.places & ~self.reader.pointers:
            return False  # named where other documents are, in one of many sections
        if candidate.code or key in self.reader.options or self._is_code(key):
            return True
        if key == self.headings.title_key and len(key) > 2:
            return True
        if candidate.count < self.least and key not in self.shaped and not self.stands_out(key):
            return False  # where sections name subjects, what is said in passing is none
        words = key.split(" ")
        if candidate.joined and not self._is_whole(key) and not self._ends_well(words):
            return False
        if len(words) == 1:
            return self._is_telling(candidate)
        reads = self._reads_as_term if self.english else self._reads_as_foreign_term
        return not self._is_named_kind(key, words) and reads(candidate, words) and self._tells(candidate, words)

    def _tells(self, candidate: Candidate, words: list[str]) -> bool:
        """Whether several words say something. Of generic ones a term is made that is what a section is about, or two
        where they are set apart and used: `documentation comments`."""
        key, known = candidate.key, self.words
        if True in [known[word].speaks for word in words]:
            return True
        if candidate.count > 1 and self._is_subject(key) and words[0] not in known.hollow:
            return True
        often = candidate.count > FEW and not candidate.joined and len(words) == 2 and words[1].isalpha()
        return often and self.stands_out(key)

    def _is_subject(self, key: str) -> bool:
        """Whether one section names the term, as what it is about."""
        return key in self.headings.sections and self.headings.heads[key] == 1 and not is_stock_heading(key)

    def _is_named_kind(self, key: str, words: list[str]) -> bool:
        """Whether a name with its kind says no more than the name: `Summary trait`, of `Summary`."""
        return len(words) == 2 and words[1] in KINDS and self._is_named(words[0]) and not self.headings.hold(key)

    def _is_named(self, word: str) -> bool:
        """Whether the word is a name: by its shape, or as one that is set in code."""
        return word in self.names or "code" in self.reader.marked.get(word, ())

    def _is_code(self, key: str) -> bool:
        """Whether the document sets the term in code again and again, whatever its words say elsewhere."""
        return self.reader.marked.get(key, {}).get("code", 0) >= OFTEN_CODE and not _LETTER.match(key)

    def _is_handle(self, key: str) -> bool:
        """Whether it is the name of an account, with a link to it."""
        marks = self.reader.marked.get(key, ())
        return key[0] == "@" and "link" in marks and "code" not in marks and key[1:].isalnum()

    def _is_telling(self, candidate: Candidate) -> bool:
        """Whether a single word may be a term."""
        key = candidate.key
        known = self.words[key]
        if key in self.names and key in self.headings.heads and not known.generic:
            return True  # `read()`, but not `INPUTS`
        if not known.speaks or not self.english:
            return known.speaks and key not in self.generic
        if key in self.shaped:
            return len(key.strip("$@%_.")) > 1
        if candidate.count == 1 and not self.stands_out(key):
            return False
        return not known.adjective or key in self.defined or key in self.reader.marked

    def _reads_as_term(self, candidate: Candidate, words: list[str]) -> bool:
        """Whether several English words are more than a piece of a sentence or the name of a sample."""
        key, few = candidate.key, candidate.count <= FEW
        first, last = words[0], words[-1]
        whole = self._is_whole(key)
        if candidate.joined and self._is_loose(words) and key not in self.headings.head_runs:
            return False
        if candidate.joined and not whole:
            if candidate.count <= self.headings.head_runs.get(key, 0):
                return False  # a cut through a heading
            if len(words) > LONGEST_LINKED and self.reader.marked.get(key) == {"link": 1}:
                return False  # what a link says of where it leads
        if (first in SAMPLES or last in SAMPLES) and few:
            return False
        if first in self.words.hollow and not (whole or key in self.reader.marked):
            return False  # `current session`
        if first in KINDS and self.words[last].habit in ("u", "v") and not self.stands_out(key):
            return False  # `cmdlet deletes`
        return not few or not (self._is_clause(words) or self.words[last].past) or self.stands_out(key)

    def _reads_as_foreign_term(self, candidate: Candidate, words: list[str]) -> bool:
        """The same for a language whose verbs are not known."""
        if candidate.key in self.headings.head_runs:
            return True
        if candidate.count < 2 and not self.stands_out(candidate.key):
            heads, title = self.headings.heads, self.headings.title_chunks
            ends = (" ".join(words[:-1]), " ".join(words[1:]))
            if len(words) > 3 or any(end in heads or end in title for end in ends):
                return False  # likely a clause: its verb was taken for a noun
            if self.reader.described and words[0] in self.reader.described:
                return False  # `komplexe Anforderungen`
        # What it is comes before its name: `参数 item_id`.
        return self._is_named(words[0]) or not self._is_named(words[-1])

    def _is_loose(self, words: list[str]) -> bool:
        """Whether function words hold it together as they do a clause: `by pressing`, `sent by`, `in the`."""
        if not {"a", "an", "the"}.isdisjoint(words):
            return True
        at = words.index("by") if "by" in words[1:-1] else 0
        return at > 0 and (words[at + 1].endswith("ing") or words[at - 1].endswith("ed"))

    def _is_clause(self, words: list[str]) -> bool:
        """Whether a verb stands at an end: `edition brings`, `discover errors`; one in -ing may name what is done."""
        first, last = words[0], words[-1]
        if self.words[last].verb or first in DONE or (first == "call" and words[1] in self.shaped):
            return True
        return self.words[first].verb and (len(first) < 6 or not first.endswith("ing"))

    def _is_whole(self, key: str) -> bool:
        """Whether the document says where the term begins and ends: by a heading that is it, or by spelling it out."""
        return key in self.headings.heads or key == self.headings.title_key or key in self.defined

    def stands_out(self, key: str) -> bool:
        """Whether a heading or a mark holds the term, or the document defines it."""
        return self.headings.hold(key) or key in self.reader.marked or key in self.defined

    def _ends_well(self, words: list[str]) -> bool:
        """Whether neither the first nor the last word is a function word, and not both are generic."""
        first, last = self.words[words[0]], self.words[words[-1]]
        return not (first.bounds or last.bounds or (first.generic and last.generic))
