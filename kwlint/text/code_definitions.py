"""What code defines and imports, by the patterns per language of `data/code.toml`.

Patterns rather than parsers: samples in documents are fragments with `...` in the middle, and the result must not
depend on the version of Python that runs kwlint, as that of `ast` does. Comments and strings are blanked out first
where a pattern could match inside them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kwlint.text.knowledge import Row, pattern, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.model.document import Fence

OTHER = "other"  # the rows for a language that has none of its own
LONGEST_NAME = 120  # characters
_DIRECTIVES = frozenset(("code", "code-block", "sourcecode", "code-cell"))


class _Pattern(NamedTuple):
    """A row with its compiled pattern. The last group that matches is the name."""

    kind: str
    pattern: re.Pattern[str]
    separator: str


@cache
def _languages() -> dict[str, Row]:
    return {row.text("name"): row for row in table("code", "language")}


@cache
def _canonical_names() -> dict[str, str]:
    names = {alias: name for name, row in _languages().items() for alias in row.words("aliases")}
    return names | {name: name for name in _languages() if name != OTHER}


def canonical_name(name: str) -> str:
    """Return the canonical name of a language (`python` for `py3`), or `name` itself if it is not known."""
    return _canonical_names().get(name, name)


def is_language(name: str) -> bool:
    """Report whether `name` is the canonical name or an alias of a language in the table."""
    return name in _canonical_names()


def language_of(fence: Fence) -> str:
    """Return the canonical name of a block's language, or an empty string if it is not known.

    Without an info string, the prompt in the first line decides.
    """
    name = fence.lang
    if name in _DIRECTIVES:
        name = next(iter(fence.info.replace("}", "} ").split()[1:]), "").lower()
    name = name.split(",")[0].strip("{}.")[:40]
    if name:
        return canonical_name(name)
    start = fence.text[:200].lstrip()
    if start.startswith("$ "):
        return "console"
    if start.startswith(">>> "):
        return "python"
    prompt = pattern("shell", "powershell-prompt", re.NOFLAG).match(start)
    return "powershell" if prompt and "PS" in prompt[0] else ""


@cache
def _patterns(language: str, kind_of_row: str) -> tuple[_Pattern, ...]:
    """Return the rows of the table `kind_of_row` for a language, its own before those of the language it extends."""
    row = _languages().get(language)
    if row is None:
        return ()
    modifiers = row.text("modifiers")
    own = tuple(
        _Pattern(
            entry.text("kind"),
            re.compile(entry.text("pattern").replace("<modifiers>", modifiers), re.MULTILINE),
            entry.text("separator"),
        )
        for entry in table("code", kind_of_row)
        if entry.text("language") == language
    )
    return own + (_patterns(row.text("extends"), kind_of_row) if row.text("extends") else ())


@cache
def _ignored(language: str) -> re.Pattern[str] | None:
    row = _languages().get(language)
    return re.compile(row.text("ignored")) if row and row.text("ignored") else None


def _blanked(language: str, code: str) -> str:
    """Return `code` without comments and strings; line breaks stay."""
    ignored = _ignored(language)
    return ignored.sub(lambda match: "\n" * match[0].count("\n") or " ", code) if ignored else code


def has_definitions(language: str) -> bool:
    """Report whether the table holds patterns of definitions for a language."""
    return bool(_patterns(language, "definition"))


def definitions(language: str, code: str) -> list[tuple[str, str]]:
    """Return what `code` defines as (kind, name) in the order of the text, each pair once.

    Kinds are those of the language (`class`, `function`, `method`, `table`, ...), and `key` in data. `language` is a
    canonical name.
    """
    if language == "python" and ">>> " in code:
        code = "\n".join(session_source(code))
    code = _blanked(language, code)
    starts: dict[tuple[str, str], int] = {}
    for kind, compiled, _ in _patterns(language, "definition"):
        for match in compiled.finditer(code):
            name = (match[match.lastindex or 0] or "").strip("\"'[]`")
            if name:
                starts.setdefault((kind, name), match.start())
    ordered = sorted(starts, key=lambda entry: (starts[entry], entry))
    return [(kind, name[:LONGEST_NAME]) for kind, name in ordered]


def imports(language: str, code: str) -> list[str]:
    """Return the modules, files and packages that `code` imports, in the order of the text, each once."""
    if language == "python":
        code = _blanked(language, code)
    if language == "go" and "import" not in code:
        return []
    starts: dict[str, int] = {}
    for _, compiled, separator in _patterns(language, "import"):
        for match in compiled.finditer(code):
            for name in _imported(match[match.lastindex or 0], separator):
                starts.setdefault(name, match.start())
    return sorted(starts, key=lambda name: (starts[name], name))


def _imported(text: str, separator: str) -> Iterable[str]:
    if separator:
        return [part.split(" as ")[0].strip() for part in text.split(separator) if part.strip()]
    return [text[:200]] if text else []


def session_source(text: str) -> Iterator[str]:
    """Yield the lines of code behind the prompts of a Python session."""
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith((">>>", "...")):
            yield stripped[4:]
