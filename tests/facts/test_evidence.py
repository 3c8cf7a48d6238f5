"""Sentences and commands about performance and security."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from kwlint import markdown
from kwlint.facts.evidence import MAX_PER_TOPIC, MAX_SENTENCE, MIN_SENTENCE, evidence, signs_in_code, signs_in_prose
from kwlint.facts.secrets import masked
from kwlint.text.knowledge import DATA


def rows(table: str) -> list[dict[str, Any]]:
    return tomllib.loads((DATA / "evidence.toml").read_text("utf-8"))[table]


def signs(text: str) -> list[tuple[str, str, int]]:
    return [(found.topic, found.sign, found.line) for found in evidence(markdown.parse(text))]


PROSE = [(row, text) for row in rows("prose") for text in row["match"] if len(text) >= MIN_SENTENCE]


@pytest.mark.parametrize(("row", "text"), PROSE, ids=[text for _, text in PROSE])
def test_a_sentence_with_a_sign_is_evidence(row: dict[str, Any], text: str) -> None:
    assert (row["topic"], row["name"], 3) in signs(f"# T\n\nNothing here.\n{text}\n")


@pytest.mark.parametrize("text", sorted({text for row in rows("prose") for text in row["no-match"]}))
def test_a_sentence_without_a_sign_is_no_evidence(text: str) -> None:
    assert signs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Is this much faster than what was there before it?",
        "The group was replicated for reasons of scalability alone.",
        "For example, the following script runs in an elevated session.",
        "This chapter explains how caching the results can pay off.",
        "Then they could open a malicious page, something like",
        "and then the attacker reads the file from the other side",
    ],
)
def test_a_sentence_that_needs_its_context_is_no_evidence(text: str) -> None:
    assert signs(text) == []


CODE = [(row, line) for table in ("code", "secret") for row in rows(table) for line in row["match"]]


@pytest.mark.parametrize(("row", "line"), CODE, ids=[line for _, line in CODE])
def test_a_line_of_code_with_a_sign_is_evidence(row: dict[str, Any], line: str) -> None:
    assert ("security", row["name"], 5) in signs(f"# T\n\n```\nx\n{line}\n```\n")


@pytest.mark.parametrize(
    "line",
    [
        "yaml.load(text, Loader=yaml.SafeLoader)",
        "# sudo is not needed",
        "git push --force-with-lease",
        'password = "${PASSWORD}"',
        "model.eval()",
        "    --insecure-skip-verify     without TLS checks, like --insecure",
        "https://example.org/a?b=c@d",
    ],
)
def test_harmless_code(line: str) -> None:
    assert signs(f"```\n{line}\n```\n") == []


def test_a_section_gives_at_most_three_entries_per_sign() -> None:
    text = "\n\n".join(f"An attacker could read file {number} from there." for number in range(9))
    assert len(signs(f"# A\n\n{text}\n\n# B\n\n{text.replace('file', 'page')}\n")) == 6


def test_the_marker_of_an_alert_is_no_part_of_its_sentence() -> None:
    (found,) = evidence(markdown.parse("> [!WARNING]\n> This is a security risk for all of us.\n"))
    assert found.text == "This is a security risk for all of us."


def test_a_credential_is_reported_and_masked() -> None:
    key = "AKIA" + "ABCDEFGH" + "12345678"
    (found,) = evidence(markdown.parse(f"```\nkey = {key}\n```\n"))
    assert found.sign == "looks like an AWS key"
    assert found.text == "key = AKIAABCDEFGH…"


@pytest.mark.parametrize(
    "text",
    [
        "Let's look at how this works, and then at the runtime performance of it.",
        "None of this is malicious, and nobody meant it to be like that.",
        "Sources for these are found in the benchmarks directory of the repository.",
        "In the section about deployment you see how to use encryption for free.",
        "```console\n$ sudo apt install x\n$ sudo -E dnf install y\n```",
    ],
)
def test_an_announcement_or_a_denial_is_no_evidence(text: str) -> None:
    assert signs(f"# T\n\nOne two three four five.\n\n{text}\n") == []


def test_hints_are_in_lower_case() -> None:
    for sign in (*signs_in_prose(), *signs_in_code()):
        assert sign.hints
        assert all(hint and hint == hint.lower() for hint in sign.hints)


HOSTILE = [
    "performance " * 20_000,
    "cpu disk usage memory reduce " * 8_000,
    "scalability better scales overhead " * 6_000,
    "a" * 200_000,
    "faster. " * 20_000,
    "password " * 20_000,
    "İ faster " * 10_000,
    "curl " * 30_000,
    "eyJ" * 30_000,
    "a://b:" * 20_000,
    "Remove-Item " * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("frame", ["{}\n", "```\n{}\n```\n"])
def test_hostile_text_is_bounded(text: str, frame: str) -> None:
    found = evidence(markdown.parse(frame.format(text)))
    assert len(found) <= 2 * MAX_PER_TOPIC
    assert all(len(entry.text) <= MAX_SENTENCE for entry in found)


def test_patterns_of_prose_are_in_lower_case() -> None:
    for sign in signs_in_prose():
        assert not re.search(r"(?<!\\)[A-Z]", sign.pattern), sign.name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("curl https://baker:flour99yeast@example.org/x", "curl https://baker:…@example.org/x"),
        ("https://example.org/a?b=c@d", "https://example.org/a?b=c@d"),
        ("oven_password = 'risingdough77'", "oven_password = 'risingdough77'"),
        ("password = 'risingdough77'", "password = '…"),
        ("nothing here", "nothing here"),
    ],
)
def test_credentials_in_text_are_cut(text: str, shown: str) -> None:
    assert masked(text) == shown
