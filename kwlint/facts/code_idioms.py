"""Turns of phrase of programming languages that a code block can show, by patterns."""

from __future__ import annotations

import re
from functools import cache

_IDIOMS: dict[str, dict[str, str]] = {
    "python": {
        "decorators": r"(?m:^[ \t]*@\w)",
        "async and await": r"\basync (?:def|with|for)\b|\bawait ",
        "context managers": r"(?m:^[ \t]*(?:async )?with [^\n]+:)",
        "comprehensions": r"[\[({][^\n\[\](){}]{1,120} for \w[^\n]{0,80} in ",
        "type hints": r"\bdef \w+\([^)]*\w: ?\w|\) ?-> ?\w",
        "exception handling": r"(?m:^[ \t]*except\b)",
        "generators": r"\byield\b",
        "lambda": r"\blambda\b[^\n]*:",
        "dependency injection": r"\bDepends\(",
        "pattern matching": r"(?m:^[ \t]*match [^\n]+:\n\s+case )",
    },
    "rust": {
        "pattern matching": r"\bmatch [^;\n]+\{|\bif let\b|\bwhile let\b",
        "generics": r"\b(?:fn|struct|enum|impl|trait)\b ?\w*<[A-Z]",
        "lifetimes": r"&'[a-z]|<'[a-z]",
        "trait implementation": r"\bimpl(?:<[^>\n]*>)? [\w:<>, ]+ for ",
        "error propagation with `?`": r"\)\?[;.)\n]",
        "closures": r"(?:[(=,] ?|move )\|[\w&, :]*\| ?",
        "async and await": r"\basync (?:fn|move|\{)|\.await\b",
        "threads": r"\bthread::spawn\b",
        "smart pointers": r"\b(?:Rc|Arc|Box|RefCell|Mutex)(?:::new\(|<)",
        "iterators": r"\.(?:iter|into_iter|iter_mut)\(\)",
        "derive attributes": r"#\[derive\(",
        "tests": r"#\[(?:cfg\()?test\b",
        "panic on error": r"\.(?:unwrap|expect)\(",
        "unsafe": r"\bunsafe\b",
    },
    "javascript": {
        "async and await": r"\basync\b|\bawait ",
        "promises": r"\.then\(|\bnew Promise\b",
        "destructuring": r"\b(?:const|let|var) ?[{\[]",
        "arrow functions": r"=>(?!\s*(?:void|string|number|boolean|any|unknown|never|Promise<))",  # those are types
        "template literals": r"`[^`]*\$\{",
        "event handlers": r"\baddEventListener\(",
        "JSX": r"(?:return|=>|=|\() ?<[A-Z]?\w+[\s/>]",
    },
    "go": {
        "goroutines": r"(?m:^\s*go (?:func\b|[\w.]+\())",
        "channels": r"\bchan [\w*]|<-",
        "deferred calls": r"\bdefer ",
        "error checks": r"\bif err(?: :?= [^\n]+; err)? != nil\b",
        "interfaces": r"\binterface \{",
    },
    "java": {
        "annotations": r"(?m:^[ \t]*@[A-Z]\w+)",
        "lambdas": r"->",
        "streams": r"\.stream\(\)",
        "generics": r"<[A-Z]\w*(?:, ?[A-Z]\w*)*>",
    },
    "csharp": {
        "async and await": r"\basync \w|\bawait ",
        "LINQ": r"\.(?:Where|Select|OrderBy|GroupBy)\(|\bfrom \w+ in ",
        "attributes": r"(?m:^[ \t]*\[[A-Z]\w+)",
        "lambdas": r"=>",
    },
    "powershell": {
        "splatting": r"(?<![\w@'\"])@[A-Za-z_]\w*(?![\w.@])(?=[ \t\n|;)]|$)",
        "calculated properties": r"@\{\s*(?:Name|Label|n|l)\s*=[^}]*\b(?:Expression|e)\s*=",
        "error handling": r"(?i:\btry\s*\{)|-ErrorAction\b",
        "advanced functions": r"(?i:\[CmdletBinding\()",
        "remoting": r"-ComputerName\b|\b(?:Enter|New)-PSSession\b|\bInvoke-Command\b",
        "background jobs": r"\bStart-(?:Thread)?Job\b|-AsJob\b",
        ".NET calls": r"\[[\w.]+\]::\w+",
        "WMI and CIM": r"\b(?:Get-Wmi|Get-Cim)\w+",
    },
    "bash": {
        "loops": r"(?m:^\s*(?:for|while) [^\n]+)",
        "here documents": r"<<-?\s*['\"]?[A-Z]",
        "command substitution": r"\$\([^(]",
        "error exit": r"(?m:^set -[eux]*e)",
    },
    "sql": {
        "joins": r"(?i:\bjoin\s+\w)",
        "common table expressions": r"(?i:\bwith\s+\w+\s+as\s*\()",
        "aggregation": r"(?i:\bgroup\s+by\b)",
        "window functions": r"(?i:\bover\s*\()",
        "parameters": r"[=( ](?:\?|:\w+|\$\d|@\w+)",
    },
}
_IDIOMS["typescript"] = _IDIOMS["javascript"] | {
    "generics": r"\b(?:function|class|interface|type) \w+<\w",
    "type annotations": r"\b(?:const|let|var) \w+\??: ?\w|\w\??: ?(?:string|number|boolean)\b"
    r"|\(\w+\??: ?[A-Z]\w*\b(?![.(])|\) ?: ?(?:void|[A-Z]\w*)\b",
}
_IDIOMS["console"] = {name: _IDIOMS["bash"][name] for name in ("command substitution", "here documents")}


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _IDIOMS.get(language, {}).items())


_COMMENT = {"python": "#", "bash": "#", "console": "#", "powershell": "#", "sql": "--"}


def idioms(language: str, text: str) -> tuple[str, ...]:
    """The idioms of `language` that `text` shows, but for lines of comment."""
    if language not in _IDIOMS:
        return ()
    mark = _COMMENT.get(language, "//")
    if mark in text:
        text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(mark))
    return tuple(name for name, pattern in _patterns(language) if pattern.search(text))
