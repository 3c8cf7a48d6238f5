"""Names from code: what fences define, import, run and list as help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kwlint.model.document import Document, Fence
from kwlint.text.code_definitions import OTHER, definitions, has_definitions, language_of

MOST_CODE = 20_000  # characters of one fence that are read
SHELLS = frozenset([
    "sh", "bash", "shell", "zsh", "console", "terminal", "shell-session", "shellsession", "ps1con", "cmd", "bat",
])  # fmt: skip
PROSE = frozenset([
    "text", "txt", "output", "markdown", "md", "mermaid", "json", "yaml", "yml", "toml", "xml", "html", "diff", "csv",
    "none", "plaintext", "log",
])  # fmt: skip
HELP = SHELLS | {"", "text", "txt", "output", "plaintext", "none", "help", "usage"}  # what commands print stands in
FEWEST_LISTED = 2  # options of a listing

_IMPORTS = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w.]+)|use[ \t]+(\w+(?:::\w+)*)|using[ \t]+(?:module[ \t]+)?([\w.]+)[ \t]*(?:;[ \t]*)?$|#include[ \t]*[<\"]([\w./]+)[>\"]|Import-Module[ \t]+(?:-Name[ \t]+)?([\w.]+))",  # noqa: E501
    re.M,
)
_VARIABLES = re.compile(r"^[ \t]*(?:(?:let|const|var)[ \t]+(?:mut[ \t]+)?(\w+)|(\$[A-Za-z]\w*)[ \t]*=(?!=))", re.M)
_TYPEDEF = re.compile(r"^\}[ \t]*(\w+)(?:,[ \t]*\*(\w+))?[ \t]*;", re.M)
_PROMPT = re.compile(
    r"^[ \t]*(?:[$%#>][ \t]+|PS[^>\n]{0,40}>[ \t]*)?((?:sudo[ \t]+)?[a-z][\w.-]{1,20})(?:[ \t]+([a-z][a-z-]{2,20})(?![\w./=:]))?",  # noqa: E501
    re.M,
)
_LISTED = re.compile(r"^[ \t]+(?:-\w,? +)?(--[a-z][\w-]+)(?=[ =\[<]|$)", re.M)  # `  -f, --file string   what it is`
_INHERITED = re.compile(r"\b(?:inherited|global)\b", re.I)  # options that every command of a family has

# The group of the index for each kind of definition in `data/code.toml`; other kinds are not indexed.
GROUP_OF = {
    "class": "class", "struct": "class", "enum": "class", "trait": "class", "interface": "class", "type": "class",
    "function": "function", "method": "function", "procedure": "function", "module": "module",
}  # fmt: skip
COMMON = frozenset([
    "main", "test", "foo", "bar", "baz", "example", "setup", "init", "run", "new", "get", "set", "name", "self",
    "this", "value", "data", "cd", "ls", "echo", "cat",
])  # fmt: skip

# Programs that any page may run, and those that any page may install with.
EVERYWHERE = frozenset([
    "cat", "cd", "chmod", "chown", "cp", "curl", "echo", "export", "kill", "ls", "mkdir", "mv", "rm", "source", "sudo",
    "touch", "wget", "which",
])  # fmt: skip
INSTALLERS = frozenset(["apt", "apt-get", "brew", "bun", "dnf", "npm", "npx", "pip", "pip3", "pnpm", "yarn", "yum"])
INSTALL = frozenset(["add", "create", "dlx", "exec", "i", "install", "run"])


class CodeName(NamedTuple):
    """A name found in code, its group, and its section. `use` is `used`, `defined` by the code, `local` to it (a
    variable), or `listed` for the reader: an option in what a command prints as its help."""

    text: str
    group: str
    section: int
    use: str


def names(document: Document) -> Iterator[CodeName]:
    """The names in a document's fences."""
    for fence in document.fences:
        if fence.lang in HELP and not (fence.section and _INHERITED.search(document.headings[fence.section - 1].text)):
            yield from _options(fence.text[:MOST_CODE], fence.section)
        if fence.lang not in PROSE:
            yield from _definitions(fence)
            yield from _fence_names(fence.text[:MOST_CODE], fence.lang, fence.section)


def _options(code: str, section: int) -> Iterator[CodeName]:
    """The options that a command's help lists, a line each."""
    listed = _LISTED.findall(code)
    if len(listed) >= FEWEST_LISTED:
        for option in listed:
            if option != "--help":
                yield CodeName(option, "command", section, "listed")


def _definitions(fence: Fence) -> Iterator[CodeName]:
    """Yield the names that a code block defines."""
    language = language_of(fence)
    if not has_definitions(language):
        if fence.lang in SHELLS:
            return
        language = OTHER
    for kind, text in definitions(language, fence.text[:MOST_CODE]):
        name = text.rstrip(":.-")
        if kind in GROUP_OF and len(name) > 2 and name.lower() not in COMMON:
            yield CodeName(name, GROUP_OF[kind], fence.section, "defined")


def _fence_names(code: str, lang: str, section: int) -> Iterator[CodeName]:
    if lang in SHELLS:
        for match in _PROMPT.finditer(code):
            command, sub = match.groups()
            if command not in COMMON:
                yield CodeName(f"{command} {sub}" if sub else command, "command", section, "used")
        return
    for match in _IMPORTS.finditer(code):
        name = next(filter(None, match.groups()))
        if len(name) > 1:
            yield CodeName(name, "module", section, "used")
    for match in _VARIABLES.finditer(code):
        yield CodeName(match[1] or match[2], "", section, "local")
    if "typedef" in code:
        for match in _TYPEDEF.finditer(code):
            for name in filter(None, match.groups()):
                yield CodeName(name, "class", section, "defined")
