"""Builds a `Document` from mistune's tokens, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from kwlint.markdown.blocks import Tokens, fenced_code, indented_code
from kwlint.markdown.dialects import block_id
from kwlint.markdown.escapes import decode_entities, normalised
from kwlint.markdown.html import COMPONENT, LINKING, HtmlComment, Tag, scan, sources
from kwlint.markdown.inlines import Inlines
from kwlint.markdown.lines import Lines
from kwlint.markdown.masks import Mask
from kwlint.markdown.mentions import mentions
from kwlint.markdown.plain import Plain
from kwlint.model.document import (
    Block,
    CodeSpan,
    Comment,
    Dialect,
    Document,
    Fence,
    FrontMatter,
    Heading,
    HtmlId,
    Link,
    Mark,
    Section,
    Table,
    Target,
    UndefinedReference,
)
from kwlint.text.lazy_regex import expression

Token = dict[str, Any]

_TASK = expression(r"\[[ xX]\]\s+")
_BLANK = " \r\n\t\f"
_SOFT_BREAK = re.compile(r" *\n\s*")
_LANG = re.compile(r"[{.]*\s*([^\s{},]*)")
_ESCAPED = expression(r"\\(.)")
_CONTAINERS = {"list": "list", "block_quote": "quote", "footnote": "footnote", "admonition": "admonition"}


class DocumentBuilder:
    """Walks the tokens in the order of the text and collects the parts of a document."""

    def __init__(self, mask: Mask, inlines: Inlines, env: Any, dialect: Dialect) -> None:
        self.text = mask.text
        self.mask = mask
        self.dialect = dialect
        self.inlines = inlines
        self.env = env
        self.lines: Lines
        self.container = ""
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.fences: list[Fence] = []
        self.code_spans: list[CodeSpan] = []
        self.links: list[Link] = []
        self.undefined: list[UndefinedReference] = []
        self.html_ids: list[HtmlId] = []
        self.targets: list[Target] = []
        self.comments: list[Comment] = []
        self.tables: list[Table] = []
        self.footnotes: dict[str, None] = {}
        self.in_footnotes: list[tuple[str, list[int], list[int]]] = []
        self.in_cell = False  # where `\\|` is a pipe, even in code
        self.base = 0  # where the inline text begins in `lines.src`
        self.shift: int | None = 0  # what to add for the source, if it is the same throughout

    # --- blocks

    def blocks_of(self, tokens: Tokens, container: str) -> None:
        lines = tokens.lines
        for token in tokens:
            self.lines, self.container = lines, container
            kind = token["type"]
            if kind in ("paragraph", "block_text"):
                self.leaf("paragraph", token["at"], token["end"])
            elif kind == "list":
                for item in token["children"]:
                    self._strip_task(item["children"])
                    self.blocks_of(item["children"], "list")
            elif kind == "footnote":
                self._footnote(token)
            elif kind in _CONTAINERS:
                self.blocks_of(token["children"], _CONTAINERS[kind])
            elif kind in self._HANDLERS:
                self._HANDLERS[kind](self, token)

    def _footnote(self, token: Token) -> None:
        kept = self.links, self.undefined, self.html_ids
        before = [len(facts) for facts in kept]
        self.blocks_of(token["children"], "footnote")
        self.in_footnotes.append((token["key"], before, [len(facts) for facts in kept]))

    def _drop_unused_footnotes(self) -> None:
        """Drop the links of footnotes that nothing refers to: they are not rendered."""
        for key, before, after in reversed(self.in_footnotes):
            if key not in self.footnotes:
                for facts, start, end in zip((self.links, self.undefined, self.html_ids), before, after, strict=True):
                    del facts[start:end]  # type: ignore[attr-defined]

    def _strip_task(self, tokens: Tokens) -> None:
        """Remove the `[x]` of a task."""
        if tokens and tokens[0]["type"] in ("paragraph", "block_text"):
            first = tokens[0]
            task = _TASK.match(tokens.lines.src, first["at"], first["end"])
            if task:
                first["at"] = task.end()

    def leaf(self, kind: str, start: int, end: int, level: int = 0) -> Block | None:
        """Add and return the block at `start:end` of the current text; None if it is empty."""
        lines = self.lines
        text = lines.src[start:end].strip(_BLANK)
        if not text:
            return None
        start = lines.src.index(text, start)
        end = start + len(text)
        first, last = lines.at(start), lines.at(end)
        if self.dialect.wikilinks and (named := block_id(text)):
            at = lines.at(start + named[1])
            self.targets.append(Target(named[0], at, at + len(named[0]), len(self.headings)))
        marks: tuple[Mark, ...] = ()
        if self.inlines.markup.search(text):
            self.base = start
            self.shift = first - start if lines.is_root or "\n" not in text else None
            state = self.inlines.read(text, self.env, kind == "heading")
            plain = Plain(self)
            plain.add(state.tokens)
            text, marks = "".join(plain.parts), tuple(sorted(plain.marks, key=_outer_first))
            for label, at, stop in state.undefined:
                self.undefined.append(UndefinedReference(label, self.at(at), self.at(stop), len(self.headings)))
        else:
            if "\n" in text:
                text = _SOFT_BREAK.sub("\n", text)
            text = self.mask.without(decode_entities(text))
        if self.mask.char and not text.strip():
            return None
        block = Block(kind, text, first, last, len(self.headings), level, marks, self.container)
        self.blocks.append(block)
        return block

    def at(self, position: int) -> int:
        """Return the source's offset of a position in the current inline text."""
        return position + self.base + self.shift if self.shift is not None else self.lines.at(position + self.base)

    def _heading(self, token: Token) -> None:
        line = self.lines.line_of(token["line"])
        block_start = self.lines.root[line]
        at = self.lines.at(token["at"])
        level = token["level"]
        self.headings.append(Heading(level, "", "", "", at, at, block_start))
        block = self.leaf("heading", token["at"], token["end"], level)
        if block is None:
            return
        text = _without_images(block)
        raw = self.text[block.start : block.end]
        self.headings[-1] = Heading(level, text, block.text, raw, block.start, block.end, block_start)

    def _fence(self, token: Token) -> None:
        lines = self.lines
        start, end = lines.at(token["at"]), lines.at(token["end"])
        first = lines.at(token["first"])
        last = max(first, lines.root[lines.line_of(token["last"])] if token["closed"] else end)
        info = self.mask.written(token["info"], start)
        lang = _LANG.match(info)
        code = self.mask.written(fenced_code(lines.src, token), first)
        name = lang[1].lower() if lang and "=" not in lang[1] else ""  # `title=x` alone is an attribute
        section = len(self.headings)
        if self.dialect.raw_html_blocks and info.replace(" ", "") == "{=html}":
            self._html({"at": token["first"], "raw": lines.src[token["first"] : token["last"]]})
        self.fences.append(Fence(info, name, code, start, end, min(first, last), last, token["closed"], False, section))

    def _indented(self, token: Token) -> None:
        src = self.lines.src
        start = token["at"]
        end = start + len(src[start : token["end"]].rstrip())
        first, last = self.lines.at(start), self.lines.at(end)
        code = self.mask.written(indented_code(src, token), first)
        self.fences.append(Fence("", "", code, first, last, first, last, True, True, len(self.headings)))

    def _table(self, token: Token) -> None:
        start, end = self.lines.at(token["at"]), self.lines.at(token["end"])
        self.tables.append(Table(start, end, len(token["rows"]), token["columns"], len(self.headings)))
        self.in_cell, self.container = True, "table"
        for first, last in token["head"]:
            self.leaf("head-cell", first, last)
        for row in token["rows"]:
            for first, last in row:
                self.leaf("cell", first, last)
        self.in_cell = False

    def _definition(self, token: Token) -> None:
        start, end = self.lines.at(token["at"]), self.lines.at(token["end"])
        url, section = self.mask.written(token["url"], start), len(self.headings)
        self.links.append(Link("definition", url, "", start, end, section, False, "", token["key"]))

    def _mention(self, token: Token) -> None:
        start, end = self.lines.at(token["at"]), self.lines.at(token["end"])
        url, element = self.mask.written(token["url"], start), token["element"]
        image = element in ("figure", "image")
        self.links.append(Link("directive", url, "", start, end, len(self.headings), image, element, ""))

    def _target(self, token: Token) -> None:
        start, end = self.lines.at(token["at"]), self.lines.at(token["end"])
        self.targets.append(Target(token["name"], start, end, len(self.headings)))

    def _html(self, token: Token) -> None:
        self.base = token["at"]
        raw = token["raw"]
        self.shift = None
        opened = None
        for node in scan(raw):
            if isinstance(node, HtmlComment):
                start, end = self.at(node.start), self.at(node.end)
                self.comments.append(Comment(self.mask.written(node.text, start), start, end))
                continue
            if node.element.lower() == "a" and opened:
                index, begin = opened
                self.name_link(index, _TAGS.sub("", raw[begin : node.start]))
                opened = None
            if not node.closing and self.tag(node, 0) and node.element.lower() == "a":
                opened = len(self.links) - 1, node.end

    # --- HTML, in blocks and in text

    def tag(self, tag: Tag, base: int) -> bool:
        """Add the ids and links of an opening tag, which begins at `base`; report whether there was a link."""
        section, element, values = len(self.headings), tag.element.lower(), tag.attributes
        for name in ("id", "name"):
            if name in values:
                value, start = values[name]
                start, end = self.at(base + start), self.at(base + start + len(value))
                value = self.mask.written(decode_entities(value), start)
                self.html_ids.append(HtmlId(value, name, element, start, end, section))
        count = len(self.links)
        text = decode_entities(values["alt"][0]) if "alt" in values and element == "img" else ""
        component = self.dialect.mdx and tag.element[0].isupper()
        for name in COMPONENT if component else LINKING.get(element, ()):
            if name in values:
                value, start = values[name]
                for url, offset in sources(value) if name == "srcset" else [_stripped(value)]:
                    at, end = self.at(base + start + offset), self.at(base + start + offset + len(url))
                    url = self.mask.written(decode_entities(url), at)
                    self.links.append(
                        Link("html", url, text, at, end, section, name not in ("href", "to"), element, "")
                    )
        return len(self.links) > count

    def mentions(self, kind: str, first: int) -> None:
        """Add the files that the text names from `first` on, outside code, comments and Markdown links."""
        named_files = [mention for mention in mentions(self.text, kind) if mention.start >= first]
        if not named_files:
            return
        bounds = [heading.block_start for heading in self.headings]
        links = sorted((link.start, link.end) for link in self.links)
        code = sorted([(f.start, f.end) for f in self.fences] + [(c.start, c.end) for c in self.code_spans])
        if kind != "vitepress":  # whose includes are comments
            code = sorted([*code, *((c.start, c.end) for c in self.comments)])
        for name, start, end, in_code in named_files:
            if not _covers(links, start) and (in_code or not _covers(code, start)):
                section = bisect_right(bounds, start)
                url = self.text[start:end]
                if kind == "imports":  # a string of JavaScript's
                    url = _ESCAPED.sub(r"\1", url)
                self.links.append(Link("directive", url, "", start, end, section, name == "figure", name, ""))

    def name_link(self, index: int, text: str) -> None:
        self.links[index] = self.links[index]._replace(text=" ".join(decode_entities(text).split()))

    _HANDLERS: ClassVar[dict[str, Callable[[DocumentBuilder, Token], None]]] = {
        "heading": _heading,
        "fence": _fence,
        "indented": _indented,
        "table": _table,
        "definition": _definition,
        "mention": _mention,
        "target": _target,
        "block_html": _html,
    }

    def document(self, starts: list[int], matter: FrontMatter | None) -> Document:
        self._drop_unused_footnotes()
        headings = self.headings
        bounds = [0, *(heading.block_start for heading in headings), len(self.text)]
        sections = tuple(Section(i - 1, bounds[i], bounds[i + 1]) for i in range(len(bounds) - 1))
        self.links.sort(key=_start)
        return Document(
            self.text,
            tuple(starts),
            matter,
            sections,
            tuple(headings),
            tuple(self.blocks),
            tuple(self.fences),
            tuple(self.code_spans),
            tuple(self.links),
            tuple(self.undefined),
            tuple(self.html_ids),
            tuple(self.targets),
            tuple(self.comments),
            tuple(self.tables),
            tuple(self.footnotes),
        )


