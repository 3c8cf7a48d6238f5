"""GitHub

## Detection

GitHub is the default. It applies to every document outside the content folders of a site generator, and to documents
in a hidden folder at the root of the repository, such as `.github/`.

## Anchors

The slug of a heading is its text in lower case. Letters, marks, numbers, connectors, `-` and spaces are kept, and each
space becomes one `-`. Tags and the alternative texts of images are dropped. Repeated slugs get `-1`, `-2` and so on,
skipping numbers that another heading already has.

The `id` of any raw HTML element and the `name` of `<a>` are anchors, with or without the prefix `user-content-`.
Footnotes have anchors, too. Headings have no explicit ids: `{#x}` is part of the text. Headings in HTML (`<h2>`) have
slugs as well, and count when repeated slugs are numbered. `#readme` is the top of a README.

## Links

- Relative paths start at the document, and `/x` at the root of the repository.
- Paths are percent-decoded, and letter case matters.
- A link to a folder is right. Its anchors are those of the folder's `README.md`.
- `../main/x`, from the root of the repository, is `x` on the branch `main`: the host shows a document below the name
  of its branch.
- A path two levels above the repository, such as `../../issues/12`, is a page of the host.

## Not checked

- Paths with a template in them, such as `{{ x }}` or `${X}`.
- Paths on other branches, such as `../v1.2/x`.
- In `.github/`, paths such as `../blob/main/x` and `../issues/1`: these texts are shown in issues, comments and forms.

## Sources

`rehype-slug` (github-slugger 2) made the ids of 51 unusual headings that the tests compare with. The kept characters
were compared with github-slugger's own table over all of Unicode; they differ where Unicode 14 defines characters that
Unicode 13 does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kwlint.flavours.anchors import html_headings, line_of
from kwlint.flavours.base import Flavour, LinkRequest, Resolution
from kwlint.flavours.paths import folder_of, join, without_suffix
from kwlint.model.document import Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_DEFAULT_BRANCHES = frozenset(("main", "master", "trunk", "HEAD"))
_BRANCH = expression(r"(?:dev|develop|development|next|stable|gh-pages|release|releases|v?\d+(?:[.-]\w+)*)\Z").match

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

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        return anchors_on_host(document, self.slugs)

    def has_page_fragment(self, document: str, fragment: str) -> bool:
        return fragment.lower() == "readme" == without_suffix(document.rpartition("/")[2]).lower()

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        return join("" if request.path.startswith("/") else folder_of(request.source), request.path)

    def reports_outside(self, request: LinkRequest) -> bool:
        del request
        return True

    def resolve(self, request: LinkRequest) -> Resolution:
        resolution = super().resolve(request)
        if request.source.startswith(".github/") and _is_page_from_comment(request.path):
            return resolution._replace(decidable=False)
        if resolution.levels_above == 1:
            branch, _, path = resolution.paths[0].partition("/")
            if branch in _DEFAULT_BRANCHES:
                return Resolution((path,), False)
            if _BRANCH(branch):
                return Resolution((), False)
        return resolution


def anchors_on_host(document: Document, slugs: Callable[[Sequence[str]], list[str]]) -> list[Anchor]:
    """Return the anchors of the headings as a git host makes them, also of those in HTML; `slugs` makes the names."""
    markdown = [(heading.block_start, heading.text, True) for heading in document.headings]
    in_html = [(heading.start, heading.text, False) for heading in html_headings(document)]
    headings = sorted([*markdown, *in_html]) if in_html else markdown
    names = slugs([text for _, text, _ in headings])
    return [
        Anchor(name, "heading" if is_markdown else "html", text.strip(), line_of(document, start))
        for name, (start, text, is_markdown) in zip(names, headings, strict=True)
    ]


def _is_page_from_comment(path: str) -> bool:
    """Report whether a path is a page of the host when the text is shown in an issue, a comment or a form."""
    parts = path.split("/")
    first = next((part for part in parts if part != ".."), "")
    return parts[0] == ".." and first in _PAGES_FROM_COMMENTS
