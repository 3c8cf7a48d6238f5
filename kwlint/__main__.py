"""`python -m kwlint` and the console script; the only module that exits."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from typing import NoReturn

# The commands that do not start with git's status.
NO_GIT_STATUS = ("keywords", "baseline", "init", "rule", "clean", "schema", "completion")


def run() -> None:
    """Run the command line and exit with its status. `--version` and `--help` do not import the program."""
    arguments = sys.argv[1:]
    _ensure_streams()
    if arguments in (["--version"], ["-V"]):
        from kwlint import __version__

        print(f"kwlint {__version__}")
        sys.exit(0)
    if arguments in (["--help"], ["-h"]):
        from kwlint.cli.help import help_text

        print(help_text("check"), end="")
        sys.exit(0)
    _ensure_utf8()
    # Most objects live until the end. Searching them for cycles takes 12 of the 130 milliseconds of a run with one
    # changed document.
    gc.set_threshold(50_000, 20, 20)
    try:
        status = _status(arguments)
    except KeyboardInterrupt:  # during imports; `main` handles it later
        print("kwlint: interrupted", file=sys.stderr)
        status = 130
    _end(status)


def _status(arguments: list[str]) -> int:
    """Start git before the program is loaded, and load the program only if something has changed since the last run."""
    if not arguments or arguments[0] not in NO_GIT_STATUS:
        from kwlint.engine import clean_stamp
        from kwlint.repo import git_process

        prefetch = git_process.prefetch()
        message = clean_stamp.load_message(prefetch, arguments) if prefetch else None
        if message is not None:
            sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
            print(message, end="", file=sys.stderr)
            return 0
    from kwlint.cli.main import main

    return main(arguments)


def _end(status: int) -> NoReturn:
    """Exit at once. The interpreter's shutdown would take some milliseconds."""
    import os

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed, or a broken pipe: Python reports it
        sys.exit(status)
    os._exit(status)


def _ensure_streams() -> None:
    """Open what the caller closed (`>&-`), so that no file of the program gets its descriptor and its output."""
    import os

    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
            setattr(sys, name, open(number, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _ensure_utf8() -> None:
    """Restart Python in UTF-8 mode if the locale would garble file names (ISO-8859-1, or a locale that is not
    installed). Git's file names are UTF-8 in every locale, and the mode cannot be switched on later (PEP 540)."""
    import os

    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _forget_current_folder() -> None:
    """Import nothing from the current folder, which `python -m` puts first, unless kwlint itself is there."""
    import os

    folder = os.path.realpath(sys.path[0] or os.curdir)
    if not os.path.realpath(__file__).startswith(f"{folder}{os.sep}"):
        del sys.path[0]


if __name__ == "__main__":
    if not sys.flags.safe_path:
        _forget_current_folder()
    run()
