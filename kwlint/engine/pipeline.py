"""What git sees → facts → links and expected pages → problems → fixes.

`check` reports what is wrong and changes nothing but the cache; `repair` applies exactly the fixes that the problems
carry. Both take what is known from earlier runs out of the store, and compute only what a change reaches. With an empty
store that is everything, by the same code.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kwlint.engine import keys
from kwlint.engine.json_rows import decode_problem, packed
from kwlint.engine.outside import outside_changes, outside_is_read
from kwlint.engine.package_digest import package_digest
from kwlint.engine.store import Store, decoded
from kwlint.model.problem import Delete, Edit, Problem, Write, edits_by_path
from kwlint.repo import files, git
from kwlint.rules.links import REPAIRABLE_FROM_HISTORY
from kwlint.rules.pages import PageFinding, needs_text, problem_of_page
from kwlint.rules.selection import ProblemRecord, code_selector, is_below, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.repo.git import Repository

Answer = TypeVar("Answer")
PAGE_CODES = ("KW001", "KW002", "KW003", "KW004", "KW005", "KW006")  # whose fixes write or delete pages


class Result(NamedTuple):
    """What a check found.

    `notes` are remarks of one line each; `undecided` counts the links that cannot be decided from the repository
    alone. `from_git_alone`: the result depends on nothing but the configuration and the output of git. `checked` is the
    number of documents that the report covers, of all `sources`.
    """

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    undecided: int
    sources: int
    suppressed: int
    from_git_alone: bool = False
    checked: int = 0


class Repair(NamedTuple):
    """The paths that a repair wrote, deleted and edited, and what is left to do."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    edited: tuple[str, ...]
    remaining: tuple[Problem, ...]
    errors: tuple[str, ...]


def check(repository: Repository, config: Config, request: Request, pending: git.PendingStatus | None = None) -> Result:
    """Return what is wrong in the repository; `pending` is a git status that was started earlier.

    Raises `git.GitError` where git fails.
    """

    def answer(store: Store, status: git.GitStatus) -> Result:
        return _check(store, repository, config, request, status)

    return _with_store(repository, request, pending, answer)


def consult(
    repository: Repository,
    config: Config,
    request: Request,
    read: Callable[[Store], Answer],
    pending: git.PendingStatus | None = None,
) -> Answer:
    """Return what `read` finds in the store once it is up to date. Raises `git.GitError` where git fails."""

    def answer(store: Store, status: git.GitStatus) -> Answer:
        _bring_up_to_date(store, repository, config, request, status)
        return read(store)

    return _with_store(repository, request, pending, answer)


def _with_store(
    repository: Repository,
    request: Request,
    pending: git.PendingStatus | None,
    answer: Callable[[Store, git.GitStatus], Answer],
) -> Answer:
    store = Store.open(repository.root, use_cache=request.use_cache, aside=bool(request.overlay))
    status = pending.result() if pending else git.read_status(repository)
    try:
        return answer(store, status)
    except sqlite3.Error:
        # The cache is damaged: start again without it.
        store.close()
        store = Store.in_memory()
        return answer(store, status)
    finally:
        store.close()


def _check(store: Store, repository: Repository, config: Config, request: Request, status: git.GitStatus) -> Result:
    disk, texts = _bring_up_to_date(store, repository, config, request, status)
    links = _with_history(store, repository, disk, status, config, request, unchanged=texts is None)
    alone = store.kept and bool(store.meta("entries")) and not outside_is_read(store)
    return _result(store, repository, config, request, links, texts or {})._replace(from_git_alone=alone)


# --- bringing the store up to date


def _bring_up_to_date(
    store: Store, repository: Repository, config: Config, request: Request, status: git.GitStatus
) -> tuple[files.Disk, dict[str, str] | None]:
    """Bring the store's state up to date; return the texts of pages that were rendered on the way.

    The texts are None where nothing had changed.
    """
    settings = _settings(config, request, status)
    disk = files.Disk(repository.root, repository.algorithm, request.overlay)
    # Where more than git's output counts, none of it is kept.
    output = status.digest() if status.is_fully_tracked(config.output_dir) else b""
    unchanged = output and store.meta("request") == settings and store.meta("entries") == output
    if unchanged and not request.overlay and not any(outside_changes(store, disk)):
        return disk, None
    return disk, _updated(store, repository, disk, status, output, settings, config, request)


def _settings(config: Config, request: Request, status: git.GitStatus) -> bytes:
    """Return what the state depends on besides the tree, without what only selects what is reported."""
    from kwlint.config import core

    drafts = [path for path in request.paths if status.lists_as_untracked(path)]
    text = f"{package_digest()} {core(config)!r} {drafts!r} {request.shard}"
    return text.encode("utf-8", "surrogateescape")


