"""What git sees → facts → links and expected pages → problems.

`check` reports what is wrong and changes nothing but the cache. It takes what earlier runs computed out of the store,
and computes only what a change reaches. With an empty store that is everything, by the same code.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kwlint.config import ConfigError
from kwlint.engine import keys
from kwlint.engine.json_rows import decode_problem, packed
from kwlint.engine.outside import outside_changes, outside_is_read
from kwlint.engine.package_digest import package_digest
from kwlint.engine.store import Store, decoded
from kwlint.model.problem import Problem, Write
from kwlint.repo import files, git
from kwlint.repo.contents import Contents
from kwlint.rules.selection import REPAIRABLE_FROM_HISTORY, ProblemRecord, Scope, code_selector, is_below, select

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.repo.git import Repository
    from kwlint.rules.pages import PageFinding

Answer = TypeVar("Answer")

USER_ERRORS = (git.GitError, files.FileError, ConfigError, MemoryError, BrokenPipeError)  # not the fault of the cache


class Result(NamedTuple):
    """What a check found.

    `errors` say which documents could not be read; `notes` are other remarks of one line each. `undecided` counts the
    links that cannot be decided from the repository alone. `from_git_alone`: the result depends on nothing but the
    configuration and the output of git. `checked` is the number of documents that the report covers, of all `sources`.
    `shared_pages`: whether it covers the shared pages, if there are any. `was_undone`: the last run was to write the
    same pages, with the same index.
    """

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    undecided: int
    sources: int
    suppressed: int
    from_git_alone: bool = False
    checked: int = 0
    shared_pages: bool = True
    errors: tuple[str, ...] = ()
    was_undone: bool = False


class Run(NamedTuple):
    """What one check works on; `status` is git's view of the repository."""

    store: Store
    repository: Repository
    config: Config
    request: Request
    status: git.GitStatus

    def disk(self) -> Contents:
        """Return the contents of the files, under the request's overlay."""
        return contents_of(self.repository, self.status, self.config, self.request.overlay)


def contents_of(
    repository: Repository, status: git.GitStatus, config: Config, overlay: Mapping[str, bytes] = files.NO_OVERLAY
) -> Contents:
    """Return the contents of the files as git would commit them, under `overlay`."""

    def list_indexed() -> dict[str, git.IndexedFile]:
        from kwlint.config import SUFFIXES

        prefix = f"{config.output_dir}/"
        endings = (*SUFFIXES, ".mdx", ".qmd") if config.include == type(config)().include else ""
        return git.indexed_files(
            repository, status, lambda path: path.startswith(prefix), lambda path: path.endswith(endings)
        )

    return Contents(repository, list_indexed, overlay)


def check(repository: Repository, config: Config, request: Request, pending: git.PendingStatus | None = None) -> Result:
    """Return what is wrong in the repository; `pending` is a git status that was started earlier.

    Raises `git.GitError` where git fails.
    """
    return _with_store(repository, config, request, pending, _check)


def consult(
    repository: Repository,
    config: Config,
    request: Request,
    read: Callable[[Store], Answer],
    pending: git.PendingStatus | None = None,
) -> Answer:
    """Return what `read` finds in the store once it is up to date. Raises `git.GitError` where git fails."""

    def answer(run: Run) -> Answer:
        _bring_up_to_date(run)
        run.store.keep()
        return read(run.store)

    return _with_store(repository, config, request, pending, answer)


def _with_store(
    repository: Repository,
    config: Config,
    request: Request,
    pending: git.PendingStatus | None,
    answer: Callable[[Run], Answer],
) -> Answer:
    store = Store.open(repository.root, use_cache=request.use_cache, aside=bool(request.overlay))
    status = pending.result() if pending else git.read_status(repository)
    try:
        store.verify()
        return answer(Run(store, repository, config, request, status))
    except USER_ERRORS:
        raise
    except Exception:
        # Whatever goes wrong with a cache may be its fault: start again without it.
        if store.is_new:
            raise
        store.discard()
        store = Store.in_memory()
        return answer(Run(store, repository, config, request, status))
    finally:
        store.close()


