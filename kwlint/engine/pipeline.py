"""The whole story: what git sees -> facts -> links and expected pages -> problems -> repairs.

`check` says what is wrong and changes nothing but the cache; `repair` applies exactly the fixes that the problems
carry. Both take what is known from earlier runs out of the store and derive only what a change reaches; with an empty
store that is everything, by the same code.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kwlint import __version__
from kwlint.engine.store import Store, packed, unpacked
from kwlint.model.problem import MAY_BE_RENAMED, Delete, Edit, Fix, Problem, Write, edits_by_path
from kwlint.repo import files, git
from kwlint.rules.pages import Finding, as_problem, needs_text
from kwlint.rules.selection import Found, below, select, wanted_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.repo.git import Repository

Consulted = TypeVar("Consulted")
PAGE_CODES = ("KW001", "KW002", "KW003", "KW004", "KW005", "KW006")  # whose fixes write or delete pages


class Result(NamedTuple):
    """What a check found. `notes` are remarks of a line each; `undecided` counts the links that cannot be judged
    from the repository alone. `told_by_git`: what git prints says all that this depends on, the configuration apart.
    `checked` is the number of documents that the report covers, of all `sources`."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    undecided: int
    sources: int
    suppressed: int
    told_by_git: bool = False
    checked: int = 0


class Repair(NamedTuple):
    """What a repair did, in paths, and what is left to do."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    edited: tuple[str, ...]
    remaining: tuple[Problem, ...]
    errors: tuple[str, ...]


def check(repository: Repository, config: Config, request: Request, asked: git.Asked | None = None) -> Result:
    """What is wrong in the repository; `asked`: a glance at it that is under way. Raises `git.GitError` where git
    cannot answer."""

    def answer(store: Store, seen: git.Glance) -> Result:
        return _check(store, repository, config, request, seen)

    return _with_store(repository, request, asked, answer)


def consult(
    repository: Repository,
    config: Config,
    request: Request,
    read: Callable[[Store], Consulted],
    asked: git.Asked | None = None,
) -> Consulted:
    """What `read` finds in the store once that is up to date. Raises `git.GitError` where git cannot answer."""

    def answer(store: Store, seen: git.Glance) -> Consulted:
        _up_to_date(store, repository, config, request, seen)
        return read(store)

    return _with_store(repository, request, asked, answer)


def _with_store(
    repository: Repository,
    request: Request,
    asked: git.Asked | None,
    answer: Callable[[Store, git.Glance], Consulted],
) -> Consulted:
    store = Store.open(repository.root, use_cache=request.use_cache, aside=bool(request.instead))
    seen = asked.answer() if asked else git.glance(repository)
    try:
        return answer(store, seen)
    except sqlite3.Error:
        # Whatever is wrong with what an earlier run left: forget it, and find everything anew.
        store.close()
        store = Store.in_memory()
        return answer(store, seen)
    finally:
        store.close()


def _check(store: Store, repository: Repository, config: Config, request: Request, seen: git.Glance) -> Result:
    disk, texts = _up_to_date(store, repository, config, request, seen)
    links = _with_history(store, repository, disk, seen, config, request, known=texts is None)
    alone = store.kept and bool(store.meta("entries")) and store.value("SELECT 1 FROM untold LIMIT 1") is None
    return _result(store, repository, config, request, links, texts or {})._replace(told_by_git=alone)


def _up_to_date(
    store: Store, repository: Repository, config: Config, request: Request, seen: git.Glance
) -> tuple[files.Disk, dict[str, str] | None]:
    """Bring the store's state up to date; the texts of pages that were rendered on the way, None where it was."""
    settings = _settings(config, request, seen)
    disk = files.Disk(repository.root, repository.algorithm, request.instead)
    # What git prints says all, or nothing of it is kept.
    sign = seen.sign() if seen.is_told_by_git_alone(config.output_dir) else b""
    known = not request.instead and sign and store.meta("request") == settings and store.meta("entries") == sign
    if known and not _ignored_moved(store, disk):
        return disk, None
    return disk, _refreshed(store, repository, disk, seen, sign, settings, config, request)


def _settings(config: Config, request: Request, seen: git.Glance) -> bytes:
    """What the state depends on besides the tree: not on what is only a choice of what to report."""
    from kwlint.config import core
    from kwlint.facts.version import FACTS_VERSION

    drafts = [path for path in request.paths if seen.lists_as_untracked(path)]
    return f"{__version__} {FACTS_VERSION} {core(config)!r} {drafts!r} {request.shard}".encode(
        "utf-8", "surrogateescape"
    )


