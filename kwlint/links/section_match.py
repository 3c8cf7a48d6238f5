"""Which section of a document an earlier section has become, when its heading has another name now.

An answer is given only where one can be meant: a repair is made from it without asking. What tells is the text below
the heading, the place among the other headings, and the name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from kwlint.model.document import Document

NEARLY_SAME = 0.8  # likeness of two bodies wherever they stand, or of two names
LIKE = 0.6  # likeness of two bodies in the same place
NAMED = 0.15  # likeness of two bodies in the same place, below names that say the same
AHEAD = 0.1  # by which the body that is meant is more like the old one than any other is
FEW_WORDS = 20  # below which two bodies are alike by chance
MOST_NEW_HEADINGS = 50  # new headings of a document that are compared
SAMPLE = 2000  # characters behind a named place that are compared
BLOCK = 200  # headings between two that stayed, above which they are not paired

words = re.compile(r"[^\W_]+").findall


def matching_heading(before: Document, now: Document, at: int) -> int | None:
    """The heading of `now` that heading `at` of `before` became: the one with the same body; otherwise the one in the
    same place, with a like body or nearly the same name; otherwise the one with nearly the same body."""
    found = _same_section(before, now, at)
    if found is None or is_archived(before.headings[at].text, now.headings[found].text):
        return None
    return None if _is_split(before, now, at, found) or _has_closer_name(before, now, at, found) else found


def matching_heading_at(before: Document, now: Document, offset: int) -> int | None:
    """The heading of `now` that leads where the named place at `offset` of `before` (the start of its line) led: that
    of the heading right above or below it, otherwise the new one with the text that followed it as its body."""
    start, end = 0, len(before.text)
    for at, heading in enumerate(before.headings):
        if heading.block_start <= offset:
            start = heading.end
        elif _is_blank(before.text[offset : heading.block_start]):
            return _same_or_matching(before, now, at)
        else:
            end = heading.block_start
            break
    above = next((i for i, heading in enumerate(before.headings) if heading.end == start), None)
    if above is not None and _is_blank(before.text[start:offset]):
        return _same_or_matching(before, now, above)
    return _nearly_same(_normalized(before.text[offset:end]), "", now, _new_headings(before, now))


def is_same_text(before: Document, offset: int, now: Document, place: int) -> bool:
    """Whether the text from `offset` of `before` on is much like that from `place` of `now` on."""
    one, other = before.text[offset : offset + SAMPLE], now.text[place : place + SAMPLE]
    return _likeness(_normalized(one), _normalized(other)) >= LIKE


def _is_blank(text: str) -> bool:
    """Whether a text is empty but for tags and the marks around a heading."""
    return not re.sub(r"<[^<>]*>|[#=\s-]", "", text)


def _same_or_matching(before: Document, now: Document, at: int) -> int | None:
    """The one heading of `now` with the name of heading `at` of `before`, otherwise what that became."""
    same = [i for i, heading in enumerate(now.headings) if heading.text == before.headings[at].text]
    return same[0] if len(same) == 1 else None if same else matching_heading(before, now, at)


def _same_section(before: Document, now: Document, at: int) -> int | None:
    old, body, fresh = before.headings[at], _body(before, at), _new_headings(before, now)
    namesakes = [i for i, heading in enumerate(now.headings) if heading.text == old.text]
    same = [i for i in (*fresh, *namesakes) if body and _body(now, i) == body]
    if len(same) == 1 and not _is_ambiguous(before, now, at, body):
        return same[0]
    placed = _counterpart(before, now, at)
    if placed is not None and placed in fresh and _is_same_place(before, now, at, placed):
        return placed
    return _nearly_same(body, old.text, now, fresh)


def _new_headings(before: Document, now: Document) -> list[int]:
    """The headings of `now` with a text that none of `before` had."""
    known = {heading.text for heading in before.headings}
    return [i for i, heading in enumerate(now.headings) if heading.text not in known]


def _is_ambiguous(before: Document, now: Document, at: int, body: str) -> bool:
    """Whether another section with this body lost its name, too: either may be what the one there is now was."""
    kept = {heading.text for heading in now.headings} - {before.headings[at].text}
    others = (i for i, heading in enumerate(before.headings) if i != at and heading.text not in kept)
    return any(_body(before, i) == body for i in others)


def _counterpart(before: Document, now: Document, at: int) -> int | None:
    """The heading in the same place: of the headings between two that stayed, as many now as then, the one with the
    same number."""
    old, new = [heading.text for heading in before.headings], [heading.text for heading in now.headings]
    least, start = min(len(old), len(new)), 0
    while start < least and old[start] == new[start]:
        start += 1
    end = 0
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old), len(new)) > BLOCK:
        return None
    from difflib import SequenceMatcher

    for kind, first, last, there, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and first <= at - start < last and last - first == until - there:
            return there + at - first
    return None


def _is_same_place(before: Document, now: Document, at: int, placed: int) -> bool:
    """Whether what stands in the same place says the same, by its text or by its name."""
    old, new = before.headings[at], now.headings[placed]
    named = is_same_name(old.text, new.text)
    one, other = _body(before, at), _body(now, placed)
    if not one or not other:
        one, other = _body_with_subsections(before, at), _body_with_subsections(now, placed)
    if not one and not other:
        return named
    like = _likeness(one, other)
    return like >= NAMED if named else like >= LIKE and old.level == new.level


def _nearly_same(body: str, name: str, now: Document, fresh: list[int]) -> int | None:
    """The new heading whose body is nearly `body`, if no other comes near, or if it has the likest name as well."""
    if body.count(" ") < FEW_WORDS:
        return None
    scored = sorted(((_likeness(body, _body(now, i)), i) for i in fresh[:MOST_NEW_HEADINGS]), reverse=True)
    near = [(like, i) for like, i in scored if like >= LIKE]
    if not near or near[0][0] < NEARLY_SAME:
        return None
    best = near[0][1]
    if len(near) == 1:
        return best
    names = {i: _name_likeness(name, now.headings[i].text) for _, i in near}
    others = [like for i, like in names.items() if i != best]
    return best if near[0][0] - near[1][0] >= AHEAD and names[best] > max(others) else None


def _has_closer_name(before: Document, now: Document, was: int, at: int) -> bool:
    """Whether a new heading is called nearly what the old one was, and another than the one with its body is: of
    sections that say nearly the same, the name tells which is meant."""
    old = before.headings[was].text
    if now.headings[at].text == old:
        return False
    likeness = {i: _name_likeness(old, now.headings[i].text) for i in _new_headings(before, now)[:MOST_NEW_HEADINGS]}
    return any(i != at and like >= NEARLY_SAME and like > likeness.get(at, 0.0) for i, like in likeness.items())


def _is_split(before: Document, now: Document, was: int, at: int) -> bool:
    """Whether a new heading was put above the one that has the body now, so that either may be what the old one
    became: it has no text of its own, or the old one was as high as it."""
    known = {heading.text for heading in before.headings}
    old, new = before.headings[was], now.headings[at]
    above = next((i for i in range(at - 1, -1, -1) if now.headings[i].level < new.level), None)
    if above is None or now.headings[above].text in known:
        return False
    if above == at - 1 and not _body(now, above):
        return True
    if new.level <= old.level:
        return False
    return not is_same_name(old.text, new.text) or _is_similar_name(old.text, now.headings[above].text)


def _is_similar_name(old: str, above: str) -> bool:
    """Whether a heading above is named like one of a single word, so that its name decides nothing."""
    said = words(old.casefold())
    return len(said) == 1 and any(word[:5] == said[0][:5] for word in words(above.casefold()))


# --- names -----------------------------------------------------------------------------------------------------


_AWAY = {
    "archive", "archived", "archives", "attic", "backup", "bak", "deprecated", "graveyard", "legacy", "obsolete", "old",
    "outdated", "removed", "retired", "superseded", "unused",
}  # fmt: skip


def is_archived(then: str, now: str) -> bool:
    """Whether a new name (of a heading, or a path) says that the thing is not the one to use any more: then a link is
    as often led to what took its place. Site generators also pass over files that begin with `_`."""
    if now.rpartition("/")[2].startswith("_") and not then.rpartition("/")[2].startswith("_"):
        return True
    return not _AWAY.isdisjoint({*words(now.casefold())} - {*words(then.casefold())})


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, but for words added or left out (fewer than stayed), inflection and slips.

    Numbers have to be the same: `Version 2` is another thing than `Version 1`.
    """
    first, second = sorted((words(one.casefold()), words(other.casefold())), key=len)
    if "".join(first) == "".join(second):
        return bool(first)
    if not first or len(second) > 2 * len(first) or numbers(first) != numbers(second):
        return False
    left = list(second)
    for word in first:
        match = next((w for w in left if w == word), None) or next((w for w in left if _is_form(word, w)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def numbers(said: list[str]) -> list[str]:
    """The words with a digit in them, sorted."""
    return sorted(word for word in said if any(c.isdigit() for c in word))


def _is_form(one: str, other: str) -> bool:
    """Whether two words are forms of one: one holds the other, or they begin alike and differ in a slip."""
    if min(len(one), len(other)) < 4:
        return False
    if one in other or other in one:
        return True
    return one[0] == other[0] and _name_likeness(one, other) >= NEARLY_SAME


def _name_likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _likeness(one: str, other: str) -> float:
    """The share of their words that two bodies have in common, 0 to 1."""
    if one == other:
        return 1.0
    first, second = _word_counts(one), _word_counts(other)
    return (first & second).total() / max(first.total(), second.total(), 1)


@lru_cache(4 * MOST_NEW_HEADINGS)
def _word_counts(body: str) -> Counter[str]:
    return Counter(body.split()[:2000])


def _body(document: Document, at: int) -> str:
    """The text of a section below its heading, white space made one."""
    section = document.sections[at + 1]
    return _normalized(document.text[document.headings[at].end : section.end])


def _body_with_subsections(document: Document, at: int) -> str:
    """The same with the sections below it."""
    level, end = document.headings[at].level, len(document.text)
    for heading in document.headings[at + 1 :]:
        if heading.level <= level:
            end = heading.block_start
            break
    return _normalized(document.text[document.headings[at].end : end])


def _normalized(text: str) -> str:
    return " ".join(text.lstrip("# \t").split())
