"""The interface of a flavour: which syntax it reads, which anchors a document has, where the path of a link leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kwlint.flavours.anchors import (
    anchor_at,
    line_of,
    non_heading_anchors,
    split_custom_id,
    unique_anchors,
    without_braces,
)
from kwlint.flavours.paths import (
    folder_of,
    in_folder,
    is_partial,
    join,
    relative_path,
    suffix_of,
    without_suffix,
)
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import github_slugs
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

MARKDOWN = (".md", ".markdown")
INDEXES = ("index", "README", "_index")
# What an `import` names with its suffix: documents and assets; everything else may be code.
_IMPORTED_FILES = frozenset(
    (".md", ".mdx", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp4", ".pdf", ".txt", ".yaml")
)
_CODE = (".js", ".jsx", ".ts", ".tsx", ".mdx", ".md", ".json", ".css")

_TERMS = expression(r"(?m)^(?![ \t>#:-])(\S[^\n]*)\n\n?:[ \t]").finditer
_FENCE_ID = expression(r"\{[^{}]*?#([\w:.-]+)").search


class Resolution(NamedTuple):
    """Which files the path of a link may lead to.

    `paths`: repository paths, the most likely first; the link is right if one of them exists, and messages name the
    first. `decidable`: False if the site may have a page that the repository does not show; None if it may, unless the
    folder of the first path exists. `levels_above`: by how many levels the path leaves the repository. `generated`:
    the generator or its configuration provides this page or file (a redirect, a theme's image). `misdirected`:
    documents that the words of the path name, but that a path of this form reaches neither on the site nor on the git
    host. `versions`: documents, in any letter case, that the site shows at this address, one of them at a time.
    """

    paths: tuple[str, ...]
    decidable: bool | None = True
    levels_above: int = 0
    generated: bool = False
    misdirected: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class LinkRequest(NamedTuple):
    """The path of a link that is to be resolved.

    `path` is percent-decoded, without query and fragment. `from_html`: it comes from raw HTML, which some generators
    leave alone. `is_image`: an image or another embedded file. `directive`: the name of the directive or tag that
    holds the path, `named` for what `Flavour.rewrite_target` returned. `has_fragment`: a fragment follows the path.
    """

    source: str
    path: str
    from_html: bool = False
    is_image: bool = False
    directive: str = ""
    has_fragment: bool = False


class Flavour:
    """A host or a generator with its settings for one folder. The base class does what a plain git host does.

    `root`: the folder of its documents, `""` for the whole repository. `outer`: the folder of its project.
    """

    name = ""
    dialect = Dialect()
    suffixes: tuple[str, ...] = MARKDOWN
    custom_ids = False  # `{#id}` at the end of a heading replaces its slug
    colon_ids = False  # `{: #id}` does, too
    partials_relative = True  # a link in an included document is relative to that document, not to the including one
    html_ends_at_tag = False  # a block of HTML ends with its tag; in CommonMark it ends at a blank line
    last_definition_wins = False  # of two definitions of a reference, the last counts; in CommonMark the first
    excludes_readmes = False  # a README is no page of the site; only the host shows it
    aliases = False  # a link may name a document by an alias in its front matter
    project_labels = False  # `#x` may name a label of any document; labels are aliases
    permalink_keys: tuple[str, ...] = ()  # keys of front matter that give a page another address than its path
    host_pages: frozenset[str] = frozenset()  # first parts of the git host's own pages, two levels above the repository
    has_external_references = False  # a plugin may define the label of `[text][label]` (autorefs, for example)

    def __init__(self, root: str = "", outer: str | None = None) -> None:
        self.root = root
        self.outer = root if outer is None else outer

    # --- detection ------------------------------------------------------------------------------------------------

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        """Return the flavour with its default settings, for a folder that the user assigned to it."""
        return cls(root)

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:  # noqa: ARG003
        """Return the content roots that the configuration file or folder at `path` sets up.

        `path` matches one of the flavour's patterns in the registry. Returns nothing if it belongs to another program.
        """
        return []

    @classmethod
    def detect_content(cls, root: str) -> Flavour:
        """Return the flavour of a folder that only the names of its documents reveal (`Entry.content_files`)."""
        return cls(root)

    @property
    def cache_key(self) -> tuple[object, ...]:
        """Everything that shapes the facts of its documents, small enough to be part of the key of each of them."""
        return (self.name, self.dialect, self.suffixes)

    @property
    def identity(self) -> tuple[object, ...]:
        """Everything that distinguishes this instance from another."""
        return (*self.cache_key, *sorted((key, repr(value)) for key, value in vars(self).items()))

    # --- anchors --------------------------------------------------------------------------------------------------

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """Return the fragments of the document, each name once. `meta`: its front matter.

        Three kinds are not fragments: `include` names a document (as written) whose fragments count here, too; `open`
        says that the document has fragments that only its generator knows; `address` is the address of its page if
        front matter sets one.
        """
        addresses = [Anchor(f"/{value}", "address", "", 1) for key in self.permalink_keys if (value := meta.get(key))]
        return unique_anchors(
            (
                *self.heading_anchors(document),
                *non_heading_anchors(document),
                *self.fence_anchors(document),
                *self.external_anchors(document),
                *addresses,
            )
        )

    def fence_anchors(self, document: Document) -> Iterable[Anchor]:
        """Yield the ids that attributes give to code blocks (` ```go {#id} `)."""
        for fence in document.fences if self.dialect.attributes else ():
            if match := _FENCE_ID(fence.info):
                yield anchor_at(document, fence.start, "target", match[1])

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        """Return an `include` or `open` anchor for everything that the document takes from elsewhere."""
        return [
            anchor_at(document, link.start, "include", link.url)
            for link in document.links
            if link.kind == "directive" and suffix_of(link.url.partition(":")[0]) in self.suffixes
        ]

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        """Return the fragments of the headings."""
        if self.custom_ids:
            return self.custom_heading_anchors(document)
        return self.named_headings(document, self.slugs([self.heading_text(heading) for heading in document.headings]))

    def named_headings(self, document: Document, names: Iterable[str]) -> list[Anchor]:
        """Return an anchor for each heading, with the given names in order."""
        return [
            anchor_at(document, heading.block_start, "heading", name, heading.text.strip())
            for name, heading in zip(names, document.headings, strict=True)
        ]

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        """Return the fragments of headings where `{#id}` at the end replaces the slug.

        If options of the generator decide how a heading's text is read, the slugs of every reading are returned.
        """
        headings = document.headings
        lines = [line_of(document, heading.block_start) for heading in headings]
        split = [self.split_heading(heading) for heading in headings]
        slugs = iter(self.slugs([text for text, custom in split if not custom]))
        anchors = [
            Anchor(custom or next(slugs), "custom" if custom else "heading", text.strip(), line)
            for line, (text, custom) in zip(lines, split, strict=True)
        ]
        slugged = [(at, text) for at, (text, custom) in enumerate(split) if not custom]
        for texts in self.alternative_texts(document):
            alternatives = [(at, texts[at]) for at, _ in slugged]
            if alternatives != slugged:
                names = self.slugs([text for _, text in alternatives])
                originals = (anchors[at] for at, _ in slugged)
                anchors += [Anchor(n, "heading", a.title, a.line) for n, a in zip(names, originals, strict=True)]
        return anchors

    def host_heading_anchors(self, document: Document, anchors: Sequence[Anchor]) -> list[Anchor]:
        """Return `anchors` and, for documents that are also read on the git host, the host's slug of each heading."""
        slugs = github_slugs(heading.text for heading in document.headings)
        on_host = (Anchor(n, "heading", a.title, a.line) for n, a in zip(slugs, anchors, strict=False))
        return [*anchors, *on_host]

    def definition_anchors(self, document: Document) -> Iterable[Anchor]:
        """Yield the ids of definition terms, which share their counters with those of the headings."""
        terms = [(m.start(1), re.sub("[`*]", "", m[1])) for m in _TERMS(document.text)]
        if not terms:
            return
        headings = [(heading.start, *self.split_heading(heading)) for heading in document.headings]
        texts = sorted([*terms, *((start, text) for start, text, custom in headings if not custom)])
        names = dict(zip(texts, self.slugs([text for _, text in texts]), strict=True))
        for start, text in terms:
            yield anchor_at(document, start, "target", names[start, text], text)

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """Return a heading's text without attributes, and its explicit id, `""` for none.

        In MDX, braces are code and not part of the text, so that the source of the heading is searched as well.
        """
        text, custom = split_custom_id(self.heading_text(heading), self.colon_ids)
        if not custom and heading.raw.endswith("}"):
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
        return text, custom

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """Yield other readings of the headings, each with a text for every heading."""
        if any(heading.text.endswith("}") for heading in document.headings):
            yield [without_braces(self.heading_text(heading)) for heading in document.headings]

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        """Return the explicit ids of headings: start offset, end offset, id."""
        spans = []
        for heading in document.headings if self.custom_ids else ():
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
            if custom:
                start = heading.start + heading.raw.rindex(custom)
                spans.append((start, start + len(custom), custom))
        return spans

    def heading_text(self, heading: Heading) -> str:
        """Return the part of a heading that its slug is made from."""
        return heading.text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        """Return the fragments of headings with these texts, duplicates numbered."""
        return github_slugs(texts)

    # --- links ----------------------------------------------------------------------------------------------------

    def resolve(self, request: LinkRequest) -> Resolution:
        """Return the files that the path may lead to."""
        if request.directive in ("import", "require"):
            return self.resolve_import(request)
        target, levels_above = self.literal_path(request)
        if levels_above:
            return Resolution((target,), self.reports_outside(request), levels_above)
        return self.resolve_inside(request, target)

    def resolve_import(self, request: LinkRequest) -> Resolution:
        """Return the files that an import may name.

        An import of code may lack the suffix of its file, or have the one of what is compiled from it.
        """
        target, levels_above = join(folder_of(request.source), request.path)
        if request.path[:1] != "." or levels_above:
            return Resolution((target,), False)
        if suffix_of(request.path) in _IMPORTED_FILES or request.path.endswith(self.suffixes):
            return Resolution((target,))
        names = (target, *(f"{target}{end}{suffix}" for end in ("", "/index") for suffix in _CODE))
        return Resolution((*names, *(without_suffix(target) + suffix for suffix in _CODE)), False)

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        """Return the repository path that the request names literally, and by how many levels it leaves the root."""
        return join(self.root if request.path.startswith("/") else folder_of(request.source), request.path)

    def reports_outside(self, request: LinkRequest) -> bool:
        """Report whether a path that leaves the repository is broken: one that names a document is."""
        return suffix_of(request.path) in self.suffixes

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:  # noqa: ARG002
        """Return the files that a path inside the repository may lead to; `target` is its literal reading."""
        return Resolution((target,))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        """Return the documents that may be shown for a folder; the first that exists is."""
        return in_folder(folder, "README.md", "readme.md", "Readme.md")

    def searched_suffix(self, request: LinkRequest) -> str:  # noqa: ARG002
        """Return the end of a path, from a `/` on, that the link finds anywhere below the root; `""` for none."""
        return ""

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        """Return the anchors that a fragment may mean, the fragment itself first."""
        return (fragment,)

    def has_page_fragment(self, document: str, fragment: str) -> bool:  # noqa: ARG002
        """Report whether the page of `document` has the fragment whatever the document holds."""
        return False

    def may_have_anchor(self, fragment: str, anchors: Sequence[Anchor]) -> bool:  # noqa: ARG002
        """Report whether the site may have the fragment, although no anchor of the document equals it."""
        return False

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        """Yield the ways in which a link in `request.source` may name `target`, the style of `request.path` first.

        The caller checks that this flavour resolves them to `target`.
        """
        near = relative_path(folder_of(request.source), target)
        if request.path.startswith("./") and not near.startswith("../"):
            near = f"./{near}"
        for path in (*self._rooted(request.path, target), near) if request.path.startswith("/") else (near,):
            if not suffix_of(request.path) and suffix_of(target) in self.suffixes:
                yield from self._without_suffix(request.path, path)
            if suffix_of(request.path) == ".html" and suffix_of(target) in self.suffixes:
                yield without_suffix(path) + ".html"
            yield path + "/" if request.path.endswith("/") and not suffix_of(target) else path

    def _rooted(self, style: str, target: str) -> list[str]:
        """Return `target` from the root of the site and of the repository, the root that `style` uses first."""
        inner = self.relative_to_root(target) if self.root else None
        paths = [f"/{target}"] if inner is None else [f"/{inner}", f"/{target}"]
        return paths[::-1] if style.startswith(f"/{self.root}/") else paths

    def _without_suffix(self, style: str, path: str) -> Iterator[str]:
        """Yield `path` without its suffix; an index as its folder, unless the path `style` names an index."""
        stem = without_suffix(path)
        folder, slash, name = stem.rpartition("/")
        if name in INDEXES and slash and without_suffix(style).rpartition("/")[2] not in INDEXES:
            yield folder + slash
        yield stem + ("/" if style.endswith("/") else "")

    def may_define_label(self, label: str) -> bool:  # noqa: ARG002
        """Report whether the generator may resolve a reference that has no definition."""
        return self.has_external_references

    def rewrite_target(self, source: str, url: str) -> str | None:  # noqa: ARG002
        """Return the target to check in place of one with a scheme or a template.

        None if the flavour does not know the scheme or template, `""` if only its generator can resolve it.
        """
        return None

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:  # noqa: ARG002
        """Report whether a fragment that the document at `target` lacks is missing on the site, too.

        `path` is how the link names the document, `""` for the document that holds the link.
        """
        return bool(path) or not is_partial(target)

    def page_sources(self, page: str) -> tuple[str, ...]:
        """Return the documents that a page without a suffix may be made from."""
        indexes = in_folder(page, *(f"{name}{suffix}" for name in INDEXES for suffix in self.suffixes))
        return (*(f"{page}{suffix}" for suffix in self.suffixes), *indexes) if page else indexes

    def relative_to_root(self, path: str) -> str | None:
        """Return `path` relative to this flavour's root, None if it is outside."""
        if not self.root:
            return path
        return path[len(self.root) + 1 :] if path.startswith(self.root + "/") else None


Roots = list[tuple[str, Flavour]]
