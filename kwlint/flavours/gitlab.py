"""GitLab

## Detection

GitLab is used only if it is set: `flavour = {"" = "gitlab"}`. The setting `host` is another one: it concerns the pages
that kwlint writes.

## Anchors

As on [GitHub](github.md), except that a run of `-` becomes one, and that a heading of digits alone gets the prefix
`anchor-`, because `#12` would name an issue. Whether runs of `-` are kept depends on the version of the server, so
kwlint accepts both.

## Links

As on GitHub. `../../-/issues/12` and `../../merge_requests/3` are pages of the host, too.

## Not checked

As on GitHub.

## Sources

GitLab's documentation of its Markdown ("Heading IDs and links") and its source (`lib/gitlab/utils/markdown.rb`,
`TableOfContentsFilter`). No server was available to compare with.
"""

from __future__ import annotations

from collections.abc import Iterable

from kwlint.flavours.github import GitHub, anchors_on_host
from kwlint.flavours.slugs import github_slug, github_slugs, number_repeated
from kwlint.model.document import Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_HYPHENS = expression("-{2,}")


def slug(text: str) -> str:
    """Return the slug of a heading's rendered text, before duplicates are numbered."""
    name = _HYPHENS.sub("-", github_slug(text.strip()))
    return f"anchor-{name}" if name.isdecimal() else name


def gitlab_slugs(texts: Iterable[str]) -> list[str]:
    """Return the fragments of a document's headings, in order."""
    return number_repeated(map(slug, texts))


class GitLab(GitHub):
    """A repository on GitLab."""

    name = "gitlab"
    host_pages = GitHub.host_pages | frozenset(
        ("boards", "environments", "jobs", "merge_requests", "pipelines", "snippets", "work_items")
    )

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        for slugs in (gitlab_slugs, github_slugs):
            yield from anchors_on_host(document, slugs)
