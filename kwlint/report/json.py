"""Problems as a JSON array; `schema()` is its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kwlint.report.edits import fix_to_json, json_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def render(problems: Sequence[Problem], view: View) -> str:
    """Return the array, one object per line."""
    from json import dumps

    cache: dict[str, list[int]] = {}
    lines = [dumps(_object(problem, view, cache), ensure_ascii=False) for problem in problems]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    return text.encode("utf-8", "replace").decode("utf-8")  # JSON cannot hold a lone surrogate


def _object(problem: Problem, view: View, cache: dict[str, list[int]]) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.message,
        "path": json_path(problem.path),
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        "target": problem.target,
        "hint": problem.hint,
        "fix": fix_to_json(problem, view, cache),
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of the report."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 1}
    location = dict.fromkeys(("line", "column", "end_line", "end_column"), number)
    edit = {
        "type": "object",
        "required": ["action", "path"],
        "additionalProperties": False,
        "properties": {
            "action": {"enum": ["edit", "write", "delete"]},
            "path": text,
            **location,
            "text": {"type": "string", "description": "The text that an `edit` replaces the range with."},
        },
    }
    fix = {
        "type": ["object", "null"],
        "required": ["applicability", "edits"],
        "additionalProperties": False,
        "properties": {"applicability": {"enum": ["safe", "unsafe"]}, "edits": {"type": "array", "items": edit}},
    }
    fields: dict[str, Any] = {
        "code": {"type": "string", "pattern": "^KW[0-9]{3}$"},
        "message": text,
        "path": {"type": "string", "description": "Relative to the repository's root, with `/`."},
        **location,
        "target": {"type": ["string", "null"], "description": "The link's target as written, for KW1xx."},
        "hint": text,
        "fix": fix,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "kwlint --output-format json",
        "description": "Lines and columns count from 1, columns in characters.",
        "type": "array",
        "items": {
            "type": "object",
            "required": list(fields),
            "additionalProperties": False,
            "properties": fields,
        },
    }
