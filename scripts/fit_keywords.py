"""Fit the weights of the keyword ranking, or measure what each group of features contributes.

    python scripts/fit_keywords.py PATH...            write kwlint/data/keyword_weights.txt
    python scripts/fit_keywords.py PATH... --ablate   print a table instead: each half of the documents is ranked with
                                                      weights fitted on the other half

A PATH is a Markdown document or a folder of documents. A document is used if its front matter lists the terms under
which its authors would index it, as an array or separated by commas:

    ---
    keywords: [zone transfer, name server, "AXFR"]
    ---
    # Zone transfers
    ...

Terms that the text below the front matter does not contain are ignored, as no ranking can find them; documents with
fewer than two terms left are skipped. Use at least a few hundred documents, by many authors. Repositories of product
documentation are a good source: the published weights were fitted on 600 pages of MicrosoftDocs/windows-driver-docs
(CC BY 4.0), and MicrosoftDocs/cpp-docs has the same format. `--context REGEX` removes what the terms name beside the
subject: `--context ' WDK.*'` for the former, whose terms are such as `zone transfers WDK DNS`. Only numbers go into
the table, no text.

Needs numpy (`pip install numpy`). The weights make each of the authors' terms more likely than the other candidates of
its document (a softmax over the term and them), averaged over documents, with a small penalty on large weights,
optimised by Adam (Kingma and Ba, 2015). Weights in `SET` are not fitted.

Exit status: 0 if the table was written or printed, 2 if the arguments are wrong or no document can be used.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kwlint.facts import front_matter  # noqa: E402
from kwlint.keywords import author_terms, candidates, chunking, named_entities, ranking, tokens  # noqa: E402
from kwlint.keywords.features import FEATURES  # noqa: E402
from kwlint.markdown import parse  # noqa: E402
from kwlint.model.document import Document  # noqa: E402
from kwlint.text.encoding import decode  # noqa: E402
from kwlint.text.folding import term_key  # noqa: E402

SET = {
    # Names that occur in code alone; too few in product documentation to be fitted.
    "code-defined": 2.0,
    # Code spans, samples and commands, which are rare there too.
    "code": 0.5,
    "code-count": 0.3,
    "sample": -2.0,
    "command": 1.0,
    # Common single words, passing descriptions and paths: authors' terms do not decide these, readers do.
    "everyday": -1.0,
    "described": -2.0,
    "path": -2.0,
    # Long documents, of which there are few: their sections are subjects of their own.
    "grown-section": 3.0,
    "grown-heading": 1.5,
    "grown-part": -0.5,
    "grown-word": -1.5,
    "grown-title": 1.5,
}
FEWEST_TERMS = 2  # authors' terms of a document
LONGEST_TERM = 6  # words
TARGET = ROOT / "kwlint" / "data" / "keyword_weights.txt"
STEPS = 400
PENALTY = 3e-3
GROUPS = {
    "title": ("title-whole", "title-chunk", "title-part", "title-end", "title-phrase", "title-once"),
    "headings": ("heading-whole", "heading-chunk", "headings"),
    "whole chunks and nesting": ("whole-count", "loose-word", "alone"),
    "rarity": ("rarity-mean", "rarity-most", "rarity-last", "once-rarity"),
    "position": ("early", "lead"),
    "frequency and spread": ("count", "once", "twice", "often", "spread", "relative-count"),
    "shape of identifiers": ("name", "name-inside"),
    "length in words": ("one-word", "two-words", "three-words", "four-words"),
    "generic words": ("generic-last", "generic-first"),
    "bold, italic, links": ("strong", "emphasis", "link"),
    "defined acronyms": ("long-form",),
    "grammar and morphology": (
        "begins-ing",
        "begins-ed",
        "adjective",
        "verb-last",
        "number-last",
        "inflected-first",
        "inflected-last",
    ),
}


class Pool(NamedTuple):
    """The candidates of one document: their keys, their features, which are authors' terms, and how many terms the
    authors gave."""

    keys: list[str]
    features: Any
    right: Any
    terms: int


def documents(paths: list[Path]) -> list[Path]:
    """Return the Markdown files at or below the paths, sorted."""
    files = [file for path in paths for file in (path.rglob("*.md") if path.is_dir() else (path,))]
    return sorted(set(files))


def terms_of(document: Document, context: re.Pattern[str] | None) -> set[str]:
    """Return the keys of the terms that the authors of a document list, without what `context` matches."""
    entries = [text for text, _ in author_terms.named(document, front_matter.read(document.front_matter))]
    parts = [part for text in entries for part in re.split("[,;]", context.sub("", text) if context else text)]
    return {key for key in map(term_key, parts) if key and len(key.split()) <= LONGEST_TERM}


def pool(path: Path, context: re.Pattern[str] | None) -> Pool | None:
    """Return the candidates of a document as the extractor makes them, or None if it has too few authors' terms."""
    parsed = parse(decode(path.read_bytes()).text)
    lexicon = tokens.lexicon("en", frozenset())
    reader = chunking.read(parsed, lexicon)
    text = f" {' '.join(filter(None, reader.keys))} "
    terms = {key for key in terms_of(parsed, context) if f" {key} " in text}
    if len(terms) < FEWEST_TERMS:
        return None
    found = candidates.candidates(reader)
    names = named_entities.names(parsed, {})
    named_entities.add_long_forms(found, names, reader)
    most = candidates.most_frequent(found)
    scorer = ranking.Scorer(reader, lexicon, most, names.expansions.keys() | names.long_forms)
    kept = [candidate for candidate in found.values() if scorer.terms.says_something(candidate)]
    features = np.array([scorer.features(candidate) for candidate in kept], float).reshape(len(kept), -1)
    right = np.array([candidate.key in terms for candidate in kept], bool)
    return Pool([candidate.key for candidate in kept], features, right, len(terms))


