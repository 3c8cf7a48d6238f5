"""A document read from a shared body has the same facts as when it is read alone."""

from __future__ import annotations

import pytest

from kwlint import markdown
from kwlint.config import Config
from kwlint.engine.workers import BATCH, LARGEST, in_batches
from kwlint.facts.gather import gather
from kwlint.facts.shared_bodies import SharedBodies
from kwlint.flavours.base import Flavour
from kwlint.flavours.github import GitHub
from kwlint.model.document import Dialect
from kwlint.model.facts import Facts

CONFIG = Config()
BODY = """
Getting the [list](other.md#part) of `Get-Item` results, see ![picture](a.png).

## Event loop

The event loop (EL) runs. Never run `sudo rm` as root. It takes 20 ms. [x]: y

```python
import os
def opened(path): ...
```

<a id="here"></a> <!-- kwlint-disable-next-line -->
[nowhere][none]
"""
# Front matters of one length, pair by pair.
MATTERS = {
    "same": ("---\ntitle: One thing\n---\n", "---\ntitle: One thing\n---\n"),
    "title": ("---\ntitle: One thing\n---\n", "---\ntitle: The event\n---\n"),
    "date": ("---\nms.date: 2024-01-02\n---\n", "---\nms.date: 2026-11-12\n---\n"),
    "tags": ("---\ntags: [event loop, list]\n---\n", "---\ntags: [sudo, event, rot]\n---\n"),
    "language": ("---\nlang: en\n---\n", "---\nlang: de\n---\n"),
    "lines": ("---\na: b\ncd: ef\n---\n", "---\na: bcdef gh\n---\n"),
    "table": ("---\na: <table><td>Big word</td>\n---\n", "---\na: plain, and with no marks\n---\n"),
    "include": ("---\na: '{{#include a.md}}'\n---\n", "---\na: 'nothing included.'\n---\n"),
    "kind": ("---\ntype: tutorial\n---\n", "---\ntype: referenc\n---\n"),
    "none": ("", ""),
    "not one": ("--- \nnothing at all\n\n---\n", "---\nname: a thing w\n\n---\n"),
}
PATHS = {
    "plain": ("a/one.md", "b/two.md"),
    "languages": ("docs/en/x.md", "docs/de/x.md"),
    "kinds": ("guides/x.md", "reference/CHANGELOG.md"),
}


def flavour(dialect: Dialect) -> Flavour:
    made = GitHub()
    made.dialect = dialect
    return made


def facts(path: str, text: str, reader: Flavour, bodies: SharedBodies | None = None) -> Facts:
    return gather(path, text.encode(), CONFIG, reader, bodies=bodies)


@pytest.mark.parametrize("paths", PATHS.values(), ids=PATHS)
@pytest.mark.parametrize("matters", MATTERS.values(), ids=MATTERS)
@pytest.mark.parametrize("heading", ["# Heading\n", ""], ids=["headed", "bare"])
@pytest.mark.parametrize("dialect", [Dialect(), Dialect(templates="mdbook")], ids=["plain", "mdbook"])
def test_a_shared_body_gives_the_facts_of_the_document_alone(
    matters: tuple[str, str], paths: tuple[str, str], heading: str, dialect: Dialect
) -> None:
    first, second = (matter + heading + BODY for matter in matters)
    assert len(first) == len(second)
    bodies, reader = SharedBodies(), flavour(dialect)
    facts(paths[0], first, reader, bodies)
    assert facts(paths[1], second, reader, bodies) == facts(paths[1], second, reader)
    assert facts(paths[0], first, reader, bodies) == facts(paths[0], first, reader)


def test_documents_of_different_dialects_share_no_body() -> None:
    bodies, text = SharedBodies(), "[[A page]] and {{ braces }} in `text`\n"
    for dialect in (Dialect(), Dialect(wikilinks=True), Dialect(templates="jinja")):
        assert facts("a.md", text, flavour(dialect), bodies) == facts("a.md", text, flavour(dialect))


def test_a_shared_body_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    parse = markdown.parse
    monkeypatch.setattr(markdown, "parse", lambda text, dialect: read.append(text) or parse(text, dialect))
    bodies, reader = SharedBodies(), flavour(Dialect())
    for year in (2024, 2025, 2026):
        facts(f"{year}/a.md", f"---\ndate: {year}\n---\n{BODY}", reader, bodies)
    assert len(read) == 1


def test_documents_of_one_size_stay_in_one_batch() -> None:
    third = BATCH // 3
    sizes = [third, third, third - 1, third - 1, third - 1, 5]
    assert list(in_batches(sizes, lambda size: size)) == [[third, third, third - 1, third - 1, third - 1], [5]]
    many = [third] * 100
    assert max(map(len, in_batches(many, lambda size: size))) <= 3 * LARGEST
