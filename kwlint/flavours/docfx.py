"""DocFX and Microsoft Learn

## Detection

`docfx.json` and `.openpublishing.publish.config.json`. Both may have comments and trailing commas.

## Anchors

Markdig's GitHub ids of the heading's text with alternative texts, not trimmed; an empty one is `section`.
`# <a name="x"></a>Title` has the id `x` alone, in this spelling only. The anchors of `[!INCLUDE]`d documents count.
`#tab/x` is always right.

## Links

- Relative paths start at the document, and `~/x` at the docset.
- Links to documents that `.openpublishing.redirection*.json` redirects are right, in any letter case.
- `/x` is an address of the site. The docset's own address follows from `breadcrumb_path` if that is the address of
  one of the docset's tables of contents; `dest` and `src` of `content` then lead from an address to a folder. Pages
  are looked up in any letter case. If several versions of a product share an address, an anchor of any of them is
  right.

## Not checked

- `/x` if no page is found that way: other repositories may have pages there.
- `xref:`, and paths whose suffix is not that of a file.
- Folders of `dependent_repositories` and of `metadata`.
- Anchors that an included document (in `includes/`) expects on the page that includes it.

## Sources

The source of docfx (`MarkdownExtensions.cs`, `HeadingIdRewriter`, at 01f6bd44) and of Markdig
(`LinkHelper.UrilizeAsGfm`). On the documentation of PowerShell, kwlint reports 900 links in a wrong letter case and 19
broken ones; all are correct reports. The documentation of the Azure CLI was checked as well. DocFX itself was not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kwlint.flavours.anchors import anchor_at
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import from_json, mapping, sequence, text
from kwlint.flavours.paths import folder_of, in_folder, join, join_inside, relative_path, suffix_of
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import github_slug, number_unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

PUBLISHING = ".openpublishing.publish.config.json"
_REDIRECTION = ".openpublishing.redirection"

_LOCALE = expression(r"^/[a-z]{2}-[a-z]{2}/", re.IGNORECASE)
# `HeadingIdRewriter` accepts this spelling only; with any other, the heading keeps its slug beside the explicit id.
_NAMED = expression(r'<a +(?:name|id)="([\w .-]+)" *></a>.').match
# Suffixes of files; anything else (`system.io.file`) is an address.
_FILES = frozenset(
    (".md", ".yml", ".yaml", ".json", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico", ".pdf", ".zip",
     ".docx", ".xlsx", ".pptx", ".mp4", ".txt", ".csv", ".ps1", ".psm1", ".psd1", ".cs", ".xml", ".xaml", ".sql", ".py")
)  # fmt: skip

Route = tuple[str, tuple[str, ...]]


class DocFx(Flavour):
    """A docset.

    `redirected`: repository paths of redirected documents; the site ignores letter case. `foreign`: folders that the
    build fetches from other repositories. `routes`: the start of addresses, in lower case with `/` at both ends, and
    the folders of the pages below it, one for each version of the product.
    """

    name = "docfx"
    dialect = Dialect(docfx=True, math=False)

    def __init__(
        self, root: str, redirected: Iterable[str] = (), foreign: Iterable[str] = (), routes: Iterable[Route] = ()
    ) -> None:
        super().__init__(root)
        self.routes = tuple(sorted(routes, key=lambda route: (-len(route[0]), route)))
        self.redirected = dict.fromkeys(sorted(path.lower() for path in redirected))
        self.foreign = tuple(sorted(f"{folder}/" for folder in foreign if folder))

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        if path.endswith(PUBLISHING):
            return [pair for docset in _docsets_without_settings(probe, path) for pair in cls.detect(probe, docset)]
        root = folder_of(path)
        settings = from_json(probe.bytes_of(path))
        redirected, foreign = _published(probe, root)
        # The build writes the pages of an API there.
        foreign += [
            join_inside(root, text(mapping(item).get("dest"), "_api")) for item in sequence(settings.get("metadata"))
        ]
        return [(root, cls(root, redirected, foreign, _routes(probe, root, mapping(settings.get("build")))))]

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        slugs = self.slugs([heading.alt_text for heading in document.headings])
        for slug, heading in zip(slugs, document.headings, strict=True):
            match = _NAMED(heading.raw)
            kind = "custom" if match else "heading"
            yield anchor_at(document, heading.block_start, kind, match[1] if match else slug, heading.text.strip())

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique(slug(text) or "section" for text in texts)

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
            return self._at_address(request.source, _LOCALE.sub("/", request.path.replace("\\", "/")))
        if target.lower() in self.redirected:
            return Resolution((target,), generated=True)
        inner = self.relative_to_root(target) or target
        if self.foreign and (target.startswith(self.foreign) or inner.startswith(self.foreign)):
            return Resolution((target,), False)
        return Resolution((target,), bool(request.directive) or suffix_of(request.path) in _FILES)

    def _at_address(self, source: str, address: str) -> Resolution:
        """Resolve an address of the site, where other repositories may have pages, too."""
        lower = address.lower().rstrip("/") + "/"
        prefix, folders = next((route for route in self.routes if lower.startswith(route[0])), ("", ()))
        inner = address[len(prefix) :].strip("/")
        latest_first = folders[::-1]  # the latest version usually is the last
        ordered = sorted(latest_first, key=lambda folder: not source.startswith(f"{folder}/"))
        ends = (".md", ".yml", "/index.md", "/index.yml") if inner else ("/index.md", "/index.yml")
        pages = tuple(f"{join_inside(folder, inner)}{end}".lstrip("/") for folder in ordered for end in ends)
        redirected = any(page.lower() in self.redirected for page in pages)
        return Resolution((), False, generated=redirected, versions=pages)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return (*in_folder(folder, "index.md"), *super().index_documents(folder))

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if request.path.startswith("~") and (inner := self.relative_to_root(target)) is not None:
            yield f"~/{inner}"
        if "\\" in request.path:
            yield relative_path(folder_of(request.source), target).replace("/", "\\")
        yield from super().spellings(request, target)


def slug(text: str) -> str:
    """Return the slug of a heading: lower case; letters, digits, `-` and `_` are kept; a space becomes `-`."""
    if text.isascii():
        return github_slug(text)
    return "".join("-" if c == " " else c for c in text.lower() if c in " -_" or _is_kept(c))


def _is_kept(c: str) -> bool:
    if c.isascii():
        return c.isalnum()
    return ord(c) < 0x10000 and (c.isalpha() or c.isdecimal())


# --- configuration ------------------------------------------------------------------------------------------------


def _docsets_without_settings(probe: RepoProbe, path: str) -> Iterator[str]:
    """Yield the paths of the missing `docfx.json` of docsets that a publishing configuration names."""
    for item in sequence(from_json(probe.bytes_of(path)).get("docsets_to_publish")):
        folder = join_inside(folder_of(path), text(mapping(item).get("build_source_folder"), "."))
        (settings,) = in_folder(folder, "docfx.json")
        if settings not in probe.paths:
            yield settings


def _published(probe: RepoProbe, root: str) -> tuple[list[str], list[str]]:
    """Return the redirected documents and the foreign folders that the publishing configuration names."""
    redirected: list[str] = []
    foreign: list[str] = []
    publishing = probe.nearest(root, PUBLISHING)
    if publishing is None:
        return redirected, foreign
    settings = from_json(probe.bytes_of(publishing))
    home = folder_of(publishing)
    for item in sequence(settings.get("dependent_repositories")):
        folder = text(mapping(item).get("path_to_root"))
        foreign += [join_inside(home, folder), folder] if folder else []
    files = [join_inside(home, name) for name in sequence(settings.get("redirection_files")) if isinstance(name, str)]
    files += [path for path in _redirection_files(probe, home) if path not in files]
    for file in files:
        if file in probe.paths:
            redirected += _redirected(probe, file)
    return redirected, foreign


def _redirection_files(probe: RepoProbe, home: str) -> list[str]:
    prefix = f"{home}/" if home else ""
    return sorted(
        path for path in probe.paths if path.startswith(prefix) and path.rpartition("/")[2].startswith(_REDIRECTION)
    )


def _redirected(probe: RepoProbe, path: str) -> Iterator[str]:
    for item in sequence(from_json(probe.bytes_of(path)).get("redirections")):
        entry = mapping(item)
        from_root, relative = text(entry.get("source_path_from_root")), text(entry.get("source_path"))
        if from_root:
            yield from_root.lstrip("/")
        elif relative:
            yield join_inside("", relative)
            yield join_inside(folder_of(path), relative)


def _routes(probe: RepoProbe, root: str, settings: dict[str, Any]) -> list[Route]:
    """Return the addresses of a docset's content with the folders that it comes from.

    The repository does not name the address of the docset itself. It follows from the address of the breadcrumbs if one
    of the docset's own files has it.
    """
    contents = [mapping(item) for item in sequence(settings.get("content"))]
    address = text(mapping(settings.get("globalMetadata")).get("breadcrumb_path"))
    bases = (_docset_base(probe, root, content, address) for content in contents) if address.startswith("/") else ()
    base = next((base for base in bases if base is not None), None)
    routes: dict[str, list[str]] = {}
    for content in contents if base is not None else ():
        if any("*" in pattern for pattern in sequence(content.get("files")) if isinstance(pattern, str)):
            prefix = "/".join(filter(None, (base, text(content.get("dest")).strip("/")))).lower()
            folder = join_inside(root, text(content.get("src")))
            routes.setdefault(f"/{prefix.strip('/')}/".replace("//", "/"), []).append(folder)
    return [(prefix, tuple(dict.fromkeys(folders))) for prefix, folders in routes.items()]


def _docset_base(probe: RepoProbe, root: str, content: dict[str, Any], address: str) -> str | None:
    """Return the address of the docset if `address` is that of a table of contents in this part of it."""
    patterns = [_glob(pattern) for pattern in sequence(content.get("files")) if isinstance(pattern, str)]
    dest = [part for part in text(content.get("dest")).split("/") if part not in ("", ".")]
    source = join_inside(root, text(content.get("src")))
    parts = address.strip("/").rpartition(".")[0].split("/")
    for start in range(1, len(parts)):
        inner = parts[start:]
        if inner[: len(dest)] != dest:
            continue
        name = "/".join(inner[len(dest) :]) + ".yml"
        if join_inside(source, name) in probe.paths and any(pattern.fullmatch(name) for pattern in patterns):
            return "/".join(parts[:start])
    return None


def _glob(pattern: str) -> re.Pattern[str]:
    """Return a pattern of docfx (`**/*.yml`) as a regular expression."""
    escaped = re.escape(pattern)
    return re.compile(escaped.replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*"))
