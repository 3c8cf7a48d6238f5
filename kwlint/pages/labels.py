"""Reference links from a page to the sections of its document: short in the text, each target once at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.names import href

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.model.facts import SectionFact

TOP = "top of the file"
TITLE = 48  # characters of a section's title

# Titles that can be labels unchanged: they need no escapes and have no other meaning in Markdown.
_SIMPLE = re.compile(
    r"""(?!.*(?://|www\.)|[xX]\Z)
    [^\W_-](?:[^\W_]|[ ,./()'"?!:;+=%–—“”‘’…、。，：（）！？・-]|(?<=[^\W_])_(?=[^\W_]))*\Z
    |-{1,2}[A-Za-z][\w-]*\Z""",
    re.VERBOSE,
)
SHORT = 24  # characters of a label that is not a title


class Labels:
    """The links of the page at `page` to sections of the document at `path`."""

    def __init__(self, page: str, path: str, sections: Sequence[SectionFact]) -> None:
        self.page = page
        self.path = path
        self.sections = sections
        self._links: dict[int, tuple[str, str]] = {}
        self._taken: set[str] = set()

    def section(self, index: int) -> str:
        """Return a link to a section, labelled with its title."""
        if index not in self._links:
            self._links[index] = self._label(index)
        return self._links[index][0]

    def definitions(self) -> list[str]:
        """Return the definitions of all links that `section` returned, in the order of the document."""
        target = href(self.page, self.path)
        lines = []
        for index, (_, label) in sorted(self._links.items()):
            anchor = self.sections[index].anchor
            lines.append(f"[{label}]: {target}#{escape.target(anchor)}" if anchor else f"[{label}]: {target}")
        return lines

    def _label(self, index: int) -> tuple[str, str]:
        """Return the link as Markdown, and its label."""
        section = self.sections[index]
        title = escape.shortened(section.title, TITLE) if index and section.title else TOP
        if _SIMPLE.match(title) and self._take(title):
            return f"[{title}]", title
        short = section.anchor[:SHORT].strip("-")
        if not _SIMPLE.match(short) or not self._take(short):
            short = f"section {index}"
            self._take(short)
        return f"[{escape.label(title)}][{short}]", short

    def _take(self, label: str) -> bool:
        """Return whether a label is unused, and reserve it. Labels ignore letter case (CommonMark 6.3)."""
        folded = label.casefold()
        if folded in self._taken:
            return False
        self._taken.add(folded)
        return True
