"""From facts to the text a page ought to hold: pure functions, one kind of page per file."""

from kwlint.pages.brief import brief

__all__ = ["brief"]
