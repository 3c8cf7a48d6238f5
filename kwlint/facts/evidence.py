"""Sentences and commands that are about performance or security, each where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from kwlint.facts.evidence_signs import IN_CODE, IN_PROSE, Sign
from kwlint.facts.intro_sentences import describes_document
from kwlint.model.facts import Evidence
from kwlint.text.lazy_regex import expression
from kwlint.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.model.document import Block, Document, Fence

MAX_FOUND = 40  # of one topic in one document
MAX_ALIKE = 3  # of one sign in one section
MAX_BLOCK = 20_000  # characters of a paragraph that are read
MAX_CODE = 200_000
MAX_SENTENCE = 400
MIN_SENTENCE = 25
MAX_LINE = 400

_POINTER = expression(r"(?:for (?:more|further) [^.]{0,40}, )?(?:please )?see\b", re.IGNORECASE).match  # to elsewhere
# What goes on with a sentence before it, breaks off above a block, describes a sample, or tells what stands where says
# little by itself.
_DANGLING = expression(
    r"(?:for example, )?(?:the|this|these) (?:following|next|previous|preceding|above|last) (?:[\w`.-]+ ){0,3}"
    r"(?:examples?|commands?|code|functions?|scripts?|samples?|listings?|snippets?|programs?)\b"
    r"|(?:this|that|it|they|these|those) (?:can|could|may|might|will|would|also|reduces?|means?|makes?|allows?|helps?"
    r"|ensures?|gives?|avoids?|prevents?)\b"
    r"|(?:in )?(?:chapter|section|part|appendix) (?:\d+|[A-Z])\b"
    r"|let[’']s\b|none of (?:this|that|these|those)\b|in the (?:section|chapter|page) (?:about|on)\b"
    r"|(?:and|or|but|then|in (?:that|this) case)\b|.*\b(?:like|at|to|by|with|as|is|are|the|of|for)\Z|.*\bjust one of\b",
    re.I,
).match
_ALERT = expression(r"\A\[!\w{3,12}\]\s*")  # GitHub's and DocFX's mark of a note
_OPTION = expression(r"\s*--?\w\S*(?: \S+)? {2,}\S").match  # a line of a help text


def evidence(document: Document) -> tuple[Evidence, ...]:
    """All signs in the order of the text, each sentence or command once for each topic."""
    found = [*_from_prose(document), *_from_code(document)]
    found.sort(key=lambda entry: entry.line)
    kept: dict[tuple[str, str], Evidence] = {}
    counts = {"performance": 0, "security": 0}
    alike: Counter[tuple[str, int]] = Counter()
    for entry in found:
        place = (entry.sign, entry.section)
        if (entry.topic, entry.text) not in kept and counts[entry.topic] < MAX_FOUND and alike[place] < MAX_ALIKE:
            counts[entry.topic] += 1
            alike[place] += 1
            kept[entry.topic, entry.text] = entry
    return tuple(kept.values())


@cache
def _compiled(sign: Sign, flags: int = 0) -> re.Pattern[str]:
    return re.compile(sign.pattern, flags)


def _says(sign: Sign, text: str) -> bool:
    """Whether a text holds a sign of prose. An expression that ignores letter case is three times as slow."""
    if text.isascii():
        return _compiled(sign).search(text.lower()) is not None
    return _compiled(sign, re.IGNORECASE).search(text) is not None


def _hinted(texts: Sequence[str], signs: Sequence[Sign]) -> dict[int, list[Sign]]:
    """Which of `texts` hold a hint of which signs."""
    joined = "\n".join(texts)
    small = joined.lower()
    if len(small) != len(joined):  # a letter whose small form is longer: offsets would no longer agree
        small = joined
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    found: dict[int, list[Sign]] = {}
    for sign in signs:
        holders: set[int] = set()
        for hint in sign.hints:
            at = small.find(hint)
            while at >= 0:
                index = bisect_right(starts, at) - 1
                holders.add(index)
                at = small.find(hint, starts[index + 1])
        for index in holders:
            found.setdefault(index, []).append(sign)
    return found


def _from_prose(document: Document) -> Iterator[Evidence]:
    blocks = [block for block in document.blocks if block.kind == "paragraph"]
    texts = [block.text[:MAX_BLOCK] for block in blocks]
    hinted = _hinted(texts, IN_PROSE)
    for index in sorted(hinted):
        body = texts[index].replace("\n", " ")
        signs = [sign for sign in hinted[index] if _says(sign, body)]
        if signs:
            yield from _in_block(document, blocks[index], signs)


def _in_block(document: Document, block: Block, signs: list[Sign]) -> Iterator[Evidence]:
    line = bisect_right(document.line_starts, block.start)
    for sentence in sentences(block.text[:MAX_BLOCK]):
        sentence = _ALERT.sub("", sentence)
        if len(sentence) < MIN_SENTENCE or sentence.endswith(("?", ":")) or _POINTER(sentence):
            continue
        if _DANGLING(sentence) or describes_document(sentence):
            continue
        topics = set()
        for sign in signs:
            if sign.topic not in topics and _says(sign, sentence):
                topics.add(sign.topic)
                yield Evidence(sign.topic, sign.name, sentence[:MAX_SENTENCE], False, block.section, line)


def _from_code(document: Document) -> Iterator[Evidence]:
    texts = [fence.text[:MAX_CODE] for fence in document.fences]
    hinted = _hinted(texts, IN_CODE) if texts else {}
    for index in sorted(hinted):
        for sign in hinted[index]:
            yield from islice(_in_fence(document, document.fences[index], sign), MAX_FOUND)


def _in_fence(document: Document, fence: Fence, sign: Sign) -> Iterator[Evidence]:
    code = fence.text[:MAX_CODE]
    first = bisect_right(document.line_starts, fence.content_start)
    for match in _compiled(sign).finditer(code):
        start = code.rfind("\n", 0, match.start() + 1) + 1
        end = code.find("\n", match.end())
        whole = code[start : end if end >= 0 else len(code)]
        if len(whole) > MAX_LINE or whole.lstrip().startswith(("# ", "//")) or _OPTION(whole):
            continue
        shown = _hidden(sign, whole) if sign.secret else whole
        line = first + code.count("\n", 0, match.start())
        yield Evidence(sign.topic, sign.name, " ".join(shown.split()), True, fence.section, line)


def _hidden(sign: Sign, line: str) -> str:
    """A line with what looks like a credential cut to its first characters: a page must not spread it further."""
    return _compiled(sign).sub(lambda match: f"{match[0][:12]}…", line)
