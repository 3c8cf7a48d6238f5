"""Which problems are reported."""

from __future__ import annotations

import pytest

from kwlint.config import Config
from kwlint.model.problem import Problem, Suppression
from kwlint.rules.selection import ProblemRecord, Scope, code_selector, is_below, select

DEFAULTS = Config()


def problem(code: str = "KW101", path: str = "a.md", line: int = 1) -> Problem:
    return Problem(path, line, 1, code, "message", "", line, 2, None, None)


def reported(
    *problems: Problem,
    config: Config = DEFAULTS,
    suppressions: tuple[Suppression, ...] = (),
) -> list[tuple[str, int]]:
    records = [ProblemRecord(one, ()) for one in problems]
    selection = select(records, config, lambda path: suppressions if path == "a.md" else (), Scope())
    assert selection.suppressed == len(problems) - len(selection.problems)
    return [(one.path, one.line) for one in selection.problems]


@pytest.mark.parametrize(
    ("chosen", "ignored", "selected"),
    [
        ((), (), True),
        (("KW1",), (), True),
        (("KW2",), (), False),
        ((), ("KW1",), False),
        (("KW101",), ("KW1",), True),
        (("KW1",), ("KW101",), False),
        (("ALL",), ("KW1",), False),
        (("KW1",), ("KW1",), False),
    ],
)
def test_the_longest_prefix_decides(chosen: tuple[str, ...], ignored: tuple[str, ...], selected: bool) -> None:
    assert code_selector(Config(select=chosen, ignore=ignored))("KW101") is selected


@pytest.mark.parametrize(
    ("suppression", "lines"),
    [
        (Suppression(2, 3, ()), [1, 4]),
        (Suppression(2, 3, ("KW101",)), [1, 4]),
        (Suppression(2, 3, ("KW1",)), [1, 4]),
        (Suppression(2, 3, ("ALL",)), [1, 4]),
        (Suppression(2, 3, ("KW102",)), [1, 2, 3, 4]),
    ],
)
def test_a_comment_suppresses_problems_on_its_lines(suppression: Suppression, lines: list[int]) -> None:
    problems = [problem(line=line) for line in (1, 2, 3, 4)]
    assert reported(*problems, suppressions=(suppression,)) == [("a.md", line) for line in lines]


def test_a_comment_suppresses_nothing_in_other_files() -> None:
    assert reported(problem(path="b.md"), suppressions=(Suppression(1, 9, ()),)) == [("b.md", 1)]


@pytest.mark.parametrize("glob", ["docs/a.md", "docs/*.md", "a.md", "docs", "docs/"])
def test_per_file_ignores_suppress_problems_in_matching_files(glob: str) -> None:
    config = Config(per_file_ignores=((glob, ("KW1",)),))
    problems = problem(path="docs/a.md"), problem("KW201", "docs/a.md"), problem(path="b.md")
    assert reported(*problems, config=config) == [("b.md", 1), ("docs/a.md", 1)]


def test_a_scope_keeps_problems_of_its_paths_their_pages_and_links_to_them() -> None:
    records = [
        ProblemRecord(problem(path="docs/a.md"), ()),
        ProblemRecord(problem(path="kwdocs/docs/b.md_kw.md"), ()),
        ProblemRecord(problem(path="c.md"), ("docs/gone.md",)),
        ProblemRecord(problem(path="d.md"), ("other/gone.md",)),
    ]
    selection = select(records, Config(), lambda path: (), Scope(frozenset(("docs",))))  # noqa: ARG005
    assert [one.path for one in selection.problems] == ["c.md", "docs/a.md", "kwdocs/docs/b.md_kw.md"]


@pytest.mark.parametrize(
    ("path", "scope", "expected"),
    [("a/b.md", {"a"}, True), ("a/b.md", {"a/b.md"}, True), ("ab/c.md", {"a"}, False), ("a/", {"a"}, True),
     ("a.md", {""}, True), ("a.md", set(), False)],
)  # fmt: skip
def test_is_below(path: str, scope: set[str], expected: bool) -> None:
    assert is_below(path, frozenset(scope)) is expected
