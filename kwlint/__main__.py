"""`python -m kwlint` and the console script; the only module that exits."""

import sys


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
    from kwlint.cli import main

    sys.exit(main(arguments))


if __name__ == "__main__":
    run()
