"""Escapes text from documents for pages.

A title, keyword or file name never changes the structure of a page: it cannot end a table cell, a link, a code span or
a comment, nor start a heading, a list, HTML, mathematics or a mention. Backslash escapes follow CommonMark 2.4 (any
ASCII punctuation). The escaped bar in code spans of tables follows the table extension of GitHub Flavored Markdown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kwlint.text.percent_encoding import comment as comment
from kwlint.text.percent_encoding import target as target

KEPT = 8192  # cached results: the same titles, keywords and names are on many pages

_PLAIN = re.compile(r"[\w ,.()/'\"’—–:;+=?%›…“”‘-]*\Z")
_SPACE = re.compile(r"\s+")
# Control characters, unpaired surrogates, direction marks and other invisible characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffc]"
)
_SPECIAL = re.compile(
    r"""[\\`*\[\]<|~$]
    |(?<![^\W_])_|_(?![^\W_])
    |&(?=\#?\w+;)
    |:(?=//)|(?<=www)\.
    |@(?=\w)|\#(?=\w)|!(?=\[)
    |\{(?=[{%\#])|\A\^""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.\w")
_START = re.compile(r"[#>+\-=]|\d{1,9}(?=[.)](?: |$))")
_RUNS = re.compile(r"`+")
MAX_RUN = 60  # backticks: cmark does not find the end of a code span from 80 on


def clean(text: str) -> str:
    """Return `text` on one line without invisible characters. All other functions here start with this."""
    if not text.isprintable() or "\ufffc" in text:  # the only invisible character that `isprintable` accepts
        text = _INVISIBLE.sub("", _SPACE.sub(" ", text))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


@lru_cache(maxsize=KEPT)
def text(value: str) -> str:
    """Return plain text for a paragraph, list item, heading or table cell."""
    value = label(value)
    if match := _START.match(value):
        end = match.end()
        value = f"{value[:end]}\\{value[end:]}" if match[0][0].isdigit() else f"\\{value}"
    return value


@lru_cache(maxsize=KEPT)
def label(value: str) -> str:
    """Return plain text for where no block starts, such as a link's label."""
    value = clean(value)
    if "@" in value and _ADDRESS.search(value) and "`" not in value and "|" not in value:
        return f"`{value}`"  # the only way to keep GitHub from linking a mail address
    if not _PLAIN.match(value) or "_" in value or "//" in value or "www." in value:
        value = _SPECIAL.sub(r"\\\g<0>", value)
        if value.endswith("#"):
            value = f"{value[:-1]}\\#"
    return value


def code(value: str) -> str:
    """Return a code span outside tables; an empty string for empty text."""
    value = clean(value)
    if "`" not in value:
        return f"`{value}`" if value else ""
    longest = max(map(len, _RUNS.findall(value)))
    if longest > MAX_RUN:
        return text(value)
    ticks = "`" * (longest + 1)
    return f"{ticks} {value} {ticks}"


def cell_code(value: str) -> str:
    """Return a code span for a table cell."""
    return code(value).replace("|", "\\|")


def shortened(value: str, limit: int) -> str:
    """Return `value` on one line, cut between words to at most `limit` characters."""
    value = clean(value)
    if len(value) <= limit:
        return value
    cut = value[: limit - 1].rsplit(" ", 1)[0] if " " in value[: limit - 1] else value[: limit - 1]
    return f"{cut.rstrip(' ,;:.')}…"


_MERMAID = re.compile(r"[^\w ./,()'!?+=…-]|(?<=-)-|(?<=\.)\.")


def mermaid(value: str) -> str:
    """Return a label for a Mermaid graph, between double quotes, with Mermaid's own `#code;` entities.

    Mermaid represents these as `ﬂ°…¶ß` internally, so the ligature in a text must be replaced. A colon is escaped
    because it is part of an icon (`fa:fa-car`), an address or a style, from whose end Mermaid removes the semicolon.
    """
    return _MERMAID.sub(lambda match: f"#{ord(match[0])};", clean(value).replace("ﬂ", "fl").replace("¶ß", "ß"))
