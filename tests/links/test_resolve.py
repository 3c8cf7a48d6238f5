from __future__ import annotations

import pytest

from kwlint.flavours import Flavours
from kwlint.flavours.hugo import Hugo
from kwlint.flavours.obsidian import Obsidian
from kwlint.links.resolve import MemoryTree, Verdict, judge
from kwlint.model.facts import Anchor, LinkFact


def fact(target: str, url: str | None = None, kind: str = "inline", image: bool = False, element: str = "") -> LinkFact:
    end = len(target)
    return LinkFact(kind, target, target if url is None else url, "", 0, 0, end, 1, 1, 1, end + 1, image, element, "")


def anchors(*names: str) -> tuple[Anchor, ...]:
    return tuple(Anchor(name, "heading", name, number) for number, name in enumerate(names, 1))


TREE = MemoryTree(
    [
        "README.md", "docs/guide.md", "docs/setup.md", "docs/Straße.md", "docs/a b.md", "docs/img/logo.png",
        "docs/sub/README.md", "docs/snake_case.md", "src/Main.py", "100%.md", "docs/x(1).md",
    ],
    {
        "README.md": anchors("top-level"),
        "docs/guide.md": anchors("install", "usage", "usage-1", "Über", "user-content-x"),
        "docs/setup.md": anchors("first-steps"),
        "docs/sub/README.md": anchors("inside"),
        "docs/x(1).md": anchors(),
    },
    untracked=["docs/draft.md"],
)  # fmt: skip


def verdict(target: str, source: str = "docs/setup.md", tree: MemoryTree = TREE, **more: object) -> Verdict:
    return judge(source, fact(target, **more), Flavours(), tree)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("guide.md", "docs/guide.md"),
        ("./guide.md#install", "docs/guide.md"),
        ("guide.md#usage-1", "docs/guide.md"),
        ("guide.md#%C3%9Cber", "docs/guide.md"),
        ("guide.md#", "docs/guide.md"),
        ("guide.md#top", "docs/guide.md"),
        ("guide.md#L10-L20", "docs/guide.md"),
        ("guide.md#:~:text=anything", "docs/guide.md"),
        ("guide.md?plain=1#L3", "docs/guide.md"),
        ("/docs/guide.md", "docs/guide.md"),
        ("../README.md#top-level", "README.md"),
        ("#first-steps", "docs/setup.md"),
        ("", "docs/setup.md"),
        ("#", "docs/setup.md"),
        ("a%20b.md", "docs/a b.md"),
        ("a b.md", "docs/a b.md"),
        ("../100%.md", "100%.md"),
        ("img/", "docs/img"),
        ("sub", "docs/sub"),
        ("sub#inside", "docs/sub"),
        ("../src/Main.py#L1", "src/Main.py"),
        ("../src/Main.py#anything", "src/Main.py"),
        ("..", ""),
        ("x(1).md", "docs/x(1).md"),
    ],
)
def test_right(target: str, path: str) -> None:
    assert verdict(target)[:2] == ("right", path)


@pytest.mark.parametrize(
    "target",
    ["https://example.org/x", "mailto:a@example.org", "//example.org/x", "HTTP://EXAMPLE.ORG", "data:image/png;base64,",
     "../../issues/12", "../../wiki", "../../", "../../../other-repository"],
)  # fmt: skip
def test_external(target: str) -> None:
    assert verdict(target, source="README.md").kind == "external"


@pytest.mark.parametrize("target", ["../../issues", "../../README.md", "../.."])
def test_one_level_above_the_repository_is_nothing(target: str) -> None:
    assert verdict(target).code == "KW105"


@pytest.mark.parametrize("target", ["{{ url }}", "{% url x %}", "${BASE}/x.md", "guide.md#{{ x }}", "__BASE__/x"])
def test_undecidable(target: str) -> None:
    assert verdict(target).kind == "undecidable"


