"""What a companion says of its source's code: what it needs, what it shows, what can be run, what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import escape
from kwlint.pages.amounts import count
from kwlint.pages.names import href

if TYPE_CHECKING:
    from kwlint.model import Evidence, Facts, Neighbourhood
    from kwlint.pages.labels import Labels

ENTRIES = 12  # of one kind
COMMANDS = 20
FINDINGS = 15
TEXT = 240  # characters of a quoted sentence
COMMAND = 160
_TRANSCLUDING = frozenset(("include", "literalinclude", "snippet", "playground", "rustdoc_include", "code", "code-x"))


def dependencies(page: str, facts: Facts, neighbourhood: Neighbourhood, labels: Labels) -> list[str]:
    """Imports by language, files transcluded, images, external hosts."""
    lines = [_imports(language, names, labels) for language, names in _by_language(facts).items()]
    lines += [
        f"- Transcludes {escape.code(link.url)} ({labels.section(link.section)})"
        for link in facts.links
        if link.kind == "directive" and not link.image and link.element
    ]
    images = {link.path: link.section for link in reversed(neighbourhood.links_out) if link.image}
    for path, section in sorted(images.items()):
        lines.append(
            f"- Image [{escape.text(path.rpartition('/')[2])}]({href(page, path)}) ({labels.section(section)})"
        )
    if facts.hosts:
        lines.append(f"- External hosts: {_hosts(facts)}")
    return list(dict.fromkeys(lines))


def _by_language(facts: Facts) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for sample in facts.samples:
        for name in sample.imports:
            found.setdefault(sample.lang or "code", {}).setdefault(name, sample.section)
    return found


def _imports(language: str, names: dict[str, int], labels: Labels) -> str:
    shown = [f"{escape.code(escape.shortened(name, 80))} ({labels.section(at)})" for name, at in names.items()]
    more = f" and {len(shown) - ENTRIES} more" if len(shown) > ENTRIES else ""
    return f"- {language_name(language)} imports: {', '.join(shown[:ENTRIES])}{more}"


def _hosts(facts: Facts) -> str:
    shown = [f"{escape.code(host)} ({links})" for host, links in facts.hosts[:ENTRIES]]
    more = f" and {len(facts.hosts) - ENTRIES} more" if len(facts.hosts) > ENTRIES else ""
    return f"{', '.join(shown)}{more}"


def patterns(facts: Facts, labels: Labels) -> list[str]:
    """Code blocks by language, and where they stand."""
    blocks: dict[str, list[int]] = {}
    lengths: dict[str, int] = {}
    for sample in facts.samples:
        blocks.setdefault(sample.lang, []).append(sample.section)
        lengths[sample.lang] = lengths.get(sample.lang, 0) + sample.lines
    lines = []
    for language in sorted(blocks, key=lambda name: (-len(blocks[name]), name)):
        places = list(dict.fromkeys(blocks[language]))
        where = ", ".join(labels.section(index) for index in places[:6])
        more = f" and {count(len(places) - 6, 'further section')}" if len(places) > 6 else ""
        amount = f"{count(len(blocks[language]), 'block')}, {count(lengths[language], 'line')}"
        lines.append(f"- {language_name(language)}: {amount}, in {where}{more}")
    return lines


def findings(facts: Facts, labels: Labels, topic: str) -> list[str]:
    """The sentences and commands that are about `topic`, each with its section."""
    found = [entry for entry in facts.evidence if entry.topic == topic]
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
    outputs: list[str] = []
    doctests: dict[int, int] = {}
    for sample in facts.samples:
        for command in sample.commands:
            commands.setdefault(command, sample.section)
        if sample.doctests:
            doctests[sample.section] = doctests.get(sample.section, 0) + sample.doctests
        first = next((line.strip() for line in sample.output if line.strip()), "")
        if first:
            outputs.append(
                f"- Output: {escape.code(escape.shortened(first, COMMAND))} ({labels.section(sample.section)})"
            )
    lines = [
        f"- Run {escape.code(escape.shortened(command, COMMAND))} ({labels.section(index)})"
        for command, index in list(commands.items())[:COMMANDS]
    ]
    if len(commands) > COMMANDS:
        lines.append(f"- {count(len(commands) - COMMANDS, 'further command')}")
    lines += [f"- {count(number, 'doctest')} ({labels.section(index)})" for index, number in doctests.items()]
    outputs = list(dict.fromkeys(outputs))
    lines += outputs[:ENTRIES]
    if len(outputs) > ENTRIES:
        lines.append(f"- {count(len(outputs) - ENTRIES, 'further output')}")
    return lines


_NAMES = {
    "": "No language named",
    "bash": "Shell",
    "c": "C",
    "console": "Console session",
    "cpp": "C++",
    "csharp": "C#",
    "css": "CSS",
    "go": "Go",
    "html": "HTML",
    "ini": "INI",
    "java": "Java",
    "javascript": "JavaScript",
    "json": "JSON",
    "php": "PHP",
    "powershell": "PowerShell",
    "shell": "Shell",
    "sql": "SQL",
    "toml": "TOML",
    "typescript": "TypeScript",
    "xml": "XML",
    "yaml": "YAML",
}


def language_name(language: str) -> str:
    """A language as people write it."""
    return _NAMES.get(language) or escape.text(language[:1].upper() + language[1:40])
