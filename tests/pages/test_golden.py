"""The pages of one small repository, byte for byte: a released page format never changes.

After an intended change, `PYTHONPATH=tests python tests/pages/test_golden.py` writes the expected pages again.
"""

from __future__ import annotations

import re

import pytest
from golden_pages import CONFIG, GOLDEN, PATH, facts, pages

from kwlint import markdown
from kwlint.facts import code_blocks, evidence, front_matter, links, outline
from kwlint.flavours import host_anchors
from kwlint.model.context import Folder
from kwlint.model.document import Dialect
from kwlint.model.facts import Evidence, Facts
from kwlint.pages import (
    a_z,
    documentation,
    folder_documentation,
    keyword_index,
)
from kwlint.pages.brief import brief
from kwlint.pages.folder_documentation import short_description
from kwlint.pages.outgoing_links import outgoing_links


@pytest.mark.parametrize("name", sorted(pages()))
def test_page(name: str) -> None:
    assert pages()[name] == (GOLDEN / f"expected_{name}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(pages()))
def test_every_link_target_is_a_page_or_a_file_of_the_repository(name: str) -> None:
    """A list item must not begin with `[label]:`, which would define the label."""
    from cmarkgfm import github_flavored_markdown_to_html

    html = github_flavored_markdown_to_html(pages()[name])
    targets = re.findall(r'href="([^"]*)"', html)
    assert targets
    assert [target for target in targets if not re.search(r"\.md|\.png|/recipes\Z", target)] == []
    assert "][" not in re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)


def test_a_moved_document_shows_its_new_address() -> None:
    page = companion("# Old page\n\nThis page has moved. Its text is [there](https://example.org/new.html).\n")
    assert "Moved to `https://example.org/new.html` ([Old page])" in page
    assert "has moved" not in page


PLAIN = Dialect()


def companion(
    text: str, quoted: tuple[Evidence, ...] = (), path: str = PATH, flavour: str = "github", dialect: Dialect = PLAIN
) -> str:
    """The documentation page of a document with this text, as if it were long, with the titles of sections for links
    to them."""
    document = markdown.parse(text, dialect)
    meta = front_matter.read(document.front_matter)
    shape = outline.outline(
        document, path, len(text), meta, outline.section_facts(document, host_anchors("github", document))
    )
    facts_of_text = facts()._replace(
        outline=shape._replace(words=max(shape.words, 60)),
        links=links.links(document),
        hosts=links.hosts(document),
        keywords=(),
        evidence=quoted,
        samples=code_blocks.samples(document),
        flavour=flavour,
    )
    page = documentation.render(path, facts_of_text, CONFIG)
    return re.sub(r"\]\([^()\s]*#[^()\s]*\)", "]", page)


def test_a_heading_of_a_template_is_no_key_concept() -> None:
    briefs = tuple(
        brief(PATH, facts())._replace(path=f"docs/{name}.md", title=name, concepts=concepts)
        for name, concepts in (
            ("a", ("Drawbacks", "yeast")),
            ("b", ("drawback", "yeast")),
            ("c", ("drawbacks", "salt")),
        )
    )
    page = folder_documentation.render(Folder("docs", (), briefs, (), ()), CONFIG)
    concepts = page.partition("## Key Concepts\n\n")[2].partition("\n\n")[0]
    assert [line.partition(":")[0] for line in concepts.split("\n")] == ["- yeast", "- salt"]


def test_anchors_are_those_of_the_git_host() -> None:
    custom = markdown.parse("# T\n\n## Ovens {#hot}\n\n## Ovens\n", Dialect(mdx=True))
    assert host_anchors("github", custom) == ("t", "ovens-hot", "ovens")


def test_a_leading_conjunction_is_removed_from_the_purpose() -> None:
    assert "\nYou can bake it, too. ([T])\n" in companion("# T\n\nBut you can bake it, too.\n")


def test_transcluded_code_has_no_line_count() -> None:
    mixed = "```rust\n{{#include a.rs}}\n```\n\n```rust\nfn main() {}\n```\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    page = companion(f"# T\n\n## Mix\n\n{mixed}\n## Bake\n\n{mixed}")
    assert "- [Mix] — 2 code blocks; 1 table; defines function `main`\n" in page


def test_files_with_the_same_ending_get_longer_labels() -> None:
    text = "# T\n\n```rust\n{{#include ../code/one/bowl/src/lib.rs}}\n```\n\n"
    page = companion(text + text[5:].replace("one", "two"), dialect=Dialect(templates="mdbook", mentions="mdbook"))
    assert "[one/bowl/src/lib.rs](../../code/one/bowl/src/lib.rs)" in page
    assert "[two/bowl/src/lib.rs](../../code/two/bowl/src/lib.rs)" in page


