"""Quarto

## Detection

`_quarto.yml`. A README is not a page of the project and is read as on [GitHub](github.md).

## Anchors

The slugs of pandoc's `auto_identifiers`: alphanumeric characters, `_`, `-` and `.` are kept, from the first letter on;
an empty slug is `section`. Headings are read with and without `smart`. `{#id}` anywhere and `#| label:` are explicit
ids, and `{{< include x >}}` adds the anchors of `x`.

## Links

- Relative paths start at the document and name a `.qmd`, `.md` or `.ipynb` file, or its page. `/x` starts at the
  project.
- `{{< include >}}` and `{{< embed >}}` name files.

## Not checked

- Addresses that lead to no document.
- Anchors of pages with a `listing` or `filters`, also in the `_metadata.yml` of their folder.

## Sources

pandoc's manual (7.2, "Extension: auto_identifiers") and quarto.org. pandoc made the ids that the tests compare with;
Quarto itself was not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kwlint.flavours.anchors import anchor_at
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of, without_html
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import lower_each, number_unique, with_dashes
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_ID = expression(
    r"\{(?=[^{}\n\[\]()]*\})[^{}\n\[\]()]*?#([\w:.-]+)[^{}\n\[\]()]*\}|(?m:^#\|[ \t]*label:[ \t]*(\S+))"
).finditer
_INCLUDE = expression(r"\{\{<\s*include\s+([^\s>]+)\s*>\}\}").finditer


class Quarto(Flavour):
    """A project, or one of its folders. `filters`: its own filters change pages."""

    name = "quarto"
    partials_relative = False
    dialect = Dialect(
        templates="quarto", attributes=True, mentions="quarto", implicit_references=True, raw_html_blocks=True
    )
    suffixes = (".md", ".markdown", ".qmd")
    custom_ids = True
    excludes_readmes = True

    def __init__(self, root: str, filters: bool = False) -> None:
        super().__init__(root)
        self.filters = filters

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        folder = folder_of(path)
        if not path.endswith("_metadata.yml"):
            return [(folder, cls(folder, "filters:" in probe.text_of(path)))]
        project = probe.nearest(folder, "_quarto.yml")
        if project is None or "filters:" not in probe.text_of(path):
            return []
        return [(folder, cls(folder_of(project), True))]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.filters)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """Add an `open` anchor if a listing or a filter adds ids that the document does not show."""
        anchors = super().anchors(document, meta)
        has_added_ids = self.filters or "listing" in meta or "filters" in meta
        return (*anchors, Anchor("made", "open", "", 1)) if has_added_ids else anchors

    def heading_text(self, heading: Heading) -> str:
        return heading.alt_text

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """With `smart`, which is on by default, `--` and `...` are single characters that no slug keeps."""
        yield [with_dashes(self.split_heading(heading)[0]).replace("...", "\u2026") for heading in document.headings]
        yield from super().alternative_texts(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique(map(slug, texts))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for match in _ID(document.text) if "{" in document.text or "label:" in document.text else ():
            yield anchor_at(document, match.start(), "target", match[1] or match[2])
        for match in _INCLUDE(document.text) if "{{<" in document.text else ():
            yield anchor_at(document, match.start(), "include", match[1])

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive:
            return Resolution((target,))
        suffix, rooted = suffix_of(target), request.path.startswith("/")
        if suffix in ("", ".html"):
            stem = without_html(target)
            notebooks = (f"{stem}.ipynb", f"{stem}.rmd", f"{stem}.Rmd")
            return Resolution((target, *self.page_sources(stem), *notebooks), False)
        paths = (target, join_inside("", request.path)) if rooted else (target,)
        return Resolution(paths, suffix in (*self.suffixes, ".ipynb") or (request.is_image and not rooted))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "index.qmd", "index.md", "README.md")


def slug(text: str) -> str:
    """Return the slug of a heading before duplicates are numbered (pandoc's `auto_identifiers`)."""
    kept = "".join(c for c in text if c.isalnum() or c in "_-." or c.isspace())
    name = "-".join(lower_each(kept).split())
    start = next((at for at, c in enumerate(name) if c.isalpha()), None)
    return "section" if start is None else name[start:]
