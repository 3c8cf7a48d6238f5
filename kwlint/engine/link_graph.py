"""Who links to what: the verdict on each link, and the cross-links between sources.

A verdict depends on paths (is there such a file, which anchors has it). Which ones, is written down while the link is
judged, so that a later run judges anew exactly the sources whose verdicts could have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine.store import packed, unpacked
from kwlint.links.resolve import LinkResult, resolve_link
from kwlint.links.tree import sources_by_alias
from kwlint.model.context import LinkIn, LinkOut
from kwlint.model.facts import Anchor
from kwlint.repo.path_index import Listing, folded
from kwlint.rules.links import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kwlint.engine.source_summary import Linkage
    from kwlint.engine.store import Inserter, Store
    from kwlint.flavours import Flavours
    from kwlint.model.facts import LinkFact
    from kwlint.model.problem import Problem
    from kwlint.repo.snapshot import Tree

CrossRow = tuple[str, int, str, str]  # source, ordinal, target, (LinkOut, LinkIn) as JSON
_MARKDOWN = frozenset(("inline", "reference", "definition"))  # links that are judged alike unless they are broken
# Depended on by whoever asked a question about the whole tree (a suggestion, a spelling).
ANY_PATH = "*"
# Depended on by whoever asked which source has an alias.
ANY_ALIAS = "@"


class Ground:
    """The tree as the judge sees it (`LinkTree`); `asked` collects what the answers depended on."""

    def __init__(
        self, tree: Tree, store: Store, output_dir: str, is_page: Callable[[str], bool], on_disk: Callable[[str], bool]
    ) -> None:
        self.files = tree.files
        self.names = Listing(tree.files)
        self.sources = frozenset(tree.sources)
        self.elsewhere = tuple(f"{place}/" for place in sorted(tree.elsewhere))
        self.store = store
        self.prefix = f"{output_dir}/"
        self.is_page = is_page
        self.look = on_disk
        self.asked: set[str] = set()
        self._anchors: dict[str, tuple[Anchor, ...] | None] = {}
        self._called: dict[str, tuple[str, ...]] | None = None

    def exists(self, path: str) -> bool:
        self.asked.add(path)
        if path in self.files:
            return True
        if path.startswith(self.prefix):
            return self.is_page(path)
        return path.startswith(self.elsewhere)

    def is_folder(self, path: str) -> bool:
        folder = path.rstrip("/")
        self.asked.add(f"{folder}/")
        return self.names.is_folder(folder) or f"{folder}/".startswith(self.elsewhere)

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        self.asked.add(path)
        if path not in self._anchors:
            text = self.store.value("SELECT anchors FROM links WHERE source=?", path)
            self._anchors[path] = None if text is None else tuple(Anchor(*row) for row in unpacked(text))
        return self._anchors[path]

    def is_untracked(self, path: str) -> bool:
        self.asked.add(path)
        there = self.look(path)
        self.store.execute("INSERT OR REPLACE INTO untold VALUES(?,?)", (path, there))
        return there

    def case_variants(self, path: str) -> tuple[str, ...]:
        self.asked.add(ANY_PATH)
        return self.names.spelled(path)

    def similar(self, path: str) -> Sequence[str]:
        self.asked.add(ANY_PATH)
        return self.names.near(path)

    def with_alias(self, name: str) -> Sequence[str]:
        self.asked.add(ANY_ALIAS)
        if self._called is None:
            rows = self.store.execute("SELECT source, anchors FROM links WHERE instr(anchors, ',\"alias\",')")
            self._called = sources_by_alias((path, unpacked(anchors)) for path, anchors in rows)
        return self._called.get(folded(name), ())


class Judged(NamedTuple):
    """What judging one source changed around it: the files whose backlinks moved, those of them that gained or lost
    this source as a linker, and whether its own links out moved."""

    targets: frozenset[str]
    paired: frozenset[str]
    changed: bool


class Rows(NamedTuple):
    """Takes the rows of sources that were never judged before."""

    cross: Inserter
    dependence: Inserter


def judge_source(path: str, linkage: Linkage, flavours: Flavours, ground: Ground, new: Rows) -> Judged:
    """Judge every link of a source and put its rows into the store in place of those that were there."""
    store = ground.store
    asked: set[str] = set()
    rows: list[tuple[str, LinkOut, LinkIn]] = []
    findings: list[tuple[Problem, list[str]]] = [(one, []) for one in linkage.problems]
    undecided = 0
    defined: dict[str, str] = {}
    targets = []
    right: dict[tuple[str, str, bool, str], LinkResult] = {}
    for link in linkage.links:
        # Every reference has its definition's target, and a document links to few others once only.
        alike = (link.url, "" if link.kind in _MARKDOWN else link.kind, link.image, link.element)
        verdict = right.get(alike)
        if verdict is None:
            ground.asked = set()
            verdict = resolve_link(path, link, flavours, ground)
            asked |= ground.asked
            if verdict.status == "right":
                right[alike] = verdict
        if verdict.status == "broken":
            findings.append((problem(path, link, verdict), sorted(ground.asked - {ANY_PATH, ANY_ALIAS})))
        undecided += verdict.status == "undecidable"
        targets.append(verdict.path)
        if link.kind == "definition":
            defined.setdefault(link.label, verdict.path)
    # A definition is judged once, in its own place; it is the references to it that link, each from its section.
    for link, target in zip(linkage.links, targets, strict=True):
        target = defined.get(link.label, "") if link.kind == "reference" else target
        if target in ground.files and target != path and link.kind != "definition":
            rows.append(_row(target, link, path, linkage))
    before = store.value("SELECT asked FROM judged WHERE source=?", path)
    store.execute("INSERT OR REPLACE INTO judged VALUES(?,?)", (path, packed(sorted(asked))))
    after = _cross_rows(path, rows, ground)
    if before is None:
        new.dependence.add([(name, path) for name in asked])
        new.cross.add(after)
    else:
        _replace_dependences(store, path, set(unpacked(before)), asked)
        store.execute("DELETE FROM finding WHERE source=?", (path,))
        store.execute("DELETE FROM undecided WHERE source=?", (path,))
    if undecided:
        store.execute("INSERT INTO undecided VALUES(?,?)", (path, undecided))
    rows_of_findings = ((path, packed(finding), packed(reaches)) for finding, reaches in findings)
    store.executemany("INSERT INTO finding VALUES(?,?,?)", rows_of_findings)
    return _moved([], after) if before is None else _replace_cross(store, path, after)


def forget(store: Store, path: str) -> None:
    """A source is gone: so is what was found out on its links."""
    asked = unpacked(store.value("SELECT asked FROM judged WHERE source=?", path) or "[]")
    store.executemany("DELETE FROM dependence WHERE path=? AND source=?", ((name, path) for name in asked))
    for table in ("judged", "undecided", "cross", "finding"):
        store.execute(f"DELETE FROM {table} WHERE source=?", (path,))


def links_out(store: Store, path: str) -> tuple[LinkOut, ...]:
    """The cross-links of a source to files that exist, in its order."""
    query = "SELECT row FROM cross WHERE source=? ORDER BY ordinal"
    return tuple(LinkOut(*unpacked(row)[0]) for row in store.column(query, path))


def links_in(store: Store, path: str) -> tuple[LinkIn, ...]:
    """The cross-links of other sources to this one, in order of their paths."""
    query = "SELECT row FROM cross WHERE target=? ORDER BY source, ordinal"
    return tuple(LinkIn(*unpacked(row)[1]) for row in store.column(query, path))


def dependents(store: Store, paths: Iterable[str]) -> set[str]:
    """The sources whose verdicts depend on one of `paths`."""
    found: set[str] = set()
    for path in paths:
        found.update(store.column("SELECT source FROM dependence WHERE path=?", path))
    return found


def _row(target: str, link: LinkFact, path: str, linkage: Linkage) -> tuple[str, LinkOut, LinkIn]:
    title, anchor = linkage.sections[link.section]
    out = LinkOut(target, link.text, link.section, link.image, False)
    return target, out, LinkIn(path, linkage.title, title, anchor, link.text)


def _replace_dependences(store: Store, path: str, before: set[str], asked: set[str]) -> None:
    gone, new = before - asked, asked - before
    store.executemany("DELETE FROM dependence WHERE path=? AND source=?", ((name, path) for name in gone))
    store.executemany("INSERT INTO dependence VALUES(?,?)", ((name, path) for name in new))


def _cross_rows(path: str, rows: list[tuple[str, LinkOut, LinkIn]], ground: Ground) -> list[CrossRow]:
    """The rows of the table `cross`: a target is told once per section and label."""
    after: list[CrossRow] = []
    seen = set()
    for target, out, into in rows:
        mark = (target, out.section, out.text)
        if mark not in seen:
            seen.add(mark)
            both = packed((out._replace(is_source=target in ground.sources), into))
            after.append((path, len(after), target, both))
    return after


def _replace_cross(store: Store, path: str, after: list[CrossRow]) -> Judged:
    query = "SELECT source, ordinal, target, row FROM cross WHERE source=? ORDER BY ordinal"
    before: list[CrossRow] = store.execute(query, (path,)).fetchall()
    if before != after:
        store.execute("DELETE FROM cross WHERE source=?", (path,))
        store.executemany("INSERT INTO cross VALUES(?,?,?,?)", after)
    return _moved(before, after)


def _moved(before: list[CrossRow], after: list[CrossRow]) -> Judged:
    moved = frozenset(target for _, _, target, _ in set(before) ^ set(after))
    paired = frozenset({row[2] for row in before} ^ {row[2] for row in after})
    return Judged(moved, paired, changed=before != after)
