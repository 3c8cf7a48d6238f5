"""What a rule is, and how a defect of a source becomes a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kwlint.model.problem import Edit, Fix, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kwlint.model.facts import Defect, Facts

    Check: TypeAlias = Callable[[str, Facts], Iterator[Problem]]  # path of the source, its facts


class Rule(NamedTuple):
    """A rule and everything that the documentation says about it.

    `summary` says what the rule finds and `remedy` what to do, each in one sentence. `fix` is `always`, `sometimes`
    (only where one fix is certain), `unsafe` (a guess), or empty if there is no automatic fix. `manual` is the body of
    the rule's page, in Markdown. `check` yields the problems of one source; it is None for rules about pages and links,
    which need more than the facts of one source.
    """

    code: str
    name: str
    summary: str
    remedy: str
    fix: str
    manual: str
    check: Check | None = None


def problem_of_defect(
    path: str, code: str, defect: Defect, message: str, hint: str = "", *, target: str | None = None,
    replacement: str | None = None,
) -> Problem:  # fmt: skip
    """Return the problem at a defect. `replacement` is what an unsafe fix writes there."""
    fix = None
    if replacement is not None:
        fix = Fix(False, Edit(path, defect.start, defect.end, replacement, defect.text))
    return Problem(
        path, defect.line, defect.column, code, message, hint, defect.end_line, defect.end_column, target, fix
    )
