"""Run a state machine of the tests for longer than the test suite does; `incremental.py` and `commits.py` use it."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(description: str | None, module: str, name: str, outcome: str) -> int:
    """Run the machine `name` of the tests' `module` as the command line says; return the exit status.

    `outcome` says what holds if no sequence failed. Raises what the machine raises in a sequence that failed.
    """
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=200, help="number of sequences")
    parser.add_argument("--steps", type=int, default=30, help="most steps in a sequence")
    parser.add_argument("--shrink", action="store_true", help="search for the shortest failing sequence (slow)")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    wanted = settings(
        max_examples=options.examples,
        stateful_step_count=options.steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=tuple(Phase) if options.shrink else (Phase.generate,),
    )
    run_state_machine_as_test(getattr(import_module(module), name), settings=wanted)
    print(f"{options.examples} sequences of up to {options.steps} steps: {outcome}")
    return 0
