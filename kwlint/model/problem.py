"""What a check reports: problems, with their fixes.

This module is separate from the rest of the model because a run without changes needs nothing else: creating a named
tuple type takes a quarter of a millisecond, and the model has thirty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Suppression(NamedTuple):
    """On the lines `first` to `last`, the rules with the prefixes `codes` (empty: all rules) are not reported."""

    first: int
    last: int
    codes: tuple[str, ...]


class Edit(NamedTuple):
    """Replaces `start:end` of a source's text (offsets in `Document.text`), which is `was`, with `text`."""

    path: str
    start: int
    end: int
    text: str
    was: str


class Write(NamedTuple):
    """Writes the page at `path` with the content `text`."""

    path: str
    text: str


class Delete(NamedTuple):
    """Deletes the page at `path`."""

    path: str


class Fix(NamedTuple):
    """A fix. `--fix` applies it if it is `safe`, the only possible one; otherwise `--unsafe-fixes` does."""

    safe: bool
    action: Edit | Write | Delete


class Problem(NamedTuple):
    """One finding of a rule. Sorts by position; lines and columns count from 1. `target` is the link target as written,
    for KW1xx. `hint` may be empty."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    end_line: int
    end_column: int
    target: str | None
    fix: Fix | None


def edits_by_path(problems: Iterable[Problem], *, unsafe: bool) -> dict[str, list[Edit]]:
    """Return the edits that fix `problems`, by path, sorted by path; with `unsafe`, also those of unsafe fixes."""
    edits: dict[str, list[Edit]] = {}
    for problem in problems:
        fix = problem.fix
        if fix is not None and isinstance(fix.action, Edit) and (fix.safe or unsafe):
            edits.setdefault(fix.action.path, []).append(fix.action)
    return dict(sorted(edits.items()))
