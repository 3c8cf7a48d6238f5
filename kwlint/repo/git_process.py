"""Run git (no other module does), and prefetch its answers while the rest of the program is loaded.

Nearly every command needs the state of the working tree first, and git takes about as long to report it as the program
takes to load. The console script therefore starts git before anything else, and `git.open_repository` and
`git.start_status` use those processes if the current folder is the root of a work tree. This module imports only what
every run needs: not `typing`, which takes 2 ms, nor `subprocess`, which takes 6 ms, where the system has `posix_spawn`.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from subprocess import Popen
    from typing import TypeAlias

    Outcome: TypeAlias = tuple[int, bytes, bytes]  # exit status, standard output, standard error

OPENING_COMMAND = ("rev-parse", "--is-inside-work-tree", "--show-object-format", "--show-toplevel")
# Both run at the same time, which takes as long as the slower one: less than `git status`. The list of files is read
# first, because it is long and git waits while nobody reads it.
STATUS_COMMANDS = (
    ("ls-files", "-v", "-s", "-o", "-z", "--exclude-standard"),
    ("diff-files", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"),
)

_ENVIRONMENT = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
}


# A folder that looks like a bare repository may have been committed, and its configuration may name programs.
_SETTINGS = ("-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false")


def _command(arguments: Sequence[str], *, literal: bool = True) -> list[bytes]:
    command = ["git", "--no-optional-locks", *_SETTINGS, *(("--literal-pathspecs",) if literal else ()), *arguments]
    return [os.fsencode(part) for part in command]


# Git fails where one of these is set and paths are to be taken literally.
_PATHSPECS = ("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")


def _environment() -> Mapping[str, str]:
    environment = {**os.environ, **_ENVIRONMENT}
    for name in _PATHSPECS:
        environment.pop(name, None)
    return environment


def start(cwd: str | Path, *arguments: str, feed: bool = False, literal: bool = True) -> Popen[bytes]:
    """Start git in `cwd`. With `feed` it reads standard input; with `literal` it takes paths as they are, not as
    pathspec patterns.

    Raises OSError if git cannot be run.
    """
    import subprocess

    return subprocess.Popen(
        _command(arguments, literal=literal),
        cwd=cwd,
        env=_environment(),
        stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process: Popen[bytes], feed: bytes | None = None) -> Outcome:
    """Write `feed` to a process, wait until it ends, and return its outcome."""
    try:
        output, errors = process.communicate(feed)
    except BaseException:  # Ctrl-C: leave no process behind
        process.kill()
        process.wait()
        raise
    return process.returncode, output, errors


class ThreadedReader:
    """Running processes whose output a thread reads as it arrives, so that none waits for a reader."""

    def __init__(self, processes: Sequence[Popen[bytes]]) -> None:
        from threading import Thread

        self._processes = processes
        self._outcomes: list[Outcome] = []
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            self._outcomes = [finish(process) for process in self._processes]
        finally:
            for process in self._processes:
                with process:  # closes the pipes and waits, in case an interruption prevented it
                    process.kill()

    def outcomes(self) -> list[Outcome]:
        """Wait until all processes have ended, and return their outcomes in order."""
        self._thread.join()
        return self._outcomes

    def stop(self) -> None:
        """Kill the processes that still run."""
        for process in self._processes:
            process.kill()
        self._thread.join()


class SpawnedProcess:
    """A git process in the current folder, started with `posix_spawn`. Its standard error is discarded."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._read_end, write_end = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, write_end, 1),
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        try:
            self._pid = os.posix_spawnp("git", _command(arguments), _environment(), file_actions=actions)
        except BaseException:
            os.close(self._read_end)
            raise
        finally:
            os.close(write_end)
        self._is_reading = True

    def finish(self) -> Outcome:
        """Read the output, wait until the process ends, and return its outcome, without standard error."""
        parts: list[bytes] = []
        with open(self._read_end, "rb", buffering=0) as file:  # noqa: PTH123
            while part := file.read(1 << 20):
                parts.append(part)
            self._is_reading = False
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1]), b"".join(parts), b""

    def kill(self) -> None:
        """Kill the process while its output is open; later it ends by itself, and its id may be another process's."""
        if self._is_reading:
            os.kill(self._pid, 9)


class SpawnedReader:
    """Spawned processes whose output a thread reads as it arrives. If one fails, all run again through `start`, which
    keeps their error messages."""

    def __init__(self, folder: str, commands: Sequence[Sequence[str]]) -> None:
        import _thread  # the base of `threading`, loaded faster

        self._folder, self._commands = folder, commands
        self._processes = [SpawnedProcess(command) for command in commands]
        self._outcomes: list[Outcome] = []
        self._lock = _thread.allocate_lock()  # held while the thread reads
        self._lock.acquire()
        _thread.start_new_thread(self._read, ())

    def _read(self) -> None:  # pragma: no cover (coverage does not trace threads of `_thread`)
        try:
            self._outcomes = [process.finish() for process in self._processes]
        except OSError:
            self._outcomes = []
        finally:
            self._lock.release()

    def outcomes(self) -> list[Outcome]:
        """Wait until all processes have ended, and return their outcomes in order."""
        with self._lock:
            if not self._outcomes or any(status for status, _, _ in self._outcomes):
                self._outcomes = [finish(start(self._folder, *command)) for command in self._commands]
            return self._outcomes

    def stop(self) -> None:
        """Kill the processes that still run."""
        for process in self._processes:
            process.kill()
        with self._lock:
            pass


class Prefetch:
    """The git processes started before the program was loaded, in the folder that was current then."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._opened: Outcome | None = None
        self._opening: SpawnedProcess | Popen[bytes]
        self.status: SpawnedReader | ThreadedReader
        if hasattr(os, "posix_spawnp"):
            self._opening = SpawnedProcess(OPENING_COMMAND)
            self.status = SpawnedReader(folder, STATUS_COMMANDS)
        else:
            self._opening = start(folder, *OPENING_COMMAND)
            self.status = ThreadedReader([start(folder, *command) for command in STATUS_COMMANDS])

    def opening(self) -> Outcome:
        """Return the outcome of `OPENING_COMMAND`."""
        if self._opened is None:
            process = self._opening
            self._opened = process.finish() if isinstance(process, SpawnedProcess) else finish(process)
            if self._opened[0]:  # run it again for its error message
                self._opened = finish(start(self.folder, *OPENING_COMMAND))
        return self._opened

    def outcomes(self) -> list[Outcome]:
        """Return the outcomes of `OPENING_COMMAND` and of `STATUS_COMMANDS`."""
        return [self.opening(), *self.status.outcomes()]


_current: list[Prefetch] = []  # at most one


def prefetch() -> Prefetch | None:
    """Start the git processes in the current folder if it looks like the root of a work tree.

    Errors are ignored here: the caller that needs the outcomes runs git again and reports them.
    """
    try:
        if os.path.lexists(".git"):
            _current.append(Prefetch(os.getcwd()))  # noqa: PTH109 (pathlib is not loaded yet)
            return _current[0]
    except OSError:
        pass
    return None


def prefetched_opening(cwd: Path) -> Outcome | None:
    """Return the outcome of `OPENING_COMMAND` in `cwd` if it was prefetched."""
    return _current[0].opening() if _current and _current[0].folder == str(cwd) else None


def prefetched_status(root: Path) -> SpawnedReader | ThreadedReader | None:
    """Return the running `STATUS_COMMANDS` if they were started in `root`; only the first call gets them."""
    if not _current:
        return None
    prefetched = _current.pop()
    if prefetched.folder == str(root):
        return prefetched.status
    prefetched.status.stop()
    return None
