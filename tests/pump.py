"""Inputs on which a regular expression may take more than linear time, made from the expression itself.

Each unlimited repeat of the expression is pumped: a text that leads to it, many times a text that it repeats, and an
end that does not match. A pattern is looked at with the methods that the program calls on it.
"""

from __future__ import annotations

import re
import signal
import time
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 1000  # a repeat with a higher limit than this counts as unlimited
ENDS = ("", "\x01", "!", "\n!", "x", "`x", " \x01")
SEVERAL = 4  # examples of one alternative or class
_parser: Any = re._parser  # type: ignore[attr-defined]
_ANY = "a -/\n<[{*#"


class TooSlowError(Exception):
    """A search took longer than its limit."""


def seconds(pattern: re.Pattern[str], method: str, text: str, limit: float) -> float:
    """Return the processor time of a call on `text`, at most `limit`."""
    arguments = ("", text) if method in ("sub", "subn") else (text,)

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        result = getattr(pattern, method)(*arguments)
        if method == "finditer":
            for _ in result:
                pass
    except TooSlowError:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def slow_input(pattern: re.Pattern[str], method: str, size: int, limit: float) -> str:
    """Return the start of an input of about `size` characters that takes longer than `limit` seconds; empty if none
    is found. A longer input may be exponential, so a short one is tried first."""
    for lead, pump in dict.fromkeys(pumps(pattern)):
        for end in ENDS:
            for length in (60, size):
                text = lead + pump * (length // len(pump)) + end
                # Several times, as another process may hold up one of them.
                if all(seconds(pattern, method, text, 4 * limit) > limit for _ in range(5)):
                    return f"{lead!r} + {pump!r} * {length // len(pump)} + {end!r}"
    return ""


def pumps(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what leads to each unlimited repeat of a pattern, and what it repeats."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG & ~re.UNICODE)
    yield from _pumps(tree, "")
    for lead, pump in list(islice(_pumps(tree, ""), 200)):
        yield "", lead + pump  # the start of a match many times


def _pumps(tree: Any, lead: str) -> Iterator[tuple[str, str]]:
    for name, value in tree:
        operator = str(name)
        if operator in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = value
            if int(most) > MANY:
                for example in islice(examples(body), 12):
                    if example:
                        yield lead, example
            yield from _pumps(body, lead)
        elif operator == "SUBPATTERN":
            yield from _pumps(value[-1], lead)
        elif operator == "BRANCH":
            for branch in value[1]:
                yield from _pumps(branch, lead)
        elif operator in ("ASSERT", "ASSERT_NOT"):
            yield from _pumps(value[1], lead)
        lead += next(examples([(name, value)]), "")


def examples(tree: Any) -> Iterator[str]:
    """Yield some texts that a parsed pattern matches, roughly: look-around and back references are left out."""
    parts = list(tree)
    if not parts:
        yield ""
        return
    for first in islice(_examples_of(*parts[0]), 6):
        for rest in islice(examples(parts[1:]), 3):
            yield first + rest


def _examples_of(name: Any, value: Any) -> Iterator[str]:
    operator = str(name)
    if operator == "LITERAL":
        yield chr(value)
    elif operator == "NOT_LITERAL":
        yield from (character for character in _ANY if ord(character) != value)
    elif operator == "ANY":
        yield from _ANY.replace("\n", "")
    elif operator == "IN":
        yield from _members(value)
    elif operator == "BRANCH":
        for branch in value[1]:
            yield from islice(examples(branch), SEVERAL)
    elif operator == "SUBPATTERN":
        yield from examples(value[-1])
    elif operator in ("MAX_REPEAT", "MIN_REPEAT"):
        for example in islice(examples(value[2]), SEVERAL):
            yield example * max(1, min(value[0], 50))
        if value[0] == 0:
            yield ""
    else:
        yield ""


def _members(items: Any) -> Iterator[str]:
    """Yield some characters of a class."""
    accepts = re.compile(_class_of(items)).match
    found = 0
    for character in (*_ANY, *map(chr, range(32, 127)), "\t", "é", "中", "\u0301"):
        if accepts(character) and found < 2 * SEVERAL:
            found += 1
            yield character
    if not found:
        yield next(
            (
                chr(value if str(name) == "LITERAL" else value[0])
                for name, value in items
                if str(name) in ("LITERAL", "RANGE")
            ),
            "",
        )


_CATEGORIES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}


def _class_of(items: Any) -> str:
    text = ""
    for name, value in items:
        operator = str(name)
        if operator == "NEGATE":
            text += "^"
        elif operator == "LITERAL":
            text += re.escape(chr(value)) if chr(value) not in "^" else "\\^"
        elif operator == "RANGE":
            text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            text += _CATEGORIES[str(value).removeprefix("CATEGORY_")]
    return f"[{text}]"
