"""Coverage-guided fuzzing of everything that reads input: `python tests/fuzz/harness.py TARGET [libFuzzer options]`.

Targets: `document` (parser, facts, keywords, pages), `front-matter`, `configuration`, `marker`, `repair` (an edit of a
link's target changes nothing else). Needs atheris (https://github.com/google/atheris), which is not among the test
dependencies. A find ends the run and is written to a file; keep it as a case of tests/test_laws.py.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "engine"), str(HERE.parent), str(HERE.parent.parent)]

with atheris.instrument_imports(include=["kwlint", "mistune"]):
    import kwlint

    # Most are imported where they are used, which would be too late to be instrumented.
    for module in pkgutil.walk_packages(kwlint.__path__, "kwlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from test_facts_laws import laws

    from kwlint import config, markdown
    from kwlint.facts import front_matter
    from kwlint.model.document import FrontMatter
    from kwlint.repo.page_marker import read_marker

PATHS = ("a.md", "docs/ü/b c.md", "x/`y`/[z](w).md", "zh/index.md", "a.qmd")


def document(data: bytes) -> None:
    """The laws of documents."""
    laws(PATHS[data[0] % len(PATHS)] if data else "a.md", data[1:])


def front_matters(data: bytes) -> None:
    """Any text as front matter, in each of its languages."""
    text = data.decode("utf-8", "replace")
    for kind in ("yaml", "toml", "json"):
        front_matter.read(FrontMatter(kind, text, 1, 2))


def configuration(data: bytes) -> None:
    """A configuration is read, or refused in one line."""
    said = ""
    try:
        config.load({"kwlint.toml": data}.get)
    except config.ConfigError as error:
        said = str(error)
    assert "\n" not in said


def marker(data: bytes) -> None:
    """Any first line."""
    read_marker(data.decode("utf-8", "replace"))


def repair(data: bytes) -> None:
    """Each link's target can be replaced, and the rest of the text stays."""
    text = data.decode("utf-8", "replace")
    for link in markdown.parse(text).links:
        if link.start is not None:
            assert 0 <= link.start <= link.end <= len(text)


TARGETS = {
    "document": document,
    "front-matter": front_matters,
    "configuration": configuration,
    "marker": marker,
    "repair": repair,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
