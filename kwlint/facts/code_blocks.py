"""What code blocks define, import, show, run and print."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from kwlint.facts.code_idioms import idioms
from kwlint.model.facts import Sample
from kwlint.text.code_definitions import (
    POWERSHELL_PROMPT,
    canonical_name,
    definitions,
    imports,
    is_language,
    language_of,
    session_source,
)
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.model.document import Document, Fence

MAX_TEXT = 60_000  # characters of one block that are read
MAX_NAMES = 40
MAX_COMMANDS = 20
MAX_COMMAND = 300
MAX_OUTPUT = 3
SHORT = 7  # characters: `True`, a number, a name

Names = tuple[tuple[str, str], ...]


def samples(document: Document) -> tuple[Sample, ...]:
    """What each code block of the document says, in order."""
    found = [_sample(document, fence) for fence in document.fences]
    if "{* " in document.text or "--8<--" in document.text:
        found += _transclusions(document)
        found.sort(key=lambda sample: sample.line)
    return tuple(found)


def _sample(document: Document, fence: Fence) -> Sample:
    name = language_of(fence)
    text = fence.text[:MAX_TEXT]
    doctests = 0
    if name == "python" and ">>> " in text:
        text, output, doctests = _doctests(text)
        commands: tuple[str, ...] = ()
    else:
        commands, output = _session(name, text)
    return Sample(
        lang=name,
        section=fence.section,
        line=bisect_right(document.line_starts, fence.start),
        lines=own_lines(fence),
        defines=_shows(name, "\n".join(commands) if name == "console" else text, fence),
        imports=tuple(imports(name, text)[:MAX_NAMES]),
        commands=commands,
        output=output,
        doctests=doctests,
    )


def _shows(name: str, text: str, fence: Fence) -> Names:
    included = tuple(("include", path) for path in _included(fence))
    shown = tuple(("idiom", idiom) for idiom in idioms(name, text))
    return (*definitions(name, text)[:MAX_NAMES], *shown, *included)


# --- text of other files ------------------------------------------------------------------------------------------------

# mdBook's `{{#include path:lines}}` and its kin; MkDocs's snippets; FastAPI's `{* path hl[1:2] *}`.
_INCLUDE = expression(
    r"""\{\{\#(?:include|rustdoc_include|playground)[ ]+([^\s:{}]+)
    |^[ \t]*;*-+8<-+[ ]+["']([^"'\n:]+)
    |\{\*[ ]+([^\s*{}]+)[^\n{}]*\*\}""",
    re.VERBOSE | re.MULTILINE,
)


def own_lines(fence: Fence) -> int:
    """The lines of a block that are not taken from elsewhere."""
    return max(0, (fence.text.count("\n") or bool(fence.text)) - len(_included(fence)))


def _included(fence: Fence) -> list[str]:
    """The files that a block's text is taken from."""
    if fence.lang in ("literalinclude", "include"):
        words = fence.info.replace("}", "} ").split()
        return words[1:2]
    if "{{#" not in fence.text and "8<" not in fence.text:
        return []
    return [match[match.lastindex or 0][:200] for match in _INCLUDE.finditer(fence.text[:MAX_TEXT])]


def _transclusions(document: Document) -> list[Sample]:
    """Code that stands in other files, shown where the text says so outside of any code block."""
    spans = [(fence.start, fence.end) for fence in document.fences]
    starts = [start for start, _ in spans]
    sections = [section.start for section in document.sections]
    found = []
    for match in _INCLUDE.finditer(document.text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < spans[index][1]:
            continue
        path = match[match.lastindex or 0][:200]
        suffix = path.rpartition(".")[2].lower()
        section = max(bisect_right(sections, match.start()) - 1, 0)
        line = bisect_right(document.line_starts, match.start())
        found.append(
            Sample(
                canonical_name(suffix) if is_language(suffix) else "",
                section,
                line,
                0,
                (("include", path),),
                (),
                (),
                (),
                0,
            )
        )
    return found


# --- sessions: prompts, commands, output -------------------------------------------------------------------------

_PROMPT = expression(
    r"PS(?: [^>\n]{0,120})?> ?(?=\S)|(?:[\w.@:~/\[\]()-]{0,60} ?)?[$%] (?=\S)|[\w.@:~/\[\]()-]{2,60}# (?=\S)|(?:[A-Za-z]:\\[^>\n]{0,120})?> ?(?=\S)"
)
_COMMAND = expression(r"(?:[A-Z_]+=\S+ )*(?:\./|~/|/)?[a-z][\w.+/-]*(?: |$)")
_CMDLET = expression(r"[A-Z][a-z]+-[A-Z]\w+")
_CALL = expression(r"\b[A-Z]\w*-[A-Z]\w*|^(?:[.&] |\.?[\\/])?[a-z][\w./\\-]*(?: |$)")  # no `$a`, no `[int]"5"`
_CONTROL = frozenset(
    ["if", "then", "else", "elif", "fi", "for", "do", "done", "while", "until", "case", "esac", "function", "return", "exit", "local", "export", "set", "unset", "echo", "cd", "in", "break", "continue", "shift", "read", "source", "alias", "true", "false"]
)


def _session(name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands of a block and the output it shows; none of a drawing of folders."""
    if "├" in text or "└" in text:
        return (), ()
    if name == "output":
        return (), _shown([text.split("\n")])
    if name == "powershell":
        prompted = _prompted(text, POWERSHELL_PROMPT.match)
        if prompted is None:
            return _cmdlets(text), ()
        return tuple(filter(_CALL.search, prompted[0])), prompted[1]
    if name in ("bash", "console", "cmd", "text", ""):
        prompted = _prompted(text, _PROMPT.match) if name != "bash" or text.lstrip().startswith(("$ ", "% ")) else None
        if prompted and (name in ("bash", "console", "cmd") or text.lstrip().startswith("$ ")):
            return prompted
        if name in ("bash", "console"):
            return _bare(text), ()
    return (), ()


# Moving about and looking around: no reader looks up how that is done.
_MOVES = frozenset(["cd", "chdir", "ls", "dir", "pwd", "clear", "cls", "exit", "mkdir", "md", "pushd", "popd"])
_ECHO = expression(r"echo [^>|;&]*\Z").match
_MARKUP = expression(r"</?(?:font|span|u|b|i|em|strong|a)\b[^<>]*>")  # of a session that a site shows in colours


def _prompted(
    text: str, prompt: Callable[[str], re.Match[str] | None]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Commands after a prompt, with the lines that they go on over, and what is printed between them."""
    commands: list[str] = []
    outputs: list[list[str]] = []
    going_on = False
    for line in text.split("\n"):
        line = _MARKUP.sub("", line)
        match = prompt(line)
        if going_on and not match:
            commands[-1] = f"{commands[-1]} {line.lstrip('> ').rstrip(chr(92) + '`').strip()}"
        elif match:
            commands.append(line[match.end() :].strip().rstrip("\\`").strip())
            outputs.append([])
        elif commands and _answers(commands[-1]):
            outputs[-1].append(line)
        if going_on or match:
            going_on = _is_open(line, commands[-1])
    return (_tidy(commands), _shown(outputs)) if commands else None


def _answers(command: str) -> bool:
    """Whether what follows a command is an output worth telling: after a comment or a bare prompt a script is shown."""
    return bool(command) and not command.startswith("#") and command.split()[0] not in _MOVES


def _is_open(line: str, command: str) -> bool:
    """Whether a command goes on in the next line."""
    if len(command) > MAX_COMMAND:
        return False
    return line.rstrip().endswith(("\\", "`", "|")) or command.count("{") > command.count("}")


def _bare(text: str) -> tuple[str, ...]:
    """The commands of a shell block without prompts: lines at its margin that begin like one."""
    commands: list[str] = []
    going_on = False
    until = ""
    for line in text.split("\n"):
        if until:
            until = "" if line.strip() == until else until
            continue
        if going_on:
            going_on = line.endswith("\\")
            commands[-1] = f"{commands[-1]} {line.rstrip(chr(92)).strip()}"
            continue
        match = _COMMAND.match(line)
        if not match or line.split(maxsplit=1)[0] in _CONTROL:
            continue
        if here := re.search(r"<<-?\s*['\"]?(\w+)", line):
            until = here[1]
        going_on = line.endswith("\\")
        commands.append(line.rstrip("\\").strip())
    return _tidy(commands)


def _cmdlets(text: str) -> tuple[str, ...]:
    """Lines of a PowerShell script that call a cmdlet at the margin, with those that they go on over."""
    commands: list[str] = []
    going_on = False
    for line in text.split("\n"):
        if going_on:
            commands[-1] = f"{commands[-1]} {line.rstrip('` ').strip()}"
        elif _CMDLET.match(line):
            commands.append(line.rstrip("` ").strip())
        else:
            continue
        going_on = line.rstrip().endswith(("|", "`")) and len(commands[-1]) < MAX_COMMAND
    return _tidy([command for command in commands if not command.endswith(("{", "(", "@", ","))])


def _tidy(commands: list[str]) -> tuple[str, ...]:
    telling = (
        line
        for line in commands
        if len(line) > 1 and line[0] != "#" and line.split()[0] not in _MOVES and not _ECHO(line)
    )
    return tuple(dict.fromkeys(command[:MAX_COMMAND] for command in telling))[:MAX_COMMANDS]


# What tools print on the way to what was asked for.
_PROGRESS = expression(
    r"(?:Compiling|Finished|Running|Updating|Download(?:ing|ed)|Checking|Collecting|Install(?:ing|ed)|Building|Fetching"
    r"|Resolv(?:ing|ed)|Blocking|Requirement already|Successfully|Using cached)\b(?! on\b)|-+>|\d+%"
).match


# Left out where it is shown, and prompts that show nothing but themselves.
_ELISION = re.compile(r"[-.…\s]*(?:snip[-.…\s]*)?\Z|(?:\[[^\]]*\]:? ?)?PS\b[^>]*>.*").match


_RULE = re.compile(r"\s*-{2,}(?:\s+-{2,})*\s*\Z").match  # below the heads of a table's columns


def _says_nothing(line: str) -> bool:
    return _PROGRESS(line) is not None or _ELISION(line) is not None


# A line that says something by itself: words, and neither columns, a field of a record nor part of a data structure.
_MESSAGE = re.compile(r"(?!.*(?:\w {2,}\S|\t| : |\d{4,}[,;]))[ ]*[^\W_][^\s{}]*(?: [^\s{}]+){3,}")


def _shown(outputs: Iterable[list[str]]) -> tuple[str, ...]:
    """What each of the outputs says: its only line, or its first if that is a message. The head of a table or a field of
    a record says little without the others."""
    kept: list[str] = []
    for lines in outputs:
        telling = [line for line in islice(lines, 200) if line.strip() and not _says_nothing(line.strip())]
        if any(map(_RULE, islice(lines, 200))):
            continue  # a table
        if len(telling) > 1:
            telling = [line for line in telling[:1] if _MESSAGE.match(line)]
        text = " ".join("".join(telling).split())
        if len(text) > SHORT and any(map(str.isalpha, text)):
            kept.append(text[:MAX_COMMAND])
        if len(kept) == MAX_OUTPUT:
            break
    return tuple(kept)


def _doctests(text: str) -> tuple[str, tuple[str, ...], int]:
    """Return the code behind the prompts, the output, and the number of examples of a Python session."""
    outputs: list[list[str]] = [[]]
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith(">>>"):
            outputs.append([])
        elif not stripped.startswith("..."):
            outputs[-1].append(line)
    return "\n".join(session_source(text)), _shown(outputs), len(outputs) - 1
