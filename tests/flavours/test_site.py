"""Sites of other generators."""

from __future__ import annotations

from link_lab import check


def test_a_site_of_another_generator() -> None:
    files = {
        "next.config.ts": "",
        "docs/a.md": "# A {#own}",
        "docs/b.md": "",
        "public/assets/x.png": "",
        "README.md": "# R",
    }
    check(files, {
        ("docs/b.md", "a.md#own"): "docs/a.md",
        ("docs/b.md", "a.md#gone"): "KW102",
        ("docs/b.md", "gone.md"): "KW101",
        ("docs/b.md", "../a/"): "docs/a.md",
        ("docs/b.md", "/docs/a/"): "docs/a.md",
        ("docs/b.md", "/download"): "undecidable",
        ("docs/b.md", "/assets/x.png"): "public/assets/x.png",
        ("README.md", "docs/gone.md"): "KW101",
    })  # fmt: skip


def test_a_site_of_astro_starlight() -> None:
    files = {"astro.config.mjs": "", "src/content/docs/en/guides/x.mdx": "# X\n", "src/content/docs/en/y.mdx": ""}
    check(files, {
        ("src/content/docs/en/y.mdx", "/en/guides/x/#x"): "src/content/docs/en/guides/x.mdx",
        ("src/content/docs/en/y.mdx", "/en/guides/x/#gone"): "KW102",
        ("src/content/docs/en/y.mdx", "/en/guides/gone/"): "undecidable",
    })  # fmt: skip
