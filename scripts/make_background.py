"""Make `kwlint/data/background.txt`: the rarity of English words in technical documentation, and their parts of speech.

    python scripts/make_background.py ROOT

`ROOT` contains the unpacked Debian packages of `PACKAGES` (`apt-get download NAME`, `dpkg -x NAME.deb ROOT`). Their
licences allow the text to be copied and modified. The HTML pages are cut into passages of `PASSAGE` words, at most
`SHARE` passages of a package, evenly spaced, so that no package outweighs the others.

For each lower-case word form the table has:

- a level of rarity, `log2(passages / passages that contain the form)` in halves, as a letter from `a` (all of them);
- `v` if it is mostly a finite verb, `u` if mostly a bare verb, `j` if mostly an adjective or participle before a noun,
  `-` otherwise; the words beside it decide (see `part_of_speech`).
"""

from __future__ import annotations

import html
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGES = {  # package: folders of its pages, below usr/share/doc
    "python3.11-doc": ("python3.11/html",),
    "postgresql-doc-15": ("postgresql-doc-15/html",),
    "python-django-doc": ("python-django-doc/html",),
    "sqlite3-doc": ("sqlite3",),
    "apache2-doc": ("apache2-doc/manual/en",),
    "nodejs-doc": ("nodejs/api",),
    "rust-doc": tuple(f"rust-doc/html/{part}" for part in ("book", "reference", "nomicon", "std", "cargo", "rustc")),
    "erlang-doc": ("erlang-doc",),
    "llvm-14-doc": ("llvm-14-doc/html",),
    "python-scipy-doc": ("python-scipy-doc/html/tutorial", "python-scipy-doc/html/reference"),
    "python-pandas-doc": ("python-pandas-doc/html",),
    "python-statsmodels-doc": ("python-statsmodels-doc/html",),
    "python-sqlalchemy-doc": ("python-sqlalchemy-doc/html",),
    "python-flask-doc": ("python-flask-doc/html",),
    "python-tornado-doc": ("python-tornado-doc/html",),
    "sphinx-doc": ("sphinx-doc/html",),
    "twisted-doc": ("twisted-doc/html",),
    "docker-doc": ("docker-doc",),
    "cmake-doc": ("cmake-data/html",),
    "zsh-doc": ("zsh-common/html",),
}
SKIPPED = re.compile(r"/(_sources|_modules|_static|src|genindex|search|releases|releaselog)[/.-]")
PASSAGE = 150
SHARE = 2500
FEWEST = 3  # passages that must hold a form
SOURCES = 3  # packages that must hold a form
LONGEST = 22

_DROPPED = re.compile(r"(?is)<(script|style|pre|nav|head|table class=\"nav)\b.*?</\1>|<!--.*?-->")
_CODE = re.compile(r"(?is)<(code|tt|var|samp|kbd)\b.*?</\1>")
_BLOCK = re.compile(r"(?i)</?(p|li|dd|dt|td|th|h[1-6]|div|ul|ol|dl|tr|table|br|section|blockquote)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[^\sA-Za-z]")
_PLAIN = re.compile(r"[a-z]{2,22}\Z")

SUBJECTS = frozenset(["it", "he", "she", "that", "which", "who", "this"])
BARE_BEFORE = frozenset([
    "to", "will", "can", "must", "may", "should", "would", "could", "might", "cannot", "not", "you", "we", "they",
    "i", "don't", "shall",
])  # fmt: skip
OBJECTS = frozenset([
    "the", "a", "an", "it", "them", "this", "these", "its", "your", "their", "all", "any", "you", "each",
])  # fmt: skip
NOUN_BEFORE = frozenset(["the", "a", "an", "this", "each", "its", "your", "their", "of", "every", "no", "another"])
AFTER_NOUN = frozenset([
    "is", "are", "was", "were", "has", "have", "of", ",", ".", ";", ":", ")", "and", "or", "in", "to", "for", "can",
    "will", "that", "which", "with", "from", "on", "by",
])  # fmt: skip


