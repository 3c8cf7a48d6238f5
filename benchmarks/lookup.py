"""Does a search lead a reader to the right place? The questions are the texts of a repository's own links.

The author of `[alert routing](alerting.md#routing)` says where "alert routing" is to be found. The links that ask are
taken out of a copy of the documents first (their text stays), so that nothing can be learned from them. Then the
questions go to `kwlint find`, to a plain SQLite FTS5 search of sections (BM25, headings weighted, porter), and to a
search of headings that hold all words.

    benchmarks/lookup.py CHECKOUT [--docs FOLDER] [--most N] [--seed N] [--misses N]

For each system: the share of the questions whose document is among the first three, whose section is (of questions that
name one), the same for questions that are neither title nor heading of the answer, and the share without any answer.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from kwlint.config import Config
from kwlint.engine import keys, pipeline
from kwlint.engine.request import Request
from kwlint.engine.store import Store, decoded
from kwlint.model.facts import Facts
from kwlint.repo import files, git
from kwlint.search.database import SearchDatabase
from kwlint.search.find import find
from kwlint.search.indexing import link_rows
from kwlint.search.refresh import up_to_date
from kwlint.search.words import bare, words
from kwlint.text.encoding import decode

Answer = TypeVar("Answer")
FIRST = 3
# Texts that name nothing: they say that there is a link.
EMPTY = "above article back below click continue details doc docs documentation example examples following guide here \
learn link more next page previous read readme reference section see the this tutorial"
LONGEST = 6  # words of a question
Place = tuple[str, int]  # a document and a line


class Question(NamedTuple):
    """A text, the document that answers it, and the first and last line of the section; 0 where none is named."""

    text: str
    path: str
    first: int
    last: int
    reworded: bool


class Collection(NamedTuple):
    """A repository without the links that ask."""

    root: Path
    config: Config
    questions: list[Question]


def collect(checkout: Path, folder: Path, docs: str = "", most: int = 400, seed: int = 1) -> Collection:
    """Copy a checkout's tracked files to `folder`, and take its questions out."""
    config = Config(
        pages=("keywords",), include=(f"/{docs.strip('/')}/**/*.md" if docs else "*.md",), exclude=("/kwdocs/",)
    )
    listed = subprocess.run(["git", "-C", checkout, "ls-files", "-z"], capture_output=True, check=True).stdout
    for path in filter(None, listed.decode().split("\0")):
        source = checkout / path
        if source.is_file() and not source.is_symlink() and not path.startswith("kwdocs/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / path)
    subprocess.run("git init -q . && git add -A -f", shell=True, cwd=folder, check=True)
    found = _consult(folder, config, lambda store: list(_links(store)))
    questions = sorted({question for question, *_ in found})
    random.Random(seed).shuffle(questions)
    chosen = questions[:most]
    asked = {(question.text, question.path) for question in chosen}
    spans = defaultdict(list)
    for question, path, start, end in found:
        if (question.text, question.path) in asked:
            spans[path].append((start, end))
    for path, some in spans.items():
        text = decode((folder / path).read_bytes()).text
        for start, end in sorted(some, reverse=True):
            text = _without_link(text, start, end)
        (folder / path).write_text(text, encoding="utf-8")
    subprocess.run("git add -A -f", shell=True, cwd=folder, check=True)
    return Collection(folder, config, chosen)


def _consult(root: Path, config: Config, read: Callable[[Store], Answer]) -> Answer:
    return pipeline.consult(git.open_repository(root), config, Request(), read)


def _links(store: Store) -> Iterator[tuple[Question, str, int, int]]:
    """Yield the questions with the document that asks, and the offsets of the link's target in its text."""
    facts = {path: store.facts_of(path) for path in store.names(keys.DOCUMENT)}
    for path, one in facts.items():
        outgoing = decoded(store.value(keys.OUTGOING, path) or "[]")
        for link in one.links:
            text = " ".join(link.text.split()).strip(" .,:;!?\"'“”")
            if link.kind != "inline" or link.image or not _asks(text):
                continue
            rows = list(link_rows(path, (link,), outgoing))
            if rows and rows[0].target != path and rows[0].target in facts:
                question = _question(text, rows[0].target, rows[0].fragment, facts[rows[0].target])
                yield question, path, link.start, link.end


def _asks(text: str) -> bool:
    asked = words(text)
    is_path = "/" in text or text.lower().endswith((".md", ".html"))
    return 0 < len(asked) <= LONGEST and len(text) > 2 and not set(asked) <= set(EMPTY.split()) and not is_path


def _question(text: str, path: str, fragment: str, facts: Facts) -> Question:
    sections = facts.outline.sections
    line = next((anchor.line for anchor in facts.anchors if fragment and anchor.name == fragment), 0)
    section = next((one for one in sections if one.line <= line <= one.end_line), None)
    heading = section.title if section else facts.outline.title
    reworded = bare(text) not in (bare(heading), bare(facts.outline.title))
    return Question(text, path, section.line if section else 0, section.end_line if section else 0, reworded)


def _without_link(text: str, start: int, end: int) -> str:
    """Return the text with the link whose target is at `start:end` replaced by the text in its brackets."""
    closing = text.rfind("]", 0, start)
    depth, opening = 1, closing
    while depth and opening > 0:
        opening -= 1
        depth += {"]": 1, "[": -1}.get(text[opening], 0)
    after = text.find(")", end)
    return text if depth or after < 0 else text[:opening] + text[opening + 1 : closing] + text[after + 1 :]


# --- systems


def kwlint_find(database: SearchDatabase) -> Callable[[str], list[Place]]:
    """Return `kwlint find` as a function."""
    return lambda text: [(hit.path, hit.line) for hit in find(text, database).hits]


def plain_full_text(sections: list[tuple[str, int, str, str, str]]) -> Callable[[str], list[Place]]:
    """Return a search of sections (path, line, title, heading, text) with FTS5 as it comes."""
    connection = sqlite3.connect(":memory:")
    columns = "path UNINDEXED, line UNINDEXED, title, heading, body"
    connection.execute(f"CREATE VIRTUAL TABLE section USING fts5({columns}, tokenize='porter unicode61')")
    connection.executemany("INSERT INTO section VALUES(?,?,?,?,?)", sections)
    query = "SELECT path, line FROM section WHERE section MATCH ? ORDER BY bm25(section, 0, 0, 3, 5, 1) LIMIT 10"

    def search(text: str) -> list[Place]:
        quoted = [f'"{word}"' for word in words(text)]
        found: list[Place] = connection.execute(query, (" AND ".join(quoted),)).fetchall()
        return found or connection.execute(query, (" OR ".join(quoted),)).fetchall()

    return search


def headings(sections: list[tuple[str, int, str, str, str]]) -> Callable[[str], list[Place]]:
    """Return a search for headings that hold all words, the shortest first."""
    known = sorted((len(heading), path, line, frozenset(words(heading))) for path, line, _, heading, _ in sections)

    def search(text: str) -> list[Place]:
        asked = frozenset(words(text))
        return [(path, line) for _, path, line, own in known if asked <= own][:10]

    return search


# --- measures


def measures(questions: list[Question], answers: list[list[Place]]) -> dict[str, float]:
    """Return the shares of right answers among the first three."""
    pairs = list(zip(questions, answers, strict=True))
    of_section = [pair for pair in pairs if pair[0].first]
    reworded = [pair for pair in pairs if pair[0].reworded]
    return {
        "doc@3": _share(pairs, _has_document),
        "reworded": _share(reworded, _has_document),
        "sec@3": _share(of_section, _has_section),
        "nothing": _share(pairs, lambda _, places: not places),
    }


def _share(pairs: list[tuple[Question, list[Place]]], test: Callable[[Question, list[Place]], bool]) -> float:
    return sum(test(*pair) for pair in pairs) / (len(pairs) or 1)


def _has_document(question: Question, places: list[Place]) -> bool:
    return question.path in list(dict.fromkeys(path for path, _ in places))[:FIRST]


def _has_section(question: Question, places: list[Place]) -> bool:
    return any(path == question.path and question.first <= line <= question.last for path, line in places[:FIRST])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--docs", default="")
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lookup-") as folder:
        collection = collect(options.checkout, Path(folder), options.docs, options.most, options.seed)
        report(collection, options.misses)


def report(collection: Collection, misses: int) -> None:
    """Print the measures of the three systems, and some questions whose document `kwlint find` does not have."""
    root, questions = collection.root, collection.questions
    disk = files.Disk(root)
    database, sections = _consult(
        root, collection.config, lambda store: (up_to_date(store, disk, None), list(_sections(store, disk)))
    )
    print(f"{len(questions)} questions, {sum(bool(one.first) for one in questions)} with a section")
    systems = {
        "kwlint find": kwlint_find(database),
        "FTS5": plain_full_text(sections),
        "headings": headings(sections),
    }
    for name, search in systems.items():
        answers = [search(question.text) for question in questions]
        row = measures(questions, answers)
        print(f"{name:12}", "  ".join(f"{measure} {share:.2f}" for measure, share in row.items()))
        if name == "kwlint find":
            missed = [pair for pair in zip(questions, answers, strict=True) if not _has_document(*pair)]
    for question, places in missed[:misses]:
        print(f"  {question.text!r}: {question.path}:{question.first}; found {places[:3]}")


def _sections(store: Store, disk: files.Disk) -> Iterator[tuple[str, int, str, str, str]]:
    for path in store.names(keys.DOCUMENT):
        outline = store.facts_of(path).outline
        lines = decode(disk.read(path)).text.split("\n")
        for section in outline.sections:
            yield path, section.line, outline.title, section.title, "\n".join(lines[section.line : section.end_line])


if __name__ == "__main__":
    main()
