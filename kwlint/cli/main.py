"""The command line: arguments -> exit status; the only module that prints (the progress bar apart)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.cli.arguments import Options, UsageError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kwlint.cli.keywords import Indexed
    from kwlint.cli.progress import Bar
    from kwlint.config import Config
    from kwlint.engine.pipeline import Repair, Result
    from kwlint.engine.request import Request
    from kwlint.model.problem import Problem
    from kwlint.repo.git import PendingStatus, Repository
    from kwlint.report import View

# The exit statuses, all of them here.
CLEAN = 0
PROBLEMS = 1
ENVIRONMENT = 2
DEFECT = 3
INTERRUPTED = 130

LISTED = 10  # this many changed files are named one by one


def main(argv: Sequence[str]) -> int:
    """Run the command line `argv` (without the program's name); the exit status."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = _guarded(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return status


def _guarded(argv: list[str]) -> int:
    """The command's exit status; whatever goes wrong becomes one line."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        print("kwlint: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _explained(error, verbose=argv.count("-v") > 1 or "-vv" in argv)


def _explained(error: Exception, *, verbose: bool) -> int:
    from kwlint.config import ConfigError
    from kwlint.repo.files import FileError
    from kwlint.repo.git import GitError
    from kwlint.rules.baseline import BaselineError

    if isinstance(error, (UsageError, ConfigError, GitError, FileError, BaselineError)):
        print(f"kwlint: {error}", file=sys.stderr)
        return ENVIRONMENT
    if isinstance(error, MemoryError):
        print("kwlint: out of memory: run with -j 1, or give it more", file=sys.stderr)
        return ENVIRONMENT
    if verbose or os.environ.get("KWLINT_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    print(
        f"kwlint: a defect of kwlint's own ({what}): "
        "please report it with the output of KWLINT_TRACEBACK=1 and the same command",
        file=sys.stderr,
    )
    return DEFECT


def _run(argv: list[str]) -> int:
    options = parse(argv)
    if options.help:
        from kwlint.cli.help import HELP

        print(HELP["" if options.command == "check" else options.command], end="")
        return CLEAN
    commands: dict[str, Callable[[Options], int]] = {
        "check": _check,
        "keywords": _keywords,
        "find": _find,
        "baseline": _baseline,
        "init": _init,
        "rule": _rule,
        "clean": _clean,
        "schema": _schema,
        "completion": _completion,
    }
    return commands[options.command](options)


# --- check ------------------------------------------------------------------------------------------------------


def _check(options: Options) -> int:
    from kwlint.repo import git

    repository = git.open_repository(Path.cwd())
    with git.start_status(repository) as pending:
        from kwlint.engine import pipeline

        config = _configured(options, repository)
        bar = _bar(options)
        request = _request(options, repository, bar)
        result = pipeline.check(repository, config, request, pending)
    result = result._replace(notes=(*result.notes, *_untracked(repository, request.paths)))
    narrowed = _narrowing(options, repository, config)
    problems = narrowed(result.problems)
    _, gone = _shortened(options, repository, config, result.problems)
    if not problems and not gone:
        _keep_verdict(options, repository, config, pending, result)
    status = CLEAN
    if options.diff:
        foreseen = pipeline.foresee(repository, config, request, problems, unsafe=options.unsafe_fixes)
        _clear(bar)
        status = _show_diff(options, repository, config, foreseen, result.problems)
        problems = ()
    elif options.fix:
        repair = pipeline.repair(
            repository, config, request, problems, unsafe=options.unsafe_fixes, stage=options.stage
        )
        _clear(bar)
        problems = narrowed(repair.remaining) if repair.edited else repair.remaining
        status = _announce(options, repository, repair)
        if not repair.errors:
            left = repair.remaining if repair.edited else result.problems
            status = max(status, _shorten(options, repository, config, left))
    elif gone:
        some = f"{_count(gone, 'known problem')} no longer {'occurs' if gone == 1 else 'occur'}"
        note = f"{some}: `kwlint --fix` takes {'it' if gone == 1 else 'them'} out of {config.baseline}"
        result = result._replace(notes=(*result.notes, note))
    _clear(bar)
    _report(options, repository, problems, result)
    if status in (CLEAN, PROBLEMS) and options.exit_zero:
        return CLEAN
    return status or (PROBLEMS if problems else CLEAN)


def _keep_verdict(
    options: Options, repository: Repository, config: Config, pending: PendingStatus, result: Result
) -> None:
    """Keep what will be said of a repository in which all is right, for runs that find nothing changed."""
    plain = options._replace(fix=False, stage=False, exit_zero=False, exit_non_zero_on_fix=False, verbosity=0)
    if plain != Options("check") or not result.from_git_alone:
        return
    from kwlint.engine import clean_stamp

    entries = pending.result().entries
    read = filter(None, (config.baseline, config.keywords.stop_words_file))
    if all(f"\t{path}\0".encode("utf-8", "surrogateescape") in entries for path in read):
        said = "".join(f"{line}\n" for line in _remarks((), result, plain))
        clean_stamp.remember(str(repository.root), entries, said)


def _opened(options: Options) -> tuple[Repository, Config]:
    """The repository around the current folder, and its configuration."""
    from kwlint.repo import git

    repository = git.open_repository(Path.cwd())
    return repository, _configured(options, repository)


def _configured(options: Options, repository: Repository) -> Config:
    from kwlint.config import load
    from kwlint.repo import files

    disk = files.Disk(repository.root)
    file = Path(options.config) if options.config else None
    config = load(disk.read_or_none, file, options.isolated)
    if options.select:
        config = config._replace(select=options.select)
    if options.ignore:
        config = config._replace(ignore=(*config.ignore, *options.ignore))
    if repository.git_dir is None and options.verbosity >= 0:
        print(
            "kwlint: no git repository here: every file that .gitignore does not name counts as tracked",
            file=sys.stderr,
        )
    return config


def _request(options: Options, repository: Repository, bar: Bar | None) -> Request:
    from kwlint.engine.request import Request

    if repository.git_dir is None and (options.since is not None or options.staged or options.stage):
        raise UsageError("--since, --staged, --stage: need a git repository, and there is none here")
    return Request(
        paths=tuple(_in_repository(path, repository) for path in options.paths),
        since=options.since,
        staged=options.staged,
        use_cache=options.cache,
        jobs=options.jobs,
        progress=bar,
        texts=options.fix or options.diff,
        shard=options.shard,
    )


def _in_repository(path: str, repository: Repository) -> str:
    """A path of the command line relative to the root, empty for the root itself. Raises UsageError."""
    from kwlint.repo.files import shown

    place = Path(os.path.abspath(path))  # noqa: PTH100 (`resolve` would follow a link in the file's place)
    place = place.parent.resolve() / place.name if place.name else place
    root = repository.root.resolve()
    if place != root and root not in place.parents:
        raise UsageError(f"{shown(path)}: is outside the repository {shown(str(root))}")
    below = place.relative_to(root).as_posix()
    if not os.path.lexists(place) and not _git_knows(repository, below):
        from kwlint.cli.arguments import COMMANDS
        from kwlint.text.did_you_mean import nearest

        near = nearest(path, ("help", *COMMANDS)).replace("help", "--help")
        meant = f"; did you mean `kwlint {near}`?" if near else ""
        raise UsageError(f"{shown(path)}: no such file, neither on disk nor in git's index{meant}")
    return "" if below == "." else below


def _untracked(repository: Repository, paths: tuple[str, ...]) -> list[str]:
    """A remark on each named file that git does not track: it is looked at, but others do not have it."""
    from kwlint.repo.files import shown

    named = [path for path in paths if (repository.root / path).is_file()]
    if repository.git_dir is None:
        return []
    return [f"{shown(path)} is untracked: `git add` it" for path in named if not _git_knows(repository, path)]


def _git_knows(repository: Repository, path: str) -> bool:
    from kwlint.repo.git import is_tracked

    return is_tracked(repository, path)


def _narrowing(
    options: Options, repository: Repository, config: Config
) -> Callable[[tuple[Problem, ...]], tuple[Problem, ...]]:
    """What leaves out the problems of the baseline and of the other shards."""

    def narrowed(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        if config.baseline:
            from kwlint.rules.baseline import unknown

            mending = options.fix or options.diff
            problems = unknown(problems, _baseline_text(repository, config), config.baseline, mending=mending)
        return tuple(problem for problem in problems if options.shard.holds(problem.path, config))

    return narrowed


def _baseline_text(repository: Repository, config: Config) -> str:
    from kwlint.repo import files
    from kwlint.rules import baseline

    try:
        return files.read(repository.root, config.baseline).decode("utf-8", "replace")
    except files.FileError:
        raise baseline.BaselineError(
            f"{config.baseline}: cannot be read; make it with `kwlint baseline`, or remove the setting"
        ) from None


def _shortened(
    options: Options, repository: Repository, config: Config, problems: tuple[Problem, ...]
) -> tuple[str, int]:
    """The baseline without what no longer occurs, and how many known problems that were; none where not all problems
    were asked for, so that it cannot be told."""
    partly = options.paths or options.since is not None or options.staged or options.select or options.ignore
    if not config.baseline or partly or options.shard.parts > 1:
        return "", 0
    from kwlint.rules.baseline import shortened
    from kwlint.rules.selection import code_selector

    return shortened(problems, _baseline_text(repository, config), config.baseline, code_selector(config))


def _shorten(options: Options, repository: Repository, config: Config, problems: tuple[Problem, ...]) -> int:
    """Take out of the baseline what no longer occurs; the exit status of that alone."""
    text, gone = _shortened(options, repository, config, problems)
    if not gone:
        return CLEAN
    from kwlint.repo import files

    files.write_atomically(repository.root, config.baseline, text.encode("utf-8"))
    if options.verbosity >= 0:
        print(f"took {_count(gone, 'known problem')} out of {config.baseline}", file=sys.stderr)
    return PROBLEMS if options.exit_non_zero_on_fix else CLEAN


def _show_diff(
    options: Options,
    repository: Repository,
    config: Config,
    problems: tuple[Problem, ...],
    everything: tuple[Problem, ...],
) -> int:
    """Show what a repair of `problems` would change, and what that leaves of the baseline of `everything`."""
    from kwlint.repo.files import Disk
    from kwlint.report.diff import changes, diff, file_diff

    unsafe = options.unsafe_fixes
    read = Disk(repository.root).read_or_none
    _write_bytes(diff(problems, read, unsafe=unsafe))
    number = sum(1 for _ in changes(problems, read, unsafe=unsafe))
    likely = {one for one in problems if unsafe and one.fix and not one.fix.safe}  # what is known is no part of it
    left = tuple(one for one in everything if one.fix is None or not (one.fix.safe or one in likely))
    text, gone = _shortened(options, repository, config, left)
    if gone:
        _write_bytes(file_diff(config.baseline, read(config.baseline), text.encode("utf-8")))
        number += 1
    if options.verbosity >= 0:
        said = f"Would change {_count(number, 'file')}." if number else "Nothing to change."
        print(said, file=sys.stderr)
    return PROBLEMS if number else CLEAN


def _write_bytes(patch: str) -> None:
    """Print a patch with the bytes of the files, whatever their encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(patch.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _announce(options: Options, repository: Repository, repair: Repair) -> int:
    """Say what was repaired; the exit status of that alone."""
    for error in repair.errors:
        print(f"kwlint: {error}", file=sys.stderr)
    done = [*repair.written, *repair.deleted, *repair.edited]
    if done and options.verbosity >= 0:
        _say_repaired(options, repository, repair)
    if repair.errors:
        return ENVIRONMENT
    return PROBLEMS if done and options.exit_non_zero_on_fix else CLEAN


def _say_repaired(options: Options, repository: Repository, repair: Repair) -> None:
    from kwlint.repo.files import shown

    groups = (("wrote", repair.written), ("deleted", repair.deleted), ("mended the links of", repair.edited))
    total = sum(len(paths) for _, paths in groups)
    for verb, paths in groups:
        if total <= LISTED or options.verbosity > 0:
            for path in paths:
                print(f"{verb} {shown(path)}", file=sys.stderr)
        elif paths:
            noun = "document" if paths is repair.edited else "page"
            print(f"{verb} {_count(len(paths), noun)}", file=sys.stderr)
    if repository.git_dir is not None and not options.stage:
        again = ", then commit again" if options.exit_non_zero_on_fix else ""
        print(f"Stage what was repaired{again}: `git add` it, or run with --stage.", file=sys.stderr)


def _report(options: Options, repository: Repository, problems: tuple[Problem, ...], result: Result) -> None:
    from kwlint.report import render, statistics

    for output in options.outputs:
        if output.file:
            _write_report(output.file, render(output.format, problems, _view(options, repository, plain=True)))
        elif options.statistics and output.format in ("full", "concise"):
            print(statistics(problems, result.undecided), end="")
        elif problems or output.format not in ("full", "concise"):
            print(render(output.format, problems, _view(options, repository, plain=output.format != "full")), end="")
    if options.verbosity >= 0:
        sys.stdout.flush()
        for line in _remarks(problems, result, options):
            print(line, file=sys.stderr)


def _remarks(problems: Sequence[Problem], result: Result, options: Options) -> list[str]:
    """What is said on standard error, behind the report."""
    notes = [f"kwlint: {note}" for note in result.notes]
    return notes if options.diff else [*notes, _summary(problems, result, options)]


def _write_report(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise UsageError(f"--output-file: cannot write {file}: {(error.strerror or str(error)).lower()}") from None


def _view(options: Options, repository: Repository, *, plain: bool) -> View:
    from kwlint.repo.files import Disk
    from kwlint.report import View
    from kwlint.text.encoding import decode

    disk = Disk(repository.root)

    def text(path: str) -> str | None:
        data = disk.read_or_none(path)
        return None if data is None else decode(data).text

    color = not plain and _wants_color(options)
    links = color and sys.stdout.isatty() and os.environ.get("TERM_PROGRAM") not in (None, "Apple_Terminal")
    return View(text=text, root=str(repository.root), color=color, hyperlinks=links)


def _wants_color(options: Options) -> bool:
    """By `--color`; else by NO_COLOR, FORCE_COLOR, and whether a terminal shows it."""
    if options.color != "auto":
        return options.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _summary(problems: Sequence[Problem], result: Result, options: Options) -> str:
    silenced = f" ({result.suppressed} suppressed)" if result.suppressed and options.verbosity > 0 else ""
    if not problems and not result.sources:
        return (
            "Nothing to check: git tracks no document here; `git add` yours, or see the settings `include`, `exclude`."
        )
    if not problems:
        return f"All right: {_count(result.sources, 'document')}{silenced}."
    safe = sum(problem.fix is not None and problem.fix.safe for problem in problems)
    guesses = sum(problem.fix is not None and not problem.fix.safe for problem in problems)
    ways = [f"{safe} mendable with `--fix`"] if safe and not options.fix else []
    ways += [f"{guesses} with `--fix --unsafe-fixes`"] if guesses and not options.unsafe_fixes else []
    how = f" ({', '.join(ways)})" if ways else ""
    return f"Found {_count(len(problems), 'problem')} in {_count(result.sources, 'document')}{how}{silenced}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _bar(options: Options) -> Bar | None:
    if options.verbosity < 0 or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    from kwlint.cli.progress import Bar

    return Bar()


def _clear(bar: Bar | None) -> None:
    if bar is not None:
        bar.clear()


# --- the other commands -----------------------------------------------------------------------------------------


def _keywords(options: Options) -> int:
    named = [path for path in options.paths if Path(path).is_file()]
    found = _keywords_of_files(options, named) if named else []
    if len(named) < len(options.paths) or not options.paths:
        rest = tuple(path for path in options.paths if path not in named)
        found += _keywords_from_store(options._replace(paths=rest))
    for one in found:
        if one.error:
            raise UsageError(f"keywords: {one.error}")
        _show_keywords(one, as_json=options.json)
    if not found:
        raise UsageError("keywords: no document is there; documents are what git tracks and `include` names")
    return CLEAN


def _show_keywords(one: Indexed, *, as_json: bool) -> None:
    from kwlint.cli import keywords

    if as_json:
        names = [fragment or title for fragment, title in zip(one.fragments, one.titles, strict=True)]
        print(keywords.json_line(one.given, one.keywords, names))
    else:
        print(keywords.text(one.given, one.keywords, one.titles), end="")


def _keywords_of_files(options: Options, paths: list[str]) -> list[Indexed]:
    """The keywords of files, wherever they are; only these are read."""
    from kwlint.cli.keywords import Named, of_files
    from kwlint.engine.workers import Workers, usable_cores
    from kwlint.flavours import Flavours, detect
    from kwlint.repo import files, git

    repository, config = _opened(options._replace(verbosity=-1))
    top = f"{repository.root.resolve().as_posix()}/"
    places = [Path(path).resolve().as_posix() for path in paths]
    named = [Named(path, place.removeprefix(top)) for path, place in zip(paths, places, strict=True)]
    known = Flavours()
    if repository.git_dir is not None and any(place.startswith(top) for place in places):
        disk = files.Disk(repository.root)
        known = detect(git.list_files(repository).tracked.keys(), disk.read, config.flavour)
    with Workers(options.jobs or usable_cores(), (str(Path.cwd()), config, known)) as workers:
        batches = workers.run(of_files, named, lambda one: Path(one.given).stat().st_size)
        return [found for batch in batches for found in batch]


def _keywords_from_store(options: Options) -> list[Indexed]:
    """The keywords of the repository's documents, of all or of those below the paths."""
    from kwlint.cli.keywords import Indexed
    from kwlint.engine import pipeline
    from kwlint.pages.names import source_of
    from kwlint.search.store_lookup import sources_below

    repository, config = _opened(options)
    bar = _bar(options)
    request = _request(options, repository, bar)
    scope = [source_of(config, path) or path for path in request.paths]
    found = pipeline.consult(repository, config, request, lambda store: list(sources_below(store, scope)))
    _clear(bar)
    return [
        Indexed(
            path,
            facts.keywords,
            tuple(section.title for section in facts.outline.sections),
            tuple(section.anchor for section in facts.outline.sections),
        )
        for path, facts in found
    ]


def _find(options: Options) -> int:
    from kwlint.repo import git
    from kwlint.repo.files import shown

    term = " ".join(options.paths)
    if not term.strip():
        raise UsageError("find: name a term, as `kwlint find widget server`")
    repository = git.open_repository(Path.cwd())
    with git.start_status(repository) as pending:
        from kwlint.engine import pipeline
        from kwlint.search import find
        from kwlint.search.store_lookup import StoredKeywords

        config = _configured(options, repository)
        bar = _bar(options)
        request = _request(options._replace(paths=()), repository, bar)
        kept = "a-z" in config.pages
        answer = pipeline.consult(
            repository, config, request, lambda store: find.find(term, StoredKeywords(store, kept=kept)), pending
        )
    _clear(bar)
    if options.json:
        print(find.as_json(answer))
    for line in [] if options.json else find.as_lines(answer):
        print(shown(line))
    if not answer.hits:
        near = f"; near are: {', '.join(map(shown, answer.nearest))}" if answer.nearest else ""
        print(f"kwlint: no document covers {shown(term)}{near}", file=sys.stderr)
    return CLEAN if answer.hits else PROBLEMS


def _baseline(options: Options) -> int:
    from kwlint.engine import pipeline
    from kwlint.repo import files
    from kwlint.rules import baseline

    repository, config = _opened(options)
    bar = _bar(options)
    result = pipeline.check(repository, config, _request(options, repository, bar)._replace(deep=True))
    _clear(bar)
    name = config.baseline or baseline.DEFAULT_FILE
    text = baseline.written(result.problems)
    files.write_atomically(repository.root, name, text.encode("utf-8"))
    known = len(result.problems) - len(baseline.unknown(result.problems, text, name))
    print(f"{name}: {_count(known, 'known problem')}")
    if not config.baseline:
        print(f'Add `baseline = "{name}"` to the configuration (kwlint.toml, or [tool.kwlint] in pyproject.toml).')
    mendable = len(result.problems) - known
    if mendable:
        print(f"{_count(mendable, 'other problem')}: `kwlint --fix --stage` mends what is left.")
    return CLEAN


def _init(options: Options) -> int:
    from kwlint.cli import init
    from kwlint.repo import files, git
    from kwlint.report.diff import file_diff

    repository = git.open_repository(Path.cwd())
    disk = files.Disk(repository.root)
    plan = init.plan(disk.read_or_none, _tracked(repository), git.remote_urls(repository), options.ci)
    for path, before, after in plan.changes:
        if options.diff:
            _write_bytes(file_diff(path, before, after))
        else:
            files.write_atomically(repository.root, path, after, expected=before)
            print(f"{'wrote' if before is None else 'changed'} {path}")
    for note in plan.notes:
        print(f"kwlint: {note}", file=sys.stderr)
    if not plan.changes:
        print("Nothing to do: kwlint is set up here.")
    elif not options.diff:
        first = "`git init`, " if repository.git_dir is None else ""
        print(f"Next: {first}`kwlint --fix`, then `git add` the pages, and `pre-commit install` if the hook is new.")
    return CLEAN


def _tracked(repository: Repository) -> tuple[str, ...]:
    from kwlint.repo import git

    return tuple(git.list_files(repository).tracked)


def _rule(options: Options) -> int:
    from kwlint.rules.registry import RULES, overview, page

    if not options.paths:
        print(overview(), end="")
        return CLEAN
    for code in options.paths:
        if code.upper() not in RULES:
            from kwlint.text.did_you_mean import nearest

            near = nearest(code.upper(), RULES)
            raise UsageError(
                f"rule: there is no {code}; {f'did you mean {near}? ' if near else ''}`kwlint rule` lists all"
            )
        print(page(code.upper()), end="")
    return CLEAN


def _clean(options: Options) -> int:
    from kwlint.repo import files, git

    repository, config = _opened(options)
    cache = files.delete_tree(repository.root, ".kwlint_cache")
    print(f"removed the cache ({_count(cache, 'file')})")
    if options.pages:
        listing = git.list_files(repository)
        below = f"{config.output_dir}/"
        removed = 0
        for path in sorted({*listing.tracked, *listing.untracked}):
            data = files.Disk(repository.root).read_or_none(path) if path.startswith(below) else None
            if data is not None and files.has_marker(data):
                files.delete_page(repository.root, path, config.output_dir)
                removed += 1
        print(f"removed {_count(removed, 'page')}")
    return CLEAN


def _schema(options: Options) -> int:
    from json import dumps

    from kwlint.config import schema as config_schema
    from kwlint.report.json import schema as report_schema

    which = options.paths or ("config",)
    known = {"config": config_schema, "report": report_schema}
    if len(which) > 1 or which[0] not in known:
        raise UsageError("schema: name one, config or report")
    print(dumps(known[which[0]](), indent=2))
    return CLEAN


def _completion(options: Options) -> int:
    from kwlint.cli.completion import SHELLS, script

    if len(options.paths) != 1 or options.paths[0] not in SHELLS:
        raise UsageError(f"completion: name a shell: {', '.join(SHELLS)}")
    print(script(options.paths[0]), end="")
    return CLEAN
