"""Decide whether two paths are one file that was renamed, or two files of which one took the other's place.

Git calls it a rename where half of the lines are equal. Documents that were written from one template, translations and
stubs are equal to that extent as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kwlint.flavours.paths import suffix_of
from kwlint.links.names import CLOSE, CONTRARY, REPLACED, SAME, differing_words, is_label, name_change
from kwlint.links.section_match import has_followed_its_name, similarity, without_lines
from kwlint.links.suggest import LANGUAGES, editions
from kwlint.repo.path_index import COMMON_STEMS

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_TEXT = 16  # characters of a file that can be told from others
FEWEST_WORDS = 8  # of a file that is the same under another name
FEWEST_BYTES = 64  # of one without words
FEWEST_OF_RELABELED = 20  # words of a file that got another number or letter, and is the same
FEWEST_OF_CHANGED_TEXT = 10  # words of a file that was renamed and changed

# The least share of words that stayed, by how the name changed.
LEAST_OF_SAME_NAME = 0.5
LEAST_OF_CLOSE_NAME = 0.7
LEAST_IN_OTHER_FOLDER = 0.8
LEAST_OF_OTHER_NAME = 0.9

_TEXTS = frozenset((".md", ".mdx", ".markdown", ".qmd", ".txt", ".rst"))
_NUMBER = re.compile(r"\A(?:\d+[-_. ]+)+(?=[^\W\d])").sub
_TITLE = re.compile(
    r"(?m)^(?:# +(?P<title>[^\n]+)|title:[ \t]*(?P<meta>[^\n]+)|(?P<setext>[^\n]+)\n===+[ \t]*$)"
).search


class RenamedTexts(NamedTuple):
    """The text of a file before and after its rename, and those of other documents beside the two."""

    before: str
    after: str
    siblings: tuple[str, ...] = ()


def is_same_file(old: str, new: str, evidence: RenamedTexts) -> bool:
    """Report whether the file at `old` is beyond doubt the one that is at `new` now."""
    change = _path_change(old, new)
    if len(evidence.before.strip()) < SHORTEST_TEXT or (change == CONTRARY and not _is_relabeled(old, new)):
        return False
    shared = _lines(evidence.siblings) if change != SAME else frozenset[str]()
    before, after = (without_lines(text, shared) for text in (evidence.before, evidence.after))
    words = len(before.split())
    if evidence.before == evidence.after:
        if change == CONTRARY:
            return words >= FEWEST_OF_RELABELED
        is_text = suffix_of(old) in _TEXTS
        return change in (SAME, CLOSE) or (words >= FEWEST_WORDS if is_text else len(before) >= FEWEST_BYTES)
    if change == CONTRARY:
        return False
    title = name_change(_title(evidence.before), _title(evidence.after))
    if words < FEWEST_OF_CHANGED_TEXT or title == CONTRARY:
        return False
    share = similarity(" ".join(before.split()), " ".join(after.split()))
    if _stem(old) == _stem(new):
        return share >= (LEAST_OF_SAME_NAME if change == SAME else LEAST_IN_OTHER_FOLDER)
    if title == REPLACED:
        return False
    if change != REPLACED:
        return share >= LEAST_OF_CLOSE_NAME
    removed, added, _ = differing_words(_stem(old), _stem(new))
    return share >= LEAST_OF_OTHER_NAME and not has_followed_its_name(before, after, removed, added)


def _path_change(old: str, new: str) -> str:
    """Return how a path changed; the folders that both have are left out. A number in front only orders the files."""
    old_editions, new_editions = editions(old), editions(new)
    if (old_editions - new_editions and new_editions - old_editions) or _language(old) != _language(new):
        return CONTRARY
    changes = (_folder_change(old, new), name_change(_stem(old), _stem(new)))
    return max(changes, key=(SAME, CLOSE, REPLACED, CONTRARY).index)


def _folder_change(old: str, new: str) -> str:
    """Return how the folders of a path changed; folders that were only added or removed count for nothing."""
    before, after = _differing(_folders(old), _folders(new))
    return name_change(" ".join(before), " ".join(after)) if before and after else SAME


def _is_relabeled(old: str, new: str) -> bool:
    """Report whether the paths differ only in numbers and single letters in the names of the files."""
    removed, added, _ = differing_words(_stem(old), _stem(new))
    labels = all(is_label(word) for word in (*removed, *added))
    is_edition = editions(old) != editions(new) or _language(old) != _language(new)
    return labels and not is_edition and _folder_change(old, new) != CONTRARY


def _folders(path: str) -> list[str]:
    """Return the folders of a path; the last one gives an index document its name."""
    folders = [_NUMBER("", part) for part in path.split("/")[:-1]]
    return folders[:-1] if _is_index(path) else folders


def _stem(path: str) -> str:
    """Return the name of a file without its suffix and without the number that orders it; of an index document, that of
    its folder."""
    parts = path.split("/")
    if _is_index(path) and len(parts) > 1:
        return _NUMBER("", parts[-2])
    stem, dot, _ = parts[-1].rpartition(".")
    return _NUMBER("", stem if dot and stem else parts[-1])


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0].lower() in COMMON_STEMS


def _language(path: str) -> str:
    """Return the language that the name of a file ends in, as in `guide.de.md`; empty if it names none."""
    language = re.split(r"[._-]", path.rpartition("/")[2])[-2:-1]
    return next((word.lower() for word in language if word.lower() in LANGUAGES), "")


def _differing(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return the parts of two paths that differ, without those at the start and at the end that are equal."""
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def _lines(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stripped for text in texts for line in text.splitlines() if (stripped := line.strip()))


def _title(text: str) -> str:
    match = _TITLE(text)
    return next((part for part in match.groups() if part), "").strip("\"' \t#") if match else ""
