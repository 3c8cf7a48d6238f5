"""The baseline: problems that are accepted, so that a check of an old repository reports only new ones.

A problem is identified by path, rule and target, not by its line: an edit above it does not make it new. If a file has
the same problem more often than the baseline says, the last ones are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from kwlint.model.problem import Problem

    ProblemKey: TypeAlias = tuple[str, str, str]  # path, code, and the target or message

DEFAULT_FILE = ".kwlint-baseline.json"


class BaselineError(Exception):
    """The baseline cannot be read; the text is one line."""


def create(problems: Iterable[Problem]) -> str:
    """Return a baseline of `problems`: JSON with one line per key, sorted, so that it merges well. Problems that
    `--fix --stage` fixes are left out."""
    counts: dict[ProblemKey, int] = {}
    for problem in problems:
        if problem.code != "KW007" and not _has_safe_fix(problem):
            counts[_key(problem)] = counts.get(_key(problem), 0) + 1
    return _encode(counts)


def new_problems(problems: Iterable[Problem], text: str, name: str, *, fixing: bool = False) -> tuple[Problem, ...]:
    """Return the problems that are not in the baseline `text`; if `fixing`, also those that have a safe fix.

    Raises BaselineError if `text` is not a baseline; `name` is its file.
    """
    remaining = _decode(text, name)
    new = []
    for problem in problems:
        key = _key(problem)
        is_accepted = remaining.get(key, 0) > 0
        if is_accepted:
            remaining[key] -= 1
        if not is_accepted or (fixing and _has_safe_fix(problem)):
            new.append(problem)
    return tuple(new)


def without_fixed(
    problems: Iterable[Problem], text: str, name: str, was_checked: Callable[[str, str], bool]
) -> tuple[str, int]:
    """Return the baseline `text` without the problems that no longer occur, and their number.

    `problems` are all problems of the paths and rules for which `was_checked` is true; others are kept.
    """
    accepted = _decode(text, name)
    remaining = dict(accepted)
    for problem in problems:
        key = _key(problem)
        if remaining.get(key, 0) > 0:
            remaining[key] -= 1
    fixed = {key: count for key, count in remaining.items() if count and was_checked(key[0], key[1])}
    if not fixed:
        return text, 0
    kept = {key: count - fixed.get(key, 0) for key, count in accepted.items()}
    return _encode({key: count for key, count in kept.items() if count}), sum(fixed.values())


def _encode(counts: dict[ProblemKey, int]) -> str:
    from json import dumps

    lines = [dumps([*key, count], ensure_ascii=True) for key, count in sorted(counts.items())]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _decode(text: str, name: str) -> dict[ProblemKey, int]:
    from json import loads

    try:
        return {(str(path), str(code), str(what)): int(count) for path, code, what, count in loads(text)}
    except (ValueError, TypeError, RecursionError):
        raise BaselineError(f"{name}: not a valid baseline; create it again with `kwlint baseline`") from None


def _has_safe_fix(problem: Problem) -> bool:
    return problem.fix is not None and problem.fix.safe


def _key(problem: Problem) -> ProblemKey:
    return problem.path, problem.code, problem.target if problem.target is not None else problem.message
