"""The entry point of the command line: runs a command and turns every error into one line and an exit status."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError, parse
from kwlint.cli.common import CLEAN, ENVIRONMENT, INTERNAL_ERROR, INTERRUPTED, PROBLEMS, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the command line `argv` (without the program's name) and return the exit status."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    _catch_signals()
    try:
        status = _run_guarded(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader closed the pipe, as `head` does
        _drop_output()
        return PROBLEMS
    except OSError as error:  # a full disk
        _drop_output()
        say(f"kwlint: cannot write to standard output: {(error.strerror or str(error)).lower()}")
        return ENVIRONMENT
    except Terminated as end:
        _drop_output()
        say("kwlint: terminated")
        return 128 + end.number
    return status


class Terminated(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _catch_signals() -> None:
    """Raise `Terminated` on the signals that end a program, so that its processes and files are tidied up."""
    import signal
    from threading import current_thread, main_thread

    def end(number: int, _: object) -> None:
        raise Terminated(number)

    if current_thread() is main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # `nohup` ignores SIGHUP
                signal.signal(number, end)


def _drop_output() -> None:
    """Send what is still to be written to standard output nowhere, so that the exit does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run_guarded(argv: list[str]) -> int:
    try:
        return _run(argv)
    except KeyboardInterrupt:
        say("kwlint: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise  # of standard output: kwlint's own writes name their file
        return _report_error(error, verbose=argv.count("-v") > 1 or "-vv" in argv)
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
        say(f"kwlint: {error}")
        return ENVIRONMENT
    if isinstance(error, MemoryError):
        say("kwlint: out of memory: run with -j 1, or on a machine with more memory")
        return ENVIRONMENT
    if verbose or os.environ.get("KWLINT_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    description = " ".join(f"{type(error).__name__}: {error}".split())
    say(
        f"kwlint: internal error ({description}): please report it with the output of "
        "the same command and KWLINT_TRACEBACK=1"
    )
    return INTERNAL_ERROR


def _user_errors() -> tuple[type[Exception], ...]:
    """Return the exceptions whose message is meant for users."""
    from kwlint.config import ConfigError
    from kwlint.repo.files import FileError
    from kwlint.repo.git import GitError
    from kwlint.rules.baseline import BaselineError

    return UsageError, ConfigError, GitError, FileError, BaselineError
