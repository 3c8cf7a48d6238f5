"""What a check prints: the reports, and the remarks and the summary on standard error."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import Invocation, count, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kwlint.cli.arguments import Options
    from kwlint.engine.pipeline import Result
    from kwlint.model.problem import Problem
    from kwlint.report.view import RuleInfo, View

FOR_READERS = ("full", "concise")  # formats that print nothing if there are no problems

NOTHING_TO_CHECK = (
    "Nothing to check: git tracks no document here. `git add` your documents, or see the settings `include` and "
    "`exclude`."
)


def write_reports(invocation: Invocation, problems: Sequence[Problem], result: Result, fixed: int = 0) -> None:
    """Write the reports that the options ask for, and the remarks; `fixed` is the number of files that were changed.

    Raises UsageError for a file that cannot be written.
    """
    for output in invocation.options.outputs:
        if output.file:
            _write_file(
                invocation.repository.root, output.file, _report(invocation, output.format, problems, plain=True)
            )
        else:
            _print_report(invocation, output.format, problems, result)
    if invocation.options.verbosity >= 0:
        sys.stdout.flush()
        for line in remarks(problems, result, invocation.options, fixed):
            say(line)


def remarks(problems: Sequence[Problem], result: Result, options: Options, fixed: int = 0) -> list[str]:
    """Return the lines that follow the report on standard error."""
    notes = [f"kwlint: {note}" for note in (*result.errors, *result.notes)]
    return notes if options.diff else [*notes, _summary(problems, result, options, fixed)]


def _print_report(invocation: Invocation, name: str, problems: Sequence[Problem], result: Result) -> None:
    if invocation.options.statistics and name in FOR_READERS:
        from kwlint.report.statistics import statistics

        print(statistics(problems, result.undecided, _view(invocation, plain=True)), end="")
    elif problems or name not in FOR_READERS:
        print(_report(invocation, name, problems, plain=name != "full"), end="")


def _report(invocation: Invocation, name: str, problems: Sequence[Problem], *, plain: bool) -> str:
    from kwlint.report.registry import render

    lines: list[str] = []
    if name in FOR_READERS and invocation.options.verbosity <= 0:
        from kwlint.cli.causes import grouped

        lines, problems = grouped(problems, invocation)
    elif name in ("github", "gitlab"):
        from kwlint.cli.annotations import at_documents

        problems = at_documents(problems, invocation)
    return "".join(f"{line}\n" for line in lines) + render(name, problems, _view(invocation, plain=plain))


def _write_file(root: Path, file: str, text: str) -> None:
    """Write a report. In the repository no link is followed: a pull request may have put it there."""
    from kwlint.repo import files

    data = text.encode("utf-8", "replace")
    path = os.path.abspath(file)  # noqa: PTH100
    tops = (f"{os.path.abspath(root)}{os.sep}", f"{os.path.realpath(root)}{os.sep}")  # noqa: PTH100
    inside = next((path.removeprefix(top) for top in tops if path.startswith(top)), None)
    try:
        if inside is None:
            Path(path).write_bytes(data)
        else:
            files.write_atomically(root, Path(inside).as_posix(), data)
    except files.FileError as error:
        raise UsageError(f"--output-file: {error}") from None
    except OSError as error:
        raise UsageError(f"--output-file: cannot write {file}: {(error.strerror or str(error)).lower()}") from None


def _view(invocation: Invocation, *, plain: bool) -> View:
    from kwlint.repo.files import Disk
    from kwlint.report.view import View
    from kwlint.text.encoding import decode

    disk = Disk(invocation.repository.root)

    def text(path: str) -> str | None:
        data = disk.read_or_none(path)
        return None if data is None else decode(data).text

    color = not plain and _use_color(invocation.options)
    hyperlinks = color and sys.stdout.isatty() and os.environ.get("TERM_PROGRAM") not in (None, "Apple_Terminal")
    return View(text, _rules, str(invocation.repository.root), color, hyperlinks)


def _rules() -> Mapping[str, RuleInfo]:
    from kwlint.rules.registry import RULES

    return RULES


def _use_color(options: Options) -> bool:
    """Decide by `--color`, else by NO_COLOR (no-color.org), FORCE_COLOR, and whether standard output is a terminal."""
    if options.color != "auto":
        return options.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _summary(problems: Sequence[Problem], result: Result, options: Options, fixed: int) -> str:
    suppressed = f" ({result.suppressed} suppressed)" if result.suppressed and options.verbosity > 0 else ""
    documents = _documents(result)
    if not problems and not result.sources:
        return NOTHING_TO_CHECK
    if not problems:
        if fixed and options.exit_non_zero_on_fix and not options.exit_zero:
            stage = "Commit" if options.stage else "Stage them, and commit"
            return f"Failed: {count(fixed, 'file')} {'was' if fixed == 1 else 'were'} changed. {stage} again."
        unseen = "" if result.shared_pages else " (shared pages not checked)"
        return f"No problems{' left' if fixed else ''} in {documents}{suppressed}{unseen}."
    return f"Found {count(len(problems), 'problem')} in {documents}{_fixes(problems, options)}{suppressed}."


def _documents(result: Result) -> str:
    """Return how many documents were checked, and of how many if some were not."""
    of_all = "" if result.checked == result.sources else f"{result.checked} of "
    return f"{of_all}{count(result.sources, 'document')}"


def _fixes(problems: Sequence[Problem], options: Options) -> str:
    """Return how many of the problems further options would fix, in brackets."""
    safe = sum(problem.fix is not None and problem.fix.safe for problem in problems)
    unsafe = sum(problem.fix is not None and not problem.fix.safe for problem in problems)
    parts = [f"{safe} fixable with `--fix`"] if safe and not options.fix else []
    parts += [f"{unsafe} with `--fix --unsafe-fixes`"] if unsafe and not options.unsafe_fixes else []
    return f" ({', '.join(parts)})" if parts else ""
