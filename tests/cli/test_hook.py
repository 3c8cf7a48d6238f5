"""Commits with real hooks: pre-commit and prek, installed as users install them."""

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


class HookedRepository(Lab):
    """A repository with an installed hook and committed pages."""

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
        """Commit everything without the hook."""
        self.stage()
        self.call("git", "commit", "-q", "--allow-empty", "--no-verify", "-m", message)

    def call(self, *command: str, fails: bool = False, cwd: Path | None = None) -> str:
        """Return what a command prints. It must fail if `fails`, and succeed if not."""
        done = subprocess.run(
            command, cwd=cwd or self.root, env=self.environment, capture_output=True, text=True, check=False
        )
        output = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, output
        return output

    def commits(self, *options: str, cwd: Path | None = None) -> str:
        return self.call("git", "commit", "-m", "x", *options, cwd=cwd)

    def is_blocked(self, *options: str, cwd: Path | None = None) -> str:
        return self.call("git", "commit", "-m", "x", *options, fails=True, cwd=cwd)

    def committed(self) -> set[str]:
        return set(self.git("ls-tree", "-r", "--name-only", "HEAD").split("\n")) - {""}

    def assert_clean_clone(self) -> None:
        """Check that kwlint reports no problems in a clone of the commit."""
        self.call("git", "clone", "-q", ".", "../clone")
        self.call(sys.executable, "-m", "kwlint", "--no-cache", cwd=self.root.parent / "clone")


@pytest.fixture(params=TOOLS)
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> HookedRepository:
    return HookedRepository(tmp_path / "repo", request.param)


@pytest.fixture
def with_pre_commit(tmp_path: Path) -> HookedRepository:
    """A repository with pre-commit, for tests that do not depend on the tool."""
    return HookedRepository(tmp_path / "repo", "pre-commit")


def test_add_edit_rename_delete(repository: HookedRepository) -> None:
    repository.write("new.md", "# New\n\nA gadget reader.\n\n## Use\n")
    repository.git("add", "new.md")
    assert "wrote kwdocs/new.md_kw.md" in repository.is_blocked()
    repository.stage()
    repository.commits()
    assert {"new.md", "kwdocs/new.md_kw.md", "kwdocs/new.md_docs.md"} <= repository.committed()

    repository.write("new.md", "# New\n\nA gadget reader.\n\n## Newer\n\nAnd a lens.\n")
    repository.git("add", "new.md")
    repository.is_blocked()
    repository.stage()
    repository.commits()

    repository.git("mv", "new.md", "docs/moved.md")
    output = repository.is_blocked()
    deleted = {"deleted kwdocs/new.md_docs.md", "deleted kwdocs/new.md_kw.md"}
    assert deleted <= set(map(str.strip, output.splitlines()))
    repository.stage()
    repository.commits()
    assert "kwdocs/docs/moved.md_kw.md" in repository.committed()
    assert "kwdocs/new.md_kw.md" not in repository.committed()

    repository.git("rm", "-q", "docs/moved.md")
    repository.is_blocked()
    repository.stage()
    repository.commits()
    assert not [path for path in repository.committed() if "moved" in path]
    repository.assert_clean_clone()


def test_commit_without_changed_documents_passes(repository: HookedRepository) -> None:
    repository.write("code.py", "print()\n")
    repository.stage()
    repository.commits()


def test_unstaged_new_pages_block_the_next_commit_too(repository: HookedRepository) -> None:
    repository.write("new.md", "# New\n\n## Use\n")
    repository.git("add", "new.md")
    repository.is_blocked()
    assert "KW007" in repository.is_blocked()
    repository.stage()
    repository.commits()


def test_broken_link_blocks_the_commit(repository: HookedRepository) -> None:
    repository.write("a.md", ALPHA.replace("guide.md", "missing.md"))
    repository.git("add", "a.md")
    assert "a.md:3:17: KW101" in repository.is_blocked()


