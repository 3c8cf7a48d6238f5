"""Words and keys of the search: which spellings of a name, and which forms of a word, meet.

`stem` gives a word the key that its inflections share, `key` a text the keys of its words, and `bare` its letters and
digits alone, which do not depend on case, hyphens, spaces or the style of an identifier.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from kwlint.text import tables
from kwlint.text.folding import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEPT = 65_536  # cached stems: documents repeat their words
# Chinese, Japanese, Korean, Thai, Lao and Khmer: no spaces between words, so that each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_RUN = re.compile(rf"[{_UNSPACED}]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ALPHANUMERIC = re.compile(r"[A-Za-z0-9]+")
_ENDINGS = ("ization", "isation", "ations", "ation", "ition", "ment", "ness", "ings", "ing", "ion", "ers", "ed", "er",
            "or", "ly")  # fmt: skip
SHORTEST_STEM = 4
LONGEST = 80  # characters of an identifier that is split
# The stemmers of `snowballstemmer` by language; English and scripts without inflection need none.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.casefold() if text.isascii() else normalize("NFKC", text).casefold())


def bare(text: str) -> str:
    """Return the letters and digits of a text in lower case, without what is between them."""
    return "".join(words(text))


def key(text: str) -> str:
    """Return the stems of the words of a text, between spaces, without words that name nothing."""
    return " ".join(map(stem, content_words(text)))


def content_words(text: str) -> list[str]:
    """Return the words of a text without those that name nothing; all of them where no others are left."""
    all_words = words(text)
    ignored = question_words()
    return [word for word in all_words if word not in ignored] or all_words


@cache
def question_words() -> frozenset[str]:
    """Return the words of a question that name nothing."""
    return frozenset(" ".join(tables.text_rows("question_words.txt")).split())


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """Return the stem of a lower-case English word; a word of another script is returned as it is.

    `configure`, `configuring`, `configured` and `configurations` have one stem. It is cruder than Porter's, and serves
    to compare short texts that a search has found; SQLite's `porter` finds them.
    """
    if len(word) < SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word
    one = singular(word)
    for ending in _ENDINGS:
        if one.endswith(ending) and len(one) - len(ending) >= SHORTEST_STEM - (len(ending) == 3):
            one = one[: -len(ending)]
            if len(one) > SHORTEST_STEM and one[-1] == one[-2] and one[-1] not in "lsz":
                one = one[:-1]
            break
    return one[:-1] if len(one) > 3 and one[-1] in "eyi" else one


def parts(text: str) -> str:
    """Return what the tokenizer of the database does not see: the parts of identifiers such as `useFetch`, and the
    characters of scripts without spaces."""
    names = (name for name in dict.fromkeys(_ALPHANUMERIC.findall(text)) if not name.islower() and len(name) <= LONGEST)
    found = [pieces for name in names if " " in (pieces := _HUMP.sub(" ", name))]
    if not text.isascii():
        found += [" ".join(run) for run in _RUN.findall(text)]
    return "\n".join(found)


def humps(word: str) -> list[str]:
    """Return the parts of an identifier such as `useFetch`, in lower case; one part for another word."""
    return _HUMP.sub(" ", word).casefold().split()


def foreign_stems(text: str, language: str) -> str:
    """Return the stems of the words of a text in another language than English, as far as they differ."""
    if language not in STEMMERS:
        return ""
    stemmer = _stemmer(language)
    found = dict.fromkeys(words(text))
    return " ".join(dict.fromkeys(one for word in found if (one := stemmer(word)) != word))


def foreign_forms(word: str, languages: Iterable[str]) -> list[str]:
    """Return the stems of a word in the languages other than English."""
    stems = (_stemmer(language)(word) for language in languages if language in STEMMERS)
    return [one for one in dict.fromkeys(stems) if one != word]


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(STEMMERS[language]).stemWord
    return lru_cache(maxsize=KEPT)(stem_word)
