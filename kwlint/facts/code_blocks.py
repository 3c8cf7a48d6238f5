"""What code blocks define, import, show, run and print."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kwlint.facts.code_idioms import idioms
from kwlint.facts.shell_sessions import python_session, session
from kwlint.model.facts import Sample
from kwlint.text.code_definitions import canonical_name, definitions, imports, is_language, language_of
from kwlint.text.knowledge import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.document import Document, Fence

MAX_TEXT = 60_000  # characters of one block that are read
MAX_NAMES = 40
MAX_PATH = 200

Names = tuple[tuple[str, str], ...]


def samples(document: Document) -> tuple[Sample, ...]:
    """Return what each code block of the document shows, in order."""
    result = [_sample(document, fence) for fence in document.fences]
    if "{* " in document.text or "--8<--" in document.text:
        result += _transclusions(document)
        result.sort(key=lambda sample: sample.line)
    return tuple(result)


def _sample(document: Document, fence: Fence) -> Sample:
    language = language_of(fence)
    code = fence.text[:MAX_TEXT]
    commands: tuple[str, ...] = ()
    doctests = 0
    if language == "python" and ">>> " in code:
        code, output, doctests = python_session(code)
    else:
        commands, output = session(language, code)
    return Sample(
        lang=language,
        section=fence.section,
        line=bisect_right(document.line_starts, fence.start),
        lines=own_lines(fence),
        defines=_defines(language, "\n".join(commands) if language == "console" else code, fence),
        imports=tuple(imports(language, code)[:MAX_NAMES]),
        commands=commands,
        output=output,
        doctests=doctests,
    )


def _defines(language: str, code: str, fence: Fence) -> Names:
    """Return the definitions of a block, the idioms that it shows, and the files that its text is taken from."""
    shown = tuple(("idiom", idiom) for idiom in idioms(language, code))
    included = tuple(("include", path) for path in _included(fence))
    return (*definitions(language, code)[:MAX_NAMES], *shown, *included)


# --- code from other files --------------------------------------------------------------------------------------------


def own_lines(fence: Fence) -> int:
    """Return the number of lines of a block that are not taken from other files."""
    return max(0, (fence.text.count("\n") or bool(fence.text)) - len(_included(fence)))


def _includes(text: str) -> Iterator[re.Match[str]]:
    return pattern("code", "include", re.MULTILINE).finditer(text)


def _included(fence: Fence) -> list[str]:
    """Return the files that a block's text is taken from."""
    if fence.lang in ("literalinclude", "include"):
        words = fence.info.replace("}", "} ").split()
        return words[1:2]
    if "{{#" not in fence.text and "8<" not in fence.text:
        return []
    return [match[match.lastindex or 0][:MAX_PATH] for match in _includes(fence.text[:MAX_TEXT])]


def _transclusions(document: Document) -> Iterator[Sample]:
    """Yield a sample for each file whose code the text includes outside of code blocks."""
    starts = [fence.start for fence in document.fences]
    sections = [section.start for section in document.sections]
    for match in _includes(document.text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < document.fences[index].end:
            continue
        path = match[match.lastindex or 0][:MAX_PATH]
        suffix = path.rpartition(".")[2].lower()
        yield Sample(
            lang=canonical_name(suffix) if is_language(suffix) else "",
            section=max(bisect_right(sections, match.start()) - 1, 0),
            line=bisect_right(document.line_starts, match.start()),
            lines=0,
            defines=(("include", path),),
            imports=(),
            commands=(),
            output=(),
            doctests=0,
        )
