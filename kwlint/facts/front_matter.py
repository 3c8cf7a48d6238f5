"""Reads front matter (YAML, TOML or JSON) into plain values. Never raises.

Values are text, `True`, `False`, `None`, lists and dictionaries of these. Numbers and dates stay text as
written (`1.10` is a version more often than a number). What cannot be read is left out: a broken line costs only its
own key. YAML is read from the parser's events, so that deep nesting, endlessly expanding aliases and tags that name
Python objects have no effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kwlint.model.document import FrontMatter

MAX_CHARACTERS = 64_000  # of front matter that are read
MAX_VALUES = 4_000
MAX_DEPTH = 12
MAX_TEXT = 4_000  # characters of one value

_FLAT_LINE = re.compile(
    r"""(?:(?P<item>[ ]*-[ ]+)|(?P<key>[A-Za-z_][\w.\-]*(?:[ ]+[\w.\-]+)*)[ ]*:(?:[ ]+(?![ ])|$))
    (?:(?P<plain>[^\s"'\[\]{}&*!|>%@`,?:\#-](?:[^\s:\#]+(?![^\s:\#])|[ ]+(?![ \#])|:(?!\s|$)|(?<!\s)\#)*)
    |"(?P<double>[^"\\]*)"|'(?P<single>[^']*)'|\[(?P<list>[\w .,/+-]*)\])?[ ]*$""",
    re.VERBOSE,
)
_LOOSE_LINE = re.compile(r"([A-Za-z_][\w.\- ]{0,60}?)[ ]*:[ \t]+(\S.*)")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WORDS |= {word.capitalize(): value for word, value in _WORDS.items()}
_WORDS |= {word.upper(): value for word, value in _WORDS.items()}


def read(front_matter: FrontMatter | None) -> dict[str, object]:
    """Return the values of the front matter by key, in the order written; empty if it is absent or unreadable."""
    if front_matter is None:
        return {}
    text = front_matter.text[:MAX_CHARACTERS]
    if front_matter.format == "yaml":
        flat = _flat_yaml(text)
        return _yaml(text) if flat is None else flat
    reader = {"toml": _toml, "json": _json}.get(front_matter.format)
    return reader(text) if reader else {}


def _flat_yaml(text: str) -> dict[str, object] | None:
    """Return the values of plain `key: value` lines and lists of plain items; None if a line is anything else.

    This takes a hundredth of the time of the YAML parser, and most front matter is of this form."""
    values: dict[str, object] = {}
    items: list[object] | None = None
    for line in text.split("\n"):
        if not line.strip(" ") or line[0] == "#":
            continue
        match = _FLAT_LINE.match(line) if len(line) <= MAX_TEXT else None
        if match is None:
            return None
        value = _flat_value(match)
        if match["key"] is None:
            if items is None or isinstance(value, list):
                return None
            if not items:
                values[next(reversed(values))] = items
            items.append(value)
        else:
            items = [] if value is None and match["key"] not in values else None
            values[match["key"]] = value
    return values if len(values) < MAX_VALUES else None


def _flat_value(match: re.Match[str]) -> object:
    kind = match.lastgroup
    if kind == "plain":
        text = match["plain"].rstrip(" ")
        return _WORDS.get(text, text)
    if kind == "list":
        return [_plain(item.strip()) for item in match["list"].split(",") if item.strip()]
    return match[kind] if kind in ("double", "single") else None


def _plain(text: str) -> object:
    return _WORDS.get(text, text[:MAX_TEXT])


def _yaml(text: str) -> dict[str, object]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    safe = text.encode("utf-8", "replace").decode("utf-8")
    builder = _YamlBuilder()
    try:
        for event in yaml.parse(safe, Loader=loader):
            if not builder.take(event, type(event).__name__):
                break
    except (yaml.YAMLError, ValueError, RecursionError):
        for key, value in _loose(text):
            if isinstance(builder.top.get(key, ""), str):
                builder.top[key] = value
    return builder.top


def _loose(text: str) -> Iterator[tuple[str, object]]:
    """Yield the top-level `key: value` lines of invalid YAML."""
    for line in text.split("\n"):
        if match := _LOOSE_LINE.match(line[:MAX_TEXT]):
            value = match[2].strip()
            if value[0] not in "[{&*!|>":
                yield match[1], _plain(value.strip("\"'"))


class _YamlBuilder:
    """Builds plain values from YAML events. `top` holds the top-level mapping so far, so that an error loses nothing
    before it."""

    def __init__(self) -> None:
        self.top: dict[str, object] = {}
        self._stack: list[Callable[[object], None]] = []
        self._anchors: dict[str, object] = {}
        self._count = 0

    def take(self, event: object, name: str) -> bool:
        """Process one event, and report whether more are needed."""
        self._count += 1
        if self._count > MAX_VALUES or len(self._stack) > MAX_DEPTH:
            return False
        if name == "ScalarEvent":
            self._scalar(event)
        elif name == "AliasEvent":
            self._add(self._anchors.get(str(getattr(event, "anchor", ""))))
        elif name == "MappingStartEvent":
            self._open_mapping()
        elif name == "SequenceStartEvent":
            self._open_sequence()
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._stack.pop()
        return bool(self._stack) or name in ("StreamStartEvent", "DocumentStartEvent")

    def _scalar(self, event: object) -> None:
        value = str(getattr(event, "value", ""))
        plain = getattr(event, "style", None) in (None, "")
        result = _plain(value) if plain else value.strip("\n")[:MAX_TEXT]
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._anchors[str(anchor)] = result
        self._add(result)

    def _add(self, value: object) -> None:
        if self._stack:
            self._stack[-1](value)

    def _open_mapping(self) -> None:
        mapping = {} if self._stack else self.top
        if self._stack:
            self._add(mapping)
        key: list[object] = []

        def add(value: object) -> None:
            if not key:
                key.append(value)
                return
            name = key.pop()
            if isinstance(name, str) and name != "<<":
                mapping[name] = value
            elif isinstance(name, bool):
                mapping[str(name).lower()] = value

        self._stack.append(add)

    def _open_sequence(self) -> None:
        sequence: list[object] = []
        self._add(sequence)
        self._stack.append(sequence.append)


def _toml(text: str) -> dict[str, object]:
    from kwlint.text import toml

    try:
        return _tidy_mapping(toml.load(text, parse_float=str))
    except (ValueError, RecursionError):
        return {}


def _json(text: str) -> dict[str, object]:
    import json

    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    return _tidy_mapping(value) if isinstance(value, dict) else {}


def _tidy_mapping(values: dict[str, object], depth: int = 0) -> dict[str, object]:
    return {key: _tidy(value, depth + 1) for key, value in list(values.items())[:MAX_VALUES]}


def _tidy(value: object, depth: int) -> object:
    """Return `value` with numbers and dates as text, cut at `MAX_DEPTH` and `MAX_TEXT`."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return _tidy_mapping(value, depth) if depth < MAX_DEPTH else None
    if isinstance(value, list):
        return [_tidy(item, depth + 1) for item in value[:MAX_VALUES]] if depth < MAX_DEPTH else None
    try:
        return str(value)[:MAX_TEXT]
    except ValueError:  # an integer of more digits than Python converts
        return None
