"""Baselines: accepted problems."""

from __future__ import annotations

import pytest

from kwlint.model.problem import Edit, Fix, Problem
from kwlint.rules.baseline import BaselineError, create, new_problems, without_fixed

FIX = Fix(True, Edit("a.md", 0, 1, "y", "x"))


def problem(line: int = 1, code: str = "KW101", target: str | None = "x.md", fix: Fix | None = None) -> Problem:
    return Problem("a.md", line, 1, code, "message", "", line, 2, target, fix)


def test_an_accepted_problem_is_not_new_on_another_line() -> None:
    text = create([problem(1)])
    assert new_problems([problem(7)], text, "b.json") == ()
    assert new_problems([problem(7), problem(8)], text, "b.json") == (problem(8),)
    assert new_problems([problem(target="y.md")], text, "b.json") == (problem(target="y.md"),)


def test_problems_without_target_are_identified_by_their_message() -> None:
    assert new_problems([problem(target=None)], create([problem(3, target=None)]), "b.json") == ()


def test_problems_that_fix_and_stage_solve_are_left_out() -> None:
    assert create([problem(fix=FIX), problem(code="KW007")]) == "[]\n"


def test_an_accepted_problem_with_a_safe_fix_is_reported_only_when_fixing() -> None:
    text = create([problem()])
    assert new_problems([problem(fix=FIX)], text, "b.json") == ()
    assert new_problems([problem(fix=FIX)], text, "b.json", fixing=True) == (problem(fix=FIX),)


def test_a_baseline_has_one_sorted_line_per_problem() -> None:
    text = create([problem(target="y.md"), problem(), problem(9)])
    assert text == '[\n["a.md", "KW101", "x.md", 2],\n["a.md", "KW101", "y.md", 1]\n]\n'


def test_fixed_problems_are_removed() -> None:
    text = create([problem(), problem(target="y.md"), problem(code="KW202", target=None)])
    assert without_fixed([problem()], text, "b.json", lambda _, code: code != "KW202") == (
        create([problem(), problem(code="KW202", target=None)]),
        1,
    )
    assert without_fixed([problem()], create([problem()]), "b.json", lambda *_: True) == (
        create([problem()]),
        0,
    )
    assert without_fixed([], create([problem()]), "b.json", lambda path, _: path != problem().path) == (
        create([problem()]),
        0,
    )


@pytest.mark.parametrize("text", ["", "{}x", "[1]", '[["a"]]', "[" * 100_000, '[["a", "b", "c", "d"]]'])
def test_an_invalid_baseline_is_one_clear_line(text: str) -> None:
    with pytest.raises(BaselineError, match=r"^b.json: not a valid baseline; create it again with `kwlint baseline`$"):
        new_problems([], text, "b.json")