def _updated(
    store: Store,
    repository: Repository,
    disk: files.Disk,
    status: git.GitStatus,
    output: bytes,
    settings: bytes,
    config: Config,
    request: Request,
) -> dict[str, str]:
    """Update the store's state; `output` is git's, empty where more than that counts."""
    from kwlint.repo.snapshot import fingerprint

    listing = git.parse_status(repository, status)
    if request.overlay:
        listing = listing._replace(modified=listing.modified | request.overlay.keys())
    _prepare(listing, disk, config, request)
    mark = fingerprint(listing, disk.blob_id, config.output_dir, settings)
    texts: dict[str, str] = {}
    if store.meta("fingerprint") != mark or any(outside_changes(store, disk)):
        from kwlint.engine.update import update

        texts = update(store, repository, listing, disk, config, request)
        store.set_meta("fingerprint", mark)
    store.set_meta("entries", b"" if listing.temporary else output)
    store.set_meta("request", settings)
    store.keep()
    return texts


def _prepare(listing: git.GitListing, disk: files.Disk, config: Config, request: Request) -> None:
    """Refuse an output folder that holds other files; before a repair, remove what a killed run left."""
    from kwlint.config import check_flavour_folders, check_output_dir_is_ours
    from kwlint.pages.registry import page_names

    gone = listing.deleted | listing.absent
    here = listing.tracked.keys() - gone if gone else listing.tracked.keys()
    check_flavour_folders(config, here)
    check_output_dir_is_ours(config, here, page_names(), lambda path: files.has_marker(disk.read_or_none(path) or b""))
    if request.texts:
        files.sweep(disk.root, listing.temporary)


# --- problems


def _with_history(
    store: Store,
    repository: Repository,
    disk: files.Disk,
    status: git.GitStatus,
    config: Config,
    request: Request,
    *,
    unchanged: bool,
) -> list[ProblemRecord]:
    """Return the problems of documents, with the fixes that git's history shows.

    `unchanged`: the tree is that of the last run, whose fixes are kept.
    """
    found = _document_problems(store)
    if repository.git_dir is None or not any(one.problem.code in REPAIRABLE_FROM_HISTORY for one in found):
        return found
    searched = packed([git.head(repository), request.since, request.texts or request.deep]).encode()
    if unchanged and store.meta("history") == searched:
        fixed = [_problem(row) for row in store.meta_json("repaired", [])]
        by_place = {_place_of(problem): problem for problem in fixed}
        return [one._replace(problem=by_place.get(_place_of(one.problem), one.problem)) for one in found]
    from kwlint.engine.history import HistoryContext, with_fixes_from_history

    context = HistoryContext(repository, status, disk, request)
    after = with_fixes_from_history(found, context, config, store)
    changed = [new.problem for new, old in zip(after, found, strict=True) if new is not old]
    store.set_meta("history", searched)
    store.set_meta_json("repaired", changed)
    store.keep()
    return after


def _place_of(problem: Problem) -> tuple[str, int, int, str]:
    """Return what tells a problem of a document from the others."""
    return problem.path, problem.line, problem.column, problem.code


def _document_problems(store: Store) -> list[ProblemRecord]:
    rows = (row for _, text in store.values(keys.PROBLEMS) for row in decoded(text))
    return [ProblemRecord(_problem(problem), tuple(reaches)) for problem, reaches in rows]


def _problem(row: list[object]) -> Problem:
    """Return the problem that was kept as `row`. Raises sqlite3.DatabaseError where it is damaged."""
    try:
        return decode_problem(row)
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(str(error)) from None


def _result(
    store: Store,
    repository: Repository,
    config: Config,
    request: Request,
    links: list[ProblemRecord],
    texts: dict[str, str],
) -> Result:
    pages = _page_problems(store, config, request, texts, repository)
    found = [*links, *(ProblemRecord(problem, ()) for problem in pages)]
    scope = _scope(repository, config, request)
    selection = select(found, config, store.suppressions, scope)
    sources, undecided = store.meta_json("counts", (0, 0))
    return Result(
        problems=selection.problems,
        notes=_notes(store),
        undecided=undecided,
        sources=sources,
        suppressed=selection.suppressed,
        checked=_checked(store, config, request, scope, sources),
    )


def _checked(store: Store, config: Config, request: Request, scope: frozenset[str] | None, sources: int) -> int:
    """Return the number of documents that the report covers."""
    if scope is None and request.shard.parts == 1:
        return sources
    paths = store.names(keys.DOCUMENT)
    return sum(request.shard.holds(path, config) and (scope is None or is_below(path, scope)) for path in paths)


def _page_problems(
    store: Store, config: Config, request: Request, texts: dict[str, str], repository: Repository
) -> list[Problem]:
    found = [PageFinding(*decoded(text)) for _, text in store.values(keys.PAGE_PROBLEM)]
    if request.texts:
        from kwlint.engine.update import texts_of

        wanted = code_selector(config)
        lacking = [one for one in found if wanted(one.code) and needs_text(one) and one.path not in texts]
        disk = files.Disk(repository.root, repository.algorithm, request.overlay)
        texts.update(texts_of(store, config, request, disk, lacking))
    return [problem_of_page(one, texts.get(one.path)) for one in found]


