"""`python -m kwlint` and the console script; the only module that exits."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from typing import NoReturn

# The commands that do not begin with a glance at the repository.
ASK_NO_GLANCE = ("keywords", "baseline", "init", "rule", "clean", "schema", "completion")


def run() -> None:
    """Run the command line and exit with its status. The version and the help text cost no import of the program."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from kwlint import __version__

        print(f"kwlint {__version__}")
        sys.exit(0)
    if arguments in (["--help"], ["-h"]):
        from kwlint.cli.help import HELP

        print(HELP[""], end="")
        sys.exit(0)
    _insist_on_utf8()
    # Loading makes objects that stay: looking for cycles among them, time and again and once more at the end, takes
    # twelve of the 130 milliseconds that a run with one changed document takes.
    gc.set_threshold(50_000, 20, 20)
    try:
        status = _status(arguments)
    except KeyboardInterrupt:  # while loading; a command at work says so itself
        print("kwlint: interrupted", file=sys.stderr)
        status = 130
    _end(status)


def _status(arguments: list[str]) -> int:
    """Ask git ahead of loading the program, and load it only where the last verdict no longer holds."""
    if not arguments or arguments[0] not in ASK_NO_GLANCE:
        from kwlint.engine import clean_stamp
        from kwlint.repo import git_process

        ahead = git_process.prefetch()
        said = clean_stamp.recalled(ahead, arguments) if ahead else None
        if said is not None:
            sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
            print(said, end="", file=sys.stderr)
            return 0
    from kwlint.cli.main import main

    return main(arguments)


def _end(status: int) -> NoReturn:
    """Leave at once: all is done, and taking the interpreter apart would take some milliseconds more."""
    import os

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed, or nobody reads any more: Python has its way to say so
        sys.exit(status)
    os._exit(status)


def _insist_on_utf8() -> None:
    """Start Python again in its UTF-8 mode where the locale would garble file names (ISO-8859-1, or one that is not
    installed): git's names are UTF-8 whatever the locale, and the mode cannot be switched on later (PEP 540)."""
    import os

    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


if __name__ == "__main__":
    run()
