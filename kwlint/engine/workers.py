"""Work over many documents, in this process or in several.

Results come back in the order of the tasks, so that the number of processes does not affect the result.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# Below this much work (bytes of Markdown) starting processes costs more than it saves.
WORTH_PROCESSES = 600_000
BATCH = 150_000
LARGEST = 4  # batches in one

_setup: tuple[Any, ...] = ()


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_batches(tasks: Iterable[Task], weight: Callable[[Task], int], limit: int = BATCH) -> Iterator[list[Task]]:
    """Split tasks into batches of about `limit` in weight; neighbours of equal weight stay together, up to a few times
    that."""
    batch: list[Task] = []
    total = last = 0
    for task in tasks:
        size = weight(task) + 200
        if total >= limit and (size != last or total >= LARGEST * limit):
            yield batch
            batch, total = [], 0
        batch.append(task)
        total += size
        last = size
    if batch:
        yield batch


class Workers:
    """Runs a function of a module, `work(setup, batch)`, for batches of tasks; `setup` is the same each time."""

    def __init__(self, jobs: int, setup: tuple[Any, ...]) -> None:
        self.jobs = jobs
        self.setup = setup
        self.pool: Any = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.pool is not None:
            if kind is None:
                self.pool.close()
            else:
                self.pool.terminate()
            self.pool.join()

    def run(
        self,
        work: Callable[[tuple[Any, ...], list[Task]], Answer],
        tasks: Sequence[Task],
        weight: Callable[[Task], int],
    ) -> Iterator[Answer]:
        """Return the result of each batch, in order."""
        if self.jobs < 2 or sum(map(weight, tasks)) < WORTH_PROCESSES:
            return (work(self.setup, batch) for batch in in_batches(tasks, weight))
        return self._pool().imap(_run, ((work, batch) for batch in in_batches(tasks, weight)))  # type: ignore[no-any-return]

    def _pool(self) -> Any:
        if self.pool is None:
            import multiprocessing

            method = "fork" if sys.platform == "linux" else "spawn"
            context = multiprocessing.get_context(method)
            self.pool = context.Pool(self.jobs, _begin, (self.setup,))
        return self.pool


def _begin(setup: tuple[Any, ...]) -> None:
    import gc
    import signal

    global _setup
    _setup = setup
    # The parent ends the pool on Ctrl-C; a traceback from each process would bury its one line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.SIG_DFL)
    # Where the parent is killed, its pipes break, and each process would print a traceback.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    gc.disable()


def _run(call: tuple[Callable[[tuple[Any, ...], list[Any]], Any], list[Any]]) -> Any:
    import gc

    work, batch = call
    answer = work(_setup, batch)
    # What mistune leaves behind is held by cycles: collected here, once a batch, instead of many times within.
    gc.collect(0)
    return answer
