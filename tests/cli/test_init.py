"""`kwlint init`: what it adds, what it does not change, and the whole set-up of a repository."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lab import Lab
from paths import ROOT

from kwlint import __version__
from kwlint.cli import init, main
from kwlint.cli.add_setting import add_setting
from kwlint.cli.choices import CHOICES
from kwlint.cli.origin import Origin, find_origin, of_record
from kwlint.config import ConfigError, load
from kwlint.text.knowledge import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

INDEX = Origin()
COMMIT = "0123456789abcdef0123456789abcdef01234567"
URL = "https://git.example/tools/kwlint.git"
REMOTE = Origin(f"kwlint @ git+{URL}@{COMMIT}", URL, COMMIT)
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
            "stages": ["pre-commit", "pre-merge-commit", "manual"],
        }
    ],
}


def planned(
    files: dict[str, bytes], ci: str = "", remotes: tuple[str, ...] = (), origin: Origin = INDEX
) -> tuple[dict[str, bytes], init.Plan]:
    """Return the files after `kwlint init`, and its plan."""
    plan = init.plan(files.get, tuple(files), remotes, ci, origin)
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
    assert load(after.get, CHOICES).shared_pages == "ci"


def workflow(files: dict[str, bytes], name: str = ".github/workflows/kwlint.yml") -> dict[str, Any]:
    """Return a workflow; YAML reads its key `on` as true."""
    parsed: dict[str, Any] = yaml.safe_load(files[name])
    return parsed


def test_github_jobs_have_the_permissions_that_they_need_and_no_more() -> None:
    after, _ = planned({}, ci="github", origin=REMOTE)
    jobs = workflow(after)
    assert jobs["permissions"] == {"contents": "read"}
    assert jobs["env"] == {"KWLINT": REMOTE.requirement}
    check, pages = jobs["jobs"]["check"], jobs["jobs"]["pages"]
    assert "permissions" not in check
    assert pages["permissions"] == {"contents": "write"}
    assert check["steps"][0]["with"]["persist-credentials"] is False
    runs = [[step["run"] for step in job["steps"] if "run" in step] for job in (check, pages)]
    assert runs[0] == ['pip install "$KWLINT"', "kwlint --output-format github"]
    assert runs[1][:2] == ['pip install "$KWLINT"', "kwlint --fix --shared --select KW0 --stage"]
    assert runs[1][3:] == ["kwlint --shared --output-format github"]
    assert check["if"] == "github.event_name == 'pull_request'"
    assert pages["if"].startswith("github.event_name == 'push' && ")


def used_actions(value: object) -> Iterator[str]:
    """Yield the actions that a workflow, a job or an action uses."""
    if isinstance(value, dict):
        yield from (str(one) for key, one in value.items() if key == "uses")
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from used_actions(one)


def test_actions_are_pinned_by_commit() -> None:
    after, _ = planned({}, ci="github")
    texts = [after[".github/workflows/kwlint.yml"].decode(), (ROOT / "action.yml").read_text()]
    texts += re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text(), re.MULTILINE | re.DOTALL)
    used = [action for text in texts for action in used_actions(yaml.safe_load(text))]
    assert len(used) > 6
    ours = re.compile(r"OWNER/kwlint@COMMIT")
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) and not ours.match(one)] == []


def test_gitlab_jobs() -> None:
    after, plan = planned({}, ci="gitlab", origin=REMOTE)
    jobs = yaml.safe_load(after[".gitlab-ci.yml"])
    assert set(jobs) == {"kwlint", "kwlint-pages"}
    assert {job["variables"]["KWLINT"] for job in jobs.values()} == {REMOTE.requirement}
    assert jobs["kwlint"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert jobs["kwlint-pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert "kwlint --fix --shared --select KW0 --stage || failed=1" in jobs["kwlint-pages"]["script"]
    assert plan.notes == ()


def test_gitlab_component_has_the_jobs_that_init_writes() -> None:
    """The component differs in its inputs alone."""
    spec, jobs = (ROOT / "templates" / "kwlint.yml").read_text().split("\n---\n")
    inputs = yaml.safe_load(spec)["spec"]["inputs"]
    assert set(inputs) == {"kwlint", "stage", "image"}
    assert "default" not in inputs["kwlint"]
    text = jobs.replace("  stage: $[[ inputs.stage ]]\n", "").replace("$[[ inputs.image ]]", inputs["image"]["default"])
    assert text == (DATA / "ci_gitlab.yml").read_text().replace("@REQUIREMENT@", "$[[ inputs.kwlint ]]")


def test_existing_configuration_gets_a_note_on_shared_pages() -> None:
    _, plan = planned({"kwlint.toml": b""}, ci="github")
    assert plan.notes[0].startswith('set `shared-pages = "ci"`')
    assert planned({"kwlint.toml": b'shared-pages = "ci"\n'}, ci="github")[1].notes == ()


# --- where kwlint is installed from -----------------------------------------------------------------------------------


def test_hook_is_installed_from_where_kwlint_came_from() -> None:
    after, plan = planned({}, origin=REMOTE)
    entry = {"repo": URL, "rev": COMMIT, "hooks": [{"id": "kwlint-fix"}]}
    assert yaml.safe_load(after[".pre-commit-config.yaml"]) == {"repos": [entry]}
    assert plan.notes == ()
    local = Origin(f"kwlint @ git+file:///tools/kwlint@{COMMIT}", "/tools/kwlint", COMMIT, is_local=True)
    after, plan = planned({}, origin=local, ci="github")
    assert yaml.safe_load(after[".pre-commit-config.yaml"])["repos"][0]["repo"] == "/tools/kwlint"
    assert plan.notes == (
        ".pre-commit-config.yaml, .github/workflows/kwlint.yml: kwlint is installed from a folder of this machine: "
        "replace it with a URL before others use it",
    )


@pytest.mark.parametrize(
    ("record", "origin"),
    [
        ({}, INDEX),
        ({"url": URL, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, REMOTE),
        ({"url": "https://me:secret@git.example/tools/kwlint.git", "vcs_info": {"commit_id": COMMIT}}, REMOTE),
        ({"url": "ssh://git@git.example/k.git", "vcs_info": {"commit_id": COMMIT}},
         Origin(f"kwlint @ git+ssh://git@git.example/k.git@{COMMIT}", "ssh://git@git.example/k.git", COMMIT)),
        ({"url": "https://git.example/kwlint.whl", "archive_info": {}}, Origin("kwlint @ https://git.example/kwlint.whl")),
        ({"url": "file:///tmp/kwlint.whl", "archive_info": {}},
         Origin("kwlint @ file:///tmp/kwlint.whl", is_local=True)),
        ({"url": "file:///nowhere/kwlint", "dir_info": {}}, Origin("kwlint @ file:///nowhere/kwlint", is_local=True)),
    ],
)  # fmt: skip
def test_origin_by_what_pip_recorded(record: dict[str, Any], origin: Origin) -> None:
    assert of_record(record) == origin


def test_origin_by_the_checkout(tmp_path: Path) -> None:
    """The remote if it has the commit, else the folder."""
    lab = Lab(tmp_path / "tools" / "kwlint")
    lab.write(".pre-commit-hooks.yaml", "[]\n")
    record = {"url": lab.root.as_uri(), "dir_info": {"editable": True}}
    assert of_record(record) == Origin(f"kwlint @ {lab.root.as_uri()}", is_local=True)
    lab.commit()
    commit = lab.git("rev-parse", "HEAD").strip()
    folder = Origin(f"kwlint @ git+{lab.root.as_uri()}@{commit}", str(lab.root), commit, is_local=True)
    assert of_record(record) == folder
    lab.git("remote", "add", "origin", "git@git.example:tools/kwlint.git")
    assert of_record(record) == folder
    lab.git("update-ref", "refs/remotes/origin/main", "HEAD")
    url = "ssh://git@git.example/tools/kwlint.git"
    assert of_record(record) == Origin(f"kwlint @ git+{url}@{commit}", url, commit)


# --- settings that kwlint adds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("kwlint.toml", None, 'baseline = "b.json"\n'),
        ("kwlint.toml", "", 'baseline = "b.json"\n'),
        ("kwlint.toml", 'host = "github"', 'host = "github"\nbaseline = "b.json"\n'),
        ("kwlint.toml", '# top\n\n[keywords]\nnever = ["x"]\n',
         '# top\nbaseline = "b.json"\n\n[keywords]\nnever = ["x"]\n'),
        ("kwlint.toml", 'host = "github"\r\n[keywords]\r\n',
         'host = "github"\r\nbaseline = "b.json"\r\n[keywords]\r\n'),
        ("pyproject.toml", '[tool.kwlint]\nhost = "github"\n[tool.x]\n',
         '[tool.kwlint]\nbaseline = "b.json"\nhost = "github"\n[tool.x]\n'),
        ("pyproject.toml", "[tool]\nkwlint = {host = 'github'}\n", ""),
        ("kwlint.toml", 'baseline = ""\n', ""),
        ("kwlint.toml", 'include = [\n  "a",\n[\n', ""),
        ("kwlint.toml", 'exclude = [\n["a"],\n]\n', ""),
    ],
)  # fmt: skip
def test_setting_is_added_and_nothing_else_changes(name: str, before: str | None, after: str) -> None:
    files = {} if before is None else {name: before.encode()}
    edited = add_setting(files.get, "baseline", "b.json")
    assert (edited and (edited.path, edited.before, edited.after.decode())) == (
        (name, files.get(name), after) if after else None
    )


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
    assert set(yaml.safe_load(after[".gitlab/kwlint.yml"])) == {"kwlint", "kwlint-pages"}
    note = ".gitlab-ci.yml already exists: add `include: {local: .gitlab/kwlint.yml}` to it by hand"
    assert plan.notes == (note,)
    _, again = planned(after, ci="gitlab")
    assert (again.changes, again.notes) == ((), (note,))


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
    call(f"{kwlint} init --ci github")
    lab.write("kwlint.toml", "")
    if find_origin().repository:  # the last commit of the checkout, not the files that are tested
        entry = {"repos": [KWLINT]}
        lab.write(".pre-commit-config.yaml", yaml.safe_dump(entry))
        job_file = lab.read(".github/workflows/kwlint.yml").replace(find_origin().requirement, INDEX.requirement)
        lab.write(".github/workflows/kwlint.yml", job_file)
    call("git add -A && pre-commit install -t pre-commit -t pre-merge-commit")
    blocked = call("git commit -m start", fails=True)
    assert "wrote 2" in blocked
    assert "Failed: " in blocked
    call("git add -A && git commit -m start")
    commit = call("git show --stat --format= HEAD")
    assert "kwdocs/docs/d9.md_kw.md" in commit
    call("git clone -q . ../ci")
    jobs = workflow({"w": lab.read(".github/workflows/kwlint.yml").encode()}, "w")
    environment |= jobs["env"]
    check = [step["run"] for step in jobs["jobs"]["check"]["steps"] if "run" in step]
    output = call(f"cd ../ci && python3 -m venv v && . v/bin/activate && {' && '.join(check)}")
    assert "No problems in 10 documents." in output
    # The other job commits the pages of several documents, and pushes the commit.
    call("git init -q --bare -b main ../origin.git && git remote add origin ../origin.git && git push -q origin main")
    lab.write("kwlint.toml", 'shared-pages = "ci"\n')
    lab.write("docs/d0.md", lab.read("docs/d0.md") + "\n## More\n\nThe sprocket wheel.\n")
    call("git add -A && ! git commit -qm edit && git add -A && git commit -qm edit && git push -q origin main")
    call("rm -rf ../job && git clone -q ../origin.git ../job")
    pages = [step["run"] for step in jobs["jobs"]["pages"]["steps"] if "run" in step]
    steps = "".join(f"(bash -ec {shlex.quote(step)})\n" for step in pages[1:])
    call(f"cd ../job && git config user.name x && export GITHUB_REF_NAME=main && . ../ci/v/bin/activate && {steps}")
    call("git pull -q origin main")
    changed = call("git show --stat --format=%s HEAD")
    assert changed.startswith("kwlint: pages regenerated\n")
    assert "kwdocs/keywords.md" in changed
    assert call("cd ../ci && v/bin/kwlint rule KW101").startswith("# KW101: broken-link\n")
