"""Sentences and commands that are about performance or security, each where it stands.

A word is a sign only where it is seldom said of anything else. Commands are looked for in code blocks, and what looks
like a credential is named without its value.
"""

# ruff: noqa: E501 - a pattern or a table is read best as it is searched for

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from kwlint.facts.sentences import sentences
from kwlint.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model import Block, Document, Fence

MAX_FOUND = 60  # of one topic in one document
MAX_SENTENCE = 400
MAX_LINE = 1000

_PROSE = {
    "performance": {
        "performance": r"(?:im(?:prove|pact)|affect|degrad|reduc|hurt|better|poor|good|best|high|runtime)\w*(?: \w+){0,2} performance"
        r"|performance (?:cost|impact|penalt|gain|hit|improve|issue|problem|reason|consider|overhead|degrad|characteristic)\w*",
        "speed": r"(?:much|significantly|considerably|\d+ times|\d+x|\d+%) (?:faster|slower)|is (?:faster|slower)|be (?:faster|slow(?:er)?)"
        r"|run(?:s|ning)? (?:faster|slower|slowly)|slow(?:s|ed|ing)? down|speeds? up",
        "memory": r"memory (?:usage|consumption|footprint|leaks?|overhead|pressure)|out of memory|uses? (?:less|more) memory",
        "caching": r"\bcach(?:es|ing|ed)\b",
        "latency and throughput": r"\b(?:latency|throughput|bottlenecks?|benchmarks?|time complexity)\b|\bO\([n1l][^)]{0,12}\)",
        "cost": r"\boverhead\b|computationally expensive|(?:more|less|most) efficient(?:ly)?|inefficient|\bscalab\w+",
    },
    "security": {
        "security": r"security (?:risk|vulnerab|issue|concern|boundar|hole|fix|implication|consider|reason|update|polic|problem|measure)\w*"
        r"|\b(?:in)?secure(?:ly)?\b|\bvulnerabilit\w+|\bvulnerable\b",
        "attack": r"\bmalicious\w*|\battackers?\b|\battacks?\b|(?:sql|code|command|script) injection|\bXSS\b|\bCSRF\b|\buntrusted\b|\bspoof\w+",
        "credentials": r"\b(?:password|credential|secret|token|api key|private key)s?\b(?: \w+){0,6} (?:plain ?text|stored?|expos\w+|leak\w*|encrypt\w+|hash\w*|commit\w*|never)\b"
        r"|(?:never|don't|do not|avoid|plain ?text|stor\w+|expos\w+|leak\w*|encrypt\w*|hash\w*)\b(?: \w+){0,6} (?:password|credential|secret|token|api key|private key)s?\b",
        "privileges": r"\b(?:sudo|as root|as (?:an )?administrator|elevated (?:privileges|permissions|session)|least privilege|administrator (?:rights|privileges))\b"
        r"|\bexecution polic\w+|privilege escalation",
        "memory safety": r"\bunsafe (?:code|rust|block|function|trait|superpower)\w*|undefined behavio\w+|memory safety|data races?|buffer over\w+",
        "encryption": r"\bencrypt(?:s|ed|ion)?\b|\bTLS\b|\bcertificates? valid\w+|\bman-in-the-middle\b|\bsanitiz\w+",
    },
}

_CODE = {
    "performance": {},
    "security": {
        "download piped to a shell": r"(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|]{0,400}\|\s*(?:sudo )?(?:ba|z)?(?:sh|iex|Invoke-Expression)\b",
        "runs with sudo": r"(?:^|[;&|(] *|\$ )sudo\s+[^\n]{2,}",
        "evaluates text as code": r"(?<![\w.])eval\s*\(|\bInvoke-Expression\b|(?<![\w-])iex\s+[\"'$(]|\bexec\s*\(\s*(?:input|request)",
        "unpickles data": r"\b(?:c?[Pp]ickle|dill|joblib)\.loads?\s*\(",
        "loads YAML unsafely": r"\byaml\.load\s*\((?![^\n]{0,200}Safe)|\byaml\.unsafe_load",
        "TLS checks off": r"verify\s*=\s*False|--insecure\b|curl\s[^\n]{0,200}(?<=\s)-k\b|-SkipCertificateCheck\b|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify:\s*true|sslVerify[ =]+false|insecure_skip_verify:\s*true",
        "runs a shell": r"shell\s*=\s*True|\bos\.system\s*\(",
        "permissions wide open": r"\bchmod\s+(?:-R\s+)?0?777\b",
        "execution policy bypassed": r"-ExecutionPolicy\s+(?:Bypass|Unrestricted)\b",
        "password as plain text": r"ConvertTo-SecureString\b[^\n]{0,200}-AsPlainText\b",
        "raw HTML": r"\bdangerouslySetInnerHTML\b|\.innerHTML\s*=",
        "unsafe block": r"\bunsafe\s*(?:\{|fn\b|impl\b|extern\b|trait\b)",
        "deletes without asking": r"\brm\s+-(?:rf|fr)\s+[/~$][^\n]*|Remove-Item\b[^\n]{0,200}-Recurse\b[^\n]{0,200}-Force\b|Remove-Item\b[^\n]{0,200}-Force\b[^\n]{0,200}-Recurse\b|\bDROP\s+(?:TABLE|DATABASE)\b[^\n]*",
        "rewrites shared history": r"git\s+push\b[^\n]{0,100}(?:--force\b(?!-with)|\s-f\b)",
    },
}
_CREDENTIALS = {
    "looks like an AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "looks like a GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{22,}\b",
    "looks like a private key": r"-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----",
    "looks like an API key": r"\bsk-[A-Za-z0-9_-]{32,}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "looks like a JSON Web Token": r"\beyJ[A-Za-z0-9_-]{10,200}\.eyJ[A-Za-z0-9_-]{10,2000}\.",
    "looks like a password in code": r"""(?i:\b(?:password|passwd|pwd|secret|secret_key|api_?key|auth_token|access_token)\b["']?\s*[:=]\s*["'][^"'\s$<>{}%]{6,80}["'])""",
    "looks like a password in a URL": r"\b[a-z][a-z+]{2,12}://[^\s/:@]{1,64}:[^\s/:@]{3,64}@",
}
# A cheap first look at a whole document: without one of these words nothing below can be found.
_HINT = (
    r"perform|faster|slow|speed|memory|cach|latency|throughput|bottleneck|benchmark|complexity|o\([n1l]|overhead|expensive|efficien|scalab"
    r"|secur|vulnerab|malicious|attack|injection|xss|csrf|untrusted|spoof|password|credential|secret|token|key|sudo|root|administrator"
    r"|elevated|privilege|polic|unsafe|undefined behavio|data race|buffer over|encrypt|tls|certificate|man-in|sanitiz"
)


