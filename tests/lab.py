"""A temporary git repository on which a test runs git and kwlint's pipeline."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.config import Config
from kwlint.engine import fixes, pipeline
from kwlint.engine.cache_folder import cache_folder
from kwlint.engine.request import Request
from kwlint.engine.shard import Shard, keeps_shared_pages
from kwlint.engine.store_file import StoreFile
from kwlint.repo import git

if TYPE_CHECKING:
    from kwlint.model.problem import Problem


class Lab:
    """A git repository at `root`, which is created if needed."""

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = config or Config()
        root.mkdir(parents=True, exist_ok=True)
        if not (root / ".git").exists():
            self.git("init", "-q", "-b", "main")

    @property
    def cache(self) -> Path:
        """The folder of the cache."""
        return Path(str(cache_folder(str(self.root))))

    def seal_the_cache(self) -> None:
        """Make the checksum that of the store as it is, whatever was done to it."""
        file = StoreFile(str(self.cache / "store.sqlite"))
        file.write_sum()
        file.close()

    def git(self, *arguments: str) -> str:
        """Run git, and return its output. Raises CalledProcessError if git fails."""
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
        """Write a file in the working tree."""
        full_path = self.root / path
        full_path.parent.mkdir(parents=True, exist_ok=True)
        full_path.write_bytes(text if isinstance(text, bytes) else text.encode())

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
        """Run a check, and return its problems."""
        return self.result(*paths, **options).problems

    def result(self, *paths: str, **options: object) -> pipeline.Result:
        request = Request(paths=paths, jobs=1, shard=self.shard())._replace(**options)
        return pipeline.check(git.open_repository(self.root), self.config, request)

    def shard(self, *, shared: bool = False) -> Shard:
        """Return the pages that a run keeps; `shared` stands for the option `--shared`."""
        return Shard(shared=keeps_shared_pages(self.config, asked=shared))

    def fix(self, *, unsafe: bool = False, stage: bool = False, shared: bool = False) -> fixes.Repair:
        """Fix everything that can be fixed."""
        repository = git.open_repository(self.root)
        request = Request(jobs=1, texts=True, shard=self.shard(shared=shared))
        problems = pipeline.check(repository, self.config, request).problems
        return fixes.repair(repository, self.config, request, problems, unsafe=unsafe, stage=stage)

    def settle(self) -> None:
        """Fix and commit, so that all pages are up to date."""
        self.stage()
        self.fix()
        self.commit()

    def moved(self) -> list[str]:
        """Return the pages that differ from the last commit, as paths below the output folder."""
        names = self.git("status", "--porcelain", "-uall", "--no-renames", "-z", "--", "kwdocs").split("\0")
        return sorted(name[3:].removeprefix("kwdocs/") for name in names if name)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return the code and path of each problem."""
    return [(problem.code, problem.path) for problem in problems]
