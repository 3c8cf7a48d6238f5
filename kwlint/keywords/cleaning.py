"""Removes from text what is not prose, and from headings what is not part of their name."""

from __future__ import annotations

from kwlint.keywords.patterns import noise


def without_noise(text: str) -> str:
    """Return the text with templates, math, addresses, icons and labels replaced by bounds."""
    for pattern, replacement, hints in noise("noise"):
        if any(hint in text for hint in hints):
            text = pattern.sub(replacement, text)
    return text


def heading_name(text: str) -> str:
    """Return a heading without numbering and attributes; of a signature, the name with `()`."""
    text = without_noise(text)
    for pattern, replacement, _ in noise("heading-noise"):
        text = pattern.sub(replacement, text)
    return text
