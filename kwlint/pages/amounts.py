"""Numbers as pages say them: with their noun, and rounded where every digit would move with every edit."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 link`, `1,200 links`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def about(number: int) -> str:
    """`number` to two significant digits, halves up: 1,234 is 1,200."""
    unit = 1
    while number >= 100 * unit:
        unit *= 10
    return f"{(number + unit // 2) // unit * unit:,}"


def size(number: int) -> str:
    """A number of bytes, to two significant digits."""
    for unit, factor in (("MB", 1_000_000), ("KB", 1_000)):
        if number >= factor:
            tenths = (number * 10 + factor // 2) // factor
            return f"{tenths // 10}.{tenths % 10} {unit}" if tenths < 100 else f"{about((tenths + 5) // 10)} {unit}"
    return f"{number} bytes"


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
