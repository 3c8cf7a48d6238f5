"""What is checked is what git would commit, not always what is on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab, codes
from paths import ROOT

from kwlint.engine.pipeline import contents_of
from kwlint.repo import git

PUMP = "# Pump\n\nThe bilge pump of the harbour ferry. See [valves](valves.md#inlet).\n\n## Hose\n"
VALVES = "# Valves\n\n## Inlet\n\nThe inlet valve opens at low pressure. See [the pump](pump.md).\n"


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    lab = Lab(tmp_path / "repo")
    lab.write("pump.md", PUMP)
    lab.write("parts/valves.md", VALVES.replace("pump.md", "../pump.md"))
    lab.write("pump.md", PUMP.replace("valves.md", "parts/valves.md"))
    return lab


def test_document_outside_of_a_sparse_checkout_is_read_from_git(lab: Lab) -> None:
    lab.settle()
    lab.git("sparse-checkout", "set", "kwdocs")
    assert not (lab.root / "parts" / "valves.md").exists()
    for cache in (True, False):
        assert lab.check(use_cache=cache) == ()
    lab.fix()
    assert lab.moved() == []


@pytest.mark.parametrize("bit", ["--assume-unchanged", "--skip-worktree"])
def test_edit_that_git_does_not_look_at_does_not_count(lab: Lab, bit: str) -> None:
    lab.settle()
    lab.git("update-index", bit, "pump.md")
    lab.write("pump.md", "# Dynamo\n\nThe dynamo of the harbour ferry.\n\n## Use\n")
    for cache in (True, False):
        assert lab.check(use_cache=cache) == ()


def test_page_that_git_does_not_look_at_has_to_be_up_to_date_in_the_index(lab: Lab) -> None:
    lab.settle()
    lab.git("update-index", "--skip-worktree", "kwdocs/pump.md_kw.md")
    lab.write("pump.md", f"{PUMP}\n## Impeller\n\nThe bronze impeller.\n".replace("valves.md", "parts/valves.md"))
    lab.stage()
    lab.fix()
    lab.stage()
    problems = lab.check()
    assert codes(problems) == [("KW007", "kwdocs/pump.md_kw.md")]
    for command in problems[0].hint.split("`")[1::2]:
        lab.git(*command.split()[1:])
    assert lab.check() == ()


def test_keyword_that_git_expands_on_checkout_is_not_in_the_content(lab: Lab) -> None:
    lab.write(".gitattributes", "*.md ident\n")
    lab.write("pump.md", PUMP.replace("valves.md", "parts/valves.md") + "\n`$Id$`\n")
    lab.settle()
    lab.remove("pump.md")
    lab.git("checkout", "-q", "pump.md")
    assert "$Id: " in lab.read("pump.md")
    for cache in (True, False):
        assert lab.check(use_cache=cache) == ()


def test_pointer_of_a_large_file_is_not_a_document(lab: Lab) -> None:
    lab.settle()
    lab.write("chart.md", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n")
    lab.write("README.md", "# Ferry\n\nSee [the chart](chart.md#depths) of the harbour.\n")
    lab.settle()
    assert lab.check() == ()
    assert not (lab.root / "kwdocs" / "chart.md_kw.md").exists()


def test_pages_that_need_a_document_that_a_partial_clone_lacks_are_not_judged(lab: Lab, tmp_path: Path) -> None:
    lab.settle()
    lab.git("config", "uploadpack.allowFilter", "true")
    lab.git("clone", "-q", "--no-checkout", "--filter=blob:none", lab.root.as_uri(), str(tmp_path / "partial"))
    partial = Lab(tmp_path / "partial")
    partial.git("sparse-checkout", "set", "kwdocs")
    partial.git("checkout", "-q", "main")
    result = partial.result()
    assert result.problems == ()
    assert "git does not have the content" in "".join(result.notes)
    partial.fix()
    assert partial.moved() == []
    partial.git("cat-file", "blob", "HEAD:parts/valves.md")  # fetches it
    assert partial.result().notes == ()


def test_commit_hook_reads_the_index(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.settle()
    lab.write("pump.md", "# Dynamo\n\nThe dynamo of the harbour ferry.\n\n## Use\n")
    lab.remove("parts/valves.md")
    lab.write("draft.md", "# Draft\n\nThe keel of the ferry.\n")
    lab.git("add", "-N", "draft.md")
    assert lab.check()
    monkeypatch.setenv("GIT_INDEX_FILE", str(lab.root / ".git" / "index"))
    assert lab.check() == ()
    monkeypatch.setenv("PRE_COMMIT", "1")  # which has moved unstaged changes away: what differs is another hook's edit
    assert lab.check()


def test_commit_hook_compares_the_page_in_the_index(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.settle()
    lab.write("pump.md", "# Dynamo\n\nThe dynamo of the harbour ferry.\n\n## Use\n")
    lab.git("add", "pump.md")
    lab.fix()
    monkeypatch.setenv("GIT_INDEX_FILE", str(lab.root / ".git" / "index"))
    assert {code for code, path in codes(lab.check()) if "pump" in path} == {"KW007"}
    lab.stage()
    lab.write("kwdocs/pump.md_kw.md", "something else on disk\n")
    assert lab.check() == ()


def test_contents_are_read_together(lab: Lab) -> None:
    lab.commit()
    lab.git("update-index", "--skip-worktree", "pump.md")
    lab.remove("pump.md")
    repository = git.open_repository(lab.root)
    contents = contents_of(repository, git.read_status(repository), lab.config)
    contents.load(["pump.md", "parts/valves.md"])
    assert contents.read("pump.md").decode().startswith("# Pump")
    assert contents.read("parts/valves.md").decode().startswith("# Valves")


def test_unreadable_document_is_an_error_and_keeps_its_pages(lab: Lab) -> None:
    unprivileged = []
    if os.access("/proc/1/mem", os.R_OK) or os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("the super-user reads all files, and there is no setpriv")
        unprivileged = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    lab.settle()
    (lab.root / "pump.md").chmod(0)
    command = [*unprivileged, sys.executable, "-m", "kwlint"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for options in (["--fix", "--no-cache"], ["--fix"]):
        done = subprocess.run([*command, *options], cwd=lab.root, env=environment, capture_output=True, text=True)
        if "Operation not permitted" in done.stderr:
            pytest.skip("setpriv is not allowed here")
        assert done.returncode == 2, done.stderr
        assert "cannot read pump.md: permission denied" in done.stderr
    assert lab.moved() == []
    (lab.root / "pump.md").chmod(0o644)
    assert lab.check() == ()


def test_configuration_below_the_root_is_noted(lab: Lab) -> None:
    lab.write("parts/kwlint.toml", 'ignore = ["KW101"]\n')
    lab.settle()
    for _ in range(2):
        assert "parts/kwlint.toml has no effect" in "".join(lab.result().notes)
    lab.config = lab.config._replace(exclude=("parts/",))
    assert lab.result().notes == ()
