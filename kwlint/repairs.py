"""What git remembers of a broken link's target: where the file went, what the heading is called now.

A repair from history is safe: it is given only when one thing can be meant, and only when the link is right with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from kwlint.flavours import Flavours
from kwlint.flavours.base import Asked, Flavour
from kwlint.judge import Tree, Verdict, judge, respelled, split, with_fragment
from kwlint.model import Document, LinkFact


class Past:
    """What git knows, as plain values.

    `moved`: path then -> path now, each followed to the end already. `text`: a source's text now, None where there is
    none. `versions`: the earlier texts of the file that is at a path now, the newest first; no more are asked for
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
    target = fact.target if verdict.code == "KW102" else _followed(source, fact, flavours, tree, past)
    if target is None:
        return verdict
    changed = fact._replace(target=target, url=target)
    after = judge(source, changed, flavours, tree) if target != fact.target else verdict
    if after.code == "KW102":
        target = _renamed_heading(after, changed, flavours, past)
        if target is None:
            return verdict
        after = judge(source, fact._replace(target=target, url=target), flavours, tree)
    if after.kind != "right" or target == fact.target:
        return verdict
    reason = "the heading was renamed" if verdict.code == "KW102" else "the file was renamed"
    if verdict.code != "KW102" and not _was_renamed(after.path, past):
        reason = "this file was moved"
    return verdict._replace(hint=f'{reason}: write "{target}"', replacement=target, safe=True)


def _was_renamed(path: str, past: Past) -> bool:
    return path in past.origins


# --- files --------------------------------------------------------------------------------------------------------


def _followed(source: str, fact: LinkFact, flavours: Flavours, tree: Tree, past: Past) -> str | None:
    """The target rewritten for where its file is now: it was renamed, or the source was, or both."""
    flavour, parts = flavours.of(source), split(fact.url)
    raw, directive = fact.kind == "html", fact.element if fact.kind == "directive" else ""
    asked = Asked(source, parts.path, raw, fact.image, directive)
    origin = past.origins.get(source)
    place = ""
    if origin is not None:
        place = _place_now(flavours.of(origin).read(asked._replace(source=origin)).places, tree, past)
    place = place or _place_now(flavour.read(asked).places, tree, past, stayed=False)
    return respelled(asked, fact, parts, place, flavour, tree) if place else None


def _place_now(places: Iterable[str], tree: Tree, past: Past, stayed: bool = True) -> str:
    """Where the first of `places` is that can be found; `stayed`: one that did not move counts."""
    for place in places:
        now = past.moved.get(place, "")
        if now and tree.exists(now):
            return "" if _is_put_away(place, now) else now
        if stayed and not now and (tree.exists(place) or tree.is_folder(place)):
            return place
        folder = past.folders.get(place)
        if folder and tree.is_folder(folder):
            return folder
    return ""


def _is_put_away(place: str, now: str) -> bool:
    """Whether a rename took a file out of what is published: site generators pass over names that begin with `_`."""
    return now.rpartition("/")[2].startswith("_") and not place.rpartition("/")[2].startswith("_")


# --- headings -----------------------------------------------------------------------------------------------------

LIKE, NEARLY_SAME = 0.6, 0.8  # likeness of two bodies
FEW_WORDS = 20  # below which two bodies are alike by chance
FRESH = 50  # new headings of a document that are compared


def _renamed_heading(verdict: Verdict, fact: LinkFact, flavours: Flavours, past: Past) -> str | None:
    """The target with the fragment that its heading has now."""
    from kwlint.markdown import parse

    text = past.text(verdict.path)
    if text is None or not verdict.fragment:
        return None
    flavour = flavours.of(verdict.path)
    now = parse(text, flavour.dialect)
    for earlier in past.versions(verdict.path):
        before = parse(earlier, flavour.dialect)
        known = {name: at for at, name in enumerate(_names(before, flavour))}
        if verdict.fragment in known:
            at = same_section(before, now, known[verdict.fragment])
            if at is None or _is_split(before, now, at) or _has_namesake(before, now, known[verdict.fragment], at):
                return None
            return with_fragment(fact, _names(now, flavour)[at])
    return None


def _has_namesake(before: Document, now: Document, was: int, at: int) -> bool:
    """Whether a new heading is called nearly what the old one was, and another than the one with its body is: of
    sections that say nearly the same, the name tells which is meant."""
    from difflib import SequenceMatcher

    old = before.headings[was].text
    known = {heading.text for heading in before.headings}
    fresh = [i for i, heading in enumerate(now.headings) if heading.text not in known][:FRESH]
    likeness = {i: SequenceMatcher(None, old, now.headings[i].text, autojunk=False).ratio() for i in fresh}
    return any(i != at and like >= NEARLY_SAME and like > likeness.get(at, 0.0) for i, like in likeness.items())


def _is_split(before: Document, now: Document, at: int) -> bool:
    """Whether a new heading without text of its own was put above the one that has the body now: either may be what
    the old one became."""
    above = now.headings[at - 1] if at else None
    if above is None or above.level >= now.headings[at].level or _body(now, at - 1):
        return False
    return above.text not in {heading.text for heading in before.headings}


def _names(document: Document, flavour: Flavour) -> list[str]:
    """The first fragment of each heading, in order."""
    by_line: dict[int, str] = {}
    for anchor in flavour.headings(document):
        by_line.setdefault(anchor.line, anchor.name)
    return list(by_line.values())


def same_section(before: Document, now: Document, at: int) -> int | None:
    """The heading of `now` that heading `at` of `before` became: the one with the same body, if there is one such;
    otherwise the one in the same place (between the same neighbours, or at the same number of as many headings) with
    a like body; otherwise the only one with nearly the same body."""
    old = before.headings[at]
    body = _body(before, at)
    new_names = {heading.text for heading in before.headings}
    fresh = [i for i, heading in enumerate(now.headings) if heading.text not in new_names]
    same = [i for i in fresh if body and _body(now, i) == body]
    if len(same) == 1:
        return same[0]
    left = before.headings[at - 1].text if at else None
    right = before.headings[at + 1].text if at + 1 < len(before.headings) else None
    placed = [i for i in fresh if now.headings[i].level == old.level and _stands_between(now, i, left, right)]
    if not placed and at in fresh and [h.level for h in before.headings] == [h.level for h in now.headings]:
        placed = [at]
    if len(placed) == 1 and _likeness(body, _body(now, placed[0])) >= LIKE:
        return placed[0]
    if body.count(" ") < FEW_WORDS:
        return None
    near = [i for i in fresh[:FRESH] if _likeness(body, _body(now, i)) >= LIKE]
    return near[0] if len(near) == 1 and _likeness(body, _body(now, near[0])) >= NEARLY_SAME else None


def _stands_between(document: Document, at: int, left: str | None, right: str | None) -> bool:
    headings = document.headings
    before = headings[at - 1].text if at else None
    after = headings[at + 1].text if at + 1 < len(headings) else None
    return before == left and after == right


def _body(document: Document, at: int) -> str:
    """The text of a section below its heading, white space made one."""
    section = document.sections[at + 1]
    text = document.text[document.headings[at].end : section.end]
    return " ".join(text.lstrip("# \t").split())


def _likeness(one: str, other: str) -> float:
    """The share of their words that two bodies have in common, 0 to 1."""
    if one == other:
        return 1.0
    from collections import Counter

    first, second = Counter(one.split()[:2000]), Counter(other.split()[:2000])
    shared = (first & second).total()
    return shared / max(first.total(), second.total(), 1)
