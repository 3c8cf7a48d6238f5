"""Every test has a home of its own, and nothing of the git around it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path


# How long an example takes says nothing on a machine that does other things besides.
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
    """The home folder that all tests share."""
    place = factory.getbasetemp() / "home"
    place.mkdir(exist_ok=True)
    return place
