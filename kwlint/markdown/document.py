"""Parses a text: sets front matter and templates aside, runs mistune, and builds the `Document`."""

from __future__ import annotations

from functools import lru_cache

from kwlint.markdown.blocks import Blocks, PositionedBlockState
from kwlint.markdown.dialects import block_rules, inline_rules
from kwlint.markdown.front_matter import front_matter
from kwlint.markdown.inlines import Inlines
from kwlint.markdown.lines import Lines, line_starts
from kwlint.markdown.masks import Mask, longest_first, mdx_code, raw_blocks, silent_lines, template_tags
from kwlint.markdown.reader import DocumentBuilder, heading_labels
from kwlint.model.document import Dialect, Document


@lru_cache(maxsize=32)
def _parsers(dialect: Dialect) -> tuple[Blocks, Inlines]:
    blocks, inlines = Blocks(), Inlines(math=dialect.math)
    if dialect != Dialect(math=dialect.math):
        block_rules(blocks, dialect)
        inline_rules(inlines, dialect)
    blocks.block_quote_rules = blocks.list_rules = blocks.rules
    return blocks, inlines


def read(text: str, dialect: Dialect) -> Document:
    """Return the Document of `text`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks, inlines = _parsers(dialect._replace(mentions=""))
    matter = front_matter(text)
    mask = _mask(text, dialect, matter.end if matter else 0)
    starts = line_starts(text)
    src = mask.masked if text.endswith("\n") or not text else mask.masked + "\n"
    state = PositionedBlockState()
    state.start(Lines(src, 0, starts if len(src) == len(text) else [*starts, len(src)], len(text), is_root=True))
    state.cursor = matter.end if matter else 0
    blocks.parse(state)
    if dialect.implicit_references:
        state.env["implicit"] = frozenset(heading_labels(state.tokens))
    reader = DocumentBuilder(mask, inlines, state.env, dialect)
    reader.blocks_of(state.tokens, "")
    for kind in dict.fromkeys((dialect.mentions, "imports" if dialect.mdx else "")):
        reader.mentions(kind, matter.end if matter else 0)
    return reader.document(starts, matter)


def _mask(text: str, dialect: Dialect, first: int) -> Mask:
    """Return `text` with what is not Markdown masked, from `first` on."""
    if dialect.mdx:
        return Mask(text, mdx_code(text, first))
    if dialect.wikilinks and "%%" in text:
        return Mask(text, raw_blocks(text, first, "obsidian"))
    language = dialect.templates
    if language == "vuepress" and "@[" in text:
        return Mask(text, [*raw_blocks(text, first, language), *template_tags(text, first, language)])
    if not language or "{" not in text:
        return Mask(text)
    passages = [*template_tags(text, first, language)]
    if language in ("liquid", "hugo"):
        passages += raw_blocks(text, first, language)
    if language not in ("liquid", "jinja") or "{%" not in text:
        return Mask(text, passages)
    return Mask(text, passages, silent_lines(text, sorted(passages, key=longest_first)))
