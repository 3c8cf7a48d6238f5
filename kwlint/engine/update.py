"""Brings the store's state from the tree of an earlier run to the present one.

Everything is derived by the same steps whether one document changed or all are new: gather the facts of what changed;
judge the links of those and of whoever depends on what moved; render the pages that this reaches; compare them, and
whatever else moved below the output folder, with what stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint import __version__, flavours
from kwlint.config import core
from kwlint.engine import invalidation, link_graph
from kwlint.engine.extract import Source, facts_key, gather_all
from kwlint.engine.json_rows import packed
from kwlint.engine.store import Inserter
from kwlint.engine.tasks import Dirt
from kwlint.engine.workers import Workers, usable_cores
from kwlint.repo import git
from kwlint.repo.files import shown
from kwlint.repo.snapshot import Difference, Tree, difference, packed_tokens, survey
from kwlint.rules.pages import PageFile, PageFinding, check_orphan, check_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.config import Config
    from kwlint.engine.request import Request
    from kwlint.engine.store import Store
    from kwlint.flavours import Flavours
    from kwlint.repo.files import Disk
    from kwlint.repo.git import Listing, Repository


FEW = 500  # sources that are looked up one by one


class Scene(NamedTuple):
    """What a refresh works on."""

    store: Store
    repository: Repository
    tree: Tree
    disk: Disk
    config: Config
    flavours: Flavours
    settings: str
    workers: Workers
    request: Request


def refresh(
    store: Store, repository: Repository, listing: Listing, disk: Disk, config: Config, request: Request
) -> dict[str, str]:
    """Make the store's state that of the present tree.

    Returns the texts of the pages that were rendered on the way and are not right on disk, if the request wants texts.
    """
    known = _flavours(listing, disk, config)
    tree = survey(listing, config.output_dir, _source_matcher(config, known), disk.blob_id, request.paths)
    settings = _settings(config, known, request)
    if store.meta("settings") != settings.encode():
        store.forget_state()
    after = packed_tokens(tree)
    moved = difference(store.meta("tokens") or b"", after)
    like = next(iter(listing.tracked.values()), "")
    with Workers(request.jobs or usable_cores(), (disk, config, known, like)) as workers:
        scene = Scene(store, repository, tree, disk, config, known, settings, workers, request)
        texts = _bring_up(scene, moved)
    store.set_meta("settings", settings.encode())
    store.set_meta("tokens", after)
    counts = [store.value(f"SELECT {what}") for what in ("count(*) FROM source", "total(number) FROM undecided")]
    store.set_meta("counts", packed([int(count) for count in counts]).encode())
    store.set_meta("skipped", packed(tree.skipped).encode("utf-8", "surrogatepass"))
    store.drop_unused_facts()
    return texts


def present_tree(listing: Listing, disk: Disk, config: Config, request: Request) -> Tree:
    """The tree behind git's listing."""
    known = _flavours(listing, disk, config)
    return survey(listing, config.output_dir, _source_matcher(config, known), disk.blob_id, request.paths)


def _flavours(listing: Listing, disk: Disk, config: Config) -> Flavours:
    """The flavours of the repository; its pages, which are most of its files, tell nothing of them."""
    prefix = f"{config.output_dir}/"
    return flavours.detect([path for path in listing.tracked if not path.startswith(prefix)], disk.read, config.flavour)


def _bring_up(scene: Scene, moved: Difference) -> dict[str, str]:
    store, tree = scene.store, scene.tree
    dirt = Dirt.none()
    changed, reanchored = _gather(scene, moved, dirt)
    _judge(scene, changed, reanchored, moved, dirt)
    invalidation.add_neighbours(store, moved.came | moved.gone, dirt)
    invalidation.leave_to_others(dirt, scene.request.shard, scene.config)
    texts: dict[str, str] = {}
    touched = set(invalidation.forget_pages(store, dirt.removed))
    for page in invalidation.render(store, scene.config, dirt, scene.workers, texts=scene.request.texts):
        touched.add(page.path)
        if scene.request.texts and tree.pages.get(page.path) != page.id:
            texts[page.path] = page.text
    touched.update(path for path in moved.all if path.startswith(f"{scene.config.output_dir}/"))
    _compare(scene, touched)
    return texts


def _gather(scene: Scene, moved: Difference, dirt: Dirt) -> tuple[set[str], set[str]]:
    """Facts of what changed; returns the sources that changed, and those whose anchors did."""
    store, tree = scene.store, scene.tree
    sources = [path for path in tree.sources if path in moved.all]
    there = frozenset(sources)
    for path in sorted(moved.all - there):
        if store.value("SELECT 1 FROM source WHERE path=?", path):
            invalidation.drop(store, path, dirt)
    wanted = [_source(scene, path) for path in sources]
    reanchored = set(moved.came | moved.gone)
    errors = [f"{shown(path)}: left out, as its name is not UTF-8: rename it" for path in tree.unnamable]
    unread: dict[str, str] = {}
    with Inserter(store, "posting", 3) as filing:
        for found in gather_all(store, scene.disk, wanted, scene.workers, _progress(scene, len(wanted))):
            if found.digest is None:
                invalidation.drop(store, found.path, dirt)
                if found.error:
                    unread[found.path] = found.error
            elif invalidation.absorb(store, found.path, found.key, found.digest, dirt, filing):
                reanchored.add(found.path)
    errors += [unread[path] for path in sorted(unread)]
    store.set_meta("errors", packed(errors).encode("utf-8", "surrogatepass"))
    return set(sources), reanchored


