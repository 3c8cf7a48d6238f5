"""The configuration: `kwlint.toml`, or `[tool.kwlint]` in pyproject.toml, as one frozen value.

The tables SETTINGS and KEYWORD_SETTINGS describe every setting. The reader with its error messages, the JSON Schema and
the tables of the documentation are all made from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.model.keyword_groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

CONFIG_FILE = "kwlint.toml"
PROJECT_FILE = "pyproject.toml"
NEWEST_FORMAT = 1

DEFAULT_PAGES = ("keywords", "documentation", "folder-index", "folder-documentation", "a-z", "start")
HOSTS = ("github", "gitlab")
SHARED_PAGES = ("always", "ci")
SUFFIXES = (".md", ".markdown")


class ConfigError(Exception):
    """An invalid configuration. The message is one line: file, line, key, and how to correct it."""


class Choices(NamedTuple):
    """The names that settings may hold and that other packages define. The functions are called only if a configuration
    has such a setting, so that other runs import none of these packages."""

    rule_codes: Callable[[], tuple[str, ...]]
    flavours: Callable[[], tuple[str, ...]]
    page_kinds: Callable[[], tuple[str, ...]]


class KeywordSettings(NamedTuple):
    """The settings of the keyword indexes. `always`, `never` and `stop_words` ignore letter case. `language` is a code
    such as `en`, empty to detect the language of each document. `load` adds the words of `stop_words_file` to
    `stop_words`."""

    always: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    max_per_document: int = 40
    groups: tuple[str, ...] = tuple(GROUPS)
    language: str = ""
    stop_words: tuple[str, ...] = ()
    stop_words_file: str = ""


class Config(NamedTuple):
    """All settings. `flavour` holds pairs of folder and flavour name in the order of the file, `per_file_ignores` pairs
    of path pattern and codes. `baseline` is the path of the baseline file, empty for none."""

    include: tuple[str, ...] = ("*.md", "*.markdown")
    exclude: tuple[str, ...] = ()
    output_dir: str = "kwdocs"
    pages: tuple[str, ...] = DEFAULT_PAGES
    shared_pages: str = "always"
    host: str = "github"
    flavour: tuple[tuple[str, str], ...] = ()
    embed_source: bool = False
    format: int = NEWEST_FORMAT
    keywords: KeywordSettings = KeywordSettings()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    baseline: str = ""


class Setting(NamedTuple):
    """A setting. `kind` is `string`, `strings`, `integer`, `boolean`, `codes` (an array of rule codes and
    prefixes), `string-table` or `codes-table`. `choices` are the allowed strings, empty for any, or the name of
    a field of `Choices`. `low` and `high` are the bounds of an integer. `example` is a TOML value for the README, which
    shows the default without it."""

    key: str
    kind: str
    meaning: str
    choices: tuple[str, ...] | str = ()
    low: int = 0
    high: int = 0
    example: str = ""

    def allowed(self, choices: Choices) -> tuple[str, ...]:
        """Return the allowed strings, empty for any."""
        if isinstance(self.choices, tuple):
            return self.choices
        names: tuple[str, ...] = getattr(choices, self.choices)()
        return names


CODE_SYNTAX = "use a code such as KW101, a prefix such as KW1, or ALL; `kwlint rule` lists the codes"
# A pattern of n `*` takes time with the nth power of a path's length.
MOST_STARS = 3
CODE_PATTERN = r"^(ALL|KW\d{0,3})$"

SETTINGS = (
    Setting("include", "strings", "Tracked files that are documents, in gitignore syntax."),
    Setting("exclude", "strings", "Files that are not documents, in gitignore syntax.", example='["vendor/"]'),
    Setting("output-dir", "string", "Folder for the pages, relative to the repository's root."),
    Setting("pages", "strings", "Kinds of pages to write.", "page_kinds"),
    Setting(
        "shared-pages",
        "string",
        "When to check and write pages of several documents: at every run, or only with `--shared`, as a CI job does.",
        SHARED_PAGES,
    ),
    Setting("host", "string", "Git host whose anchors the links in pages use.", HOSTS),
    Setting("embed-source", "boolean", "Include the whole source in its documentation page."),
    Setting("format", "integer", "Page format. A new format is used only if set here.", low=1, high=NEWEST_FORMAT),
    Setting("select", "codes", "Rules to check, by code or prefix. An empty array selects all."),
    Setting("ignore", "codes", "Rules not to check, by code or prefix.", example='["KW105"]'),
    Setting(
        "baseline",
        "string",
        "File with known problems, which are not reported; see `kwlint baseline`.",
        example='".kwlint-baseline.json"',
    ),
    Setting(
        "flavour",
        "string-table",
        'Flavours of folders whose detected flavour is wrong, as in `"docs" = "mkdocs"`.',
        "flavours",
        example='"website" = "docusaurus"',
    ),
    Setting(
        "per-file-ignores",
        "codes-table",
        "Rules not to check in files that match a pattern.",
        example='"legacy/**" = ["KW1"]',
    ),
)

KEYWORD_SETTINGS = (
    Setting("always", "strings", "Terms that are always keywords.", example='["widget server"]'),
    Setting("never", "strings", "Terms that are never keywords.", example='["example"]'),
    Setting("max-per-document", "integer", "Maximum number of keywords per document.", low=1, high=10_000),
    Setting("groups", "strings", "Groups of keywords to show.", tuple(GROUPS)),
    Setting("language", "string", "Language of the prose, such as `en`. Empty to detect it for each document."),
    Setting("stop-words", "strings", "Words that cannot be part of a term, in addition to the built-in ones."),
    Setting("stop-words-file", "string", "File with more stop words, one per line. `#` starts a comment."),
)


def load(
    read: Callable[[str], bytes | None], choices: Choices, file: Path | None = None, isolated: bool = False
) -> Config:
    """Return the configuration of a repository.

    `read` returns the bytes of a file of the root folder, None if there is no such file. `file` is read instead of the
    repository's own files. With `isolated`, nothing is read. Raises ConfigError.
    """
    source = None if isolated else _find(read, file)
    if source is None:
        return Config()
    config_file, table = source
    return _with_stop_words(from_table(table, config_file, choices), read, config_file)


class ConfigFile(NamedTuple):
    """The name and the text of a configuration file, to locate settings in messages."""

    name: str
    text: str

    def locate(self, key: str) -> str:
        """Return `name:line` of the first line that assigns or opens `key`, or the name if there is no such line."""
        import re

        last = re.escape(key.rpartition(".")[2])
        match = re.search(rf"^[ \t]*(?:\[[^\]\n]*)?[\"']?{last}[\"']?[ \t]*(?:=|\]|\.)", self.text, re.MULTILINE)
        return f"{self.name}:{self.text.count(chr(10), 0, match.start()) + 1}" if match else self.name


def from_table(table: Mapping[str, Any], file: ConfigFile, choices: Choices) -> Config:
    """Return the configuration in a parsed table. Raises ConfigError for an unknown key or an invalid value."""
    values = dict(table)
    keywords = values.pop("keywords", {})
    if not isinstance(keywords, dict):
        where = file.locate("keywords")
        raise ConfigError(f"{where}: `keywords` must be a table, as in `[keywords]`, not {_type_name(keywords)}")
    reader = _Reader(file, choices)
    inner = KeywordSettings(**reader.values(keywords, KEYWORD_SETTINGS, "keywords."))
    config = Config(**reader.values(values, SETTINGS, "", ("keywords",)), keywords=inner)
    _check_output_dir(config.output_dir, file)
    _check_relative("baseline", config.baseline, file)
    _check_relative("stop-words-file", inner.stop_words_file, file)
    return config._replace(output_dir=config.output_dir.strip("/").removeprefix("./"))


def _with_stop_words(config: Config, read: Callable[[str], bytes | None], file: ConfigFile) -> Config:
    """Return the configuration with the words of its stop words file. Raises ConfigError."""
    path = config.keywords.stop_words_file
    if not path:
        return config
    data = read(path)
    if data is None:
        raise ConfigError(f"{file.locate('stop-words-file')}: `keywords.stop-words-file`: {path} does not exist")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8: save it as UTF-8") from None
    words = dict.fromkeys(filter(None, (line.partition("#")[0].strip() for line in lines)))
    stop_words = tuple(dict.fromkeys((*config.keywords.stop_words, *words)))
    return config._replace(keywords=config.keywords._replace(stop_words=stop_words))


def core(config: Config) -> Config:
    """Return the settings that facts, links and pages depend on, without those that only filter the report."""
    return config._replace(shared_pages="always", select=(), ignore=(), per_file_ignores=(), baseline="")


def source_matcher(config: Config, suffixes: tuple[str, ...] = SUFFIXES) -> Callable[[str], bool]:
    """Return a function that reports whether a tracked path is a source: by `include` and `exclude`, and never below
    `output-dir`.

    `suffixes` are those of the flavours; like Markdown's, they count if `include` is not set. Raises ConfigError.
    """
    prefix = f"{config.output_dir}/"
    if config.include != Config().include:
        included = _gitignore(config.include)
    else:
        endings = tuple(dict.fromkeys((*SUFFIXES, *suffixes)))

        def included(path: str) -> bool:
            return path.endswith(endings)

    if not config.exclude:
        return lambda path: included(path) and not path.startswith(prefix)
    excluded = _gitignore(config.exclude)
    return lambda path: included(path) and not path.startswith(prefix) and not excluded(path)


def is_excluded(config: Config, path: str) -> bool:
    """Return whether `exclude` matches a path."""
    return bool(config.exclude) and _gitignore(config.exclude)(path)


class PageNames(NamedTuple):
    """How the paths of pages end, and how the file names of other pages begin."""

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]


def check_output_dir_is_ours(
    config: Config, tracked: Collection[str], names: PageNames, has_marker: Callable[[str], bool]
) -> None:
    """Refuse an output folder with documents that kwlint did not write: they would not be checked any more.

    `tracked` are the tracked files on disk. A folder is refused if a Markdown file in it is not named like a page, and
    no file in it has kwlint's marker. Raises ConfigError.
    """
    prefix = f"{config.output_dir}/"
    # Nearly all paths are pages or sources, so the cheap tests come first.
    others = [path for path in tracked if not path.endswith(names.endings) and path.startswith(prefix)]
    texts = (path for path in others if path.endswith(SUFFIXES))
    documents = sorted(path for path in texts if not path.rpartition("/")[2].startswith(names.beginnings))
    if not documents:
        return
    candidates = sorted(path for path in tracked if path.startswith(prefix) and path.endswith(SUFFIXES))
    if not any(map(has_marker, candidates)):
        raise ConfigError(
            f"`output-dir`: {config.output_dir} contains documents that kwlint did not write, such as {documents[0]}: "
            "use a folder for the pages alone"
        )


def check_flavour_folders(config: Config, tracked: Collection[str]) -> None:
    """Refuse a `flavour` for a folder without tracked files: it would have no effect. Raises ConfigError."""
    from kwlint.text.did_you_mean import nearest

    for written, name in config.flavour:
        folder = flavour_folder(written)
        if folder and not any(path.startswith(f"{folder}/") for path in tracked):
            folders = {path.rpartition("/")[0] for path in tracked}
            folders |= {folder[:at] for folder in folders for at, c in enumerate(folder) if c == "/"}
            similar = nearest(folder, sorted(filter(None, folders)))
            hint = f"; did you mean `{similar}`?" if similar else ""
            raise ConfigError(f"`flavour`: {written} = {name}: git tracks no file in this folder{hint}")


def flavour_folder(written: str) -> str:
    """Return the folder of a key of `flavour` (`docs`, `./docs/`, `docs/**`), empty for the whole repository."""
    return written.rstrip("*/").removeprefix("./").strip("/").removesuffix("/.") if written not in (".", "./") else ""


def schema(choices: Choices) -> dict[str, Any]:
    """Return the JSON Schema of `kwlint.toml` and `[tool.kwlint]`, in draft 7 as SchemaStore and validate-pyproject use
    it."""
    properties = _properties(SETTINGS, Config(), choices)
    properties["keywords"] = {
        "type": "object",
        "description": "Settings of the keyword indexes.",
        "additionalProperties": False,
        "properties": _properties(KEYWORD_SETTINGS, KeywordSettings(), choices),
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://json.schemastore.org/kwlint.json",
        "title": "kwlint",
        "description": "Settings of kwlint, in kwlint.toml or in [tool.kwlint] of pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def check_codes(option: str, codes: tuple[str, ...], choices: Choices) -> tuple[str, ...]:
    """Return `codes` if each is the code or the prefix of a rule. Raises ConfigError."""
    for code in codes:
        if not _is_code(code, choices):
            raise ConfigError(f"{option}: {code!r} is not a rule; {CODE_SYNTAX}")
    return codes


# --- finding the file -----------------------------------------------------------------------------------------------


def _find(read: Callable[[str], bytes | None], file: Path | None) -> tuple[ConfigFile, Mapping[str, Any]] | None:
    """Return the configuration file and its table, None if there is no configuration. Raises ConfigError."""
    if file is not None:
        return _read_named(file)
    data = read(CONFIG_FILE)
    if data is not None:
        return _read_own(data)
    project = read(PROJECT_FILE)
    if project is None or b"kwlint" not in project:  # saves the import of the TOML parser
        return None
    text, table = _parse(project, PROJECT_FILE)
    return ConfigFile(PROJECT_FILE, text), _tool_table(table, PROJECT_FILE)


def _read_named(file: Path) -> tuple[ConfigFile, Mapping[str, Any]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    text, table = _parse(data, str(file))
    return ConfigFile(str(file), text), _tool_table(table, str(file)) if file.name == PROJECT_FILE else table


def _read_own(data: bytes) -> tuple[ConfigFile, Mapping[str, Any]]:
    text, table = _parse(data, CONFIG_FILE)
    file = ConfigFile(CONFIG_FILE, text)
    if "tool" in table:
        raise ConfigError(
            f"{file.locate('tool')}: `[tool.kwlint]` is for {PROJECT_FILE}; in {CONFIG_FILE} write settings without it"
        )
    return file, table


def _parse(data: bytes, name: str) -> tuple[str, Mapping[str, Any]]:
    from kwlint.text import toml

    try:
        text = data.decode("utf-8")
        return text, toml.load(text)
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: not UTF-8: save it as UTF-8") from None
    except (RecursionError, ValueError) as error:
        message = str(error).split("\n")[0] or type(error).__name__
        raise ConfigError(f"{name}: not valid TOML: {message[:1].lower()}{message[1:]}") from None


def _tool_table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    tools = table.get("tool", {})
    settings = tools.get("kwlint", {}) if isinstance(tools, dict) else {}
    if not isinstance(settings, dict):
        raise ConfigError(f"{name}: `tool.kwlint` must be a table, not {_type_name(settings)}")
    return settings


# --- reading values -------------------------------------------------------------------------------------------------

KIND_NAMES = {
    "string": "a string",
    "strings": "an array of strings",
    "codes": "an array of strings",
    "integer": "an integer",
    "boolean": "true or false",
    "string-table": "a table of strings",
    "codes-table": "a table of arrays of strings",
}


class _Reader(NamedTuple):
    """Reads the values of a table and raises ConfigError for the first invalid one."""

    file: ConfigFile
    choices: Choices

    def values(
        self, table: Mapping[str, Any], settings: tuple[Setting, ...], prefix: str, other_keys: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return the fields of `Config` or `KeywordSettings` that a table sets."""
        by_key = {setting.key: setting for setting in settings}
        values = {}
        for key, value in table.items():
            if key not in by_key:
                suggestion = _suggestion(key, (*by_key, *other_keys))
                raise ConfigError(f"{self.file.locate(key)}: unknown key `{prefix}{key}`{suggestion}")
            values[key.replace("-", "_")] = self._value(by_key[key], value, prefix)
        return values

    def _value(self, setting: Setting, value: Any, prefix: str) -> Any:
        subject = f"{self.file.locate(setting.key)}: `{prefix}{setting.key}`"
        if not _fits(setting.kind, value):
            raise ConfigError(f"{subject} must be {KIND_NAMES[setting.kind]}{_mismatch(setting.kind, value)}")
        if setting.kind == "integer" and not setting.low <= value <= setting.high:
            raise ConfigError(f"{subject} must be {_range(setting)}, not {value}{_newer(setting)}")
        for text in _strings(value):
            self._check_string(setting, text, subject)
        return _frozen(value)

    def _check_string(self, setting: Setting, text: str, subject: str) -> None:
        if setting.choices and text not in setting.allowed(self.choices):
            suggestion = _suggestion(text, setting.allowed(self.choices))
            raise ConfigError(f"{subject} cannot be `{text}`{suggestion}")
        if setting.kind.startswith("codes") and not _is_code(text, self.choices):
            raise ConfigError(f"{subject}: `{text}` is not a rule; {CODE_SYNTAX}")


