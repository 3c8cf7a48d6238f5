"""The command line in this process, on a repository that a test made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli import main

if TYPE_CHECKING:
    import pytest
    from lab import Lab


class Shell:
    """kwlint on a repository, as a user runs it."""

    def __init__(self, lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
        self.lab = lab
        self.capsys = capsys
        self.out = ""
        self.err = ""

    def __call__(self, *arguments: str) -> int:
        status = main.main(["-j1" if word == "-j1" else word for word in arguments])
        self.out, self.err = self.capsys.readouterr()
        return status
