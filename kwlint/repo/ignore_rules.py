"""What the `.gitignore` files of a repository name.

Only the files that git tracks count, so that the answer is the same in every clone; git itself also reads files of the
user and of the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAME = ".gitignore"


class IgnoreRules:
    """The rules of the `.gitignore` files among `paths`. They are read when they are first needed."""

    def __init__(self, paths: Iterable[str], read: Callable[[str], bytes | None]) -> None:
        self._paths = paths
        self._read = read

    @cached_property
    def _rules(self) -> dict[str, GitIgnoreSpec]:
        """The rules by the folder that they are for."""
        from pathspec import GitIgnoreSpec

        rules: dict[str, GitIgnoreSpec] = {}
        for path in self._paths:
            folder, _, name = path.rpartition("/")
            data = self._read(path) if name == NAME else None
            if data is not None:
                lines = data.decode("utf-8", "surrogateescape").splitlines()
                rules[folder] = GitIgnoreSpec.from_lines(line for line in lines if _is_valid(line))
        return rules

    def names(self, path: str) -> bool:
        """Report whether `path` or a folder above it is ignored; a path that ends in `/` is a folder.

        As in git, the rules of a deeper folder come before those above it, and of the rules of one folder the last one
        that matches decides.
        """
        if not self._rules:
            return False
        parts = path.rstrip("/").split("/")
        steps = ["/".join(parts[: end + 1]) + "/" for end in range(len(parts) - 1)]
        return any(self._decides(step) for step in (*steps, path))

    def _decides(self, path: str) -> bool:
        folder = path.rstrip("/").rpartition("/")[0]
        while True:
            spec = self._rules.get(folder)
            if spec is not None:
                decision = spec.check_file(path[len(folder) + 1 :] if folder else path).include
                if decision is not None:
                    return decision
            if not folder:
                return False
            folder = folder.rpartition("/")[0]


def _is_valid(line: str) -> bool:
    """Report whether a line is a pattern that git accepts."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
