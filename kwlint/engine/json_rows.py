"""Values of lists, named tuples, texts and numbers as compact JSON text, as the store and the processes hold them.

The encoder and the decoder are made once: `json.dumps` and `json.loads` set them up for each call, which takes longer
than the work on a small row.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kwlint.model.problem import Problem

packed = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Encode a value; a named tuple becomes an array."""

_decode = json.JSONDecoder().raw_decode


def unpacked(text: str) -> Any:
    """Decode what `packed` wrote. Raises ValueError or TypeError where the text is damaged."""
    value, end = _decode(text)
    if end != len(text):
        raise ValueError(f"unexpected text after {text[:end]}")
    return value


def decode_problem(row: Any) -> Problem:
    """Return the problem that was packed as `row`; its fix, if any, is an edit. Raises ValueError or TypeError."""
    from kwlint.model.problem import Edit, Fix, Problem

    problem = Problem(*row)
    if problem.fix is None:
        return problem
    safe, edit = problem.fix
    return problem._replace(fix=Fix(safe, Edit(*edit)))
