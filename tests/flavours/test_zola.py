"""Zola."""

from __future__ import annotations

from link_lab import check


def test_zola() -> None:
    files = {
        "config.toml": 'base_url = "https://x.org"',
        "content/_index.md": "# Home",
        "content/blog/post.md": "# Ein Gruß – ‘so’\n",
        "content/blog/stars.md": "# ✨ Stars\n",
        "CONTRIBUTING.md": "",
        "templates/index.html": "",
        "static/x.png": "",
        "static/blog/stars/own.zip": "",
    }
    here = "content/blog/post.md"
    check(files, {
        (here, "@/_index.md#home"): "content/_index.md",
        (here, "@/gone.md"): "KW101",
        (here, "#ein-gruss-so"): here,
        (here, "#gone"): "KW102",
        (here, "@/blog/stars.md#sparkles-stars"): "undecidable",
        (here, "CONTRIBUTING.md"): "KW101",
        (here, "theme.toml"): "KW101",
        ("content/blog/stars.md", "own.zip"): "static/blog/stars/own.zip",
        (here, "../own.zip"): "undecidable",
        (here, "style.css"): "undecidable",
        (here, "LICENSE"): "undecidable",
        (here, "/blog/post"): here,
        (here, "/tags/x"): "undecidable",
    })  # fmt: skip
