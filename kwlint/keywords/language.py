"""The language of a document: from the settings, its front matter, its path, its script or its function words."""

from __future__ import annotations

import re
from functools import cache

from kwlint.keywords import word_tables
from kwlint.keywords.tokens import SPLIT

KNOWN = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "zh", "ja", "ko", "ar", "hi")
LATIN = ("de", "fr", "es", "pt", "it", "nl", "pl", "tr")
OTHER = "other"  # a language without tables: identifiers, headings and marks still make an index
SAMPLE = 6000  # characters that are looked at

_CODE = re.compile(r"(?:^|[/._-])(" + "|".join(KNOWN) + r")(?:[-_](?:[A-Za-z]{2}|[Hh]an[st]))?(?=[/.])")
_TOO_RARE = 0.08  # share of function words below which a text is in no language that has a list


def language_of(text: str, path: str, meta: dict[str, object], setting: str) -> str:
    """One of `KNOWN`, or `OTHER`. `text` is the document's prose. What the script says outweighs a path or front
    matter that says otherwise: untranslated pages stand in translated folders."""
    if setting:
        return _known(setting) or OTHER
    sample = text[:SAMPLE]
    if 90 * sum(map(sample.count, (" the ", " to ", " of ", " is ", " and "))) > len(sample):
        return "en"
    script = _by_script(sample)
    if script:
        return script
    named = _known(str(meta.get("lang") or meta.get("language") or "")) or _by_path(path)
    if named in LATIN and _share(sample, named) >= _share(sample, "en"):
        return named
    if _is_plain(sample) and _share(sample, "en") > 0.2:
        return "en"
    return _by_words(sample)


def _is_plain(sample: str) -> bool:
    """Whether the text has no letters but English ones; dashes, quotes and pictures say nothing of a language."""
    return sample.isascii() or not any(char.isalpha() for char in set(sample) if char > "\x7f")


def _known(code: str) -> str:
    base = re.split(r"[-_]", code.strip().lower())[0]
    return base if base in KNOWN else ""


def _by_path(path: str) -> str:
    codes = _CODE.findall("/" + path.lower())
    return str(codes[-1]) if codes else ""


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    """Language, its characters, and the share of letters above which a text is in it."""
    return (
        ("ja", re.compile(r"[\u3041-\u30fa]"), 0.05),
        ("ko", re.compile(r"[\uac00-\ud7a3]"), 0.15),
        ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), 0.1),
        ("ar", re.compile(r"[\u0620-\u06ff]"), 0.25),
        ("hi", re.compile(r"[\u0900-\u097f]"), 0.25),
        ("uk", re.compile(r"[іїєґІЇЄҐ]"), 0.02),
        ("ru", re.compile(r"[\u0400-\u04ff]"), 0.25),
    )


def _by_script(sample: str) -> str:
    if sample.isascii():
        return ""
    letters = max(1, sum(map(str.isalpha, sample)))
    for language, script, share in _scripts():
        if len(script.findall(sample)) > share * letters:
            return language
    return ""


@cache
def _function_words(language: str) -> frozenset[str]:
    if language == "en":
        classes = ("determiner", "subject", "modal", "to", "connector", "function")
        return frozenset(form for form, name in word_tables.english().bounds.items() if name in classes)
    return word_tables.stop_words(language)


def _share(sample: str, language: str) -> float:
    words = SPLIT.split(sample.lower())[1::2]
    stop = _function_words(language)
    return sum(word in stop for word in words) / max(1, len(words))


def _by_words(sample: str) -> str:
    words = SPLIT.split(sample.lower())[1::2]
    if len(words) < 20:
        return "en" if _is_plain(sample) else OTHER
    counts = [(sum(word in _function_words(language) for word in words), language) for language in ("en", *LATIN)]
    best, language = max(counts, key=lambda item: item[0])
    return language if best > _TOO_RARE * len(words) else OTHER
