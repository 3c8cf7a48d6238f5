from __future__ import annotations

import pytest

from kwlint.flavours import Flavours
from kwlint.flavours.hugo import Hugo
from kwlint.flavours.obsidian import Obsidian
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.tree import MemoryTree
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


def resolve(target: str, source: str = "docs/setup.md", tree: MemoryTree = TREE, **more: object) -> LinkResult:
    return resolve_link(source, fact(target, **more), Flavours(), tree)  # type: ignore[arg-type]


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
def test_right_links(target: str, path: str) -> None:
    assert resolve(target)[:2] == ("right", path)


@pytest.mark.parametrize(
    "target",
    ["https://example.org/x", "mailto:a@example.org", "//example.org/x", "HTTP://EXAMPLE.ORG", "data:image/png;base64,",
     "../../issues/12", "../../wiki", "../../", "../../../other-repository"],
)  # fmt: skip
def test_external_links(target: str) -> None:
    assert resolve(target, source="README.md").status == "external"


@pytest.mark.parametrize("target", ["../../issues", "../../README.md", "../.."])
def test_one_level_above_the_repository_is_outside(target: str) -> None:
    assert resolve(target).failure == "outside-repository"


@pytest.mark.parametrize("target", ["{{ url }}", "{% url x %}", "${BASE}/x.md", "guide.md#{{ x }}", "__BASE__/x"])
def test_undecidable_links(target: str) -> None:
    assert resolve(target).status == "undecidable"


@pytest.mark.parametrize(
    ("target", "failure", "name", "actual", "replacement", "safe"),
    [
        ("nowhere.md", "missing-file", "nowhere.md", "", None, False),
        ("(#x)", "missing-file", "(", "", None, False),
        ("setpu.md", "missing-file", "setpu.md", "", "setup.md", False),
        ("guid.md", "missing-file", "guid.md", "", "guide.md", False),
        ("./guides.md#install", "missing-file", "./guides.md", "", "./guide.md#install", False),
        ("snake-case.md", "missing-file", "snake-case.md", "", "snake_case.md", False),
        ("logo.png", "missing-file", "logo.png", "", "img/logo.png", False),
        ("/guide.md", "missing-file", "/guide.md", "", "/docs/guide.md", False),
        ("Guide.md", "wrong-case", "Guide.md", "docs/guide.md", "guide.md", True),
        ("./GUIDE.md#install", "wrong-case", "./GUIDE.md", "docs/guide.md", "./guide.md#install", True),
        (
            "../Docs/sub/../Guide.md",
            "wrong-case",
            "../Docs/sub/../Guide.md",
            "docs/guide.md",
            "../docs/sub/../guide.md",
            True,
        ),
        ("A%20B.md", "wrong-case", "A B.md", "docs/a b.md", "a%20b.md", True),
        ("Sub/", "wrong-case", "Sub/", "docs/sub", "sub/", True),
        ("guide.md#Install", "wrong-case-anchor", "guide.md", "install", "guide.md#install", True),
        ("guide.md#instal", "missing-anchor", "guide.md", "", "guide.md#install", False),
        ("guide.md#something-else", "missing-anchor", "guide.md", "", None, False),
        ("#second-steps-of-all", "missing-anchor", "", "", None, False),
        ("sub/#insid", "missing-anchor", "sub/", "", "sub/#inside", False),
        ("draft.md", "untracked", "draft.md", "", None, False),
        ("../../x.md", "outside-repository", "../../x.md", "", None, False),
        ("../../../x.md", "outside-repository", "../../../x.md", "", None, False),
    ],
)
def test_broken_links(target: str, failure: str, name: str, actual: str, replacement: str | None, safe: bool) -> None:
    result = resolve(target)
    assert result.status == "broken"
    assert (result.failure, result.name, result.actual) == (failure, name, actual)
    assert (result.replacement, result.safe) == (replacement, safe)


def test_only_pictures_are_missing_images() -> None:
    assert resolve("no.png", image=True).failure == "missing-image"
    assert resolve("no.mp4", image=True).failure == "missing-file"


def test_a_broken_reference_is_reported_at_its_definition() -> None:
    assert resolve("label", url="nowhere.md", kind="reference").status == "external"
    assert resolve("label", url="guide.md", kind="reference") == LinkResult("right", "docs/guide.md")
    assert resolve("nowhere.md", kind="definition").status == "broken"


def test_a_replacement_of_an_escaped_target() -> None:
    result = resolve(r"Snake\_case.md#x", url="Snake_case.md#x")
    assert result.replacement == r"snake_case.md#x"


def test_unicode_normalization_of_accents() -> None:
    tree = MemoryTree(["e\u0301.md"])
    result = resolve("\u00e9.md", source="a.md", tree=tree)
    assert (result.failure, result.replacement, result.safe) == ("wrong-case", "e\u0301.md", True)


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
def test_a_file_is_suggested_only_if_it_is_clearly_the_best(files: list[str], target: str, best: str) -> None:
    assert (resolve(target, source="a.md", tree=MemoryTree(files)).replacement or "") == best


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
def test_an_anchor_is_suggested_only_if_it_is_clearly_the_best(anchor: str, best: str) -> None:
    known = anchors(
        "delete-a-note", "step", "step-2", "open-metrics", "limit-the-count", "two-words", "on-accessibility"
    )
    tree = MemoryTree(["a.md"], {"a.md": known})
    assert resolve(f"#{anchor}", source="a.md", tree=tree).replacement == (f"#{best}" if best else None)


