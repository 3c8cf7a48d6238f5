"""The tokenizer: cuts text into words, and gives each word its class and its key."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from kwlint.keywords import word_tables
from kwlint.keywords.patterns import shape
from kwlint.text.folding import singular, word_key

# A word with what belongs to it: `wake-up`, `don't`, `foo.bar`, `ns::name`, `AV/C`, `--flag`, `$x`, `C++`, `f()`.
# Splitting by it gives separator, word, separator, word, …, separator.
SPLIT = re.compile(r"((?:\$env:|--?|[$@!%]|(?<!\.)\.)?\w+(?:(?:::|[-‑'’./&])\w+)*(?:\+\+|#(?!\w)|\(\))?)")
# Combining marks, such as vowel signs, and joiners, which `re` does not count as word characters: those of the scripts
# of the Near East, of all scripts of India (everything but the danda), of South-East Asia, and those of any script.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0900-\u0963\u0971-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84\u0f90-\u0fbc\u102b-\u103e\u1056-\u109d"
    "\u135d-\u135f\u17b4-\u17d3\u1ab0-\u1aff\u1b00-\u1bf3\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u3099\u309a\ua980-\ua9c0"
    "\ufe20-\ufe2f"
)

# Classes of words, a letter each, so that the classes of a passage are a text that patterns can search.
# These bound a term; `THE` is a determiner that may follow some connectors inside a term.
FUNCTION, DETERMINER, THE, SUBJECT, MODAL, TO, CONNECTOR = "fdTsmtc"
# These may be part of a term. `ED`, `ING` and `MAYBE` are nouns or verbs, depending on their neighbours.
PLAIN, VERB, VERB_S, ED, ING, MAYBE, MODIFIER, NUMBER, DECIMAL = "pvzxywj0N"
INNER = "i"  # may end a term and never begins it
# Names, recognised by their shape, those in upper case apart; an option (`--flag`) is a term by itself.
NAME, UPPER_NAME, OPTION, UPPER_OPTION = "nAoO"
PASSAGE = "#"  # the start of a heading or of the text below it
BOUND = "|"  # not a word: anything but a space between words
BOUNDING = frozenset((FUNCTION, DETERMINER, THE, SUBJECT, MODAL, TO, CONNECTOR))
GENITIVE = "의"  # the Korean particle that joins two nouns
GLUE = frozenset((" ", "\u00a0"))  # separators inside a term
EMPHASIS_GLUE = GLUE | {"\n", "  ", ""}
APOSTROPHES = frozenset(("'", "’"))
MARKER = "\x02"  # the token that stands for `PASSAGE`
BACK = "\b"  # precedes a token that is written without a space before it
LONGEST_EMPHASIS = 6  # words of an emphasized term

_CLASSES = {
    "determiner": DETERMINER, "subject": SUBJECT, "modal": MODAL, "to": TO, "connector": CONNECTOR,
    "function": FUNCTION, "light": FUNCTION, "verb": VERB, "maybe": VERB_S, "soft": PLAIN, "ending": INNER,
}  # fmt: skip
_GERMAN_ADJECTIVE = ("e", "er", "en", "es", "em")


class Word(NamedTuple):
    """A word as written: its key, and the letter of its class."""

    key: str
    word_class: str


class Token(NamedTuple):
    """The text between two spaces as aligned items: words, and bounds, whose key is empty.

    `classes` has a letter for each item. An item of `written` begins with `BACK` if no space precedes it.
    """

    classes: str
    keys: tuple[str, ...]
    written: tuple[str, ...]


def _splitter(language: str) -> re.Pattern[str]:
    """Return `SPLIT` for a language: articles that end in an apostrophe are cut off in some."""
    return re.compile(SPLIT.pattern.replace("'’", "")) if language in ("fr", "it") else SPLIT


@cache
def _english_bounds() -> dict[str, str]:
    """Return the class of each English word that bounds a term."""
    bounds = dict.fromkeys(word_tables.verbs(), FUNCTION)
    return bounds | {form: _CLASSES[name] for form, name in word_tables.english().bounds.items()}


@cache
def with_marks(pattern: str) -> re.Pattern[str]:
    """Return a pattern of words in which combining marks are part of a word."""
    return re.compile(pattern.replace(r"\w+", rf"\w[\w{_MARKS}]*"))


def words_of(text: str) -> list[str]:
    """Return the words of a text in any script."""
    return (SPLIT if text.isascii() else with_marks(SPLIT.pattern)).split(text)[1::2]


class Lexicon(dict[str, Token]):
    """Classifies the words of one language, each form once.

    Maps the text between two spaces to its `Token`; `words` maps a form to its `Word`. Both are filled on demand, and
    emptied when they have grown large, so that memory stays bounded over many documents.
    """

    LARGEST = 100_000  # cached tokens or words
    LONGEST = 48  # characters of a token that is cached

    def __init__(self, language: str, stop_words: frozenset[str]) -> None:
        super().__init__()
        self.language = language
        self.english = language in ("en", "")
        self._segmentation: Any = None
        if not self.english:
            from kwlint.keywords import segmentation

            self._segmentation = segmentation
        self._splitter = _splitter(language)
        self.unspaced = language in ("zh", "ja")
        self.words: dict[str, Word] = {}
        self._emphasis_keys: dict[str, str] = {}
        self._own_stop_words = stop_words
        self.stop_words = frozenset() if self.english else word_tables.stop_words(language)
        self.has_tables = self.english or bool(self.stop_words)
        self._bounds = _english_bounds() if self.english else {}
        self._background = word_tables.background()
        self._is_name = shape("name").search
        self._is_number = shape("number").search
        self._is_date = shape("date").search

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
                return Token(word.word_class, (word.key,), (text,))
            if text[-1:] in ".,:;)" and text[:-1].isalpha():
                word = self.words.get(text[:-1]) or self.look_up(text[:-1])
                return Token(word.word_class + BOUND, (word.key, ""), (text[:-1], BACK + text[-1]))
        return self._compound_token(self._parts(text))

    def _parts(self, text: str) -> list[str]:
        """Cut a text into separator, word, separator, …, separator."""
        splitter = self._splitter if text.isascii() else with_marks(self._splitter.pattern)
        parts = splitter.split(text)
        if self.unspaced:
            spread: list[str] = self._segmentation.spread(parts, self.language)
            return spread
        return parts

    def _compound_token(self, parts: list[str]) -> Token:
        """Return the token of several words and separators."""
        classes, keys, written = [], [], []
        back = ""
        for at, part in enumerate(parts):
            if at % 2:
                word = self.words.get(part) or self.look_up(part)
                classes.append(word.word_class)
                keys.append(word.key)
                written.append(back + part)
                back = BACK
                if self._ends_term(part):
                    classes.append(BOUND)
                    keys.append("")
                    written.append("")
            elif part in GLUE and 0 < at < len(parts) - 1:
                back = ""
            elif part:
                classes.append(BOUND)
                keys.append("")
                written.append(back + part)
                back = BACK
        return Token("".join(classes), tuple(keys), tuple(written))

    def _ends_term(self, word: str) -> bool:
        """Report whether a word's ending separates it from the next: an English genitive or a Korean particle."""
        if self.english:
            return word[-1] == "s" and word[-2:-1] in APOSTROPHES and word.islower()
        if self.language != "ko" or word.isascii() or word[-1] == GENITIVE:
            return False
        has_particle: bool = self._segmentation.stem(word, "ko") != word
        return has_particle

    def emphasis_key(self, text: str) -> str:
        """Return the key of an emphasized term of at most `LONGEST_EMPHASIS` words, or an empty string."""
        key = self._emphasis_keys.get(text)
        if key is None:
            if len(self._emphasis_keys) >= self.LARGEST:
                self._emphasis_keys.clear()
            key = self._emphasis_keys[text] = self._emphasis_key(text)
        return key

    def _emphasis_key(self, text: str) -> str:
        if len(text) > 80 or text.count(" ") > LONGEST_EMPHASIS:
            return ""
        parts = self._parts(normalize("NFC", text))
        words = [self.words.get(part) or self.look_up(part) for part in parts[1::2]]
        if not 0 < len(words) <= LONGEST_EMPHASIS:
            return ""
        if words[0].word_class in BOUNDING or words[-1].word_class in BOUNDING:
            return ""
        if any(part not in EMPHASIS_GLUE for part in parts[2:-1:2]):
            return ""
        return " ".join(word.key for word in words)

    def look_up(self, written: str) -> Word:
        """Return the word of a form, and cache it."""
        key, word_class = self._classify(written)
        if word_class == DETERMINER and key == "the":
            word_class = THE
        elif word_class == MAYBE and written.endswith("ed"):
            word_class = ED
        elif word_class == MAYBE and written.endswith("ing"):
            word_class = ING
        elif word_class == NUMBER and "." in written:
            word_class = DECIMAL
        elif word_class == NAME:
            upper = written.rstrip("s").isupper()
            word_class = (UPPER_OPTION if upper else OPTION) if written[0] == "-" else UPPER_NAME if upper else NAME
        word = Word(key, word_class)
        if len(self.words) >= self.LARGEST:
            self.words.clear()
        self.words[written] = word
        return word

    def _classify(self, written: str) -> tuple[str, str]:
        """Return the key and the class of a form, without the finer classes of `look_up`."""
        lower = written.lower().replace("’", "'")
        if lower in self._own_stop_words:
            return lower, FUNCTION
        bound = self._bounds.get(lower)
        acronym = len(written) > 1 and written.isupper()
        if bound is not None and not (acronym and bound == FUNCTION and len(written) > 3):
            return lower if bound in BOUNDING else singular(lower), bound
        if lower in self.stop_words or (len(lower) > 3 and lower[1] == "'" and lower[2:] in self.stop_words):
            return lower, FUNCTION
        if written[0].isdecimal() and self._is_date(written):
            return lower, FUNCTION
        if self._is_number(written):
            return lower, NUMBER
        key = word_key(written)
        if not key.strip("'-_. "):
            return key, FUNCTION
        if self._is_name(written):
            return key, NAME
        if self.english:
            return key, self._english_class(lower)
        return self._segmentation.stem(key, self.language), self._foreign_class(written, key)

    def _foreign_class(self, written: str, key: str) -> str:
        """Return the class of a word of a language other than English that is not a stop word."""
        if self.language == "zh":
            table, simplified = word_tables.chinese(), key.translate(word_tables.simplified())
            bounds = simplified in table["x"] or simplified in self.stop_words
            return FUNCTION if bounds else INNER if simplified in table["v"] else PLAIN
        if self.language == "ja":
            return FUNCTION if self._segmentation.is_hiragana(key) else PLAIN
        if self.language == "ko" and self._segmentation.is_verb(key, "ko"):
            return FUNCTION
        if self.language == "de" and written.islower():
            return MODIFIER if key.endswith(_GERMAN_ADJECTIVE) else FUNCTION
        is_verb = written.islower() and self.language != "ko" and self._segmentation.is_verb(key, self.language)
        return FUNCTION if len(key) < 2 or is_verb else PLAIN

    def _english_class(self, lower: str) -> str:
        """Return the class of an English word by its part of speech in the background table and its ending."""
        if len(lower) == 1 or lower.endswith("n't"):
            return FUNCTION
        if lower.endswith("ly") and len(lower) > 5:
            return FUNCTION
        part_of_speech = self._background.get(lower, (0, "-"))[1]
        if part_of_speech == "v":
            return MAYBE if lower.endswith(("s", "ed")) else FUNCTION if lower.endswith("ing") else VERB
        if part_of_speech == "u":
            return VERB
        if lower.endswith("s") and self._background.get(lower[:-1], (0, "-"))[1] == "u":
            return VERB_S
        return MAYBE if lower.endswith(("s", "ed", "ing")) else PLAIN


@cache
def lexicon(language: str, stop_words: frozenset[str]) -> Lexicon:
    """Return the lexicon of a language with a repository's own stop words; it is shared between documents."""
    return Lexicon(language, stop_words)
