"""What gives away that a sentence or a line of code is about performance or security.

Each sign has hints, one of which stands, in small letters, in every text that its pattern can match: a document is
searched for the hints first, which costs a tenth of what the patterns would.
"""

# ruff: noqa: E501 - a pattern is read best as it is searched for

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """`name` is what pages call it; `secret`: what the pattern matches must not be shown in full. A pattern for prose
    is in small letters, and letter case does not matter."""

    topic: str
    name: str
    hints: tuple[str, ...]
    pattern: str
    secret: bool = False


def _prose(topic: str, name: str, hints: str, pattern: str) -> Sign:
    return Sign(topic, name, tuple(hints.split(",")), pattern)


def _code(name: str, hints: str, pattern: str) -> Sign:
    return Sign("security", name, tuple(hints.split(",")), f"(?m:{pattern})")


def _secret(name: str, hints: str, pattern: str) -> Sign:
    return Sign("security", name, tuple(hints.split(",")), pattern, secret=True)


IN_PROSE = (
    _prose(
        "performance",
        "performance",
        "performance",
        r"\b(?:improv|impact|affect|degrad|reduc|hurt|better|poor|best|runtime)\w*(?: \w+){0,2} performance"
        r"|\bperformance (?:cost|impact|penalt|gain|hit|improve|issue|problem|reason|consider|overhead|degrad|characteristic)\w*",
    ),
    _prose(
        "performance",
        "speed",
        "faster,slow,speed",
        r"\b(?:much|significantly|considerably|\d+ times|\d+x|\d+%) (?:faster|slower)\b|\b(?:is|are) (?:\w+ )?(?:faster|slow(?:er)?)\b"
        r"|\b(?:be|runs?|running) (?:much |even |far |any )?(?:faster|slower|slowly)\b"
        r"|\bslow(?:s|ed|ing)? down\b|\bspeeds? up\b",
    ),
    _prose(
        "performance",
        "resources",
        "memory,cpu,disk",
        r"\b(?:reduc|increas|high|low|sav|limit|grow|spik|doubl)\w* (?:\w+ ){0,4}(?:cpu|disk(?: space)?) (?:usage|consumption|overhead)\b"
        r"|\b(?:cpu|disk(?: space)?) (?:usage|consumption|overhead) (?:\w+ ){0,3}(?:reduc|increas|fell|fall|drop|rose|ris|grow|grew|spik|doubl)\w*"
        r"|\b(?:high|low|reduc|increas|sav|caus|limit|doubl|more|less)\w* (?:\w+ ){0,4}memory (?:usage|consumption)\b|\bmemory (?:footprint|leaks?|overhead|pressure)\b|\bout of memory\b|\buses? (?:less|more) memory\b",
    ),
    _prose(
        "performance",
        "caching",
        "cach",
        r"\bcach(?:ing|ed)\b(?! (?:version|cop)\w*)|\bcaches (?:the|its|all|results?|responses?)\b",
    ),
    _prose(
        "performance",
        "latency and throughput",
        "latency,throughput,bottleneck,benchmark,complexity,o(",
        r"\b(?:low|high|reduc|increas|improv|add|tail|affect|impact)\w*[ -](?:\w+ ){0,4}(?:latency|throughput)\b|\b(?:bottlenecks?|time complexity)\b|\b(?:in|by|from) (?:our|my|the|these|those|recent|some) benchmarks?\b(?! (?:suite|tool|director|folder))|\bbenchmark(?:s|ed|ing)? (?:show|prove|suggest|indicat|confirm|result|against)\w*|\bo\([n1l][^)]{0,12}\)",
    ),
    _prose(
        "performance",
        "cost",
        "overhead,expensive,efficien,scalab,scale",
        r"\boverhead\b|\bcomputationally expensive\b|(?<!us be )(?<!you be )(?<!you )\b(?:more|less|most) efficient(?:ly)?\b|\binefficient"
        r"|\bscalability (?:bottleneck|concern|consider|issue|limit|problem)\w*|\b(?:improv|limit|hurt|poor|better)\w* (?:\w+ )?scalability\b"
        r"|\bscales? (?:\w+ )?(?:better|worse|poorly|badly|linearly)\b",
    ),
    _prose(
        "security",
        "security",
        "secur,vulnerab",
        r"\bsecurity (?:risk|vulnerab|issue|concern|boundar|hole|fix|implication|consider|reason|polic|problem|measure)\w*"
        r"|\b(?:in)?secure(?:ly)?\b(?! (?:string|shell|socket)|,? (?:and )?(?:stable|reliable|fast|scalable|efficient|simple|easy))|\bvulnerabilit\w+\b(?! (?:databases?|scann\w+|management|reports?))|\bvulnerable\b",
    ),
    _prose(
        "security",
        "attack",
        "malicious,attack,injection,xss,csrf,untrusted,spoof",
        r"\bmalicious\w*|\battackers?\b|\battacks?\b|\b(?:sql|code|command|script) injection|\bxss\b|\bcsrf\b|\buntrusted\b|\bspoof\w+",
    ),
    _prose(
        "security",
        "credentials",
        "password,credential,secret,token,api key,private key",
        r"\b(?:password|credential|secret|token|api key|private key)s?\b(?: \w+){0,6} (?:plain ?text|expos\w+|leak\w*|encrypt\w+|hash\w*)\b"
        r"|\b(?:plain ?text|expos\w+|leak\w*|encrypt\w*|hash\w*)\b(?: \w+){0,6} (?:password|credential|secret|token|api key|private key)s?\b"
        r"|\b(?:never|don't|do not|avoid) (?:\w+ ){0,2}(?:stor|commit|shar|put|send|hard|writ|log|embed|sav)\w*(?: \w+){0,5} (?:password|credential|secret|token|api key|private key)s?\b",
    ),
    _prose(
        "security",
        "privileges",
        "sudo,as root,administrator,elevated,privilege,polic",
        r"\b(?:sudo|as root|as (?:an )?administrator|elevated (?:privileges|permissions|session)|least privilege|administrator (?:rights|privileges))\b"
        r"|\b(?:chang|bypass|loosen|restrict)\w*\b[^.]{0,60}\bexecution polic\w+|\bexecution polic\w+[^.]{0,60}\b(?:prevent|block|restrict)\w*|\bprivilege escalation",
    ),
    _prose(
        "security",
        "memory safety",
        "unsafe,undefined behavio,memory safety,data race,buffer over",
        r"\bunsafe (?:code|rust|block|function|trait|superpower)\w*|\bundefined behavio\w+|\bmemory safety\b|\bdata races?\b|\bbuffer over\w+",
    ),
    _prose(
        "security",
        "encryption",
        "encrypt,tls,certificate,man-in",
        r"\bencrypt(?:s|ed|ion)?\b|\b(?:with|without|over|via|us|requir|enabl|disabl|configur|support)\w* (?:\w+ ){0,2}tls\b|\bcertificates? valid\w+|\bman-in-the-middle\b",
    ),
    _prose("security", "untrusted input", "sanitiz", r"\bsanitiz\w+"),
)

