"""MyST Markdown under Sphinx, Jupyter Book and mystmd: `conf.py`, `_toc.yml`, `myst.yml`.

Rules from MyST-Parser (`docs/syntax/cross-referencing.md`, `mdit_to_docutils`), confirmed by building a site. A
path goes from the file, `/` is the source folder; a document may be named without suffix. A target without a
path or suffix may be a label anywhere in the project, or in another one, so that it is not decided here when
this document lacks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Asked,
    Flavour,
    Reading,
    distinct,
    folder_of,
    join,
    line_of,
    others,
    split_custom_id,
    suffix_of,
)
from kwlint.flavours.github import slug, unique
from kwlint.model import Anchor, Dialect, Document

_NAME_OPTION = re.compile(r"(?m)^[ \t>]*:?(?:name|label):[ \t]*(\S[^\n]*?)[ \t]*$").finditer
_INLINE_ID = re.compile(r"\{[^{}\n]*?#([\w:.-]+)[^{}\n]*\}").finditer
_OPEN = frozenset(
    ("autoclass", "automodule", "autofunction", "automethod", "autodoc", "autosummary", "automodapi", "doxygenfile",
     "doxygenclass", "eval-rst", "py:function", "py:class", "py:module", "glossary", "click", "argparse",
     "program-output", "autodoc2-object", "autodoc2-docstring", "list-table", "bibliography", "jsonschema", "confval")
)  # fmt: skip


class Myst(Flavour):
    """A project whose documents lie below `root`. `own_slugs`: a slug function of its own makes the anchors. `strict`:
    MyST-Parser looks up every link that has no scheme."""

    name = "myst"
    partials_relative = False
    dialect = Dialect(directives=True)
    custom_ids = True
    open_references = False

    def __init__(self, root: str, outer: str | None = None, own_slugs: bool = False, strict: bool = False) -> None:
        super().__init__(root, outer)
        self.own_slugs = own_slugs
        self.strict = strict

    @property
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.own_slugs)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        del meta
        found = [*self.headings(document), *others(document), *self._named(document)]
        return distinct([*found, *self.borrowed(document)])

    def custom_headings(self, document: Document) -> list[Anchor]:
        """Both ids of a heading: the slug, which counts explicit ones too, and docutils' own."""
        found: list[Anchor] = []
        split = [split_custom_id(heading.text) for heading in document.headings]
        whole = unique(own_slug(heading.text) for heading in document.headings)
        ways = (whole, unique(slug(text) for text, _ in split))
        for (text, custom), heading, *names in zip(split, document.headings, *ways, strict=True):
            line = line_of(document, heading.block_start)
            found.append(Anchor(custom, "custom", text, line))
            found += (Anchor(made, "heading", text, line) for made in (*names, identifier(text)))
        return found

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(map(slug, texts))

    def _named(self, document: Document) -> Iterable[Anchor]:
        """`:name:` and `:label:` of directives, `{#id}` after spans and before blocks."""
        text = document.text
        patterns = (_NAME_OPTION,) if "name:" in text or "label:" in text else ()
        for pattern in (*patterns, _INLINE_ID) if "{" in text else patterns:
            for match in pattern(text):
                yield Anchor(next(filter(None, match.groups())), "target", "", line_of(document, match.start()))

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        for fence in document.fences:
            if fence.lang in ("include", "literalinclude") and fence.info.startswith("{include}"):
                target = fence.info.partition("}")[2].strip()
                yield Anchor(target, "include", "", line_of(document, fence.start))
            elif fence.lang in _OPEN and fence.info.startswith("{"):
                yield Anchor(fence.lang, "open", "", line_of(document, fence.start))
        if self.own_slugs:
            yield Anchor("slugs", "open", "", 1)

    def special(self, source: str, url: str) -> str | None:
        del source
        scheme, _, rest = url.partition(":")
        if scheme == "path":
            return rest
        if scheme in ("project", "inv", "myst", "doi", "xref", "wiki", "rrid", "ror"):
            return ""
        return None

    def read(self, asked: Asked) -> Reading:
        rooted = asked.path.startswith("/")
        place, above = join(self.root if rooted else folder_of(asked.source), asked.path)
        suffix = suffix_of(asked.path)
        if above:
            return Reading((place,), bool(suffix), above)
        if not suffix:
            others_ = tuple(place + end for end in (*self.suffixes, ".rst", ".ipynb", ".txt", ".py"))
            return Reading((place, *others_), False)
        if suffix == ".html":
            stem = place[:-5]
            documents = tuple(stem + end for end in (*self.suffixes, ".rst", ".ipynb"))
            if self.strict and not asked.raw:
                return Reading((place,), False, astray=documents)
            return Reading((place, *documents), False)
        found = (place, self.below("", asked.path)) if rooted else (place,)
        # Documentation of an API is often made at build time, in a folder of its own.
        return Reading(found, None if suffix in _SURE or asked.image else False)

    def sure(self, place: str, path: str, fragment: str) -> bool:
        del place, fragment
        return suffix_of(path) in self.suffixes

    def landing(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("index.md", "README.md"))


_SURE = frozenset((".md", ".markdown", ".rst", ".ipynb", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"))


def own_slug(text: str) -> str:
    """MyST-Parser's slug of a title: GitHub's but for the characters that Python takes for a word's."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


_DIGRAPHS = str.maketrans({"ß": "sz", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def identifier(text: str) -> str:
    """docutils' id of a title: lower case, accents dropped, runs of anything but `a-z0-9` become one `-`."""
    from unicodedata import normalize

    plain = normalize("NFKD", text.lower().translate(_DIGRAPHS)).encode("ascii", "ignore").decode("ascii")
    return re.sub("^[-0-9]+|-+$", "", re.sub("[^a-z0-9]+", "-", plain))
