"""MkDocs and Material for MkDocs."""

from __future__ import annotations

from link_lab import check, outcome, outcomes, repository

MKDOCS = {
    "mkdocs.yml": "site_name: x\nplugins:\n- search\n- redirects:\n    redirect_maps: {old.md: a.md}\n"
    "markdown_extensions:\n- attr_list\n- toc: {permalink: !ENV [X, true]}\n",
    "docs/index.md": "# Home",
    "docs/a.md": "# A b  -  c\n\n# Custom { #own }\n\n[](){#spot}\n\n# Dup\n\n# Dup\n",
    "docs/sub/b.md": "# B",
    "docs/sub/index.md": "# S",
    "docs/img/x.png": "",
    "docs/gen.md": "# G\n\n::: package.module\n",
    "CONTRIBUTING.md": "# A b  -  c",
}


def test_mkdocs() -> None:
    here = "docs/sub/b.md"
    check(MKDOCS, {
        (here, "../a.md#a-b-c"): "docs/a.md",
        (here, "../a.md#own"): "docs/a.md",
        (here, "../a.md#spot"): "docs/a.md",
        (here, "../a.md#dup_1"): "docs/a.md",
        (here, "../a.md#dup-1"): "KW102",
        (here, "../a.md#custom"): "KW102",
        (here, "../gone.md"): "KW101",
        (here, "../old.md"): "KW101",
        (here, "../gen.md#package.module.x"): "undecidable",
        (here, "../img/x.png"): "docs/img/x.png",
        (here, "../img/y.png"): "KW101",
        (here, "../../a/"): "docs/a.md",
        (here, "../../gone/"): "undecidable",
        (here, "/a/"): "docs/a.md",
        (here, "/elsewhere/"): "undecidable",
        ("CONTRIBUTING.md", "#a-b-----c"): "CONTRIBUTING.md",
        ("CONTRIBUTING.md", "#a-b-c"): "KW102",
    })  # fmt: skip
    check(MKDOCS, {
        (here, "../../img/x.png"): "docs/img/x.png",
        (here, "../img/x.png"): "docs/img/x.png",
        (here, "../img/y.png"): "KW101",
    }, kind="html", image=True, element="img")  # fmt: skip


def test_mkdocs_publishes_files_of_the_theme() -> None:
    files = {
        "mkdocs.yml": "theme:\n  name: readthedocs\n  custom_dir: look\n",
        "docs/a.md": "",
        "docs/img/own.png": "",
        "look/img/logo.png": "",
        "look/x.md": "",
    }
    check(files, {
        ("docs/a.md", "img/own.png"): "docs/img/own.png",
        ("docs/a.md", "img/favicon.ico"): "",
        ("docs/a.md", "img/logo.png"): "look/img/logo.png",
        ("docs/a.md", "img/grid.png"): "KW101",
        ("docs/a.md", "img/gone.png"): "KW101",
        ("docs/a.md", "x.md"): "KW101",
    })  # fmt: skip
    check({"mkdocs.yml": "", "docs/a.md": ""}, {("docs/a.md", "img/grid.png"): "", ("docs/a.md", "img/x.png"): "KW101"})


def test_mkdocs_in_several_languages() -> None:
    files = {
        "docs/en/mkdocs.yml": "site_name: x\n",
        "docs/en/docs/a.md": "# A",
        "docs/en/docs/img/x.png": "",
        "docs/de/docs/b.md": "# B",
        "docs/language_names.yml": "",
    }
    check(files, {
        ("docs/de/docs/b.md", "a.md#a"): "docs/en/docs/a.md",
        ("docs/de/docs/b.md", "/img/x.png"): "docs/en/docs/img/x.png",
        ("docs/de/docs/b.md", "c.md"): "KW101",
        ("docs/en/docs/a.md", "b.md"): "KW101",
    })  # fmt: skip


def test_mkdocs_inherits_settings_and_reads_the_slug_function() -> None:
    files = {
        "base.yml": "markdown_extensions:\n  toc:\n    slugify: !!python/object/apply:pymdownx.slugs.slugify "
        "{kwds: {case: lower}}\n",
        "site/mkdocs.yml": "INHERIT: ../base.yml\ndocs_dir: pages\n",
        "site/pages/a.md": "# Ünder - Score\n",
        "site/pages/b.md": "",
    }
    assert outcome(files, "site/pages/b.md", "a.md#ünder---score") == "site/pages/a.md"
    assert repository(files)[0].inputs == ("base.yml", "site/mkdocs.yml")


