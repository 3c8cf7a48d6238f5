"""Fixtures for all tests: a separate home folder, and no settings of git or CI from the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path


# The time of one example means little on a busy machine.
settings.register_profile("kwlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kwlint")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "KWLINT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home(tmp_path_factory)))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")


def home(factory: pytest.TempPathFactory) -> Path:
    """Return the home folder of all tests in this process."""
    folder = factory.getbasetemp() / "home"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def without_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start programs without coverage measurement, which imports modules of its own: for tests that check imports."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
