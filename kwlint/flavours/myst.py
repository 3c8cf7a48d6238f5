"""MyST Markdown under Sphinx, Jupyter Book and mystmd: `conf.py`, `_toc.yml`, `myst.yml`.

Rules from MyST-Parser (`docs/syntax/cross-referencing.md`, `mdit_to_docutils`), confirmed by building a site. A
path goes from the file, `/` is the source folder; a document may be named without suffix. A target without a
path or suffix may be a label anywhere in the project, or in another one, so that it is not decided here when
this document lacks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import Asked, Flavour, Reading, distinct, folder_of, line_of, others, suffix_of
from kwlint.flavours.github import slug, unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

_NAME_OPTION = re.compile(r"(?m)^[ \t>]*:?(?:name|label):[ \t]*(\S[^\n]*?)[ \t]*$").finditer
# Behind a span, or before a block: behind the text of a heading it is text.
_INLINE_ID = re.compile(r"(?m)(?:^[ \t>]*|(?<=[\])`*_]))\{[^{}\n]*?#([\w:.-]+)[^{}\n]*\}").finditer
_OPEN = frozenset(
    ("autoclass", "automodule", "autofunction", "automethod", "autodoc", "autosummary", "automodapi", "doxygenfile",
     "doxygenclass", "eval-rst", "py:function", "py:class", "py:module", "glossary", "click", "argparse",
     "program-output", "autodoc2-object", "autodoc2-docstring", "list-table", "bibliography", "jsonschema", "confval")
)  # fmt: skip


class Myst(Flavour):
    """A project whose documents lie below `root`. `own_slugs`: a slug function of its own makes the anchors. `strict`:
    MyST-Parser looks up every link that has no scheme. `mystmd` builds it, not Sphinx: labels are lower-cased, and what
    is no file is an address."""

    name = "myst"
    partials_relative = False
    dialect = Dialect(directives=True)
    open_references = False

    def __init__(
        self, root: str, outer: str | None = None, own_slugs: bool = False, strict: bool = False, mystmd: bool = False
    ) -> None:
        super().__init__(root, outer)
        self.mystmd = mystmd
        self.own_slugs = own_slugs
        self.strict = strict

    @property
    def settings(self) -> tuple[object, ...]:
        return (*super().settings, self.own_slugs)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        del meta
        found = [*self.headings(document), *others(document), *self._named(document)]
        if self.mystmd:  # the id of a target is made of its label
            found += [anchor._replace(name=label(anchor.name)) for anchor in found if anchor.kind == "target"]
        return distinct([*found, *self.borrowed(document)])

    def headings(self, document: Document) -> Iterable[Anchor]:
        """Both ids of a heading: the slug, and docutils' own. Braces at its end are text."""
        texts = [heading.text for heading in document.headings]
        if self.mystmd:
            names_ = [label(text) for text in texts]
            slugs: Iterable[tuple[str, ...]] = zip(names_, unique(names_), strict=True)
        else:
            slugs = zip(unique(map(own_slug, texts)), unique(map(slug, texts)), map(identifier, texts), strict=True)
        for heading, names in zip(document.headings, slugs, strict=True):
            line = line_of(document, heading.block_start)
            yield from (Anchor(name, "heading", heading.text.strip(), line) for name in names)

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

    def sees_beyond(self, asked: Asked) -> bool:
        return bool(suffix_of(asked.path))

    def inside(self, asked: Asked, place: str) -> Reading:
        suffix, rooted = suffix_of(asked.path), asked.path.startswith("/")
        if asked.directive in _LABELS:
            return Reading((), False)
        documents = tuple(place + end for end in (*self.suffixes, ".rst", ".ipynb", ".txt", ".py"))
        pages = tuple(place[:-5] + end for end in (*self.suffixes, ".rst", ".ipynb")) if suffix == ".html" else ()
        if asked.directive in ("doc", "toctree"):
            return Reading((place, *documents), None)
        strict = (self.strict or self.mystmd) and not asked.raw
        if not suffix:
            if strict and asked.anchored and not self.mystmd:  # `x#y` is no document's name
                return Reading((place,), False, astray=documents)
            label = "/" not in asked.path  # which mystmd takes without its `#`, too
            deep = self.mystmd and not (rooted or label) and folder_of(place) != self.root
            return Reading((place, *documents), None if deep else False)
        if pages:
            return Reading((place,), False, astray=pages) if strict else Reading((place, *pages), False)
        found = (place, self.below("", asked.path)) if rooted else (place,)
        if strict and self.relative(place) is None:  # nothing is made there
            return Reading(found, True)
        # Documentation of an API is often made at build time, in a folder of its own.
        file = suffix in _SURE or asked.image or bool(asked.directive)
        file = file or (strict and not rooted and "/" in asked.path.removeprefix("./"))
        return Reading(found, None if file else False)

    def fragments(self, fragment: str) -> tuple[str, ...]:
        return (fragment, fragment.lower(), label(fragment)) if self.mystmd else (fragment,)

    def sure(self, place: str, path: str, fragment: str) -> bool:
        del place, fragment
        return suffix_of(path) in self.suffixes or (self.mystmd and bool(path))

    def landing(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" if folder else name for name in ("index.md", "README.md"))


_LABELS = frozenset(("ref", "numref", "any", "eq"))
_SURE = frozenset((".md", ".markdown", ".rst", ".ipynb", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"))


def own_slug(text: str) -> str:
    """MyST-Parser's slug of a title: GitHub's but for the characters that Python takes for a word's."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def label(text: str) -> str:
    """mystmd's label and id of a title: ASCII letters and digits, runs of anything else one `-`, a letter first."""
    plain = re.sub("['‘’\"“”]+", "", text.strip().lower())
    name = re.sub("-{2,}", "-", re.sub("^(?=[0-9-])", "id-", re.sub("[^a-z0-9-]", "-", plain)))
    return name.strip("-")


_DIGRAPHS = str.maketrans({"ß": "sz", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def identifier(text: str) -> str:
    """docutils' id of a title: lower case, accents dropped, runs of anything but `a-z0-9` become one `-`."""
    from unicodedata import normalize

    plain = normalize("NFKD", text.lower().translate(_DIGRAPHS)).encode("ascii", "ignore").decode("ascii")
    return re.sub("^[-0-9]+|-+$", "", re.sub("[^a-z0-9]+", "-", plain))