def _with_history(
    store: Store,
    repository: Repository,
    disk: files.Disk,
    seen: git.Glance,
    config: Config,
    request: Request,
    *,
    known: bool,
) -> list[Found]:
    """The problems of sources, with the repairs that git's history shows; `known`: the tree is that of the last run."""
    found = _source_problems(store)
    if repository.git_dir is None or not any(one.problem.code in MAY_BE_RENAMED for one in found):
        return found
    asked = packed([git.head(repository), request.since, request.texts or request.deep]).encode()
    if known and store.meta("history") == asked:
        better = [_revived(row) for row in unpacked((store.meta("mended") or b"[]").decode("utf-8", "surrogatepass"))]
        by_place = {(one.path, one.line, one.column, one.code): one for one in better}
        return [one._replace(problem=by_place.get(place_of(one.problem), one.problem)) for one in found]
    from kwlint.engine.history import Place, mended

    place = Place(repository, seen, disk, request)
    after = mended(found, place, config, store)
    rows = [packed(new.problem) for new, old in zip(after, found, strict=True) if new is not old]
    store.set_meta("history", asked)
    store.set_meta("mended", packed(rows).encode("utf-8", "surrogatepass"))
    store.keep()
    return after


def place_of(problem: Problem) -> tuple[str, int, int, str]:
    """What tells a problem of a source from the others."""
    return problem.path, problem.line, problem.column, problem.code


def _refreshed(
    store: Store,
    repository: Repository,
    disk: files.Disk,
    seen: git.Glance,
    sign: bytes,
    settings: bytes,
    config: Config,
    request: Request,
) -> dict[str, str]:
    """Bring the store's state up to date; returns texts of pages that were rendered on the way. `sign`: that of what
    git printed, empty where this does not tell all."""
    from kwlint.repo.snapshot import fingerprint

    listing = git.parsed(repository, seen)
    if request.instead:
        listing = listing._replace(modified=listing.modified | request.instead.keys())
    _prepare(listing, disk, config, request)
    mark = fingerprint(listing, disk.blob_id, config.output_dir, settings)
    texts: dict[str, str] = {}
    if store.meta("fingerprint") != mark or _ignored_moved(store, disk):
        from kwlint.engine.update import refresh

        texts = refresh(store, repository, listing, disk, config, request)
        store.set_meta("fingerprint", mark)
    store.set_meta("entries", b"" if listing.temporary else sign)
    store.set_meta("request", settings)
    store.keep()
    return texts


def _prepare(listing: git.Listing, disk: files.Disk, config: Config, request: Request) -> None:
    """Refuse an output folder that is not ours; before a repair, sweep up what a killed one left."""
    from kwlint.config import check_flavour_folders, check_output_dir_is_ours

    gone = listing.deleted | listing.absent
    here = listing.tracked.keys() - gone if gone else listing.tracked.keys()
    check_flavour_folders(config, here)
    check_output_dir_is_ours(config, here, lambda path: files.has_marker(disk.read_or_none(path) or b""))
    if request.texts:
        files.sweep(disk.root, listing.temporary)


def _ignored_moved(store: Store, disk: files.Disk) -> bool:
    """Whether a file that git ignores, and that a verdict speaks of, came or went: git does not tell."""
    rows = store.execute("SELECT path, there FROM untold").fetchall()
    return any(disk.exists(path) != bool(there) for path, there in rows)


def _result(
    store: Store,
    repository: Repository,
    config: Config,
    request: Request,
    links: list[Found],
    texts: dict[str, str],
) -> Result:
    found = [
        *links,
        *(Found(problem, ()) for problem in _page_problems(store, config, request, texts, repository)),
    ]
    scope = _scope(repository, config, request)
    chosen = select(found, config, store, scope)
    sources, undecided = unpacked((store.meta("counts") or b"[0,0]").decode())
    return Result(
        problems=chosen.problems,
        notes=_notes(store),
        undecided=undecided,
        sources=sources,
        suppressed=chosen.suppressed,
        checked=_checked(store, config, request, scope, sources),
    )


def _checked(store: Store, config: Config, request: Request, scope: frozenset[str] | None, sources: int) -> int:
    """Return the number of documents that the report covers."""
    if scope is None and request.shard.parts == 1:
        return sources
    paths = store.column("SELECT path FROM source")
    return sum(request.shard.holds(path, config) and (scope is None or below(path, scope)) for path in paths)


