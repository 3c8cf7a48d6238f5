"""Finds names in code blocks: what they define, import and run, and the options that a command's help lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kwlint.keywords.patterns import shape, words
from kwlint.model.document import Document, Fence
from kwlint.text.code_definitions import OTHER, definitions, has_definitions, imports, language_of

MOST_CODE = 20_000  # characters of one fence that are read
FEWEST_LISTED = 2  # options of a command's help

# The group of the index for each kind of definition in `data/code.toml`; other kinds are not indexed.
GROUP_OF = {
    "class": "class", "struct": "class", "enum": "class", "trait": "class", "interface": "class", "type": "class",
    "function": "function", "method": "function", "procedure": "function", "module": "module",
}  # fmt: skip


class CodeName(NamedTuple):
    """A name found in code, its group, and its section.

    `use` is `defined` by the code, `local` to it (a variable), `used` by it, or `listed` as an option in the help that
    a command prints.
    """

    text: str
    group: str
    section: int
    use: str


def names(document: Document) -> Iterator[CodeName]:
    """Yield the names in the fences of a document."""
    for fence in document.fences:
        code = fence.text[:MOST_CODE]
        is_shell = fence.lang in words("shell")
        if is_shell or not fence.lang or fence.lang in words("help"):
            yield from _options(document, fence, code)
        if fence.lang in words("prose"):
            continue
        language = language_of(fence)
        language = language if has_definitions(language) else OTHER
        if not (is_shell and language == OTHER):
            yield from _definitions(language, code, fence.section)
        yield from _commands(code, fence.section) if is_shell else _used(language, code, fence.section)


def _options(document: Document, fence: Fence, code: str) -> Iterator[CodeName]:
    """Yield the options that the help of a command lists, except those that every command of a family has."""
    heading = document.headings[fence.section - 1].text.lower() if fence.section else ""
    listed = shape("listed-option").findall(code)
    if len(listed) >= FEWEST_LISTED and "inherited" not in heading and "global" not in heading:
        for option in listed:
            if option != "--help":
                yield CodeName(option, "command", fence.section, "listed")


def _definitions(language: str, code: str, section: int) -> Iterator[CodeName]:
    """Yield the names that a code block defines."""
    for kind, text in definitions(language, code):
        name = text.rstrip(":.-")
        if kind in GROUP_OF and len(name) > 2 and name.lower() not in words("sample"):
            yield CodeName(name, GROUP_OF[kind], section, "defined")


def _used(language: str, code: str, section: int) -> Iterator[CodeName]:
    """Yield the modules that a code block imports, and its variables."""
    for name in imports(language, code):
        yield CodeName(name, "module", section, "used")
    for match in shape("variable").finditer(code):
        yield CodeName(match[1] or match[2], "", section, "local")


def _commands(code: str, section: int) -> Iterator[CodeName]:
    """Yield the programs that a session runs, with a subcommand if there is one."""
    for match in shape("prompt").finditer(code):
        program, subcommand = match.groups()
        if program not in words("sample"):
            yield CodeName(f"{program} {subcommand}" if subcommand else program, "command", section, "used")
