"""Match a section of an earlier version of a document with its renamed successor.

A match is returned only if one section is possible, because a safe fix is made from it. The evidence is the text below
the heading, its position among the other headings, and its name. The thresholds were tuned on renamed headings in the
histories of documentation repositories (`benchmarks/history.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache

from kwlint.links.names import CLOSE, CONTRARY, SAME, differing_words, name_change
from kwlint.model.document import Document

# Thresholds of similarity, from 0 to 1.
NEARLY_SAME = 0.8  # of two bodies at any position, or of two names
SIMILAR = 0.6  # of two bodies at the same position
SIMILAR_IF_SAME_NAME = 0.15  # of two bodies at the same position, below equal names
SAME_TEXT = 0.95  # of two long bodies below names with different words
LEAD = 0.1  # by which the best body must beat the second best

FEW_WORDS = 20  # bodies with fewer words may be similar by chance
# The fewest words of a body that prove that a section is the same one, by how its name changed.
FEWEST_OF_SAME_NAME = 2
FEWEST_OF_CLOSE_NAME = 10  # half as many if the body is the same
FEWEST_OF_OTHER_NAME = 15
MANY_WORDS = 80
MOST_NEW_HEADINGS = 50  # of a document, to compare
MOST_CHANGED_HEADINGS = 200  # between two unchanged ones, to pair
MOST_WORDS = 2000  # of a body, to compare
SAMPLE = 2000  # characters after an anchor, to compare

words = re.compile(r"[^\W_]+").findall


def matching_heading(before: Document, now: Document, index: int) -> int | None:
    """Return the index of the heading of `now` that heading `index` of `before` became: the one with the same body;
    otherwise the one at the same position, with a similar body or name; otherwise the one with nearly the same body."""
    match = _best_match(before, now, index)
    if match is None or is_archived(before.headings[index].text, now.headings[match].text):
        return None
    if _is_split(before, now, index, match) or _has_closer_name(before, now, index, match):
        return None
    return match if _is_proven(before, now, index, match) else None


def matching_heading_at(before: Document, now: Document, offset: int, name: str) -> int | None:
    """Return the heading of `now` that replaces the anchor `name` at `offset` of `before` (the start of its line): that
    of the heading directly above or below the anchor; otherwise the new one whose body is the text after the anchor."""
    start, end = 0, len(before.text)
    for index, heading in enumerate(before.headings):
        if heading.block_start <= offset:
            start = heading.end
        elif _is_blank(before.text[offset : heading.block_start]):
            return _same_or_matching(before, now, index)
        else:
            end = heading.block_start
            break
    above = next((i for i, heading in enumerate(before.headings) if heading.end == start), None)
    if above is not None and _is_blank(before.text[start:offset]):
        return _same_or_matching(before, now, above)
    match = _nearly_same(_normalized(before.text[offset:end]), "", now, _new_headings(before, now))
    if match is None:
        return None
    old_text, new_text = before.text[offset:end], _section_text(now, match)
    return match if is_proven(name_change(name, now.headings[match].text), old_text, new_text) else None


def is_same_text(before: Document, offset: int, now: Document, new_offset: int, change: str) -> bool:
    """Report whether the text of `before` from `offset` on is that of `now` from `new_offset` on; `change` is that of
    the anchor's name."""
    old, new = before.text[offset : offset + SAMPLE], now.text[new_offset : new_offset + SAMPLE]
    return similarity(_normalized(old), _normalized(new)) >= SIMILAR and is_proven(change, old, new)


# --- proof -----------------------------------------------------------------------------------------------------


def _is_proven(before: Document, now: Document, index: int, match: int) -> bool:
    """Report whether two sections are the same beyond doubt. The more their names differ, the more of their text has to
    be the same: a section about something else often takes the place and the form of the old one."""
    old_name, new_name = before.headings[index].text, now.headings[match].text
    old, new = _section_text(before, index), _section_text(now, match)
    if old_name == new_name:
        return _normalized(old) == _normalized(new) and len(old.split()) >= FEWEST_OF_SAME_NAME
    change = name_change(old_name, new_name)
    if change == SAME:
        return True
    if not old.strip() or not new.strip():
        old, new = _text_with_subsections(before, index), _text_with_subsections(now, match)
    shared = _lines_of_others(before, index) | _lines_of_others(now, match)
    removed, added, _ = differing_words(old_name, new_name)
    return is_proven(change, without_lines(old, shared), without_lines(new, shared), removed, added)


