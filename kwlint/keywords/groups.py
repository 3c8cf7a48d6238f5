"""Sorts keywords into the groups of the index by their shape and by what code says of them."""

from __future__ import annotations

import re
from functools import lru_cache

from kwlint.text.folding import cmdlet_verbs

_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z0-9][A-Za-z0-9]{1,7}(?:/[A-Z0-9]{1,5})?\Z")
_MOSTLY_UPPER = re.compile(r"[A-Z0-9]+s?(?:/[A-Z0-9]+)?\Z")
_ENVIRONMENT = re.compile(r"\$(?:env:)?[A-Za-z_]\w*\Z|%\w+%\Z", re.I)
_OPTION = re.compile(r"--?[A-Za-z][\w-]*\Z")
_CMDLET = re.compile(r"[A-Z][a-z]+-[A-Z][A-Za-z0-9]+\Z")
_CALL = re.compile(r"[\w.:]+\(\)\Z")
_CAMEL = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\Z")
_MODULE = re.compile(r"[a-z_][\w]*(?:(?:\.|::)[a-z_]\w*)+\Z")
_SNAKE = re.compile(r"\w*[a-z0-9]_\w*\Z|_\w+\Z")
_IDENTIFIER = re.compile(r"\S*(?:[a-z][A-Z]|\w_|_\w|::|\w\.\w|[@$\\/]\w|[#+]|\d[A-Za-z]|[A-Za-z]\d)\S*\Z")


@lru_cache(maxsize=20_000)
def group_of(text: str, in_code: str, code: bool, acronym: bool) -> str:
    """The group of a keyword. `in_code` is the group that a fence gave the name, `code` tells that it is marked as code
    somewhere, `acronym` that the document says what it stands for."""
    if not in_code and not acronym and text.isalpha() and text.islower():
        return "term"
    if " " in text:
        return in_code if in_code == "command" else "term"
    if acronym:
        return "acronym"
    if _ENVIRONMENT.match(text) and (text.isupper() or text.lower().startswith("$env:") or text[0] == "%"):
        return "environment"
    if _OPTION.match(text):
        return "command"
    if _CMDLET.match(text) and text.split("-")[0] in cmdlet_verbs():
        return "command"
    if _CALL.match(text):
        return "function"
    if in_code:
        return in_code
    if _MOSTLY_UPPER.match(text) and _ACRONYM.match(text):
        return "identifier" if code and len(text) > 5 else "acronym"
    if code and _CAMEL.match(text):
        return "class"
    if _MODULE.match(text) and code:
        return "module"
    if _IDENTIFIER.match(text) and not text.endswith("'"):
        return "identifier"
    return "term"
