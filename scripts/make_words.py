"""Make `kwlint/text/unicode_words.py`: the characters that git hosts keep in the fragment of a heading.

Hosts keep Ruby's `\\p{Word}`: letters and other alphabetic characters, marks, decimal and letter numbers, connector
punctuation. The table is frozen at one version of Unicode so that a page's links do not depend on which Python made it.
"""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from pathlib import Path

KEPT = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
OTHER_ALPHABETIC = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
VERSION = "14.0.0"


def is_word(point: int) -> bool:
    """Report whether the character is one of `\\p{Word}`."""
    return unicodedata.category(chr(point)) in KEPT or any(low <= point <= high for low, high in OTHER_ALPHABETIC)


def ranges() -> list[tuple[int, int]]:
    """Return the runs of word characters above ASCII, both ends inclusive."""
    runs: list[tuple[int, int]] = []
    for point in filter(is_word, range(128, 0x110000)):
        if runs and runs[-1][1] == point - 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return runs


def main() -> int:
    """Write the table; refuse to under another version of Unicode."""
    if unicodedata.unidata_version != VERSION:
        print(f"needs a Python with Unicode {VERSION} (3.11)", file=sys.stderr)
        return 2
    words = " ".join(f"{low:x}" if low == high else f"{low:x}-{high:x}" for low, high in ranges())
    lines = "\n".join(f'    "{line} "' for line in textwrap.wrap(words, 110))
    target = Path(__file__).parent.parent / "kwlint" / "text" / "unicode_words.py"
    target.write_text(
        f'"""Word characters above ASCII, which hosts keep in fragments, of Unicode {VERSION}; made by `scripts/make_words.py`."""'  # noqa: E501
        "\n\n"
        "from __future__ import annotations\n\nfrom bisect import bisect\nfrom functools import cache\n\n"
        f"_RUNS = (\n{lines}\n)\n"
        + textwrap.dedent('''

            @cache
            def _bounds() -> list[int]:
                """Return where runs of word characters begin (even indexes) and end (odd indexes)."""
                bounds: list[int] = []
                for run in _RUNS.split():
                    low, _, high = run.partition("-")
                    bounds += (int(low, 16), int(high or low, 16) + 1)
                return bounds


            @cache
            def is_word(character: str) -> bool:
                """Report whether a character above ASCII is a letter, mark, decimal or letter number, or connector."""
                return bisect(_bounds(), ord(character)) % 2 == 1
            '''),
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
