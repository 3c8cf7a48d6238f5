"""What a user has to do so that what `--fix` changed becomes part of the commit: it depends on the hook that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.cli.arguments import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kwlint.repo.git import Repository
    from kwlint.repo.hook import Hook

MAX_NAMED = 3  # up to this many documents are named in a command


class Situation(NamedTuple):
    """What the advice depends on. `output_dir`: the folder of the pages. `documents`: those that were changed. `add`:
    the command that stages. `was_undone`: whether the run before this one wrote the same pages."""

    hook: Hook
    output_dir: str
    documents: tuple[str, ...]
    add: str = "git add"
    was_undone: bool = False


def refuse_staging(hook: Hook) -> None:
    """Raise UsageError where `--stage` would lose changes that are not staged."""
    if hook.is_stashed:
        raise UsageError(
            "--stage: not under pre-commit or prek, which could then not restore unstaged changes: remove --stage from "
            "the hook's `entry`, and `git add` what kwlint writes"
        )


def advice(situation: Situation) -> str:
    """Return what to do with the changed files, as one line."""
    hook, pages = situation.hook, situation.output_dir
    if hook.is_partial:
        return partial_commit_advice(pages, situation.add)
    if hook.is_stashed and situation.was_undone:
        return (
            f"The last run wrote the same pages, and they were rolled back, because {pages} has changes that are not "
            f"staged. Discard these with `git checkout -- {pages}`, commit again, then `{situation.add} {pages}` and "
            "commit once more."
        )
    named = " ".join((pages, *situation.documents)) if len(situation.documents) <= MAX_NAMED else "-u"
    stage = f"`{situation.add} {named}`"
    if hook.is_commit or hook.is_stashed:
        return f"Stage the changes, then commit again: {stage}."
    return f"Stage the changes: {stage}, or run with --stage."


def partial_commit_advice(output_dir: str, add: str = "git add") -> str:
    """Return what to do where `git commit PATH` leaves the pages out."""
    return (
        f"`git commit PATH` commits the named files alone, even if their pages are staged. `{add} {output_dir}`, then "
        f"commit with `git commit PATH {output_dir}`, or stage all files and commit without a path."
    )


def add_command(repository: Repository, paths: Iterable[str]) -> str:
    """Return the command that stages `paths`: with `core.safecrlf`, git refuses files with the line ends of pages."""
    from kwlint.repo import git

    return "git -c core.safecrlf=false add" if any(paths) and git.refuses_line_ends(repository) else "git add"
