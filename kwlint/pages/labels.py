"""Links from a page to the sections of its document.

A section that a page links to once has its target there. One that it links to more often has a reference, defined at
the end of the page, in the order and in the lower case in which mdformat writes definitions.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.names import href

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kwlint.model.facts import SectionFact

TOP = "top of the file"
TITLE = 48  # characters of a section's title

# Titles that can be labels unchanged: they need no code spans and have no other meaning in Markdown.
_SIMPLE = re.compile(
    r"""(?!.*(?://|www\.)|[xX]\Z)
    (?=.*[^\W\d_])[^\W_-](?:[^\W_]|[ ,./()'"?!:;+=%–—›“”‘’…、。，：（）！？・-]|(?<=[^\W_])_(?=[^\W_]))*\Z
    |-{1,2}[A-Za-z][\w-]*\Z""",
    re.VERBOSE,
)
_OTHER = re.compile(r"[\W_]+")
_LINK = re.compile("\0(\\d+)\0")


class Labels:
    """The links of the page at `page` to sections of the document at `path`."""

    def __init__(self, page: str, path: str, sections: Sequence[SectionFact]) -> None:
        self.page = page
        self.path = path
        self.sections = sections
        self._titles: list[str] = []

    def section(self, index: int) -> str:
        """Return a place-holder for the link to a section, labelled with its title; `resolved` replaces it."""
        return f"\0{index}\0"

    def resolved(self, lines: Iterable[str]) -> str:
        """Return the text of a page: its lines with the links in place, and the definitions of references."""
        text = "\n".join(lines)
        uses = Counter(map(int, _LINK.findall(text)))
        references = _references({index: self._title(index) for index in sorted(uses) if uses[index] > 1})
        shown = {index: self._link(index, references.get(index, "")) for index in uses}
        text = _LINK.sub(lambda match: shown[int(match[1])], text)
        definitions = sorted((_normal(label), label, self._target(index)) for index, label in references.items())
        rows = [f"[{label.lower()}]: {target}" for _, label, target in definitions]
        return "\n".join([text, *(["", *rows] if rows else [])]) + "\n"

    def _link(self, index: int, label: str) -> str:
        title = self._title(index)
        if not label:
            return f"[{escape.label(title)}]({self._target(index)})"
        return f"[{title}]" if title == label else f"[{escape.label(title)}][{label}]"

    def _target(self, index: int) -> str:
        return href(self.page, self.path, self.sections[index].anchor)

    def _title(self, index: int) -> str:
        """Return the title of a section as the page shows it; titles that occur twice are told apart."""
        if not self._titles:
            self._titles = _distinct(self.sections)
        return self._titles[index]


def _distinct(sections: Sequence[SectionFact]) -> list[str]:
    """Return the shown title of each section: equal ones with the heading above, or else with their number."""
    own = [section.title for section in sections]
    own[0] = ""
    shown = [escape.shortened(title, TITLE) or TOP for title in own]
    number = Counter(map(str.casefold, shown))
    above = _above(sections)
    longer = [
        f"{shown[parent]} › {title}" if number[title.casefold()] > 1 and (parent := above[index]) > 0 else title
        for index, title in enumerate(shown)
    ]
    seen: Counter[str] = Counter()
    distinct = []
    for title in longer:
        seen[title.casefold()] += 1
        position = seen[title.casefold()]
        distinct.append(f"{title} ({position})" if position > 1 and title != TOP else title)
    return distinct


def _above(sections: Sequence[SectionFact]) -> list[int]:
    """Return the index of the section above each, that is, the last one before it of a higher level; else 0."""
    above = []
    open_sections: list[int] = []
    for index, section in enumerate(sections):
        while open_sections and sections[open_sections[-1]].level >= section.level:
            open_sections.pop()
        above.append(open_sections[-1] if open_sections else 0)
        open_sections.append(index)
    return above


def _references(titles: dict[int, str]) -> dict[int, str]:
    """Return a label for each section: its title where that can be a label, else the letters of the title."""
    labels: dict[int, str] = {}
    taken: set[str] = set()
    for index, title in titles.items():
        if _SIMPLE.match(title) and _normal(title.lower()) == _normal(title) and _normal(title) not in taken:
            labels[index] = title
        else:
            stem = " ".join(_OTHER.sub(" ", title).split()).lower()
            stem = stem if re.search(r"[^\W\d]", stem) and stem.upper().lower() == stem else "section"
            stem = f"{stem} section" if stem == "x" else stem
            numbers = range(2, len(titles) + 3)
            names = (stem, *(f"{stem} {number}" for number in numbers))
            labels[index] = next(name for name in names if _normal(name) not in taken)
        taken.add(_normal(labels[index]))
    return labels


def _normal(label: str) -> str:
    """Return a label as CommonMark compares it, so that letter case does not matter."""
    return label.lower().upper()
