"""The configuration: `kwlint.toml`, or `[tool.kwlint]` in pyproject.toml, as one frozen value.

One table, SETTINGS, says what a setting is called, what it may hold and what it means; reading, the messages about a
wrong one, and the JSON Schema come from it.
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

PAGES = ("keywords", "documentation", "folder-index", "folder-documentation", "subtree", "a-z", "start")
DEFAULT_PAGES = tuple(kind for kind in PAGES if kind != "subtree")
HOSTS = ("github", "gitlab")
FLAVOURS = (
    "github", "gitlab", "mdbook", "mkdocs", "docusaurus", "myst", "hugo", "jekyll", "docfx", "vitepress", "obsidian",
    "quarto", "zola", "site",
)  # fmt: skip
SUFFIXES = (".md", ".markdown")


class ConfigError(Exception):
    """A configuration that cannot be used; the text is one line: file, line, key, and what would be right."""


class KeywordSettings(NamedTuple):
    """What goes into the keyword indexes. `always`, `never`, `stop_words`: words and terms, letter case ignored.
    `language`: of the prose, as `en`; empty to detect it for each document. `stop_words_file`: path of a file whose
    words are among `stop_words` once the configuration is loaded."""

    always: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    max_per_document: int = 40
    groups: tuple[str, ...] = tuple(GROUPS)
    language: str = ""
    stop_words: tuple[str, ...] = ()
    stop_words_file: str = ""


class Config(NamedTuple):
    """All settings. `flavour`: (folder glob, flavour name) pairs in the order written; `per_file_ignores`: (path glob,
    codes) pairs; `baseline`: path of the file of known problems, empty for none."""

    include: tuple[str, ...] = ("*.md", "*.markdown")
    exclude: tuple[str, ...] = ()
    output_dir: str = "kwdocs"
    pages: tuple[str, ...] = DEFAULT_PAGES
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
    """`kind`: `string`, `strings`, `integer`, `boolean`, `string-table`, `strings-table`. `choices`: what a string
    may be, empty for anything. `pattern`: a regular expression, for the schema and for codes. `low`, `high`: bounds
    of an integer."""

    key: str
    kind: str
    meaning: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    low: int = 0
    high: int = 0


CODES_WANTED = "write a code as KW101, a prefix as KW1, or ALL; `kwlint rule` lists them"
CODE_PATTERN = r"^(ALL|KW\d{0,3})$"

SETTINGS = (
    Setting("include", "strings", "Which tracked files are sources, in gitignore syntax."),
    Setting("exclude", "strings", "Which of them are not, in gitignore syntax."),
    Setting("output-dir", "string", "The folder for the pages, relative to the repository's root."),
    Setting("pages", "strings", "Which kinds of pages are made.", PAGES),
    Setting("host", "string", "The git host whose anchors the pages' links use.", HOSTS),
    Setting(
        "flavour", "string-table", 'The flavour of folders, as `"docs" = "mkdocs"`, where detection is wrong.', FLAVOURS
    ),
    Setting("embed-source", "boolean", "Whether a documentation page holds the whole text of its source."),
    Setting("format", "integer", "The page format; a new one is opted into.", low=1, high=NEWEST_FORMAT),
    Setting("select", "strings", "Rules to check, by code or prefix.", pattern=CODE_PATTERN),
    Setting("ignore", "strings", "Rules not to check, by code or prefix.", pattern=CODE_PATTERN),
    Setting("per-file-ignores", "strings-table", "Rules not to check in files like a glob.", pattern=CODE_PATTERN),
    Setting("baseline", "string", "A file of known problems, which are not reported; see `kwlint baseline`."),
)

KEYWORD_SETTINGS = (
    Setting("always", "strings", "Terms that are keywords wherever they occur."),
    Setting("never", "strings", "Terms that are never keywords."),
    Setting("max-per-document", "integer", "The most keywords that a document's index holds.", low=1, high=10_000),
    Setting("groups", "strings", "Which groups of keywords are shown.", tuple(GROUPS)),
    Setting("language", "string", "The language of the prose, as `en`; empty to detect it per document."),
    Setting("stop-words", "strings", "Words that end a term wherever they stand, besides those built in."),
    Setting("stop-words-file", "string", "A file with more of them, one a line; `#` begins a comment."),
)


def load(read: Callable[[str], bytes | None], file: Path | None = None, isolated: bool = False) -> Config:
    """The configuration of a repository.

    `read` gives the bytes of a file of its root folder, None where there is none. `file` is read instead of what is
    there; with `isolated` nothing is read. Raises ConfigError.
    """
    found = None if isolated else _find(read, file)
    if found is None:
        return Config()
    name, text, table = found
    place = Place(name, text)
    return _with_stop_words(from_table(table, place), read, place)


class Place(NamedTuple):
    """Where a setting is written, for messages: the file's name and text."""

    name: str
    text: str

    def of(self, key: str) -> str:
        """`name:line` of the first line that assigns or opens `key`; the name alone where it cannot be found."""
        import re

        wanted = re.escape(key.rpartition(".")[2])
        found = re.search(rf"^[ \t]*(?:\[[^\]\n]*)?[\"']?{wanted}[\"']?[ \t]*(?:=|\]|\.)", self.text, re.MULTILINE)
        return f"{self.name}:{self.text.count(chr(10), 0, found.start()) + 1}" if found else self.name


