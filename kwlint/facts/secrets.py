"""Passwords, keys and tokens in text, by the `secret` rows of `data/evidence.toml`: they are cut, so that no page
repeats them."""

from __future__ import annotations

import re
from functools import cache

from kwlint.text.knowledge import table

KEPT = 12  # characters of a credential without a user name that stay readable

_USER = re.compile(r"(://[^\s/:@]{0,100}:)[^\s/@]{1,300}(?=@)")


@cache
def _hints() -> tuple[str, ...]:
    return tuple(hint for row in table("evidence", "secret") for hint in row.words("hints"))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row.text('pattern')})" for row in table("evidence", "secret")))


def masked(text: str) -> str:
    """Return a text with what looks like a credential cut to its beginning; of a URL, only the password is cut."""
    if "://" in text and "@" in text:
        text = _USER.sub(r"\1…", text)
    lower = text.lower()
    if any(hint in lower for hint in _hints()):
        text = _pattern().sub(_cut, text)
    return text


def _cut(match: re.Match[str]) -> str:
    return match[0] if "…" in match[0] else f"{match[0][:KEPT]}…"
