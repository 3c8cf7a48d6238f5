"""Obsidian."""

from __future__ import annotations

from link_lab import check


def test_obsidian() -> None:
    files = {
        "vault/.obsidian/app.json": "{}",
        "vault/Home.md": "# First: heading\n\n## Sub\n\ntext ^block-1\n",
        "vault/deep/Other note.md": "",
        "vault/deep/pic.png": "",
    }
    here = "vault/Home.md"
    check(files, {
        (here, "Other note"): "vault/deep/Other note.md",
        (here, "deep/Other note"): "vault/deep/Other note.md",
        (here, "other note"): "vault/deep/Other note.md",
        (here, "pic.png"): "vault/deep/pic.png",
        (here, "Home#First heading"): here,
        (here, "#First: heading#Sub"): here,
        (here, "Home#^block-1"): here,
        (here, "Home#Gone"): "KW102",
        (here, "Nowhere"): "KW101",
        (here, "../../x"): "KW105",
    }, kind="wiki")  # fmt: skip


def test_obsidian_ignores_punctuation_in_headings() -> None:
    files = {"v/.obsidian/app.json": "", "v/a.md": "# How large (at most)?\n\n# A well-known `name.md`\n"}
    check(files, {
        ("v/a.md", "a#How large (at most)"): "v/a.md",
        ("v/a.md", "a#How large at most"): "v/a.md",
        ("v/a.md", "a#A well-known name md"): "v/a.md",
        ("v/a.md", "a#A well known name md"): "KW102",
    }, kind="wiki")  # fmt: skip


def test_obsidian_finds_a_note_by_its_aliases() -> None:
    files = {
        "v/.obsidian/app.json": "",
        "v/a.md": "---\naliases:\n  - AI\n  - Old/Place\n---\n# AI\n",
        "v/b.md": "---\nalias: Bee\n---\n",
        "w/.obsidian/app.json": "",
        "w/c.md": "",
    }
    check(files, {
        ("v/b.md", "ai"): "v/a.md",
        ("v/b.md", "AI#AI"): "v/a.md",
        ("v/b.md", "AI#Gone"): "KW102",
        ("v/b.md", "Old/Place"): "v/a.md",
        ("v/a.md", "Bee"): "v/b.md",
        ("v/a.md", "Be"): "KW101",
        ("w/c.md", "AI"): "KW101",
    }, kind="wiki")  # fmt: skip


def test_publish_css_next_to_notes_marks_a_vault() -> None:
    files = {
        "en/publish.css": "",
        "en/Home.md": "",
        "en/in/x.png": "",
        "web/publish.css": "",
        "web/a/b.md": "",
    }
    check(files, {
        ("en/Home.md", "x.png"): "en/in/x.png",
        ("web/a/b.md", "x.png"): "KW101",
    }, image=True)  # fmt: skip


def test_a_dot_in_the_name_of_a_note() -> None:
    files = {".obsidian/app.json": "", "a.md": "", "deep/Mr. Smith.md": "", "deep/v1.draft.md": "", "deep/x.png": ""}
    check(files, {
        ("a.md", "Mr. Smith"): "deep/Mr. Smith.md",
        ("a.md", "v1.draft"): "deep/v1.draft.md",
        ("a.md", "x.png"): "deep/x.png",
        ("a.md", "v2.draft"): "KW101",
    })  # fmt: skip
