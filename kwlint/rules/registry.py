"""All rules, one module per family. A new family is imported here and added to `FAMILIES`.

Importing this module is cheap: the families import whatever they need to check when they check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.rules import encoding, fences, links, pages, references

if TYPE_CHECKING:
    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem

FAMILIES = (
    pages.RULES,
    links.RULES,
    references.RULES,
    encoding.RULES,
    fences.RULES,
)
RULES = {
    rule.code: rule for rule in sorted((rule for family in FAMILIES for rule in family), key=lambda rule: rule.code)
}


def codes() -> tuple[str, ...]:
    """Return the codes of all rules, sorted."""
    return tuple(RULES)


def source_problems(path: str, facts: Facts) -> list[Problem]:
    """Return the problems that the facts of the source at `path` show by themselves, sorted by position."""
    return sorted(problem for rule in RULES.values() if rule.check for problem in rule.check(path, facts))


# --- documentation ------------------------------------------------------------------------------------------------

FIXES = {
    "always": "`kwlint --fix` fixes it.",
    "sometimes": "`kwlint --fix` fixes it where only one fix is possible.",
    "unsafe": "`kwlint --fix --unsafe-fixes` fixes some cases.",
    "": "There is no automatic fix.",
}
_SIGNS = {"always": "*", "sometimes": "*", "unsafe": "?", "": " "}
_SUPPRESSION = """
## Suppress it

- `<!-- kwlint-disable-next-line {code} -->` suppresses the rule on the next line.
- `<!-- kwlint-disable {code} -->` suppresses it up to `<!-- kwlint-enable -->` or the end of the document.
- `ignore` and `per-file-ignores` in the configuration suppress it everywhere or in some files.
- `kwlint baseline` accepts the problems that exist today.
"""


def page(code: str) -> str:
    """Return the page of a rule, in Markdown. Raises KeyError for an unknown code."""
    rule = RULES[code]
    # A comment in a source cannot suppress a problem of a page.
    suppression = "" if code.startswith("KW0") else _SUPPRESSION.format(code=code)
    return f"# {code}: {rule.name}\n\n{rule.summary} {FIXES[rule.fix]}\n\n{rule.manual}{suppression}"


def overview() -> str:
    """Return all rules, one per line: code, whether `--fix` (`*`) or `--unsafe-fixes` (`?`) fixes it, name, summary."""
    lines = [f"{rule.code} {_SIGNS[rule.fix]} {rule.name:<22} {rule.summary}\n" for rule in RULES.values()]
    return "".join(lines) + "\n* fixed by --fix, ? by --fix --unsafe-fixes. `kwlint rule CODE` explains a rule.\n"
