"""Words: how text is cut into them, what class each has, and the key under which its variants are one."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from kwlint.keywords import word_tables
from kwlint.text.folding import singular, word_key

# A word with what belongs to it: `wake-up`, `don't`, `foo.bar`, `ns::name`, `AV/C`, `--flag`, `$x`, `C++`, `f()`.
# Split with it, a text is separator, word, separator, word, …, separator.
SPLIT = re.compile(r"((?:\$env:|--?|[$@!%]|(?<!\.)\.)?\w+(?:(?:::|[-‑'’./&])\w+)*(?:\+\+|#(?!\w)|\(\))?)")
# The same for scripts whose vowels are marks of their own, which are no word characters to `re`.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
_MARKED = SPLIT.pattern.replace(r"\w+", rf"\w[\w{_MARKS}]*")
# The same for languages that write articles with an apostrophe.
_ELIDED = SPLIT.pattern.replace("'’", "")

# Classes of words, a letter each, so that a passage's classes are a text that patterns can search.
# These bound a term; `THE` is a determiner, and some connectors are followed by it.
FUNCTION, DETERMINER, THE, SUBJECT, MODAL, TO, CONNECTOR = "fdTsmtc"
# These may be part of one. `ED`, `ING` and `MAYBE` are nouns or verbs by their neighbours, by their ending.
PLAIN, VERB, VERB_S, ED, ING, MAYBE, MODIFIER, NUMBER, DECIMAL = "pvzxywj0N"
INNER = "i"  # may end a term and never begins it
# Names by their shape, those in upper case apart; options (`--flag`) are a term by themselves.
NAME, UPPER_NAME, OPTION, UPPER_OPTION = "nAoO"
PASSAGE = "#"  # where a heading or the text below it begins
BOUND = "|"  # no word: punctuation, or anything else but a space between words
BOUNDING = frozenset((FUNCTION, DETERMINER, THE, SUBJECT, MODAL, TO, CONNECTOR))
GENITIVE = "의"  # the Korean particle that joins two nouns
GLUE = frozenset((" ", "\u00a0"))  # what may stand between the words of a term
MARK_GLUE = GLUE | {"\n", "  ", ""}
APOSTROPHES = frozenset(("'", "’"))
MARKER = "\x02"  # the token that stands for `PASSAGE`
BACK = "\b"  # before what is written without a space before it

_CLASSES = {
    "determiner": DETERMINER, "subject": SUBJECT, "modal": MODAL, "to": TO, "connector": CONNECTOR,
    "function": FUNCTION, "light": FUNCTION, "verb": VERB, "maybe": VERB_S, "soft": PLAIN, "ending": INNER,
}  # fmt: skip

_SHAPED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\w_|\d[A-Za-z]|[A-Za-z]\d|::|\w\.\w|\(\)$|^[$@!%.]|^--\w|\+\+$|[\\#]")
_NUMBER = re.compile(r"[-+]?[\d.,/:-]*\d[\d.,/:-]*\Z")
_DATE = re.compile(r"(?:\d{4}-\d\d?-\d\d?(?:T\d+)?|\d{1,4}[ap]m|\d\dZ)\Z", re.I)  # or a time
_DIGITS = frozenset("0123456789")

NOUNS_IN_LY = frozenset(
    [
        "anomaly",
        "assembly",
        "disassembly",
        "butterfly",
        "dragonfly",
        "early",
        "family",
        "friendly",
        "homily",
        "italy",
        "jelly",
        "july",
        "lily",
        "monopoly",
        "oligopoly",
        "monthly",
        "weekly",
        "daily",
        "nightly",
        "panoply",
        "poly",
        "rally",
        "read-only",
        "reassembly",
        "reply",
        "subassembly",
        "subfamily",
        "supply",
        "tally",
        "multiply",
        "hourly",
        "yearly",
        "comply",
        "apply",
        "imply",
        "gatsby",
        "bitly",
        "ugly",
        "lovely",
    ]
)


class Word(NamedTuple):
    """A word as written: its key, and its class, a letter."""

    key: str
    kind: str


class Token(NamedTuple):
    """What stands between two spaces, as aligned items: words, and bounds, whose key is empty. `kinds` has a letter for
    each; what is `written` begins with `BACK` where no space stands before it."""

    kinds: str
    keys: tuple[str, ...]
    written: tuple[str, ...]


def _splitter(language: str) -> re.Pattern[str]:
    """`SPLIT` as the language needs it."""
    if language in ("hi", "ar"):
        return re.compile(_MARKED)
    return re.compile(_ELIDED) if language in ("fr", "it") else SPLIT


@cache
def _english_bounds() -> dict[str, str]:
    """The class of each English word that bounds a term."""
    bounds = dict.fromkeys(word_tables.verbs(), FUNCTION)
    return bounds | {form: _CLASSES[name] for form, name in word_tables.english().bounds.items()}


class Lexicon(dict[str, Token]):
    """Classifies the words of one language, each form once.

    Maps what stands between two spaces to its `Token`; `words` maps a form as written to its `Word`. Both are filled on
    demand, and emptied when they have grown large, so that a long run over many documents stays small.
    """

    LARGEST = 100_000
    LONGEST = 48  # characters of a token that may come again

    def __init__(self, language: str, stop_words: frozenset[str]) -> None:
        super().__init__()
        self.language = language
        self.english = language in ("en", "")
        self._segment: Any = None
        if not self.english:
            from kwlint.keywords import segmentation  # its expressions take two milliseconds to compile

            self._segment = segmentation
        self.split = _splitter(language).split
        self.unspaced = language in ("zh", "ja")
        self.words: dict[str, Word] = {}
        self.marks: dict[str, str] = {}
        self._own = stop_words
        self.stop_words = frozenset() if self.english else word_tables.stop_words(language)
        self._bounds = _english_bounds() if self.english else {}
        self._background = word_tables.background()

    def __missing__(self, text: str) -> Token:
        token = self._token(text)
        if len(text) <= self.LONGEST:
            if len(self) >= self.LARGEST:
                self.clear()
            self[text] = token
        return token

    def _token(self, text: str) -> Token:
        if text == MARKER:
            return Token(PASSAGE, ("",), ("",))
        if not self.unspaced and self.language != "ko":
            if text.isalpha():
                word = self.words.get(text) or self.look_up(text)
                return Token(word.kind, (word.key,), (text,))
            if text[-1:] in ".,:;)" and text[:-1].isalpha():
                word = self.words.get(text[:-1]) or self.look_up(text[:-1])
                return Token(word.kind + BOUND, (word.key, ""), (text[:-1], BACK + text[-1]))
        parts = self.split(text)
        if self.unspaced:
            parts = self._segment.spread(parts, self.language)
        kinds, keys, written = [], [], []
        back = ""
        for at, part in enumerate(parts):
            if at % 2:
                word = self.words.get(part) or self.look_up(part)
                kinds.append(word.kind)
                keys.append(word.key)
                written.append(back + part)
                back = BACK
                if self._ends(part):
                    kinds.append(BOUND)
                    keys.append("")
                    written.append("")
            elif part in GLUE and 0 < at < len(parts) - 1:
                back = ""
            elif part:
                kinds.append(BOUND)
                keys.append("")
                written.append(back + part)
                back = BACK
        return Token("".join(kinds), tuple(keys), tuple(written))

    def _ends(self, word: str) -> bool:
        """Whether the word's ending says that what follows is no part of its name: `the component's root`, and what a
        Korean particle closes."""
        if self.english:
            return word[-1] == "s" and word[-2:-1] in APOSTROPHES and word.islower()
        if self.language != "ko" or word.isascii() or word[-1] == GENITIVE:
            return False
        particle: bool = self._segment.bare_korean(word) != word
        return particle

    def mark_key(self, text: str) -> str:
        """The key of a marked word or term of at most six words; empty where it is none."""
        key = self.marks.get(text)
        if key is None:
            if len(self.marks) >= self.LARGEST:
                self.marks.clear()
            key = self.marks[text] = self._mark_key(text)
        return key

    def _mark_key(self, text: str) -> str:
        if len(text) > 80 or text.count(" ") > 6:
            return ""
        parts = self.split(normalize("NFC", text))
        if self.unspaced:
            parts = self._segment.spread(parts, self.language)
        words = [self.words.get(part) or self.look_up(part) for part in parts[1::2]]
        if not 0 < len(words) <= 6 or words[0].kind in BOUNDING or words[-1].kind in BOUNDING:
            return ""
        if any(part not in MARK_GLUE for part in parts[2:-1:2]):
            return ""
        return " ".join(word.key for word in words)

    def look_up(self, written: str) -> Word:
        """The word that `written` is."""
        key, kind = self._classify(written)
        if kind == DETERMINER and key == "the":
            kind = THE
        elif kind == MAYBE and written.endswith("ed"):
            kind = ED
        elif kind == MAYBE and written.endswith("ing"):
            kind = ING
        elif kind == NUMBER and "." in written:
            kind = DECIMAL
        elif kind == NAME:
            upper = written.rstrip("s").isupper()
            kind = (UPPER_OPTION if upper else OPTION) if written[0] == "-" else UPPER_NAME if upper else NAME
        word = Word(key, kind)
        if len(self.words) >= self.LARGEST:
            self.words.clear()
        self.words[written] = word
        return word

    def _classify(self, written: str) -> tuple[str, str]:
        lower = written.lower().replace("’", "'")
        if lower in self._own:
            return lower, FUNCTION
        kind = self._bounds.get(lower)
        acronym = len(written) > 1 and written.isupper()
        if kind is not None and not (acronym and kind == FUNCTION and len(written) > 3):
            return lower if kind in BOUNDING else singular(lower), kind
        if lower in self.stop_words or (len(lower) > 3 and lower[1] == "'" and lower[2:] in self.stop_words):
            return lower, FUNCTION
        if written[0] in _DIGITS and _DATE.match(written):
            return lower, FUNCTION
        if _NUMBER.match(written):
            return lower, NUMBER
        key = word_key(written)
        if not key.strip("'-_. "):
            return key, FUNCTION
        if _SHAPED.search(written):
            return key, NAME
        if self.english:
            return key, self._habit(lower)
        return self._segment.fold(key, self.language), self._foreign(written, key)

    def _foreign(self, written: str, key: str) -> str:
        """The class of a word of a language other than English that is no stop word."""
        if self.language == "zh":
            table, plain = word_tables.chinese(), key.translate(word_tables.simplified())
            bounds = plain in table["x"] or plain in self.stop_words
            return FUNCTION if bounds else INNER if plain in table["v"] else PLAIN
        if self.language == "ja":
            return FUNCTION if self._segment.is_hiragana(key) else PLAIN
        if self.language == "ko" and self._segment.is_korean_verb(key):
            return FUNCTION
        if self.language == "de" and written.islower():
            return MODIFIER if key.endswith(("e", "er", "en", "es", "em")) else FUNCTION
        return FUNCTION if len(key) < 2 or (written.islower() and self._segment.is_verb(key, self.language)) else PLAIN

    def _habit(self, lower: str) -> str:
        if len(lower) == 1 or lower.endswith("n't"):
            return FUNCTION
        if lower.endswith("ly") and len(lower) > 5 and lower not in NOUNS_IN_LY:
            return FUNCTION
        habit = self._background.get(lower, (0, "-"))[1]
        if habit == "v":
            return MAYBE if lower.endswith(("s", "ed")) else FUNCTION if lower.endswith("ing") else VERB
        if habit == "u":
            return VERB
        if lower.endswith("s") and self._background.get(lower[:-1], (0, "-"))[1] == "u":
            return VERB_S
        return MAYBE if lower.endswith(("s", "ed", "ing")) else PLAIN


@cache
def lexicon(language: str, stop_words: frozenset[str]) -> Lexicon:
    """The lexicon of a language with a repository's own stop words added; kept for the next document."""
    return Lexicon(language, stop_words)
