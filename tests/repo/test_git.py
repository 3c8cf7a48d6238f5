"""What git sees, with real git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lab import Lab

from kwlint.repo import git
from kwlint.repo.files import TEMPORARY_PREFIX, blob_id
from kwlint.repo.git import GitError, GitListing, Repository

ODD_NAMES = (
    "with space.md",
    'quo"te.md',
    "hash#percent%41.md",
    "back\\slash.md",
    "new\nline.md",
    "-dash.md",
    "smile😀.md",
    "e\u0301-nfd.md",
    "é-nfc.md",
    os.fsdecode(b"latin-\xe9.md"),
    "tab\tkey.md",
    "x" * 252 + ".md",
    "deep/er/still.md",
    ":(glob)star*.md",
)


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path / "repo")


def listed(lab: Lab) -> GitListing:
    return git.list_files(git.open_repository(lab.root))


def opened(lab: Lab) -> Repository:
    return git.open_repository(lab.root)


# --- opening ------------------------------------------------------------------------------------------------------


def test_repository_is_found_from_a_folder_in_it(lab: Lab) -> None:
    lab.write("a/b/c.md", "x")
    found = git.open_repository(lab.root / "a" / "b")
    assert found == (lab.root, lab.root / ".git", "a/b/", "sha1")


def test_folder_outside_git_is_its_own_root(tmp_path: Path) -> None:
    assert git.open_repository(tmp_path) == (tmp_path.resolve(), None, "", "sha1")


def test_linked_worktree_has_its_own_root(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.commit()
    lab.git("worktree", "add", "-q", "../other")
    found = git.open_repository(lab.root.parent / "other")
    assert found.root == lab.root.parent / "other"
    assert list(git.list_files(found).tracked) == ["a.md"]


def test_bare_repository_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path], check=True)
    with pytest.raises(GitError, match=r"has no working tree \(a bare repository\): run kwlint in a clone of it"):
        git.open_repository(tmp_path)


def test_gits_own_folder_is_refused(lab: Lab) -> None:
    with pytest.raises(GitError, match="run kwlint in the"):
        git.open_repository(lab.root / ".git")


def test_missing_git_is_named(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(lab.root))
    with pytest.raises(GitError, match=r"^git is not on the PATH: install it"):
        git.open_repository(lab.root)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root, to give a folder away")
def test_repository_of_another_user_is_refused_with_the_remedy(lab: Lab) -> None:
    os.chown(lab.root, 12345, 12345)
    os.chown(lab.root / ".git", 12345, 12345)
    with pytest.raises(GitError, match=rf"git config --global --add safe\.directory {lab.root}$"):
        git.open_repository(lab.root)


def test_git_dir_that_leads_nowhere_is_named(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with pytest.raises(GitError, match="the repository that GIT_DIR names: not a git repository"):
        git.open_repository(lab.root)


def test_broken_git_folder_is_no_folder_without_git(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(GitError, match="could not open the repository"):
        git.open_repository(tmp_path)


def test_git_dir_and_work_tree_from_the_environment(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write("a.md", "x")
    lab.commit()
    (lab.root / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(lab.root))
    found = git.open_repository(lab.root)
    assert found.root == lab.root
    assert list(git.list_files(found).tracked) == ["a.md"]


def test_index_of_a_hook_is_the_one_that_counts(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write("a.md", "x")
    lab.commit()
    shutil.copy(lab.root / ".git" / "index", lab.root / ".git" / "next-index")
    monkeypatch.setenv("GIT_INDEX_FILE", str(lab.root / ".git" / "next-index"))
    lab.write("b.md", "y")
    git.add(opened(lab), ["b.md"])
    assert list(listed(lab).tracked) == ["a.md", "b.md"]
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert list(listed(lab).tracked) == ["a.md"]


# --- listing ------------------------------------------------------------------------------------------------------


def test_listing_of_an_empty_repository(lab: Lab) -> None:
    assert listed(lab)[:8] == ({}, frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), (), frozenset())


def test_listing_tells_tracked_modified_deleted_untracked(lab: Lab) -> None:
    for name in ("same.md", "edited.md", "gone.md", "staged.md"):
        lab.write(name, f"{name}\n")
    lab.commit()
    lab.write(".gitignore", "*.log\n")
    lab.write("x.log", "ignored")
    lab.write("edited.md", "other\n")
    lab.write("new/draft.md", "draft\n")
    lab.write("staged.md", "staged\n")
    lab.git("add", "staged.md")
    lab.remove("gone.md")
    found = listed(lab)
    assert found.tracked == {
        "same.md": blob_id(b"same.md\n"),
        "edited.md": blob_id(b"edited.md\n"),
        "gone.md": blob_id(b"gone.md\n"),
        "staged.md": blob_id(b"staged\n"),
    }
    assert found.modified == {"edited.md"}
    assert found.deleted == {"gone.md"}
    assert found.untracked == (".gitignore", "new/draft.md")


def test_touched_file_is_not_modified(lab: Lab) -> None:
    lab.write("a.md", "x\n")
    lab.commit()
    os.utime(lab.root / "a.md", (1, 1))
    assert listed(lab).modified == frozenset()


def test_other_bytes_of_same_size_and_time_are_modified(lab: Lab) -> None:
    lab.write("a.md", "one\n")
    lab.commit()
    before = (lab.root / "a.md").stat()
    lab.write("a.md", "two\n")
    os.utime(lab.root / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert listed(lab).modified == {"a.md"}


@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_checkout_with_other_line_ends_is_not_modified(lab: Lab, setting: str) -> None:
    lab.write("a.md", "one\ntwo\n")
    lab.commit()
    lab.git("config", "core.autocrlf", setting)
    lab.write("a.md", "one\r\ntwo\r\n")
    assert listed(lab).modified == frozenset()


def test_odd_names_are_read_as_they_are(lab: Lab) -> None:
    for name in ODD_NAMES:
        lab.write(name, "x\n")
    assert set(listed(lab).untracked) == set(ODD_NAMES)
    git.add(opened(lab), ODD_NAMES)
    assert set(listed(lab).tracked) == set(ODD_NAMES)
    for name in ODD_NAMES[:5]:
        lab.write(name, "y\n")
    for name in ODD_NAMES[5:]:
        lab.remove(name)
    assert listed(lab).modified == set(ODD_NAMES[:5])
    assert listed(lab).deleted == set(ODD_NAMES[5:])


def test_symlinks_and_submodules_are_told_apart(lab: Lab) -> None:
    inner = Lab(lab.root.parent / "inner")
    inner.write("i.md", "x")
    inner.commit()
    lab.write("a.md", "x")
    (lab.root / "link.md").symlink_to("a.md")
    lab.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "sub")
    lab.commit()
    found = listed(lab)
    assert found.symlinks == {"link.md"}
    assert found.submodules == {"sub"}
    assert set(found.tracked) == {"a.md", "link.md", "sub", ".gitmodules"}
    assert found.untracked == ()


def test_file_that_became_a_link_is_modified(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.write("b.md", "x")
    lab.commit()
    lab.remove("b.md")
    (lab.root / "b.md").symlink_to("a.md")
    assert listed(lab).modified == {"b.md"}


def test_repository_in_the_repository_is_nothing_of_ours(lab: Lab) -> None:
    lab.write("a.md", "x")
    Lab(lab.root / "nested").write("n.md", "x")
    assert listed(lab).untracked == ("a.md",)


def test_sparse_checkout_leaves_files_absent(lab: Lab) -> None:
    lab.write("in/a.md", "x")
    lab.write("out/b.md", "y")
    lab.commit()
    lab.git("sparse-checkout", "set", "in")
    found = listed(lab)
    assert found.absent == {"out/b.md"}
    assert found.deleted == frozenset()
    assert set(found.tracked) == {"in/a.md", "out/b.md"}


def test_conflict_counts_as_unmerged_with_our_side(lab: Lab) -> None:
    lab.write("a.md", "base\n")
    lab.commit()
    lab.git("checkout", "-q", "-b", "other")
    lab.write("a.md", "theirs\n")
    lab.commit()
    lab.git("checkout", "-q", "main")
    lab.write("a.md", "ours\n")
    lab.commit()
    with pytest.raises(subprocess.CalledProcessError):
        lab.git("merge", "-q", "other")
    found = listed(lab)
    assert found.unmerged == {"a.md"}
    assert found.tracked == {"a.md": blob_id(b"ours\n")}
    assert found.modified == {"a.md"}


def test_intent_to_add_is_tracked_and_modified(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.git("add", "-N", "a.md")
    assert list(listed(lab).tracked) == ["a.md"]
    assert listed(lab).modified == {"a.md"}


def test_temporary_files_are_kept_apart(lab: Lab) -> None:
    lab.write("a.md", "x")
    plain = listed(lab)
    lab.write(f"kwdocs/{TEMPORARY_PREFIX}1-ab.tmp", "x")
    found = listed(lab)
    assert found.untracked == ("a.md",)
    assert found.temporary == (f"kwdocs/{TEMPORARY_PREFIX}1-ab.tmp",)
    assert found.raw == plain.raw


def test_raw_moves_with_index_presence_and_drafts(lab: Lab) -> None:
    seen = set()
    lab.write("a.md", "x")
    seen.add(listed(lab).raw)
    lab.stage()
    seen.add(listed(lab).raw)
    lab.remove("a.md")
    seen.add(listed(lab).raw)
    lab.write("a.md", "y")
    lab.stage()
    seen.add(listed(lab).raw)
    assert len(seen) == 4


def test_sha256_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--object-format=sha256", tmp_path / "repo"], check=True)
    lab = Lab(tmp_path / "repo")
    lab.write("a.md", "x\n")
    lab.commit()
    assert opened(lab).algorithm == "sha256"
    assert listed(lab).tracked == {"a.md": blob_id(b"x\n", "sha256")}
    assert listed(lab).modified == frozenset()


def test_listing_takes_no_lock_and_leaves_the_index_alone(lab: Lab) -> None:
    lab.write("a.md", "x\n")
    lab.commit()
    os.utime(lab.root / "a.md", (1, 1))
    before = (lab.root / ".git" / "index").read_bytes()
    (lab.root / ".git" / "index.lock").touch()
    assert list(listed(lab).tracked) == ["a.md"]
    assert (lab.root / ".git" / "index").read_bytes() == before


def test_damaged_index_is_an_error_of_one_line(lab: Lab) -> None:
    (lab.root / ".git" / "index").write_bytes(b"garbage" * 10)
    with pytest.raises(GitError, match=r"^git could not list the files: .*$"):
        listed(lab)


def test_outside_git_the_ignore_files_decide(tmp_path: Path) -> None:
    for name in ("a.md", "build/b.md", "docs/c.md", "docs/keep/d.md", "docs/drop/e.md", "f.log"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x\n")
    (tmp_path / ".gitignore").write_text("/build/\n*.log\n!docs/f.log\n")
    (tmp_path / "docs" / ".gitignore").write_text("drop\n")
    (tmp_path / "link.md").symlink_to("a.md")
    found = git.list_files(git.open_repository(tmp_path))
    assert set(found.tracked) == {".gitignore", "a.md", "docs/.gitignore", "docs/c.md", "docs/keep/d.md"}
    assert found.tracked["a.md"] == blob_id(b"x\n")


# --- the rest -----------------------------------------------------------------------------------------------------


def test_ignored_names_what_rules_name_and_git_does_not_track(lab: Lab) -> None:
    lab.write(".gitignore", "*.log\n")
    lab.write("b.log", "x")
    lab.git("add", "-f", "b.log")
    assert git.ignored(opened(lab), ["a.log", "b.log", "c.md"]) == {"a.log"}
    assert git.ignored(opened(lab), []) == frozenset()


def test_add_stages_content_and_absence(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.write("b.md", "x")
    lab.commit()
    lab.write("a.md", "y")
    lab.write("new.md", "z")
    lab.remove("b.md")
    git.add(opened(lab), ["a.md", "b.md", "new.md", "never-there.md"])
    assert listed(lab).tracked == {"a.md": blob_id(b"y"), "new.md": blob_id(b"z")}


def test_add_says_when_the_index_stays_locked(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "LOCK_PAUSE", 0.0)
    lab.write("a.md", "x")
    (lab.root / ".git" / "index.lock").touch()
    with pytest.raises(GitError, match=r"could not stage the pages: Unable to create '.*index\.lock'"):
        git.add(opened(lab), ["a.md"])


def test_changed_since_and_staged(lab: Lab) -> None:
    for name in ("a.md", "b.md", "c.md"):
        lab.write(name, "x")
    lab.commit()
    lab.write("a.md", "y")
    lab.commit()
    lab.write("b.md", "y")
    lab.git("add", "b.md")
    lab.remove("c.md")
    assert git.changed_since(opened(lab), "HEAD~1") == {"a.md", "b.md", "c.md"}
    assert git.changed_since(opened(lab), "HEAD") == {"b.md", "c.md"}
    assert git.staged(opened(lab)) == {"b.md"}


def test_staged_before_the_first_commit(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.git("add", "a.md")
    assert git.staged(opened(lab)) == {"a.md"}


@pytest.mark.parametrize("ref", ["nowhere", "-x", "", "HEAD~99"])
def test_revision_that_does_not_exist(lab: Lab, ref: str) -> None:
    lab.write("a.md", "x")
    lab.commit()
    with pytest.raises(GitError, match=r"^--since: "):
        git.changed_since(opened(lab), ref)


def test_history_renames_follow_each_step(lab: Lab) -> None:
    lab.write("one.md", "a line that stays\n" * 9)
    lab.write("lost.md", "gone for good")
    lab.commit()
    for old, new in (("one.md", "two.md"), ("two.md", "docs/three.md")):
        (lab.root / "docs").mkdir(exist_ok=True)
        lab.git("mv", old, new)
        lab.commit()
    lab.remove("lost.md")
    lab.commit()
    there = lab.root.joinpath
    found = git.history_renames(opened(lab), ["one.md", "lost.md", "never.md"], lambda path: there(path).exists())
    assert found["one.md"] == "docs/three.md"
    assert "lost.md" not in found
    assert "never.md" not in found


def renamed_in(lab: Lab, *paths: str) -> dict[str, str]:
    return git.history_renames(opened(lab), paths, lambda path: (lab.root / path).exists())


@pytest.mark.parametrize("folders", [1, 50])
def test_many_paths_are_looked_for_in_one_go(lab: Lab, folders: int) -> None:
    for number in range(50):
        lab.write(f"{number % folders}/a{number}.md", f"what number {number} says, and more of it\n" * 9)
    lab.commit()
    for number in range(50):
        lab.git("mv", f"{number % folders}/a{number}.md", f"{number % folders}/b{number}.md")
    lab.commit()
    asked = [f"{number % folders}/a{number}.md" for number in range(50)]
    assert renamed_in(lab, *asked) == {path: path.replace("a", "b") for path in asked}
    commits = git.commits_that_changed(opened(lab), asked)
    assert {path: len(found) for path, found in commits.items()} == dict.fromkeys(asked, 2)


def test_a_name_that_another_file_had_before_is_no_further_step(lab: Lab) -> None:
    for name in ("one", "two"):
        lab.write(f"{name}.md", f"what {name} says\n" * 9)
    lab.commit()
    lab.git("mv", "two.md", "three.md")
    lab.commit()
    lab.git("mv", "one.md", "two.md")
    lab.commit()
    assert renamed_in(lab, "one.md") == {"one.md": "two.md"}
    lab.git("rm", "-q", "two.md")
    lab.commit()
    assert renamed_in(lab, "one.md") == {"one.md": "two.md"}, "it is gone, and did not become three.md"


def test_a_file_that_was_made_again_and_deleted_was_not_renamed(lab: Lab) -> None:
    lab.write("one.md", "what it says\n" * 9)
    lab.commit()
    lab.git("mv", "one.md", "two.md")
    lab.commit()
    lab.write("one.md", "something else entirely\n" * 9)
    lab.commit()
    lab.remove("one.md")
    lab.commit()
    assert renamed_in(lab, "one.md") == {}


def test_two_files_renamed_into_one_place_one_after_the_other(lab: Lab) -> None:
    for name in ("one", "two"):
        lab.write(f"{name}.md", f"what {name} says\n" * 9)
    lab.commit()
    for old, new in (("one", "x"), ("x", "y"), ("two", "x"), ("x", "z")):
        lab.git("mv", f"{old}.md", f"{new}.md")
        lab.commit()
    assert renamed_in(lab, "one.md", "two.md", "x.md") == {"one.md": "y.md", "two.md": "z.md", "x.md": "z.md"}


@pytest.mark.parametrize(("kept", "new", "follows"), [(8, "b.md", True), (6, "b.md", False), (6, "docs/a.md", True)])
def test_with_another_name_most_of_the_content_has_to_stay(lab: Lab, kept: int, new: str, follows: bool) -> None:
    lines = [f"this is line number {n} of ten lines\n" for n in range(10)]
    lab.write("a.md", "".join(lines))
    lab.commit()
    lab.remove("a.md")
    lab.write(new, "".join([*lines[:kept], *(line.upper() for line in lines[kept:])]))
    lab.stage()
    expected = {"a.md": new} if follows else {}
    assert git.changed_since_commit(opened(lab))[0] == expected
    lab.commit()
    assert renamed_in(lab, "a.md") == expected


def test_blobs_are_read_by_name_and_by_path(lab: Lab) -> None:
    lab.write("a b.md", b"\0bytes\xff\n")
    lab.write("empty.md", "")
    lab.commit()
    name = blob_id(b"\0bytes\xff\n")
    asked = [name, "HEAD:a b.md", "HEAD:missing.md", "HEAD:empty.md", "HEAD:"]
    found = git.read_blobs(opened(lab), asked)
    assert found[name] == found["HEAD:a b.md"] == b"\0bytes\xff\n"
    assert found["HEAD:empty.md"] == b""
    assert "HEAD:missing.md" not in found
    assert git.read_blobs(opened(lab), ["0" * 40]) == {}
    assert git.head_blob(opened(lab), "a b.md") == b"\0bytes\xff\n"
    assert git.head_blob(opened(lab), "missing.md") is None


def test_remotes_begin_with_origin(lab: Lab) -> None:
    lab.git("remote", "add", "backup", "https://example.org/b.git")
    lab.git("remote", "add", "origin", "https://example.org/o.git")
    assert git.remote_urls(opened(lab)) == ("https://example.org/o.git", "https://example.org/b.git")
    assert git.is_tracked(opened(lab), "a.md") is False


# --- clones that do not hold everything ---------------------------------------------------------------------------


def test_partial_clone_is_never_completed_from_its_remote(lab: Lab, tmp_path: Path) -> None:
    lab.write("old.md", "a line that stays\n" * 9)
    lab.commit()
    lab.git("mv", "old.md", "new.md")
    lab.write("new.md", "a line that stays\n" * 9 + "and one more\n")
    lab.commit()
    lab.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    lab.git("clone", "-q", "--filter=blob:none", f"file://{lab.root}", str(clone))
    repository = git.open_repository(clone)
    before = sorted(path.name for path in (clone / ".git" / "objects").rglob("*"))
    assert list(git.list_files(repository).tracked) == ["new.md"]
    assert git.history_renames(repository, ["old.md"], bool) in ({}, {"old.md": "new.md"})
    assert git.read_blobs(repository, ["HEAD~1:old.md"]) == {}
    assert git.head_blob(repository, "new.md") is not None
    assert sorted(path.name for path in (clone / ".git" / "objects").rglob("*")) == before


def test_a_rename_is_found_though_another_file_of_the_commit_is_not_there(lab: Lab) -> None:
    lab.write("old.md", "a line that stays\n" * 9)
    lab.write("large.bin", b"\0" + b"x" * 1000)
    lab.commit()
    lab.git("mv", "old.md", "new.md")
    lab.write("large.bin", b"\0" + b"y" * 1000)
    lab.commit()
    name = lab.git("rev-parse", "HEAD:large.bin").strip()
    (lab.root / ".git/objects" / name[:2] / name[2:]).unlink()
    lab.remove("large.bin")  # else git reads that
    assert renamed_in(lab, "old.md") == {"old.md": "new.md"}
    assert git.changed_since_commit(opened(lab), "HEAD~1")[0] == {"old.md": "new.md"}


def test_shallow_clone_tells_what_to_do(lab: Lab, tmp_path: Path) -> None:
    for text in ("x", "y"):
        lab.write("a.md", text)
        lab.commit()
    first = lab.git("rev-parse", "HEAD~1").strip()
    clone = tmp_path / "clone"
    lab.git("clone", "-q", "--depth=1", f"file://{lab.root}", str(clone))
    with pytest.raises(GitError, match="in a shallow clone, fetch it first"):
        git.changed_since(git.open_repository(clone), first)
    assert git.history_renames(git.open_repository(clone), ["gone.md"], bool) == {}


def test_git_that_does_not_know_of_object_formats(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.which("git")
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "git"
    old.write_text(f"#!/bin/sh\n'{real}' \"$@\" | sed s/^sha1$/--show-object-format/\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")
    assert opened(lab).algorithm == "sha1"
    assert opened(lab).root == lab.root
