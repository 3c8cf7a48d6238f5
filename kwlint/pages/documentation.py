"""The documentation companion of one source: what it is, how it is built, what it needs and how it is linked.

Every heading is there only where the source gives it something to say. What is said names the section that it was
found in. Each fact has a line of its own, so that an edit moves the lines that it concerns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kwlint.facts.sentences import sentences
from kwlint.pages import escape
from kwlint.pages.amounts import about, count, joined, size
from kwlint.pages.documentation_code import dependencies, findings, patterns, usage
from kwlint.pages.documentation_links import architecture, cross_references, related_files
from kwlint.pages.forms import FORMS
from kwlint.pages.labels import Labels
from kwlint.pages.marker import marker
from kwlint.pages.names import documentation_page, href
from kwlint.pages.stub import moved_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.config import Config
    from kwlint.model import Facts, Neighbourhood, Outline, SectionFact

READING_SPEED = 230  # words a minute: silent reading of English non-fiction (Brysbaert 2019: 238)
OUTLINE_LINES = 20
ANALYSIS_LINES = 20
META_VALUE = 80  # characters of a front matter value
SYMBOLS = 8
SOME_WORDS = 50  # of a section with code or pictures that make its text worth a measure
SHOWN_ELSEWHERE = frozenset(("key", "idiom", "include"))
MANY_WORDS = 150  # a section of fewer, and nothing but words, needs no analysis
FEW_WORDS_IN_OUTLINE = 10
_CONNECTIVE = re.compile(
    r"\A(?:But|And|So|Then|However,|Also,) +(\w)"
)  # joins it to what stands before it in the document
_POINTER = re.compile(r"[:：]\Z|\A(?:please )?see\b|\Afor (?:more|further)?\b[^.]{0,40}, see\b", re.IGNORECASE)
DATA = frozenset(("", "yaml", "json", "toml", "ini", "xml", "output", "text"))  # code that is no program
DATA_LINES = 10  # of data in one block that make it worth telling
_TYPES = {"md": "Markdown", "markdown": "Markdown", "mdx": "MDX", "qmd": "Quarto", "rmd": "R Markdown"}


def documentation(
    path: str, facts: Facts, neighbourhood: Neighbourhood, config: Config, source_text: str | None
) -> str:
    """The page of the source at `path`; `source_text` is embedded where it is given."""
    page = documentation_page(config, path)
    labels = Labels(page, path, facts.outline.sections)
    parts = {
        "File Metadata": _metadata(path, facts),
        "File Purpose": _purpose(facts, labels),
        "Original Source": _original(page, path, source_text),
        "High-Level Overview": _overview(facts, labels),
        "Detailed Analysis": _analysis(facts, labels),
        "Architecture & Design": architecture(page, path, neighbourhood, config),
        "Dependencies": dependencies(page, facts, neighbourhood, labels),
        "Code Patterns & Idioms": patterns(facts, labels),
        "Performance Considerations": findings(facts, labels, "performance"),
        "Security & Safety": findings(facts, labels, "security"),
        "Testing & Usage": usage(facts, labels),
        "Related Files": related_files(page, path, neighbourhood, config),
        "Cross-References": cross_references(page, neighbourhood, labels),
    }
    lines = [
        marker("documentation", path, config.format),
        "",
        f"# Documentation: {escape.text(path.rpartition('/')[2])}",
    ]
    for title, body in parts.items():
        if body:
            lines += ["", f"## {title}", "", *body]
    definitions = labels.definitions()
    lines += ["", *definitions] if definitions else []
    return "\n".join(lines) + "\n"


# --- metadata and purpose ---------------------------------------------------------------------------------------------


def _metadata(path: str, facts: Facts) -> list[str]:
    outline = facts.outline
    lines = [f"- Path: {escape.code(path)}", f"- Size: {size(outline.size)}", f"- Type: {_type(path, outline)}"]
    lines += [f"- Title: {escape.text(outline.title)}"] if outline.title else []
    described = outline.description and outline.description != outline.title
    lines += [f"- Description: {escape.text(outline.description)}"] if described else []
    lines += [f"- Language: {escape.text(outline.language)}"] if outline.language else []
    meta = [_meta(name, value) for name, value in outline.meta if _is_worth_a_word(name, value, outline)]
    lines += [f"- Front matter: {'; '.join(meta)}"] if meta else []
    if outline.words:
        minutes = max(1, (outline.words + READING_SPEED // 2) // READING_SPEED)
        time = f" ({minutes} minutes to read)" if minutes > 1 else ""
        lines.append(f"- Words: {about(outline.words)}{time}")
    lines += _structure(facts)
    return lines


def _type(path: str, outline: Outline) -> str:
    suffix = path.rpartition(".")[2].lower()
    syntax = _TYPES.get(suffix) or escape.label(suffix)
    return f"{syntax}, {outline.kind}" if outline.kind else syntax


def _meta(name: str, value: str) -> str:
    shown = escape.shortened(value, META_VALUE)
    return f"{escape.code(name)} {escape.code(shown) if '://' in shown else escape.label(shown)}"


def _is_worth_a_word(name: str, value: str, outline: Outline) -> bool:
    """Not what a line of its own says already."""
    return name.casefold() not in ("title", "description") and value not in (
        "",
        outline.title,
        outline.description,
        outline.language,
    )


def _structure(facts: Facts) -> list[str]:
    outline = facts.outline
    headings = sum(1 for section in outline.sections if section.level)
    tables = sum(section.tables for section in outline.sections)
    images = sum(section.images for section in outline.sections)
    said = [count(headings, "section")] if headings > 1 else []
    said += [count(len(facts.samples), "code block")] if facts.samples else []
    said += [count(tables, "table")] if tables else []
    said += [count(images, "image")] if images else []
    return [f"- Structure: {joined(said)}"] if said else []


def _purpose(facts: Facts, labels: Labels) -> list[str]:
    """The kind of document with what gave it away, and what it says of itself, in one line."""
    outline = facts.outline
    if target := moved_to(facts):
        return [f"Stub of a page that is elsewhere: {escape.code(target)} ({labels.section(outline.lead_section)})"]
    lead = _CONNECTIVE.sub(lambda match: match[1].upper(), next(sentences(outline.lead), "").rstrip(":："), count=1)
    kind = outline.kind.capitalize()
    if outline.kind_signs:
        kind = f"{kind} ({escape.text(joined(list(outline.kind_signs)))})"
    said = f"{escape.text(lead)} ({labels.section(outline.lead_section)})" if lead else escape.text(outline.description)
    line = ": ".join(filter(None, (kind, said)))
    return [line] if line else []


def _original(page: str, path: str, source_text: str | None) -> list[str]:
    lines = [f"- [{escape.label(path.rpartition('/')[2])}]({href(page, path)})"]
    if source_text is not None:
        from kwlint.pages.fence import fenced

        lines += ["", *fenced(source_text, "markdown")]
    return lines


# --- overview and analysis --------------------------------------------------------------------------------------------


def _overview(facts: Facts, labels: Labels) -> list[str]:
    outline = facts.outline
    rest = [] if moved_to(facts) else list(sentences(outline.lead))[1:]
    more = [sentence for sentence in rest if not _POINTER.search(sentence) and sum(map(str.isalpha, sentence)) > 9]
    lines = [escape.text(" ".join(more))] if more else []
    headings = _outline(outline, labels)
    if lines and headings:
        lines.append("")
    return lines + headings


def _outline(outline: Outline, labels: Labels) -> list[str]:
    """The headings as a nested list, without those that any document of its kind has: as many levels as fit into
    `OUTLINE_LINES`, at least the first."""
    telling = {index: outline.sections[index].level for index in _telling(outline)}
    levels = sorted(set(telling.values()))
    if len(levels) > 1 and list(telling.values()).count(levels[0]) == 1:
        levels = levels[1:]  # the title alone says nothing that the page's head does not
    kept = levels[:1]
    for level in levels[1:]:
        if sum(1 for other in telling.values() if other in (*kept, level)) > OUTLINE_LINES:
            break
        kept.append(level)
    chosen = [index for index, level in telling.items() if level in kept]
    if len(chosen) < 2:
        return []
    lines: list[str] = []
    depth = 0
    for index in chosen[:OUTLINE_LINES]:
        depth = min(depth + 1, kept.index(telling[index])) if lines else 0
        lines.append(f"{'  ' * depth}- {labels.section(index)}")
    if len(chosen) > OUTLINE_LINES:
        lines.append(f"- {count(len(chosen) - OUTLINE_LINES, 'further section')}")
    return lines


def _telling(outline: Outline) -> Iterator[int]:
    """The sections whose headings say something of this document: neither its title again, nor a mere form, nor next
    to nothing below one (a type below "Inputs")."""
    form_level = 0
    form = -1  # a heading that is told only if something below it is
    for index, section in enumerate(outline.sections):
        if not section.title or section.title == outline.title:
            continue
        if section.title.casefold() in FORMS:
            form_level, form = section.level, index
            continue
        if section.level <= form_level:
            form_level, form = 0, -1
        if not form_level or section.words >= FEW_WORDS_IN_OUTLINE or section.code_blocks or section.tables:
            if form >= 0:
                yield form
                form = -1
            yield index


def _analysis(facts: Facts, labels: Labels) -> list[str]:
    """Each section of substance with its measures and the symbols that its code defines."""
    symbols: dict[int, list[str]] = {}
    programs: set[int] = set()
    for sample in facts.samples:
        if sample.lang not in DATA or sample.lines > DATA_LINES:
            programs.add(sample.section)
        for kind, name in sample.defines:
            entry = f"{kind} {escape.code(escape.shortened(name, 80))}"
            known = symbols.setdefault(sample.section, [])
            if kind not in SHOWN_ELSEWHERE and entry not in known:
                known.append(entry)
    lines = []
    for index, section in enumerate(facts.outline.sections):
        long = section.words >= MANY_WORDS and len(facts.outline.sections) > 2  # of one, the metadata tell
        if long or section.tables or section.images or index in programs:
            measures = list(_measures(section, symbols.get(index, [])))
            lines += [f"- {labels.section(index)} — {'; '.join(measures)}"] if measures else []
    if len(lines) > ANALYSIS_LINES + 1:
        return [*lines[:ANALYSIS_LINES], f"- {count(len(lines) - ANALYSIS_LINES, 'further section')}"]
    return lines


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{about(number)} lines"


def _measures(section: SectionFact, symbols: list[str]) -> Iterator[str]:
    if section.words >= SOME_WORDS:
        yield f"{about(section.words)} words"
    if section.code_blocks:
        lines = f" ({_lines(section.code_lines)})" if section.code_lines else ""
        yield f"{count(section.code_blocks, 'code block')}{lines}"
    if section.tables:
        yield count(section.tables, "table")
    if section.images:
        yield count(section.images, "image")
    if symbols:
        more = f" and {len(symbols) - SYMBOLS} more" if len(symbols) > SYMBOLS else ""
        yield f"defines {', '.join(symbols[:SYMBOLS])}{more}"
