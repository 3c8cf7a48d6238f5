"""Repair broken links from git's history: where the target's file went, and what its heading is called now.

A repair from history is safe: it is made only if one target is possible, and only if the link is right with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from kwlint.flavours import Flavours
from kwlint.flavours.anchors import line_of, non_heading_anchors
from kwlint.flavours.base import Flavour, LinkRequest
from kwlint.flavours.paths import folder_of
from kwlint.links.file_match import RenamedTexts, is_same_file
from kwlint.links.names import name_change
from kwlint.links.resolve import LinkResult, resolve_link, rewritten_target, shown_document
from kwlint.links.section_match import is_archived, is_same_text, matching_heading, matching_heading_at
from kwlint.links.target import split_target, with_fragment
from kwlint.links.tree import LinkTree
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import LinkFact
from kwlint.repo.path_index import COMMON_STEMS, loose_stem

# The failures that a rename can cause.
REPAIRABLE = frozenset(("missing-file", "missing-image", "misdirected", "missing-anchor", "outside-repository"))


MOST_OF_FOLDER = 10  # files of a renamed folder that are compared


class History:
    """What git's history says, as plain values.

    `renames` maps old paths to present ones, chains of renames followed to their end. `text` returns a source's present
    text, None if it does not exist. `earlier_texts` yields the earlier texts of the file that is now at a path, the
    newest first; it is lazy, because each one costs a read. `evidence` returns the texts around a rename from one path
    to another, None if they cannot be read.
    """

    def __init__(
        self,
        renames: Mapping[str, str],
        text: Callable[[str], str | None],
        earlier_texts: Callable[[str], Iterable[str]],
        evidence: Callable[[str, str], RenamedTexts | None],
    ) -> None:
        self.renames = renames
        self.text = text
        self.earlier_texts = earlier_texts
        self._evidence = evidence
        self._certain: dict[str, bool] = {}

    def is_certain(self, old: str) -> bool:
        """Report whether the file that was at `old` is beyond doubt the one that is at its new path now."""
        if old not in self._certain:
            new = self.renames[old]
            evidence = self._evidence(old, new)
            self._certain[old] = evidence is not None and is_same_file(old, new, evidence)
        return self._certain[old]

    def is_certain_folder(self, folder: str) -> bool:
        """Report whether the files that were in a folder are beyond doubt where they were renamed to."""
        moved = sorted(path for path in self.renames if path.startswith(f"{folder}/"))
        return all(map(self.is_certain, moved[:MOST_OF_FOLDER]))

    @cached_property
    def origins(self) -> dict[str, str]:
        """The old path of each renamed file, by its present one; without files that several were renamed to."""
        old_paths: dict[str, list[str]] = {}
        for old, new in self.renames.items():
            old_paths.setdefault(new, []).append(old)
        return {new: paths[0] for new, paths in old_paths.items() if len(paths) == 1}

    def is_in_cycle(self, path: str) -> bool:
        """Report whether files exchanged their names, the one at `path` among them."""
        current = self.renames.get(path, "")
        for _ in range(len(self.renames)):
            if current in ("", path):
                break
            current = self.renames.get(current, "")
        return current == path

    @cached_property
    def folder_renames(self) -> dict[str, str]:
        """The present path of each folder whose renamed files all went to one folder; empty if they did not."""
        renames: dict[str, str] = {}
        for old, new in self.renames.items():
            folder, rest = old, ""
            while "/" in folder:
                folder, _, name = folder.rpartition("/")
                rest = f"/{name}{rest}"
                new_folder = new[: -len(rest)] if new.endswith(rest) else ""
                renames[folder] = new_folder if renames.get(folder, new_folder) == new_folder else ""
        return renames


def repair_from_history(
    source: str, fact: LinkFact, result: LinkResult, flavours: Flavours, tree: LinkTree, history: History
) -> LinkResult:
    """Return `result` with a safe replacement if the history shows what a broken link should be; otherwise as it is."""
    if result.safe or result.failure not in REPAIRABLE:
        return result
    target: str | None = fact.target
    has_stayed = result.failure == "missing-anchor" and not history.is_in_cycle(result.path)
    if not has_stayed:
        target = _renamed_target(source, fact, flavours, tree, history)
    if target is None:
        return result
    changed = fact._replace(target=target, url=target)
    after = resolve_link(source, changed, flavours, tree) if target != fact.target else result
    if after.failure == "missing-anchor":
        target = _with_renamed_heading(after, changed, flavours, tree, history)
        if target is None:
            return result
        after = resolve_link(source, fact._replace(target=target, url=target), flavours, tree)
    if after.status != "right" or target == fact.target:
        return result
    rename = "source-moved"
    if has_stayed:
        rename = "heading-renamed"
    elif after.path in history.origins:
        rename = "file-renamed"
    return result._replace(suggestion=target, replacement=target, safe=True, rename=rename)


# --- files --------------------------------------------------------------------------------------------------------


def _renamed_target(source: str, fact: LinkFact, flavours: Flavours, tree: LinkTree, history: History) -> str | None:
    """Return the target rewritten for the present path of its file, after a rename of the file, the source or both."""
    flavour, parts = flavours.of(source), split_target(fact.url)
    directive = fact.element if fact.kind == "directive" else ""
    request = LinkRequest(source, parts.path, fact.kind == "html", fact.image, directive)
    origin = history.origins.get(source)
    if origin is not None and not history.is_certain(origin):
        origin = None
    move = NOT_FOUND
    if origin is not None:
        old_paths = flavours.of(origin).resolve(request._replace(source=origin)).paths
        move = _find_move(old_paths, tree, history, or_stayed=True)
    if not move.new:
        move = _find_move(flavour.resolve(request).paths, tree, history, or_stayed=False)
    if not move.new or is_archived(move.old, move.new) or _has_closer_namesake(move, tree):
        return None
    if _left_site(source, origin or source, move, flavours):
        return None
    return rewritten_target(request, fact, move.new, flavour, tree)


class Move(NamedTuple):
    """The old and the present path of a file or folder; equal if it did not move."""

    old: str
    new: str


NOT_FOUND = Move("", "")


def _find_move(paths: Iterable[str], tree: LinkTree, history: History, *, or_stayed: bool) -> Move:
    """Return where the first of `paths` is now that can be found; `or_stayed`: files that did not move count, too."""
    for path in paths:
        new = history.renames.get(path, "")
        is_replaced = tree.exists(path) and not history.is_in_cycle(path)
        if new and not is_replaced and tree.exists(new) and history.is_certain(path):
            return Move(path, new)
        if or_stayed and (is_replaced or (not new and tree.is_folder(path))):
            return Move(path, path)
        folder = history.folder_renames.get(path)
        if folder and tree.is_folder(folder) and history.is_certain_folder(path):
            return Move(path, folder)
    return NOT_FOUND


def _has_closer_namesake(move: Move, tree: LinkTree) -> bool:
    """Report whether a file with the new name is closer to the old path: of files with equal content in several folders
    (versions, translations), git pairs old and new ones arbitrarily."""
    folder, _, name = move.new.rpartition("/")
    if move.new == move.old or loose_stem(name) in COMMON_STEMS:
        return False
    shared = _shared_folders(move.old, folder)
    namesakes = (path for path in tree.similar(move.new) if path != move.new and path.rpartition("/")[2] == name)
    return any(_shared_folders(move.old, folder_of(path)) > shared for path in namesakes)


def _shared_folders(path: str, folder: str) -> int:
    """Return how many folders, from the root, the path has in common with `folder`."""
    own, other = path.split("/")[:-1], folder.split("/")
    pairs = enumerate(zip(own, other, strict=False))
    return next((number for number, (one, two) in pairs if one != two), min(len(own), len(other)))


def _left_site(source: str, origin: str, move: Move, flavours: Flavours) -> bool:
    """Report whether a file of the source's site belongs to another site now: only the generator knows which URLs lead
    from one site to the other."""
    site = _site(source, flavours)
    if site == _site(move.new, flavours) or flavours.of(source) is flavours.default:
        return False
    return _site(origin, flavours) == _site(move.old, flavours)


def _site(path: str, flavours: Flavours) -> tuple[str, str]:
    flavour = flavours.of(path)
    return flavour.name, flavour.root


# --- headings -----------------------------------------------------------------------------------------------------

NEVER_EXISTED = ""


def _with_renamed_heading(
    result: LinkResult, fact: LinkFact, flavours: Flavours, tree: LinkTree, history: History
) -> str | None:
    """Return the target with the present fragment of its heading; None if it cannot be determined."""
    path = shown_document(result.path, flavours.of(result.path), tree)
    text = history.text(path)
    if text is None or not result.fragment:
        return None
    flavour = flavours.of(path)
    now = _parsed(text, flavour.dialect)
    for earlier in history.earlier_texts(path):
        if not _may_have_anchor(earlier, result.fragment):
            continue
        before = _parsed(earlier, flavour.dialect)
        fragment = _present_fragment(result.fragment, before, now, flavour)
        if fragment != NEVER_EXISTED:
            return with_fragment(fact, fragment) if fragment else None
    return None


@lru_cache(64)
def _parsed(text: str, dialect: Dialect) -> Document:
    from kwlint.markdown import parse

    return parse(text, dialect)


_LONG_WORDS = re.compile(r"[a-z]{3,}").findall
_NON_LETTERS = re.compile(r"[^a-z]+").sub


def _may_have_anchor(text: str, fragment: str) -> bool:
    """Report, without parsing, whether a document may have an anchor `fragment`: the words of a heading are in its
    text, except for markup and spaces between their letters. This rules out most fragments that never existed."""
    words = _LONG_WORDS(fragment.lower())
    letters = _NON_LETTERS("", text.lower()) if words else ""
    return all(word in letters for word in words)


def _present_fragment(fragment: str, before: Document, now: Document, flavour: Flavour) -> str | None:
    """Return the fragment that leads now where `fragment` led in `before`; None if that is uncertain, NEVER_EXISTED if
    it led nowhere."""
    old_headings = {name: index for index, name in enumerate(_heading_fragments(before, flavour))}
    old_lines, new_lines = _other_anchor_lines(before), _other_anchor_lines(now)
    if fragment in old_headings:
        index = matching_heading(before, now, old_headings[fragment])
    elif fragment not in old_lines:
        return NEVER_EXISTED
    else:
        return _present_other_anchor(fragment, old_lines, new_lines, before, now, flavour)
    return None if index is None else _heading_fragments(now, flavour)[index]


def _present_other_anchor(
    fragment: str, old_lines: dict[str, int], new_lines: dict[str, int], before: Document, now: Document,
    flavour: Flavour,
) -> str | None:  # fmt: skip
    """Return what replaces an anchor that is not a heading's: the new one next to the same heading, otherwise that
    heading; or the only new one, if only this one disappeared and the text is the same."""
    offset = before.line_starts[old_lines[fragment] - 1]
    added, removed = new_lines.keys() - old_lines.keys(), old_lines.keys() - new_lines.keys()
    index = matching_heading_at(before, now, offset, fragment)
    if index is not None:
        line = line_of(now, now.headings[index].block_start)
        adjacent = [name for name in added if line - 2 <= new_lines[name] <= line]
        if adjacent:
            return adjacent[0] if len(adjacent) == 1 else None
        return _heading_fragments(now, flavour)[index]
    if len(added) == len(removed) == 1:
        (name,) = added
        new_offset = now.line_starts[new_lines[name] - 1]
        return name if is_same_text(before, offset, now, new_offset, name_change(fragment, name)) else None
    return None


def _other_anchor_lines(document: Document) -> dict[str, int]:
    """Return the line of each anchor that is neither a heading's nor a footnote's."""
    return {anchor.name: anchor.line for anchor in reversed(non_heading_anchors(document)) if anchor.kind != "footnote"}


def _heading_fragments(document: Document, flavour: Flavour) -> list[str]:
    """Return the first fragment of each heading, in order."""
    by_line: dict[int, str] = {}
    for anchor in flavour.heading_anchors(document):
        by_line.setdefault(anchor.line, anchor.name)
    return list(by_line.values())