@cache
def _compiled(table: str) -> tuple[re.Pattern[str], tuple[tuple[str, str, re.Pattern[str]], ...]]:
    """A pattern for any sign, and each sign's own."""
    if table == "prose":
        rows = [(topic, sign, p) for topic, signs in _PROSE.items() for sign, p in signs.items()]
        flags = re.IGNORECASE
    else:
        rows = [(topic, sign, p) for topic, signs in _CODE.items() for sign, p in signs.items()]
        rows += [("security", sign, p) for sign, p in _CREDENTIALS.items()]
        flags = re.MULTILINE
    single = tuple((topic, sign, re.compile(p, flags)) for topic, sign, p in rows)
    return re.compile("|".join(f"(?:{p})" for _, _, p in rows), flags), single


def evidence(document: Document) -> tuple[Evidence, ...]:
    """All signs in the order of the text, each sentence or command once for each topic."""
    found = [*_from_prose(document), *_from_code(document)]
    found.sort(key=lambda entry: entry.line)
    seen: set[tuple[str, str]] = set()
    kept = []
    counts = {"performance": 0, "security": 0}
    for entry in found:
        mark = (entry.topic, entry.text)
        if mark not in seen and counts[entry.topic] < MAX_FOUND:
            seen.add(mark)
            counts[entry.topic] += 1
            kept.append(entry)
    return tuple(kept)


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(_HINT, re.IGNORECASE)


def _from_prose(document: Document) -> Iterator[Evidence]:
    hint, (anything, signs) = _hint(), _compiled("prose")
    for block in document.blocks:
        if block.kind == "paragraph" and hint.search(block.text) and anything.search(block.text[:20_000]):
            yield from _in_block(document, block, anything, signs)


def _in_block(
    document: Document, block: Block, anything: re.Pattern[str], signs: tuple[tuple[str, str, re.Pattern[str]], ...]
) -> Iterator[Evidence]:
    line = bisect_right(document.line_starts, block.start)
    for sentence in sentences(block.text[:20_000]):
        if len(sentence) < 25 or sentence.endswith("?") or not anything.search(sentence):
            continue
        for topic in ("performance", "security"):
            sign = next((name for of, name, pattern in signs if of == topic and pattern.search(sentence)), "")
            if sign:
                yield Evidence(topic, sign, sentence[:MAX_SENTENCE], False, block.section, line)


def _from_code(document: Document) -> Iterator[Evidence]:
    anything, signs = _compiled("code")
    for fence in document.fences:
        for match in anything.finditer(fence.text[:200_000]):
            yield from _in_code(document, fence, match, signs)


def _in_code(
    document: Document, fence: Fence, match: re.Match[str], signs: tuple[tuple[str, str, re.Pattern[str]], ...]
) -> Iterator[Evidence]:
    text = fence.text
    start = text.rfind("\n", 0, match.start() + 1) + 1
    end = text.find("\n", match.end())
    whole = text[start : end if end >= 0 else len(text)]
    if len(whole) > MAX_LINE or whole.lstrip().startswith(("#", "//")):
        return
    line = bisect_right(document.line_starts, fence.content_start) + text.count("\n", 0, match.start())
    for topic, sign, pattern in signs:
        if pattern.search(whole):
            shown = _hidden(pattern, whole) if sign in _CREDENTIALS else whole
            yield Evidence(topic, sign, " ".join(shown.split())[:MAX_SENTENCE], True, fence.section, line)
            return


def _hidden(pattern: re.Pattern[str], line: str) -> str:
    """A line with what looks like a credential cut to its first characters: a page must not spread it further."""
    return pattern.sub(lambda match: f"{match[0][:12]}…", line)
