"""GitHub and GitLab."""

from __future__ import annotations

import pytest
from link_lab import check, outcome

from kwlint.flavours import detect, host_anchors
from kwlint.markdown import parse


def test_links_in_hidden_github_folders_may_lead_to_pages_of_the_host() -> None:
    files = {".github/pull_request_template.md": "", "a.md": "", ".github/tree/x.md": ""}
    check(files, {
        (".github/pull_request_template.md", "../blob/main/CONTRIBUTING.md"): "undecidable",
        (".github/pull_request_template.md", "../../blob/main/CONTRIBUTING.md"): "undecidable",
        (".github/pull_request_template.md", "../tree/HEAD/README.md"): "undecidable",
        (".github/pull_request_template.md", "../CONTRIBUTING.md"): "KW101",
        (".github/pull_request_template.md", "blob/main/x.md"): "KW101",
        ("a.md", "../blob/main/CONTRIBUTING.md"): "KW105",
    })  # fmt: skip


def test_gitlab_accepts_slugs_with_and_without_runs_of_hyphens() -> None:
    flavours = detect(["a.md"], lambda _: b"", (("", "gitlab"),))
    document = parse("# A - b\n\n# 12\n\n# A - b\n")
    names = {anchor.name for anchor in flavours.of("a.md").anchors(document, {})}
    assert names == {"a-b", "a-b-1", "anchor-12", "a---b", "a---b-1", "12"}
    assert host_anchors("gitlab", document) == ("a-b", "anchor-12", "a-b-1")
    assert host_anchors("github", document) == ("a---b", "12", "a---b-1")


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_pages_of_the_git_host_above_the_repository_are_external(host: str) -> None:
    settings = (("", host),)
    pages = ("../../issues/12", "../../-/issues/12", "../../wiki", "../../", "../../../other-repository")
    assert {outcome({"a.md": ""}, "a.md", page, settings) for page in pages} == {"external"}
    assert outcome({"a.md": ""}, "a.md", "../../unknown/12", settings) == "KW105"
    assert outcome({"a.md": ""}, "a.md", "../issues/12", settings) == "KW105"


def test_merge_requests_are_pages_of_gitlab_only() -> None:
    page = "../../merge_requests/3"
    assert outcome({"a.md": ""}, "a.md", page, (("", "gitlab"),)) == "external"
    assert outcome({"a.md": ""}, "a.md", page, (("", "github"),)) == "KW105"


def test_a_path_one_level_above_the_repository_begins_with_a_branch() -> None:
    files = {"a.md": "", "docs/b.md": "# Setup\n", "x.png": ""}
    check(files, {
        ("a.md", "../main/docs/b.md#setup"): "docs/b.md",
        ("a.md", "../master/docs/b.md#gone"): "KW102",
        ("docs/b.md", "../../master/x.png"): "x.png",
        ("a.md", "../main/gone.md"): "undecidable",
        ("a.md", "../v1.2/docs/b.md#old"): "undecidable",
        ("a.md", "../elsewhere/docs/b.md"): "KW105",
    })  # fmt: skip


def test_readme_is_the_top_of_a_readme() -> None:
    files = {"README.md": "", "docs/readme.md": "", "docs/a.md": ""}
    check(files, {
        ("docs/a.md", "../#readme"): "",
        ("docs/a.md", "../docs#readme"): "docs",
        ("README.md", "#readme"): "README.md",
        ("docs/a.md", "#readme"): "KW102",
    })  # fmt: skip


def test_headings_in_html_have_slugs_and_are_numbered_with_the_others() -> None:
    text = (
        "<h1 align='center'>\n  The <b>Tool</b> &amp; more\n</h1>\n\n## Use\n\n"
        "<details><summary><h3>Use</h3></summary>\n\n"
        "## Use\n\n`<h2>Code</h2>`\n\n<!-- <h2>Hidden</h2> -->\n\n"
        "```html\n<h2>Sample</h2>\n```\n\n<h2 id='own'>Mine</h2>\n"
    )
    for host in ("github", "gitlab"):
        flavour = detect(["a.md"], lambda _: b"", (("", host),)).of("a.md")
        names = {anchor.name for anchor in flavour.anchors(parse(text), {})}
        assert names >= {"use", "use-1", "use-2", "own", "mine"}
        assert names.isdisjoint({"code", "hidden", "sample"})
        assert ("the-tool--more" if host == "github" else "the-tool-more") in names
    assert host_anchors("github", parse(text)) == ("use", "use-2")


def test_fragments_of_headings_that_the_host_reads_in_another_way() -> None:
    from kwlint.model.document import Dialect

    mdx = Dialect(mdx=True)
    assert host_anchors("github", parse("## Set up {#own}\n", mdx)) == ("set-up-own",)
    mkdocs = Dialect(admonitions=True)
    text = "# A\n\n!!! note\n\n    ## Inside\n\n## B\n"
    assert host_anchors("github", parse(text, mkdocs)) == ("a", "a", "b")


def test_bitbucket() -> None:
    files = {"a.md": "# Set up & run\n\n# Set up & run\n"}
    settings = (("", "bitbucket"),)
    assert outcome(files, "a.md", "#markdown-header-set-up-run", settings) == "a.md"
    assert outcome(files, "a.md", "#markdown-header-set-up-run_1", settings) == "a.md"
    assert outcome(files, "a.md", "#set-up-run", settings) == "KW102"


def test_azure_devops() -> None:
    files = {"a.md": "# Q & A\n", "Other-Page.md": ""}
    settings = (("", "azure"),)
    assert outcome(files, "a.md", "#q-%26-a", settings) == "a.md"
    assert outcome(files, "a.md", "/Other-Page", settings) == "Other-Page.md"
    assert outcome(files, "a.md", "#gone", settings) == "KW102"


def test_gitea() -> None:
    files = {"a.md": "# Set up\n"}
    settings = (("", "gitea"),)
    assert outcome(files, "a.md", "#set-up", settings) == "a.md"
    assert outcome(files, "a.md", "/explore", settings) == "undecidable"
    assert outcome(files, "a.md", "gone.md", settings) == "KW101"


def test_wikis_of_github() -> None:
    files = {"Home.md": "", "_Sidebar.md": "", "How-To/Set-Up.md": "# Steps\n"}
    check(files, {
        ("Home.md", "Set-Up#steps"): "How-To/Set-Up.md",
        ("Home.md", "Set%20Up"): "How-To/Set-Up.md",
        ("_Sidebar.md", "./Set-Up#gone"): "KW102",
        ("Home.md", "Gone"): "KW101",
    })  # fmt: skip
