"""Text that comes from a source, made harmless for each place of a page that it can stand in.

A page's structure is ours alone: whatever a title, a keyword or a file name holds, it can neither end a table cell, a
link, a code span or a comment, nor start a heading, a list, HTML, mathematics or a mention. Backslash escapes are
CommonMark's (section 2.4, any ASCII punctuation), the bar within code spans of tables is GitHub's (table extension).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kwlint.text.percent_encoding import comment as comment
from kwlint.text.percent_encoding import target as target

KEPT = 8192  # answers: the same titles, keywords and names stand on many pages, and several times on each

_PLAIN = re.compile(r"[\w ,.()/'\"’—–:;+=?%›…“”‘-]*\Z")
_SPACE = re.compile(r"\s+")
# Controls, halves of surrogate pairs, marks that turn the reading direction or are invisible.
_UNSEEN = re.compile(
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
MAX_RUN = 60  # backticks: cmark stops looking for the end of a code span at 80


def clean(text: str) -> str:
    """`text` on one line, without what is not seen: the common ground of all that follows."""
    if not text.isprintable() or "\ufffc" in text:  # which alone of what is not seen counts as printable
        text = _UNSEEN.sub("", _SPACE.sub(" ", text))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


@lru_cache(maxsize=KEPT)
def text(value: str) -> str:
    """Plain text for a paragraph, list item, heading or table cell."""
    value = label(value)
    if match := _START.match(value):
        end = match.end()
        value = f"{value[:end]}\\{value[end:]}" if match[0][0].isdigit() else f"\\{value}"
    return value


@lru_cache(maxsize=KEPT)
def label(value: str) -> str:
    """Plain text for a place that is not the start of a block, such as a link's label."""
    value = clean(value)
    if "@" in value and _ADDRESS.search(value) and "`" not in value and "|" not in value:
        return f"`{value}`"  # nothing else keeps GitHub from making a mail address a link, even in `the-@-sign.md`
    if not _PLAIN.match(value) or "_" in value or "//" in value or "www." in value:
        value = _SPECIAL.sub(r"\\\g<0>", value)
        if value.endswith("#"):
            value = f"{value[:-1]}\\#"
    return value


def code(value: str) -> str:
    """A code span outside tables; empty where there is nothing to show."""
    value = clean(value)
    if "`" not in value:
        return f"`{value}`" if value else ""
    longest = max(map(len, _RUNS.findall(value)))
    if longest > MAX_RUN:
        return text(value)
    ticks = "`" * (longest + 1)
    return f"{ticks} {value} {ticks}"


def cell_code(value: str) -> str:
    """A code span within a table's cell."""
    return code(value).replace("|", "\\|")


def shortened(value: str, limit: int) -> str:
    """`value` on one line, cut between words to at most `limit` characters."""
    value = clean(value)
    if len(value) <= limit:
        return value
    cut = value[: limit - 1].rsplit(" ", 1)[0] if " " in value[: limit - 1] else value[: limit - 1]
    return f"{cut.rstrip(' ,;:.')}…"


_MERMAID = re.compile(r"[^\w ./,()'!?+=…-]|(?<=-)-|(?<=\.)\.")


def mermaid(value: str) -> str:
    """A label between double quotes in a Mermaid graph, by Mermaid's own `#code;` entities. Mermaid keeps these as
    `ﬂ°…¶ß` for a while, so that the ligature is no letter to it; a colon is the middle of an icon (`fa:fa-car`), of an
    address, or of a style, from whose end Mermaid would take the semicolon."""
    return _MERMAID.sub(lambda match: f"#{ord(match[0])};", clean(value).replace("ﬂ", "fl").replace("¶ß", "ß"))