def test_pages_are_generated_from_staged_content(repository: HookedRepository) -> None:
    staged = f"{GUIDE}\n## Staged part\n\nThe flux capacitor.\n"
    repository.write("docs/guide.md", staged)
    repository.git("add", "docs/guide.md")
    repository.write("docs/guide.md", f"{staged}\n## Unstaged part\n\nThe phase inverter.\n")
    repository.is_blocked()
    assert "Unstaged part" in repository.read("docs/guide.md")
    page = repository.read("kwdocs/docs/guide.md_kw.md")
    assert "Staged part" in page
    assert "Unstaged part" not in page
    repository.git("add", "kwdocs")
    repository.commits()
    assert "Unstaged part" in repository.read("docs/guide.md")
    repository.assert_clean_clone()


def test_commit_all(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    with_pre_commit.is_blocked("-a")
    with_pre_commit.commits("-a")
    with_pre_commit.assert_clean_clone()


def test_commit_of_a_path_does_not_change_the_rest_of_the_index(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.write("other.txt", "staged, not committed\n")
    with_pre_commit.git("add", "other.txt")
    with_pre_commit.write("docs/guide.md", GUIDE.replace("Install", "Set up"))
    with_pre_commit.is_blocked("docs/guide.md")
    with_pre_commit.call("git", "commit", "-m", "x", "docs/guide.md", "kwdocs")
    assert "other.txt" not in with_pre_commit.committed()
    with_pre_commit.assert_clean_clone()


def test_amend(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    with_pre_commit.stage()
    with_pre_commit.is_blocked("--amend")
    with_pre_commit.stage()
    with_pre_commit.commits("--amend")
    with_pre_commit.assert_clean_clone()


def test_linked_worktree(with_pre_commit: HookedRepository) -> None:
    tree = with_pre_commit.root.parent / "tree"
    with_pre_commit.git("worktree", "add", "-q", "-b", "side", str(tree))
    (tree / "side.md").write_text("# Side\n")
    with_pre_commit.call("git", "add", "-A", cwd=tree)
    with_pre_commit.is_blocked(cwd=tree)
    with_pre_commit.call("git", "add", "-A", cwd=tree)
    with_pre_commit.commits(cwd=tree)
    assert not (with_pre_commit.root / "kwdocs" / "side.md_kw.md").exists()


def test_pages_are_correct_after_a_merge_without_conflict(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.write(".gitattributes", "kwdocs/** merge=union linguist-generated\n")
    with_pre_commit.commit()
    for branch, name in (("left", "left.md"), ("right", "right.md")):
        with_pre_commit.git("checkout", "-q", "-b", branch, "main")
        with_pre_commit.write(name, f"# {name}\n\nThe {branch} gadget, see [the guide](docs/guide.md).\n\n## Use\n")
        with_pre_commit.settle()
    with_pre_commit.call("git", "merge", "-q", "--no-commit", "left")
    with_pre_commit.call("git", "commit", "-q", "--no-edit", "--no-verify")
    with_pre_commit.call(sys.executable, "-m", "kwlint", "--fix")
    with_pre_commit.stage()
    with_pre_commit.commits("--allow-empty")
    with_pre_commit.assert_clean_clone()


def test_checking_hook_writes_nothing(tmp_path: Path) -> None:
    repository = HookedRepository(tmp_path / "repo", "pre-commit", options="")
    repository.write("new.md", "# New\n\n## Use\n")
    repository.git("add", "new.md")
    assert "KW001" in repository.is_blocked()
    assert not (repository.root / "kwdocs" / "new.md_kw.md").exists()


def test_hook_is_installed_from_the_projects_checkout(tmp_path: Path) -> None:
    """pre-commit clones the project, builds an environment, and runs the hooks of `.pre-commit-hooks.yaml`."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    repository = HookedRepository(tmp_path / "repo", "pre-commit")
    repository.environment.pop("PYTHONPATH")
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    hooks = "".join(f"      - id: {name}\n" for name in ("kwlint", "kwlint-fix"))
    repository.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: file://{ROOT}\n    rev: {revision.stdout.strip()}\n    hooks:\n{hooks}",
    )
    repository.write("new.md", "# New\n\n## Use\n")
    repository.stage()
    output = repository.is_blocked()
    assert "KW001" in output
    assert "wrote kwdocs/new.md_kw.md" in output
    repository.stage()
    repository.commits()


def test_rename_of_letter_case_alone(repository: HookedRepository) -> None:
    repository.git("mv", "docs/guide.md", "docs/Guide.md")
    repository.is_blocked()
    assert "(docs/Guide.md#setup)" in repository.read("a.md")
    repository.stage()
    repository.commits()
    assert {path for path in repository.committed() if "uide.md_kw" in path} == {"kwdocs/docs/Guide.md_kw.md"}
    repository.assert_clean_clone()


def test_copy(repository: HookedRepository) -> None:
    repository.write("docs/copy.md", GUIDE)
    repository.git("add", "docs/copy.md")
    repository.is_blocked()
    repository.stage()
    repository.commits()
    assert {"kwdocs/docs/copy.md_kw.md", "kwdocs/docs/guide.md_kw.md"} <= repository.committed()
    repository.assert_clean_clone()


@pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
def test_fix_resolves_a_conflict_in_pages(with_pre_commit: HookedRepository, command: str) -> None:
    """Without `merge=union`, git stops at the pages, and `--fix` regenerates them from the documents."""
    with_pre_commit.git("checkout", "-q", "-b", "side")
    with_pre_commit.write("side.md", "# Side\n\nA gadget reader.\n\n## Use\n")
    with_pre_commit.settle()
    with_pre_commit.git("checkout", "-q", "main")
    with_pre_commit.write("mine.md", "# Mine\n\nA gasket ring.\n\n## Use\n")
    with_pre_commit.settle()
    output = with_pre_commit.call("git", command, "side", fails=True)
    assert "kwdocs/" in output
    assert "<<<<<<<" in with_pre_commit.read("kwdocs/index.md")
    with_pre_commit.call(sys.executable, "-m", "kwlint", "--fix")
    with_pre_commit.stage()
    with_pre_commit.call("git", "-c", "core.editor=true", command, "--continue")
    assert {"side.md", "mine.md", "kwdocs/side.md_kw.md", "kwdocs/mine.md_kw.md"} <= with_pre_commit.committed()
    with_pre_commit.assert_clean_clone()


def test_stash_and_pop(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.write("docs/guide.md", f"{GUIDE}\n## More\n\nThe flux capacitor.\n")
    with_pre_commit.git("stash", "-q")
    with_pre_commit.write("new.md", "# New\n\n## Use\n")
    with_pre_commit.stage()
    with_pre_commit.is_blocked()
    with_pre_commit.stage()
    with_pre_commit.commits()
    with_pre_commit.git("stash", "pop", "-q")
    assert "More" not in with_pre_commit.read("kwdocs/docs/guide.md_kw.md")
    with_pre_commit.is_blocked("-a")
    assert "More" in with_pre_commit.read("kwdocs/docs/guide.md_kw.md")
    with_pre_commit.commits("-a")
    with_pre_commit.assert_clean_clone()


def test_document_with_a_conflict_is_not_changed(with_pre_commit: HookedRepository) -> None:
    with_pre_commit.git("checkout", "-q", "-b", "side")
    with_pre_commit.write("docs/guide.md", GUIDE.replace("Install", "Unpack"))
    with_pre_commit.settle()
    with_pre_commit.git("checkout", "-q", "main")
    with_pre_commit.write("docs/guide.md", GUIDE.replace("Install", "Fetch"))
    with_pre_commit.settle()
    with_pre_commit.call("git", "merge", "-q", "side", fails=True)
    conflict = with_pre_commit.read("docs/guide.md")
    assert "<<<<<<<" in conflict
    with_pre_commit.call(sys.executable, "-m", "kwlint", "--fix")
    assert with_pre_commit.read("docs/guide.md") == conflict
    with_pre_commit.write("docs/guide.md", GUIDE.replace("Install", "Fetch and unpack"))
    with_pre_commit.stage()
    with_pre_commit.call(sys.executable, "-m", "kwlint", "--fix")
    with_pre_commit.stage()
    with_pre_commit.commits()
    with_pre_commit.assert_clean_clone()


# --- hooks that do not put unstaged changes aside -------------------------------------------------------------------


class PlainHook(HookedRepository):
    """A repository with git's own hook."""

    def __init__(self, root: Path, options: str) -> None:
        super().__init__(root, "true")
        hook = root / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{sys.executable} -m kwlint {options}\n")
        hook.chmod(0o755)


def test_staging_hook_commits_nothing_of_a_document_that_is_not_staged(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix --stage")
    repository.write("docs/guide.md", f"{GUIDE}\n## Anchors\n\nThe bow anchor.\n")
    repository.git("add", "docs/guide.md")
    repository.write("docs/guide.md", f"{GUIDE}\n## Anchors\n\nThe bow anchor.\n\n## Rudder\n\nThe spade rudder.\n")
    repository.write("a.md", f"{ALPHA}\nThe compass rose.\n")
    repository.commits()
    committed = repository.git("show", "HEAD")
    assert "bow anchor" in committed
    assert "rudder" not in committed
    assert "compass" not in committed
    assert "rudder" in repository.read("docs/guide.md")
    repository.assert_clean_clone()


def test_staging_hook_stages_the_documents_that_it_fixed(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix --stage")
    repository.git("mv", "docs/guide.md", "docs/manual.md")
    repository.commits()
    assert "docs/manual.md#setup" in repository.git("show", "HEAD:a.md")
    repository.assert_clean_clone()


def test_document_with_staged_and_unstaged_changes_is_not_fixed(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix --stage")
    repository.write("a.md", f"{ALPHA}\nThe compass rose.\n")
    repository.git("mv", "docs/guide.md", "docs/manual.md")
    output = repository.is_blocked()
    assert "did not change a.md: its staged and unstaged versions differ" in output
    assert repository.read("a.md") == f"{ALPHA}\nThe compass rose.\n"


def test_hook_that_fixes_without_staging_blocks_the_commit(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix")
    repository.write("docs/guide.md", f"{GUIDE}\n## Anchors\n\nThe bow anchor.\n")
    repository.git("add", "docs/guide.md")
    assert "`git add kwdocs`" in repository.is_blocked()
    repository.git("add", "kwdocs")
    repository.commits()
    repository.assert_clean_clone()


def test_commit_of_a_path_is_blocked_with_the_way_out(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix --stage")
    repository.write("docs/guide.md", f"{GUIDE}\n## Anchors\n\nThe bow anchor.\n")
    for _ in range(2):
        assert "`git commit PATH kwdocs`" in repository.is_blocked("docs/guide.md")
        repository.git("add", "kwdocs")
    repository.commits("docs/guide.md", "kwdocs")
    repository.assert_clean_clone()


def test_configuration_that_is_not_staged_blocks_the_commit(tmp_path: Path) -> None:
    repository = PlainHook(tmp_path / "repo", "--fix --stage")
    repository.write("kwlint.toml", 'pages = ["keywords"]\n')
    repository.write("code.py", "print()\n")
    repository.git("add", "code.py")
    assert "kwlint.toml has changes that are not staged" in repository.is_blocked()
    repository.git("add", "kwlint.toml")
    repository.commits()
    repository.assert_clean_clone()


@pytest.mark.parametrize("tool", TOOLS)
def test_staging_is_refused_where_unstaged_changes_are_restored_later(tmp_path: Path, tool: str) -> None:
    repository = HookedRepository(tmp_path / "repo", tool, "--fix --stage")
    staged = GUIDE.replace("Install", "Set up")
    repository.write("docs/guide.md", staged)
    repository.git("add", "docs/guide.md")
    repository.write("docs/guide.md", f"{staged}\n## Rudder\n\nThe spade rudder.\n")
    repository.call(sys.executable, "-m", "kwlint", "--fix")
    assert "--stage: not under pre-commit" in repository.is_blocked()
    assert "rudder" in repository.read("docs/guide.md")


def test_pages_that_are_rolled_back_are_explained(with_pre_commit: HookedRepository) -> None:
    staged = GUIDE.replace("Install", "Set up")
    with_pre_commit.write("docs/guide.md", staged)
    with_pre_commit.git("add", "docs/guide.md")
    with_pre_commit.write("docs/guide.md", f"{staged}\n## Rudder\n\nThe spade rudder.\n")
    with_pre_commit.call(sys.executable, "-m", "kwlint", "--fix")
    with_pre_commit.is_blocked()
    assert "`git checkout -- kwdocs`" in with_pre_commit.is_blocked()
    with_pre_commit.git("checkout", "--", "kwdocs")
    with_pre_commit.is_blocked()
    with_pre_commit.git("add", "kwdocs")
    with_pre_commit.commits()
    assert "rudder" in with_pre_commit.read("docs/guide.md")
    with_pre_commit.assert_clean_clone()
