"""A git repository of its own for a test, with kwlint run on it as a user would."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.config import Config
from kwlint.engine import pipeline
from kwlint.engine.request import Request
from kwlint.repo import git

if TYPE_CHECKING:
    from kwlint.model.problem import Problem


class Lab:
    """A repository at `root`; `git` and the pipeline run on it."""

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = config or Config()
        root.mkdir(parents=True, exist_ok=True)
        if not (root / ".git").exists():
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """What git prints; fails the test where git fails."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {
            "HOME": str(self.root.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Test",
            "GIT_AUTHOR_EMAIL": "test@example.org",
            "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.org",
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def write(self, path: str, text: str | bytes) -> None:
        """A file in the working tree."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def stage(self) -> None:
        self.git("add", "-A")

    def commit(self, message: str = "change") -> None:
        self.stage()
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def check(self, *paths: str, **options: object) -> tuple[Problem, ...]:
        """The problems of a check."""
        return self.result(*paths, **options).problems

    def result(self, *paths: str, **options: object) -> pipeline.Result:
        request = Request(paths=paths, jobs=1)._replace(**options)
        return pipeline.check(git.open_repository(self.root), self.config, request)

    def fix(self, *, unsafe: bool = False, stage: bool = False) -> pipeline.Repair:
        """Everything repaired that can be."""
        repository = git.open_repository(self.root)
        request = Request(jobs=1, texts=True)
        problems = pipeline.check(repository, self.config, request).problems
        return pipeline.repair(repository, self.config, request, problems, unsafe=unsafe, stage=stage)

    def settle(self) -> None:
        """Repair and commit, so that nothing is left to do about pages."""
        self.stage()
        self.fix()
        self.commit()

    def moved(self) -> list[str]:
        """The pages that differ from the last commit, without the output folder's name."""
        names = self.git("status", "--porcelain", "-uall", "--no-renames", "-z", "--", "kwdocs").split("\0")
        return sorted(name[3:].removeprefix("kwdocs/") for name in names if name)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Code and path of each problem."""
    return [(problem.code, problem.path) for problem in problems]
