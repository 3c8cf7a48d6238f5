"""Reads the configuration files of site generators. A file that cannot be parsed counts as empty."""

from __future__ import annotations

import json
import re
from typing import Any

from kwlint.text.lazy_regex import expression

_COMMENTS = expression(r'("(?:[^"\\]|\\.)*(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = expression(r'("(?:[^"\\]|\\.)*(?:"|\Z))|,(?=\s*[}\]])')


def mapping(value: object) -> dict[str, Any]:
    """Return `value` if it is a mapping, else an empty one."""
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """Return `value` if it is a list, else a list of it, empty for None."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: object, default: str = "") -> str:
    """Return `value` if it is text, else the default."""
    return value if isinstance(value, str) else default


def from_toml(data: bytes) -> dict[str, Any]:
    """Return the content of a TOML file."""
    from kwlint.text import toml

    try:
        return toml.load(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}


def from_json(data: bytes) -> dict[str, Any]:
    """Return the content of a JSON file, which may have comments and trailing commas."""
    content = data.decode("utf-8-sig", "replace")
    try:
        return mapping(json.loads(content))
    except (ValueError, RecursionError):
        pass
    try:
        return mapping(json.loads(_TRAILING.sub(r"\1", _COMMENTS.sub(r"\1", content))))
    except (ValueError, RecursionError):
        return {}


def from_yaml(data: bytes) -> dict[str, Any]:
    """Return the content of a YAML file.

    `!ENV [NAME, default]` becomes its default. Any other tag that only its generator knows (`!!python/name:x`) becomes
    a mapping with `tag` and `value`.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        pass

    def unknown_tag(loader: Any, tag: str, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            value: Any = loader.construct_mapping(node, deep=True)
        elif isinstance(node, yaml.SequenceNode):
            value = loader.construct_sequence(node, deep=True)
        else:
            value = node.value
        if tag == "!ENV" and isinstance(value, list) and len(value) > 1:
            return value[-1]
        return {"tag": tag, "value": value}

    Loader.add_multi_constructor("", unknown_tag)  # every tag that has no constructor
    try:
        return mapping(yaml.load(data.decode("utf-8-sig", "replace"), Loader))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError):
        return {}


def code_strings(code: str, key: str) -> list[str]:
    """Return the string literals that code assigns to a key, as in `key: 'value'`."""
    return re.findall(rf"\b{key}\s*:\s*['\"]([^'\"]+)['\"]", code)


def code_string(code: str, key: str, default: str = "") -> str:
    """Return the first string literal that code assigns to a key."""
    return next(iter(code_strings(code, key)), default)
