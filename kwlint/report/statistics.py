"""The number of problems of each rule, for `--statistics`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem
    from kwlint.report.view import View


def statistics(problems: Sequence[Problem], undecided: int, view: View) -> str:
    """Return a line for each rule, the most frequent first, and the number of links that cannot be decided."""
    counts = Counter(problem.code for problem in problems)
    fixable = {problem.code for problem in problems if problem.fix is not None and problem.fix.safe}
    names = {code: rule.name for code, rule in view.rules().items()}
    lines = [
        f"{count:>7}  {code}  [{'*' if code in fixable else ' '}]  {names.get(code, '')}".rstrip()
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines.append(f"{undecided:>7}  links not decidable in this repository")
    if fixable:
        lines.append("[*] fixable with `--fix`")
    return "".join(f"{line}\n" for line in lines)
