"""What an earlier run has kept never shows in an answer: after any edits, a check that uses it says what one without
says, to the byte of every page; and an edit moves the pages that it reaches and no others."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from lab import Lab, codes

from kwlint.pages import a_z

DOCUMENTS = {
    "README.md": "# Home\n\nStart with the [guide](docs/guide.md) or the [reference](docs/reference.md#options).\n",
    "docs/guide.md": "# Guide\n\nThe connection pool holds `max_size` entries.\n\n## Connection pool\n\nA pool.\n",
    "docs/reference.md": "# Reference\n\n## Options\n\nThe option `--pool-size` sets the size.\n",
    "docs/deep/notes.md": "# Notes\n\nBack to the [guide](../guide.md).\n",
}


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    made = Lab(tmp_path / "repository")
    for path, text in DOCUMENTS.items():
        made.write(path, text)
    made.settle()
    return made


def test_settled_repository_has_no_problem(lab: Lab) -> None:
    assert lab.check() == ()
    assert lab.check(use_cache=False) == ()


def test_edit_of_prose_moves_pages_of_that_source_alone(lab: Lab) -> None:
    lab.write("docs/guide.md", DOCUMENTS["docs/guide.md"] + "\nIt grows when the **traffic shaper** asks.\n")
    lab.fix()
    pages = {"docs/guide.md_docs.md", "docs/guide.md_kw.md"}
    assert pages <= set(lab.moved()) <= pages | {"keywords.md"}


def test_a_new_link_changes_no_own_page_of_another_document(lab: Lab) -> None:
    lab.write("docs/deep/notes.md", DOCUMENTS["docs/deep/notes.md"] + "\nAnd the [reference](../reference.md).\n")
    lab.fix()
    own = {path for path in lab.moved() if path.endswith(("_kw.md", "_docs.md"))}
    assert own <= {"docs/deep/notes.md_docs.md", "docs/deep/notes.md_kw.md"}
    assert "docs/doc.md" in lab.moved()


def test_a_new_or_deleted_document_changes_no_own_page_of_another(lab: Lab) -> None:
    lab.write("docs/hints.md", "# Hints\n\nSee the [guide](guide.md).\n")
    lab.stage()
    lab.fix()
    own = {path for path in lab.moved() if path.endswith(("_kw.md", "_docs.md"))}
    assert own <= {"docs/hints.md_docs.md", "docs/hints.md_kw.md"}
    lab.commit()
    lab.remove("docs/guide.md")
    lab.fix()
    own = {path for path in lab.moved() if path.endswith(("_kw.md", "_docs.md"))}
    assert own == {"docs/guide.md_docs.md", "docs/guide.md_kw.md"}


def test_renamed_heading_breaks_link_of_unchanged_linker(lab: Lab) -> None:
    lab.write("docs/reference.md", DOCUMENTS["docs/reference.md"].replace("## Options", "## Settings"))
    assert ("KW102", "README.md") in codes(lab.check())


def test_an_alias_that_comes_or_goes_is_noticed_by_unchanged_linkers(lab: Lab) -> None:
    lab.write(".obsidian/app.json", "{}")
    lab.write("docs/links.md", "# Links\n\nSee [[Bee]].\n")
    lab.settle()
    assert codes(lab.check()) == [("KW101", "docs/links.md")]
    lab.write("docs/guide.md", "---\naliases: [Bee]\n---\n" + DOCUMENTS["docs/guide.md"])
    assert ("KW101", "docs/links.md") not in codes(lab.check())
    lab.write("docs/guide.md", DOCUMENTS["docs/guide.md"])
    assert ("KW101", "docs/links.md") in codes(lab.check())


def test_deleted_source_breaks_links_and_leaves_orphans(lab: Lab) -> None:
    lab.remove("docs/guide.md")
    found = codes(lab.check())
    assert ("KW101", "README.md") in found
    assert ("KW101", "docs/deep/notes.md") in found
    assert ("KW006", "kwdocs/docs/guide.md_kw.md") in found
    assert ("KW006", "kwdocs/docs/guide.md_docs.md") in found


def test_last_source_of_folder_takes_the_folder_pages_along(lab: Lab) -> None:
    lab.remove("docs/deep/notes.md")
    lab.fix()
    assert not (lab.root / "kwdocs/docs/deep").exists()
    lab.commit()
    assert lab.check() == ()


def test_file_that_appears_mends_link_of_unchanged_linker(lab: Lab) -> None:
    lab.write("docs/deep/notes.md", "# Notes\n\nSee [figures](figures.csv).\n")
    assert codes(lab.check("docs/deep/notes.md"))[0] == ("KW101", "docs/deep/notes.md")
    lab.write("docs/deep/figures.csv", "1,2\n")
    assert ("KW104", "docs/deep/notes.md") in codes(lab.check())
    lab.stage()
    assert [code for code in codes(lab.check()) if code[0].startswith("KW1")] == []


def test_ignored_file_that_goes_is_noticed(lab: Lab) -> None:
    lab.write(".gitignore", "*.log\n")
    lab.write("docs/deep/notes.md", "# Notes\n\nSee [the log](run.log).\n")
    lab.write("docs/deep/run.log", "done\n")
    assert ("KW104", "docs/deep/notes.md") in codes(lab.check())
    lab.remove("docs/deep/run.log")
    assert ("KW101", "docs/deep/notes.md") in codes(lab.check())


def test_page_edited_by_hand_is_stale_and_put_right(lab: Lab) -> None:
    page = "kwdocs/docs/guide.md_kw.md"
    right = lab.read(page)
    lab.write(page, right + "- my own line\n")
    assert codes(lab.check()) == [("KW002", page)]
    lab.fix()
    assert lab.read(page) == right


def test_right_page_that_is_not_staged_is_told_apart(lab: Lab) -> None:
    lab.write("docs/guide.md", DOCUMENTS["docs/guide.md"] + "\n## New part\n\nText.\n")
    lab.stage()
    lab.fix()
    assert {code for code, _ in codes(lab.check())} == {"KW007"}
    lab.fix(stage=True)
    assert lab.check() == ()


def test_crlf_checkout_of_a_page_is_equal(lab: Lab) -> None:
    page = "kwdocs/docs/guide.md_kw.md"
    lab.git("config", "core.autocrlf", "true")
    lab.write(page, lab.read(page).replace("\n", "\r\n"))
    assert lab.check() == ()


def test_same_size_and_time_with_other_bytes_is_noticed(lab: Lab) -> None:
    lab.check()
    place = lab.root / "docs/guide.md"
    before = place.stat()
    text = place.read_text()
    place.write_text(text.replace("## Connection pool", "## Connection tank"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ("KW002", "kwdocs/docs/guide.md_kw.md") in codes(lab.check())


@pytest.mark.parametrize("limit", [400, 900, 380_000])
@pytest.mark.parametrize("seed", range(3))
def test_any_edits_give_what_a_run_without_cache_gives(
    tmp_path: Path, seed: int, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(a_z, "PAGE_LIMIT", limit)  # a small one splits the A-Z index of a small repository
    rng = random.Random(seed)
    lab = Lab(tmp_path / "repository")
    for path, text in DOCUMENTS.items():
        lab.write(path, text)
    lab.settle()
    for _ in range(8):
        for _ in range(rng.randint(1, 3)):
            change(lab, rng)
        if rng.random() < 0.5:
            lab.stage()
        warm = lab.check(texts=True)
        assert warm == lab.check(texts=True, use_cache=False)
        if rng.random() < 0.5:
            lab.settle()
            assert [problem for problem in lab.check() if problem.code < "KW1"] == []


def change(lab: Lab, rng: random.Random) -> None:
    """One of the things that people do to their documents."""
    paths = sorted(str(path.relative_to(lab.root)) for path in lab.root.rglob("*.md") if "kwdocs" not in path.parts)
    places = ["a.md", "docs/b.md", "docs/README.md", "docs/deep/c d.md", "other/x/e.md", "docs/guide.md"]
    act = rng.randrange(8)
    path = rng.choice(paths) if paths else "a.md"
    if act == 0 and len(paths) > 2:
        lab.remove(path)
    elif act == 1 and paths:
        to = rng.choice(places)
        if not (lab.root / to).exists():
            (lab.root / to).parent.mkdir(parents=True, exist_ok=True)
            (lab.root / path).rename(lab.root / to)
    elif act == 2:
        lab.write(
            rng.choice(places),
            f"# Title {rng.randrange(9)}\n\nAbout the **event loop** and `run_{rng.randrange(9)}`.\n",
        )
    elif act == 3:
        lab.write(f"assets/{rng.randrange(3)}.csv", str(rng.random()))
    elif paths:
        target = rng.choice([*paths, *places, "assets/1.csv", "missing.md"])
        place = "../" * path.count("/") + target.replace(" ", "%20")
        words = rng.choice(["rate limiter", "audit log", "cache key", "event loop"])
        addition = {
            4: f"\nSee [it]({place}#options).\n",
            5: f"\n## About the {words}\n\nThe {words} matters.\n",
            6: f"\nThe **{words}** takes `--{words.split()[0]}`. See [it][r].\n\n[r]: {place}\n",
            7: "\nA sentence more.\n",
        }[act if act > 3 else 7]
        lab.write(path, lab.read(path) + addition)
