"""What several flavours have in common."""

from __future__ import annotations

import pytest
from link_lab import check, repository

from kwlint.facts.links import links as link_facts
from kwlint.flavours.mkdocs import number_slugs
from kwlint.flavours.registry import named
from kwlint.flavours.slugs import number_unique
from kwlint.flavours.zola import Zola
from kwlint.links.resolve import resolve_link
from kwlint.markdown import parse
from kwlint.rules.links import code


def test_links_of_partials_are_relative_to_the_including_document_in_some_flavours() -> None:
    files = {
        "mkdocs.yml": "",
        "docs/snippets/a.md": "",
        "docs/b.md": "",
        "docfx/docfx.json": "",
        "docfx/includes/c.md": "",
    }
    check(files, {
        ("docs/snippets/a.md", "gone.md"): "undecidable",
        ("docs/snippets/a.md", "#gone"): "undecidable",
        ("docs/b.md", "gone.md"): "KW101",
        ("docfx/includes/c.md", "gone.md"): "KW101",
        ("docfx/includes/c.md", "#gone"): "undecidable",
    })  # fmt: skip


def test_missing_anchors_are_undecided_if_code_changes_the_page() -> None:
    check({"mkdocs.yml": "hooks: [a.py]", "docs/a.md": "# A\n"}, {("docs/a.md", "#gone"): "undecidable"})
    check({"mkdocs.yml": "plugins: [macros]", "docs/a.md": "{{ x }}\n"}, {("docs/a.md", "#gone"): "undecidable"})
    check({"mkdocs.yml": "", "docs/a.md": "{{ x }}\n"}, {("docs/a.md", "#gone"): "KW102"})
    quarto = {"_quarto.yml": "", "b/_metadata.yml": "filters: [x]", "b/c.qmd": "", "d.qmd": ""}
    check(quarto, {("b/c.qmd", "#gone"): "undecidable", ("d.qmd", "#gone"): "KW102"})
    hugo = {"hugo.toml": "", "content/a.md": "{{% include x %}}\n", "content/b.md": "{{< youtube x >}}\n"}
    check(hugo, {("content/a.md", "#gone"): "undecidable", ("content/b.md", "#gone"): "KW102"})


def test_code_blocks_make_no_anchors() -> None:
    code = "```md\n::: package.module\n{% include x.md %}\n{{ y }}\n```\n"
    check({"mkdocs.yml": "plugins: [mkdocstrings, macros]", "docs/a.md": f"# A\n\n{code}"}, {
        ("docs/a.md", "#gone"): "KW102",
    })  # fmt: skip
    check({"_config.yml": "", "a.md": f"# A\n\n{code}"}, {("a.md", "#gone"): "KW102"})
    check({"_config.yml": "", "a.md": "# A\n\n{% include x.md %}\n"}, {("a.md", "#gone"): "undecidable"})


@pytest.mark.parametrize("count", [20_000])
def test_numbering_of_many_equal_slugs_gives_unique_ids(count: int) -> None:
    for name in ("x", "x_1", "x-1"):
        assert len(set(number_slugs([name] * count))) == count
        assert len(set(number_unique([name] * count))) == count


def test_a_fix_replaces_the_path_inside_a_tag() -> None:
    files = {"_config.yml": "", "a.md": "[1]({% link Dir/B.md %})\n", "dir/b.md": "", "hugo/hugo.toml": ""}
    files |= {"hugo/content/c.md": '[2]({{< relref "dir/d.md#D-e" >}})\n', "hugo/content/dir/d.md": "# D e\n"}
    flavours, tree = repository(files)
    for source, repaired in {
        "a.md": "{% link dir/b.md %}", "hugo/content/c.md": '{{< relref "dir/d.md#d-e" >}}'
    }.items():  # fmt: skip
        (fact,) = link_facts(parse(files[source], flavours.of(source).dialect))
        result = resolve_link(source, fact, flavours, tree)
        assert (code(result), result.replacement, result.safe) == ("KW103", repaired, True)


def test_slugs_of_generators_that_were_not_run() -> None:
    """GitLab, DocFX, mdBook and Zola: the expected slugs come from their sources."""
    gitlab = {"a.md": "# A -- b\n\n# 2020\n\n# R\n\n# R\n\n# R-1\n"}
    flavour = named("gitlab", "")
    names = [anchor.name for anchor in flavour.anchors(parse(gitlab["a.md"], flavour.dialect), {})]
    assert {"a-b", "a----b", "anchor-2020", "r", "r-1"} <= set(names)
    docfx = named("docfx", "")
    text = "# <a name=\"x\"></a>One\n\n# <a id='y'></a>Two\n"
    assert {a.name for a in docfx.anchors(parse(text, docfx.dialect), {})} == {"x", "two", "y"}
    mdbook = named("mdbook", "")
    assert "section" in {a.name for a in mdbook.anchors(parse("# ::\n", mdbook.dialect), {})}
    zola = Zola("", "", slugs_on=False)
    assert [a.name for a in zola.anchors(parse("# A  `b`\tc\n", zola.dialect), {})] == ["A__b_c"]
