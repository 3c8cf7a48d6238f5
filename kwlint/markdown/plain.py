"""Renders inline tokens as plain text with marks; links, code spans and HTML go to the document builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from kwlint.markdown.emphasis import pair
from kwlint.markdown.escapes import decode_entities
from kwlint.markdown.html import HtmlComment, scan
from kwlint.model.document import CodeSpan, Comment, Link, Mark, Target

if TYPE_CHECKING:
    from collections.abc import Sized

    from kwlint.markdown.html import Tag
    from kwlint.markdown.masks import Mask

Token = dict[str, Any]


class Collector(Protocol):
    """Takes what inline tokens add to the document besides their text."""

    mask: Mask
    code_spans: list[CodeSpan]
    links: list[Link]
    targets: list[Target]
    comments: list[Comment]
    footnotes: dict[str, None]
    in_cell: bool

    @property
    def headings(self) -> Sized:
        """The headings so far: their number is that of the current section."""

    def at(self, position: int) -> int:
        """Return the offset in the source of a position in the inline text."""

    def tag(self, tag: Tag, base: int) -> bool:
        """Add the ids and links of an opening tag; report whether there was a link."""

    def name_link(self, index: int, text: str) -> None:
        """Set the text of a link."""


class Plain:
    """The plain text of one block."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.opened: tuple[int, int] | None = None  # an HTML link and how many parts there were

    def add(self, tokens: list[Token]) -> None:
        parts, without = self.parts, self.collector.mask.without
        paired = False
        for token in tokens:
            kind = token["type"]
            if kind == "text":
                raw = token["raw"]
                if "&" in raw:
                    raw = decode_entities(raw)
                raw = without(raw)
                parts.append(raw)
                self.length += len(raw)
            elif kind == "softbreak":
                parts.append("\n")
                self.length += 1
            elif kind == "codespan":
                self._code_span(token)
            elif "children" in token:
                self._span(token, kind)
            elif kind == "inline_html":
                self._html(token)
            elif kind == "run":
                if not paired:
                    pair(tokens)
                    paired = True
                self._run(token)
            elif kind == "math":
                parts.append(token["raw"])
                self.length += len(token["raw"])
            elif kind == "footnote_ref":
                self.collector.footnotes.setdefault(token["key"])
            elif kind == "target":
                collector = self.collector
                at, end = collector.at(token["at"]), collector.at(token["end"])
                collector.targets.append(Target(token["name"], at, end, len(collector.headings)))

    def _run(self, token: Token) -> None:
        """Close the emphasis that ends at a run, add its unpaired markers as text, and open what begins there."""
        for span in token.get("ends", ()):
            if span.kind != "strikethrough":
                self.marks.append(Mark(span.kind, span.start, self.length))
        if token["left"]:
            self.parts.append(token["raw"] * token["left"])
            self.length += token["left"]
        for span in token.get("begins", ()):
            span.start = self.length

    def _code_span(self, token: Token) -> None:
        collector = self.collector
        start, end = collector.at(token["at"]), collector.at(token["end"])
        raw = collector.mask.written(token["raw"], start)
        if collector.in_cell:
            raw = raw.replace("\\|", "|")
        collector.code_spans.append(CodeSpan(raw, start, end, len(collector.headings)))
        self.parts.append(raw)
        self._mark("code", len(raw))

    def _mark(self, kind: str, length: int) -> None:
        self.marks.append(Mark(kind, self.length, self.length + length))
        self.length += length

    def _span(self, token: Token, kind: str) -> None:
        start, count = self.length, len(self.parts)
        self.add(token["children"])
        self.marks.append(Mark(kind, start, self.length))
        collector = self.collector
        text = "".join(self.parts[count:])
        at, end = collector.at(token["at"]), collector.at(token["end"])
        url, section = collector.mask.written(token["url"], at), len(collector.headings)
        if token["kind"] == "autolink":
            url = decode_entities(url)
        element, label = token.get("element", ""), token.get("label", "")
        link = Link(token["kind"], url, text, at, end, section, kind == "image", element, label)
        collector.links.append(link)

    def _html(self, token: Token) -> None:
        collector, base = self.collector, token["at"]
        for node in scan(token["raw"]):
            if isinstance(node, HtmlComment):
                start, end = collector.at(base), collector.at(base + node.end)
                collector.comments.append(Comment(collector.mask.written(node.text, start), start, end))
                continue
            is_anchor = node.element.lower() == "a"
            if is_anchor and self.opened:
                collector.name_link(self.opened[0], "".join(self.parts[self.opened[1] :]))
                self.opened = None
            if not node.closing and collector.tag(node, base) and is_anchor:
                self.opened = len(collector.links) - 1, len(self.parts)
