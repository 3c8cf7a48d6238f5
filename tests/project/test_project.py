"""README, documentation, workflows and package metadata are in sync with the code."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from lab import Lab
from paths import ROOT

from kwlint.cli import main
from kwlint.cli.choices import CHOICES
from kwlint.cli.help import help_text
from kwlint.config import Config, load
from kwlint.rules import registry

PACKAGE = ROOT / "kwlint"
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(PACKAGE.rglob("*.py"))


def fenced(language: str) -> list[str]:
    """README's code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


# --- README -------------------------------------------------------------------------------------------------------


def test_readme_shows_the_current_help() -> None:
    assert help_text("check") in fenced("text")


def test_readme_shows_the_current_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lab = Lab(tmp_path / "demo")
    lab.write(
        "README.md", "# Widget server\n\nServes widgets over HTTP. Start with the [setup](docs/setup.md#install).\n"
    )
    lab.write("docs/setup.md", "# Setup\n\n## Installing\n\na\n\n\n\n\n\nSee [the changes](../Changes.md).\n")
    lab.write("CHANGES.md", "# Changes\n")
    lab.settle()
    lab.write("docs/setup.md", lab.read("docs/setup.md").replace("CHANGES", "Changes"))
    lab.stage()
    monkeypatch.chdir(lab.root)
    main.main(["--select", "KW1"])
    out, err = capsys.readouterr()
    assert f"$ kwlint\n{out}{err}" in fenced("text")


def test_readme_shows_the_hook_that_init_writes_and_the_default_settings() -> None:
    from kwlint.cli.init import with_entry
    from kwlint.cli.origin import Origin

    (shown,) = fenced("yaml")
    origin = Origin("", "/home/me/src/kwlint", "0123456789abcdef0123456789abcdef01234567")
    assert yaml.safe_load(shown) == yaml.safe_load(with_entry("repos:\n", origin) or "")
    (settings,) = fenced("toml")
    config = load({"kwlint.toml": settings.encode()}.get, CHOICES)
    shown_defaults = ("include", "output_dir", "pages", "host", "embed_source", "format", "select")
    assert [getattr(config, name) for name in shown_defaults] == [getattr(Config(), name) for name in shown_defaults]
    assert set(tomllib.loads(settings)) == {name.replace("_", "-") for name in Config._fields}


def test_documented_ci_jobs_run_when_those_that_init_writes_do() -> None:
    from kwlint.cli.init import ci_jobs
    from kwlint.cli.origin import Origin

    recipes = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", recipes, re.MULTILINE | re.DOTALL)]
    documented = next(block["jobs"] for block in blocks if "pages" in block.get("jobs", ()))
    written = yaml.safe_load(ci_jobs("github", Origin()))["jobs"]
    assert documented.keys() == written.keys()
    for name, job in written.items():
        for key in ("if", "permissions", "concurrency"):
            assert documented[name].get(key) == job.get(key)


def test_ci_ends_with_the_readmes_test_command() -> None:
    command = next(line[2:] for block in fenced("console") for line in block.splitlines() if "pytest" in line)
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == command


@pytest.mark.parametrize("file", [".ci/run", ".github/workflows/ci.yml"])
@pytest.mark.parametrize("command", ["ruff check .", "ruff format --check .", "mypy"])
def test_ci_runs_the_static_checks(file: str, command: str) -> None:
    assert re.search(rf"(?:bin/|run: ){re.escape(command)}$", (ROOT / file).read_text(), re.MULTILINE)


def test_changelog_has_unreleased_changes() -> None:
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").count("\n## Unreleased\n") == 1


# --- rules --------------------------------------------------------------------------------------------------------


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("KW*.md")} == set(registry.RULES)


def test_every_code_in_the_source_is_a_registered_rule() -> None:
    used = {code for path in MODULES for code in re.findall(r"\"(KW\d{3})\"", path.read_text(encoding="utf-8"))}
    assert used == set(registry.RULES)


# --- hooks and package --------------------------------------------------------------------------------------------


def test_hooks_run_once_without_file_names() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "kwlint": "kwlint",
        "kwlint-fix": "kwlint --fix --exit-non-zero-on-fix",
    }
    for hook in hooks:
        flags = (hook["language"], hook["always_run"], hook["pass_filenames"], hook["require_serial"])
        assert flags == ("python", True, False, True)


def test_package_declares_exactly_the_dependencies_that_it_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needs = {re.split(r"[<>=~!]", line)[0] for line in project["dependencies"]}
    assert needs == {"mistune", "pathspec", "pre-commit", "PyYAML", "snowballstemmer"}
    distributions = {"yaml": "PyYAML"}
    imported = {name for path in MODULES for name in imported_roots(path)} - {"kwlint", *sys.stdlib_module_names}
    assert {distributions.get(name, name) for name in imported} | {"pre-commit"} == needs


def imported_roots(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


# --- the program --------------------------------------------------------------------------------------------------


def called_names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_only_cli_prints_only_main_exits_and_only_repo_runs_programs() -> None:
    for path in MODULES:
        name = path.relative_to(PACKAGE).as_posix()
        calls = called_names(path)
        if not name.startswith("cli/") and name != "__main__.py":
            assert "print" not in calls, name
        if name != "__main__.py":
            assert not calls & {"sys.exit", "exit", "quit"}, name
        if name not in ("repo/git_process.py", "repo/git.py"):  # the latter for the types
            assert "subprocess" not in imported_roots(path), name
        assert not calls & {"eval", "exec", "os.system", "pickle.loads", "yaml.unsafe_load", "yaml.full_load"}, name
        assert not imported_roots(path) & {"pickle", "socket", "http", "ssl", "marshal", "shelve"}, name


def test_only_the_markdown_package_imports_mistune() -> None:
    users = {path.relative_to(PACKAGE).parts[0] for path in MODULES if "mistune" in imported_roots(path)}
    assert users == {"markdown"}


def test_kwlint_finds_no_problem_in_its_own_documents() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "kwlint", "--no-cache", "--output-format", "json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert [(found["path"], found["line"], found["code"]) for found in json.loads(done.stdout)] == []
    assert done.returncode == 0


def test_workflows_pin_actions_store_no_credentials_and_have_time_limits() -> None:
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    assert len(workflows) == 2
    for workflow in workflows:
        text = workflow.read_text("utf-8")
        jobs = yaml.safe_load(text)["jobs"]
        assert all(job["timeout-minutes"] <= 60 for job in jobs.values())
        steps = [step for job in jobs.values() for step in job["steps"]]
        used = [step["uses"] for step in steps if "uses" in step]
        assert used
        assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use) for use in used)
        for step in steps:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
