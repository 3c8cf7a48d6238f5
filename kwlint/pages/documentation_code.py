"""The parts of a documentation page about code: dependencies, idioms, commands, performance and security."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kwlint.facts.links import HOST
from kwlint.facts.moved_notice import moved_to
from kwlint.pages import data, escape
from kwlint.pages.amounts import about, count
from kwlint.pages.names import href
from kwlint.text.sentences import sentences
from kwlint.text.stock_headings import is_boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kwlint.model.facts import Evidence, Facts, LinkFact, Sample
    from kwlint.pages.labels import Labels
    from kwlint.pages.outgoing_links import OutgoingLink

ENTRIES = 12  # on one line
TAIL = 3  # last parts of a path
FILLED = 3  # blocks with the same keys
SECTIONS = 3  # named on one line; more are counted
COMMANDS = 8
OUTPUTS = 4
FINDINGS = 12
TEXT = 240  # characters of a quoted sentence
COMMAND = 120


def dependencies(page: str, facts: Facts, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """Return imports by language, transcluded files, images and external hosts."""
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
        word = "Video" if (path or written).lower().endswith(data.sequence("video-suffix")) else "Image"
        shown.setdefault((section, word), []).append(_image(page, path, written))
    for (section, word), images in sorted(shown.items()):
        yield f"- {word if len(images) == 1 else f'{word}s'} {_some(images)} ({labels.section(section)})"


def _image(page: str, path: str, written: str) -> str:
    if not path:
        return escape.code(escape.shortened(written, 100))
    return f"[{escape.label(path.rpartition('/')[2])}]({href(page, path)})"


def _transclusions(page: str, facts: Facts, links: Sequence[OutgoingLink], labels: Labels) -> list[str]:
    """Return the transcluded files by section, as links where the path is known."""
    names_in: dict[int, dict[str, None]] = {}
    for sample in facts.samples:
        for kind, name in sample.defines:
            if kind == "include":
                names_in.setdefault(sample.section, {})[name] = None
    for link in facts.links:
        if is_transclusion(link):
            url = link.url.partition("#")[0].partition("?")[0].partition(":")[0]
            names_in.setdefault(link.section, {})[url or link.url] = None
    files: dict[str, list[str]] = {}
    for path in dict.fromkeys(link.path for link in links if link.path and not link.image):
        files.setdefault(_tail(path), []).append(path)
    sections_of: dict[tuple[str, ...], list[int]] = {}
    for section in sorted(names_in):
        sections_of.setdefault(tuple(_file(page, name, files) for name in names_in[section]), []).append(section)
    return [
        f"- Transcludes {_some(list(names))} ({', '.join(map(labels.section, sections))})"
        for names, sections in sections_of.items()
    ]


def is_transclusion(link: LinkFact) -> bool:
    """Return whether a link includes the text of its target."""
    is_directive = link.kind == "directive" and bool(link.element) and not link.image
    return is_directive and link.element not in data.words("reference-directive")


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".", "..", "~")]


def _tail(path: str, size: int = TAIL) -> str:
    """Return the last parts of a path, which usually identify a file however its path is written."""
    return "/".join(_parts(path)[-size:])


def _file(page: str, name: str, files: dict[str, list[str]]) -> str:
    """Return a link to the file that a document names, labelled with as many last parts as distinguish it.

    `files` are the paths of the document's links by their tails. A file that is not among them is code text.
    """
    candidates = files.get(_tail(name), [])
    if not candidates:
        return escape.code(escape.shortened(name, 100))
    path = max(candidates, key=lambda other: _shared(_parts(other), _parts(name)))
    size = max((_shared(_parts(path), _parts(other)) + 1 for other in candidates if other != path), default=TAIL)
    return f"[{escape.label(_tail(path, max(TAIL, size)))}]({href(page, path)})"


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many last parts two paths have in common."""
    pairs = zip(reversed(one), reversed(other))  # noqa: B905 - one may be shorter
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _some(names: list[str]) -> str:
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"{', '.join(names[:ENTRIES])}{more}"


def _by_language(facts: Facts) -> dict[str, dict[str, int]]:
    """Return the imported names with the first section that imports each, by language."""
    names: dict[str, dict[str, int]] = {}
    for sample in facts.samples:
        for name in sample.imports:
            names.setdefault(sample.lang or "code", {}).setdefault(name, sample.section)
    return names


def _imports(language: str, names: dict[str, int], labels: Labels) -> str:
    """Return the line of a language's imports, grouped by section."""
    by_section: dict[int, list[str]] = {}
    for name, section in list(names.items())[:ENTRIES]:
        by_section.setdefault(section, []).append(escape.code(escape.shortened(name, 80)))
    shown = [f"{', '.join(group)} ({labels.section(section)})" for section, group in by_section.items()]
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"- {language_name(language)} imports: {', '.join(shown)}{more}"


