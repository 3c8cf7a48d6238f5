"""What a check says: problems, and the repairs that they carry.

Apart from the rest of the model, because it is all that a run needs that finds nothing changed: making a named tuple
type costs a quarter of a millisecond, and the model has thirty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Suppression(NamedTuple):
    """Lines `first` to `last` on which `codes` (empty: all) are not reported."""

    first: int
    last: int
    codes: tuple[str, ...]


class Edit(NamedTuple):
    """Replace `start:end` of a source's text (offsets in `Document.text`), which is `was`, by `text`."""

    path: str
    start: int
    end: int
    text: str
    was: str


class Write(NamedTuple):
    """The page at `path` ought to hold `text`."""

    path: str
    text: str


class Delete(NamedTuple):
    """The page at `path` ought not to be there."""

    path: str


class Fix(NamedTuple):
    """`safe`: one possible meaning, applied by `--fix`; otherwise by `--unsafe-fixes`."""

    safe: bool
    action: Edit | Write | Delete


class Problem(NamedTuple):
    """One finding. Sorts by place. `target` is the link target as written, for KW1xx."""

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
    """The edits that a repair of `problems` makes, by path, in its order; `unsafe`: also those that are only likely."""
    edits: dict[str, list[Edit]] = {}
    for problem in problems:
        fix = problem.fix
        if fix is not None and isinstance(fix.action, Edit) and (fix.safe or unsafe):
            edits.setdefault(fix.action.path, []).append(fix.action)
    return dict(sorted(edits.items()))
