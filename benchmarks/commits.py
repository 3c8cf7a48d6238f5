"""Run the state machine of commits for longer than the test suite does.

    python benchmarks/commits.py --examples 200 --steps 30

The machine runs git commands at random and commits with a hook. Each commit that passes is checked in a fresh clone.
The exit status is 0 if all of them were right; otherwise the failing sequence is printed.
"""

from __future__ import annotations

import sys

from machine import run

if __name__ == "__main__":
    sys.exit(run(__doc__, "commit_machine", "CommitMachine", "each commit was right"))
