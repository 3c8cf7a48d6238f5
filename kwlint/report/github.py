"""Problems as workflow commands, which GitHub Actions shows as annotations of the changed files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.repo.files import shown
from kwlint.report.edits import shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report import View


def render(problems: Sequence[Problem], view: View) -> str:  # noqa: ARG001
    """A command per problem; the message repeats the place, for those who read the log."""
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    path = shown_path(problem.path)
    values = {
        "title": f"kwlint ({problem.code})",
        "file": path,
        "line": str(problem.line),
        "col": str(problem.column),
        "endLine": str(problem.end_line),
    }
    if problem.end_line == problem.line:  # GitHub drops the columns of what spans lines
        values["endColumn"] = str(problem.end_column)
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in values.items())
    hint = f" ({problem.hint})" if problem.hint else ""
    place = f"{path}:{problem.line}:{problem.column}"
    return f"::error {properties}::{_escaped(shown(f'{place}: {problem.code} {problem.message}{hint}'))}\n"


def _escaped(text: str, more: str = "") -> str:
    """Percent-encoded as the runner's command parser decodes it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