def linking(*labels: str) -> str:
    """The page of a document that links to `../spec.md` under each of the labels."""
    return companion("# T\n\n## A\n\n" + "".join(f"See [{label}](../spec.md).\n" for label in labels))


def test_a_linked_file_is_named_by_its_shortest_label_or_its_name() -> None:
    assert "- → [Bowl](../../spec.md)" in linking("Bowl", "Bowls of clay")
    assert "- → [spec.md](../../spec.md)" in linking("Bowl", "Mug", "Cup")
    assert "- → [spec.md](../../spec.md)" in linking("this section")


def test_a_description_is_shown_once() -> None:
    meta = "---\ndescription: All on bowls.\n---\n"
    assert companion(f"{meta}# T\n\n- x\n").count("All on bowls") == 1
    assert companion(f"{meta}# T\n\nMugs have a handle each.\n").count("All on bowls") == 1


def test_videos_are_listed_apart_from_images() -> None:
    page = companion("# T\n\n![a](a.png) ![b](b.mp4)\n")
    assert "- Image [a.png](../../docs/a.png) ([T])\n- Video [b.mp4](../../docs/b.mp4) ([T])\n" in page


def test_a_host_is_shown_with_the_section_of_the_reference() -> None:
    page = companion("# T\n\n## Mix\n\nSee [it][it].\n\n## Bake\n\nx\n\n[it]: https://docs.python.org/3/\n")
    assert "- External hosts: `docs.python.org` ([Mix])\n" in page


def contents(*sections: int) -> str:
    """The page of a SUMMARY.md whose section `n` links to `n.md` for each of `sections`."""
    links_of = {
        n: "".join(f"[{n}-{at}]({n}-{at}.md)\n" for at, other in enumerate(sections) if other == n) for n in (1, 2)
    }
    return companion(f"# T\n\n{links_of[1]}\n## A\n\n{links_of[2]}x\n", path="docs/SUMMARY.md")


def test_a_table_of_contents_counts_the_files_of_each_section() -> None:
    page = contents(1, 2, 1, 2, 1)
    assert "- → 3 files from [T]\n- → 2 files from [A]\n" in page
    assert "```mermaid" not in page
    assert "Index: links to 5 documents" in page


def test_a_table_of_contents_of_one_section_has_no_cross_references() -> None:
    assert "## Cross-References" not in contents(1, 1)


def test_nodes_with_the_same_name_get_longer_labels() -> None:
    page = companion("# T\n\n[a](../de/use/index.md) [b](../en/use/index.md) [c](../en/mix/index.md)\n")
    assert re.findall(r'--> n\w+\["(.*?)"\]', page) == ["de/use/index.md", "en/use/index.md", "mix/index.md"]


def test_a_section_without_measures_is_not_listed() -> None:
    page = companion("# T\n\n## Import `it`\n\n{* ../src/a.py *}\n\n## Use `it`\n\n{* ../src/a.py *}\n")
    assert "## Detailed Analysis" not in page
    assert "- Transcludes `../src/a.py` ([Import it], [Use it])\n" in page


def test_sentences_of_the_summary_are_not_repeated_as_evidence() -> None:
    text = "# T\n\nCaching pays off in most of the cases.\n\n## A\n\nCaching costs memory in all of the cases.\n"
    document = markdown.parse(text)
    page = companion(text, quoted=evidence.evidence(document))
    assert page.count("Caching pays off") == 1
    assert "- caching: Caching costs memory in all of the cases. ([A])" in page


def test_a_description_that_the_text_repeats_is_not_shown_twice() -> None:
    text = "---\ndescription: Bakes `bread` at home. It takes a day.\n---\n# T\n\nBakes bread at home.\n"
    page = companion(text)
    assert "- Description:" not in page
    assert "\nBakes bread at home. ([T])\n" in page
    assert "\nIt takes a day.\n" in page


def test_keys_of_repeated_records_are_left_out() -> None:
    form = "```yaml\nType: {0}\nDefault value: {0}\n```\n\n"
    page = companion("# T\n\n" + "".join(form.format(n) for n in range(3)))
    assert "## Code Patterns" not in page
    page = companion("# T\n\n" + "".join(form.format(n) for n in range(2)))
    assert "keys `Type`, `Default value`" in page


def test_few_shared_concepts_are_followed_by_one_of_each_other_document() -> None:
    base = brief(PATH, facts())
    named = (("a", "x", "y"), ("b", "x"), ("c", "z", "w"), ("d", "v"))
    documents = tuple(base._replace(path=f"docs/{name}.md", title=name, concepts=tuple(rest)) for name, *rest in named)
    folder = Folder("docs", (), documents, (), (("docs/d.md", 3), ("docs/c.md", 1)))
    page = folder_documentation.render(folder, CONFIG)
    assert re.findall(r"(?m)^- (\w): \[", page) == ["x", "v", "z"]


