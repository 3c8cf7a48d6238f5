"""The messages and hints for broken links."""

from __future__ import annotations

import pytest

from kwlint.links.resolve import LinkResult
from kwlint.model.facts import LinkFact
from kwlint.model.problem import Edit
from kwlint.rules import links

LINK = LinkFact("inline", "x.md", "x.md", "", 0, 10, 14, 2, 3, 2, 7, False, "", "")


def broken(failure: str, name: str = "x.md", **more: object) -> LinkResult:
    return LinkResult("broken", failure=failure, name=name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "code", "message", "hint"),
    [
        (broken("missing-file"), "KW101", "file not found: x.md", ""),
        (broken("missing-file", suggestion="y.md"), "KW101", "file not found: x.md", 'did you mean "y.md"?'),
        (broken("missing-image", "x.png"), "KW101", "image not found: x.png", ""),
        (broken("misdirected", "x", actual="d/x.md", suggestion="x.md"), "KW101", "page not found: x", 'write "x.md"'),
        (broken("misdirected", "x", actual="d/x.md"), "KW101", "page not found: x",
         "the file is d/x.md, which has another URL"),
        (broken("missing-anchor", fragment="instal", suggestion="install"), "KW102",
         'anchor "instal" not found in x.md', 'did you mean "install"?'),
        (broken("missing-anchor", "", fragment="a"), "KW102", 'anchor "a" not found in this file', ""),
        (broken("wrong-case", "X.md", actual="d/x.md", suggestion="x.md"), "KW103",
         "target is spelled d/x.md, not X.md", 'write "x.md"'),
        (broken("wrong-case", "X.md", actual="d/x.md"), "KW103", "target is spelled d/x.md, not X.md",
         "the file is d/x.md"),
        (broken("wrong-case-anchor", fragment="A", actual="a", suggestion="x.md#a"), "KW103",
         'anchor in x.md is spelled "a", not "A"', 'write "x.md#a"'),
        (broken("untracked", path="d/x.md"), "KW104", "x.md exists on disk, but git does not track it",
         "run `git add d/x.md`"),
        (broken("outside-repository", "../../x.md"), "KW105", "../../x.md is outside the repository", ""),
        (broken("missing-file", suggestion="y.md", rename="file-renamed"), "KW101", "file not found: x.md",
         'the file was renamed: write "y.md"'),
        (broken("missing-file", suggestion="../y.md", rename="source-moved"), "KW101", "file not found: x.md",
         'this file was moved: write "../y.md"'),
        (broken("missing-anchor", fragment="a", suggestion="x.md#b", rename="heading-renamed"), "KW102",
         'anchor "a" not found in x.md', 'the heading was renamed: write "x.md#b"'),
    ],
)  # fmt: skip
def test_code_message_and_hint(result: LinkResult, code: str, message: str, hint: str) -> None:
    problem = links.problem("a.md", LINK, result)
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)


def test_a_message_may_contain_braces() -> None:
    assert links.message(broken("missing-file", "{name}.md")) == "file not found: {name}.md"


def test_a_problem_covers_the_target() -> None:
    problem = links.problem("a.md", LINK, broken("missing-file"))
    assert (problem.line, problem.column, problem.end_line, problem.end_column) == (2, 3, 2, 7)
    assert (problem.target, problem.fix) == ("x.md", None)


@pytest.mark.parametrize("safe", [True, False])
def test_a_replacement_is_a_fix(safe: bool) -> None:
    problem = links.problem("a.md", LINK, broken("missing-file", replacement="y.md", safe=safe))
    assert problem.fix is not None
    assert problem.fix.safe is safe
    assert problem.fix.action == Edit("a.md", 10, 14, "y.md", "x.md")


def test_a_replacement_equal_to_the_target_is_no_fix() -> None:
    assert links.problem("a.md", LINK, broken("missing-file", replacement="x.md")).fix is None


@pytest.mark.parametrize("status", ["right", "undecidable", "external"])
def test_other_results_have_no_code(status: str) -> None:
    assert links.code(LinkResult(status)) == ""
