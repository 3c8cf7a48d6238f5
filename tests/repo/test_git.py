"""Queries to git, with real git and real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lab import Lab

from kwlint.repo import files, git
from kwlint.repo.files import TEMPORARY_PREFIX, FileError, blob_id
from kwlint.repo.git import GitError, GitListing, Repository
from kwlint.repo.hook import Hook

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


def renamed_in(lab: Lab, *paths: str) -> dict[str, str]:
    return git.history_renames(opened(lab), paths, lambda path: (lab.root / path).exists())


# --- opening ------------------------------------------------------------------------------------------------------


def test_repository_is_found_from_a_subfolder(lab: Lab) -> None:
    lab.write("a/b/c.md", "x")
    repository = git.open_repository(lab.root / "a" / "b")
    assert repository == (lab.root, lab.root / ".git", "a/b/", "sha1", Hook())


def test_folder_outside_git_is_its_own_root(tmp_path: Path) -> None:
    assert git.open_repository(tmp_path) == (tmp_path.resolve(), None, "", "sha1", Hook())


def test_linked_worktree_has_its_own_root(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.commit()
    lab.git("worktree", "add", "-q", "../other")
    repository = git.open_repository(lab.root.parent / "other")
    assert repository.root == lab.root.parent / "other"
    assert list(git.list_files(repository).tracked) == ["a.md"]


def test_bare_repository_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path], check=True)
    with pytest.raises(GitError, match=r"has no working tree \(a bare repository\): run kwlint in a clone of it"):
        git.open_repository(tmp_path)


def test_gits_own_folder_is_refused(lab: Lab) -> None:
    with pytest.raises(GitError, match="run kwlint in the"):
        git.open_repository(lab.root / ".git")


def test_missing_git_is_reported(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(lab.root))
    with pytest.raises(GitError, match=r"^git is not on the PATH: install it"):
        git.open_repository(lab.root)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root for chown")
def test_repository_of_another_user_is_refused_with_the_command_to_allow_it(lab: Lab) -> None:
    os.chown(lab.root, 12345, 12345)
    os.chown(lab.root / ".git", 12345, 12345)
    with pytest.raises(GitError, match=rf"git config --global --add safe\.directory {lab.root}$"):
        git.open_repository(lab.root)


def test_git_dir_that_does_not_exist_is_reported(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with pytest.raises(GitError, match="the repository named by GIT_DIR: not a git repository"):
        git.open_repository(lab.root)


def test_folder_outside_of_the_work_tree_is_refused(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(lab.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(lab.root))
    with pytest.raises(GitError, match=rf"is outside of the working tree {lab.root}: run kwlint inside it$"):
        git.open_repository(tmp_path)


def test_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(GitError, match=r"gone is not a folder$"):
        git.open_repository(tmp_path / "gone")


def test_git_that_cannot_be_run_is_reported(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").touch(mode=0o644)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(GitError, match=r"^git cannot be run: permission denied$"):
        git.open_repository(lab.root)


def test_prefix_of_a_folder_outside_of_the_root_is_empty() -> None:
    assert git._prefix(Path("/one"), Path("/two")) == ""


def test_broken_git_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(GitError, match="could not open the repository"):
        git.open_repository(tmp_path)


def test_git_dir_and_work_tree_from_the_environment(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write("a.md", "x")
    lab.commit()
    (lab.root / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(lab.root))
    repository = git.open_repository(lab.root)
    assert repository.root == lab.root
    assert list(git.list_files(repository).tracked) == ["a.md"]


@pytest.mark.parametrize("relative", [True, False])
def test_root_is_found_from_a_subfolder_with_git_dir(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, *, relative: bool
) -> None:
    lab.write("docs/a.md", "x")
    lab.commit()
    monkeypatch.setenv("GIT_DIR", ".git" if relative else str(lab.root / ".git"))
    repository = git.open_repository(lab.root / "docs")
    assert (repository.root, repository.prefix) == (lab.root, "docs/")
    assert list(git.list_files(repository).tracked) == ["docs/a.md"]


def test_root_of_a_linked_worktree_is_found_from_a_subfolder_with_git_dir(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.write("docs/a.md", "x")
    lab.commit()
    side = lab.root.parent / "side"
    lab.git("worktree", "add", "-q", "-b", "side", str(side))
    monkeypatch.setenv("GIT_DIR", str(lab.root / ".git" / "worktrees" / "side"))
    assert git.open_repository(side / "docs").root == side


@pytest.mark.parametrize("name", ["GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"])
def test_pathspec_settings_of_the_user_do_not_count(lab: Lab, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    lab.write("a*.md", "x")
    lab.commit()
    monkeypatch.setenv(name, "1")
    assert list(listed(lab).tracked) == ["a*.md"]
    assert git.is_tracked(opened(lab), "a*.md")


def test_index_file_of_a_hook_is_used(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_listing_separates_tracked_modified_deleted_and_untracked_files(lab: Lab) -> None:
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
    listing = listed(lab)
    assert listing.tracked == {
        "same.md": blob_id(b"same.md\n"),
        "edited.md": blob_id(b"edited.md\n"),
        "gone.md": blob_id(b"gone.md\n"),
        "staged.md": blob_id(b"staged\n"),
    }
    assert listing.modified == {"edited.md"}
    assert listing.deleted == {"gone.md"}
    assert listing.untracked == (".gitignore", "new/draft.md")


def test_touched_file_is_not_modified(lab: Lab) -> None:
    lab.write("a.md", "x\n")
    lab.commit()
    os.utime(lab.root / "a.md", (1, 1))
    assert listed(lab).modified == frozenset()


def test_other_bytes_of_the_same_size_and_time_are_modified(lab: Lab) -> None:
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


def test_unusual_names_are_listed_unchanged(lab: Lab) -> None:
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


def test_symlinks_and_submodules_are_listed_separately(lab: Lab) -> None:
    inner = Lab(lab.root.parent / "inner")
    inner.write("i.md", "x")
    inner.commit()
    lab.write("a.md", "x")
    (lab.root / "link.md").symlink_to("a.md")
    lab.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "sub")
    lab.commit()
    listing = listed(lab)
    assert listing.symlinks == {"link.md"}
    assert listing.submodules == {"sub"}
    assert set(listing.tracked) == {"a.md", "link.md", "sub", ".gitmodules"}
    assert listing.untracked == ()


def test_file_that_became_a_link_is_modified(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.write("b.md", "x")
    lab.commit()
    lab.remove("b.md")
    (lab.root / "b.md").symlink_to("a.md")
    assert listed(lab).modified == {"b.md"}


def test_files_of_a_nested_repository_are_not_listed(lab: Lab) -> None:
    lab.write("a.md", "x")
    Lab(lab.root / "nested").write("n.md", "x")
    assert listed(lab).untracked == ("a.md",)


def test_files_outside_of_a_sparse_checkout_are_hidden(lab: Lab) -> None:
    lab.write("in/a.md", "x")
    lab.write("out/b.md", "y")
    lab.commit()
    lab.git("sparse-checkout", "set", "in")
    listing = listed(lab)
    assert listing.hidden == {"out/b.md"}
    assert listing.deleted == frozenset()
    assert set(listing.tracked) == {"in/a.md", "out/b.md"}


def test_conflict_is_unmerged_and_tracked_with_our_side(lab: Lab) -> None:
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
    listing = listed(lab)
    assert listing.unmerged == {"a.md"}
    assert listing.tracked == {"a.md": blob_id(b"ours\n")}
    assert listing.modified == {"a.md"}


def test_intent_to_add_is_tracked_and_modified(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.git("add", "-N", "a.md")
    assert list(listed(lab).tracked) == ["a.md"]
    assert listed(lab).modified == {"a.md"}


def test_temporary_files_are_listed_separately(lab: Lab) -> None:
    lab.write("a.md", "x")
    plain = listed(lab)
    lab.write(f"kwdocs/{TEMPORARY_PREFIX}1-ab.tmp", "x")
    listing = listed(lab)
    assert listing.untracked == ("a.md",)
    assert listing.temporary == (f"kwdocs/{TEMPORARY_PREFIX}1-ab.tmp",)
    assert listing.raw == plain.raw


def test_raw_changes_with_index_deletions_and_untracked_files(lab: Lab) -> None:
    values = set()
    lab.write("a.md", "x")
    values.add(listed(lab).raw)
    lab.stage()
    values.add(listed(lab).raw)
    lab.remove("a.md")
    values.add(listed(lab).raw)
    lab.write("a.md", "y")
    lab.stage()
    values.add(listed(lab).raw)
    assert len(values) == 4


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


def test_damaged_index_is_reported_in_one_line(lab: Lab) -> None:
    (lab.root / ".git" / "index").write_bytes(b"garbage" * 10)
    with pytest.raises(GitError, match=r"^git could not list the files: .*$"):
        listed(lab)


def test_outside_git_ignore_files_are_respected(tmp_path: Path) -> None:
    for name in ("a.md", "build/b.md", "docs/c.md", "docs/keep/d.md", "docs/drop/e.md", "f.log"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n")
    (tmp_path / ".gitignore").write_text("/build/\n*.log\n!docs/f.log\n")
    (tmp_path / "docs" / ".gitignore").write_text("drop\n")
    (tmp_path / "link.md").symlink_to("a.md")
    listing = git.list_files(git.open_repository(tmp_path))
    assert set(listing.tracked) == {".gitignore", "a.md", "docs/.gitignore", "docs/c.md", "docs/keep/d.md"}
    assert listing.tracked["a.md"] == blob_id(b"x\n")


def test_outside_git_temporary_files_are_listed_separately(tmp_path: Path) -> None:
    name = f"{TEMPORARY_PREFIX}1-ab.tmp"
    (tmp_path / name).write_text("x")
    listing = git.list_files(git.open_repository(tmp_path))
    assert (listing.tracked, listing.temporary) == ({}, (name,))


def test_outside_git_large_and_unreadable_files_have_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(root: Path, path: str) -> bytes:
        raise FileError(f"cannot read {root}/{path}")

    (tmp_path / "large.md").write_text("x" * 17)
    (tmp_path / "unreadable.md").write_text("x")
    monkeypatch.setattr(git, "MAX_HASHED_SIZE", 16)
    monkeypatch.setattr(files, "read", fail)
    tracked = git.list_files(git.open_repository(tmp_path)).tracked
    assert tracked == {"large.md": "11".zfill(40), "unreadable.md": "0" * 40}


def test_outside_git_queries_about_index_and_history_return_nothing(tmp_path: Path) -> None:
    repository = git.open_repository(tmp_path)
    git.add(repository, ["a.md"])
    assert git.ignored(repository, ["a.md"]) == frozenset()
    assert not git.is_tracked(repository, "a.md")
    assert git.head(repository) == ""
    assert git.head_blob(repository, "a.md") is None
    assert git.changed_since_commit(repository) == ({}, frozenset())
    assert git.commits_that_changed(repository, ["a.md"]) == {}
    assert git.read_blobs(repository, ["HEAD:a.md"]) == {}
    assert git.remote_urls(repository) == ()


# --- other queries ------------------------------------------------------------------------------------------------


def test_ignored_returns_untracked_paths_that_match_a_rule(lab: Lab) -> None:
    lab.write(".gitignore", "*.log\n")
    lab.write("b.log", "x")
    lab.git("add", "-f", "b.log")
    assert git.ignored(opened(lab), ["a.log", "b.log", "c.md"]) == {"a.log"}
    assert git.ignored(opened(lab), []) == frozenset()


def test_ignored_reports_a_path_outside_of_the_repository(lab: Lab) -> None:
    with pytest.raises(GitError, match=r"^git could not list the ignored files: .*outside repository"):
        git.ignored(opened(lab), ["../x.md"])


def test_add_stages_content_and_deletion(lab: Lab) -> None:
    lab.write("a.md", "x")
    lab.write("b.md", "x")
    lab.commit()
    lab.write("a.md", "y")
    lab.write("new.md", "z")
    lab.remove("b.md")
    git.add(opened(lab), ["a.md", "b.md", "new.md", "never-there.md"])
    assert listed(lab).tracked == {"a.md": blob_id(b"y"), "new.md": blob_id(b"z")}


def test_add_reports_an_index_that_stays_locked(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "LOCK_PAUSE", 0.0)
    lab.write("a.md", "x")
    (lab.root / ".git" / "index.lock").touch()
    with pytest.raises(GitError, match=r"could not stage the files: Unable to create '.*index\.lock'"):
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
def test_unknown_revision_is_reported(lab: Lab, ref: str) -> None:
    lab.write("a.md", "x")
    lab.commit()
    with pytest.raises(GitError, match=r"^--since: "):
        git.changed_since(opened(lab), ref)


def test_history_renames_follow_several_renames(lab: Lab) -> None:
    lab.write("one.md", "a line that stays\n" * 9)
    lab.write("lost.md", "gone for good")
    lab.commit()
    for old, new in (("one.md", "two.md"), ("two.md", "docs/three.md")):
        (lab.root / "docs").mkdir(exist_ok=True)
        lab.git("mv", old, new)
        lab.commit()
    lab.remove("lost.md")
    lab.commit()
    assert renamed_in(lab, "one.md", "lost.md", "never.md") == {"one.md": "docs/three.md"}


@pytest.mark.parametrize("folders", [1, 50])
def test_history_of_many_paths_is_read_in_one_query(lab: Lab, folders: int) -> None:
    for number in range(50):
        lab.write(f"{number % folders}/a{number}.md", f"what number {number} says, and more of it\n" * 9)
    lab.commit()
    for number in range(50):
        lab.git("mv", f"{number % folders}/a{number}.md", f"{number % folders}/b{number}.md")
    lab.commit()
    old_paths = [f"{number % folders}/a{number}.md" for number in range(50)]
    assert renamed_in(lab, *old_paths) == {path: path.replace("a", "b") for path in old_paths}
    commits = git.commits_that_changed(opened(lab), old_paths)
    assert {path: len(ids) for path, ids in commits.items()} == dict.fromkeys(old_paths, 2)


def test_earlier_rename_of_another_file_with_the_same_name_is_not_followed(lab: Lab) -> None:
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
    assert renamed_in(lab, "one.md") == {"one.md": "two.md"}, "it was deleted; three.md is another file"


def test_file_that_was_created_again_and_deleted_is_not_renamed(lab: Lab) -> None:
    lab.write("one.md", "what it says\n" * 9)
    lab.commit()
    lab.git("mv", "one.md", "two.md")
    lab.commit()
    lab.write("one.md", "something else entirely\n" * 9)
    lab.commit()
    lab.remove("one.md")
    lab.commit()
    assert renamed_in(lab, "one.md") == {}


def test_two_files_renamed_to_the_same_path_one_after_the_other(lab: Lab) -> None:
    for name in ("one", "two"):
        lab.write(f"{name}.md", f"what {name} says\n" * 9)
    lab.commit()
    for old, new in (("one", "x"), ("x", "y"), ("two", "x"), ("x", "z")):
        lab.git("mv", f"{old}.md", f"{new}.md")
        lab.commit()
    assert renamed_in(lab, "one.md", "two.md", "x.md") == {"one.md": "y.md", "two.md": "z.md", "x.md": "z.md"}


@pytest.mark.parametrize(("kept", "new", "follows"), [(8, "b.md", True), (6, "b.md", False), (6, "docs/a.md", True)])
def test_rename_with_another_file_name_requires_similar_content(lab: Lab, kept: int, new: str, follows: bool) -> None:
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


def test_history_starts_at_a_commit_only_if_it_is_an_ancestor(lab: Lab) -> None:
    lab.write("one.md", "a line that stays\n" * 9)
    lab.commit()
    lab.git("mv", "one.md", "two.md")
    lab.commit()
    repository, last = opened(lab), git.head(opened(lab))
    assert git.history_renames(repository, ["one.md"], bool, since=last) == {}
    assert git.history_renames(repository, ["one.md"], bool, since="0" * 40) == {"one.md": "two.md"}


def test_history_is_followed_up_to_its_limits(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write("one.md", "a line that stays\n" * 9)
    lab.commit()
    for old, new in (("one.md", "two.md"), ("two.md", "three.md")):
        lab.git("mv", old, new)
        lab.commit()
    monkeypatch.setattr(git, "MAX_RENAMES", 1)
    monkeypatch.setattr(git, "MAX_VERSIONS", 1)
    assert renamed_in(lab, "one.md") == {"one.md": "two.md"}
    assert git.commits_that_changed(opened(lab), ["two.md"]) == {"two.md": [git.head(opened(lab))]}


def test_changes_since_an_unknown_commit_are_empty(lab: Lab) -> None:
    assert git.changed_since_commit(opened(lab), "nowhere") == ({}, frozenset())


def test_blobs_are_read_by_id_and_by_path(lab: Lab) -> None:
    lab.write("a b.md", b"\0bytes\xff\n")
    lab.write("empty.md", "")
    lab.commit()
    name = blob_id(b"\0bytes\xff\n")
    names = [name, "HEAD:a b.md", "HEAD:missing.md", "HEAD:empty.md", "HEAD:"]
    blobs = git.read_blobs(opened(lab), names)
    assert blobs[name] == blobs["HEAD:a b.md"] == b"\0bytes\xff\n"
    assert blobs["HEAD:empty.md"] == b""
    assert "HEAD:missing.md" not in blobs
    assert git.read_blobs(opened(lab), ["0" * 40]) == {}
    assert git.head_blob(opened(lab), "a b.md") == b"\0bytes\xff\n"
    assert git.head_blob(opened(lab), "missing.md") is None


def test_origin_is_the_first_remote(lab: Lab) -> None:
    lab.git("remote", "add", "backup", "https://example.org/b.git")
    lab.git("remote", "add", "origin", "https://example.org/o.git")
    assert git.remote_urls(opened(lab)) == ("https://example.org/o.git", "https://example.org/b.git")
    assert git.is_tracked(opened(lab), "a.md") is False


# --- clones that do not hold everything ---------------------------------------------------------------------------


def test_partial_clone_fetches_nothing_from_its_remote(lab: Lab, tmp_path: Path) -> None:
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


def test_rename_is_found_if_another_blob_of_the_commit_is_missing(lab: Lab) -> None:
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


def test_unknown_revision_in_a_shallow_clone_suggests_fetching_it(lab: Lab, tmp_path: Path) -> None:
    for text in ("x", "y"):
        lab.write("a.md", text)
        lab.commit()
    first = lab.git("rev-parse", "HEAD~1").strip()
    clone = tmp_path / "clone"
    lab.git("clone", "-q", "--depth=1", f"file://{lab.root}", str(clone))
    with pytest.raises(GitError, match="in a shallow clone, fetch it first"):
        git.changed_since(git.open_repository(clone), first)
    assert git.history_renames(git.open_repository(clone), ["gone.md"], bool) == {}


def test_git_without_object_formats_means_sha1(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.which("git")
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "git"
    old.write_text(f"#!/bin/sh\n'{real}' \"$@\" | sed s/^sha1$/--show-object-format/\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")
    assert opened(lab).algorithm == "sha1"
    assert opened(lab).root == lab.root
