"""How git hosts and site generators turn headings into anchors and link targets into files, one file each."""

from __future__ import annotations

from kwlint.model import Document

__all__ = ["host_anchors"]


def host_anchors(host: str, document: Document) -> tuple[str, ...]:
    """One fragment per heading, as the git host (`github` or `gitlab`) makes it from what it renders.

    A host knows no custom ids: `## Setup {#x}` is there with the text in braces.
    """
    if host == "gitlab":
        from kwlint.flavours.gitlab import anchors
    else:
        from kwlint.flavours.github import anchors
    return tuple(anchors(heading.text for heading in document.headings))
