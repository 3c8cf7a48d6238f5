"""Word boundaries of Chinese and Japanese, which are written without spaces, and endings of inflected words.

Chinese is cut by the longest match with a table, from the left. Japanese is cut where the script changes: terms are in
kanji and katakana, what joins them is in hiragana. Endings are those of `data/languages.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from kwlint.keywords import word_tables
from kwlint.text import knowledge

LONGEST_WORD = 4  # characters of a word in the Chinese table
SHORTEST_STEM = 4  # characters that are left of a word without its ending
SHORTEST_KOREAN_STEM = 2
SHORTEST_VERB = 5  # characters; in Korean, two syllables

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\u3005]+"
_SCRIPTS = {"zh": re.compile(f"({_HAN})"), "ja": re.compile(f"({_HAN}|[\u30a1-\u30ff]+|[\u3041-\u309f]+)")}


@cache
def _endings(table: str, language: str) -> tuple[str, ...]:
    """Return the rows of a language in one table of endings, the longest first."""
    rows = knowledge.table("languages", table)
    endings = [ending for row in rows if row.text("language") == language for ending in row.words("words")]
    return tuple(sorted(endings, key=len, reverse=True))


def stem(word: str, language: str) -> str:
    """Return a word without its noun ending, Korean particle or Arabic article, or the word if too little is left."""
    shortest = SHORTEST_KOREAN_STEM if language == "ko" else SHORTEST_STEM
    ending = next(filter(word.endswith, _endings("noun-ending", language)), "")
    if ending:
        return word[: -len(ending)].rstrip() if len(word) - len(ending) >= shortest else word
    prefix = next(filter(word.startswith, _endings("prefix", language)), "")
    return word[len(prefix) :] if len(word) - len(prefix) > 2 else word


def is_verb(word: str, language: str) -> bool:
    """Report whether a lower-case word has the ending of a verb (in Korean, of a verb or adjective)."""
    shortest = SHORTEST_KOREAN_STEM if language == "ko" else SHORTEST_VERB
    return len(word) >= shortest and word.endswith(_endings("verb-ending", language))


def is_hiragana(word: str) -> bool:
    """Report whether a Japanese word is written in hiragana only."""
    return all("\u3041" <= character <= "\u309f" for character in word)


def spread(parts: list[str], language: str) -> list[str]:
    """Cut the words of `separator, word, separator, …` further; the pieces have empty separators between them."""
    result: list[str] = [parts[0]]
    script = _SCRIPTS[language]
    for at in range(1, len(parts), 2):
        word = parts[at]
        pieces = [word] if word.isascii() else [p for run in script.split(word) if run for p in _pieces(run, language)]
        for piece in pieces:
            result += (piece, "")
        result[-1] = parts[at + 1]
    return result


def _pieces(run: str, language: str) -> list[str]:
    """Cut a run of one script into words."""
    if language == "ja" or not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    table = _chinese()
    simplified = run.translate(word_tables.simplified())
    pieces: list[str] = []
    at = 0
    is_loose = False  # the last piece is made of single characters that no word of the table covers
    while at < len(run):
        size = next((size for size in range(LONGEST_WORD, 1, -1) if simplified[at : at + size] in table), 1)
        piece = run[at : at + size]
        is_single = size == 1 and simplified[at] not in table
        if is_single and is_loose and len(pieces[-1]) < LONGEST_WORD:
            pieces[-1] += piece
        else:
            pieces.append(piece)
        is_loose = is_single
        at += size
    return pieces


@cache
def _chinese() -> frozenset[str]:
    words = word_tables.chinese()
    return words["n"] | words["v"] | words["x"] | word_tables.stop_words("zh")
