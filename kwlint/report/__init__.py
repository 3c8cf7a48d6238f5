"""Problems as text, one format per file: `render(problems, view) -> str`, a pure function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kwlint.model.problem import Problem


class View(NamedTuple):
    """What a report needs besides the problems. `text(path)` is a source's text with `\\n` line ends, None where it
    cannot be read. `root` is the repository's root, absolute. `color` and `hyperlinks`: for a terminal."""

    text: Callable[[str], str | None]
    root: str = ""
    color: bool = False
    hyperlinks: bool = False


def render(name: str, problems: Sequence[Problem], view: View) -> str:
    """The report in the format `name`, ending in a line end unless it is empty."""
    from importlib import import_module

    text: str = import_module(f"kwlint.report.{name}").render(problems, view)
    return text


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """A name for each problem that stays when lines are added above it: path, rule, target, and which one of those
    that are alike it is."""
    from hashlib import sha256

    seen: dict[tuple[str, str, str], int] = {}
    names = []
    for problem in problems:
        key = (problem.path, problem.code, problem.target if problem.target is not None else problem.message)
        number = seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(number)))
        names.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names


def statistics(problems: Sequence[Problem], undecided: int) -> str:
    """How many problems there are of each rule, the most frequent first, and how many links nobody can judge here."""
    from kwlint.rules.registry import RULES

    counts: dict[str, int] = {}
    mendable: dict[str, int] = {}
    for problem in problems:
        counts[problem.code] = counts.get(problem.code, 0) + 1
        mendable[problem.code] = mendable.get(problem.code, 0) + (problem.fix is not None and problem.fix.safe)
    lines = [
        f"{count:>7}  {code}  [{'*' if mendable[code] else ' '}]  {RULES[code].name if code in RULES else ''}".rstrip()
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines.append(f"{undecided:>7}  links not decidable in this repository")
    if any(mendable.values()):
        lines.append("[*] mendable with `--fix`")
    return "".join(f"{line}\n" for line in lines)
