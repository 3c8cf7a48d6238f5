"""Headings that every document of some kind has."""

from __future__ import annotations

import re

# Sections whose text a generator puts into each document as it stands.
BOILERPLATE = frozenset(("commonparameters",))

# Headings that name a form, not what this document puts into it.
FORMS = frozenset(
    (
        "syntax",
        "synopsis",
        "description",
        "parameters",
        "inputs",
        "outputs",
        "notes",
        "examples",
        "related links",
        "related content",
        "related articles",
        "see also",
        "short description",
        "long description",
        "commonparameters",
        "contents",
        "table of contents",
        "next steps",
        "none",
        "recap",
        "summary",
        "conclusion",
        "remarks",
        "attributes",
        "elements",
        "attributes and elements",
        "child elements",
        "parent elements",
        "text value",
        "return value",
        "return values",
        "returns",
    )
)

# Of these, the ones that lead elsewhere.
POINTERS = frozenset(
    ("related links", "related content", "related articles", "see also", "next steps", "contents", "table of contents")
)

# A number in a row of its kind, without a title of its own.
_NUMBERED = re.compile(r"(?:example|step|exercise|figure|listing|part) #?\d{1,3}\.?", re.IGNORECASE)


def is_form(title: str) -> bool:
    """Whether a heading names a form alone: `Syntax`, `Example 3`."""
    return title.casefold() in FORMS or _NUMBERED.fullmatch(title) is not None
