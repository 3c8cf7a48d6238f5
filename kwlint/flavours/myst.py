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
    Flavour,
    LinkRequest,
    Resolution,
    folder_of,
    line_of,
    other_anchors,
    suffix_of,
    unique_anchors,
)
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
    has_external_references = False

    def __init__(
        self, root: str, outer: str | None = None, own_slugs: bool = False, strict: bool = False, mystmd: bool = False
    ) -> None:
        super().__init__(root, outer)
        self.mystmd = mystmd
        self.own_slugs = own_slugs
        self.strict = strict

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.own_slugs)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        del meta
        found = [*self.heading_anchors(document), *other_anchors(document), *self._named(document)]
        if self.mystmd:  # the id of a target is made of its label
            found += [anchor._replace(name=label(anchor.name)) for anchor in found if anchor.kind == "target"]
        return unique_anchors([*found, *self.external_anchors(document)])

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
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

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for fence in document.fences:
            if fence.lang in ("include", "literalinclude") and fence.info.startswith("{include}"):
                target = fence.info.partition("}")[2].strip()
                yield Anchor(target, "include", "", line_of(document, fence.start))
            elif fence.lang in _OPEN and fence.info.startswith("{"):
                yield Anchor(fence.lang, "open", "", line_of(document, fence.start))
        if self.own_slugs:
            yield Anchor("slugs", "open", "", 1)

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        scheme, _, rest = url.partition(":")
        if scheme == "path":
            return rest
        if scheme in ("project", "inv", "myst", "doi", "xref", "wiki", "rrid", "ror"):
            return ""
        return None

    def reports_outside(self, request: LinkRequest) -> bool:
        return bool(suffix_of(request.path))

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        suffix, rooted = suffix_of(request.path), request.path.startswith("/")
        if request.directive in _LABELS:
            return Resolution((), False)
        documents = tuple(target + end for end in (*self.suffixes, ".rst", ".ipynb", ".txt", ".py"))
        pages = tuple(target[:-5] + end for end in (*self.suffixes, ".rst", ".ipynb")) if suffix == ".html" else ()
        if request.directive in ("doc", "toctree"):
            return Resolution((target, *documents), None)
        strict = (self.strict or self.mystmd) and not request.from_html
        if not suffix:
            if strict and request.has_fragment and not self.mystmd:  # `x#y` is no document's name
                return Resolution((target,), False, misdirected=documents)
            label = "/" not in request.path  # which mystmd takes without its `#`, too
            deep = self.mystmd and not (rooted or label) and folder_of(target) != self.root
            return Resolution((target, *documents), None if deep else False)
        if pages:
            return Resolution((target,), False, misdirected=pages) if strict else Resolution((target, *pages), False)
        found = (target, self.path_below("", request.path)) if rooted else (target,)
        if strict and self.relative_to_root(target) is None:  # nothing is made there
            return Resolution(found, True)
        # Documentation of an API is often made at build time, in a folder of its own.
        file = suffix in _SURE or request.is_image or bool(request.directive)
        file = file or (strict and not rooted and "/" in request.path.removeprefix("./"))
        return Resolution(found, None if file else False)

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        return (fragment, fragment.lower(), label(fragment)) if self.mystmd else (fragment,)

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:
        del target, fragment
        return suffix_of(path) in self.suffixes or (self.mystmd and bool(path))

    def index_documents(self, folder: str) -> tuple[str, ...]:
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