def test_mkdocs_looks_up_snippets_in_base_path() -> None:
    page = '--8<-- "part.md"\n\n```\n--8<-- "src/x.py:main"\n--8<-- "gone.py"\n```\n'
    files = {"site/docs/a.md": page, "site/part.md": "", "site/src/x.py": "", "site/more/gone.py": ""}
    on = "markdown_extensions:\n  - pymdownx.snippets"
    assert outcomes(files | {"site/mkdocs.yml": on}, "site/docs/a.md") == {
        "part.md": "site/part.md", "src/x.py": "site/src/x.py", "gone.py": "KW101",
    }  # fmt: skip
    more = f"{on}:\n      base_path: [., more]"
    assert outcomes(files | {"site/mkdocs.yml": more}, "site/docs/a.md")["gone.py"] == "site/more/gone.py"
    unknown = f"{on}:\n      base_path: [$config_dir]"
    assert outcomes(files | {"site/mkdocs.yml": unknown}, "site/docs/a.md") == {}
    assert outcomes(files | {"site/mkdocs.yml": ""}, "site/docs/a.md") == {}


def test_mkdocs_leaves_anchors_undecided_if_titles_of_tabs_have_ids() -> None:
    files = {"docs/a.md": '=== "One"\n\n    text\n\n[x](#one)\n'}
    tabs = "markdown_extensions:\n  - pymdownx.tabbed:\n      slugify: x\n"
    assert outcomes(files | {"mkdocs.yml": tabs}, "docs/a.md") == {"#one": "undecidable"}
    assert outcomes(files | {"mkdocs.yml": tabs.replace("slugify", "other")}, "docs/a.md") == {"#one": "KW102"}


def mkdocs(config: str, **documents: str) -> dict[str, str]:
    """Return a site with the configuration and the documents, by their names."""
    return {"mkdocs.yml": config, **{f"docs/{name}.md": text for name, text in documents.items()}}


def test_icons_and_attributes_in_headings_are_no_text() -> None:
    text = "## :rocket: Start\n\n## Stop :material-stop:{ .red }\n\n## :rocket: Go { #go-now }\n"
    extensions = "markdown_extensions: [attr_list, pymdownx.emoji]"
    check(mkdocs(extensions, a=text), {
        ("docs/a.md", "#start"): "docs/a.md",
        ("docs/a.md", "#stop"): "docs/a.md",
        ("docs/a.md", "#go-now"): "docs/a.md",
        ("docs/a.md", "#rocket-start"): "KW102",
    })  # fmt: skip
    check(mkdocs("", a=text), {("docs/a.md", "#rocket-start"): "docs/a.md", ("docs/a.md", "#start"): "KW102"})


def test_symbols_in_headings() -> None:
    files = mkdocs("markdown_extensions: [pymdownx.smartsymbols]", a="## Name (c) 2\n")
    check(files, {("docs/a.md", "#name-2"): "docs/a.md", ("docs/a.md", "#name-c"): "KW102"})


def test_the_default_of_a_variable_of_the_environment() -> None:
    files = {"mkdocs.yml": "docs_dir: !ENV [TEXTS, texts]", "texts/a.md": "# A - b\n"}
    check(files, {("texts/a.md", "#a-b"): "texts/a.md", ("texts/a.md", "#a---b"): "KW102"})


def test_included_documents_are_read() -> None:
    text = '{% include-markdown "./part.md"\n   start="x" %}\n\n{% include "parts/b.md" %}\n'
    files = mkdocs("plugins: [include-markdown]", a=text, part="## Part\n", gone='{% include-markdown "x.md" %}\n')
    files["docs/parts/b.md"] = "## B\n"
    check(files, {
        ("docs/a.md", "#part"): "docs/a.md",
        ("docs/a.md", "#b"): "docs/a.md",
        ("docs/a.md", "#other"): "KW102",
        ("docs/gone.md", "#other"): "undecidable",
    })  # fmt: skip
    assert outcomes(files, "docs/a.md") == {"./part.md": "docs/part.md", "parts/b.md": "docs/parts/b.md"}
    assert outcomes(files, "docs/gone.md") == {"x.md": "KW101"}


def test_sites_that_another_one_includes() -> None:
    files = {
        "mkdocs.yml": "plugins: [monorepo]\nnav:\n  - A: '!include ./a/mkdocs.yml'",
        "docs/index.md": "",
        "a/mkdocs.yml": "site_name: a",
        "a/docs/index.md": "",
        "b/mkdocs.yml": "site_name: b",
        "b/docs/index.md": "",
    }
    check(files, {
        ("a/docs/index.md", "../index.md"): "undecidable",
        ("a/docs/index.md", "x.md"): "KW101",
        ("b/docs/index.md", "../index.md"): "KW101",
    })  # fmt: skip
