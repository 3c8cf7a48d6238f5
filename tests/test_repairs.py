from __future__ import annotations

from kwlint.encoding import decode
from kwlint.facts import links
from kwlint.flavours import Flavours
from kwlint.judge import MemoryTree, judge
from kwlint.markdown import parse
from kwlint.repairs import Past, repaired


def fixed(
    files: dict[str, str], source: str, moved: dict[str, str] | None = None, before: dict[str, list[str]] | None = None
) -> list[tuple[str, str | None, bool]]:
    """(target, replacement, safe) of every broken link of `source`."""
    flavours = Flavours()
    documents = {path: parse(decode(text.encode()).text) for path, text in files.items() if path.endswith(".md")}
    tree = MemoryTree(list(files), {p: links.anchors(d, flavours.of(p), {}) for p, d in documents.items()})
    past = Past(moved or {}, files.get, lambda path: (before or {}).get(path, []))
    answers = []
    for fact in links.links(documents[source]):
        verdict = judge(source, fact, flavours, tree)
        if verdict.kind == "broken":
            after = repaired(source, fact, verdict, flavours, tree, past)
            answers.append((fact.target, after.replacement, after.safe))
    return answers


def test_a_renamed_file() -> None:
    files = {"a.md": "[x](./docs/old.md#part) [y](</docs/old.md> 't')", "docs/new.md": "# Part"}
    assert fixed(files, "a.md", {"docs/old.md": "docs/new.md"}) == [
        ("./docs/old.md#part", "./docs/new.md#part", True),
        ("/docs/old.md", "/docs/new.md", True),
    ]


def test_a_moved_source_keeps_pointing_at_what_it_pointed_at() -> None:
    files = {"deep/er/a.md": "[x](../img/i.png) ![y](b.md)", "img/i.png": "", "docs/b.md": ""}
    assert fixed(files, "deep/er/a.md", {"docs/a.md": "deep/er/a.md"}) == [
        ("../img/i.png", "../../img/i.png", True),
        ("b.md", "../../docs/b.md", True),
    ]


def test_both_ends_moved_at_once() -> None:
    files = {"new/a.md": "[x](b.md)", "other/b2.md": ""}
    moved = {"old/a.md": "new/a.md", "old/b.md": "other/b2.md"}
    assert fixed(files, "new/a.md", moved) == [("b.md", "../other/b2.md", True)]


def test_a_chain_of_renames_is_one_step_each() -> None:
    files = {"x.md": "[one](a.md)", "b.md": "", "c.md": ""}
    assert fixed(files, "x.md", {"a.md": "b.md", "b.md": "c.md"}) == [("a.md", "b.md", True)]


def test_a_renamed_folder() -> None:
    files = {"x.md": "[one](old/) [two](old/z.md)", "new/a.md": "", "new/b.md": ""}
    moved = {"old/a.md": "new/a.md", "old/b.md": "new/b.md"}
    assert fixed(files, "x.md", moved) == [("old/", "new/", True), ("old/z.md", None, False)]


def test_a_file_that_was_renamed_and_is_gone_again() -> None:
    assert fixed({"x.md": "[one](a.md)"}, "x.md", {"a.md": "b.md"}) == [("a.md", None, False)]


BEFORE = "# T\n\n## Install\n\nRun the installer and wait.\n\n## Use\n\nSome words on use.\n"


def test_a_renamed_heading_with_the_same_body() -> None:
    files = {
        "x.md": "[one](t.md#install)",
        "t.md": BEFORE.replace("## Install", "## Setting up").replace("# T\n", "# T\n\n## New\n\nNew.\n"),
    }
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", "t.md#setting-up", True)]


def test_a_renamed_heading_in_the_same_place_with_a_like_body() -> None:
    after = BEFORE.replace("## Install", "## Setting up").replace("and wait", "and wait long")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", "t.md#setting-up", True)]


def test_a_heading_that_was_replaced_by_another_is_not_a_rename() -> None:
    after = BEFORE.replace("## Install\n\nRun the installer and wait.", "## Support\n\nAsk us about anything else.")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", None, False)]


def test_a_heading_that_was_split_in_two_may_be_either() -> None:
    after = BEFORE.replace("## Install\n", "## Machines\n\n### Setting up\n")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]})[0][2] is False


def test_of_twins_the_name_tells_which_is_meant() -> None:
    before = "# T\n\n## toPoint(x) on A\n\n* x is a point\n\nReturns one of both.\n"
    after = (
        "# T\n\n## fromPoint(x) on A, B\n\n* x is a point\n\nReturns one of both.\n\n## toPoint(x) on A, B\n\nMore.\n"
    )
    files = {"x.md": "[one](t.md#topointx-on-a)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [before]})[0][2] is False


def test_a_file_that_was_put_away_is_not_followed() -> None:
    files = {"x.md": "[one](a.md)", "_a-old.md": ""}
    assert fixed(files, "x.md", {"a.md": "_a-old.md"})[0][2] is False


def test_a_heading_renamed_earlier() -> None:
    after = BEFORE.replace("## Install", "## Setting up")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [after, after, BEFORE]}) == [("t.md#install", "t.md#setting-up", True)]


def test_file_and_heading_renamed_at_once() -> None:
    files = {"x.md": "[one](t.md#install)", "u.md": BEFORE.replace("## Install", "## Setting up")}
    moved = {"t.md": "u.md"}
    assert fixed(files, "x.md", moved, {"u.md": [BEFORE]}) == [("t.md#install", "u.md#setting-up", True)]


def test_two_new_headings_with_the_same_body_are_no_repair() -> None:
    after = BEFORE.replace("## Install", "## One\n\nRun the installer and wait.\n\n## Two")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]})[0][2] is False


def test_what_is_right_in_the_file_before_is_left_alone() -> None:
    files = {"new/a.md": "[x](b.md)", "new/b.md": "", "old/b.md": ""}
    assert fixed(files, "new/a.md", {"old/a.md": "new/a.md"}) == []


def test_headings_renamed_side_by_side() -> None:
    before = "# T\n\n## Using script blocks\n\nOne two three.\n\n## Delay script blocks\n\nFour five six.\n"
    files = {"x.md": "[one](t.md#delay-script-blocks)", "t.md": before.replace("script blocks", "scriptblocks")}
    files["t.md"] = files["t.md"].replace("six", "seven six")
    assert fixed(files, "x.md", before={"t.md": [before]}) == [
        ("t.md#delay-script-blocks", "t.md#delay-scriptblocks", True)
    ]


def test_a_heading_that_moved_and_was_renamed_keeps_most_of_its_body() -> None:
    body = "A long body of words that says a good deal about one thing and is hardly changed at all by the move of it."
    before = f"# T\n\n## Filters\n\n{body}\n\n## Other\n\nText.\n"
    after = f"# T\n\n## Other\n\nText.\n\n## New\n\nNew.\n\n### Filter syntax\n\n{body} More.\n"
    files = {"x.md": "[one](t.md#filters)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [before]}) == [("t.md#filters", "t.md#filter-syntax", True)]
