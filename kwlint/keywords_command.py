"""What `kwlint keywords` prints: the keywords of each document, ranked, with their sections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kwlint.model import Keyword
from kwlint.problem import GROUPS

if TYPE_CHECKING:
    from kwlint.config import KeywordSettings


def of_file(data: bytes, path: str, settings: KeywordSettings) -> tuple[tuple[Keyword, ...], list[str]]:
    """The keywords of a document that belongs to no repository, and the titles of its sections."""
    from kwlint import encoding, markdown
    from kwlint.facts import front_matter, keywords

    document = markdown.parse(encoding.decode(data).text)
    meta = front_matter.read(document.front_matter)
    titles = ["", *(heading.text for heading in document.headings)]
    return keywords.keywords(document, path, meta, settings), titles


def json_line(path: str, keywords: Sequence[Keyword], names: Sequence[str]) -> str:
    """One JSON object, without a line end. `names[n]` is what section `n` is called: its fragment, or its title;
    section 0, which has neither, is left out where it is empty."""
    entries = [
        {
            "keyword": keyword.text,
            "sections": [names[section] for section in keyword.sections if names[section]],
            "group": keyword.group,
            **({"expansion": keyword.expansion} if keyword.expansion else {}),
        }
        for keyword in keywords
    ]
    return json.dumps({"path": path, "keywords": entries}, ensure_ascii=False)


def text(path: str, keywords: Sequence[Keyword], titles: Sequence[str]) -> str:
    """The path, then a line for each keyword: rank, keyword, group, sections. `titles[n]` is section `n`'s title."""
    if not keywords:
        return f"{path}: no keywords\n"
    width = min(40, max(len(keyword.text) for keyword in keywords))
    lines = [f"{path}: {len(keywords)} keyword{'' if len(keywords) == 1 else 's'}"]
    for rank, keyword in enumerate(keywords, 1):
        sections = "; ".join(titles[section] or "(top)" for section in keyword.sections)
        shown = f"{keyword.text} = {keyword.expansion}" if keyword.expansion else keyword.text
        lines.append(f"{rank:>4}  {shown:<{width}}  {GROUPS[keyword.group].lower()}: {sections}")
    return "\n".join(lines) + "\n"
