from __future__ import annotations

import pytest

from kwlint.facts import links
from kwlint.flavours import Flavours
from kwlint.flavours.docusaurus import Docusaurus
from kwlint.flavours.vitepress import VitePress
from kwlint.links.file_match import RenamedTexts
from kwlint.links.repair import History, repair_from_history
from kwlint.links.resolve import resolve_link
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse
from kwlint.text.encoding import decode

UNCHANGED = RenamedTexts(
    *["A text of many words, which says enough about one thing to tell it from all the others. " * 3] * 2
)


def fixed(
    files: dict[str, str],
    source: str,
    moved: dict[str, str] | None = None,
    before: dict[str, list[str]] | None = None,
    flavours: Flavours | None = None,
) -> list[tuple[str, str | None, bool]]:
    """Return target, replacement and safety of each broken link of `source`."""
    flavours = flavours or Flavours()
    documents = {path: parse(decode(text.encode()).text) for path, text in files.items() if path.endswith(".md")}
    tree = MemoryTree(list(files), {p: links.anchors(d, flavours.of(p), {}) for p, d in documents.items()})
    history = History(moved or {}, files.get, lambda path: (before or {}).get(path, []), lambda *_: UNCHANGED)
    answers = []
    for fact in links.links(documents[source]):
        result = resolve_link(source, fact, flavours, tree)
        if result.status == "broken":
            after = repair_from_history(source, fact, result, flavours, tree, history)
            answers.append((fact.target, after.replacement, after.safe))
    return answers


def test_a_renamed_file() -> None:
    files = {"a.md": "[x](./docs/old.md#part) [y](</docs/old.md> 't')", "docs/new.md": "# Part"}
    assert fixed(files, "a.md", {"docs/old.md": "docs/new.md"}) == [
        ("./docs/old.md#part", "./docs/new.md#part", True),
        ("/docs/old.md", "/docs/new.md", True),
    ]


def test_links_of_a_moved_source_keep_their_targets() -> None:
    files = {"deep/er/a.md": "[x](../img/i.png) ![y](b.md)", "img/i.png": "", "docs/b.md": ""}
    assert fixed(files, "deep/er/a.md", {"docs/a.md": "deep/er/a.md"}) == [
        ("../img/i.png", "../../img/i.png", True),
        ("b.md", "../../docs/b.md", True),
    ]


def test_source_and_target_moved_together() -> None:
    files = {"new/a.md": "[x](b.md)", "other/b2.md": ""}
    moved = {"old/a.md": "new/a.md", "old/b.md": "other/b2.md"}
    assert fixed(files, "new/a.md", moved) == [("b.md", "../other/b2.md", True)]


def test_each_rename_of_a_chain_is_followed_once() -> None:
    files = {"x.md": "[one](a.md)", "b.md": "", "c.md": ""}
    assert fixed(files, "x.md", {"a.md": "b.md", "b.md": "c.md"}) == [("a.md", "b.md", True)]


def test_a_renamed_folder() -> None:
    files = {"x.md": "[one](old/) [two](old/z.md)", "new/a.md": "", "new/b.md": ""}
    moved = {"old/a.md": "new/a.md", "old/b.md": "new/b.md"}
    assert fixed(files, "x.md", moved) == [("old/", "new/", True), ("old/z.md", None, False)]


def test_a_file_that_was_renamed_and_then_deleted() -> None:
    assert fixed({"x.md": "[one](a.md)"}, "x.md", {"a.md": "b.md"}) == [("a.md", None, False)]


BODY = "Run the installer and wait. It copies all files to the disk, asks for a password, and restarts the machine."
BEFORE = f"# T\n\n## Install\n\n{BODY}\n\n## Use\n\nSome words on use.\n"


def test_a_renamed_heading_with_the_same_body() -> None:
    files = {
        "x.md": "[one](t.md#install)",
        "t.md": BEFORE.replace("## Install", "## Setting up").replace("# T\n", "# T\n\n## New\n\nNew.\n"),
    }
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", "t.md#setting-up", True)]


def test_a_renamed_heading_at_the_same_position_with_a_similar_body() -> None:
    after = BEFORE.replace("## Install", "## Quick install").replace("and wait", "and wait long")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", "t.md#quick-install", True)]
    files["t.md"] = after.replace("Quick install", "Setting up")
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", None, False)]


def test_a_replaced_heading_is_not_a_rename() -> None:
    after = BEFORE.replace(f"## Install\n\n{BODY}", "## Support\n\nAsk us about anything else.")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]}) == [("t.md#install", None, False)]


