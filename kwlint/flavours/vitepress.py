"""VitePress: `.vitepress/config.*`.

Rules from its source (`plugins/link.ts`, `markdown.ts`, at 034fd0c7 and 018887fa) and from `@mdit-vue/shared`,
whose slugs were compared. `x`, `x.md` and `x.html` are the same page; `/` is the source folder, or a file of
`public/`. From version 2 on, a fragment is made a slug before it is used. Its own build fails on a dead link, so
that links are decided, but for pages made from routes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.base import (
    Flavour,
    LinkRequest,
    Resolution,
    blank_code,
    line_of,
    split_custom_id,
    suffix_of,
    without_suffix,
)
from kwlint.flavours.github import unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor

_INCLUDE = re.compile(r"\s*@include:\s*([^\s{]+)").match
_COMPONENT = re.compile(r"<[A-Z]\w+[\s/>]").search
_CONTROL = re.compile("[\u0000-\u001f]")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=[\]{}|\\;:\"'“”‘’<>,.?/]+")
_SHORTCODE = re.compile(r":[\w+-]+:")
_ACCENTS = re.compile("[\u0300-\u036f]")


class VitePress(Flavour):
    """A site with its documents below `root`. `dynamic`: routes or rewrites make pages that are no files. `literal`:
    fragments are used as written, as before version 2. `marks`: what stands around attributes.
    `own_slugs`: a function of the project's own makes ids."""

    name = "vitepress"
    partials_relative = False
    dialect = Dialect(templates="vue", attributes=True, mentions="vitepress")
    custom_ids = True
    colon_ids = True

    def __init__(
        self, root: str, outer: str, dynamic: bool = False, literal: bool = False,
        marks: tuple[str, str] = ("{", "}"), own_slugs: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.marks = marks
        self.own_slugs = own_slugs
        self.dynamic = dynamic
        self.literal = literal

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.marks, self.own_slugs)

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        left, right = self.marks
        text = self.heading_text(heading)
        if left == "{" or not text.endswith(right) or left not in text:
            return super().split_heading(heading)
        text, _, inside = text[: -len(right)].rpartition(left)
        return text.rstrip(), split_custom_id(f"{{{inside}}}")[1]

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """Entities are slugged as they are written, which leaves nothing else of the markup; `:emoji:` are dropped."""
        yield [split_custom_id(heading.raw)[0] for heading in document.headings]
        yield [_SHORTCODE.sub("", split_custom_id(heading.text)[0]) for heading in document.headings]
        yield from super().alternative_texts(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return unique(map(slug, texts))

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        return (fragment,) if self.literal else (fragment, slug(fragment))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        """Included documents; and where a page has no heading but shows a component, that makes what there is."""
        if not document.headings and (shown := _COMPONENT(blank_code(document))):
            yield Anchor("component", "open", "", line_of(document, shown.start()))
        if self.own_slugs:
            yield Anchor("slugs", "open", "", 1)
        for comment in document.comments:
            if match := _INCLUDE(comment.text):
                yield Anchor(match[1].partition("#")[0], "include", "", line_of(document, comment.start))

    def resolve(self, request: LinkRequest) -> Resolution:
        return super().resolve(
            request._replace(path=f"/{request.path[2:]}") if request.path.startswith("@/") else request
        )

    def reports_outside(self, request: LinkRequest) -> bool:
        return not request.path.startswith("/")

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive:
            return Resolution((target,))
        path, suffix, rooted = request.path, suffix_of(target), request.path.startswith("/")
        public = self.path_below(f"{self.root}/public", path) if rooted else ""
        paths = [target, *([public, self.path_below("", path)] if rooted else [])]
        misdirected: tuple[str, ...] = ()
        if path.endswith("/") and not self.dynamic:
            paths += [*self.index_documents(target), f"{target}/index.html"]
            misdirected = tuple(f"{target}{suffix}" for suffix in self.suffixes) if target else ()
        elif suffix in ("", ".html"):
            stem = without_suffix(target) if suffix == ".html" else target
            paths += [*self.page_sources(stem), f"{stem}.html", f"{stem}/index.html"]
            inside = self.relative_to_root(stem)
            if inside is not None:
                paths += [self.path_below(f"{self.root}/public", f"{inside}{end}") for end in (".html", "/index.html")]
        elif suffix not in self.suffixes and not request.is_image:
            paths += self.page_sources(target)
        inner = self.relative_to_root(target) if suffix and not rooted and not request.is_image else None
        if inner is not None:  # a link is left as it is, and what lies in public/ is served from the root
            paths.append(f"{self.root}/public/{inner}".lstrip("/"))
        named = suffix in self.suffixes or (request.is_image and bool(suffix))
        beside = "/" not in re.sub(r"^(?:\./)+", "", path)  # what routes and rewrites leave together
        decidable = (named or not (request.from_html or rooted)) and (beside or not self.dynamic or request.is_image)
        return Resolution(tuple(paths), decidable, misdirected=misdirected)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return (f"{folder}/index.md" if folder else "index.md", f"{folder}/README.md" if folder else "README.md")


def slug(text: str) -> str:
    """A heading's id before duplicates are told apart."""
    from unicodedata import normalize

    plain = _CONTROL.sub("", _ACCENTS.sub("", normalize("NFKD", text)))
    plain = re.sub("-{2,}", "-", _SPECIAL.sub("-", plain)).strip("-")
    return ("_" + plain if plain[:1].isdecimal() else plain).lower()