def is_proven(change: str, old: str, new: str, removed: Sequence[str] = (), added: Sequence[str] = ()) -> bool:
    """Report whether two texts are so much the same that what they are called does not matter. `change` is that of the
    name, `removed` and `added` are the words that it lost and got."""
    if change == CONTRARY:
        return False
    old_body, new_body = _normalized(old), _normalized(new)
    size, share = min(len(old_body.split()), len(new_body.split())), similarity(old_body, new_body)
    if change == SAME:
        return share >= SIMILAR
    if change == CLOSE:
        return share >= SIMILAR and size >= (FEWEST_OF_CLOSE_NAME if share < 1 else FEWEST_OF_CLOSE_NAME // 2)
    if share < 1 and has_followed_its_name(old_body, new_body, removed, added):
        return False
    return size >= FEWEST_OF_OTHER_NAME if old_body == new_body else share >= SAME_TEXT and size >= MANY_WORDS


def has_followed_its_name(old: str, new: str, removed: Sequence[str], added: Sequence[str]) -> bool:
    """Report whether a text lost the words that its name lost, or got those that its name got: then it is about
    something else."""
    before, after = set(words(old.casefold())), set(words(new.casefold()))
    lost, got = before - after, after - before
    return any(word in lost for word in removed) or any(word in got for word in added)


def without_lines(text: str, lines: Set[str]) -> str:
    """Return `text` without those of its lines that are in `lines`."""
    return "\n".join(line for line in text.splitlines() if line.strip() not in lines)


def _lines_of_others(document: Document, index: int) -> frozenset[str]:
    """Return the lines of all sections but one."""
    section = document.sections[index + 1]
    start = document.headings[index].block_start
    text = f"{document.text[:start]}\n{document.text[section.end :]}"
    return frozenset(stripped for line in text.splitlines() if (stripped := line.strip()))


def _section_text(document: Document, index: int) -> str:
    return document.text[document.headings[index].end : document.sections[index + 1].end]


def _is_blank(text: str) -> bool:
    """Report whether a text is empty apart from HTML tags and the markup of headings."""
    return not re.sub(r"<[^<>]*>|[#=\s-]", "", text)


def _same_or_matching(before: Document, now: Document, index: int) -> int | None:
    """Return the only heading of `now` with the text of heading `index` of `before`, otherwise the matching one."""
    same = [i for i, heading in enumerate(now.headings) if heading.text == before.headings[index].text]
    return same[0] if len(same) == 1 else None if same else matching_heading(before, now, index)


def _best_match(before: Document, now: Document, index: int) -> int | None:
    old, body, new_headings = before.headings[index], _body(before, index), _new_headings(before, now)
    namesakes = [i for i, heading in enumerate(now.headings) if heading.text == old.text]
    same = [i for i in (*new_headings, *namesakes) if body and _body(now, i) == body]
    if len(same) == 1 and not _is_ambiguous(before, now, index, body):
        return same[0]
    counterpart = _counterpart(before, now, index)
    if counterpart is not None and counterpart in new_headings and _is_same_section(before, now, index, counterpart):
        return counterpart
    return _nearly_same(body, old.text, now, new_headings)


def _new_headings(before: Document, now: Document) -> list[int]:
    """Return the headings of `now` whose text is not a heading of `before`."""
    old_texts = {heading.text for heading in before.headings}
    return [i for i, heading in enumerate(now.headings) if heading.text not in old_texts]


def _is_ambiguous(before: Document, now: Document, index: int, body: str) -> bool:
    """Report whether another section with the same body was renamed or removed, too, so that either may have become
    the present one."""
    kept = {heading.text for heading in now.headings} - {before.headings[index].text}
    others = (i for i, heading in enumerate(before.headings) if i != index and heading.text not in kept)
    return any(_body(before, i) == body for i in others)


def _counterpart(before: Document, now: Document, index: int) -> int | None:
    """Return the heading at the same position: if there are as many headings between two unchanged ones as before, the
    one with the same number."""
    old, new = [heading.text for heading in before.headings], [heading.text for heading in now.headings]
    least, start = min(len(old), len(new)), 0
    while start < least and old[start] == new[start]:
        start += 1
    end = 0
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old), len(new)) > MOST_CHANGED_HEADINGS:
        return None
    from difflib import SequenceMatcher

    for kind, old_first, old_end, new_first, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_recounterpart = kind == "replace" and old_first <= index - start < old_end
        if is_recounterpart and old_end - old_first == new_end - new_first:
            return new_first + index - old_first
    return None


def _is_same_section(before: Document, now: Document, index: int, counterpart: int) -> bool:
    """Report whether two sections at the same position are the same, by their body or their name."""
    old, new = before.headings[index], now.headings[counterpart]
    has_same_name = is_same_name(old.text, new.text)
    old_body, new_body = _body(before, index), _body(now, counterpart)
    if not old_body or not new_body:
        old_body, new_body = _body_with_subsections(before, index), _body_with_subsections(now, counterpart)
    if not old_body and not new_body:
        return has_same_name
    share = similarity(old_body, new_body)
    if has_same_name:
        return share >= SIMILAR_IF_SAME_NAME
    return share >= SIMILAR and old.level == new.level


