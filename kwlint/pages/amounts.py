"""Numbers as text: with their noun, and rounded so that not every edit changes a page."""

from __future__ import annotations

from functools import lru_cache


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 link`, `1,200 links`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


_STEPS = (10, 15, 20, 30, 40, 50, 60, 80, 100)  # percent; each is at most 1.5 times the one before


def about(number: int) -> str:
    """Return a number rounded to 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, …, ties up: `1,000` for 1,234.

    Readers want to know roughly how long something is; further digits would change with every edit."""
    return f"{_rounded(number):,}"


@lru_cache(maxsize=4096)
def _rounded(number: int) -> int:
    if number < 10:
        return number
    unit = 1
    while number >= 100 * unit:
        unit *= 10
    return min(_STEPS, key=lambda step: (abs(number * 10 - step * unit * 10), -step)) * unit


def size(number: int) -> str:
    """Return a number of bytes, rounded like `about`: `1.5 KB`."""
    number = _rounded(number)
    for unit, factor in (("MB", 1_000_000), ("KB", 1_000)):
        if number >= factor:
            return f"{number / factor:g} {unit}"
    return count(number, "byte")


def joined(words: list[str]) -> str:
    """Return a list in words: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
