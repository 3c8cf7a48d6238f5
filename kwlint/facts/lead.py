"""The first words of a document on itself: what it is for, and what its opening says.

A sentence in which a document speaks of itself ("This guide shows how to …", "In this chapter, we'll cover: …") tells
better what it is for than the one that it happens to begin with; the opening is searched for one.
"""

# ruff: noqa: E501 - a pattern is read best as it is searched for

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.counting import count_words
from kwlint.facts.forms import FORMS
from kwlint.facts.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.model import Block, Document

LEAD_SENTENCES = 3
LEAD_CHARACTERS = 500
OPENING = 6  # paragraphs that are searched for what the document says of itself
MAX_BLOCKS = 60
QUESTIONS = 3
ENTRIES = 3
_NAME = re.compile(r"[a-z$_@<.-][\w$.:<>-]*(?:\(.*\))?(?: \S*)?\Z|\w[\w.:]*\(.*\)\Z")  # a heading that is an identifier
DEEP = 2  # level of headings below which a section is a part of a part
FEW_WORDS = 6  # of an exclamation
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
# Politeness and encouragement.
_GREETING = re.compile(
    r"(?:but )?(?:first,? )?(?:thanks?\b|read on\b|stay tuned\b|enjoy\b|let[’']s (?:start|begin|go|get started|dive in|jump in)\b(?=.{0,40}\Z))",
    re.IGNORECASE,
)


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
    said = [entry for entry in said if not _greets(entry[0])]
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
    while kept and (_is_hook(kept[0][0]) or (hooked and _GOES_ON.match(kept[0][0]))):
        hooked = True
        kept.pop(0)
    return kept


def _is_hook(sentence: str) -> bool:
    """Whether a sentence leads up to a subject instead of naming it."""
    if speaks_of_itself(sentence) or _TURNS.match(sentence):
        return False
    if sentence.endswith(("?", "？")):
        return _ASKS.match(sentence) is not None
    first = _FIRST_WORD.match(sentence)
    if first is None or (first[0].isascii() and first[0].lower() not in _HOOKS_BEGIN):
        return False
    return _hook().match(sentence) is not None


_FIRST_WORD = re.compile(r"\w+")
# The first words of what `_hook` matches, in ASCII: its expression is compiled for few openings.
_HOOKS_BEGIN = frozenset(
    [
        "in",
        "back",
        "you",
        "we",
        "as",
        "so",
        "up",
        "until",
        "previously",
        "remember",
        "recall",
        "let",
        "imagine",
        "if",
        "my",
        "it",
        "i",
        "a",
        "some",
        "many",
        "several",
        "last",
        "for",
        "to",
        "please",
        "see",
        "refer",
        "im",
        "sie",
        "en",
        "como",
        "dans",
        "vous",
        "no",
        "na",
    ]
)


