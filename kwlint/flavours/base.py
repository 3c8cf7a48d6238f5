"""What every flavour answers: which syntax it reads, which anchors a document offers, what a link's path may name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kwlint.flavours.github import slug, unique
from kwlint.model.document import Dialect, Document, Heading, HtmlId
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

MARKDOWN = (".md", ".markdown")
INDEXES = ("index", "README", "_index")
_ASSETS = frozenset((".md", ".mdx", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp4", ".pdf", ".txt", ".yaml"))
_CODE = (".js", ".jsx", ".ts", ".tsx", ".mdx", ".md", ".json", ".css")
NON_FRAGMENT_KINDS = ("include", "open", "address", "alias")  # the kinds of anchors that are none
_ATTRIBUTES = expression(r"(?:[#.][^\s{}#.][^\s{}]*|[\w:@-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}]+)|\s+)+\Z").match

_TERMS = expression(r"(?m)^(?![ \t>#:-])(\S[^\n]*)\n\n?:[ \t]").finditer
_FENCE_ID = expression(r"\{[^{}]*?#([\w:.-]+)").search
_FOOTNOTES = ("fn-{}", "fnref-{}", "fn:{}", "fnref:{}", "footnote-{}", "fr-{}-1")  # of label or number
_PARTIALS = expression(r"/_?(?:includes?|partials?|snippets|templates?)/", re.IGNORECASE).search


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


def folder_of(path: str) -> str:
    """The folder that a path is in, `""` for the root."""
    return path.rpartition("/")[0]


def join(folder: str, path: str) -> tuple[str, int]:
    """`path` as seen from `folder`, without `.` and `..`, and by how many levels it climbs above the root."""
    parts = [part for part in folder.split("/") if part]
    above = 0
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                above += 1
        elif part and part != ".":
            parts.append(part)
    return "/".join(parts), above


def relative_path(folder: str, target: str) -> str:
    """`target` as written in a document of `folder`."""
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def suffix_of(path: str) -> str:
    """The suffix of the last part with its dot, lower-case; empty for none (`.github` and `v1.2` have none)."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem and suffix and not suffix[0].isdigit() else ""


def without_suffix(path: str) -> str:
    """`path` without the suffix that `suffix_of` sees."""
    suffix = suffix_of(path)
    return path[: -len(suffix)] if suffix else path


