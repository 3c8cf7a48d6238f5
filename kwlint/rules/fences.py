"""KW202: code fences that are never closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.rules.rule import Rule, problem_of_defect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem


def unclosed_fences(path: str, facts: Facts) -> Iterator[Problem]:
    """Yield KW202 for each code fence that is never closed."""
    for defect in facts.defects:
        if defect.kind == "unclosed-fence":
            message, hint = "code fence is never closed", "close it with at least as many of the same characters"
            yield problem_of_defect(path, "KW202", defect, message, hint)


RULES = (
    Rule(
        "KW202",
        "unclosed-fence",
        "A code fence is never closed.",
        "Close the fence.",
        "",
        """\
A code fence is opened and never closed. Everything after it in the same container is code: headings, links and text are
not rendered, and the headings have no anchors.

## What to do

Close the fence on a line of its own, with at least as many of the characters that opened it.
""",
        unclosed_fences,
    ),
)
