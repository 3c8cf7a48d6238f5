"""Anchors of a document: how they are made, and the explicit ids of headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from kwlint.model.document import Document, HtmlId
from kwlint.model.facts import Anchor
from kwlint.text.lazy_regex import expression

NON_FRAGMENT_KINDS = ("include", "open", "address", "alias")  # the kinds of `Anchor` that no fragment can name
# Ids of a footnote and of the reference to it, with its label or its number, as the renderers write them.
_FOOTNOTES = ("fn-{}", "fnref-{}", "fn:{}", "fnref:{}", "footnote-{}", "fr-{}-1")
_ATTRIBUTES = expression(
    r"\s*(?:[#.][^\s{}#.][^\s{}]*(?:\s+|\Z)"
    r"|[\w:@-]+=(?:\"[^\"]*\"\s*|'[^']*'\s*|[^\s\"'{}]+(?:\s+|\Z)))+\Z"
).match


def line_of(document: Document, offset: int) -> int:
    """Return the line, from 1, of an offset."""
    return bisect_right(document.line_starts, offset)


def anchor_at(document: Document, offset: int, kind: str, name: str, title: str = "") -> Anchor:
    """Return the anchor that the text at `offset` makes."""
    return Anchor(name, kind, title, line_of(document, offset))


def non_heading_anchors(document: Document) -> list[Anchor]:
    """Return the fragments that are not headings: ids and names in raw HTML, named targets, footnotes."""
    anchors = [anchor_at(document, i.start, "html", i.value) for i in document.html_ids if is_jump_target(i)]
    anchors += [anchor_at(document, target.start, "target", target.name) for target in document.targets]
    for number, label in enumerate(document.footnotes, 1):
        anchors += (Anchor(form.format(name), "footnote", "", 1) for form in _FOOTNOTES for name in (label, number))
    if document.footnotes:
        anchors.append(Anchor("footnote-label", "footnote", "", 1))
    return anchors


class HtmlHeading(NamedTuple):
    """A heading in raw HTML: its text without tags, and where it begins."""

    text: str
    start: int


_HTML_HEADING = expression(r"<h([1-6])\b[^<>]*>((?:(?!</?h[1-6]\b).)*)</h\1\s*>", re.I | re.S)
_TAG = expression(r"<[^<>]*>")


def html_headings(document: Document) -> list[HtmlHeading]:
    """Return the headings that are written in HTML, outside code and comments."""
    text = document.text
    if "</h" not in text and "</H" not in text:
        return []
    from html import unescape

    spans = [(fence.start, fence.end) for fence in document.fences]
    spans += [(code.start, code.end) for code in document.code_spans]
    spans = sorted([*spans, *((comment.start, comment.end) for comment in document.comments)])
    headings = []
    for match in _HTML_HEADING.finditer(text):
        index = bisect_right(spans, (match.start(), len(text))) - 1
        if index < 0 or spans[index][1] <= match.start():
            headings.append(HtmlHeading(" ".join(unescape(_TAG.sub("", match[2])).split()), match.start()))
    return headings


def is_jump_target(html_id: HtmlId) -> bool:
    """Report whether a fragment can name the attribute: any `id`, and the `name` of an `a`."""
    return html_id.attribute == "id" or html_id.element == "a"


def unique_anchors(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Return the first anchor of each name, in order."""
    by_name: dict[str, Anchor] = {}
    for anchor in anchors:
        if anchor.name:
            by_name.setdefault(anchor.name, anchor)
    return tuple(by_name.values())


def split_custom_id(text: str, colon: bool = True) -> tuple[str, str]:
    """Return a heading's text without the attributes at its end, and the explicit id among them, `""` for none.

    Attributes are `{#x}`, `{: .y #x}` or, escaped for MDX, `\\{#x}`. `colon`: allow the colon of Python-Markdown and
    kramdown.
    """
    if not text.endswith("}") and not text.rstrip().endswith("}"):
        return text, ""
    opening = text.rfind("{")
    inside = text[opening + 1 :].rstrip()[:-1].rstrip("\\")
    inside = (inside.lstrip(":") if colon else inside).strip(" \t*/")
    if opening < 0 or not _ATTRIBUTES(inside):
        return text, ""
    words = (word[1:] if word[0] == "#" else word.removeprefix("id=").strip("\"'") for word in inside.split()
             if word[0] == "#" or word.startswith("id="))  # fmt: skip
    custom = next(filter(None, words), "")
    return text[:opening].rstrip(" \t\\"), custom


def without_braces(text: str) -> str:
    """Return `text` without the braces at its end, which some attribute parsers drop whatever they hold."""
    stripped = text.rstrip()
    opening = stripped.rfind("{")
    return stripped[:opening].rstrip() if stripped.endswith("}") and opening > 0 else text


def blank_code(document: Document) -> str:
    """Return the document's text with its code blocks replaced by spaces: nothing in them makes an anchor."""
    text, pieces, at = document.text, [], 0
    for fence in document.fences:
        if fence.start >= at:
            pieces += [text[at : fence.start], " " * (fence.end - fence.start)]
            at = fence.end
    return "".join([*pieces, text[at:]]) if pieces else text
