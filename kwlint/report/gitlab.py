"""Problems as a GitLab Code Quality report (the `codequality` report of CI artifacts)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kwlint.repo.files import shown
from kwlint.report.edits import json_path
from kwlint.report.fingerprints import fingerprints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.repo.files import shown
from kwlint.report.view import View


def render(problems: Sequence[Problem], view: View) -> str:  # noqa: ARG001
    """Return the JSON array that `artifacts:reports:codequality` accepts."""
    from json import dumps

    entries = [_entry(problem, name) for problem, name in zip(problems, fingerprints(problems), strict=True)]
    return dumps(entries, indent=1) + "\n"


def _entry(problem: Problem, fingerprint: str) -> dict[str, Any]:
    return {
        "description": shown(f"{problem.code}: {problem.message}" + (f" ({problem.hint})" if problem.hint else "")),
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": "minor" if problem.code.startswith("KW0") else "major",
        "location": {
            "path": json_path(problem.path),
            "positions": {
                "begin": {"line": problem.line, "column": problem.column},
                "end": {"line": problem.end_line, "column": problem.end_column},
            },
        },
    }
