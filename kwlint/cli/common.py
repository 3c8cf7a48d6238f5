"""What the commands share: exit statuses, the repository with its configuration, paths, progress."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwlint.cli.arguments import Options, UsageError

if TYPE_CHECKING:
    from kwlint.cli.progress import Bar
    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.engine.shard import Shard
    from kwlint.repo.git import Repository

# The exit statuses.
CLEAN = 0
PROBLEMS = 1
ENVIRONMENT = 2  # usage, configuration, environment
INTERNAL_ERROR = 3
INTERRUPTED = 130


class Invocation(NamedTuple):
    """A command line with the repository and the configuration that it applies to."""

    options: Options
    repository: Repository
    config: Config


def open_repository(options: Options) -> Invocation:
    """Return the repository around the current folder with its configuration. Raises GitError and ConfigError."""
    from kwlint.repo import git

    repository = git.open_repository(Path.cwd())
    return Invocation(options, repository, load_config(options, repository))


def load_config(options: Options, repository: Repository) -> Config:
    """Return the configuration as the options change it. Raises ConfigError."""
    from kwlint.cli.choices import CHOICES
    from kwlint.config import load
    from kwlint.repo import files

    disk = files.Disk(repository.root)
    file = Path(options.config) if options.config else None
    config = load(disk.read_or_none, CHOICES, file, options.isolated)
    if options.select:
        config = config._replace(select=options.select)
    if options.ignore:
        config = config._replace(ignore=(*config.ignore, *options.ignore))
    if repository.git_dir is None and options.verbosity >= 0:
        say("kwlint: not a git repository: all files that .gitignore does not match are checked")
    return config


def make_request(invocation: Invocation, bar: Bar | None) -> Request:
    """Return the engine's request for a command line. Raises UsageError."""
    from kwlint.engine.cache_folder import cache_folder
    from kwlint.engine.request import Request

    options, repository = invocation.options, invocation.repository
    if repository.git_dir is None and (options.since is not None or options.staged or options.stage):
        raise UsageError("--since, --staged, --stage: not available outside a git repository")
    if options.cache and cache_folder(str(repository.root)) is None:
        raise UsageError("KWLINT_CACHE_DIR: a folder of the work tree, where a commit can reach: name another one")
    return Request(
        paths=tuple(path_in_repository(path, repository) for path in options.paths),
        since=options.since,
        staged=options.staged,
        use_cache=options.cache,
        jobs=options.jobs,
        progress=bar,
        texts=options.fix or options.diff,
        shard=shard_of(invocation),
    )


def shard_of(invocation: Invocation) -> Shard:
    """Return the part of the work that the options and the configuration ask for."""
    from kwlint.engine.shard import keeps_shared_pages

    options, config = invocation.options, invocation.config
    return options.shard._replace(shared=keeps_shared_pages(config, asked=options.shared))


def path_in_repository(argument: str, repository: Repository) -> str:
    """Return a path of the command line relative to the root, empty for the root itself. Raises UsageError."""
    from kwlint.repo.files import shown

    path = Path(os.path.abspath(argument))  # noqa: PTH100 (`resolve` would follow a link in the last part)
    path = path.parent.resolve() / path.name if path.name else path
    root = repository.root.resolve()
    if path != root and root not in path.parents:
        raise UsageError(f"{shown(argument)}: outside the repository {shown(str(root))}")
    relative = path.relative_to(root).as_posix()
    if not os.path.lexists(path) and not is_tracked(repository, relative):
        raise UsageError(f"{shown(argument)}: no such file on disk or in git's index{_similar_command(argument)}")
    return "" if relative == "." else relative


def _similar_command(argument: str) -> str:
    from kwlint.cli.options import COMMANDS
    from kwlint.text.did_you_mean import nearest

    similar = nearest(argument, ("help", *COMMANDS)).replace("help", "--help")
    return f"; did you mean `kwlint {similar}`?" if similar else ""


def is_tracked(repository: Repository, path: str) -> bool:
    """Report whether git tracks a file, or files below a folder."""
    from kwlint.repo import git

    return git.is_tracked(repository, path)


def say(line: str) -> None:
    """Print a line to standard error, with what is not printable as escapes: it may quote a repository's files."""
    from kwlint.repo.files import shown

    print(shown(line), file=sys.stderr)


def write_bytes(patch: str) -> None:
    """Print a patch with the bytes of the files, whatever their encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(patch.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def count(number: int, noun: str) -> str:
    """Return a number with its noun, as in `1 page` and `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def progress_bar(options: Options) -> Bar | None:
    """Return a progress bar if standard error is a terminal that can show one."""
    if options.verbosity < 0 or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    from kwlint.cli.progress import Bar

    return Bar()


def clear(bar: Bar | None) -> None:
    """Remove a progress bar from the screen."""
    if bar is not None:
        bar.clear()
