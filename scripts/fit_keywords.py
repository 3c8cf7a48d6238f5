"""Fits the weights of the keyword ranking, and measures what each group of features is worth.

    python scripts/fit_keywords.py KWBENCH CORPUS            writes kwlint/data/keyword_weights.txt
    python scripts/fit_keywords.py KWBENCH CORPUS --ablate   prints a table instead, each half fitted on the other

`KWBENCH` is the folder of the benchmark `kwbench.py`, `CORPUS` a folder of documents with `keywords:` in their
front matter.
Needs numpy. For every keyword that the authors gave, the weights make it likelier than the other candidates of its
document (a softmax over it and them), averaged over documents, with a small penalty on large weights. `SET` are
weights that are not fitted.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kwlint.keywords import candidates, chunking, named_entities, ranking, tokens  # noqa: E402
from kwlint.keywords.features import FEATURES  # noqa: E402
from kwlint.markdown import parse  # noqa: E402

SET = {
    "code-defined": 2.0,  # names that stand in code alone; too few in the corpus to be fitted
    # What is set in code; the corpus has next to none.
    "code": 0.5,
    "code-count": 0.3,
    "sample": -2.0,
    "command": 1.0,
    # Of what nothing sets apart, single words that any page may hold, and what an adjective describes in passing: the
    # corpus is indifferent to them, a reader is not.
    "everyday": -1.0,
    "described": -2.0,
    "path": -2.0,
    # Long documents, of which the corpus has few: their sections are subjects, and what is said in passing is none.
    "grown-section": 3.0,
    "grown-heading": 1.5,
    "grown-part": -0.5,
    "grown-word": -1.5,
    "grown-title": 1.5,
}
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
    """The candidates of one document: normalised texts, features, which are keywords, and the number of keywords."""

    texts: list[str]
    features: Any
    right: Any
    keywords: int


def load(kwbench: Any, corpus: str) -> list[Pool]:
    """The pools of all documents that have keywords."""
    arguments = argparse.Namespace(min_terms=2, max_tokens=6, split="all", salt="", sample=0)
    _, documents, _ = kwbench.load_corpus(f"corpus=frontmatter:{corpus}", arguments)
    return [pool(kwbench, document) for document in kwbench.select(documents, arguments)]


def pool(kwbench: Any, document: Any) -> Pool:
    """The candidates of a document, as the extractor makes them."""
    parsed = parse(document.text)
    lexicon = tokens.lexicon("en", frozenset())
    reader = chunking.read(parsed, lexicon)
    found = candidates.candidates(reader)
    names = named_entities.names(parsed, {})
    named_entities.add_long_forms(found, names, reader)
    most = candidates.most_frequent(found)
    scorer = ranking.Scorer(reader, lexicon, most, names.expansions.keys() | names.long_forms)
    kept = [candidate for candidate in found.values() if scorer.terms.says_something(candidate)]
    texts = [kwbench.norm(candidate.key) for candidate in kept]
    features = np.array([scorer.features(candidate) for candidate in kept], float).reshape(len(kept), -1)
    right = np.array([text in set(document.gold) for text in texts], bool)
    return Pool(texts, features, right, len(document.gold))


def fit(pools: list[Pool], columns: list[int]) -> Any:
    """The weights of the chosen features."""
    pools = [pool for pool in pools if pool.right.any()]
    features = np.concatenate([pool.features[:, columns] for pool in pools])
    deviation = features.std(0) + 1e-9
    features = features / deviation
    right = np.concatenate([pool.right for pool in pools])
    sizes = np.array([len(pool.texts) for pool in pools])
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
    """R@10, R@20 and nDCG@20, before fragments are taken out."""
    rows = []
    for texts, features, right, keywords in pools:
        order = np.argsort(-(features[:, columns] @ weights), kind="stable")
        best = {texts[at]: bool(right[at]) for at in order[::-1] if texts[at]}  # right or wrong goes with the text
        hits = [best[text] for text in list(dict.fromkeys(texts[at] for at in order if texts[at]))[:20]]
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(20, keywords)))
        gain = sum(hit / math.log2(rank + 2) for rank, hit in enumerate(hits))
        rows.append((sum(hits[:10]) / keywords, sum(hits) / keywords, gain / ideal))
    return np.mean(rows, axis=0)


def ablate(pools: list[Pool]) -> None:
    """Prints the measures with all features, and without each group."""
    halves = pools[::2], pools[1::2]
    print("| without | R@10 | R@20 | nDCG@20 |\n| --- | --- | --- | --- |")
    for name, dropped in {"(all features)": (), **GROUPS}.items():
        columns = [n for n, feature in enumerate(FEATURES) if feature not in dropped and feature not in SET]
        means = [measure(other, columns, fit(half, columns)) for half, other in (halves, halves[::-1])]
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in np.mean(means, axis=0)) + " |", flush=True)


def main() -> int:
    """Fits or ablates."""
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    sys.path.insert(0, sys.argv[1])
    import kwbench

    pools = load(kwbench, sys.argv[2])
    if "--ablate" in sys.argv:
        ablate(pools)
        return 0
    columns = [n for n, feature in enumerate(FEATURES) if feature not in SET]
    fitted = dict(zip((FEATURES[n] for n in columns), fit(pools, columns), strict=True)) | SET
    rows = "".join(f"{feature} {fitted[feature]:.2f}\n" for feature in FEATURES)
    target = ROOT / "kwlint" / "data" / "keyword_weights.txt"
    target.write_text(
        "# Weight of each feature of the ranking, by scripts/fit_keywords.py; see README.md.\n" + rows, "utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
