"""The A-Z index: every keyword of the repository, one line each, with the sources and sections that cover it.

A line depends on nothing but its own keyword's postings, so an edit moves the lines of keywords that came, went or
moved. Which page a line is on depends on sizes alone: everything on one page while that fits, then a page per letter,
then per two letters, and so on for the crowded ones, each page below what hosts still render.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kwlint.pages import escape
from kwlint.pages.names import a_z_page, folder_index_page, has_folder_index, href
from kwlint.repo.page_marker import marker
from kwlint.text.folding import fold
from kwlint.text.stock_headings import BOILERPLATE, POINTERS

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.facts import Facts, Keyword, Outline

PAGE_LIMIT = 380_000  # bytes of lines on one page: GitHub and GitLab stop rendering at about 500 KB
STEM = 8  # characters of a keyword by which pages can be split
TITLE = 40  # characters of a title in a link
SOURCES = 3  # shown on a line
_CODE = frozenset(("identifier", "class", "function", "module", "command", "environment"))
_GROUPS = {"D": "0-9", "S": "symbols", "C": "cjk", "K": "kana", "H": "hangul"}
_HEADINGS = {"D": "0–9", "S": "Symbols", "C": "漢字", "K": "かな", "H": "한글"}


class Posting(NamedTuple):
    """That the source at `path` covers a keyword: how it writes it, and in which section mainly. `rank` says how much
    title and section are about it, best first (see `_rank`): coarse, so that it seldom moves."""

    path: str
    text: str
    group: str
    expansion: str
    title: str
    section: str
    anchor: str
    rank: int


def postings(path: str, facts: Facts) -> Iterator[tuple[str, Posting]]:
    """What the source at `path` brings into the A-Z index: keys with their postings, each key once. What an acronym
    stands for is filed too, so that whoever looks for either finds both."""
    seen = set()
    sections = facts.outline.sections
    title = facts.outline.title or path.rpartition("/")[2]
    for keyword in (*facts.keywords, *_long_forms(facts.keywords)):
        key = fold(keyword.text)
        if key in seen or not keyword.sections:
            continue
        seen.add(key)
        whole = key == fold(title)
        section = sections[_title_section(facts.outline) if whole else keyword.sections[0]]
        named = "" if whole or section.title == title else section.title
        rank = _rank(keyword.text, key, title, named)
        yield key, Posting(path, keyword.text, keyword.group, keyword.expansion, title, named, section.anchor, rank)


def _title_section(outline: Outline) -> int:
    """The section that has the document's title: where a keyword is covered that is the title. Else the top."""
    return next((index for index, section in enumerate(outline.sections[:2]) if section.title == outline.title), 0)


def _long_forms(keywords: Sequence[Keyword]) -> Iterator[Keyword]:
    """An entry for what each acronym stands for, with the acronym in the place of the expansion."""
    for keyword in keywords:
        if keyword.group == "acronym" and keyword.expansion:
            yield keyword._replace(text=keyword.expansion, group="term", expansion=keyword.text)


def _rank(text: str, key: str, title: str, section: str) -> int:
    """0: the title is the keyword, or begins with it; 1: the section's is; 2, 3: title or section name it; 4: neither
    does; 5: the section merely leads elsewhere, or stands in every document as it is."""
    text, title, named = _spaced(text), _spaced(title), _spaced(section)
    if text in title:
        return 0 if _begins(title, text) else 1 if fold(section) == key else 2
    if section.casefold() in POINTERS or section.casefold() in BOILERPLATE:
        return 5
    if text not in named:
        return 4
    return 1 if fold(section) == key else 3


def _spaced(text: str) -> str:
    return text.casefold().replace("_", " ").replace("-", " ")


def _begins(title: str, text: str) -> bool:
    """Whether a title begins with a keyword, in singular or plural."""
    return title.startswith(text) and not title[len(text) :].removeprefix("s")[:1].isalnum()


# --- one line ---------------------------------------------------------------------------------------------------------


def line(config: Config, found: Iterable[Posting], page: str = "") -> str:
    """The line of a keyword, without line end, from all its postings (at least one), for the A-Z pages or `page`."""
    rows = sorted(found, key=_order)
    head = _head(rows)
    kept = rows[:SOURCES]
    page = page or a_z_page(config)
    links = [_link(page, group) for group in _by_title(kept)]
    more = f"; {len(rows) - SOURCES} more" if len(rows) > SOURCES else ""
    return f"- {head}: {', '.join(links)}{more}"


