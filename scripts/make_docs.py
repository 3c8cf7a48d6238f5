"""Write the parts of the documentation that are generated from the program's own tables.

python scripts/make_docs.py

FILES maps each file to the function that returns its text. A test compares the files with the functions.
"""

from __future__ import annotations

import ast
import json
import re
from functools import partial
from pathlib import Path

from kwlint.cli.choices import CHOICES
from kwlint.cli.help import help_text, with_choices
from kwlint.cli.options import COMMANDS, HELP, OUTPUT_OPTIONS, REPOSITORY_OPTIONS, Command, Option
from kwlint.config import (
    KEYWORD_SETTINGS,
    KIND_NAMES,
    SETTINGS,
    Config,
    KeywordSettings,
    Setting,
    default_of,
)
from kwlint.flavours.registry import FLAVOURS, Entry
from kwlint.rules import registry

ROOT = Path(__file__).parent.parent
FIXES = {"always": "`--fix`", "sometimes": "`--fix`", "unsafe": "`--unsafe-fixes`", "": "no"}
SHARED_OPTIONS = (*OUTPUT_OPTIONS, *REPOSITORY_OPTIONS, HELP)
MAX_LINE = 110  # characters of a line of the configuration example
MOST_CONFIG_FILES = 7  # of a flavour in the table of flavours


# --- docs/configuration.md ------------------------------------------------------------------------------------------


def configuration() -> str:
    """Return docs/configuration.md."""
    return f"""\
# Configuration

kwlint reads `kwlint.toml` in the root folder of the repository. If there is no such file, it reads the table
`[tool.kwlint]` of `pyproject.toml`. All settings are optional. An unknown key or an invalid value is an error that
names the line, the key and the most similar valid name. `kwlint schema` prints a JSON Schema for editors.
`--config FILE` reads another file, and `--isolated` reads none.

{_settings_table(SETTINGS, Config())}
## `[keywords]`

{_settings_table(KEYWORD_SETTINGS, KeywordSettings())}
## In a document

`<!-- kwlint-disable-next-line KW101 -->` suppresses a rule on the next line. `<!-- kwlint-disable KW101 -->` suppresses
it up to `<!-- kwlint-enable -->`. Separate several codes by spaces; a comment without a code suppresses all rules.
"""


def _settings_table(settings: tuple[Setting, ...], defaults: Config | KeywordSettings) -> str:
    rows = "".join(_settings_row(setting, defaults) for setting in settings)
    return f"| setting | type | default | meaning |\n| --- | --- | --- | --- |\n{rows}"


def _settings_row(setting: Setting, defaults: Config | KeywordSettings) -> str:
    names = setting.allowed(CHOICES)
    kind = KIND_NAMES[setting.kind] + (f": {', '.join(f'`{name}`' for name in names)}" if names else "")
    if setting.kind == "integer":
        kind += f" from {setting.low} to {setting.high}"
    default = default_of(setting, defaults)
    shown = "all" if names and default == list(names) else f"`{json.dumps(default)}`"
    return f"| `{setting.key}` | {kind} | {shown} | {setting.meaning} |\n"


# --- docs/options.md ------------------------------------------------------------------------------------------------


def options() -> str:
    """Return docs/options.md."""
    commands = "\n".join(map(_command_section, COMMANDS.values()))
    return f"""\
# Commands and options

`kwlint --help` lists the commands and the options of `kwlint check`, and `kwlint COMMAND --help` those of another
command. A misspelled option is an error that names the most similar option.

{commands}
## Exit status

| exit status | meaning |
| --- | --- |
| 0 | no problems are left |
| 1 | there are problems; with `--exit-non-zero-on-fix`: something was fixed; with `--diff`: there are changes |
| 2 | invalid usage, configuration or environment; one line says what to do |
| 3 | an internal error, which is a bug of kwlint |
"""


def _command_section(command: Command) -> str:
    name = "[check]" if command.name == "check" else command.name
    heading = f"## `kwlint {name} [OPTIONS] {command.arguments}".rstrip() + "`"
    own = [option for option in command.options if command.name == "check" or option not in SHARED_OPTIONS]
    shared = [option for option in command.options if option not in own]
    table = "| option | meaning |\n| --- | --- |\n" + "".join(map(_option_row, own)) if own else ""
    names = ", ".join(f"`{option.names[-1]}`" for option in shared)
    also = f"Also {names}, as for `kwlint check`." if len(shared) > 1 else ""
    return "".join(f"{part.rstrip()}\n\n" for part in (heading, command.description, table, also) if part)[:-1]


