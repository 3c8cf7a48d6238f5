"""The keyword index of one document: the sections that cover each keyword, and the keywords of each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.model.keyword_groups import GROUPS
from kwlint.pages import escape
from kwlint.pages.amounts import count
from kwlint.pages.labels import Labels
from kwlint.pages.names import documentation_page, folder_index_page, has_folder_index, href, keyword_page
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.facts import Facts, Keyword

SECTIONS = 3  # of one keyword
CODE_GROUPS = frozenset(GROUPS) - {"term", "acronym"}


def render(path: str, facts: Facts, config: Config, embedded: str | None = None) -> str:  # noqa: ARG001
    """Return the page of the document at `path`."""
    page = keyword_page(config, path)
    labels = Labels(page, path, facts.outline.sections)
    lines = [marker("keywords", path, config.format), "", f"# Keyword Index: {escape.text(path)}", ""]
    lines += ["## File Information", "", *_information(page, path, facts, config)]
    if facts.keywords:
        lines += ["", "## Keywords", *_groups(facts, labels)]
        if len({keyword.sections[:1] for keyword in facts.keywords}) > 1:
            lines += ["", "## Keyword → Section Map", "", *_map(facts, labels)]
        lines += ["", *labels.definitions()]
    return "\n".join(lines) + "\n"


def _text(keyword: Keyword) -> str:
    """Return a keyword as Markdown: code as a code span."""
    return escape.code(keyword.text) if keyword.group in CODE_GROUPS else escape.text(keyword.text)


def _information(page: str, path: str, facts: Facts, config: Config) -> list[str]:
    name = path.rpartition("/")[2]
    folder = path.rpartition("/")[0]
    lines = [f"- Original file: [{escape.label(name)}]({href(page, path)})"]
    if "documentation" in config.pages:
        lines.append(f"- Documentation: [companion]({href(page, documentation_page(config, path))})")
    if has_folder_index(config, folder):
        above = escape.label(folder.rpartition("/")[2] or "root")
        lines.append(f"- Folder: [{above}]({href(page, folder_index_page(config, folder))})")
    sections = len({index for keyword in facts.keywords for index in keyword.sections[:SECTIONS]})
    if facts.keywords:
        lines.append(f"- Counts: {count(len(facts.keywords), 'keyword')} in {count(sections, 'section')}")
    else:
        lines.append("- Counts: no keywords found")
    return lines


def _groups(facts: Facts, labels: Labels) -> list[str]:
    lines = []
    for group, title in GROUPS.items():
        entries = [keyword for keyword in facts.keywords if keyword.group == group]
        if entries:
            entries.sort(key=lambda keyword: (keyword.text.casefold(), keyword.text))
            lines += ["", f"### {title}", "", *(_entry(keyword, labels) for keyword in entries)]
    return lines


def _entry(keyword: Keyword, labels: Labels) -> str:
    expansion = f" ({escape.text(keyword.expansion)})" if keyword.expansion else ""
    links = [labels.section(index) for index in keyword.sections[:SECTIONS]]
    if links:
        links[0] = f"**{links[0]}**"
    return f"- {_text(keyword)}{expansion}: {', '.join(links)}"


def _map(facts: Facts, labels: Labels) -> list[str]:
    """Return a line for each section with the keywords that it is the main section of.

    A dash separates them: a line that began with `[label]:` would define the label (CommonMark 4.7).
    """
    main: dict[int, list[str]] = {}
    for keyword in sorted(facts.keywords, key=lambda keyword: (keyword.text.casefold(), keyword.text)):
        for index in keyword.sections[:1]:
            main.setdefault(index, []).append(_text(keyword))
    return [f"- {labels.section(index)} — {', '.join(main[index])}" for index in sorted(main)]
