"""What git sees.

Git is run without a shell, with arguments as lists and names ended by NUL, without its optional locks, and without a
network: a partial clone is not completed for us. `GIT_DIR`, `GIT_WORK_TREE` and `GIT_INDEX_FILE` are git's to read,
so that a hook sees the index that is about to be committed. Paths are decoded with surrogateescape, and are relative
to the repository's root.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwlint.repo import files, git_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from subprocess import Popen

MIN_SIMILARITY = 70  # percent of the content that a file keeps when it is renamed
MAX_RENAMES = 10  # of one file are followed
MAX_VERSIONS = 50  # of one file are looked at
MAX_COMMITS = 50_000  # are looked through
MAX_PATHSPECS = 20  # paths are named to git
LOCK_ATTEMPTS = 40
LOCK_PAUSE = 0.05  # seconds


class GitError(Exception):
    """Git cannot answer; the text is one line: what is wrong, and the remedy."""


class Repository(NamedTuple):
    """`root` is the top of the working tree, absolute. `git_dir` is None outside of git, where `root` is the folder
    that was asked about. `prefix` is that folder below `root`, empty or ending in `/`. `algorithm` names the objects:
    `sha1` or `sha256`."""

    root: Path
    git_dir: Path | None
    prefix: str
    algorithm: str = "sha1"


class GitListing(NamedTuple):
    """What the index and the disk hold.

    `tracked`: path -> blob id of each index entry, symbolic links and submodules included. `modified`: other content
    on disk than in the index. `deleted`: tracked, gone from the disk. `absent`: left out by a sparse checkout.
    `untracked`: on disk only and not ignored, sorted. `unmerged`: in conflict (`tracked` holds our side, else the
    other one). `temporary`: what a write of kwlint is about to put in place, or a killed one left. `raw`: bytes that
    are equal when all of this is equal, but for the content of what is modified.
    """

    tracked: dict[str, str]
    symlinks: frozenset[str]
    submodules: frozenset[str]
    modified: frozenset[str]
    deleted: frozenset[str]
    absent: frozenset[str]
    untracked: tuple[str, ...]
    unmerged: frozenset[str]
    temporary: tuple[str, ...]
    raw: bytes


class GitStatus(NamedTuple):
    """What git printed: of the index and what is untracked, and of what differs from the index on disk."""

    entries: bytes
    changes: bytes

    def is_fully_tracked(self, folder: str) -> bool:
        """Whether `entries` tell all: nothing on disk differs from the index, a sparse checkout left nothing out,
        nothing untracked lies below `folder`, and it is git that we asked."""
        if self.changes or not self.entries or self.entries.startswith(b"S ") or b"\0S " in self.entries:
            return False
        untracked = b"? " + folder.encode("utf-8", "surrogateescape") + b"/"
        return not self.entries.startswith(untracked) and b"\0" + untracked not in self.entries

    def digest(self) -> bytes:
        """A digest of `entries`."""
        from kwlint.repo.hashing import blake2b

        return blake2b(self.entries, digest_size=20).digest()

    def lists_as_untracked(self, path: str) -> bool:
        """Whether `path` is a file that git does not track, and does not ignore."""
        record = b"? " + path.encode("utf-8", "surrogateescape") + b"\0"
        return self.entries.startswith(record) or b"\0" + record in self.entries


def open_repository(cwd: Path) -> Repository:
    """The repository around `cwd`. Raises GitError where git is missing, refuses the folder, or has no work tree."""
    ahead = git_process.prefetched_opening(cwd)
    outcome = _Outcome(*ahead) if ahead else _finish(_start(cwd, *git_process.OPENING_COMMAND))
    if outcome.status:
        return _without_work_tree(cwd, outcome)
    inside, algorithm, toplevel = _text(outcome.output).removesuffix("\n").split("\n", 2)
    if inside != "true":
        raise _no_work_tree(cwd)
    root = Path(toplevel)
    return Repository(
        root=root,
        git_dir=Path(os.environ.get("GIT_DIR") or root / ".git"),
        prefix=_prefix(root, cwd),
        algorithm="sha256" if algorithm == "sha256" else "sha1",  # a git too old for the question echoes it
    )


def list_files(repository: Repository) -> GitListing:
    """What git's index and the disk hold. Raises GitError.

    Git's own stat check is trusted where it says *unmodified*; where it says *modified*, the bytes are compared, so
    that a file that was merely touched, or that was checked out with other line ends, counts as what it is.
    """
    return parse_status(repository, read_status(repository))


def read_status(repository: Repository) -> GitStatus:
    """What git prints of the index and of what differs from it, unread: equal bytes mean that nothing has changed.
    Empty outside of git. Raises GitError."""
    with start_status(repository) as pending:
        return pending.result()


def start_status(repository: Repository) -> PendingStatus:
    """Begin a glance: git works while the program goes on loading. Raises GitError."""
    if repository.git_dir is None:
        return PendingStatus(None)
    reader = git_process.prefetched_status(repository.root)
    return PendingStatus(
        reader or git_process.ThreadedReader([_start(repository.root, *words) for words in git_process.STATUS_COMMANDS])
    )


class PendingStatus:
    """A glance under way; on leaving the context no process is left."""

    def __init__(self, reader: git_process.SpawnedReader | git_process.ThreadedReader | None) -> None:
        self._reader = reader

    def __enter__(self) -> PendingStatus:
        return self

    def __exit__(self, *_: object) -> None:
        if self._reader:
            self._reader.stop()

    def result(self) -> GitStatus:
        """What git printed. Raises GitError."""
        if not self._reader:
            return GitStatus(b"", b"")
        index, difference = (_Outcome(*outcome) for outcome in self._reader.outcomes())
        entries = _checked(index, "list the files")
        return GitStatus(entries, _checked(difference, "compare the files with the index"))


def parse_status(repository: Repository, status: GitStatus) -> GitListing:
    """What a glance at the same repository saw."""
    if repository.git_dir is None:
        return _walked(repository)
    return _listing(repository, *status)


def ignored(repository: Repository, paths: Iterable[str]) -> frozenset[str]:
    """Those of `paths` that git's ignore rules name and that are not tracked."""
    wanted = list(paths)
    if repository.git_dir is None or not wanted:
        return frozenset()
    question = _joined(f"./{path}" for path in wanted)  # a name that begins with `:` would be a pattern
    outcome = _finish(_start(repository.root, "check-ignore", "-z", "--stdin", feed=True, literal=False), question)
    if outcome.status not in (0, 1):
        raise _failure("ask for ignored files", outcome)
    return frozenset(path.removeprefix("./") for path in _names(outcome.output))


