"""What a target that leads nowhere was probably meant to be: one clear best, or nothing.

A suggestion is a guess, shown as a hint and made by `--unsafe-fixes` alone. Its rules were chosen by what authors made
of their broken links in the histories of documentation repositories.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from kwlint.flavours.base import folder_of, suffix_of
from kwlint.links.section_match import is_same_name, numbers, words
from kwlint.repo.path_index import COMMON_STEMS, folded, loose_stem

_KINDS = {
    **dict.fromkeys(("", ".html", ".htm", ".md", ".mdx", ".markdown", ".qmd"), "page"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"), "image"),
}
# Documents and settings that many folders have, each one of its own.
_COMMON = frozenset(
    ("readme", "index", "license", "licence", "copying", "changelog", "changes", "history", "contributing",
     "codeofconduct", "security", "support", "authors", "maintainers", "governance", "todo", "summary", "home", "toc")
)  # fmt: skip
_SETTINGS = frozenset((".toml", ".json", ".yml", ".yaml", ".ini", ".cfg", ".lock", ".xml", ".txt"))
_LANGUAGES = frozenset(
    ("ar", "bg", "bn", "ca", "cn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
     "id", "it", "ja", "jp", "ka", "kk", "ko", "kr", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl",
     "sr", "sv", "ta", "te", "th", "tr", "tw", "uk", "ur", "uz", "vi", "zh")
)  # fmt: skip
_COUNTED = re.compile(r"[-_]\d+\Z").sub  # what tells apart headings of one text
_LOCALE = re.compile(r"[a-z]{2,3}[-_][a-z]{2,4}\Z").match
_VERSION = re.compile(r"(?:v|version[-_.]?)?\d+(?:[._]\d+)*(?:\.x)?\Z").match


def suggested_path(wanted: str, candidates: Sequence[str]) -> str:
    """The candidate that was meant, if one is clearly nearest; otherwise empty.

    What people get wrong, the surest first: the suffix, `-` for `_`, a plural, the folder (one file of this name
    elsewhere), a word more or less, a slip of the keyboard. Another language or version is not what was meant.
    """
    stem, folder, editions = loose_stem(wanted), folder_of(wanted), _editions(wanted)
    if not any(c.isalnum() for c in stem):
        return ""
    near = [c for c in candidates if _kind(c) == _kind(wanted) and _editions(c) <= editions]
    beside = [c for c in near if folder_of(c) == folder]
    elsewhere = [c for c in near if loose_stem(c) == stem and c not in beside and _may_have_moved(wanted, c)]
    groups = (
        [c for c in beside if loose_stem(c) == stem],
        [c for c in beside if loose_stem(c).rstrip("s") == stem.rstrip("s")],
        [c for c in elsewhere if _editions(c) == editions],
        elsewhere,
    )
    for group in groups:
        if group:
            return group[0] if len(group) == 1 else closest(wanted, group, 0.8)
    name = folded(_stem(wanted))
    stems = {_stem(c): c for c in beside if loose_stem(c) not in COMMON_STEMS}
    # Of a picture, a word more makes another one: `x-dark` beside `x`.
    for test in (is_slip,) if _kind(wanted) == "image" else (_is_longer_or_shorter, is_slip):
        alike = [one for one in stems if test(name, folded(one))]
        if alike:
            return stems[alike[0]] if len(alike) == 1 else ""
    same_numbers = sorted(one for one in stems if numbers(words(folded(one))) == numbers(words(name)))
    best = closest(name, same_numbers, 0.9)
    return stems[best] if best and _same_words(name, folded(best)) else ""


def _may_have_moved(wanted: str, candidate: str) -> bool:
    """Whether a file elsewhere may be the one that is missing at `wanted`: one of a name that every folder may have,
    as settings have, only where the folder has the same name; one in a hidden folder, only for a path into one."""
    if "/." in f"/{candidate}" and "/." not in f"/{wanted}":
        return False
    here, there = folder_of(wanted), folder_of(candidate)
    common = loose_stem(candidate) in _COMMON or suffix_of(candidate) in _SETTINGS
    return not common or (here != "" and here.rpartition("/")[2] == there.rpartition("/")[2])


def suggested_anchor(wanted: str, names: Sequence[str]) -> str:
    """The anchor that was meant, if one is clearly nearest; otherwise empty.

    One that differs in marks alone; the one heading that is left of several with one text; one that goes on where
    `wanted` ends; one with more words; one whose words are spelled nearly so. One with words less is none: it is what a
    more general section is called.
    """
    loose = re.compile(r"[\W_]+").sub
    key, lower, said = loose("", wanted.lower()), wanted.lower(), words(wanted.casefold())
    base = _COUNTED("", wanted)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: loose("", name.lower()) == key,
        lambda name: base != wanted and _COUNTED("", name) == base,
        lambda name: name.lower().startswith(lower) and not name[len(lower) : len(lower) + 1].isalnum(),
        lambda name: 1 < len(said) <= len(words(name.casefold())) and is_same_name(wanted, name),
        lambda name: name.lower().startswith(lower),
    )
    if not key:
        return ""
    for test in tests:
        group = [name for name in names if test(name)]
        if group:
            return group[0] if len(group) == 1 else ""
    found = closest(wanted, names, 0.72)
    return found if _same_words(wanted.casefold(), found.casefold()) else ""


def _kind(path: str) -> str:
    suffix = suffix_of(path)
    return _KINDS.get(suffix, suffix)


def _editions(path: str) -> frozenset[str]:
    """The folders of a path that name a language or a version."""
    parts = path.lower().split("/")[:-1]
    return frozenset(part for part in parts if part in _LANGUAGES or _LOCALE(part) or _VERSION(part))


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def _is_longer_or_shorter(one: str, other: str) -> bool:
    """Whether two names are one with a word more or less; a single word has to be the same."""
    first, second = sorted((words(one), words(other)), key=len)
    if len(first) != 1:
        return is_same_name(one, other)
    return len(second) <= 2 and first[0] in second


def _same_words(one: str, other: str) -> bool:
    """Whether two names have the same words in the same order, but for a slip or an ending in some: `get-x` is not
    `set-x`, and `x-2` is not `x-3`."""
    ours, theirs = words(one), words(other)
    return len(ours) == len(theirs) and all(map(_same_word, ours, theirs))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if numbers([one]) != numbers([other]):
        return False
    short, long = sorted((one, other), key=len)
    alike = len(short) > 3 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.7
    return alike or sorted(one) == sorted(other) or (long.startswith(short) and len(long) - len(short) < 3)


def is_slip(one: str, other: str) -> bool:
    """Whether two names of four letters or more differ in one letter, or in two that changed places."""
    if not _same_words(one, other):
        return False
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[start:], other[start:]
    if any(c.isdigit() for c in first[:1] + second[:1]):
        return False
    swapped = first[:2] == second[1::-1] and first[2:] == second[2:]
    return swapped or first[1:] == second[1:] or first[1:] == second or first == second[1:]


def closest(wanted: str, names: Sequence[str], least: float) -> str:
    """The name most like `wanted`, if it is at least `least` like it and no other comes near."""
    if len(wanted) > 300:
        return ""
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    scored: list[tuple[float, str]] = []
    for name in names[:1000]:
        if len(name) > 300:
            continue
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            scored.append((matcher.ratio(), name))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.04):
        return ""
    return scored[0][1]
