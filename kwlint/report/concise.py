"""One line per problem: `path:line:column: code message (hint)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.repo.files import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def render(problems: Sequence[Problem], view: View) -> str:  # noqa: ARG001
    """Return the problems, one line each."""
    return "".join(f"{line(problem)}\n" for problem in problems)


def line(problem: Problem) -> str:
    """Return a problem as one line that editors and terminals can open."""
    hint = f" ({shown(problem.hint)})" if problem.hint else ""
    location = f"{shown(problem.path)}:{problem.line}:{problem.column}"
    return f"{location}: {problem.code} {shown(problem.message)}{hint}"
