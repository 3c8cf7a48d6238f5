"""Finds the flavours of a repository from its own files.

One pass over the paths compares their last parts with the registry; only configuration files are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import NamedTuple

from kwlint.flavours import Flavours
from kwlint.flavours.base import Flavour, Roots
from kwlint.flavours.paths import folder_of
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.registry import FLAVOURS, load, named

_SCRIPTS = (".js", ".ts", ".mjs", ".cjs", ".mts", ".tsx", ".jsx")

Rank = tuple[int, int]  # the position of a flavour in the registry, and of a file among its configuration files


class Patterns(NamedTuple):
    """The configuration files of all flavours with their ranks.

    `names`: by file name. `stems`: scripts, by file name without suffix. `folders`: with `/` at the end. `documents`:
    the names that are Markdown files.
    """

    names: dict[str, list[Rank]]
    stems: dict[str, list[Rank]]
    folders: dict[str, list[Rank]]
    documents: tuple[str, ...]


def flavours_of(
    paths: Collection[str], read: Callable[[str], bytes], settings: Iterable[tuple[str, str]] = ()
) -> Flavours:
    """Return the flavours that the files among `paths` reveal and that the user's (folder, name) pairs set."""
    probe = RepoProbe(paths, read)
    detected: Roots = []
    for (flavour_rank, _), path in config_files(paths):
        if "node_modules/" not in path:
            detected += load(FLAVOURS[flavour_rank]).detect(probe, path)
    ranks = {entry.name: rank for rank, entry in enumerate(FLAVOURS)}
    by_root: dict[str, Flavour] = {}
    for root, flavour in sorted(detected, key=lambda pair: ranks[pair[1].name]):
        by_root.setdefault(root, flavour)
    _add_content(by_root, paths)
    _add_unknown(by_root, probe)
    _add_settings(by_root, settings)
    return Flavours(sorted(by_root.items()), probe.inputs)


def config_files(paths: Iterable[str]) -> list[tuple[Rank, str]]:
    """Return the configuration files and folders among `paths`, the highest rank first."""
    names, stems, folders, documents = _patterns()
    matches: set[tuple[Rank, str]] = set()
    # Most files are documents and pages: pass over them without splitting their paths.
    likely = [path for path in paths if not path.endswith(".md") or path.endswith(documents)]
    for path in likely:
        name = path[path.rfind("/") + 1 :]
        ranks = names.get(name)
        if ranks is None and name.endswith(_SCRIPTS):
            ranks = stems.get(name[: name.rfind(".")])
        if ranks is not None:
            matches.update((rank, path) for rank in ranks)
    for path in [path for path in paths if "/." in path or path[0] == "."]:
        for folder, folder_ranks in folders.items():
            if (at := f"/{path}".find(f"/{folder}")) >= 0:
                matches.update((rank, path[: at + len(folder) - 1]) for rank in folder_ranks)
    return sorted(matches)


@cache
def _patterns() -> Patterns:
    patterns = Patterns({}, {}, {}, tuple(name for entry in FLAVOURS for name in entry.config_files if ".md" in name))
    for flavour_rank, entry in enumerate(FLAVOURS):
        for file_rank, file in enumerate(entry.config_files):
            if file.endswith("/"):
                table, key = patterns.folders, file
            elif file.endswith(".*"):
                table, key = patterns.stems, file.removesuffix(".*")
            else:
                table, key = patterns.names, file
            table.setdefault(key, []).append((flavour_rank, file_rank))
    return patterns


def _add_content(by_root: dict[str, Flavour], paths: Collection[str]) -> None:
    """Add the folders that no configuration file covers and whose documents reveal their flavour."""
    for entry in FLAVOURS:
        for root in _topmost_folders(paths, entry.content_files) if entry.content_files else ():
            if not any(root == other or root.startswith(f"{other}/" if other else "") for other in by_root):
                by_root[root] = load(entry).detect_content(root)


def _add_unknown(by_root: dict[str, Flavour], probe: RepoProbe) -> None:
    """Add the folders that no configuration file covers and whose links show a site."""
    if "" in by_root:
        return
    known = tuple(f"{root}/" for root in by_root)
    documents = [
        path for path in probe.paths if path.endswith((".md", ".mdx")) and path[0] != "." and not path.startswith(known)
    ]
    if not documents:
        return
    from kwlint.flavours.unknown_site import site_folders

    for folder in site_folders(probe, documents):
        by_root.setdefault(folder, named("site", folder))


def _topmost_folders(paths: Iterable[str], names: tuple[str, ...]) -> list[str]:
    """Return the topmost folders, outside hidden ones, that hold a file with one of the names."""
    folders = {folder_of(path) for path in paths if path.endswith(names) and path.rpartition("/")[2] in names}
    topmost: list[str] = []
    for folder in sorted(folder for folder in folders if "/." not in f"/{folder}"):
        if not topmost or not (topmost[-1] == "" or folder.startswith(f"{topmost[-1]}/")):
            topmost.append(folder)
    return topmost


def _add_settings(by_root: dict[str, Flavour], settings: Iterable[tuple[str, str]]) -> None:
    """Set what the user sets. A detected flavour of the same name is kept, with what its configuration says."""
    for folder, name in settings:
        from kwlint.config import flavour_folder

        root = flavour_folder(folder)
        if root not in by_root or by_root[root].name != name:
            by_root[root] = named(name, root)
