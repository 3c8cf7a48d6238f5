"""Killed and interrupted runs: the next run completes their work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT

from kwlint.repo import files

TOTAL = 40


def make_repository(root: Path) -> Lab:
    lab = Lab(root)
    for number in range(TOTAL):
        text = f"# Document {number}\n\nThe **rate limiter {number}** and `limit_{number}`.\n\n"
        lab.write(f"docs/d{number}.md", f"{text}See [x](d{number + 1}.md).\n")
    lab.stage()
    return lab


def start(lab: Lab) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kwlint", "--fix", "--exit-zero", "-q"]
    return subprocess.Popen(
        command,
        cwd=lab.root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def pages(lab: Lab) -> dict[str, bytes]:
    root = lab.root / "kwdocs"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def wait_for_pages(lab: Lab, run: subprocess.Popen[bytes], count: int) -> None:
    """Wait until there are that many pages, or the run has ended."""
    folder = lab.root / "kwdocs/docs"
    while run.poll() is None and (not folder.is_dir() or sum(1 for _ in folder.iterdir()) < count):
        os.sched_yield()


@pytest.fixture(scope="module")
def complete_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    lab = make_repository(tmp_path_factory.mktemp("complete_pages") / "repository")
    lab.fix()
    return pages(lab)


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="waits with sched_yield")
@pytest.mark.parametrize("count", [1, 25, 70])
def test_killed_fix_is_completed_by_the_next(tmp_path: Path, count: int, complete_pages: dict[str, bytes]) -> None:
    lab = make_repository(tmp_path / "repository")
    run = start(lab)
    wait_for_pages(lab, run, count)
    with suppress(ProcessLookupError):  # it has already ended
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    for path, data in pages(lab).items():
        if not files.is_temporary(path):
            assert complete_pages[path] == data
    second = start(lab)
    assert second.communicate()[1] == b""
    assert pages(lab) == complete_pages


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="waits with sched_yield")
def test_interrupted_fix_prints_one_line_and_leaves_complete_pages(
    tmp_path: Path, complete_pages: dict[str, bytes]
) -> None:
    lab = make_repository(tmp_path / "repository")
    run = start(lab)
    wait_for_pages(lab, run, 10)
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGINT)
    errors = run.communicate()[1].decode()
    # If the signal arrives while Python runs generated code, such as that of a named tuple, it ends the process.
    interrupted = [(status, "kwlint: interrupted\n") for status in (130, -signal.SIGINT)]
    # After the last page, nothing is left to interrupt.
    assert (run.returncode, errors) in [*interrupted, (-signal.SIGINT, ""), (0, "")]
    assert all(complete_pages[path] == data for path, data in pages(lab).items())