def _scope(repository: Repository, config: Config, request: Request) -> frozenset[str] | None:
    """The paths that the user named, or that changed; a page stands for its source. None for everything."""
    if request.since is None and not request.staged and not request.paths:
        return None
    from kwlint.pages.names import source_of

    if request.since is None and not request.staged:
        return frozenset(source_of(config, path) or path for path in request.paths)
    moved = set(git.changed_since(repository, request.since)) if request.since is not None else set()
    if request.staged:
        moved |= set(git.staged(repository))
    named = frozenset(request.paths)
    if named:
        moved = {path for path in moved if below(path, named)}
    return frozenset(source_of(config, path) or path for path in moved)


def _source_problems(store: Store) -> list[Found]:
    rows = store.execute("SELECT row, reaches FROM finding")
    return [Found(_revived(row), tuple(unpacked(reaches))) for row, reaches in rows]


def _page_problems(
    store: Store, config: Config, request: Request, texts: dict[str, str], repository: Repository
) -> list[Problem]:
    rows = store.column("SELECT row FROM page_finding")
    findings = [Finding(*unpacked(row)) for row in rows]
    if request.texts:
        from kwlint.engine.update import texts_of

        wanted = wanted_codes(config)
        lacking = [one for one in findings if wanted(one.code) and needs_text(one) and one.path not in texts]
        disk = files.Disk(repository.root, repository.algorithm, request.instead)
        texts.update(texts_of(store, config, request, disk, lacking))
    return [as_problem(found, texts.get(found.path)) for found in findings]


def _revived(row: str) -> Problem:
    problem = Problem(*unpacked(row))
    if problem.fix is None:
        return problem
    safe, edit = problem.fix
    return problem._replace(fix=Fix(safe, Edit(*edit)))


def _notes(store: Store) -> tuple[str, ...]:
    notes = list(unpacked((store.meta("errors") or b"[]").decode("utf-8", "surrogatepass")))
    skipped = unpacked((store.meta("skipped") or b"[]").decode("utf-8", "surrogatepass"))
    if skipped:
        some = f"{len(skipped)} untracked documents are" if len(skipped) > 1 else f"{skipped[0]} is untracked and"
        notes.append(f"{some} left out (`git add` what belongs to the repository)")
    return tuple(notes)


def repair(
    repository: Repository,
    config: Config,
    request: Request,
    problems: tuple[Problem, ...],
    *,
    unsafe: bool,
    stage: bool,
) -> Repair:
    """Apply the fixes that `problems` carry: those of sources first, as they change what the pages ought to hold."""
    edited, errors = _edit_sources(repository, problems, unsafe=unsafe)
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
    """The problems with the fixes that `repair` would apply: of pages, as they are to be once links are mended."""
    instead = dict(_edited(repository, problems, unsafe=unsafe))
    if not instead or not any(map(wanted_codes(config), PAGE_CODES)):
        return problems
    after = check(repository, config, request._replace(texts=True, instead=instead)).problems
    mended = (problem for problem in problems if problem.fix and isinstance(problem.fix.action, Edit))
    pages = (problem for problem in after if problem.fix and not isinstance(problem.fix.action, Edit))
    return (*mended, *pages)


def _edited(repository: Repository, problems: tuple[Problem, ...], *, unsafe: bool) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each source as its fixes make it; nothing of one that has been changed meanwhile."""
    for path, wanted in edits_by_path(problems, unsafe=unsafe).items():
        with suppress(files.FileError):
            yield path, _with_edits(repository, path, wanted)[1]


def _with_edits(repository: Repository, path: str, wanted: list[Edit]) -> tuple[bytes, bytes]:
    """The bytes of a source, and what `wanted` makes of them. Raises FileError where it was made for others."""
    from kwlint.text.encoding import apply_edits, decode

    before = files.read(repository.root, path)
    text = decode(before).text
    if any(text[edit.start : edit.end] != edit.was for edit in wanted):
        raise files.FileError(f"did not change {files.shown(path)}: it has been changed meanwhile; run again")
    return before, apply_edits(before, wanted)


def _uncommitted(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.path for problem in problems if problem.code == "KW007"}


def _edit_sources(
    repository: Repository, problems: tuple[Problem, ...], *, unsafe: bool
) -> tuple[list[str], list[str]]:
    edited, errors = [], []
    for path, wanted in edits_by_path(problems, unsafe=unsafe).items():
        try:
            before, after = _with_edits(repository, path, wanted)
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