def test_a_wikilink_is_not_percent_encoded() -> None:
    tree = MemoryTree(["a b.md", "x.md"], {"a b.md": anchors("One more"), "x.md": anchors()})
    flavours = Flavours([("", Obsidian(""))])
    result = resolve_link("x.md", fact("A bcd#one more", kind="wiki"), flavours, tree)
    assert (result.failure, result.replacement) == ("missing-file", None)
    result = resolve_link("x.md", fact("a bs#One more", kind="wiki"), flavours, tree)
    assert (result.failure, result.replacement) == ("missing-file", "a b#One more")
    result = resolve_link("x.md", fact("a b#One morr", kind="wiki"), flavours, tree)
    assert (result.failure, result.replacement) == ("missing-anchor", "a b#One more")


def test_a_replacement_in_a_template_tag_keeps_the_tag() -> None:
    tree = MemoryTree(
        ["content/a.md", "content/b.md"],
        {"content/a.md": anchors("one-two"), "content/b.md": ()},
    )
    flavours = Flavours([("content", Hugo("content", ""))])
    cases = {
        '{{< ref "a.md#One-two" >}}': ("wrong-case-anchor", '{{< ref "a.md#one-two" >}}'),
        '{{% relref "a.md#one-tow" %}}': ("missing-anchor", '{{% relref "a.md#one-two" %}}'),
        '{{< ref "a.md" >}}#One-two': ("wrong-case-anchor", None),
    }
    for target, expected in cases.items():
        result = resolve_link("content/b.md", fact(target), flavours, tree)
        assert (result.failure, result.replacement) == expected, target
        assert result.safe == (result.failure == "wrong-case-anchor" and result.replacement is not None)


def test_two_files_that_differ_only_in_case_are_ambiguous() -> None:
    tree = MemoryTree(["Read.md", "READ.md"])
    result = resolve("read.md", source="a.md", tree=tree)
    assert (result.failure, result.safe) == ("missing-file", False)


def test_anchors_of_included_documents_count() -> None:
    tree = MemoryTree(
        ["a.md", "inc.md"], {"a.md": (*anchors("x"), Anchor("inc.md", "include", "", 3)), "inc.md": anchors("y")}
    )
    assert resolve("#y", source="a.md", tree=tree).status == "right"
    assert resolve("#z", source="a.md", tree=tree).failure == "missing-anchor"
    unknown = MemoryTree(["a.md"], {"a.md": (Anchor("gone.md", "include", "", 3),)})
    assert resolve("#y", source="a.md", tree=unknown).status == "undecidable"


def test_circular_includes_end() -> None:
    circle = {"a.md": (Anchor("b.md", "include", "", 1),), "b.md": (Anchor("a.md", "include", "", 1),)}
    tree = MemoryTree(["a.md", "b.md"], circle)
    assert resolve("#y", source="a.md", tree=tree).failure == "missing-anchor"


ODD = ["\ud800", "\0", "%", "%ff", "a" * 100_000, "../" * 50_000, "#" * 50_000, "[" * 9999, "{" * 50_000, "__A" * 9999]


@pytest.mark.parametrize("target", ODD)
def test_odd_targets_are_resolved(target: str) -> None:
    assert resolve(target).status in ("broken", "external", "undecidable", "right")


def test_what_gitignore_names_is_not_decidable() -> None:
    tree = MemoryTree(["a.md", "other/cli.md"], ignored=["ref/cli.md", "cli.md"])
    assert resolve_link("a.md", fact("cli.md#part"), Flavours(), tree).status == "undecidable"


def test_a_suggested_file_has_no_slash_behind_its_name() -> None:
    tree = MemoryTree(["a.md", "docs/install.md"])
    targets = ("docs/install/", "docs/install/#z")
    results = [resolve_link("a.md", fact(target), Flavours(), tree).replacement for target in targets]
    assert results == ["docs/install.md", "docs/install.md#z"]


def test_a_link_without_a_target() -> None:
    empty = fact("")
    tree = MemoryTree(["a.md"])
    assert resolve_link("a.md", empty._replace(text="here"), Flavours(), tree).failure == "empty"
    assert resolve_link("a.md", empty._replace(image=True), Flavours(), tree).failure == "empty"
    for right in (empty, empty._replace(kind="html", text="here"), empty._replace(text="&")):
        assert resolve_link("a.md", right, Flavours(), tree).status == "right"


def test_the_separators_of_windows() -> None:
    tree = MemoryTree(["a.md", "docs/setup.md"])
    result = resolve_link("a.md", fact("docs\\setup.md#x"), Flavours(), tree)
    assert (result.failure, result.replacement, result.safe) == ("missing-file", "docs/setup.md#x", False)
    assert resolve_link("a.md", fact("docs\\other.md"), Flavours(), tree).replacement is None


def test_an_address_without_a_scheme_under_all_flavours() -> None:
    tree = MemoryTree(["content/a.md"])
    for flavours in (Flavours(), Flavours([("content", Hugo("content", ""))])):
        result = resolve_link("content/a.md", fact("www.acme.org/x/"), flavours, tree)
        assert (result.failure, result.replacement) == ("missing-file", "https://www.acme.org/x/")
