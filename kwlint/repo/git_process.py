"""Runs git (nothing else does), and asks it ahead: before the rest of the program is loaded.

What nearly every command needs first is what git sees here, and git takes as long to tell as the program to load. So
the console script puts the questions, and `git.open_repository` and `git.ask` take the answers over where the folder
turns out to be the root of a work tree. Nothing here imports what the program does not need in any case: not even
`typing`, which takes two milliseconds, nor, where the system has a call for it, `subprocess`, which takes six.
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

OPENING = ("rev-parse", "--is-inside-work-tree", "--show-object-format", "--show-toplevel")
# Two processes side by side: together they take what the slower takes, less than `git status` alone. The list of
# files is read first: it is long, and its writer waits for a reader.
GLANCE = (
    ("ls-files", "-t", "-s", "-o", "-z", "--exclude-standard"),
    ("diff-files", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"),
)

_OURS = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
}


def _command(arguments: Sequence[str], *, literal: bool = True) -> list[bytes]:
    command = ["git", "--no-optional-locks", *(("--literal-pathspecs",) if literal else ()), *arguments]
    return [os.fsencode(part) for part in command]


def _environment() -> Mapping[str, str]:
    return {**os.environ, **_OURS}


def start(cwd: str | Path, *arguments: str, feed: bool = False, literal: bool = True) -> Popen[bytes]:
    """A git process in `cwd`. `feed`: it reads its standard input; `literal`: paths are paths, not patterns.

    Raises OSError where git cannot be run."""
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
    """What a process says once `feed` is written to it and it has ended."""
    try:
        output, errors = process.communicate(feed)
    except BaseException:  # Ctrl-C: leave no process behind
        process.kill()
        process.wait()
        raise
    return process.returncode, output, errors


class Reader:
    """Processes under way. What they print is read as it comes, since each would wait for its reader."""

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
                with process:  # closes its pipes and waits, if an interruption has left that undone
                    if process.returncode is None:
                        process.kill()

    def outcomes(self) -> list[Outcome]:
        """What each said, in their order, once all have ended."""
        self._thread.join()
        return self._outcomes

    def stop(self) -> None:
        """Leave no process behind."""
        for process in self._processes:
            if process.returncode is None:
                process.kill()
        self._thread.join()


class Spawned:
    """A git process in the current folder, started by the system's own call. What it complains of is not kept."""

    def __init__(self, question: Sequence[str]) -> None:
        self._end, theirs = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, theirs, 1),
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        try:
            self._pid = os.posix_spawnp("git", _command(question), _environment(), file_actions=actions)
        except BaseException:
            os.close(self._end)
            raise
        finally:
            os.close(theirs)
        self._reading = True

    def finish(self) -> Outcome:
        """What it says once it has ended."""
        parts: list[bytes] = []
        with open(self._end, "rb", buffering=0) as file:  # noqa: PTH123
            while part := file.read(1 << 20):
                parts.append(part)
            self._reading = False
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1]), b"".join(parts), b""

    def kill(self) -> None:
        """End it, if it has something to say yet: else it ends by itself, and its number may be another's."""
        if self._reading:
            os.kill(self._pid, 9)


class Background:
    """Spawned processes under way, read as `Reader` reads; where one of them fails, they are put anew, so as to learn
    what it complains of."""

    def __init__(self, folder: str, questions: Sequence[Sequence[str]]) -> None:
        import _thread  # what `threading` is made of

        self._folder, self._questions = folder, questions
        self._processes = [Spawned(question) for question in questions]
        self._outcomes: list[Outcome] = []
        self._under_way = _thread.allocate_lock()
        self._under_way.acquire()
        _thread.start_new_thread(self._read, ())

    def _read(self) -> None:
        try:
            self._outcomes = [process.finish() for process in self._processes]
        except OSError:
            self._outcomes = []
        finally:
            self._under_way.release()

    def outcomes(self) -> list[Outcome]:
        """What each said, in their order, once all have ended."""
        with self._under_way:
            if not self._outcomes or any(status for status, _, _ in self._outcomes):
                self._outcomes = [finish(start(self._folder, *question)) for question in self._questions]
            return self._outcomes

    def stop(self) -> None:
        """Leave no process behind."""
        for process in self._processes:
            process.kill()
        with self._under_way:
            pass


class Ahead:
    """The questions put ahead, in the folder that was current then."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._opened: Outcome | None = None
        self._opening: Spawned | Popen[bytes]
        self.glance: Background | Reader
        if hasattr(os, "posix_spawnp"):
            self._opening = Spawned(OPENING)
            self.glance = Background(folder, GLANCE)
        else:
            self._opening = start(folder, *OPENING)
            self.glance = Reader([start(folder, *question) for question in GLANCE])

    def opening(self) -> Outcome:
        """The answer to OPENING."""
        if self._opened is None:
            spawned = self._opening
            self._opened = spawned.finish() if isinstance(spawned, Spawned) else finish(spawned)
            if self._opened[0]:  # what it complains of is not known
                self._opened = finish(start(self.folder, *OPENING))
        return self._opened

    def outcomes(self) -> list[Outcome]:
        """The answers to OPENING and to GLANCE."""
        return [self.opening(), *self.glance.outcomes()]


_asked: list[Ahead] = []


def ask_ahead() -> Ahead | None:
    """Put the questions in the current folder, if it looks like the root of a work tree. Whatever is wrong shows when
    they are put again, by who needs the answers."""
    try:
        if os.path.lexists(".git"):
            _asked.append(Ahead(os.getcwd()))  # noqa: PTH109 (pathlib is not loaded yet)
            return _asked[0]
    except OSError:
        pass
    return None


def opening_asked_ahead(cwd: Path) -> Outcome | None:
    """The answer to OPENING in `cwd`, if that was asked ahead."""
    return _asked[0].opening() if _asked and _asked[0].folder == str(cwd) else None


def glance_asked_ahead(root: Path) -> Background | Reader | None:
    """The processes of GLANCE in `root`, if they were started ahead; once."""
    if not _asked:
        return None
    ahead = _asked.pop()
    if ahead.folder == str(root):
        return ahead.glance
    ahead.glance.stop()
    return None