_order = attrgetter("rank", "path")


def _head(rows: Sequence[Posting]) -> str:
    """The spelling most sources use, and what an acronym stands for."""
    text = _commonest([row.text for row in rows])
    group = _commonest([row.group for row in rows if row.text == text])
    expansion = _commonest([row.expansion for row in rows if row.expansion])
    written = escape.code(text) if group in _CODE else f"**{escape.text(text)}**"
    return f"{written} ({escape.text(expansion)})" if expansion else written


def _commonest(values: Sequence[str]) -> str:
    if len(values) == 1:
        return values[0]
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return min(counts, key=lambda value: (-counts[value], len(value), value), default="")


def _by_title(rows: Sequence[Posting]) -> list[list[Posting]]:
    groups: dict[str, list[Posting]] = {}
    for row in rows:
        groups.setdefault(row.title, []).append(row)
    return list(groups.values())


def _link(page: str, rows: Sequence[Posting]) -> str:
    """One source as `[title › section](…)`; several of one title (versions, languages) as `title [a](…) [b](…)`."""
    title = escape.text(escape.shortened(rows[0].title, TITLE))
    if len(rows) == 1:
        section = escape.shortened(rows[0].section, TITLE)
        named = section and fold(section) not in (fold(rows[0].text), fold(rows[0].title))  # one mention is enough
        label = f"{title} › {escape.text(section)}" if named else title
        return f"[{label}]({href(page, rows[0].path, rows[0].anchor)})"
    parts = [f"[{escape.label(name)}]({href(page, row.path, row.anchor)})" for name, row in _told_apart(rows)]
    return f"{title} {' '.join(parts)}"


def _told_apart(rows: Sequence[Posting]) -> list[tuple[str, Posting]]:
    """Each source with the first part of its path that differs among them."""
    split = [row.path.split("/") for row in rows]
    first = next((n for n, parts in enumerate(zip(*split, strict=False)) if len(set(parts)) > 1), -1)
    return [(parts[first] if first < len(parts) else parts[-1], row) for parts, row in zip(split, rows, strict=True)]


# --- order and pages --------------------------------------------------------------------------------------------------


def stem(key: str) -> str:
    """The letters by which a keyword is filed: its first is the letter of its heading (capitals stand for groups of
    signs), all of them decide its page when one letter is too many for one."""
    letters = _letters(key)[:STEM]
    if not letters:
        return "S"
    first = letters[0]
    if first.isdigit():
        return f"D{letters}"
    code = ord(first)
    if code < 0x1100 or 0x1200 <= code < 0x2E80:
        return letters
    # Thousands of signs: filed by code point, so that a group splits by its hexadecimal digits.
    kana = 0x3040 <= code < 0x3100 or 0x31F0 <= code < 0x3200
    group = "K" if kana else "H" if 0xAC00 <= code < 0xD7A4 or code < 0x1200 else "C"
    return f"{group}{code:04x}{letters[1:]}"[: STEM + 1]


_SIGNS = re.compile(r"[\W_]+")


def _letters(key: str) -> str:
    if not key.isascii():
        from unicodedata import combining, normalize

        key = normalize("NFC", "".join(char for char in normalize("NFKD", key) if not combining(char)))
    return _SIGNS.sub("", key.casefold())


def bucket(key: str) -> str:
    """The letter, or group of signs, under whose heading a keyword stands."""
    return stem(key)[0]


def sort_key(key: str) -> tuple[bool, str, str, str]:
    """Letters before groups of signs, then by letters and digits alone, so that `--flag` stands at flag."""
    filed = stem(key)
    return filed[0] in _GROUPS, filed, _letters(key), key


