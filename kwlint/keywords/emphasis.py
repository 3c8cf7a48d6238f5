"""What a document marks (bold, italic, links, code), counted; and what is read where code stands."""

from __future__ import annotations

import re

from kwlint.keywords.tokens import SPLIT, Lexicon
from kwlint.model.document import Block

_REFERENCE = re.compile(
    r"\{(?:[\w.-]+:)?(?:eq|ref|numref|cite\w*|doc|download|math|label|footcite\w*|any|image|octicon)[\w:.-]*\}\Z"
)
_GENERIC = re.compile(r"([A-Za-z_]\w*(?:::\w+)*)<[^<>]{0,40}(?:<[^<>]{0,40}>[^<>]{0,20})*>\Z")  # `RefCell<T>`
_CONSTRUCT = re.compile(r"[a-z]{2,12}(?:(?: |\.\.\.)[a-z]{2,12}){1,2}\Z")  # `if let`
_INVENTS = ("named ", "called ", "call it ", "name ")
_COMMAND = re.compile(r"[a-z][a-z0-9_.+-]{1,20}(?: [a-z][a-z0-9_-]{1,20}){1,3}\Z")  # `git remote add`
CHARACTERS = 6  # of a word and the space behind it
Sections = dict[int, int]  # how often in each section


class Marks:
    """Counts the marks of one document. `marked` maps a key to how often it is marked, by kind; `stressed` to the
    section where it first is bold or italic. `invented` are names in code that the text makes up (`a function named
    f`). `constructs` are what a language writes in several words (`if let`), `commands`, by key, a program with what it
    is told: how it is written, at which word about it first stands, and where it does."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.marked: dict[str, dict[str, int]] = {}
        self.stressed: dict[str, int] = {}
        self.invented: set[str] = set()
        self.constructs: dict[str, tuple[str, int, Sections]] = {}
        self.commands: dict[str, tuple[str, int, Sections]] = {}
        self._read = 0  # characters of blocks with marks

    def read(self, block: Block) -> str:
        """Counts what is marked. Returns the block's text as it is read: of code, what is a single name."""
        parts: list[str] = []
        at = 0
        text = block.text
        self._read += len(text)
        linked = -1  # where a link or image ended
        for kind, start, end in block.marks:
            if kind in ("link", "image"):
                if start == linked + 1 and start > at:  # one beside another is not one term
                    parts += (text[at:start], "\0")
                    at = start
                linked = end
            braced = start and text[start - 1] == "}"
            key = "" if braced else self._counted(kind, text[start:end], block.section)
            if kind != "code" or start < at:
                continue
            role = braced and _REFERENCE.search(text, max(0, start - 30), start)
            if key and text.endswith(_INVENTS, 0, start):
                self.invented.add(key)
            name = "\0" if role else self._name_of(text[start:end], key, block.section)
            if name:
                bound = "\0" if text.startswith("/", end) else ""  # `Cell<T>`/`Box<T>` are two
                parts += (text[at:start], name + bound)
                at = end
        if not parts:
            return text
        parts.append(text[at:])
        return "".join(parts)

    def _counted(self, kind: str, marked: str, section: int) -> str:
        """Counts a mark; the key of what is marked, empty where it is no term."""
        key = self.lexicon.mark_key(marked)
        if key:
            counts = self.marked.get(key)
            if counts is None:
                counts = self.marked[key] = {}
            counts[kind] = counts.get(kind, 0) + 1
            if kind == "strong" or kind == "emphasis":
                self.stressed.setdefault(key, section)
        return key

    def _name_of(self, code: str, key: str, section: int) -> str:
        """What is read in the place of code: nothing else where it is a single word, the name of a generic type, and
        otherwise a bound. Notes what a language writes in several words."""
        if code.isidentifier() or (code[:1].strip() and len(SPLIT.split(code)) == 3):
            return ""
        if generic := _GENERIC.match(code):
            self._counted("code", generic[1], section)
            return generic[1]
        if key and _COMMAND.match(code):
            self._several(self.commands, key, code, section)
        elif not key and _CONSTRUCT.match(code):
            self._several(self.constructs, code, code, section)
        return "\0"

    def _several(self, known: dict[str, tuple[str, int, Sections]], key: str, code: str, section: int) -> None:
        """Notes what is of several words in code."""
        places = known.setdefault(key, (code, self._read // CHARACTERS, {}))[2]
        places[section] = places.get(section, 0) + 1