def from_table(table: Mapping[str, Any], place: Place) -> Config:
    """The configuration that a parsed table holds. Raises ConfigError for an unknown key or a value of a wrong type."""
    values = dict(table)
    keywords = values.pop("keywords", {})
    if not isinstance(keywords, dict):
        where = place.of("keywords")
        raise ConfigError(f"{where}: `keywords` must be a table, as `[keywords]`, not {_named(keywords)}")
    settings = _values(values, SETTINGS, place, "", ("keywords",))
    inner = KeywordSettings(**_values(keywords, KEYWORD_SETTINGS, place, "keywords.", ()))
    config = Config(**settings, keywords=inner)
    _check_output_dir(config.output_dir, place)
    _check_relative("baseline", config.baseline, place)
    _check_relative("stop-words-file", inner.stop_words_file, place)
    return config._replace(output_dir=config.output_dir.strip("/").removeprefix("./"))


def _with_stop_words(config: Config, read: Callable[[str], bytes | None], place: Place) -> Config:
    """The configuration with the words of its stop words file. Raises ConfigError."""
    path = config.keywords.stop_words_file
    if not path:
        return config
    data = read(path)
    if data is None:
        raise ConfigError(f"{place.of('stop-words-file')}: `keywords.stop-words-file` names {path}, which is not there")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8: save it as UTF-8") from None
    words = dict.fromkeys(filter(None, (line.partition("#")[0].strip() for line in lines)))
    both = tuple(dict.fromkeys((*config.keywords.stop_words, *words)))
    return config._replace(keywords=config.keywords._replace(stop_words=both))


def core(config: Config) -> Config:
    """What facts, links and pages depend on, without what is only a choice of what to report."""
    return config._replace(select=(), ignore=(), per_file_ignores=(), baseline="")


