"""GitHub

## Detection

GitHub is the default. It applies to every document outside the content folders of a site generator, and to documents
in a hidden folder at the root of the repository, such as `.github/`.

## Anchors

The slug of a heading is its text in lower case. Letters, marks, numbers, connectors, `-` and spaces are kept, and each
space becomes one `-`. Tags and the alternative texts of images are dropped. Repeated slugs get `-1`, `-2` and so on,
skipping numbers that another heading already has.

The `id` of any raw HTML element and the `name` of `<a>` are anchors, with or without the prefix `user-content-`.
Footnotes have anchors, too. Headings have no explicit ids: `{#x}` is part of the text.

## Links

- Relative paths start at the document, and `/x` at the root of the repository.
- Paths are percent-decoded, and letter case matters.
- A link to a folder is right. Its anchors are those of the folder's `README.md`.
- A path two levels above the repository, such as `../../issues/12`, is a page of the host.

## Not checked

- Paths with a template in them, such as `{{ x }}` or `${X}`.
- In `.github/`, paths such as `../blob/main/x` and `../issues/1`: these texts are shown in issues, comments and forms.

## Sources

`rehype-slug` (github-slugger 2) made the ids of 51 unusual headings that the tests compare with. The kept characters
were compared with github-slugger's own table over all of Unicode; they differ where Unicode 14 defines characters that
Unicode 13 does not.
"""

from __future__ import annotations

from kwlint.flavours.base import Flavour, LinkRequest, Resolution
from kwlint.flavours.paths import folder_of, join

# What a path in an issue or a comment begins with, after one or more `../`.
_PAGES_FROM_COMMENTS = frozenset(
    (
        "actions",
        "blob",
        "commit",
        "commits",
        "discussions",
        "issues",
        "pull",
        "pulls",
        "raw",
        "releases",
        "tree",
        "wiki",
    )
)


class GitHub(Flavour):
    """A repository on GitHub."""

    name = "github"
    host_pages = frozenset(
        ("", "-", "actions", "activity", "archive", "blame", "blob", "branches", "commit", "commits", "compare",
         "contributors", "deployments", "discussions", "edit", "find", "forks", "graphs", "issues", "labels",
         "milestone", "milestones", "network", "new", "packages", "projects", "pull", "pulls", "pulse", "raw",
         "releases", "search", "security", "settings", "stargazers", "tags", "tree", "watchers", "wiki")
    )  # fmt: skip

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        return join("" if request.path.startswith("/") else folder_of(request.source), request.path)

    def reports_outside(self, request: LinkRequest) -> bool:
        del request
        return True

    def resolve(self, request: LinkRequest) -> Resolution:
        resolution = super().resolve(request)
        if request.source.startswith(".github/") and _is_page_from_comment(request.path):
            return resolution._replace(decidable=False)
        return resolution


def _is_page_from_comment(path: str) -> bool:
    """Report whether a path is a page of the host when the text is shown in an issue, a comment or a form."""
    parts = path.split("/")
    first = next((part for part in parts if part != ".."), "")
    return parts[0] == ".." and first in _PAGES_FROM_COMMENTS
