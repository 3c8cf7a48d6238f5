"""Commits through real hooks: pre-commit and prek, installed as a user installs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT

TOOLS = ("pre-commit", "prek")
ALPHA = "# Alpha\n\nSee [the guide](docs/guide.md#setup) and the widget server.\n"
GUIDE = "# Guide\n\n## Setup\n\nInstall the widget server with `widgetctl`.\n"

CONFIG = """\
repos:
  - repo: local
    hooks:
      - id: kwlint-fix
        name: kwlint
        entry: {python} -m kwlint {options}
        language: system
        always_run: true
        pass_filenames: false
        require_serial: true
"""


class Desk(Lab):
    """A repository with the hook installed, and its pages committed."""

    def __init__(self, root: Path, tool: str, options: str = "--fix --exit-non-zero-on-fix") -> None:
        super().__init__(root)
        self.environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(root.parent / "store"),
            "PREK_HOME": str(root.parent / "store"),
            "PREK_NO_FAST_PATH": "1",
        }
        self.write("a.md", ALPHA)
        self.write("docs/guide.md", GUIDE)
        self.write(".pre-commit-config.yaml", CONFIG.format(python=sys.executable, options=options))
        self.settle()
        self.call(tool, "install")

    def commit(self, message: str = "x") -> None:
        """Everything, past the hook."""
        self.stage()
        self.call("git", "commit", "-q", "--allow-empty", "--no-verify", "-m", message)

    def call(self, *command: str, fails: bool = False, cwd: Path | None = None) -> str:
        """What a command prints; it must fail, or must not."""
        done = subprocess.run(
            command, cwd=cwd or self.root, env=self.environment, capture_output=True, text=True, check=False
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, said
        return said

    def commits(self, *options: str, cwd: Path | None = None) -> str:
        return self.call("git", "commit", "-m", "x", *options, cwd=cwd)

    def is_stopped(self, *options: str, cwd: Path | None = None) -> str:
        return self.call("git", "commit", "-m", "x", *options, fails=True, cwd=cwd)

    def committed(self) -> set[str]:
        return set(self.git("ls-tree", "-r", "--name-only", "HEAD").split("\n")) - {""}

    def is_right(self) -> None:
        """What is committed is what kwlint says of it."""
        self.call("git", "clone", "-q", ".", "../clone")
        self.call(sys.executable, "-m", "kwlint", "--no-cache", cwd=self.root.parent / "clone")


@pytest.fixture(params=TOOLS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(tmp_path / "repo", request.param)


@pytest.fixture
def one(tmp_path: Path) -> Desk:
    """With pre-commit alone, for what does not depend on the tool."""
    return Desk(tmp_path / "repo", "pre-commit")


def test_add_edit_rename_delete(desk: Desk) -> None:
    desk.write("new.md", "# New\n\nA gadget reader.\n")
    desk.git("add", "new.md")
    assert "wrote kwdocs/new.md_kw.md" in desk.is_stopped()
    desk.stage()
    desk.commits()
    assert {"new.md", "kwdocs/new.md_kw.md", "kwdocs/new.md_docs.md"} <= desk.committed()

    desk.write("new.md", "# New\n\nA gadget reader.\n\n## Newer\n\nAnd a lens.\n")
    desk.git("add", "new.md")
    desk.is_stopped()
    desk.stage()
    desk.commits()

    desk.git("mv", "new.md", "docs/moved.md")
    said = desk.is_stopped()
    deleted = {"deleted kwdocs/new.md_docs.md", "deleted kwdocs/new.md_kw.md"}
    assert deleted <= set(map(str.strip, said.splitlines()))
    desk.stage()
    desk.commits()
    assert "kwdocs/docs/moved.md_kw.md" in desk.committed()
    assert "kwdocs/new.md_kw.md" not in desk.committed()

    desk.git("rm", "-q", "docs/moved.md")
    desk.is_stopped()
    desk.stage()
    desk.commits()
    assert not [path for path in desk.committed() if "moved" in path]
    desk.is_right()


def test_nothing_to_do_lets_the_commit_pass(desk: Desk) -> None:
    desk.write("code.py", "print()\n")
    desk.stage()
    desk.commits()


def test_new_pages_left_unstaged_stop_the_next_try_too(desk: Desk) -> None:
    desk.write("new.md", "# New\n")
    desk.git("add", "new.md")
    desk.is_stopped()
    assert "KW007" in desk.is_stopped()
    desk.stage()
    desk.commits()


def test_broken_link_stops_the_commit(desk: Desk) -> None:
    desk.write("a.md", ALPHA.replace("guide.md", "missing.md"))
    desk.git("add", "a.md")
    assert "a.md:3:17: KW101" in desk.is_stopped()


def test_pages_are_made_from_what_is_staged(desk: Desk) -> None:
    staged = f"{GUIDE}\n## Staged part\n\nThe flux capacitor.\n"
    desk.write("docs/guide.md", staged)
    desk.git("add", "docs/guide.md")
    desk.write("docs/guide.md", f"{staged}\n## Unstaged part\n\nThe phase inverter.\n")
    desk.is_stopped()
    assert "Unstaged part" in desk.read("docs/guide.md")
    page = desk.read("kwdocs/docs/guide.md_docs.md")
    assert "Staged part" in page
    assert "Unstaged part" not in page
    desk.git("add", "kwdocs")
    desk.commits()
    assert "Unstaged part" in desk.read("docs/guide.md")
    desk.is_right()


def test_commit_all(one: Desk) -> None:
    one.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    one.is_stopped("-a")
    one.commits("-a")
    one.is_right()


def test_commit_of_a_path_leaves_the_rest_of_the_index_alone(one: Desk) -> None:
    one.write("other.txt", "staged, not committed\n")
    one.git("add", "other.txt")
    one.write("docs/guide.md", GUIDE.replace("Install", "Set up"))
    one.is_stopped("docs/guide.md")
    one.call("git", "commit", "-m", "x", "docs/guide.md", "kwdocs")
    assert "other.txt" not in one.committed()
    one.is_right()


def test_amend(one: Desk) -> None:
    one.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    one.stage()
    one.is_stopped("--amend")
    one.stage()
    one.commits("--amend")
    one.is_right()


def test_linked_worktree(one: Desk) -> None:
    tree = one.root.parent / "tree"
    one.git("worktree", "add", "-q", "-b", "side", str(tree))
    (tree / "side.md").write_text("# Side\n")
    one.call("git", "add", "-A", cwd=tree)
    one.is_stopped(cwd=tree)
    one.call("git", "add", "-A", cwd=tree)
    one.commits(cwd=tree)
    assert not (one.root / "kwdocs" / "side.md_kw.md").exists()


def test_merge_without_conflict_is_made_right(one: Desk) -> None:
    one.write(".gitattributes", "kwdocs/** merge=union linguist-generated\n")
    one.commit()
    for branch, name in (("left", "left.md"), ("right", "right.md")):
        one.git("checkout", "-q", "-b", branch, "main")
        one.write(name, f"# {name}\n\nThe {branch} gadget, see [the guide](docs/guide.md).\n")
        one.settle()
    one.call("git", "merge", "-q", "--no-commit", "left")
    one.call("git", "commit", "-q", "--no-edit", "--no-verify")
    one.call(sys.executable, "-m", "kwlint", "--fix")
    one.stage()
    one.commits("--allow-empty")
    one.is_right()


def test_checking_hook_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "repo", "pre-commit", options="")
    desk.write("new.md", "# New\n")
    desk.git("add", "new.md")
    assert "KW001" in desk.is_stopped()
    assert not (desk.root / "kwdocs" / "new.md_kw.md").exists()


def test_hook_is_installed_from_the_projects_checkout(tmp_path: Path) -> None:
    """The whole way: pre-commit clones the project, builds an environment, and runs what `.pre-commit-hooks.yaml`
    says."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    desk = Desk(tmp_path / "repo", "pre-commit")
    desk.environment.pop("PYTHONPATH")
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    hooks = "".join(f"      - id: {name}\n" for name in ("kwlint", "kwlint-fix"))
    desk.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: file://{ROOT}\n    rev: {revision.stdout.strip()}\n    hooks:\n{hooks}",
    )
    desk.write("new.md", "# New\n")
    desk.stage()
    said = desk.is_stopped()
    assert "KW001" in said
    assert "wrote kwdocs/new.md_kw.md" in said
    desk.stage()
    desk.commits()