def _judge(scene: Scene, changed: set[str], reanchored: set[str], moved: Difference, dirt: Dirt) -> None:
    store, tree, config = scene.store, scene.tree, scene.config
    places = reanchored | _untold_moves(scene)
    for path in moved.came | moved.gone:
        places.add(link_graph.ANY_PATH)
        places.update(f"{folder}/" for folder in invalidation.parents(path))
    if any(scene.flavours.of(path).aliases for path in reanchored):
        places.add(link_graph.ANY_ALIAS)
    affected = changed | link_graph.dependents(store, sorted(places))
    names = _page_names(scene)
    ground = link_graph.Ground(tree, store, config.output_dir, names, scene.disk.exists)
    with Inserter(store, "cross", 4) as cross, Inserter(store, "dependence", 2) as dependence:
        new = link_graph.Rows(cross, dependence)
        for path in sorted(_present(store, affected)):
            outcome = link_graph.judge_source(path, store.linkage(path), scene.flavours, ground, new)
            invalidation.judged(path, outcome, dirt)


def _present(store: Store, paths: set[str]) -> set[str]:
    """Those of `paths` that are sources."""
    if len(paths) > FEW:
        return paths & set(store.column("SELECT path FROM source"))
    return {path for path in paths if store.value("SELECT 1 FROM source WHERE path=?", path)}


def _untold_moves(scene: Scene) -> set[str]:
    """The files outside git's sight that a verdict speaks of and that came or went."""
    rows = scene.store.execute("SELECT path, there FROM untold").fetchall()
    moved = {path for path, there in rows if scene.disk.exists(path) != bool(there)}
    scene.store.executemany("DELETE FROM untold WHERE path=?", ((path,) for path in moved))
    return moved


def _compare(scene: Scene, touched: Iterable[str]) -> None:
    """Judge the pages at the paths `touched` against what stands there."""
    store, tree = scene.store, scene.tree
    shard = scene.request.shard
    places = sorted(path for path in touched if shard.holds(path, scene.config))
    # A page that another run has just written is there and not ignored: git had not seen it yet.
    unseen = [path for path in places if path not in tree.pages and scene.disk.exists(path)]
    ignored = git.ignored(scene.repository, unseen)
    for path in places:
        store.execute("DELETE FROM page_finding WHERE path=?", (path,))
        finding = _page_finding(scene, path, ignored)
        if finding is not None:
            store.execute("INSERT INTO page_finding VALUES(?,?,?)", (path, finding.code, packed(finding)))


def _page_finding(scene: Scene, path: str, ignored: frozenset[str]) -> PageFinding | None:
    config, disk = scene.config, scene.disk
    token = scene.tree.pages.get(path)
    row = scene.store.execute("SELECT kind, source, id FROM page WHERE path=?", (path,)).fetchone()
    if row is None:
        if token is None or _of_absent_source(scene, path):
            return None
        return check_orphan(path, disk.read_or_none(path), config.format)
    kind, source, wanted = row
    file = PageFile(token, lambda: disk.read_or_none(path), path in ignored)
    return check_page(path, kind, source, wanted, file, config.format)


def texts_of(
    store: Store, config: Config, request: Request, disk: Disk, findings: Iterable[PageFinding]
) -> dict[str, str]:
    """What the pages of `findings` ought to hold, rendered from the present state."""
    dirt = Dirt.none()
    wanted = set()
    for path, _, kind, source, _ in findings:
        wanted.add(path)
        invalidation.mark(dirt, kind, source, path)
    like = store.value("SELECT id FROM page LIMIT 1") or ""
    with Workers(request.jobs or usable_cores(), (disk, config, None, like)) as workers:
        pages = invalidation.render(store, config, dirt, workers, texts=True)
        return {page.path: page.text for page in pages if page.path in wanted}


def _of_absent_source(scene: Scene, page: str) -> bool:
    from kwlint.pages.names import source_of

    if not scene.tree.absent_sources:
        return False
    source = source_of(scene.config, page)
    return source is None or source in scene.tree.absent_sources


def _page_names(scene: Scene) -> Callable[[str], bool]:
    from kwlint.pages.names import source_of

    sources = frozenset(scene.tree.sources)

    def is_page(path: str) -> bool:
        source = source_of(scene.config, path)
        return source in sources if source is not None else path in scene.tree.pages

    return is_page


def _source_matcher(config: Config, known: Flavours) -> Callable[[str], bool]:
    from kwlint.config import source_matcher

    matches = source_matcher(config, known.suffixes)
    common = known.default.suffixes

    def is_source(path: str) -> bool:
        return matches(path) and path.endswith(common + known.of(path).suffixes)

    return matches if set(known.suffixes) <= set(common) else is_source


def _settings(config: Config, known: Flavours, request: Request) -> str:
    from kwlint.facts.version import FACTS_VERSION

    return f"{__version__} {FACTS_VERSION} {known.fingerprint} {core(config)!r} {request.shard}"


def _source(scene: Scene, path: str) -> Source:
    depth = scene.request.shard.depth(path, scene.config)
    return Source(path, facts_key(path, scene.tree.files[path], _facts_settings(scene, path) + depth), depth)


def _facts_settings(scene: Scene, path: str) -> str:
    from kwlint.facts.version import FACTS_VERSION

    config = scene.config
    flavour = scene.flavours.of(path).cache_key
    return f"{__version__} {FACTS_VERSION} {config.host} {config.pages!r} {config.keywords!r} {flavour}"


def _progress(scene: Scene, total: int) -> Callable[[int], None]:
    report = scene.request.progress
    finished = 0

    def done(count: int) -> None:
        nonlocal finished
        finished += count
        if report is not None:
            report(finished, total)

    return done
