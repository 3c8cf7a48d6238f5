"""`kwlint check`: report problems, show the fixes as a diff, or apply them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwlint.cli.arguments import Options
from kwlint.cli.common import (
    CLEAN,
    ENVIRONMENT,
    PROBLEMS,
    Invocation,
    clear,
    count,
    is_tracked,
    load_config,
    make_request,
    progress_bar,
    say,
    shard_of,
    write_bytes,
)

if TYPE_CHECKING:
    from kwlint.cli.progress import Bar
    from kwlint.engine.fixes import Repair
    from kwlint.engine.pipeline import Result
    from kwlint.engine.request import Request
    from kwlint.model.problem import Problem
    from kwlint.repo.git import PendingStatus

    Problems = tuple[Problem, ...]

MAX_LISTED_FILES = 10  # up to this many changed files are listed one by one


class Outcome(NamedTuple):
    """What is left to report, and the exit status of what was done so far."""

    problems: Problems
    status: int = CLEAN
    note: str = ""
    fixed: int = 0  # files that were changed


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from kwlint.repo import git

    repository = git.open_repository(Path.cwd())
    if options.fix:
        from kwlint.cli.staging import with_hook

        options = with_hook(options, repository.hook)
    with git.start_status(repository) as pending:
        from kwlint.engine import pipeline

        invocation = Invocation(options, repository, load_config(options, repository))
        bar = progress_bar(options)
        request = make_request(invocation, bar)
        result = pipeline.check(repository, invocation.config, request, pending)
    result = result._replace(notes=(*result.notes, *_untracked_notes(invocation, request)))
    problems = _reportable(invocation, result.problems)
    obsolete = _count_obsolete(invocation, result.problems)
    if not problems and not obsolete and not result.errors:
        _remember_clean(invocation, pending, result)
    if options.diff:
        outcome = _show_diff(invocation, request, result, problems, bar)
    elif options.fix:
        outcome = _fix(invocation, request, result, problems, bar)
    else:
        outcome = Outcome(problems, CLEAN, _obsolete_note(invocation, obsolete))
    clear(bar)
    return _finish(invocation, result, outcome)


def _finish(invocation: Invocation, result: Result, outcome: Outcome) -> int:
    """Write the reports and return the exit status of the whole run."""
    from kwlint.cli.output import write_reports

    notes = [outcome.note] if outcome.note else []
    if invocation.repository.hook.is_partial and any(problem.code < "KW1" for problem in outcome.problems):
        from kwlint.cli.staging import partial_commit_advice

        notes.append(partial_commit_advice(invocation.config.output_dir))
    result = result._replace(notes=(*result.notes, *notes))
    write_reports(invocation, outcome.problems, result, outcome.fixed)
    if result.errors:
        return ENVIRONMENT
    if outcome.status in (CLEAN, PROBLEMS) and invocation.options.exit_zero:
        return CLEAN
    return outcome.status or (PROBLEMS if outcome.problems else CLEAN)


def _remember_clean(invocation: Invocation, pending: PendingStatus, result: Result) -> None:
    """Keep the message of a run without problems, which later runs print if nothing has changed."""
    options, repository, config = invocation
    plain = options._replace(fix=False, stage=False, exit_zero=False, exit_non_zero_on_fix=False, verbosity=0)
    if plain != Options("check") or not result.from_git_alone:
        return
    from kwlint.cli.output import remarks
    from kwlint.engine import clean_stamp

    entries = pending.result().entries
    inputs = filter(None, (config.baseline, config.keywords.stop_words_file))
    if all(f"\t{path}\0".encode("utf-8", "surrogateescape") in entries for path in inputs):
        message = "".join(f"{line}\n" for line in remarks((), result, plain))
        clean_stamp.save_message(str(repository.root), entries, message)


def _untracked_notes(invocation: Invocation, request: Request) -> list[str]:
    """Return a note for each untracked file of the command line: it is checked, but nobody else has it."""
    from kwlint.repo.files import shown

    repository = invocation.repository
    if repository.git_dir is None:
        return []
    files = [path for path in request.paths if (repository.root / path).is_file()]
    return [f"{shown(path)} is untracked: `git add` it" for path in files if not is_tracked(repository, path)]


def _reportable(invocation: Invocation, problems: Problems) -> Problems:
    """Return the problems without those of the baseline and of other shards."""
    options, repository, config = invocation
    if config.baseline:
        from kwlint.cli.baseline import read_baseline
        from kwlint.rules.baseline import new_problems

        text = read_baseline(repository, config)
        problems = new_problems(problems, text, config.baseline, fixing=options.fix or options.diff)
    shard = shard_of(invocation)
    return tuple(problem for problem in problems if shard.holds(problem.path, config))


# --- the baseline ---------------------------------------------------------------------------------------------------


def _count_obsolete(invocation: Invocation, problems: Problems) -> int:
    """Return how many problems of the baseline no longer occur."""
    return _without_obsolete(invocation, problems)[1]


def _obsolete_note(invocation: Invocation, obsolete: int) -> str:
    """Return the note about problems of the baseline that no longer occur, empty if there are none."""
    if not obsolete:
        return ""
    subject = f"{count(obsolete, 'known problem')} no longer {'occurs' if obsolete == 1 else 'occur'}"
    pronoun = "it" if obsolete == 1 else "them"
    return f"{subject}: `kwlint --fix` removes {pronoun} from {invocation.config.baseline}"


def _without_obsolete(invocation: Invocation, problems: Problems) -> tuple[str, int]:
    """Return the baseline without problems that no longer occur, and their number.

    The number is 0 if the run did not look for all problems, since then nobody can tell which no longer occur.
    """
    options, repository, config = invocation
    is_partial = options.paths or options.since is not None or options.staged or options.select or options.ignore
    if not config.baseline or is_partial or options.shard.parts > 1:
        return "", 0
    from kwlint.cli.baseline import read_baseline
    from kwlint.rules.baseline import without_fixed
    from kwlint.rules.selection import code_selector

    is_selected, shard = code_selector(config), shard_of(invocation)
    return without_fixed(
        problems,
        read_baseline(repository, config),
        config.baseline,
        lambda path, code: is_selected(code) and shard.holds(path, config),
    )


def _shorten_baseline(invocation: Invocation, problems: Problems) -> int:
    """Remove problems that no longer occur from the baseline; return the exit status."""
    options, repository, config = invocation
    text, obsolete = _without_obsolete(invocation, problems)
    if not obsolete:
        return CLEAN
    from kwlint.repo import files

    files.write_atomically(repository.root, config.baseline, text.encode("utf-8"))
    if options.verbosity >= 0:
        say(f"removed {count(obsolete, 'known problem')} from {config.baseline}")
    return PROBLEMS if options.exit_non_zero_on_fix else CLEAN


# --- --diff ---------------------------------------------------------------------------------------------------------


def _show_diff(
    invocation: Invocation, request: Request, result: Result, problems: Problems, bar: Bar | None
) -> Outcome:
    """Print what `--fix` would change."""
    from kwlint.engine import fixes

    options, repository, config = invocation
    expected = fixes.foresee(repository, config, request, problems, unsafe=options.unsafe_fixes)
    clear(bar)
    changed = _print_diff(invocation, expected) + _print_baseline_diff(invocation, expected, result.problems)
    if options.verbosity >= 0:
        say(f"Would change {count(changed, 'file')}." if changed else "Nothing to change.")
    return Outcome((), PROBLEMS if changed else CLEAN)


def _print_diff(invocation: Invocation, problems: Problems) -> int:
    """Print the changes that fixes make; return the number of files."""
    from kwlint.repo.files import Disk
    from kwlint.report.diff import changes, diff

    unsafe = invocation.options.unsafe_fixes
    read = Disk(invocation.repository.root).read_or_none
    write_bytes(diff(problems, read, unsafe=unsafe))
    return sum(1 for _ in changes(problems, read, unsafe=unsafe))


def _print_baseline_diff(invocation: Invocation, expected: Problems, all_problems: Problems) -> int:
    """Print how the fixes change the baseline; return the number of files, 0 or 1."""
    from kwlint.repo.files import Disk
    from kwlint.report.diff import file_diff

    # Unsafe fixes are applied to new problems alone, not to those of the baseline.
    applied = {problem for problem in expected if invocation.options.unsafe_fixes and problem.fix}
    left = tuple(one for one in all_problems if one.fix is None or not (one.fix.safe or one in applied))
    text, obsolete = _without_obsolete(invocation, left)
    if not obsolete:
        return 0
    path = invocation.config.baseline
    before = Disk(invocation.repository.root).read_or_none(path)
    write_bytes(file_diff(path, before, text.encode("utf-8")))
    return 1


# --- --fix ----------------------------------------------------------------------------------------------------------


def _fix(invocation: Invocation, request: Request, result: Result, problems: Problems, bar: Bar | None) -> Outcome:
    """Apply the fixes and say what was changed."""
    from kwlint.engine import fixes

    options, repository, config = invocation
    repair = fixes.repair(repository, config, request, problems, unsafe=options.unsafe_fixes, stage=options.stage)
    clear(bar)
    status = _announce(invocation, repair, problems, was_undone=result.was_undone)
    if not repair.errors:
        left = repair.remaining if repair.edited else result.problems
        status = max(status, _shorten_baseline(invocation, left))
    remaining = _reportable(invocation, repair.remaining) if repair.edited else repair.remaining
    return Outcome(remaining, status, fixed=len(repair.written) + len(repair.deleted) + len(repair.edited))


def _announce(invocation: Invocation, repair: Repair, problems: Problems, *, was_undone: bool) -> int:
    """Say what was fixed of `problems`, and what could not be written; return the exit status."""
    options = invocation.options
    for error in repair.errors:
        say(f"kwlint: {error}")
    changed = [*repair.written, *repair.deleted, *repair.edited]
    if changed and options.verbosity >= 0:
        _list_changes(repair, list_all=len(changed) <= MAX_LISTED_FILES or options.verbosity > 0)
        if invocation.repository.git_dir is not None and not options.stage:
            from kwlint.cli.causes import unstaged
            from kwlint.cli.staging import advice

            line = advice(invocation.repository, invocation.config.output_dir, was_undone=was_undone)
            say(line or unstaged(repair, invocation, problems))
    if repair.errors:
        return ENVIRONMENT
    return PROBLEMS if changed and options.exit_non_zero_on_fix else CLEAN


def _list_changes(repair: Repair, *, list_all: bool) -> None:
    from kwlint.repo.files import shown

    groups = (
        ("wrote", "page", repair.written),
        ("deleted", "page", repair.deleted),
        ("fixed links in", "document", repair.edited),
    )
    for verb, noun, paths in groups:
        if list_all:
            for path in paths:
                say(f"{verb} {shown(path)}")
        elif paths:
            say(f"{verb} {count(len(paths), noun)}")