def _option_row(option: Option) -> str:
    names = ", ".join(f"`{label}`" for label in option.label.split(", "))
    return f"| {names} | {with_choices(option, option.description, '`')} |\n"


# --- README.md ------------------------------------------------------------------------------------------------------


def readme() -> str:
    """Return README.md with the generated blocks replaced."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = _with_block(text, "help", f"```text\n{help_text('check')}```\n")
    return _with_block(text, "configuration", f"```toml\n{_example_configuration()}```\n")


def _with_block(text: str, name: str, block: str) -> str:
    """Return `text` with the lines between the comments `<!-- name: generated -->` and `<!-- end -->` replaced."""
    pattern = rf"(<!-- {name}: generated -->\n\n).*?(\n<!-- end -->)"
    replaced, number = re.subn(pattern, lambda match: match[1] + block + match[2], text, flags=re.DOTALL)
    assert number == 1, name
    return replaced


def _example_configuration() -> str:
    """Return a configuration with every setting: its default, or an example."""
    plain = [setting for setting in SETTINGS if not setting.kind.endswith("-table")]
    tables = [setting for setting in SETTINGS if setting.kind.endswith("-table")]
    parts = [
        [_example_line(setting, Config()) for setting in plain],
        ["[keywords]", *(_example_line(setting, KeywordSettings()) for setting in KEYWORD_SETTINGS)],
        *([f"# {setting.meaning}", f"[{setting.key}]", setting.example] for setting in tables),
    ]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def _example_line(setting: Setting, defaults: Config | KeywordSettings) -> str:
    assignment = f"{setting.key} = {setting.example or json.dumps(default_of(setting, defaults))}"
    line = f"{assignment}  # {setting.meaning}"
    return line if len(line) <= MAX_LINE else f"# {setting.meaning}\n{assignment}"


# --- docs/rules/ -------------------------------------------------------------------------------------------


def rules() -> str:
    """Return docs/rules/README.md."""
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


# --- docs/flavours/ -------------------------------------------------------------------------------------------------


def flavours() -> str:
    """Return docs/flavours/README.md with the table of flavours replaced."""
    text = (ROOT / "docs" / "flavours" / "README.md").read_text(encoding="utf-8")
    return _with_block(text, "flavours", _flavours_table())


def flavour_page(entry: Entry) -> str:
    """Return the manual page of a flavour, docs/flavours/NAME.md."""
    title, _, body = _flavour_manual(entry).partition("\n")
    return f"# {title}\n\nName in the configuration: `{entry.name}`.\n\n{body.strip()}\n"


def _flavour_manual(entry: Entry) -> str:
    """Return the docstring of a flavour's module: its title, then its manual page in Markdown."""
    source = (ROOT / "kwlint" / "flavours" / f"{entry.name}.py").read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(source)) or ""


def _flavours_table() -> str:
    """Return the table of all flavours: the git hosts, then the generators by title."""
    titles = {entry: _flavour_manual(entry).partition("\n")[0] for entry in FLAVOURS}
    entries = sorted(
        FLAVOURS, key=lambda entry: (bool(entry.config_files), entry.name == "site", titles[entry].lower())
    )
    rows = [f"| [{titles[entry]}]({entry.name}.md) | `{entry.name}` | {_config_files(entry)} |" for entry in entries]
    return "\n".join(["| flavour | name | detected by |", "| --- | --- | --- |", *rows, ""])


def _config_files(entry: Entry) -> str:
    files = [f"`{file}`" for file in entry.config_files] or ["no file"]
    return ", ".join(files if len(files) <= MOST_CONFIG_FILES else [*files[:MOST_CONFIG_FILES], "and others"])


FILES = {
    "README.md": readme,
    "docs/configuration.md": configuration,
    "docs/options.md": options,
    "docs/rules/README.md": rules,
    **{f"docs/rules/{code}.md": partial(registry.page, code) for code in registry.codes()},
    "docs/flavours/README.md": flavours,
    **{f"docs/flavours/{entry.name}.md": partial(flavour_page, entry) for entry in FLAVOURS},
}

if __name__ == "__main__":
    for name, text in FILES.items():
        (ROOT / name).write_text(text(), encoding="utf-8", newline="\n")
