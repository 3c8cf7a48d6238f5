"""The summary of a document: what it is for, and its first sentences.

A sentence that describes its document ("This guide shows how to ...", "In this chapter, we'll cover: ...") says better
what the document is for than the sentence that comes first; the introduction is searched for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.intro_sentences import continues_hook, describes_document, is_greeting, is_hook
from kwlint.text.knowledge import pattern
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_preliminary, is_stock_heading
from kwlint.text.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.model.document import Block, Document

MAX_SENTENCES = 3
MAX_CHARACTERS = 500
INTRODUCTION = 6  # paragraphs that are searched for a description of the document
MAX_BLOCKS = 60
QUESTIONS = 3  # headings that are questions, in a list of questions and answers
ENTRIES = 3  # headings that are names, in a reference
DEEP = 2  # level of headings below which a section is a part of a part
MAX_ITEMS = 8  # of a list that a sentence introduces
MAX_ITEM = 120  # characters
_NAME = re.compile(r"[a-z$_@<.-][\w$.:<>-]*(?:\(.*\))?(?: \S*)?\Z|\w[\w.:]*\(.*\)\Z")  # a heading that is an identifier
_SENTENCE_END = re.compile(r"[.!?…:。！？：][\"'”’»)*]*\Z")


class Summary(NamedTuple):
    """The first sentences, with the one that describes the document in front, and the section of the first."""

    text: str
    section: int


_Sentences = list[tuple[str, "Block"]]


def summary(document: Document, title: str) -> Summary:
    """Return the first sentences of the first prose, led by the one that describes the document."""
    introduction, later = _introduction(document)
    if not introduction or _is_about_its_section(document, introduction[0], title):
        return Summary("", 0)
    sentences_first = [entry for entry in _sentences_of(document, introduction) if not is_greeting(entry[0])]
    sentences_later = _sentences_of(document, later)
    own = next((index for index, entry in enumerate(sentences_first) if describes_document(entry[0])), -1)
    if own >= 0:
        leading = [sentences_first.pop(own)]
    else:
        leading = [entry for entry in sentences_later if describes_document(entry[0])][:1]
    chosen = leading + _without_hooks(sentences_first) or _without_hooks(sentences_later) or sentences_first
    if not chosen:
        return Summary("", 0)
    return Summary(_joined([sentence for sentence, _ in chosen]), chosen[0][1].section)


def _sentences_of(document: Document, blocks: Iterable[Block]) -> _Sentences:
    return [(sentence, block) for block in blocks for sentence in _sentences(document, block)]


def _without_hooks(entries: _Sentences) -> _Sentences:
    """Return the sentences without hooks at the beginning (what another chapter said, a question, an anecdote) and
    what continues them."""
    kept = list(entries)
    hooked = False
    while kept and (is_hook(kept[0][0]) or (hooked and continues_hook(kept[0][0]))):
        hooked = True
        kept.pop(0)
    return kept


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _introduction(document: Document) -> tuple[list[Block], list[Block]]:
    """Return the first paragraph of prose with the paragraphs right below it, and then those further down, behind a
    list or code. Both end at the first heading that is not a stock heading."""
    first = _first_prose(document)
    if first is None:
        return [], []
    blocks = list(islice(_outside_boxes(document.blocks), MAX_BLOCKS))
    start = next((index for index, block in enumerate(blocks) if block is first), MAX_BLOCKS)
    introduction: list[Block] = [first]
    later: list[Block] = []
    current = introduction
    for block in blocks[start + 1 :]:
        if block.kind == "heading" and not is_stock_heading(block.text):
            break
        if block.kind != "paragraph" or block.container:
            current = current if block.kind == "heading" or block.container in ("quote", "admonition") else later
        elif len(current) < INTRODUCTION and _continues(block):
            current = later if _code_between(document, (introduction + later)[-1], block) else current
            current.append(block)
    return introduction, later


def _continues(block: Block) -> bool:
    """Report whether a paragraph continues an introduction in whole sentences."""
    ends = _SENTENCE_END.search(block.text.rstrip()) is not None
    return ends and _is_prose(block, first=False) and not _is_alert(block)


def _is_alert(block: Block) -> bool:
    return pattern("intro", "alert").match(block.text) is not None


def _outside_boxes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks outside `:::` containers (notes of VitePress, Docusaurus and MyST)."""
    inside = False
    for block in blocks:
        text = block.text.strip()
        if block.kind == "paragraph" and ":::" in text:
            opens = text.startswith(":::") and text.strip(":") != ""
            inside = (inside or opens) and not text.endswith(":::")
        elif not inside:
            yield block


