"""The layers of the package, derived from the imports of every module."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pytest
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# From the bottom to the top. A package imports only from packages in earlier rows.
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
MAX_LAYERS = 12


def modules(root: Path) -> dict[str, Path]:
    """Return dotted name -> file of every module of the package."""
    paths = sorted((root / "kwlint").rglob("*.py"))
    names = [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return dict(zip(names, paths, strict=True))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, own_modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a module imports, in functions and for type checking included."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield from (name for name in (full, node.module or "") if name in own_modules and name != "kwlint")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in own_modules)


@cache
def import_graph() -> dict[str, set[str]]:
    paths = modules(ROOT)
    graph = {name: set(imports(path, paths)) - {name} for name, path in paths.items() if name != "kwlint"}
    # A module does not depend on the `__init__` of the packages that contain it, although importing it runs them.
    return {name: {other for other in needs if not name.startswith(f"{other}.")} for name, needs in graph.items()}


def package_of(module: str) -> str:
    return module.split(".")[1]


def package_graph() -> dict[str, set[str]]:
    packages: dict[str, set[str]] = {}
    for module, needs in import_graph().items():
        package = package_of(module)
        packages.setdefault(package, set()).update({package_of(other) for other in needs} - {package})
    return packages


def test_every_package_is_in_a_layer() -> None:
    assert set(package_graph()) == {package for layer in LAYERS for package in layer}


@pytest.mark.parametrize("package", [package for layer in LAYERS for package in layer])
def test_no_import_runs_upwards(package: str) -> None:
    row = next(number for number, layer in enumerate(LAYERS) if package in layer)
    below = {other for layer in LAYERS[:row] for other in layer}
    assert package_graph()[package] - below == set()


def test_imports_have_no_cycle() -> None:
    TopologicalSorter(import_graph()).prepare()


def test_packages_form_few_layers() -> None:
    depth: dict[str, int] = {}
    needs = package_graph()
    for package in TopologicalSorter(needs).static_order():
        depth[package] = 1 + max((depth[other] for other in needs[package]), default=0)
    assert max(depth.values()) <= MAX_LAYERS


def test_class_names_are_unique() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for name, path in modules(ROOT).items():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                owners[node.name].append(name)
    assert {name: where for name, where in owners.items() if len(where) > 1} == {}
