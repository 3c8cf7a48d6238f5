"""The report formats. To add one, write a module with `render(problems, view) -> str` and list it here.

A module is imported when its format is used. This module imports nothing at its top, because `kwlint --help` shows the
names.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View

FORMATS = {
    "full": "kwlint.report.full",
    "concise": "kwlint.report.concise",
    "json": "kwlint.report.json",
    "github": "kwlint.report.github",
    "gitlab": "kwlint.report.gitlab",
    "sarif": "kwlint.report.sarif",
    "junit": "kwlint.report.junit",
}


def render(name: str, problems: Sequence[Problem], view: View) -> str:
    """Return the report in the format `name`. It ends with a line end, unless it is empty."""
    from importlib import import_module

    text: str = import_module(FORMATS[name]).render(problems, view)
    return text
