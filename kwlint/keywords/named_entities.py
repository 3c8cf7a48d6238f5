"""Collects what code, acronyms and authors name in a document, and adds it to the candidates."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kwlint.keywords import acronyms, author_terms, code_names
from kwlint.keywords.candidates import Candidate, Candidates
from kwlint.keywords.chunking import ChunkedDocument, bit_of
from kwlint.keywords.emphasis import SectionCounts
from kwlint.keywords.patterns import words
from kwlint.model.document import Document
from kwlint.text.folding import term_key, word_key

Commands = dict[str, tuple[str, int, SectionCounts]]


class NamedEntities(NamedTuple):
    """Names from code, acronyms and authors' terms by key.

    `expansions` maps an acronym to its long form as written; `aliases` maps keys of acronyms and of long forms to each
    other.
    """

    code: dict[str, code_names.CodeName]
    expansions: dict[str, str]
    long_forms: frozenset[str]
    aliases: dict[str, str]
    author_terms: list[tuple[str, int]]

    @property
    def samples(self) -> frozenset[str]:
        """Return the names that the document's own code defines; without a heading, they are examples."""
        return frozenset(key for key, name in self.code.items() if name.use in ("defined", "local"))


def names(document: Document, meta: dict[str, object]) -> NamedEntities:
    """Return what a document names; `meta` is its front matter."""
    expansions: dict[str, str] = {}
    for block in document.blocks:
        if "(" in block.text:
            for short, long in acronyms.definitions(block.text):
                expansions.setdefault(word_key(short), long)
    code: dict[str, code_names.CodeName] = {}
    for name in code_names.names(document):
        code.setdefault(word_key(name.text), name)
    aliases = {short: term_key(long) for short, long in expansions.items()}
    long_forms = frozenset(aliases.values())
    aliases |= {long: short for short, long in aliases.items()}
    return NamedEntities(code, expansions, long_forms, aliases, author_terms.named(document, meta))


def add(candidates: Candidates, entities: NamedEntities, chunks: ChunkedDocument) -> None:
    """Add to the candidates what is named and is not a chunk of the text."""
    _add_code(candidates, entities.code, chunks)
    add_long_forms(candidates, entities, chunks)
    _add_commands(candidates, entities, chunks)


def _add_code(candidates: Candidates, code: dict[str, code_names.CodeName], chunks: ChunkedDocument) -> None:
    """Add names that occur in code alone."""
    for first, (key, name) in enumerate(code.items(), chunks.word_count):
        if key not in candidates and name.use != "local":
            candidates[key] = Candidate(key, 1, 1, first, bit_of(name.section), source=name.use)
        if name.use == "listed":
            candidates[key].source = name.use
            chunks.options.setdefault(key, name.text)


def _add_commands(candidates: Candidates, entities: NamedEntities, chunks: ChunkedDocument) -> None:
    """Add a program with its subcommand (`git remote add`) if it is known, if the document runs it, or shows several
    subcommands. Other code spans that look like a command are removed from the candidates.
    """
    for key in chunks.emphasis.commands:
        if key in candidates and not candidates[key].section_bits:
            del candidates[key]
    programs = {name.text.split(" ")[0] for name in entities.code.values() if name.group == "command"}
    commands = _without_arguments(chunks.emphasis.commands)
    subcommands = Counter(text.split(" ")[0] for text, _, _ in commands.values())
    for key, (text, first, sections) in commands.items():
        program, subcommand, *_ = text.split(" ")
        if program in words("basic-program") or (program in words("installer") and subcommand in words("install")):
            continue
        if program in programs or subcommands[program] > 1 or program in words("program"):
            bits = 0
            for section in sections:
                bits |= bit_of(section)
            count = sum(sections.values())
            candidates[key] = Candidate(key, count, count, first, bits, source="command")
            entities.code[key] = code_names.CodeName(text, "command", _main(sections), "used")


def _without_arguments(commands: Commands) -> Commands:
    """Return commands without their arguments.

    A third word belongs to the command if it is what many programs call an action (`git remote add`), or if several
    follow the same two, as in `uv auth login` and `uv auth token`; that of `cargo new pancakes` is an argument.
    """
    third_words: dict[tuple[str, ...], set[str]] = {}
    for text, _, _ in commands.values():
        program, subcommand, *rest = text.split(" ")
        third_words.setdefault((program, subcommand), set()).update(rest[:1])
    result: Commands = {}
    for text, first, sections in commands.values():
        parts = text.split(" ")
        has_action = len(parts) > 2 and parts[2] in words("action")
        command = " ".join(parts[: 3 if has_action or len(third_words[parts[0], parts[1]]) > 1 else 2])
        key = term_key(command)
        _, earliest, counts = result.setdefault(key, (command, first, {}))
        for section, count in sections.items():
            counts[section] = counts.get(section, 0) + count
        result[key] = command, min(first, earliest), counts
    return result


def _main(sections: SectionCounts) -> int:
    """Return the section with the highest count; of equals, the first."""
    return max(sections, key=lambda section: (sections[section], -section))


def add_long_forms(candidates: Candidates, entities: NamedEntities, chunks: ChunkedDocument) -> None:
    """Add the long forms of acronyms."""
    for key in sorted(entities.long_forms):
        if key not in candidates:
            candidates[key] = Candidate(key, 1, 1, chunks.word_count, 0, joined=True)
