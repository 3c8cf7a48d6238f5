"""Comments that suppress problems."""

from __future__ import annotations

from kwlint.facts.suppressions import suppressions
from kwlint.markdown import parse
from kwlint.model.problem import Suppression


def test_each_directive_suppresses_its_lines() -> None:
    text = (
        "<!-- kwlint-disable-next-line KW101, KW102 -->\na\n\n<!-- kwlint-disable KW1 -->\nb\n\n"
        "<!-- kwlint-enable -->\n\nc <!-- kwlint-disable-line -->\n\n<!-- kwlint-disable -->\n"
    )
    assert suppressions(parse(text)) == (
        Suppression(2, 2, ("KW101", "KW102")),
        Suppression(4, 7, ("KW1",)),
        Suppression(9, 9, ()),
        Suppression(11, 12, ()),
    )


def test_enabling_some_codes_keeps_the_others_suppressed() -> None:
    text = "<!-- kwlint-disable KW101 KW102 -->\n\n<!-- kwlint-enable KW101 -->\n\nx\n"
    assert suppressions(parse(text)) == (Suppression(1, 3, ("KW101",)), Suppression(1, 6, ("KW102",)))


def test_a_comment_in_code_suppresses_nothing() -> None:
    assert suppressions(parse("```\n<!-- kwlint-disable -->\n```\n")) == ()


def test_a_comment_of_mdx_suppresses() -> None:
    assert suppressions(parse("{/* kwlint-disable-line KW101 */} [a](b.md)\n")) == (Suppression(1, 1, ("KW101",)),)
