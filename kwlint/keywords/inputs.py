"""What a document's keywords depend on besides the text below its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.keywords import author_terms, language
from kwlint.keywords.selection import _beginning

if TYPE_CHECKING:
    from kwlint.config import KeywordSettings
    from kwlint.model.document import Document


def said_outside(
    document: Document, path: str, meta: dict[str, object], settings: KeywordSettings
) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    """The language, the title and the keywords that a path and a front matter name. Of two documents with one text
    below the front matter, for which this is the same, the keywords are the same."""
    spoken = language.language_of(_beginning(document), path, meta, settings.language)
    return spoken, str(meta.get("title") or ""), tuple(author_terms.named(document, meta))
