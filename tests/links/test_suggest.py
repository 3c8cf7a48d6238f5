"""What a broken target was probably meant to be."""

from __future__ import annotations

import pytest

from kwlint.links.suggest import is_slip, suggested_anchor, suggested_path


@pytest.mark.parametrize(
    ("wanted", "candidates", "meant"),
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
def test_a_path(wanted: str, candidates: list[str], meant: str) -> None:
    assert suggested_path(wanted, candidates) == meant


@pytest.mark.parametrize(
    ("wanted", "names", "meant"),
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
def test_an_anchor(wanted: str, names: list[str], meant: str) -> None:
    assert suggested_anchor(wanted, names) == meant


@pytest.mark.parametrize(
    ("one", "other", "slip"),
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
def test_a_slip(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is is_slip(other, one) is slip
