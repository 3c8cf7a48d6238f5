"""Run the state machine of commits for longer than the test suite does.

    python benchmarks/commits.py --examples 200 --steps 30

The machine runs git commands at random and commits with a hook. Each commit that passes is checked in a fresh clone.
The exit status is 0 if all of them were right; otherwise the failing sequence is printed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> int:
    """Run the machine; return the exit status."""
    from commit_machine import CommitMachine
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
    run_state_machine_as_test(CommitMachine, settings=wanted)
    print(f"{options.examples} sequences of up to {options.steps} steps: each commit was right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
