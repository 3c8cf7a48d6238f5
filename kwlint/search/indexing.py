"""From the facts and the text of a document to the rows of the search database. The functions are pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kwlint.search.rows import DocumentRows, LinkRow, SectionRow
from kwlint.search.words import bare, foreign_stems, key, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.model.facts import Facts, LinkFact, SectionFact

LONGEST_LINK_TEXT = 120
_DESTINATION = re.compile(r"\]\([^()\s]*\)")
_PAGE_SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".html")
_FOLDER_PAGES = ("index", "readme", "_index")


def document_rows(path: str, state: str, facts: Facts, text: str, outgoing: Sequence[str]) -> DocumentRows:
    """Return the rows of a document; `outgoing` are the files that it links to."""
    outline = facts.outline
    title = outline.title or path_name(path)
    entries = _entries(facts)
    lines = text.split("\n")
    top = _top(outline.sections)
    sections = []
    for number, section in enumerate(outline.sections[top:]):
        first = 1 if number == 0 else section.line
        body = _DESTINATION.sub("]", "\n".join(lines[first - 1 : section.end_line]))
        heading = section.title or (title if number == 0 else "")
        own = [entry for at in ({0, top} if number == 0 else {number + top}) for entry in entries.get(at, ())]
        every = f"{title if number == 0 else ''}\n{body}"
        sections.append(
            SectionRow(
                number,
                section.level,
                section.line,
                heading,
                key(heading),
                bare(heading),
                title,
                "\n".join(own),
                re.sub(r"[/._-]+", " ", path),
                body,
                f"{parts(every)}\n{foreign_stems(every, outline.language)}",
            )
        )
    links = tuple(dict.fromkeys(link_rows(path, facts.links, outgoing)))
    anchors = tuple((name, max(number - top, 0)) for name, number in _anchors(facts))
    return DocumentRows(path, state, title, outline.document_type, outline.language, tuple(sections), anchors, links)


def _top(sections: Sequence[SectionFact]) -> int:
    """Return the number of the section that is shown as the top of a document: 1 if nothing is before its heading."""
    return int(len(sections) > 1 and not sections[0].words and sections[1].level == 1)


def path_name(path: str) -> str:
    """Return the name that a path gives a document: that of the file, or of the folder for its index page."""
    folders, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return folders.rpartition("/")[2] or stem if stem.lower() in _FOLDER_PAGES else stem


def _entries(facts: Facts) -> dict[int, list[str]]:
    """Return the entries of the keyword index by their main section, with the long forms of acronyms."""
    entries: dict[int, list[str]] = {}
    for keyword in facts.keywords:
        if keyword.sections:
            texts = (keyword.text, keyword.expansion) if keyword.expansion else (keyword.text,)
            entries.setdefault(keyword.sections[0], []).extend(texts)
    return entries


def _anchors(facts: Facts) -> Iterator[tuple[str, int]]:
    starts = [section.line for section in facts.outline.sections]
    seen = set()
    for anchor in facts.anchors:
        if anchor.kind in ("include", "open", "alias") or anchor.name in seen:
            continue
        seen.add(anchor.name)
        # An explicit target such as `(name)=` stands on the lines before its heading.
        reach = anchor.line + (2 if anchor.kind == "target" else 0)
        yield anchor.name, max(bisect_right(starts, reach) - 1, 0)


# --- links


def link_rows(path: str, links: Sequence[LinkFact], outgoing: Sequence[str]) -> Iterator[LinkRow]:
    """Yield the texts of a document's links with their places, as far as these are in one of the files `outgoing`."""
    defined = {link.label: link.url for link in reversed(links) if link.kind == "definition"}
    targets = {target: page_parts(target) for target in outgoing}
    for link in links:
        text = " ".join(link.text.split())[:LONGEST_LINK_TEXT]
        if link.kind == "definition" or link.image or not bare(text):
            continue
        url = defined.get(link.label, link.url) if link.kind == "reference" else link.url
        place, _, fragment = url.partition("#")
        target = linked_file(place, targets) if place else path
        if target:
            yield LinkRow(target, unquote(fragment), text, key(text))


def page_parts(path: str) -> tuple[str, ...]:
    """Return the folders and the name of a page as a link may write them, without suffix and index page, reversed."""
    names = [name for name in unquote(path.partition("?")[0]).lower().split("/") if name not in ("", ".", "..")]
    if names:
        names[-1] = next((names[-1].removesuffix(end) for end in _PAGE_SUFFIXES if names[-1].endswith(end)), names[-1])
        if names[-1] in _FOLDER_PAGES:
            names.pop()
    return tuple(reversed(names))


def linked_file(place: str, targets: dict[str, tuple[str, ...]]) -> str:
    """Return the one of `targets`, the files that a document links to, that the path of a link names; else "".

    The file is known to be among them: the longest common end decides, and nothing where two are equally long.
    """
    names = page_parts(place)
    best: list[tuple[int, str]] = []
    for target, parts_of_target in targets.items():
        common = 0
        for one, other in zip(names, parts_of_target, strict=False):
            if one != other:
                break
            common += 1
        best.append((common, target))
    best.sort(reverse=True)
    if not best or not best[0][0] or (len(best) > 1 and best[1][0] == best[0][0]):
        return ""
    return best[0][1]
