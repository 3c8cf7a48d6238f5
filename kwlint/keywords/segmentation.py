"""Words of languages written without spaces, and word endings of some that inflect.

Chinese is cut by the longest word of a table, from the left. Japanese is cut where the script changes: terms stand in
kanji and katakana, what joins them in hiragana. Korean particles are taken off.
"""

from __future__ import annotations

import re
from functools import cache

from kwlint.keywords import word_tables

LONGEST_WORD = 4

_HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\u3005]+)")
_JAPANESE = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\u3005]+|[\u30a1-\u30ff]+|[\u3041-\u309f]+)")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+\Z")

_KOREAN_ENDING = re.compile(
    "(?:에서는|에서도|으로는|으로써|으로서|이라는|라는|에서|에는|으로|에게|까지|부터|처럼|보다|마다|이나|들을|들은|들의|들이|들|은|는|이|가|을|를|의|에|와|과|도|로|만)\\Z"
)
_KOREAN_VERB = re.compile(
    "(?:니다|세요|어요|아요|는다|한다|된다|였다|했다|하는|되는|하고|하여|해서|하면|하게|하기|하지|하며|되어|되면|있는|없는|같은|위한|대한|통해|위해|됩니다|하다|되다|않는|할|한|된|될|했던|다면|라면|지만|므로|이며|거나)\\Z"
)

ENDINGS = {
    "de": r"(?:innen|en|es|er|em|e|n|s)\Z",
    "fr": r"(?:aux|s|x)\Z",
    "es": r"(?:es|s)\Z",
    "pt": r"(?:es|s)\Z",
    "it": r"[aeio]\Z",
    "nl": r"(?:en|s|'s)\Z",
    "pl": r"(?:ach|ami|owi|ów|om|em|ie|ego|emu|ych|ym|ej|ą|ę|y|i|e|a|u|o)\Z",
    "ru": r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ых|их|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ии|ия|ию|ием|ам|ям|ах|ях|ом|ем|ов|ев|а|я|о|е|ы|и|у|ю|ь|й)\Z",  # noqa: E501
    "uk": r"(?:ями|ами|ого|ому|ими|ів|їв|их|ою|ею|ій|ої|ий|ах|ях|ам|ям|ом|ем|ові|а|я|о|е|и|і|ї|у|ю|ь|й)\Z",
    "tr": r"(?:ları|leri|lar|ler)\Z",
}  # fmt: skip
VERBS = {
    "ru": r"(?:ть|ться|тся|ете|ите|йте|айте|ешь|ишь|ают|яют|уют|ает|яет|ует|ется|ются)\Z",
    "uk": r"(?:ти|тися|ться|ємо|ете|ють|ує|ає|уйте|айте)\Z",
    "es": r"(?:[aei]r(?:se|l[aeo]s?)?|ando|iendo|[ae]mos|mente|ó|[ai]eron|aron)\Z",
    "pt": r"(?:[aei]r(?:-se|-l[ao]s?)?|ando|endo|indo|emos|amos|adas?|idas?|mente)\Z",
    "it": r"(?:[aei]r(?:e|si|l[aeio])|ando|endo|iamo|mente)\Z",
    "fr": r"(?:[^i]er|ons|ez|ant)\Z",
}  # fmt: skip
_PREFIX = {"ar": re.compile(r"(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")}
SHORTEST_STEM = 4


@cache
def _endings(language: str) -> re.Pattern[str] | None:
    return re.compile(ENDINGS[language]) if language in ENDINGS else None


@cache
def _verb_endings(language: str) -> re.Pattern[str] | None:
    return re.compile(VERBS[language]) if language in VERBS else None


def fold(word: str, language: str) -> str:
    """The word without its ending, for languages whose nouns inflect; stems keep four letters or more."""
    if language == "ko":
        return bare_korean(word)
    ending = _endings(language)
    if ending is not None:
        match = ending.search(word)
        return word[: match.start()] if match and match.start() >= SHORTEST_STEM else word
    prefix = _PREFIX.get(language)
    return prefix.sub("", word, count=1) if prefix else word


def bare_korean(word: str) -> str:
    """A Korean word without its particle; words of two syllables stay as they are."""
    match = _KOREAN_ENDING.search(word)
    return word[: match.start()].rstrip() if match and match.start() >= 2 else word


def is_korean_verb(word: str) -> bool:
    """Whether a word has the ending of a verb or adjective."""
    return len(word) > 1 and _KOREAN_VERB.search(word) is not None


def is_verb(word: str, language: str) -> bool:
    """Whether a lower-case word has the ending of a verb in its language."""
    ending = _verb_endings(language)
    return ending is not None and len(word) > 4 and ending.search(word) is not None


def is_hiragana(word: str) -> bool:
    """Whether a Japanese word is of hiragana alone."""
    return _HIRAGANA.match(word) is not None


def spread(parts: list[str], language: str) -> list[str]:
    """Cuts the words of `separator, word, separator, …` further; what is cut is set apart by empty separators."""
    result: list[str] = [parts[0]]
    script = _JAPANESE if language == "ja" else _HAN
    for at in range(1, len(parts), 2):
        word = parts[at]
        if word.isascii():
            result += (word, parts[at + 1])
            continue
        words = [piece for run in script.split(word) if run for piece in _pieces(run, language)]
        for piece in words:
            result += (piece, "")
        result[-1] = parts[at + 1]
    return result


def _pieces(run: str, language: str) -> list[str]:
    if language == "ja" or not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    known = _chinese()
    plain = run.translate(word_tables.simplified())
    found: list[str] = []
    at = 0
    loose = False  # the piece before is a single character that may go on
    while at < len(run):
        size = next((size for size in range(LONGEST_WORD, 1, -1) if plain[at : at + size] in known), 1)
        piece = run[at : at + size]
        single = size == 1 and plain[at] not in known
        if single and loose and len(found[-1]) < LONGEST_WORD:
            found[-1] += piece
        else:
            found.append(piece)
        loose = single
        at += size
    return found


@cache
def _chinese() -> frozenset[str]:
    words = word_tables.chinese()
    return words["n"] | words["v"] | words["x"] | word_tables.stop_words("zh")
