"""Keys under which the spellings of one word or term meet.

`word_key` is the key of a word, `term_key` that of a term, which is made of word keys, and `fold` the key under which
the A–Z index and the search file a term.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kwlint.text import tables

LONGEST_COMPOUND = 16  # parts of a word with hyphens
KEPT = 8192  # cached answers: the same titles and keywords occur on many pages

_ACRONYM_PLURAL = re.compile(r"([A-Z][A-Z0-9]*[A-Z])s\Z")
_HYPHENS = str.maketrans("-‑", "  ")


@cache
def _irregular() -> dict[str, str]:
    """Return the singulars that the endings of `singular` do not give, by plural."""
    rows = map(str.split, tables.text_rows("plurals.txt"))
    return {form: one for one, *plurals in rows for form in (one, *plurals)}


def singular(word: str) -> str:
    """Return the singular of a lower-case English noun; other words are returned as they are."""
    irregular = _irregular().get(word)
    if irregular:
        return irregular
    if len(word) < 4 or word[-1] != "s" or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return word[:-2]
    if word.endswith(("ss", "us", "is")):
        return word
    return word[:-1]


def word_key(written: str) -> str:
    """Return the key that case, number, hyphen and possessive variants of a word share.

    The parts of a compound word are separated by spaces: the key of `wake-ups` is that of `wake up`.
    """
    plural = _ACRONYM_PLURAL.match(written)
    if plural:
        return plural.group(1).lower()
    word = written.lower().replace("’", "'").removesuffix("'s")
    word = word.removesuffix("()").lstrip("-!") or word
    if "-" not in word and "‑" not in word:
        return singular(word)
    if is_cmdlet(written):
        return word
    parts = word.translate(_HYPHENS).split()
    if len(parts) > LONGEST_COMPOUND:  # not a name; each run of its parts would become a candidate
        return word
    return " ".join(map(singular, parts))


def is_cmdlet(written: str) -> bool:
    """Report whether a word is the name of a PowerShell cmdlet that must not be split, such as `Set-WidgetColor`.

    The verb is an approved one (about_Verbs), and the noun has two capitals: `Read-Only` is not a cmdlet.
    """
    verb, hyphen, noun = written.partition("-")
    if not hyphen or not noun[:1].isupper():
        return False
    return sum(map(str.isupper, noun)) > 1 and noun.isalnum() and verb in cmdlet_verbs()


@cache
def cmdlet_verbs() -> frozenset[str]:
    """Return the verbs that PowerShell approves for the names of cmdlets (about_Verbs)."""
    return frozenset(" ".join(tables.text_rows("cmdlet_verbs.txt")).split())


def term_key(text: str) -> str:
    """Return the key of a term: the keys of its words between spaces."""
    return " ".join(map(word_key, text.split()))


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Return the key of a term in the A–Z index, which does not depend on letter case, `-`, `_`, number or the
    composition of accents.

    Leading dashes are kept: an option is a different entry from the word that names it.
    """
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFKC", text)
    text = text.strip().casefold()
    bare = text.lstrip("-_")
    key = term_key(bare.replace("_", " ").replace("-", " "))
    return text[: len(text) - len(bare)] + key if key else text