def test_a_heading_that_was_split_is_ambiguous() -> None:
    after = BEFORE.replace("## Install\n", "## Machines\n\n### Setting up\n")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]})[0][2] is False


def test_a_heading_with_a_new_one_above_it_is_ambiguous() -> None:
    after = BEFORE.replace("## Install\n", "## Getting and setting up\n\nThere are two ways.\n\n### On a machine\n")
    assert headed(after) is None
    assert headed(after.replace("On a machine", "Installing")) == "installing"
    both = after.replace("Getting and setting up", "Installation and use").replace("On a machine", "Install it")
    assert headed(both) is None


def test_the_name_decides_between_equal_bodies() -> None:
    before = "# T\n\n## toPoint(x) on A\n\n* x is a point\n\nReturns one of both.\n"
    after = (
        "# T\n\n## fromPoint(x) on A, B\n\n* x is a point\n\nReturns one of both.\n\n## toPoint(x) on A, B\n\nMore.\n"
    )
    files = {"x.md": "[one](t.md#topointx-on-a)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [before]})[0][2] is False


@pytest.mark.parametrize("now", ["_a.md", "a-old.md", "legacy/a.md", "a.deprecated.md"])
def test_an_archived_file_is_not_followed(now: str) -> None:
    files = {"x.md": "[one](a.md)", now: ""}
    assert fixed(files, "x.md", {"a.md": now})[0][2] is False


def test_a_file_renamed_inside_an_archive_folder_is_followed() -> None:
    files = {"x.md": "[one](old/a.md)", "old/b.md": ""}
    assert fixed(files, "x.md", {"old/a.md": "old/b.md"}) == [("old/a.md", "old/b.md", True)]


def test_a_file_that_git_paired_with_another_version() -> None:
    files = {"v6/x.md": "[one](old/a.md) [two](old/b.md)", "v5/new/a.md": "", "v6/new/a.md": "", "v5/new/b.md": ""}
    moved = {"v6/old/a.md": "v5/new/a.md", "v5/old/a.md": "v6/new/a.md", "v6/old/b.md": "v5/new/b.md"}
    assert [safe for _, _, safe in fixed(files, "v6/x.md", moved)] == [False, False]


def test_a_file_that_left_the_site_is_not_followed() -> None:
    flavours = Flavours([(root, Docusaurus(root, "site")) for root in ("site/docs", "site/community")])
    files = {"site/docs/a.md": "[x](/b.md) [y](c.md)", "site/community/b.md": "", "site/docs/e.md": ""}
    moved = {"site/docs/b.md": "site/community/b.md", "site/docs/c.md": "site/docs/e.md"}
    (left, followed) = fixed(files, "site/docs/a.md", moved, flavours=flavours)
    assert left[2] is False
    assert followed == ("c.md", "e.md", True)


def test_two_kinds_of_documents_of_one_site() -> None:
    flavours = Flavours([("docs", Docusaurus("docs", ""))])
    files = {"docs/a.mdx": "", "docs/a.md": "[x](b.md)", "docs/c.mdx": ""}
    assert fixed(files, "docs/a.md", {"docs/b.md": "docs/c.mdx"}, flavours=flavours) == [("b.md", "c.mdx", True)]


def test_a_link_into_another_site_follows_its_target_there() -> None:
    flavours = Flavours([("docs", VitePress("docs", "docs"))])
    files = {"README.md": "[x](docs/a.md)", "docs/b.md": ""}
    assert fixed(files, "README.md", {"docs/a.md": "docs/b.md"}, flavours=flavours) == [
        ("docs/a.md", "docs/b.md", True)
    ]


def test_a_root_relative_target_stays_root_relative() -> None:
    flavours = Flavours([("site/docs", Docusaurus("site/docs", "site"))])
    files = {"site/docs/x/a.md": "[x](/b.md) [y](/site/docs/b.md)", "site/docs/y/c.md": ""}
    moved = {"site/docs/b.md": "site/docs/y/c.md"}
    assert fixed(files, "site/docs/x/a.md", moved, flavours=flavours) == [
        ("/b.md", "/y/c.md", True),
        ("/site/docs/b.md", "/site/docs/y/c.md", True),
    ]


def test_a_link_to_an_index_without_suffix_names_the_folder() -> None:
    flavours = Flavours([("docs", VitePress("docs", "docs"))])
    files = {"docs/x.md": "[x](./api#one) [y](./api.html) [z](./start/index)", "docs/ref/index.md": "# One"}
    moved = {"docs/api.md": "docs/ref/index.md", "docs/start/index.md": "docs/ref/index.md"}
    assert fixed(files, "docs/x.md", moved, flavours=flavours) == [
        ("./api#one", "./ref/#one", True),
        ("./api.html", "./ref/index.html", True),
        ("./start/index", "./ref/index", True),
    ]


def test_a_renamed_heading_of_a_folder_index() -> None:
    flavours = Flavours([("docs", VitePress("docs", "docs"))])
    after = BEFORE.replace("## Install", "## Setting up")
    files = {"docs/x.md": "[x](/config/#install)", "docs/config/index.md": after}
    assert fixed(files, "docs/x.md", before={"docs/config/index.md": [BEFORE]}, flavours=flavours) == [
        ("/config/#install", "/config/#setting-up", True)
    ]


def test_a_heading_renamed_in_an_earlier_version() -> None:
    after = BEFORE.replace("## Install", "## Setting up")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [after, after, BEFORE]}) == [("t.md#install", "t.md#setting-up", True)]


