"""Each folder below `cases/KW…` is a test: checking `before` reports `expected.txt`, and fixing it gives `after`, in
which no fixable problem remains.

`earlier`, if present, was committed before `before` replaced it; `untracked` is only on disk. Cases whose fixes are
unsafe have names that end in `-unsafe`. `KWLINT_WRITE_CASES=1` writes missing `expected.txt` and `after`: review them
before you commit them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from paths import CASES

from kwlint.config import Config
from kwlint.model.problem import Problem
from tests.lab import Lab

NAMES = sorted(f"{case.parent.name}/{case.name}" for case in CASES.glob("KW*/*"))
WRITE = os.environ.get("KWLINT_WRITE_CASES")
CONFIG = Config(pages=(), select=("KW1", "KW2"))


def lines(problems: tuple[Problem, ...]) -> list[str]:
    formatted = []
    for one in problems:
        fix = "" if one.fix is None else " [safe]" if one.fix.safe else " [unsafe]"
        hint = f" ({one.hint})" if one.hint else ""
        formatted.append(f"{one.path}:{one.line}:{one.column}: {one.code} {one.message}{hint}{fix}")
    return formatted


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def prepared(case: Path, root: Path) -> Lab:
    lab = Lab(root, CONFIG)
    if (case / "earlier").exists():
        shutil.copytree(case / "earlier", root, dirs_exist_ok=True)
        lab.commit()
        for path in tree(root):
            lab.remove(path)
    shutil.copytree(case / "before", root, dirs_exist_ok=True)
    lab.stage()
    if (case / "untracked").exists():
        shutil.copytree(case / "untracked", root, dirs_exist_ok=True)
    return lab


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    case = CASES / name
    lab = prepared(case, tmp_path / "repository")
    reported = lines(lab.check(texts=True))
    unsafe = name.endswith("-unsafe")
    lab.fix(unsafe=unsafe)
    after = tree(lab.root)
    for path in tree(case / "untracked") if (case / "untracked").exists() else ():
        del after[path]
    if WRITE and not (case / "expected.txt").exists():
        (case / "expected.txt").write_text("".join(f"{line}\n" for line in reported), encoding="utf-8")
        if after != tree(case / "before"):
            for path, data in after.items():
                (case / "after" / path).parent.mkdir(parents=True, exist_ok=True)
                (case / "after" / path).write_bytes(data)
    assert reported == (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    expected = case / ("after" if (case / "after").exists() else "before")
    assert after == tree(expected)
    remaining = [one for one in lab.check(texts=True) if one.fix is not None and (one.fix.safe or unsafe)]
    assert remaining == []