def _nearly_same(body: str, name: str, now: Document, candidates: list[int]) -> int | None:
    """Return the new heading with nearly the same body, if no other is similar or if it also has the most similar
    name."""
    if body.count(" ") < FEW_WORDS:
        return None
    scored = sorted(((similarity(body, _body(now, i)), i) for i in candidates[:MOST_NEW_HEADINGS]), reverse=True)
    similar = [(score, i) for score, i in scored if score >= SIMILAR]
    if not similar or similar[0][0] < NEARLY_SAME:
        return None
    best = similar[0][1]
    if len(similar) == 1:
        return best
    names = {i: _name_similarity(name, now.headings[i].text) for _, i in similar}
    others = [score for i, score in names.items() if i != best]
    return best if similar[0][0] - similar[1][0] >= LEAD and names[best] > max(others) else None


def _has_closer_name(before: Document, now: Document, index: int, match: int) -> bool:
    """Report whether another new heading than the match has nearly the old name: of sections with similar bodies, the
    name decides."""
    old = before.headings[index].text
    if now.headings[match].text == old:
        return False
    scores = {i: _name_similarity(old, now.headings[i].text) for i in _new_headings(before, now)[:MOST_NEW_HEADINGS]}
    return any(i != match and score >= NEARLY_SAME and score > scores.get(match, 0.0) for i, score in scores.items())


def _is_split(before: Document, now: Document, index: int, match: int) -> bool:
    """Report whether the old section was split, so that either part may be its successor: a new heading was added above
    the match, and it has no text of its own, or the level of the old one."""
    old_texts = {heading.text for heading in before.headings}
    old, new = before.headings[index], now.headings[match]
    above = next((i for i in range(match - 1, -1, -1) if now.headings[i].level < new.level), None)
    if above is None or now.headings[above].text in old_texts:
        return False
    if above == match - 1 and not _body(now, above):
        return True
    if new.level <= old.level:
        return False
    return not is_same_name(old.text, new.text) or _is_similar_name(old.text, now.headings[above].text)


def _is_similar_name(old: str, above: str) -> bool:
    """Report whether the old name is one word that the heading above has too, so that the name decides nothing."""
    old_words = words(old.casefold())
    return len(old_words) == 1 and any(word[:5] == old_words[0][:5] for word in words(above.casefold()))


# --- names -----------------------------------------------------------------------------------------------------


_ARCHIVE_WORDS = {
    "archive", "archived", "archives", "attic", "backup", "bak", "deprecated", "graveyard", "legacy", "obsolete", "old",
    "outdated", "removed", "retired", "superseded", "unused",
}  # fmt: skip


def is_archived(old: str, new: str) -> bool:
    """Report whether the new name of a file or heading says that it is no longer in use, as in `old/setup.md`. Authors
    then link to its replacement as often. Site generators also skip files whose name starts with `_`."""
    if new.rpartition("/")[2].startswith("_") and not old.rpartition("/")[2].startswith("_"):
        return True
    return not _ARCHIVE_WORDS.isdisjoint({*words(new.casefold())} - {*words(old.casefold())})


def is_same_name(one: str, other: str) -> bool:
    """Report whether two names are the same apart from inflection, typing errors, and added or removed words (fewer
    than are shared). Numbers must be equal: `Version 2` is not `Version 1`."""
    first, second = sorted((words(one.casefold()), words(other.casefold())), key=len)
    if "".join(first) == "".join(second):
        return bool(first)
    if not first or len(second) > 2 * len(first) or numbers(first) != numbers(second):
        return False
    left = list(second)
    for word in first:
        match = next((w for w in left if w == word), None) or next((w for w in left if _is_word_form(word, w)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def numbers(name_words: list[str]) -> list[str]:
    """Return the words with a digit, sorted."""
    return sorted(word for word in name_words if any(c.isdigit() for c in word))


def _is_word_form(one: str, other: str) -> bool:
    """Report whether two words are forms of one word: one contains the other, or they start with the same letter and
    are nearly the same."""
    if min(len(one), len(other)) < 4:
        return False
    if one in other or other in one:
        return True
    return one[0] == other[0] and _name_similarity(one, other) >= NEARLY_SAME


def _name_similarity(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def similarity(one: str, other: str) -> float:
    """Return the share of words that two bodies have in common, from 0 to 1."""
    if one == other:
        return 1.0
    first, second = _word_counts(one), _word_counts(other)
    return (first & second).total() / max(first.total(), second.total(), 1)


@lru_cache(4 * MOST_NEW_HEADINGS)
def _word_counts(body: str) -> Counter[str]:
    return Counter(body.split()[:MOST_WORDS])


def _body(document: Document, index: int) -> str:
    """Return the text of a section below its heading, with white space normalized."""
    return _normalized(_section_text(document, index))


def _body_with_subsections(document: Document, index: int) -> str:
    """Return the text of a section and its subsections, with white space normalized."""
    return _normalized(_text_with_subsections(document, index))


def _text_with_subsections(document: Document, index: int) -> str:
    level, end = document.headings[index].level, len(document.text)
    for heading in document.headings[index + 1 :]:
        if heading.level <= level:
            end = heading.block_start
            break
    return document.text[document.headings[index].end : end]


def _normalized(text: str) -> str:
    return " ".join(text.lstrip("# \t").split())
