"""Applies the fixes that problems carry: exactly these, and those of documents before those of pages."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.pipeline import check, contents_of
from kwlint.model.problem import Delete, Edit, Problem, Write, edits_by_path
from kwlint.repo import files, git
from kwlint.rules.selection import code_selector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.repo.git import Repository

PAGE_CODES = ("KW001", "KW002", "KW003", "KW004", "KW005", "KW006")  # whose fixes write or delete pages


class Repair(NamedTuple):
    """The paths that a repair wrote, deleted and edited, and what is left to do."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    edited: tuple[str, ...]
    remaining: tuple[Problem, ...]
    errors: tuple[str, ...]


def repair(
    repository: Repository,
    config: Config,
    request: Request,
    problems: tuple[Problem, ...],
    *,
    unsafe: bool,
    stage: bool,
) -> Repair:
    """Apply the fixes that `problems` carry: those of documents first, because they change what pages are expected.

    With `stage`, everything changed is staged, except in a commit of single paths: git would commit it, and take it out
    of the index that follows.
    """
    stage = stage and not repository.hook.is_partial
    edited, errors = _edit_documents(repository, config, problems, unsafe=unsafe)
    if edited:
        if stage:
            git.add(repository, edited)
        # Before a commit of the index, edits that are not staged do not count yet, but the pages are to show them.
        overlay = edited if repository.hook.reads_index and not stage else {}
        problems = check(repository, config, request._replace(texts=True, overlay=overlay)).problems
    written, deleted, unwritten = _write_pages(repository, config, problems)
    errors += unwritten
    done = {*written, *deleted}
    if stage:
        done |= _uncommitted(problems) - git.hidden_files(repository)
        git.add(repository, sorted(done), any_line_ends=True)
    left = (problem for problem in problems if problem.path not in done)
    return Repair(tuple(written), tuple(deleted), tuple(edited), tuple(left), tuple(errors))


def foresee(
    repository: Repository, config: Config, request: Request, problems: tuple[Problem, ...], *, unsafe: bool
) -> tuple[Problem, ...]:
    """Return the problems with the fixes that `repair` would apply: pages as they will be once links are fixed."""
    overlay = dict(_edited(repository, config, problems, unsafe=unsafe))
    if not overlay or not any(map(code_selector(config), PAGE_CODES)):
        return problems
    after = check(repository, config, request._replace(texts=True, overlay=overlay)).problems
    edits = (problem for problem in problems if problem.fix and isinstance(problem.fix.action, Edit))
    pages = (problem for problem in after if problem.fix and not isinstance(problem.fix.action, Edit))
    return (*edits, *pages)


def _edited(
    repository: Repository, config: Config, problems: tuple[Problem, ...], *, unsafe: bool
) -> Iterator[tuple[str, bytes]]:
    """Return path and bytes of each document after its fixes, without those that cannot be changed."""
    edits_of = edits_by_path(problems, unsafe=unsafe)
    indexed = _indexed(repository, config) if edits_of else {}
    for path, edits in edits_of.items():
        with suppress(files.FileError):
            yield path, _with_edits(repository, indexed, path, edits)[1]


def _indexed(repository: Repository, config: Config) -> Mapping[str, git.IndexedFile]:
    """Return the documents whose content is not that of the file on disk."""
    return contents_of(repository, git.read_status(repository), config).indexed


def _with_edits(
    repository: Repository, indexed: Mapping[str, git.IndexedFile], path: str, edits: list[Edit]
) -> tuple[bytes, bytes]:
    """Return the bytes of a document, before and after `edits`. Raises FileError where it has been changed since, or is
    not what git would commit."""
    from kwlint.text.encoding import apply_edits, decode

    if path in indexed:
        raise files.FileError(
            f"did not change {files.shown(path)}: {indexed[path].reason}; change it by hand, and stage it"
        )
    before = files.read(repository.root, path)
    text = decode(before).text
    if any(text[edit.start : edit.end] != edit.was for edit in edits):
        raise files.FileError(f"did not change {files.shown(path)}: another program changed it meanwhile; run again")
    return before, apply_edits(before, edits)


def _uncommitted(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.path for problem in problems if problem.code == "KW007"}


def _edit_documents(
    repository: Repository, config: Config, problems: tuple[Problem, ...], *, unsafe: bool
) -> tuple[dict[str, bytes], list[str]]:
    """Edit documents; return the new bytes of each, and the errors."""
    edited: dict[str, bytes] = {}
    errors: list[str] = []
    edits_of = edits_by_path(problems, unsafe=unsafe)
    indexed = _indexed(repository, config) if edits_of else {}
    for path, edits in edits_of.items():
        try:
            before, after = _with_edits(repository, indexed, path, edits)
            files.write_atomically(repository.root, path, after, expected=before)
            edited[path] = after
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
