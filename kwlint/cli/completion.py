"""Completion scripts for shells, made from the parsers, so that they know every option."""

from __future__ import annotations

from kwlint.cli.arguments import COMMANDS, option_names, option_values
from kwlint.rules.registry import RULES

SHELLS = ("bash", "zsh", "fish")


def script(shell: str) -> str:
    """The script for one of SHELLS."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _words(command: str) -> str:
    """What may follow a command: its options, and the words that it takes where these are few."""
    return " ".join((*_arguments(command).split(), *option_names(command)))


def _arguments(command: str) -> str:
    words = {"rule": tuple(RULES), "schema": ("config", "report"), "completion": SHELLS}
    return " ".join(words.get(command, ()))


def _values(command: str) -> dict[str, str]:
    """What may follow an option of a command."""
    values = {option: " ".join(choices) for option, choices in option_values(command).items()}
    if command == "check":
        values |= dict.fromkeys(("--select", "--ignore"), " ".join(("ALL", *RULES)))
    return values


def _cases(indent: str) -> str:
    """The branches of a `case` over `command:previous word`, which set `words`."""
    lines = []
    for command in (*COMMANDS[1:], "check"):
        shown = "*" if command == "check" else command
        lines += [f'{shown}:{option}) words="{values}" ;;' for option, values in _values(command).items()]
    lines += [f'{command}:*) words="{_words(command)}" ;;' for command in COMMANDS[1:]]
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
    for command in COMMANDS:
        test = f"__fish_seen_subcommand_from {command}"
        if command == "check":
            test = f"not __fish_seen_subcommand_from {' '.join(COMMANDS[1:])}"
        values = _values(command)
        for name in option_names(command):
            choice = f" -x -a '{values[name]}'" if name in values else ""
            lines.append(f"complete -c kwlint -n '{test}' {_fish_option(name)}{choice}")
        lines += [f"complete -c kwlint -f -n '{test}' -a '{words}'" for words in [_arguments(command)] if words]
    return "\n".join(lines) + "\n"


def _fish_option(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
