"""Suggestions for broken targets."""

from __future__ import annotations

import pytest

from kwlint.links.suggest import is_typing_error, suggested_anchor, suggested_path


@pytest.mark.parametrize(
    ("wanted", "candidates", "expected"),
    [
        ("docs/a.md", ["docs/a.mdx", "other/a.md"], "docs/a.mdx"),
        ("docs/a.html", ["docs/in/a.md"], "docs/in/a.md"),
        ("docs/in/a.html", ["docs/a.md", "docs/a.png"], "docs/a.md"),
        ("docs/a.png", ["docs/a.jpg", "docs/a.md"], "docs/a.jpg"),
        ("docs/a.png", ["docs/a.md"], ""),
        ("docs/new/index.md", ["docs/old/index.md"], ""),
        ("docs/new/README.md", ["docs/old/README.md"], ""),
        ("docs/index.md", ["docs/index.mdx"], "docs/index.mdx"),
        ("docs/es/a.md", ["docs/ko/a.md"], ""),
        ("docs/es/x/a.md", ["docs/ko/a.md", "docs/es/a.md", "docs/a.md"], "docs/es/a.md"),
        ("docs/es/a.md", ["docs/in/a.md"], "docs/in/a.md"),
        ("docs/a.md", ["docs/zh-CN/a.md"], ""),
        ("v2/x/a.md", ["v3/a.md", "v2/a.md"], "v2/a.md"),
        ("docs/special-items.md", ["docs/built-in-special-items.md"], "docs/built-in-special-items.md"),
        ("docs/security.md", ["docs/electron-security.md", "docs/a.md"], "docs/electron-security.md"),
        ("docs/security.md", ["docs/electron-security.md", "docs/web-security.md"], ""),
        ("docs/trait-resolution.md", ["docs/name-resolution.md"], ""),
        ("docs/part-1.md", ["docs/part-2.md"], ""),
        ("docs/undocumeted.md", ["docs/undocumented.md"], "docs/undocumented.md"),
        ("docs/setpu.md", ["docs/setup.md"], "docs/setup.md"),
        ("docs/mir.md", ["docs/miri.md"], ""),
        ("docs/...md", ["docs/a.md"], ""),
    ],
)
def test_a_suggested_path(wanted: str, candidates: list[str], expected: str) -> None:
    assert suggested_path(wanted, candidates) == expected


@pytest.mark.parametrize(
    ("wanted", "names", "expected"),
    [
        ("raw-pointers", ["smart-pointers", "raw-pointers-const-and-mut"], "raw-pointers-const-and-mut"),
        ("questions", ["questions-for-report", "answers"], "questions-for-report"),
        ("questions", ["questions-for-report", "questions-at-all"], ""),
        ("addpath", ["addpath-windows", "addpaths"], "addpath-windows"),
        ("first_steps", ["first-steps", "first-step"], "first-steps"),
        ("AddEvents", ["add-events", "events"], "add-events"),
        ("install-the-program", ["installing-the-program-here"], "installing-the-program-here"),
        ("if-let-expressions", ["if-expressions", "expressions"], ""),
        ("unary-operator-expressions", ["operator-expressions"], ""),
        ("instal", ["install", "use"], "install"),
        ("", ["a"], ""),
        ("-", ["a"], ""),
    ],
)
def test_a_suggested_anchor(wanted: str, names: list[str], expected: str) -> None:
    assert suggested_anchor(wanted, names) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_error"),
    [
        ("setup", "setpu", True),
        ("setup", "stup", True),
        ("setup", "setupp", True),
        ("setup", "setop", True),
        ("setup", "setup", True),
        ("part1", "part2", False),
        ("set", "sets", False),
        ("setup", "sopet", False),
        ("setups", "setp", False),
    ],
)
def test_a_typing_error(one: str, other: str, is_error: bool) -> None:
    assert is_typing_error(one, other) is is_typing_error(other, one) is is_error
