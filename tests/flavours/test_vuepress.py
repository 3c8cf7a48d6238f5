"""VuePress."""

from __future__ import annotations

from link_lab import check, outcomes


def test_anchors_and_links() -> None:
    files = {
        "docs/.vuepress/config.ts": "",
        "docs/.vuepress/public/logo.png": "",
        "docs/README.md": "## 1. Set up\n\n## /api/v1\n\n## Note\n\n## Note\n",
        "docs/guide/README.md": "",
        "docs/a.md": "@[video](aBcDe) [x](README.md#gone)\n",
    }
    check(files, {
        ("docs/a.md", "README.md#_1-set-up"): "docs/README.md",
        ("docs/a.md", "README.md#api-v1"): "docs/README.md",
        ("docs/a.md", "README.md#note-1"): "docs/README.md",
        ("docs/a.md", "README.md#note-2"): "docs/README.md",
        ("docs/a.md", "README.md#note-3"): "KW102",
        ("docs/a.md", "./guide/"): "docs/guide",
        ("docs/a.md", "/logo.png"): "docs/.vuepress/public/logo.png",
        ("docs/a.md", "gone.md"): "KW101",
    })  # fmt: skip
    assert outcomes(files, "docs/a.md") == {"README.md#gone": "KW102"}
