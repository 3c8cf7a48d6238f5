"""Other sites

## Detection

The configuration files of Next.js, Astro, Gatsby, Nuxt, Eleventy, Lume, GitBook, docsify, Mintlify, Antora, Rspress,
Hexo and similar programs; also `SUMMARY.md` without a `book.toml`. Folders next to the site's own that its
configuration names (`../documentation`) belong to the site.

Documents that no configuration file covers are a site of unknown make if their links show it: several documents link to
others by addresses from `/`, or without a suffix, that match the ends of their paths.

kwlint does not implement the rules of these programs one by one. It accepts what nearly all of them do.

## Anchors

GitHub's, with and without `{#id}`, `[#id]` or `:id=id` at the end of the heading.

- Astro before version 6 cuts one `-` off the end of a slug. Each page of Starlight has `#_top`.
- In Nuxt, a run of `-` becomes one, there is none at the ends, and a leading digit gets the prefix `_`.

## Links

- Relative paths start at the document. In docsify, they may start at the folder of the site.
- `/x` is looked up in the site's folder, in the repository, and in folders such as `public`, `static` and `content`.
- An address may be that of a document.

## Not checked

- Addresses that lead to no file: paths from `/`, without a suffix, or with `.html`. The site's own code may make them.
- If the program that makes the slugs is not known, a missing anchor that has the letters and digits of a heading.

## Sources

On the documentation of Prometheus, kwlint reports 12 anchors; all of them are missing. The anchors of Astro, Starlight,
Nuxt Content and docsify have not been compared with these generators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kwlint.flavours.anchors import NON_FRAGMENT_KINDS
from kwlint.flavours.base import Flavour, LinkRequest, Resolution, Roots
from kwlint.flavours.mdx import import_anchors
from kwlint.flavours.paths import (
    folder_of,
    in_folder,
    join,
    join_inside,
    suffix_of,
    unique,
    without_html,
    without_suffix,
)
from kwlint.flavours.probe import RepoProbe, required_version
from kwlint.flavours.slugs import github_slug, github_slugs, number_unique
from kwlint.model.document import Document, Heading
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

_FOLDERS = (
    "public", "static", "assets", "src/content/docs", "src/content", "src/pages", "content", "docs", "source", "src",
)  # fmt: skip
# The makes whose slugs are known, by the stem of their configuration file.
_MAKES = {
    "astro.config": "astro", "nuxt.config": "nuxt", "next.config": "next", "source.config": "next",
    "theme.config": "next", "content-collections": "next", "velite.config": "next", "_sidebar": "docsify",
}  # fmt: skip
_ID = expression(r"\s(?:\[#([^\]\s]+)\]|:id=([\w-]+))\s*\Z").search
_SIBLING = expression(r"(?<![\w.])/?((?:\.\./)+[\w@-][\w@./-]*)")
_NO_LETTER = expression(r"[\W_]+")


class Site(Flavour):
    """A site of a generator that has no flavour of its own.

    `make`: the program that makes the slugs, `""` if it is not known. `top`: each page has the anchor `_top`.
    """

    name = "site"
    suffixes = (".md", ".markdown", ".mdx")
    custom_ids = True

    def __init__(self, root: str = "", outer: str | None = None, make: str = "", top: bool = False) -> None:
        super().__init__(root, outer)
        self.make = make
        self.top = top

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        root, name = folder_of(path), path.rpartition("/")[2]
        if name.endswith((".yml", ".yaml")) and name.startswith("_config") and not is_hexo(probe, root):
            return []
        if name in ("_config.ts", "_config.js") and "lume" not in probe.text_of(path):
            return []
        make = _MAKES.get(name.rpartition(".")[0], "")
        top = False
        if make == "astro":
            version = re.match(r"[~^>=v ]*(\d+)", required_version(probe, root, "astro"))
            make = "astro" if version and int(version[1]) < 6 else "next" if version else "astro?"
            top = "starlight" in probe.text_of(path)
        site = cls(root, make=make, top=top)
        siblings = _siblings(probe, path) if name.endswith((".js", ".ts", ".mjs", ".cjs", ".mts")) else ()
        return [(root, site), *((folder, cls(folder, root, make, top)) for folder in siblings)]

    @property
    def cache_key(self) -> tuple[object, ...]:
        return (*super().cache_key, self.make)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        if self.make == "astro":
            return [name.removesuffix("-") for name in github_slugs(texts)]
        return number_unique(map(nuxt_slug, texts)) if self.make == "nuxt" else github_slugs(texts)

    def split_heading(self, heading: Heading) -> tuple[str, str]:
        if match := _ID(heading.text):
            return heading.text[: match.start()], match[1] or match[2]
        return super().split_heading(heading)

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        anchors = self.host_heading_anchors(document, super().custom_heading_anchors(document))
        if self.make == "astro?":
            anchors += [anchor._replace(name=anchor.name[:-1]) for anchor in anchors if anchor.name.endswith("-")]
        return anchors

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        return [*super().external_anchors(document), *import_anchors(document)]

    def has_page_fragment(self, document: str, fragment: str) -> bool:
        del document
        return self.top and fragment == "_top"

    def may_have_anchor(self, fragment: str, anchors: Sequence[Anchor]) -> bool:
        if self.make not in ("", "docsify"):
            return False
        letters = letters_of(fragment)
        names = (name for a in anchors if a.kind not in NON_FRAGMENT_KINDS for name in (a.name, a.title))
        return bool(letters) and any(letters_of(name) == letters for name in names)

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        path, suffix, rooted = request.path, suffix_of(request.path), request.path.startswith("/")
        paths = [target]
        if rooted:
            paths += [join_inside("", path), *(join_inside(f"{self.root}/{folder}", path) for folder in _FOLDERS)]
        elif self.make == "docsify":
            paths.append(join_inside(self.root, path))
        from_page = join_inside(without_suffix(request.source), path)
        if request.from_html and not rooted:
            paths.append(from_page)
        if suffix in ("", ".html"):
            addresses = [without_html(target), *paths[1:], *([] if rooted else [from_page])]
            paths += [document for address in addresses for document in self.page_sources(address)]
        decidable = not rooted and (suffix in self.suffixes or (request.is_image and bool(suffix)))
        return Resolution(unique(paths), decidable)


def is_hexo(probe: RepoProbe, root: str) -> bool:
    """Report whether `_config.yml` in `root` is Hexo's and not Jekyll's."""
    return probe.is_folder(*in_folder(root, "source/_posts"))


def _siblings(probe: RepoProbe, path: str) -> list[str]:
    """Return the folders next to that of the configuration file at `path`, or above it, that the file names."""
    root = folder_of(path)
    folders = (join(root, name.rstrip("/")) for name in _SIBLING.findall(probe.text_of(path)))
    inside = {folder for folder, levels_above in folders if folder and not levels_above}
    outside = (folder for folder in inside if not f"{folder}/".startswith(f"{root}/"))
    return sorted(folder for folder in outside if not root.startswith(f"{folder}/") and probe.is_folder(folder))


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, case-folded: what all slugs of a heading have in common."""
    return _NO_LETTER.sub("", text).casefold()


def nuxt_slug(text: str) -> str:
    """Return the slug of a heading in Nuxt Content before duplicates are numbered."""
    name = re.sub("-+", "-", github_slug(text)).strip("-")
    return f"_{name}" if name[:1].isdecimal() else name
