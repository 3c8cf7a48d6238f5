"""The groups of keywords."""

from __future__ import annotations

# The groups of keywords, by the name that settings and facts use, with the title on the pages.
GROUPS = {
    "term": "Terms",
    "identifier": "Identifiers",
    "class": "Classes",
    "function": "Functions",
    "module": "Modules",
    "command": "Commands and options",
    "environment": "Environment variables",
    "acronym": "Acronyms",
}
