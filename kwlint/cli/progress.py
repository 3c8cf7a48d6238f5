"""A progress bar on a terminal, for work that takes more than half a second."""

from __future__ import annotations

import sys
from time import monotonic

DELAY = 0.5  # seconds
INTERVAL = 0.1  # seconds
CELLS = 24


class Bar:
    """A progress bar on standard error. Call it with the number of documents done and their total."""

    def __init__(self) -> None:
        self._start = monotonic()
        self._last_drawn = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Draw the bar, unless it was drawn a moment ago."""
        now = monotonic()
        if now - self._start < DELAY or now - self._last_drawn < INTERVAL:
            return
        self._last_drawn = now
        print(f"\r\x1b[K{line(done, total, now - self._start)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the bar from the screen."""
        if self._last_drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._last_drawn = 0.0


def line(done: int, total: int, seconds: float) -> str:
    """Return the bar as text, with the number of documents, documents per second, and seconds left."""
    share = min(1.0, done / total) if total else 1.0
    full = int(share * CELLS)
    rate = done / seconds if seconds > 0 else 0.0
    left = f", {round((total - done) / rate)} s left" if rate > 0 and done < total else ""
    return f"[{'=' * full}{' ' * (CELLS - full)}] {done}/{total} documents, {rate:.0f}/s{left}"
