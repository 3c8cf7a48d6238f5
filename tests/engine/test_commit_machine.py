"""A commit that the hook lets through is right in a clone, after any sequence of git commands. `benchmarks/commits.py`
runs more of them."""

from __future__ import annotations

from commit_machine import CommitMachine
from hypothesis import settings

TestCommitMachine = CommitMachine.TestCase
TestCommitMachine.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
