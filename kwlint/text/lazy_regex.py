"""Regular expressions that are compiled when they are first used.

Compiling all that kwlint may need takes as long as all else that one edited document takes, and most documents need
few of them. What nearly every document needs is compiled where it stands, as a call through here takes a little longer.
"""

from __future__ import annotations

import re
from typing import Any


class _Expression:
    """Looks like what `re.compile` would have made."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            if name not in vars(self):
                compiled = re.compile(*self._given)
                for method in ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"):
                    setattr(self, method, getattr(compiled, method))
            return vars(self)[name](*arguments, **named)

        return call


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression; its methods can be called, and be kept to be called later."""
    return _Expression(pattern, flags)  # type: ignore[return-value]
