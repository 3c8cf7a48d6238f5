"""Links follow what git knows to have been renamed: files, folders, headings, and both ends of a link at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, codes

GUIDE = "# Guide\n\nSee [setup](setup.md#first-steps) and [again](setup.md).\n"
SETUP = (
    "# Setup\n\n## First steps\n\nInstall the program, run it once, and wait.\n"
    "It says where it keeps its files, and asks for the name of the machine.\n\n## More\n\nRead the rest of it.\n"
)


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    made = Lab(tmp_path / "repository")
    made.write("docs/guide.md", GUIDE)
    made.write("docs/setup.md", SETUP)
    made.settle()
    return made


def links(lab: Lab) -> list[tuple[str, str]]:
    return [one for one in codes(lab.check()) if one[0].startswith("KW1")]


def test_link_follows_renamed_file(lab: Lab) -> None:
    lab.git("mv", "docs/setup.md", "docs/install.md")
    (found, _) = [one for one in lab.check() if one.code == "KW101"]
    assert found.hint == 'the file was renamed: write "install.md#first-steps"'
    lab.fix()
    assert lab.read("docs/guide.md") == GUIDE.replace("setup.md", "install.md")
    assert links(lab) == []


def test_links_of_a_moved_file_are_rebased(lab: Lab) -> None:
    lab.write("docs/deep/keep.txt", "")
    lab.git("mv", "docs/guide.md", "docs/deep/guide.md")
    lab.stage()
    lab.fix()
    assert lab.read("docs/deep/guide.md") == GUIDE.replace("setup.md", "../setup.md")


def test_both_ends_moved(lab: Lab) -> None:
    lab.write("other/keep.txt", "")
    lab.git("mv", "docs/setup.md", "other/install.md")
    lab.git("mv", "docs/guide.md", "guide.md")
    lab.fix()
    assert lab.read("guide.md") == GUIDE.replace("setup.md", "other/install.md")


def test_link_follows_renamed_heading(lab: Lab) -> None:
    lab.write("docs/setup.md", SETUP.replace("First steps", "Getting it to run"))
    (found,) = [one for one in lab.check() if one.code == "KW102"]
    assert found.hint == 'the heading was renamed: write "setup.md#getting-it-to-run"'
    lab.fix()
    assert "setup.md#getting-it-to-run" in lab.read("docs/guide.md")


def test_link_that_broke_in_an_earlier_commit_follows_the_history(lab: Lab) -> None:
    lab.git("mv", "docs/setup.md", "docs/install.md")
    lab.git("commit", "-q", "-m", "rename")
    lab.write("docs/setup2.txt", "x")
    lab.commit()
    lab.git("mv", "docs/install.md", "docs/begin.md")
    lab.git("commit", "-q", "-m", "rename again")
    assert [one.fix for one in lab.check() if one.code == "KW101"] == [None, None]
    lab.fix()
    assert lab.read("docs/guide.md") == GUIDE.replace("setup.md", "begin.md")


def test_heading_renamed_in_an_earlier_commit(lab: Lab) -> None:
    lab.write("docs/setup.md", SETUP.replace("First steps", "Getting it to run"))
    lab.commit()
    lab.write("docs/setup.md", lab.read("docs/setup.md") + "\nOne more line.\n")
    lab.commit()
    lab.fix()
    assert "setup.md#getting-it-to-run" in lab.read("docs/guide.md")


def test_swap_of_two_files(lab: Lab) -> None:
    lab.write("docs/x.md", "# X\n\n" + "About other things entirely, nothing like the setup at all.\n" * 20)
    lab.write("docs/setup.md", SETUP + "The rest of it, line by line.\n" * 20)
    lab.write("docs/guide.md", GUIDE + "And [x](x.md).\n")
    lab.settle()
    before = lab.read("docs/guide.md")
    lab.git("mv", "docs/x.md", "docs/t.md")
    lab.git("mv", "docs/setup.md", "docs/x.md")
    lab.git("mv", "docs/t.md", "docs/setup.md")
    lab.fix()
    assert lab.read("docs/guide.md") == before.replace("setup.md#", "x.md#"), "of the others none is broken"


def test_what_was_searched_in_vain_is_found_once_a_later_commit_renames_it(lab: Lab) -> None:
    lab.write("docs/guide.md", "# Guide\n\nSee [plan](plan.md).\n")
    lab.commit()
    lab.fix()
    lab.fix()
    lab.write("docs/plan.md", "# Plan\n\nFirst this, and then that, at last the rest.\n")
    lab.commit()
    lab.git("mv", "docs/plan.md", "docs/roadmap.md")
    lab.commit()
    lab.fix()
    assert lab.read("docs/guide.md") == "# Guide\n\nSee [plan](roadmap.md).\n"


def test_repair_says_the_same_with_and_without_cache(lab: Lab) -> None:
    lab.git("mv", "docs/setup.md", "docs/install.md")
    warm = lab.check()
    assert lab.check() == warm
    assert lab.check(use_cache=False) == warm
    lab.git("commit", "-q", "-m", "rename")
    assert lab.check() == lab.check(use_cache=False)


def test_file_that_changed_meanwhile_is_left_alone(lab: Lab) -> None:
    lab.git("mv", "docs/setup.md", "docs/install.md")
    from kwlint.engine import fixes, pipeline
    from kwlint.engine.request import Request
    from kwlint.repo import git

    repository = git.open_repository(lab.root)
    request = Request(jobs=1, texts=True)
    problems = pipeline.check(repository, lab.config, request).problems
    lab.write("docs/guide.md", "An editor was faster.\n\n" + GUIDE)
    outcome = fixes.repair(repository, lab.config, request, problems, unsafe=False, stage=False)
    assert lab.read("docs/guide.md") == "An editor was faster.\n\n" + GUIDE
    assert outcome.errors == ("did not change docs/guide.md: another program changed it meanwhile; run again",)