def test_file_and_heading_renamed_together() -> None:
    files = {"x.md": "[one](t.md#install)", "u.md": BEFORE.replace("## Install", "## Setting up")}
    moved = {"t.md": "u.md"}
    assert fixed(files, "x.md", moved, {"u.md": [BEFORE]}) == [("t.md#install", "u.md#setting-up", True)]


def test_two_new_headings_with_the_same_body_are_ambiguous() -> None:
    after = BEFORE.replace("## Install", f"## One\n\n{BODY}\n\n## Two")
    files = {"x.md": "[one](t.md#install)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [BEFORE]})[0][2] is False


def test_an_anchor_that_never_existed_is_not_repaired() -> None:
    files = {"new/a.md": "[x](b.md)", "new/b.md": "", "old/b.md": ""}
    assert fixed(files, "new/a.md", {"old/a.md": "new/a.md"}) == []


def test_adjacent_headings_renamed_together() -> None:
    before = "# T\n\n## Using script blocks\n\nOne two three.\n\n## Delay script blocks\n\nFour five six.\n"
    files = {"x.md": "[one](t.md#delay-script-blocks)", "t.md": before.replace("script blocks", "scriptblocks")}
    files["t.md"] = files["t.md"].replace("six", "seven six")
    assert fixed(files, "x.md", before={"t.md": [before]}) == [
        ("t.md#delay-script-blocks", "t.md#delay-scriptblocks", True)
    ]


def test_a_moved_and_renamed_heading_that_keeps_most_of_its_body() -> None:
    body = "A long body of words that says a good deal about one thing and is hardly changed at all by the move of it."
    before = f"# T\n\n## Filters\n\n{body}\n\n## Other\n\nText.\n"
    after = f"# T\n\n## Other\n\nText.\n\n## New\n\nNew.\n\n### Filter syntax\n\n{body} More.\n"
    files = {"x.md": "[one](t.md#filters)", "t.md": after}
    assert fixed(files, "x.md", before={"t.md": [before]}) == [("t.md#filters", "t.md#filter-syntax", True)]


def headed(after: str, before: str = BEFORE, target: str = "t.md#install") -> str | None:
    """Return the safe replacement of a link into a document that changed from `before` to its present text."""
    ((_, replacement, safe),) = fixed({"x.md": f"[one]({target})", "t.md": after}, "x.md", before={"t.md": [before]})
    return replacement.partition("#")[2] if safe and replacement else None


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("send(event)", "send(inputEvent)", None),
        ("--log", "--log[=file]", None),
        ("to(point) Windows", "to(point) Windows Linux", None),
        ("Session start event", "Event: session.start", "event-sessionstart"),
        ("Installing", "Installation", "installation"),
        ("Recieving mail", "Receiving mail", None),
        ("Enable it", "Disable it", None),
        ("On Windows", "On Linux", None),
        ("Release 2", "Release 3", None),
        ("Install", "Install on a Mac without the program", None),
    ],
)
def test_a_similar_name_at_the_same_position_matches_a_rewritten_body(old: str, new: str, meant: str | None) -> None:
    before = f"# T\n\n## {old}\n\nRun the program and wait for it.\n\n## Use\n\nSome words.\n"
    after = f"# T\n\n### {new}\n\nIt is another text, but for the words here.\n\n## Use\n\nSome words.\n"
    from kwlint.flavours.slugs import github_slug as slug

    assert headed(after, before, f"t.md#{slug(old)}") == meant


