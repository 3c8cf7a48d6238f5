"""`kwlint rule`: explain a rule, or list all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import CLEAN

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from kwlint.rules.registry import overview, page

    if not options.paths:
        print(overview(), end="")
    for code in options.paths:
        print(page(_checked(code)), end="")
    return CLEAN


def _checked(code: str) -> str:
    """Return the code in capitals if there is such a rule. Raises UsageError."""
    from kwlint.rules.registry import RULES

    if code.upper() in RULES:
        return code.upper()
    from kwlint.text.did_you_mean import nearest

    similar = nearest(code.upper(), RULES)
    hint = f"did you mean {similar}? " if similar else ""
    raise UsageError(f"rule: unknown rule {code}; {hint}`kwlint rule` lists all rules")