def _check(run: Run) -> Result:
    store = run.store
    texts = _bring_up_to_date(run)
    records = _with_history(run, unchanged=texts is None)
    alone = store.kept and bool(store.meta("entries")) and not outside_is_read(store)
    result = _result(run, records, texts or {})
    undone = run.request.texts and _is_repeated(run, result.problems)
    store.keep()  # once, because the checksum takes as long as reading the whole file
    return result._replace(from_git_alone=alone, was_undone=undone)


def _is_repeated(run: Run, problems: tuple[Problem, ...]) -> bool:
    """Return whether the last run with fixes found the same pages to write, and the same index; keep this finding.

    Then something put the earlier pages back, such as pre-commit, which undoes what conflicts with unstaged changes.
    """
    pages = [problem.path for problem in problems if problem.fix is not None and isinstance(problem.fix.action, Write)]
    mark = run.status.digest() + packed(pages).encode("utf-8", "surrogatepass") if pages else b""
    before = run.store.meta("to-write")
    if mark != (before or b""):
        run.store.set_meta("to-write", mark)
    return bool(mark) and mark == before


# --- bringing the store up to date


def _bring_up_to_date(run: Run) -> dict[str, str] | None:
    """Bring the store's state up to date; return the texts of pages that were rendered on the way.

    The result is None where nothing had changed.
    """
    store, status = run.store, run.status
    settings = _settings(run)
    # Where more than git's output counts, none of it is kept.
    output = status.digest() if status.is_fully_tracked(run.config.output_dir) else b""
    unchanged = output and store.meta("request") == settings and store.meta("entries") == output
    if unchanged and not run.request.overlay and not any(outside_changes(store, run.disk())):
        return None
    return _update(run, output, settings)


def _settings(run: Run) -> bytes:
    """Return what the state depends on besides the tree, without what only selects what is reported."""
    from kwlint.config import core

    drafts = [path for path in run.request.paths if run.status.lists_as_untracked(path)]
    text = f"{package_digest()} {core(run.config)!r} {drafts!r} {run.request.shard}"
    return text.encode("utf-8", "surrogateescape")


def _update(run: Run, output: bytes, settings: bytes) -> dict[str, str]:
    """Update the store's state; `output` is git's, empty where more than that counts."""
    from kwlint.repo.snapshot import fingerprint

    store, config, request, disk = run.store, run.config, run.request, run.disk()
    listing = git.parse_status(run.repository, run.status)
    if request.overlay:
        listing = listing._replace(modified=listing.modified | request.overlay.keys())
    _prepare(listing, disk, config, request)
    mark = fingerprint(listing, disk.blob_id, config.output_dir, settings)
    texts: dict[str, str] = {}
    if store.meta("fingerprint") != mark or any(outside_changes(store, disk)):
        from kwlint.engine.update import update

        texts = update(store, run.repository, listing, disk, config, request)
        store.set_meta("fingerprint", mark)
    store.set_meta("entries", b"" if listing.temporary else output)
    store.set_meta("request", settings)
    return texts


def _prepare(listing: git.GitListing, disk: Contents, config: Config, request: Request) -> None:
    """Refuse an output folder that holds other files; before a repair, remove what a killed run left."""
    from kwlint.config import check_flavour_folders, check_output_dir_is_ours
    from kwlint.pages.registry import page_names

    gone = listing.deleted
    here = listing.tracked.keys() - gone if gone else listing.tracked.keys()
    check_flavour_folders(config, here)
    if listing.reads_index:
        _check_configuration_is_staged(listing, disk, config)
    check_output_dir_is_ours(config, here, page_names(), lambda path: files.has_marker(disk.read_or_none(path) or b""))
    if request.texts:
        files.sweep(disk.root, listing.temporary)


