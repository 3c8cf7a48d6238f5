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
NO_FRAGMENTS = ("include", "open", "address", "alias")  # the kinds of anchors that are none
_ATTRIBUTES = expression(r"(?:[#.][^\s{}#.][^\s{}]*|[\w:@-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}]+)|\s+)+\Z").match

_TERMS = expression(r"(?m)^(?![ \t>#:-])(\S[^\n]*)\n\n?:[ \t]").finditer
_FENCE_ID = expression(r"\{[^{}]*?#([\w:.-]+)").search
_FOOTNOTES = ("fn-{}", "fnref-{}", "fn:{}", "fnref:{}", "footnote-{}", "fr-{}-1")  # of label or number
_PARTIALS = expression(r"/_?(?:includes?|partials?|snippets|templates?)/", re.IGNORECASE).search


class Reading(NamedTuple):
    """What the path of a link may name.

    `places`: repository paths, the likeliest first; one that exists makes the link right. The first is what a message
    names. `decidable` is false where the site may know a page that the repository does not show, None where it may
    unless the folder of the first place is there. `above` counts the levels by which the path leaves the repository.
    `known`: the configuration says that there is such a page (a redirect). `astray`: documents that the words of the
    path name, but that no path of this form reaches, neither on the site nor on the git host. `versions`: documents,
    in any letter case, that the site shows at this address, one of them at a time.
    """

    places: tuple[str, ...]
    decidable: bool | None = True
    above: int = 0
    known: bool = False
    astray: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A link's path, ready to be resolved: `path` is percent-decoded, without query and fragment; `raw` marks HTML
    (which some generators leave alone), `image` an image or other embedded file, `anchored` a fragment behind it;
    `directive` is the name of an include or a tag, or `named` for what `special` answered."""

    source: str
    path: str
    raw: bool = False
    image: bool = False
    directive: str = ""
    anchored: bool = False


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


def relative_path(folder: str, place: str) -> str:
    """`place` as written in a document of `folder`."""
    here, there = folder.split("/") if folder else [], place.split("/")
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
    leaves_readmes = False  # a README is no page of the site: only the host shows it
    aliases = False  # a link may name a document by an alias that its front matter gives it
    addresses: tuple[str, ...] = ()  # the keys of front matter that give a page another address than its path
    last_definition_counts = False  # of two definitions of a label; the first one counts in CommonMark
    open_references = False  # `[text][label]` may be resolved by a plugin (autorefs and the like)

    def __init__(self, root: str = "", outer: str | None = None) -> None:
        self.root = root
        self.outer = root if outer is None else outer

    @property
    def settings(self) -> tuple[object, ...]:
        """All that shapes the facts of its documents, small enough to be part of each one's key."""
        return (self.name, self.dialect, self.suffixes)

    @property
    def everything(self) -> tuple[object, ...]:
        """All that tells this instance from another."""
        return (*self.settings, *sorted((key, repr(value)) for key, value in vars(self).items()))

    def anchors(self, document: Document, meta: dict[str, object]) -> tuple[Anchor, ...]:
        """The fragments that the document offers, each name once.

        Three kinds are no fragments: `include` names a document (as written) whose fragments count here too, `open`
        says that the document has fragments that only its generator knows, `address` is that of its page where front
        matter gives it.
        """
        own = [Anchor(f"/{value}", "address", "", 1) for key in self.addresses if (value := meta.get(key))]
        return distinct(
            [*self.headings(document), *others(document), *self.fences(document), *self.borrowed(document), *own]
        )

    def fences(self, document: Document) -> Iterable[Anchor]:
        """The ids that attributes give to code blocks (` ```go {#id} `)."""
        for fence in document.fences if self.dialect.attributes else ():
            if found := _FENCE_ID(fence.info):
                yield Anchor(found[1], "target", "", line_of(document, fence.start))

    def borrowed(self, document: Document) -> Iterable[Anchor]:
        """`include` and `open` for what the document takes from elsewhere."""
        return [
            Anchor(link.url, "include", "", line_of(document, link.start))
            for link in document.links
            if link.kind == "directive" and suffix_of(link.url.partition(":")[0]) in self.suffixes
        ]

    def headings(self, document: Document) -> Iterable[Anchor]:
        """The fragments of the headings."""
        if self.custom_ids:
            return self.custom_headings(document)
        names = self.slugs([self.text(heading) for heading in document.headings])
        return [
            Anchor(name, "heading", heading.text.strip(), line_of(document, heading.block_start))
            for name, heading in zip(names, document.headings, strict=True)
        ]

    def custom_headings(self, document: Document) -> list[Anchor]:
        """The fragments of headings where `{#id}` at the end replaces the made one, and, where the generator's
        options decide how a text is read, those of the other readings."""
        headings = document.headings
        lines = [line_of(document, heading.block_start) for heading in headings]
        split = [self.split(heading) for heading in headings]
        made = iter(self.slugs([text for text, custom in split if not custom]))
        found = [
            Anchor(custom or next(made), "custom" if custom else "heading", text.strip(), line)
            for line, (text, custom) in zip(lines, split, strict=True)
        ]
        plain = [(at, text) for at, (text, custom) in enumerate(split) if not custom]
        for texts in self.other_texts(document):
            others_ = [(at, texts[at]) for at, _ in plain]
            if others_ != plain:
                names = self.slugs([text for _, text in others_])
                places = (found[at] for at, _ in plain)
                found += [Anchor(n, "heading", a.title, a.line) for n, a in zip(names, places, strict=True)]
        return found

    def definitions(self, document: Document) -> Iterable[Anchor]:
        """The ids of definition terms, where they have any; they count with those of the headings."""
        terms = [(m.start(1), re.sub("[`*]", "", m[1])) for m in _TERMS(document.text)]
        if not terms:
            return
        headings = [(heading.start, *self.split(heading)) for heading in document.headings]
        texts = sorted([*terms, *((start, text) for start, text, custom in headings if not custom)])
        names = dict(zip(texts, self.slugs([text for _, text in texts]), strict=True))
        for start, text in terms:
            yield Anchor(names[start, text], "target", text, line_of(document, start))

    def split(self, heading: Heading) -> tuple[str, str]:
        """A heading's text without attributes, and its explicit id. In MDX braces are no text any more."""
        text, custom = split_custom_id(self.text(heading), self.colon_ids)
        if not custom and heading.raw.endswith("}"):
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
        return text, custom

    def other_texts(self, document: Document) -> Iterable[list[str]]:
        """Other ways to read the texts of the headings; each gives a text per heading."""
        if any(heading.text.endswith("}") for heading in document.headings):
            yield [without_braces(self.text(heading)) for heading in document.headings]

    def custom_places(self, document: Document) -> list[tuple[int, int, str]]:
        """Where headings are given an explicit id: start, end (offsets) and the id."""
        places = []
        for heading in document.headings if self.custom_ids else ():
            custom = split_custom_id(heading.raw, self.colon_ids)[1]
            if custom:
                start = heading.start + heading.raw.rindex(custom)
                places.append((start, start + len(custom), custom))
        return places

    def text(self, heading: Heading) -> str:
        """The part of a heading that its fragment is made from."""
        return heading.text

    def slugs(self, texts: Sequence[str]) -> list[str]:
        """The fragments of headings with these texts, duplicates told apart."""
        return unique(map(slug, texts))

    def read(self, asked: Asked) -> Reading:
        """What the path may name."""
        if asked.directive in ("import", "require"):
            return self.imported(asked)
        place, above = self.start(asked)
        return Reading((place,), self.sees_beyond(asked), above) if above else self.inside(asked, place)

    def imported(self, asked: Asked) -> Reading:
        """What the path of an import may name. That of code may lack its suffix, or have that of what is made of it."""
        place, above = join(folder_of(asked.source), asked.path)
        if asked.path[:1] != "." or above:
            return Reading((place,), False)
        if suffix_of(asked.path) in _ASSETS or asked.path.endswith(self.suffixes):
            return Reading((place,))
        names = (place, *(f"{place}{end}{kind}" for end in ("", "/index") for kind in _CODE))
        return Reading((*names, *(without_suffix(place) + kind for kind in _CODE)), False)

    def start(self, asked: Asked) -> tuple[str, int]:
        """The place that the path names when it is taken literally, and by how much it leaves the repository."""
        return join(self.root if asked.path.startswith("/") else folder_of(asked.source), asked.path)

    def sees_beyond(self, asked: Asked) -> bool:
        """Whether a path that leaves the repository is wrong: one that names a document is."""
        return suffix_of(asked.path) in self.suffixes

    def inside(self, asked: Asked, place: str) -> Reading:  # noqa: ARG002
        """What a path may name that stays in the repository; `place` is what it names literally."""
        return Reading((place,))

    def landing(self, folder: str) -> tuple[str, ...]:
        """The documents that are shown for a folder, the first that exists counting."""
        return tuple(f"{folder}/{name}" if folder else name for name in ("README.md", "readme.md", "Readme.md"))

    def anywhere(self, asked: Asked) -> str:  # noqa: ARG002
        """The end of the path (from a `/` on) that a link may name wherever it lies below the root; empty for none."""
        return ""

    def fragments(self, fragment: str) -> tuple[str, ...]:
        """The anchors that a fragment may mean, the fragment itself first."""
        return (fragment,)

    def spellings(self, asked: Asked, place: str) -> Iterator[str]:
        """How a link in `asked.source` may name `place`, the style of `asked.path` first. What is not read as
        `place` by this flavour is for the caller to leave out."""
        near = relative_path(folder_of(asked.source), place)
        if asked.path.startswith("./") and not near.startswith("../"):
            near = f"./{near}"
        for path in (*self._rooted(asked.path, place), near) if asked.path.startswith("/") else (near,):
            if not suffix_of(asked.path) and suffix_of(place) in self.suffixes:
                yield from self._bare(asked.path, path)
            if suffix_of(asked.path) == ".html" and suffix_of(place) in self.suffixes:
                yield without_suffix(path) + ".html"
            yield path + "/" if asked.path.endswith("/") else path

    def _rooted(self, path: str, place: str) -> list[str]:
        """`place` as seen from the root of the site and of the repository, the one first that `path` is seen from."""
        inner = self.relative(place) if self.root else None
        from_both = [f"/{place}"] if inner is None else [f"/{inner}", f"/{place}"]
        return from_both[::-1] if path.startswith(f"/{self.root}/") else from_both

    def _bare(self, style: str, path: str) -> Iterator[str]:
        """`path` without its suffix; an index by its folder, unless `style` (how the link is written) names one."""
        stem = without_suffix(path)
        folder, slash, name = stem.rpartition("/")
        if name in INDEXES and slash and without_suffix(style).rpartition("/")[2] not in INDEXES:
            yield folder + slash
        yield stem + ("/" if style.endswith("/") else "")

    def is_label(self, label: str) -> bool:  # noqa: ARG002
        """Whether a reference without a definition may be one that the generator resolves."""
        return self.open_references

    def special(self, source: str, url: str) -> str | None:  # noqa: ARG002
        """What a target with a scheme or a template in it stands for: None for nothing that this flavour knows, empty
        where its generator alone knows, otherwise the target to judge in its place."""
        return None

    def sure(self, place: str, path: str, fragment: str) -> bool:  # noqa: ARG002
        """Whether a fragment that the document at `place` lacks is missing on the site too. `path` is how the link
        names the document, empty where it is the one that the link stands in."""
        return bool(path) or not is_partial(place)

    def pages(self, place: str) -> tuple[str, ...]:
        """The documents that a page without a suffix may be made from."""
        if not place:
            return tuple(f"{name}{suffix}" for name in INDEXES for suffix in self.suffixes)
        return (
            *(f"{place}{suffix}" for suffix in self.suffixes),
            *(f"{place}/{name}{suffix}" for name in INDEXES for suffix in self.suffixes),
        )

    def below(self, folder: str, path: str) -> str:
        """`path` as a repository path, seen from `folder`; what climbs above the repository ends at its root."""
        return join(folder, path)[0]

    def relative(self, path: str) -> str | None:
        """`path` as seen from this flavour's root; None outside of it."""
        if not self.root:
            return path
        return path[len(self.root) + 1 :] if path.startswith(self.root + "/") else None


