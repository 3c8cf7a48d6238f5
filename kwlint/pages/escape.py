"""Escapes text from documents for pages.

A title, keyword or file name never changes the structure of a page: it cannot end a link, a code span or a comment, nor
start a heading, a list, HTML, mathematics or a mention. A word with a character that could do so becomes a code span.
Formatters of Markdown leave code spans as they are, but do not agree where a backslash is needed. Only a backtick is
escaped with a backslash (CommonMark 2.4).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kwlint.facts.secrets import masked
from kwlint.text import percent_encoding
from kwlint.text.percent_encoding import comment as comment

MAX_WORD = 100  # characters: longer ones are no words, or of a script without spaces
SECRET = 10  # characters: shorter texts hold no credential
KEPT = 8192  # cached results: the same titles, keywords and names are on many pages

_PLAIN = re.compile(r"[\w ,.()/'\"’—–:;+=?%›…“”‘-]*\Z")
_SPACE = re.compile(r"\s+")
# Control characters, unpaired surrogates, direction marks and other invisible characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffc]"
)
_SPECIAL = re.compile(
    r"""[\\`*\[\]<|~$^]
    |(?<![^\W_])_|_(?![^\W_])
    |&(?=\#?\w+;)
    |:(?=//)|(?<=www)\.
    |@|\#(?=\w)|\A\#+\Z
    |\{(?=[{%\#])""",
    re.VERBOSE | re.IGNORECASE,
)
_START = re.compile(r"[#>+\-=:]|\d{1,9}[.)]\Z")  # of a word that could start a block
_TICKS = re.compile(r"(`+)")


def clean(text: str) -> str:
    """Return `text` on one line without invisible characters and credentials. All functions here start with this."""
    if len(text) >= SECRET:
        text = masked(text)
    if not text.isprintable() or "\ufffc" in text:  # the only invisible character that `isprintable` accepts
        text = _INVISIBLE.sub("", _SPACE.sub(" ", text))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


@lru_cache(maxsize=KEPT)
def text(value: str) -> str:
    """Return plain text for a paragraph, list item or heading."""
    value = clean(value)
    first, space, rest = value.partition(" ")
    if _START.match(first):
        return f"{_span(first)}{space}{_words(rest)}"
    return _words(value)


@lru_cache(maxsize=KEPT)
def label(value: str) -> str:
    """Return plain text for where no block starts, such as a link's label."""
    return _words(clean(value))


def _words(value: str) -> str:
    """Return words, those with a special character in code spans; neighbours share one."""
    if _PLAIN.match(value) and not ("_" in value or "//" in value or "www." in value):
        return value
    shown: list[str] = []
    special: list[str] = []
    for word in value.split(" "):
        if _SPECIAL.search(word):
            special.append(word)
            continue
        shown += [_span(" ".join(special)), word] if special else [word]
        special.clear()
    return " ".join([*shown, _span(" ".join(special))] if special else shown)


def _span(value: str) -> str:
    """Return a code span; where `value` has backticks, one for each piece between them."""
    if "`" not in value:
        return f"`{value}`"
    pieces = _TICKS.split(value)
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    """Return backticks escaped, and anything else as a code span without spaces at its ends."""
    if piece.startswith("`"):
        return piece.replace("`", "\\`")
    inner = piece.strip(" ")
    return piece.replace(inner, f"`{inner}`", 1) if inner else piece


def code(value: str) -> str:
    """Return a code span; an empty string for empty text."""
    value = clean(value)
    return _span(value) if value else ""


def target(path: str) -> str:
    """Return a path or fragment as the target of a link, in ASCII, as formatters of Markdown write it."""
    encoded = percent_encoding.target(path)
    return encoded if encoded.isascii() else _UNICODE.sub(_percent, encoded)


_UNICODE = re.compile(r"[^\x00-\x7f]+")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def shortened(value: str, limit: int) -> str:
    """Return `value` on one line, cut between words to at most `limit` characters.

    A longer first word is kept whole up to `MAX_WORD` characters: a cut word is no word.
    """
    value = clean(value)
    if len(value) <= limit:
        return value
    end = value.rfind(" ", 0, limit)
    if end <= 0:
        end = value.find(" ", limit)
        end = end if 0 <= end <= MAX_WORD else len(value) if len(value) <= MAX_WORD else limit - 1
    if end == len(value):
        return value
    return f"{value[:end].rstrip(' ,;:.')}…"


_MERMAID = re.compile(r"[^\w ./,()'!?+=…-]|(?<=-)-|(?<=\.)\.")


def mermaid(value: str) -> str:
    """Return a label for a Mermaid graph, between double quotes, with Mermaid's own `#code;` entities.

    Mermaid represents these as `ﬂ°…¶ß` internally, so the ligature in a text must be replaced. A colon is escaped
    because it is part of an icon (`fa:fa-car`), an address or a style, from whose end Mermaid removes the semicolon.
    """
    return _MERMAID.sub(lambda match: f"#{ord(match[0])};", clean(value).replace("ﬂ", "fl").replace("¶ß", "ß"))
