"""Checks of what kwlint generates: the pages (KW001 to KW009)."""
