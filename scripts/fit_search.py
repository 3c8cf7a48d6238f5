"""Fit the weights of `kwlint find` on the texts of links of several repositories.

    scripts/fit_search.py CHECKOUT[:FOLDER]... [--write]

The questions are those of `benchmarks/lookup.py`. A model is fitted that makes the right section (or, where a link
names none, any section of the right document) likely among all that a search proposes. First, each repository is ranked
with weights that were fitted on the others; these shares are what a repository that nobody has seen can expect.
`--write` writes the weights that all of them give. Each repository counts alike, however many questions it has.

The features of links cannot be fitted: the links that ask are taken out, so that few are left to learn from. Their
weights are kept as they are. The fit stays close to the present weights, because some repositories have few questions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import lookup  # noqa: E402

from kwlint.repo import files  # noqa: E402
from kwlint.search import ranking  # noqa: E402
from kwlint.search.find import candidates, prepare  # noqa: E402
from kwlint.search.refresh import up_to_date  # noqa: E402

FIXED = ("link_is_query", "document_link_is_query", "link", "document_link")
PULL = 0.003  # towards the present weights
STEPS = 400
RATE = 0.05

Example = tuple[np.ndarray, np.ndarray, list[tuple[str, int]], lookup.Question]


def examples(checkout: str) -> list[Example]:
    """Return the features of all that each question proposes, and which of it is right."""
    path, _, docs = checkout.partition(":")
    with tempfile.TemporaryDirectory() as folder:
        collection = lookup.collect(Path(path), Path(folder), docs, most=200)
        disk = files.Disk(collection.root)
        database = lookup._consult(collection.root, collection.config, lambda store: up_to_date(store, disk, None))
        rows = []
        for question in collection.questions:
            found = candidates(prepare(question.text, database), database, ())
            places = [(section.file, section.row.line) for section in found.sections]
            right = [
                path == question.path and (not question.first or question.first <= line <= question.last)
                for path, line in places
            ]
            rows.append((np.array(found.features, dtype=float), np.array(right, dtype=bool), places, question))
    print(f"{checkout}: {len(rows)} questions", file=sys.stderr, flush=True)
    return rows


def fit(collections: list[list[Example]], start: np.ndarray) -> np.ndarray:
    """Return the weights that make the right sections likely, by gradient ascent with momentum (Adam)."""
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    free = np.array([name not in FIXED for name in ranking.Features._fields])
    usable = [[one for one in rows if len(one[0]) and one[1].any()] for rows in collections]
    for step in range(1, STEPS + 1):
        gradient = -PULL * (weights - start)
        for rows in filter(None, usable):
            for features, right, *_ in rows:
                likely = _softmax(features @ weights)
                among_right = likely * right / max(likely[right].sum(), 1e-12)
                gradient += (among_right - likely) @ features / len(rows) / len(usable)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights + RATE * move * free
    return weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def shares(rows: list[Example], weights: np.ndarray) -> str:
    """Return the measures of `benchmarks/lookup.py` under the given weights."""
    answers = []
    for features, _, places, _ in rows:
        order = np.argsort(-(features @ weights), kind="stable")[:10] if len(features) else []
        answers.append([places[at] for at in order])
    row = lookup.measures([one[3] for one in rows], answers)
    return "  ".join(f"{name} {share:.3f}" for name, share in row.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    collections = [examples(checkout) for checkout in options.checkouts]
    present = np.array(ranking.weights())
    for number, (checkout, rows) in enumerate(zip(options.checkouts, collections, strict=True)):
        others = collections[:number] + collections[number + 1 :]
        print(f"{checkout}: {len(rows)} questions, {sum(bool(one[3].first) for one in rows)} with a section")
        print("  present    ", shares(rows, present), flush=True)
        print("  left out   ", shares(rows, fit(others, present)), flush=True)
    weights = fit(collections, present)
    table = "".join(f"{name} {weight:.2f}\n" for name, weight in zip(ranking.Features._fields, weights, strict=True))
    print(table)
    if options.write:
        head = "# Weights of the features of `kwlint.search.ranking`, made by `scripts/fit_search.py`.\n"
        (ROOT / "kwlint" / "data" / "search_weights.txt").write_text(head + table, encoding="utf-8")


if __name__ == "__main__":
    main()
