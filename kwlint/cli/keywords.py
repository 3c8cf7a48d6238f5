"""What `kwlint keywords` prints: the keywords of each document, ranked, with their sections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.model.facts import Keyword
from kwlint.model.keyword_groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Named(NamedTuple):
    """A document that the user named: the path as given, and the place in the repository, or the path again for one
    that is in none."""

    given: str
    path: str


class Indexed(NamedTuple):
    """The keywords of a document, and what its sections are called: titles and fragments on the git host. `error` says
    why there are none, and is empty otherwise."""

    given: str
    keywords: tuple[Keyword, ...]
    titles: tuple[str, ...]
    fragments: tuple[str, ...]
    error: str = ""


def of_files(setup: tuple[Any, ...], batch: Sequence[Named]) -> list[Indexed]:
    """The work of one process; `setup` is (working folder, configuration, flavours)."""
    return [_of_file(setup, *named) for named in batch]


def _of_file(setup: tuple[Any, ...], given: str, path: str) -> Indexed:
    from kwlint import keywords, markdown
    from kwlint.facts import front_matter
    from kwlint.facts.outline import clean_title
    from kwlint.flavours import host_anchors
    from kwlint.repo import files
    from kwlint.text import encoding

    folder, config, flavours = setup
    try:
        place = Path(folder, given)
        data = files.read(place.parent, place.name)
    except files.FileError as error:
        return Indexed(given, (), (), (), str(error))
    document = markdown.parse(encoding.decode(data).text, flavours.of(path).dialect)
    meta = front_matter.read(document.front_matter)
    found = keywords.keywords(document, path, meta, config.keywords)
    titles = ("", *(clean_title(heading.text) for heading in document.headings))
    return Indexed(given, found, titles, ("", *host_anchors(config.host, document)))


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
