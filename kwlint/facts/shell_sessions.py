"""The commands and the output in code blocks, by the patterns of `data/shell.toml`."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kwlint.text.code_definitions import session_source
from kwlint.text.knowledge import pattern, words
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_COMMANDS = 20
MAX_COMMAND = 300  # characters, also of a line of output
MAX_OUTPUT = 3  # lines of output of a block
MAX_OUTPUT_LINES = 200  # of one command that are read
SHORT = 7  # characters: `True`, a number, a name
_FILE = "shell"
_PROMPTED = ("bash", "console", "cmd", "text", "")  # languages whose blocks may hold a session
_MARKUP = expression(r"</?(?:font|span|u|b|i|em|strong|a)\b[^<>]*>")  # colours of a session
_HERE_DOCUMENT = expression(r"<<-?\s*['\"]?(\w+)")

Session = tuple[tuple[str, ...], tuple[str, ...]]  # commands, output


def _pattern(name: str) -> re.Pattern[str]:
    return pattern(_FILE, name, re.NOFLAG)


def session(language: str, text: str) -> Session:
    """Return the commands of a block and the output that it shows. A drawing of folders has none."""
    if "├" in text or "└" in text:
        return (), ()
    if language == "output":
        return (), _output([text.split("\n")])
    if language == "powershell":
        return _powershell(text)
    if language in _PROMPTED:
        return _shell(language, text)
    return (), ()


def _powershell(text: str) -> Session:
    prompted = _at_prompts(text, _pattern("powershell-prompt"))
    if prompted is None:
        return _cmdlets(text), ()
    return tuple(filter(_pattern("call").search, prompted[0])), prompted[1]


def _shell(language: str, text: str) -> Session:
    start = text.lstrip()
    script = language == "bash" and not start.startswith(("$ ", "% "))
    prompted = None if script else _at_prompts(text, _pattern("prompt"))
    if prompted and (language in ("bash", "console", "cmd") or start.startswith("$ ")):
        return prompted
    return (_without_prompts(text) if language in ("bash", "console") else ()), ()


def _at_prompts(text: str, prompt: re.Pattern[str]) -> Session | None:
    """Return the commands behind prompts, with their continuation lines, and what is printed between them."""
    commands: list[str] = []
    outputs: list[list[str]] = []
    continued = False
    for line in text.split("\n"):
        line = _MARKUP.sub("", line)
        match = prompt.match(line)
        if continued and not match:
            commands[-1] = f"{commands[-1]} {line.lstrip('> ').rstrip(chr(92) + '`').strip()}"
        elif match:
            commands.append(line[match.end() :].strip().rstrip("\\`").strip())
            outputs.append([])
        elif commands and _has_output(commands[-1]):
            outputs[-1].append(line)
        if continued or match:
            continued = _is_continued(line, commands[-1])
    return (_useful(commands), _output(outputs)) if commands else None


def _has_output(command: str) -> bool:
    """Report whether the lines below a command are its output: below a comment or a bare prompt stands a script."""
    first = next(iter(command.split()), "#")
    return not first.startswith("#") and first not in words(_FILE, "navigation")


def _is_continued(line: str, command: str) -> bool:
    """Report whether a command continues on the next line."""
    if len(command) > MAX_COMMAND:
        return False
    return line.rstrip().endswith(("\\", "`", "|")) or command.count("{") > command.count("}")


def _without_prompts(text: str) -> tuple[str, ...]:
    """Return the commands of a shell script: lines without indentation that begin like one."""
    commands: list[str] = []
    continued = False
    end_of_input = ""  # of a here document
    for line in text.split("\n"):
        if end_of_input:
            end_of_input = "" if line.strip() == end_of_input else end_of_input
        elif continued:
            continued = line.endswith("\\")
            commands[-1] = f"{commands[-1]} {line.rstrip(chr(92)).strip()}"
        elif _pattern("command").match(line) and line.split(maxsplit=1)[0] not in words(_FILE, "control-word"):
            here = _HERE_DOCUMENT.search(line)
            end_of_input = here[1] if here else ""
            continued = line.endswith("\\")
            commands.append(line.rstrip("\\").strip())
    return _useful(commands)


def _cmdlets(text: str) -> tuple[str, ...]:
    """Return the lines of a PowerShell script that call a cmdlet without indentation, with their continuation lines."""
    commands: list[str] = []
    continued = False
    for line in text.split("\n"):
        if continued:
            commands[-1] = f"{commands[-1]} {line.rstrip('` ').strip()}"
        elif _pattern("cmdlet").match(line):
            commands.append(line.rstrip("` ").strip())
        else:
            continue
        continued = line.rstrip().endswith(("|", "`")) and len(commands[-1]) < MAX_COMMAND
    return _useful([command for command in commands if not command.endswith(("{", "(", "@", ","))])


def _useful(commands: list[str]) -> tuple[str, ...]:
    """Return the commands that a reader may look up, each once: no comments, no moves between folders, no `echo`."""
    kept = (command[:MAX_COMMAND] for command in commands if _is_useful(command))
    return tuple(dict.fromkeys(kept))[:MAX_COMMANDS]


def _is_useful(command: str) -> bool:
    first = next(iter(command.split()), "#")
    if len(command) < 2 or first.startswith("#") or _pattern("echo").match(command):
        return False
    return first not in words(_FILE, "navigation")


def _output(outputs: Iterable[list[str]]) -> tuple[str, ...]:
    """Return for each output its only line, or its first if that is a message.

    The head of a table or a field of a record means little without the lines below it.
    """
    kept: list[str] = []
    for lines in outputs:
        if any(map(_pattern("rule").match, islice(lines, MAX_OUTPUT_LINES))):
            continue  # a table
        text = _only_message(lines)
        if len(text) > SHORT and any(map(str.isalpha, text)):
            kept.append(text[:MAX_COMMAND])
        if len(kept) == MAX_OUTPUT:
            break
    return tuple(kept)


def _only_message(lines: list[str]) -> str:
    noise = _pattern("noise").match
    kept = [line for line in islice(lines, MAX_OUTPUT_LINES) if line.strip() and not noise(line.strip())]
    if len(kept) > 1:
        kept = [line for line in kept[:1] if _pattern("message").match(line)]
    return " ".join("".join(kept).split())


def python_session(text: str) -> tuple[str, tuple[str, ...], int]:
    """Return the code behind the prompts of a Python session, its output, and the number of examples."""
    outputs: list[list[str]] = [[]]
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith(">>>"):
            outputs.append([])
        elif not stripped.startswith("..."):
            outputs[-1].append(line)
    return "\n".join(session_source(text)), _output(outputs), len(outputs) - 1
