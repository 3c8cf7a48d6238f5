"""Run the state machine of the incremental engine for longer than the test suite does.

    python benchmarks/incremental.py --examples 200 --steps 30

The machine changes a repository at random and compares, after each step, the results of runs with and without a cache.
The exit status is 0 if they never differed; otherwise the failing sequence is printed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> int:
    """Run the machine; return the exit status."""
    from cache_machine import CacheMachine
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=200, help="number of sequences")
    parser.add_argument("--steps", type=int, default=30, help="most steps in a sequence")
    parser.add_argument("--shrink", action="store_true", help="search for the shortest failing sequence (slow)")
    options = parser.parse_args()
    wanted = settings(
        max_examples=options.examples,
        stateful_step_count=options.steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=tuple(Phase) if options.shrink else (Phase.generate,),
    )
    run_state_machine_as_test(CacheMachine, settings=wanted)
    print(f"{options.examples} sequences of up to {options.steps} steps: no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
