"""GitLab: the fragments that it gives to headings (its Markdown documentation, "Heading IDs and links", and
`lib/gitlab/utils/markdown.rb`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kwlint.flavours.base import GitHub, line_of
from kwlint.flavours.github import anchors as github_anchors
from kwlint.flavours.github import counted
from kwlint.flavours.github import slug as github_slug
from kwlint.model.document import Document
from kwlint.model.facts import Anchor

_HYPHENS = re.compile("-{2,}").sub


def slug(text: str) -> str:
    """The fragment of a heading whose rendered text is `text`: GitHub's, with runs of `-` made one. A heading of
    digits alone would read as the number of an issue, so that it gets `anchor-` before it."""
    name = _HYPHENS("-", github_slug(text.strip()))
    return f"anchor-{name}" if name.isdecimal() else name


def anchors(headings: Iterable[str]) -> list[str]:
    """The fragments of a document's headings, in order; a repeated one gets `-1`, `-2`, ..."""
    return counted(map(slug, headings))


class GitLab(GitHub):
    """A repository read on GitLab. Whether runs of `-` are one depends on the server's version: both are right."""

    name = "gitlab"
    host_pages = GitHub.host_pages | frozenset(
        ("boards", "environments", "jobs", "merge_requests", "pipelines", "snippets", "work_items")
    )

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        texts = [heading.text for heading in document.headings]
        for names in (anchors(texts), github_anchors(texts)):
            for name, heading in zip(names, document.headings, strict=True):
                yield Anchor(name, "heading", heading.text.strip(), line_of(document, heading.block_start))
