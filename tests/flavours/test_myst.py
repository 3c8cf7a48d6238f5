"""MyST under Sphinx and mystmd."""

from __future__ import annotations

from link_lab import check, outcomes

MYST = {
    "docs/conf.py": "extensions = ['myst_parser']",
    "docs/index.md": "(my-label)=\n# Title One\n\n```{note}\n:name: note-name\nx\n```\n",
    "docs/sub/page.md": "# Page",
    "docs/api.rst": "",
    "README.md": "",
}


def test_myst() -> None:
    here = "docs/sub/page.md"
    check(MYST, {
        (here, "../index.md#title-one"): "docs/index.md",
        (here, "../index.md#my-label"): "docs/index.md",
        (here, "../index.md#note-name"): "docs/index.md",
        (here, "../index.md#gone"): "KW102",
        (here, "/index.md"): "docs/index.md",
        (here, "../index"): "docs/index.md",
        (here, "../api"): "docs/api.rst",
        (here, "some-label"): "undecidable",
        (here, "#elsewhere"): "undecidable",
        (here, "#page"): here,
        (here, "gone.md"): "KW101",
        (here, "project:#x"): "undecidable",
        (here, "inv:python#x"): "undecidable",
        (here, "path:../index.md"): "docs/index.md",
    })  # fmt: skip


def test_myst_roles_and_directives_name_documents_and_files() -> None:
    page = (
        "{doc}`b` {doc}`/sub/c` {doc}`gone` {doc}`api/gone` {ref}`label` {download}`x.zip` {download}`gone.zip`\n\n"
        "```{literalinclude} x.py\n```\n\n```{include} gone.md\n```\n\n```{toctree}\nb\nmissing\n```\n"
    )
    files = {"conf.py": "myst_parser", "a.md": page, "b.md": "", "sub/c.md": "", "x.zip": "", "x.py": ""}
    assert outcomes(files, "a.md") == {
        "b": "b.md", "/sub/c": "sub/c.md", "gone": "KW101", "label": "undecidable", "api/gone": "undecidable",
        "x.zip": "x.zip", "gone.zip": "KW101", "x.py": "x.py", "gone.md": "KW101", "missing": "KW101",
    }  # fmt: skip


def test_mystmd_leaves_files_at_the_top_of_the_site_undecided() -> None:
    files = {"myst.yml": "", "a.md": "[x](/robots.txt) [y](img/gone.txt) [z](label) [w](b.md#x-y)\n", "img/b.txt": ""}
    files["b.md"] = "(x:y)=\n\nText.\n"
    assert outcomes(files, "a.md") == {
        "b.md#x-y": "b.md",
        "/robots.txt": "undecidable",
        "img/gone.txt": "KW101",
        "label": "undecidable",
    }


def test_labels_of_a_project_without_others() -> None:
    files = {
        "_toc.yml": "format: jb-book",
        "_config.yml": "title: x",
        "a.md": "(here)=\n# A b\n",
        "b.md": "```{figure} x.png\n:name: fig-x\n```\n",
        "x.png": "",
    }
    check(files, {
        ("b.md", "here"): "a.md",
        ("b.md", "#here"): "a.md",
        ("a.md", "#fig-x"): "b.md",
        ("a.md", "#a-b"): "a.md",
        ("a.md", "gone"): "KW101",
        ("a.md", "#gone"): "KW102",
        ("a.md", "genindex"): "undecidable",
    })  # fmt: skip
    for more in ({"_config.yml": "sphinx: {config: {intersphinx_mapping: {}}}"}, {"c.ipynb": ""}):
        check(files | more, {("a.md", "gone"): "undecidable", ("a.md", "#gone"): "undecidable"})