def paragraphs(page: Path) -> Iterator[list[str]]:
    """Yield the words and signs of each paragraph of the page; code is one sign."""
    text = page.read_text("utf-8", "replace")
    text = _CODE.sub(" § ", _DROPPED.sub(" ", text))
    for part in _BLOCK.sub("\n\n", text).split("\n\n"):
        words = _WORD.findall(html.unescape(_TAG.sub("", part)))
        if len(words) > 4:
            yield words


def passages(root: Path, folders: tuple[str, ...]) -> list[list[str]]:
    """Return the text of a package in passages of about `PASSAGE` words, at most `SHARE` of them."""
    found: list[list[str]] = []
    for folder in folders:
        base = root / "usr/share/doc" / folder
        pages = sorted(p for p in base.rglob("*") if p.suffix in (".html", ".en") and not SKIPPED.search(str(p)))
        for page in pages[:: max(1, len(pages) // 1500)]:
            passage: list[str] = []
            for words in paragraphs(page):
                passage += [*words, "."]
                if len(passage) >= PASSAGE:
                    found.append(passage)
                    passage = []
    step = max(1.0, len(found) / SHARE)
    return [found[int(n * step)] for n in range(min(len(found), SHARE))]


class NeighbourCounts:
    """Counts of the words beside each form."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.finite: Counter[str] = Counter()
        self.bare: Counter[str] = Counter()
        self.noun: Counter[str] = Counter()
        self.before_noun: Counter[str] = Counter()
        self.object: Counter[str] = Counter()

    def read(self, words: list[str]) -> None:
        lower = [word.lower() for word in words]
        for before, word, after in zip(lower, lower[1:], lower[2:], strict=False):
            self.seen[word] += 1
            self.object[word] += after in OBJECTS
            self.finite[word] += before in SUBJECTS
            self.bare[word] += before in BARE_BEFORE
            if before in NOUN_BEFORE:
                self.noun[word] += after in AFTER_NOUN
                self.before_noun[word] += after not in AFTER_NOUN and after.isalpha()

    def part_of_speech(self, form: str) -> str:
        """Return `v`, `u`, `j` or `-`; see the docstring of the module."""
        seen = self.seen[form]
        verb = self.object[form] + self.finite[form] + self.bare[form]
        nominal = 2.5 * self.noun[form] + self.before_noun[form]
        if seen >= 8 and verb > 0.2 * seen and verb > 2 * nominal:
            return "u" if self.bare[form] > self.finite[form] and not form.endswith(("s", "ed", "ing")) else "v"
        modifier = self.before_noun[form]
        if seen >= 8 and modifier > 0.1 * seen and modifier > 5 * self.noun[form]:
            return "j"
        return "-"


def main() -> int:
    """Write the table, and print how much text it was made from."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    frequency: Counter[str] = Counter()
    sources: defaultdict[str, set[str]] = defaultdict(set)
    neighbours = NeighbourCounts()
    total = 0
    for package, folders in PACKAGES.items():
        texts = passages(root, folders)
        total += len(texts)
        print(f"{package}: {len(texts)} passages")
        for words in texts:
            neighbours.read(words)
            forms = {word.lower() for word in words}
            frequency.update(forms)
            for form in forms:
                sources[form].add(package)
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(frequency):
        count = frequency[form]
        if _PLAIN.match(form) and (count >= FEWEST and len(sources[form]) >= SOURCES):
            level = min(25, round(2 * math.log2(total / count)))
            rows[chr(ord("a") + level) + neighbours.part_of_speech(form)].append(form)
    target = Path(__file__).parent.parent / "kwlint" / "data" / "background.txt"
    target.write_text("".join(f"{key} {' '.join(rows[key])}\n" for key in sorted(rows)), encoding="utf-8")
    print(f"{total} passages, {sum(map(len, rows.values()))} forms, {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