def _check_configuration_is_staged(listing: git.GitListing, disk: Contents, config: Config) -> None:
    """Refuse to check the index with a configuration that is not in it. Raises ConfigError."""
    from kwlint.config import CONFIG_FILE, PROJECT_FILE, ConfigError

    differing = {*listing.modified, *listing.deleted, *listing.untracked}
    names = [name for name in (CONFIG_FILE, config.baseline, config.keywords.stop_words_file) if name in differing]
    if PROJECT_FILE in differing and config != type(config)() and not disk.exists(CONFIG_FILE):
        names.append(PROJECT_FILE)
    if names:
        raise ConfigError(
            f"{files.shown(names[0])} has changes that are not staged, and the commit is checked without them: "
            f"`git add {files.shown(names[0])}`, or `git stash push {files.shown(names[0])}`"
        )


# --- problems


def _with_history(run: Run, *, unchanged: bool) -> list[ProblemRecord]:
    """Return the problems of documents, with the fixes that git's history shows.

    `unchanged`: the tree is that of the last run, whose fixes are kept.
    """
    store, request = run.store, run.request
    records = _document_problems(store)
    if run.repository.git_dir is None or not any(one.problem.code in REPAIRABLE_FROM_HISTORY for one in records):
        return records
    searched = packed([git.head(run.repository), request.since, request.texts or request.deep]).encode()
    if unchanged and store.meta("history") == searched:
        fixed = [_problem(row, row[0]) for row in store.meta_json("repaired", [])]
        by_place = {_place_of(problem): problem for problem in fixed}
        return [one._replace(problem=by_place.get(_place_of(one.problem), one.problem)) for one in records]
    from kwlint.engine.history import HistoryContext, with_fixes_from_history

    context = HistoryContext(run.repository, run.status, run.disk(), request)
    after = with_fixes_from_history(records, context, run.config, store)
    store.set_meta("history", searched)
    store.set_meta_json("repaired", [new.problem for new, old in zip(after, records, strict=True) if new is not old])
    return after


def _place_of(problem: Problem) -> tuple[str, int, int, str]:
    """Return what tells a problem of a document from the others."""
    return problem.path, problem.line, problem.column, problem.code


def _document_problems(store: Store) -> list[ProblemRecord]:
    rows = ((path, row) for path, text in store.values(keys.PROBLEMS) for row in decoded(text))
    return [ProblemRecord(_problem(problem, path), tuple(paths)) for path, (problem, paths) in rows]


def _problem(row: list[object], path: str) -> Problem:
    """Return the problem of the document at `path` that was kept as `row`.

    Raises sqlite3.DatabaseError where it is damaged, or edits another file.
    """
    try:
        problem = decode_problem(row)
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(str(error)) from None
    if problem.path != path or (problem.fix is not None and problem.fix.action.path != path):
        raise sqlite3.DatabaseError(f"a problem of another file than {path}")
    return problem


def _result(run: Run, records: list[ProblemRecord], texts: dict[str, str]) -> Result:
    store, config, request = run.store, run.config, run.request
    records = [*records, *(ProblemRecord(problem, ()) for problem in _page_problems(run, texts))]
    scope = _scope(run)
    selection = select(records, config, store.suppressions, scope)
    sources, undecided = store.meta_json("counts", (0, 0))
    return Result(
        problems=selection.problems,
        notes=_notes(store),
        errors=tuple(text for _, text in store.values(keys.READ_ERROR)),
        undecided=undecided,
        sources=sources,
        suppressed=selection.suppressed,
        checked=_checked(store, config, request, scope, sources),
        shared_pages=scope.shared_pages and (request.shard.shared or not _has_shared_pages(config)),
    )


def _checked(store: Store, config: Config, request: Request, scope: Scope, sources: int) -> int:
    """Return the number of documents that the report covers."""
    if scope.paths is None and request.shard.parts == 1:
        return sources
    paths = store.names(keys.DOCUMENT)
    return sum(
        request.shard.holds(path, config) and (scope.paths is None or is_below(path, scope.paths)) for path in paths
    )


