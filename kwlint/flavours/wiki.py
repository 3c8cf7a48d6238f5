"""Wikis of GitHub

## Detection

`_Sidebar.md` or `_Footer.md` next to `Home.md`.

## Anchors

As on [GitHub](github.md).

## Links

- The address of a page is its name without folder and suffix; spaces are `-`. `Page-Name`, `/Page-Name` and
  `Page Name` lead to `Page-Name.md` in any folder.
- Other paths start at the document.

## Not checked

`[[Page Name]]`, and pages in markup other than Markdown.

## Sources

The rules have not been compared with a wiki on a server.
"""

from __future__ import annotations

from kwlint.flavours.base import LinkRequest, Resolution, Roots
from kwlint.flavours.github import GitHub
from kwlint.flavours.paths import folder_of, in_folder, suffix_of
from kwlint.flavours.probe import RepoProbe

_OTHER_MARKUP = (".rst", ".asciidoc", ".adoc", ".org", ".textile", ".mediawiki", ".creole", ".pod", ".rdoc")


class Wiki(GitHub):
    """A wiki. `complete`: all of its pages are Markdown."""

    name = "wiki"

    def __init__(self, root: str = "", outer: str | None = None, complete: bool = True) -> None:
        super().__init__(root, outer)
        self.complete = complete

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        root = folder_of(path)
        if in_folder(root, "Home.md")[0] not in probe.paths:
            return []
        prefix = f"{root}/" if root else ""
        complete = not any(page.startswith(prefix) and page.endswith(_OTHER_MARKUP) for page in probe.paths)
        return [(root, cls(root, complete=complete))]

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        del request
        return Resolution((target,), self.complete or bool(suffix_of(target)))

    def searched_suffix(self, request: LinkRequest) -> str:
        path = request.path.strip("/")
        is_page = path and not suffix_of(path) and not path.startswith("..")
        return f"/{path.rpartition('/')[2].replace(' ', '-')}.md" if is_page else ""
