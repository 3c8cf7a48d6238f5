"""The command line as one value. Errors are of one line and name the option."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from kwlint.engine.shard import Shard

if TYPE_CHECKING:
    from argparse import ArgumentParser

COMMANDS = ("check", "keywords", "find", "baseline", "init", "rule", "clean", "schema", "completion")
FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
LAYOUTS = ("text", "json")  # of `keywords` and `find`
CI = ("github", "gitlab")
COLORS = ("auto", "always", "never")


class UsageError(Exception):
    """A command line that means nothing; the text is one line."""


class Output(NamedTuple):
    """A report: its format, and the file it goes to; empty for standard output."""

    format: str
    file: str


class Options(NamedTuple):
    """What was asked for. `verbosity` is negative for `-q`."""

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


# What hooks and people mostly say: a command line of these alone needs no parser, which takes as long to make as
# kwlint to see that nothing has changed.
_FLAGS: dict[str, tuple[str, Any]] = {
    "--fix": ("fix", True),
    "--unsafe-fixes": ("unsafe_fixes", True),
    "--diff": ("diff", True),
    "--stage": ("stage", True),
    "--staged": ("staged", True),
    "--statistics": ("statistics", True),
    "--exit-zero": ("exit_zero", True),
    "--exit-non-zero-on-fix": ("exit_non_zero_on_fix", True),
    "--isolated": ("isolated", True),
    "--no-cache": ("cache", False),
    "-q": ("verbosity", -1),
}


def parse(arguments: list[str]) -> Options:
    """The options that `arguments` mean. Raises UsageError."""
    command, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("check", arguments)
    if command == "check" and all(word in _FLAGS for word in rest):
        return _sound(Options(command, **dict(_FLAGS[word] for word in rest)))
    dashes = rest.index("--") if "--" in rest else len(rest)
    found = vars(_parser(command).parse_intermixed_args(rest[:dashes]))
    outputs: list[list[str]] = found.pop("outputs", None) or []
    found["json"] = found.get("json", False) or found.pop("layout", None) == "json"
    found.pop("layout", None)
    found["select"] = _codes("--select", found.get("select"))
    found["ignore"] = _codes("--ignore", found.get("ignore"))
    found["paths"] = (*found.get("paths", ()), *rest[dashes + 1 :])
    found["verbosity"] = found.pop("more", 0) - found.pop("less", 0)
    found["shard"] = _shard(found.get("shard"))
    options = Options(command, **found)
    return _sound(options._replace(outputs=_outputs(outputs)))


def _sound(options: Options) -> Options:
    if options.stage and not options.fix:
        raise UsageError("--stage: goes with --fix")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes: goes with --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--fix, --diff: choose one; --diff shows what --fix would do")
    if options.isolated and options.config:
        raise UsageError("--isolated, --config: choose one")
    if options.jobs < 0:
        raise UsageError("-j: the number of processes is 1 or more")
    return options


def _codes(option: str, texts: list[str] | None) -> tuple[str, ...]:
    from kwlint.config import ConfigError, check_codes

    codes = tuple(code.strip().upper() for text in texts or () for code in text.split(",") if code.strip())
    try:
        return check_codes(option, codes)
    except ConfigError as error:
        raise UsageError(str(error)) from None


def _shard(text: str | None) -> Shard:
    if text is None:
        return Shard()
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"--shard: {text!r} is no part; write 2/5 for the second of five")
    return Shard(int(part) - 1, int(parts))


def _outputs(words: list[list[str]]) -> tuple[Output, ...]:
    """Each format with the file that follows it; a file alone means the format `full`."""
    outputs: list[Output] = []
    open_format = ""
    for option, word in words:
        if option == "format":
            if open_format:
                outputs.append(Output(open_format, ""))
            open_format = word
        else:
            outputs.append(Output(open_format or "full", word))
            open_format = ""
    if open_format or not outputs:
        outputs.append(Output(open_format or "full", ""))
    if sum(not output.file for output in outputs) > 1:
        raise UsageError("--output-format: only one report can go to standard output; give the others an --output-file")
    return tuple(outputs)


def _parser(command: str) -> ArgumentParser:
    from argparse import ArgumentParser, HelpFormatter

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise UsageError(_plain(message, command))

    width = partial(HelpFormatter, width=80)  # it would look for the terminal's, with a module that is slow to import
    parser = Parser(prog="kwlint", add_help=False, allow_abbrev=False, formatter_class=width)
    parser.add_argument("-h", "--help", action="store_true")
    _PARSERS[command](parser)
    return parser


def _plain(message: str, command: str) -> str:
    """What the parser says, in words that name the option and the remedy."""
    import re

    from kwlint.text.did_you_mean import nearest, suggestion

    see = f"see `kwlint{'' if command == 'check' else f' {command}'} --help`"
    option, _, what = message.removeprefix("argument ").partition(": ")
    option = option.split("/")[0]
    if message.startswith("unrecognized arguments"):
        word = what.split()[0]
        if not word.startswith("-"):
            return f"`kwlint {command}` takes no `{word}`; {see}"
        near = nearest(word.partition("=")[0], option_names(command))
        return f"unknown option {word}{f'; did you mean {near}?' if near else f'; {see}'}"
    if found := re.match(r"invalid choice: '(.*)' \(choose from (.*)\)$", what, re.DOTALL):
        values = _VALUES[option] if command == "check" or option != "--output-format" else LAYOUTS
        return f"{option}: there is no {found[1]!r}{suggestion(found[1], values)}"
    if what.startswith("invalid int value"):
        return f"{option}: {what.partition(': ')[2]} is no number; write 1 or more"
    known = {"expected one argument": "needs a value", "ignored explicit argument": "takes no value"}
    return f"{option}: {next((said for start, said in known.items() if what.startswith(start)), what)}; {see}"


# What an option with a choice can be set to.
_VALUES = {
    "--output-format": FORMATS,
    "--color": COLORS,
    "--ci": CI,
}


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", default="")
    parser.add_argument("--isolated", action="store_true")
    parser.add_argument("--no-cache", dest="cache", action="store_false")
    parser.add_argument("-j", "--jobs", type=int, default=0, metavar="N")
    parser.add_argument("-q", "--quiet", dest="less", action="count", default=0)
    parser.add_argument("-v", "--verbose", dest="more", action="count", default=0)
    parser.add_argument("--color", choices=COLORS, default="auto")


def _check(parser: ArgumentParser) -> None:
    _common(parser)
    for option in ("fix", "unsafe-fixes", "diff", "stage", "staged", "statistics", "exit-zero", "exit-non-zero-on-fix"):
        parser.add_argument(f"--{option}", action="store_true")
    parser.add_argument("--since", metavar="REF")
    parser.add_argument("--select", action="append", metavar="CODES")
    parser.add_argument("--ignore", action="append", metavar="CODES")
    parser.add_argument("--shard", metavar="I/N")
    _ordered(parser, "--output-format", "format", FORMATS)
    _ordered(parser, "--output-file", "file", None)
    parser.add_argument("paths", nargs="*")


def _ordered(parser: ArgumentParser, option: str, name: str, choices: tuple[str, ...] | None) -> None:
    """An option whose place among its like counts."""
    from argparse import Action

    class Append(Action):
        def __call__(self, _parser: object, namespace: object, values: object, _option: object = None) -> None:
            namespace.outputs = [*(namespace.outputs or []), [name, values]]  # type: ignore[attr-defined]

    parser.add_argument(option, dest="outputs", action=Append, choices=choices)


def _listing(parser: ArgumentParser) -> None:
    _common(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--output-format", dest="layout", choices=LAYOUTS)
    parser.add_argument("paths", nargs="*")


def _init(parser: ArgumentParser) -> None:
    parser.add_argument("--diff", action="store_true")
    parser.add_argument("--ci", choices=CI, default="")


def _clean(parser: ArgumentParser) -> None:
    _common(parser)
    parser.add_argument("--pages", action="store_true")


def _word(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="WORD")


_PARSERS = {
    "check": _check,
    "keywords": _listing,
    "find": _listing,
    "baseline": _common,
    "init": _init,
    "rule": _word,
    "clean": _clean,
    "schema": _word,
    "completion": _word,
}


def option_values(command: str) -> dict[str, tuple[str, ...]]:
    """What the options of a command that have a choice can be set to."""
    actions = _parser(command)._option_string_actions
    return {name: tuple(action.choices) for name, action in sorted(actions.items()) if action.choices}


def option_names(command: str) -> tuple[str, ...]:
    """The options of a command, as written, sorted."""
    return tuple(sorted(_parser(command)._option_string_actions))
