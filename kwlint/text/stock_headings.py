"""Titles of sections that many documents have: `Syntax`, `See also`, `Example 3`. The titles are in
`data/headings.toml`."""

from __future__ import annotations

from functools import cache

from kwlint.text.knowledge import pattern, words

_FILE = "headings"


@cache
def _titles(*tables: str) -> frozenset[str]:
    return frozenset().union(*(words(_FILE, table) for table in tables))


def is_stock_heading(title: str) -> bool:
    """Report whether a title names only a form: `Syntax`, `See also`, `Example 3`."""
    if title.casefold() in _titles("form", "see-also", "recap", "boilerplate"):
        return True
    return pattern(_FILE, "numbered").fullmatch(title) is not None


def is_boilerplate(title: str) -> bool:
    """Report whether a generator puts the text of this section into each document."""
    return title.casefold() in _titles("boilerplate")


def is_link_section(title: str) -> bool:
    """Report whether the section with this title only links elsewhere."""
    return title.casefold() in _titles("see-also", "navigation")


def is_aside(title: str) -> bool:
    """Report whether the section with this title links elsewhere, repeats other sections or is beside the subject."""
    return title.casefold() in _titles("see-also", "navigation", "recap", "aside", "boilerplate")


def is_preliminary(title: str) -> bool:
    """Report whether the first sentence below this title does not say what the document is about."""
    return title.casefold().strip(" :") in _titles("preliminary")
