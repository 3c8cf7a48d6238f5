"""Mermaid diagrams of links between documents, as GitHub and GitLab draw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from kwlint.pages import escape

MAX_NODES = 30
MAX_TARGETS = 11  # of one document; its page lists the rest as text
LABEL = 48  # characters of a node's label


def targets_of(document: str, targets: Sequence[str]) -> list[str]:
    """Return the diagram of a document and the documents it links to, at most `MAX_TARGETS` nodes besides its own."""
    room = MAX_TARGETS if len(targets) <= MAX_TARGETS else MAX_TARGETS - 1
    nodes = _nodes(targets[:room])
    names = _names([document, *nodes], document.rpartition("/")[0])
    lines = ["```mermaid", "graph LR", f'  d(["{names[document]}"])']
    lines += [f'  d --> {node}["{names[path]}"]' for path, node in nodes.items()]
    if len(targets) > room:
        lines.append('  d --> more["more"]')
    return [*lines, "```"]


def _nodes(paths: Sequence[str]) -> dict[str, str]:
    """Return a node id for each path. It depends on the path alone, so that a new node changes no other line,
    and has digits alone, in which no spell checker finds a word."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        name = f"n{crc32(path.encode('utf-8', 'surrogatepass')) % 1_000_000}"
        while name in taken:
            name += "0"
        taken.add(name)
        names[path] = name
    return names


def network(pairs: Sequence[tuple[str, str]], inside: str) -> list[str]:
    """Return the diagram of the links from and to the documents of the folder `inside`.

    It has at most `MAX_NODES` nodes: the documents of the folder first, then those with the most links.
    """
    degree: dict[str, int] = {}
    for pair in pairs:
        for path in pair:
            degree[path] = degree.get(path, 0) + 1
    ordered = sorted(degree, key=lambda path: (path.rpartition("/")[0] != inside, -degree[path], path))
    chosen = _nodes(sorted(ordered[:MAX_NODES]))
    names = _names(list(chosen), inside)
    lines = ["```mermaid", "graph LR"]
    for path, node in chosen.items():
        lines.append(f'  {node}["{names[path]}"]')
    present = set(pairs)
    for start, end in pairs:
        if start in chosen and end in chosen:
            if (end, start) not in present:
                lines.append(f"  {chosen[start]} --> {chosen[end]}")
            elif start < end:
                lines.append(f"  {chosen[start]} <--> {chosen[end]}")
    if len(ordered) > MAX_NODES:
        lines.append('  more["more"]')
    return [*lines, "```"]


def _names(paths: Sequence[str], home: str) -> dict[str, str]:
    """Return the label of each node: `_name`, with more of the path where two would have the same label."""
    ends = Counter(map(_end, paths))
    return {path: _name(path, home, 2 if ends[_end(path)] == 1 else _distinct_parts(path, paths)) for path in paths}


def _end(path: str, parts: int = 2) -> str:
    return "/".join(path.split("/")[-parts:])


def _distinct_parts(path: str, paths: Sequence[str]) -> int:
    """Return how many of the last parts of a path distinguish it from the others."""
    longest = path.count("/") + 1
    others = [other for other in paths if other != path]
    numbers = (n for n in range(2, longest) if all(_end(other, n) != _end(path, n) for other in others))
    return next(numbers, longest)


@lru_cache(maxsize=escape.KEPT)
def _name(path: str, home: str, parts: int) -> str:
    """Return the last two parts of a path, so that README.md files differ.

    Return the last part alone in the folder `home`, or if two are too long.
    """
    folder, _, name = path.rpartition("/")
    short = name if folder == home else _end(path, parts)
    if len(short) > LABEL and parts == 2:
        short = name
    elif len(short) > LABEL:
        short = f"…{short[1 - LABEL :]}"
    return escape.mermaid(short if len(short) <= LABEL else f"{short[: LABEL - 1]}…")
