"""Problems as workflow commands, which GitHub Actions shows as annotations of changed files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.repo.files import shown
from kwlint.report.edits import json_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def render(problems: Sequence[Problem], view: View) -> str:  # noqa: ARG001
    """Return one command per problem. The message repeats the location for readers of the log."""
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    path = json_path(problem.path)
    values = {
        "title": f"kwlint ({problem.code})",
        "file": path,
        "line": str(problem.line),
        "col": str(problem.column),
        "endLine": str(problem.end_line),
    }
    if problem.end_line == problem.line:  # GitHub ignores the columns of a range of several lines
        values["endColumn"] = str(problem.end_column)
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in values.items())
    hint = f" ({problem.hint})" if problem.hint else ""
    location = f"{path}:{problem.line}:{problem.column}"
    return f"::error {properties}::{_escaped(shown(f'{location}: {problem.code} {problem.message}{hint}'))}\n"


def _escaped(text: str, more: str = "") -> str:
    """Return `text` percent-encoded as the parser of the Actions runner decodes it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