def _scope(repository: Repository, config: Config, request: Request) -> frozenset[str] | None:
    """Return the paths that the user named, or that changed; a page stands for its document. None means all."""
    if request.since is None and not request.staged and not request.paths:
        return None
    from kwlint.pages.names import source_of

    if request.since is None and not request.staged:
        return frozenset(source_of(config, path) or path for path in request.paths)
    changed = set(git.changed_since(repository, request.since)) if request.since is not None else set()
    if request.staged:
        changed |= set(git.staged(repository))
    named = frozenset(request.paths)
    if named:
        changed = {path for path in changed if is_below(path, named)}
    return frozenset(source_of(config, path) or path for path in changed)


def _notes(store: Store) -> tuple[str, ...]:
    notes = [*store.meta_json("errors", []), *(text for _, text in store.values(keys.READ_ERROR))]
    skipped = store.meta_json("skipped", [])
    if skipped:
        some = f"{len(skipped)} untracked documents are" if len(skipped) > 1 else f"{skipped[0]} is untracked and"
        notes.append(f"{some} left out (`git add` what belongs to the repository)")
    return tuple(notes)


# --- fixes


def repair(
    repository: Repository,
    config: Config,
    request: Request,
    problems: tuple[Problem, ...],
    *,
    unsafe: bool,
    stage: bool,
) -> Repair:
    """Apply the fixes that `problems` carry: those of documents first, because they change what pages are expected."""
    edited, errors = _edit_documents(repository, problems, unsafe=unsafe)
    if edited:
        problems = check(repository, config, request._replace(texts=True)).problems
    written, deleted, unwritten = _write_pages(repository, config, problems)
    errors += unwritten
    if stage:
        git.add(repository, sorted({*written, *deleted, *_uncommitted(problems)}))
    done = {*written, *deleted}
    left = (problem for problem in problems if problem.path not in done and not (stage and problem.code == "KW007"))
    return Repair(tuple(written), tuple(deleted), tuple(edited), tuple(left), tuple(errors))


def foresee(
    repository: Repository, config: Config, request: Request, problems: tuple[Problem, ...], *, unsafe: bool
) -> tuple[Problem, ...]:
    """Return the problems with the fixes that `repair` would apply: pages as they will be once links are fixed."""
    overlay = dict(_edited(repository, problems, unsafe=unsafe))
    if not overlay or not any(map(code_selector(config), PAGE_CODES)):
        return problems
    after = check(repository, config, request._replace(texts=True, overlay=overlay)).problems
    edits = (problem for problem in problems if problem.fix and isinstance(problem.fix.action, Edit))
    pages = (problem for problem in after if problem.fix and not isinstance(problem.fix.action, Edit))
    return (*edits, *pages)


def _edited(repository: Repository, problems: tuple[Problem, ...], *, unsafe: bool) -> Iterator[tuple[str, bytes]]:
    """Return path and bytes of each document after its fixes, without those that were changed in the meantime."""
    for path, edits in edits_by_path(problems, unsafe=unsafe).items():
        with suppress(files.FileError):
            yield path, _with_edits(repository, path, edits)[1]


def _with_edits(repository: Repository, path: str, edits: list[Edit]) -> tuple[bytes, bytes]:
    """Return the bytes of a document, before and after `edits`. Raises FileError where it has been changed since."""
    from kwlint.text.encoding import apply_edits, decode

    before = files.read(repository.root, path)
    text = decode(before).text
    if any(text[edit.start : edit.end] != edit.was for edit in edits):
        raise files.FileError(f"did not change {files.shown(path)}: another program changed it meanwhile; run again")
    return before, apply_edits(before, edits)


def _uncommitted(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.path for problem in problems if problem.code == "KW007"}


def _edit_documents(
    repository: Repository, problems: tuple[Problem, ...], *, unsafe: bool
) -> tuple[list[str], list[str]]:
    edited, errors = [], []
    for path, edits in edits_by_path(problems, unsafe=unsafe).items():
        try:
            before, after = _with_edits(repository, path, edits)
            files.write_atomically(repository.root, path, after, expected=before)
            edited.append(path)
        except files.FileError as error:
            errors.append(str(error))
    return edited, errors


def _write_pages(
    repository: Repository, config: Config, problems: tuple[Problem, ...]
) -> tuple[list[str], list[str], list[str]]:
    written: list[str] = []
    deleted: list[str] = []
    errors: list[str] = []
    for problem in problems:
        action = problem.fix.action if problem.fix is not None else None
        try:
            if isinstance(action, Write):
                files.write_page(repository.root, action.path, action.text.encode("utf-8", "surrogatepass"))
                written.append(action.path)
            elif isinstance(action, Delete):
                files.delete_page(repository.root, action.path, config.output_dir)
                deleted.append(action.path)
        except files.FileError as error:
            errors.append(str(error))
    return written, deleted, errors
