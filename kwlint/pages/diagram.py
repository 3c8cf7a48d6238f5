"""Mermaid pictures of who links to whom, as GitHub and GitLab draw them."""

from __future__ import annotations

from collections.abc import Sequence

from kwlint.pages import escape

MAX_NODES = 30
LABEL = 48  # characters of a node's label


def neighbours(centre: str, incoming: Sequence[str], outgoing: Sequence[str]) -> list[str]:
    """A document with what links to it and what it links to. Each side keeps its share of `MAX_NODES`; the others
    are counted in one node."""
    both = [path for path in incoming if path in set(outgoing)]
    before = [path for path in incoming if path not in set(both)]
    after = [path for path in outgoing if path not in set(both)]
    room = MAX_NODES - 4
    shares = _shares((len(before), len(both), len(after)), room)
    lines = ["```mermaid", "graph LR", f'  d["{_name(centre)}"]:::here']
    for letter, arrow, paths, share in zip("ibo", ("i", "b", "o"), (before, both, after), shares, strict=True):
        lines += _side(letter, arrow, paths, share)
    return [*lines, "  classDef here stroke-width:3px", "```"]


def _side(letter: str, kind: str, paths: Sequence[str], share: int) -> list[str]:
    lines = []
    labels = [_name(path) for path in paths[:share]]
    if len(paths) > share:
        labels.append(f"{len(paths) - share} more")
    for number, label in enumerate(labels):
        node = f'{letter}{number}["{label}"]'
        lines.append({"i": f"  {node} --> d", "b": f"  d <--> {node}", "o": f"  d --> {node}"}[kind])
    return lines


def _shares(counts: tuple[int, ...], room: int) -> list[int]:
    """`room` dealt out evenly to those that need it."""
    shares = [0] * len(counts)
    while room and any(share < count for share, count in zip(shares, counts, strict=True)):
        for index, count in enumerate(counts):
            if room and shares[index] < count:
                shares[index] += 1
                room -= 1
    return shares


def network(pairs: Sequence[tuple[str, str]], inside: str) -> list[str]:
    """The documents of the folder `inside` and the links among them and with others: links within the folder first,
    then those of the documents with most links; at most `MAX_NODES` nodes."""
    degree: dict[str, int] = {}
    for pair in pairs:
        for path in pair:
            degree[path] = degree.get(path, 0) + 1
    ordered = sorted(degree, key=lambda path: (path.rpartition("/")[0] != inside, -degree[path], path))
    chosen = {path: f"n{number}" for number, path in enumerate(sorted(ordered[:MAX_NODES]))}
    lines = ["```mermaid", "graph LR"]
    lines += [f'  {node}["{_name(path)}"]' for path, node in chosen.items()]
    present = set(pairs)
    for start, end in pairs:
        if start in chosen and end in chosen:
            if (end, start) not in present:
                lines.append(f"  {chosen[start]} --> {chosen[end]}")
            elif start < end:
                lines.append(f"  {chosen[start]} <--> {chosen[end]}")
    if len(ordered) > MAX_NODES:
        lines.append(f'  more["{len(ordered) - MAX_NODES} more"]')
        return [*lines, "```"]
    return [*lines, "```"]


def _name(path: str) -> str:
    """The last two parts of a path, which tell apart the many README.md of a tree."""
    short = "/".join(path.split("/")[-2:])
    if len(short) > LABEL:
        short = f"…{short[-LABEL + 1 :]}"
    return escape.mermaid(short)
