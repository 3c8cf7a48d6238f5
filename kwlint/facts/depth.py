"""How much of a document is extracted."""

from __future__ import annotations

WHOLE = ""  # everything
NAMES = "names"  # what the pages of many documents need
LINKS = "links"  # links and anchors alone
