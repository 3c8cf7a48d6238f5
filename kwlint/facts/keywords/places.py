"""Where the chosen keywords stand: their sections, the main one first, and how the document writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from .reading import Line, Reader

MOST_SECTIONS = 5
STRESSED = 1.0
_KEY = itemgetter(0)
_GLUE = frozenset((" ", "\n", "  ", "\u00a0", ""))


class Places:
    """Occurrences of one keyword: how often in each section, and how often in each spelling."""

    def __init__(self) -> None:
        self.sections: dict[int, int] = {}
        self.spellings: dict[str, int] = {}

    def spelling(self) -> str:
        """The most frequent spelling; of equals the one in lower case, then the first."""
        if not self.spellings:
            return ""
        best = max(self.spellings.values())
        equal = [spelling for spelling, count in self.spellings.items() if count == best]
        return next((spelling for spelling in equal if spelling.islower()), equal[0])


def find(reader: Reader, keys: Iterable[str]) -> dict[str, Places]:
    """The places of each key."""
    found: dict[str, Places] = {}
    starts: dict[str, list[tuple[str, ...]]] = {}
    for key in keys:
        found[key] = Places()
        words = tuple(key.split(" "))
        starts.setdefault(words[0], []).append(words)
    for line in reader.lines:
        _find_in(line, starts, found)
    return found


def _find_in(line: Line, starts: dict[str, list[tuple[str, ...]]], found: dict[str, Places]) -> None:
    keys: list[str] = list(map(_KEY, line.words))
    owner: Sequence[int] = range(len(keys))
    if line.compound:
        owner = [at for at, key in enumerate(keys) for _ in key.split(" ")]
        keys = " ".join(keys).split(" ")
    for at in [at for at, key in enumerate(keys) if key in starts]:
        for words in starts[keys[at]]:
            size = len(words)
            if size > 1 and tuple(keys[at : at + size]) != words:
                continue
            first, last = owner[at], owner[at + size - 1]
            if first != last and not (line.heading or _glued(line.separators, first, last)):
                continue
            places = found[keys[at] if size == 1 else " ".join(words)]
            places.sections[line.section] = places.sections.get(line.section, 0) + 1
            whole = not line.compound or (
                (at == 0 or owner[at - 1] != first) and (at + size == len(keys) or owner[at + size] != last)
            )
            if whole:
                spelling = _written(line, first, last)
                places.spellings[spelling] = places.spellings.get(spelling, 0) + (1 if line.heading else 2)
            elif not places.spellings:
                places.spellings[" ".join(words)] = 1


def _glued(separators: list[str], first: int, last: int) -> bool:
    """Whether nothing but spaces stands between the words."""
    return all(separator in _GLUE for separator in separators[first + 1 : last + 1])


def _written(line: Line, first: int, last: int) -> str:
    if first == last:
        text = line.written[first]
        return text[:-2] if text.endswith(("'s", "’s")) else text
    parts = [line.written[first]]
    for at in range(first + 1, last + 1):
        between = line.separators[at]
        parts += (" " if between.isspace() else between, line.written[at])
    text = "".join(parts)
    return text[:-2] if text.endswith(("'s", "’s")) else text


def sections(key: str, places: Places, reader: Reader, main_title: int, alias: str = "") -> tuple[int, ...]:
    """The sections that cover `key`, the main one first: the heading that is it, then one that holds it, then where it
    occurs most. A section that only mentions it in passing is left out. `alias` is the key of its acronym or
    long form."""
    counts = places.sections
    if not counts:
        return ()
    sought, alias_sought = f" {key} ", f" {alias} "
    rank: dict[int, float] = {}
    for title in reader.titles:
        if title.section in counts and sought in f" {title.key} ":
            exact = len(key) / len(title.key)
            away = 1100 if title.section == main_title else 0  # the title stands for the whole document
            rank[title.section] = 1000 + 1000 * (title.key == key) + 100 * exact - away
        if title.section != main_title and alias and title.section not in rank and alias_sought in f" {title.key} ":
            rank[title.section] = 500 + 100 * len(alias) / len(title.key)
    most = max(counts.values())
    if key in reader.stressed:
        rank[reader.stressed[key]] = rank.get(reader.stressed[key], 0.0) + STRESSED * most
    scored = {
        section: rank.get(section, 0.0) + count
        for section, count in counts.items()
        if section in rank or count >= max(2, most // 3) or (most == 1 and len(counts) <= 2)
    }
    if not scored:
        scored = {section: float(count) for section, count in counts.items() if count == most}
    return tuple(sorted(scored, key=lambda section: (-scored[section], section))[:MOST_SECTIONS])
