"""Known problems, so that an old repository can start today and sees only new ones.

A problem is known by path, rule and target, not by its line: an edit above it does not make it new. Where a file has
the same problem more often than was known, the last ones are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from kwlint.model.problem import Problem

    Key: TypeAlias = tuple[str, str, str]  # path, code, and what tells the problem from others of that code

DEFAULT_FILE = ".kwlint-baseline.json"


class BaselineError(Exception):
    """A baseline that cannot be read; the text is one line."""


def written(problems: Iterable[Problem]) -> str:
    """The baseline of `problems`, a line for each kind, sorted, so that it merges and reads well in a diff. What
    `--fix --stage` mends is left out."""
    counts: dict[Key, int] = {}
    for problem in problems:
        if problem.code != "KW007" and not _is_mendable(problem):
            counts[_key(problem)] = counts.get(_key(problem), 0) + 1
    return _rendered(counts)


def unknown(problems: Iterable[Problem], text: str, name: str, *, mending: bool = False) -> tuple[Problem, ...]:
    """The problems that the baseline `text` does not hold, and, if `mending`, those that can be mended meanwhile.
    Raises BaselineError if it is none; `name` is its file."""
    left = _counts(text, name)
    new = []
    for problem in problems:
        key = _key(problem)
        known = left.get(key, 0) > 0
        if known:
            left[key] -= 1
        if not known or (mending and _is_mendable(problem)):
            new.append(problem)
    return tuple(new)


def shortened(problems: Iterable[Problem], text: str, name: str, is_wanted: Callable[[str], bool]) -> tuple[str, int]:
    """The baseline `text` without what does not occur any more among `problems`, which are all that there are of the
    rules that `is_wanted` knows; and how many of the known problems that were."""
    before = _counts(text, name)
    left = dict(before)
    for problem in problems:
        key = _key(problem)
        if left.get(key, 0) > 0:
            left[key] -= 1
    gone = {key: number for key, number in left.items() if number and is_wanted(key[1])}
    if not gone:
        return text, 0
    kept = {key: number - gone.get(key, 0) for key, number in before.items()}
    return _rendered({key: number for key, number in kept.items() if number}), sum(gone.values())


def _rendered(counts: dict[Key, int]) -> str:
    from json import dumps

    lines = [dumps([*key, count], ensure_ascii=True) for key, count in sorted(counts.items())]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _is_mendable(problem: Problem) -> bool:
    return problem.fix is not None and problem.fix.safe


def _key(problem: Problem) -> Key:
    return problem.path, problem.code, problem.target if problem.target is not None else problem.message


def _counts(text: str, name: str) -> dict[Key, int]:
    from json import loads

    try:
        return {(str(path), str(code), str(what)): int(count) for path, code, what, count in loads(text)}
    except (ValueError, TypeError, RecursionError):
        raise BaselineError(f"{name}: is no baseline; make it anew with `kwlint baseline`") from None
