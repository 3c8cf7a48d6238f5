"""What of a text is no prose: templates, math, addresses, labels, icons; and what a heading holds beside its name."""

from __future__ import annotations

import re

_HEADING_NOISE = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.|(?:Step|Chapter|Part)\s+\d+:?)\s+(?=\S)|\{\s*[#.:][^}]*\}\s*$"
)
_SIGNATURE = re.compile(r"\s*([A-Za-z_$][\w$.:]*)\((?=[^)]).*\)\s*\Z")  # `read(path, options)`
_TEMPLATE = re.compile(r"\{\*[^{}\x01]{0,300}\*\}|\{\{[^{}\x01]{0,300}\}\}|\{%[^{}\x01]{0,300}%\}|\{[\w:+.-]{1,40}\}")
_MATH = re.compile(
    r"\$\$[^\x01]*?(?:\$\$|(?=\x01)|\Z)|\$(?![\s$])[^$\n\x01]{0,300}[^$\s]\$(?!\w)|\\\([^\x01]{0,300}?\\\)"
)
_LABEL = re.compile(r"\x01(?:\([^()\s]+\)=(?=[\n\x01]|\Z)|:::[^\n\x01]*|:\w+:[^\n\x01]*|\[!\w+\])")
# `:material-close:`, a colour, and the letter that stands for information.
_ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])|#(?=[A-Fa-f]*\d)[0-9A-Fa-f]{6}\b|\u2139\ufe0f?")
_SMALL = re.compile(r"<small\b[^<>]*>([^<>]*)</small>", re.I)
_BACKSLASHED = re.compile(r"\\[A-Za-z]+")
_URL = re.compile(r"(?:https?://|www\.|mailto:)[^\s\x01]+")


def without_noise(text: str) -> str:
    """The text with templates, math, addresses, icons and labels blanked out."""
    if "{" in text:
        text = _TEMPLATE.sub("\0", text)
    if "$" in text or "\\(" in text:
        text = _MATH.sub("\0", text)
    if "://" in text or "www." in text:
        text = _URL.sub("\0", text)
    if ":" in text or "#" in text or "\u2139" in text:
        text = _ICON.sub("\0", text)
    if "\\" in text:
        text = _BACKSLASHED.sub("\0", text)
    return _LABEL.sub("\x01", text)


def heading_name(text: str, source: str) -> str:
    """A heading without numbering, anchor, and what its source sets in small type at its end, a remark; of a signature
    the name, as a call."""
    if "<small" in source:
        for small in _SMALL.findall(source):
            text = "".join(text.rpartition(small)[::2]) if small.strip() else text
    return _SIGNATURE.sub(r"\1()", _HEADING_NOISE.sub("", without_noise(text)))
