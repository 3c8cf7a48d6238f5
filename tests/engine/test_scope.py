"""What a check that is narrowed to some files reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, codes

SAIL = "# Sail\n\nThe mainsail of the yawl. See [the mast](mast.md).\n"
MAST = "# Mast\n\nThe mizzen mast carries the smaller sail.\n"


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    lab = Lab(tmp_path / "repo")
    lab.write("docs/sail.md", SAIL)
    lab.write("docs/mast.md", MAST)
    lab.settle()
    return lab


def test_what_the_other_branch_did_meanwhile_is_not_reported(lab: Lab) -> None:
    lab.write("docs/sail.md", f"{SAIL}\n[boom](boom.md)\n")
    lab.settle()
    lab.git("checkout", "-q", "-b", "topic")
    lab.write("code.py", "print()\n")
    lab.commit()
    lab.git("checkout", "-q", "main")
    lab.write("docs/sail.md", SAIL)
    lab.settle()
    lab.git("checkout", "-q", "topic")
    assert codes(lab.check()) == [("KW101", "docs/sail.md")]
    assert lab.check(since="main") == ()


def test_new_document_makes_shared_pages_stale(lab: Lab) -> None:
    lab.git("checkout", "-q", "-b", "topic")
    lab.write("docs/keel.md", "# Keel\n\nThe fin keel.\n\n## Use\n")
    lab.commit()
    everything = set(codes(lab.check()))
    assert {code for code, _ in everything} == {"KW001", "KW003", "KW005"}
    assert set(codes(lab.check(since="main"))) == everything
    assert set(codes(lab.check("docs/keel.md"))) == everything


def test_deleted_document_makes_shared_pages_stale(lab: Lab) -> None:
    lab.git("rm", "-q", "docs/sail.md")
    everything = set(codes(lab.check()))
    assert ("KW005", "kwdocs/docs/index.md") in everything
    assert set(codes(lab.check(staged=True))) == everything


def test_changed_configuration_concerns_every_file(lab: Lab) -> None:
    lab.write("docs/mast.md", f"{MAST}\nIt is made of spruce.\n\n[gone](gone.md)\n")
    lab.commit()
    lab.write("kwlint.toml", "")
    lab.git("add", "kwlint.toml")
    assert codes(lab.check(staged=True)) == codes(lab.check()) != []


def test_file_that_is_no_document_leaves_shared_pages_alone(lab: Lab) -> None:
    lab.write("docs/keel.md", "# Keel\n\nThe fin keel.\n\n## Use\n")
    lab.commit()
    lab.write("code.py", "print()\n")
    lab.git("add", "code.py")
    assert lab.check(staged=True) == ()


def test_merge_base_that_a_shallow_clone_lacks_is_replaced_by_the_revision(lab: Lab, tmp_path: Path) -> None:
    lab.git("checkout", "-q", "-b", "topic")
    lab.write("docs/mast.md", f"{MAST}\n[gone](gone.md)\n")
    lab.settle()
    lab.git("clone", "-q", "--depth=1", "--no-single-branch", lab.root.as_uri(), str(tmp_path / "shallow"))
    assert codes(Lab(tmp_path / "shallow").check(since="origin/main")) == [("KW101", "docs/mast.md")]
