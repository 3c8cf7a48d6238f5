"""The documentation companion of one source: what it is, how it is built, what it needs and how it is linked.

Every heading is there only where the source gives it something to say. What is said names the section that it was
found in. Each fact has a line of its own, so that an edit moves the lines that it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.facts.sentences import sentences
from kwlint.pages import escape
from kwlint.pages.amounts import about, count, joined, size
from kwlint.pages.documentation_code import dependencies, findings, patterns, usage
from kwlint.pages.documentation_links import architecture, cross_references, related_files
from kwlint.pages.labels import Labels
from kwlint.pages.marker import marker
from kwlint.pages.names import documentation_page, href

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.config import Config
    from kwlint.model import Facts, Neighbourhood, Outline, SectionFact

READING_SPEED = 230  # words a minute: silent reading of English non-fiction (Brysbaert 2019: 238)
OUTLINE_LINES = 40
ANALYSIS_LINES = 80
META_VALUE = 160  # characters of a front matter value
SYMBOLS = 8
SHOWN_ELSEWHERE = frozenset(("key", "idiom", "include"))
FEW_WORDS = 30  # a section of so few words and nothing else needs no line of its own

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
    lines = [marker("documentation", path, config.format), "", f"# Documentation: {escape.text(path)}"]
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
    lines += [f"- Description: {escape.text(outline.description)}"] if outline.description else []
    lines += [f"- Language: {escape.text(outline.language)}"] if outline.language else []
    meta = [_meta(name, value) for name, value in outline.meta if _is_worth_a_word(name, value, outline)]
    lines += [f"- Front matter: {'; '.join(meta)}"] if meta else []
    if outline.words:
        minutes = max(1, (outline.words + READING_SPEED // 2) // READING_SPEED)
        lines.append(f"- Words: {about(outline.words)} ({count(minutes, 'minute')} to read)")
    lines += _structure(facts)
    return lines


def _type(path: str, outline: Outline) -> str:
    suffix = path.rpartition(".")[2].lower()
    syntax = _TYPES.get(suffix, suffix)
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
    said = [count(headings, "section")] if headings else []
    said += [count(len(facts.samples), "code block")] if facts.samples else []
    said += [count(tables, "table")] if tables else []
    said += [count(images, "image")] if images else []
    return [f"- Structure: {joined(said)}"] if said else []


def _purpose(facts: Facts, labels: Labels) -> list[str]:
    """The kind of document with what gave it away, and what it says of itself, in one line."""
    outline = facts.outline
    lead = next(sentences(outline.lead), "")
    kind = outline.kind.capitalize()
    if outline.kind_signs:
        kind = f"{kind} ({escape.text(joined(list(outline.kind_signs)))})"
    if _same(lead, outline.description):
        lead = ""
    said = f"{escape.text(lead)} ({labels.section(outline.lead_section)})" if lead else ""
    line = ": ".join(filter(None, (kind, said)))
    return [line] if line else []


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same but for punctuation and what follows."""
    left, right = ("".join(filter(str.isalnum, value.casefold())) for value in (one, other))
    return bool(left and right) and (left.startswith(right) or right.startswith(left))


def _original(page: str, path: str, source_text: str | None) -> list[str]:
    lines = [f"- [{escape.label(path)}]({href(page, path)})"]
    if source_text is not None:
        from kwlint.pages.fence import fenced

        lines += ["", *fenced(source_text, "markdown")]
    return lines


# --- overview and analysis --------------------------------------------------------------------------------------------


def _overview(facts: Facts, labels: Labels) -> list[str]:
    outline = facts.outline
    more = list(sentences(outline.lead))[1:]
    lines = [escape.text(" ".join(more))] if more else []
    headings = _outline(outline.sections, labels)
    if lines and headings:
        lines.append("")
    return lines + headings


def _outline(sections: tuple[SectionFact, ...], labels: Labels) -> list[str]:
    """The headings as a nested list: as many levels as fit into `OUTLINE_LINES`, at least the first."""
    levels = sorted({section.level for section in sections if section.level})
    top = [section for section in sections if section.level == levels[0]] if levels else []
    if len(top) == 1 and len(levels) > 1:
        levels = levels[1:]  # the title alone says nothing that the page's head does not
    kept = levels[:1]
    for level in levels[1:]:
        if sum(1 for section in sections if section.level in (*kept, level)) > OUTLINE_LINES:
            break
        kept.append(level)
    chosen = [index for index, section in enumerate(sections) if section.level in kept and section.title]
    if len(chosen) < 2:
        return []
    lines: list[str] = []
    depth = 0
    for index in chosen[:OUTLINE_LINES]:
        depth = min(depth + 1, kept.index(sections[index].level)) if lines else 0
        lines.append(f"{'  ' * depth}- {labels.section(index)}")
    if len(chosen) > OUTLINE_LINES:
        lines.append(f"- {count(len(chosen) - OUTLINE_LINES, 'further section')}")
    return lines


def _analysis(facts: Facts, labels: Labels) -> list[str]:
    symbols: dict[int, list[str]] = {}
    for sample in facts.samples:
        for kind, name in sample.defines:
            if kind in SHOWN_ELSEWHERE:
                continue
            entry = f"{kind} {escape.code(escape.shortened(name, 80))}"
            known = symbols.setdefault(sample.section, [])
            if entry not in known:
                known.append(entry)
    lines = [
        f"- {labels.section(index)} — {'; '.join(measures)}"
        for index, section in enumerate(facts.outline.sections)
        if (measures := list(_measures(section, symbols.get(index, []))))
    ]
    return lines[:ANALYSIS_LINES]


def _measures(section: SectionFact, symbols: list[str]) -> Iterator[str]:
    if section.words > FEW_WORDS or (section.words and (section.code_blocks or section.tables or section.images)):
        yield f"{about(section.words)} {'word' if section.words == 1 else 'words'}"
    if section.code_blocks:
        lines = f" ({count(section.code_lines, 'line')})" if section.code_lines else ""
        yield f"{count(section.code_blocks, 'code block')}{lines}"
    if section.tables:
        yield count(section.tables, "table")
    if section.images:
        yield count(section.images, "image")
    if symbols:
        more = f" and {len(symbols) - SYMBOLS} more" if len(symbols) > SYMBOLS else ""
        yield f"defines {', '.join(symbols[:SYMBOLS])}{more}"
