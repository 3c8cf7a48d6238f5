"""VitePress

## Detection

`.vitepress/config.*` or `.vitepress/config/index.*`. Documents are next to the folder `.vitepress`, or in `srcDir`.

## Anchors

The slugs of `@mdit-vue/shared`: accents are dropped, punctuation and spaces become one `-`, and a leading digit gets
the prefix `_`. `{#id}` at the end of a heading replaces its slug; other delimiters of attributes are read from the
configuration. From version 2 on (as `package.json` tells), the fragment of a link is slugged before it is looked up,
so that letter case does not matter. `<!--@include: x.md-->` adds the anchors of `x.md`.

## Links

- `x`, `x.md` and `x.html` start at the document and name the same page.
- `/x` and `@/x` start at the source folder; `/x` may also be a file in `public/`.
- `<!--@include: x -->` and `<<< x` name files.

## Not checked

- Addresses from `/`.
- Every path except a file in the same folder, if the configuration has `rewrites` or `ignoreDeadLinks`, or if there are
  routes in brackets.
- Anchors of a page without headings that shows a component; all anchors if the project has its own `slugify`.

## Sources

The source of VitePress (`plugins/link.ts`, `markdown.ts`, at 034fd0c7 and 018887fa) and of `@mdit-vue/shared`.
VitePress 1.6 built two sites (with `cleanUrls` below a path, and without) and made the ids of the headings. On its
own documentation, kwlint reports 18 anchors; all of them are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.anchors import anchor_at, blank_code, split_custom_id
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.config_files import code_string
from kwlint.flavours.paths import folder_of, in_folder, join_inside, suffix_of, without_html
from kwlint.flavours.probe import RepoProbe, required_version
from kwlint.flavours.slugs import number_unique
from kwlint.model.document import Dialect, Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_SCRIPTS = (".js", ".ts", ".mjs", ".cjs", ".mts", ".tsx", ".jsx")
_INCLUDE = expression(r"\s*@include:\s*([^\s{]+)").match
_COMPONENT = expression(r"<[A-Z]\w+[\s/>]").search
_DROPPED = expression("[\u0000-\u001f\u0300-\u036f]+")  # control characters and accents
_SPECIAL = expression(r"[\s~`!@#$%^&*()\-_+=[\]{}|\\;:\"'“”‘’<>,.?/]+")
_SHORTCODE = expression(r":[\w+-]+:")


class VitePress(Flavour):
    """A site.

    `dynamic`: routes or rewrites make pages that are not files. `literal`: fragments are used as written, as before
    version 2. `delimiters`: the text around attributes. `own_slugs`: the project's own function makes slugs.
    """

    name = "vitepress"
    partials_relative = False
    dialect = Dialect(templates="vue", attributes=True, mentions="vitepress")
    custom_ids = True
    colon_ids = True
    public = "public"  # the folder, in that of the documents, whose files are served from `/`

    def __init__(
        self, root: str, outer: str, dynamic: bool = False, literal: bool = False,
        delimiters: tuple[str, str] = ("{", "}"), own_slugs: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(root, outer)
        self.delimiters = delimiters
        self.own_slugs = own_slugs
        self.dynamic = dynamic
        self.literal = literal

    @classmethod
    def with_defaults(cls, root: str) -> Flavour:
        return cls(root, root)

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        outer = folder_of(path)
        return [cls._from_config(probe, outer, parts) for parts in _configurations(probe, path)]

    @classmethod
    def _from_config(cls, probe: RepoProbe, outer: str, parts: Sequence[str]) -> tuple[str, Flavour]:
        config = "\n".join(map(probe.text_of, parts))
        root = join_inside(outer, code_string(config, "srcDir"))
        prefix = f"{root}/" if root else ""
        has_routes = any("[" in path and path.startswith(prefix) and path.endswith(".md") for path in probe.paths)
        dynamic = has_routes or bool(re.search(r"\b(?:rewrites|ignoreDeadLinks)\b", config))
        literal = bool(re.match(r"[~^=v ]*[01]\.", required_version(probe, outer, "vitepress")))
        left, right = code_string(config, "leftDelimiter"), code_string(config, "rightDelimiter")
        delimiters = (left, right) if left and right else ("{", "}")
        return root, cls(root, outer, dynamic, literal, delimiters, "slugify" in config)

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.delimiters, self.own_slugs)

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        left, right = self.delimiters
        text = self.heading_text(heading)
        if left == "{" or not text.endswith(right) or left not in text:
            return super().split_heading(heading)
        text, _, inside = text[: -len(right)].rpartition(left)
        return text.rstrip(), split_custom_id(f"{{{inside}}}")[1]

    def alternative_texts(self, document: Document) -> Iterable[list[str]]:
        """Entities may be slugged as they are written, which drops other markup; `:emoji:` may be dropped."""
        yield [split_custom_id(heading.raw)[0] for heading in document.headings]
        yield [_SHORTCODE.sub("", split_custom_id(heading.text)[0]) for heading in document.headings]
        yield from super().alternative_texts(document)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return number_unique(map(slug, texts))

    def fragment_candidates(self, fragment: str) -> tuple[str, ...]:
        return (fragment,) if self.literal else (fragment, slug(fragment))

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        if not document.headings and (component := _COMPONENT(blank_code(document))):
            yield anchor_at(document, component.start(), "open", "component")
        if self.own_slugs:
            yield Anchor("slugs", "open", "", 1)
        for comment in document.comments:
            if match := _INCLUDE(comment.text):
                yield anchor_at(document, comment.start, "include", match[1].partition("#")[0])

    def resolve(self, request: LinkRequest) -> Resolution:
        if request.path.startswith("@/"):
            return super().resolve(request._replace(path=request.path[1:]))
        return super().resolve(request)

    def reports_outside(self, request: LinkRequest) -> bool:
        return not request.path.startswith("/")

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive:
            return Resolution((target,))
        path, suffix, rooted = request.path, suffix_of(target), request.path.startswith("/")
        paths = [target, *((join_inside(f"{self.root}/{self.public}", path), join_inside("", path)) if rooted else ())]
        misdirected: tuple[str, ...] = ()
        if path.endswith("/") and not self.dynamic:
            paths += [*self.index_documents(target), f"{target}/index.html"]
            misdirected = tuple(f"{target}{suffix}" for suffix in self.suffixes) if target else ()
        elif suffix in ("", ".html"):
            paths += self._page_files(without_html(target))
        elif suffix not in self.suffixes and not request.is_image:
            paths += self.page_sources(target)
        inner = self.relative_to_root(target) if suffix and not rooted and not request.is_image else None
        if inner is not None:  # the link stays as it is, and files in `public/` are served from the root
            paths.append(f"{self.root}/{self.public}/{inner}".lstrip("/"))
        return Resolution(tuple(paths), self._is_path_decidable(request, suffix), misdirected=misdirected)

    def _page_files(self, page: str) -> list[str]:
        """Return the documents and HTML files that a page may come from."""
        ends = (".html", "/index.html")
        inner = self.relative_to_root(page)
        public = (
            [join_inside(f"{self.root}/{self.public}", f"{inner}{end}") for end in ends] if inner is not None else []
        )
        return [*self.page_sources(page), *(f"{page}{end}" for end in ends), *public]

    def _is_path_decidable(self, request: LinkRequest, suffix: str) -> bool:
        is_file = suffix in self.suffixes or (request.is_image and bool(suffix))
        in_same_folder = "/" not in re.sub(r"^(?:\./)+", "", request.path)  # routes and rewrites keep it together
        is_page = not (request.from_html or request.path.startswith("/"))
        return (is_file or is_page) and (in_same_folder or not self.dynamic or request.is_image)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return in_folder(folder, "index.md", "README.md")


def _configurations(probe: RepoProbe, folder: str) -> list[list[str]]:
    """Return the configurations in a folder `.vitepress`, each with its parts.

    A configuration in `config/` may be split into several files.
    """
    parts = sorted(path for path in probe.paths if path.startswith(f"{folder}/config/") and path.endswith(_SCRIPTS))
    return [
        parts if path in parts else [path]
        for path in sorted((*probe.index.inside(folder), *probe.index.inside(f"{folder}/config")))
        if path.endswith(_SCRIPTS) and path.rpartition("/")[2].startswith(("config.", "index."))
    ]


def slug(text: str) -> str:
    """Return the slug of a heading before duplicates are numbered (`@mdit-vue/shared`)."""
    from unicodedata import normalize

    plain = _DROPPED.sub("", normalize("NFKD", text))
    plain = _SPECIAL.sub("-", plain).strip("-")
    return ("_" + plain if plain[:1].isdecimal() else plain).lower()
