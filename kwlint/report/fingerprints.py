"""Names for problems that stay the same when lines are added above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.problem import Problem


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Return 32 hexadecimal digits for each problem, made from its path, rule and target; a counter distinguishes
    problems that have these in common."""
    from hashlib import sha256

    counts: dict[tuple[str, str, str], int] = {}
    names = []
    for problem in problems:
        key = (problem.path, problem.code, problem.target if problem.target is not None else problem.message)
        counts[key] = counts.get(key, 0) + 1
        text = "\0".join((*key, str(counts[key])))
        names.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names
