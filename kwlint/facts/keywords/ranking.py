"""Ranks candidates: a weighted sum of features of one document and of the tables.

Features come in groups, each a function of little: of a heading, a word, a count. A group's part of the sum is kept for
what it is asked of again, so that scoring a term is a few look-ups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from math import log2
from operator import mul
from typing import NamedTuple

from ..forms import is_form
from . import tables
from .candidates import LONGEST_TITLE, Candidate
from .reading import Reader, Title
from .words import Lexicon

HEADING = (
    "title-whole", "title-chunk", "title-part", "title-end", "title-phrase", "title-once", "heading-whole", "heading-chunk", "headings",  # noqa: E501
)  # fmt: skip
WHOLE = ("whole-count",)
COUNT = ("count", "once", "twice", "often")
SPREAD = ("spread",)
PLACE = ("early", "lead")
RELATIVE = ("loose-word", "alone", "relative-count", "rarity-mean", "rarity-most", "once-rarity", "name-inside")
SIZE = ("one-word", "two-words", "three-words", "four-words")
FIRST = ("generic-first", "begins-ing", "begins-ed", "inflected-first")
LAST_WORD = ("rarity-last", "generic-last", "verb-last", "inflected-last", "number-last")
SINGLE = ("name", "adjective")
MARK = ("long-form", "code-defined", "strong", "emphasis", "link", "code", "code-count", "sample")
GROWN = ("grown-section", "grown-heading", "grown-once", "grown-twice", "grown-part")
PLAIN = ("everyday", "described", "path")
FEATURES = (
    HEADING + WHOLE + COUNT + SPREAD + PLACE + RELATIVE + SIZE + FIRST + LAST_WORD + SINGLE + MARK + GROWN + PLAIN
)

LAST = -20.0
KINDS = frozenset(
    """class cmdlet function method parameter property member struct type option variable object keyword crate trait
    enum instance macro command module package file directory attribute decorator argument field constant flag switch""".split()  # noqa: SIM905
)
DONE = frozenset(("use", "add"))  # verbs whose objects they stand before, `use widgets`, more often than nouns
SAMPLES = frozenset(("example", "sample"))
NONSENSE = frozenset(("foo", "bar", "baz", "foobar", "hello", "lorem"))  # names of samples
FEW = 2  # occurrences of what is told in passing
EVERYDAY = 0.5  # rarity of words that any page may hold
DESCRIBED = 0.6  # rarity of nouns that an everyday adjective makes no term of
MANY = 80
OFTEN = 8  # occurrences
OFTEN_CODE = 3  # times that it is set in code
EARLY = 200
LEAD = 40  # words of text that lead in
SHORT = 500  # words of text up to which a document has one subject
LONG = 2000  # words from which its sections are subjects of their own
FEW_SECTIONS, MANY_SECTIONS = 2, 8  # sections with names that say the same
ADJECTIVE = ("ive", "al", "ic", "ous", "able", "ible", "less", "ful", "ary", "ing", "ed")


LARGEST = 50_000  # words that are kept for the next document


def whole_features(whole: int) -> tuple[float, ...]:
    """How often the term is a whole chunk."""
    return (min(5.0, log2(1 + whole)),)


def count_features(count: int) -> tuple[float, ...]:
    """How often the term occurs."""
    return min(5.0, log2(count)), count == 1, count == 2, count >= OFTEN


def spread_features(sections: int) -> tuple[float, ...]:
    """In how many sections it occurs."""
    return (min(4.0, log2(1 + sections)),)


def place_features(first: int) -> tuple[float, ...]:
    """At which word of the document it first occurs."""
    return -log2(1 + first) / 10, first < LEAD


def size_features(size: int) -> tuple[float, ...]:
    """How many words it has."""
    return size == 1, size == 2, size == 3, size == 4


def first_features(word: str, habit: str, generic: bool) -> tuple[float, ...]:
    """What its first word says."""
    return generic, word.endswith("ing"), word.endswith("ed"), habit == "v"


def last_features(word: str, rarity: float, habit: str, generic: bool) -> tuple[float, ...]:
    """What its last word says."""
    return rarity, generic, habit in "uv", habit == "v", word[-1:].isdigit()


def single_features(word: str, named: bool) -> tuple[float, ...]:
    """What it says if it is one word, with the shape of a name or not."""
    return named, not named and word.endswith(ADJECTIVE)


def growth(words: int, sections: int) -> float:
    """How far a document has grown from one with a subject to one whose sections have theirs: 0 to 1, by the logarithm
    of its length in words or by how many sections have names, whichever says more."""
    by_length = log2(max(words, 1) / SHORT) / log2(LONG / SHORT)
    return min(1.0, max(0.0, by_length, (sections - FEW_SECTIONS) / (MANY_SECTIONS - FEW_SECTIONS)))


class Part:
    """The part of the score that a group of features has."""

    def __init__(self, names: Sequence[str]) -> None:
        weights = tables.weights()
        self.weights = [weights.get(name, 0.0) for name in names]

    def of(self, features: Sequence[float]) -> float:
        """The weighted sum."""
        total: float = sum(map(mul, self.weights, features))
        return total


class Table(dict[int, float]):
    """The parts of the score that a number decides, kept for small ones."""

    def __init__(self, names: Sequence[str], features: Callable[[int], Sequence[float]]) -> None:
        super().__init__()
        self.part = Part(names)
        self.features = features

    def __missing__(self, number: int) -> float:
        part = self.part.of(self.features(number))
        if number < LARGEST:
            self[number] = part
        return part


class Known(NamedTuple):
    """A word: rarity from 0 to 1, habit, whether it is a verb, whether that in the past tense by its ending, whether it
    is an everyday adjective, whether it is generic, whether it speaks (is neither generic nor a function word), whether
    it bounds, and its parts of the score: as first word, as last, as the only one, and as that with the shape of a
    name."""

    rarity: float
    habit: str
    verb: bool
    past: bool
    adjective: bool
    generic: bool
    speaks: bool
    bounds: bool
    first: float
    last: float
    single: float
    name: float


class Words(dict[str, Known]):
    """The words by key, judged on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds = tables.english().bounds
        self.background = tables.background()
        self.generic, self.hollow = tables.english().generic, tables.english().hollow
        self.verbs, self.adjectives = tables.verbs(), tables.adjectives()
        self.first, self.last, self.single = Part(FIRST), Part(LAST_WORD), Part(SINGLE)

    def __missing__(self, word: str) -> Known:
        plurals = (word + "s", word + "es", word[:-1] + "ies") if word[-1:].isalpha() else ()
        level, habit = self.background.get(word, (tables.UNKNOWN, "-"))
        for plural in plurals:
            other = self.background.get(plural)
            if other and other[0] < level:
                level = other[0]
        nameless = len(word) < 2 or word.upper() == word.lower() < "\x80" or (len(word) == 2 and word[1].isdigit())
        generic = nameless or not self.generic.isdisjoint((word, *plurals))
        rarity, bounds = level / tables.UNKNOWN, word in self.bounds
        first = self.first.of(first_features(word, habit, generic))
        last = self.last.of(last_features(word, rarity, habit, generic))
        single = self.single.of(single_features(word, False))
        name = self.single.of(single_features(word, True))
        verb = habit == "v" or not self.verbs.isdisjoint(plurals)
        past, adjective = len(word) > 4 and word.endswith("ed"), word in self.adjectives
        speaks = not generic and not bounds
        known = Known(rarity, habit, verb, past, adjective, generic, speaks, bounds, first, last, single, name)
        if len(self) >= LARGEST:
            self.clear()
        self[word] = known
        return known


