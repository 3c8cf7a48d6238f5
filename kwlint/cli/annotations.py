"""Problems of pages at the lines of their documents, for hosts that show a report in the diff of a change.

A host folds generated pages in a diff, and shows annotations only at changed lines. So the problem of an own page is
shown at the first line of its document that the change touches.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.cli.common import Invocation
    from kwlint.model.problem import Problem

GITLAB_BASE = "CI_MERGE_REQUEST_DIFF_BASE_SHA"  # set in pipelines of merge requests


def at_documents(problems: Sequence[Problem], invocation: Invocation) -> list[Problem]:
    """Return the problems, those of own pages at their documents; the message names the page.

    The change is that since `--since`, since the base of a merge request, or since the first parent of the last commit,
    which is the base of a pull request on GitHub. Without one of these, the first line stands for the document.
    """
    from kwlint.pages.names import source_of
    from kwlint.repo import git

    options, repository, config = invocation
    pages = [problem for problem in problems if problem.code.startswith("KW0")]
    sources = {page.path: source_of(config, page.path) for page in pages}
    here = {source for source in sources.values() if source and (repository.root / source).is_file()}
    if not here:
        return list(problems)
    base = options.since or os.environ.get(GITLAB_BASE) or "HEAD^"
    lines = git.first_changed_lines(repository, base, sorted(here))
    return [_at(problem, sources.get(problem.path), here, lines) for problem in problems]


def _at(problem: Problem, source: str | None, here: set[str], lines: dict[str, int]) -> Problem:
    if source is None or source not in here:
        return problem
    line = lines.get(source, 1)
    return problem._replace(path=source, line=line, end_line=line, message=f"{problem.path}: {problem.message}")
