"""What the parser returns: a Markdown text as blocks, links and positions.

Every value is immutable. The types are named tuples: they are made by the hundred thousand, cost a third of a frozen
dataclass, and are JSON arrays without a converter.

Positions are *offsets*: characters from 0 in `Document.text`, end exclusive. Lines and columns (from 1, columns in
characters) are computed where a fact or a problem leaves the parser.
"""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """Inline markup over a part of `Block.text`: `code`, `strong`, `emphasis`, `link` or `image` (its alt text)."""

    kind: str
    start: int
    end: int


class Block(NamedTuple):
    """A leaf block with its inline content as plain text.

    `kind`: `heading`, `paragraph` (also the text of a list item), `cell` or `head-cell`.
    `text`: markup dropped, escapes and entities decoded, code spans and alt texts kept, raw HTML tags and comments
    dropped, a soft or hard break as one `\\n`.
    `start`, `end`: the block's inline source in `Document.text`, from its first to its last character (lines of a
    nested block include their container's prefixes between them).
    `container`: the innermost of `list`, `quote`, `table`, `footnote`, `admonition`, or empty at the top level.
    """

    kind: str
    text: str
    start: int
    end: int
    section: int
    level: int
    marks: tuple[Mark, ...]
    container: str


class Heading(NamedTuple):
    """An ATX or setext heading.

    `raw` is its inline source at `start:end`; `text` is the same as plain text without the alt texts of images,
    `alt_text` with them. `block_start` is the offset of its first line.
    """

    level: int
    text: str
    alt_text: str
    raw: str
    start: int
    end: int
    block_start: int


class Section(NamedTuple):
    """A heading with the text up to the next heading, whatever its level.

    Section 0 is the text before the first heading (`heading` is -1); it exists even where it is empty, so that section
    `n` always belongs to heading `n - 1`.
    """

    heading: int
    start: int
    end: int


class Fence(NamedTuple):
    """A code block. `lang` is the first word of `info`, lower-case, without braces or dot (`{code-block} Python`
    gives `code-block`); empty for an indented block. `text` is the code as mistune gives it (container prefixes and
    indentation removed). `content_start:content_end` covers the code lines in the source; `closed` is false when a
    fence runs to the end of its container for want of a closing line."""

    info: str
    lang: str
    text: str
    start: int
    end: int
    content_start: int
    content_end: int
    closed: bool
    indented: bool
    section: int


class CodeSpan(NamedTuple):
    """A code span: `text` as rendered, `start:end` the content between the backtick runs."""

    text: str
    start: int
    end: int
    section: int


class Link(NamedTuple):
    """A link, image or other mention of a target.

    `kind`: `inline`, `reference` (full, collapsed and shortcut; `url` is the definition's), `definition`, `autolink`,
    `html`, `wiki`, `directive` (DocFX, MyST, mdBook: `[!INCLUDE [t](p)]`, `:::image source=""`, `{{#include p}}`).
    `url`: the destination with backslash escapes and entities decoded, percent-encoding as written.
    `start:end`: the target as written, without angle brackets or quotes; for a `reference`, the label that was
    looked up (the text in brackets when collapsed or shortcut).
    `text`: its plain label (alt text of an image). `element`: `a`, `img`, `source`, ... for `html`, the directive's
    name for `directive`, otherwise empty. `label`: the normalised label of a `reference` or `definition`.
    """

    kind: str
    url: str
    text: str
    start: int
    end: int
    section: int
    image: bool
    element: str
    label: str


class UndefinedReference(NamedTuple):
    """`[text][label]` or `[label][]` for which no definition exists; `start:end` is the label."""

    label: str
    start: int
    end: int
    section: int


class HtmlId(NamedTuple):
    """An `id` or `name` attribute of raw HTML, at `start:end` of its value."""

    value: str
    attribute: str
    element: str
    start: int
    end: int
    section: int


class Comment(NamedTuple):
    """An HTML comment, `text` without its delimiters, `start:end` with them."""

    text: str
    start: int
    end: int


class Table(NamedTuple):
    """A pipe table: its source span, number of body rows and of columns."""

    start: int
    end: int
    rows: int
    columns: int
    section: int


class Target(NamedTuple):
    """A named place that is no heading: MyST `(label)=`, `[](){#id}`, `{: #id}`, `^block-id`; `start:end` the name."""

    name: str
    start: int
    end: int
    section: int


class FrontMatter(NamedTuple):
    """`format` is `yaml`, `toml` or `json`; `text` is the content between the delimiters, `start:end` includes them."""

    format: str
    text: str
    start: int
    end: int


class Dialect(NamedTuple):
    """The syntax beyond GitHub's Markdown that a flavour reads; each flag is off for a plain git host."""

    admonitions: bool = False  # `!!! note`, `??? tip`, `=== "tab"` with content indented by four (Python-Markdown)
    directives: bool = False  # ```` ```{note} ```` and `:::{note}` whose content is Markdown, `{role}`x`` (MyST)
    math: bool = True  # `$x$`, `$$…$$`, `\\(…\\)`: no links inside
    wikilinks: bool = False  # `[[Note#Heading|alias]]` (Obsidian)
    templates: str = ""  # `jinja`, `liquid`, `hugo`, `mdbook`, ...: tags to mask, empty for none
    mdx: bool = False  # JSX, `import`/`export` lines
    docfx: bool = False  # `:::image source=""`, `[!INCLUDE [t](p)]`, `[!code-x[t](p)]`
    attributes: bool = False  # `{: #id .class }` and `{ #id }` after blocks and spans
    python_markdown: bool = False  # `#Heading` without a space
    markdown_in_html: bool = False  # blocks between tags with the attribute `markdown`
    definition_lists: bool = False  # `: meaning` below a term, with content indented by four
    implicit_references: bool = False  # the text of a heading is a label (pandoc)
    raw_html_blocks: bool = False  # the content of a code block `{=html}` is HTML (pandoc)
    mentions: str = ""  # the forms of `markdown.mentions` that name files: `mdbook`, `hugo`, ..., empty for none


class Document(NamedTuple):
    """What a Markdown text holds, in the order of the text, with exact positions.

    `text` is the decoded source with `\\n` line ends and without a byte order mark. `line_starts[i]` is the offset
    at which line `i + 1` begins.
    """

    text: str
    line_starts: tuple[int, ...]
    front_matter: FrontMatter | None
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    fences: tuple[Fence, ...]
    code_spans: tuple[CodeSpan, ...]
    links: tuple[Link, ...]
    undefined: tuple[UndefinedReference, ...]
    html_ids: tuple[HtmlId, ...]
    targets: tuple[Target, ...]
    comments: tuple[Comment, ...]
    tables: tuple[Table, ...]
    footnotes: tuple[str, ...]
