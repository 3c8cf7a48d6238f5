"""Quarto."""

from __future__ import annotations

from link_lab import check, outcomes


def test_quarto() -> None:
    files = {
        "_quarto.yml": "project: {type: website}",
        "index.qmd": "# Home v1.2\n\n![x](a.png){#fig-one}\n",
        "sub/page.qmd": "# 1. Page {#sec-page}\n",
    }
    here = "sub/page.qmd"
    check(files, {
        (here, "../index.qmd#home-v1.2"): "index.qmd",
        (here, "../index.html#fig-one"): "index.qmd",
        (here, "/index.qmd#gone"): "KW102",
        (here, "#sec-page"): here,
        (here, "gone.qmd"): "KW101",
        (here, "../about"): "undecidable",
    })  # fmt: skip


def test_quarto_includes_are_checked() -> None:
    files = {"_quarto.yml": "", "a.qmd": "{{< include _b.qmd >}}\n{{< include /c/_d.qmd >}}\n{{< embed n.ipynb#f >}}\n"}
    files |= {"_b.qmd": "", "n.ipynb": ""}
    assert outcomes(files, "a.qmd") == {"_b.qmd": "_b.qmd", "/c/_d.qmd": "KW101", "n.ipynb": "n.ipynb"}
