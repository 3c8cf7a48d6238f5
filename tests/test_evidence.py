"""Sentences and commands about performance and security."""

from __future__ import annotations

import time

import pytest

from kwlint import markdown
from kwlint.facts.evidence import evidence
from kwlint.facts.evidence_signs import IN_CODE, IN_PROSE


def signs(text: str) -> list[tuple[str, str, int]]:
    return [(found.topic, found.sign, found.line) for found in evidence(markdown.parse(text))]


@pytest.mark.parametrize(
    ("text", "topic", "sign"),
    [
        ("Sorting first makes the search much faster than before.", "performance", "speed"),
        ("This has a high performance impact on large tables.", "performance", "performance"),
        ("The list is kept to reduce memory usage of the server.", "performance", "memory"),
        ("Caching the results pays off in most of the cases.", "performance", "caching"),
        ("The time complexity of a look-up is O(log n) here.", "performance", "latency and throughput"),
        ("An attacker could read the file from the other side.", "security", "attack"),
        ("Never store a password in plain text in this file.", "security", "credentials"),
        ("Start the shell with the Run as administrator option.", "security", "privileges"),
        ("Dereferencing it is undefined behavior in the language.", "security", "memory safety"),
        ("This is a security risk, and it has to be avoided.", "security", "security"),
        ("Every header is sanitized before it is used anywhere.", "security", "untrusted input"),
        ("The extra copies affect the performance of the loop.", "performance", "performance"),
    ],
)
def test_sentences(text: str, topic: str, sign: str) -> None:
    assert signs(f"# T\n\nNothing here.\n{text}\n") == [(topic, sign, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "The performance of the orchestra was recorded in Berlin.",
        "A token is what the parser hands to the next stage of it.",
        "Is this much faster than what was there before it?",
        "The key of the map is a string of any length you like.",
        "The connection uses Secure Shell (SSH) on the port that is given.",
        "Good commits can be merged faster than the others in the list.",
        "The job no longer fails, to avoid error mails about missing tokens.",
        "He runs the tests; the slow train came in a little later.",
        "It is a server of high performance, as its makers say.",
        "The foundation keeps the language secure, stable and free.",
        "and then the attacker reads the file from the other side",
        "In that case the attack does not concern you at all.",
        "Then they could open a malicious page, something like",
        "This is just one of many ways to improve throughput a lot.",
    ],
)
def test_what_is_not_about_it(text: str) -> None:
    assert signs(text) == []


@pytest.mark.parametrize(
    ("lang", "line", "sign"),
    [
        ("sh", "curl -fsSL https://x.y/z | sudo bash", "download piped to a shell"),
        ("powershell", "irm https://x.y | iex", "download piped to a shell"),
        ("console", "$ sudo apt install x", "runs with sudo"),
        ("py", "eval(text)", "evaluates text as code"),
        ("py", "data = pickle.load(file)", "unpickles data"),
        ("py", "yaml.load(text)", "loads YAML unsafely"),
        ("py", "requests.get(url, verify=False)", "TLS checks off"),
        ("sh", "curl -k https://x", "TLS checks off"),
        ("py", "subprocess.run(x, shell=True)", "runs a shell"),
        ("sh", "chmod -R 777 /srv", "permissions wide open"),
        ("cmd", "powershell -ExecutionPolicy Bypass -File x.ps1", "execution policy bypassed"),
        ("js", "node.innerHTML = text", "raw HTML"),
        ("rust", "unsafe { *p }", "unsafe block"),
        ("sh", "rm -rf /tmp/x", "deletes without asking"),
        ("sh", "git push --force", "rewrites shared history"),
        ("toml", 'api_key = "abcdef123456"', "looks like a password in code"),
        ("text", "postgres://user:secret99@db/x", "looks like a password in a URL"),
    ],
)
def test_code(lang: str, line: str, sign: str) -> None:
    assert signs(f"# T\n\n```{lang}\nx\n{line}\n```\n") == [("security", sign, 5)]


@pytest.mark.parametrize(
    "line",
    [
        "yaml.load(text, Loader=yaml.SafeLoader)",
        "# sudo is not needed",
        "git push --force-with-lease",
        'password = "${PASSWORD}"',
        "model.eval()",
        "https://example.org/a?b=c@d",
    ],
)
def test_harmless_code(line: str) -> None:
    assert signs(f"```\n{line}\n```\n") == []


def test_one_section_says_the_same_three_times_at_most() -> None:
    text = "\n\n".join(f"An attacker could read file {number} from there." for number in range(9))
    assert len(signs(f"# A\n\n{text}\n\n# B\n\n{text.replace('file', 'page')}\n")) == 6


def test_the_mark_of_an_alert_is_no_part_of_its_sentence() -> None:
    (found,) = evidence(markdown.parse("> [!WARNING]\n> This is a security risk for all of us.\n"))
    assert found.text == "This is a security risk for all of us."


def test_a_credential_is_named_but_not_spread() -> None:
    key = "AKIA" + "ABCDEFGH" + "12345678"
    (found,) = evidence(markdown.parse(f"```\nkey = {key}\n```\n"))
    assert found.sign == "looks like an AWS key"
    assert found.text == "key = AKIAABCDEFGH…"


def test_hints_stand_in_small_letters() -> None:
    for sign in (*IN_PROSE, *IN_CODE):
        assert sign.hints
        assert all(hint and hint == hint.lower() for hint in sign.hints)


HOSTILE = [
    "performance " * 20_000,
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
def test_hostile_text_costs_little(text: str, frame: str) -> None:
    document = markdown.parse(frame.format(text))
    start = time.process_time()
    evidence(document)
    assert time.process_time() - start < 1
