"""KW101 to KW107, KW201, KW202: what is wrong with a link, or with a source that holds links."""

from __future__ import annotations

from kwlint.links.resolve import Verdict
from kwlint.model.facts import LinkFact, Note
from kwlint.model.problem import Edit, Fix, Problem


def problem(path: str, fact: LinkFact, verdict: Verdict) -> Problem:
    """A broken verdict on a link of the source at `path`, as a problem at the target's text."""
    fix = None
    if verdict.replacement is not None and verdict.replacement != fact.target:
        fix = Fix(verdict.safe, Edit(path, fact.start, fact.end, verdict.replacement, fact.target))
    return Problem(
        path, fact.line, fact.column, verdict.code, verdict.message, verdict.hint, fact.end_line, fact.end_column,
        fact.target, fix,
    )  # fmt: skip


def from_note(path: str, note: Note) -> Problem:
    """A problem that the source at `path` shows by itself."""
    fix = None
    if note.replacement is not None:
        fix = Fix(note.safe, Edit(path, note.start, note.end, note.replacement, note.target))
    return Problem(
        path, note.line, note.column, note.code, note.message, note.hint, note.end_line, note.end_column,
        note.target if note.code.startswith("KW1") else None, fix,
    )  # fmt: skip
