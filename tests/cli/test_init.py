"""`kwlint init`: what it adds, what it does not change, and the whole set-up of a repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from lab import Lab
from paths import ROOT

from kwlint import __version__
from kwlint.cli import init, main
from kwlint.cli.choices import CHOICES
from kwlint.config import ConfigError, load

KWLINT = {
    "repo": "local",
    "hooks": [
        {
            "id": "kwlint-fix",
            "name": "kwlint",
            "entry": "kwlint --fix --exit-non-zero-on-fix",
            "language": "python",
            "additional_dependencies": [f"kwlint=={__version__}"],
            "always_run": True,
            "pass_filenames": False,
            "require_serial": True,
        }
    ],
}


def planned(files: dict[str, bytes], ci: str = "", remotes: tuple[str, ...] = ()) -> tuple[dict[str, bytes], init.Plan]:
    """Return the files after `kwlint init`, and its plan."""
    plan = init.plan(files.get, tuple(files), remotes, ci)
    return {**files, **{change.path: change.after for change in plan.changes}}, plan


def test_empty_repository_gets_all_files() -> None:
    after, plan = planned({}, ci="github")
    assert [change.path for change in plan.changes] == [
        "kwlint.toml", ".pre-commit-config.yaml", ".gitattributes", ".github/workflows/kwlint.yml",
    ]  # fmt: skip
    assert plan.notes == ()
    assert load(after.get, CHOICES).host == "github"
    assert yaml.safe_load(after[".pre-commit-config.yaml"]) == {"repos": [KWLINT]}
    assert after[".gitattributes"] == b"kwdocs/** merge=union linguist-generated\n"
    job = yaml.safe_load(after[".github/workflows/kwlint.yml"])["jobs"]["kwlint"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [
        f"pip install kwlint=={__version__}",
        "kwlint --output-format github",
    ]


@pytest.mark.parametrize(
    ("remote", "name"),
    [
        ("https://git.example/ferdi/Bakery.git", "bakery"),
        ("git@git.example:ferdi/bakery", "bakery"),
        ("https://git.example/ferdi/bakery.js/", "bakery.js"),
        ("https://git.example/ferdi/docs.git", ""),
        ("", ""),
    ],
)
def test_name_of_the_product_is_suggested_for_never(remote: str, name: str) -> None:
    after, _ = planned({}, remotes=(remote,) if remote else ())
    lines = after["kwlint.toml"].decode().splitlines()
    assert (f'# never = ["{name}"]' in lines) == bool(name)
    live = "\n".join(line.removeprefix("# ") if line.startswith(("# [key", "# never")) else line for line in lines)
    assert load({"kwlint.toml": live.encode()}.get, CHOICES).keywords.never == ((name,) if name else ())


def test_second_run_changes_nothing() -> None:
    for ci in ("", "github", "gitlab"):
        after, _ = planned({}, ci)
        again, plan = planned(after, ci)
        assert (plan.changes, again) == ((), after)


def test_host_comes_from_the_remote() -> None:
    after, _ = planned({}, remotes=("git@gitlab.example.org:a/b.git",))
    assert load(after.get, CHOICES).host == "gitlab"


def test_detected_flavours_are_listed() -> None:
    after, _ = planned({"mkdocs.yml": b"site_name: x\n", "docs/index.md": b"# X\n"})
    assert '# "docs" = "mkdocs"\n' in after["kwlint.toml"].decode()


def test_existing_configuration_is_not_changed() -> None:
    for name in ("kwlint.toml", "pyproject.toml"):
        text = b'[tool.kwlint]\noutput-dir = "pages"\n' if name == "pyproject.toml" else b'output-dir = "pages"\n'
        _, plan = planned({name: text})
        assert {change.path for change in plan.changes} == {".pre-commit-config.yaml", ".gitattributes"}
        assert plan.changes[1].after == b"pages/** merge=union linguist-generated\n"


def test_invalid_configuration_is_an_error() -> None:
    with pytest.raises(ConfigError):
        planned({"kwlint.toml": b"x = 1"})


def test_line_is_added_to_gitattributes() -> None:
    after, _ = planned({".gitattributes": b"* text=auto"})
    assert after[".gitattributes"] == b"* text=auto\nkwdocs/** merge=union linguist-generated\n"
    after, _ = planned({".gitattributes": b"* text=auto\r\n"})
    assert after[".gitattributes"] == b"* text=auto\r\nkwdocs/** merge=union linguist-generated\r\n"


OTHER = "  - repo: https://example.org/x\n    rev: v1\n    hooks:\n      - id: x  # keep me\n"


def bare(text: str) -> list[str]:
    """Return the lines with single spaces and without the brackets of an empty list."""
    return [" ".join(line.replace("[]", "").split()) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (f"# top\nrepos:\n{OTHER}", 1),
        (f"repos:\n{OTHER}\n# the end\n", 1),
        (f"repos:\n{OTHER}ci:\n  autofix_prs: false\n", 1),
        (f"default_stages: [pre-commit]\nrepos:  # all of them\n{OTHER}{OTHER}\n\nfail_fast: true\n", 2),
        (f"repos:\n{OTHER}".rstrip("\n"), 1),
        ("repos:\n- repo: meta\n  hooks:\n  - id: identity\nexclude: ^x\n", 1),
        ("repos:\n    -   repo: meta\n        hooks:\n        -   id: identity\n", 1),
        ("repos: []\n", 0),
        ("repos: []  # none yet\nci: {}\n", 0),
        ("repos:\n", 0),
        ("exclude: |\n  repos:\n  x\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n", 1),
        (f"repos:\r\n{OTHER}".replace("\n", "\r\n").replace("\r\r", "\r"), 1),
    ],
)
def test_hook_entry_is_added_in_place(before: str, kept: int) -> None:
    after, plan = planned({".pre-commit-config.yaml": before.encode(), "kwlint.toml": b""})
    text = after[".pre-commit-config.yaml"].decode()
    old, new = yaml.safe_load(before), yaml.safe_load(text)
    assert plan.notes == ()
    assert new == {**old, "repos": [*(old["repos"] or []), KWLINT]}
    assert len(new["repos"]) == kept + 1
    assert ("\r\n" in text) is ("\r\n" in before)
    lines = iter(bare(text))
    assert all(line in lines for line in bare(before))  # every line, in order


@pytest.mark.parametrize(
    "before", ["repos: [{repo: meta, hooks: [{id: x}]}]\n", "{repos: []}\n", "x: y\n", "", "repos: *no\n", "- a\n"]
)
def test_hook_file_that_cannot_be_edited_gets_a_note(before: str) -> None:
    after, plan = planned({".pre-commit-config.yaml": before.encode(), "kwlint.toml": b""})
    assert after[".pre-commit-config.yaml"] == before.encode()
    assert plan.notes[0].endswith("add the hook `kwlint-fix` by hand")


def test_existing_hook_is_not_changed() -> None:
    before = b"repos:\n  - repo: https://example.org/kwlint\n    rev: v1\n    hooks:\n      - id: kwlint\n"
    _, plan = planned({".pre-commit-config.yaml": before})
    assert ".pre-commit-config.yaml" not in {change.path for change in plan.changes}


def test_existing_gitlab_file_gets_a_note() -> None:
    after, plan = planned({".gitlab-ci.yml": b"test:\n  script: [make]\n"}, ci="gitlab")
    assert after[".gitlab-ci.yml"] == b"test:\n  script: [make]\n"
    assert "add this job to it by hand" in plan.notes[0]


def test_diff_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lab = Lab(tmp_path / "repo")
    monkeypatch.chdir(lab.root)
    assert main.main(["init", "--diff"]) == 0
    patch = capsys.readouterr().out
    assert [path.name for path in lab.root.iterdir()] == [".git"]
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=lab.root, check=True)
    assert main.main(["init"]) == 0
    assert capsys.readouterr().out == "Nothing to do: kwlint is already set up.\n"


# --- the whole set-up -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("kwlint-*.whl"))


def test_wheel_has_all_data_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"kwlint/data/{path.name}" for path in (ROOT / "kwlint" / "data").iterdir() if path.is_file()}
    assert data <= names
    assert f"kwlint-{__version__}.dist-info/licenses/LICENSE" in names
    assert "kwlint/py.typed" in names
    assert not [name for name in names if not name.startswith(("kwlint/", f"kwlint-{__version__}.dist-info/"))]


def test_init_blocked_commit_fixed_commit_and_ci(wheel: Path, tmp_path: Path) -> None:
    lab = Lab(tmp_path / "repo")
    for number in range(10):
        link = f"[next](d{(number + 1) % 10}.md#part)"
        lab.write(f"docs/d{number}.md", f"# Document {number}\n\n## Part\n\nThe gadget number {number}, see {link}.\n")
    lab.commit()
    sources = [str(wheel.parent), *os.environ.get("PIP_FIND_LINKS", "").split()]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "store"),
        "PIP_FIND_LINKS": " ".join(sources),
    }

    def call(command: str, fails: bool = False) -> str:
        done = subprocess.run(
            ["bash", "-ec", command], cwd=lab.root, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    kwlint = f"PYTHONPATH='{ROOT}' '{sys.executable}' -m kwlint"
    call(f"{kwlint} init --ci github && git add -A && pre-commit install")
    blocked = call("git commit -m start", fails=True)
    assert "wrote 2" in blocked
    call("git add -A && git commit -m start")
    commit = call("git show --stat --format= HEAD")
    assert "kwdocs/docs/d9.md_kw.md" in commit
    call("git clone -q . ../ci")
    job = yaml.safe_load(lab.read(".github/workflows/kwlint.yml"))["jobs"]["kwlint"]["steps"]
    steps = [step["run"] for step in job if "run" in step]
    output = call(f"cd ../ci && python3 -m venv v && . v/bin/activate && {' && '.join(steps)}")
    assert "No problems in 10 documents." in output
    assert call("cd ../ci && v/bin/kwlint rule KW101").startswith("# KW101: broken-link\n")
