"""Settings and the error messages about invalid ones."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from paths import ROOT

from kwlint.cli.choices import CHOICES
from kwlint.config import (
    CODE_SYNTAX,
    DEFAULT_PAGES,
    KEYWORD_SETTINGS,
    SETTINGS,
    Choices,
    Config,
    ConfigError,
    ConfigFile,
    KeywordSettings,
    check_output_dir_is_ours,
    from_table,
    load,
    schema,
    source_matcher,
)
from kwlint.flavours import detect
from kwlint.pages import registry


def read(text: str, name: str = "kwlint.toml") -> Config:
    return load({name: text.encode(), "docs/stop.txt": b"bar\nbaz qux  # two words\n"}.get, CHOICES)


def message_of(text: str, name: str = "kwlint.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        read(text, name)
    return str(caught.value)


FULL = """
include = ["*.md", "docs/*.txt"]
exclude = ["drafts/"]
output-dir = "pages/kw/"
pages = ["keywords", "a-z"]
host = "gitlab"
embed-source = true
format = 1
select = ["KW0", "ALL"]
ignore = ["KW105"]
baseline = "known.json"

[flavour]
"docs" = "mkdocs"
"site" = "hugo"

[keywords]
always = ["widget"]
never = ["thing"]
max-per-document = 7
groups = ["term"]
language = "de"
stop-words = ["foo"]
stop-words-file = "docs/stop.txt"

