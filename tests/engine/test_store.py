"""Whatever is wrong with the cache costs time and nothing else."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lab, codes
from paths import ROOT

from kwlint.config import Config, KeywordSettings
from kwlint.engine import keys
from kwlint.engine.cache_folder import cache_folder
from kwlint.engine.store import Store, remove_cache
from kwlint.pages import keyword_index


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    made = Lab(tmp_path / "repository")
    made.write("a.md", "# A\n\nSee [b](b.md) and [c](c.md).\n\n## Use\n")
    made.write("b.md", "# B\n\nThe `event_loop` runs.\n\n## Use\n")
    made.settle()
    return made


def store_file(lab: Lab) -> Path:
    return lab.cache / "store.sqlite"


def truncate(lab: Lab) -> None:
    data = store_file(lab).read_bytes()
    store_file(lab).write_bytes(data[: len(data) // 2])


def garble(lab: Lab) -> None:
    store_file(lab).write_bytes(b"not a database" * 1000)


def garble_the_middle(lab: Lab) -> None:
    data = bytearray(store_file(lab).read_bytes())
    for place in range(5000, len(data), 97):
        data[place] ^= 0x5A
    store_file(lab).write_bytes(bytes(data))


def of_another_version(lab: Lab) -> None:
    connection = sqlite3.connect(store_file(lab))
    connection.execute("PRAGMA user_version=9999")
    connection.commit()
    connection.close()
    lab.seal_the_cache()


def without_facts(lab: Lab) -> None:
    connection = sqlite3.connect(store_file(lab))
    connection.execute("DELETE FROM facts")
    connection.execute("UPDATE meta SET value=x'00' WHERE name='fingerprint'")
    connection.commit()
    connection.close()
    lab.seal_the_cache()


def with_foreign_facts(lab: Lab) -> None:
    connection = sqlite3.connect(store_file(lab))
    connection.execute("UPDATE facts SET value=?", (b'[1,{"a":2}]',))
    connection.execute("DELETE FROM meta WHERE name<>'package'")
    connection.commit()
    connection.close()
    lab.seal_the_cache()


def with_a_folder_in_its_place(lab: Lab) -> None:
    store_file(lab).unlink()
    store_file(lab).mkdir()


def with_a_file_in_its_folders_place(lab: Lab) -> None:
    remove_cache(lab.root)
    lab.cache.write_text("a file")
    lab.git("update-index", "--refresh")


HARM = [
    truncate,
    garble,
    garble_the_middle,
    of_another_version,
    without_facts,
    with_foreign_facts,
    with_a_folder_in_its_place,
    with_a_file_in_its_folders_place,
]


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_harmed_cache_says_the_same(lab: Lab, harm: Callable[[Lab], None]) -> None:
    wanted = lab.check()
    assert codes(wanted) == [("KW101", "a.md")]
    harm(lab)
    assert lab.check() == wanted
    lab.write("b.md", "# B\n\nThe `event_loop` runs on.\n\n## More\n")
    assert lab.check(texts=True) == lab.check(texts=True, use_cache=False)
    lab.fix()
    lab.remove("a.md")
    assert lab.check(texts=True) == lab.check(texts=True, use_cache=False)


def test_read_only_cache_folder(lab: Lab) -> None:
    wanted = lab.check()
    remove_cache(lab.root)
    lab.cache.mkdir(mode=0o500)
    try:
        assert lab.check() == wanted
    finally:
        lab.cache.chmod(0o700)


def test_cache_is_not_in_the_work_tree(lab: Lab) -> None:
    assert lab.git("status", "--porcelain", "--ignored") == ""
    assert store_file(lab).is_file()


def test_cache_of_the_work_tree_is_not_read(lab: Lab) -> None:
    wanted = lab.check()
    shutil.move(lab.cache, lab.root / ".kwlint_cache")
    lab.commit()
    place = lab.root / ".kwlint_cache" / "store.sqlite"
    before = place.read_bytes()
    assert lab.check() == wanted
    assert place.read_bytes() == before


@pytest.mark.parametrize("name", ["store.sqlite", "store.sqlite.sum", ""])
def test_link_in_the_cache_is_not_followed(lab: Lab, tmp_path: Path, name: str) -> None:
    wanted = lab.check()
    outside = tmp_path / "outside"
    shutil.copytree(lab.cache, outside)
    before = {path: path.read_bytes() for path in outside.iterdir()}
    if name:
        (lab.cache / name).unlink()
    else:
        shutil.rmtree(lab.cache)
    (lab.cache / name).symlink_to(outside / name)
    lab.write("b.md", "# B\n\nOther words.\n")
    lab.check()
    lab.write("b.md", "# B\n\nThe `event_loop` runs.\n\n## Use\n")
    assert lab.check() == wanted
    assert {path: path.read_bytes() for path in outside.iterdir()} == before


def test_folder_that_the_environment_names(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = lab.check()
    usual = lab.cache
    remove_cache(lab.root)
    monkeypatch.setenv("KWLINT_CACHE_DIR", str(tmp_path / "ci" / "cache"))
    assert lab.check() == wanted
    assert not usual.exists()
    assert (tmp_path / "ci" / "cache" / "store.sqlite").is_file()
    assert remove_cache(lab.root) == 2
    assert not (tmp_path / "ci" / "cache").exists()


def test_folder_in_the_work_tree_is_refused(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outside").mkdir()
    (lab.root / "link").symlink_to(tmp_path / "outside")
    for folder in (lab.root / "cache", lab.root, lab.root / "link" / "cache", lab.root / "docs" / ".." / "cache"):
        monkeypatch.setenv("KWLINT_CACHE_DIR", str(folder))
        assert cache_folder(str(lab.root)) is None
        assert not Store.open(lab.root).kept
    monkeypatch.setenv("KWLINT_CACHE_DIR", str(lab.root / ".git" / "other"))
    assert cache_folder(str(lab.root)) == str(lab.root / ".git" / "other")


def test_each_linked_work_tree_has_its_cache(lab: Lab, tmp_path: Path) -> None:
    lab.commit()
    lab.git("worktree", "add", "-q", str(tmp_path / "tree"))
    assert cache_folder(str(tmp_path / "tree")) == str(lab.root / ".git" / "worktrees" / "tree" / "kwlint")


def test_outside_of_git_the_cache_is_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    folders = {cache_folder(str(tmp_path / name)) for name in ("one", "two")}
    assert len(folders) == 2
    if sys.platform == "linux":
        assert all(str(folder).startswith(f"{tmp_path}/user/kwlint/") for folder in folders)


def test_flipped_bits_change_no_result(lab: Lab) -> None:
    """Anywhere in the file: fields of rows, keys and pointers of trees, free space, the header."""
    lab.check()
    data = store_file(lab).read_bytes()
    kept = {path: path.read_bytes() for path in lab.cache.iterdir()}
    used = [place for place, byte in enumerate(data) if byte]
    rng = random.Random(3)
    before = lab.check()
    lab.write("b.md", "# B\n\n## Other\n\nWords.\n")
    after = lab.check(use_cache=False)
    for place in [*rng.sample(used, 30), *rng.sample(range(len(data)), 10), *rng.sample(range(100), 10)]:
        for path, content in kept.items():
            path.write_bytes(content)
        flipped = bytearray(data)
        flipped[place] ^= 1 << rng.randrange(8)
        store_file(lab).write_bytes(flipped)
        assert lab.check() == after, place
    lab.write("b.md", "# B\n\nThe `event_loop` runs.\n\n## Use\n")
    assert lab.check() == before


def test_lock_of_another_program_costs_time_only(lab: Lab) -> None:
    wanted = lab.check()
    other = sqlite3.connect(store_file(lab), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert lab.check() == wanted
        assert not Store.open(lab.root).kept
    finally:
        other.close()
    assert lab.check() == wanted


def test_error_while_a_row_is_read_means_a_bad_cache(lab: Lab) -> None:
    """The checksum is right, and what the rows say is not."""
    wanted = lab.check()
    for damage in (
        "UPDATE value SET value='[[1,2,3]]'", "UPDATE value SET value=x'ff'", "UPDATE row SET value='{'",
        "UPDATE meta SET value='[1,[2]]' WHERE name<>'package'", "DELETE FROM edge",
    ):  # fmt: skip
        lab.check()
        connection = sqlite3.connect(store_file(lab))
        connection.execute(damage)
        connection.execute("UPDATE meta SET value=x'00' WHERE name IN ('fingerprint','entries')")
        connection.commit()
        connection.close()
        lab.seal_the_cache()
        assert lab.check() == wanted


def test_edit_of_another_file_is_not_applied(lab: Lab) -> None:
    wanted = lab.check()
    lab.write("run.sh", "exit 0\n")
    edit = [True, ["run.sh", 0, 0, "echo forged\n", ""]]
    forged = json.dumps([[["a.md", 1, 1, "KW101", "x", "", 1, 1, "x", edit], []]])
    connection = sqlite3.connect(store_file(lab))
    assert connection.execute("UPDATE value SET value=? WHERE kind=?", (forged, keys.PROBLEMS)).rowcount == 1
    connection.commit()
    connection.close()
    lab.seal_the_cache()
    assert lab.check() == wanted
    lab.fix()
    assert lab.read("run.sh") == "exit 0\n"


def test_cache_that_goes_while_a_run_has_it_open(lab: Lab) -> None:
    lab.write("b.md", "# B\n\nOther words.\n")
    problems = lab.check(progress=lambda _done, _total: remove_cache(lab.root))
    assert problems == lab.check(use_cache=False)


def test_second_run_does_not_wait_for_the_first(lab: Lab) -> None:
    wanted = lab.check()
    first = Store.open(lab.root)
    try:
        assert first.kept
        assert lab.check() == wanted
    finally:
        first.close()


def test_cache_of_another_commit_says_what_no_cache_says(lab: Lab, tmp_path: Path) -> None:
    lab.settle()
    cache, old = lab.cache, tmp_path / "old"
    lab.check()
    shutil.copytree(cache, old)
    lab.write("a.md", "# Other\n\nThe flux capacitor, see [b](b.md#gone).\n")
    lab.remove("b.md")
    lab.write("d.md", "# D\n\nNew.\n")
    lab.stage()
    there = lab.check(texts=True)
    shutil.copytree(cache, tmp_path / "new")
    for restored in (old, tmp_path / "new"):
        shutil.rmtree(cache)
        shutil.copytree(restored, cache)
        assert lab.check(texts=True) == there == lab.check(texts=True, use_cache=False)
    lab.git("checkout", "-q", "-f", "HEAD")
    assert lab.check() == lab.check(use_cache=False)


@pytest.mark.parametrize(
    "config",
    [
        Config(keywords=KeywordSettings(never=("event loop",))),
        Config(host="gitlab"),
        Config(exclude=("b.md",)),
        Config(pages=("keywords",)),
        Config(flavour=(("", "mkdocs"),)),
    ],
    ids=lambda config: next(str(pair) for pair in zip(config, Config(), strict=True) if pair[0] != pair[1])[:20],
)
def test_changed_configuration_is_noticed(lab: Lab, config: Config) -> None:
    lab.settle()
    lab.check()
    lab.config = config
    assert lab.check(texts=True) == lab.check(texts=True, use_cache=False)
    lab.config = Config()
    assert lab.check() == lab.check(use_cache=False)


def test_other_version_makes_every_page_anew(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new version writes otherwise is stale, though no document changed."""
    lab.settle()
    before = lab.check()
    render = keyword_index.render
    monkeypatch.setattr(keyword_index, "render", lambda *given: render(*given) + "\nMore.\n")
    assert lab.check() == before  # of the same version, nothing is looked at again
    monkeypatch.setattr("kwlint.engine.pipeline.package_digest", lambda: "99")
    monkeypatch.setattr("kwlint.engine.update.package_digest", lambda: "99")
    stale = [path for code, path in codes(lab.check()) if code == "KW002"]
    assert stale == ["kwdocs/a.md_kw.md", "kwdocs/b.md_kw.md"]


