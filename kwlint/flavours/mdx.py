"""What MDX documents import, for the flavours that read MDX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kwlint.flavours.anchors import anchor_at, blank_code
from kwlint.flavours.paths import suffix_of
from kwlint.model.document import Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_IMPORT = expression(r"(?m)^import(\s[^;'\"]{0,500}\s)from\s{1,50}['\"]([^'\"\n]+)['\"]").finditer
_ASSETS = frozenset((".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".css"))
# Components of Docusaurus that make no headings.
_PLAIN_COMPONENTS = (
    "@docusaurus/",
    *("@theme/" + name for name in ("Tab", "CodeBlock", "Admonition", "Details", "TOC", "Theme", "DocCard", "Icon",
                                    "Layout", "Link")),
)  # fmt: skip


def import_anchors(document: Document) -> Iterator[Anchor]:
    """Yield an `include` anchor for each imported document and an `open` one for each component that is shown."""
    text = blank_code(document) if "import" in document.text else ""
    for match in _IMPORT(text):
        module = re.sub(r"\\(.)", r"\1", match[2])  # JavaScript's escapes
        if "\n" in match[1].strip() or not any(f"<{name}" in text for name in re.findall(r"\w+", match[1])):
            continue  # a value, or an unused import: not part of the page
        if suffix_of(module) in (".md", ".mdx"):
            yield anchor_at(document, match.start(), "include", module)
        elif not module.startswith(_PLAIN_COMPONENTS) and suffix_of(module) not in _ASSETS:
            yield anchor_at(document, match.start(), "open", module)
