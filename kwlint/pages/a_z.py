"""The A–Z index: every keyword of the repository, one line each, with the documents and sections that cover it.

A line depends on the postings of its keyword alone, so an edit changes only the lines of keywords that were added,
removed or moved to another section. The split into parts depends on sizes alone: one page while everything fits, then
ranges of letters that are halved as long as they are too large, then single letters, two letters, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from kwlint.model.context import Posting
from kwlint.pages import escape
from kwlint.pages.names import a_z_page, folder_index_page, has_folder_index, href
from kwlint.repo.page_marker import marker
from kwlint.text.folding import fold
from kwlint.text.stock_headings import is_boilerplate, is_link_section

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.facts import Facts, Keyword, Outline

PAGE_LIMIT = 380_000  # bytes of lines on one page: GitHub and GitLab stop rendering at about 500 KB
STEM = 8  # characters of a keyword that decide its part
TITLE = 40  # characters of a title in a link
SOURCES = 3  # documents on a line
_CODE = frozenset(("identifier", "class", "function", "module", "command", "environment"))
_RANGES = {  # of the first characters of stems: each before those inside it
    "a-z": ("a", "z"),
    "a-k": ("a", "k"),
    "l-z": ("l", "z"),
    "a-d": ("a", "d"),
    "e-k": ("e", "k"),
    "l-r": ("l", "r"),
    "s-z": ("s", "z"),
    "a-b": ("a", "b"),
    "c-d": ("c", "d"),
    "e-g": ("e", "g"),
    "h-k": ("h", "k"),
    "l-o": ("l", "o"),
    "p-r": ("p", "r"),
    "t-z": ("t", "z"),
    "-scripts": ("\x7f", "\U0010ffff"),
    "-latin-greek": ("\x7f", "\u03ff"),
    "-cyrillic": ("\u0400", "\u052f"),
    "-cyrillic-1": ("\u0400", "\u043a"),
    "-cyrillic-2": ("\u043b", "\u052f"),
    "-other-scripts": ("\u0530", "\U0010ffff"),
    "-groups": ("C", "S"),  # the capitals that stand for groups of characters
}
_RANGE_TITLES = {
    "-scripts": "Other scripts",
    "-latin-greek": "Latin and Greek letters",
    "-cyrillic": "А–Я",
    "-cyrillic-1": "А–К",
    "-cyrillic-2": "Л–Я",
    "-other-scripts": "Further scripts",
    "-groups": "0–9 and others",
}
_GROUPS = {"D": "0-9", "S": "symbols", "C": "cjk", "K": "kana", "H": "hangul"}
_HEADINGS = {"D": "0–9", "S": "Symbols", "C": "漢字", "K": "かな", "H": "한글"}


def postings(path: str, facts: Facts) -> Iterator[tuple[str, Posting]]:
    """Yield the keys and postings of the document at `path`, each key once.

    The long form of an acronym gets a posting of its own, so that a reader who looks up either finds both.
    """
    keys = set()
    sections = facts.outline.sections
    title = facts.outline.title or path.rpartition("/")[2]
    for keyword in (*facts.keywords, *_long_forms(facts.keywords)):
        key = fold(keyword.text)
        if key in keys or not keyword.sections:
            continue
        keys.add(key)
        is_title = key == fold(title)
        section = sections[_title_section(facts.outline) if is_title else keyword.sections[0]]
        section_title = "" if is_title or section.title == title else section.title
        rank = _rank(keyword.text, key, title, section_title)
        yield (
            key,
            Posting(path, keyword.text, keyword.group, keyword.expansion, title, section_title, section.anchor, rank),
        )


def _title_section(outline: Outline) -> int:
    """Return the index of the section with the document's title, which covers a keyword equal to it; 0 without one."""
    return next((index for index, section in enumerate(outline.sections[:2]) if section.title == outline.title), 0)


def _long_forms(keywords: Sequence[Keyword]) -> Iterator[Keyword]:
    """Yield a keyword for the long form of each acronym, with the acronym as its expansion."""
    for keyword in keywords:
        if keyword.group == "acronym" and keyword.expansion:
            yield keyword._replace(text=keyword.expansion, group="term", expansion=keyword.text)


def _rank(text: str, key: str, title: str, section: str) -> int:
    """Return how much a document and a section are about a keyword, best first.

    0: the document's title is the keyword or begins with it. 1: the section's title is the keyword. 2: the document's
    title contains it. 3: the section's title contains it. 4: neither contains it. 5: the section only points elsewhere,
    or a generator puts it into every document.
    """
    text, title, heading = _spaced(text), _spaced(title), _spaced(section)
    if text in title:
        return 0 if _begins(title, text) else 1 if fold(section) == key else 2
    if is_link_section(section) or is_boilerplate(section):
        return 5
    if text not in heading:
        return 4
    return 1 if fold(section) == key else 3


