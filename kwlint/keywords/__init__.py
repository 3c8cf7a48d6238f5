"""The keywords of a document, ranked, each with its group and the sections that cover it.

The modules in the order in which a document passes through them:

- `language` detects the language, `tokens` cuts text into words and classifies them;
- `cleaning` removes what is not prose, `emphasis` counts what is emphasized, `chunking` cuts the text into chunks;
- `candidates` makes terms of chunks, headings and emphasis, and `named_entities` adds what code, acronyms and authors
  name;
- `filters` removes what is not a term, `ranking` scores the rest by `features`;
- `selection` chooses among overlapping terms, `occurrences` finds their sections, `groups` sorts them.

`docs/keywords.md` describes the method and its measured quality.
"""

from __future__ import annotations

from kwlint.keywords.selection import keywords

__all__ = ["keywords"]
