"""Values as compact JSON text and back: how processes and the store's rows hold them.

`json.dumps` and `json.loads` set up an encoder anew for each call with options, and look for white space around each
value; for the small values that rows are, that takes longer than the work itself.
"""

from __future__ import annotations

import json
import json.encoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kwlint.model.problem import Problem

_read = json.JSONDecoder().raw_decode


def _writer() -> Callable[[Any], str]:
    encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
    try:
        # What `JSONEncoder.iterencode` makes for each call, made once.
        quoted = json.encoder.encode_basestring
        pieces = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
            None, encoder.default, quoted, None, ":", ",", False, False, True
        )
    except (AttributeError, TypeError):  # another Python
        return encoder.encode
    return lambda value: "".join(pieces(value, 0))


packed = _writer()
"""A value of lists, named tuples, texts and numbers as text: a named tuple is an array."""


def unpacked(text: str) -> Any:
    """What `packed` wrote. Raises ValueError or TypeError where the text is no such thing."""
    value, end = _read(text)
    if end != len(text):
        raise ValueError(f"more behind {text[:end]}")
    return value


def revived_problem(row: Any) -> Problem:
    """Return the problem that was packed, from its unpacked row. Its fix, if any, is an edit."""
    from kwlint.model.problem import Edit, Fix, Problem

    problem = Problem(*row)
    if problem.fix is None:
        return problem
    safe, edit = problem.fix
    return problem._replace(fix=Fix(safe, Edit(*edit)))
