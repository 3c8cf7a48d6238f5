"""The changes of fixes as a unified diff, in the form that `git apply` accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.model.problem import Delete, Write, edits_by_path
from kwlint.repo.files import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kwlint.model.problem import Problem


def diff(problems: Sequence[Problem], read: Callable[[str], bytes | None], *, unsafe: bool) -> str:
    """Return the changes that the fixes of `problems` make, sorted by path. `read` returns the bytes of a file."""
    return "".join(file_diff(path, before, after) for path, before, after in changes(problems, read, unsafe=unsafe))


def changes(
    problems: Sequence[Problem], read: Callable[[str], bytes | None], *, unsafe: bool
) -> Iterable[tuple[str, bytes | None, bytes | None]]:
    """Yield path, old bytes and new bytes of each changed file, sorted by path. None stands for a file that does not
    exist."""
    from kwlint.text.encoding import apply_edits

    edits = edits_by_path(problems, unsafe=unsafe)
    whole: dict[str, bytes | None] = {}
    for problem in problems:
        action = problem.fix.action if problem.fix and (problem.fix.safe or unsafe) else None
        if isinstance(action, Write):
            whole[action.path] = action.text.encode("utf-8", "surrogatepass")
        elif isinstance(action, Delete):
            whole[action.path] = None
    for path in sorted({*edits, *whole}):
        before = read(path)
        after = apply_edits(before or b"", edits[path]) if path in edits else whole[path]
        if before != after:
            yield path, before, after


def file_diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """Return the change of one file. None stands for a file that does not exist."""
    from difflib import unified_diff

    name = shown(path)
    lines = unified_diff(
        _lines(before),
        _lines(after),
        "/dev/null" if before is None else f"a/{name}",
        "/dev/null" if after is None else f"b/{name}",
    )
    kind = "new file mode 100644\n" if before is None else "deleted file mode 100644\n" if after is None else ""
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return f"diff --git a/{name} b/{name}\n{kind}{body}"


def _lines(data: bytes | None) -> list[str]:
    """Return the lines with their ends, split at `\\n` alone, as git does. Invalid UTF-8 becomes surrogates."""
    text = (data or b"").decode("utf-8", "surrogateescape")
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
