"""The task RESOLUTION: the links of a document resolved, its problems, and the files that it links to.

What a link resolves to depends on paths: whether there is such a file, and which anchors it has. `RecordingTree`
answers these questions from the snapshot and the store, and records each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine import keys
from kwlint.engine.invalidation import Reads
from kwlint.engine.json_rows import packed
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.pages.names import source_of
from kwlint.repo.ignore_rules import IgnoreRules
from kwlint.repo.path_index import PathIndex, folded
from kwlint.rules.links import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.config import Config
    from kwlint.engine.invalidation import Invalidation
    from kwlint.engine.keys import Key
    from kwlint.engine.source_summary import LinkData
    from kwlint.engine.store import Store
    from kwlint.flavours import Flavours
    from kwlint.model.facts import Anchor, LinkFact
    from kwlint.model.problem import Problem
    from kwlint.repo.files import Disk
    from kwlint.repo.snapshot import Snapshot

_MARKDOWN = frozenset(("inline", "reference", "definition"))  # links that resolve alike unless they are broken
_ABOUT_A_PATH = frozenset((keys.EXISTS, keys.DIRECTORY, keys.ANCHORS, keys.ON_DISK))


class RecordingTree:
    """The tree as `kwlint.links.tree.LinkTree`; `reads` collects the keys that the answers depend on."""

    def __init__(self, snapshot: Snapshot, store: Store, config: Config, disk: Disk) -> None:
        self.files = snapshot.files
        self.pages = snapshot.pages
        self.sources = frozenset(snapshot.sources)
        self.reads: set[Key] = set()
        self._index = PathIndex(snapshot.files)
        self._outside = tuple(f"{path}/" for path in sorted(snapshot.links_and_submodules))
        self._store = store
        self._config = config
        self._prefix = f"{config.output_dir}/"
        self._look_on_disk = disk.has_file
        self._ignore_rules = IgnoreRules(snapshot.files, disk.read_or_none)
        self._anchors: dict[str, tuple[Anchor, ...] | None] = {}

    def exists(self, path: str) -> bool:
        self.reads.add((keys.EXISTS, path))
        if path in self.files:
            return True
        if path.startswith(self._prefix):
            return self._is_page(path)
        return path.startswith(self._outside)

    def _is_page(self, path: str) -> bool:
        """Return whether a page is expected at `path`, or, for pages of many documents, whether it is there."""
        source = source_of(self._config, path)
        if source is None:
            return path in self.pages
        self.reads.add((keys.EXISTS, source))
        return source in self.sources

    def is_folder(self, path: str) -> bool:
        folder = path.rstrip("/")
        self.reads.add((keys.DIRECTORY, folder))
        return self._index.is_folder(folder) or f"{folder}/".startswith(self._outside)

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        self.reads.add((keys.ANCHORS, path))
        if path not in self._anchors:
            self._anchors[path] = self._store.anchors(path)
        return self._anchors[path]

    def is_untracked(self, path: str) -> bool:
        self.reads.add((keys.ON_DISK, path))
        return self._look_on_disk(path)

    def is_ignored(self, path: str) -> bool:
        self.reads.add((keys.IGNORE_RULES, ""))
        return self._ignore_rules.names(path)

    def case_variants(self, path: str) -> tuple[str, ...]:
        self.reads.add((keys.PATHS, ""))
        return self._index.case_variants(path)

    def similar(self, path: str) -> Sequence[str]:
        self.reads.add((keys.PATHS, ""))
        return self._index.similar(path)

    def with_alias(self, name: str) -> Sequence[str]:
        self.reads.add((keys.ALIAS, folded(name)))
        return [path for path, _ in self._store.collection(keys.ALIAS, folded(name))]


class Resolved(NamedTuple):
    """The links of one document, resolved.

    `problems` come with the paths that each is about. `targets` are the other files of the repository that the
    document links to; `undecided` counts the links that cannot be decided here.
    """

    problems: tuple[tuple[Problem, tuple[str, ...]], ...]
    targets: tuple[str, ...]
    undecided: int


def update_links(invalidation: Invalidation, paths: Iterable[str], flavours: Flavours, tree: RecordingTree) -> None:
    """Resolve the links of the documents at `paths` again; those that are gone lose what was kept of them."""
    store = invalidation.store
    for path in paths:
        if store.value(keys.LINKS, path) is None:
            _put(invalidation, path, Resolved((), (), 0), set())
        else:
            resolved, reads = resolve(path, store.link_data(path), flavours, tree)
            _put(invalidation, path, resolved, reads)
            for kind, name in reads:
                if kind == keys.ON_DISK:
                    store.put(kind, name, int(tree.is_untracked(name)))


def resolve(path: str, data: LinkData, flavours: Flavours, tree: RecordingTree) -> tuple[Resolved, set[Key]]:
    """Resolve the links of a document; return them with the keys that were read."""
    reads: set[Key] = set()
    problems: list[tuple[Problem, tuple[str, ...]]] = [(one, ()) for one in data.problems]
    undecided = 0
    targets: list[str] = []
    correct: dict[tuple[str, str, bool, str], LinkResult] = {}
    for link in data.links:
        # Every reference has its definition's target, and most documents link to a few others many times.
        alike = (link.url, "" if link.kind in _MARKDOWN else link.kind, link.image, link.element)
        result = correct.get(alike)
        if result is None:
            tree.reads = set()
            result = resolve_link(path, link, flavours, tree)
            reads |= tree.reads
            if result.status == "right":
                correct[alike] = result
        if result.status == "broken":
            problems.append((problem(path, link, result), _paths_in(tree.reads)))
        undecided += result.status == "undecidable"
        targets.append(result.path)
    return Resolved(tuple(problems), _files_linked(path, data.links, targets, tree), undecided), reads


def _files_linked(path: str, links: Sequence[LinkFact], targets: Sequence[str], tree: RecordingTree) -> tuple[str, ...]:
    """Return the other files that the links lead to, sorted; a definition links to nothing by itself."""
    pairs = list(zip(links, targets, strict=True))
    defined: dict[str, str] = {}
    for link, target in pairs:
        if link.kind == "definition":
            defined.setdefault(link.label, target)
    linked = {
        defined.get(link.label, "") if link.kind == "reference" else target
        for link, target in pairs
        if link.kind != "definition"
    }
    return tuple(sorted(target for target in linked if target in tree.files and target != path))


def _paths_in(reads: Iterable[Key]) -> tuple[str, ...]:
    """Return the paths that the keys are about, sorted; those of folders end in `/`."""
    paths = {f"{name}/" if kind == keys.DIRECTORY else name for kind, name in reads if kind in _ABOUT_A_PATH}
    return tuple(sorted(paths))


def _put(invalidation: Invalidation, path: str, resolved: Resolved, reads: set[Key]) -> None:
    recorded = Reads(keys.RESOLUTION, path)
    for kind, name in reads:
        recorded.add(kind, name)
    invalidation.record(recorded)
    invalidation.put(keys.PROBLEMS, path, packed(resolved.problems) if resolved.problems else None)
    invalidation.put(keys.UNDECIDED, path, resolved.undecided or None)
    invalidation.put(keys.OUTGOING, path, packed(resolved.targets) if resolved.targets else None)
    invalidation.contribute(keys.RESOLUTION, path, {(keys.INBOUND, target): "" for target in resolved.targets})
