"""Reads and writes: atomic, never through a link, never over what is not ours."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kwlint.repo import files
from kwlint.repo.files import FileError

MARKED = b"<!-- kwlint keywords format=1 source=a.md; do not edit, run `kwlint --fix` -->\n"
PAGE = "kwdocs/a.md_kw.md"


def everything(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def put(root: Path, path: str, data: bytes) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


# --- reading ------------------------------------------------------------------------------------------------------


def test_blob_id_is_gits(tmp_path: Path) -> None:
    place = put(tmp_path, "a", b"some\0bytes\xff")
    said = subprocess.run(["git", "hash-object", place], capture_output=True, text=True, check=True).stdout.strip()
    assert files.blob_id(place.read_bytes()) == files.Disk(tmp_path).blob_id("a") == said


def test_what_is_no_regular_file_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "real", b"x")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "folder", "pipe", "missing", "na\0me"):
        with pytest.raises(FileError, match=r"^cannot read [^\n]*$"):
            files.read(tmp_path, name)
        assert files.Disk(tmp_path).blob_id(name) is None
        assert files.Disk(tmp_path).read_or_none(name) is None


def test_size_of_a_missing_file_is_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a", b"four")
    assert [files.size(tmp_path, name) for name in ("a", "b", "\0")] == [4, 0, 0]


def test_shown_paths_hold_no_control_characters() -> None:
    assert files.shown("a\x1b[2J\nb é.md") == "a\\x1b[2J\\nb é.md"
    assert files.shown(os.fsdecode(b"\xe9.md")) == "\\xe9.md"


# --- writing ------------------------------------------------------------------------------------------------------


def test_page_is_written_with_the_mode_of_a_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_page(tmp_path, PAGE, MARKED)
    finally:
        os.umask(before)
    assert (tmp_path / PAGE).read_bytes() == MARKED
    assert stat.S_IMODE((tmp_path / PAGE).stat().st_mode) == 0o640
    assert everything(tmp_path) == [PAGE]


def test_page_replaces_a_page_as_a_new_file(tmp_path: Path) -> None:
    place = put(tmp_path, PAGE, MARKED + b"old")
    os.link(place, tmp_path / "other-name")
    files.write_page(tmp_path, PAGE, MARKED + b"new")
    assert place.read_bytes() == MARKED + b"new"
    assert (tmp_path / "other-name").read_bytes() == MARKED + b"old"


@pytest.mark.parametrize("data", [b"mine\n", b"", b"\n" + MARKED])
def test_foreign_file_is_neither_overwritten_nor_deleted(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, PAGE, data)
    with pytest.raises(FileError, match=r"^did not overwrite kwdocs/a.md_kw.md: it is not kwlint's page; move"):
        files.write_page(tmp_path, PAGE, MARKED)
    with pytest.raises(FileError, match=r"^did not delete kwdocs/a.md_kw.md: it is not kwlint's page; move it away$"):
        files.delete_page(tmp_path, PAGE, "kwdocs")
    assert (tmp_path / PAGE).read_bytes() == data
    assert everything(tmp_path) == [PAGE]


def test_file_that_appears_in_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(source: str, target: str) -> None:
        put(tmp_path, PAGE, b"mine")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(FileError, match="did not overwrite"):
        files.write_page(tmp_path, PAGE, MARKED)
    assert (tmp_path / PAGE).read_bytes() == b"mine"
    assert everything(tmp_path) == [PAGE]


def test_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    files.write_page(tmp_path, PAGE, MARKED)
    assert everything(tmp_path) == [PAGE]


def test_source_keeps_its_mode(tmp_path: Path) -> None:
    place = put(tmp_path, "a.md", b"old")
    place.chmod(0o755)
    files.write_atomically(tmp_path, "a.md", b"new", expected=b"old")
    assert place.read_bytes() == b"new"
    assert stat.S_IMODE(place.stat().st_mode) == 0o755


def test_source_that_an_editor_changed_meanwhile_is_left(tmp_path: Path) -> None:
    put(tmp_path, "a.md", b"newer")
    with pytest.raises(FileError, match=r"^did not change a.md: it has been changed meanwhile; run again$"):
        files.write_atomically(tmp_path, "a.md", b"new", expected=b"old")
    assert (tmp_path / "a.md").read_bytes() == b"newer"
    assert everything(tmp_path) == ["a.md"]


@pytest.mark.parametrize("link", ["kwdocs", "kwdocs/docs", "kwdocs/docs/a.md_kw.md"])
def test_nothing_is_written_or_deleted_through_a_link(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    put(outside, "a.md_kw.md", MARKED)
    put(outside, "docs/a.md_kw.md", MARKED)
    root = tmp_path / "root"
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(outside / "a.md_kw.md" if link.endswith(".md") else outside)
    for act in (
        lambda: files.write_page(root, "kwdocs/docs/a.md_kw.md", MARKED + b"new"),
        lambda: files.write_atomically(root, "kwdocs/docs/a.md_kw.md", b"new"),
        lambda: files.delete_page(root, "kwdocs/docs/a.md_kw.md", "kwdocs"),
    ):
        with pytest.raises(FileError, match="a symbolic link stands there"):
            act()
    assert {path.read_bytes() for path in outside.rglob("*.md")} == {MARKED}
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize("path", ["../a.md", "/tmp/a.md", "a/../../b.md", ".git/config", "sub/.git/x", "", "a//b"])
def test_nothing_is_written_outside_the_repository(tmp_path: Path, path: str) -> None:
    for act in (files.write_page, files.write_atomically):
        with pytest.raises(FileError, match=r"^refused to write "):
            act(tmp_path, path, MARKED)
    with pytest.raises(FileError):
        files.delete_page(tmp_path, path, "kwdocs")
    assert everything(tmp_path) == []


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / PAGE).mkdir(parents=True)
    with pytest.raises(FileError, match=r"^cannot write kwdocs/a.md_kw.md: a folder stands where the file belongs"):
        files.write_page(tmp_path, PAGE, MARKED)
    assert everything(tmp_path) == []


def test_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "kwdocs", b"mine")
    with pytest.raises(FileError, match=r"^cannot write kwdocs/a.md_kw.md: a file stands where a folder belongs"):
        files.write_page(tmp_path, PAGE, MARKED)
    assert everything(tmp_path) == ["kwdocs"]


def test_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="the name is longer than the file system allows"):
        files.write_page(tmp_path, f"kwdocs/{'x' * 252}.md_kw.md", MARKED)
    assert everything(tmp_path) == []


def test_full_disk_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, PAGE, MARKED + b"old")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileError, match=r"^cannot write kwdocs/a.md_kw.md: the disk is full: make room and run again$"):
        files.write_page(tmp_path, PAGE, MARKED + b"new")
    assert (tmp_path / PAGE).read_bytes() == MARKED + b"old"
    assert everything(tmp_path) == [PAGE]


def test_write_in_pieces_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:7])))
    files.write_page(tmp_path, PAGE, MARKED * 3)
    assert (tmp_path / PAGE).read_bytes() == MARKED * 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(tmp_path: Path) -> None:
    (tmp_path / "kwdocs").mkdir(mode=0o555)
    with pytest.raises(FileError, match=r"^cannot write kwdocs/a.md_kw.md: permission denied"):
        files.write_page(tmp_path, PAGE, MARKED)


def test_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_page(tmp_path, PAGE, MARKED)
    assert everything(tmp_path) == []


def test_what_a_killed_write_left_is_swept(tmp_path: Path) -> None:
    script = (
        "import os, signal\nfrom kwlint.repo import files\n"
        "os.link = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"files.write_page({str(tmp_path)!r}, {PAGE!r}, b'x')"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    left = everything(tmp_path)
    assert len(left) == 1
    assert files.is_temporary(left[0])
    mine = f"kwdocs/{files.TEMPORARY_PREFIX}{os.getppid()}-00{files.TEMPORARY_SUFFIX}"
    put(tmp_path, mine, b"of a process that runs")
    put(tmp_path, "kwdocs/.kwlint-notes.tmp", b"not a number")
    files.sweep(tmp_path, everything(tmp_path))
    assert everything(tmp_path) == sorted([mine, "kwdocs/.kwlint-notes.tmp"])


# --- deleting -----------------------------------------------------------------------------------------------------


def test_delete_takes_the_folders_that_it_empties(tmp_path: Path) -> None:
    put(tmp_path, "kwdocs/a/b/c.md_kw.md", MARKED)
    put(tmp_path, "kwdocs/a/d.md_kw.md", MARKED)
    files.delete_page(tmp_path, "kwdocs/a/b/c.md_kw.md", "kwdocs")
    assert not (tmp_path / "kwdocs/a/b").exists()
    files.delete_page(tmp_path, "kwdocs/a/d.md_kw.md", "kwdocs")
    assert list(tmp_path.iterdir()) == []


def test_delete_of_what_is_gone_is_no_error(tmp_path: Path) -> None:
    files.delete_page(tmp_path, "kwdocs/a/d.md_kw.md", "kwdocs")


def test_delete_tree_does_not_follow_links(tmp_path: Path) -> None:
    put(tmp_path, "outside/a", b"x")
    put(tmp_path, "cache/sub/b", b"x")
    (tmp_path / "cache/link").symlink_to("../outside")
    assert files.delete_tree(tmp_path, "cache") == 1
    assert everything(tmp_path) == ["outside/a"]
    assert not (tmp_path / "cache").exists()
