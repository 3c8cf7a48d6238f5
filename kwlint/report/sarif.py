"""Problems as SARIF 2.1.0, for code scanning, with rules, fixes and fingerprints. Columns count Unicode characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kwlint import __version__
from kwlint.model.problem import Edit
from kwlint.report.edits import fix_to_json, json_path
from kwlint.report.fingerprints import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import RuleInfo, View

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(problems: Sequence[Problem], view: View) -> str:
    """Return the log, with one run."""
    from json import dumps

    rules = view.rules()
    codes = sorted({problem.code for problem in problems} | rules.keys())
    cache: dict[str, list[int]] = {}
    results = [
        _result(problem, name, codes.index(problem.code), view, cache)
        for problem, name in zip(problems, fingerprints(problems), strict=True)
    ]
    driver = {"name": "kwlint", "version": __version__, "semanticVersion": __version__, "rules": _rules(codes, rules)}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rules(codes: list[str], rules: Mapping[str, RuleInfo]) -> list[dict[str, Any]]:
    return [
        {
            "id": code,
            "name": rules[code].name.replace("-", " ").title().replace(" ", ""),
            "shortDescription": {"text": rules[code].summary},
            "help": {"text": rules[code].remedy},
            "defaultConfiguration": {"level": "error"},
        }
        for code in codes
        if code in rules
    ]


def _result(problem: Problem, fingerprint: str, index: int, view: View, cache: dict[str, list[int]]) -> dict[str, Any]:
    region = _region(problem.line, problem.column, problem.end_line, problem.end_column)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": problem.message + (f" ({problem.hint})" if problem.hint else "")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(problem.path), "region": region}}],
        "partialFingerprints": {"kwlint/v1": fingerprint},
    }
    if problem.fix is not None and isinstance(problem.fix.action, Edit):
        result["fixes"] = [_fix(problem, view, cache)]
    return result


def _fix(problem: Problem, view: View, cache: dict[str, list[int]]) -> dict[str, Any]:
    fix = fix_to_json(problem, view, cache)
    assert fix is not None
    edit = fix["edits"][0]
    replacement = {
        "deletedRegion": _region(edit["line"], edit["column"], edit["end_line"], edit["end_column"]),
        "insertedContent": {"text": edit["text"]},
    }
    change = {"artifactLocation": _artifact(problem.path), "replacements": [replacement]}
    return {"description": {"text": problem.hint or problem.message}, "artifactChanges": [change]}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(json_path(path)), "uriBaseId": "%SRCROOT%"}


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
