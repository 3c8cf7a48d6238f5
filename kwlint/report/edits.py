"""The edits of a fix with lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from kwlint.model.problem import Edit, Write

if TYPE_CHECKING:
    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def fix_to_json(problem: Problem, view: View, cache: dict[str, list[int]]) -> dict[str, Any] | None:
    """Return the fix of a problem for JSON, None if there is none. `cache` keeps the line starts of each text."""
    if problem.fix is None:
        return None
    action = problem.fix.action
    edit: dict[str, Any]
    if isinstance(action, Edit):
        edit = {"action": "edit", "path": json_path(action.path), **_span(action, view, cache), "text": action.text}
    elif isinstance(action, Write):
        edit = {"action": "write", "path": json_path(action.path)}
    else:
        edit = {"action": "delete", "path": json_path(action.path)}
    return {"applicability": "safe" if problem.fix.safe else "unsafe", "edits": [edit]}


def json_path(path: str) -> str:
    """Return a path that JSON can hold: invalid UTF-8 becomes U+FFFD."""
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
    end = text.find("\n")
    while end >= 0:
        starts.append(end + 1)
        end = text.find("\n", end + 1)
    return starts
