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
from kwlint.pages.amounts import about, count, joined, size
from kwlint.pages.documentation_code import dependencies, findings, language_name, patterns, usage
from kwlint.pages.documentation_links import architecture, cross_references, related_files
from kwlint.pages.labels import TITLE, Labels
from kwlint.pages.names import documentation_page, href
from kwlint.pages.outgoing_links import outgoing_links
from kwlint.repo.page_marker import marker
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_stock_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kwlint.config import Config
    from kwlint.model.facts import Facts, Outline, SectionFact
    from kwlint.pages.outgoing_links import OutgoingLink

READING_SPEED = 230  # words per minute: silent reading of English non-fiction (Brysbaert 2019: 238)
OUTLINE_LINES = 20
ANALYSIS_LINES = 20
NAMES = 10  # subsections named on the line of a section in the outline
META_VALUE = 80  # characters of a front matter value
META_ADDRESS = 200  # characters of an address, which is not shortened
SYMBOLS = 8
SOME_WORDS = 50  # a section of fewer has no word count
SHOWN_ELSEWHERE = frozenset(("key", "idiom", "include"))
MANY_WORDS = 150  # a section of fewer, and without code, tables or images, is not listed
MANY_LINES = 20  # of code
FEW_WORDS = 2  # a section of fewer is empty ("None.")
FEW_WORDS_BELOW_STOCK = 10  # same, below a stock heading (a type below "Inputs")
LANGUAGES = 5


def render(path: str, facts: Facts, config: Config, embedded: str | None = None) -> str:
    """Return the page of the document at `path`; `embedded` is the document's text, for `embed-source`."""
    page = documentation_page(config, path)
    labels = Labels(page, path, facts.outline.sections)
    links = outgoing_links(path, facts)
    parts = {
        "File Metadata": _metadata(path, facts),
        "File Purpose": _purpose(facts, links, labels),
        "Original Source": _original(page, path, embedded),
        "High-Level Overview": _overview(facts, labels),
        "Detailed Analysis": _analysis(facts, labels),
        "Architecture & Design": architecture(page, path, links, config),
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
    definitions = labels.definitions()
    lines += ["", *definitions] if definitions else []
    return "\n".join(lines) + "\n"


# --- metadata and purpose ---------------------------------------------------------------------------------------------


def _metadata(path: str, facts: Facts) -> list[str]:
    outline = facts.outline
    lines = [f"- Path: {escape.code(path)}", f"- Size: {size(outline.size)}", f"- Type: {_type(path, outline)}"]
    lines += [f"- Title: {escape.text(outline.title)}"] if outline.title else []
    has_purpose = outline.summary or moved_to(facts)  # else the purpose is the description
    described = bool(has_purpose) and outline.description not in ("", outline.title) and _beyond(outline) is None
    lines += [f"- Description: {escape.text(outline.description)}"] if described else []
    lines += [f"- Language: {escape.text(outline.language)}"] if outline.language else []
    meta = [shown for name, value in outline.meta if (shown := _meta(name, value, outline))]
    lines += [f"- Front matter: {'; '.join(meta)}"] if meta else []
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


def _meta(name: str, value: str, outline: Outline) -> str:
    """Return an entry of the front matter; an empty string where another line already shows its value."""
    if name.casefold() in ("title", "description") or value in ("", *_shown_elsewhere(outline)):
        return ""
    if "://" in value:
        return f"{escape.code(name)} {escape.code(value)}" if len(value) <= META_ADDRESS else ""
    return f"{escape.code(name)} {escape.label(escape.shortened(value, META_VALUE))}"


def _shown_elsewhere(outline: Outline) -> tuple[str, str, str]:
    return outline.title, outline.description, outline.language


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


def _overview(facts: Facts, labels: Labels) -> list[str]:
    outline = facts.outline
    rest = [] if moved_to(facts) else [*(_beyond(outline) or ()), *list(sentences(outline.summary))[1:]]
    points_elsewhere = data.pattern("pointer").search
    more = [
        sentence
        for sentence in dict.fromkeys(rest)
        if not points_elsewhere(sentence) and sum(map(str.isalpha, sentence)) > 9
    ]
    lines = [escape.text(" ".join(more))] if more else []
    headings = _outline(outline, labels)
    if lines and headings:
        lines.append("")
    return lines + headings


def _outline(outline: Outline, labels: Labels) -> list[str]:
    """Return the headings as a nested list, without stock headings, at most `OUTLINE_LINES`.

    It has as many levels as fit, at least one. Deeper headings, and those below a stock heading, are named on the
    line of their parent.
    """
    specific = {index: outline.sections[index].level for index in _specific_sections(outline)}
    below = _below_stock_headings(outline, specific)
    listed = {index: level for index, level in specific.items() if index not in below}
    levels = sorted(set(listed.values()))
    in_order = list(listed.values())
    if len(levels) > 1 and in_order[0] == levels[0] and in_order.count(levels[0]) == 1:
        levels = levels[1:]  # the title, which the page shows already
    kept = _fitting_levels(levels, in_order)
    chosen = [index for index, level in listed.items() if level in kept]
    lines: list[str] = []
    depth = 0
    for position, index in enumerate(chosen[:OUTLINE_LINES]):
        depth = min(depth + 1, kept.index(specific[index])) if lines else 0
        until = chosen[position + 1] if position + 1 < len(chosen) else len(outline.sections)
        names = _names(
            outline, [other for other in specific if index < other < until and specific[other] > specific[index]]
        )
        lines.append(f"{'  ' * depth}- {labels.section(index)}{names}")
    if len(lines) == 1 and lines[0].endswith("]"):
        return []
    if rest := chosen[OUTLINE_LINES:]:
        lines.append(f"- {count(len(rest), 'further section')}{_names(outline, rest)}")
    return lines


def _fitting_levels(levels: Sequence[int], headings: Sequence[int]) -> list[int]:
    """Return the first of `levels`, and those after it whose headings also fit into `OUTLINE_LINES`."""
    kept = list(levels[:1])
    for level in levels[1:]:
        if sum(1 for other in headings if other in (*kept, level)) > OUTLINE_LINES:
            break
        kept.append(level)
    return kept


def _below_stock_headings(outline: Outline, specific: Iterable[int]) -> set[int]:
    """Return the sections below a stock heading."""
    below: set[int] = set()
    stock_level = 0
    for index in specific:
        section = outline.sections[index]
        if stock_level and section.level > stock_level:
            below.add(index)
        else:
            stock_level = section.level if is_stock_heading(section.title) else 0
    return below


def _names(outline: Outline, below: Sequence[int]) -> str:
    """Return the titles of the sections `below`, those of their highest level."""
    highest = min((outline.sections[index].level for index in below), default=0)
    titles = [outline.sections[index].title for index in below if outline.sections[index].level == highest]
    names = list(dict.fromkeys(escape.label(escape.shortened(title, TITLE)) for title in titles))
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f" — {', '.join(names[:NAMES])}{more}" if names else ""


def _specific_sections(outline: Outline) -> Iterator[int]:
    """Yield the sections whose headings are specific to this document.

    These are neither its title, nor stock headings, nor (nearly) empty. A stock heading with such a section below it is
    yielded too.
    """
    stock_level = 0
    stock_heading = -1  # a stock heading that is yielded only with a section below it
    for index, section in enumerate(outline.sections):
        if not section.title or section.title == outline.title:
            continue
        if section.level <= stock_level:
            stock_level, stock_heading = 0, -1
        if is_stock_heading(section.title):
            if not stock_level:
                stock_level, stock_heading = section.level, index
            continue
        if _has_content(outline, index, FEW_WORDS_BELOW_STOCK if stock_level else FEW_WORDS):
            if stock_heading >= 0:
                yield stock_heading
                stock_heading = -1
            yield index


def _has_content(outline: Outline, index: int, min_words: int) -> bool:
    """Return whether a section has at least `min_words` words, or code, tables, images or subsections."""
    section = outline.sections[index]
    if section.words >= min_words or section.code_blocks or section.tables or section.images:
        return True
    return _has_subsections(outline, index)


def _has_subsections(outline: Outline, index: int) -> bool:
    """Return whether a section has sections below it."""
    following = outline.sections[index + 1 : index + 2]
    return bool(following) and following[0].level > outline.sections[index].level


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
    if len(lines) > ANALYSIS_LINES + 1:
        return [*lines[:ANALYSIS_LINES], f"- {count(len(lines) - ANALYSIS_LINES, 'further section')}"]
    return lines


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
