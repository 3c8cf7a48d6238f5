"""Azure DevOps

## Detection

Azure DevOps is used only if it is set: `flavour = {"" = "azure"}`.

## Anchors

The slug of a heading is its text in lower case with `-` for each space. Punctuation stays, and links write it
percent-encoded: `## Q & A` is `#q-%26-a`. kwlint also accepts the slugs of [GitHub](github.md).

## Links

As on GitHub. In a wiki, a path may lack `.md`, and `-` stands for a space.

## Not checked

As on GitHub.

## Sources

The rules have not been compared with a server, nor with the current documentation of Azure DevOps.
"""

from __future__ import annotations

from collections.abc import Iterable

from kwlint.flavours.base import LinkRequest, Resolution
from kwlint.flavours.github import GitHub, anchors_on_host
from kwlint.flavours.paths import suffix_of
from kwlint.flavours.slugs import github_slugs, number_unique
from kwlint.model.document import Document
from kwlint.model.facts import Anchor


class Azure(GitHub):
    """A repository or wiki on Azure DevOps."""

    name = "azure"

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        for slugs in (azure_slugs, github_slugs):
            yield from anchors_on_host(document, slugs)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        del request
        names = (target, target.replace(" ", "-"))
        pages = tuple(f"{name}.md" for name in names) if target and not suffix_of(target) else ()
        return Resolution((*dict.fromkeys(names), *dict.fromkeys(pages)))


def azure_slugs(texts: Iterable[str]) -> list[str]:
    """Return the fragments of a document's headings, in order, percent-decoded."""
    return number_unique("-".join(text.strip().lower().split(" ")) for text in texts)
