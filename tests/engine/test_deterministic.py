"""The same documents give the same pages, to the byte, wherever and however kwlint runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT

from kwlint.engine import workers

DOCUMENTS = {
    "README.md": "# Über uns\n\nSee [the guide](docs/guide.md#naïve-café) and [日本語](docs/ja.md).\n",
    "docs/guide.md": "---\ntags: [pool, cache]\n---\n# Guide\n\n## Naïve café\n\nThe **event loop** calls `run_all(x)`."
    "\n\n```python\nimport os\n\nclass Pool:\n    def take(self): ...\n```\n\n| a | b |\n| - | - |\n| `--size` | 3 |\n",
    "docs/ja.md": "# 日本語の文書\n\n設定ファイルを編集します。設定ファイルは重要です。\n\n"
    "## 設定ファイル\n\n`config.yaml` を使います。\n",
    "docs/İstanbul.md": "# İstanbul\n\nTürkçe bir belge. Önbellek ve ÖNBELLEK.\n\n## Önbellek\n\nÖnbellek hızlıdır.\n",
    "docs/sub/ß.md": "# Straße\n\nDie Straße und die STRASSE. Siehe [oben](../guide.md).\n",
}
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Santiago", "PYTHONUTF8": "0"},
]


def pages(lab: Lab) -> dict[str, bytes]:
    root = lab.root / "kwdocs"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def made(root: Path) -> Lab:
    lab = Lab(root)
    for path, text in DOCUMENTS.items():
        lab.write(path, text)
    lab.stage()
    return lab


def run(lab: Lab, surroundings: dict[str, str], *arguments: str, below: str = ".") -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    done = subprocess.run(
        [sys.executable, "-m", "kwlint", "--fix", "--exit-zero", *arguments],
        cwd=lab.root / below,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr


def test_surroundings_do_not_show(tmp_path: Path) -> None:
    labs = [made(tmp_path / str(number)) for number in range(len(SURROUNDINGS))]
    for lab, surroundings in zip(labs, SURROUNDINGS, strict=True):
        run(lab, surroundings)
    first, *others = map(pages, labs)
    assert len(first) > 2 * len(DOCUMENTS)
    assert [other == first for other in others] == [True] * len(others)


def test_working_folder_does_not_show(tmp_path: Path) -> None:
    top, below = made(tmp_path / "top"), made(tmp_path / "below")
    run(top, {})
    run(below, {}, below="docs/sub")
    assert pages(top) == pages(below)


def test_number_of_processes_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(workers, "BATCH", 100)
    lab = made(tmp_path / "repository")
    one = lab.check(texts=True, use_cache=False, jobs=1)
    assert lab.check(texts=True, use_cache=False, jobs=3) == one


def test_second_fix_writes_nothing(tmp_path: Path) -> None:
    lab = made(tmp_path / "repository")
    lab.fix()
    before = pages(lab)
    again = lab.fix()
    assert (again.written, again.deleted, again.edited) == ((), (), ())
    assert pages(lab) == before


def test_pages_hold_no_absolute_path_and_no_carriage_return(tmp_path: Path) -> None:
    lab = made(tmp_path / "repository")
    lab.fix()
    for data in pages(lab).values():
        assert str(tmp_path).encode() not in data
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")