[per-file-ignores]
"legacy/*" = ["KW101", "KW2"]
"""

FULL_CONFIG = Config(
    include=("*.md", "docs/*.txt"),
    exclude=("drafts/",),
    output_dir="pages/kw",
    pages=("keywords", "a-z"),
    host="gitlab",
    flavour=(("docs", "mkdocs"), ("site", "hugo")),
    embed_source=True,
    format=1,
    keywords=KeywordSettings(("widget",), ("thing",), 7, ("term",), "de", ("foo", "bar", "baz qux"), "docs/stop.txt"),
    select=("KW0", "ALL"),
    ignore=("KW105",),
    per_file_ignores=(("legacy/*", ("KW101", "KW2")),),
    baseline="known.json",
)


def test_defaults() -> None:
    assert load({}.get, CHOICES) == Config()
    assert read("") == Config()


def test_choices_are_looked_up_only_for_settings_that_need_them() -> None:
    def fail() -> tuple[str, ...]:
        raise AssertionError

    unused = Choices(fail, fail, fail)
    text = b'host = "gitlab"\nkeywords.groups = ["term"]\nselect = ["ALL"]\n'
    assert load({"kwlint.toml": text}.get, unused).host == "gitlab"
    with pytest.raises(AssertionError):
        load({"kwlint.toml": b'select = ["KW1"]'}.get, unused)


def test_default_pages_are_those_of_the_registry() -> None:
    assert set(DEFAULT_PAGES) == set(registry.default_names())


def test_every_setting_is_read() -> None:
    assert read(FULL) == FULL_CONFIG


def test_settings_and_fields_are_the_same() -> None:
    names = {setting.key.replace("-", "_") for setting in SETTINGS} | {"keywords"}
    assert names == set(Config._fields)
    assert {setting.key.replace("-", "_") for setting in KEYWORD_SETTINGS} == set(KeywordSettings._fields)


def test_stop_words_file() -> None:
    config = b'[keywords]\nstop-words-file = "words.txt"'
    with pytest.raises(ConfigError, match=r"kwlint.toml:2: `keywords.stop-words-file`: words.txt does not exist"):
        load({"kwlint.toml": config}.get, CHOICES)
    with pytest.raises(ConfigError, match=r"words.txt: not UTF-8: save it as UTF-8"):
        load({"kwlint.toml": config, "words.txt": b"\xff"}.get, CHOICES)
    with pytest.raises(ConfigError, match="must be a path inside the repository"):
        read('keywords.stop-words-file = "../words.txt"')
    words = b"\xef\xbb\xbf# ours\r\nacme # the company\n\nstrasse\nacme\n"
    assert load({"kwlint.toml": config, "words.txt": words}.get, CHOICES).keywords.stop_words == ("acme", "strasse")


def test_project_file_has_the_same_settings() -> None:
    nested = FULL.replace("\n[", "\n[tool.kwlint.")
    assert read(f"[tool.kwlint]{nested}", "pyproject.toml") == FULL_CONFIG
    assert read('[project]\nname = "kwlint-user"\n', "pyproject.toml") == Config()
    assert read("no kw lint, and no TOML", "pyproject.toml") == Config()


def test_kwlint_toml_takes_precedence_over_pyproject_toml() -> None:
    both = {"kwlint.toml": b'host = "gitlab"', "pyproject.toml": b"[tool.kwlint]\nformat = 99"}
    assert load(both.get, CHOICES).host == "gitlab"


def test_config_option_and_isolated(tmp_path: Path) -> None:
    other = {"kwlint.toml": b'host = "gitlab"'}
    (tmp_path / "mine.toml").write_text('output-dir = "mine"')
    (tmp_path / "pyproject.toml").write_text('[tool.kwlint]\noutput-dir = "project"')
    assert load(other.get, CHOICES, tmp_path / "mine.toml") == Config(output_dir="mine")
    assert load(other.get, CHOICES, tmp_path / "pyproject.toml") == Config(output_dir="project")
    assert load(other.get, CHOICES, isolated=True) == Config()
    with pytest.raises(ConfigError, match=r"missing\.toml: cannot be read: no such file or directory$"):
        load(other.get, CHOICES, tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('outputdir = "x"', "kwlint.toml:1: unknown key `outputdir`; did you mean `output-dir`?"),
        ('\noutput_dir = "x"', "kwlint.toml:2: unknown key `output_dir`; did you mean `output-dir`?"),
        ("[keyword]\nalways = []", "kwlint.toml:1: unknown key `keyword`; did you mean `keywords`?"),
        ("[keywords]\nalway = []", "kwlint.toml:2: unknown key `keywords.alway`; did you mean `always`?"),
        ("embed-source = 1", "kwlint.toml:1: `embed-source` must be true or false, not an integer"),
        ("format = true", "kwlint.toml:1: `format` must be an integer, not a boolean"),
        ("format = 2", "kwlint.toml:1: `format` must be 1, not 2 (a newer kwlint may support it)"),
        ('include = "*.md"', "kwlint.toml:1: `include` must be an array of strings, not a string"),
        ("include = [1]", "kwlint.toml:1: `include` must be an array of strings; it contains an integer"),
        ('host = "gitlap"', "kwlint.toml:1: `host` cannot be `gitlap`; did you mean `gitlab`?"),
        ('host = "zzz"', "kwlint.toml:1: `host` cannot be `zzz`; valid values are github, gitlab"),
        ('pages = ["keyword"]', "kwlint.toml:1: `pages` cannot be `keyword`; did you mean `keywords`?"),
        ('keywords = "x"', "kwlint.toml:1: `keywords` must be a table, as in `[keywords]`, not a string"),
        (
            "[keywords]\nmax-per-document = 0",
            "kwlint.toml:2: `keywords.max-per-document` must be between 1 and 10000, not 0",
        ),
        (
            'select = ["X"]',
            f"kwlint.toml:1: `select`: `X` is not a rule; {CODE_SYNTAX}",
        ),
        (
            '[per-file-ignores]\n"*.md" = ["KW1x"]',
            f"kwlint.toml:1: `per-file-ignores`: `KW1x` is not a rule; {CODE_SYNTAX}",
        ),
        (
            '[per-file-ignores]\n"*.md" = "KW1"',
            "kwlint.toml:1: `per-file-ignores` must be a table of arrays of strings; it contains a string",
        ),
        ('select = ["KW999"]', f"kwlint.toml:1: `select`: `KW999` is not a rule; {CODE_SYNTAX}"),
        ('[flavour]\n"docs" = "mkdoc"', "kwlint.toml:1: `flavour` cannot be `mkdoc`; did you mean `mkdocs`?"),
        (
            '[tool.kwlint]\nhost = "gitlab"',
            "kwlint.toml:1: `[tool.kwlint]` is for pyproject.toml; in kwlint.toml write settings without it",
        ),
        ("flavour = 2020-01-01", "kwlint.toml:1: `flavour` must be a table of strings, not a date or time"),
        ("a = ", "kwlint.toml: not valid TOML: invalid value (at line 1, column 5)"),
        ("a = 1\na = 2", "kwlint.toml: not valid TOML: cannot overwrite a value (at line 2, column 6)"),
    ],
)
def test_message_names_file_line_key_and_correction(text: str, message: str) -> None:
    actual = message_of(text)
    if "not valid TOML" in message:  # the rest is the message of the TOML parser, which depends on the Python version
        assert actual.startswith("kwlint.toml: not valid TOML: ")
        assert "\n" not in actual
    else:
        assert actual == message


def test_message_names_the_project_file() -> None:
    text = '[project]\nname = "x"\n\n[tool.kwlint]\nhosts = "github"\n'
    assert message_of(text, "pyproject.toml") == "pyproject.toml:5: unknown key `hosts`; did you mean `host`?"


def test_file_that_is_not_utf8() -> None:
    with pytest.raises(ConfigError, match=r"^kwlint.toml: not UTF-8: save it as UTF-8$"):
        load({"kwlint.toml": b'host = "\xff"'}.get, CHOICES)


@pytest.mark.parametrize(
    "folder",
    ["", ".", "./", "/", "/a", "..", "a/../..", "a/../b", "~", "~/x", "C:\\x", "\\\\x", "a\\b", ".git", ".git/x"],
)
def test_output_dir_that_is_refused(folder: str) -> None:
    assert message_of(f"output-dir = '{folder}'").startswith("kwlint.toml:1: `output-dir` ")


@pytest.mark.parametrize("folder", ["kwdocs", "kwdocs/", "./kwdocs", "a/b c", "é"])
def test_output_dir_that_is_accepted(folder: str) -> None:
    assert read(f"output-dir = '{folder}'").output_dir == folder.removeprefix("./").strip("/")


KEYS = st.sampled_from([setting.key for setting in SETTINGS] + ["keywords", "x"]) | st.text()
SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=4)))
def test_every_table_is_read_or_raises_a_config_error(value: object) -> None:
    table = value if isinstance(value, dict) else {"pages": value, "keywords": value}
    with suppress(ConfigError):
        from_table(table, ConfigFile("kwlint.toml", ""), CHOICES)


def test_schema_accepts_what_the_reader_accepts() -> None:
    Draft7Validator.check_schema(schema(CHOICES))
    validator = Draft7Validator(schema(CHOICES))
    validator.validate(tomllib.loads(FULL))
    defaults = {name: part["default"] for name, part in schema(CHOICES)["properties"].items() if "default" in part}
    inner = {name: part["default"] for name, part in schema(CHOICES)["properties"]["keywords"]["properties"].items()}
    assert from_table({**defaults, "keywords": inner}, ConfigFile("x", ""), CHOICES) == Config()
    for wrong in ('host = "x"', "x = 1", "[keywords]\nx = 1", "format = 2", 'select = ["KW1x"]', "pages = [1]"):
        assert not validator.is_valid(tomllib.loads(wrong)), wrong
        message_of(wrong)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(), ["a.md", "b.markdown", "d/e.md"]),
        (Config(include=("*.txt",)), ["c.txt"]),
        (Config(include=("/d/",)), ["d/e.md", "d/f.py"]),
        (Config(exclude=("d/",)), ["a.md", "b.markdown"]),
        (Config(exclude=("*.md", "!/a.md")), ["a.md", "b.markdown"]),
        (Config(output_dir="d"), ["a.md", "b.markdown", "kwdocs/a.md_kw.md"]),
    ],
)
def test_include_and_exclude_are_gitignore_patterns(config: Config, expected: list[str]) -> None:
    paths = ["a.md", "b.markdown", "c.txt", "d/e.md", "d/f.py", "kwdocs/a.md_kw.md", "md"]
    assert [path for path in paths if source_matcher(config)(path)] == expected


@pytest.mark.parametrize(
    ("paths", "with_marker", "is_refused"),
    [
        (["docs/a.md"], [], True),
        (["docs/a.md", "docs/b.md_kw.md"], ["docs/b.md_kw.md"], False),
        (["docs/b.md_kw.md", "docs/index.md", "docs/c/doc.md", "docs/keywords-a.md"], [], False),
        (["docs/a.txt", "other/a.md"], [], False),
    ],
)
def test_output_dir_with_documents_is_refused(paths: list[str], with_marker: list[str], is_refused: bool) -> None:
    def check() -> None:
        check_output_dir_is_ours(Config(output_dir="docs"), paths, registry.page_names(), with_marker.__contains__)

    if is_refused:
        with pytest.raises(ConfigError, match=r"^`output-dir`: docs contains documents .*such as docs/a.md"):
            check()
    else:
        check()


def test_suffixes_of_a_flavour_are_included() -> None:
    matches = source_matcher(Config(), (".mdx",))
    assert [matches(path) for path in ("a.mdx", "a.md", "a.qmd")] == [True, True, False]


def test_every_flavour_can_be_set() -> None:
    for name in CHOICES.flavours():
        assert detect(["docs/a.md"], lambda _: b"", (("docs", name),)).of("docs/a.md").name == name
    hidden = detect([".github/a.md", "github/a.md"], lambda _: b"", ((".github", "site"),))
    assert [hidden.of(path).name for path in (".github/a.md", "github/a.md")] == ["site", "github"]
    pages = (ROOT / "docs" / "flavours").glob("*.md")
    assert sorted(CHOICES.flavours()) == sorted(page.stem for page in pages if page.stem != "README")
