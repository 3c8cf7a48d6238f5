"""DocFX and Microsoft Learn: `docfx.json`, `.openpublishing.publish.config.json`.

Rules from docfx (`MarkdownExtensions.cs`, `HeadingIdRewriter`, at 01f6bd44) and Markdig
(`LinkHelper.UrilizeAsGfm`), and measured on the documentation of PowerShell and the Azure CLI. Links go from
the file, `~/` is the docset's root, `/` the site's; a path without a suffix is an address of the site.
Redirected documents may be linked. Which addresses are the docset's own, follows from `src` and `dest` of its content
where `breadcrumb_path`, an address, names a file of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kwlint.flavours.base import Flavour, LinkRequest, Resolution, folder_of, join, line_of, relative_path, suffix_of
from kwlint.flavours.github import slug as github_slug
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_LOCALE = re.compile(r"^/[a-z]{2}-[a-z]{2}/", re.IGNORECASE).sub
# `HeadingIdRewriter` takes this spelling alone; otherwise the heading keeps its own id beside the one that is written.
_NAMED = re.compile(r'<a +(?:name|id)="([\w .-]+)" *></a>.').match
# Suffixes of which a docset's links name files; anything else (`system.io.file`) is an address.
_FILES = frozenset(
    (".md", ".yml", ".yaml", ".json", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico", ".pdf", ".zip",
     ".docx", ".xlsx", ".pptx", ".mp4", ".txt", ".csv", ".ps1", ".psm1", ".psd1", ".cs", ".xml", ".xaml", ".sql", ".py")
)  # fmt: skip


class DocFx(Flavour):
    """A docset at `root`. `redirected`: repository paths of documents that the site, to which letter case is one,
    redirects; `foreign`: folders that the build fetches from other repositories; `routes`: what addresses begin
    with, in lower case and with `/` at both ends, and the folders that the pages below come from, one for each
    version of the product."""

    name = "docfx"
    dialect = Dialect(docfx=True, math=False)

    def __init__(
        self, root: str, redirected: Iterable[str] = (), foreign: Iterable[str] = (),
        routes: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:  # fmt: skip
        super().__init__(root)
        self.routes = tuple(sorted(routes, key=lambda route: (-len(route[0]), route)))
        self.redirected = dict.fromkeys(sorted(path.lower() for path in redirected))
        self.foreign = tuple(sorted(f"{folder}/" for folder in foreign if folder))

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        names = self.slugs([heading.alt_text for heading in document.headings])
        for name, heading in zip(names, document.headings, strict=True):
            named = _NAMED(heading.raw)
            line = line_of(document, heading.block_start)
            yield Anchor(named[1] if named else name, "custom" if named else "heading", heading.text.strip(), line)

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(slug(text) or "section" for text in texts)

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        return "" if url[:5].lower() == "xref:" else None

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        path = request.path.replace("\\", "/")
        if path.startswith("~") and path != "~":
            return join(self.root, path[1:].lstrip("/"))
        return join(folder_of(request.source), path)

    def reports_outside(self, request: LinkRequest) -> bool:
        return suffix_of(request.path) in _FILES

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.path.startswith(("/", "\\")):
            return self._at_address(request.source, _LOCALE("/", request.path.replace("\\", "/")))
        if target.lower() in self.redirected:
            return Resolution((target,), generated=True)
        inner = self.relative_to_root(target) or target
        if self.foreign and (target.startswith(self.foreign) or inner.startswith(self.foreign)):
            return Resolution((target,), False)
        return Resolution((target,), bool(request.directive) or suffix_of(request.path) in _FILES)

    def _at_address(self, source: str, address: str) -> Resolution:
        """What is shown at an address of the site: it may have pages there that are not of this repository."""
        lower = address.lower().rstrip("/") + "/"
        prefix, folders = next((route for route in self.routes if lower.startswith(route[0])), ("", ()))
        inner = address[len(prefix) :].strip("/")
        # Its own version first, then the latest, which is wont to stand last.
        latest_first = folders[::-1]
        own_first = sorted(latest_first, key=lambda folder: not source.startswith(f"{folder}/"))
        paths = [self.path_below(folder, inner) for folder in own_first]
        ends = (".md", ".yml", "/index.md", "/index.yml") if inner else ("/index.md", "/index.yml")
        pages = tuple(f"{target}{end}".lstrip("/") for target in paths for end in ends)
        known = any(page.lower() in self.redirected for page in pages)
        return Resolution((), False, generated=known, versions=pages)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return (*(f"{folder}/{name}" if folder else name for name in ("index.md",)), *super().index_documents(folder))

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if request.path.startswith("~") and (inner := self.relative_to_root(target)) is not None:
            yield f"~/{inner}"
        if "\\" in request.path:
            yield relative_path(folder_of(request.source), target).replace("/", "\\")
        yield from super().spellings(request, target)


def slug(text: str) -> str:
    """A heading's id: lower case, letters, digits, `-` and `_` kept, a space becomes `-`; nothing is trimmed."""
    if text.isascii():
        return github_slug(text)
    return "".join("-" if c == " " else c for c in text.lower() if c in " -_" or _is_kept(c))


def _is_kept(c: str) -> bool:
    if c.isascii():
        return c.isalnum()
    return ord(c) < 0x10000 and (c.isalpha() or c.isdecimal())