def _fits(kind: str, value: Any) -> bool:
    """Report whether a TOML value is of a kind."""
    if kind == "string":
        return isinstance(value, str)
    if kind in ("strings", "codes"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, dict) and all(_fits(kind.removesuffix("-table"), item) for item in value.values())


def _strings(value: Any) -> list[str]:
    """Return all strings in a value, without the keys of tables."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    return [text for item in value.values() for text in _strings(item)] if isinstance(value, dict) else []


def _frozen(value: Any) -> Any:
    """Return a value with tuples for arrays, and tuples of pairs for tables."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return tuple((key, _frozen(item)) for key, item in value.items())
    return value


def _range(setting: Setting) -> str:
    return f"{setting.low}" if setting.low == setting.high else f"between {setting.low} and {setting.high}"


def _newer(setting: Setting) -> str:
    return " (a newer kwlint may support it)" if setting.key == "format" else ""


def _is_code(text: str, choices: Choices) -> bool:
    return text == "ALL" or (text.startswith("KW") and any(code.startswith(text) for code in choices.rule_codes()))


def _suggestion(word: str, names: tuple[str, ...]) -> str:
    from kwlint.text.did_you_mean import suggestion

    return suggestion(word.lower().replace("_", "-"), names)


def _type_name(value: Any) -> str:
    names = {bool: "a boolean", int: "an integer", float: "a number", str: "a string", list: "an array"}
    return "a table" if isinstance(value, dict) else names.get(type(value), "a date or time")


