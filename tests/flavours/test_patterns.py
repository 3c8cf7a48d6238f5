"""Every pattern of the flavours has examples in `patterns.toml`: texts that it matches, and texts that it must not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from paths import ROOT

EXAMPLES: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
    (Path(__file__).parent / "patterns.toml").read_text(encoding="utf-8")
)
NAMES = [f"{module}.{name}" for module, patterns in EXAMPLES.items() for name in patterns]


def matcher(module: str, name: str) -> Callable[[str], Any]:
    """Return a function that is true for the texts that a pattern matches."""
    pattern = getattr(import_module(f"kwlint.flavours.{module}"), name)
    if isinstance(pattern, FunctionType):  # a method of a pattern, such as `search` or `finditer`
        return lambda text: next(iter(found), None) if hasattr(found := pattern(text), "__next__") else found
    return lambda text: pattern.search(text)


@pytest.mark.parametrize("full_name", NAMES)
def test_patterns_match_their_examples_only(full_name: str) -> None:
    module, name = full_name.split(".")
    matches = matcher(module, name)
    examples = EXAMPLES[module][name]
    assert [text for text in examples["matches"] if not matches(text)] == []
    assert [text for text in examples["rejects"] if matches(text)] == []


def test_every_pattern_has_examples() -> None:
    assigned = re.compile(r"(?m)^(_\w+) = (?:expression|re\.compile)\(")
    names = {
        f"{path.stem}.{name}"
        for path in (ROOT / "kwlint" / "flavours").glob("*.py")
        for name in assigned.findall(path.read_text(encoding="utf-8"))
    }
    assert set(NAMES) == names
