"""Parses Markdown into a `Document` with exact positions. No other package uses mistune.

mistune decides what is a heading, a list or a link. Its tokens carry no positions, so the parsers here are subclasses
of mistune's that override the hooks at which the position is available. Nested blocks are parsed from derived text (a
quote without its `>`); `lines` maps that back to the source.

mistune is imported when `parse` is first called, because a check without changes never parses.
"""

from __future__ import annotations

from kwlint.model.document import Dialect, Document

_PLAIN = Dialect()


def parse(text: str, dialect: Dialect = _PLAIN) -> Document:
    """Return the content of `text`. Never raises.

    Line ends must be `\\n`, without a byte order mark: see `kwlint.text.encoding.decode`.
    """
    from kwlint.markdown.document import read

    return read(text, dialect)
