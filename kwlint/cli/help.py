"""The help texts, made from the table of commands. `kwlint --help` loads this module and the table alone."""

from __future__ import annotations

from kwlint.cli.options import COMMANDS

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from kwlint.cli.options import Command, Option

WIDTH = 80  # columns
LABEL_WIDTH = 22
TITLE = "Keyword indexes and documentation pages for the Markdown of a repository."
EXIT_STATUS = "Exit status: 0 no problems, 1 problems, 2 usage or environment, 3 kwlint bug."


def help_text(command: str) -> str:
    """Return the text of `kwlint COMMAND --help`; that of `check` is the text of `kwlint --help`."""
    return _main_help() if command == "check" else _command_help(COMMANDS[command])


def _main_help() -> str:
    commands = [_row(f"{command.name} {command.arguments}", command.summary) for command in COMMANDS.values()]
    lines = [
        TITLE,
        "",
        "Usage: kwlint [check] [OPTIONS] [PATHS...]",
        "       kwlint COMMAND --help",
        "",
        "Commands:",
        *commands,
        *_option_lines(COMMANDS["check"]),
        "",
        EXIT_STATUS,
    ]
    return "".join(f"{line}\n" for line in lines)


def _command_help(command: Command) -> str:
    usage = f"Usage: kwlint {command.name} [OPTIONS] {command.arguments}".rstrip()
    return "".join(f"{line}\n" for line in (command.help, "", usage, "", *_option_lines(command)))


def _option_lines(command: Command) -> list[str]:
    """Return the options by group, with a heading for each group."""
    groups: dict[str, list[str]] = {}
    for option in command.options:
        groups.setdefault(option.group, []).append(_row(option.label, with_choices(option, option.summary)))
    return [line for group, rows in groups.items() for line in (f"{group}:", *rows)]


def with_choices(option: Option, text: str, quote: str = "") -> str:
    """Return `text` with `{choices}` replaced by the values of the option."""
    if "{choices}" not in text or option.choices is None:
        return text
    return text.replace("{choices}", ", ".join(f"{quote}{choice}{quote}" for choice in option.choices()))


def _row(label: str, text: str) -> str:
    indent = " " * (LABEL_WIDTH + 4)
    return f"  {label.strip():<{LABEL_WIDTH}}  " + f"\n{indent}".join(_wrapped(text, WIDTH - len(indent)))


def _wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns. (`textwrap` would import `re`.)"""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines
