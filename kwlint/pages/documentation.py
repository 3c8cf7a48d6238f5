"""The documentation page of one document: what it is, how it is built, what it needs and what it links to.

A heading without content is left out. Statements name the section they come from. Each fact has a line of its own, so
that an edit changes only the lines it affects.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kwlint.facts.moved_notice import moved_to
from kwlint.pages import data, escape
from kwlint.pages.amounts import about, count, joined
from kwlint.pages.documentation_code import dependencies, findings, language_name, patterns, usage
from kwlint.pages.documentation_links import architecture, cross_references, related_files
from kwlint.pages.labels import Labels
from kwlint.pages.names import documentation_page, href
from kwlint.pages.outgoing_links import outgoing_links
from kwlint.pages.small import is_small
from kwlint.repo.page_marker import marker
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.config import Config
    from kwlint.model.facts import Facts, Outline, SectionFact
    from kwlint.pages.outgoing_links import OutgoingLink

READING_SPEED = 230  # words per minute: silent reading of English non-fiction (Brysbaert 2019: 238)
ANALYSIS_LINES = 20
SYMBOLS = 8
SOME_WORDS = 50  # a section of fewer has no word count
SHOWN_ELSEWHERE = frozenset(("key", "idiom", "include"))
MANY_WORDS = 150  # a section of fewer, and without code, tables or images, is not listed
MANY_LINES = 20  # of code
LANGUAGES = 5


def render(path: str, facts: Facts, config: Config, embedded: str | None = None) -> str:
    """Return the page of the document at `path`; `embedded` is the document's text, for `embed-source`."""
    if is_small(facts):
        return ""
    page = documentation_page(config, path)
    labels = Labels(page, path, facts.outline.sections)
    links = outgoing_links(path, facts)
    parts = {
        "File Metadata": _metadata(path, facts),
        "File Purpose": _purpose(facts, links, labels),
        "Original Source": _original(page, path, embedded),
        "High-Level Overview": _overview(facts),
        "Detailed Analysis": _analysis(facts, labels),
        "Architecture & Design": architecture(path, links),
        "Dependencies": dependencies(page, facts, links, labels),
        "Code Patterns & Idioms": patterns(facts, labels),
        "Performance Considerations": findings(facts, labels, "performance"),
        "Security & Safety": findings(facts, labels, "security"),
        "Testing & Usage": usage(facts, labels),
        "Related Files": related_files(page, path, config),
        "Cross-References": cross_references(page, links, labels),
    }
    lines = [
        marker("documentation", path, config.format),
        "",
        f"# Documentation: {escape.text(path.rpartition('/')[2])}",
    ]
    for title, body in parts.items():
        if body:
            lines += ["", f"## {title}", "", *body]
    return labels.resolved(lines)


# --- metadata and purpose ---------------------------------------------------------------------------------------------


def _metadata(path: str, facts: Facts) -> list[str]:
    outline = facts.outline
    lines = [f"- Type: {_type(path, outline)}"]
    lines += [f"- Title: {escape.text(outline.title)}"] if outline.title else []
    has_purpose = outline.summary or moved_to(facts)  # else the purpose is the description
    described = bool(has_purpose) and outline.description not in ("", outline.title) and _beyond(outline) is None
    lines += [f"- Description: {escape.text(outline.description)}"] if described else []
    lines += [f"- Language: {escape.text(outline.language)}"] if outline.language else []
    if outline.words:
        minutes = max(1, (outline.words + READING_SPEED // 2) // READING_SPEED)
        time = f" ({minutes} minutes to read)" if minutes > 1 else ""
        lines.append(f"- Words: {about(outline.words)}{time}")
    lines += _structure(facts)
    return lines


def _type(path: str, outline: Outline) -> str:
    """Return the syntax and the type of document, with the signs of the type."""
    suffix = path.rpartition(".")[2].lower()
    syntax = data.titles("syntax", "suffix").get(f".{suffix}") or escape.label(suffix)
    if not outline.document_type:
        return syntax
    signs = joined([escape.label(sign) for sign in outline.document_type_signs])
    return f"{syntax}, {outline.document_type} ({signs})"


def _structure(facts: Facts) -> list[str]:
    outline = facts.outline
    headings = sum(1 for section in outline.sections if section.level)
    tables = sum(section.tables for section in outline.sections)
    images = sum(section.images for section in outline.sections)
    counts = [count(headings, "section")] if headings > 1 else []
    counts += [f"{count(len(facts.samples), 'code block')}{_languages(facts)}"] if facts.samples else []
    counts += [count(tables, "table")] if tables else []
    counts += [count(images, "image")] if images else []
    return [f"- Structure: {joined(counts)}"] if counts else []


def _languages(facts: Facts) -> str:
    """Return the languages of the code blocks, the most common first."""
    blocks = Counter(sample.lang for sample in facts.samples if sample.lang)
    ranked = sorted(blocks, key=lambda name: (-blocks[name], name))
    if not ranked:
        return ""
    if blocks[ranked[0]] == len(facts.samples):
        return f" of {language_name(ranked[0])}"
    return f" ({', '.join(f'{blocks[name]} {language_name(name)}' for name in ranked[:LANGUAGES])})"


def _first_sentence(outline: Outline) -> str:
    return next(sentences(outline.summary), "")


def _beyond(outline: Outline) -> list[str] | None:
    """Return the sentences of the description after the first if the text starts with the same one, else None."""
    description = list(sentences(outline.description.replace("`", "")))
    return description[1:] if description[:1] == [_first_sentence(outline).replace("`", "")] else None


def _purpose(facts: Facts, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """Return one line with the type of document and its first sentence or description."""
    outline = facts.outline
    if target := moved_to(facts):
        return [f"Moved to {escape.code(target)} ({labels.section(outline.summary_section)})"]
    kind = f"{outline.document_type.capitalize()}: " if outline.document_type else ""
    conjunction = data.pattern("conjunction", re.NOFLAG)
    sentence = conjunction.sub(lambda match: match[1].upper(), _first_sentence(outline).rstrip(":："), count=1)
    if sentence:
        return [f"{kind}{escape.text(sentence)} ({labels.section(outline.summary_section)})"]
    if outline.description and outline.description != outline.title:
        return [f"{kind}{escape.text(outline.description)}"]
    targets = {link.path for link in links if link.is_document}
    return (
        [f"Index: links to {count(len(targets), 'document')}"] if outline.document_type == "index" and targets else []
    )


def _original(page: str, path: str, embedded: str | None) -> list[str]:
    lines = [f"- [{escape.label(path.rpartition('/')[2])}]({href(page, path)})"]
    if embedded is not None:
        from kwlint.pages.fence import fenced

        lines += ["", *fenced(embedded, "markdown")]
    return lines


# --- overview and analysis --------------------------------------------------------------------------------------------


def _overview(facts: Facts) -> list[str]:
    """Return the sentences of the summary after the first. The headings are what the git host shows as outline."""
    outline = facts.outline
    rest = [] if moved_to(facts) else [*(_beyond(outline) or ()), *list(sentences(outline.summary))[1:]]
    points_elsewhere = data.pattern("pointer").search
    more = [
        sentence
        for sentence in dict.fromkeys(rest)
        if not points_elsewhere(sentence) and sum(map(str.isalpha, sentence)) > 9
    ]
    return [escape.text(" ".join(more))] if more else []


def _analysis(facts: Facts, labels: Labels) -> list[str]:
    """Return a line for each section of substance: its measures and the symbols that its code defines."""
    symbols: dict[int, list[str]] = {}
    for sample in facts.samples:
        for kind, name in sample.defines:
            entry = f"{kind} {escape.code(escape.shortened(name, 80))}"
            entries = symbols.setdefault(sample.section, [])
            if kind not in SHOWN_ELSEWHERE and entry not in entries:
                entries.append(entry)
    sections = facts.outline.sections
    transcluding = {sample.section for sample in facts.samples if not sample.lines}  # their length is unknown
    is_changelog = facts.outline.document_type == "changelog"  # word counts per version are of no use
    lines = []
    for index, section in enumerate(sections):
        is_long = not is_changelog and section.words >= (
            2 * MANY_WORDS if is_stock_heading(section.title) else MANY_WORDS
        )
        is_rich = section.tables or section.images > 1 or (section.images and section.words >= SOME_WORDS)
        if is_long or is_rich or section.code_lines >= MANY_LINES or symbols.get(index):
            shown_lines = 0 if index in transcluding else section.code_lines
            measures = _measures(section, symbols.get(index, []), shown_lines)
            lines.append(f"- {labels.section(index)} — {'; '.join(measures)}")
    if len(lines) == 1 and not any(symbols.values()):
        return []  # the metadata show the same
    return lines[:ANALYSIS_LINES]


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{about(number)} lines"


def _measures(section: SectionFact, symbols: list[str], code_lines: int) -> Iterator[str]:
    if section.words >= SOME_WORDS:
        yield f"{about(section.words)} words"
    if section.code_blocks:
        lines = f" ({_lines(code_lines)})" if code_lines else ""
        yield f"{count(section.code_blocks, 'code block')}{lines}"
    if section.tables:
        yield count(section.tables, "table")
    if section.images:
        yield count(section.images, "image")
    if symbols:
        more = f" and {len(symbols) - SYMBOLS} more" if len(symbols) > SYMBOLS else ""
        yield f"defines {', '.join(symbols[:SYMBOLS])}{more}"