@pytest.mark.parametrize(
    ("target", "code", "message", "hint", "replacement", "safe"),
    [
        ("nowhere.md", "KW101", "no file nowhere.md", "", None, False),
        ("(#x)", "KW101", "no file (", "", None, False),
        ("setpu.md", "KW101", "no file setpu.md", 'did you mean "setup.md"?', "setup.md", False),
        ("guid.md", "KW101", "no file guid.md", 'did you mean "guide.md"?', "guide.md", False),
        ("./guides.md#install", "KW101", "no file ./guides.md", 'did you mean "./guide.md#install"?',
         "./guide.md#install", False),
        ("snake-case.md", "KW101", "no file snake-case.md", 'did you mean "snake_case.md"?', "snake_case.md", False),
        ("logo.png", "KW101", "no file logo.png", 'did you mean "img/logo.png"?', "img/logo.png", False),
        ("/guide.md", "KW101", "no file /guide.md", 'did you mean "/docs/guide.md"?', "/docs/guide.md", False),
        ("Guide.md", "KW103", "Guide.md is spelled docs/guide.md", 'write "guide.md"', "guide.md", True),
        ("./GUIDE.md#install", "KW103", "./GUIDE.md is spelled docs/guide.md", 'write "./guide.md#install"',
         "./guide.md#install", True),
        ("../Docs/sub/../Guide.md", "KW103", "../Docs/sub/../Guide.md is spelled docs/guide.md",
         'write "../docs/sub/../guide.md"', "../docs/sub/../guide.md", True),
        ("A%20B.md", "KW103", "A B.md is spelled docs/a b.md", 'write "a%20b.md"', "a%20b.md", True),
        ("Sub/", "KW103", "Sub/ is spelled docs/sub", 'write "sub/"', "sub/", True),
        ("guide.md#Install", "KW103", 'anchor "Install" is spelled "install" in guide.md',
         'write "guide.md#install"', "guide.md#install", True),
        ("guide.md#instal", "KW102", 'no heading "instal" in guide.md', 'did you mean "install"?',
         "guide.md#install", False),
        ("guide.md#something-else", "KW102", 'no heading "something-else" in guide.md', "", None, False),
        ("#second-steps-of-all", "KW102", 'no heading "second-steps-of-all" in this file', "", None, False),
        ("sub/#insid", "KW102", 'no heading "insid" in sub/', 'did you mean "inside"?', "sub/#inside", False),
        ("draft.md", "KW104", "draft.md is on disk, but git does not track it", "git add docs/draft.md", None, False),
        ("../../x.md", "KW105", "../../x.md leaves the repository", "", None, False),
        ("../../../x.md", "KW105", "../../../x.md leaves the repository", "", None, False),
    ],
)  # fmt: skip
def test_broken(target: str, code: str, message: str, hint: str, replacement: str | None, safe: bool) -> None:
    found = verdict(target)
    assert found.kind == "broken"
    assert (found.code, found.message, found.hint, found.replacement, found.safe) == (
        code, message, hint, replacement, safe,
    )  # fmt: skip


def test_what_is_missing_is_called_what_it_is() -> None:
    assert verdict("no.png", image=True).message == "no image no.png"
    assert verdict("no.mp4", image=True).message == "no file no.mp4"


def test_a_reference_is_wrong_where_its_definition_is() -> None:
    assert verdict("label", url="nowhere.md", kind="reference").kind == "external"
    assert verdict("label", url="guide.md", kind="reference") == Verdict("right", "docs/guide.md")
    assert verdict("nowhere.md", kind="definition").kind == "broken"


def test_a_replacement_keeps_what_is_escaped() -> None:
    found = verdict(r"Snake\_case.md#x", url="Snake_case.md#x")
    assert found.replacement == r"snake_case.md#x"


def test_composition_of_accents() -> None:
    tree = MemoryTree(["e\u0301.md"])
    found = verdict("\u00e9.md", source="a.md", tree=tree)
    assert (found.code, found.replacement, found.safe) == ("KW103", "e\u0301.md", True)


@pytest.mark.parametrize(
    ("files", "target", "best"),
    [
        (["img/screenshot.png"], "img/screenshot-dark.png", ""),
        (["img/screenshot.png"], "img/screenshot2.png", ""),
        (["img/figure-3.png"], "img/figure-2.png", ""),
        (["get-item.md"], "set-item.md", ""),
        (["first-steps.md"], "first-stesp.md", "first-steps.md"),
        (["web-page.md", "other.md"], "web-pages.md", "web-page.md"),
        (["CONTRIBUTING.md"], "themes/x/CONTRIBUTING.md", ""),
        (["old/x/README.md"], "new/x/README.md", "old/x/README.md"),
        (["old/setup.md"], "new/setup.md", "old/setup.md"),
        ([".github/ISSUE_TEMPLATE/documentation.md"], "DOCUMENTATION.md", ""),
        (["LICENSE.md"], "LICENSE", "LICENSE.md"),
        ([], "www.example.org/x", "https://www.example.org/x"),
        ([], "example.org", "https://example.org"),
        (["docs/example.org"], "example.org", "docs/example.org"),
        ([], "./www.example.org", ""),
        ([], "node.js", ""),
        (["test/site/theme.toml"], "docs/x/theme.toml", ""),
    ],
)
def test_one_clear_best_file_or_none(files: list[str], target: str, best: str) -> None:
    assert (verdict(target, source="a.md", tree=MemoryTree(files)).replacement or "") == best