def _mismatch(kind: str, value: Any) -> str:
    """Return what is wrong with a value that is not of `kind`: its type, or that of an item."""
    items: tuple[Any, ...] = ()
    if kind in ("strings", "codes") and isinstance(value, list):
        kind, items = "string", tuple(value)
    elif kind.endswith("-table") and isinstance(value, dict):
        kind, items = kind.removesuffix("-table"), tuple(value.values())
    wrong = next((item for item in items if not _fits(kind, item)), None)
    return f", not {_type_name(value)}" if wrong is None else f"; it contains {_type_name(wrong)}"


def _check_output_dir(folder: str, file: ConfigFile) -> None:
    subject = f"{file.locate('output-dir')}: `output-dir`"
    _check_relative("output-dir", folder, file)
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts:
        raise ConfigError(f"{subject} must be a folder for the pages alone, such as `kwdocs`")
    if parts[0].lower() == ".git":
        raise ConfigError(f"{subject} cannot be inside `.git`; use a folder such as `kwdocs`")
    if "\\" in folder or any(character < " " for character in folder):
        raise ConfigError(f"{subject} must use `/` and no control characters")


def _check_relative(key: str, path: str, file: ConfigFile) -> None:
    parts = path.replace("\\", "/").split("/")
    has_drive = len(path) > 1 and path[1] == ":"
    if path.startswith(("/", "\\", "~")) or has_drive or ".." in parts:
        raise ConfigError(f"{file.locate(key)}: `{key}` must be a path inside the repository, not `{path}`")


