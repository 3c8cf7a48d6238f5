"""What a companion says of its source's code: what it needs, what it shows, what can be run, what to beware of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kwlint.facts.links import HOST
from kwlint.facts.moved_notice import moved_to
from kwlint.pages import escape
from kwlint.pages.amounts import about, count
from kwlint.pages.names import href
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import BOILERPLATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.model.facts import Evidence, Facts, LinkFact, Sample
    from kwlint.pages.labels import Labels
    from kwlint.pages.outgoing_links import OutgoingLink

ENTRIES = 12  # of one kind
TAIL = 3  # last parts of a path
VIDEOS = (".mp4", ".webm", ".mov", ".ogv", ".m4v", ".avi")
FILLED = 3  # blocks with the same keys
PLACES = 3  # sections that are named before they are counted
COMMANDS = 8
OUTPUTS = 4
FINDINGS = 12
TEXT = 240  # characters of a quoted sentence
COMMAND = 120


def dependencies(page: str, facts: Facts, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """Imports by language, files transcluded, images, external hosts."""
    lines = [_imports(language, names, labels) for language, names in _by_language(facts).items()]
    lines += _transclusions(page, facts, links, labels)
    lines += _images(page, links, labels)
    if not moved_to(facts) and (hosts := _hosts(facts, labels)):
        lines.append(f"- External hosts: {hosts}")
    return list(dict.fromkeys(lines))


def _images(page: str, links: Sequence[OutgoingLink], labels: Labels) -> Iterator[str]:
    """Yield a line for the images, and one for the videos, that each section is the first to show."""
    sections = {
        (link.path, link.written if not link.path else ""): link.section for link in reversed(links) if link.image
    }
    shown: dict[tuple[int, str], list[str]] = {}
    for (path, written), section in sorted(sections.items()):
        word = "Video" if (path or written).lower().endswith(VIDEOS) else "Image"
        shown.setdefault((section, word), []).append(_image(page, path, written))
    for (section, word), images in sorted(shown.items()):
        yield f"- {word if len(images) == 1 else f'{word}s'} {_some(images)} ({labels.section(section)})"


def _image(page: str, path: str, written: str) -> str:
    if not path:
        return escape.code(escape.shortened(written, 100))
    return f"[{escape.label(path.rpartition('/')[2])}]({href(page, path)})"


def _transclusions(page: str, facts: Facts, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """The files whose text the document takes, by section; a link where the file is in the repository."""
    found: dict[int, dict[str, None]] = {}
    for sample in facts.samples:
        for kind, name in sample.defines:
            if kind == "include":
                found.setdefault(sample.section, {})[name] = None
    for link in facts.links:
        if is_transclusion(link):
            url = link.url.partition("#")[0].partition("?")[0].partition(":")[0]
            found.setdefault(link.section, {})[url or link.url] = None
    files: dict[str, list[str]] = {}
    for path in dict.fromkeys(link.path for link in links if link.path and not link.image):
        files.setdefault(_tail(path), []).append(path)
    places: dict[tuple[str, ...], list[int]] = {}
    for section in sorted(found):
        places.setdefault(tuple(_file(page, name, files) for name in found[section]), []).append(section)
    return [
        f"- Transcludes {_some(list(names))} ({', '.join(map(labels.section, sections))})"
        for names, sections in places.items()
    ]


def is_transclusion(link: LinkFact) -> bool:
    """Whether a link takes the text of its target rather than leading to it."""
    return link.kind == "directive" and bool(link.element) and not link.image and link.element not in _LEADING


# What names a document or a file without taking its text.
_LEADING = frozenset(
    ("ref", "relref", "link", "post_url", "import", "require", "doc", "numref", "any", "eq", "download", "toctree")
)


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".", "..", "~")]


def _tail(path: str, size: int = TAIL) -> str:
    """The last parts of a path: mostly enough to know a file by, however the path to it was written."""
    return "/".join(_parts(path)[-size:])


def _file(page: str, name: str, files: dict[str, list[str]]) -> str:
    """A link to the file that a document names, by as many of its last parts as tell it from others."""
    alike = files.get(_tail(name), [])
    if not alike:
        return escape.code(escape.shortened(name, 100))
    path = max(alike, key=lambda other: _shared(_parts(other), _parts(name)))
    size = max((_shared(_parts(path), _parts(other)) + 1 for other in alike if other != path), default=TAIL)
    return f"[{escape.label(_tail(path, max(TAIL, size)))}]({href(page, path)})"


def _shared(one: list[str], other: list[str]) -> int:
    """How many last parts two paths have in common."""
    pairs = zip(reversed(one), reversed(other))  # noqa: B905 - one may be shorter
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _some(names: list[str]) -> str:
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"{', '.join(names[:ENTRIES])}{more}"


def _by_language(facts: Facts) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for sample in facts.samples:
        for name in sample.imports:
            found.setdefault(sample.lang or "code", {}).setdefault(name, sample.section)
    return found


def _imports(language: str, names: dict[str, int], labels: Labels) -> str:
    """The names that a language's code imports, by the section that does so first."""
    places: dict[int, list[str]] = {}
    for name, at in list(names.items())[:ENTRIES]:
        places.setdefault(at, []).append(escape.code(escape.shortened(name, 80)))
    shown = [f"{', '.join(found)} ({labels.section(at)})" for at, found in places.items()]
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"- {language_name(language)} imports: {', '.join(shown)}{more}"