def _spaced(text: str) -> str:
    return text.casefold().replace("_", " ").replace("-", " ")


def _begins(title: str, text: str) -> bool:
    """Return whether a title begins with a keyword, in the singular or plural."""
    return title.startswith(text) and not title[len(text) :].removeprefix("s")[:1].isalnum()


# --- one line ---------------------------------------------------------------------------------------------------------


def line(config: Config, postings: Iterable[Posting], page: str = "") -> str:
    """Return the line of a keyword from all its postings (at least one), for the A–Z index or another `page`."""
    rows = sorted(postings, key=_order)
    page = page or a_z_page(config)
    links = [_link(page, group) for group in _by_title(rows[:SOURCES])]
    return f"- {_head(rows)}: {', '.join(links)}"


_order = attrgetter("rank", "path")


def _head(rows: Sequence[Posting]) -> str:
    """Return the most common spelling, with the long form of an acronym."""
    text = _most_common([row.text for row in rows])
    group = _most_common([row.group for row in rows if row.text == text])
    expansion = _most_common([row.expansion for row in rows if row.expansion])
    head = escape.code(text) if group in _CODE else f"**{escape.text(text)}**"
    return f"{head} ({escape.text(expansion)})" if expansion else head


def _most_common(values: Sequence[str]) -> str:
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
    """Return `[title › section](…)` for one document, `title [a](…) [b](…)` for several of one title (versions)."""
    title = escape.text(escape.shortened(rows[0].title, TITLE))
    if len(rows) == 1:
        section = escape.shortened(rows[0].section, TITLE)
        is_repeated = fold(section) in (fold(rows[0].text), fold(rows[0].title))
        label = f"{title} › {escape.text(section)}" if section and not is_repeated else title
        return f"[{label}]({href(page, rows[0].path, rows[0].anchor)})"
    parts = [f"[{escape.label(name)}]({href(page, row.path, row.anchor)})" for name, row in _distinguished(rows)]
    return f"{title} {' '.join(parts)}"


def _distinguished(rows: Sequence[Posting]) -> list[tuple[str, Posting]]:
    """Return each posting with the first part of its path that differs among them."""
    paths = [row.path.split("/") for row in rows]
    first = next((n for n, parts in enumerate(zip(*paths, strict=False)) if len(set(parts)) > 1), -1)
    return [(parts[first] if first < len(parts) else parts[-1], row) for parts, row in zip(paths, rows, strict=True)]


# --- order and parts --------------------------------------------------------------------------------------------------


def stem(key: str) -> str:
    """Return the characters that decide a keyword's heading and part.

    The first is the letter of its heading; a capital stands for a group of characters (digits, symbols, CJK, kana,
    hangul). The others decide its part when the keywords of one letter do not fit on one page.
    """
    letters = _letters(key)[:STEM]
    if not letters:
        return "S"
    first = letters[0]
    if first.isdigit():
        return f"D{letters}"
    code = ord(first)
    if code < 0x1100 or 0x1200 <= code < 0x2E80:
        return letters
    # Scripts of thousands of characters: the hexadecimal code point, so that a group can be split digit by digit.
    kana = 0x3040 <= code < 0x3100 or 0x31F0 <= code < 0x3200
    group = "K" if kana else "H" if 0xAC00 <= code < 0xD7A4 or code < 0x1200 else "C"
    return f"{group}{code:04x}{letters[1:]}"[: STEM + 1]


_SEPARATORS = re.compile(r"[\W_]+")


def _letters(key: str) -> str:
    if not key.isascii():
        from unicodedata import combining, normalize

        key = normalize("NFC", "".join(char for char in normalize("NFKD", key) if not combining(char)))
    return _SEPARATORS.sub("", key.casefold())


def bucket(key: str) -> str:
    """Return the letter, or group of characters, whose heading a keyword is under."""
    return stem(key)[0]


def sort_key(key: str) -> tuple[bool, str, str, str]:
    """Return the sort key: letters before groups of characters, then letters and digits, so that `--flag` is at F."""
    prefix = stem(key)
    return prefix[0] in _GROUPS, prefix, _letters(key), key


