"""Make `kwlint/data/verbs.txt`: third-person forms that are verbs and never plural nouns, such as `demonstrates`; and
`kwlint/data/adjectives.txt`: everyday adjectives that are not nouns, such as `unique`.

    python scripts/make_word_classes.py ROOT

`ROOT` contains the unpacked Debian packages of `make_background.py`, and `wordnet-base`. A form is listed if WordNet
has its verb, and

- has no noun of that spelling, and documentation hardly ever uses it as a noun; or
- has a noun too, but documentation uses the form only as a verb, and often.

Verbs that are neither in the documentation nor in the texts counted by WordNet are left out. An adjective is listed if
those texts have it at least `EVERYDAY` times, and WordNet has no noun of that spelling, or the texts have the noun at
most `SELDOM` as often.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_background import PACKAGES, NeighbourCounts, passages

RARELY = 1, 0.02  # uses as a noun that may be an accident of counting: at most so many, or that share of all
EVERYDAY = 3
SELDOM = 1 / 3
OFTEN = 8  # uses as a verb that tell where WordNet knows a noun, too


def third_person(verb: str) -> str:
    """Return the third person: `carries` for `carry`, `pushes` for `push`, `runs` for `run`."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def lemmas(index: Path) -> set[str]:
    """Return the words of one of WordNet's index files."""
    lines = index.read_text("utf-8").splitlines()
    return {line.split(" ", 1)[0] for line in lines if not line.startswith("  ")}


def counted(folder: Path) -> set[str]:
    """Return the verbs in WordNet's tagged texts: part of speech 2 in `cntlist.rev`."""
    keys = [line.split(" ", 1)[0] for line in (folder / "cntlist.rev").read_text("utf-8").splitlines()]
    return {key.partition("%")[0] for key in keys if key.partition("%")[2].startswith("2:")}


def adjectives(folder: Path, nouns: set[str]) -> list[str]:
    """Return everyday adjectives: parts of speech 3 and 5 in `cntlist.rev`, compared with 1."""
    counts: dict[str, list[int]] = {}
    for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
        key, _, number = line.split(" ")
        word, _, sense = key.partition("%")
        if sense[0] in "135":
            counts.setdefault(word, [0, 0])[sense[0] != "1"] += int(number)
    often = {word: both for word, both in counts.items() if both[1] >= EVERYDAY and word.isalpha() and len(word) > 2}
    return sorted(word for word, both in often.items() if word not in nouns or max(1, both[0]) <= SELDOM * both[1])


def write(name: str, words: list[str]) -> None:
    """Write a table, a row for each first letter."""
    rows: dict[str, list[str]] = {}
    for word in sorted(words):
        rows.setdefault(word[0], []).append(word)
    target = Path(__file__).parent.parent / "kwlint" / "data" / name
    target.write_text("".join(" ".join(row) + "\n" for row in rows.values()), encoding="utf-8")


def plurals(folder: Path) -> set[str]:
    """Return irregular plurals such as `lives` and `leaves`."""
    return {line.split(" ", 1)[0] for line in (folder / "noun.exc").read_text("utf-8").splitlines()}


def is_sure(verb: str, form: str, nouns: set[str], neighbours: NeighbourCounts) -> bool:
    """Report whether the form is a verb; see the docstring of the module."""
    as_noun = neighbours.noun[form] + neighbours.noun[verb]
    as_verb = sum(
        counts[word] for counts in (neighbours.finite, neighbours.bare, neighbours.object) for word in (verb, form)
    )
    if verb not in nouns:
        return as_noun <= max(RARELY[0], RARELY[1] * as_verb)
    return not as_noun and neighbours.finite[form] + neighbours.object[form] >= OFTEN


def main() -> int:
    """Write both tables."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    folder = root / "usr/share/wordnet"
    neighbours = NeighbourCounts()
    for folders in PACKAGES.values():
        for words in passages(root, folders):
            neighbours.read(words)
    nouns, known, irregular = lemmas(folder / "index.noun"), counted(folder), plurals(folder)
    forms = []
    for verb in lemmas(folder / "index.verb"):
        form = third_person(verb)
        seen = verb in known or neighbours.seen[verb] or neighbours.seen[form]
        if verb.isalpha() and len(verb) > 2 and seen and form not in nouns | irregular:
            forms += [form] if is_sure(verb, form, nouns, neighbours) else []
    write("verbs.txt", forms)
    write("adjectives.txt", adjectives(folder, nouns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
