"""Gitea, Forgejo

## Detection

Gitea is used only if it is set: `flavour = {"" = "gitea"}`. Forgejo and Codeberg render documents in the same way.

## Anchors

As on [GitHub](github.md).

## Links

As on GitHub. A path from `/` may be an address of the server, so that a missing one is not reported.

## Not checked

As on GitHub.

## Sources

The rules have not been compared with a server, nor with the current source of Gitea and Forgejo.
"""

from __future__ import annotations

from kwlint.flavours.base import LinkRequest, Resolution
from kwlint.flavours.github import GitHub


class Gitea(GitHub):
    """A repository on Gitea or Forgejo."""

    name = "gitea"
    host_pages = GitHub.host_pages | frozenset(("src", "media", "rss", "milestone"))

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        return Resolution((target,), not request.path.startswith("/"))
