"""How many of a document's facts are computed."""

from __future__ import annotations

WHOLE = ""  # all
NAMES = "names"  # those that shared pages need
LINKS = "links"  # links and anchors
