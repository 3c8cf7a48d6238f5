"""Problems as JUnit XML: a failed test case per problem, grouped by file; a single passed one if there are none."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kwlint.report.edits import json_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def render(problems: Sequence[Problem], view: View) -> str:  # noqa: ARG001
    """Return the XML document."""
    suites = [_suite(path, list(group)) for path, group in groupby(problems, key=lambda problem: problem.path)]
    if not suites:
        suites = [
            '  <testsuite name="kwlint" tests="1" failures="0" errors="0">\n'
            '    <testcase classname="kwlint" name="all"/>\n  </testsuite>\n'
        ]
    number = len(problems)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<testsuites name="kwlint" tests="{number or 1}" failures="{number}" errors="0">\n'
        + "".join(suites)
        + "</testsuites>\n"
    )


def _suite(path: str, problems: list[Problem]) -> str:
    name, number = _attribute(json_path(path)), len(problems)
    cases = "".join(_case(name, problem) for problem in problems)
    return f'  <testsuite name="{name}" tests="{number}" failures="{number}" errors="0">\n{cases}  </testsuite>\n'


def _case(name: str, problem: Problem) -> str:
    location = f"line {problem.line}, column {problem.column}"
    return (
        f'    <testcase classname="{name}" name="{problem.code} {location}" file="{name}" line="{problem.line}">\n'
        f'      <failure type="{problem.code}" message="{_attribute(problem.message)}">'
        f"{_attribute(f'{location}: {problem.hint or problem.message}')}</failure>\n"
        "    </testcase>\n"
    )


def _attribute(text: str) -> str:
    """Return `text` for an XML attribute in double quotes. Characters that XML 1.0 forbids become U+FFFD."""
    allowed = "".join("\ufffd" if c < " " or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" else c for c in text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