def _hosts(facts: Facts, labels: Labels) -> str:
    """The hosts with the number of links to each, or with the section of the only one."""
    # A reference stands where the reader sees it; its definition may stand anywhere.
    seen = sorted(facts.links, key=lambda link: link.kind == "definition")
    places: dict[str, int] = {}
    for link in seen:
        if match := HOST(link.url):
            places.setdefault(match[1].lower(), link.section)
    shown = []
    for host, links in facts.hosts:
        section = places.get(host) if links == 1 else None
        if section is None or facts.outline.sections[section].title.casefold() not in BOILERPLATE:
            shown.append(f"{escape.code(host)} ({about(links) if section is None else labels.section(section)})")
    more = f" and {len(shown) - ENTRIES} more" if len(shown) > ENTRIES else ""
    return f"{', '.join(shown[:ENTRIES])}{more}"


def patterns(facts: Facts, labels: Labels) -> list[str]:
    """What the code shows, by language: idioms and where, the keys of data. How many blocks there are of each language
    stands in the metadata."""
    by_language: dict[str, list[Sample]] = {}
    for sample in facts.samples:
        by_language.setdefault(sample.lang, []).append(sample)
    lines = []
    for language in sorted(by_language, key=lambda name: (-len(by_language[name]), name)):
        blocks = by_language[language]
        keys, idioms = _keys(blocks), _idioms(blocks, labels)
        if keys or idioms:
            lines += [f"- {language_name(language)}: {_amount(blocks)}{_where(blocks, labels)}{keys}", *idioms]
    return lines


def _amount(blocks: list[Sample]) -> str:
    own = sum(block.lines for block in blocks)
    taken = sum(1 for block in blocks if not block.lines)
    said = [count(len(blocks), "block")]
    said += [f"{taken} of them from other files" if own else "from other files"] if taken else []
    said += [f"{about(own)} {'line' if own == 1 else 'lines'}"] if own else []
    return ", ".join(said)


def _where(blocks: list[Sample], labels: Labels) -> str:
    places = list(dict.fromkeys(block.section for block in blocks))
    if len(places) > PLACES:
        return f", in {count(len(places), 'section')}"
    return f", in {', '.join(labels.section(index) for index in places)}"


def _keys(blocks: list[Sample]) -> str:
    """The keys of data, but those of a record that several blocks fill in: they are a form."""
    by_block = [tuple(name for kind, name in block.defines if kind == "key") for block in blocks]
    forms = [frozenset(keys) for keys, number in Counter(by_block).items() if number >= FILLED]
    own = (keys for keys in by_block if all(3 * len(form & set(keys)) < 2 * len(form) for form in forms))
    names = list(dict.fromkeys(name for keys in own for name in keys))
    shown = ", ".join(escape.code(escape.shortened(name, 60)) for name in names[:ENTRIES])
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"; keys {shown}{more}" if names else ""