def test_rename_of_letter_case_alone(desk: Desk) -> None:
    desk.git("mv", "docs/guide.md", "docs/Guide.md")
    desk.is_stopped()
    assert "(docs/Guide.md#setup)" in desk.read("a.md")
    desk.stage()
    desk.commits()
    assert {path for path in desk.committed() if "uide.md_kw" in path} == {"kwdocs/docs/Guide.md_kw.md"}
    desk.is_right()


def test_copy(desk: Desk) -> None:
    desk.write("docs/copy.md", GUIDE)
    desk.git("add", "docs/copy.md")
    desk.is_stopped()
    desk.stage()
    desk.commits()
    assert {"kwdocs/docs/copy.md_kw.md", "kwdocs/docs/guide.md_kw.md"} <= desk.committed()
    desk.is_right()


@pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
def test_conflict_in_pages_ends_with_right_pages(one: Desk, command: str) -> None:
    """Without `merge=union`: git stops at the pages, and `--fix` makes them whatever stands in them."""
    one.git("checkout", "-q", "-b", "side")
    one.write("side.md", "# Side\n\nA gadget reader.\n")
    one.settle()
    one.git("checkout", "-q", "main")
    one.write("mine.md", "# Mine\n\nA gasket ring.\n")
    one.settle()
    said = one.call("git", command, "side", fails=True)
    assert "kwdocs/" in said
    assert "<<<<<<<" in one.read("kwdocs/index.md")
    one.call(sys.executable, "-m", "kwlint", "--fix")
    one.stage()
    one.call("git", "-c", "core.editor=true", command, "--continue")
    assert {"side.md", "mine.md", "kwdocs/side.md_kw.md", "kwdocs/mine.md_kw.md"} <= one.committed()
    one.is_right()


