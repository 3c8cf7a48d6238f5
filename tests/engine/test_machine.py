"""The incremental engine gives the result of a run without cache, whatever happens between two runs."""

from __future__ import annotations

from cache_machine import CacheMachine
from hypothesis import HealthCheck, settings

TestCacheMachine = CacheMachine.TestCase
TestCacheMachine.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