class Flavour:
    """A host or a generator with the folder that it is in charge of. The base is what a plain git host does.

    `root` is the folder that its documents live in (`""`: the whole repository); `outer` where its project lies.
    """

    name = "github"
    dialect = Dialect()
    suffixes: tuple[str, ...] = MARKDOWN
    custom_ids = False  # `{#id}` at the end of a heading
    colon_ids = False  # `{: #id}`, too
    partials_relative = True  # a link in an included document is seen from that document, not from the one around it
    html_ends_at_tag = False  # a block of HTML ends with its tag; in CommonMark it takes lines up to an empty one
    last_definition_wins = False  # of two definitions of a reference; in CommonMark the first counts
    excludes_readmes = False  # a README is no page of the site: only the host shows it
    aliases = False  # a link may name a document by an alias that its front matter gives it
    permalink_keys: tuple[str, ...] = ()  # the keys of front matter that give a page another address than its path
    host_pages: frozenset[str] = frozenset()  # what the git host's own pages begin with, beside the repository's files
    has_external_references = False  # `[text][label]` may be resolved by a plugin (autorefs and the like)

    def __init__(self, root: str = "", outer: str | None = None) -> None:
        self.root = root
        self.outer = root if outer is None else outer

    @property
    def cache_key(self) -> tuple[object, ...]:
        """All that shapes the facts of its documents, small enough to be part of each one's key."""
        return (self.name, self.dialect, self.suffixes)

    @property
    def identity(self) -> tuple[object, ...]:
        """All that tells this instance from another."""
        return (*self.cache_key, *sorted((key, repr(value)) for key, value in vars(self).items()))

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """The fragments that the document offers, each name once.

        Three kinds are no fragments: `include` names a document (as written) whose fragments count here too, `open`
        says that the document has fragments that only its generator knows, `address` is that of its page where front
        matter gives it.
        """
        own = [Anchor(f"/{value}", "address", "", 1) for key in self.permalink_keys if (value := meta.get(key))]
        return unique_anchors(
            [
                *self.heading_anchors(document),
                *other_anchors(document),
                *self.fence_anchors(document),
                *self.external_anchors(document),
                *own,
            ]
        )

    def fence_anchors(self, document: Document) -> Iterable[Anchor]:
        """The ids that attributes give to code blocks (` ```go {#id} `)."""
        for fence in document.fences if self.dialect.attributes else ():
            if found := _FENCE_ID(fence.info):
                yield Anchor(found[1], "target", "", line_of(document, fence.start))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        """`include` and `open` for what the document takes from elsewhere."""
        return [
            Anchor(link.url, "include", "", line_of(document, link.start))
            for link in document.links
            if link.kind == "directive" and suffix_of(link.url.partition(":")[0]) in self.suffixes
        ]

    def heading_anchors(self, document: Document) -> Iterable[Anchor]:
        """The fragments of the headings."""
        if self.custom_ids:
            return self.custom_heading_anchors(document)
        names = self.slugs([self.heading_text(heading) for heading in document.headings])
        return [
            Anchor(name, "heading", heading.text.strip(), line_of(document, heading.block_start))
            for name, heading in zip(names, document.headings, strict=True)
        ]

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        """The fragments of headings where `{#id}` at the end replaces the made one, and, where the generator's
        options decide how a text is read, those of the other readings."""
        headings = document.headings
        lines = [line_of(document, heading.block_start) for heading in headings]
        split = [self.split_heading(heading) for heading in headings]
        made = iter(self.slugs([text for text, custom in split if not custom]))
        found = [
            Anchor(custom or next(made), "custom" if custom else "heading", text.strip(), line)
            for line, (text, custom) in zip(lines, split, strict=True)
        ]
        plain = [(at, text) for at, (text, custom) in enumerate(split) if not custom]
        for texts in self.alternative_texts(document):
            others_ = [(at, texts[at]) for at, _ in plain]
            if others_ != plain:
                names = self.slugs([text for _, text in others_])
                paths = (found[at] for at, _ in plain)
                found += [Anchor(n, "heading", a.title, a.line) for n, a in zip(names, paths, strict=True)]
        return found

    def definition_anchors(self, document: Document) -> Iterable[Anchor]:
        """The ids of definition terms, where they have any; they count with those of the headings."""
        terms = [(m.start(1), re.sub("[`*]", "", m[1])) for m in _TERMS(document.text)]
        if not terms:
            return
        headings = [(heading.start, *self.split_heading(heading)) for heading in document.headings]
        texts = sorted([*terms, *((start, text) for start, text, custom in headings if not custom)])
        names = dict(zip(texts, self.slugs([text for _, text in texts]), strict=True))
        for start, text in terms:
            yield Anchor(names[start, text], "target", text, line_of(document, start))

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        """A heading's text without attributes, and its explicit id. In MDX braces are no text any more."""
        text, custom = split_custom_id(self.heading_text(heading), self.colon_ids)
        if not custom and heading.raw.endswith("}"):
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
        return text, custom

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """Other ways to read the texts of the headings; each gives a text per heading."""
        if any(heading.text.endswith("}") for heading in document.headings):
            yield [without_braces(self.heading_text(heading)) for heading in document.headings]

    def custom_id_spans(self, document: Document) -> list[tuple[int, int, str]]:
        """Where headings are given an explicit id: start, end (offsets) and the id."""
        paths = []
        for heading in document.headings if self.custom_ids else ():
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
            if custom:
                start = heading.start + heading.raw.rindex(custom)
                paths.append((start, start + len(custom), custom))
        return paths

    def heading_text(self, heading: Heading) -> str:
        """The part of a heading that its fragment is made from."""
        return heading.text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        """The fragments of headings with these texts, duplicates told apart."""
        return unique(map(slug, texts))

    def resolve(self, request: LinkRequest) -> Resolution:
        """What the path may name."""
        if request.directive in ("import", "require"):
            return self.resolve_import(request)
        target, above = self.literal_path(request)
        return (
            Resolution((target,), self.reports_outside(request), above)
            if above
            else self.resolve_inside(request, target)
        )

    def resolve_import(self, request: LinkRequest) -> Resolution:
        """What the path of an import may name. That of code may lack its suffix, or have that of what is made of it."""
        target, above = join(folder_of(request.source), request.path)
        if request.path[:1] != "." or above:
            return Resolution((target,), False)
        if suffix_of(request.path) in _ASSETS or request.path.endswith(self.suffixes):
            return Resolution((target,))
        names = (target, *(f"{target}{end}{kind}" for end in ("", "/index") for kind in _CODE))
        return Resolution((*names, *(without_suffix(target) + kind for kind in _CODE)), False)

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        """The target that the path names when it is taken literally, and by how much it leaves the repository."""
        return join(self.root if request.path.startswith("/") else folder_of(request.source), request.path)

    def reports_outside(self, request: LinkRequest) -> bool:
        """Whether a path that leaves the repository is wrong: one that names a document is."""
        return suffix_of(request.path) in self.suffixes

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:  # noqa: ARG002
        """What a path may name that stays in the repository; `target` is what it names literally."""
        return Resolution((target,))

    def index_documents(self, folder: str) -> tuple[str, ...]:
        """The documents that are shown for a folder, the first that exists counting."""
        return tuple(f"{folder}/{name}" if folder else name for name in ("README.md", "readme.md", "Readme.md"))

    def searched_suffix(self, request: LinkRequest) -> str:  # noqa: ARG002
        """The end of the path (from a `/` on) that a link may name wherever it lies below the root; empty for none."""
        return ""

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        """The anchors that a fragment may mean, the fragment itself first."""
        return (fragment,)

    def spellings(self, request: LinkRequest, target: str) -> Iterator[str]:
        """How a link in `request.source` may name `target`, the style of `request.path` first. What is not read as
        `target` by this flavour is for the caller to leave out."""
        near = relative_path(folder_of(request.source), target)
        if request.path.startswith("./") and not near.startswith("../"):
            near = f"./{near}"
        for path in (*self._rooted(request.path, target), near) if request.path.startswith("/") else (near,):
            if not suffix_of(request.path) and suffix_of(target) in self.suffixes:
                yield from self._bare(request.path, path)
            if suffix_of(request.path) == ".html" and suffix_of(target) in self.suffixes:
                yield without_suffix(path) + ".html"
            yield path + "/" if request.path.endswith("/") else path

    def _rooted(self, path: str, target: str) -> list[str]:
        """`target` as seen from the root of the site and of the repository, the one first that `path` is seen from."""
        inner = self.relative_to_root(target) if self.root else None
        from_both = [f"/{target}"] if inner is None else [f"/{inner}", f"/{target}"]
        return from_both[::-1] if path.startswith(f"/{self.root}/") else from_both

    def _bare(self, style: str, path: str) -> Iterator[str]:
        """`path` without its suffix; an index by its folder, unless `style` (how the link is written) names one."""
        stem = without_suffix(path)
        folder, slash, name = stem.rpartition("/")
        if name in INDEXES and slash and without_suffix(style).rpartition("/")[2] not in INDEXES:
            yield folder + slash
        yield stem + ("/" if style.endswith("/") else "")

    def may_define_label(self, label: str) -> bool:  # noqa: ARG002
        """Whether a reference without a definition may be one that the generator resolves."""
        return self.has_external_references

    def rewrite_target(self, source: str, url: str) -> str | None:  # noqa: ARG002
        """What a target with a scheme or a template in it stands for: None for nothing that this flavour knows, empty
        where its generator alone knows, otherwise the target to judge in its target."""
        return None

    def is_decidable(self, target: str, path: str, fragment: str) -> bool:  # noqa: ARG002
        """Whether a fragment that the document at `target` lacks is missing on the site too. `path` is how the link
        names the document, empty where it is the one that the link stands in."""
        return bool(path) or not is_partial(target)

    def page_sources(self, target: str) -> tuple[str, ...]:
        """The documents that a page without a suffix may be made from."""
        if not target:
            return tuple(f"{name}{suffix}" for name in INDEXES for suffix in self.suffixes)
        return (
            *(f"{target}{suffix}" for suffix in self.suffixes),
            *(f"{target}/{name}{suffix}" for name in INDEXES for suffix in self.suffixes),
        )

    def path_below(self, folder: str, path: str) -> str:
        """`path` as a repository path, seen from `folder`; what climbs above the repository ends at its root."""
        return join(folder, path)[0]

    def relative_to_root(self, path: str) -> str | None:
        """`path` as seen from this flavour's root; None outside of it."""
        if not self.root:
            return path
        return path[len(self.root) + 1 :] if path.startswith(self.root + "/") else None


