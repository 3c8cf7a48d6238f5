"""A bar on a terminal for work that takes more than half a second."""

from __future__ import annotations

import sys
from time import monotonic

DELAY = 0.5  # seconds
INTERVAL = 0.1
CELLS = 24


class Bar:
    """Called with (done, total); draws on standard error, and leaves nothing behind."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._drawn = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        now = monotonic()
        if now - self._began < DELAY or now - self._drawn < INTERVAL:
            return
        self._drawn = now
        print(f"\r\x1b[K{line(done, total, now - self._began)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Wipe the bar."""
        if self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._drawn = 0.0


def line(done: int, total: int, seconds: float) -> str:
    """The bar as text: how many of how many, documents per second, seconds left."""
    share = min(1.0, done / total) if total else 1.0
    full = int(share * CELLS)
    rate = done / seconds if seconds > 0 else 0.0
    left = f", {round((total - done) / rate)} s left" if rate > 0 and done < total else ""
    return f"[{'=' * full}{' ' * (CELLS - full)}] {done}/{total} documents, {rate:.0f}/s{left}"
