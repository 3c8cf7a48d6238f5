"""Syntax of flavours beyond GitHub's Markdown, as rules for mistune's parsers.

Python-Markdown's admonitions, MyST's directives, roles and targets, Obsidian's wiki links, DocFX's extensions, and
attribute lists. Each is registered only for a dialect that has it, so that a plain document costs nothing extra.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from mistune.core import BlockState

from kwlint.markdown.blocks import Blocks, PositionedBlockState, Token, fence_end, fenced_code
from kwlint.markdown.containers import ContainerText, indented, item
from kwlint.markdown.inlines import Inlines, PositionedInlineState
from kwlint.model.document import Dialect
from kwlint.text.lazy_regex import expression

_ADMONITION = r"^ {0,3}(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?P<admonition_title>\S[^\n]*)$"
_TITLE = expression(r'(?<!\\)"((?:[^"\\]|\\.)*)"')
_COLON_FENCE = r"^(?P<colon_indent> {0,3})(?P<colon>:{3,})[ \t]*\{?(?P<colon_info>[A-Za-z][^\n]*)$"
_COLON_END = expression(r"^ {0,3}(:{3,})[ \t]*$", re.M)
_DIRECTIVE = expression(r"\{([\w:.-]+)\}[ \t]*(.*)")
_TARGET = r"^ {0,3}\((?P<target_name>[^\s()][^()\n]*)\)=[ \t]*$"
_COMMENT = r"^ {0,3}%[^\n]*$"
_MATH_BLOCK = r"^ {0,3}\$\$"
_MARKDOWN_TAG = (
    r"^ {0,3}<(?P<markdown_element>[A-Za-z][\w-]*)(?=[^<>\n]*[ \t]markdown[ \t=/>])[^<>\n]*>"
    r"|^ {0,3}</(?:article|aside|details|div|dd|dl|dt|figcaption|figure|footer|header|li|main|nav|ol|p|section|summary"
    r"|td|ul)>[ \t]*$"
)
_HTML_HEADING_END = expression(r"[^\n<]*(?:<(?!/h)[^\n<]*)*</h[1-6]>[ \t]*$", re.M)
_MEANING = r"^ {0,3}:(?P<meaning_gap>[ \t]{1,3})(?=\S)"
_ANY_HEADING = r"^ {0,3}(?P<atx_1>#{1,6})(?!#)(?P<atx_2>[^\n]*)$"
_OPTION = expression(r"[ \t]*:([\w-]+):[ \t]*([^\n]*)(?:\n|\Z)")
_OPTION_BLOCK = expression(r"[ \t]*---[ \t]*\n((?:(?![ \t]*---)[^\n]*\n)*)[ \t]*---[ \t]*(?:\n|\Z)")
_LINE = expression(r"[^\n]+")
_ENTRY = expression(r"[^<>]*<([^<>]+)>|(\S+)")

# Directives whose content is not Markdown, and those whose argument is a file.
RAW = frozenset(
    (
        *("code", "code-block", "code-cell", "sourcecode", "literalinclude", "parsed-literal", "prompt", "highlight"),
        *("doctest", "testcode", "testoutput", "testsetup", "testcleanup", "jupyter-execute", "pyrepl"),
        *("math", "mermaid", "graphviz", "plantuml", "raw", "eval-rst", "csv-table", "bibliography", "toctree"),
        *("autoclass", "autofunction", "automodule", "autosummary", "include", "image"),
    )
)
FILES = frozenset(("figure", "image", "include", "literalinclude", "download"))
NAMES = ("name", "label")

_WIKI = r"!?\[\[(?P<wiki_url>[^\[\]\n|]*[^\[\]\n|\\])(?:\\?\|(?P<wiki_text>[^\[\]\n]*))?\]\]"
_INCLUDE = (
    r"\[!(?P<docfx>INCLUDE|include|code(?:-[\w+#.-]+)?)[ \t]*\[(?P<docfx_text>[^\[\]\n]*)\]"
    r"\((?P<docfx_url>[^()\s]+)[^()\n]*\)\]"
)
_TRIPLE = r":::(?P<triple_name>[a-z]+)[ \t]+(?P<triple_attributes>[^\n]*?):::"
_SOURCE = expression(r"""(?:^|[ \t])(?:source|lightbox)=(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTES = r"\{(?:[^{}\n#\"'\[\]()]|\"[^\"\n]*\"|'[^'\n]*')*#(?P<attribute_id>[\w:.-]+)(?![\w:.-])[^{}\n\[\]()]*\}"
_ROLE = r"\{(?P<role>doc|ref|numref|download|any|eq)\}`(?P<role_text>[^`\n]+)`"
_ROLE_TARGET = expression(r"[^<>]*<([^<>]+)>\s*$")
_JSX_VALUE = r"""(?:"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[^\s"'=<>`{]+)"""
# The two kinds of attribute exclude each other, so that a failed attempt takes linear time.
_JSX_ATTRIBUTE = r"(?:[\w:.-]+(?![\w:.-])(?:\s*=\s*" + _JSX_VALUE + r")?|(?![:.-])[^\s\w\"'<>`={}/]+)"
_JSX = r"</?[A-Za-z][\w.:-]*(?:\s+" + _JSX_ATTRIBUTE + r")*\s*/?>"
_BLOCK_ID = expression(r"(?:^|\s)\^([A-Za-z0-9-]+)$")


def block_rules(blocks: Blocks, dialect: Dialect) -> None:
    """Register the block rules of `dialect`."""
    if dialect.admonitions:
        blocks.add("admonition", _ADMONITION, partial(admonition, blocks), "setex_heading")
        blocks.plain_lines(without="!?")
    if dialect.python_markdown:
        blocks.specification["atx_heading"] = _ANY_HEADING
        blocks.closes_anywhere = True
    if dialect.markdown_in_html:
        blocks.add("markdown_tag", _MARKDOWN_TAG, markdown_tag, "raw_html")
    if dialect.definition_lists:
        blocks.add("meaning", _MEANING, partial(meaning, blocks), "table")
    if dialect.directives or dialect.mdx:
        blocks.add("colon_fence", _COLON_FENCE, partial(colon_fence, blocks), "table")
    if dialect.directives:
        blocks.directive = partial(directive, blocks)
        blocks.add("target", _TARGET, target, "table")
        blocks.add("comment", _COMMENT, comment, "table")
        blocks.plain_lines(without="(%")
    if dialect.math and dialect._replace(math=False) != Dialect(math=False):
        blocks.add("math_block", _MATH_BLOCK, math_block, "table")
        blocks.plain_lines(without="$")
    if dialect.mdx:
        # MDX reads Markdown between tags; the tags are inline. Comments are Docusaurus' own.
        blocks.specification["raw_html"] = r"^[ \t]*<!--"
        blocks.indent_freely()


def inline_rules(inlines: Inlines, dialect: Dialect) -> None:
    """Register the inline rules of `dialect`."""
    if dialect.wikilinks:
        inlines.add("wiki", _WIKI, wiki, "[!")
    if dialect.docfx:
        inlines.add("include", _INCLUDE, include, "[")
        inlines.add("triple", _TRIPLE, triple, ":")
    if dialect.directives:
        inlines.add("roles", _ROLE, role, "{")
    if dialect.attributes:
        inlines.add("attributes", _ATTRIBUTES, attributes, "{")
    if dialect.mdx:
        inlines.add("jsx", _JSX, jsx, "<")


def block_id(text: str) -> tuple[str, int] | None:
    """Return the `^id` at the end of an Obsidian block, and where its name begins."""
    match = _BLOCK_ID.search(text)
    return (match[1], match.start(1)) if match else None


# --- blocks


def admonition(blocks: Blocks, m: re.Match[str], state: PositionedBlockState) -> int:
    """Parse `!!! note "Title"`; the title and the lines indented by four are Markdown."""
    title = _TITLE.search(m["admonition_title"])
    if title:
        base = m.start("admonition_title")
        state.append_token({"type": "paragraph", "at": base + title.start(1), "end": base + title.end(1)})
    inner = indented(state.src, min(m.end() + 1, state.cursor_max), 4)
    state.append_token({"type": "admonition", "children": blocks.content(state, inner, m.start())})
    return inner.end


def markdown_tag(m: re.Match[str], state: PositionedBlockState) -> int:
    """Parse an opening tag with the attribute `markdown`, or a closing tag on a line of its own; Markdown follows."""
    tag = m["markdown_element"] or ""
    state.append_token({"type": "block_html", "raw": m[0], "at": m.start()})
    if tag[:1] in "hH" and tag[1:].isdecimal() and (rest := _HTML_HEADING_END.match(state.src, m.end())):
        start, end = m.end(), rest.end() - len(rest[0]) + rest[0].rindex("</")
        state.append_token({"type": "heading", "at": start, "end": end, "level": int(tag[1:]), "line": m.start()})
        return min(rest.end() + 1, state.cursor_max)
    line_end = state.find_line_end_at(m.end())
    return line_end if not state.src[m.end() : line_end].strip() else m.end()


def meaning(blocks: Blocks, m: re.Match[str], state: PositionedBlockState) -> int:
    """Parse `:   meaning` of a definition list; the lines indented by four belong to it."""
    line_end = state.find_line_end_at(m.end())
    inner = item(state.src, line_end, state.src[m.end() : line_end], 4)
    state.append_token({"type": "list", "children": [{"children": blocks.content(state, inner, m.start())}]})
    return inner.end


def colon_fence(blocks: Blocks, m: re.Match[str], state: PositionedBlockState) -> int:
    """Parse `:::{note}` or `:::note`, a container up to a line with as many colons."""
    first = min(m.end() + 1, state.cursor_max)
    last, end, closed = fence_end(_COLON_END, state.src, first, len(m["colon"]))
    if not closed:
        last = end = state.cursor_max
    info = m["colon_info"]
    name, _, argument = info.partition("}") if "{" in m[0] else (info.split()[0], "", "")
    fence = {"at": m.start("colon"), "first": first, "last": last, "end": end, "closed": closed, "indent": 0}
    start = m.start("colon_info") + len(name) + 1 + len(argument) - len(argument.lstrip())
    _directive(blocks, state, fence, name.strip(), argument.strip(), start)
    return min(end + 1, state.cursor_max) if closed else state.cursor_max


def directive(blocks: Blocks, state: PositionedBlockState, fence: Token, info: int) -> bool:
    """Parse the fence with its info string at `info` if it is a MyST directive, and report whether it is one."""
    match = _DIRECTIVE.match(state.src, info)
    if not match:
        return False
    name, argument = match[1].lower(), match[2].rstrip()
    if name in RAW:
        _arguments(state, fence, name, argument, match.start(2))
        return name in ("toctree", "include", "image")
    _directive(blocks, state, fence, name, argument, match.start(2))
    return True


def _directive(blocks: Blocks, state: PositionedBlockState, fence: Token, name: str, argument: str, start: int) -> None:
    if name.lower() in RAW:
        fence |= {"type": "fence", "info": "{" + name + "} " + argument}
        state.append_token(fence)
        _arguments(state, fence, name.lower(), argument, start)
        return
    first = _arguments(state, fence, name.lower(), argument, start)
    if argument and name.lower() not in FILES:
        state.append_token({"type": "paragraph", "at": start, "end": start + len(argument)})
    text = fenced_code(state.src, fence | {"first": first})
    children = blocks.content(state, ContainerText(text, first, set()), first)
    state.append_token({"type": "admonition", "children": children})


def _arguments(state: PositionedBlockState, fence: Token, name: str, argument: str, start: int) -> int:
    """Add the files and labels that a directive names, and return where its content begins."""
    pos: int = fence["first"]
    src, last = state.src, fence["last"]
    if name in FILES and argument:
        state.append_token(_mention(name, argument, start))
    block = _OPTION_BLOCK.match(src, pos, last)
    if block:
        pos = block.end()
    while option := _OPTION.match(src, pos, last):
        if option[1] in NAMES and option[2].strip():
            value, at = option[2].strip(), option.start(2)
            state.append_token({"type": "target", "name": value, "at": at, "end": at + len(value)})
        pos = option.end()
    if name == "toctree":
        for line in _LINE.finditer(src, pos, last):
            entry = _ENTRY.match(line[0].strip())
            if entry and "*" not in line[0] and entry[0] != "self":
                url = entry[1] or entry[2]
                state.append_token(_mention(name, url, line.start() + line[0].index(url)))
    return pos


def _mention(name: str, url: str, start: int) -> Token:
    return {"type": "mention", "element": name, "url": url, "at": start, "end": start + len(url)}


def target(m: re.Match[str], state: PositionedBlockState) -> int | None:
    """Parse MyST's `(label)=`."""
    end = state.append_paragraph()
    if end:
        return end
    start, stop = m.span("target_name")
    state.append_token({"type": "target", "name": m["target_name"].strip(), "at": start, "end": stop})
    return m.end() + 1


def comment(m: re.Match[str], state: PositionedBlockState) -> int:
    """Parse MyST's `% comment`."""
    state.append_token({"type": "blank_line"})
    return m.end() + 1


def math_block(m: re.Match[str], state: BlockState) -> int | None:
    """Parse `$$` up to the next `$$`; there is no Markdown between them."""
    end = state.src.find("$$", m.end())
    if end < 0:
        return None
    state.append_token({"type": "math_block", "at": m.start(), "end": end + 2})
    return int(state.find_line_end_at(end))


# --- inlines


def wiki(m: re.Match[str], state: PositionedInlineState) -> int:
    """Parse `[[Note#Heading|alias]]`; with a `!` before it, the note is embedded."""
    start, end = m.span("wiki_url")
    text = m["wiki_text"] or m["wiki_url"]
    _link(state, "wiki", m["wiki_url"], start, end, text, image=m[0][0] == "!")
    return m.end()


def include(m: re.Match[str], state: PositionedInlineState) -> int:
    """Parse `[!INCLUDE [title](path)]` and `[!code-lang[title](path)]`."""
    start, end = m.span("docfx_url")
    _link(state, "directive", m["docfx_url"], start, end, m["docfx_text"], element=m["docfx"])
    return m.end()


def triple(m: re.Match[str], state: PositionedInlineState) -> int:
    """Parse `:::image source="path" alt-text="…":::` and `:::code source="path":::`."""
    base, name = m.start("triple_attributes"), m["triple_name"]
    for source in _SOURCE.finditer(m["triple_attributes"]):
        group = source.lastindex or 1
        start, end = base + source.start(group), base + source.end(group)
        _link(state, "directive", source[group], start, end, "", element=name, image=name == "image")
    return m.end()


def role(m: re.Match[str], state: PositionedInlineState) -> int:
    """Parse roles of MyST such as `` {doc}`title <target>` ``."""
    text, base = m["role_text"], m.start("role_text")
    match = _ROLE_TARGET.match(text)
    start, end = match.span(1) if match else (0, len(text))
    label = text[: text.rindex("<")].strip() if match else text
    _link(state, "directive", text[start:end], base + start, base + end, label, element=m["role"])
    return m.end()


def attributes(m: re.Match[str], state: PositionedInlineState) -> int | None:
    """Parse `{#id}` and `{: #id .class }`; in a heading they stay text, and the flavour decides."""
    if state.heading:
        return None
    start, end = m.span("attribute_id")
    state.append_token({"type": "target", "name": m["attribute_id"], "at": start, "end": end})
    return m.end()


def jsx(m: re.Match[str], state: PositionedInlineState) -> int:
    """Parse a tag whose attributes may be JavaScript."""
    state.append_token({"type": "inline_html", "raw": m[0], "at": m.start()})
    return m.end()


def _link(
    state: PositionedInlineState,
    kind: str,
    url: str,
    start: int,
    end: int,
    text: str,
    *,
    element: str = "",
    image: bool = False,
) -> None:
    token: dict[str, Any] = {"type": "image" if image else "link", "kind": kind, "url": url, "at": start, "end": end}
    token |= {"children": [{"type": "text", "raw": text}] if text else [], "element": element}
    state.append_token(token)
