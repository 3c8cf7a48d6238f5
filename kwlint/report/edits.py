"""The edits of a fix, in lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from kwlint.model.problem import Edit, Write

if TYPE_CHECKING:
    from kwlint.model.problem import Problem
    from kwlint.report import View


def described(problem: Problem, view: View, cache: dict[str, list[int]]) -> dict[str, Any] | None:
    """The fix of a problem as JSON has it; `cache` keeps the line starts of the texts that were looked at."""
    if problem.fix is None:
        return None
    action = problem.fix.action
    edit: dict[str, Any]
    if isinstance(action, Edit):
        edit = {"action": "edit", "path": shown_path(action.path), **_span(action, view, cache), "text": action.text}
    elif isinstance(action, Write):
        edit = {"action": "write", "path": shown_path(action.path)}
    else:
        edit = {"action": "delete", "path": shown_path(action.path)}
    return {"applicability": "safe" if problem.fix.safe else "unsafe", "edits": [edit]}


def shown_path(path: str) -> str:
    """A path that JSON can hold: bytes that are no UTF-8 as U+FFFD."""
    return path.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _span(edit: Edit, view: View, cache: dict[str, list[int]]) -> dict[str, int]:
    starts = cache.get(edit.path)
    if starts is None:
        starts = cache[edit.path] = _line_starts(view.text(edit.path) or "")
    line, end_line = bisect_right(starts, edit.start), bisect_right(starts, edit.end)
    return {
        "line": line,
        "column": edit.start - starts[line - 1] + 1,
        "end_line": end_line,
        "end_column": edit.end - starts[end_line - 1] + 1,
    }


def _line_starts(text: str) -> list[int]:
    starts = [0]
    place = text.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1)
    return starts
