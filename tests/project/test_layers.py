"""The layers of the code, derived from the imports of every module."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pytest
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# From the bottom to the top: a package imports from those above it in this table alone.
LAYERS = (
    ("model",),
    ("text",),
    ("repo",),
    ("config", "markdown", "report"),
    ("keywords", "flavours"),
    ("facts", "links"),
    ("pages",),
    ("rules",),
    ("engine",),
    ("search",),
    ("cli",),
    ("__main__",),
)
MOST_FLOORS = 12


def modules(root: Path) -> dict[str, Path]:
    """Every module of the package below `root`, by its dotted name."""
    paths = sorted((root / "kwlint").rglob("*.py"))
    names = [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return dict(zip(names, paths, strict=True))


def imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules of the package that a module imports anywhere: inside functions and for types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield from (name for name in (full, node.module or "") if name in known and name != "kwlint")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def graph() -> dict[str, set[str]]:
    known = modules(ROOT)
    found = {name: set(imports(path, known)) - {name} for name, path in known.items() if name != "kwlint"}
    # A package's `__init__` that a submodule's import runs is no dependency of that submodule.
    return {name: {other for other in needs if not name.startswith(f"{other}.")} for name, needs in found.items()}


def package_of(module: str) -> str:
    return module.split(".")[1]


def package_graph() -> dict[str, set[str]]:
    packages: dict[str, set[str]] = {}
    for module, needs in graph().items():
        package = package_of(module)
        packages.setdefault(package, set()).update({package_of(other) for other in needs} - {package})
    return packages


def test_every_package_has_its_layer() -> None:
    assert set(package_graph()) == {package for layer in LAYERS for package in layer}


@pytest.mark.parametrize("package", [package for layer in LAYERS for package in layer])
def test_no_import_runs_upwards(package: str) -> None:
    floor = next(number for number, layer in enumerate(LAYERS) if package in layer)
    below = {other for layer in LAYERS[:floor] for other in layer}
    assert package_graph()[package] - below == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter(graph()).prepare()


def test_packages_form_few_floors() -> None:
    floors: dict[str, int] = {}
    needs = package_graph()
    for package in TopologicalSorter(needs).static_order():
        floors[package] = 1 + max((floors[other] for other in needs[package]), default=0)
    assert max(floors.values()) <= MOST_FLOORS
