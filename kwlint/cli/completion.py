"""`kwlint completion`: print a completion script, made from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError, option_names
from kwlint.cli.common import CLEAN
from kwlint.cli.options import COMMANDS, SHELLS

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options

OTHER_COMMANDS = tuple(name for name in COMMANDS if name != "check")


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    if len(options.paths) != 1 or options.paths[0] not in SHELLS:
        raise UsageError(f"completion: missing the name of a shell: {', '.join(SHELLS)}")
    print(script(options.paths[0]), end="")
    return CLEAN


def script(shell: str) -> str:
    """Return the script for one of SHELLS."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _words(command: str) -> str:
    """Return what can follow a command: arguments that are known beforehand, and options."""
    return " ".join((*COMMANDS[command].words(), *option_names(command)))


def _values(command: str) -> dict[str, str]:
    """Return the values of the options of a command that have a list of values."""
    options = [option for option in COMMANDS[command].options if option.suggestions]
    return {
        name: " ".join(option.suggestions())
        for option in sorted(options, key=lambda option: option.names)
        if option.suggestions
        for name in option.names
    }


def _cases(indent: str) -> str:
    """Return the branches of a `case` over `command:previous word`, which set `words`."""
    lines = []
    for command in (*OTHER_COMMANDS, "check"):
        pattern = "*" if command == "check" else command
        lines += [f'{pattern}:{option}) words="{values}" ;;' for option, values in _values(command).items()]
    lines += [f'{command}:*) words="{_words(command)}" ;;' for command in OTHER_COMMANDS]
    lines += [f'*) words="{_words("check")}" ;;']
    return "".join(f"{indent}{line}\n" for line in lines)


def _bash() -> str:
    return f"""\
_kwlint() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" words
    case "${{COMP_WORDS[1]}}:${{COMP_WORDS[COMP_CWORD-1]}}" in
{_cases("        ")}    esac
    if [ "$COMP_CWORD" -eq 1 ]; then words="$words {" ".join(COMMANDS)}"; fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o default -o bashdefault -F _kwlint kwlint
"""


def _zsh() -> str:
    return f"""\
#compdef kwlint
_kwlint() {{
    local words_of
    local -a choices
    case "${{words[2]}}:${{words[CURRENT-1]}}" in
{_cases("        ").replace("words=", "words_of=")}    esac
    choices=(${{=words_of}})
    (( CURRENT == 2 )) && choices+=({" ".join(COMMANDS)})
    compadd -- $choices
    _files
}}
compdef _kwlint kwlint
"""


def _fish() -> str:
    names = " ".join(COMMANDS)
    lines = [f"complete -c kwlint -n 'not __fish_seen_subcommand_from {names}' -a '{names}'"]
    for command in COMMANDS.values():
        condition = f"__fish_seen_subcommand_from {command.name}"
        if command.name == "check":
            condition = f"not __fish_seen_subcommand_from {' '.join(OTHER_COMMANDS)}"
        values = _values(command.name)
        for name in option_names(command.name):
            choice = f" -x -a '{values[name]}'" if name in values else ""
            lines.append(f"complete -c kwlint -n '{condition}' {_fish_option(name)}{choice}")
        words = " ".join(command.words())
        lines += [f"complete -c kwlint -f -n '{condition}' -a '{words}'"] if words else []
    return "\n".join(lines) + "\n"


def _fish_option(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
