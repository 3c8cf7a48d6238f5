"""The queries that kwlint puts to git.

Git runs without a shell and with NUL-terminated names, without its optional locks, and without network access: objects
that a partial clone lacks are not fetched. `GIT_DIR`, `GIT_WORK_TREE` and `GIT_INDEX_FILE` are passed on to git, so
that a hook reads the index that is about to be committed. Paths are relative to the root of the repository and decoded
with `surrogateescape`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwlint.repo import files, git_process
from kwlint.repo.hook import Hook, current_hook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from subprocess import Popen

MIN_SIMILARITY = 70  # percent; below it, a rename that also changes the file's name does not count
MAX_RENAMES = 10  # followed for one file
MAX_VERSIONS = 50  # listed for one file
MAX_COMMITS = 50_000  # searched by one `git log`
MAX_PATHSPECS = 20  # paths passed to one `git log`
LOCK_ATTEMPTS = 40
LOCK_PAUSE = 0.05  # seconds


class GitError(Exception):
    """A git command failed. The message is one line: what is wrong, and what to do."""


class Repository(NamedTuple):
    """A working tree, or a folder outside of git.

    `root`: the top of the working tree, absolute; outside of git, the folder that was given. `git_dir`: None outside of
    git. `prefix`: the given folder relative to `root`, empty or ending in `/`. `algorithm`: the object format, `sha1`
    or `sha256`. `hook`: the hook that is running.
    """

    root: Path
    git_dir: Path | None
    prefix: str
    algorithm: str = "sha1"
    hook: Hook = Hook()


class IndexedFile(NamedTuple):
    """A file whose content is that of the index, whatever is on disk: the blob id, and the reason."""

    blob: str
    reason: str


class GitListing(NamedTuple):
    """The files in the index and on disk.

    - `tracked`: path -> blob id of each index entry, symbolic links and submodules included.
    - `modified`: files whose content on disk differs from the index.
    - `deleted`: tracked, but not on disk.
    - `hidden`: files on disk that git does not look at, or that a sparse checkout left out (the bits skip-worktree and
      assume-unchanged). What is committed is the index.
    - `untracked`: on disk only and not ignored, sorted.
    - `unmerged`: in conflict; `tracked` holds our side, else the other one.
    - `temporary`: temporary files of kwlint's own writes.
    - `reads_index`: whether the index is about to be committed whatever is on disk (see `Hook`). Files that
      `git add -N` announced then count as untracked.
    - `raw`: bytes that are equal if all of the above is equal; they do not cover the content of modified files.
    """

    tracked: dict[str, str]
    symlinks: frozenset[str]
    submodules: frozenset[str]
    modified: frozenset[str]
    deleted: frozenset[str]
    hidden: frozenset[str]
    untracked: tuple[str, ...]
    unmerged: frozenset[str]
    temporary: tuple[str, ...]
    raw: bytes
    reads_index: bool = False


_HIDDEN_TAGS = (b"\0S ", b"\0s ", b"\0h ")  # of `git ls-files -v`


class GitStatus(NamedTuple):
    """The unparsed output of `git_process.STATUS_COMMANDS`: index entries and untracked files, and the differences
    between index and disk."""

    entries: bytes
    changes: bytes

    def is_fully_tracked(self, folder: str) -> bool:
        """Return whether `entries` describe every file completely: nothing on disk differs from the index, no file is
        hidden, and no file below `folder` is untracked. False outside of git."""
        if self.changes or not self.entries or self.has_hidden():
            return False
        untracked = b"? " + folder.encode("utf-8", "surrogateescape") + b"/"
        return not self.entries.startswith(untracked) and b"\0" + untracked not in self.entries

    def has_hidden(self) -> bool:
        """Return whether there is a file whose index entry has the bit skip-worktree or assume-unchanged."""
        return any(self.entries.startswith(tag[1:]) or tag in self.entries for tag in _HIDDEN_TAGS)

    def digest(self) -> bytes:
        """Return a digest of `entries` (20 bytes)."""
        from kwlint.repo.hashing import blake2b

        return blake2b(self.entries, digest_size=20).digest()

    def lists_as_untracked(self, path: str) -> bool:
        """Return whether `path` is a file that git neither tracks nor ignores."""
        record = b"? " + path.encode("utf-8", "surrogateescape") + b"\0"
        return self.entries.startswith(record) or b"\0" + record in self.entries


def open_repository(cwd: Path) -> Repository:
    """Return the repository that contains `cwd`. Raises GitError if git is missing, refuses the folder, or has no
    working tree."""
    _find_root_below(cwd)
    prefetched = git_process.prefetched_opening(cwd)
    outcome = _Outcome(*prefetched) if prefetched else _finish(_start(cwd, *git_process.OPENING_COMMAND))
    if outcome.status:
        return _without_work_tree(cwd, outcome)
    inside, algorithm, toplevel = _text(outcome.output).removesuffix("\n").split("\n", 2)
    if inside != "true":  # GIT_WORK_TREE or core.worktree is another folder
        raise GitError(
            f"{files.shown(str(cwd))} is outside of the working tree {files.shown(toplevel)}: run kwlint inside it"
        )
    root = Path(toplevel)
    return Repository(
        root=root,
        git_dir=Path(os.environ.get("GIT_DIR") or root / ".git"),
        prefix=_prefix(root, cwd),
        algorithm="sha256" if algorithm == "sha256" else "sha1",  # an old git echoes the unknown option
        hook=current_hook(os.environ),
    )


def _find_root_below(cwd: Path) -> None:
    """Drop `GIT_DIR` if git finds the same repository without it.

    Git sets it in hooks of linked worktrees, and then takes the current folder for the root of the working tree; a
    relative one leads nowhere from a subfolder.
    """
    git_dir = os.environ.get("GIT_DIR")
    if not git_dir or os.environ.get("GIT_WORK_TREE"):
        return
    root = _root_with_git_folder(cwd)
    if root is None:
        return
    entry = root / ".git"
    try:
        own = entry if entry.is_dir() else root / entry.read_text("utf-8").removeprefix("gitdir:").strip()
        if own.resolve() == (root / git_dir).resolve():
            del os.environ["GIT_DIR"]
    except (OSError, UnicodeDecodeError):
        return


def list_files(repository: Repository) -> GitListing:
    """List the files in git's index and on disk. Raises GitError.

    Files that git reports as unmodified are not read. For the others the bytes are compared, so that a file that was
    only touched, or checked out with other line ends, does not count as modified.
    """
    return parse_status(repository, read_status(repository))


def read_status(repository: Repository) -> GitStatus:
    """Return git's output about the index and its differences from the disk: equal bytes mean that nothing has changed.
    Empty outside of git. Raises GitError."""
    with start_status(repository) as pending:
        return pending.result()


def start_status(repository: Repository) -> PendingStatus:
    """Start the status query; git works while the program goes on loading. Raises GitError."""
    if repository.git_dir is None:
        return PendingStatus(None)
    reader = git_process.prefetched_status(repository.root)
    return PendingStatus(
        reader or git_process.ThreadedReader([_start(repository.root, *words) for words in git_process.STATUS_COMMANDS])
    )


class PendingStatus:
    """A running status query; leaving the context ends its processes."""

    def __init__(self, reader: git_process.SpawnedReader | git_process.ThreadedReader | None) -> None:
        self._reader = reader

    def __enter__(self) -> PendingStatus:
        return self

    def __exit__(self, *_: object) -> None:
        if self._reader:
            self._reader.stop()

    def result(self) -> GitStatus:
        """Wait for git, and return its output. Raises GitError."""
        if not self._reader:
            return GitStatus(b"", b"")
        index, difference = (_Outcome(*outcome) for outcome in self._reader.outcomes())
        entries = _checked(index, "list the files")
        return GitStatus(entries, _checked(difference, "compare the files with the index"))


def parse_status(repository: Repository, status: GitStatus) -> GitListing:
    """Parse the status of the same repository."""
    if repository.git_dir is None:
        return _walked(repository)
    return _listing(repository, *status)


def indexed_files(
    repository: Repository, status: GitStatus, is_page: Callable[[str], bool], may_be_filtered: Callable[[str], bool]
) -> dict[str, IndexedFile]:
    """Return the files whose content is that of the index, whatever is on disk.

    Pages are left out, because what is on disk is compared too. `may_be_filtered` chooses the paths that git is asked
    about if the repository uses filters.
    """
    with_filters = _uses_filters(repository, status)
    reads_index = repository.hook.reads_index and bool(status.changes)
    if repository.git_dir is None or not (with_filters or reads_index or status.has_hidden()):
        return {}
    listing = parse_status(repository, status)
    tracked = listing.tracked
    reasons: dict[str, str] = {}
    if with_filters:
        candidates = [path for path in tracked if may_be_filtered(path) and path not in listing.symlinks]
        reasons.update(
            dict.fromkeys(_filtered(repository, candidates), "a filter of .gitattributes changes it on disk")
        )
    if reads_index:
        changed = (listing.modified | listing.deleted) & tracked.keys()
        reasons.update(dict.fromkeys(changed, "its staged and unstaged versions differ"))
    reasons.update(dict.fromkeys(listing.hidden, "git does not look at it (sparse checkout, or `git update-index`)"))
    return {path: IndexedFile(tracked[path], why) for path, why in reasons.items() if not is_page(path)}


_FILTERING = (b"filter", b"ident", b"encoding")  # in the names of the attributes that make file and blob differ


def _uses_filters(repository: Repository, status: GitStatus) -> bool:
    """Return whether the attributes may name a filter. Those of the user's own files outside of the repository do not
    count, because others do not have them."""
    if repository.git_dir is None:
        return False
    paths = [".git/info/attributes", *_named(status.entries, b".gitattributes")]
    for path in paths:
        try:
            data = files.read(repository.root, path)
        except files.FileError:
            if path != paths[0]:  # git reads it in the index
                return True
        else:
            if any(word in data for word in _FILTERING):
                return True
    return False


def _named(entries: bytes, name: bytes) -> list[str]:
    """Return the tracked paths whose last part is `name`, without decoding the others."""
    paths = []
    end = entries.find(name + b"\0")
    while end >= 0:
        path = entries[entries.rfind(b"\0", 0, end) + 1 : end + len(name)].rpartition(b"\t")[2]
        if path.rpartition(b"/")[2] == name:
            paths.append(_text(path))
        end = entries.find(name + b"\0", end + 1)
    return paths


def _filtered(repository: Repository, paths: list[str]) -> set[str]:
    """Return those of `paths` whose content on disk is not what git stores, apart from the line ends."""
    command = ("check-attr", "-z", "--stdin", "filter", "ident", "working-tree-encoding")
    outcome = _finish(_start(repository.root, *command, feed=True), _joined(paths))
    fields = _names(_checked(outcome, "read the attributes"))
    triples = zip(fields[0::3], fields[2::3], strict=True)
    return {path for path, value in triples if value not in ("unspecified", "unset")}


def ignored(repository: Repository, paths: Iterable[str]) -> frozenset[str]:
    """Return those of `paths` that git ignores: untracked, and matched by an ignore rule."""
    candidates = list(paths)
    if repository.git_dir is None or not candidates:
        return frozenset()
    feed = _joined(f"./{path}" for path in candidates)  # a name that begins with `:` would be a pattern
    outcome = _finish(_start(repository.root, "check-ignore", "-z", "--stdin", feed=True, literal=False), feed)
    if outcome.status not in (0, 1):
        raise _failure("list the ignored files", outcome)
    return frozenset(path.removeprefix("./") for path in _names(outcome.output))


def is_tracked(repository: Repository, path: str) -> bool:
    """Return whether the index has `path`, or a file below it."""
    if repository.git_dir is None:
        return False
    return bool(_finish(_start(repository.root, "ls-files", "-z", "--", path)).output)


def add(repository: Repository, paths: Iterable[str], *, any_line_ends: bool = False) -> None:
    """Stage each path as it is on disk, deletions included. Waits up to two seconds for another git's lock.

    With `any_line_ends`, `core.safecrlf` does not count. Raises GitError.
    """
    feed = _joined(paths)
    if repository.git_dir is None or not feed:
        return
    options = ("-c", "core.safecrlf=false") if any_line_ends else ()
    outcome = _update_index(repository, feed, options)
    for _ in range(LOCK_ATTEMPTS):
        if b"index.lock" not in outcome.errors:
            break
        from time import sleep

        sleep(LOCK_PAUSE)
        outcome = _update_index(repository, feed, options)
    if outcome.status and b"would be replaced by" in outcome.errors:
        raise GitError(f"{_failure('stage the files', outcome)}: `git -c core.safecrlf=false add` stages them")
    _checked(outcome, "stage the files")


def refuses_line_ends(repository: Repository) -> bool:
    """Return whether git refuses to stage files whose line ends it would change (`core.safecrlf`)."""
    outcome = _finish(_start(repository.root, "config", "--get-regexp", r"^core\.(autocrlf|safecrlf)$"))
    values = dict(line.lower().partition(" ")[::2] for line in _text(outcome.output).splitlines())
    return values.get("core.safecrlf") == "true" and values.get("core.autocrlf") in ("true", "input")


def hidden_files(repository: Repository) -> frozenset[str]:
    """Return the files that git does not look at (see `GitListing`). Raises GitError."""
    status = read_status(repository)
    return parse_status(repository, status).hidden if status.has_hidden() else frozenset()


def _update_index(repository: Repository, feed: bytes, options: tuple[str, ...]) -> _Outcome:
    # Without the third option, `--remove` takes files with the bit skip-worktree out of the index.
    command = ("update-index", "--add", "--remove", "--ignore-skip-worktree-entries", "-z", "--stdin")
    return _finish(_start(repository.root, *options, *command, feed=True), feed)


def changed_since(repository: Repository, ref: str) -> frozenset[str]:
    """Return the tracked paths added, changed or deleted on disk since the branch left `ref`: since the merge base.

    Where git knows none, as in a shallow clone, it is since `ref` itself, which is more. Raises GitError.
    """
    if ref.startswith("-") or not ref:
        raise GitError(f"--since: {ref!r} is not a revision; name a branch, a tag or a commit")
    base = _finish(_start(repository.root, "merge-base", ref, "HEAD"))
    start = ref if base.status else _text(base.output).strip()
    outcome = _finish(
        _start(repository.root, "diff", "--name-only", "-z", "--no-renames", "--ignore-submodules=all", start, "--")
    )
    if outcome.status == 128 and (b"bad revision" in outcome.errors or b"bad object" in outcome.errors):
        raise GitError(f"--since: git does not know the revision {ref!r}; in a shallow clone, fetch it first")
    return frozenset(_names(_checked(outcome, f"compare with {ref}")))


def staged(repository: Repository) -> frozenset[str]:
    """Return the paths whose index entry differs from the last commit: all before the first commit."""
    outcome = _finish(
        _start(repository.root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--ignore-submodules=all")
    )
    return frozenset(_names(_checked(outcome, "list the staged files")))


def history_renames(
    repository: Repository, paths: Iterable[str], exists: Callable[[str], bool], since: str = ""
) -> dict[str, str]:
    """Return old path -> current path for those of `paths` that commits renamed, following up to `MAX_RENAMES` renames.

    Only the commits after `since` count if it is given and is an ancestor of the last commit. A path for which `exists`
    is true is not followed further. Renames are detected only in the commits that removed a path, as detecting them in
    the whole of a long history takes minutes.
    """
    if since and _finish(_start(repository.root, "merge-base", "--is-ancestor", since, "HEAD")).status:
        since = ""
    current: dict[str, str] = {}
    pending = {path: (path, since) for path in paths}
    for number in range(MAX_RENAMES):
        steps = _renamed_once(repository, pending.values(), earliest=number > 0)
        pending = {old: steps[step] for old, step in pending.items() if step in steps}
        current.update((old, path) for old, (path, _) in pending.items())
        pending = {old: step for old, step in pending.items() if not exists(step[0])}
        if not pending:
            break
    return current


def head(repository: Repository) -> str:
    """Return the id of the last commit; empty before the first one and outside of git."""
    if repository.git_dir is None:
        return ""
    outcome = _finish(_start(repository.root, "rev-parse", "--verify", "--quiet", "HEAD"))
    return "" if outcome.status else _text(outcome.output).strip()


def changed_since_commit(repository: Repository, ref: str = "HEAD") -> tuple[dict[str, str], frozenset[str]]:
    """Return the renames since the commit `ref` (old path -> new path), and the paths whose content on disk differs
    from it. Both are empty if git fails."""
    if repository.git_dir is None:
        return {}, frozenset()
    outcome = _renames(repository, "diff", "--name-status", "-z", "--ignore-submodules=all", ref, "--")
    if outcome.status:
        return {}, frozenset()
    fields = _names(outcome.output)
    renamed: dict[str, str] = {}
    changed: set[str] = set()
    index = 0
    while index < len(fields):
        if fields[index][0] in "RC":
            renamed.update(_rename_pairs(fields[index : index + 3]))
            changed.add(fields[index + 2])
            index += 3
        else:
            changed.add(fields[index + 1])
            index += 2
    return renamed, frozenset(changed)


def commits_that_changed(repository: Repository, paths: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each of `paths`, the commits that changed it, newest first, at most `MAX_VERSIONS`."""
    commits_by_path: dict[str, list[str]] = {}
    for commit, path in _log(repository, "HEAD", sorted(set(paths))):
        commits = commits_by_path.setdefault(path, [])
        if len(commits) < MAX_VERSIONS:
            commits.append(commit)
    return commits_by_path


