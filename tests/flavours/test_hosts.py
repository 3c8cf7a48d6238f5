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