def is_tracked(repository: Repository, path: str) -> bool:
    """Whether the index holds `path`, or something below it."""
    if repository.git_dir is None:
        return False
    return bool(_finish(_start(repository.root, "ls-files", "-z", "--", path)).output)


def add(repository: Repository, paths: Iterable[str]) -> None:
    """Stage each path as it is on disk: its bytes, or its absence. Waits up to two seconds for another git's lock."""
    wanted = _joined(paths)
    if repository.git_dir is None or not wanted:
        return
    for attempt in range(LOCK_ATTEMPTS):
        outcome = _finish(
            _start(repository.root, "update-index", "-z", "--add", "--remove", "--stdin", feed=True), wanted
        )
        if b"index.lock" not in outcome.errors or attempt == LOCK_ATTEMPTS - 1:
            break
        from time import sleep

        sleep(LOCK_PAUSE)
    _checked(outcome, "stage the pages")


def changed_since(repository: Repository, ref: str) -> frozenset[str]:
    """The tracked paths whose content on disk, or whose presence, differs from the commit `ref`."""
    if ref.startswith("-") or not ref:
        raise GitError(f"--since: {ref!r} is not a revision; name a branch, a tag or a commit")
    outcome = _finish(
        _start(repository.root, "diff", "--name-only", "-z", "--no-renames", "--ignore-submodules=all", ref, "--")
    )
    if outcome.status == 128 and (b"bad revision" in outcome.errors or b"bad object" in outcome.errors):
        raise GitError(f"--since: git knows no revision {ref!r}; in a shallow clone, fetch it first")
    return frozenset(_names(_checked(outcome, f"compare with {ref}")))