def _gitignore(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec

    for pattern in patterns:
        parts = pattern.split("/")
        if parts.count("**") > MOST_STARS or any(part.count("*") > MOST_STARS for part in parts):
            raise ConfigError(
                f"include/exclude: `{pattern[:60]}` takes too long to match: use at most {MOST_STARS} `*` between two "
                f"`/`, and at most {MOST_STARS} `**`"
            )
    try:
        spec = GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise ConfigError(f"include/exclude: {str(error).split(chr(10))[0]}") from None
    return spec.match_file


# --- the schema -----------------------------------------------------------------------------------------------------


def default_of(setting: Setting, defaults: Config | KeywordSettings) -> Any:
    """Return the default of a setting as a TOML or JSON value."""
    default = getattr(defaults, setting.key.replace("-", "_"))
    if setting.kind.endswith("-table"):
        return dict(default)
    return list(default) if isinstance(default, tuple) else default


def _properties(settings: tuple[Setting, ...], defaults: Config | KeywordSettings, choices: Choices) -> dict[str, Any]:
    return {
        setting.key: {
            **_shape(setting, choices),
            "description": setting.meaning,
            "default": default_of(setting, defaults),
        }
        for setting in settings
    }


def _shape(setting: Setting, choices: Choices) -> dict[str, Any]:
    """Return the schema of a setting's values."""
    text: dict[str, Any] = {"type": "string"}
    if setting.choices:
        text["enum"] = list(setting.allowed(choices))
    code = {"type": "string", "pattern": CODE_PATTERN}
    shapes: dict[str, dict[str, Any]] = {
        "string": text,
        "strings": {"type": "array", "items": text},
        "codes": {"type": "array", "items": code},
        "integer": {"type": "integer", "minimum": setting.low, "maximum": setting.high},
        "boolean": {"type": "boolean"},
    }
    kind, _, table = setting.kind.partition("-")
    return {"type": "object", "additionalProperties": shapes[kind]} if table else shapes[kind]