def _hosts(facts: Facts, labels: Labels) -> str:
    """Return the external hosts with the number of links to each, or with the section of the only link."""
    # The section of a reference is where readers see the link; its definition may be anywhere.
    references_first = sorted(facts.links, key=lambda link: link.kind == "definition")
    sections: dict[str, int] = {}
    for link in references_first:
        if match := HOST(link.url):
            sections.setdefault(match[1].lower(), link.section)
    shown = []
    for host, links in facts.hosts:
        section = sections.get(host) if links == 1 else None
        if section is None or not is_boilerplate(facts.outline.sections[section].title):
            shown.append(f"{escape.code(host)} ({about(links) if section is None else labels.section(section)})")
    more = f" and {len(shown) - ENTRIES} more" if len(shown) > ENTRIES else ""
    return f"{', '.join(shown[:ENTRIES])}{more}"


def patterns(facts: Facts, labels: Labels) -> list[str]:
    """Return idioms and data keys by language.

    A language without either is left out: the metadata show how many blocks it has.
    """
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
    lines = sum(block.lines for block in blocks)
    transcluded = sum(1 for block in blocks if not block.lines)
    parts = [count(len(blocks), "block")]
    parts += [f"{transcluded} of them from other files" if lines else "from other files"] if transcluded else []
    parts += [f"{about(lines)} {'line' if lines == 1 else 'lines'}"] if lines else []
    return ", ".join(parts)


def _where(blocks: list[Sample], labels: Labels) -> str:
    sections = list(dict.fromkeys(block.section for block in blocks))
    if len(sections) > SECTIONS:
        return f", in {count(len(sections), 'section')}"
    return f", in {', '.join(labels.section(index) for index in sections)}"


def _keys(blocks: list[Sample]) -> str:
    """Return the keys of data blocks, except those of a record that several blocks fill in."""
    by_block = [tuple(name for kind, name in block.defines if kind == "key") for block in blocks]
    records = [frozenset(keys) for keys, number in Counter(by_block).items() if number >= FILLED]
    own = (keys for keys in by_block if all(3 * len(record & set(keys)) < 2 * len(record) for record in records))
    names = list(dict.fromkeys(name for keys in own for name in keys))
    shown = ", ".join(escape.code(escape.shortened(name, 60)) for name in names[:ENTRIES])
    more = f" and {len(names) - ENTRIES} more" if len(names) > ENTRIES else ""
    return f"; keys {shown}{more}" if names else ""


def _idioms(blocks: list[Sample], labels: Labels) -> list[str]:
    sections: dict[str, dict[int, None]] = {}
    for block in blocks:
        for kind, name in block.defines:
            if kind == "idiom":
                sections.setdefault(name, {})[block.section] = None
    lines = []
    for name in sorted(sections, key=lambda name: (-len(sections[name]), name)):
        indexes = list(sections[name])
        where = ", ".join(labels.section(index) for index in indexes[:SECTIONS])
        more = f" and {len(indexes) - SECTIONS} more" if len(indexes) > SECTIONS else ""
        lines.append(f"  - {name}: {where}{more}")
    return lines


def findings(facts: Facts, labels: Labels, topic: str) -> list[str]:
    """Return the sentences and commands about `topic` with their sections, except those shown elsewhere."""
    if facts.outline.document_type == "changelog":  # past changes are not advice
        return []
    shown = set() if moved_to(facts) else set(sentences(facts.outline.summary))
    if topic == "performance":
        shown |= {entry.text for entry in facts.evidence if entry.topic != topic}
    entries = [entry for entry in facts.evidence if entry.topic == topic and (entry.code or entry.text not in shown)]
    lines = [_finding(entry, labels) for entry in entries[:FINDINGS]]
    if len(entries) > FINDINGS:
        lines.append(f"- {count(len(entries) - FINDINGS, 'further statement')}")
    return list(dict.fromkeys(lines))


def _finding(entry: Evidence, labels: Labels) -> str:
    shortened = escape.shortened(entry.text, TEXT)
    quotation = escape.code(shortened) if entry.code else escape.text(shortened)
    return f"- {escape.text(entry.sign)}: {quotation} ({labels.section(entry.section)})"


def usage(facts: Facts, labels: Labels) -> list[str]:
    """Return the commands that a reader can run, the number of doctests, and the documented output."""
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


def language_name(language: str) -> str:
    """Return the name of a language as people write it."""
    default = language.upper() if len(language) < 4 else language[:1].upper() + language[1:40]
    return data.titles("language", "name").get(language) or escape.text(default)