def staged(repository: Repository) -> frozenset[str]:
    """The paths whose index entry differs from the last commit (all of them before the first commit)."""
    outcome = _finish(
        _start(repository.root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--ignore-submodules=all")
    )
    return frozenset(_names(_checked(outcome, "list what is staged")))


def history_renames(
    repository: Repository, paths: Iterable[str], exists: Callable[[str], bool], since: str = ""
) -> dict[str, str]:
    """Old path -> path today, for those of `paths` that a commit renamed, as often as it took; of the commits after
    `since` alone, where that is given and the last commit has it among its ancestors. `exists` tells the path of a
    file that need not be followed any further.

    Only the commits that took a path away are looked into: detecting renames in all of a long history takes minutes.
    """
    if since and _finish(_start(repository.root, "merge-base", "--is-ancestor", since, "HEAD")).status:
        since = ""
    ends: dict[str, str] = {}
    pending = {path: (path, since) for path in paths}
    for number in range(MAX_RENAMES):
        steps = _renamed_once(repository, pending.values(), soonest=number > 0)
        pending = {asked: steps[step] for asked, step in pending.items() if step in steps}
        ends.update((asked, path) for asked, (path, _) in pending.items())
        pending = {asked: step for asked, step in pending.items() if not exists(step[0])}
        if not pending:
            break
    return ends


def head(repository: Repository) -> str:
    """The id of the last commit; empty before the first, and outside of git."""
    if repository.git_dir is None:
        return ""
    outcome = _finish(_start(repository.root, "rev-parse", "--verify", "--quiet", "HEAD"))
    return "" if outcome.status else _text(outcome.output).strip()


def changed_since_commit(repository: Repository, ref: str = "HEAD") -> tuple[dict[str, str], frozenset[str]]:
    """Old path -> new path of what was renamed since the commit `ref`, and the paths whose content differs from it,
    on disk. Empty where git cannot tell."""
    if repository.git_dir is None:
        return {}, frozenset()
    outcome = _renames(repository, "diff", "--name-status", "-z", "--ignore-submodules=all", ref, "--")
    if outcome.status:
        return {}, frozenset()
    fields = _names(outcome.output)
    renamed: dict[str, str] = {}
    changed: set[str] = set()
    place = 0
    while place < len(fields):
        if fields[place][0] in "RC":
            renamed.update(_rename_pairs(fields[place : place + 3]))
            changed.add(fields[place + 2])
            place += 3
        else:
            changed.add(fields[place + 1])
            place += 2
    return renamed, frozenset(changed)


def commits_that_changed(repository: Repository, paths: Iterable[str]) -> dict[str, list[str]]:
    """For each of `paths` the commits that changed it, the newest first, at most `MAX_VERSIONS`."""
    found: dict[str, list[str]] = {}
    for commit, name in _log(repository, "HEAD", sorted(set(paths))):
        commits = found.setdefault(name, [])
        if len(commits) < MAX_VERSIONS:
            commits.append(commit)
    return found


def read_blobs(repository: Repository, names: Sequence[str]) -> dict[str, bytes]:
    """The content behind each object name or `<revision>:<path>` that git has; names with a newline are left out."""
    askable = [name for name in names if "\n" not in name]
    if repository.git_dir is None or not askable:
        return {}
    feed = "".join(f"{name}\n" for name in askable).encode("utf-8", "surrogateescape")
    outcome = _finish(_start(repository.root, "cat-file", "--batch", feed=True), feed)
    return _batch_contents(askable, outcome.output)


def head_blob(repository: Repository, path: str) -> bytes | None:
    """The content of `path` in the last commit; None where it is not in it."""
    if repository.git_dir is None:
        return None
    outcome = _finish(_start(repository.root, "cat-file", "blob", f"HEAD:{path}"))
    return None if outcome.status else outcome.output


def remote_urls(repository: Repository) -> tuple[str, ...]:
    """The addresses of the repository's remotes, `origin` first."""
    if repository.git_dir is None:
        return ()
    outcome = _finish(_start(repository.root, "config", "-z", "--get-regexp", r"^remote\..*\.url$"))
    pairs = [name.partition("\n") for name in _names(outcome.output)]
    return tuple(url for key, _, url in sorted(pairs, key=lambda pair: (pair[0] != "remote.origin.url", pair)))


class _Outcome(NamedTuple):
    status: int
    output: bytes
    errors: bytes


def _start(cwd: Path, *arguments: str, feed: bool = False, literal: bool = True) -> Popen[bytes]:
    if not cwd.is_dir():
        raise GitError(f"{files.shown(str(cwd))} is no folder")
    try:
        return git_process.start(cwd, *arguments, feed=feed, literal=literal)
    except FileNotFoundError:
        raise GitError("git is not on the PATH: install it (https://git-scm.com), or add it to the PATH") from None
    except OSError as error:
        raise GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from None


def _finish(process: Popen[bytes], feed: bytes | None = None) -> _Outcome:
    return _Outcome(*git_process.finish(process, feed))


def _checked(outcome: _Outcome, purpose: str) -> bytes:
    if outcome.status:
        raise _failure(purpose, outcome)
    return outcome.output


def _failure(purpose: str, outcome: _Outcome) -> GitError:
    said = _text(outcome.errors).strip().split("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
    return GitError(f"git could not {purpose}: {files.shown(said) or f'exit status {outcome.status}'}")


def _without_work_tree(cwd: Path, outcome: _Outcome) -> Repository:
    """What a failed `rev-parse` means: no repository (then the folder alone counts), or one that git refuses."""
    said = _text(outcome.errors)
    if "dubious ownership" in said or "unsafe repository" in said:
        raise GitError(
            "git refuses this repository because another user owns it: "
            f"git config --global --add safe.directory {files.shown(str(_marked_root(cwd) or cwd))}"
        )
    if "must be run in a work tree" in said:
        raise _no_work_tree(cwd)
    named = [name for name in ("GIT_DIR", "GIT_WORK_TREE") if os.environ.get(name)]
    if "not a git repository" not in said or named or _marked_root(cwd):
        raise _failure(f"open the repository{' that ' + named[0] + ' names' if named else ''}", outcome)
    return Repository(root=cwd.resolve(), git_dir=None, prefix="")


def _no_work_tree(cwd: Path) -> GitError:
    shown = files.shown(str(cwd))
    if ".git" in cwd.resolve().parts:
        return GitError(f"{shown} is inside git's own folder: run kwlint in the working tree")
    return GitError(f"{shown} has no working tree (a bare repository): run kwlint in a clone of it")


def _marked_root(cwd: Path) -> Path | None:
    place = cwd.resolve()
    return next((folder for folder in (place, *place.parents) if os.path.lexists(folder / ".git")), None)


def _prefix(root: Path, cwd: Path) -> str:
    try:
        below = cwd.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else f"{below}/"


def _listing(repository: Repository, entries: bytes, changes: bytes) -> GitListing:
    # `H 100644 <id> 0<tab><path>` for nearly every record, so one slice per field; the others are looked at closely.
    cut = 9 + (64 if repository.algorithm == "sha256" else 40)
    records = _names(entries)
    tracked = {record[cut + 3 :]: record[9:cut] for record in records if record[:5] == "H 100"}
    odd = [record for record in records if record[:5] != "H 100"] if len(tracked) != len(records) else []
    untracked = sorted(record[2:] for record in odd if record[0] == "?" and record[-1] != "/")
    unmerged = _unmerged(odd, cut)
    special = [record for record in odd if record[0] in "HS"]
    tracked.update((record[cut + 3 :], record[9:cut]) for record in special)
    tracked.update(unmerged)
    absent, here = _sparse(repository, [record[cut + 3 :] for record in special if record[0] == "S"])
    deleted, candidates = _changes(changes)
    return GitListing(
        tracked=tracked,
        symlinks=frozenset(record[cut + 3 :] for record in special if record[2:8] == "120000"),
        submodules=frozenset(record[cut + 3 :] for record in special if record[2:8] == "160000"),
        modified=_modified(repository, tracked, {*candidates, *here} - deleted),
        deleted=deleted,
        absent=absent,
        untracked=tuple(path for path in untracked if not files.is_temporary(path)),
        unmerged=frozenset(unmerged),
        temporary=tuple(path for path in untracked if files.is_temporary(path)),
        raw=b"\0\0".join((_without_temporary(entries), _joined(sorted(deleted)), _joined(sorted(absent)))),
    )


def _unmerged(odd: list[str], cut: int) -> dict[str, str]:
    """Path -> blob id of conflicting entries: that of our side (stage 2), else of theirs, else of the base."""
    found: dict[str, tuple[int, str]] = {}
    for record in odd:
        if record[0] == "M":
            stage = int(record[cut + 1])
            rank = {2: 0, 3: 1}.get(stage, 2)
            path = record[cut + 3 :]
            found[path] = min(found.get(path, (9, "")), (rank, record[9:cut]))
    return {path: name for path, (_, name) in found.items()}


def _sparse(repository: Repository, paths: list[str]) -> tuple[frozenset[str], list[str]]:
    """Of entries that a sparse checkout left out: those that are not on disk, and those that are there after all."""
    root = str(repository.root)
    here = [path for path in paths if os.path.lexists(f"{root}/{path}")]
    return frozenset(paths).difference(here), here


def _changes(changes: bytes) -> tuple[frozenset[str], list[str]]:
    """Deleted paths, and those that may be modified, of `git diff-files -z`: `:modes ids letter`, path, in turn."""
    fields = _names(changes)
    pairs = list(zip(fields[::2], fields[1::2], strict=True))
    deleted = frozenset(path for meta, path in pairs if meta[-1] == "D")
    return deleted, [path for meta, path in pairs if meta[-1] != "D"]


def _modified(repository: Repository, tracked: dict[str, str], candidates: Iterable[str]) -> frozenset[str]:
    return frozenset(path for path in candidates if not _same_content(repository, path, tracked.get(path, "")))


def _same_content(repository: Repository, path: str, name: str) -> bool:
    try:
        data = files.read(repository.root, path)
    except files.FileError:
        return False
    if files.blob_id(data, repository.algorithm) == name:
        return True
    return b"\r\n" in data and files.blob_id(data.replace(b"\r\n", b"\n"), repository.algorithm) == name


def _without_temporary(entries: bytes) -> bytes:
    """The records without kwlint's own temporary files, which come and go while others run."""
    if files.TEMPORARY_PREFIX.encode() not in entries:
        return entries
    kept = [
        record
        for record in entries.split(b"\0")
        if not (record[:2] == b"? " and files.is_temporary(record.decode("utf-8", "surrogateescape")))
    ]
    return b"\0".join(kept)


def _walked(repository: Repository) -> GitListing:
    tracked: dict[str, str] = {}
    temporary: list[str] = []
    for path in files.walk(repository.root):
        if files.is_temporary(path):
            temporary.append(path)
        else:
            tracked[path] = _walked_name(repository, path)
    raw = _joined(f"{name} {path}" for path, name in tracked.items())
    none: frozenset[str] = frozenset()
    return GitListing(tracked, none, none, none, none, none, (), none, tuple(temporary), raw)


MAX_HASHED_SIZE = 1 << 23  # bytes; a file above this is no document, and its size names it


def _walked_name(repository: Repository, path: str) -> str:
    size = files.size(repository.root, path)
    if size > MAX_HASHED_SIZE:
        return f"{size:040x}"
    try:
        return files.blob_id(files.read(repository.root, path))
    except files.FileError:
        return "0" * 40


def _renamed_once(
    repository: Repository, asked: Iterable[tuple[str, str]], *, soonest: bool
) -> dict[tuple[str, str], tuple[str, str]]:
    """(Path after, commit) of each (path, commit) that a later commit renamed. Of the commits that took the path away
    the last counts, or the soonest: where that deleted the file, what became of another one of this name is not what
    is meant."""
    by_start: dict[str, list[str]] = {}
    for path, start in set(asked):
        by_start.setdefault(start, []).append(path)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for start, paths in by_start.items():
        for commit, gone in _removals(repository, sorted(paths), start, soonest).items():
            moved = _commit_renames(repository, commit)
            found.update(((path, start), (moved[path], commit)) for path in gone if path in moved)
    return found


def _removals(repository: Repository, paths: list[str], start: str, soonest: bool) -> dict[str, list[str]]:
    """The commits after `start` that took one of `paths` away, the last or the soonest for each, with those paths."""
    chosen: dict[str, str] = {}
    for commit, name in _log(repository, f"{start}..HEAD" if start else "HEAD", paths, "--diff-filter=D"):
        if soonest or name not in chosen:
            chosen[name] = commit
    removals: dict[str, list[str]] = {}
    for path in paths:
        if path in chosen:
            removals.setdefault(chosen[path], []).append(path)
    return removals


def _log(repository: Repository, commits: str, paths: Sequence[str], *more: str) -> Iterator[tuple[str, str]]:
    """(Commit, path) of each change of one of `paths`, the newest first, in the last `MAX_COMMITS` commits at most."""
    if repository.git_dir is None or not paths:
        return
    wanted = frozenset(paths)
    asked = sorted(wanted)
    if len(asked) > MAX_PATHSPECS:  # git compares each path that it meets with each that it is asked for
        asked = sorted({path.partition("/")[0] for path in asked})
    limit = ("-n", str(MAX_COMMITS), commits, "--", *(asked if len(asked) <= MAX_PATHSPECS else ()))
    command = ("log", "--no-renames", "--name-only", "-z", "--format=%x01%H", *more, *limit)
    outcome = _finish(_start(repository.root, *command))
    for record in _text(outcome.output).split("\1")[1:] if not outcome.status else ():
        commit, _, names = record.partition("\0")
        yield from ((commit, name) for name in names.removeprefix("\n").split("\0") if name in wanted)


def _commit_renames(repository: Repository, commit: str) -> dict[str, str]:
    words = ("-r", "--diff-filter=R", "--name-status", "--no-commit-id", "-z", commit)
    return _rename_pairs(_names(_renames(repository, "diff-tree", *words).output))


def _renames(repository: Repository, command: str, *words: str) -> _Outcome:
    """What a comparison says with renames, also of files whose old name another file has now. For that git reads each
    file that was changed; in a clone that does not hold them all it is asked again without."""
    outcome = _finish(_start(repository.root, command, "-B", "-M", *words))
    return _finish(_start(repository.root, command, "-M", *words)) if outcome.status else outcome


def _rename_pairs(fields: list[str]) -> dict[str, str]:
    """Old -> new of `--name-status -z`: `R100`, old, new, in turn."""
    records = zip(fields[0::3], fields[1::3], fields[2::3], strict=False)
    return {old: new for status, old, new in records if status[0] == "R" and is_rename(int(status[1:]), old, new)}


def is_rename(similarity: int, old: str, new: str) -> bool:
    """Whether what git takes for a rename (from half of the content on) is one that a link may follow. A file with
    another name and little of the content is rather a part of the old one, which was split, or its successor."""
    return similarity >= MIN_SIMILARITY or old.rpartition("/")[2] == new.rpartition("/")[2]


def _batch_contents(names: list[str], output: bytes) -> dict[str, bytes]:
    """The answers of `git cat-file --batch`, in the order of the questions."""
    contents: dict[str, bytes] = {}
    place = 0
    for name in names:
        end = output.find(b"\n", place)
        if end < 0:
            break
        words = output[place:end].split(b" ")
        place = end + 1
        if len(words) == 3 and words[2].isdigit() and words[1] != b"missing":
            length = int(words[2])
            contents[name] = output[place : place + length]
            place += length + 1
    return contents


def _names(output: bytes) -> list[str]:
    records = _text(output).split("\0")
    if records[-1] == "":
        records.pop()
    return records


def _joined(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
