"""Text that was UTF-8, read as Windows-1252 and written again: `Ã©` for `é`.

Runs are sure when no language writes them; a run that an ordinary text may hold (`“AMANHÃ”`) counts only in a document
that has a sure one. What is in code is left alone: it may well be about encodings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Windows-1252's characters for the bytes 0x80 to 0xBF; the five that it leaves open stand for themselves.
_HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ" + "".join(map(chr, range(0xA0, 0xC0)))
_BYTES = {ord(character): 0x80 + at for at, character in enumerate(_HIGH)}
_NEXT = f"[{re.escape(_HIGH)}]"
_QUOTES = "‘’“”…–—\u00bb\u00ab"


@cache
def _suspicion() -> re.Pattern[str]:
    """What every run has, quick to look for."""
    return re.compile(f"[Â-ô]{_NEXT}")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A run of garbled characters, and one that is sure."""
    two, three, four = f"[Â-ß]{_NEXT}", f"[à-ï]{_NEXT}{{2}}", f"[ð-ô]{_NEXT}{{3}}"
    run = re.compile(f"(?:{four}|{three}|{two})+")
    plain = f"(?![{_QUOTES}]){_NEXT}"
    rare = f"(?:[Ð-Ñ]{plain}){{2}}|(?:[ã-é]{_NEXT}{plain}){{2}}"
    sure = re.compile(f"[ÃÂ]{plain}|â[€†‡”œž™]{_NEXT}|ðŸ{_NEXT}{{2}}|{rare}")
    return run, sure


def garbled(text: str) -> Iterator[tuple[int, int, str]]:
    """The garbled runs of a text: start, end and what was meant. Linear time."""
    if text.isascii() or not _suspicion().search(text):
        return
    run, sure = _patterns()
    if not sure.search(text):
        return
    for match in run.finditer(text):
        meant = _meant(match[0])
        if meant and (sure.search(match[0]) or match[0][-1] not in _QUOTES):
            yield match.start(), match.end(), meant


def _meant(text: str) -> str:
    """The text whose UTF-8 bytes `text` shows, empty if there is none."""
    try:
        return bytes(_BYTES.get(ord(c), ord(c)) for c in text).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return ""
