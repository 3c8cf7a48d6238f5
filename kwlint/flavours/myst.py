"""MyST under Sphinx, Jupyter Book, mystmd

## Detection

`conf.py` that mentions MyST or Sphinx, `_toc.yml`, or `myst.yml`.

## Anchors

Each heading has two: GitHub's slug and the id of docutils. mystmd makes its own ids of ASCII letters and digits.
`(label)=`, `:name:` and `:label:` of directives, and `{#id}` before a block or after a span are explicit ids; at the
end of a heading, `{#id}` is text. The anchors of `{include}`d documents count.

## Links

- Relative paths start at the document, and `/x` at the source folder.
- A document may be named without its suffix, but then, except in mystmd, not with a fragment.
- `path:x` is a path.
- `{doc}`, `{download}`, `toctree`, `include`, `literalinclude`, `figure` and `image` name files.

## Not checked

- Targets without a path or suffix (`[](label)`, `#label`) that are no label of the project, if labels may come from
  elsewhere: another project (intersphinx), notebooks, reStructuredText, or code.
- `project:` and `inv:`.
- Missing files in folders that do not exist: the documentation of an API is often made during the build.
- Anchors of pages with `autodoc` and similar directives.

## Sources

MyST-Parser (`docs/syntax/cross-referencing.md`, `mdit_to_docutils`). Sphinx with MyST-Parser built two sites (`html`
and `dirhtml`), mystmd one, and both made the ids of the headings. The documentation of MyST-Parser was checked as
well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kwlint.flavours.anchors import anchor_at, non_heading_anchors, unique_anchors
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import github_slugs, number_unique
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_NAME_OPTION = expression(r"(?m)^[ \t>]*:?(?:name|label):[ \t]*(\S(?:[^\n]*\S)?)[ \t]*$").finditer
# Attributes after a span or before a block; after the text of a heading, braces are text.
_INLINE_ID = expression(
    r"(?m)(?:^[ \t>]*|(?<=[\])`*_]))\{(?=[^{}\n\[\]()]*\})[^{}\n\[\]()]*?#([\w:.-]+)[^{}\n\[\]()]*\}"
).finditer
# Directives that make anchors which the document does not show.
_OPEN_DIRECTIVES = frozenset(
    ("autoclass", "automodule", "autofunction", "automethod", "autodoc", "autosummary", "automodapi", "doxygenfile",
     "doxygenclass", "eval-rst", "py:function", "py:class", "py:module", "glossary", "click", "argparse",
     "program-output", "autodoc2-object", "autodoc2-docstring", "list-table", "bibliography", "jsonschema", "confval")
)  # fmt: skip
# What a configuration mentions if labels come from elsewhere.
_MORE_LABELS = expression(
    r"intersphinx|autosectionlabel|autoapi|autodoc|apidoc|gallery|breathe|exhale"
    r"|(?m:^[ \t]*(?:references|extends|plugins)[ \t]*:)"
).search
_GENERATED_PAGES = frozenset(("genindex", "modindex", "py-modindex", "search", "root", "license", "LICENSE"))
_LABEL_ROLES = frozenset(("ref", "numref", "any", "eq"))
_SCHEMES = frozenset(("project", "inv", "myst", "doi", "xref", "wiki", "rrid", "ror"))
_FILES = frozenset((".md", ".markdown", ".rst", ".ipynb", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"))


class Myst(Flavour):
    """A project.

    `own_slugs`: the project's own function makes slugs. `strict`: MyST-Parser looks up every link without a scheme.
    `mystmd`: mystmd builds the site, not Sphinx; labels are in lower case, and what is not a file is an address.
    `complete`: all labels are in documents that kwlint reads.
    """

    name = "myst"
    partials_relative = False
    dialect = Dialect(directives=True)

    def __init__(
        self, root: str, outer: str | None = None, own_slugs: bool = False, strict: bool = False,
        mystmd: bool = False, complete: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.project_labels = self.aliases = complete
        self.mystmd = mystmd
        self.own_slugs = own_slugs
        self.strict = strict

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        folder = folder_of(path)
        if not path.endswith(".py"):
            configs = [name for name in (path, *in_folder(folder, "_config.yml")) if name in probe.paths]
            settings = "\n".join(map(probe.text_of, configs))
            complete = _is_complete(probe, folder, settings)
            return [(folder, cls(folder, mystmd=path.endswith("myst.yml"), complete=complete))]
        config = probe.text_of(path)
        if not re.search(r"myst|recommonmark|nbsphinx|sphinx", config):
            return []
        slug_function = re.search(r"myst_heading_slug_func\s*=\s*(\S+)", config)
        own_slugs = bool(slug_function and "github" not in slug_function[1] and "None" not in slug_function[1])
        lax = re.search(r"myst_(?:all_links_external|commonmark_only|gfm_only|url_schemes)", config)
        root = _source_folder(probe, folder)
        strict = "myst" in config and not lax
        complete = strict and "def setup(" not in config and _is_complete(probe, root, config)
        return [(root, cls(root, folder, own_slugs, strict, complete=complete))]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.own_slugs, self.project_labels)

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        anchors = [*self.heading_anchors(document), *non_heading_anchors(document), *_named_anchors(document)]
        if self.mystmd:  # the id of a target is made from its label
            anchors += [anchor._replace(name=label(anchor.name)) for anchor in anchors if anchor.kind == "target"]
        offered = unique_anchors([*anchors, *self.external_anchors(document)])
        if not self.project_labels:
            return offered
        named = [anchor._replace(kind="alias") for anchor in anchors if anchor.kind == "target"]
        return (
            *offered,
            *named,
            *(Anchor(value, "alias", "", 1) for value in (meta.get("label"),) if isinstance(value, str)),
        )

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        texts = [heading.text for heading in document.headings]
        if self.mystmd:
            labels = [label(text) for text in texts]
            ids: Iterable[tuple[str, ...]] = zip(labels, number_unique(labels), strict=True)
        else:
            ids = zip(number_unique(map(myst_slug, texts)), github_slugs(texts), map(docutils_id, texts), strict=True)
        for heading, names in zip(document.headings, ids, strict=True):
            for name in names:
                yield anchor_at(document, heading.block_start, "heading", name, heading.text.strip())

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        for fence in document.fences:
            if fence.lang in ("include", "literalinclude") and fence.info.startswith("{include}"):
                yield anchor_at(document, fence.start, "include", fence.info.partition("}")[2].strip())
            elif fence.lang in _OPEN_DIRECTIVES and fence.info.startswith("{"):
                yield anchor_at(document, fence.start, "open", fence.lang)
        if self.own_slugs:
            yield Anchor("slugs", "open", "", 1)

    def rewrite_target(self, source: str, url: str) -> str | None:
        del source
        scheme, _, rest = url.partition(":")
        return rest if scheme == "path" else "" if scheme in _SCHEMES else None

    def reports_outside(self, request: LinkRequest) -> bool:
        return bool(suffix_of(request.path))

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive in _LABEL_ROLES:
            return Resolution((), False)
        documents = tuple(target + suffix for suffix in (*self.suffixes, ".rst", ".ipynb", ".txt", ".py"))
        if request.directive in ("doc", "toctree"):
            return Resolution((target, *documents), None)
        suffix = suffix_of(request.path)
        strict = (self.strict or self.mystmd) and not request.from_html
        if not suffix:
            return self._without_suffix_resolved(request, target, documents, strict)
        if suffix == ".html":
            pages = tuple(target[:-5] + end for end in (*self.suffixes, ".rst", ".ipynb"))
            return Resolution((target,), False, misdirected=pages) if strict else Resolution((target, *pages), False)
        return self._file(request, target, strict)

    def _without_suffix_resolved(
        self, request: LinkRequest, target: str, documents: tuple[str, ...], strict: bool
    ) -> Resolution:
        if strict and request.has_fragment and not self.mystmd:  # `x#y` does not name a document
            return Resolution((target,), False, misdirected=documents)
        may_be_label = "/" not in request.path  # mystmd accepts it without its `#`, too
        if may_be_label and self.project_labels and not (self.mystmd or request.from_html):
            return Resolution((target, *documents), request.path not in _GENERATED_PAGES)
        is_deep = not (request.path.startswith("/") or may_be_label) and folder_of(target) != self.root
        return Resolution((target, *documents), None if self.mystmd and is_deep else False)

    def _file(self, request: LinkRequest, target: str, strict: bool) -> Resolution:
        """Resolve the path of a file. Pages of an API may be made during the build, in a folder of their own."""
        rooted = request.path.startswith("/")
        paths = (target, join_inside("", request.path)) if rooted else (target,)
        if strict and self.relative_to_root(target) is None:  # the build makes nothing there
            return Resolution(paths)
        is_file = suffix_of(request.path) in _FILES or request.is_image or bool(request.directive)
        in_folder_of_site = strict and not rooted and "/" in request.path.removeprefix("./")
        return Resolution(paths, None if is_file or in_folder_of_site else False)

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        return (fragment, fragment.lower(), label(fragment)) if self.mystmd else (fragment,)

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:
        del target, fragment
        if not path:
            return self.project_labels
        return suffix_of(path) in self.suffixes or (self.mystmd and bool(path))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "index.md", "README.md")


def _is_complete(probe: RepoProbe, root: str, settings: str) -> bool:
    """Report whether all labels of a project are in its Markdown files; `settings` is the text of its configuration."""
    prefix = f"{root}/" if root else ""
    other_sources = any(path.startswith(prefix) and path.endswith((".rst", ".ipynb")) for path in probe.paths)
    return not other_sources and not _MORE_LABELS(settings)


def _named_anchors(document: Document) -> Iterable[Anchor]:
    """Yield the targets of `:name:` and `:label:` options and of attributes."""
    text = document.text
    patterns = (_NAME_OPTION,) if "name:" in text or "label:" in text else ()
    for pattern in (*patterns, _INLINE_ID) if "{" in text else patterns:
        for match in pattern(text):
            yield anchor_at(document, match.start(), "target", next(filter(None, match.groups())))


def _source_folder(probe: RepoProbe, folder: str) -> str:
    """Return the folder of the documents of a Sphinx project: that of `conf.py`, or `source` or `src` in it."""
    if in_folder(folder, "index.md")[0] in probe.paths:
        return folder
    sources = (join_inside(folder, name) for name in ("source", "src"))
    return next((source for source in sources if f"{source}/index.md" in probe.paths), folder)


def myst_slug(text: str) -> str:
    """Return MyST-Parser's slug of a title: GitHub's, but for what Python counts as a word character."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def label(text: str) -> str:
    """Return mystmd's label of a title: ASCII letters and digits, a run of anything else as one `-`, a letter first."""
    plain = re.sub("['‘’\"“”]+", "", text.strip().lower())
    name = re.sub("-{2,}", "-", re.sub("^(?=[0-9-])", "id-", re.sub("[^a-z0-9-]", "-", plain)))
    return name.strip("-")


_DIGRAPHS = str.maketrans({"ß": "sz", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def docutils_id(text: str) -> str:
    """Return docutils' id of a title (`nodes.make_id`).

    Lower case, accents dropped, a run of anything but `a-z0-9` as one `-`.
    """
    from unicodedata import normalize

    plain = normalize("NFKD", text.lower().translate(_DIGRAPHS)).encode("ascii", "ignore").decode("ascii")
    return re.sub("^[-0-9]+|-+$", "", re.sub("[^a-z0-9]+", "-", plain))