def test_stash_and_back(one: Desk) -> None:
    one.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    one.git("stash", "-q")
    one.write("new.md", "# New\n")
    one.stage()
    one.is_stopped()
    one.stage()
    one.commits()
    one.git("stash", "pop", "-q")
    assert "More" not in one.read("kwdocs/docs/guide.md_docs.md")
    one.is_stopped("-a")
    assert "More" in one.read("kwdocs/docs/guide.md_docs.md")
    one.commits("-a")
    one.is_right()


def test_source_in_conflict_is_left_as_it_is(one: Desk) -> None:
    one.git("checkout", "-q", "-b", "side")
    one.write("docs/guide.md", GUIDE.replace("Install", "Unpack"))
    one.settle()
    one.git("checkout", "-q", "main")
    one.write("docs/guide.md", GUIDE.replace("Install", "Fetch"))
    one.settle()
    one.call("git", "merge", "-q", "side", fails=True)
    conflict = one.read("docs/guide.md")
    assert "<<<<<<<" in conflict
    one.call(sys.executable, "-m", "kwlint", "--fix")
    assert one.read("docs/guide.md") == conflict
    one.write("docs/guide.md", GUIDE.replace("Install", "Fetch and unpack"))
    one.stage()
    one.call(sys.executable, "-m", "kwlint", "--fix")
    one.stage()
    one.commits()
    one.is_right()
