"""Safe fixes from git's history: for broken links whose target was renamed.

Every check that has broken links looks up the renames between the last commit and the index. A link that broke earlier
is followed through the history only when fixes are asked for, because that can take seconds.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kwlint.engine import keys
from kwlint.engine.link_graph import RecordingTree
from kwlint.engine.update import detect_flavours, present_snapshot
from kwlint.flavours.paths import folder_of
from kwlint.links.file_match import RenamedTexts
from kwlint.links.repair import History, repair_from_history
from kwlint.links.resolve import resolve_link
from kwlint.repo import git
from kwlint.rules.links import problem as problem_of
from kwlint.rules.selection import REPAIRABLE_FROM_HISTORY
from kwlint.text import encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.engine.store import Store
    from kwlint.flavours import Flavours
    from kwlint.model.facts import LinkFact
    from kwlint.model.problem import Problem
    from kwlint.repo.contents import Contents
    from kwlint.repo.git import GitStatus, Repository
    from kwlint.rules.selection import ProblemRecord

MOST_SIBLINGS = 20  # documents beside a renamed one, to see what all have in common
VERSIONS_AT_ONCE = 10  # earlier versions of a file that are read together


class HistoryContext(NamedTuple):
    """The repository whose history is searched, and how far back.

    That is up to the revision `request.since`, or through the whole history where fixes are wanted.
    """

    repository: Repository
    status: GitStatus
    disk: Contents
    request: Request

    @property
    def is_deep(self) -> bool:
        """Whether the whole history is searched."""
        return self.request.texts or self.request.deep


class Renames(NamedTuple):
    """`moved` maps old paths to present ones; `changed` holds the paths whose content differs from those commits."""

    moved: dict[str, str]
    changed: frozenset[str]


class SearchLog(NamedTuple):
    """The broken links for which the history up to the commit `head` was searched without a result.

    `unresolved` maps each to the contents of the documents it is about. While these stay the same, only later commits
    are searched for it.
    """

    head: str
    unresolved: dict[str, str]

    @classmethod
    def load(cls, store: Store) -> SearchLog:
        """Return the log that an earlier run kept."""
        return cls(*store.meta_json("searched-history", ("", {})))

    @classmethod
    def of(cls, records: Iterable[ProblemRecord], head: str, store: Store) -> SearchLog:
        """Return the log after a search up to `head`; `records` are the problems with the fixes that it found."""
        unresolved = [record for record in records if is_repairable(record.problem)]
        return cls(head, {_name(record): _contents(record, store) for record in unresolved})

    def covers(self, record: ProblemRecord, store: Store) -> bool:
        """Return whether the history was searched for a broken link already."""
        return self.unresolved.get(_name(record)) == _contents(record, store)

    def save(self, store: Store) -> None:
        """Keep the log for later runs."""
        store.set_meta_json("searched-history", self)


def _name(record: ProblemRecord) -> str:
    return f"{record.problem.code} {record.problem.path} {record.problem.target}"


def _contents(record: ProblemRecord, store: Store) -> str:
    contents = [store.value(keys.FACTS, path) for path in record.related_paths]
    return " ".join(bytes(key).hex() if key else "-" for key in contents)


def is_repairable(problem: Problem) -> bool:
    """Return whether the history could show a safe fix for a problem that has none yet."""
    return problem.code in REPAIRABLE_FROM_HISTORY and not (problem.fix is not None and problem.fix.safe)


def with_fixes_from_history(
    records: list[ProblemRecord], context: HistoryContext, config: Config, store: Store
) -> list[ProblemRecord]:
    """Return the problems, with a safe fix where the history shows what a broken link means now."""
    unresolved = [record for record in records if is_repairable(record.problem)]
    if not unresolved:
        return records
    log = SearchLog.load(store) if context.is_deep else SearchLog("", {})
    already_searched = [record for record in unresolved if log.covers(record, store)]
    searched_ids = {id(record) for record in already_searched}
    new = [record for record in unresolved if id(record) not in searched_ids]
    renames = _renames(context, new, already_searched, log)
    candidates = [
        record for record in unresolved if _may_explain(renames, record, context, searched=id(record) in searched_ids)
    ]
    fixed = _repair(records, candidates, renames, context, config, store) if candidates else records
    if context.is_deep:
        SearchLog.of(fixed, git.head(context.repository), store).save(store)
    return fixed


def _may_explain(renames: Renames, record: ProblemRecord, context: HistoryContext, *, searched: bool) -> bool:
    """Return whether a rename or a change can have broken a link; `searched`: earlier commits are known not to."""
    if record.problem.code != "KW102":
        return bool(renames.moved)
    if searched and context.request.since is None:
        return False  # the target's earlier contents are the same as in the last search
    return context.is_deep or any(path in renames.changed for path in record.related_paths)


def _repair(
    records: list[ProblemRecord],
    candidates: list[ProblemRecord],
    renames: Renames,
    context: HistoryContext,
    config: Config,
    store: Store,
) -> list[ProblemRecord]:
    listing = git.parse_status(context.repository, context.status)
    snapshot = present_snapshot(listing, context.disk, config, context.request)
    flavours = detect_flavours(listing, context.disk, config)
    tree = RecordingTree(snapshot, store, config, context.disk.exists)
    by_folder: dict[str, list[str]] = {}
    for path in snapshot.sources:
        by_folder.setdefault(folder_of(path), []).append(path)
    paths = {path for record in candidates for path in record.related_paths}
    history = _history(context, renames, paths, lambda folder: by_folder.get(folder, ()))
    chosen = {id(record) for record in candidates}
    return [
        _repair_one(record, flavours, tree, history, store) if id(record) in chosen else record for record in records
    ]


def _repair_one(
    record: ProblemRecord, flavours: Flavours, tree: RecordingTree, history: History, store: Store
) -> ProblemRecord:
    path = record.problem.path
    link = _link(store, record.problem)
    if link is None:
        return record
    before = resolve_link(path, link, flavours, tree)
    after = repair_from_history(path, link, before, flavours, tree, history)
    return record if after is before else record._replace(problem=problem_of(path, link, after))


def _link(store: Store, problem: Problem) -> LinkFact | None:
    for link in store.link_data(problem.path).links:
        if (link.line, link.column, link.target) == (problem.line, problem.column, problem.target):
            return link
    return None


def _renames(
    context: HistoryContext, new: list[ProblemRecord], already_searched: list[ProblemRecord], log: SearchLog
) -> Renames:
    repository, request = context.repository, context.request
    moved, changed = git.changed_since_commit(repository)
    if request.since is not None:
        since, others = git.changed_since_commit(repository, request.since)
        moved, changed = {**since, **moved}, changed | others
    if context.is_deep:
        earlier = git.history_renames(repository, _missing(context, new) - moved.keys(), context.disk.exists)
        if already_searched and log.head != git.head(repository):
            missing = _missing(context, already_searched) - moved.keys()
            earlier |= git.history_renames(repository, missing, context.disk.exists, log.head)
        moved = {**{old: moved.get(path, path) for old, path in earlier.items()}, **moved}
    return Renames(moved, changed)


def _missing(context: HistoryContext, records: Iterable[ProblemRecord]) -> set[str]:
    """Return the files that broken links lead to and that do not exist."""
    paths = {path for record in records for path in record.related_paths if path and not path.endswith("/")}
    return {path for path in paths if not context.disk.exists(path)}


def _history(
    context: HistoryContext, renames: Renames, paths: Iterable[str], siblings: Callable[[str], Iterable[str]]
) -> History:
    """Return the history for `paths`; `siblings` returns the documents in a folder."""

    def text(path: str) -> str | None:
        data = context.disk.read_or_none(path)
        return None if data is None else encoding.decode(data).text

    versions = EarlierVersions(context, renames, paths)

    def evidence(old: str, new: str) -> RenamedTexts | None:
        texts = versions.around_rename(old, new)
        after = text(new) if texts is None or texts[1] is None else texts[1]
        if texts is None or after is None:
            return None
        beside = {path for one in (old, new) for path in siblings(folder_of(one))} - {old, new}
        others = (text(path) for path in sorted(beside)[:MOST_SIBLINGS])
        return RenamedTexts(texts[0], after, tuple(other for other in others if other is not None))

    return History(renames.moved, text, versions.texts, evidence)


class EarlierVersions:
    """Earlier texts of files. The commits that changed `paths` are listed once for all, when first needed."""

    def __init__(self, context: HistoryContext, renames: Renames, paths: Iterable[str]) -> None:
        self.context = context
        self.origins = {new: old for old, new in renames.moved.items()}
        self.paths = {self.origins.get(path, path) for path in paths}
        since = context.request.since
        self.recent = ("HEAD",) if since is None else ("HEAD", since)

    @cached_property
    def commits(self) -> dict[str, list[str]]:
        """The commits that changed each file, the newest first."""
        return git.commits_that_changed(self.context.repository, self.paths)

    def texts(self, path: str) -> Iterator[str]:
        """Return the earlier texts of the file that is at `path` now, the newest first."""
        origin = self.origins.get(path, path)
        yield from self._read(origin, self.recent)
        if self.context.is_deep:
            commits = self.commits.get(origin, [])
            for first in range(0, len(commits), VERSIONS_AT_ONCE):
                revisions = [f"{commit}^" for commit in commits[first : first + VERSIONS_AT_ONCE]]
                yield from self._read(origin, revisions)

    def around_rename(self, old: str, new: str) -> tuple[str, str | None] | None:
        """Return the text of a file before it was renamed, and that right after it if it has its present path since.
        None if it was never at `old`."""
        before = next(self._read(old, self.recent), None)
        if before is not None:
            return before, None
        for commit in self.commits.get(old, [])[:1]:
            before = next(self._read(old, (f"{commit}^",)), None)
            if before is not None:
                return before, next(self._read(new, (commit,)), None)
        return None

    def _read(self, path: str, revisions: Iterable[str]) -> Iterator[str]:
        names = [f"{revision}:{path}" for revision in revisions]
        blobs = git.read_blobs(self.context.repository, names)
        return (encoding.decode(blobs[name]).text for name in names if name in blobs)