def read_blobs(repository: Repository, names: Sequence[str]) -> dict[str, bytes]:
    """Return the content of each object id or `<revision>:<path>` that git has. Names with a newline are left out."""
    requested = [name for name in names if "\n" not in name]
    if repository.git_dir is None or not requested:
        return {}
    feed = "".join(f"{name}\n" for name in requested).encode("utf-8", "surrogateescape")
    outcome = _finish(_start(repository.root, "cat-file", "--batch", feed=True), feed)
    return _batch_contents(requested, outcome.output)


def head_blob(repository: Repository, path: str) -> bytes | None:
    """Return the content of `path` in the last commit, or None if the commit does not have it."""
    if repository.git_dir is None:
        return None
    outcome = _finish(_start(repository.root, "cat-file", "blob", f"HEAD:{path}"))
    return None if outcome.status else outcome.output


def first_changed_lines(repository: Repository, base: str, paths: list[str]) -> dict[str, int]:
    """Return, for each of `paths` that differs from the commit `base`, the number of the first line that does; nothing
    if there is no such commit."""
    from re import compile as compiled

    if repository.git_dir is None:
        return {}
    hunk = compiled(rb"@@ -[0-9,]+ \+([0-9]+)")
    lines: dict[str, int] = {}
    for path in paths:
        options = ("-U0", "--no-color", "--no-ext-diff", "--no-textconv")
        outcome = _finish(_start(repository.root, "diff", *options, "--end-of-options", base, "--", path))
        if outcome.status:
            return lines
        found = next(filter(None, map(hunk.match, outcome.output.split(b"\n"))), None)
        if found:
            lines[path] = max(int(found[1]), 1)
    return lines


