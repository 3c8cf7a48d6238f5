"""The first words of a document on itself: what it is for, and what its opening says.

A sentence in which a document speaks of itself ("This guide shows how to …", "In this chapter, we'll cover: …") tells
better what it is for than the one that it happens to begin with; the opening is searched for one.
"""

# ruff: noqa: E501 - a pattern is read best as it is searched for

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.intro_sentences import goes_on, greets, is_hook, speaks_of_itself
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import FORMS
from kwlint.text.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.model.document import Block, Document

LEAD_SENTENCES = 3
LEAD_CHARACTERS = 500
OPENING = 6  # paragraphs that are searched for what the document says of itself
MAX_BLOCKS = 60
QUESTIONS = 3
ENTRIES = 3
_NAME = re.compile(r"[a-z$_@<.-][\w$.:<>-]*(?:\(.*\))?(?: \S*)?\Z|\w[\w.:]*\(.*\)\Z")  # a heading that is an identifier
DEEP = 2  # level of headings below which a section is a part of a part
ITEMS = 8  # of a list that a sentence announces
ITEM = 120  # characters of one

# Sections whose first sentence does not say what the document is about.
_ASIDES = frozenset(
    (
        "prerequisites",
        "requirements",
        "note",
        "notes",
        "important",
        "warning",
        "installation",
        "license",
        "licence",
        "contents",
        "changelog",
        "credits",
        "acknowledgements",
        "badges",
        "sponsors",
        "table of contents",
        "before you begin",
        "before you start",
        "in this article",
        "see also",
    )
)
# Words that join a sentence to one before it: what begins so does not say what the document is about.
_POINTS_BACK = re.compile(r"(?:That|Those)\b(?! said)")
_ENDS = re.compile(r"[.!?…:。！？：][\"'”’»)*]*\Z")
_ALERT = re.compile(r"(?:caution|note|warning|important|tip|danger|attention|deprecated)\s*[:!]", re.IGNORECASE)
_ANNOUNCES = re.compile(r"(?:like|such as|for example|following|as follows|below|e\.g\.|these|are)\s*[:：]\Z")


class Lead(NamedTuple):
    """The first sentences, what the document is for in front, and the section of that."""

    text: str
    section: int


def lead(document: Document, title: str) -> Lead:
    """The first sentences of the first prose, led by the one in which the document speaks of itself."""
    opening, later = _opening(document)
    if not opening or _defines_its_section(document, opening[0], title):
        return Lead("", 0)
    said = [(sentence, block) for block in opening for sentence in _sentences(document, block)]
    said = [entry for entry in said if not greets(entry[0])]
    further = [(sentence, block) for block in later for sentence in _sentences(document, block)]
    own = next((index for index, (sentence, _) in enumerate(said) if speaks_of_itself(sentence)), -1)
    first = [said.pop(own)] if own >= 0 else [entry for entry in further if speaks_of_itself(entry[0])][:1]
    said = first + _to_the_point(said) or _to_the_point(further) or said
    return Lead(_cut([sentence for sentence, _ in said]), said[0][1].section) if said else Lead("", 0)


def _to_the_point(said: Sequence[tuple[str, Block]]) -> list[tuple[str, Block]]:
    """The sentences without a hook at their beginning: what another chapter said, a question, an anecdote, and what
    goes on with one of these."""
    kept = list(said)
    hooked = False
    while kept and (is_hook(kept[0][0]) or (hooked and goes_on(kept[0][0]))):
        hooked = True
        kept.pop(0)
    return kept


# --- which paragraphs ---------------------------------------------------------------------------------------------


def _opening(document: Document) -> tuple[list[Block], list[Block]]:
    """The first paragraph that is prose, with those that follow it before something else does: a list, code, a
    heading that is no mere form. Then those that follow later, before that heading."""
    first = _first(document)
    if first is None:
        return [], []
    blocks = list(islice(_outside_boxes(document.blocks), MAX_BLOCKS))
    start = next((index for index, block in enumerate(blocks) if block is first), MAX_BLOCKS)
    opening: list[Block] = [first]
    later: list[Block] = []
    found = opening
    for block in blocks[start + 1 :]:
        if block.kind == "heading" and block.text.casefold() not in FORMS:
            break
        if block.kind != "paragraph" or block.container:
            found = found if block.kind == "heading" or block.container in ("quote", "admonition") else later
        elif len(found) < OPENING and _goes_on(block):
            found = later if _code_between(document, (opening + later)[-1], block) else found
            found.append(block)
    return opening, later


def _goes_on(block: Block) -> bool:
    """Whether a paragraph goes on with what an opening says, in sentences."""
    return (
        _ENDS.search(block.text.rstrip()) is not None
        and _is_prose(block, opening=False)
        and not _ALERT.match(block.text)
    )


