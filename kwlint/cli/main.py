"""The entry point of the command line: runs a command and turns every error into one line and an exit status."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError, parse
from kwlint.cli.common import CLEAN, ENVIRONMENT, INTERNAL_ERROR, INTERRUPTED, PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the command line `argv` (without the program's name) and return the exit status."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = _run_guarded(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader closed the pipe, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return status


def _run_guarded(argv: list[str]) -> int:
    try:
        return _run(argv)
    except KeyboardInterrupt:
        print("kwlint: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _report_error(error, verbose=argv.count("-v") > 1 or "-vv" in argv)


def _run(argv: list[str]) -> int:
    from importlib import import_module

    from kwlint.cli.options import COMMANDS

    options = parse(argv)
    if options.help:
        from kwlint.cli.help import help_text

        print(help_text(options.command), end="")
        return CLEAN
    if options.version:
        from kwlint import __version__

        print(f"kwlint {__version__}")
        return CLEAN
    status: int = import_module(COMMANDS[options.command].module).run(options)
    return status


def _report_error(error: Exception, *, verbose: bool) -> int:
    """Print one line about an error and return the exit status."""
    if isinstance(error, _user_errors()):
        print(f"kwlint: {error}", file=sys.stderr)
        return ENVIRONMENT
    if isinstance(error, MemoryError):
        print("kwlint: out of memory: run with -j 1, or on a machine with more memory", file=sys.stderr)
        return ENVIRONMENT
    if verbose or os.environ.get("KWLINT_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    description = " ".join(f"{type(error).__name__}: {error}".split())
    print(
        f"kwlint: internal error ({description}): please report it with the output of "
        "the same command and KWLINT_TRACEBACK=1",
        file=sys.stderr,
    )
    return INTERNAL_ERROR


def _user_errors() -> tuple[type[Exception], ...]:
    """Return the exceptions whose message is meant for users."""
    from kwlint.config import ConfigError
    from kwlint.repo.files import FileError
    from kwlint.repo.git import GitError
    from kwlint.rules.baseline import BaselineError

    return UsageError, ConfigError, GitError, FileError, BaselineError
