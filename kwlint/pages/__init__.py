"""Turns facts into the text of pages: pure functions, one module per kind of page, listed in `registry`."""
