"""The command line as one value. Every error is one line that names the option."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from kwlint.cli.options import COMMANDS
from kwlint.engine.shard import Shard

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from kwlint.cli.options import Command, Option


class UsageError(Exception):
    """An invalid command line. The message is one line."""


class Output(NamedTuple):
    """A report: its format and the file to write it to, empty for standard output."""

    format: str
    file: str


class Options(NamedTuple):
    """The parsed command line. `verbosity` counts `-v` minus `-q`. `jobs` is 0 for one process per processor core."""

    command: str
    paths: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    stage: bool = False
    since: str | None = None
    staged: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    shared: bool = False
    shard: Shard = Shard()
    outputs: tuple[Output, ...] = (Output("full", ""),)
    statistics: bool = False
    color: str = "auto"
    verbosity: int = 0
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False
    config: str = ""
    isolated: bool = False
    cache: bool = True
    jobs: int = 0
    json: bool = False
    pages: bool = False
    ci: str = ""
    help: bool = False
    version: bool = False


def parse(arguments: list[str]) -> Options:
    """Return the options that `arguments` (without the program's name) give. Raises UsageError."""
    name, words = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("check", arguments)
    command = COMMANDS[name]
    options = _parse_flags(command, words) or _parse_all(command, words)
    return _checked(options)


def option_names(command: str) -> tuple[str, ...]:
    """Return the options of a command as users type them, sorted."""
    return tuple(sorted(name for option in COMMANDS[command].options for name in option.names))


def _parse_flags(command: Command, words: list[str]) -> Options | None:
    """Parse a command line of flags alone, as hooks use it; None for any other.

    It needs no argparse, whose import and set-up take as long as a check that finds nothing changed.
    """
    flags = {name: option for option in command.options for name in option.names if not option.value}
    if not all(word in flags for word in words):
        return None
    values: dict[str, Any] = {}
    for word in words:
        option = flags[word]
        if option.kind == "count":
            values[option.field] = values.get(option.field, 0) + option.constant
        else:
            values[option.field] = option.constant
    return Options(command.name, **values)


def _parse_all(command: Command, words: list[str]) -> Options:
    end = words.index("--") if "--" in words else len(words)
    values = _values(command, words[:end])
    layout = values.pop("layout", None)
    if layout:
        values["json"] = layout == "json"
    for name, convert in _CONVERTERS.items():
        if name in values:
            values[name] = convert(values[name])
    paths = (*values.pop("paths", ()), *words[end + 1 :])
    if paths and not command.arguments:
        raise UsageError(f"`kwlint {command.name}` takes no argument `{paths[0]}`; {_see_help(command)}")
    return Options(command.name, paths=paths, **values)


def _values(command: Command, words: list[str]) -> dict[str, Any]:
    """Return the fields that `words` set. Raises UsageError."""
    from argparse import ArgumentError

    try:
        namespace, rest = _parser(command).parse_known_intermixed_args(words)
    except ArgumentError as error:
        # Values are checked by `_settings`' functions, so only two errors are left.
        name = (error.argument_name or "").split("/")[0]
        is_flag = any(name in option.names and not option.value for option in command.options)
        problem = "takes no value" if is_flag else "needs a value"
        raise UsageError(f"{name}: {problem}; {_see_help(command)}") from None
    if rest:
        raise UsageError(_unknown_option(rest[0], command))
    return vars(namespace)


def _unknown_option(word: str, command: Command) -> str:
    from kwlint.text.did_you_mean import nearest

    similar = nearest(word.partition("=")[0], option_names(command.name))
    return f"unknown option {word}; " + (f"did you mean {similar}?" if similar else _see_help(command))


def _see_help(command: Command) -> str:
    return f"see `kwlint{'' if command.name == 'check' else f' {command.name}'} --help`"


def _checked(options: Options) -> Options:
    """Return `options` if they go together. Raises UsageError."""
    if options.stage and not options.fix:
        raise UsageError("--stage: use it with --fix")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes: use it with --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix, --diff: use one of them; --diff shows what --fix would do")
    if options.isolated and options.config:
        raise UsageError("--isolated, --config: use one of them")
    return options


# --- the parser ---------------------------------------------------------------------------------------------------


def _parser(command: Command) -> ArgumentParser:
    from argparse import SUPPRESS, ArgumentParser, HelpFormatter

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise UsageError(f"{message}; {_see_help(command)}")

    # Without a width, the formatter imports `shutil` to look up the terminal's.
    parser = Parser(
        prog="kwlint",
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
        argument_default=SUPPRESS,
        formatter_class=partial(HelpFormatter, width=80),
    )
    for option in command.options:
        parser.add_argument(*option.names, **_settings(option))
    parser.add_argument("paths", nargs="*")
    return parser


def _settings(option: Option) -> dict[str, Any]:
    """Return the keyword arguments of `add_argument` for an option."""
    settings: dict[str, Any] = {"dest": option.field}
    if option.kind == "flag":
        return {**settings, "action": "store_const", "const": option.constant}
    if option.kind in ("count", "output"):
        return {**settings, "action": _action(option), "nargs": 0 if option.kind == "count" else None}
    convert = _number if option.kind == "number" else partial(_choice, option)
    return {**settings, "type": convert, "action": "append" if option.kind == "list" else "store"}


def _action(option: Option) -> type[Any]:
    """Return the argparse action of an option that changes what earlier ones set."""
    from argparse import Action

    class Count(Action):
        def __call__(self, _parser: object, namespace: Namespace, *_: object) -> None:
            setattr(namespace, self.dest, getattr(namespace, self.dest, 0) + option.constant)

    class Collect(Action):
        def __call__(self, _parser: object, namespace: Namespace, value: Any, _name: object = None) -> None:
            earlier = getattr(namespace, self.dest, ())
            setattr(namespace, self.dest, (*earlier, (option.names[-1], _choice(option, value))))

    return Count if option.kind == "count" else Collect


def _choice(option: Option, text: str) -> str:
    """Return `text` if the option accepts it. Raises UsageError."""
    if option.choices is None or text in option.choices():
        return text
    from kwlint.text.did_you_mean import suggestion

    raise UsageError(f"{option.names[-1]}: invalid value {text!r}{suggestion(text, option.choices())}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise UsageError(f"-j: {text!r} is not a number of processes; use 1 or more")
    return int(text)


# --- values -------------------------------------------------------------------------------------------------------


def _codes(option: str, texts: list[str]) -> tuple[str, ...]:
    from kwlint.cli.choices import CHOICES
    from kwlint.config import ConfigError, check_codes

    codes = tuple(code.strip().upper() for text in texts for code in text.split(",") if code.strip())
    try:
        return check_codes(option, codes, CHOICES)
    except ConfigError as error:
        raise UsageError(str(error)) from None


def _shard(text: str) -> Shard:
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"--shard: invalid value {text!r}; use 2/5 for the second of five parts")
    return Shard(int(part) - 1, int(parts))


def _outputs(pairs: tuple[tuple[str, str], ...]) -> tuple[Output, ...]:
    """Pair each format with the file that follows it. A file without a format gets the format `full`."""
    outputs: list[Output] = []
    waiting = ""  # a format whose file has not been read yet
    for option, value in pairs:
        if option == "--output-file":
            outputs.append(Output(waiting or "full", value))
            waiting = ""
        else:
            outputs += [Output(waiting, "")] if waiting else []
            waiting = value
    outputs += [Output(waiting, "")] if waiting else []
    if sum(not output.file for output in outputs) > 1:
        raise UsageError(
            "--output-format: only one report can go to standard output; add an --output-file for the others"
        )
    return tuple(outputs)


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "select": partial(_codes, "--select"),
    "ignore": partial(_codes, "--ignore"),
    "shard": _shard,
    "outputs": _outputs,
}