def split(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The buckets that get a page each: prefixes of stems; `("",)` when one page holds all. `sizes` is the bytes of
    lines by stem."""
    found: list[str] = []
    _split("", sorted(sizes.items()), found)
    return tuple(found)


def _split(prefix: str, sizes: Sequence[tuple[str, int]], found: list[str]) -> None:
    parts: dict[str, list[tuple[str, int]]] = {}
    for name, size in sizes:
        parts.setdefault(name[: len(prefix) + 1], []).append((name, size))
    if sum(size for _, size in sizes) <= PAGE_LIMIT or set(parts) <= {prefix}:
        found.append(prefix)
        return
    for longer, members in sorted(parts.items()):
        if longer == prefix:
            found.append(prefix)
        else:
            _split(longer, members, found)


def page_of(key: str, buckets: Iterable[str]) -> str:
    """The one of `buckets` (from `split`) that holds a keyword."""
    known = frozenset(buckets)
    filed = stem(key)
    return next((filed[:end] for end in range(len(filed), -1, -1) if filed[:end] in known), "")


def page_name(bucket: str) -> str:
    """A bucket as part of a file name: ASCII letters and digits, other letters as code points."""
    if not bucket:
        return ""
    head = _GROUPS.get(bucket[0])
    rest = bucket[1:] if head else bucket
    parts = [head] if head else []
    if rest.isascii():
        parts += [rest] if rest else []
    else:
        parts += [f"u{ord(char):04x}" for char in rest]
    return "-".join(parts)


def page(config: Config, bucket: str, entries: Iterable[tuple[str, str]], buckets: Sequence[str]) -> str:
    """The page of `bucket` with its lines, given as (key, line); `buckets` are all that have a page."""
    path = a_z_page(config, page_name(bucket))
    name = shown(bucket)
    lines = [marker("a-z", bucket, config.format), "", f"# Keywords: {escape.text(name)}" if bucket else "# Keywords"]
    lines += _navigation(config, path, bucket, buckets)
    letter = ""
    room = PAGE_LIMIT
    left = 0
    for (_, filed, _, _), text in sorted((sort_key(key), text) for key, text in entries):
        room -= len(text.encode("utf-8", "replace")) + 1
        if room < 0:
            left += 1
            continue
        if filed[0] != letter:
            letter = filed[0]
            lines += ["", f"## {shown(letter)}", ""]
        lines.append(text)
    if left:
        lines += ["", f"{left} more keywords begin like this; `kwlint find` knows them."]
    return "\n".join(lines) + "\n"


def overview(config: Config, buckets: Sequence[str]) -> str:
    """The A-Z page when the keywords are on several: its letters, those with several pages on a line of their own."""
    path = a_z_page(config)
    lines = [marker("a-z", "", config.format), "", "# Keywords", *_navigation(config, path, "", ()), ""]
    letters: dict[str, list[str]] = {}
    for bucket in sorted(buckets, key=_bucket_order):
        letters.setdefault(bucket[0], []).append(bucket)
    rows: list[list[str]] = []
    split_before = True
    for members in letters.values():
        if split_before or len(members) > 1:
            rows.append([])
        rows[-1] += [
            f"[{escape.label(shown(name))}]({href(path, a_z_page(config, page_name(name)))})" for name in members
        ]
        split_before = len(members) > 1
    lines += [f"- {' · '.join(links)}" for links in rows]
    return "\n".join(lines) + "\n"


def _bucket_order(bucket: str) -> tuple[bool, str]:
    return bucket[:1] in _GROUPS, bucket


def shown(bucket: str) -> str:
    head = _HEADINGS.get(bucket[:1])
    if head:
        return f"{head} {bucket[1:]}{'…' if bucket[0] in 'CKH' and bucket[1:] else ''}".strip()
    return bucket[:1].upper() + bucket[1:]


def _navigation(config: Config, path: str, bucket: str, buckets: Sequence[str]) -> list[str]:
    links = []
    if has_folder_index(config, ""):
        links.append(f"[Start page]({href(path, folder_index_page(config, ''))})")
    if bucket:
        links.append(f"[All letters]({href(path, a_z_page(config))})")
        ordered = sorted(buckets, key=_bucket_order)
        place = ordered.index(bucket) if bucket in ordered else -1
        for word, beside in (("Before", place - 1), ("After", place + 1)):
            if 0 <= beside < len(ordered) and place >= 0:
                name = ordered[beside]
                target = href(path, a_z_page(config, page_name(name)))
                links.append(f"{word}: [{escape.label(shown(name))}]({target})")
    return ["", " · ".join(links)] if links else []
