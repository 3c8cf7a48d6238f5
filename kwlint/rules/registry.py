"""The rules: their codes, names, and what each finds; and where their pages lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Rule(NamedTuple):
    """`fix` is `safe`, `unsafe` (a guess), or empty for none. `summary` says what it finds, `remedy` what to do."""

    code: str
    name: str
    summary: str
    remedy: str
    fix: str


_REGENERATE = "Run kwlint --fix and commit the page."

_ALL = (
    Rule("KW001", "missing-keyword-index", "A source has no keyword index.", _REGENERATE, "safe"),
    Rule("KW002", "stale-keyword-index", "A keyword index does not match its source.", _REGENERATE, "safe"),
    Rule("KW003", "missing-documentation", "A source has no documentation page.", _REGENERATE, "safe"),
    Rule("KW004", "stale-documentation", "A documentation page does not match its source.", _REGENERATE, "safe"),
    Rule("KW005", "wrong-folder-page", "A folder's page or the A-Z index is missing or stale.", _REGENERATE, "safe"),
    Rule("KW006", "orphaned-page", "A page's source is gone.", "Run kwlint --fix, which deletes the page.", "safe"),
    Rule(
        "KW007",
        "uncommitted-page",
        "A page is right on disk, but git would not commit it.",
        "Stage the page with git add, or run kwlint --fix --stage.",
        "",
    ),
    Rule(
        "KW008",
        "foreign-file",
        "A file that kwlint did not make stands where a page belongs.",
        "Move the file away, or choose another output-dir.",
        "",
    ),
    Rule(
        "KW009",
        "newer-page-format",
        "A page was made by a newer kwlint.",
        "Update kwlint to the version that the others use.",
        "",
    ),
    Rule(
        "KW101",
        "broken-link",
        "A link's target does not exist.",
        "Correct the target, or make the file.",
        "safe",
    ),
    Rule("KW102", "broken-anchor", "A link's anchor does not exist in its target.", "Correct the anchor.", "safe"),
    Rule(
        "KW103",
        "wrong-letter-case",
        "A link's target differs in letter case from the real path or anchor.",
        "Write the name as it is.",
        "safe",
    ),
    Rule(
        "KW104",
        "untracked-target",
        "A link's target exists, but git does not track it.",
        "Track the target with git add, or link to another.",
        "",
    ),
    Rule(
        "KW105",
        "target-outside",
        "A link's target leaves the repository.",
        "Link to a file of the repository, or to an address.",
        "",
    ),
    Rule(
        "KW106",
        "undefined-reference",
        "A reference has no definition.",
        "Add the definition, or correct the label.",
        "unsafe",
    ),
    Rule(
        "KW107",
        "duplicate-anchor",
        "Two places have one explicit id, or two definitions one label.",
        "Rename or remove one of the two.",
        "",
    ),
    Rule("KW201", "wrong-encoding", "A source is not UTF-8, or is garbled.", "Save the source as UTF-8.", "unsafe"),
    Rule("KW202", "unclosed-fence", "A code fence is never closed.", "Close the fence.", ""),
)

RULES = {rule.code: rule for rule in _ALL}


def page(code: str) -> str:
    """The rule's page, as Markdown. Raises KeyError for an unknown code."""
    if code not in RULES:
        raise KeyError(code)
    installed = Path(__file__).parents[1] / "rules_pages" / f"{code}.md"
    place = installed if installed.is_file() else Path(__file__).parents[2] / "docs" / "rules" / f"{code}.md"
    return place.read_text(encoding="utf-8")


def overview() -> str:
    """All rules, a line each: code, what `--fix` does (`*` mends, `?` mends with `--unsafe-fixes`), and meaning."""
    signs = {"safe": "*", "unsafe": "?", "": " "}
    lines = [f"{rule.code} {signs[rule.fix]} {rule.name:<22} {rule.summary}\n" for rule in _ALL]
    return "".join(lines) + "\n* mended by --fix, ? by --fix --unsafe-fixes. `kwlint rule CODE` explains a rule.\n"