def run_copy(package: Path, lab: Lab, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(package)}
    command = [sys.executable, "-m", "kwlint", "--output-format", "concise", *arguments]
    return subprocess.run(command, cwd=lab.root, env=environment, capture_output=True, text=True, check=False).stdout


def test_rule_added_to_the_package_is_checked_on_an_old_cache(lab: Lab, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "kwlint", package / "kwlint", ignore=shutil.ignore_patterns("__pycache__"))
    lab.write("a.md", "# A\n")
    lab.settle()
    assert run_copy(package, lab) == ""
    assert run_copy(package, lab) == ""
    with (package / "kwlint/rules/registry.py").open("a") as file:
        file.write(
            "\n\n_problems = source_problems\n\n\ndef source_problems(path, facts):\n"
            "    from kwlint.model.problem import Problem\n\n"
            "    new = Problem(path, 1, 1, 'KW202', 'found by a new rule', '', 1, 1, None, None)\n"
            "    return [*_problems(path, facts), new]\n"
        )
    assert "a.md:1:1: KW202 found by a new rule" in run_copy(package, lab)
    assert run_copy(package, lab) == run_copy(package, lab, "--no-cache")


def test_file_outside_git_is_forgotten_once_no_link_needs_it(lab: Lab) -> None:
    """A run that depends on such a file cannot take the fast path."""
    lab.settle()
    right = lab.read("a.md")
    lab.write("a.md", right.replace("c.md", "missing.md"))
    assert not lab.result().from_git_alone
    lab.write("a.md", right.replace(" and [c](c.md)", ""))
    lab.stage()
    lab.fix(stage=True)
    lab.commit()
    lab.check()
    assert lab.result().from_git_alone


