"""No pattern of the program takes more than linear time (see `pump`)."""

from __future__ import annotations

import importlib
import re
import signal
from types import FunctionType
from typing import Any

import pump
import pytest
from paths import ROOT

from kwlint.text.lazy_regex import METHODS, _LazyPattern

SIZE = 6000  # characters: a quadratic pattern takes more than a tenth of a second, a linear one a millisecond
LIMIT = 0.08  # seconds of processor time
# Matched against texts of limited length only, by the code that uses them.
SHORT = frozenset(("kwlint.facts.front_matter:_FLAT_LINE",))

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")


def uses(name: str, value: Any, source: str) -> list[tuple[re.Pattern[str], str]]:
    """Return a pattern with each method that a module calls on it; empty for what is no pattern."""
    if isinstance(value, _LazyPattern):
        value = re.compile(*value._arguments)
    if isinstance(value, re.Pattern):
        return [(value, method) for method in METHODS if re.search(rf"\b{re.escape(name)}\.{method}\b", source)]
    owner = getattr(value, "__self__", None)
    if isinstance(owner, re.Pattern):
        return [(owner, value.__name__)]
    if isinstance(value, FunctionType) and value.__qualname__.startswith("_LazyPattern."):
        names = dict(
            zip(value.__code__.co_freevars, (cell.cell_contents for cell in value.__closure__ or ()), strict=True)
        )
        return [(re.compile(*names["self"]._arguments), names["name"])]
    return []


def patterns_of_modules() -> dict[str, tuple[re.Pattern[str], str]]:
    found = {}
    for path in sorted((ROOT / "kwlint").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module == "kwlint.__main__":
            continue
        for name, value in vars(importlib.import_module(module)).items():
            for pattern, method in uses(name, value, path.read_text(encoding="utf-8")):
                if not isinstance(pattern.pattern, str):
                    continue
                found.setdefault(f"{pattern.pattern} {pattern.flags} {method}", (f"{module}:{name}", pattern, method))
    return {f"{name}.{method}": (pattern, method) for name, pattern, method in found.values() if name not in SHORT}


@pytest.mark.parametrize(
    "pattern", [r"(?:a+)+b", r"a*a*b", r"\[\w*\d+\w*!", '"(?:[^"]|\\\\.)*";', "a(?:b|b.)*c", r"x.*y.*z.*!"]
)
def test_slow_patterns_are_recognized(pattern: str) -> None:
    assert pump.slow_input(re.compile(pattern), "search", SIZE, LIMIT)


@pytest.mark.parametrize("pattern", [r"[a-z]{1,20}=\d", r"(?<!\w)\w+!", r"\{(?=[^{}]*\})[^{}]*\}"])
def test_linear_patterns_are_accepted(pattern: str) -> None:
    assert pump.slow_input(re.compile(pattern), "search", SIZE, LIMIT) == ""


def test_patterns_of_modules_are_linear() -> None:
    patterns = patterns_of_modules()
    assert len(patterns) > 150
    slow = {
        name: text
        for name, (pattern, method) in patterns.items()
        if (text := pump.slow_input(pattern, method, SIZE, LIMIT))
    }
    assert slow == {}
