"""The shared types: what the parser, the facts, the pages and the problems speak in.

Everything here is an immutable value. The types are named tuples because they are made by the hundred thousand
(a third of the cost of a frozen dataclass), because they are JSON arrays without a converter when the store keeps
them, and because making one costs next to nothing. What a check says stands in `problem`: nothing else of ours is
imported here.

Positions inside a document are *offsets*: characters from 0 in `Document.text`, end exclusive. Lines and columns
(from 1, columns in characters) are made from offsets where a fact or a problem leaves the parser's world.
Paths are relative to the repository's root, with `/`, in git's own spelling.
"""

from __future__ import annotations

from typing import NamedTuple

from kwlint.problem import Suppression

# --- what the parser says -----------------------------------------------------------------------------------------


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
    """An ATX or setext heading. `raw` is its inline source, cut at `start:end`; `text` is the same as plain text
    with image alt texts left out, `alt_text` with them in. `block_start` is where its first line begins."""

    level: int
    text: str
    alt_text: str
    raw: str
    start: int
    end: int
    block_start: int


class Section(NamedTuple):
    """A heading with the text up to the next heading, whatever its level.

    Section 0 is the text before the first heading (`heading` is -1); it is there even when empty, so that section
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
    """`format` is `yaml`, `toml` or `json`; `text` is what stands between the delimiters; `start:end` with them."""

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


# --- facts: all that kwlint needs to know of one source ----------------------------------------------------------


class SectionFact(NamedTuple):
    """One section as the pages show it. `anchor` is the fragment on the git host, empty for section 0 (the top of
    the file). `title` is clean plain text (custom ids and the like removed), empty for section 0. `line`, `end_line`:
    first and last line. `level` is 0 for section 0."""

    level: int
    title: str
    anchor: str
    line: int
    end_line: int
    words: int
    code_blocks: int
    code_lines: int
    tables: int
    images: int


class LinkFact(NamedTuple):
    """A link with what its verdict and its repair need; `start`, `end` are offsets into the source's text, `target`
    the text there. The other fields are as in `Link`."""

    kind: str
    target: str
    url: str
    text: str
    section: int
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    image: bool
    element: str
    label: str


class Sample(NamedTuple):
    """A code block: its language (canonical name, empty if unknown), where, how long, what it defines and imports
    (in order), the commands that a reader can run, and the output it promises (as lines). `defines` also holds what it
    shows: kind `key` (of data), `idiom` (a turn of phrase of its language), `include` (a file whose text it takes)."""

    lang: str
    section: int
    line: int
    lines: int
    defines: tuple[tuple[str, str], ...]  # (kind such as "function" or "class", name)
    imports: tuple[str, ...]
    commands: tuple[str, ...]
    output: tuple[str, ...]
    doctests: int


class Evidence(NamedTuple):
    """A sentence or command that is about `topic` (`performance` or `security`); `sign` names what gave it away."""

    topic: str
    sign: str
    text: str
    code: bool
    section: int
    line: int


class Keyword(NamedTuple):
    """An entry of the keyword index. `group` is one of GROUPS' keys; `sections`: indexes into the sections that cover
    it, the main one first, at most five; `expansion` is an acronym's long form (or empty); `score` ranks it."""

    text: str
    group: str
    sections: tuple[int, ...]
    expansion: str
    score: float


class Anchor(NamedTuple):
    """A fragment that the source offers under its flavour. `kind`: `heading`, `custom` (an explicit id), `html`,
    `target`, `footnote`. `title` is the heading's text where there is one, `line` where it stands. Three kinds are no
    fragments: `include` and `open` (see `Flavour.anchors`), and `alias`, another name of the whole document."""

    name: str
    kind: str
    title: str
    line: int


class Note(NamedTuple):
    """A problem that is visible in the source alone (KW106, KW107, KW201, KW202), ready to be reported.

    `replacement` is the text that an unsafe or safe fix puts at `start:end`, None where there is none."""

    code: str
    message: str
    hint: str
    target: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    replacement: str | None
    safe: bool


class Outline(NamedTuple):
    """What the document is: `kind` is one of `tutorial`, `how-to`, `reference`, `explanation`, `changelog`, `index`
    or empty; `lead` its first sentences; `meta` the front matter's plain values as text, in order."""

    title: str
    description: str
    kind: str
    kind_signs: tuple[str, ...]
    lead: str
    lead_section: int
    meta: tuple[tuple[str, str], ...]
    language: str
    size: int
    lines: int
    words: int
    sections: tuple[SectionFact, ...]


class Facts(NamedTuple):
    """All that kwlint needs to know of one source: a pure function of its bytes, its path and the configuration."""

    outline: Outline
    links: tuple[LinkFact, ...]
    anchors: tuple[Anchor, ...]
    samples: tuple[Sample, ...]
    evidence: tuple[Evidence, ...]
    keywords: tuple[Keyword, ...]
    hosts: tuple[tuple[str, int], ...]  # external host, number of links to it
    notes: tuple[Note, ...]
    suppressions: tuple[Suppression, ...]


# --- what surrounds a source -------------------------------------------------------------------------------------


class Brief(NamedTuple):
    """What a folder's pages say of one source: little, so that an edit of its prose seldom moves them."""

    path: str
    title: str
    description: str
    kind: str
    concepts: tuple[str, ...]  # a few headline keywords


class LinkOut(NamedTuple):
    """A cross-link to a file that exists: `path` is the file, `text` the link's label, `section` where it stands."""

    path: str
    text: str
    section: int
    image: bool
    is_source: bool


class LinkIn(NamedTuple):
    """A cross-link from another source; title and anchor are those of the section that it stands in."""

    path: str
    title: str
    section_title: str
    section_anchor: str
    text: str


class Neighbourhood(NamedTuple):
    """What a documentation page says beyond its own source."""

    links_out: tuple[LinkOut, ...]
    links_in: tuple[LinkIn, ...]
    previous: str
    next: str


class Folder(NamedTuple):
    """A folder's listing: sub-folders that hold sources (with the title of their README or index, or empty), its own
    sources, and the cross-links between sources that start or end in it (each pair once)."""

    path: str  # "" is the root
    subfolders: tuple[tuple[str, str], ...]
    documents: tuple[Brief, ...]
    links: tuple[tuple[str, str], ...]
    inbound: tuple[tuple[str, int], ...]  # document, number of sources that link to it
