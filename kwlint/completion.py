"""Completion scripts for shells, made from the parsers, so that they know every option."""

from __future__ import annotations

from kwlint.options import COMMANDS, option_names

SHELLS = ("bash", "zsh", "fish")


def script(shell: str) -> str:
    """The script for one of SHELLS."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _cases(indent: str) -> str:
    return "".join(f'{indent}{command}) words="{" ".join(option_names(command))}" ;;\n' for command in COMMANDS[1:])


def _bash() -> str:
    return f"""\
_kwlint() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" words
    case "${{COMP_WORDS[1]}}" in
{_cases("        ")}        *) words="{" ".join(option_names("check"))}" ;;
    esac
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
    case "${{words[2]}}" in
{_cases("        ").replace("words=", "words_of=")}        *) words_of="{" ".join(option_names("check"))}" ;;
    esac
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
        lines += [f"complete -c kwlint -n '{test}' {_fish_option(name)}" for name in option_names(command)]
    return "\n".join(lines) + "\n"


def _fish_option(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
