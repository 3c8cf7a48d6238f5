"""Hugo."""

from __future__ import annotations

from link_lab import check, outcomes, repository


def test_hugo_gives_ids_to_definition_terms() -> None:
    files = {
        "hugo.toml": "[markup.goldmark.parser]\nautoDefinitionTermID = true\n",
        "content/a.md": "# Options\n\n`publishDir`\n: Where.\n\noptions\n: What.\n",
    }
    check(files, {
        ("content/a.md", "#publishdir"): "content/a.md",
        ("content/a.md", "#options-1"): "content/a.md",
        ("content/a.md", "#options-2"): "KW102",
    })  # fmt: skip


HUGO = {
    "hugo.toml": 'baseURL = "/"',
    "content/_index.md": "# Home",
    "content/posts/one.md": "# One_x y",
    "content/posts/two/index.md": "# Two",
    "content/posts/two/pic.png": "",
    "static/img/s.png": "",
    "README.md": "",
}


def test_hugo() -> None:
    here = "content/posts/one.md"
    check(HUGO, {
        (here, "two/index.md"): "content/posts/two/index.md",
        (here, "../two/"): "content/posts/two",
        (here, "/posts/two/"): "content/posts/two",
        (here, "/posts/slugged/"): "undecidable",
        (here, "/img/s.png"): "static/img/s.png",
        (here, '{{< ref "two" >}}'): "content/posts/two/index.md",
        (here, '{{< relref "/posts/one.md#one_x-y" >}}'): here,
        (here, '{{< relref "one.md#nothing" >}}'): "KW102",
        (here, "{{< param x >}}"): "undecidable",
        (here, "gone.md"): "KW101",
        (here, "../../gone/"): "undecidable",
        (here, "#one_x-y"): here,
    })  # fmt: skip
    check(HUGO, {
        ("content/posts/two/index.md", "pic.png"): "content/posts/two/pic.png",
        ("content/posts/two/index.md", "no.png"): "KW101",
    }, image=True)  # fmt: skip


def test_hugo_reads_mounted_content_and_lowers_addresses() -> None:
    files = {
        "hugo.toml": '[[module.mounts]]\nsource = "pages/en"\ntarget = "content"\n'
        '[[module.mounts]]\nsource = "assets"\ntarget = "assets"\n',
        "pages/en/_index.md": "# Home\n",
        "pages/en/functions/ChromaStyles.md": "# Chroma\n",
        "pages/en/functions/other.md": "",
        "content/functions/stray.md": "",
    }
    check(files, {
        ("pages/en/_index.md", "/functions/chromastyles/"): "pages/en/functions/ChromaStyles.md",
        ("pages/en/_index.md", "/functions/chromastyles/#chroma"): "pages/en/functions/ChromaStyles.md",
        ("pages/en/_index.md", "/functions/chromastyles#gone"): "KW102",
        ("pages/en/functions/other.md", "../chromastyles/#gone"): "KW102",
        ("pages/en/functions/other.md", "../stray/"): "undecidable",
    })  # fmt: skip


def test_a_topmost_section_document_reveals_hugo_content() -> None:
    files = {
        "README.md": "",
        "docs/sources/_index.md": "# Top\n",
        "docs/sources/v1/_index.md": "",
        "docs/sources/v1/setup/start.md": "# Start\n",
        "book.toml": "[book]\nsrc = 'book'\n",
        "book/_index.md": "",
    }
    flavours, _ = repository(files)
    assert [(root, flavour.name) for root, flavour in flavours.roots] == [("docs/sources", "hugo"), ("book", "mdbook")]
    here = "docs/sources/v1/_index.md"
    check(files, {
        (here, "./setup/start/"): "docs/sources/v1/setup/start.md",
        (here, "./setup/start/#gone"): "KW102",
        (here, "/media/docs/x.png"): "undecidable",
        (here, "setup/gone.md"): "KW101",
        ("README.md", "/media/docs/x.png"): "KW101",
    })  # fmt: skip


def test_hugo_shortcodes_name_pages_and_images() -> None:
    files = {
        "hugo.toml": "",
        "content/posts/a.md": (
            '{{< ref "b" >}} {{< ref "b.md#no" >}} {{< relref "../guide" >}} {{< ref "only.md" >}}'
            ' {{< ref "gone.md" >}} {{< figure src="/img/x.png" >}} {{< figure src="y.png" >}}'
            ' {{< figure src="gone.png" >}}\n'
        ),
        "content/posts/b.md": "# B\n",
        "content/posts/y.png": "",
        "content/guide/_index.md": "",
        "content/other/only.md": "",
        "static/img/x.png": "",
    }
    assert outcomes(files, "content/posts/a.md") == {
        "b": "content/posts/b.md", "b.md#no": "KW102", "../guide": "content/guide/_index.md",
        "only.md": "content/other/only.md", "gone.md": "KW101", "/img/x.png": "static/img/x.png",
        "y.png": "content/posts/y.png", "gone.png": "KW101",
    }  # fmt: skip
    assert outcomes(files | {"hugo.toml": 'theme = "t"'}, "content/posts/a.md")["gone.md"] == "KW101"
    assert outcomes(files | {"hugo.toml": 'theme = "t"'}, "content/posts/a.md")["only.md"] == "content/other/only.md"