def test_a_letter_with_several_parts_has_a_line_of_its_own() -> None:
    page = a_z.overview(CONFIG, ("a", "b", "ca", "cb", "d", "e"))
    rows = [re.findall(r"\[(\w+)\]", line) for line in page.splitlines() if line.startswith("- ")]
    assert rows == [["A", "B"], ["Ca", "Cb"], ["D", "E"]]


def test_a_folder_without_readme_is_described_by_its_documents() -> None:
    base = brief(PATH, facts())
    documents = tuple(base._replace(path=f"docs/{n}.md", title=f"Page {n}") for n in range(7))
    folder = Folder("docs", (), documents, (), ())
    assert short_description(folder, ()) == "Page 0, Page 1, Page 2, Page 3, Page 4, …"
    assert short_description(folder._replace(documents=()), ("a", "b")) == "a, b"
    index = base._replace(path="docs/index.md", title="Docs", description="")
    assert short_description(folder._replace(documents=(index, documents[0])), ()) == "Page 0"
    named = index._replace(title="All the pages")
    assert short_description(folder._replace(documents=(named, documents[0])), ()) == "All the pages: Page 0"
    described = index._replace(description="What there is.")
    assert short_description(folder._replace(documents=(described, documents[0])), ()) == "What there is."


def test_images_of_a_section_share_a_line() -> None:
    page = companion("# T\n\n![](a.png)\n\n## A\n\n![](b.png) ![](c.png)\n\n## B\n\ny ![](a.png)\n")
    images = re.findall(r"- Images? .*", page.replace("../../docs/", ""))
    assert images == ["- Image [a.png](a.png) ([T])", "- Images [b.png](b.png), [c.png](c.png) ([A])"]


def test_hosts_in_generated_sections_are_left_out() -> None:
    page = companion("# T\n\nSee [x](https://a.org/).\n\n## CommonParameters\n\nSee [y](https://b.org/).\n")
    assert "`a.org`" in page
    assert "b.org" not in page


def test_large_link_counts_are_rounded() -> None:
    for number in (257, 258):
        text = "# T\n\n" + "".join(f"[x](https://a.org/{n}) " for n in range(number))
        assert "- External hosts: `a.org` (300)\n" in companion(text)
    assert "`a.org` (2)\n" in companion("# T\n\n[x](https://a.org/1) [x](https://a.org/2)\n")


def test_an_embedded_document_is_complete() -> None:
    text = (GOLDEN / "setup.md").read_text(encoding="utf-8")
    page = documentation.render(PATH, facts(), CONFIG, text)
    assert f"````markdown\n{text}````\n" in page


def test_disabled_pages_are_not_linked() -> None:
    bare = CONFIG._replace(pages=("keywords",))
    page = keyword_index.render(PATH, facts(), bare)
    assert "_docs.md" not in page
    assert "index.md" not in page


def references(text: str, flavour: str = "github", dialect: Dialect = PLAIN) -> list[str]:
    """The cross-references of a document at docs/setup.md."""
    page = companion(f"# T\n\n{text}\n", flavour=flavour, dialect=dialect)
    return re.findall(r"(?m)^- → (.*?)(?: from \[T\])?$", page)


@pytest.mark.parametrize(
    ("link", "reference"),
    [
        ("[Bowls](bowls.md)", "[Bowls](../../docs/bowls.md)"),
        ("[Bowls](../bowls.md#mix)", "[Bowls](../../bowls.md)"),
        ("[Bowls](./a%20b.md?x=1)", "[Bowls](../../docs/a%20b.md)"),
        ("[Bowls](/src/bowls.py)", "[Bowls](../../src/bowls.py)"),
        ("[Bowls](../LICENSE)", "[Bowls](../../LICENSE)"),
        ("[Bowls](recipes/)", "[Bowls](../../docs/recipes)"),
        ("[Bowls][b]\n\n[b]: bowls.md", "[Bowls](../../docs/bowls.md)"),
        ('<a href="bowls.md">Bowls</a>', "[Bowls](../../docs/bowls.md)"),
        ("[Bowls]({{site}}/bowls.md)", "Bowls (`{{site}}/bowls.md`)"),
        ("[Bowls](../../issues/12)", "Bowls (`../../issues/12`)"),
    ],
)
def test_on_a_git_host_every_path_in_the_repository_is_a_link(link: str, reference: str) -> None:
    assert references(link) == [reference]


