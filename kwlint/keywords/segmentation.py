"""Word boundaries of Chinese and Japanese, which are written without spaces, and endings of inflected words.

Chinese is cut into the fewest words of a table; characters that it does not cover are joined with the single character
before them, unless that is a particle. Japanese is cut where the script changes: terms are in
kanji and katakana, what joins them is in hiragana. Endings are those of `data/languages.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from kwlint.keywords import word_tables
from kwlint.keywords.patterns import words
from kwlint.text import knowledge

LONGEST_WORD = 4  # characters of a word in the Chinese table
WORD_COST, SINGLE_COST, UNKNOWN_COST = 10, 14, 25  # of a cut into words
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
    simplified = run.translate(word_tables.simplified())
    particles = words("chinese-particle")
    pieces: list[str] = []
    at = 0
    is_single = is_loose = False  # the last piece is one character; it is made of characters that are not in the table
    for size in _sizes(simplified):
        piece = run[at : at + size]
        is_unknown = size == 1 and simplified[at] not in _chinese()
        joins = is_loose or (is_single and simplified[at - 1] not in particles)
        if is_unknown and joins and len(pieces[-1]) < LONGEST_WORD:
            pieces[-1] += piece  # a word that the table does not contain
        else:
            pieces.append(piece)
        is_single, is_loose = size == 1, is_unknown
        at += size
    return pieces


def _sizes(run: str) -> list[int]:
    """Return the lengths of the words of a run: the cut with the lowest cost; of equals, longer words first.

    A cut costs little for each word and most for each character that the table does not contain.
    """
    table = _chinese()
    costs, best = [0] * (len(run) + 1), [1] * len(run)
    for at in range(len(run) - 1, -1, -1):
        costs[at] = costs[at + 1] + (SINGLE_COST if run[at] in table else UNKNOWN_COST)
        for size in range(2, min(LONGEST_WORD, len(run) - at) + 1):
            if costs[at + size] + WORD_COST <= costs[at] and run[at : at + size] in table:
                costs[at], best[at] = costs[at + size] + WORD_COST, size
    sizes: list[int] = []
    at = 0
    while at < len(run):
        sizes.append(best[at])
        at += best[at]
    return sizes


@cache
def _chinese() -> frozenset[str]:
    words = word_tables.chinese()
    return words["n"] | words["v"] | words["x"] | word_tables.stop_words("zh")
