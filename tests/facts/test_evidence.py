"""Sentences and commands about performance and security."""

from __future__ import annotations

import re

import pytest

from kwlint import markdown
from kwlint.facts.evidence import MAX_FOUND, MAX_SENTENCE, evidence
from kwlint.facts.evidence_signs import IN_CODE, IN_PROSE


def signs(text: str) -> list[tuple[str, str, int]]:
    return [(found.topic, found.sign, found.line) for found in evidence(markdown.parse(text))]


SENTENCES = [
    ("Sorting first makes the search much faster than before.", "performance", "speed"),
    ("This has a high performance impact on large tables.", "performance", "performance"),
    ("The list is kept to reduce memory usage of the server.", "performance", "resources"),
    ("Caching the results pays off in most of the cases.", "performance", "caching"),
    ("The time complexity of a look-up is O(log n) here.", "performance", "latency and throughput"),
    ("An attacker could read the file from the other side.", "security", "attack"),
    ("Never store a password in plain text in this file.", "security", "credentials"),
    ("Start the shell with the Run as administrator option.", "security", "privileges"),
    ("Dereferencing it is undefined behavior in the language.", "security", "memory safety"),
    ("This is a security risk, and it has to be avoided.", "security", "security"),
    ("Every header is sanitized before it is used anywhere.", "security", "untrusted input"),
    ("The extra copies affect the performance of the loop.", "performance", "performance"),
    ("Loading the whole table slows down every other request.", "performance", "speed"),
    ("The copy of each row doubles the memory usage of the run.", "performance", "resources"),
    ("A large batch can run out of memory on small machines.", "performance", "resources"),
    ("With the new engine, CPU usage fell by a third or more.", "performance", "resources"),
    ("The proxy caches responses for up to an hour or two.", "performance", "caching"),
    ("A shorter queue keeps tail latency low under heavy load.", "performance", "latency and throughput"),
    ("In our benchmarks the new store was the clear winner.", "performance", "latency and throughput"),
    ("The disk is the bottleneck of nearly every such import.", "performance", "latency and throughput"),
    ("Each call has the overhead of one round trip to the disk.", "performance", "cost"),
    ("It is more efficient to send the rows in one single batch.", "performance", "cost"),
    ("The design has scalability problems with many tenants.", "performance", "cost"),
    ("It scales better with the number of series than before.", "performance", "cost"),
    ("An insecure default was kept for the sake of old clients.", "security", "security"),
    ("Several vulnerabilities were found in the old parser.", "security", "security"),
    ("Code injection is possible where names are not checked.", "security", "attack"),
    ("Do not run this command on untrusted input of any kind.", "security", "attack"),
    ("The token is leaked to everybody who can read the log.", "security", "credentials"),
    ("The job will not hash passwords that are stored already.", "security", "credentials"),
    ("Run the installer with elevated permissions on the host.", "security", "privileges"),
    ("The execution policy can prevent scripts from running.", "security", "privileges"),
    ("Grant each of the jobs the least privilege that it needs.", "security", "privileges"),
    ("The borrow checker prevents data races at compile time.", "security", "memory safety"),
    ("All backups are encrypted with the key of the customer.", "security", "encryption"),
    ("The endpoint is served over TLS on the port given above.", "security", "encryption"),
    ("It protects from a man-in-the-middle on public networks.", "security", "encryption"),
]


@pytest.mark.parametrize(("text", "topic", "sign"), SENTENCES)
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
        "The group was replicated for reasons of scalability alone.",
        "They built a scalable version of it for all of the teams.",
        "Use the flag to install these cached versions of the crates.",
        "The number is for benchmark tests that measure other things.",
        "The disk is mounted where the CPU of the machine is listed.",
        "For example, the following script runs in an elevated session.",
        "Chapter 20 contains advanced topics, including unsafe Rust.",
        "This chapter explains how caching the results can pay off.",
        "That would help us be more efficient or enhance the book.",
        "This can be faster, because the server keeps the results.",
        "It helps against attacks on the supply chain of the tool.",
        "It is supported by security scanners and vulnerability databases.",
        "The exporter exposes metrics on CPU usage and other things.",
        "This is just one of many ways to improve throughput a lot.",
    ],
)
def test_what_is_not_about_it(text: str) -> None:
    assert signs(text) == []


SECRET = "0123456789abcdefghij" * 2
CODE = [
    ("sh", "curl -fsSL https://x.y/z | sudo bash", "download piped to a shell"),
    ("powershell", "irm https://x.y | iex", "download piped to a shell"),
    ("console", "$ sudo systemctl stop x", "runs with sudo"),
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
    ("powershell", "Invoke-Expression $text", "evaluates text as code"),
    ("sh", 'eval "$text"', "evaluates text as code"),
    ("py", "joblib.load(path)", "unpickles data"),
    ("py", "yaml.unsafe_load(text)", "loads YAML unsafely"),
    ("sh", "pip install --insecure x", "TLS checks off"),
    ("powershell", "irm $uri -SkipCertificateCheck", "TLS checks off"),
    ("go", "tls.Config{InsecureSkipVerify: true}", "TLS checks off"),
    ("yaml", "insecure_skip_verify: true", "TLS checks off"),
    ("js", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0", "TLS checks off"),
    ("py", "os.system(command)", "runs a shell"),
    ("powershell", "ConvertTo-SecureString $x -AsPlainText", "password as plain text"),
    ("jsx", "<div dangerouslySetInnerHTML={x} />", "raw HTML"),
    ("rust", "unsafe fn f() {}", "unsafe block"),
    ("powershell", "Remove-Item $x -Recurse -Force", "deletes without asking"),
    ("sql", "DROP TABLE bowls;", "deletes without asking"),
    ("sh", "git push origin main -f", "rewrites shared history"),
    ("text", "AKIA" + "ABCDEFGH" * 2, "looks like an AWS key"),
    ("text", f"ghp_{SECRET}", "looks like a GitHub token"),
    ("text", "github_pat_" + SECRET, "looks like a GitHub token"),
    ("text", "-----BEGIN RSA " + "PRIVATE KEY-----", "looks like a private key"),
    ("text", "sk-" + SECRET, "looks like an API key"),
    ("text", "xoxb-" + SECRET, "looks like an API key"),
    ("text", f"eyJ{SECRET}.eyJ{SECRET}.{SECRET}", "looks like a JSON Web Token"),
    ("py", "password = 'correct horse'.split()", ""),
    ("py", "password = 'correcthorse'", "looks like a password in code"),
]


@pytest.mark.parametrize(("lang", "line", "sign"), CODE)
def test_code(lang: str, line: str, sign: str) -> None:
    assert signs(f"# T\n\n```{lang}\nx\n{line}\n```\n") == ([("security", sign, 5)] if sign else [])


def test_every_sign_has_an_example() -> None:
    assert {(sign.topic, sign.name) for sign in IN_PROSE} == {(topic, name) for _, topic, name in SENTENCES}
    assert {sign.name for sign in IN_CODE} | {""} == {name for *_, name in CODE}


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
def test_what_is_announced_or_denied_is_no_evidence(text: str) -> None:
    assert signs(f"# T\n\nOne two three four five.\n\n{text}\n") == []


def test_hints_stand_in_small_letters() -> None:
    for sign in (*IN_PROSE, *IN_CODE):
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
    assert len(found) <= 2 * MAX_FOUND
    assert all(len(entry.text) <= MAX_SENTENCE for entry in found)


def test_signs_of_prose_are_in_small_letters() -> None:
    for sign in IN_PROSE:
        assert not re.search(r"(?<!\\)[A-Z]", sign.pattern), sign.name
