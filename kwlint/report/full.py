"""Problems for people: the place, the line it stands in with a caret under it, and what to do.

Colours are those of ruff and git; a place is a hyperlink (OSC 8) where the terminal shows them. A line that is too
long for a screen is cut around the caret; nothing of a source reaches the terminal as a control character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.repo.files import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report import View

WIDTH = 110
BOLD, RED, CYAN, BLUE, RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[36m", "\x1b[1;34m", "\x1b[0m"


def render(problems: Sequence[Problem], view: View) -> str:
    """The problems, with excerpts."""
    lines: dict[str, list[str]] = {}
    parts = []
    for problem in problems:
        if problem.code.startswith("KW0"):  # a page: there is no line to show
            parts.append(_head(problem, view, f" ({shown(problem.hint)})" if problem.hint else ""))
            continue
        if problem.path not in lines:
            text = view.text(problem.path)
            lines[problem.path] = [] if text is None else text.split("\n")
        parts.append(_head(problem, view) + _excerpt(problem, lines[problem.path], view) + _help(problem, view) + "\n")
    return "".join(parts)


def _head(problem: Problem, view: View, more: str = "") -> str:
    place = f"{shown(problem.path)}:{problem.line}:{problem.column}"
    painted = _paint(place, BOLD, view)
    if view.hyperlinks:
        from urllib.parse import quote

        target = quote(f"{view.root}/{problem.path}".encode("utf-8", "surrogateescape"))
        painted = f"\x1b]8;;file://{target}\x1b\\{painted}\x1b]8;;\x1b\\"
    return f"{painted}: {_paint(problem.code, RED, view)} {shown(problem.message)}{more}\n"


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
    """The line fit to be shown, and where the problem begins and ends in it (columns from 0)."""
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
    """How many columns of a terminal `text` takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _paint(text: str, color: str, view: View) -> str:
    return f"{color}{text}{RESET}" if view.color else text