def test_headings_at_the_same_position_are_paired_in_order() -> None:
    four = "One two three four five six seven eight nine ten."
    five = "Ten nine eight seven six five four three two one."
    before = f"# T\n\n## Pears\n\n{four}\n\n## Plums\n\n{five}\n\n## End\n"
    after = f"# T\n\n## Ripe pears\n\n{four} More.\n\n## Ripe plums\n\n{five} More.\n\n## End\n"
    assert headed(after, before, "t.md#plums") == "ripe-plums"


def test_headings_are_not_paired_if_one_was_removed() -> None:
    before = "# T\n\n## A part\n\nOne two three four.\n\n## B part\n\nOne two three five.\n\n## End\n"
    assert headed("# T\n\n## First\n\nOne two three six.\n\n## End\n", before, "t.md#b-part") is None


def test_a_body_of_two_headings_is_ambiguous() -> None:
    before = "# T\n\n## A\n\nTo do.\n\n## Middle\n\nText.\n\n## B\n\nTo do.\n"
    after = "# T\n\n## Middle\n\nText.\n\n## C\n\nTo do.\n"
    assert headed(after, before, "t.md#a") is None


def test_headings_without_text_match_by_their_subsections() -> None:
    before = "# T\n\n## Paint\n\n### Use\n\nTake the brush.\n\n## End\n"
    after = before.replace("Paint", "Painting")
    assert headed(after, before, "t.md#paint") == "painting"
    assert headed(after.replace("Painting", "Glue"), before, "t.md#paint") is None
    assert headed("# T\n\n## Blue\n\n## End\n", "# T\n\n## Red\n\n## End\n", "t.md#red") is None


def test_one_of_two_equal_headings_was_removed() -> None:
    before = "# T\n\n## Use\n\nThe first.\n\n## More\n\n### Use\n\nThe second.\n"
    assert headed(before.replace("## Use\n\nThe first.\n\n", "", 1), before, "t.md#use-1") == "use"
    assert headed(before.replace("### Use\n\nThe second.\n", ""), before, "t.md#use-1") is None


def test_a_heading_renamed_to_deprecated_is_not_followed() -> None:
    assert headed(BEFORE.replace("## Install", "## Install (deprecated)")) is None


def test_the_most_similar_body_and_name_wins() -> None:
    words = "an example of a request that goes to the server and comes back with an answer after a while and so on"
    before = f"# T\n\n## Retries\n\n{words} retry one two.\n\n## Redirects\n\n{words} then to elsewhere.\n"
    after = (
        f"# T\n\n## Examples\n\nThese.\n\n### Client retries\n\n{words} retry one.\n\n"
        f"### Client redirects\n\n{words} and then elsewhere, at other places.\n\n### Others\n"
    )
    assert headed(after, before, "t.md#retries") == "client-retries"


def test_an_explicit_anchor_became_a_heading() -> None:
    text = "Each of these words says something about the limits that are there for what can be set, " * 2
    before = f'# T\n\nOne.\n\n<a name="limits"></a>\n**Limits:**\n\n{text}\n\n## End\n'
    after = f"# T\n\nOne.\n\n## What is the most\n\n{text}\n\n## End\n"
    assert headed(after, before, "t.md#limits") is None
    assert headed(after.replace("the most", "with limits"), before, "t.md#limits") == "what-is-with-limits"


@pytest.mark.parametrize("before", ['<a name="go"></a>\n\n## Install', '## Install <a id="go"></a>'])
def test_a_removed_explicit_anchor_next_to_a_heading(before: str) -> None:
    assert headed(BEFORE, BEFORE.replace("## Install", before), "t.md#go") == "install"
    assert headed(BEFORE, BEFORE.replace("some words", '<a id="go"></a> some words'), "t.md#go") is None


def test_a_renamed_explicit_anchor() -> None:
    before = BEFORE.replace("## Install", '<a name="f"></a>\n\n## Install')
    assert headed(before.replace('"f"', '"setup"'), before, "t.md#f") == "setup"
    assert headed(before.replace('"f"', '"setup"') + '<a id="end"></a>', before, "t.md#f") == "setup"
    assert headed(before.replace('"f"></a>', '"setup"></a><a id="go"></a>'), before, "t.md#f") is None
    assert headed(BEFORE + '<a id="end"></a>', before, "t.md#f") == "install"
    moved = BEFORE + '\n## Other\n\nWhat is here has nothing to do with it.\n\n<a id="setup"></a> Words, other ones.\n'
    assert headed(moved, before, "t.md#f") == "install"
