"""What git's history says of broken links: safe repairs for those whose target was renamed.

Renames between the last commit and the index are looked up by every check that has broken links; a link that broke
earlier is followed through the history only when repairs are asked for, since that can take seconds.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kwlint import flavours
from kwlint.engine import keys
from kwlint.engine.link_graph import RecordingTree
from kwlint.engine.update import present_snapshot
from kwlint.links.repair import History, repair_from_history
from kwlint.links.resolve import resolve_link
from kwlint.repo import git
from kwlint.rules.links import REPAIRABLE_FROM_HISTORY
from kwlint.rules.links import problem as problem_of
from kwlint.text import encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.engine.store import Store
    from kwlint.model.facts import LinkFact
    from kwlint.model.problem import Problem
    from kwlint.repo.files import Disk
    from kwlint.repo.git import GitStatus, Repository
    from kwlint.rules.selection import ProblemRecord

AT_ONCE = 10  # earlier versions of a file are read


class Place(NamedTuple):
    """Where the history is asked: the repository, the tree as it is, and how far back (`request.since`: a revision;
    `deep`: repairs are wanted, so through all of it)."""

    repository: Repository
    status: GitStatus
    disk: Disk
    request: Request

    @property
    def deep(self) -> bool:
        return self.request.texts or self.request.deep


class Renames(NamedTuple):
    """`moved`: path then -> path now. `changed`: the paths whose content is not that of the commits asked."""

    moved: dict[str, str]
    changed: frozenset[str]


class Trail(NamedTuple):
    """Which broken links the history up to the commit `head` was searched for in vain, by `_mark`, with the content
    of what they lead to: for these only later commits are looked at."""

    head: str
    lost: dict[str, str]

    @classmethod
    def kept(cls, store: Store) -> Trail:
        return cls(*store.meta_json("trail", ("", {})))

    @classmethod
    def of(cls, found: Iterable[ProblemRecord], head: str, store: Store) -> Trail:
        lost = [one for one in found if may_be_mended(one.problem)]
        return cls(head, {_mark(one): _contents(one, store) for one in lost})

    def has(self, one: ProblemRecord, store: Store) -> bool:
        return self.lost.get(_mark(one)) == _contents(one, store)

    def keep(self, store: Store) -> None:
        store.set_meta_json("trail", self)


def _mark(one: ProblemRecord) -> str:
    return f"{one.problem.code} {one.problem.path} {one.problem.target}"


def _contents(one: ProblemRecord, store: Store) -> str:
    contents = [store.value(keys.FACTS, path) for path in one.related_paths]
    return " ".join(bytes(key).hex() if key else "-" for key in contents)


def may_be_mended(one: Problem) -> bool:
    """Whether the history could show a safe repair where there is none yet."""
    return one.code in REPAIRABLE_FROM_HISTORY and not (one.fix is not None and one.fix.safe)


def mended(found: list[ProblemRecord], place: Place, config: Config, store: Store) -> list[ProblemRecord]:
    """The problems, with a safe fix where the history shows what a broken link means now."""
    lost = [one for one in found if may_be_mended(one.problem)]
    if not lost:
        return found
    trail = Trail.kept(store) if place.deep else Trail("", {})
    cold = [one for one in lost if trail.has(one, store)]
    searched = {id(one) for one in cold}
    fresh = [one for one in lost if id(one) not in searched]
    renames = _renames(place, fresh, cold, trail)
    deep = place.deep
    worth = [one for one in lost if _concerns(one, renames, place, deep=deep, cold=id(one) in searched)]
    after = _all_mended(found, worth, renames, place, config, store) if worth else found
    if place.deep:
        Trail.of(after, git.head(place.repository), store).keep(store)
    return after


def _all_mended(
    found: list[ProblemRecord], worth: list[ProblemRecord], renames: Renames, place: Place, config: Config, store: Store
) -> list[ProblemRecord]:
    listing = git.parse_status(place.repository, place.status)
    tree = present_snapshot(listing, place.disk, config, place.request)
    known = flavours.detect(listing.tracked.keys(), place.disk.read, config.flavour)
    ground = RecordingTree(tree, store, config, place.disk.exists)
    past = _past(place, renames, {path for one in worth for path in one.related_paths})
    chosen = {id(one) for one in worth}
    return [_mended(one, known, ground, past, store) if id(one) in chosen else one for one in found]


def _concerns(one: ProblemRecord, renames: Renames, place: Place, *, deep: bool, cold: bool) -> bool:
    """Whether what was renamed or changed can have broken this link; `cold`: up to now it was searched for in vain."""
    if one.problem.code != "KW102":
        return bool(renames.moved)
    if cold and place.request.since is None:
        return False  # what the target held before is what it was
    return deep or any(path in renames.changed for path in one.related_paths)


def _mended(
    one: ProblemRecord, known: flavours.Flavours, ground: RecordingTree, past: History, store: Store
) -> ProblemRecord:
    path = one.problem.path
    link = _link(store, one.problem)
    if link is None:
        return one
    before = resolve_link(path, link, known, ground)
    after = repair_from_history(path, link, before, known, ground, past)
    return one if after is before else one._replace(problem=problem_of(path, link, after))


def _link(store: Store, one: Problem) -> LinkFact | None:
    for link in store.link_data(one.path).links:
        if (link.line, link.column, link.target) == (one.line, one.column, one.target):
            return link
    return None


def _renames(place: Place, fresh: list[ProblemRecord], cold: list[ProblemRecord], trail: Trail) -> Renames:
    repository, request = place.repository, place.request
    moved, changed = git.changed_since_commit(repository)
    if request.since is not None:
        since, others = git.changed_since_commit(repository, request.since)
        moved, changed = {**since, **moved}, changed | others
    if place.deep:
        earlier = git.history_renames(repository, _gone(place, fresh) - moved.keys(), place.disk.exists)
        if cold and trail.head != git.head(repository):
            lost = _gone(place, cold) - moved.keys()
            earlier |= git.history_renames(repository, lost, place.disk.exists, trail.head)
        moved = {**{old: moved.get(new, new) for old, new in earlier.items()}, **moved}
    return Renames(moved, changed)


def _gone(place: Place, lost: Iterable[ProblemRecord]) -> set[str]:
    """The files that broken links lead to."""
    paths = {path for one in lost for path in one.related_paths if path and not path.endswith("/")}
    return {path for path in paths if not place.disk.exists(path)}


def _past(place: Place, renames: Renames, paths: Iterable[str]) -> History:
    def text(path: str) -> str | None:
        data = place.disk.read_or_none(path)
        return None if data is None else encoding.decode(data).text

    return History(renames.moved, text, Earlier(place, renames, paths).texts)


class Earlier:
    """Earlier texts of files. Which commits changed them is asked once for all of `paths`, if it is asked at all."""

    def __init__(self, place: Place, renames: Renames, paths: Iterable[str]) -> None:
        self.place = place
        self.origins = {new: old for old, new in renames.moved.items()}
        self.paths = {self.origins.get(path, path) for path in paths}
        since = place.request.since
        self.recent = ("HEAD",) if since is None else ("HEAD", since)

    @cached_property
    def commits(self) -> dict[str, list[str]]:
        return git.commits_that_changed(self.place.repository, self.paths)

    def texts(self, path: str) -> Iterator[str]:
        """Those of the file that is at `path` now, the newest first."""
        origin = self.origins.get(path, path)
        yield from self._read(origin, self.recent)
        if self.place.deep:
            commits = self.commits.get(origin, [])
            for first in range(0, len(commits), AT_ONCE):
                yield from self._read(origin, [f"{commit}^" for commit in commits[first : first + AT_ONCE]])

    def _read(self, path: str, revisions: Iterable[str]) -> Iterator[str]:
        names = [f"{revision}:{path}" for revision in revisions]
        blobs = git.read_blobs(self.place.repository, names)
        return (encoding.decode(blobs[name]).text for name in names if name in blobs)
