"""Keyword indexes and documentation companions for repositories of Markdown."""

__version__ = "0.1.0"
