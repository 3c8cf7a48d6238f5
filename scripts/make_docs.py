"""Write the pages of the documentation that repeat what the code defines.

python scripts/make_docs.py

`pages` lists them; a test compares them with the files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kwlint.config import KEYWORD_SETTINGS, SETTINGS, Config, KeywordSettings, Setting
from kwlint.rules import registry

DOCS = Path(__file__).parent.parent / "docs"

KINDS = {
    "string": "a string",
    "strings": "an array of strings",
    "integer": "an integer",
    "boolean": "`true` or `false`",
    "string-table": "a table of strings",
    "strings-table": "a table of arrays of strings",
}
FIXES = {"always": "`--fix`", "sometimes": "`--fix`", "unsafe": "`--unsafe-fixes`", "": "no"}


def configuration() -> str:
    """The page on the settings."""
    return f"""\
# Configuration

Settings stand in `kwlint.toml` at the repository's root or, where there is none, in `[tool.kwlint]` of
`pyproject.toml`. Each is optional. A key that is unknown or a value of a wrong type is an error that names the line,
the key and what was probably meant. `kwlint schema` prints a JSON Schema for editors; `--config FILE` reads another
file, and `--isolated` none.

{_table(SETTINGS, Config())}
## `[keywords]`

{_table(KEYWORD_SETTINGS, KeywordSettings())}
## In a document

`<!-- kwlint-disable-next-line KW101 -->` silences a rule on the next line, and `<!-- kwlint-disable KW101 -->` up to
`<!-- kwlint-enable -->`. Several codes are separated by spaces; none means all.
"""


def rules() -> str:
    """The page that lists the rules."""
    rows = "".join(
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.summary} | {FIXES[rule.fix]} |\n"
        for rule in registry.RULES.values()
    )
    return f"""\
# Rules

`kwlint rule` lists the rules in the terminal, and `kwlint rule KW102` prints the page of one. `select` and `ignore`, as
settings and as options, take codes and prefixes: `KW0` selects all rules about pages, `KW1` all rules about links.

| code | name | finds | automatic fix |
| --- | --- | --- | --- |
{rows}"""


def pages() -> dict[str, str]:
    """Return the text of each generated page, by its path below `docs/`."""
    return {
        "configuration.md": configuration(),
        "rules/README.md": rules(),
        **{f"rules/{code}.md": registry.page(code) for code in registry.codes()},
    }


def _table(settings: tuple[Setting, ...], defaults: Any) -> str:
    rows = [_row(setting, getattr(defaults, setting.key.replace("-", "_"))) for setting in settings]
    return "| setting | holds | default | meaning |\n| --- | --- | --- | --- |\n" + "".join(rows)


def _row(setting: Setting, default: Any) -> str:
    choices = f": {', '.join(f'`{choice}`' for choice in setting.choices)}" if setting.choices else ""
    if setting.kind == "integer":
        choices = f" from {setting.low} to {setting.high}"
    plain = dict(default) if "table" in setting.kind else default
    shown = "all" if setting.choices and plain == setting.choices else f"`{json.dumps(plain)}`"
    return f"| `{setting.key}` | {KINDS[setting.kind]}{choices} | {shown} | {setting.meaning} |\n"


if __name__ == "__main__":
    for path, text in pages().items():
        (DOCS / path).write_text(text, encoding="utf-8", newline="\n")