_FROM_A_COMMENT = re.compile(
    r"(?:\.\./)+(?:blob|tree|raw|wiki|issues|pulls?|discussions|releases|actions|commits?)(?:/|\Z)"
).match


class GitHub(Flavour):
    """A repository read on GitHub, with nothing in between: a path is taken literally, from `/` on at its root."""

    def start(self, asked: Asked) -> tuple[str, int]:
        return join("" if asked.path.startswith("/") else folder_of(asked.source), asked.path)

    def sees_beyond(self, asked: Asked) -> bool:
        del asked
        return True

    def read(self, asked: Asked) -> Reading:
        """Texts in `.github` are also shown in issues, comments and forms: from there `../blob/main/x` is a page."""
        reading = super().read(asked)
        elsewhere = asked.source.startswith(".github/") and _FROM_A_COMMENT(asked.path)
        return reading._replace(decidable=False) if elsewhere else reading


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


def outside_code(document: Document) -> str:
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


def others(document: Document) -> list[Anchor]:
    """The fragments that are no headings': ids and names of raw HTML, named places."""
    found = [Anchor(i.value, "html", "", line_of(document, i.start)) for i in document.html_ids if is_place(i)]
    found += [Anchor(t.name, "target", "", line_of(document, t.start)) for t in document.targets]
    for number, label in enumerate(document.footnotes, 1):
        found += (Anchor(form.format(name), "footnote", "", 1) for form in _FOOTNOTES for name in (label, number))
    if document.footnotes:
        found.append(Anchor("footnote-label", "footnote", "", 1))
    return found


def is_place(found: HtmlId) -> bool:
    """Whether the attribute names a place to jump to: any `id`, and the `name` of an `a`."""
    return found.attribute == "id" or found.element == "a"


def distinct(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """The anchors without those whose name an earlier one has."""
    kept: dict[str, Anchor] = {}
    for anchor in anchors:
        if anchor.name:
            kept.setdefault(anchor.name, anchor)
    return tuple(kept.values())