IN_CODE = (
    _code(
        "download piped to a shell",
        "curl,wget,iwr,irm,invoke-webrequest,invoke-restmethod",
        r"\b(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|]{0,400}\|\s*(?:sudo )?(?:(?:ba|z)?sh|iex|Invoke-Expression)\b",
    ),
    _code(
        "runs with sudo",
        "sudo",
        r"(?:^|[;&|(] *|[$#] )sudo\s+(?!(?:-\w+ +)?(?:apt|apt-get|dnf|yum|pacman|zypper|snap|port|apk|emerge|brew)\b)[^\n]{2}",
    ),
    _code(
        "evaluates text as code",
        "eval,invoke-expression,iex,exec",
        r"(?<![\w.-])eval\s*\(|^(?:[$#] )?\s*eval [\"'$]|\bInvoke-Expression\b|(?<![\w-])iex\s+[\"'$(]|\bexec\s*\(\s*(?:input|request)",
    ),
    _code("unpickles data", "pickle,dill,joblib", r"\b(?:c?[Pp]ickle|dill|joblib)\.loads?\s*\("),
    _code("loads YAML unsafely", "yaml.load,yaml.unsafe", r"\byaml\.load\s*\((?![^\n]{0,200}Safe)|\byaml\.unsafe_load"),
    _code(
        "TLS checks off",
        "verify,insecure,skipcert,curl,reject_unauthorized",
        r"\bverify\s*=\s*False|--insecure\b|\bcurl\s[^\n]{0,200}(?<=\s)-k\b|-SkipCertificateCheck\b|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify:\s*true|\bsslVerify[ =]+false|insecure_skip_verify:\s*true",
    ),
    _code("runs a shell", "shell=,shell =,os.system", r"\bshell\s*=\s*True|\bos\.system\s*\("),
    _code("permissions wide open", "chmod", r"\bchmod\s+(?:-R\s+)?0?777\b"),
    _code("execution policy bypassed", "executionpolicy", r"-ExecutionPolicy\s+(?:Bypass|Unrestricted)\b"),
    _code("password as plain text", "asplaintext", r"\bConvertTo-SecureString\b[^\n]{0,200}-AsPlainText\b"),
    _code("raw HTML", "innerhtml", r"\bdangerouslySetInnerHTML\b|\.innerHTML\s*="),
    _code("unsafe block", "unsafe", r"\bunsafe\s*(?:\{|fn\b|impl\b|extern\b|trait\b)"),
    _code(
        "deletes without asking",
        "rm -,remove-item,drop ",
        r"\brm\s+-(?:rf|fr)\s+[/~$]|\bRemove-Item\b[^\n]{0,200}(?:-Recurse\b[^\n]{0,200}-Force\b|-Force\b[^\n]{0,200}-Recurse\b)|\bDROP\s+(?:TABLE|DATABASE)\b",
    ),
    _code("rewrites shared history", "push", r"\bgit\s+push\b[^\n]{0,100}(?:--force\b(?!-with)|\s-f\b)"),
    _secret("looks like an AWS key", "akia,asia", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    _secret(
        "looks like a GitHub token",
        "ghp_,gho_,ghu_,ghs_,ghr_,github_pat_",
        r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{22,}\b",
    ),
    _secret("looks like a private key", "private key-----", r"-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----"),
    _secret("looks like an API key", "sk-,xox", r"\bsk-[A-Za-z0-9_-]{32,}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    _secret(
        "looks like a JSON Web Token", "eyj", r"\beyJ[A-Za-z0-9_-]{10,200}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]*"
    ),
    _secret(
        "looks like a password in code",
        "password,passwd,pwd,secret,api_key,apikey,auth_token,access_token",
        r"""(?i:\b(?:password|passwd|pwd|secret|secret_key|api_?key|auth_token|access_token)\b["']?\s{0,20}[:=]\s{0,20}["'])[^"'\s$<>{}%]{6,80}["']""",
    ),
    _secret("looks like a password in a URL", "://", r"\b[a-z][a-z+]{2,12}://[^\s/:@]{1,64}:[^\s/:@]{3,64}@"),
)