def is_on_a_remote(repository: Repository, commit: str) -> bool:
    """Report whether a branch of a remote contains a commit, as far as the repository knows."""
    outcome = _finish(_start(repository.root, "branch", "--remotes", "--contains", commit))
    return not outcome.status and bool(outcome.output.strip())


def remote_urls(repository: Repository) -> tuple[str, ...]:
    """Return the URLs of the repository's remotes, `origin` first."""
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
        raise GitError(f"{files.shown(str(cwd))} is not a folder")
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
    message = _text(outcome.errors).strip().split("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
    return GitError(f"git could not {purpose}: {files.shown(message) or f'exit status {outcome.status}'}")


def _without_work_tree(cwd: Path, outcome: _Outcome) -> Repository:
    """Return `cwd` as a folder outside of git. Raises GitError if `rev-parse` failed for another reason."""
    message = _text(outcome.errors)
    if "dubious ownership" in message or "unsafe repository" in message:
        raise GitError(
            "git refuses this repository because another user owns it: "
            f"git config --global --add safe.directory {files.shown(str(_root_with_git_folder(cwd) or cwd))}"
        )
    if "must be run in a work tree" in message or "cannot use bare repository" in message:
        raise _no_work_tree(cwd)
    variables = [name for name in ("GIT_DIR", "GIT_WORK_TREE") if os.environ.get(name)]
    if "not a git repository" not in message or variables or _root_with_git_folder(cwd):
        raise _failure(f"open the repository{' named by ' + variables[0] if variables else ''}", outcome)
    return Repository(root=cwd.resolve(), git_dir=None, prefix="")


def _no_work_tree(cwd: Path) -> GitError:
    shown = files.shown(str(cwd))
    if ".git" in cwd.resolve().parts:
        return GitError(f"{shown} is inside git's own folder: run kwlint in the working tree")
    return GitError(f"{shown} has no working tree (a bare repository): run kwlint in a clone of it")


def _root_with_git_folder(cwd: Path) -> Path | None:
    resolved = cwd.resolve()
    return next((folder for folder in (resolved, *resolved.parents) if os.path.lexists(folder / ".git")), None)


def _prefix(root: Path, cwd: Path) -> str:
    try:
        below = cwd.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else f"{below}/"


def _listing(repository: Repository, entries: bytes, changes: bytes) -> GitListing:
    # Nearly every record is `H 100644 <id> 0<tab><path>`: cut at fixed positions. The others are parsed one by one.
    cut = 9 + (64 if repository.algorithm == "sha256" else 40)
    records = _names(entries)
    tracked = {record[cut + 3 :]: record[9:cut] for record in records if record[:5] == "H 100"}
    odd = [record for record in records if record[:5] != "H 100"] if len(tracked) != len(records) else []
    untracked = sorted(record[2:] for record in odd if record[0] == "?" and record[-1] != "/")
    unmerged = _unmerged(odd, cut)
    special = [record for record in odd if record[0] in "HhSs"]
    tracked.update((record[cut + 3 :], record[9:cut]) for record in special)
    tracked.update(unmerged)
    hidden = frozenset(record[cut + 3 :] for record in special if record[0] in "hSs")
    deleted, candidates, announced = _changes(changes)
    reads_index = repository.hook.reads_index
    if reads_index and announced:
        untracked = sorted([*untracked, *announced])
        candidates = [path for path in candidates if path not in announced]
        for path in announced:
            tracked.pop(path, None)
    return GitListing(
        tracked=tracked,
        symlinks=frozenset(record[cut + 3 :] for record in special if record[2:8] == "120000"),
        submodules=frozenset(record[cut + 3 :] for record in special if record[2:8] == "160000"),
        modified=_modified(repository, tracked, set(candidates) - deleted),
        deleted=deleted,
        hidden=hidden,
        untracked=tuple(path for path in untracked if not files.is_temporary(path)),
        unmerged=frozenset(unmerged),
        temporary=tuple(path for path in untracked if files.is_temporary(path)),
        raw=b"\0\0".join((_without_temporary(entries), _joined(sorted(deleted)), b"%d" % reads_index)),
        reads_index=reads_index,
    )


def _unmerged(odd: list[str], cut: int) -> dict[str, str]:
    """Return path -> blob id of conflicting entries: our side (stage 2), else theirs (3), else the base (1)."""
    best: dict[str, tuple[int, str]] = {}
    for record in odd:
        if record[0] == "M":
            stage = int(record[cut + 1])
            rank = {2: 0, 3: 1}.get(stage, 2)
            path = record[cut + 3 :]
            best[path] = min(best.get(path, (9, "")), (rank, record[9:cut]))
    return {path: name for path, (_, name) in best.items()}


def _changes(changes: bytes) -> tuple[frozenset[str], list[str], frozenset[str]]:
    """Parse `git diff-files -z` (alternately `:modes ids letter` and path): deleted paths, candidates for modified
    ones, and those that `git add -N` announced."""
    fields = _names(changes)
    pairs = list(zip(fields[::2], fields[1::2], strict=True))
    deleted = frozenset(path for meta, path in pairs if meta[-1] == "D")
    announced = frozenset(path for meta, path in pairs if meta[-1] == "A")
    return deleted, [path for meta, path in pairs if meta[-1] != "D"], announced


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
    """Return the records without kwlint's temporary files, which other runs create and delete at any time."""
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


MAX_HASHED_SIZE = 1 << 23  # bytes; the token of a larger file, which is no document, is its size


def _walked_name(repository: Repository, path: str) -> str:
    size = files.size(repository.root, path)
    if size > MAX_HASHED_SIZE:
        return f"{size:040x}"
    try:
        return files.blob_id(files.read(repository.root, path))
    except files.FileError:
        return "0" * 40


def _renamed_once(
    repository: Repository, starts: Iterable[tuple[str, str]], *, earliest: bool
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the new path and the renaming commit for each (path, commit) that a later commit renamed.

    Of the commits that removed the path, the last one counts, or with `earliest` the first: a later file of the same
    name is not the one that is followed.
    """
    by_start: dict[str, list[str]] = {}
    for path, start in set(starts):
        by_start.setdefault(start, []).append(path)
    steps: dict[tuple[str, str], tuple[str, str]] = {}
    for start, paths in by_start.items():
        for commit, removed in _removals(repository, sorted(paths), start, earliest).items():
            renames = _commit_renames(repository, commit)
            steps.update(((path, start), (renames[path], commit)) for path in removed if path in renames)
    return steps


def _removals(repository: Repository, paths: list[str], start: str, earliest: bool) -> dict[str, list[str]]:
    """Return the commits after `start` that removed one of `paths`, the last or the first for each, with the paths."""
    chosen: dict[str, str] = {}
    for commit, name in _log(repository, f"{start}..HEAD" if start else "HEAD", paths, "--diff-filter=D"):
        if earliest or name not in chosen:
            chosen[name] = commit
    removals: dict[str, list[str]] = {}
    for path in paths:
        if path in chosen:
            removals.setdefault(chosen[path], []).append(path)
    return removals


def _log(repository: Repository, commits: str, paths: Sequence[str], *more: str) -> Iterator[tuple[str, str]]:
    """Yield (commit, path) for each change of one of `paths`, newest first, in the last `MAX_COMMITS` commits."""
    if repository.git_dir is None or not paths:
        return
    wanted = frozenset(paths)
    pathspecs = sorted(wanted)
    if len(pathspecs) > MAX_PATHSPECS:  # git compares each changed path with each pathspec
        pathspecs = sorted({path.partition("/")[0] for path in pathspecs})
    limit = ("-n", str(MAX_COMMITS), commits, "--", *(pathspecs if len(pathspecs) <= MAX_PATHSPECS else ()))
    command = ("log", "--no-renames", "--name-only", "-z", "--format=%x01%H", *more, *limit)
    outcome = _finish(_start(repository.root, *command))
    for record in _text(outcome.output).split("\1")[1:] if not outcome.status else ():
        commit, _, names = record.partition("\0")
        yield from ((commit, name) for name in names.removeprefix("\n").split("\0") if name in wanted)


def _commit_renames(repository: Repository, commit: str) -> dict[str, str]:
    words = ("-r", "--diff-filter=R", "--name-status", "--no-commit-id", "-z", commit)
    return _rename_pairs(_names(_renames(repository, "diff-tree", *words).output))


def _renames(repository: Repository, command: str, *words: str) -> _Outcome:
    """Run a comparison with rename detection, also for files whose old name another file has now (`-B`). For that git
    reads every changed file; in a partial clone, where it cannot, the comparison runs again without."""
    outcome = _finish(_start(repository.root, command, "-B", "-M", *words))
    return _finish(_start(repository.root, command, "-M", *words)) if outcome.status else outcome


def _rename_pairs(fields: list[str]) -> dict[str, str]:
    """Return old path -> new path from the output of `--name-status -z`: `R100`, old, new, and so on."""
    records = zip(fields[0::3], fields[1::3], fields[2::3], strict=False)
    return {old: new for status, old, new in records if status[0] == "R" and is_rename(int(status[1:]), old, new)}


def is_rename(similarity: int, old: str, new: str) -> bool:
    """Return whether a link may follow a rename that git detected (git's own threshold is 50 %).

    A file with another name and little of the content is more likely a part of the old file, which was split, or its
    successor.
    """
    return similarity >= MIN_SIMILARITY or old.rpartition("/")[2] == new.rpartition("/")[2]


def _batch_contents(names: list[str], output: bytes) -> dict[str, bytes]:
    """Parse the output of `git cat-file --batch`, which follows the order of `names`."""
    contents: dict[str, bytes] = {}
    start = 0
    for name in names:
        end = output.find(b"\n", start)
        if end < 0:
            break
        words = output[start:end].split(b" ")
        start = end + 1
        if len(words) == 3 and words[2].isdigit() and words[1] != b"missing":
            length = int(words[2])
            contents[name] = output[start : start + length]
            start += length + 1
    return contents


def _names(output: bytes) -> list[str]:
    return _text(output).split("\0")[:-1]  # every name ends in NUL


def _joined(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
