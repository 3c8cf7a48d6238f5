"""Run the state machine of the incremental engine for longer than the test suite does.

    python benchmarks/incremental.py --examples 200 --steps 30

The machine changes a repository at random and compares, after each step, the results of runs with and without a cache.
The exit status is 0 if they never differed; otherwise the failing sequence is printed.
"""

from __future__ import annotations

import sys

from machine import run

if __name__ == "__main__":
    sys.exit(run(__doc__, "cache_machine", "CacheMachine", "no difference"))
