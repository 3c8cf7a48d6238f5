"""What the keywords of a document depend on besides the text below its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.keywords import author_terms, language

if TYPE_CHECKING:
    from kwlint.config import KeywordSettings
    from kwlint.model.document import Document


def external_inputs(
    document: Document, path: str, meta: dict[str, object], settings: KeywordSettings
) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    """Return the language, the title and the authors' terms that the path and the front matter give.

    Two documents with the same text below the front matter have the same keywords if this is equal.
    """
    name = language.language_of(language.beginning(document), path, meta, settings.language)
    return name, str(meta.get("title") or ""), tuple(author_terms.named(document, meta))
