"""Running and prefetching git: outcomes, and no process left behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import pytest
from lab import Lab

from kwlint.repo import git_process
from kwlint.repo.git_process import Prefetch, SpawnedReader, ThreadedReader

if TYPE_CHECKING:
    from pathlib import Path

BLOCKED = ("hash-object", "pipe")  # waits until a program writes to the pipe


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    lab = Lab(tmp_path / "repo")
    os.mkfifo(lab.root / "pipe")
    monkeypatch.chdir(lab.root)
    return lab


def test_process_is_killed_if_it_cannot_be_fed(lab: Lab) -> None:
    process = git_process.start(lab.root, *BLOCKED, feed=True)
    with process, pytest.raises(TypeError):
        git_process.finish(process, cast("bytes", "text"))
    assert process.returncode == -9


def test_stop_kills_processes(lab: Lab) -> None:
    process = git_process.start(lab.root, *BLOCKED)
    ThreadedReader([process]).stop()
    assert process.returncode == -9


def test_stop_kills_spawned_processes(lab: Lab) -> None:
    reader = SpawnedReader(str(lab.root), [BLOCKED])
    reader.stop()
    assert [process._pid for process in reader._processes if exists(process._pid)] == []


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_failed_spawned_process_runs_again_for_its_message(lab: Lab) -> None:
    ((status, output, errors),) = SpawnedReader(str(lab.root), [("rev-parse", "--verify", "nowhere")]).outcomes()
    assert (status, output) == (128, b"")
    assert b"fatal: Needed a single revision" in errors


def test_failed_opening_runs_again_for_its_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    prefetch = Prefetch(str(tmp_path))
    status, _, errors = prefetch.opening()
    prefetch.status.stop()
    assert status == 128
    assert b"not a git repository" in errors


def test_prefetch_without_posix_spawn(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Prefetch(str(lab.root)).outcomes()
    monkeypatch.delattr(os, "posix_spawnp")
    assert Prefetch(str(lab.root)).outcomes() == expected


@pytest.mark.usefixtures("lab")
def test_prefetch_without_git_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert git_process.prefetch() is None
    assert git_process._current == []