def _has_shared_pages(config: Config) -> bool:
    from kwlint.pages.registry import shared_names

    return not set(shared_names()).isdisjoint(config.pages)


def _page_problems(run: Run, texts: dict[str, str]) -> list[Problem]:
    """Return the problems of pages; `texts` gets the expected texts that their fixes need."""
    rows = run.store.values(keys.PAGE_PROBLEM)
    if not rows:
        return []
    from kwlint.rules.pages import RUN_FIX, RUN_FIX_OF_SHARED, PageFinding, needs_text, problem_of_page

    unread = frozenset((*run.store.names(keys.READ_ERROR), *run.store.names(keys.UNAVAILABLE)))
    findings = [one for one in (PageFinding(*decoded(text)) for _, text in rows) if _is_decidable(one, unread, run)]
    if run.request.texts:
        from kwlint.engine.update import texts_of

        is_selected = code_selector(run.config)
        lacking = [one for one in findings if is_selected(one.code) and needs_text(one) and one.path not in texts]
        texts.update(texts_of(run.store, run.config, run.request, run.disk(), lacking))
    keeps_shared = run.request.shard.shared and run.config.shared_pages == "ci"
    run_fix = RUN_FIX_OF_SHARED if keeps_shared else RUN_FIX
    return [problem_of_page(one, texts.get(one.path), run_fix) for one in findings]


def _is_decidable(finding: PageFinding, unread: frozenset[str], run: Run) -> bool:
    """Return whether a page can be judged without the documents that could not be read: it is another document's own
    page, or a file that kwlint did not write."""
    if not unread or finding.code in ("KW008", "KW009"):
        return True
    from kwlint.pages.names import source_of

    source = source_of(run.config, finding.path)
    return source is not None and source not in unread


def _scope(run: Run) -> Scope:
    """Return what the user named, or what changed; the path of a page means its document."""
    repository, config, request = run.repository, run.config, run.request
    if request.since is None and not request.staged and not request.paths:
        return Scope()
    from kwlint.pages.names import source_of

    paths = frozenset(request.paths)
    if request.since is not None or request.staged:
        changed = set(git.changed_since(repository, request.since)) if request.since is not None else set()
        if request.staged:
            changed |= git.staged(repository)
        if any(map(_decides_everything, changed)):
            return Scope()
        paths = frozenset(path for path in changed if not paths or is_below(path, paths))
    paths = frozenset(source_of(config, path) or path for path in paths)
    return Scope(paths, _has_document(run, paths))


def _decides_everything(path: str) -> bool:
    """Return whether pages and links of other files depend on a file: the configuration of kwlint, git or a
    generator."""
    from kwlint.config import CONFIG_FILE, PROJECT_FILE
    from kwlint.flavours.detection import config_files

    return path in (CONFIG_FILE, PROJECT_FILE) or path.endswith(".gitignore") or bool(config_files([path]))


def _has_document(run: Run, paths: frozenset[str]) -> bool:
    """Return whether one of the paths is a document, was one, or is a folder of documents."""
    from kwlint.config import source_matcher

    is_source = source_matcher(run.config)
    documents = run.store.names(keys.DOCUMENT)
    return any(map(is_source, paths)) or any(is_below(path, paths) for path in documents)


def _notes(store: Store) -> tuple[str, ...]:
    notes = list(store.meta_json("errors", []))
    unavailable = store.names(keys.UNAVAILABLE)
    if unavailable:
        some = f"{len(unavailable)} documents" if len(unavailable) > 1 else files.shown(unavailable[0])
        notes.append(f"{some} left out, with the pages that need them: git does not have the content (a partial clone)")
    skipped = store.meta_json("skipped", [])
    if skipped:
        some = f"{len(skipped)} untracked documents are" if len(skipped) > 1 else f"{skipped[0]} is untracked and"
        notes.append(f"{some} left out (`git add` what belongs to the repository)")
    return tuple(notes)
