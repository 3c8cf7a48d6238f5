"""Sentences and lines of code about performance or security, by the patterns of `data/evidence.toml`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.intro_sentences import describes_document
from kwlint.facts.secrets import masked
from kwlint.model.facts import Evidence
from kwlint.text.knowledge import pattern, table
from kwlint.text.lazy_regex import expression
from kwlint.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.model.document import Block, Document, Fence

MAX_PER_TOPIC = 40  # in one document
MAX_PER_SIGN = 3  # in one section
MAX_BLOCK = 20_000  # characters of a paragraph that are read
MAX_CODE = 200_000
MAX_SENTENCE = 400
MIN_SENTENCE = 25
MAX_LINE = 400

_ALERT = expression(r"\A\[!\w{3,12}\]\s*")  # `[!NOTE]` of GitHub and DocFX
_OPTION = expression(r"\s*--?\w\S*(?: \S+)? {2,}\S").match  # a line of a help text


class Sign(NamedTuple):
    """A row of the table."""

    topic: str
    name: str
    hints: tuple[str, ...]
    pattern: str


@cache
def signs_in_prose() -> tuple[Sign, ...]:
    """Return the signs for sentences, in order of precedence."""
    return tuple(
        Sign(row.text("topic"), row.text("name"), row.words("hints"), row.text("pattern"))
        for row in table("evidence", "prose")
    )


@cache
def signs_in_code() -> tuple[Sign, ...]:
    """Return the signs for lines of code, those of secrets last."""
    return tuple(
        Sign("security", row.text("name"), row.words("hints"), f"(?m:{row.text('pattern')})")
        for name in ("code", "secret")
        for row in table("evidence", name)
    )


def evidence(document: Document) -> tuple[Evidence, ...]:
    """Return the evidence in the order of the text, each sentence or line of code once per topic."""
    entries = [*_from_prose(document), *_from_code(document)]
    entries.sort(key=lambda entry: entry.line)
    kept: dict[tuple[str, str], Evidence] = {}
    per_topic: Counter[str] = Counter()
    per_sign: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        sign = (entry.sign, entry.section)
        repeated = (entry.topic, entry.text) in kept
        if not repeated and per_topic[entry.topic] < MAX_PER_TOPIC and per_sign[sign] < MAX_PER_SIGN:
            per_topic[entry.topic] += 1
            per_sign[sign] += 1
            kept[entry.topic, entry.text] = entry
    return tuple(kept.values())


@cache
def _compiled(sign: Sign, flags: int = 0) -> re.Pattern[str]:
    return re.compile(sign.pattern, flags)


def _matches(sign: Sign, text: str) -> bool:
    """Report whether a sign of prose matches in a text. A pattern that ignores letter case is three times as slow."""
    if text.isascii():
        return _compiled(sign).search(text.lower()) is not None
    return _compiled(sign, re.IGNORECASE).search(text) is not None


def _hinted(texts: Sequence[str], signs: Sequence[Sign]) -> dict[int, list[Sign]]:
    """Return the signs of which a hint stands in a text, by the index of the text."""
    joined = "\n".join(texts)
    lower = joined.lower()
    if len(lower) != len(joined):  # a letter whose lower-case form is longer: offsets would not agree
        lower = joined
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    hinted: dict[int, list[Sign]] = {}
    for sign in signs:
        for index in _holders(lower, starts, sign.hints):
            hinted.setdefault(index, []).append(sign)
    return hinted


def _holders(joined: str, starts: list[int], hints: tuple[str, ...]) -> set[int]:
    """Return the indexes of the texts that hold one of the hints."""
    holders: set[int] = set()
    for hint in hints:
        at = joined.find(hint)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            holders.add(index)
            at = joined.find(hint, starts[index + 1])
    return holders


def _from_prose(document: Document) -> Iterator[Evidence]:
    blocks = [block for block in document.blocks if block.kind == "paragraph"]
    texts = [block.text[:MAX_BLOCK] for block in blocks]
    hinted = _hinted(texts, signs_in_prose())
    for index in sorted(hinted):
        body = texts[index].replace("\n", " ")
        signs = [sign for sign in hinted[index] if _matches(sign, body)]
        if signs:
            yield from _in_block(document, blocks[index], signs)


def _in_block(document: Document, block: Block, signs: list[Sign]) -> Iterator[Evidence]:
    line = bisect_right(document.line_starts, block.start)
    for sentence in sentences(block.text[:MAX_BLOCK]):
        sentence = _ALERT.sub("", sentence)
        if len(sentence) < MIN_SENTENCE or sentence.endswith(("?", ":")):
            continue
        if pattern("evidence", "context").match(sentence) or describes_document(sentence):
            continue
        topics = set()
        for sign in signs:
            if sign.topic not in topics and _matches(sign, sentence):
                topics.add(sign.topic)
                yield Evidence(sign.topic, sign.name, sentence[:MAX_SENTENCE], False, block.section, line)


def _from_code(document: Document) -> Iterator[Evidence]:
    texts = [fence.text[:MAX_CODE] for fence in document.fences]
    hinted = _hinted(texts, signs_in_code()) if texts else {}
    for index in sorted(hinted):
        for sign in hinted[index]:
            yield from islice(_in_fence(document, document.fences[index], sign), MAX_PER_TOPIC)


def _in_fence(document: Document, fence: Fence, sign: Sign) -> Iterator[Evidence]:
    code = fence.text[:MAX_CODE]
    first = bisect_right(document.line_starts, fence.content_start)
    for match in _compiled(sign).finditer(code):
        start = code.rfind("\n", 0, match.start() + 1) + 1
        end = code.find("\n", match.end())
        line = code[start : end if end >= 0 else len(code)]
        if len(line) > MAX_LINE or line.lstrip().startswith(("# ", "//")) or _OPTION(line):
            continue
        shown = masked(line)
        number = first + code.count("\n", 0, match.start())
        yield Evidence(sign.topic, sign.name, " ".join(shown.split()), True, fence.section, number)