@pytest.mark.parametrize(
    ("link", "reference"),
    [
        ("[Bowls](bowls.md)", "[Bowls](../../docs/bowls.md)"),
        ("[Bowls](../src/bowls.py)", "[Bowls](../../src/bowls.py)"),
        ("[Bowls](/guide/bowls/)", "Bowls (`/guide/bowls/`)"),
        ("[Bowls](/guide/bowls.md)", "Bowls (`/guide/bowls.md`)"),
        ("[Bowls](../bowls/)", "Bowls (`../bowls/`)"),
        ("[Bowls](bowls)", "Bowls (`bowls`)"),
        ("[Bowls](bowls.html#x)", "Bowls (`bowls.html`)"),
        ("[`bowls`](bowls)", "`bowls`"),
        ("[here](bowls)", "`bowls`"),
        ('<a href="bowls.md">Bowls</a>', "Bowls (`bowls.md`)"),
        ("[Bowls](@site/docs/bowls.md)", "Bowls (`@site/docs/bowls.md`)"),
    ],
)
def test_on_a_site_only_relative_file_paths_are_links(link: str, reference: str) -> None:
    assert references(link, flavour="mkdocs") == [reference]


@pytest.mark.parametrize("link", ["[x](https://example.org/a.md)", "[x](mailto:a@b.org)", "[x](#t)", "[x](setup.md)"])
def test_external_links_and_links_to_itself_are_no_cross_references(link: str) -> None:
    assert references(link) == []


def test_labels_are_no_files() -> None:
    myst = Dialect(directives=True)
    assert references("{ref}`bowls` {doc}`/bowls` {doc}`Mugs <mugs.md>`", "myst", myst) == [
        "`/bowls`",
        "[Mugs](../../docs/mugs.md)",
    ]


def test_wiki_links_and_paths_from_a_folder_of_the_site_are_code() -> None:
    wiki = Dialect(wikilinks=True)
    assert references("[[Bowls|Our bowls]] [[mugs.md]]", "obsidian", wiki) == ["Our bowls (`Bowls`)", "`mugs.md`"]
    outgoing = outgoing_links("docs/a.md", jekyll("{% link docs/bowls.md %} {% include_relative mugs.md %}"))
    assert [(link.path, link.written) for link in outgoing] == [("", "docs/bowls.md"), ("docs/mugs.md", "mugs.md")]


def jekyll(text: str) -> Facts:
    """The links of a document of a Jekyll site."""
    document = markdown.parse(text, Dialect(templates="liquid", mentions="liquid"))
    return facts()._replace(links=links.links(document), flavour="jekyll")


def test_images_of_the_site_root_are_code() -> None:
    assert "- Image `/img/a.png` ([T])\n" in companion("# T\n\n![a](/img/a.png)\n", flavour="hugo")


def test_a_diagram_has_at_most_twelve_nodes() -> None:
    def diagram_of(number: int) -> str:
        return companion("# T\n\n" + "".join(f"[{n}]({n}.md)\n" for n in range(number)))

    assert diagram_of(11).count("  d --> ") == 11
    assert diagram_of(12).count("  d --> ") == 11
    assert '  d --> more["more"]\n' in diagram_of(12)


def backlinks(links: tuple[tuple[str, str], ...], names: str = "ab") -> str:
    """The backlinks on the page of a folder `docs` with a document for each of `names`."""
    base = brief(PATH, facts())
    documents = tuple(base._replace(path=f"docs/{name}.md") for name in names)
    page = folder_documentation.render(Folder("docs", (), documents, links, ()), CONFIG)
    return page.replace("../../", "").partition("## Documents and Backlinks\n\n")[2].partition("\n\n")[0].rstrip("\n")


def test_backlinks_follow_each_document() -> None:
    links = (("docs/b.md", "docs/a.md"), ("README.md", "docs/a.md"), ("docs/SUMMARY.md", "docs/b.md"))
    assert backlinks(links).splitlines() == [
        "- [a.md](docs/a.md)",
        "  - ← [README.md](README.md)",
        "  - ← [b.md](docs/b.md)",
        "- [b.md](docs/b.md)",
    ]


def test_a_document_alone_in_its_folder_without_backlinks_is_not_listed() -> None:
    assert backlinks((), names="a") == ""


def test_backlinks_are_limited_and_not_counted() -> None:
    lines = backlinks(tuple((f"x/{n:03}.md", "docs/a.md") for n in range(40)), names="a").splitlines()
    assert lines[-1] == "  - ← more documents"
    assert len(lines) == 1 + folder_documentation.BACKLINKS + 1


def test_backlinks_never_fill_a_page() -> None:
    links = tuple((f"{'x' * 200}/{n}.md", f"docs/{name}.md") for name in map(chr, range(200, 400)) for n in range(15))
    text = backlinks(links, names="".join(map(chr, range(200, 400))))
    assert text.endswith("\n- more documents")
    assert len(text.encode()) < 300_000


if __name__ == "__main__":
    for page_name, page_text in pages().items():
        (GOLDEN / f"expected_{page_name}").write_text(page_text, encoding="utf-8")
