"""Finds mojibake: UTF-8 that was read as Windows-1252 and written again, such as `Ã©` for `é`.

A run is certain if no language uses it. A run that ordinary text may contain (`“AMANHÃ”`) counts only in a document
with a certain one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# The characters of Windows-1252 for the bytes 0x80 to 0xBF; its five undefined bytes stand for themselves.
_HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ" + "".join(map(chr, range(0xA0, 0xC0)))
_BYTES = {ord(character): 0x80 + at for at, character in enumerate(_HIGH)}
_NEXT = f"[{re.escape(_HIGH)}]"
_QUOTES = "‘’“”…–—\u00bb\u00ab"


@cache
def _suspicion() -> re.Pattern[str]:
    """Return a pattern that matches in every run, and is fast to search for."""
    return re.compile(f"[Â-ô]{_NEXT}")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a run, and of a certain run."""
    two, three, four = f"[Â-ß]{_NEXT}", f"[à-ï]{_NEXT}{{2}}", f"[ð-ô]{_NEXT}{{3}}"
    run = re.compile(f"(?:{four}|{three}|{two})+")
    plain = f"(?![{_QUOTES}]){_NEXT}"
    rare = f"(?:[Ð-Ñ]{plain}){{2}}|(?:[ã-é]{_NEXT}{plain}){{2}}"
    certain = re.compile(f"[ÃÂ]{plain}|â[€†‡”œž™]{_NEXT}|ðŸ{_NEXT}{{2}}|{rare}")
    return run, certain


def garbled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the intended text of each run, in linear time."""
    if text.isascii() or not _suspicion().search(text):
        return
    run, certain = _patterns()
    if not certain.search(text):
        return
    for match in run.finditer(text):
        intended = _intended(match[0])
        if intended and (certain.search(match[0]) or match[0][-1] not in _QUOTES):
            yield match.start(), match.end(), intended


def _intended(text: str) -> str:
    """Return the text whose UTF-8 bytes `text` shows, or an empty string."""
    try:
        return bytes(_BYTES.get(ord(c), ord(c)) for c in text).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return ""
