"""The command line, in this process: what is printed, what is written, and the exit status."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT
from shell import Shell

from kwlint import __version__
from kwlint.cli import main
from kwlint.cli.arguments import COMMANDS, Options, Output, option_names, parse
from kwlint.cli.help import HELP
from kwlint.config import CODES_WANTED


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    lab = Lab(tmp_path / "repo")
    lab.write("a.md", "# Alpha\n\nSee [the guide](docs/guide.md#setup) and the widget server.\n")
    lab.write("docs/guide.md", "# Guide\n\n## Setup\n\nInstall the widget server with `widgetctl`.\n")
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


def test_no_arguments_mean_check() -> None:
    assert parse([]) == parse(["check"]) == Options("check")


def test_paths_that_are_called_like_commands_need_the_command() -> None:
    assert parse(["check", "find"]).paths == ("find",)
    assert parse(["--fix", "a.md", "--stage", "b.md"]).paths == ("a.md", "b.md")
    assert parse(["--", "-x.md"]).paths == ("-x.md",)


def test_codes_are_listed_or_repeated() -> None:
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
def test_formats_go_with_the_file_that_follows(words: list[str], outputs: list[Output]) -> None:
    assert list(parse(words).outputs) == outputs


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fux"], "unknown option --fux; did you mean --fix?"),
        (["--selct", "KW1"], "unknown option --selct; did you mean --select?"),
        (["--zzzz"], "unknown option --zzzz; see `kwlint --help`"),
        (["-x"], "unknown option -x; see `kwlint --help`"),
        (["init", "--dif"], "unknown option --dif; did you mean --diff?"),
        (["baseline", "x"], "`kwlint baseline` takes no `x`; see `kwlint baseline --help`"),
        (["--fix=1"], "--fix: takes no value; see `kwlint --help`"),
        (["--since"], "--since: needs a value; see `kwlint --help`"),
        (["--color", "allways"], "--color: there is no 'allways'; did you mean `always`?"),
        (["--output-format", "xml"],
         "--output-format: there is no 'xml'; known are full, concise, json, github, gitlab, sarif, junit"),
        (["find", "--output-format", "xml", "x"], "--output-format: there is no 'xml'; known are text, json"),
        (["init", "--ci", "gitlub"], "--ci: there is no 'gitlub'; did you mean `gitlab`?"),
        (["--stage"], "--stage: goes with --fix"),
        (["--unsafe-fixes"], "--unsafe-fixes: goes with --fix or --diff"),
        (["--fix", "--diff"], "--fix, --diff: choose one; --diff shows what --fix would do"),
        (["--select", "E501"], f"--select: 'E501' is no rule; {CODES_WANTED}"),
        (["--ignore", "KW999"], f"--ignore: 'KW999' is no rule; {CODES_WANTED}"),
        (["--ignore", "KW1O1"], f"--ignore: 'KW1O1' is no rule; {CODES_WANTED}"),
        (["rule", "101"], "rule: there is no 101; did you mean KW101? `kwlint rule` lists all"),

        (["--shard", "3/2"], "--shard: '3/2' is no part; write 2/5 for the second of five"),
        (["--shard", "0/2"], "--shard: '0/2' is no part; write 2/5 for the second of five"),
        (["-j", "x"], "-j: 'x' is no number; write 1 or more"),
        (["-j", "-1"], "-j: the number of processes is 1 or more"),
        (["--isolated", "--config", "x"], "--isolated, --config: choose one"),
        (["--output-format", "json", "--output-format", "github"],
         "--output-format: only one report can go to standard output; give the others an --output-file"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_status_2(run: Shell, words: list[str], said: str) -> None:
    assert run(*words) == 2
    assert (run.out, run.err) == ("", f"kwlint: {said}\n")


def test_every_option_is_in_the_help() -> None:
    words = {*HELP[""].replace(",", " ").replace(";", " ").replace(":", " ").split(), "--jobs", "--quiet", "--verbose"}
    assert set(option_names("check")) - words == set()
    assert set(HELP) == {"", *COMMANDS[1:]}


def test_help_fits_a_screen(run: Shell) -> None:
    for command in COMMANDS:
        assert run(command, "--help") == 0
        assert run.out == HELP["" if command == "check" else command]
        assert max(map(len, run.out.splitlines())) <= 80
        assert run.out.count("\n") <= 40


def test_version_and_help_import_nothing_of_the_program(tmp_path: Path) -> None:
    program = (
        "import sys\nbefore = set(sys.modules)\nimport kwlint.__main__ as m\nsys.argv = ['kwlint', sys.argv[1]]\n"
        "try:\n    m.run()\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "print(sorted(set(sys.modules) - before))"
    )
    said = python("-c", program, "--version", cwd=tmp_path).stdout
    assert said == f"kwlint {__version__}\n['__future__', 'gc', 'kwlint', 'kwlint.__main__']\n"
    said = python("-c", program, "--help", cwd=tmp_path).stdout
    assert said == f"{HELP['']}['__future__', 'gc', 'kwlint', 'kwlint.__main__', 'kwlint.cli', 'kwlint.cli.help']\n"


def test_wrong_usage_and_warm_check_import_no_parser(lab: Lab) -> None:
    lab.settle()
    program = (
        "import sys\nfrom kwlint.cli.main import main\nassert main([]) == 0\n"
        "print([m for m in ('mistune', 'pathspec', 'yaml', 'tomllib', 'multiprocessing', 'difflib', 'dataclasses')"
        " if m in sys.modules])"
    )
    python("-c", program, cwd=lab.root)
    warm = python("-c", program, cwd=lab.root)
    assert (warm.stdout, warm.stderr) == ("[]\n", "All right: 2 documents.\n")


# --- check and fix ------------------------------------------------------------------------------------------------


def test_newcomers_path(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run() == 1
    assert "kwdocs/a.md_kw.md:1:1: KW001 " in run.out
    assert run("--fix") == 0
    assert "wrote kwdocs/a.md_kw.md\n" in run.err
    assert "Stage what was repaired: `git add` it, or run with --stage.\n" in run.err
    assert run() == 1
    assert "KW007" in run.out
    lab.stage()
    assert run() == 0
    assert (run.out, run.err) == ("", "All right: 2 documents.\n")
    assert run("--fix") == 0
    assert (run.out, run.err) == ("", "All right: 2 documents.\n")


def test_stage_leaves_nothing_to_add(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--fix", "--stage") == 0
    assert "Stage what" not in run.err
    assert lab.git("status", "--porcelain").split("\n")[0].startswith("A  ")
    assert run() == 0


def test_hook_fails_when_it_repaired(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--fix", "--exit-non-zero-on-fix") == 1
    assert "Stage what was repaired, then commit again: `git add` it, or run with --stage.\n" in run.err
    lab.stage()
    assert run("--fix", "--exit-non-zero-on-fix") == 0


def test_exit_zero(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--exit-zero") == 0
    assert "KW001" in run.out


def test_diff_writes_nothing_and_says_what_fix_does(run: Shell, lab: Lab) -> None:
    lab.stage()
    before = lab.git("status", "--porcelain", "--ignored", "-uall")
    assert run("--diff") == 1
    assert run.err.startswith("Would change ")
    assert "+++ b/kwdocs/a.md_kw.md\n" in run.out
    after = lab.git("status", "--porcelain", "--ignored", "-uall").splitlines()
    assert [line for line in after if ".kwlint_cache/" not in line] == before.splitlines()
    patch = run.out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=lab.root, check=True)
    assert run("--diff") == 0
    assert (run.out, run.err) == ("", "Nothing to change.\n")


def test_links_are_mended_and_the_rest_is_reported(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("a.md", "# Alpha\n\n[one](docs/GUIDE.md) [two](docs/missing.md)\n")
    lab.stage()
    assert run("--select", "KW1", "--output-format", "concise") == 1
    assert run.out.count("\n") == 2
    assert run("--fix") == 1
    assert "mended the links of a.md" in run.err
    assert lab.read("a.md") == "# Alpha\n\n[one](docs/guide.md) [two](docs/missing.md)\n"
    assert "a.md:3:28: KW101" in run.out


def test_rules_are_selected_and_ignored(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--select", "KW1") == 0
    assert run("--ignore", "KW0") == 0
    assert run("--select", "KW001", "--output-format", "json") == 1
    assert {problem["code"] for problem in json.loads(run.out)} == {"KW001"}


def test_paths_narrow_what_is_reported(run: Shell, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
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
    ("path", "said"),
    [
        ("nowhere.md", "nowhere.md: no such file, neither on disk nor in git's index"),
        ("../out.md", "../out.md: is outside the repository"),
    ],
)
def test_path_that_means_nothing(run: Shell, path: str, said: str) -> None:
    assert run(path) == 2
    assert run.err.startswith(f"kwlint: {said}")


def test_deleted_file_can_be_named(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.remove("docs/guide.md")
    assert run("docs/guide.md", "--output-format", "concise") == 1
    assert "kwdocs/docs/guide.md_kw.md:1:1: KW006" in run.out


def test_several_reports_to_files(run: Shell, lab: Lab, tmp_path: Path) -> None:
    lab.stage()
    sarif = ("--output-format", "sarif", "--output-file", str(tmp_path / "s.json"))
    junit = ("--output-format", "junit", "--output-file", str(tmp_path / "j.xml"))
    assert run(*sarif, *junit, "--output-format", "concise") == 1
    assert json.loads((tmp_path / "s.json").read_text())["version"] == "2.1.0"
    assert (tmp_path / "j.xml").read_text().startswith("<?xml")
    assert run.out.startswith("kwdocs/")
    assert run("--output-file", str(tmp_path / "missing" / "x")) == 2
    assert run.err.endswith("no such file or directory\n")


def test_statistics(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("--statistics") == 1
    assert run.out.splitlines()[-2:] == [
        "      0  links not decidable in this repository",
        "[*] mendable with `--fix`",
    ]


def test_quiet_says_only_what_is_wrong(run: Shell, lab: Lab) -> None:
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
    assert run(*words) == 1
    assert ("\x1b[" in run.out) is colored


# --- what goes wrong ----------------------------------------------------------------------------------------------


def test_wrong_configuration(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'outputdir = "x"\n')
    assert run() == 2
    assert run.err == "kwlint: kwlint.toml:1: unknown key `outputdir`; did you mean `output-dir`?\n"
    assert run("--isolated", "--exit-zero") == 0


def test_outside_git_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.md").write_text("# A\n")
    monkeypatch.chdir(tmp_path / "plain")
    assert main.main(["--fix"]) == 0
    assert capsys.readouterr().err.startswith("kwlint: no git repository here: every file that .gitignore does not")
    assert main.main([]) == 0
    capsys.readouterr()
    assert main.main(["--since", "HEAD"]) == 2
    assert capsys.readouterr().err.endswith(": need a git repository, and there is none here\n")


def test_defect_is_one_line_and_status_3(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from kwlint.engine import pipeline

    def broken(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(pipeline, "check", broken)
    assert run() == 3
    assert run.err.startswith("kwlint: a defect of kwlint's own (RuntimeError: two lines): please report it")
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


def test_reader_that_stops_reading(lab: Lab) -> None:
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
    assert run.err == "kwlint: rule: there is no XYZ; `kwlint rule` lists all\n"


def test_baseline_silences_what_is_known_and_not_what_is_new(run: Shell, lab: Lab) -> None:
    lab.write("a.md", "# Alpha\n\n[x](missing.md)\n")
    lab.settle()
    assert run() == 1
    lab.write("b.md", "# B\n")
    lab.git("add", "b.md")
    run("--fix")  # pages that are right, and only lack a `git add`, are no known problems
    assert run("baseline") == 0
    assert "other problems: `kwlint --fix --stage` mends what is left." in run.out
    lab.stage()
    assert run("baseline") == 0
    assert run.out == (
        ".kwlint-baseline.json: 1 known problem\n"
        'Add `baseline = ".kwlint-baseline.json"` to the configuration '
        "(kwlint.toml, or [tool.kwlint] in pyproject.toml).\n"
    )
    lab.write("kwlint.toml", 'baseline = ".kwlint-baseline.json"\n')
    assert run() == 0
    lab.write("a.md", "# Alpha\n\nmore\n\n[x](missing.md)\n\n[y](missing.md)\n")
    assert run("--select", "KW1", "--output-format", "concise") == 1
    assert run.out.startswith("a.md:7:5: KW101")
    assert run.out.count("\n") == 1
    lab.write(".kwlint-baseline.json", "no json")
    assert run() == 2
    assert run.err == "kwlint: .kwlint-baseline.json: is no baseline; make it anew with `kwlint baseline`\n"
    lab.remove(".kwlint-baseline.json")
    assert run() == 2
    assert "cannot be read; make it with `kwlint baseline`" in run.err


def test_the_diff_shows_what_is_new_beside_what_is_known_alike(run: Shell, lab: Lab) -> None:
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


def test_what_no_longer_occurs_is_told_and_taken_out_of_the_baseline(run: Shell, known: Lab) -> None:
    assert known.read("known.json") == f"[\n{GONE},\n{NOPE}\n]\n"
    assert run("--fix") == 0
    assert run.err == "All right: 2 documents.\n"
    known.write("a.md", "# Alpha\n\n[x](gone.md) [y](docs/guide.md#setup)\n")
    known.stage()
    before = known.read("known.json")
    told = "kwlint: 2 known problems no longer occur: `kwlint --fix` takes them out of known.json\n"
    for _ in range(2):
        assert run() == 0
        assert run.err == f"{told}All right: 2 documents.\n"
    for narrow in (["a.md"], ["--since", "HEAD"], ["--staged"], ["--select", "KW2"], ["--shard", "1/2"]):
        assert run(*narrow) == 0
        assert "no longer" not in run.err
        assert run("--fix", *narrow) == 0
        assert known.read("known.json") == before
    assert run("--diff") == 1
    patch = run.out
    assert "-" + NOPE in patch
    assert run("--fix", "--exit-non-zero-on-fix") == 1
    assert "took 2 known problems out of known.json\n" in run.err
    after = known.read("known.json")
    assert after == "[\n" + GONE.replace("2]", "1]") + "\n]\n"
    known.write("known.json", before)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=known.root, check=True)
    assert known.read("known.json") == after
    assert run("--fix", "--exit-non-zero-on-fix") == 0
    known.write("a.md", "# Alpha\n\n[x](gone.md) [x](gone.md)\n")
    assert run("--fix") == 1, "it is not known any more"
    assert run.out.startswith("a.md:3:18: KW101")


def test_a_repair_reports_each_new_problem_beside_a_known_one(run: Shell, known: Lab) -> None:
    known.write("a.md", known.read("a.md") + "\n[z](gone.md)\n")
    for words in ([], ["--fix"]):
        assert run(*words, "--output-format", "concise") == 1
        assert run.out == "a.md:5:5: KW101 file not found: gone.md\n"


def test_a_rule_that_is_put_aside_keeps_its_known_problems(run: Shell, known: Lab) -> None:
    known.write("kwlint.toml", 'baseline = "known.json"\npages = []\nignore = ["KW102"]\n')
    assert run("--fix") == 0
    assert NOPE in known.read("known.json")
    assert "no longer" not in run.err


def test_a_known_problem_that_can_be_mended_meanwhile_is_mended(run: Shell, known: Lab) -> None:
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


def test_the_baseline_leaves_out_what_the_history_mends(run: Shell, known: Lab) -> None:
    known.write("old.md", "# A document that has a name, and some text\n" * 5)
    known.write("b.md", "[x](old.md)\n")
    known.commit()
    known.git("mv", "old.md", "new.md")
    known.commit()
    assert run("baseline") == 0
    assert "old.md" not in known.read("known.json")
    assert run("--fix") == 0
    assert known.read("b.md") == "[x](new.md)\n"


def test_clean_removes_cache_and_own_pages_alone(run: Shell, lab: Lab) -> None:
    lab.stage()
    run("--fix")
    lab.write("kwdocs/mine.md", "# Mine\n")
    assert run("clean") == 0
    assert not (lab.root / ".kwlint_cache").exists()
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
    assert run.err == "kwlint: completion: name a shell: bash, zsh, fish\n"


def test_keywords_are_listed_with_their_sections(run: Shell, lab: Lab) -> None:
    lab.stage()
    assert run("keywords", "docs") == 0
    assert run.out.startswith("docs/guide.md: ")
    assert "widget server" in run.out
    assert run("keywords", "--json", "kwdocs/a.md_kw.md") == 2
    assert run("keywords", "--json", "a.md") == 0
    found = json.loads(run.out)
    assert found["path"] == "a.md"
    assert {"keyword": "widget server", "sections": ["alpha"], "group": "term"} in found["keywords"]
    assert run("keywords") == 0
    assert run.out.count(" keywords\n") == 2


@pytest.mark.parametrize("settings", ["", 'pages = ["keywords"]\n'])
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_find_says_where_and_else_what_is_near(run: Shell, lab: Lab, settings: str, cache: tuple[str, ...]) -> None:
    lab.write("kwlint.toml", settings)
    lab.stage()
    assert run("find", *cache, "Widget", "servers") == 0
    assert run.out.splitlines() == ["a.md:1  Alpha", "docs/guide.md:3  Setup"]
    assert run("find", *cache, "--json", "widget server") == 0
    assert [(hit["path"], hit["line"]) for hit in json.loads(run.out)] == [("a.md", 1), ("docs/guide.md", 3)]
    assert run("find", *cache, "widgetctk") == 1
    assert (run.out, run.err) == ("", "kwlint: no document covers widgetctk; near are: widgetctl\n")


def test_find_needs_a_term(run: Shell) -> None:
    assert run("find") == 2
    assert run.err == "kwlint: find: name a term, as `kwlint find widget server`\n"


def test_output_dir_that_holds_documents_is_refused(run: Shell, lab: Lab) -> None:
    lab.write("kwlint.toml", 'output-dir = "docs"\n')
    lab.stage()
    assert run("--fix") == 2
    assert run.err == (
        "kwlint: `output-dir` docs holds documents that kwlint did not make, as docs/guide.md: "
        "set it to a folder of its own\n"
    )
    assert lab.git("status", "--porcelain", "docs") == "A  docs/guide.md\n"


@pytest.mark.parametrize("written", ["doc", "./doc/", "doc/**"])
def test_flavour_of_a_folder_that_holds_nothing_is_refused(run: Shell, lab: Lab, written: str) -> None:
    lab.write("kwlint.toml", f'[flavour]\n"{written}" = "mkdocs"\n')
    lab.stage()
    assert run() == 2
    assert run.err == (f"kwlint: `flavour` sets mkdocs for {written}, where git tracks no file; did you mean `docs`?\n")


@pytest.mark.parametrize("written", ["", ".", "*", "**", "docs", "./docs/", "docs/**"])
def test_flavour_of_a_folder_is_taken_however_it_is_written(run: Shell, lab: Lab, written: str) -> None:
    lab.write("kwlint.toml", f'[flavour]\n"{written}" = "hugo"\n')
    lab.stage()
    assert run("--select", "KW1") == 0


def test_what_a_killed_repair_left_is_swept_by_the_next(run: Shell, lab: Lab) -> None:
    lab.settle()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = f"kwdocs/.kwlint-{int(gone.stdout)}-00.tmp"
    lab.write(left, lab.read("kwdocs/a.md_kw.md"))
    assert run() == 0
    assert (lab.root / left).exists()
    assert run("--fix") == 0
    assert not (lab.root / left).exists()


def test_eight_repairs_at_once_do_what_one_does(lab: Lab) -> None:
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
    said = [process.communicate() for process in running]
    # One that finds pages which another has just written says that they are to be added to git: status 1.
    assert {process.returncode for process in running} <= {0, 1}, said
    assert not [errors for _, errors in said if b"kwlint: " in errors]
    together = {path: path.read_bytes() for path in sorted((lab.root / "kwdocs").rglob("*")) if path.is_file()}
    assert python("-m", "kwlint", "clean", "--pages", cwd=lab.root).returncode == 0
    assert not (lab.root / "kwdocs").exists()
    assert python("-m", "kwlint", "--fix", "--no-cache", cwd=lab.root).returncode == 0
    assert {path: path.read_bytes() for path in sorted((lab.root / "kwdocs").rglob("*")) if path.is_file()} == together


def test_eight_worktrees_may_share_one_cache(lab: Lab, tmp_path: Path) -> None:
    """Each with documents of its own, and with `.kwlint_cache` a link to one folder."""
    lab.settle()
    cache = tmp_path / "cache"
    cache.mkdir()
    trees = [tmp_path / f"tree{number}" for number in range(8)]
    for number, tree in enumerate(trees):
        lab.git("worktree", "add", "-q", "-b", f"side{number}", str(tree))
        (tree / ".kwlint_cache").symlink_to(cache)
        (tree / "a.md").write_text(f"# Alpha {number}\n\nThe gadget{number} and [the guide](docs/guide.md).\n")
        subprocess.run(["git", "add", "a.md"], cwd=tree, check=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kwlint", "--fix", "--stage"]
    running = [
        subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for tree in trees
    ]
    said = [process.communicate() for process in running]
    assert {process.returncode for process in running} <= {0, 1}, said
    assert not [errors for _, errors in said if b"kwlint: " in errors]
    for number, tree in enumerate(trees):
        assert f"gadget{number}" in (tree / "kwdocs/a.md_kw.md").read_text()
        assert python("-m", "kwlint", "--no-cache", cwd=tree).returncode == 0
        assert python("-m", "kwlint", cwd=tree).returncode == 0


def test_draft_counts_when_named_and_is_counted_when_not(run: Shell, lab: Lab) -> None:
    lab.settle()
    lab.write("draft.md", "# Draft\n\n[x](nope.md)\n")
    lab.write("other.md", "# Other\n")
    assert run("draft.md", "--select", "KW1", "--output-format", "concise") == 1
    assert run.out == "draft.md:3:5: KW101 file not found: nope.md\n"
    assert "kwlint: draft.md is untracked: `git add` it\n" in run.err
    assert run() == 0
    assert run.err.startswith("kwlint: 2 untracked documents are left out (`git add` what belongs to the repository)\n")


def test_since_and_staged_narrow_to_what_changed(run: Shell, lab: Lab) -> None:
    lab.write("old.md", "# Old\n\n[x](missing.md)\n")
    lab.settle()
    lab.write("a.md", "# Alpha\n\n[x](missing.md)\n")
    lab.git("add", "a.md")
    lab.write("docs/guide.md", "# Guide\n\n[x](missing.md)\n")
    words = ("--select", "KW101", "--output-format", "concise")
    for scope, files in (((), 3), (("--since", "HEAD"), 2), (("--staged",), 1), (("--since", "HEAD", "docs"), 1)):
        assert run(*words, *scope) == 1
        assert run.out.count("KW101") == files, scope
    assert run("--since", "nowhere") == 2
    assert run.err == "kwlint: --since: git does not know the revision 'nowhere'; in a shallow clone, fetch it first\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_progress_is_shown_on_a_terminal_alone(lab: Lab) -> None:
    """Work of more than half a second draws a bar, which is wiped before the result; CI sees nothing of it."""
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
        seen = b""
        with contextlib.suppress(OSError):  # the end of what a terminal shows, on Linux
            while piece := os.read(ours, 65536):
                seen += piece
        os.close(ours)
        assert process.wait() == 0
        return seen

    seen = on_terminal()
    frames = re.findall(rb"\r\x1b\[K\[(=*) *\] (\d+)/(\d+) documents, \d+/s", seen)
    assert frames
    assert {total for _, _, total in frames} == {b"32"}
    assert [int(done) for _, done, _ in frames] == sorted(int(done) for _, done, _ in frames)
    assert seen.endswith(b"\r\x1b[KAll right: 32 documents.\r\n")
    assert on_terminal(CI="true") == b"All right: 32 documents.\r\n"
