"""What the sentences of an opening do: greet, lead up to a subject, or say what their document is for."""

# ruff: noqa: E501 - a pattern is read best as it is searched for

from __future__ import annotations

import re
from functools import cache

FEW_WORDS = 6  # of an exclamation
# Politeness and encouragement.
_GREETING = re.compile(
    r"(?:but )?(?:first,? )?(?:thanks?\b|read on\b|stay tuned\b|enjoy\b|let[’']s (?:start|begin|go|get started|dive in|jump in)\b(?=.{0,40}\Z))",
    re.IGNORECASE,
)


def greets(sentence: str) -> bool:
    """Whether a sentence is a courtesy, or an exclamation of a few words."""
    return _GREETING.match(sentence) is not None or (sentence.endswith("!") and len(sentence.split()) <= FEW_WORDS)


# --- hooks ------------------------------------------------------------------------------------------------------------


def is_hook(sentence: str) -> bool:
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
_HOOKS_BEGIN = frozenset((
    "in", "back", "you", "we", "as", "so", "up", "until", "previously", "remember", "recall", "let", "imagine", "if", "my",
    "it", "i", "a", "some", "many", "several", "last", "for", "to", "please", "see", "refer", "im", "sie", "en", "como",
    "dans", "vous", "no", "na",
))  # fmt: skip


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


def goes_on(sentence: str) -> bool:
    """Whether a sentence behind a hook goes on with it."""
    return _GOES_ON.match(sentence) is not None


# --- a document of itself ---------------------------------------------------------------------------------------------


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
