"""VitePress."""

from __future__ import annotations

from link_lab import check, outcomes, repository


def test_vitepress() -> None:
    files = {
        "docs/.vitepress/config.ts": "export default {}",
        "docs/index.md": "# Home",
        "docs/guide/a.md": "# A & b {#own}\n\n# 1. First!\n\n<!--@include: ./part.md-->\n",
        "docs/guide/part.md": "# Part",
        "docs/shown.md": "<ClientOnly>\n  <Shown />\n</ClientOnly>\n",
        "docs/public/logo.svg": "",
    }
    here = "docs/guide/a.md"
    check(files, {
        (here, "../index"): "docs/index.md",
        (here, "../"): "docs",
        (here, "/guide/a.html#own"): here,
        (here, "#_1-first"): here,
        (here, "#1. First!"): here,
        (here, "#part"): here,
        (here, "#nothing"): "KW102",
        (here, "./b"): "KW101",
        (here, "b.md"): "KW101",
        (here, "/logo.svg"): "docs/public/logo.svg",
        (here, "/elsewhere/"): "undecidable",
        (here, "/shown#x"): "undecidable",
    })  # fmt: skip


def test_vitepress_includes_and_snippets() -> None:
    files = {
        "docs/.vitepress/config.ts": "",
        "docs/sub/a.md": "<!--@include: ./p.md-->\n<!--@include: @/p.md-->\n\n<<< @/code/x.ts#r\n<<< ./gone.ts\n",
        "docs/sub/p.md": "",
        "docs/code/x.ts": "",
    }
    assert outcomes(files, "docs/sub/a.md") == {
        "./p.md": "docs/sub/p.md", "@/p.md": "KW101", "@/code/x.ts": "docs/code/x.ts", "./gone.ts": "KW101",
    }  # fmt: skip


def test_vitepress_reads_a_split_configuration_with_its_delimiters() -> None:
    marks = "attrs: { leftDelimiter: '%{', rightDelimiter: '}%' }"
    page = "# One %{#two}%\n\n[x](#two) [y](#one)\n"
    files = {"docs/.vitepress/config/index.ts": "", "docs/.vitepress/config/en.ts": marks, "docs/a.md": page}
    assert outcomes(files, "docs/a.md") == {"#two": "docs/a.md", "#one": "KW102"}
    own = files | {"docs/.vitepress/config/x.ts": "anchor: { slugify }"}
    assert outcomes(own, "docs/a.md") == {"#two": "docs/a.md", "#one": "undecidable"}
    assert repository({"docs/.vitepress/theme/index.ts": "", "docs/a.md": ""})[0].of("docs/a.md").name == "github"
