"""Settings: what is read, and what is said of a wrong one."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from paths import ROOT

from kwlint.config import (
    CODES_WANTED,
    FLAVOURS,
    KEYWORD_SETTINGS,
    SETTINGS,
    Config,
    ConfigError,
    KeywordSettings,
    Place,
    from_table,
    load,
    schema,
    source_matcher,
)
from kwlint.flavours import detect


def read(text: str, name: str = "kwlint.toml") -> Config:
    return load({name: text.encode(), "docs/stop.txt": b"bar\nbaz qux  # two words\n"}.get)


def said(text: str, name: str = "kwlint.toml") -> str:
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
    assert load({}.get) == Config()
    assert read("") == Config()


def test_every_setting_is_read() -> None:
    assert read(FULL) == FULL_CONFIG


def test_every_setting_is_a_field_and_the_other_way_round() -> None:
    names = {setting.key.replace("-", "_") for setting in SETTINGS} | {"keywords"}
    assert names == set(Config._fields)
    assert {setting.key.replace("-", "_") for setting in KEYWORD_SETTINGS} == set(KeywordSettings._fields)


def test_stop_words_file() -> None:
    said = b'[keywords]\nstop-words-file = "words.txt"'
    with pytest.raises(ConfigError, match=r"kwlint.toml:2: `keywords.stop-words-file` names words.txt, which is not"):
        load({"kwlint.toml": said}.get)
    with pytest.raises(ConfigError, match=r"words.txt: is not UTF-8: save it as UTF-8"):
        load({"kwlint.toml": said, "words.txt": b"\xff"}.get)
    with pytest.raises(ConfigError, match="must be inside the repository"):
        read('keywords.stop-words-file = "../words.txt"')
    words = b"\xef\xbb\xbf# ours\r\nacme # the company\n\nstrasse\nacme\n"
    assert load({"kwlint.toml": said, "words.txt": words}.get).keywords.stop_words == ("acme", "strasse")


def test_project_file_holds_the_same() -> None:
    nested = FULL.replace("\n[", "\n[tool.kwlint.")
    assert read(f"[tool.kwlint]{nested}", "pyproject.toml") == FULL_CONFIG
    assert read('[project]\nname = "kwlint-user"\n', "pyproject.toml") == Config()
    assert read("no kw lint, and no TOML", "pyproject.toml") == Config()


def test_own_file_comes_before_the_project_file() -> None:
    both = {"kwlint.toml": b'host = "gitlab"', "pyproject.toml": b"[tool.kwlint]\nformat = 99"}
    assert load(both.get).host == "gitlab"


def test_named_file_and_isolation(tmp_path: Path) -> None:
    other = {"kwlint.toml": b'host = "gitlab"'}
    (tmp_path / "mine.toml").write_text('output-dir = "mine"')
    (tmp_path / "pyproject.toml").write_text('[tool.kwlint]\noutput-dir = "project"')
    assert load(other.get, tmp_path / "mine.toml") == Config(output_dir="mine")
    assert load(other.get, tmp_path / "pyproject.toml") == Config(output_dir="project")
    assert load(other.get, isolated=True) == Config()
    with pytest.raises(ConfigError, match=r"missing\.toml: cannot be read: no such file or directory$"):
        load(other.get, tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('outputdir = "x"', "kwlint.toml:1: unknown key `outputdir`; did you mean `output-dir`?"),
        ('\noutput_dir = "x"', "kwlint.toml:2: unknown key `output_dir`; did you mean `output-dir`?"),
        ("[keyword]\nalways = []", "kwlint.toml:1: unknown key `keyword`; did you mean `keywords`?"),
        ("[keywords]\nalway = []", "kwlint.toml:2: unknown key `keywords.alway`; did you mean `always`?"),
        ("embed-source = 1", "kwlint.toml:1: `embed-source` must be true or false, not an integer"),
        ("format = true", "kwlint.toml:1: `format` must be an integer, not a boolean"),
        ("format = 2", "kwlint.toml:1: `format` must be 1, not 2 (a newer kwlint may know it)"),
        ('include = "*.md"', "kwlint.toml:1: `include` must be an array of strings, not a string"),
        ("include = [1]", "kwlint.toml:1: `include` must be an array of strings; it holds an integer"),
        ('host = "gitlap"', "kwlint.toml:1: `host` cannot be `gitlap`; did you mean `gitlab`?"),
        ('host = "zzz"', "kwlint.toml:1: `host` cannot be `zzz`; known are github, gitlab"),
        ('pages = ["keyword"]', "kwlint.toml:1: `pages` cannot be `keyword`; did you mean `keywords`?"),
        ('keywords = "x"', "kwlint.toml:1: `keywords` must be a table, as `[keywords]`, not a string"),
        (
            "[keywords]\nmax-per-document = 0",
            "kwlint.toml:2: `keywords.max-per-document` must be between 1 and 10000, not 0",
        ),
        (
            'select = ["X"]',
            f"kwlint.toml:1: `select` holds `X`, which is no rule; {CODES_WANTED}",
        ),
        (
            '[per-file-ignores]\n"*.md" = ["KW1x"]',
            f"kwlint.toml:1: `per-file-ignores` holds `KW1x`, which is no rule; {CODES_WANTED}",
        ),
        (
            '[per-file-ignores]\n"*.md" = "KW1"',
            "kwlint.toml:1: `per-file-ignores` must be a table of arrays of strings; it holds a string",
        ),
        ('select = ["KW999"]', f"kwlint.toml:1: `select` holds `KW999`, which is no rule; {CODES_WANTED}"),
        ('[flavour]\n"docs" = "mkdoc"', "kwlint.toml:1: `flavour` cannot be `mkdoc`; did you mean `mkdocs`?"),
        (
            '[tool.kwlint]\nhost = "gitlab"',
            "kwlint.toml:1: in kwlint.toml settings stand without `[tool.kwlint]`; that is for pyproject.toml",
        ),
        ("flavour = 2020-01-01", "kwlint.toml:1: `flavour` must be a table of strings, not a date or time"),
        ("a = ", "kwlint.toml: is not valid TOML: invalid value (at line 1, column 5)"),
        ("a = 1\na = 2", "kwlint.toml: is not valid TOML: cannot overwrite a value (at line 2, column 6)"),
    ],
)
def test_wrong_setting_names_file_line_key_and_remedy(text: str, message: str) -> None:
    found = said(text)
    if "is not valid TOML" in message:  # the parser's own words differ from one Python to the next
        assert found.startswith("kwlint.toml: is not valid TOML: ")
        assert "\n" not in found
    else:
        assert found == message


def test_project_file_is_named() -> None:
    text = '[project]\nname = "x"\n\n[tool.kwlint]\nhosts = "github"\n'
    assert said(text, "pyproject.toml") == "pyproject.toml:5: unknown key `hosts`; did you mean `host`?"


def test_file_that_is_not_utf8() -> None:
    with pytest.raises(ConfigError, match=r"^kwlint.toml: is not UTF-8: save it as UTF-8$"):
        load({"kwlint.toml": b'host = "\xff"'}.get)


@pytest.mark.parametrize(
    "folder",
    ["", ".", "./", "/", "/a", "..", "a/../..", "a/../b", "~", "~/x", "C:\\x", "\\\\x", "a\\b", ".git", ".git/x"],
)
def test_output_dir_that_is_refused(folder: str) -> None:
    assert said(f"output-dir = '{folder}'").startswith("kwlint.toml:1: `output-dir` ")


@pytest.mark.parametrize("folder", ["kwdocs", "kwdocs/", "./kwdocs", "a/b c", "é"])
def test_output_dir_that_is_accepted(folder: str) -> None:
    assert read(f"output-dir = '{folder}'").output_dir == folder.removeprefix("./").strip("/")


KEYS = st.sampled_from([setting.key for setting in SETTINGS] + ["keywords", "x"]) | st.text()
SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=4)))
def test_no_table_does_worse_than_a_config_error(value: object) -> None:
    table = value if isinstance(value, dict) else {"pages": value, "keywords": value}
    with suppress(ConfigError):
        from_table(table, Place("kwlint.toml", ""))


def test_schema_is_valid_and_agrees_with_the_reader() -> None:
    Draft7Validator.check_schema(schema())
    validator = Draft7Validator(schema())
    validator.validate(tomllib.loads(FULL))
    defaults = {name: part["default"] for name, part in schema()["properties"].items() if "default" in part}
    inner = {name: part["default"] for name, part in schema()["properties"]["keywords"]["properties"].items()}
    assert from_table({**defaults, "keywords": inner}, Place("x", "")) == Config()
    for wrong in ('host = "x"', "x = 1", "[keywords]\nx = 1", "format = 2", 'select = ["KW1x"]', "pages = [1]"):
        assert not validator.is_valid(tomllib.loads(wrong)), wrong
        said(wrong)


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
def test_sources_are_chosen_as_gitignore_does(config: Config, expected: list[str]) -> None:
    paths = ["a.md", "b.markdown", "c.txt", "d/e.md", "d/f.py", "kwdocs/a.md_kw.md", "md"]
    assert [path for path in paths if source_matcher(config)(path)] == expected


def test_suffixes_of_a_flavour_count() -> None:
    matches = source_matcher(Config(), (".mdx",))
    assert [matches(path) for path in ("a.mdx", "a.md", "a.qmd")] == [True, True, False]


def test_every_flavour_can_be_set() -> None:
    for name in FLAVOURS:
        assert detect(["docs/a.md"], lambda _: b"", (("docs", name),)).of("docs/a.md").name == name
    hidden = detect([".github/a.md", "github/a.md"], lambda _: b"", ((".github", "site"),))
    assert [hidden.of(path).name for path in (".github/a.md", "github/a.md")] == ["site", "github"]
    pages = (ROOT / "docs" / "flavours").glob("*.md")
    assert sorted(FLAVOURS) == sorted(page.stem for page in pages if page.stem != "README")
