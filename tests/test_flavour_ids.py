"""The ids of headings, against those that the generators themselves made (`scripts/record_flavours.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwlint.flavours.base import Flavour, GitHub
from kwlint.flavours.hugo import Hugo
from kwlint.flavours.mkdocs import MkDocs, Toc
from kwlint.flavours.myst import Myst
from kwlint.flavours.quarto import Quarto
from kwlint.flavours.vitepress import VitePress
from kwlint.markdown import parse

CASES = Path(__file__).parent / "cases" / "flavours"
FLAVOURS = {
    "github": GitHub(),
    "mkdocs": MkDocs("", ""),
    "mkdocs-pymdownx": MkDocs("", "", Toc("pymdownx", "lower")),
    "hugo": Hugo("", ""),
    "hugo-ascii": Hugo("", "", "github-ascii"),
    "hugo-blackfriday": Hugo("", "", "blackfriday"),
    "quarto": Quarto(""),
    "vitepress": VitePress("", ""),
}


# What no rule of kwlint's says. Hugo: an underscore inside `**` (which it loses with the word behind it), a bare mail
# address (whose text it drops) and a numeric entity (slugged as written). pandoc reads `\backslash` as TeX.
ODD = dict.fromkeys(("hugo", "hugo-ascii", "hugo-blackfriday"), (3, 31, 42)) | {"quarto": (33,)}


def made(flavour: Flavour) -> list[list[str]]:
    document = parse((CASES / "headings.md").read_text(encoding="utf-8"), flavour.dialect)
    found: dict[int, list[str]] = {}
    for anchor in flavour.headings(document):
        found.setdefault(anchor.line, []).append(anchor.name)
    return list(found.values())


@pytest.mark.parametrize("name", sorted(FLAVOURS))
def test_ids_are_those_that_the_generator_makes(name: str) -> None:
    recorded = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    ours = made(FLAVOURS[name])
    answers = enumerate(zip(recorded, ours, strict=True))
    other = {id_: offered for at, (id_, offered) in answers if id_ not in offered and at not in ODD.get(name, ())}
    assert other == {}


def test_myst_offers_every_id_that_sphinx_makes() -> None:
    offered = {name for names in made(Myst("")) for name in names}
    recorded = (CASES / "myst.txt").read_text(encoding="utf-8").split()
    numbered = ("section-", "repeated-1-")  # docutils' names for what has no id of its own
    assert [name for name in recorded if name not in offered and not name.startswith(numbered)] == []