@pytest.mark.parametrize(
    ("anchor", "best"),
    [
        ("rename-a-note", ""),
        ("step-3", ""),
        ("delete-note", "delete-a-note"),
        ("delete-a-note-for-ever", ""),
        ("delete-the-notes", ""),
        ("openmetrics", "open-metrics"),
        ("limiting-the-count", "limit-the-count"),
        ("tow-words", "two-words"),
        ("two-words-1", "two-words"),
        ("in-inaccessibility", ""),
    ],
)
def test_one_clear_best_anchor_or_none(anchor: str, best: str) -> None:
    known = anchors(
        "delete-a-note", "step", "step-2", "open-metrics", "limit-the-count", "two-words", "on-accessibility"
    )
    tree = MemoryTree(["a.md"], {"a.md": known})
    assert verdict(f"#{anchor}", source="a.md", tree=tree).replacement == (f"#{best}" if best else None)


def test_a_wikilink_is_not_percent_encoded() -> None:
    tree = MemoryTree(["a b.md", "x.md"], {"a b.md": anchors("One more"), "x.md": anchors()})
    flavours = Flavours([("", Obsidian(""))])
    found = judge("x.md", fact("A bcd#one more", kind="wiki"), flavours, tree)
    assert (found.code, found.replacement) == ("KW101", None)
    found = judge("x.md", fact("a bs#One more", kind="wiki"), flavours, tree)
    assert (found.code, found.replacement) == ("KW101", "a b#One more")
    found = judge("x.md", fact("a b#One morr", kind="wiki"), flavours, tree)
    assert (found.code, found.replacement) == ("KW102", "a b#One more")


def test_a_replacement_in_a_template_leaves_the_template_whole() -> None:
    tree = MemoryTree(
        ["content/a.md", "content/b.md"],
        {"content/a.md": anchors("one-two"), "content/b.md": ()},
    )
    flavours = Flavours([("content", Hugo("content", ""))])
    cases = {
        '{{< ref "a.md#One-two" >}}': ("KW103", '{{< ref "a.md#one-two" >}}'),
        '{{% relref "a.md#one-tow" %}}': ("KW102", '{{% relref "a.md#one-two" %}}'),
        '{{< ref "a.md" >}}#One-two': ("KW103", None),
    }
    for target, expected in cases.items():
        found = judge("content/b.md", fact(target), flavours, tree)
        assert (found.code, found.replacement) == expected, target
        assert found.safe == (found.code == "KW103" and found.replacement is not None)


def test_two_files_that_differ_in_case_are_no_suggestion_of_one() -> None:
    tree = MemoryTree(["Read.md", "READ.md"])
    found = verdict("read.md", source="a.md", tree=tree)
    assert (found.code, found.safe) == ("KW101", False)


def test_anchors_of_included_documents_count() -> None:
    tree = MemoryTree(
        ["a.md", "inc.md"], {"a.md": (*anchors("x"), Anchor("inc.md", "include", "", 3)), "inc.md": anchors("y")}
    )
    assert verdict("#y", source="a.md", tree=tree).kind == "right"
    assert verdict("#z", source="a.md", tree=tree).code == "KW102"
    unknown = MemoryTree(["a.md"], {"a.md": (Anchor("gone.md", "include", "", 3),)})
    assert verdict("#y", source="a.md", tree=unknown).kind == "undecidable"


def test_circular_includes_end() -> None:
    circle = {"a.md": (Anchor("b.md", "include", "", 1),), "b.md": (Anchor("a.md", "include", "", 1),)}
    tree = MemoryTree(["a.md", "b.md"], circle)
    assert verdict("#y", source="a.md", tree=tree).code == "KW102"


ODD = ["\ud800", "\0", "%", "%ff", "a" * 100_000, "../" * 50_000, "#" * 50_000, "[" * 9999, "{" * 50_000, "__A" * 9999]


@pytest.mark.parametrize("target", ODD)
def test_odd_targets_are_judged(target: str) -> None:
    assert verdict(target).kind in ("broken", "external", "undecidable", "right")
