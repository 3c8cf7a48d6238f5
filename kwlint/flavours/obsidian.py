"""Obsidian

## Detection

`.obsidian/`; the vault is the folder that holds it. Also `publish.css` next to notes, which Obsidian Publish reads from
the top of a vault. If git ignores `.obsidian/`, name the vaults yourself: `flavour = {"notes" = "obsidian"}`. Without
it, documents are read as on [GitHub](github.md), and wikilinks are text.

## Anchors

The text of the heading. Letter case and ASCII punctuation do not matter, except for hyphens, underscores and
apostrophes. `#A#B` names a heading below another, and `^block` a block. GitHub's slugs are right, too.

## Links

`[[Note]]` and Markdown links name a note by its path from the document or from the vault, by a file name that is unique
in the vault, or by an alias in a note's front matter (`aliases`).

## Not checked

Templates.

## Sources

Obsidian's help ("Internal links", "Permalinks", "Customize your site") and its API (`stripHeading`). The application
was not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kwlint.flavours.anchors import anchor_at
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.paths import folder_of, join, join_inside, suffix_of, unique, without_suffix
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import github_slugs
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

# The suffixes of files that are no notes; a dot in any other name is part of the note's name.
_ATTACHMENTS = frozenset(
    (".md", ".markdown", ".canvas", ".base", ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".flac",
     ".m4a", ".mp3", ".ogg", ".wav", ".webm", ".3gp", ".mkv", ".mov", ".mp4", ".ogv", ".pdf", ".txt", ".csv", ".json",
     ".html", ".zip", ".css", ".js", ".ts", ".py", ".yml", ".yaml", ".docx", ".xlsx", ".pptx")
)  # fmt: skip
_BLOCK = expression(r"(?m)(?:^|\s)\^([A-Za-z0-9-]+)\s*$").finditer
_IGNORED = expression(r"""[\s!"#$%&()*+,./:;<=>?@\[\\\]^`{|}~]+""")


class Obsidian(Flavour):
    """A vault."""

    name = "obsidian"
    dialect = Dialect(wikilinks=True)
    aliases = True

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        root = folder_of(path)
        if path.endswith("publish.css") and not any(file.endswith(".md") for file in probe.index.inside(root)):
            return []
        return [(root, cls(root))]

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """Add the note's aliases: links use them as other names of the note."""
        value = meta.get("aliases") or meta.get("alias") or ()
        names = value if isinstance(value, list) else [value]
        aliases = (Anchor(name, "alias", "", 1) for name in names if isinstance(name, str) and name)
        return (*super().anchors(document, meta), *aliases)

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        for heading in document.headings:
            text = heading.text.strip()
            for name in (text, comparable(text), comparable(heading.raw)):
                yield anchor_at(document, heading.block_start, "heading", name, text)
        yield from self.named_headings(document, github_slugs(heading.text for heading in document.headings))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for match in _BLOCK(document.text) if "^" in document.text else ():
            yield anchor_at(document, match.start(1), "target", f"^{match[1]}")

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        last = fragment.rpartition("#")[2]
        return (fragment, last, comparable(last), last.strip())

    def resolve(self, request: LinkRequest) -> Resolution:
        path = request.path.strip()
        literal, levels_above = join(self.root if path.startswith("/") else folder_of(request.source), path)
        if levels_above and path.startswith(".."):
            return Resolution((literal,), True, levels_above)
        in_vault = join_inside(self.root, path)
        paths = unique((in_vault,) if levels_above else (literal, in_vault))
        if suffix_of(path) not in self.suffixes:
            paths += tuple(f"{note}.md" for note in paths)
        return Resolution(paths)

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        if (
            "/" not in request.path
            and suffix_of(request.path) not in _ATTACHMENTS
            and suffix_of(target) in self.suffixes
        ):
            yield without_suffix(target.rpartition("/")[2])
        yield from super().spellings(request, target)

    def searched_suffix(self, request: LinkRequest) -> str:
        path = request.path.strip().lstrip("/")
        is_file = suffix_of(path) in _ATTACHMENTS
        return "" if path.startswith(".") else f"/{path}" if is_file else f"/{path}.md"


def comparable(text: str) -> str:
    """Return a heading's text as Obsidian compares it: runs of ignored punctuation and white space are one space."""
    return _IGNORED.sub(" ", text).strip().lower()
