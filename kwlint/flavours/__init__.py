"""How git hosts and site generators turn headings into anchors and link targets into files, one file each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from kwlint.flavours.base import Flavour
from kwlint.flavours.github import GitHub
from kwlint.flavours.paths import folder_of
from kwlint.model.document import Dialect, Document

__all__ = ["Flavour", "Flavours", "detect", "host_anchors"]


class Flavours:
    """The flavour of each path: that of the nearest content root above it, the git host's outside of all roots.

    `roots`: (folder, flavour) pairs. `inputs`: the configuration files that detection read.
    """

    def __init__(self, roots: Iterable[tuple[str, Flavour]] = (), inputs: Iterable[str] = ()) -> None:
        self.roots = tuple(sorted(roots, key=lambda pair: (-len(pair[0]), pair[0])))
        self.inputs = tuple(sorted(set(inputs)))
        self.default: Flavour = GitHub()
        self._by_folder: dict[str, Flavour] = {}
        self._mdx_variants: dict[Flavour, Flavour] = {}

    def of(self, path: str) -> Flavour:
        """Return the flavour of the file at `path`."""
        folder = folder_of(path)
        flavour = self._by_folder.get(folder)
        if flavour is None:
            flavour = self._by_folder[folder] = self._nearest(folder)
        if flavour.excludes_readmes and path.endswith(("README.md", "README.qmd")):
            return self.default
        return self._mdx_variant(flavour) if path.endswith(".mdx") else flavour

    def _mdx_variant(self, flavour: Flavour) -> Flavour:
        """Return the flavour as it reads `.mdx`, where braces hold code and comments have another form."""
        variant = self._mdx_variants.get(flavour)
        if variant is None:
            from copy import copy

            variant = self._mdx_variants[flavour] = copy(flavour)
            variant.dialect = flavour.dialect._replace(mdx=True)
        return variant

    def _nearest(self, folder: str) -> Flavour:
        is_hidden = folder.startswith(".")  # no generator makes pages of hidden folders: only the host shows them
        for root, flavour in self.roots:
            if (not root and not is_hidden) or folder == root or folder.startswith(root + "/"):
                return flavour
        return self.default

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of documents, over all flavours."""
        return tuple(sorted({s for _, flavour in self.roots for s in flavour.suffixes} | set(self.default.suffixes)))

    @property
    def fingerprint(self) -> str:
        """A hash of every root and every setting; the same configuration files give the same one."""
        from kwlint.repo.hashing import blake2b

        identities = repr([(root, flavour.identity) for root, flavour in self.roots])
        return blake2b(identities.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def detect(
    paths: Collection[str], read: Callable[[str], bytes], settings: tuple[tuple[str, str], ...] = ()
) -> Flavours:
    """Return the flavours of a repository that holds `paths`.

    `read` returns the bytes of a file and may raise OSError; only configuration files are read. `settings` are the
    user's (folder, flavour name) pairs, which override what is detected. Raises ValueError for an unknown name.
    """
    from kwlint.flavours.detection import flavours_of

    return flavours_of(paths, read, settings)


def host_anchors(host: str, document: Document, dialect: Dialect = Dialect()) -> tuple[str, ...]:  # noqa: B008
    """Return one fragment for each heading, as the git host (`github` or `gitlab`) makes it.

    A host has no explicit ids: the braces of `## Setup {#x}` are part of the text. A heading that the host does not
    show, because its `dialect` has blocks that the host reads as code, has the fragment of the heading above it.
    """
    from kwlint.flavours.github import anchors_on_host

    if host == "gitlab":
        from kwlint.flavours.gitlab import gitlab_slugs as slugs
    else:
        from kwlint.flavours.slugs import github_slugs as slugs
    shown = document
    if _may_differ(document):
        from kwlint.markdown import parse

        shown = parse(document.text)
    anchors = [anchor for anchor in anchors_on_host(shown, slugs) if anchor.kind == "heading"]
    if shown is document:
        return tuple(anchor.name for anchor in anchors)
    by_start = dict(zip((heading.block_start for heading in shown.headings), anchors, strict=True))
    names: list[str] = []
    for heading in document.headings:
        anchor = by_start.get(heading.block_start)
        names.append(anchor.name if anchor else names[-1] if names else "")
    return tuple(names)


def _may_differ(document: Document) -> bool:
    """Return whether the git host may see other headings than the document's flavour: only then is it parsed again."""
    text = document.text
    if any("{" in heading.raw or "<" in heading.raw for heading in document.headings):
        return True
    if document.headings and ("```{" in text or "~~~{" in text or "\n:::" in text):
        return True
    lines = (text[text.rfind("\n", 0, heading.start) + 1 : heading.start] for heading in document.headings)
    return any(line.startswith(("    ", "\t")) for line in lines)