class Shipped(NamedTuple):
    """What the shipped weights make of groups of features that are the same in every document."""

    words: Words
    wholes: Table
    counts: Table
    spreads: Table
    places: Table
    sizes: Table
    headings: Part
    relative: Part
    marks: Part
    grown: Part
    plain: Part


@cache
def shipped() -> Shipped:
    """Made when a document is first ranked."""
    return Shipped(
        Words(),
        Table(WHOLE, whole_features),
        Table(COUNT, count_features),
        Table(SPREAD, spread_features),
        Table(PLACE, place_features),
        Table(SIZE, size_features),
        Part(HEADING),
        Part(RELATIVE),
        Part(MARK),
        Part(GROWN),
        Part(PLAIN),
    )


class Scorer:
    """Scores the candidates of one document."""

    def __init__(
        self,
        reader: Reader,
        lexicon: Lexicon,
        most: int,
        defined: AbstractSet[str],
        samples: AbstractSet[str] = frozenset(),
    ) -> None:
        self.shipped = shipped()
        self.words = self.shipped.words
        self.reader = reader
        self.english = lexicon.english
        self.generic = tables.chinese()["g"] if lexicon.language == "zh" else frozenset()
        self.defined = defined
        self.samples = samples
        self.proper = reader.proper
        self.most = most
        self.title, self.others = _main_title(reader.titles)
        self.title_text = f" {self.title.key} " if self.title else ""
        self.title_runs = set(_runs(self.title.key)) if self.title else set()
        self.head_runs = Counter([run for title in self.others for run in _runs(title.key)])
        self.title_chunks = set(map(" ".join, self.title.chunks)) if self.title else set()
        self.heads = Counter(title.key for title in self.others)
        self.head_chunks = {" ".join(chunk) for title in self.others for chunk in title.chunks}
        self.sections = {title.key for title in self.others if title.naming}
        self.growth = growth(reader.read_words, len(self.sections))
        self.names = reader.names
        self.shaped = reader.shaped

    def says_something(self, candidate: Candidate) -> bool:
        """Whether some word of the candidate is neither a function word nor generic, and it reads as a term; a title
        may be generic."""
        key = candidate.key
        if candidate.code or key in self.reader.options or (self.title and key == self.title.key and len(key) > 2):
            return True
        if self._is_code(key):
            return True
        words = key.split(" ")
        if candidate.joined and key not in self.heads and key not in self.defined and not self._ends_well(words):
            return False
        if len(words) == 1:
            return self._is_telling(candidate)
        if len(words) == 2 and words[1] in KINDS and self._is_named_kind(key, words[0]):
            return False
        if self.english:
            if not self._reads_as_term(candidate, words):
                return False
        elif key not in self.head_runs:
            if candidate.count < 2 and len(words) > 3:
                return False  # likely a clause: its verb was taken for a noun
            if self._is_named(words[-1]) and not self._is_named(words[0]):
                return False  # what it is comes before its name: `参数 item_id`
        known = self.words
        if True in [known[word].speaks for word in words]:
            return True
        if candidate.count > 1 and self._is_subject(key) and words[0] not in known.hollow:
            return True
        # Of two generic words a term is made that is set apart and used: `documentation comments`.
        often = candidate.count > FEW and not candidate.joined and len(words) == 2 and words[1].isalpha()
        return often and self.stands_out(key)

    def _is_subject(self, key: str) -> bool:
        """Whether one section names the term, as what it is about."""
        return key in self.sections and self.heads[key] == 1 and not is_form(key)

    def _is_named_kind(self, key: str, name: str) -> bool:
        """Whether a name with its kind says no more than the name: `Summary trait`, of `Summary`."""
        return key not in self.head_runs and key not in self.title_runs and self._is_named(name)

    def _is_named(self, word: str) -> bool:
        """Whether the word is a name: by its shape, or as one that is set in code."""
        return word in self.names or "code" in self.reader.marked.get(word, ())

    def _is_code(self, key: str) -> bool:
        """Whether the document sets the term in code again and again, whatever its words say elsewhere."""
        return self.reader.marked.get(key, {}).get("code", 0) >= OFTEN_CODE

    def _is_telling(self, candidate: Candidate) -> bool:
        """Whether a single word may be a term."""
        key = candidate.key
        known = self.words[key]
        if not known.speaks or not self.english:
            return known.speaks and key not in self.generic
        if key in self.shaped:
            return len(key.strip("$@%_.")) > 1 and not key.startswith(("my_", "my-"))
        if candidate.count == 1 and not self.stands_out(key):
            return False
        return key not in NONSENSE and (not known.adjective or key in self.defined or key in self.reader.marked)

    def _reads_as_term(self, candidate: Candidate, words: list[str]) -> bool:
        """Whether several English words are more than a piece of a sentence or the name of a sample."""
        key, few = candidate.key, candidate.count <= FEW
        first, last = words[0], words[-1]
        if candidate.joined and self._is_loose(words, few) and key not in self.head_runs:
            return False
        if (first in SAMPLES or last in SAMPLES) and few:
            return False
        if first in self.words.hollow and not self.stands_out(key):
            return False  # `current session`
        if first in KINDS and self.words[last].habit in ("u", "v") and not self.stands_out(key):
            return False  # `cmdlet deletes`
        return not few or not (self._is_clause(words) or self.words[last].past) or self.stands_out(key)

    def _is_loose(self, words: list[str], few: bool) -> bool:
        """Whether function words hold it together as they do a clause: `by pressing`, `in the`."""
        if few and not {"a", "an", "the"}.isdisjoint(words):
            return True
        return "by" in words[:-1] and words[words.index("by") + 1].endswith("ing")

    def _is_clause(self, words: list[str]) -> bool:
        """Whether a verb stands at an end: `edition brings`, `discover errors`; one in -ing may name what is done."""
        first, last = words[0], words[-1]
        if self.words[last].verb or first in DONE or (first == "call" and words[1] in self.shaped):
            return True
        return self.words[first].verb and (len(first) < 6 or not first.endswith("ing"))

    def stands_out(self, key: str) -> bool:
        """Whether a heading or a mark holds the term, or the document defines it."""
        return key in self.title_runs or key in self.head_runs or key in self.reader.marked or key in self.defined

    def _ends_well(self, words: list[str]) -> bool:
        """Whether neither the first nor the last word is a function word, and not both are generic."""
        first, last = self.words[words[0]], self.words[words[-1]]
        return not (first.bounds or last.bounds or (first.generic and last.generic))

    def ranked(self, found: dict[str, Candidate]) -> list[tuple[float, Candidate]]:
        """Candidates that say something, with their scores, best first; equals in the order of the document."""
        says, score = self.says_something, self.score
        scored = [
            (-score(candidate), candidate.first, candidate.key, candidate)
            for candidate in self.worth_scoring(found)
            if says(candidate)
        ]
        scored.sort()
        return [(-negated, candidate) for negated, _, _, candidate in scored]

    def worth_scoring(self, found: dict[str, Candidate]) -> list[Candidate]:
        """The candidates that may rank high: in a long document, nothing that is said once, late and unmarked."""
        worth = list(found.values())
        if len(worth) > MANY:
            title, heads, marked, defined = self.title_runs, self.head_runs, self.reader.marked, self.defined
            worth = [
                candidate
                for candidate in worth
                if candidate.count > 1
                or candidate.first < EARLY
                or candidate.key in marked
                or candidate.key in defined
                or candidate.key in heads
                or candidate.key in title
            ]
        return worth

    def heading_features(self, candidate: Candidate) -> tuple[float, ...]:
        """How the title and the other headings hold the term."""
        key = candidate.key
        in_title = key in self.title_runs
        title_whole = in_title and len(key) + 2 == len(self.title_text)
        title_chunk = not title_whole and key in self.title_chunks
        in_head = self.head_runs.get(key, 0)
        head_whole = in_head > 0 and key in self.heads
        return (
            title_whole,
            title_chunk,
            in_title and not title_whole and not title_chunk,
            in_title and self.title_text.endswith(f" {key} "),
            in_title and " " in key,
            in_title and candidate.count == 1,
            head_whole,
            in_head > 0 and not head_whole and key in self.head_chunks,
            min(3.0, log2(1 + in_head)),
        )

    def mark_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What marks, definitions and code say of the term."""
        marked = self.reader.marked.get(candidate.key, {})
        sample = self._is_sample(candidate.key)
        code = 0 if sample else marked.get("code", 0)
        return (
            candidate.key in self.defined,
            candidate.code == "defined",
            "strong" in marked,
            "emphasis" in marked,
            "link" in marked,
            code > 0,
            min(3, code),
            sample,
        )

    def _is_name(self, candidate: Candidate) -> bool:
        """Whether a word without the shape of a name is one all the same."""
        return candidate.key in self.proper and candidate.count > 1

    def _is_sample(self, key: str) -> bool:
        """Whether the document's code or its text invents the name, and no heading has it."""
        invented = key in self.samples or key in self.reader.invented
        return invented and key not in self.title_runs and key not in self.head_runs

    def plain_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What speaks against a term that nothing sets apart: how common its one word is, of those that any page may
        hold; that it is said in passing how something is (`unique value`); that it is the path of a file."""
        key = candidate.key
        if "/" in key and "." in key and key not in self.title_runs and key not in self.head_runs:
            return 0.0, 0.0, 1.0
        if key in self.title_runs or key in self.reader.marked or key in self.defined:
            return 0.0, 0.0, 0.0
        if " " not in key:
            rarity = self.words[key].rarity
            return 0.0 if rarity >= EVERYDAY or key in self.shaped else 1 - rarity, 0.0, 0.0
        first, _, rest = key.partition(" ")
        if candidate.count > FEW or key in self.head_runs or not self.words[first].adjective:
            return 0.0, 0.0, 0.0
        return 0.0, candidate.count == 1 or self.words[rest.rpartition(" ")[2]].rarity < DESCRIBED, 0.0

    def grown_features(self, candidate: Candidate) -> tuple[float, ...]:
        """What a long document's headings say of the term; that it is said once or twice and nowhere marked; that
        it is a part of the title alone."""
        key, growth = candidate.key, self.growth
        if key in self.sections:
            return growth, 0.0, 0.0, 0.0, 0.0
        if key in self.head_chunks:
            return 0.0, growth, 0.0, 0.0, 0.0
        if self.stands_out(key):
            part = key in self.title_runs and len(key) + 2 < len(self.title_text)
            return 0.0, 0.0, 0.0, 0.0, growth * part
        return 0.0, 0.0, growth * (candidate.count == 1), growth * (candidate.count == 2), 0.0

    def features(self, candidate: Candidate) -> tuple[float, ...]:
        """The features of a candidate, in the order of `FEATURES`."""
        count, words = candidate.count, candidate.key.split(" ")
        named, single = not self.shaped.isdisjoint(words), len(words) == 1
        known = [self.words[word] for word in words]
        rarities = [word.rarity for word in known]
        last = known[-1]
        return (
            *self.heading_features(candidate),
            *whole_features(candidate.whole),
            *count_features(count),
            *spread_features(candidate.places.bit_count()),
            *place_features(candidate.first),
            candidate.whole == 0 and single,
            1 - min(1.0, candidate.longer / count),
            count / self.most,
            sum(rarities) / len(words),
            max(rarities),
            sum(rarities) / len(words) if count == 1 else 0,
            named,
            *size_features(len(words)),
            *first_features(words[0], known[0].habit, known[0].generic),
            *last_features(words[-1], last.rarity, last.habit, last.generic),
            *(single_features(words[0], named or self._is_name(candidate)) if single else (0, 0)),
            *self.mark_features(candidate),
            *self.grown_features(candidate),
            *(self.plain_features(candidate) if self.english else (0.0, 0.0, 0.0)),
        )

    def score(self, candidate: Candidate) -> float:
        """The weighted sum of the features. What code uses and prose never names comes last."""
        if candidate.code == "used":
            return LAST
        parts = self.shipped
        key, count, whole = candidate.key, candidate.count, candidate.whole
        loose, alone, relative, mean, most, once, inside = parts.relative.weights
        if count == 1:
            mean += once
        if " " in key:
            words = key.split(" ")
            known = [self.words[word] for word in words]
            rarities = [word.rarity for word in known]
            total = known[0].first + known[-1].last + parts.sizes[len(words)]
            total += mean * sum(rarities) / len(words) + most * max(rarities)
            if not self.shaped.isdisjoint(words):
                total += inside
        else:
            word = self.words[key]
            total = word.first + word.last + parts.sizes[1] + (mean + most) * word.rarity
            if key in self.shaped:
                total += inside + word.name
            else:
                total += word.name if self._is_name(candidate) else word.single
            if not whole:
                total += loose
        total += parts.wholes[whole] + parts.counts[count] + parts.places[candidate.first]
        total += parts.spreads[candidate.places.bit_count()] + relative * count / self.most
        if candidate.longer < count:
            total += alone * (1 - candidate.longer / count)
        if key in self.title_runs or key in self.head_runs or key in self.title_chunks:
            total += parts.headings.of(self.heading_features(candidate))
        if candidate.code or key in self.reader.marked or key in self.defined or key in self.samples:
            total += parts.marks.of(self.mark_features(candidate))
        if self.english:
            total += parts.plain.of(self.plain_features(candidate))
        if self.growth:
            total += parts.grown.of(self.grown_features(candidate))
        return round(total, 6)


def _runs(key: str) -> list[str]:
    """All runs of at most `LONGEST_TITLE` words in a heading's key."""
    words = key.split(" ")
    size = len(words)
    return [" ".join(words[a:b]) for a in range(size) for b in range(a + 1, min(size, a + LONGEST_TITLE) + 1)]


def _main_title(titles: list[Title]) -> tuple[Title | None, list[Title]]:
    """The document's title (its first heading of level 1, else its first) and the other headings."""
    if not titles:
        return None, []
    main = next((title for title in titles if title.level == 1), titles[0])
    return main, [title for title in titles if title is not main]
