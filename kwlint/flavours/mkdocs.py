"""MkDocs, also with Material for MkDocs, and Zensical: `mkdocs.yml`.

Rules from Python-Markdown (`extensions/toc.py`, at 00b22287), MkDocs (`structure/pages.py`, at 01be507e) and
pymdownx (`slugs.py`), confirmed by building a site. A Markdown link names a file from its file; one without a
suffix is an address, as is what raw HTML refers to: relative to the page, which for `a/b.md` is `/a/b/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kwlint.flavours.base import (
    INDEXES,
    Flavour,
    LinkRequest,
    Resolution,
    blank_code,
    folder_of,
    join,
    line_of,
    suffix_of,
    without_suffix,
)
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

_GENERATED = re.compile(r"(?m)^[ \t]*(?:::: \S|--8<-- .*\.md|;?--8<--[ \t]*$)|\{!.*\.md").search
_TAB = re.compile(r"(?m)^[ \t]*===[!+]?[ \t]").search
_TAG = re.compile(r"\{%-?\s*(?:include|import)|\{\{").search


class Toc(NamedTuple):
    """How ids are made: `rule` is `markdown` (Python-Markdown's own), `unicode` (its `slugify_unicode`), `pymdownx` or
    `unknown`; `case` is pymdownx's; `separator` stands for a run of spaces and hyphens."""

    rule: str = "markdown"
    case: str = "none"
    separator: str = "-"
    encode: bool = False


class Layout(NamedTuple):
    """`fallbacks`: roots of other languages whose pages stand in for a missing one. `suffixes`: the languages of
    `x.fr.md`. `generates`: a plugin makes pages at build time. `redirects`: documents that are gone, and what stands
    for them.
    `absolute`: links from `/` are resolved in the root and checked. `autorefs`: labels may be defined elsewhere.
    `hooks`: code of the project's own changes pages. `templated`: so do tags in the text. `flat`: `a/b.md` is
    `/a/b.html` and not `/a/b/`. `plain`: no plugin is there that could make more of a link than MkDocs does. `theme`:
    its name; `overrides`: the folder of the project's own files of it. `tabs`: their titles have ids. `snippets`: where
    files lie that `--8<--` names. `base`: the path of `site_url`, `/` for a site at the top, empty where none is given.
    `rebased`: links go from the file, whatever they name and be they raw HTML, as Zensical has it."""

    fallbacks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    generates: bool = False
    redirects: tuple[tuple[str, str], ...] = ()
    absolute: bool = False
    autorefs: bool = False
    hooks: bool = False
    templated: bool = False
    flat: bool = False
    plain: bool = False
    theme: str = ""
    overrides: str = ""
    tabs: bool = False
    snippets: tuple[str, ...] = ()
    base: str = ""
    rebased: bool = False


# Pictures that themes bring along (`themes/`, at the release 1.6, and Material's `templates/`).
_THEMES = {
    "mkdocs": ("img/favicon.ico", "img/grid.png"),
    "readthedocs": ("img/favicon.ico",),
    "material": ("assets/images/favicon.png",),
}


class MkDocs(Flavour):
    """A site whose documents lie below `root` (its `docs_dir`)."""

    name = "mkdocs"
    partials_relative = False
    html_ends_at_tag = True
    last_definition_wins = True
    custom_ids = True
    colon_ids = True

    def __init__(self, root: str, outer: str, toc: Toc = Toc(), layout: Layout = Layout(), jinja: bool = False) -> None:  # noqa: B008
        super().__init__(root, outer)
        self.toc = toc
        self.layout = layout
        self.dialect = Dialect(
            admonitions=True, attributes=True, templates="jinja" if jinja else "",
            mentions="snippets" if layout.snippets else "",
        )  # fmt: skip
        self.has_external_references = layout.autorefs

    @property
    def cache_key(self) -> tuple[object, ...]:
        layout = self.layout
        return (*super().cache_key, self.toc, self.has_external_references, layout.hooks, layout.templated, layout.tabs)

    def slugs(self, texts: Sequence[str]) -> list[str]:
        return numbered([slug(text, self.toc) for text in texts])

    def external_anchors(self, document: Document) -> Iterable[Anchor]:
        if self.toc.rule == "unknown" or self.layout.hooks:
            return [Anchor("toc", "open", "", 1)]
        text = document.text
        if self.layout.tabs and (tab := _TAB(text)):
            return [Anchor("tab", "open", "", line_of(document, tab.start()))]
        if any(sign in text for sign in (":::", "--8<--", "{!", "{%", "{{")):
            text = blank_code(document)
        found = _GENERATED(text)
        if found is None and self.layout.templated:
            found = _TAG(text)
        return [Anchor("generated", "open", "", line_of(document, found.start()))] if found else []

    def resolve_inside(self, request: LinkRequest, target: str) -> Resolution:
        resolution = self._inside(request, target)
        inner = [path for found in resolution.paths if (path := self.relative_to_root(found))]
        if any(path in _THEMES.get(self.layout.theme, ()) for path in inner):
            return resolution._replace(generated=True)
        if not self.layout.overrides:
            return resolution
        # A theme's files that are no templates are published where the documents are.
        themed = (
            f"{self.layout.overrides}/{path}" for path in inner if suffix_of(path) not in (*self.suffixes, ".html")
        )
        return resolution._replace(paths=(*resolution.paths, *themed))

    def _inside(self, request: LinkRequest, target: str) -> Resolution:
        if request.directive:
            return Resolution(tuple(self.path_below(folder, request.path) for folder in self.layout.snippets))
        if request.path.startswith("/"):
            return self._from_root(request)
        folder = folder_of(request.source)
        address = not suffix_of(request.path)
        leaf = not (self.layout.flat or self.layout.rebased or _is_index(request.source))
        page = without_suffix(request.source) if leaf else folder
        from_page = join(page, request.path)[0]
        if request.from_html or address or suffix_of(target) == ".html":
            reached = self._behind(from_page, request.path)
            meant = tuple(found for found in self._behind(target, "") if found not in reached)
            file = request.from_html and not address and suffix_of(target) != ".html"
            if self._is_strict:
                decidable = file or self._is_ours(from_page, page if leaf else "")
                known = self._is_redirected(from_page)
                return Resolution(
                    (from_page, *reached, target), decidable, generated=known, misdirected=() if known else meant
                )
            return Resolution(self._elsewhere((from_page, *reached, target, *meant)), file)
        twins = self.index_documents(folder_of(target)) if self.layout.rebased and _is_index(target) else ()
        moved = tuple(self.path_below(self.root, new.partition("#")[0]) for old, new in self.layout.redirects
                      if target == self.path_below(self.root, old))  # fmt: skip
        return Resolution(self._elsewhere((target, *twins)), None if self.layout.generates else True, misdirected=moved)

    @property
    def _is_strict(self) -> bool:
        """Whether only what MkDocs itself makes of a link counts."""
        return self.layout.plain and not (self.layout.fallbacks or self.layout.languages)

    def _is_ours(self, target: str, page: str) -> bool | None:
        """Whether what is not at `target` is missing on the site, None where its folder tells: what is put there beside
        the documents (an API's, say) has a target at the top. Nothing comes to lie below another `page`."""
        if self.relative_to_root(target) is None or folder_of(target) == self.root:
            return False
        return True if page and target.startswith(f"{page}/") else None

    def _is_redirected(self, target: str) -> bool:
        """Whether the plugin leads the page at `target` elsewhere."""
        inner = self.relative_to_root(without_suffix(target) if suffix_of(target) == ".html" else target)
        return inner is not None and any(old in _pages(inner) for old, _ in self.layout.redirects)

    def _behind(self, target: str, address: str) -> tuple[str, ...]:
        """The documents that the page at `target` may be made from; an `address` tells whether it ends in `/`."""
        if suffix_of(target) == ".html":
            if not self.layout.flat and target.endswith("/index.html"):
                return self.page_sources(folder_of(target))
            flat = self.layout.flat or not address
            return self.page_sources(without_suffix(target)) if flat else ()
        if self.layout.flat and address.endswith("/"):
            return (*self.index_documents(target), f"{target}/index.html")
        return (*self.page_sources(target), f"{target}.html", f"{target}/index.html")

    def _from_root(self, request: LinkRequest) -> Resolution:
        base = self.layout.base.rstrip("/")
        inside = (request.path + "/").startswith(f"{base}/")
        path = request.path[len(base) :] if inside else request.path
        target = self.path_below(self.root, path)
        checked = self.layout.absolute and bool(suffix_of(target)) and not request.from_html
        host = self._repository(request.path)
        if not inside:  # another site's, unless it names a file
            file = self.path_below(self.root, request.path)
            source = suffix_of(file) in self.suffixes
            return Resolution((file, *host) if checked else host, checked, misdirected=(file,) if source else ())
        if not self._is_strict:
            stem = without_suffix(target) if suffix_of(target) == ".html" else target
            return Resolution(self._elsewhere((target, *self.page_sources(stem), *host)), checked)
        reached, known = self._behind(target, path), self._is_redirected(target)
        meant = tuple(found for found in self._behind(target, "") if found not in reached)
        decidable = self._is_ours(target, "") if self.layout.base and not suffix_of(target) else checked
        if suffix_of(target) in self.suffixes and not (
            checked and path == request.path
        ):  # which the site does not hold
            return Resolution((*reached, *host), decidable, generated=known, misdirected=(target,))
        return Resolution(
            (target, *reached, *host), checked or decidable, generated=known, misdirected=() if known else meant
        )

    def _repository(self, path: str) -> tuple[str, ...]:
        """What `/x` means to the git host."""
        return (self.path_below("", path),) if suffix_of(path) else ()

    def _elsewhere(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """`paths`, then where other languages keep the same."""
        found = list(paths)
        for target in paths:
            inner = self.relative_to_root(target)
            if inner is None:
                continue
            found += (f"{root}/{inner}" if root else inner for root in self.layout.fallbacks)
            for language in self.layout.languages:
                found.append(f"{without_suffix(target)}.{language}{target[len(without_suffix(target)) :]}")
                first, slash, rest = inner.partition("/")
                if slash and first in self.layout.languages:
                    found += (self.path_below(self.root, f"{other}/{rest}") for other in self.layout.languages)
                    found.append(self.path_below(self.root, rest))
        return tuple(found)

    def index_documents(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}.md" if folder else f"{name}.md" for name in INDEXES[:2])


def _pages(target: str) -> tuple[str, ...]:
    return tuple(f"{target}{end}".lstrip("/") for end in (".md", "/index.md", "/README.md"))


def _is_index(path: str) -> bool:
    return without_suffix(path.rpartition("/")[2]) in ("index", "README")


# --- ids ----------------------------------------------------------------------------------------------------------

_SPACES = re.compile("[ \t\r\n\f\v]+")
_NO_WORD = re.compile(r"[^\w\s-]")
_NO_WORD_ASCII = re.compile(r"[^\w\s-]", re.ASCII)


def slug(text: str, toc: Toc) -> str:
    """A heading's id before duplicates are told apart."""
    from unicodedata import normalize

    if toc.rule == "pymdownx":
        text = _SPACES.sub(" ", text)
        text = re.sub("</?[^>]*>", "", normalize("NFC", text)).strip()
        text = text.lower() if toc.case.startswith("lower") else text.casefold() if toc.case == "fold" else text
        name = re.sub(r"[^\w\- ]", "", text).replace(" ", toc.separator)
        return _quoted(name) if toc.encode else name
    text = " ".join(text.split())
    if toc.rule == "markdown":
        text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = (_NO_WORD_ASCII if toc.rule == "markdown" else _NO_WORD).sub("", text).strip().lower()
    return re.sub(rf"[{re.escape(toc.separator)}\s]+", lambda _: toc.separator, text)


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def numbered(slugs: Iterable[str]) -> list[str]:
    """`slugs` with `_1`, `_2`, ... behind those that were there before; an empty one counts as taken. Linear time."""
    seen: set[str] = set()
    following: dict[str, int] = {}
    result = []
    for name in slugs:
        answer = name
        if not answer or answer in seen:
            base, mark, digits = name.rpartition("_")
            known = mark and digits.isdecimal() and digits.isascii() and len(digits) < 9
            stem, number = (base, int(digits)) if known else (name, 0)
            number = max(number + 1, following.get(name, 0))
            while f"{stem}_{number}" in seen:
                number += 1
            following[name] = number + 1
            answer = f"{stem}_{number}"
        seen.add(answer)
        result.append(answer)
    return result
