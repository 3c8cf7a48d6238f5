"""All kinds of pages, one line per kind. Each kind is a module of this package with a function `render`.

Importing this module is cheap: the module of a kind is imported when the first page of that kind is rendered.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from kwlint.config import Config, PageNames
    from kwlint.model.context import Folder
    from kwlint.model.facts import Facts


class OwnPage(NamedTuple):
    """A kind of page that each document has. It depends on its document, its path and the configuration alone.

    `name` is the kind in the setting `pages` and in the marker, `title` the kind in prose. `missing_code` and
    `stale_code` are the rules that report a page. `module` has the function
    `render(path, facts, config, embedded) -> str`.
    """

    name: str
    title: str
    suffix: str
    module: str
    missing_code: str
    stale_code: str
    is_default: bool = True

    def is_wanted(self, config: Config) -> bool:
        """Return whether the configuration asks for this kind."""
        return self.name in config.pages

    def path(self, config: Config, source: str) -> str:
        """Return the path of the page of the document at `source`."""
        return f"{config.output_dir}/{source}{self.suffix}"

    def render(self, path: str, facts: Facts, config: Config, embedded: str | None) -> str:
        """Return the page of the document at `path`; an empty string where it needs no page.

        `embedded` is the document's text where the configuration asks to embed it.
        """
        text: str = _renderer(self.module)(path, facts, config, embedded)
        return text


class FolderPage(NamedTuple):
    """A kind of page that folders have: the root folder only, the other folders only, or all.

    `module` has the function `render(folder, config) -> str`. `reads` is what it needs of keywords:
    nothing, the concepts of documents (`Brief.concepts`), or all postings (`Folder.keywords`).
    """

    name: str
    title: str
    file_name: str
    module: str
    of_root: bool = True
    of_others: bool = True
    is_default: bool = True
    reads: Literal["", "concepts", "postings"] = ""

    @property
    def needs_keywords(self) -> bool:
        """Return whether `render` reads `Folder.keywords`."""
        return self.reads == "postings"

    def is_wanted(self, config: Config, folder: str) -> bool:
        """Return whether the configuration asks for this kind, and `folder` ("" is the root) can have one."""
        return self.name in config.pages and (self.of_others if folder else self.of_root)

    def path(self, config: Config, folder: str) -> str:
        """Return the path of the page of `folder`."""
        return f"{config.output_dir}/{folder}/{self.file_name}" if folder else f"{config.output_dir}/{self.file_name}"

    def render(self, folder: Folder, config: Config) -> str:
        """Return the page of `folder`; an empty string where it needs no page."""
        text: str = _renderer(self.module)(folder, config)
        return text


class RepositoryPage(NamedTuple):
    """A kind of page that the repository has once, on as many files as its size takes. Its module has an interface of
    its own."""

    name: str
    title: str
    stem: str
    is_default: bool = True
    reads: Literal["", "concepts", "postings"] = "postings"

    def path(self, config: Config, part: str = "") -> str:
        """Return the path of the page, or of one of its parts."""
        return f"{config.output_dir}/{self.stem}-{part}.md" if part else f"{config.output_dir}/{self.stem}.md"


OWN_PAGES = (
    OwnPage("keywords", "keyword index", "_kw.md", "keyword_index", "KW001", "KW002"),
    OwnPage("documentation", "documentation", "_docs.md", "documentation", "KW003", "KW004"),
)
FOLDER_PAGES = (
    FolderPage("folder-index", "folder index", "index.md", "folder_index", of_root=False),
    FolderPage("start", "start page", "index.md", "start_page", of_others=False),
    FolderPage("folder-documentation", "folder documentation", "doc.md", "folder_documentation", reads="concepts"),
    FolderPage("subtree", "subtree keyword index", "sub.md", "subtree_index", is_default=False, reads="postings"),
)
REPOSITORY_PAGES = (RepositoryPage("a-z", "A–Z index", "keywords"),)

_ALL: tuple[OwnPage | FolderPage | RepositoryPage, ...] = (*OWN_PAGES, *FOLDER_PAGES, *REPOSITORY_PAGES)
_OWN = {page.name: page for page in OWN_PAGES}
_FOLDER = {page.name: page for page in FOLDER_PAGES}
_REPOSITORY = {page.name: page for page in REPOSITORY_PAGES}


def names() -> tuple[str, ...]:
    """Return the names of all kinds, as the setting `pages` takes them."""
    return tuple(page.name for page in _ALL)


def default_names() -> tuple[str, ...]:
    """Return the names of the kinds that are written where the configuration does not set `pages`."""
    return tuple(page.name for page in _ALL if page.is_default)


def page_names() -> PageNames:
    """Return what the paths of all pages have in common."""
    from kwlint.config import PageNames

    endings = (*(page.suffix for page in OWN_PAGES), *(f"/{page.file_name}" for page in FOLDER_PAGES))
    return PageNames(endings, tuple(page.stem for page in REPOSITORY_PAGES))


def shared_names() -> tuple[str, ...]:
    """Return the names of the kinds that several documents contribute to."""
    return tuple(page.name for page in (*FOLDER_PAGES, *REPOSITORY_PAGES))


def names_from_keywords() -> tuple[str, ...]:
    """Return the names of the shared kinds that are made from the keywords of several documents."""
    return tuple(page.name for page in (*FOLDER_PAGES, *REPOSITORY_PAGES) if page.reads)


def own_page(name: str) -> OwnPage:
    """Return the kind of own page. Raises KeyError for another name."""
    return _OWN[name]


def folder_page(name: str) -> FolderPage:
    """Return the kind of folder page. Raises KeyError for another name."""
    return _FOLDER[name]


def repository_page(name: str) -> RepositoryPage:
    """Return the kind of repository page. Raises KeyError for another name."""
    return _REPOSITORY[name]


def _renderer(module: str) -> Callable[..., str]:
    renderer: Callable[..., str] = import_module(f"kwlint.pages.{module}").render
    return renderer