def _idioms(blocks: list[Sample], labels: Labels) -> list[str]:
    places: dict[str, dict[int, None]] = {}
    for block in blocks:
        for kind, name in block.defines:
            if kind == "idiom":
                places.setdefault(name, {})[block.section] = None
    lines = []
    for name in sorted(places, key=lambda name: (-len(places[name]), name)):
        found = list(places[name])
        where = ", ".join(labels.section(index) for index in found[:PLACES])
        more = f" and {len(found) - PLACES} more" if len(found) > PLACES else ""
        lines.append(f"  - {name}: {where}{more}")
    return lines


def findings(facts: Facts, labels: Labels, topic: str) -> list[str]:
    """The sentences and commands that are about `topic`, each with its section; not what the page says at its head,
    nor, under performance, what it says under security."""
    if facts.outline.kind == "changelog":  # what changed once is no advice
        return []
    said = set() if moved_to(facts) else set(sentences(facts.outline.lead))
    if topic == "performance":
        said |= {entry.text for entry in facts.evidence if entry.topic != topic}
    found = [entry for entry in facts.evidence if entry.topic == topic and (entry.code or entry.text not in said)]
    lines = [_finding(entry, labels) for entry in found[:FINDINGS]]
    if len(found) > FINDINGS:
        lines.append(f"- {count(len(found) - FINDINGS, 'further place')}")
    return list(dict.fromkeys(lines))


def _finding(entry: Evidence, labels: Labels) -> str:
    quoted = escape.shortened(entry.text, TEXT)
    said = escape.code(quoted) if entry.code else escape.text(quoted)
    return f"- {escape.text(entry.sign)}: {said} ({labels.section(entry.section)})"


def usage(facts: Facts, labels: Labels) -> list[str]:
    """Commands that a reader can run, doctests, and the output that is promised."""
    commands: dict[str, int] = {}
    outputs: dict[str, int] = {}
    doctests: dict[int, int] = {}
    for sample in facts.samples:
        for command in sample.commands:
            commands.setdefault(command, sample.section)
        if sample.doctests:
            doctests[sample.section] = doctests.get(sample.section, 0) + sample.doctests
        for line in sample.output:
            outputs.setdefault(line, sample.section)
    lines = [
        f"- Run {escape.code(escape.shortened(command, COMMAND))} ({labels.section(index)})"
        for command, index in list(commands.items())[:COMMANDS]
    ]
    if len(commands) > COMMANDS:
        lines.append(f"- {count(len(commands) - COMMANDS, 'further command')}")
    lines += [f"- {count(number, 'doctest')} ({labels.section(index)})" for index, number in doctests.items()]
    lines += [
        f"- Output: {escape.code(escape.shortened(first, COMMAND))} ({labels.section(index)})"
        for first, index in list(outputs.items())[:OUTPUTS]
    ]
    if len(outputs) > OUTPUTS:
        lines.append(f"- {count(len(outputs) - OUTPUTS, 'further output')}")
    return lines


_NAMES = {
    "": "No language named",
    "bash": "Shell",
    "c": "C",
    "console": "Console",
    "cpp": "C++",
    "csharp": "C#",
    "css": "CSS",
    "go": "Go",
    "html": "HTML",
    "ini": "INI",
    "java": "Java",
    "javascript": "JavaScript",
    "json": "JSON",
    "output": "Output",
    "php": "PHP",
    "powershell": "PowerShell",
    "shell": "Shell",
    "text": "Plain text",
    "sql": "SQL",
    "toml": "TOML",
    "typescript": "TypeScript",
    "xml": "XML",
    "yaml": "YAML",
}


def language_name(language: str) -> str:
    """A language as people write it."""
    named = language.upper() if len(language) < 4 else language[:1].upper() + language[1:40]
    return _NAMES.get(language) or escape.text(named)
