"""Facts: all that kwlint needs to know about one document.

Paths are relative to the root of the repository, with `/`, in git's own spelling.
"""

from __future__ import annotations

from typing import NamedTuple

from kwlint.model.problem import Suppression


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