def fit(pools: list[Pool], columns: list[int]) -> Any:
    """Return the weights of the chosen features."""
    pools = [pool for pool in pools if pool.right.any()]
    features = np.concatenate([pool.features[:, columns] for pool in pools])
    deviation = features.std(0) + 1e-9
    features = features / deviation
    right = np.concatenate([pool.right for pool in pools])
    sizes = np.array([len(pool.keys) for pool in pools])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(pools)), sizes)
    share = right / np.add.reduceat(right.astype(float), starts)[of]
    weights, mean, square = (np.zeros(len(columns)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = features @ weights
        grown = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        total = grown + np.add.reduceat(grown * ~right, starts)[of]
        pulled = np.add.reduceat(np.where(right, share / total, 0), starts)[of] * grown
        slope = np.where(right, (1 - grown / total) * share, -pulled) @ features / len(pools) - PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        rate = 0.08 if step < 0.7 * STEPS else 0.024
        weights = weights + rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights / deviation


def measure(pools: list[Pool], columns: list[int], weights: Any) -> Any:
    """Return R@10, R@20 and nDCG@20, before fragments of longer keywords are left out."""
    rows = []
    for _, features, right, terms in pools:
        hits = right[np.argsort(-(features[:, columns] @ weights), kind="stable")][:20]
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(20, terms)))
        gain = sum(hit / math.log2(rank + 2) for rank, hit in enumerate(hits))
        rows.append((sum(hits[:10]) / terms, sum(hits) / terms, gain / ideal))
    return np.mean(rows, axis=0)


def ablate(pools: list[Pool]) -> None:
    """Print the measures with all features, and without each group."""
    halves = pools[::2], pools[1::2]
    print("| without | R@10 | R@20 | nDCG@20 |\n| --- | --- | --- | --- |")
    for name, dropped in {"(all features)": (), **GROUPS}.items():
        columns = [n for n, feature in enumerate(FEATURES) if feature not in dropped and feature not in SET]
        means = [measure(other, columns, fit(half, columns)) for half, other in (halves, halves[::-1])]
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in np.mean(means, axis=0)) + " |", flush=True)


def table(pools: list[Pool]) -> str:
    """Return the table of weights, a feature a line."""
    columns = [n for n, feature in enumerate(FEATURES) if feature not in SET]
    fitted = dict(zip((FEATURES[n] for n in columns), fit(pools, columns), strict=True)) | SET
    rows = "".join(f"{feature} {fitted[feature]:.2f}\n" for feature in FEATURES)
    return "# Weight of each feature of the ranking, by scripts/fit_keywords.py; see README.md.\n" + rows


def main(arguments: list[str] | None = None) -> int:
    """Fit the weights, or print the ablation table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a document, or a folder of documents")
    parser.add_argument("--ablate", action="store_true", help="print what each group of features contributes")
    parser.add_argument("--context", type=re.compile, metavar="REGEX", help="remove matches from the authors' terms")
    parser.add_argument("--output", type=Path, default=TARGET, help="file to write (default: the shipped table)")
    options = parser.parse_args(arguments)
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        parser.error(f"{missing[0]} does not exist")
    pools = list(filter(None, (pool(path, options.context) for path in documents(options.paths))))
    if len(pools) < 2:
        parser.error("fewer than two documents have `keywords` in their front matter that occur in the text")
    print(f"{len(pools)} documents, {sum(pool.terms for pool in pools)} terms", file=sys.stderr)
    if options.ablate:
        ablate(pools)
    else:
        options.output.write_text(table(pools), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
