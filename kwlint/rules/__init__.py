"""The rules: what kwlint checks, and how facts, links and pages become problems."""
