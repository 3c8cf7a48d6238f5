"""Headings that every document of some kind has."""

from __future__ import annotations

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
    )
)
