"""Problems for readers: the location, the line with a caret under the problem, and a hint.

Colours are those of ruff and git. Locations are hyperlinks (OSC 8) on terminals that support them. A line that is too
long for a screen is cut around the caret, and control characters of a source are never printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.repo.files import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View

WIDTH = 110  # columns
BOLD, RED, CYAN, BLUE, RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[36m", "\x1b[1;34m", "\x1b[0m"


def render(problems: Sequence[Problem], view: View) -> str:
    """Return the problems, with the lines they are in."""
    lines: dict[str, list[str]] = {}
    parts = []
    for problem in problems:
        if problem.code.startswith("KW0"):  # a page: no line of it would help
            parts.append(_head(problem, view, f" ({shown(problem.hint)})" if problem.hint else ""))
            continue
        if problem.path not in lines:
            text = view.text(problem.path)
            lines[problem.path] = [] if text is None else text.split("\n")
        parts.append(_head(problem, view) + _excerpt(problem, lines[problem.path], view) + _help(problem, view) + "\n")
    return "".join(parts)


def _head(problem: Problem, view: View, more: str = "") -> str:
    location = f"{shown(problem.path)}:{problem.line}:{problem.column}"
    label = _paint(location, BOLD, view)
    if view.hyperlinks:
        from urllib.parse import quote

        target = quote(f"{view.root}/{problem.path}".encode("utf-8", "surrogateescape"))
        label = f"\x1b]8;;file://{target}\x1b\\{label}\x1b]8;;\x1b\\"
    return f"{label}: {_paint(problem.code, RED, view)} {shown(problem.message)}{more}\n"


def _help(problem: Problem, view: View) -> str:
    if not problem.hint:
        return ""
    return f"  {_paint('= ', BLUE, view)}{_paint('help', BOLD, view)}: {shown(problem.hint)}\n"


def _excerpt(problem: Problem, lines: list[str], view: View) -> str:
    if not 1 <= problem.line <= len(lines):
        return ""
    text, start, end = _clean(lines[problem.line - 1], problem)
    number = str(problem.line)
    margin = " " * len(number)
    bar = _paint("|", BLUE, view)
    caret = " " * _columns(text[:start]) + "^" * max(1, _columns(text[start:end]))
    return f"{margin} {bar}\n{_paint(number, BLUE, view)} {bar} {text}\n{margin} {bar} {_paint(caret, RED, view)}\n"


def _clean(line: str, problem: Problem) -> tuple[str, int, int]:
    """Return the line as it is printed, and the columns (from 0) where the problem begins and ends in it."""
    start = min(problem.column - 1, len(line))
    end = problem.end_column - 1 if problem.end_line == problem.line else len(line)
    end = min(max(end, start), len(line))
    first = 0
    if len(line) > WIDTH:
        first = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
        line = line[first : first + WIDTH]
    text = "".join(character if character.isprintable() else " " for character in line)
    return text, start - first, min(end - first, len(text))


def _columns(text: str) -> int:
    """Return the width of `text` on a terminal: 2 for wide characters (UAX #11), 0 for combining ones."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _paint(text: str, color: str, view: View) -> str:
    return f"{color}{text}{RESET}" if view.color else text