def test_rows_lost_with_the_end_of_the_file_are_noticed(tmp_path: Path) -> None:
    """SQLite takes what is missing of the last page as empty, and reports nothing."""
    lab = Lab(tmp_path / "repository")
    lab.write("README.md", "# Home\n\nSee the [guide](docs/guide.md#install) and the event loop.\n")
    lab.write("docs/guide.md", "# Guide\n\n## Install\n\nThe **event loop** calls `run_all()`.\n")
    lab.settle()
    lab.check()
    store_file(lab).write_bytes(store_file(lab).read_bytes()[:-1000])
    lab.fix()
    lab.remove("README.md")
    assert lab.check() == lab.check(use_cache=False)


def test_cache_of_another_version_is_made_anew(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.check()
    for module in ("store", "update", "pipeline"):
        monkeypatch.setattr(f"kwlint.engine.{module}.package_digest", lambda: "another")
    lab.check()
    connection = sqlite3.connect(store_file(lab))
    facts = connection.execute("SELECT count(*) FROM facts").fetchone()[0]
    connection.close()
    assert facts == 2


def test_damage_that_an_error_message_quotes_costs_time_only(lab: Lab) -> None:
    """SQLite's message then holds bytes that are not UTF-8, and Python cannot decode it."""
    wanted = lab.check()
    data = store_file(lab).read_bytes()
    store_file(lab).write_bytes(data.replace(b"tablefactsfacts", b"tablefa\xd7tsfacts"))
    assert lab.check() == wanted