@cache
def _hook() -> re.Pattern[str]:
    """Sentences that look back at what was read before, tell of somebody, or take the reader by the hand."""
    earlier = r"(?:previous|preceding|last|prior|earlier|main)"
    seen = r"(?:read|seen|saw|learned|learnt|mentioned|covered|discussed|used|looked at|talked about|built|created|written|been)"
    adverb = r"(?:probably |already |just |now |briefly |have |may |might |also |all )*"
    return re.compile(
        rf"(?:in|back in) (?:(?:chapters?|sections?|parts?|listings?) \S+|the {earlier} \w+),? (?:you|we|I)\b"
        rf"|(?:you|we)(?:[’']ve| have| had)? {adverb}{seen}\b|as (?:you|we) {adverb}(?:{seen}|know|said)\b"
        r"|(?:so far|up to (?:now|this point)|until now|previously|remember|recall)\b"
        r"|let[’']s (?:check|look|see|take|talk|now|have|recap|review|say|imagine|think)\b|let me\b|imagine\b|if (?:yes|so|not),"
        r"|in (?:his|her|their|my|19\d\d|20\d\d)\b(?! \w+ version)|my (?:first|name|own)\b|it (?:can be|is|[’']s) tempting to\b"
        r"|I (?:remember|recall|was|had|have seen|have been|used to|grew)\b|(?:a few|some|many|several) (?:days|weeks|months|years) ago\b"
        r"|last (?:week|month|year)\b|in (?:a|an|our|my|another) (?:previous|earlier|last) (?:post|article|chapter|part)\b"
        r"|in (?:january|february|march|april|may|june|july|august|september|october|november|december)\b[^,.]{0,8},"
        r"|(?:for|to) (?:more|further|get|learn|read|find|see)\b[^.]{0,60}, (?:please )?(?:see|read|refer|check|visit|consult|head)\b"
        r"|to (?:find out|learn|read|see) more\b"
        r"|(?:please )?(?:see|refer to) (?:the|also|our)\b|要了解.*(?:阅读|参阅|查看)|(?:更多|详细).{0,12}(?:请|可以)?(?:参阅|参见|阅读|查看)"
        # in other languages: looking back
        r"|(?:im|in (?:der|den|dem)) (?:vorigen|vorherigen|letzten|ersten|haupt\w+)\b|in kapitel \S+ (?:haben|hatten)|sie haben (?:bereits|schon|vielleicht|wahrscheinlich)"
        r"|en (?:el|la) \w+ anterior|como (?:vimos|viste|ya)\b|dans (?:le|la|l[’']) ?\w+ précédente?|vous avez (?:déjà|peut-être|probablement)"
        r"|n[ao] \w+ anterior|você (?:já|provavelmente)|как (?:вы|мы) (?:уже )?(?:видели|знаете)|в предыдущ"
        r"|在(?:上一|前面|之前)|你(?:可能|也许|大概)?(?:已经|之前)|正如|前の",
        re.IGNORECASE,
    )


# Questions to the reader; others may be what the document answers.
_ASKS = re.compile(
    r"(?:how about|what about|but what|have|do|did|are|were|want|wondering|ever|need|looking|tired|ready|curious|sounds?|möchten|wollen|haben|sind|kennen)\b"
    r"|¿(?:quieres|has|te)\b|tu veux|vous (?:voulez|avez)|você (?:quer|já)|хотите|вы |你(?:想|是否|有没有)",
    re.IGNORECASE,
)
# From what was said before to what is said now.
_TURNS = re.compile(
    r"(?:we|you|wir|sie|in (?:chapter|section|the)|im)\b.*[,;—–-] ?(?:but|yet|however|now|so|aber|jedoch)\b",
    re.IGNORECASE,
)
# What goes on with a hook: it points back at it, or tells what was done.
_GOES_ON = re.compile(
    r"(?:This|That|These|Those|It|They|He|She|His|Her|Its|Then|There|Since then|And|But (?:then|it|this|that|they))\b"
    r"|(?:We|I|You) (?:\w+ed|also|then|saw|built|made|wrote|did|was|were|had)\b"
)


def _greets(sentence: str) -> bool:
    """Whether a sentence is a courtesy, or an exclamation of a few words."""
    return _GREETING.match(sentence) is not None or (sentence.endswith("!") and len(sentence.split()) <= FEW_WORDS)


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


@cache
def _self() -> re.Pattern[str]:
    """How a document speaks of itself. Compiled on demand: few openings hold the words that it is asked for."""
    noun = (
        r"(?:document|doc|page|guide|article|tutorial|chapter|topic|post|reference|specification|spec|manual"
        r"|walkthrough|quick ?start|appendix|lesson|recipe|how-to|repository|cheat ?sheet)"
    )
    verb = (
        r"(?:describes?|explains?|shows?|covers?|introduces?|provides?|lists?|documents?|discuss(?:es)?|intends?|gives?"
        r"|contains?|walks?|teach(?:es)?|outlines?|summari[sz]es?|demonstrates?|presents?|defines?|specif(?:y|ies)|details"
        r"|collects?|compares?|takes|tells|answers|deals with|goes (?:through|over)|gathers|aims|helps|guides|learn|look at|talks? about|explores?|focus(?:es)? on"
        r"|is (?:about|for|(?:intended|meant) (?:for|to (?!be\b))|an? (?:\w+ )?(?:guide|overview|introduction|list|collection|reference|tutorial"
        r"|summary|walkthrough|glossary)))"
    )
    person = r"(?:you|we|I)(?:[’']ll| will| can| are going to| shall)?"
    tells = r"(?:share|show|explain|describe|walk|discuss|cover|explore|look at|introduce)"
    return re.compile(
        rf"(?:In this (?:[\w-]+ ){{0,2}}{noun},? {person}\b|This (?:[\w-]+ ){{0,2}}{noun}\b[^.:]{{0,40}}?\b{verb}\b"
        rf"|(?P<promise>(?:here,? )?(?:I|we)(?:[’']ll| will) {tells}\b|here (?:I|we) {tells}\b))",
        re.IGNORECASE,
    )


