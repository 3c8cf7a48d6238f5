"""The table of commands and options.

The parser, `--help`, shell completion, README.md and docs/options.md are all made from COMMANDS. The module imports
nothing at its top, and its classes are plain ones: `kwlint --help` must not load the program.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from collections.abc import Callable

    Values = Callable[[], tuple[str, ...]]

SHELLS = ("bash", "zsh", "fish")
SCHEMAS = ("config", "report")
HOSTS = ("github", "gitlab")  # with a CI job that `init` can write
COLORS = ("auto", "always", "never")
LAYOUTS = ("text", "json")  # of `keywords` and `find`


def report_formats() -> tuple[str, ...]:
    """Return the values of `--output-format`."""
    from kwlint.report.registry import FORMATS

    return tuple(FORMATS)


def rule_codes() -> tuple[str, ...]:
    """Return the codes of all rules."""
    from kwlint.cli.choices import CHOICES

    return CHOICES.rule_codes()


def rule_selectors() -> tuple[str, ...]:
    """Return what completion offers for `--select` and `--ignore`."""
    return ("ALL", *rule_codes())


class Option:
    """An option of a command.

    `names` are written as users type them, a short one first. `value` is the name of the value in `--help`; it is empty
    for a flag. `field` is the field of `Options` that the option sets, and `kind` says how: `flag` sets it to
    `constant`, `count` adds `constant` to it, `text` stores the value, `number` stores it as an integer, `list`
    collects the values, and `output` collects them with the name of the option, because their order matters.
    `summary` is the text of `--help`, of at most 54 characters; `description` is the Markdown of docs/options.md.
    `choices` are the values that the parser accepts, `suggestions` those that completion offers, others being valid
    too.
    """

    def __init__(
        self,
        *names: str,
        summary: str,
        description: str = "",
        kind: str = "flag",
        value: str = "",
        field: str = "",
        constant: int = True,
        group: str = "Options",
        choices: Values | None = None,
        suggestions: Values | None = None,
    ) -> None:
        self.names = names
        self.summary = summary
        self.description = description or f"{summary[:1].upper()}{summary[1:]}."
        self.kind = kind
        self.value = value
        self.field = field or names[-1].lstrip("-").replace("-", "_")
        self.constant = constant
        self.group = group
        self.choices = choices
        self.suggestions = suggestions or choices

    @property
    def label(self) -> str:
        """The names and the value, as in `-j N, --jobs N`."""
        return ", ".join(f"{name} {self.value}" if self.value else name for name in self.names)


class Command:
    """A command.

    `module` has a function `run(options) -> int`, which returns the exit status. `arguments` is what follows the
    options in the usage line; it is empty for a command that takes none. `summary` is the line in `kwlint --help`.
    `description` is the Markdown of docs/options.md, and `help` the text under the usage line of
    `kwlint COMMAND --help`. `words` returns the arguments that completion offers.
    """

    def __init__(
        self,
        name: str,
        module: str,
        *,
        summary: str,
        help: str,  # noqa: A002
        description: str = "",
        arguments: str = "",
        options: tuple[Option, ...] = (),
        words: Values = tuple,
    ) -> None:
        self.name = name
        self.module = module
        self.summary = summary
        self.help = help
        self.description = description or " ".join(help.split("\n"))
        self.arguments = arguments
        self.options = (*options, HELP, VERSION) if name == "check" else (*options, HELP)
        self.words = words


HELP = Option("-h", "--help", group="Other", summary="show this help")
VERSION = Option("-V", "--version", group="Other", summary="show the version")

REPOSITORY_OPTIONS = (
    Option(
        "--config", value="FILE", kind="text", group="Other",
        summary="read this configuration file",
        description="Read this configuration file instead of `kwlint.toml` or `pyproject.toml`.",
    ),
    Option("--isolated", group="Other", summary="ignore all configuration files"),
    Option(
        "--no-cache", field="cache", constant=False, group="Other",
        summary="ignore the results of earlier runs",
        description="Ignore the cached results of earlier runs, and keep none.",
    ),
    Option(
        "-j", "--jobs", value="N", kind="number", group="Other",
        summary="use N processes",
        description="Use N processes. The default is one for each processor core.",
    ),
)  # fmt: skip

OUTPUT_OPTIONS = (
    Option(
        "--color", value="WHEN", kind="text", group="Output", choices=lambda: COLORS,
        summary="auto, always or never",
        description="`auto`, `always` or `never`. `auto` follows `NO_COLOR` and `FORCE_COLOR`, and otherwise "
        "uses colour on a terminal.",
    ),
    Option(
        "-q", "--quiet", kind="count", field="verbosity", constant=-1, group="Output",
        summary="print problems only",
    ),
    Option(
        "-v", "--verbose", kind="count", field="verbosity", constant=1, group="Output",
        summary="name every page and file, count suppressed problems",
        description="Name every page with a problem and every file that is written, and count the suppressed problems. "
        "Without it, more than three pages with one cause are one line. `-vv` shows the traceback of an internal "
        "error.",
    ),
)  # fmt: skip

CHECK_OPTIONS = (
    Option(
        "--fix", group="Fix",
        summary="write stale pages, fix links with one possible target",
        description="Write missing and stale pages, delete pages whose document no longer exists, and fix links "
        "that have one possible target.",
    ),
    Option(
        "--unsafe-fixes", group="Fix",
        summary="with --fix or --diff: also apply likely fixes",
        description="With `--fix` or `--diff`: also apply fixes that are only likely, such as an anchor with a similar "
        "name.",
    ),
    Option(
        "--diff", group="Fix",
        summary="show what --fix would change, write nothing",
        description="Show what `--fix` would change, as a unified diff, and write nothing. The exit status is 1 "
        "if there are changes.",
    ),
    Option(
        "--stage", group="Fix",
        summary="with --fix: `git add` the pages",
        description="With `--fix`: `git add` the pages, so that they become part of the commit.",
    ),
    Option(
        "--exit-non-zero-on-fix", group="Fix",
        summary="exit with 1 if something was fixed",
        description="With `--fix`: exit with 1 if something was fixed, as a hook has to.",
    ),
    Option(
        "--since", value="REF", kind="text", group="Scope",
        summary="report only what changed since a commit or branch",
        description="Report only problems of files that changed since a commit, branch or tag, staged or not.",
    ),
    Option(
        "--staged", group="Scope",
        summary="report only staged files",
        description="Report only problems of staged files.",
    ),
    Option(
        "--select", value="CODES", kind="list", group="Scope", suggestions=rule_selectors,
        summary="check only these rules: KW101,KW0 or ALL",
        description="Check only these [rules](rules/README.md): codes or prefixes, separated by commas, or "
        "`ALL`. Can be repeated.",
    ),
    Option(
        "--ignore", value="CODES", kind="list", group="Scope", suggestions=rule_selectors,
        summary="do not check these rules",
        description="Do not check these rules. If a rule is both selected and ignored, the longer prefix "
        "decides. Can be repeated.",
    ),
    Option(
        "--shared", group="Scope",
        summary="with the setting shared-pages: also shared pages",
        description='With the setting `shared-pages = "ci"`: also check and write the pages of several documents, as a '
        "CI job does; see [shared pages](ci.md#shared-pages).",
    ),
    Option(
        "--shard", value="I/N", kind="text", group="Scope",
        summary="check part I of N, to share work between CI jobs",
        description="Check part I of N; see [several machines](ci.md#several-machines).",
    ),
    Option(
        "--output-format", value="FORMAT", kind="output", field="outputs", group="Output", choices=report_formats,
        summary="{choices}",
        description="{choices}.",
    ),
    Option(
        "--output-file", value="FILE", kind="output", field="outputs", group="Output",
        summary="write that report to a file",
        description="Write the report to a file. Repeat both options to write several reports; one of them can go to "
        "standard output.",
    ),
    Option(
        "--statistics", group="Output",
        summary="count problems by rule",
        description="Count problems by rule instead of listing them, and count the links that cannot be decided "
        "from the repository.",
    ),
    *OUTPUT_OPTIONS,
    Option(
        "--exit-zero", group="Other",
        summary="exit with 0 even if there are problems",
    ),
    *REPOSITORY_OPTIONS,
)  # fmt: skip

LISTING_OPTIONS = (
    Option(
        "--output-format", value="FORMAT", kind="text", field="layout", choices=lambda: LAYOUTS,
        summary="text or json",
        description="`text` or `json`.",
    ),
    Option("--json", summary="short for --output-format json", description="Short for `--output-format json`."),
    *OUTPUT_OPTIONS,
    *REPOSITORY_OPTIONS,
)  # fmt: skip

ALL_COMMANDS = (
    Command(
        "check", "kwlint.cli.check", arguments="[PATHS...]", options=CHECK_OPTIONS,
        summary="check pages and links (the default command)",
        help="Check pages and links.",
        description="Check pages and cross-links. PATHS limit the report to the pages of these files and folders, the "
        "links in them, and the links to them. The path of a page stands for its document.",
    ),
    Command(
        "keywords", "kwlint.cli.keywords", arguments="[PATHS...]", options=LISTING_OPTIONS,
        summary="list the keywords of documents",
        help="List the keywords of documents, the best first, with the sections that\ncover them. Without PATHS, list "
        "those of all documents.",
        description="List the keywords of documents, the best first, with the sections that cover them. Without PATHS, "
        "list those of all documents. `--json` prints one JSON object per line.",
    ),
    Command(
        "find", "kwlint.cli.find", arguments="TERM...", options=LISTING_OPTIONS,
        summary="list the sections that cover a term",
        help="List the sections that cover a term, the most relevant first. Several words\nare one term. If nothing "
        "matches, the most similar keywords are printed and the\nexit status is 1.",
        description="List the sections that cover a term, with path and line, the most relevant first. Several "
        "words are one term. If nothing matches, the most similar keywords are printed and the exit status is "
        "1. `--json` prints a JSON array.",
    ),
    Command(
        "baseline", "kwlint.cli.baseline", options=(*OUTPUT_OPTIONS, *REPOSITORY_OPTIONS),
        summary="record known problems, to report only new ones",
        help="Record the problems that --fix cannot fix, so that only new ones are reported.\nThe file is the one that "
        "the setting `baseline` names, by default\n.kwlint-baseline.json. `kwlint --fix` removes problems that "
        "no longer occur.",
        description="Record the problems that `--fix` cannot fix, so that only new ones are reported. A check says how "
        "many of them no longer occur, and `--fix` removes these from the file; see "
        "[old repositories](how-to/old-repository.md).",
    ),
    Command(
        "init", "kwlint.cli.init",
        summary="set up kwlint in a repository",
        help="Set up a repository: write kwlint.toml, the pre-commit hook and a line in\n.gitattributes. Existing "
        "settings are not changed, and the command can be\nrepeated.",
        description="Set up a repository: write `kwlint.toml`, the entry in `.pre-commit-config.yaml` and a line in "
        "`.gitattributes`. Existing settings are not changed, and the command can be repeated.",
        options=(
            Option("--diff", summary="show what would be written, write nothing"),
            Option(
                "--ci", value="HOST", kind="text", choices=lambda: HOSTS,
                summary="also write a CI job: github or gitlab",
                description="Also write a CI job: `github` or `gitlab`.",
            ),
        ),
    ),
    Command(
        "rule", "kwlint.cli.rule", arguments="[CODE...]", words=rule_codes,
        summary="explain a rule, or list all rules",
        help="Explain a rule, or list all rules.",
    ),
    Command(
        "clean", "kwlint.cli.clean",
        summary="remove the cache, and with --pages the pages",
        help="Remove the cache and, with --pages, all pages that kwlint wrote.",
        description="Remove the cache.",
        options=(
            Option("--pages", summary="also remove all pages that kwlint wrote"),
            *OUTPUT_OPTIONS,
            *REPOSITORY_OPTIONS,
        ),
    ),
    Command(
        "schema", "kwlint.cli.schema", arguments="[config|report]", words=lambda: SCHEMAS,
        summary="print a JSON Schema",
        help="Print the JSON Schema of the configuration (the default) or of the JSON report.",
        description="Print the JSON Schema of the configuration (the default) or of `--output-format json`.",
    ),
    Command(
        "completion", "kwlint.cli.completion", arguments="SHELL", words=lambda: SHELLS,
        summary="print a completion script: bash, zsh or fish",
        help="Print a completion script for a shell: bash, zsh or fish.",
        description="Print a completion script for a shell:\n\n"
        "```console\n"
        "$ kwlint completion bash > ~/.local/share/bash-completion/completions/kwlint\n"
        '$ kwlint completion zsh > "${fpath[1]}/_kwlint"\n'
        "$ kwlint completion fish > ~/.config/fish/completions/kwlint.fish\n"
        "```",
    ),
)  # fmt: skip

COMMANDS = {command.name: command for command in ALL_COMMANDS}
