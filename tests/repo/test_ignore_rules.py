from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kwlint.repo.ignore_rules import IgnoreRules

RULES = {
    ".gitignore": "/out/\n*.gen.md\n!keep.gen.md\nbuilt\n# no\n\ndocs/*/api.md\n",
    "docs/.gitignore": "made.md\n!built\n/one.md\n",
}
PATHS = [
    "out/a.md", "docs/out/a.md", "x.gen.md", "docs/x.gen.md", "keep.gen.md", "built", "a/built/x.md", "docs/built",
    "docs/made.md", "docs/deep/made.md", "made.md", "docs/one.md", "docs/deep/one.md", "docs/v1/api.md", "docs/api.md",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_rules_are_read_as_git_reads_them(tmp_path: Path, path: str) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name, text in RULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    git = subprocess.run(["git", "-C", str(tmp_path), "check-ignore", "-q", "--no-index", path], check=False)
    rules = IgnoreRules(RULES, lambda name: RULES[name].encode())
    assert rules.names(path) == (git.returncode == 0)


def test_without_rules() -> None:
    assert not IgnoreRules(["a.md"], lambda _: None).names("a.md")
