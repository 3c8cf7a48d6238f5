"""Makes `kwlint/data/chinese.txt` anew: frequent Chinese words, from the dictionary of `jieba` (MIT licence).

    pip download --no-deps --no-binary :all: jieba && tar xzf jieba-*.tar.gz
    python scripts/make_chinese.py jieba-0.42.1/jieba/dict.txt

Words of two to four characters that are frequent in general text, by their part of speech: `n` for what a term is made of
(nouns, names, verbal nouns, adjectives and verbs that stand before nouns), `x` for what bounds one (adverbs, pronouns,
conjunctions, prepositions, numerals, time words and set phrases).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

MOST = 26_000
BOUNDS = ("d", "r", "c", "p", "m", "q", "t", "u", "y", "e", "o", "i", "nr", "ns", "f")


def main() -> int:
    """Writes the table."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    rows = [line.split() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    words = [
        (int(count), word, kind[0])
        for word, count, *kind in rows
        if kind and 2 <= len(word) <= 4 and all("\u4e00" <= letter <= "\u9fff" for letter in word)
    ]
    words.sort(key=lambda row: (-row[0], row[1]))
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for _, word, kind in words[:MOST]:
        if kind not in ("nr", "ns"):
            classes["x" if kind in BOUNDS else "n"].append(word)
    target = Path(__file__).parent.parent / "kwlint" / "data" / "chinese.txt"
    target.write_text("".join(f"{name} {' '.join(sorted(classes[name]))}\n" for name in sorted(classes)), "utf-8")
    print({name: len(found) for name, found in classes.items()}, target.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
