"""Makes `kwlint/data/verbs.txt` anew: third-person forms that are verbs and never plural nouns, such as `demonstrates`;
and `kwlint/data/adjectives.txt`: everyday adjectives that are no nouns, such as `unique`.

    python scripts/make_word_classes.py ROOT

`ROOT` holds the unpacked Debian packages of `make_background.py`, and `wordnet-base`. A form is listed when WordNet
has its verb, and

- no noun of that spelling, and documentation uses it as a noun next to never; or
- also a noun, but documentation uses the form as a verb only, and often.

Verbs that neither documentation nor the texts counted in WordNet hold are left out. An adjective is listed when those
texts have it `EVERYDAY` times and more, and WordNet has no noun of that spelling, or the texts have that `SELDOM` as
often.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_background import PACKAGES, Habits, passages

RARELY = 1, 0.02  # uses as a noun that may be an accident of counting: at most so many, or that share of all
EVERYDAY = 3
SELDOM = 1 / 3
OFTEN = 8  # uses as a verb that tell where WordNet knows a noun, too


def third_person(verb: str) -> str:
    """`carry` -> `carries`, `push` -> `pushes`, `run` -> `runs`."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def lemmas(index: Path) -> set[str]:
    """The words of one of WordNet's index files."""
    lines = index.read_text("utf-8").splitlines()
    return {line.split(" ", 1)[0] for line in lines if not line.startswith("  ")}


def counted(folder: Path) -> set[str]:
    """The verbs that WordNet's tagged texts hold: part of speech 2 in `cntlist.rev`."""
    keys = [line.split(" ", 1)[0] for line in (folder / "cntlist.rev").read_text("utf-8").splitlines()]
    return {key.partition("%")[0] for key in keys if key.partition("%")[2].startswith("2:")}


def adjectives(folder: Path, nouns: set[str]) -> list[str]:
    """Everyday adjectives: parts of speech 3 and 5 in `cntlist.rev`, against 1."""
    counts: dict[str, list[int]] = {}
    for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
        key, _, number = line.split(" ")
        word, _, sense = key.partition("%")
        if sense[0] in "135":
            counts.setdefault(word, [0, 0])[sense[0] != "1"] += int(number)
    often = {word: both for word, both in counts.items() if both[1] >= EVERYDAY and word.isalpha() and len(word) > 2}
    return sorted(word for word, both in often.items() if word not in nouns or max(1, both[0]) <= SELDOM * both[1])


def write(name: str, words: list[str]) -> None:
    """Writes a table in rows by the words' first letters."""
    rows: dict[str, list[str]] = {}
    for word in sorted(words):
        rows.setdefault(word[0], []).append(word)
    target = Path(__file__).parent.parent / "kwlint" / "data" / name
    target.write_text("".join(" ".join(row) + "\n" for row in rows.values()), encoding="utf-8")


def plurals(folder: Path) -> set[str]:
    """Irregular plurals, among which `lives` and `leaves`."""
    return {line.split(" ", 1)[0] for line in (folder / "noun.exc").read_text("utf-8").splitlines()}


def is_sure(verb: str, form: str, nouns: set[str], habits: Habits) -> bool:
    """Whether the form is a verb, as the module says."""
    as_noun = habits.noun[form] + habits.noun[verb]
    as_verb = sum(counts[word] for counts in (habits.finite, habits.bare, habits.object) for word in (verb, form))
    if verb not in nouns:
        return as_noun <= max(RARELY[0], RARELY[1] * as_verb)
    return not as_noun and habits.finite[form] + habits.object[form] >= OFTEN


def main() -> int:
    """Writes the table."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    folder = root / "usr/share/wordnet"
    habits = Habits()
    for folders in PACKAGES.values():
        for words in passages(root, folders):
            habits.read(words)
    nouns, known, irregular = lemmas(folder / "index.noun"), counted(folder), plurals(folder)
    forms = []
    for verb in lemmas(folder / "index.verb"):
        form = third_person(verb)
        seen = verb in known or habits.seen[verb] or habits.seen[form]
        if verb.isalpha() and len(verb) > 2 and seen and form not in nouns | irregular:
            forms += [form] if is_sure(verb, form, nouns, habits) else []
    write("verbs.txt", forms)
    write("adjectives.txt", adjectives(folder, nouns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
