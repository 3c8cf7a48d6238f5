"""Text tables under `kwlint/data/`: a row a line, words between spaces; lines that begin with `#` are comments."""

from __future__ import annotations

from kwlint.text.knowledge import DATA


def text_rows(name: str) -> list[str]:
    """Return the rows of a text table, without comments and empty lines."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
