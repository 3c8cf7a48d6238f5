"""What a user has to do so that what `--fix` changed becomes part of the commit: it depends on the hook that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options
    from kwlint.repo.git import Repository
    from kwlint.repo.hook import Hook


def refuse_staging(hook: Hook) -> None:
    """Raise UsageError where `--stage` would lose changes that are not staged."""
    if hook.is_stashed:
        raise UsageError(
            "--stage: not under pre-commit or prek, which could then not restore unstaged changes: remove --stage from "
            "the hook's `entry`, and `git add` what kwlint writes"
        )


def with_hook(options: Options, hook: Hook) -> Options:
    """Return the options as the hook changes them: what `--fix` changes stops the commit, unless it is staged.

    Git commits what is staged during `git commit PATH`, but takes it out of the index afterwards, so nothing is staged.
    Raises UsageError where `--stage` is refused.
    """
    if options.stage:
        refuse_staging(hook)
    if not options.fix or not hook.is_commit:
        return options
    stage = options.stage and not hook.is_partial
    return options._replace(stage=stage, exit_non_zero_on_fix=options.exit_non_zero_on_fix or not stage)


def advice(repository: Repository, output_dir: str, *, was_undone: bool) -> str:
    """Return what to do with the changed files where `git add` of their names is not enough; empty otherwise.

    `was_undone`: the run before this one wrote the same pages.
    """
    from kwlint.repo import git

    hook = repository.hook
    if hook.is_partial:
        return partial_commit_advice(output_dir)
    if hook.is_stashed and was_undone:
        return (
            f"The last run wrote the same pages, and they were rolled back, because {output_dir} has changes that are "
            f"not staged. Discard these with `git checkout -- {output_dir}`, commit again, then `git add {output_dir}` "
            "and commit once more."
        )
    if git.refuses_line_ends(repository):
        return f"core.safecrlf is set, and pages have other line ends: `git -c core.safecrlf=false add {output_dir}`"
    return ""


def partial_commit_advice(output_dir: str) -> str:
    """Return what to do where `git commit PATH` leaves the pages out."""
    return (
        f"`git commit PATH` commits the named files alone, even if their pages are staged: `git add {output_dir}`, "
        f"then commit with `git commit PATH {output_dir}`, or stage all files and commit without a path."
    )
