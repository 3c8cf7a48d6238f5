"""`python -m kwlint` and the console script; the only module that exits."""

import sys

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
        from kwlint.help import HELP

        print(HELP[""], end="")
        sys.exit(0)
    _insist_on_utf8()
    if not arguments or arguments[0] not in ASK_NO_GLANCE:
        _tell_again(arguments)
    from kwlint.cli import main

    sys.exit(main(arguments))


def _tell_again(arguments: list[str]) -> None:
    """Ask git ahead of loading the program, and exit without it where the last verdict still holds."""
    from kwlint import git_process, verdict

    try:
        ahead = git_process.ask_ahead()
        said = verdict.recalled(ahead, arguments) if ahead else None
    except KeyboardInterrupt:
        print("kwlint: interrupted", file=sys.stderr)
        sys.exit(130)
    if said is not None:
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        print(said, end="", file=sys.stderr)
        sys.exit(0)


def _insist_on_utf8() -> None:
    """Start Python again in its UTF-8 mode where the locale would garble file names (ISO-8859-1, or one that is not
    installed): git's names are UTF-8 whatever the locale, and the mode cannot be switched on later (PEP 540)."""
    import os

    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


if __name__ == "__main__":
    run()