_FROM_A_COMMENT = re.compile(
    r"(?:\.\./)+(?:blob|tree|raw|wiki|issues|pulls?|discussions|releases|actions|commits?)(?:/|\Z)"
).match


class GitHub(Flavour):
    """A repository read on GitHub, with nothing in between: a path is taken literally, from `/` on at its root."""

    host_pages = frozenset(
        ("", "-", "actions", "activity", "archive", "blame", "blob", "branches", "commit", "commits", "compare",
         "contributors", "deployments", "discussions", "edit", "find", "forks", "graphs", "issues", "labels",
         "milestone", "milestones", "network", "new", "packages", "projects", "pull", "pulls", "pulse", "raw",
         "releases", "search", "security", "settings", "stargazers", "tags", "tree", "watchers", "wiki")
    )  # fmt: skip

    def literal_path(self, request: LinkRequest) -> tuple[str, int]:
        return join("" if request.path.startswith("/") else folder_of(request.source), request.path)

    def reports_outside(self, request: LinkRequest) -> bool:
        del request
        return True

    def resolve(self, request: LinkRequest) -> Resolution:
        """Texts in `.github` are also shown in issues, comments and forms: from there `../blob/main/x` is a page."""
        resolution = super().resolve(request)
        elsewhere = request.source.startswith(".github/") and _FROM_A_COMMENT(request.path)
        return resolution._replace(decidable=False) if elsewhere else resolution


