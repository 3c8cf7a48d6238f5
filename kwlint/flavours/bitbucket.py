"""Bitbucket

## Detection

Bitbucket is used only if it is set: `flavour = {"" = "bitbucket"}`.

## Anchors

The slug of a heading is its text in lower case; accents are dropped, and a run of anything but letters, digits and `_`
becomes one `-`. It gets the prefix `markdown-header-`, and repeated ones get `_1`, `_2` and so on.

## Links

As on [GitHub](github.md).

## Not checked

As on GitHub.

## Sources

The rules follow Python-Markdown with the extension `headerid` and the prefix `markdown-header-`. They have not been
compared with a server.
"""

from __future__ import annotations

from collections.abc import Sequence

from kwlint.flavours.github import GitHub
from kwlint.flavours.mkdocs import Toc, number_slugs, slug

_TOC = Toc()


class Bitbucket(GitHub):
    """A repository on Bitbucket."""

    name = "bitbucket"
    host_pages = GitHub.host_pages | frozenset(("addon", "admin", "branch", "downloads", "pull-requests", "src"))

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_slugs([f"markdown-header-{slug(text, _TOC)}" for text in texts])
