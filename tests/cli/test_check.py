"""The command line in this process: output, written files, exit status."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT
from shell import Shell

from kwlint import __version__
from kwlint.__main__ import NO_GIT_STATUS
from kwlint.cli import main
from kwlint.cli.arguments import Options, Output, option_names, parse
from kwlint.cli.help import help_text
from kwlint.cli.options import COMMANDS
from kwlint.config import CODE_SYNTAX
from kwlint.report.registry import FORMATS

LONG = "\nThis text makes the document long enough to have pages of its own.\n" * 5


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    lab = Lab(tmp_path / "repo")
    lab.write("a.md", "# Alpha\n\nSee [the guide](docs/guide.md#setup) and the widget server.\n" + LONG)
    lab.write("docs/guide.md", "# Guide\n\n## Setup\n\nInstall the widget server with `widgetctl`.\n" + LONG)
    monkeypatch.chdir(lab.root)
    return lab


@pytest.fixture
def run(lab: Lab, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(lab, capsys)


def python(*arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


# --- arguments ----------------------------------------------------------------------------------------------------


def test_check_is_the_default_command() -> None:
    assert parse([]) == parse(["check"]) == Options("check")


def test_a_path_with_the_name_of_a_command_needs_the_command_check() -> None:
    assert parse(["check", "find"]).paths == ("find",)
    assert parse(["--fix", "a.md", "--stage", "b.md"]).paths == ("a.md", "b.md")
    assert parse(["--", "-x.md"]).paths == ("-x.md",)


def test_codes_are_separated_by_commas_or_options_are_repeated() -> None:
    options = parse(["--select", "kw101, KW0", "--select", "KW2", "--ignore", "ALL"])
    assert (options.select, options.ignore) == (("KW101", "KW0", "KW2"), ("ALL",))


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ([], [Output("full", "")]),
        (["--output-format", "json"], [Output("json", "")]),
        (["--output-file", "x"], [Output("full", "x")]),
        (
            ["--output-format", "sarif", "--output-file", "a", "--output-format", "json", "--output-file", "b"],
            [Output("sarif", "a"), Output("json", "b")],
        ),
        (["--output-format", "sarif", "--output-file", "a", "--output-format", "github"],
         [Output("sarif", "a"), Output("github", "")]),
        (["--output-format", "github", "--output-format", "sarif", "--output-file", "a"],
         [Output("github", ""), Output("sarif", "a")]),
    ],
)  # fmt: skip
def test_a_format_belongs_to_the_file_that_follows(words: list[str], outputs: list[Output]) -> None:
    assert list(parse(words).outputs) == outputs


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--fux"], "unknown option --fux; did you mean --fix?"),
        (["--selct", "KW1"], "unknown option --selct; did you mean --select?"),
        (["--zzzz"], "unknown option --zzzz; see `kwlint --help`"),
        (["-x"], "unknown option -x; see `kwlint --help`"),
        (["init", "--dif"], "unknown option --dif; did you mean --diff?"),
        (["baseline", "x"], "`kwlint baseline` takes no argument `x`; see `kwlint baseline --help`"),
        (["--fix=1"], "--fix: takes no value; see `kwlint --help`"),
        (["--since"], "--since: needs a value; see `kwlint --help`"),
        (["--color", "allways"], "--color: invalid value 'allways'; did you mean `always`?"),
        (["--output-format", "xml"],
         f"--output-format: invalid value 'xml'; valid values are {', '.join(FORMATS)}"),
        (["find", "--output-format", "xml", "x"], "--output-format: invalid value 'xml'; valid values are text, json"),
        (["init", "--ci", "gitlub"], "--ci: invalid value 'gitlub'; did you mean `gitlab`?"),
        (["--stage"], "--stage: use it with --fix"),
        (["--unsafe-fixes"], "--unsafe-fixes: use it with --fix or --diff"),
        (["--fix", "--diff"], "--fix, --diff: use one of them; --diff shows what --fix would do"),
        (["--select", "E501"], f"--select: 'E501' is not a rule; {CODE_SYNTAX}"),
        (["--ignore", "KW999"], f"--ignore: 'KW999' is not a rule; {CODE_SYNTAX}"),
        (["--ignore", "KW1O1"], f"--ignore: 'KW1O1' is not a rule; {CODE_SYNTAX}"),
        (["rule", "101"], "rule: unknown rule 101; did you mean KW101? `kwlint rule` lists all rules"),

        (["--shard", "3/2"], "--shard: invalid value '3/2'; use 2/5 for the second of five parts"),
        (["--shard", "0/2"], "--shard: invalid value '0/2'; use 2/5 for the second of five parts"),
        (["-j", "x"], "-j: 'x' is not a number of processes; use 1 or more"),
        (["-j", "-1"], "-j: '-1' is not a number of processes; use 1 or more"),
        (["--isolated", "--config", "x"], "--isolated, --config: use one of them"),
        (["--output-format", "json", "--output-format", "github"],
         "--output-format: only one report can go to standard output; add an --output-file for the others"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_status_2(run: Shell, words: list[str], message: str) -> None:
    assert run(*words) == 2
    assert (run.out, run.err) == ("", f"kwlint: {message}\n")


def test_help_lists_every_command_and_option() -> None:
    lines = [line.split("  ")[1] for line in help_text("check").splitlines() if line.startswith("  ")]
    words = {word for line in lines for word in re.split("[ ,]+", line)}
    assert set(option_names("check")) - words == set()
    assert set(COMMANDS) - words == set()


def test_every_command_has_its_module() -> None:
    for name, command in COMMANDS.items():
        assert (name, command.module) == (command.name, f"kwlint.cli.{name}")
        assert callable(import_module(command.module).run)


def test_long_help_texts_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kwlint.report.registry.FORMATS", dict.fromkeys([f"format{number}" for number in range(20)]))
    lines = help_text("check").splitlines()
    assert max(map(len, lines)) <= 80
    assert {f"format{number}" for number in range(20)} <= set(" ".join(lines).replace(",", "").split())


def test_commands_that_start_without_git_status_are_commands() -> None:
    assert set(NO_GIT_STATUS) == set(COMMANDS) - {"check", "find"}


def test_help_fits_a_screen(run: Shell) -> None:
    for command in COMMANDS:
        assert run(command, "--help") == 0
        assert run.out == help_text(command)
        assert max(map(len, run.out.splitlines())) <= 80
        assert run.out.count("\n") <= 45


@pytest.mark.usefixtures("without_coverage")
def test_version_and_help_do_not_import_the_program(tmp_path: Path) -> None:
    program = (
        "import sys\nbefore = set(sys.modules)\nimport kwlint.__main__ as m\nsys.argv = ['kwlint', sys.argv[1]]\n"
        "try:\n    m.run()\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "print(sorted(set(sys.modules) - before))"
    )
    output = python("-c", program, "--version", cwd=tmp_path).stdout
    assert output == f"kwlint {__version__}\n['__future__', 'gc', 'kwlint', 'kwlint.__main__']\n"
    output = python("-c", program, "--help", cwd=tmp_path).stdout
    modules = ["cli", "cli.help", "cli.options", "report", "report.registry"]
    loaded = ["__future__", "gc", "kwlint", "kwlint.__main__", *(f"kwlint.{name}" for name in modules)]
    assert output == f"{help_text('check')}{loaded}\n"


@pytest.mark.usefixtures("without_coverage")
def test_warm_check_imports_no_parser(lab: Lab) -> None:
    lab.settle()
    program = (
        "import sys\nfrom kwlint.cli.main import main\nassert main([]) == 0\n"
        "print([m for m in ('mistune', 'pathspec', 'yaml', 'tomllib', 'multiprocessing', 'difflib', 'dataclasses')"
        " if m in sys.modules])"
    )
    python("-c", program, cwd=lab.root)
    warm = python("-c", program, cwd=lab.root)
    assert (warm.stdout, warm.stderr) == ("[]\n", "No problems in 2 documents.\n")


# --- check and fix ------------------------------------------------------------------------------------------------


def test_first_run_fix_stage_and_check(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run() == 1
    assert run.out == "9 pages are missing: run `kwlint --fix`\n"
    assert run("-v") == 1
    assert "kwdocs/a.md_kw.md:1:1: KW001 " in run.out
    assert run("--fix") == 0
    assert "wrote kwdocs/a.md_kw.md\n" in run.err
    assert run.err.endswith(" pages are not tracked: `git add kwdocs`\nNo problems left in 2 documents.\n")
    assert run() == 1
    assert run.out == "9 pages are not tracked: `git add kwdocs`\n"
    lab.stage()
    assert run() == 0
    assert (run.out, run.err) == ("", "No problems in 2 documents.\n")
    assert run("--fix") == 0
    assert (run.out, run.err) == ("", "No problems in 2 documents.\n")


def test_stage_leaves_nothing_to_add(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--fix", "--stage") == 0
    assert "git add" not in run.err
    assert lab.git("status", "--porcelain").split("\n")[0].startswith("A  ")
    assert run() == 0


def test_exit_non_zero_on_fix_fails_after_a_fix(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--fix", "--exit-non-zero-on-fix") == 1
    lines = run.err.splitlines()
    assert re.fullmatch(r"\d pages are not tracked: `git add kwdocs`", lines[-2])
    assert re.fullmatch(r"Failed: \d files were changed. Stage them, and commit again.", lines[-1])
    assert "No problems" not in run.err
    lab.stage()
    assert run("--fix", "--exit-non-zero-on-fix") == 0
    assert run.err == "No problems in 2 documents.\n"
    lab.write("a.md", lab.read("a.md") + "\n[one](docs/GUIDE.md)\n")
    lab.stage()
    assert run("--fix", "--exit-non-zero-on-fix") == 1
    assert "2 changed files are not staged: `git add kwdocs a.md`\n" in run.err


def test_many_pages_of_one_cause_are_one_line(
    run: Shell, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.write("a.md", "# Alpha\n\n[x](gone.md)\n\n## Use\n")
    lab.stage()
    monkeypatch.chdir(lab.root / "docs")
    for words in ((), ("--output-format", "concise")):
        assert run(*words) == 1
        lines = run.out.splitlines()
        assert re.fullmatch(r"\d pages are missing: run `kwlint --fix`", lines[0])
        assert lines[1].startswith("a.md:3:5: KW101 ")
        assert "kwdocs/" not in run.out
    total = int(re.match(r"Found (\d+) problems", run.err)[1])  # type: ignore[index]
    for words in (("-v",), ("-v", "--output-format", "concise")):
        assert run(*words) == 1
        assert run.out.count("kwdocs/") == total - 1
    report = tmp_path / "report"
    assert run("--output-format", "json", "--output-format", "concise", "--output-file", str(report)) == 1
    assert len(json.loads(run.out)) == total
    assert report.read_text().splitlines() == lines
    assert run("--fix") == 1
    assert run() == 1
    assert run.out.startswith(f"{total - 1} pages are not tracked: `git add ../kwdocs`\na.md:3:5: KW101 ")


def test_annotations_are_at_the_changed_lines_of_documents(
    run: Shell, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", raising=False)
    lab.settle()
    lab.write("docs/guide.md", lab.read("docs/guide.md") + "\n## Sprocket wheel\n\nIt turns.\n")
    lab.commit()
    message = "kwdocs/docs/guide.md_docs.md: does not match docs/guide.md"
    assert run("--select", "KW004", "--output-format", "github") == 1
    assert run.out.startswith("::error title=kwlint (KW004),file=docs/guide.md,line=16,col=1,endLine=16,")
    assert message in run.out
    assert run("--select", "KW004", "--output-format", "gitlab") == 1
    (entry,) = json.loads(run.out)
    assert (entry["location"]["path"], entry["location"]["positions"]["begin"]["line"]) == ("docs/guide.md", 16)
    assert run("--select", "KW004", "--output-format", "json") == 1
    assert json.loads(run.out)[0]["path"] == "kwdocs/docs/guide.md_docs.md"
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", "0" * 40)  # a commit that a shallow clone lacks
    assert run("--select", "KW004", "--output-format", "github") == 1
    assert ",file=docs/guide.md,line=1," in run.out


def test_few_pages_of_one_cause_are_listed(run: Shell, lab: Lab) -> None:
    lab.settle()
    for path in ("kwdocs/a.md_kw.md", "kwdocs/index.md", "kwdocs/keywords.md", "kwdocs/docs/index.md"):
        lab.write(path, lab.read(path) + "mine\n")
    assert run() == 1
    assert run.out == "4 pages do not match the documents: run `kwlint --fix`\n"
    assert run("--select", "KW005") == 1
    assert [line.split(":")[0] for line in run.out.splitlines()] == [
        "kwdocs/docs/index.md", "kwdocs/index.md", "kwdocs/keywords.md",
    ]  # fmt: skip


def test_hint_names_the_command_that_writes_shared_pages(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'shared-pages = "ci"\n')
    lab.stage()
    assert run("--shared") == 1
    assert run.out.endswith(" pages are missing: run `kwlint --fix --shared`\n")
    assert run() == 1
    assert run.out == "4 pages are missing: run `kwlint --fix`\n"


def test_exit_zero(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--exit-zero") == 0
    assert " pages are missing: " in run.out


def test_diff_writes_nothing_and_shows_what_fix_changes(run: Shell, lab: Lab) -> None:
    lab.stage()
    before = lab.git("status", "--porcelain", "--ignored", "-uall")
    assert run("--diff") == 1
    assert run.err.startswith("Would change ")
    assert "+++ b/kwdocs/a.md_kw.md\n" in run.out
    after = lab.git("status", "--porcelain", "--ignored", "-uall").splitlines()
    assert after == before.splitlines()
    patch = run.out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=lab.root, check=True)
    assert run("--diff") == 0
    assert (run.out, run.err) == ("", "Nothing to change.\n")


def test_links_are_fixed_and_the_rest_is_reported(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("a.md", "# Alpha\n\n[one](docs/GUIDE.md) [two](docs/missing.md)\n\n## Use\n")
    lab.stage()
    assert run("--select", "KW1", "--output-format", "concise") == 1
    assert run.out.count("\n") == 2
    assert run("--fix") == 1
    assert "fixed links in a.md" in run.err
    assert lab.read("a.md") == "# Alpha\n\n[one](docs/guide.md) [two](docs/missing.md)\n\n## Use\n"
    assert "a.md:3:28: KW101" in run.out


def test_rules_are_selected_and_ignored(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--select", "KW1") == 0
    assert run("--ignore", "KW0") == 0
    assert run("--select", "KW001", "--output-format", "json") == 1
    assert {problem["code"] for problem in json.loads(run.out)} == {"KW001"}


def test_paths_limit_the_report(run: Shell, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.stage()
    monkeypatch.chdir(lab.root / "docs")
    assert run("guide.md", "--select", "KW001,KW003", "--output-format", "concise") == 1
    assert {line.split(":")[0] for line in run.out.splitlines()} == {
        "kwdocs/docs/guide.md_kw.md",
        "kwdocs/docs/guide.md_docs.md",
    }
    assert run("..", "--output-format", "json") == 1
    assert len({problem["path"] for problem in json.loads(run.out)}) > 4


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.md", "nowhere.md: no such file on disk or in git's index"),
        ("../out.md", "../out.md: outside the repository"),
    ],
)
def test_invalid_path_is_an_error(run: Shell, path: str, message: str) -> None:
    assert run(path) == 2
    assert run.err.startswith(f"kwlint: {message}")


def test_summary_counts_the_documents_that_were_checked(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("docs/guide.md", lab.read("docs/guide.md") + "\n")
    for scope, documents in (
        ((), "2 documents"),
        (("docs",), "1 of 2 documents"),
        (("--since", "HEAD"), "1 of 2 documents"),
        (("--staged",), "0 of 2 documents (shared pages not checked)"),
        (("--select", "KW1"), "2 documents"),
    ):
        assert run(*scope) == 0
        assert run.err == f"No problems in {documents}.\n", scope
    checked = 0
    for part in ("1/2", "2/2"):
        assert run("--shard", part) == 0
        checked += int(re.match(r"No problems in (\d)", run.err)[1])  # type: ignore[index]
    assert checked == 2
    lab.write("a.md", "[x](gone.md)\n")
    assert run("a.md", "--select", "KW1") == 1
    assert run.err == "Found 1 problem in 1 of 2 documents.\n"


SHARED = {"kwdocs/index.md", "kwdocs/keywords.md", "kwdocs/docs/index.md", "kwdocs/docs/doc.md"}


def test_shared_pages_are_left_to_ci(run: Shell, lab: Lab) -> None:
    """With `shared-pages = "ci"`, a run without `--shared` neither judges nor writes shared pages."""
    lab.write("kwlint.toml", 'shared-pages = "ci"\n')
    lab.stage()
    assert run("--fix", "--stage") == 0
    pages = set(lab.git("ls-files", "kwdocs").splitlines())
    assert pages >= {"kwdocs/a.md_kw.md", "kwdocs/docs/guide.md_docs.md"}
    assert not pages & SHARED
    for words in ((), ("--fix",), (), ("kwdocs/docs",)):
        assert run(*words) == 0
        assert run.err.endswith(" documents (shared pages not checked).\n") or words == ("kwdocs/docs",)
    assert run("--shared", "--output-format", "json") == 1
    assert {problem["path"] for problem in json.loads(run.out)} >= SHARED
    assert {problem["code"] for problem in json.loads(run.out)} == {"KW005"}
    assert run("--fix", "--shared", "--stage") == 0
    assert set(lab.git("ls-files", "kwdocs").splitlines()) >= pages | SHARED
    assert run("--shared") == 0
    assert run.err == "No problems in 2 documents.\n"


def test_own_pages_are_the_same_whoever_keeps_shared_pages(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("kwlint.toml", 'shared-pages = "ci"\n')
    lab.stage()
    for words in ((), ("--shared",), ()):
        assert run(*words) == 0, run.out


def test_stale_and_orphaned_shared_pages_wait_for_ci(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'shared-pages = "ci"\n')
    lab.stage()
    assert run("--fix", "--shared", "--stage") == 0
    lab.git("mv", "docs/guide.md", "guide.md")
    lab.write("a.md", "# Beta\n\nSee [the guide](guide.md#setup) and the gadget server.\n")
    lab.stage()
    before = lab.read("kwdocs/keywords.md")
    assert run("--fix", "--stage") == 0
    assert (lab.root / "kwdocs/docs/index.md").exists()
    assert lab.read("kwdocs/keywords.md") == before
    assert run("--diff", "--shared") == 1
    assert "+++ b/kwdocs/keywords.md" in run.out
    assert run("--fix", "--shared", "--stage") == 0
    assert not (lab.root / "kwdocs/docs/index.md").exists()
    assert "gadget server" in lab.read("kwdocs/keywords.md")
    assert run("--shared") == 0


def test_known_problems_of_shared_pages_stay_in_the_baseline(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'shared-pages = "ci"\nbaseline = "known.json"\n')
    lab.write("kwdocs/index.md", "A page of my own.\n")
    lab.write(
        "known.json",
        '[\n["kwdocs/index.md", "KW008", "a page belongs here, but kwlint did not generate this file", 1]\n]\n',
    )
    lab.stage()
    before = lab.read("known.json")
    assert run("--fix", "--stage") == 0
    assert lab.read("known.json") == before
    assert run("--fix", "--shared", "--stage") == 0
    assert lab.read("known.json") == before
    lab.write("kwlint.toml", 'shared-pages = "ci"\nbaseline = "known.json"\npages = ["keywords"]\n')
    lab.stage()
    assert run("--fix", "--shared") == 0
    assert lab.read("known.json") == "[]\n"


def test_deleted_file_can_be_named(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.remove("docs/guide.md")
    assert run("docs/guide.md", "--output-format", "concise", "-v") == 1
    assert "kwdocs/docs/guide.md_kw.md:1:1: KW006" in run.out


def test_several_reports_to_files(run: Shell, lab: Lab, tmp_path: Path) -> None:
    lab.stage()
    sarif = ("--output-format", "sarif", "--output-file", str(tmp_path / "s.json"))
    junit = ("--output-format", "junit", "--output-file", str(tmp_path / "j.xml"))
    assert run(*sarif, *junit, "--output-format", "concise") == 1
    assert json.loads((tmp_path / "s.json").read_text())["version"] == "2.1.0"
    assert (tmp_path / "j.xml").read_text().startswith("<?xml")
    assert run.out.endswith(" pages are missing: run `kwlint --fix`\n")
    assert run("--output-file", str(tmp_path / "missing" / "x")) == 2
    assert run.err.endswith("no such file or directory\n")


def test_statistics(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--statistics") == 1
    assert run.out.splitlines()[-2:] == [
        "      0  links not decidable in this repository",
        "[*] fixable with `--fix`",
    ]


def test_quiet_prints_problems_only(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("-q", "--select", "KW001") == 1
    assert run.err == ""
    assert run("-q", "--fix") == 0
    assert (run.out, run.err) == ("", "")


def test_shards_together_are_one_run(run: Shell, lab: Lab) -> None:
    for number in range(9):
        lab.write(f"d{number}.md", f"# D{number}\n\n[x](missing{number}.md)\n")
    lab.stage()
    run("--output-format", "json")
    whole = json.loads(run.out)
    parts = []
    for part in (1, 2, 3):
        run("--shard", f"{part}/3", "--output-format", "json")
        parts.append(json.loads(run.out))
    assert all(parts)
    together = [problem for part in parts for problem in part]
    assert sorted(together, key=json.dumps) == sorted(whole, key=json.dumps)


@pytest.mark.parametrize(
    ("words", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--output-format", "json", "--color", "always"], {}, False),
    ],
)
def test_colour(
    run: Shell, lab: Lab, monkeypatch: pytest.MonkeyPatch, words: list[str], environment: dict[str, str], colored: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    lab.stage()
    assert run("-v", *words) == 1
    assert ("\x1b[" in run.out) is colored


# --- errors ----------------------------------------------------------------------------------------------------


def test_wrong_configuration(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'outputdir = "x"\n')
    assert run() == 2
    assert run.err == "kwlint: kwlint.toml:1: unknown key `outputdir`; did you mean `output-dir`?\n"
    assert run("--isolated", "--exit-zero") == 0


def test_outside_git_a_note_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.md").write_text("# A\n")
    monkeypatch.chdir(tmp_path / "plain")
    assert main.main(["--fix"]) == 0
    assert capsys.readouterr().err.startswith("kwlint: not a git repository: all files that .gitignore does not match")
    assert main.main([]) == 0
    capsys.readouterr()
    assert main.main(["--since", "HEAD"]) == 2
    assert capsys.readouterr().err.endswith(": not available outside a git repository\n")


def test_internal_error_is_one_line_and_status_3(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from kwlint.engine import pipeline

    def broken(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(pipeline, "check", broken)
    assert run() == 3
    assert run.err.startswith("kwlint: internal error (RuntimeError: two lines): please report it")
    assert run.err.count("\n") == 1
    monkeypatch.setenv("KWLINT_TRACEBACK", "1")
    assert run() == 3
    assert "Traceback" in run.err


def test_interruption(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from kwlint.engine import pipeline

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check", interrupted)
    assert run() == 130
    assert run.err == "kwlint: interrupted\n"


def test_closed_pipe_is_no_error(lab: Lab) -> None:
    lab.stage()
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kwlint", "-q"]
    done = subprocess.run(command, cwd=lab.root, env=environment, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_write_error_is_reported_and_the_rest_is_written(run: Shell, lab: Lab) -> None:
    lab.stage()
    (lab.root / "kwdocs").mkdir()
    (lab.root / "kwdocs" / "docs").write_text("a file where a folder belongs")
    assert run("--fix") in (1, 2)
    assert "there is a file with the folder's name: move it away" in run.err
    assert (lab.root / "kwdocs" / "a.md_kw.md").is_file()


# --- the other commands -------------------------------------------------------------------------------------------


def test_rule_pages_are_printed(run: Shell) -> None:
    assert run("rule") == 0
    assert run.out.splitlines()[0] == "KW001 * missing-keyword-index  A source has no keyword index."
    assert run("rule", "kw102") == 0
    assert run.out.startswith("# KW102: broken-anchor\n")
    assert run("rule", "XYZ") == 2
    assert run.err == "kwlint: rule: unknown rule XYZ; `kwlint rule` lists all rules\n"


def test_baseline_hides_known_problems_and_not_new_ones(run: Shell, lab: Lab) -> None:
    lab.write("a.md", "# Alpha\n\n[x](missing.md)\n\n## Use\n")
    lab.settle()
    assert run() == 1
    lab.write("b.md", "# B\n")
    lab.git("add", "b.md")
    run("--fix")  # correct pages that only need a `git add` are no known problems
    assert run("baseline") == 0
    assert 'kwlint.toml: `baseline = ".kwlint-baseline.json"`\n' in run.out
    assert "other problems: fixable with `kwlint --fix --stage`." in run.out
    lab.stage()
    assert run("baseline") == 0
    assert run.out == ".kwlint-baseline.json: 1 known problem\n"
    assert lab.read("kwlint.toml") == 'baseline = ".kwlint-baseline.json"\n'
    assert run() == 0
    lab.write("a.md", "# Alpha\n\nmore\n\n[x](missing.md)\n\n[y](missing.md)\n")
    assert run("--select", "KW1", "--output-format", "concise") == 1
    assert run.out.startswith("a.md:7:5: KW101")
    assert run.out.count("\n") == 1
    lab.write(".kwlint-baseline.json", "no json")
    assert run() == 2
    assert run.err == "kwlint: .kwlint-baseline.json: not a valid baseline; create it again with `kwlint baseline`\n"
    lab.remove(".kwlint-baseline.json")
    assert run() == 2
    assert "cannot be read; create it with `kwlint baseline`" in run.err


def test_diff_fixes_new_problems_and_not_equal_known_ones(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'baseline = "known.json"\npages = []\n')
    lab.write("docs/guide.md", "# Guide\n\n## Installing\n\nText.\n")
    lab.write("b.md", "# B\n\n[x](docs/guide.md#instaling)\n")
    lab.stage()
    assert run("baseline") == 0
    lab.write("b.md", "# B\n\n[x](docs/guide.md#instaling)\n\n[y](docs/guide.md#instaling)\n")
    assert run("--diff", "--unsafe-fixes") == 1
    patch = run.out
    assert "+[y](docs/guide.md#installing)" in patch
    assert "[x]" not in patch.replace(" [x](docs/guide.md#instaling)", "")
    assert "known.json" not in patch
    assert run("--fix", "--unsafe-fixes") == 0
    assert lab.read("b.md") == "# B\n\n[x](docs/guide.md#instaling)\n\n[y](docs/guide.md#installing)\n"
    assert "instaling" in lab.read("known.json")


@pytest.fixture
def known(run: Shell, lab: Lab) -> Lab:
    """A repository with three known problems, of two kinds, and no pages."""
    lab.write("kwlint.toml", 'baseline = "known.json"\npages = []\n')
    lab.write("a.md", "# Alpha\n\n[x](gone.md) [x](gone.md) [y](docs/guide.md#nope)\n")
    lab.stage()
    assert run("baseline") == 0
    lab.commit()
    return lab


GONE = '["a.md", "KW101", "gone.md", 2]'
NOPE = '["a.md", "KW102", "docs/guide.md#nope", 1]'


def test_obsolete_problems_are_reported_and_removed_from_the_baseline(run: Shell, known: Lab) -> None:
    assert known.read("known.json") == f"[\n{GONE},\n{NOPE}\n]\n"
    assert run("--fix") == 0
    assert run.err == "No problems in 2 documents.\n"
    known.write("a.md", "# Alpha\n\n[x](gone.md) [y](docs/guide.md#setup)\n\n## Use\n")
    known.stage()
    before = known.read("known.json")
    note = "kwlint: 2 known problems no longer occur: `kwlint --fix` removes them from known.json\n"
    for _ in range(2):
        assert run() == 0
        assert run.err == f"{note}No problems in 2 documents.\n"
    for scope in (["a.md"], ["--since", "HEAD"], ["--staged"], ["--select", "KW2"], ["--shard", "1/2"]):
        assert run(*scope) == 0
        assert "no longer" not in run.err
        assert run("--fix", *scope) == 0
        assert known.read("known.json") == before
    assert run("--diff") == 1
    patch = run.out
    assert "-" + NOPE in patch
    assert run("--fix", "--exit-non-zero-on-fix") == 1
    assert "removed 2 known problems from known.json\n" in run.err
    after = known.read("known.json")
    assert after == "[\n" + GONE.replace("2]", "1]") + "\n]\n"
    known.write("known.json", before)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=known.root, check=True)
    assert known.read("known.json") == after
    assert run("--fix", "--exit-non-zero-on-fix") == 0
    known.write("a.md", "# Alpha\n\n[x](gone.md) [x](gone.md)\n\n## Use\n")
    assert run("--fix") == 1, "the problem is no longer in the baseline"
    assert run.out.startswith("a.md:3:18: KW101")


def test_fix_reports_a_new_problem_that_equals_a_known_one(run: Shell, known: Lab) -> None:
    known.write("a.md", known.read("a.md") + "\n[z](gone.md)\n")
    for words in ([], ["--fix"]):
        assert run(*words, "--output-format", "concise") == 1
        assert run.out == "a.md:5:5: KW101 file not found: gone.md\n"


def test_known_problems_of_ignored_rules_stay_in_the_baseline(run: Shell, known: Lab) -> None:
    known.write("kwlint.toml", 'baseline = "known.json"\npages = []\nignore = ["KW102"]\n')
    assert run("--fix") == 0
    assert NOPE in known.read("known.json")
    assert "no longer" not in run.err


def test_known_problem_that_becomes_fixable_is_fixed(run: Shell, known: Lab) -> None:
    known.write("gone.md", "# It is there again, for a while\n" * 9)
    known.commit()
    known.git("mv", "gone.md", "there.md")
    known.commit()
    assert run() == 0
    assert run("--diff") == 1
    assert "+[x](there.md) [x](there.md)" in run.out
    assert run("--fix") == 0
    assert "(there.md) [x](there.md)" in known.read("a.md")
    assert known.read("known.json") == f"[\n{NOPE}\n]\n"


def test_baseline_omits_problems_that_the_history_fixes(run: Shell, known: Lab) -> None:
    known.write("old.md", "# A document that has a name, and some text\n" * 5)
    known.write("b.md", "[x](old.md)\n")
    known.commit()
    known.git("mv", "old.md", "new.md")
    known.commit()
    assert run("baseline") == 0
    assert "old.md" not in known.read("known.json")
    assert run("--fix") == 0
    assert known.read("b.md") == "[x](new.md)\n"


def test_clean_removes_only_the_cache_and_pages(run: Shell, lab: Lab) -> None:
    lab.stage()
    run("--fix")
    lab.write("kwdocs/mine.md", "# Mine\n")
    assert run("clean") == 0
    assert not (lab.root / ".git" / "kwlint").exists()
    assert (lab.root / "kwdocs" / "a.md_kw.md").exists()
    assert run("clean", "--pages") == 0
    assert [path.name for path in (lab.root / "kwdocs").rglob("*")] == ["mine.md"]


def test_schema_is_printed(run: Shell) -> None:
    assert run("schema") == 0
    assert json.loads(run.out)["properties"]["output-dir"]["default"] == "kwdocs"
    assert run("schema", "report") == 0
    assert json.loads(run.out)["type"] == "array"
    assert run("schema", "x") == 2


COMPLETIONS = [
    ("--unsa", "--unsafe-fixes"),
    ("in", "init"),
    ("init --c", "--ci"),
    ("init --ci g", "github gitlab"),
    ("--output-format g", "github gitlab"),
    ("find --output-format t", "text"),
    ("--fix --select KW20", "KW201 KW202"),
    ("rule KW20", "KW201 KW202"),
    ("completion z", "zsh"),
]


def test_bash_completes(run: Shell) -> None:
    assert run("completion", "bash") == 0
    lines = [run.out]
    for words, _ in COMPLETIONS:
        lines.append(f"COMP_WORDS=(kwlint {words}); COMP_CWORD={len(words.split())}; _kwlint; echo ${{COMPREPLY[@]}}")
    done = subprocess.run(["bash", "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [answer for _, answer in COMPLETIONS]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_completes(run: Shell, tmp_path: Path) -> None:
    assert run("completion", "fish") == 0
    lines = [run.out, *(f"string join -- ' ' (complete -C 'kwlint {words}')" for words, _ in COMPLETIONS), "true"]
    (tmp_path / "script.fish").write_text("\n".join(lines))
    done = subprocess.run(
        ["fish", "--no-config", "script.fish"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [answer for _, answer in COMPLETIONS]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_completes(run: Shell, tmp_path: Path) -> None:
    assert run("completion", "zsh") == 0
    lines = ["compdef() { }; _files() { }; compadd() { shift; offered=($@); }", run.out]
    for words, _ in COMPLETIONS:
        given = words.split()
        lines.append(
            f"words=(kwlint {words}); CURRENT={len(given) + 1}; _kwlint; print -r -- ${{(M)offered:#{given[-1]}*}}"
        )
    (tmp_path / "script.zsh").write_text("\n".join(lines))
    done = subprocess.run(["zsh", "-f", "script.zsh"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [answer for _, answer in COMPLETIONS]


def test_completion_needs_a_shell(run: Shell) -> None:
    assert run("completion") == 2
    assert run.err == "kwlint: completion: missing the name of a shell: bash, zsh, fish\n"


def test_keywords_are_listed_with_their_sections(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("keywords", "docs") == 0
    assert run.out.startswith("docs/guide.md: ")
    assert "widget server" in run.out
    assert run("keywords", "--json", "kwdocs/a.md_kw.md") == 2
    assert run("keywords", "--json", "a.md") == 0
    document = json.loads(run.out)
    assert document["path"] == "a.md"
    assert {"keyword": "widget server", "sections": ["alpha"], "group": "term"} in document["keywords"]
    assert run("keywords") == 0
    assert run.out.count(" keywords\n") == 2


@pytest.mark.parametrize("settings", ["", 'pages = ["keywords"]\n'])
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_find_lists_sections(run: Shell, lab: Lab, settings: str, cache: tuple[str, ...]) -> None:
    lab.write("kwlint.toml", settings)
    lab.stage()
    assert run("find", *cache, "Widget", "servers") == 0
    assert run.out.startswith("a.md:1  Alpha")
    assert "docs/guide.md:3  Setup" in run.out
    assert run("find", *cache, "--json", "--limit", "1", "widget server") == 0
    assert [(hit["path"], hit["line"], hit["section"]) for hit in json.loads(run.out)] == [("a.md", 1, "Alpha")]
    assert run("find", *cache, "--in", "docs", "--json", "widget server") == 0
    assert {hit["path"] for hit in json.loads(run.out)} == {"docs/guide.md"}


def test_find_says_what_it_searched_for_instead(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("find", "widgetclt") == 0
    assert run.err == "kwlint: no document has widgetclt; searched for widgetctl\n"
    assert "docs/guide.md" in run.out
    assert run("find", "xylophone") == 1
    assert (run.out, run.err) == ("", "kwlint: no document has xylophone\n")


def test_find_needs_words(run: Shell) -> None:
    assert run("find") == 2
    assert run.err == "kwlint: find: missing words, as in `kwlint find widget server`\n"
    assert run("find", "--limit", "few", "widget") == 2
    assert run.err == "kwlint: --limit: 'few' is not a number such as 20\n"
    assert run("find", "--in", "nowhere", "widget") == 2
    assert run.err == "kwlint: nowhere: no such file on disk or in git's index\n"


def test_output_dir_with_documents_is_refused(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'output-dir = "docs"\n')
    lab.stage()
    assert run("--fix") == 2
    assert run.err == (
        "kwlint: `output-dir`: docs contains documents that kwlint did not write, such as docs/guide.md: "
        "use a folder for the pages alone\n"
    )
    assert lab.git("status", "--porcelain", "docs") == "A  docs/guide.md\n"


@pytest.mark.parametrize("written", ["doc", "./doc/", "doc/**"])
def test_flavour_of_an_empty_folder_is_refused(run: Shell, lab: Lab, written: str) -> None:
    lab.write("kwlint.toml", f'[flavour]\n"{written}" = "mkdocs"\n')
    lab.stage()
    assert run() == 2
    assert run.err == (
        f"kwlint: `flavour`: {written} = mkdocs: git tracks no file in this folder; did you mean `docs`?\n"
    )


@pytest.mark.parametrize("written", ["", ".", "*", "**", "docs", "./docs/", "docs/**"])
def test_folder_of_a_flavour_can_be_written_in_several_ways(run: Shell, lab: Lab, written: str) -> None:
    lab.write("kwlint.toml", f'[flavour]\n"{written}" = "hugo"\n')
    lab.stage()
    assert run("--select", "KW1") == 0


def test_temporary_files_of_a_killed_run_are_deleted_by_the_next(run: Shell, lab: Lab) -> None:
    lab.settle()
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = f"kwdocs/.kwlint-{int(ended.stdout)}-00.tmp"
    lab.write(left, lab.read("kwdocs/a.md_kw.md"))
    assert run() == 0
    assert (lab.root / left).exists()
    assert run("--fix") == 0
    assert not (lab.root / left).exists()


def test_eight_parallel_fixes_have_the_result_of_one(lab: Lab) -> None:
    for number in range(12):
        lab.write(f"n{number}.md", f"# N{number}\n\n[next](n{number + 1}.md) and gadget{number}.\n")
    lab.write("n12.md", "# End\n")
    lab.stage()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kwlint", "--fix"]
    running = [
        subprocess.Popen(command, cwd=lab.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(8)
    ]
    outputs = [process.communicate() for process in running]
    # A process that finds pages another one has just written reports KW007: status 1.
    assert {process.returncode for process in running} <= {0, 1}, outputs
    assert not [errors for _, errors in outputs if b"kwlint: " in errors]
    together = {path: path.read_bytes() for path in sorted((lab.root / "kwdocs").rglob("*")) if path.is_file()}
    assert python("-m", "kwlint", "clean", "--pages", cwd=lab.root).returncode == 0
    assert not (lab.root / "kwdocs").exists()
    assert python("-m", "kwlint", "--fix", "--no-cache", cwd=lab.root).returncode == 0
    assert {path: path.read_bytes() for path in sorted((lab.root / "kwdocs").rglob("*")) if path.is_file()} == together


def test_eight_worktrees_share_one_cache(lab: Lab, tmp_path: Path) -> None:
    """Each has its own documents, and KWLINT_CACHE_DIR names one folder."""
    lab.settle()
    cache = tmp_path / "cache"
    cache.mkdir()
    trees = [tmp_path / f"tree{number}" for number in range(8)]
    for number, tree in enumerate(trees):
        lab.git("worktree", "add", "-q", "-b", f"side{number}", str(tree))
        (tree / "a.md").write_text(f"# Alpha {number}\n\nThe gadget{number} and [the guide](docs/guide.md).\n{LONG}")
        subprocess.run(["git", "add", "a.md"], cwd=tree, check=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KWLINT_CACHE_DIR": str(cache)}
    command = [sys.executable, "-m", "kwlint", "--fix", "--stage"]
    running = [
        subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for tree in trees
    ]
    outputs = [process.communicate() for process in running]
    assert {process.returncode for process in running} <= {0, 1}, outputs
    assert not [errors for _, errors in outputs if b"kwlint: " in errors]
    for number, tree in enumerate(trees):
        assert f"gadget{number}" in (tree / "kwdocs/a.md_kw.md").read_text()
        assert python("-m", "kwlint", "--no-cache", cwd=tree).returncode == 0
        assert subprocess.run(command[:3], cwd=tree, env=environment, capture_output=True, check=False).returncode == 0


def test_untracked_document_is_checked_if_named_and_else_counted(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("draft.md", "# Draft\n\n[x](nope.md)\n")
    lab.write("other.md", "# Other\n")
    assert run("draft.md", "--select", "KW1", "--output-format", "concise") == 1
    assert run.out == "draft.md:3:5: KW101 file not found: nope.md\n"
    assert "kwlint: draft.md is untracked: `git add` it\n" in run.err
    assert run() == 0
    assert run.err.startswith("kwlint: 2 untracked documents are left out (`git add` what belongs to the repository)\n")


def test_since_and_staged_limit_the_report_to_changes(run: Shell, lab: Lab) -> None:
    lab.write("old.md", "# Old\n\n[x](missing.md)\n")
    lab.settle()
    lab.write("a.md", "# Alpha\n\n[x](missing.md)\n\n## Use\n")
    lab.git("add", "a.md")
    lab.write("docs/guide.md", "# Guide\n\n[x](missing.md)\n")
    words = ("--select", "KW101", "--output-format", "concise")
    for scope, files in (((), 3), (("--since", "HEAD"), 2), (("--staged",), 1), (("--since", "HEAD", "docs"), 1)):
        assert run(*words, *scope) == 1
        assert run.out.count("KW101") == files, scope
    assert run("--since", "nowhere") == 2
    assert run.err == "kwlint: --since: git does not know the revision 'nowhere'; in a shallow clone, fetch it first\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_progress_is_shown_on_terminals_only(lab: Lab) -> None:
    """Work of more than half a second shows a bar, which is removed before the result. CI shows none."""
    import pty

    text = "".join(f"The **widget server {number}** of `tool --with-{number}` runs.\n\n" for number in range(400))
    for number in range(30):
        lab.write(f"docs/d{number}.md", f"# Document {number}\n\n{text}")
    lab.stage()
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    environment |= {"TERM": "xterm", "PYTHONPATH": str(Path(main.__file__).parent.parent)}
    command = [sys.executable, "-m", "kwlint", "--no-cache", "-j", "1", "--select", "KW2"]

    def on_terminal(**more: str) -> bytes:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(command, cwd=lab.root, env=environment | more, stdout=theirs, stderr=theirs)
        os.close(theirs)
        output = b""
        with contextlib.suppress(OSError):  # raised at the end of the output on Linux
            while piece := os.read(ours, 65536):
                output += piece
        os.close(ours)
        assert process.wait() == 0
        return output

    output = on_terminal()
    frames = re.findall(rb"\r\x1b\[K\[(=*) *\] (\d+)/(\d+) documents, \d+/s", output)
    assert frames
    assert {total for _, _, total in frames} == {b"32"}
    assert [int(done) for _, done, _ in frames] == sorted(int(done) for _, done, _ in frames)
    assert output.endswith(b"\r\x1b[KNo problems in 32 documents.\r\n")
    assert on_terminal(CI="true") == b"No problems in 32 documents.\r\n"
