"""Values of lists, named tuples, texts and numbers as compact JSON text, as the store and the processes hold them.

The encoder and the decoder are made once: `json.dumps` and `json.loads` set them up for each call, which takes longer
than the work on a small row.
"""

from __future__ import annotations

import json
from typing import Any

packed = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Encode a value; a named tuple becomes an array."""

_decode = json.JSONDecoder().raw_decode


def unpacked(text: str) -> Any:
    """Decode what `packed` wrote. Raises ValueError or TypeError where the text is damaged."""
    value, end = _decode(text)
    if end != len(text):
        raise ValueError(f"unexpected text after {text[:end]}")
    return value