def split_custom_id(text: str, colon: bool = True) -> tuple[str, str]:
    """A heading's text without the attributes at its end (`Setup {#x}`, `{: .y #x}`, `\\{#x}`), and the explicit id
    among them, empty for none. `colon`: the colon of Python-Markdown's and kramdown's may be there."""
    if not text.endswith("}") and not text.rstrip().endswith("}"):
        return text, ""
    opening = text.rfind("{")
    inside = text[opening + 1 :].rstrip()[:-1].rstrip("\\")
    inside = (inside.lstrip(":") if colon else inside).strip(" \t*/")
    if opening < 0 or not _ATTRIBUTES(inside):
        return text, ""
    words = (word[1:] if word[0] == "#" else word.removeprefix("id=").strip("\"'") for word in inside.split()
             if word[0] == "#" or word.startswith("id="))  # fmt: skip
    custom = next(filter(None, words), "")
    return text[:opening].rstrip(" \t\\"), custom


def without_braces(text: str) -> str:
    """`text` without the braces at its end, which some attribute parsers take whatever they hold."""
    stripped = text.rstrip()
    opening = stripped.rfind("{")
    return stripped[:opening].rstrip() if stripped.endswith("}") and opening > 0 else text


_DASHES = re.compile("---?")


def with_dashes(text: str) -> str:
    """`text` with the dashes that `--` and `---` are where a generator sets type; no id keeps one."""
    return _DASHES.sub("\u2013", text)


def lower_each(text: str) -> str:
    """`text` in lower case, each character by itself: `İ` gives `i`, a final `Σ` gives `σ`."""
    return text.lower() if text.isascii() else "".join(c.lower()[:1] for c in text)


def is_partial(path: str) -> bool:
    """Whether a document is by its name one that others take in, so that what it refers to may stand in those."""
    folder, _, name = f"/{path}".rpartition("/")
    if name.startswith("_"):
        return name.partition(".")[0] not in ("_index", "_sidebar")
    return _PARTIALS(folder + "/") is not None


def blank_code(document: Document) -> str:
    """The document's text with its code blocks blanked: what stands in them makes no headings."""
    text, pieces, at = document.text, [], 0
    for fence in document.fences:
        if fence.start >= at:
            pieces += [text[at : fence.start], " " * (fence.end - fence.start)]
            at = fence.end
    return "".join([*pieces, text[at:]]) if pieces else text


def line_of(document: Document, offset: int) -> int:
    """The line (from 1) that an offset is on."""
    from bisect import bisect_right

    return bisect_right(document.line_starts, offset)


def other_anchors(document: Document) -> list[Anchor]:
    """The fragments that are no headings': ids and names of raw HTML, named paths."""
    found = [Anchor(i.value, "html", "", line_of(document, i.start)) for i in document.html_ids if is_jump_target(i)]
    found += [Anchor(t.name, "target", "", line_of(document, t.start)) for t in document.targets]
    for number, label in enumerate(document.footnotes, 1):
        found += (Anchor(form.format(name), "footnote", "", 1) for form in _FOOTNOTES for name in (label, number))
    if document.footnotes:
        found.append(Anchor("footnote-label", "footnote", "", 1))
    return found


def is_jump_target(found: HtmlId) -> bool:
    """Whether the attribute names a target to jump to: any `id`, and the `name` of an `a`."""
    return found.attribute == "id" or found.element == "a"


def unique_anchors(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """The anchors without those whose name an earlier one has."""
    kept: dict[str, Anchor] = {}
    for anchor in anchors:
        if anchor.name:
            kept.setdefault(anchor.name, anchor)
    return tuple(kept.values())
