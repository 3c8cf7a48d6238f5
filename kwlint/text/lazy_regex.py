"""Regular expressions that are compiled when they are first used.

Compiling all expressions takes as long as everything else that one edited document needs, and most documents need few
of them. Expressions that nearly every document needs are compiled at import, as a call through here is a little slower.
"""

from __future__ import annotations

import re
from typing import Any

METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


class _LazyPattern:
    """Has the methods of a compiled pattern, and compiles the pattern at the first call of one of them."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **keywords: Any) -> Any:
            if name not in vars(self):
                compiled = re.compile(*self._arguments)
                for method in METHODS:
                    setattr(self, method, getattr(compiled, method))
            return vars(self)[name](*arguments, **keywords)

        return call


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled on demand; its methods can be called, or stored and called later."""
    return _LazyPattern(pattern, flags)  # type: ignore[return-value]
