"""Which problems are reported: by rule, path, suppressions and the paths that the user named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from kwlint.config import Config
    from kwlint.model.problem import Problem, Suppression

    Suppressions: TypeAlias = Callable[[str], Sequence[Suppression]]  # of the source at a path

# The codes of links that a rename may have broken, so that git's history may show where the target is now.
REPAIRABLE_FROM_HISTORY = ("KW101", "KW102", "KW105")


class Selection(NamedTuple):
    """The problems that a run reports, sorted, and how many were suppressed."""

    problems: tuple[Problem, ...]
    suppressed: int


class Scope(NamedTuple):
    """The files and folders that a run is narrowed to: their own problems are reported, those of their pages, and those
    of links to them. `paths` is None for everything. `shared_pages`: whether shared pages are included, because one of
    the files is a document."""

    paths: frozenset[str] | None = None
    shared_pages: bool = True


class ProblemRecord(NamedTuple):
    """A problem, and for a link the paths that its target was looked up at."""

    problem: Problem
    related_paths: tuple[str, ...]


def select(
    records: Iterable[ProblemRecord],
    config: Config,
    suppressions: Suppressions,
    scope: Scope,
) -> Selection:
    """Return the problems that are selected by rule and path, and not suppressed."""
    is_selected = code_selector(config)
    selected = [one for one in records if is_selected(one.problem.code) and _is_in_scope(one, scope, config)]
    is_suppressed = suppressor(suppressions, config)
    reported = sorted(one.problem for one in selected if not is_suppressed(one.problem))
    return Selection(tuple(reported), len(selected) - len(reported))


def _is_in_scope(record: ProblemRecord, scope: Scope, config: Config) -> bool:
    if scope.paths is None:
        return True
    from kwlint.pages.names import source_of

    path = record.problem.path
    source = source_of(config, path)
    if source is None and scope.shared_pages and path.startswith(f"{config.output_dir}/"):
        return True
    return any(is_below(other, scope.paths) for other in (path, source or path, *record.related_paths))


def is_below(path: str, scope: frozenset[str]) -> bool:
    """Report whether `path` is one of `scope` or below one of them."""
    path = path.rstrip("/")
    if "" in scope:
        return True
    while path:
        if path in scope:
            return True
        path = path.rpartition("/")[0]
    return False


def code_selector(config: Config) -> Callable[[str], bool]:
    """Return a test whether a code is selected. As in ruff, the longest prefix in `select` or `ignore` decides."""

    def is_selected(code: str) -> bool:
        selected = max((len(prefix) for prefix in config.select if code.startswith(prefix)), default=-1)
        ignored = max((len(prefix) for prefix in config.ignore if code.startswith(prefix)), default=-1)
        if not config.select or "ALL" in config.select:
            selected = max(selected, 0)
        return selected > ignored

    return is_selected


def suppressor(suppressions: Suppressions, config: Config) -> Callable[[Problem], bool]:
    """Return a test whether a comment in the source or `per-file-ignores` suppresses a problem."""
    by_path: dict[str, Sequence[Suppression]] = {}

    def is_suppressed(problem: Problem) -> bool:
        if problem.path not in by_path:
            by_path[problem.path] = suppressions(problem.path)
        for first, last, codes in by_path[problem.path]:
            if first <= problem.line <= last and _covers(codes, problem.code):
                return True
        return any(
            _covers(codes, problem.code) and _matches(problem.path, glob) for glob, codes in config.per_file_ignores
        )

    return is_suppressed


def _covers(codes: tuple[str, ...], code: str) -> bool:
    return not codes or any(code.startswith(prefix) or prefix == "ALL" for prefix in codes)


def _matches(path: str, glob: str) -> bool:
    from fnmatch import fnmatchcase

    name = path.rpartition("/")[2]
    return fnmatchcase(path, glob) or fnmatchcase(name, glob) or path.startswith(f"{glob.rstrip('/')}/")