@cache
def _self_elsewhere() -> re.Pattern[str]:
    """The same in other languages: their words for a document, behind a demonstrative."""
    return re.compile(
        r"in diesem (?:abschnitt|kapitel|artikel|dokument|leitfaden|tutorial|beitrag)\b|auf dieser seite\b"
        r"|diese(?:r|s)? (?:abschnitt|kapitel|artikel|dokument|leitfaden|seite) (?:beschreibt|zeigt|erklärt|behandelt)\b"
        r"|en (?:este|esta) (?:capítulo|documento|artículo|tutorial|guía|página|sección)\b"
        r"|dans (?:ce|cet|cette) (?:chapitre|document|guide|tutoriel|article|page|section)\b"
        r"|nest[ea] (?:capítulo|documento|artigo|tutorial|guia|página|seção)\b"
        r"|в этом (?:разделе|документе|руководстве)|в этой (?:главе|статье)|у цьому (?:розділі|документі|посібнику)"
        r"|bu (?:bölümde|sayfada|rehberde|belgede)\b"
        r"|本(?:章|文|节|節|页|頁|教程|指南)(?:将|會|会|介绍|介紹|描述|说明|說明)|在本(?:章|文|节|页|教程)中"
        r"|この(?:ページ|章|ガイド|ドキュメント|チュートリアル|記事)では|이 (?:문서|페이지|장|가이드)(?:는|에서는)",
        re.IGNORECASE,
    )


_ELSEWHERE = re.compile(r"\b(?:chapters?|sections?|later|next|further|in more detail|another)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:a few|some|several|various|different) (?:\w+ )?(?:techniques?|things?|ways?|examples?|aspects?|topics?|options?"
    r"|features?|details?|concepts?)\b(?! (?:of|to|for|in|that)\b)",
    re.IGNORECASE,
)
_MAY_BE_SELF = re.compile(r"(?:In )?this |here\b|(?:I|we)(?:[’']ll| will) ", re.IGNORECASE)
_DANGLES = re.compile(r"\b(?:these|those|them|it|this)[.!]?\Z|\b(?:these|those) (?:pieces|points|things)\b")
_ANNOUNCES_NEWS = re.compile(
    r"\b(?:happy|excited|pleased|proud|thrilled|delighted|glad)\b[^.]{0,30} to (?:announce|introduce|present|release)\b"
    r"|\bwe(?: are|[’']re) (?:announcing|introducing|launching|releasing)\b"
    r"|\A(?:In|With) [^.]{0,40}?, we(?: have|[’']ve) (?:introduced|added|released)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|\w+n[’']t|neither|no longer|still|deprecated|outdated|stub|draft|placeholder|TODOs?)\b", re.IGNORECASE
)


def speaks_of_itself(sentence: str) -> bool:
    """Whether a sentence says what its document is for, or the news that it brings."""
    if _ANNOUNCES_NEWS.search(sentence):
        return True
    foreign = not sentence.isascii() or sentence[:2].lower() in ("in", "au", "di", "en", "da", "ne", "bu")
    if foreign and _self_elsewhere().match(sentence):
        return True
    if not _MAY_BE_SELF.match(sentence):
        return False
    match = _self().match(sentence)
    if match is None or _DANGLES.search(sentence):
        return False
    if match["promise"] and (_ELSEWHERE.search(sentence) or _VAGUE.search(sentence)):
        return False
    return _DENIES.search(sentence[: match.end() + 30]) is None or " but " in sentence


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