def _outside_boxes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that no `:::` encloses (notes of VitePress, Docusaurus, MyST)."""
    inside = False
    for block in blocks:
        text = block.text.strip()
        if block.kind == "paragraph" and ":::" in text:
            opens = text.startswith(":::") and text.strip(":") != ""
            inside = (inside or opens) and not text.endswith(":::")
        elif not inside:
            yield block


def _first(document: Document) -> Block | None:
    first = None
    seen = False
    for block in _outside_boxes(document.blocks):
        if block.kind == "heading" and first is not None and block.level < 3:
            break
        opening = first is None and not seen
        seen = seen or block.kind == "paragraph"
        if block.kind == "paragraph" and not block.container and _is_prose(block, opening=opening):
            aside = _heading_of(document, block).casefold().strip(" :") in _ASIDES
            if not aside and not _ALERT.match(block.text):
                return None if first is None and _stands_deep(document, block) else block
            first = first or block
    return first


def _stands_deep(document: Document, block: Block) -> bool:
    """Whether a paragraph belongs to a part of a part that is not the first: it is about that part alone."""
    index = document.sections[block.section].heading
    before = document.headings[:index]
    return index > 0 and document.headings[index].level > DEEP and sum(other.level > 1 for other in before) >= DEEP


def _code_between(document: Document, before: Block, after: Block) -> bool:
    index = bisect_right(document.fences, before.end, key=lambda fence: fence.start)
    fences = document.fences[index : index + 1]
    return bool(fences) and fences[0].start < after.start and fences[0].section == before.section


def _heading_of(document: Document, block: Block) -> str:
    heading = document.sections[block.section].heading
    return document.headings[heading].text if heading >= 0 else ""


def _is_prose(block: Block, *, opening: bool) -> bool:
    """Not a row of badges or links, nor a label above a list or a template tag, nor what only goes on with what was
    said before. `opening`: no paragraph stands before it, so that it may say what the document is about although
    something is to follow."""
    text = block.text.strip()
    words = count_words(text)
    if words < 4 or text.startswith(("{{", "{%", ":::", "!!!", "[!", "|")) or _POINTS_BACK.match(text):
        return False
    linked = sum(mark.end - mark.start for mark in block.marks if mark.kind in ("link", "image", "code"))
    label = (
        text.endswith((":", "：")) and len(text) < 80 and not (opening and words > 7 and not _ANNOUNCES.search(text))
    )
    return 2 * linked < len(block.text) and not (label and not speaks_of_itself(" ".join(text.split())))


def _defines_its_section(document: Document, block: Block, title: str) -> bool:
    """Whether a paragraph says what the heading above it means, one of several entries (of a glossary), or answers the
    question that it is, one of several: it is about that entry, not about the document."""
    heading = _heading_of(document, block).casefold()
    if not heading or heading in title.casefold() or title.casefold() in heading:
        return False
    if _names_an_entry(document, block):
        return True
    if heading.endswith("?"):
        return sum(other.text.endswith("?") for other in document.headings) >= QUESTIONS
    level = document.headings[document.sections[block.section].heading].level
    if sum(other.level == level for other in document.headings) < 4:
        return False
    text = " ".join(block.text.casefold().split())
    for article in ("the ", "an ", "a "):
        text = text.removeprefix(article)
    return text.startswith(f"{heading} ")


def _names_an_entry(document: Document, block: Block) -> bool:
    """Whether a paragraph is about the first of several entries that are names, as in a reference: `renderToString()`."""
    index = document.sections[block.section].heading
    if index < 0 or document.headings[index].level < DEEP:
        return False
    level = document.headings[index].level
    names = [_NAME.match(other.text) is not None for other in document.headings if other.level == level]
    return (
        len(names) >= ENTRIES and _NAME.match(document.headings[index].text) is not None and 2 * sum(names) > len(names)
    )


# --- which sentences ----------------------------------------------------------------------------------------------


def _sentences(document: Document, block: Block) -> Iterator[str]:
    """The sentences of a paragraph; one that announces a list ("In this guide, you will:") with the list's items."""
    for sentence in sentences(block.text[: 4 * LEAD_CHARACTERS]):
        if sentence.endswith((":", "：")) and speaks_of_itself(sentence) and (items := _items(document, block)):
            yield f"{sentence} {'; '.join(items)}."
        else:
            yield sentence


def _items(document: Document, block: Block) -> list[str]:
    """The first sentences of the items of the list right below a paragraph."""
    index = bisect_right(document.blocks, block.start, key=lambda other: other.start)
    found = []
    for item in document.blocks[index : index + ITEMS]:
        if item.container != "list" or item.section != block.section:
            break
        text = next(sentences(item.text), "").rstrip(".;:,")
        if not text or len(text) > ITEM:
            break
        found.append(text)
    return found


def _cut(said: Sequence[str]) -> str:
    chosen = ""
    for number, sentence in enumerate(said):
        if number and (number == LEAD_SENTENCES or len(chosen) + len(sentence) >= LEAD_CHARACTERS):
            break
        gap = " " if _ENDS.search(chosen) else "\n\n"  # a sentence without a stop would run into the next
        chosen = f"{chosen}{gap}{sentence}".lstrip()
    return chosen if len(chosen) <= LEAD_CHARACTERS else f"{chosen[: LEAD_CHARACTERS - 1].rpartition(' ')[0]}…"