def _first_prose(document: Document) -> Block | None:
    """Return the first paragraph of prose that can be about the document, or else the first of any prose."""
    first = None
    after_paragraph = False
    for block in _outside_boxes(document.blocks):
        if block.kind == "heading" and first is not None and block.level < 3:
            break
        is_first = first is None and not after_paragraph
        after_paragraph = after_paragraph or block.kind == "paragraph"
        if block.kind == "paragraph" and not block.container and _is_prose(block, first=is_first):
            if not is_preliminary(_heading_of(document, block)) and not _is_alert(block):
                return None if first is None and _is_deep(document, block) else block
            first = first or block
    return first


def _is_deep(document: Document, block: Block) -> bool:
    """Report whether a paragraph belongs to a part of a part that is not the first, and so is about that part."""
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


def _is_prose(block: Block, *, first: bool) -> bool:
    """Report whether a paragraph is prose: not a row of badges or links, a label above a list, a template tag, or a
    continuation of a paragraph before it. The `first` paragraph can be about the document although it ends with a
    colon."""
    text = block.text.strip()
    words = count_words(text)
    if words < 4 or text.startswith(("{{", "{%", ":::", "!!!", "[!", "|")) or _refers_back(text):
        return False
    linked = sum(mark.end - mark.start for mark in block.marks if mark.kind in ("link", "image", "code"))
    label = (
        text.endswith((":", "：")) and len(text) < 80 and not (first and words > 7 and not _introduces_samples(text))
    )
    return 2 * linked < len(block.text) and not (label and not describes_document(" ".join(text.split())))


def _refers_back(text: str) -> bool:
    return pattern("intro", "reference-back", 0).match(text) is not None


def _introduces_samples(text: str) -> bool:
    return pattern("intro", "sample-list").search(text) is not None


def _is_about_its_section(document: Document, block: Block, title: str) -> bool:
    """Report whether a paragraph is about the entry that its heading names (a term of a glossary, a function of a
    reference, a question among several) rather than about the document."""
    heading = _heading_of(document, block).casefold()
    if not heading or heading in title.casefold() or title.casefold() in heading:
        return False
    if _is_reference_entry(document, block):
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


def _is_reference_entry(document: Document, block: Block) -> bool:
    """Report whether a paragraph is about the first of several headings that are identifiers: `renderToString()`."""
    index = document.sections[block.section].heading
    if index < 0 or document.headings[index].level < DEEP:
        return False
    level = document.headings[index].level
    names = [_NAME.match(other.text) is not None for other in document.headings if other.level == level]
    return (
        len(names) >= ENTRIES and _NAME.match(document.headings[index].text) is not None and 2 * sum(names) > len(names)
    )


# --- sentences -----------------------------------------------------------------------------------------------------


def _sentences(document: Document, block: Block) -> Iterator[str]:
    """Yield the sentences of a paragraph; one that introduces a list ("In this guide, you will:") with its items."""
    for sentence in sentences(block.text[: 4 * MAX_CHARACTERS]):
        if sentence.endswith((":", "：")) and describes_document(sentence) and (items := _items(document, block)):
            yield f"{sentence} {'; '.join(items)}."
        else:
            yield sentence


def _items(document: Document, block: Block) -> list[str]:
    """Return the first sentence of each item of the list right below a paragraph."""
    index = bisect_right(document.blocks, block.start, key=lambda other: other.start)
    items = []
    for item in document.blocks[index : index + MAX_ITEMS]:
        if item.container != "list" or item.section != block.section:
            break
        text = next(sentences(item.text), "").rstrip(".;:,")
        if not text or len(text) > MAX_ITEM:
            break
        items.append(text)
    return items


def _joined(parts: Sequence[str]) -> str:
    """Return the first sentences in one text, cut at a word if the first is too long."""
    chosen = ""
    for number, sentence in enumerate(parts):
        if number and (number == MAX_SENTENCES or len(chosen) + len(sentence) >= MAX_CHARACTERS):
            break
        gap = " " if _SENTENCE_END.search(chosen) else "\n\n"  # without a full stop, it would run into the next
        chosen = f"{chosen}{gap}{sentence}".lstrip()
    return chosen if len(chosen) <= MAX_CHARACTERS else f"{chosen[: MAX_CHARACTERS - 1].rpartition(' ')[0]}…"
