"""What code, acronyms and authors name in a document, and the candidates that are made of it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kwlint.keywords import acronyms, author_terms, code_names
from kwlint.keywords.candidates import Candidate
from kwlint.keywords.chunking import Reader, bit_of
from kwlint.keywords.emphasis import Sections
from kwlint.model.document import Document
from kwlint.text.folding import term_key, word_key


class Names(NamedTuple):
    """What code, acronyms and authors say of the document's terms, by key."""

    code: dict[str, code_names.CodeName]
    expansions: dict[str, str]
    long_forms: frozenset[str]
    aliases: dict[str, str]
    author_terms: list[tuple[str, int]]

    @property
    def samples(self) -> frozenset[str]:
        """Names that the document's own code defines: unless a heading has them, they are made for the occasion."""
        return frozenset(key for key, name in self.code.items() if name.use in ("defined", "local"))


def add(found: dict[str, Candidate], names: Names, reader: Reader) -> None:
    """Adds what is named, and no chunk of prose, to the candidates."""
    _add_code(found, names.code, reader)
    add_long_forms(found, names, reader)
    _add_constructs(found, names, reader)
    _add_commands(found, names, reader)


def names(document: Document, meta: dict[str, object]) -> Names:
    """What the document names."""
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
    return Names(code, expansions, long_forms, aliases, author_terms.named(document, meta))


def _add_code(found: dict[str, Candidate], code: dict[str, code_names.CodeName], reader: Reader) -> None:
    """Names that stand in code alone become candidates too."""
    for place, (key, name) in enumerate(code.items(), reader.read_words):
        if key not in found and name.use != "local":
            found[key] = Candidate(key, 1, 1, place, bit_of(name.section), code=name.use)
        if name.use == "listed":
            found[key].code = name.use
            reader.options.setdefault(key, name.text)


def _add_constructs(found: dict[str, Candidate], names: Names, reader: Reader) -> None:
    """What a language writes in several words (`if let`) is a candidate where it is set in code more than once."""
    for text, (_, first, sections) in reader.marks.constructs.items():
        if sum(sections.values()) > 1 and text not in found:
            found[text] = _in_code(text, first, sections, "construct")
            names.code[text] = code_names.CodeName(text, "", _most(sections), "used")


def _add_commands(found: dict[str, Candidate], names: Names, reader: Reader) -> None:
    """A program with what it is told (`git remote add`), where the document runs the program or tells it several
    things."""
    runs = {name.text.split(" ")[0] for name in names.code.values() if name.group == "command"}
    commands = _told(reader.marks.commands)
    told = Counter(text.split(" ")[0] for text, _, _ in commands.values())
    for key, (text, first, sections) in commands.items():
        program, what, *_ = text.split(" ")
        if program in code_names.EVERYWHERE or (program in code_names.INSTALLERS and what in code_names.INSTALL):
            continue
        if program in runs or told[program] > 1:
            found[key] = _in_code(key, first, sections, "command")
            names.code[key] = code_names.CodeName(text, "command", _most(sections), "used")


def _told(commands: dict[str, tuple[str, int, Sections]]) -> dict[str, tuple[str, int, Sections]]:
    """Commands without their arguments. A third word is what the program is told where several follow the same two:
    `uv auth login`, `uv auth token`; that of `cargo new pancakes` is an argument."""
    thirds: dict[tuple[str, ...], set[str]] = {}
    for text, _, _ in commands.values():
        program, what, *rest = text.split(" ")
        thirds.setdefault((program, what), set()).update(rest[:1])
    found: dict[str, tuple[str, int, Sections]] = {}
    for text, first, sections in commands.values():
        words = text.split(" ")
        short = " ".join(words[: 3 if len(thirds[words[0], words[1]]) > 1 else 2])
        key = term_key(short)
        _, earliest, counts = found.setdefault(key, (short, first, {}))
        for section, count in sections.items():
            counts[section] = counts.get(section, 0) + count
        found[key] = short, min(first, earliest), counts
    return found


def _in_code(key: str, first: int, sections: dict[int, int], code: str) -> Candidate:
    """A candidate that stands in code alone, `sections` times."""
    places = 0
    for section in sections:
        places |= bit_of(section)
    count = sum(sections.values())
    return Candidate(key, count, count, first, places, code=code)


def _most(sections: dict[int, int]) -> int:
    """The section that has most."""
    return max(sections, key=lambda index: (sections[index], -index))


def add_long_forms(found: dict[str, Candidate], names: Names, reader: Reader) -> None:
    """Adds what acronyms stand for."""
    for key in sorted(names.long_forms):
        if key not in found:
            found[key] = Candidate(key, 1, 1, reader.read_words, 0, joined=True)