_TAGS = re.compile(r"<[^<>]*>")
_HEADING_MARKUP = expression(r"[*_`~]+|\{[^{}]*\}\s*\Z")


def heading_labels(tokens: Tokens) -> Iterator[str]:
    """Yield the labels that pandoc gives to headings: their texts without markup."""
    src = tokens.lines.src
    for token in tokens:
        if token["type"] == "heading":
            yield normalised(_HEADING_MARKUP.sub("", src[token["at"] : token["end"]]))
        elif token["type"] == "list":
            for child in token["children"]:
                yield from heading_labels(child["children"])
        elif token["type"] in _CONTAINERS:
            yield from heading_labels(token["children"])


def _covers(spans: list[tuple[int, int]], at: int) -> bool:
    """Report whether one of the spans, which are sorted and do not overlap, holds the offset."""
    index = bisect_right(spans, (at, at + 1)) - 1
    return index >= 0 and at < spans[index][1]


def _start(link: Link) -> int:
    return link.start


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _stripped(value: str) -> tuple[str, int]:
    bare = value.strip()
    return bare, value.find(bare)


def _without_images(block: Block) -> str:
    """Return the text of a heading without the alt texts of its images."""
    text, done, parts = block.text, 0, []
    for mark in block.marks:
        if mark.kind == "image" and mark.start >= done:
            parts.append(text[done : mark.start])
            done = mark.end
    return "".join((*parts, text[done:])) if parts else text