def split(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the buckets that get a part each: ranges or prefixes of stems, or `("",)` when one page holds all.

    `sizes` are the bytes of the lines by stem.
    """
    if not sizes:
        return ("",)
    totals: dict[str, int] = {}
    for name, size in sizes.items():
        for node in nodes(name):
            totals[node] = totals.get(node, 0) + size
    buckets = {next((node for node in nodes(name) if totals[node] <= PAGE_LIMIT), name) for name in sizes}
    return tuple(sorted(buckets, key=_bucket_order))


def nodes(name: str) -> tuple[str, ...]:
    """Return the buckets that can hold a stem, from all lines ("") through ranges and prefixes down to the stem."""
    return (*_wide_nodes(name[:1]), *(name[:end] for end in range(1, len(name) + 1)))


@lru_cache(maxsize=1024)
def _wide_nodes(first: str) -> tuple[str, ...]:
    return ("", *(name for name, (start, end) in _RANGES.items() if start <= first <= end))


def page_of(key: str, buckets: Iterable[str]) -> str:
    """Return the one of `buckets` (from `split`) that holds a keyword."""
    names = frozenset(buckets)
    return next((node for node in reversed(nodes(stem(key))) if node in names), "")


def span(bucket: str) -> tuple[str, str]:
    """Return the prefix with which the first stems of a bucket begin, and that of the last."""
    return _RANGES.get(bucket, (bucket, bucket))


def page_name(bucket: str) -> str:
    """Return a bucket as part of a file name: ASCII letters and digits as they are, other letters as code points."""
    if not bucket or bucket in _RANGES:
        return bucket.removeprefix("-")
    group = _GROUPS.get(bucket[0])
    rest = bucket[1:] if group else bucket
    parts = [group] if group else []
    if rest.isascii():
        parts += [rest] if rest else []
    else:
        parts += [f"u{ord(char):04x}" for char in rest]
    return "-".join(parts)


def page(config: Config, bucket: str, entries: Iterable[tuple[str, str]], buckets: Sequence[str]) -> str:
    """Return the page of `bucket` with its lines, given as (key, line). `buckets` are all that have a part."""
    path = a_z_page(config, page_name(bucket))
    lines = [
        marker("a-z", bucket, config.format),
        "",
        f"# Keywords: {escape.text(bucket_title(bucket))}" if bucket else "# Keywords",
    ]
    lines += _navigation(config, path, bucket, buckets)
    letter = ""
    room = PAGE_LIMIT
    omitted = 0
    for (_, prefix, _, _), text in sorted((sort_key(key), text) for key, text in entries):
        room -= len(text.encode("utf-8", "replace")) + 1
        if room < 0:
            omitted += 1
            continue
        if prefix[0] != letter:
            letter = prefix[0]
            lines += ["", f"## {bucket_title(letter)}", ""]
        lines.append(text)
    if omitted:
        lines += ["", "More keywords begin like this. Use `kwlint find` to look them up."]
    return "\n".join(lines) + "\n"


def overview(config: Config, buckets: Sequence[str]) -> str:
    """Return the page that lists the parts. A letter with several parts has a line of its own."""
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
            f"[{escape.label(bucket_title(name))}]({href(path, a_z_page(config, page_name(name)))})" for name in members
        ]
        split_before = len(members) > 1
    lines += [f"- {' · '.join(links)}" for links in rows]
    return "\n".join(lines) + "\n"


def _bucket_order(bucket: str) -> tuple[bool, str]:
    first = span(bucket)[0]
    return first[:1] in _GROUPS, first


def bucket_title(bucket: str) -> str:
    """Return a bucket as headings and links show it."""
    if bucket in _RANGES:
        return _RANGE_TITLES.get(bucket) or bucket.upper().replace("-", "–")
    group = _HEADINGS.get(bucket[:1])
    if group:
        return f"{group} {bucket[1:]}{'…' if bucket[0] in 'CKH' and bucket[1:] else ''}".strip()
    return bucket[:1].upper() + bucket[1:]


def _navigation(config: Config, path: str, bucket: str, buckets: Sequence[str]) -> list[str]:
    links = []
    if has_folder_index(config, ""):
        links.append(f"[Start page]({href(path, folder_index_page(config, ''))})")
    if bucket:
        links.append(f"[All letters]({href(path, a_z_page(config))})")
        ordered = sorted(buckets, key=_bucket_order)
        position = ordered.index(bucket) if bucket in ordered else -1
        for word, neighbour in (("Previous", position - 1), ("Next", position + 1)):
            if 0 <= neighbour < len(ordered) and position >= 0:
                name = ordered[neighbour]
                target = href(path, a_z_page(config, page_name(name)))
                links.append(f"{word}: [{escape.label(bucket_title(name))}]({target})")
    return ["", " · ".join(links)] if links else []
