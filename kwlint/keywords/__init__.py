"""The keywords of a document, ranked, each with its group and the sections that cover it.

Read in this order: `words` cuts text into words; `noise` takes away what is no prose, `marks` counts what is marked,
and `reading` gathers the words into chunks; `candidates` joins these, and `naming` adds what code and acronyms name;
`terms` tells what of them is a term, `ranking` scores it by `features`, `choosing` picks and folds, `places` finds the
sections of a keyword, `groups` sorts them.
The method and its measured quality are told in `docs/keywords.md`.
"""

from __future__ import annotations

from kwlint.keywords.selection import keywords

__all__ = ["keywords"]
