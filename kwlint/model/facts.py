"""Facts: all that kwlint needs to know about one document.

Paths are relative to the root of the repository, with `/`, in git's own spelling.
"""

from __future__ import annotations

from typing import NamedTuple

from kwlint.model.problem import Suppression


class SectionFact(NamedTuple):
    """One section as the pages show it.

    `anchor` is the fragment on the git host. `title` is plain text, without custom ids. `line` and `end_line` are the
    first and the last line. Section 0 is the top of the file: its level is 0, its title and anchor are empty.
    """

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
    """A link, with what resolving and fixing it takes.

    `start` and `end` are offsets into the document's text, `target` is the text between them. The other fields are
    those of `document.Link`.
    """

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
    """A code block: its language (canonical name, empty if unknown), position, length, the names that it defines and
    imports (in order), the commands that a reader can run, and lines of their output. `defines` also holds names of
    kind `key` (of data), `idiom` (of its language) and `include` (a file whose text it includes)."""

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
    """A sentence or line of code about `topic` (`performance` or `security`); `sign` names the sign that matched."""

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
    """A fragment that the document offers under its flavour.

    `kind` is `heading`, `custom` (an explicit id), `html`, `target` or `footnote`. `title` is the text of a heading.
    Three kinds are not fragments: `include` and `open` (see `Flavour.anchors`), and `alias`, another name of the whole
    document.
    """

    name: str
    kind: str
    title: str
    line: int


class Defect(NamedTuple):
    """Something wrong that is visible in the source alone; the rules turn it into a problem.

    | `kind` | `detail` |
    | --- | --- |
    | `undefined-reference` | the label |
    | `ignored-definition` | the label, which is defined with another target on `first_line` |
    | `overriding-definition` | the same, where the later definition counts |
    | `duplicate-id` | the id, which is also on `first_line` |
    | `unclosed-fence` | empty |
    | `undecodable` | why the bytes are not UTF-8 |
    | `garbled` | the text before it was decoded with a wrong encoding |

    `text` is what the source has at `start:end` (offsets); lines and columns count from 1. `first_line` is 0 for kinds
    that do not name it.
    """

    kind: str
    text: str
    detail: str
    first_line: int
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Outline(NamedTuple):
    """What the document is.

    `document_type` is `tutorial`, `how-to`, `reference`, `explanation`, `changelog`, `index`, or empty;
    `document_type_signs` are phrases that say why. `summary` is the first sentences of the document, from section
    `summary_section`. `meta` holds the plain values of the front matter as text, in order. `size` is in bytes.
    """

    title: str
    description: str
    document_type: str
    document_type_signs: tuple[str, ...]
    summary: str
    summary_section: int
    meta: tuple[tuple[str, str], ...]
    language: str
    size: int
    lines: int
    words: int
    sections: tuple[SectionFact, ...]


class Facts(NamedTuple):
    """All that kwlint needs to know about one document: a pure function of its bytes, path and configuration.

    `flavour` is the name of the flavour that the document is read under."""

    outline: Outline
    links: tuple[LinkFact, ...]
    anchors: tuple[Anchor, ...]
    samples: tuple[Sample, ...]
    evidence: tuple[Evidence, ...]
    keywords: tuple[Keyword, ...]
    hosts: tuple[tuple[str, int], ...]  # external host, number of links to it
    defects: tuple[Defect, ...]
    suppressions: tuple[Suppression, ...]
    flavour: str = "github"