def source_matcher(config: Config, suffixes: tuple[str, ...] = SUFFIXES) -> Callable[[str], bool]:
    """Whether a tracked path is a source: by `include` and `exclude`, never below `output-dir`.

    `suffixes` are those that count when `include` is not set: Markdown's, and those of the flavours.
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


def check_output_dir_is_ours(config: Config, tracked: Collection[str], has_marker: Callable[[str], bool]) -> None:
    """Refuse an output folder that holds somebody's documents: they would no longer be sources.

    `tracked`: the tracked files that are on disk. That is so where a Markdown file below the folder is not named as a
    page would be, and none there has kwlint's marker. Raises ConfigError.
    """
    prefix = f"{config.output_dir}/"
    # Nearly all are pages or sources, so one look at the end or the start of each has to do.
    unlike = [path for path in tracked if not path.endswith(_PAGE_ENDINGS) and path.startswith(prefix)]
    strange = sorted(path for path in unlike if path.endswith(SUFFIXES) and not _is_a_z(path))
    if not strange:
        return
    texts = sorted(path for path in tracked if path.startswith(prefix) and path.endswith(SUFFIXES))
    if not any(map(has_marker, texts)):
        raise ConfigError(
            f"`output-dir` {config.output_dir} holds documents that kwlint did not make, as {strange[0]}: "
            "set it to a folder of its own"
        )


def check_flavour_folders(config: Config, tracked: Collection[str]) -> None:
    """Refuse a `flavour` for a folder that holds nothing: it would be obeyed nowhere. Raises ConfigError."""
    from kwlint.text.did_you_mean import nearest

    for written, name in config.flavour:
        folder = flavour_folder(written)
        if folder and not any(path.startswith(f"{folder}/") for path in tracked):
            folders = {path.rpartition("/")[0] for path in tracked}
            folders |= {folder[:at] for folder in folders for at, c in enumerate(folder) if c == "/"}
            near = nearest(folder, sorted(filter(None, folders)))
            hint = f"; did you mean `{near}`?" if near else ""
            raise ConfigError(f"`flavour` sets {name} for {written}, where git tracks no file{hint}")


def flavour_folder(written: str) -> str:
    """The folder that a key of `flavour` names: `docs`, `./docs/`, `docs/**`; empty for the whole repository."""
    return written.rstrip("*/").removeprefix("./").strip("/").removesuffix("/.") if written not in (".", "./") else ""


_PAGE_ENDINGS = ("_kw.md", "_docs.md", "/index.md", "/doc.md", "/sub.md")


def _is_a_z(path: str) -> bool:
    return path.rpartition("/")[2].startswith("keywords")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7, as SchemaStore and validate-pyproject use) of `kwlint.toml` and `[tool.kwlint]`."""
    properties = {setting.key: _schema_of(setting, default) for setting, default in _with_defaults(SETTINGS, Config())}
    inner = {
        setting.key: _schema_of(setting, default)
        for setting, default in _with_defaults(KEYWORD_SETTINGS, KeywordSettings())
    }
    properties["keywords"] = {
        "type": "object",
        "description": "What goes into the keyword indexes.",
        "additionalProperties": False,
        "properties": inner,
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


def check_codes(option: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """`codes` if each is a rule's code or prefix. Raises ConfigError."""
    for code in codes:
        if not _is_code(code):
            raise ConfigError(f"{option}: {code!r} is no rule; {CODES_WANTED}")
    return codes


def _find(read: Callable[[str], bytes | None], file: Path | None) -> tuple[str, str, Mapping[str, Any]] | None:
    if file is not None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise ConfigError(f"{file}: cannot be read: {(error.strerror or str(error)).lower()}") from None
        text, table = _parsed(data, str(file))
        return str(file), text, _tool_table(table, str(file)) if file.name == PROJECT_FILE else table
    own = read(CONFIG_FILE)
    if own is not None:
        text, table = _parsed(own, CONFIG_FILE)
        if "tool" in table:
            where = Place(CONFIG_FILE, text).of("tool")
            raise ConfigError(
                f"{where}: in {CONFIG_FILE} settings stand without `[tool.kwlint]`; that is for {PROJECT_FILE}"
            )
        return CONFIG_FILE, text, table
    project = read(PROJECT_FILE)
    if project is None or b"kwlint" not in project:  # spares the TOML parser
        return None
    text, table = _parsed(project, PROJECT_FILE)
    return PROJECT_FILE, text, _tool_table(table, PROJECT_FILE)


def _parsed(data: bytes, name: str) -> tuple[str, Mapping[str, Any]]:
    import tomllib

    try:
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: is not UTF-8: save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        said = str(error).split("\n")[0] or type(error).__name__
        raise ConfigError(f"{name}: is not valid TOML: {said[:1].lower()}{said[1:]}") from None


def _tool_table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    tools = table.get("tool", {})
    found = tools.get("kwlint", {}) if isinstance(tools, dict) else {}
    if not isinstance(found, dict):
        raise ConfigError(f"{name}: `tool.kwlint` must be a table, not {_named(found)}")
    return found


def _values(
    table: Mapping[str, Any], settings: tuple[Setting, ...], place: Place, prefix: str, others: tuple[str, ...]
) -> dict[str, Any]:
    known = {setting.key: setting for setting in settings}
    values = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{place.of(key)}: unknown key `{prefix}{key}`{_nearest(key, (*known, *others))}")
        values[key.replace("-", "_")] = _value(known[key], value, place, prefix)
    return values


def _value(setting: Setting, value: Any, place: Place, prefix: str) -> Any:
    where, name = place.of(setting.key), f"`{prefix}{setting.key}`"
    wanted = _WANTED[setting.kind]
    if not _fits(setting.kind, value):
        raise ConfigError(f"{where}: {name} must be {wanted}{_misfit(setting.kind, value)}")
    if setting.kind == "integer" and not setting.low <= value <= setting.high:
        between = f"{setting.low}" if setting.low == setting.high else f"between {setting.low} and {setting.high}"
        raise ConfigError(f"{where}: {name} must be {between}, not {value}{_newer(setting)}")
    for text in _strings(value):
        if setting.choices and text not in setting.choices:
            raise ConfigError(f"{where}: {name} cannot be `{text}`{_nearest(text, setting.choices)}")
        if setting.pattern and not _is_code(text):
            raise ConfigError(f"{where}: {name} holds `{text}`, which is no rule; {CODES_WANTED}")
    return _frozen(value)


_WANTED = {
    "string": "a string",
    "strings": "an array of strings",
    "integer": "an integer",
    "boolean": "true or false",
    "string-table": "a table of strings",
    "strings-table": "a table of arrays of strings",
}


def _fits(kind: str, value: Any) -> bool:
    if kind == "string":
        return isinstance(value, str)
    if kind == "strings":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, dict) and all(_fits(kind.removesuffix("-table"), item) for item in value.values())


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    return [text for item in value.values() for text in _strings(item)] if isinstance(value, dict) else []


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return tuple((key, _frozen(item)) for key, item in value.items())
    return value


def _newer(setting: Setting) -> str:
    return " (a newer kwlint may know it)" if setting.key == "format" else ""


def _is_code(text: str) -> bool:
    from kwlint.rules.registry import RULES

    return text == "ALL" or (text.startswith("KW") and any(code.startswith(text) for code in RULES))


def _nearest(word: str, known: tuple[str, ...]) -> str:
    from kwlint.text.did_you_mean import suggestion

    return suggestion(word.lower().replace("_", "-"), known)


def _named(value: Any) -> str:
    names = {bool: "a boolean", int: "an integer", float: "a number", str: "a string", list: "an array"}
    return "a table" if isinstance(value, dict) else names.get(type(value), "a date or time")


def _misfit(kind: str, value: Any) -> str:
    """What is wrong with a value that is not of `kind`: the value itself, or one inside it."""
    items: tuple[Any, ...] = ()
    if kind == "strings" and isinstance(value, list):
        kind, items = "string", tuple(value)
    elif kind.endswith("-table") and isinstance(value, dict):
        kind, items = kind.removesuffix("-table"), tuple(value.values())
    strange = next((item for item in items if not _fits(kind, item)), None)
    return f", not {_named(value)}" if strange is None else f"; it holds {_named(strange)}"


def _check_output_dir(folder: str, place: Place) -> None:
    where = place.of("output-dir")
    _check_relative("output-dir", folder, place)
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts:
        raise ConfigError(f"{where}: `output-dir` must name a folder of its own, as `kwdocs`")
    if parts[0].lower() == ".git":
        raise ConfigError(f"{where}: `output-dir` cannot be inside `.git`; name a folder of its own, as `kwdocs`")
    if "\\" in folder or any(character < " " for character in folder):
        raise ConfigError(f"{where}: `output-dir` is written with `/` and without control characters")


def _check_relative(key: str, path: str, place: Place) -> None:
    parts = path.replace("\\", "/").split("/")
    drive = len(path) > 1 and path[1] == ":"
    if path.startswith(("/", "\\", "~")) or drive or ".." in parts:
        raise ConfigError(f"{place.of(key)}: `{key}` must be inside the repository, relative to its root, not `{path}`")


def _gitignore(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise ConfigError(f"include/exclude: {str(error).split(chr(10))[0]}") from None
    return spec.match_file


def _with_defaults(settings: tuple[Setting, ...], defaults: Any) -> list[tuple[Setting, Any]]:
    return [(setting, getattr(defaults, setting.key.replace("-", "_"))) for setting in settings]


def _schema_of(setting: Setting, default: Any) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    if setting.choices:
        text["enum"] = list(setting.choices)
    if setting.pattern:
        text["pattern"] = setting.pattern
    shapes: dict[str, dict[str, Any]] = {
        "string": text,
        "strings": {"type": "array", "items": text},
        "integer": {"type": "integer", "minimum": setting.low, "maximum": setting.high},
        "boolean": {"type": "boolean"},
        "string-table": {"type": "object", "additionalProperties": text},
        "strings-table": {"type": "object", "additionalProperties": {"type": "array", "items": text}},
    }
    plain = dict(default) if "table" in setting.kind else list(default) if isinstance(default, tuple) else default
    return {**shapes[setting.kind], "description": setting.meaning, "default": plain}
