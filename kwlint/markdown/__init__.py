"""Markdown text to a `Document` with exact positions. The only package that knows mistune.

mistune decides what is a heading, a list or a link; its tokens carry no positions, so the parsers here are mistune's
own with the hooks overridden that know where they are. Nested blocks are parsed from derived text (a quote without
its `>`); `lines` maps that back to the source.

mistune is imported when `parse` is first called, because a check that finds nothing changed never parses.
"""

from __future__ import annotations

from kwlint.model.document import Dialect, Document

_PLAIN = Dialect()


def parse(text: str, dialect: Dialect = _PLAIN) -> Document:
    """What `text` (line ends `\\n`, no byte order mark: see `kwlint.encoding.decode`) holds. Never raises."""
    from kwlint.markdown.document import read

    return read(text, dialect)
