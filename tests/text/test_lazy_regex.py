"""Regular expressions that are compiled on demand."""

from __future__ import annotations

import re

import pytest

from kwlint.text.lazy_regex import expression


def test_an_expression_is_compiled_at_the_first_call() -> None:
    wrong = expression("(")
    kept = wrong.match
    for _ in range(2):
        with pytest.raises(re.error):
            wrong.search("x")
        with pytest.raises(re.error):
            kept("x")


def test_a_lazy_expression_behaves_like_a_compiled_one() -> None:
    lazy, compiled = expression(r"(a+)b", re.IGNORECASE), re.compile(r"(a+)b", re.IGNORECASE)
    search = lazy.search  # stored before anything is compiled
    for _ in range(2):
        assert search("xAAb").span(1) == compiled.search("xAAb").span(1) == (1, 3)  # type: ignore[union-attr]
        assert lazy.sub(r"<\1>", "aab AB", count=1) == "<aa> AB"
        assert lazy.split("1aab2") == ["1", "aa", "2"]
        assert lazy.match("xab", 1) is not None
        assert lazy.fullmatch("ab c") is None
        assert [match[1] for match in lazy.finditer("ab aab")] == lazy.findall("ab aab") == ["a", "aa"]
