"""Suggest a target for a broken link: one that is clearly the best, or none.

A suggestion is a guess. It is shown as a hint, and only `--unsafe-fixes` applies it. The rules were chosen by how
authors fixed broken links in the histories of documentation repositories (`benchmarks/history.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from kwlint.flavours.paths import folder_of, suffix_of
from kwlint.links.section_match import is_same_name, numbers, words
from kwlint.repo.path_index import COMMON_STEMS, folded, loose_stem

LEAD = 0.04  # by which the best name must beat the second best
MOST_NAMES = 1000  # to compare
LONGEST_NAME = 300  # characters of a name to compare
_KINDS = {
    **dict.fromkeys(("", ".html", ".htm", ".md", ".mdx", ".markdown", ".qmd"), "page"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"), "image"),
}
# Stems of documents that many folders have, each its own.
_COMMON = frozenset(
    ("readme", "index", "license", "licence", "copying", "changelog", "changes", "history", "contributing",
     "codeofconduct", "security", "support", "authors", "maintainers", "governance", "todo", "summary", "home", "toc")
)  # fmt: skip
_SETTINGS = frozenset((".toml", ".json", ".yml", ".yaml", ".ini", ".cfg", ".lock", ".xml", ".txt"))
LANGUAGES = frozenset(
    ("ar", "bg", "bn", "ca", "cn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
     "id", "it", "ja", "jp", "ka", "kk", "ko", "kr", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl",
     "sr", "sv", "ta", "te", "th", "tr", "tw", "uk", "ur", "uz", "vi", "zh")
)  # fmt: skip
_WITHOUT_NUMBER = re.compile(r"[-_]\d+\Z").sub  # the number that slugs of equal headings end in
_LOCALE = re.compile(r"[a-z]{2,3}[-_][a-z]{2,4}\Z").match
_VERSION = re.compile(r"(?:v|version[-_.]?)?\d+(?:[._]\d+)*(?:\.x)?\Z").match


def suggested_path(wanted: str, candidates: Sequence[str]) -> str:
    """Return the candidate that is clearly the best; empty if there is none.

    The kinds of errors, from the most certain: the suffix, `-` for `_`, a plural, the folder (one file of this name
    elsewhere), a word more or less, a typing error. Files of another language or version are not suggested.
    """
    stem, folder, own_editions = loose_stem(wanted), folder_of(wanted), editions(wanted)
    if not any(c.isalnum() for c in stem):
        return ""
    eligible = [c for c in candidates if _kind(c) == _kind(wanted) and editions(c) <= own_editions]
    siblings = [c for c in eligible if folder_of(c) == folder]
    elsewhere = [c for c in eligible if loose_stem(c) == stem and c not in siblings and _may_have_moved(wanted, c)]
    groups = (
        [c for c in siblings if loose_stem(c) == stem],
        [c for c in siblings if loose_stem(c).rstrip("s") == stem.rstrip("s")],
        [c for c in elsewhere if editions(c) == own_editions],
        elsewhere,
    )
    for group in groups:
        if group:
            return group[0] if len(group) == 1 else closest(wanted, group, 0.8)
    name = folded(_stem(wanted))
    stems = {_stem(c): c for c in siblings if loose_stem(c) not in COMMON_STEMS}
    # An image with one word more is another image: `x-dark` next to `x`.
    for is_match in (is_typing_error,) if _kind(wanted) == "image" else (_is_longer_or_shorter, is_typing_error):
        matches = [other for other in stems if is_match(name, folded(other))]
        if matches:
            return stems[matches[0]] if len(matches) == 1 else ""
    same_numbers = sorted(other for other in stems if numbers(words(folded(other))) == numbers(words(name)))
    best = closest(name, same_numbers, 0.9)
    return stems[best] if best and _same_words(name, folded(best)) else ""


def _may_have_moved(wanted: str, candidate: str) -> bool:
    """Report whether a file elsewhere may be the one that is missing at `wanted`.

    A file with a name that every folder may have must be in a folder of the same name; a file in a hidden folder is
    suggested only for a path into a hidden folder.
    """
    if "/." in f"/{candidate}" and "/." not in f"/{wanted}":
        return False
    folder, other_folder = folder_of(wanted), folder_of(candidate)
    is_common = loose_stem(candidate) in _COMMON or suffix_of(candidate) in _SETTINGS
    return not is_common or (folder != "" and folder.rpartition("/")[2] == other_folder.rpartition("/")[2])


def suggested_anchor(wanted: str, names: Sequence[str]) -> str:
    """Return the anchor that is clearly the best; empty if there is none.

    The kinds of errors, from the most certain: only punctuation differs; of several equal headings, one is left; the
    anchor continues where `wanted` ends; it has more words; its words are spelled nearly the same. An anchor with fewer
    words is not suggested: it usually names a more general section.
    """
    strip_punctuation = re.compile(r"[\W_]+").sub
    key, lower = strip_punctuation("", wanted.lower()), wanted.lower()
    wanted_words = words(wanted.casefold())
    base = _WITHOUT_NUMBER("", wanted)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: strip_punctuation("", name.lower()) == key,
        lambda name: base != wanted and _WITHOUT_NUMBER("", name) == base,
        lambda name: name.lower().startswith(lower) and not name[len(lower) : len(lower) + 1].isalnum(),
        lambda name: 1 < len(wanted_words) <= len(words(name.casefold())) and is_same_name(wanted, name),
        lambda name: name.lower().startswith(lower),
    )
    if not key:
        return ""
    for test in tests:
        group = [name for name in names if test(name)]
        if group:
            return group[0] if len(group) == 1 else ""
    best = closest(wanted, names, 0.72)
    return best if _same_words(wanted.casefold(), best.casefold()) else ""


def _kind(path: str) -> str:
    suffix = suffix_of(path)
    return _KINDS.get(suffix, suffix)


def editions(path: str) -> frozenset[str]:
    """Return the folders of a path that are named after a language or a version."""
    parts = path.lower().split("/")[:-1]
    return frozenset(part for part in parts if part in LANGUAGES or _LOCALE(part) or _VERSION(part))


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def _is_longer_or_shorter(one: str, other: str) -> bool:
    """Report whether two names are the same except for added or removed words; a name of one word must be kept."""
    first, second = sorted((words(one), words(other)), key=len)
    if len(first) != 1:
        return is_same_name(one, other)
    return len(second) <= 2 and first[0] in second


def _same_words(one: str, other: str) -> bool:
    """Report whether two names have the same words in the same order, apart from typing errors and endings: `get-x` is
    not `set-x`, and `x-2` is not `x-3`."""
    first, second = words(one), words(other)
    return len(first) == len(second) and all(map(_same_word, first, second))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if numbers([one]) != numbers([other]):
        return False
    short, long = sorted((one, other), key=len)
    is_similar = len(short) > 3 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.7
    return is_similar or sorted(one) == sorted(other) or (long.startswith(short) and len(long) - len(short) < 3)


def is_typing_error(one: str, other: str) -> bool:
    """Report whether two names of at least four letters differ in one letter, or in two swapped ones."""
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
    """Return the name most similar to `wanted`, by difflib's ratio; empty if that is below `least` or another name is
    nearly as similar."""
    if len(wanted) > LONGEST_NAME:
        return ""
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    scored: list[tuple[float, str]] = []
    for name in names[:MOST_NAMES]:
        if len(name) > LONGEST_NAME:
            continue
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            scored.append((matcher.ratio(), name))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < LEAD):
        return ""
    return scored[0][1]
