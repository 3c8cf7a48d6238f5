"""The keyword index of one document: the sections that cover each keyword, and the keywords of each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.model.keyword_groups import GROUPS
from kwlint.pages import escape
from kwlint.pages.labels import Labels
from kwlint.pages.names import documentation_page, href, keyword_page
from kwlint.pages.small import is_small
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.facts import Facts, Keyword

SECTIONS = 3  # of one keyword
MAPPED = 2  # sections: a single one is the main section of all keywords
CODE_GROUPS = frozenset(GROUPS) - {"term", "acronym"}


def render(path: str, facts: Facts, config: Config, embedded: str | None = None) -> str:  # noqa: ARG001
    """Return the page of the document at `path`."""
    if is_small(facts):
        return ""
    page = keyword_page(config, path)
    labels = Labels(page, path, facts.outline.sections)
    name = path.rpartition("/")[2]
    lines = [marker("keywords", path, config.format), "", f"# Keyword Index: {escape.text(name)}", ""]
    lines += ["## File Information", "", *_information(page, path, config)]
    if facts.keywords:
        lines += ["", "## Keywords", *_groups(facts, labels)]
        if sections := _map(facts, labels):
            lines += ["", "## Keyword → Section Map", "", *sections]
    return labels.resolved(lines)


def _text(keyword: Keyword) -> str:
    """Return a keyword as Markdown: code as a code span."""
    return escape.code(keyword.text) if keyword.group in CODE_GROUPS else escape.text(keyword.text)


def _information(page: str, path: str, config: Config) -> list[str]:
    lines = [f"- Original file: [{escape.label(path.rpartition('/')[2])}]({href(page, path)})"]
    if "documentation" in config.pages:
        lines.append(f"- Documentation: [companion]({href(page, documentation_page(config, path))})")
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
    """Return a line for each section that is the main section of several keywords, with these keywords.

    A dash separates them: a line that began with `[label]:` would define the label (CommonMark 4.7).
    """
    main: dict[int, list[str]] = {}
    for keyword in sorted(facts.keywords, key=lambda keyword: (keyword.text.casefold(), keyword.text)):
        for index in keyword.sections[:1]:
            main.setdefault(index, []).append(_text(keyword))
    if len(main) < MAPPED:
        return []
    return [f"- {labels.section(index)} — {', '.join(main[index])}" for index in sorted(main) if len(main[index]) > 1]
