"""The list of rules and their pages."""

from __future__ import annotations

import pytest

from kwlint.rules import registry


def test_codes_are_unique_and_sorted() -> None:
    codes = [rule.code for family in registry.FAMILIES for rule in family]
    assert len(codes) == len(set(codes))
    assert registry.codes() == tuple(sorted(codes))


def test_names_are_unique() -> None:
    names = [rule.name for rule in registry.RULES.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", registry.codes())
def test_a_page_starts_with_the_name_and_the_summary(code: str) -> None:
    rule = registry.RULES[code]
    heading, _, first, *_ = registry.page(code).split("\n")
    assert heading == f"# {code}: {rule.name}"
    assert first == f"{rule.summary} {registry.FIXES[rule.fix]}"
    assert "\n## What to do\n" in registry.page(code)


@pytest.mark.parametrize("code", registry.codes())
def test_only_pages_of_rules_for_sources_explain_how_to_suppress_them(code: str) -> None:
    assert (f"kwlint-disable-next-line {code} " in registry.page(code)) is not code.startswith("KW0")


@pytest.mark.parametrize("code", registry.codes())
def test_summary_and_remedy_are_one_sentence(code: str) -> None:
    rule = registry.RULES[code]
    for sentence in (rule.summary, rule.remedy):
        assert sentence.endswith(".")
        assert ". " not in sentence


def test_the_overview_has_a_line_for_each_rule() -> None:
    lines = registry.overview().split("\n")
    assert [line[:5] for line in lines[: len(registry.RULES)]] == list(registry.codes())
