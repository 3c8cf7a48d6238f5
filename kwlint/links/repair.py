"""What git remembers of a broken link's target: where the file went, what the heading is called now.

A repair from history is safe: it is given only when one thing can be meant, and only when the link is right with it.
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
from kwlint.links.resolve import Tree, Verdict, judge, respelled, shown_for, split, with_fragment
from kwlint.links.section_match import is_put_away, is_same_text, same_section, section_at
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import LinkFact
from kwlint.repo.path_index import COMMON_STEMS, loose_stem


class Past:
    """What git knows, as plain values.

    `moved`: path then -> path now, each followed to the end already. `text`: a source's text now, None where there is
    none. `versions`: the earlier texts of the file that is at a path now, the newest first; no more are request for
    than it takes.
    """

    def __init__(
        self,
        moved: Mapping[str, str],
        text: Callable[[str], str | None],
        versions: Callable[[str], Iterable[str]],
    ) -> None:
        self.moved = moved
        self.text = text
        self.versions = versions

    @cached_property
    def origins(self) -> dict[str, str]:
        """Path now -> path then, where only one file came to be there."""
        came: dict[str, list[str]] = {}
        for then, now in self.moved.items():
            came.setdefault(now, []).append(then)
        return {now: then[0] for now, then in came.items() if len(then) == 1}

    def is_in_ring(self, path: str) -> bool:
        """Whether files changed names among each other, the one at `path` with them."""
        place = self.moved.get(path, "")
        for _ in range(len(self.moved)):
            if place in ("", path):
                break
            place = self.moved.get(place, "")
        return place == path

    @cached_property
    def folders(self) -> dict[str, str]:
        """Folder then -> folder now, where all files that moved out of it went to one place; empty where not."""
        went: dict[str, str] = {}
        for then, now in self.moved.items():
            folder, rest = then, ""
            while "/" in folder:
                folder, _, name = folder.rpartition("/")
                rest = f"/{name}{rest}"
                place = now[: -len(rest)] if now.endswith(rest) else ""
                went[folder] = place if went.get(folder, place) == place else ""
        return went


def repaired(source: str, fact: LinkFact, verdict: Verdict, flavours: Flavours, tree: Tree, past: Past) -> Verdict:
    """`verdict`, with a safe replacement if the history shows what a broken link means now; otherwise as it was."""
    if verdict.kind != "broken" or verdict.safe or verdict.code not in ("KW101", "KW102", "KW105"):
        return verdict
    target: str | None = fact.target
    stayed = verdict.code == "KW102" and not past.is_in_ring(verdict.path)
    if not stayed:
        target = _followed(source, fact, flavours, tree, past)
    if target is None:
        return verdict
    changed = fact._replace(target=target, url=target)
    after = judge(source, changed, flavours, tree) if target != fact.target else verdict
    if after.code == "KW102":
        target = _renamed_heading(after, changed, flavours, tree, past)
        if target is None:
            return verdict
        after = judge(source, fact._replace(target=target, url=target), flavours, tree)
    if after.kind != "right" or target == fact.target:
        return verdict
    reason = "this file was moved"
    if stayed:
        reason = "the heading was renamed"
    elif after.path in past.origins:
        reason = "the file was renamed"
    return verdict._replace(hint=f'{reason}: write "{target}"', replacement=target, safe=True)


# --- files --------------------------------------------------------------------------------------------------------


def _followed(source: str, fact: LinkFact, flavours: Flavours, tree: Tree, past: Past) -> str | None:
    """The target rewritten for where its file is now: it was renamed, or the source was, or both."""
    flavour, parts = flavours.of(source), split(fact.url)
    raw, directive = fact.kind == "html", fact.element if fact.kind == "directive" else ""
    request = LinkRequest(source, parts.path, raw, fact.image, directive)
    origin = past.origins.get(source)
    step = NOWHERE
    if origin is not None:
        step = _step(flavours.of(origin).resolve(request._replace(source=origin)).paths, tree, past)
    if not step.now:
        step = _step(flavour.resolve(request).paths, tree, past, stayed=False)
    if not step.now or is_put_away(step.then, step.now) or _is_of_a_twin(step, tree):
        return None
    if _left_site(source, origin or source, step, flavours):
        return None
    return respelled(request, fact, parts, step.now, flavour, tree)


class Step(NamedTuple):
    """Where a file or folder was, and where it is; the same for one that stayed."""

    then: str
    now: str


NOWHERE = Step("", "")


def _step(places: Iterable[str], tree: Tree, past: Past, stayed: bool = True) -> Step:
    """Where the first of `places` is that can be found; `stayed`: one that did not move counts."""
    for place in places:
        now = past.moved.get(place, "")
        replaced = tree.exists(place) and not past.is_in_ring(place)
        if now and not replaced and tree.exists(now):
            return Step(place, now)
        if stayed and (replaced or (not now and tree.is_folder(place))):
            return Step(place, place)
        folder = past.folders.get(place)
        if folder and tree.is_folder(folder):
            return Step(place, folder)
    return NOWHERE


def _is_of_a_twin(step: Step, tree: Tree) -> bool:
    """Whether a file of the new name lies nearer to where the old one was: of files with one content in several
    folders (versions, languages), git pairs old and new ones as they come."""
    folder, _, name = step.now.rpartition("/")
    if step.now == step.then or loose_stem(name) in COMMON_STEMS:
        return False
    shared = _shared(step.then, folder)
    twins = (path for path in tree.near(step.now) if path != step.now and path.rpartition("/")[2] == name)
    return any(_shared(step.then, folder_of(path)) > shared for path in twins)


def _shared(path: str, folder: str) -> int:
    """The number of folders, from the root on, that a path has in common with `folder`."""
    here, there = path.split("/")[:-1], folder.split("/")
    pairs = enumerate(zip(here, there, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(here), len(there)))


def _left_site(source: str, origin: str, step: Step, flavours: Flavours) -> bool:
    """Whether a file that was of one site with the link's source is of another now: what a path from the one reaches
    in the other, the generator alone knows."""
    site = _site(source, flavours)
    if site == _site(step.now, flavours) or flavours.of(source) is flavours.default:
        return False
    return _site(origin, flavours) == _site(step.then, flavours)


def _site(path: str, flavours: Flavours) -> tuple[str, str]:
    flavour = flavours.of(path)
    return flavour.name, flavour.root


# --- headings -----------------------------------------------------------------------------------------------------

NEVER = ""


def _renamed_heading(verdict: Verdict, fact: LinkFact, flavours: Flavours, tree: Tree, past: Past) -> str | None:
    """The target with the fragment that its heading has now."""
    path = shown_for(verdict.path, flavours.of(verdict.path), tree)
    text = past.text(path)
    if text is None or not verdict.fragment:
        return None
    flavour = flavours.of(path)
    now = _parsed(text, flavour.dialect)
    for earlier in past.versions(path):
        if not _may_hold(earlier, verdict.fragment):
            continue
        before = _parsed(earlier, flavour.dialect)
        name = _fragment_now(verdict.fragment, before, now, flavour)
        if name != NEVER:
            return with_fragment(fact, name) if name else None
    return None


@lru_cache(64)
def _parsed(text: str, dialect: Dialect) -> Document:
    from kwlint.markdown import parse

    return parse(text, dialect)


_LONG_WORDS = re.compile(r"[a-z]{3,}").findall
_BETWEEN = re.compile(r"[^a-z]+").sub


def _may_hold(text: str, fragment: str) -> bool:
    """Whether a document may offer `fragment`, seen without parsing it: the words of a heading stand in its text, but
    for marks and spaces between their letters. What was never there is most of what is request for."""
    words = _LONG_WORDS(fragment.lower())
    letters = _BETWEEN("", text.lower()) if words else ""
    return all(word in letters for word in words)


def _fragment_now(fragment: str, before: Document, now: Document, flavour: Flavour) -> str | None:
    """What leads now where `fragment` led in `before`: None where it cannot be told, NEVER where it led nowhere."""
    known = {name: at for at, name in enumerate(_names(before, flavour))}
    named, renamed = _places(before), _places(now)
    if fragment in known:
        at = same_section(before, now, known[fragment])
    elif fragment not in named:
        return NEVER
    else:
        return _place_now(fragment, named, renamed, before, now, flavour)
    return None if at is None else _names(now, flavour)[at]


def _place_now(
    fragment: str, named: dict[str, int], renamed: dict[str, int], before: Document, now: Document, flavour: Flavour
) -> str | None:
    """What leads now where the named place `fragment` stood: the new one beside the same heading, else the heading;
    the only new one where the only one went, if the text is the same."""
    offset = before.line_starts[named[fragment] - 1]
    fresh, gone = renamed.keys() - named.keys(), named.keys() - renamed.keys()
    at = section_at(before, now, offset)
    if at is not None:
        line = line_of(now, now.headings[at].block_start)
        beside = [name for name in fresh if line - 2 <= renamed[name] <= line]
        return _names(now, flavour)[at] if not beside else beside[0] if len(beside) == 1 else None
    if len(fresh) == len(gone) == 1:
        (name,) = fresh
        return name if is_same_text(before, offset, now, now.line_starts[renamed[name] - 1]) else None
    return None


def _places(document: Document) -> dict[str, int]:
    """The named places that are no headings, and the line of each."""
    return {anchor.name: anchor.line for anchor in reversed(non_heading_anchors(document)) if anchor.kind != "footnote"}


def _names(document: Document, flavour: Flavour) -> list[str]:
    """The first fragment of each heading, in order."""
    by_line: dict[int, str] = {}
    for anchor in flavour.heading_anchors(document):
        by_line.setdefault(anchor.line, anchor.name)
    return list(by_line.values())
