"""Sorts keywords into the groups of the index, by their shape and by what code says about them."""

from __future__ import annotations

from functools import lru_cache

from kwlint.keywords.patterns import group_shapes
from kwlint.text.folding import cmdlet_verbs

SHORT_ACRONYM = 5  # characters; a longer name in upper case that is written as code is a constant


@lru_cache(maxsize=20_000)
def group_of(text: str, code_group: str, is_code: bool, is_acronym: bool) -> str:
    """Return the group of a keyword, one of `GROUPS`.

    `code_group` is the group that a code block gives the name (or empty), `is_code` tells whether the document writes
    it as code, `is_acronym` whether the document expands it.
    """
    if not code_group and not is_acronym and text.isalpha() and text.islower():
        return "term"
    if " " in text:
        return code_group if code_group == "command" else _group_by_shape(text, is_code)
    if is_acronym:
        return "acronym"
    verb, hyphen, noun = text.partition("-")
    if hyphen and noun[:1].isupper() and noun.isalnum() and verb in cmdlet_verbs():
        return "command"
    group = _group_by_shape(text, is_code)
    if group in ("environment", "command", "function"):
        return group
    if code_group:
        return code_group
    return "identifier" if group == "acronym" and is_code and len(text) > SHORT_ACRONYM else group


def _group_by_shape(text: str, is_code: bool) -> str:
    for group, pattern, only_code in group_shapes():
        if pattern.search(text) and (is_code or not only_code):
            return group
    return "term"
