"""Which problems are reported: rules, files, suppressions and the paths that the user named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.config import Config
    from kwlint.engine.store import Store
    from kwlint.model.problem import Problem


class Selection(NamedTuple):
    """What a run reports, of all that was found."""

    problems: tuple[Problem, ...]
    suppressed: int


class Found(NamedTuple):
    """A problem with the paths that its verdict was about (the link's target, if it is a link's)."""

    problem: Problem
    reaches: tuple[str, ...]


def select(
    found: Iterable[Found],
    config: Config,
    store: Store,
    scope: frozenset[str] | None,
) -> Selection:
    """The problems that the rules, the suppressions and the paths let through, sorted.

    `scope`: None for everything; otherwise sources, pages and other files, and folders, whose own problems are
    wanted, those of their pages, and those of links into them.
    """
    wanted = wanted_codes(config)
    chosen = [one for one in found if wanted(one.problem.code) and _in_scope(one, scope, config)]
    is_suppressed = suppressor(store, config, (one.problem for one in chosen))
    kept = sorted(one.problem for one in chosen if not is_suppressed(one.problem))
    return Selection(tuple(kept), len(chosen) - len(kept))


def _in_scope(one: Found, scope: frozenset[str] | None, config: Config) -> bool:
    if scope is None:
        return True
    from kwlint.pages.names import source_of

    path = one.problem.path
    return any(below(place, scope) for place in (path, source_of(config, path) or path, *one.reaches))


def below(path: str, scope: frozenset[str]) -> bool:
    """Whether `path` is one of `scope`, or below one."""
    path = path.rstrip("/")
    if "" in scope:
        return True
    while path:
        if path in scope:
            return True
        path = path.rpartition("/")[0]
    return False


def wanted_codes(config: Config) -> Callable[[str], bool]:
    """Whether a code is selected: the longest prefix in `select` or `ignore` decides, as in ruff."""

    def wanted(code: str) -> bool:
        chosen = max((len(prefix) for prefix in config.select if code.startswith(prefix)), default=-1)
        ignored = max((len(prefix) for prefix in config.ignore if code.startswith(prefix)), default=-1)
        if not config.select or "ALL" in config.select:
            chosen = max(chosen, 0)
        return chosen > ignored

    return wanted


def suppressor(store: Store, config: Config, problems: Iterable[Problem]) -> Callable[[Problem], bool]:
    """Whether a problem is silenced by a comment in its source, or by `per-file-ignores`."""
    silenced = {path: store.suppressions(path) for path in {problem.path for problem in problems}}

    def is_suppressed(problem: Problem) -> bool:
        for first, last, codes in silenced.get(problem.path, ()):
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
