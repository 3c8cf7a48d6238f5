"""Detects the language of a document: from settings, front matter, path, script, or function words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kwlint.keywords import word_tables
from kwlint.keywords.tokens import words_of
from kwlint.text import knowledge

if TYPE_CHECKING:
    from kwlint.model.document import Document

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "zh", "ja", "ko", "ar", "hi")
LATIN = ("de", "fr", "es", "pt", "it", "nl", "pl", "tr")
SHARED_SCRIPT = ("ru", "ar", "hi")  # languages whose script others use as well
OTHER = "other"  # a language without tables: names, headings and emphasis still give an index
SAMPLE = 6000  # characters of text that are examined
ENGLISH_SHARE = 0.2  # share of function words above which a text in plain letters is English
LOWEST_SHARE = 0.08  # share of function words below which a text is in none of the languages
FEWEST_WORDS = 20  # words of a text whose function words are counted
ENGLISH_WORDS = (" the ", " to ", " of ", " is ", " and ")
ENGLISH_CLASSES = ("determiner", "subject", "modal", "to", "connector", "function")

_PATH_PARTS = re.compile(r"[/._-]")


def beginning(document: Document) -> str:
    """Return enough of a document's text to detect its language."""
    parts: list[str] = []
    size = 0
    for block in document.blocks:
        parts.append(block.text)
        size += len(block.text)
        if size > SAMPLE:
            break
    return "\n".join(parts)


def language_of(text: str, path: str, meta: dict[str, object], setting: str) -> str:
    """Return one of `LANGUAGES`, or `OTHER`.

    The script of the text outweighs the path and the front matter: folders of translations contain untranslated pages.
    """
    if setting:
        return _base_code(setting) or OTHER
    sample = text[:SAMPLE]
    if 90 * sum(map(sample.count, ENGLISH_WORDS)) > len(sample):
        return "en"
    by_script = _by_script(sample)
    if by_script:
        return by_script if _is_likely(sample, by_script) else OTHER
    named = _base_code(str(meta.get("lang") or meta.get("language") or "")) or _by_path(path)
    if named in LATIN and _share(sample, named) >= _share(sample, "en"):
        return named
    if _has_plain_letters(sample) and _share(sample, "en") > ENGLISH_SHARE:
        return "en"
    return _by_words(sample)


def _has_plain_letters(sample: str) -> bool:
    """Report whether the text has no letters but English ones; dashes, quotes and emoji do not count."""
    return sample.isascii() or not any(char.isalpha() for char in set(sample) if char > "\x7f")


def _base_code(code: str) -> str:
    """Return the language of a code such as `pt-BR`, or an empty string."""
    base = code.strip().lower().replace("_", "-").partition("-")[0]
    return base if base in LANGUAGES else ""


def _by_path(path: str) -> str:
    """Return the last language code among the parts of a path: `docs/de/setup.md`, `guide.fr.md`."""
    codes = [part for part in _PATH_PARTS.split(path.lower())[:-1] if part in LANGUAGES]
    return codes[-1] if codes else ""


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    """Return languages with the pattern of their characters and the share of letters that shows the language."""
    return tuple(
        (
            row.text("language"),
            re.compile("[" + "".join(f"{pair[0]}-{pair[1]}" for pair in row.words("ranges")) + "]"),
            float(row.text("share")),
        )
        for row in knowledge.table("languages", "script")
    )


def _by_script(sample: str) -> str:
    """Return the language that the script of a text shows, or an empty string."""
    if sample.isascii():
        return ""
    letters = max(1, sum(map(str.isalpha, sample)))
    for language, characters, share in _scripts():
        if len(characters.findall(sample)) > share * letters:
            return language
    return ""


@cache
def _function_words(language: str) -> frozenset[str]:
    if language == "en":
        return frozenset(form for form, name in word_tables.english().bounds.items() if name in ENGLISH_CLASSES)
    return word_tables.stop_words(language)


def _is_likely(sample: str, language: str) -> bool:
    """Report whether a text in the script of a language has its function words; Marathi is not Hindi."""
    if language not in SHARED_SCRIPT or len(words_of(sample)) < FEWEST_WORDS:
        return True
    return _share(sample, language) > LOWEST_SHARE


def _share(sample: str, language: str) -> float:
    """Return the share of function words of a language among the words of a text."""
    words = words_of(sample.lower())
    function_words = _function_words(language)
    return sum(word in function_words for word in words) / max(1, len(words))


def _by_words(sample: str) -> str:
    """Return the language whose function words are most frequent in a text."""
    words = words_of(sample.lower())
    if len(words) < FEWEST_WORDS:
        return "en" if _has_plain_letters(sample) else OTHER
    counts = [(sum(word in _function_words(language) for word in words), language) for language in ("en", *LATIN)]
    best, language = max(counts, key=lambda item: item[0])
    return language if best > LOWEST_SHARE * len(words) else OTHER
