"""The clean stamp answers while nothing has changed, and no longer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT

from kwlint.engine.clean_stamp import load_message
from kwlint.repo import git_process

CLEAN = (0, "", "No problems in 2 documents.\n")


def run(lab: Lab, *arguments: str, below: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command line."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        [sys.executable, "-m", "kwlint", *arguments],
        cwd=lab.root / below,
        env=variables | {"PYTHONPATH": str(ROOT)} | environment,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def stamp(lab: Lab) -> Path:
    return lab.cache / "clean"


def is_reused(lab: Lab, *arguments: str) -> bool:
    """Whether a run answers without the store: then it does not make the store anew."""
    store = lab.cache / "store.sqlite"
    store.unlink(missing_ok=True)
    assert run(lab, *arguments)[0] == 0
    return not store.exists()


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    made = Lab(tmp_path / "repository")
    made.write("a.md", "# A\n\nSee [b](b.md) and [notes](b.md#b).\n\n## Use\n")
    made.write("b.md", "# B\n\nThe `event_loop` runs.\n\n## Use\n")
    made.write(".gitignore", "ignored*\n")
    made.settle()
    assert run(made) == CLEAN
    assert stamp(made).exists()
    return made


def test_unchanged_repository_needs_no_store(lab: Lab) -> None:
    assert is_reused(lab)


@pytest.mark.skipif(not hasattr(os, "posix_spawnp"), reason="the system has no call for it")
@pytest.mark.usefixtures("without_coverage")
def test_unchanged_repository_loads_no_program(lab: Lab) -> None:
    said = run(lab, PYTHONPROFILEIMPORTTIME="1")[2]
    loaded = {line.rpartition("|")[2].strip() for line in said.splitlines()}
    ours = {name for name in loaded if name.startswith("kwlint")} - {"kwlint._digest"}  # only a wheel has it
    assert ours == {
        "kwlint", "kwlint.engine", "kwlint.engine.cache_folder", "kwlint.engine.clean_stamp",
        "kwlint.engine.package_digest", "kwlint.repo", "kwlint.repo.git_process", "kwlint.repo.hashing",
    }  # fmt: skip
    assert not loaded & {"subprocess", "threading", "typing", "sqlite3", "json"}
    assert run(lab) == CLEAN


@pytest.mark.parametrize(
    "arguments", [["--fix"], ["--fix", "--stage"], ["--exit-zero"], ["--exit-non-zero-on-fix", "-q"]]
)
def test_flags_without_effect_share_the_stamp(lab: Lab, arguments: list[str]) -> None:
    assert is_reused(lab, *arguments)
    assert run(lab, *arguments) == run(lab, "--no-cache", *arguments)


@pytest.mark.parametrize(
    "arguments",
    [["--stage"], ["a.md"], ["--statistics"], ["--diff"], ["--no-cache"], ["--select", "KW1"], ["--isolated"], ["-v"],
     ["--output-format", "json"], ["--fix", "--fix"]],
)  # fmt: skip
def test_other_command_lines_run_the_program(lab: Lab, arguments: list[str]) -> None:
    said = run(lab, *arguments)
    stamp(lab).unlink()
    assert said == run(lab, *arguments)


def edit(lab: Lab) -> None:
    lab.write("a.md", "# A\n\nSee [b](missing.md).\n")


def edit_and_stage(lab: Lab) -> None:
    edit(lab)
    lab.stage()


def edit_to_the_same_size_and_time(lab: Lab) -> None:
    place = lab.root / "a.md"
    times = place.stat()
    place.write_bytes(place.read_bytes().replace(b"b.md)", b"x.md)"))
    os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))


def remove_the_target(lab: Lab) -> None:
    lab.remove("b.md")


def edit_a_page(lab: Lab) -> None:
    lab.write("kwdocs/a.md_kw.md", lab.read("kwdocs/a.md_kw.md") + "more\n")


def leave_a_page_untracked(lab: Lab) -> None:
    lab.write("kwdocs/z.md_kw.md", lab.read("kwdocs/a.md_kw.md"))


def add_a_document(lab: Lab) -> None:
    lab.write("c.md", "# C\n")


def configure(lab: Lab) -> None:
    lab.write("kwlint.toml", 'pages = ["keywords"]\n')


def configure_where_git_does_not_look(lab: Lab) -> None:
    lab.write(".git/info/exclude", "kwlint.toml\n")
    configure(lab)


def configure_wrongly(lab: Lab) -> None:
    lab.write("pyproject.toml", "[tool.kwlint]\npages = 3\n")


def commit_another_state(lab: Lab) -> None:
    edit(lab)
    lab.commit()


def lose_the_end(lab: Lab) -> None:
    stamp(lab).write_bytes(stamp(lab).read_bytes()[:-5])


def lose_all_but_the_start(lab: Lab) -> None:
    stamp(lab).write_bytes(stamp(lab).read_bytes()[:20])


def change_what_is_said(lab: Lab) -> None:
    stamp(lab).write_bytes(stamp(lab).read_bytes().replace(b"2 documents", b"9 documents"))


def empty_it(lab: Lab) -> None:
    stamp(lab).write_bytes(b"")


def put_a_folder_in_its_place(lab: Lab) -> None:
    stamp(lab).unlink()
    stamp(lab).mkdir()


@pytest.mark.parametrize(
    "change",
    [edit, edit_and_stage, edit_to_the_same_size_and_time, remove_the_target, edit_a_page, leave_a_page_untracked,
     add_a_document, configure, configure_where_git_does_not_look, configure_wrongly, commit_another_state,
     lose_the_end, lose_all_but_the_start, change_what_is_said, empty_it, put_a_folder_in_its_place],
)  # fmt: skip
def test_any_change_invalidates_the_stamp(lab: Lab, change: Callable[[Lab], None]) -> None:
    change(lab)
    expected = run(lab, "--no-cache")
    assert run(lab) == expected
    assert run(lab) == expected


def test_ignored_link_target_is_not_judged(lab: Lab) -> None:
    lab.write("a.md", "# A\n\nSee [it](ignored.txt) and [b](b.md).\n")
    lab.write("ignored.txt", "there")
    lab.settle()
    assert run(lab) == run(lab) == CLEAN
    lab.remove("ignored.txt")
    assert run(lab) == run(lab, "--no-cache") == CLEAN


def test_stamp_of_another_version_is_not_used(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lab.root)
    ahead = git_process.prefetch()
    assert ahead
    assert load_message(ahead, []) == CLEAN[2]
    monkeypatch.setattr("kwlint.engine.clean_stamp.package_digest", lambda: "0")
    assert load_message(ahead, []) is None
    git_process.prefetched_status(lab.root / "elsewhere")


def test_untracked_baseline_is_read_in_each_run(lab: Lab) -> None:
    lab.write("kwlint.toml", 'baseline = "ignored.baseline"\n')
    lab.settle()
    assert run(lab)[0] != 0
    assert run(lab, "baseline")[0] == 0
    assert run(lab) == CLEAN
    lab.remove("ignored.baseline")
    assert run(lab) == run(lab, "--no-cache") != CLEAN


def test_index_named_by_the_environment_is_used(lab: Lab) -> None:
    other = lab.root / ".git" / "other"
    other.write_bytes((lab.root / ".git" / "index").read_bytes())
    subprocess.run(
        ["git", "rm", "-q", "--cached", "b.md"],
        cwd=lab.root,
        env=os.environ | {"GIT_INDEX_FILE": str(other)},
        check=True,
    )
    said = run(lab, GIT_INDEX_FILE=str(other))
    assert said == run(lab, "--no-cache", GIT_INDEX_FILE=str(other)) != CLEAN
    assert run(lab) == CLEAN


def test_stamp_serves_subfolders_and_worktrees(lab: Lab) -> None:
    lab.write("deep/c.md", "# C\n")
    lab.settle()
    assert run(lab, below="deep") == run(lab, below="deep") == (0, "", "No problems in 3 documents.\n")
    lab.git("worktree", "add", "-q", "../tree")
    tree = Lab(lab.root.parent / "tree")
    assert run(tree) == (0, "", "No problems in 3 documents.\n")
    assert is_reused(tree)
    edit(tree)
    assert run(tree) == run(tree, "--no-cache") != run(lab)


def test_read_only_cache_costs_time_only(lab: Lab) -> None:
    shutil.rmtree(lab.cache)
    lab.cache.write_text("a file")
    assert run(lab) == run(lab) == CLEAN
