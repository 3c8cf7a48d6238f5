"""The package's regular expressions run on every supported Python."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "kwlint"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Before 3.11.5, CPython loses capture groups inside possessive quantifiers and atomic groups (gh-106052): `re` then
# raises IndexError or finds nothing. Debian 12 has 3.11.2.
BROKEN = frozenset(("POSSESSIVE_REPEAT", "ATOMIC_GROUP"))
# Imports every module and prints each pattern that the imports compile or hand to `lazy_regex.expression`.
RECORD = """
import importlib, json, re, sys
from kwlint.text import lazy_regex

patterns = []

def recording(original):
    def call(pattern, flags=0):
        if isinstance(pattern, str):
            patterns.append((pattern, int(flags)))
        return original(pattern, flags)
    return call

re.compile, lazy_regex.expression = recording(re.compile), recording(lazy_regex.expression)
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(patterns))
"""
FUNCTIONS = ("compile", "expression", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def operators(pattern: str, flags: int = 0) -> set[str]:
    """Return the names of the operators in a parsed pattern, as `re` names them."""
    names: set[str] = set()
    pending: list[Any] = [re._parser.parse(pattern, flags & ~re.DEBUG)]  # type: ignore[attr-defined]
    while pending:
        node = pending.pop()
        if isinstance(node, re._constants._NamedIntConstant):  # type: ignore[attr-defined]
            names.add(node.name)
        elif isinstance(node, (tuple, list, re._parser.SubPattern)):  # type: ignore[attr-defined]
            pending.extend(node)
    return names


def patterns_of_imports() -> list[tuple[str, int]]:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    names.remove("kwlint.__main__")
    command = [sys.executable, "-c", RECORD, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [(pattern, flags) for pattern, flags in json.loads(done.stdout)]


def literal(node: ast.expr) -> str | None:
    """Return a string literal's value, with `1` for each formatted value of an f-string; None for other nodes."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def patterns_in_calls(path: Path) -> Iterator[str]:
    """Yield the literal patterns of calls to `re`'s functions: those in functions, which imports do not compile."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = ast.unparse(node.func).rpartition(".")[2]
            pattern = literal(node.args[0]) if name in FUNCTIONS else None
            if pattern is not None and parses(pattern):
                yield pattern


def parses(pattern: str) -> bool:
    try:
        re._parser.parse(pattern)  # type: ignore[attr-defined]
    except re.error:
        return False
    return True


def patterns_in_data(value: object, key: str = "") -> Iterator[str]:
    """Yield the strings under keys such as `pattern` and `patterns` in a TOML file."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from patterns_in_data(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from patterns_in_data(item, key)
    elif isinstance(value, str) and "pattern" in key and parses(value):
        yield value


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "a++", "(?:(a)?+b)", "(?=x(?>a|b))", "[ab]{2,3}+"])
def test_possessive_and_atomic_operators_are_recognized(pattern: str) -> None:
    assert operators(pattern) & BROKEN


def test_ordinary_operators_are_accepted() -> None:
    assert operators(r"(?:a|b)*[*+]\+(?<!c)(?P<d>e{1,2}?)(?P=d)") & BROKEN == set()


def test_no_module_compiles_a_pattern_with_possessive_or_atomic_operators() -> None:
    patterns = patterns_of_imports()
    assert len(patterns) > 50
    assert [pattern for pattern, flags in patterns if operators(pattern, flags) & BROKEN] == []


def test_no_function_uses_a_pattern_with_possessive_or_atomic_operators() -> None:
    patterns = [(path, pattern) for path in MODULES for pattern in patterns_in_calls(path)]
    assert len(patterns) > 50
    assert [(path, pattern) for path, pattern in patterns if operators(pattern) & BROKEN] == []


def test_no_data_file_holds_a_pattern_with_possessive_or_atomic_operators() -> None:
    files = sorted(PACKAGE.rglob("*.toml"))
    patterns = [(path, item) for path in files for item in patterns_in_data(tomllib.loads(path.read_text("utf-8")))]
    assert len(patterns) > 100
    assert [(path, pattern) for path, pattern in patterns if operators(pattern) & BROKEN] == []
