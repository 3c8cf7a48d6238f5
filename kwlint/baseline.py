"""Known problems, so that an old repository can start today and sees only new ones.

A problem is known by path, rule and target, not by its line: an edit above it does not make it new. Where a file has
the same problem more often than was known, the last ones are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kwlint.problem import Problem

DEFAULT_FILE = ".kwlint-baseline.json"


class BaselineError(Exception):
    """A baseline that cannot be read; the text is one line."""


def written(problems: Iterable[Problem]) -> str:
    """The baseline of `problems`, a line for each kind, sorted, so that it merges and reads well in a diff. What
    `--fix --stage` mends is left out."""
    from json import dumps

    counts: dict[tuple[str, str, str], int] = {}
    for problem in problems:
        if problem.code != "KW007" and (problem.fix is None or not problem.fix.safe):
            counts[_key(problem)] = counts.get(_key(problem), 0) + 1
    lines = [dumps([*key, count], ensure_ascii=True) for key, count in sorted(counts.items())]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def unknown(problems: Iterable[Problem], text: str, name: str) -> tuple[Problem, ...]:
    """The problems that the baseline `text` does not hold. Raises BaselineError if it is none; `name` is its file."""
    left = _counts(text, name)
    new = []
    for problem in problems:
        key = _key(problem)
        if left.get(key, 0) > 0:
            left[key] -= 1
        else:
            new.append(problem)
    return tuple(new)


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.code, problem.target if problem.target is not None else problem.message


def _counts(text: str, name: str) -> dict[tuple[str, str, str], int]:
    from json import loads

    try:
        return {(str(path), str(code), str(what)): int(count) for path, code, what, count in loads(text)}
    except (ValueError, TypeError, RecursionError):
        raise BaselineError(f"{name}: is no baseline; make it anew with `kwlint baseline`") from None
