"""Many problems of one cause as one line, and what to stage after a repair.

A first run on a repository finds each page missing. That is one cause with one remedy, so reports for readers name it
once, before the problems that a person has to look at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.cli.common import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.cli.common import Invocation
    from kwlint.engine.fixes import Repair
    from kwlint.model.problem import Problem
    from kwlint.repo.git import Repository

MAX_LISTED = 3  # up to this many problems of one cause are listed one by one
# By `kwlint.rules.pages.reason_of`: what the pages have in common, and the start of the command, which ends with the
# folder of the pages; where it is empty, the hint of the problems says what to do.
_CAUSES = {
    "missing": ("are missing", ""),
    "stale": ("do not match the documents", ""),
    "orphan": ("belong to documents that no longer exist or are excluded", ""),
    "untracked": ("are not tracked", "git add"),
    "modified": ("differ from the staged version", "git add"),
    "ignored": ("are ignored by git", "git add --force"),
}


def grouped(problems: Sequence[Problem], invocation: Invocation) -> tuple[list[str], list[Problem]]:
    """Return a line for each cause that many pages share, and the other problems in their order."""
    from kwlint.rules.pages import reason_of

    by_cause: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code.startswith("KW0"):
            by_cause.setdefault(reason_of(problem), []).append(problem)
    many = {cause: found for cause, found in by_cause.items() if cause in _CAUSES and len(found) > MAX_LISTED}
    lines = [_line(cause, many[cause], invocation) for cause in _CAUSES if cause in many]
    covered = {problem for found in many.values() for problem in found}
    return lines, [problem for problem in problems if problem not in covered]


def unstaged(repair: Repair, invocation: Invocation, problems: Sequence[Problem]) -> str:
    """Return the line that says which of the files that `repair` changed are to be staged.

    `problems` are those that the repair began with.
    """
    from kwlint.rules.pages import reason_of

    repository, config = invocation.repository, invocation.config
    changed = [*repair.written, *repair.deleted, *repair.edited]
    folders = [config.output_dir] if repair.written or repair.deleted else []
    names = [_from_here(path, repository) for path in (*folders, *repair.edited[:MAX_LISTED])]
    more = " and the other documents" if len(repair.edited) > MAX_LISTED else ""
    command = f"`git add {' '.join(names)}`{more}"
    new = {problem.path for problem in problems if problem.code.startswith("KW0") and reason_of(problem) == "missing"}
    if new.issuperset(changed):
        return f"{count(len(changed), 'page')} {'is' if len(changed) == 1 else 'are'} not tracked: {command}"
    noun = "file" if repair.edited else "page"
    return f"{count(len(changed), f'changed {noun}')} {'is' if len(changed) == 1 else 'are'} not staged: {command}"


def _line(cause: str, problems: Sequence[Problem], invocation: Invocation) -> str:
    state, command = _CAUSES[cause]
    folder = _from_here(invocation.config.output_dir, invocation.repository)
    remedy = f"`{command} {folder}`" if command else problems[0].hint
    return f"{count(len(problems), 'page')} {state}: {remedy}"


def _from_here(path: str, repository: Repository) -> str:
    """Return a path of the repository as a shell in the current folder takes it."""
    from shlex import quote

    from kwlint.repo.files import shown

    return quote(shown(os.path.relpath(repository.root / path, Path.cwd())))
