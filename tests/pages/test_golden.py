"""The pages of one small repository, byte for byte: a format, once released, gives the same bytes for ever.

After a change of the format that is meant, `python tests/test_pages_golden.py` writes the expected pages anew.
"""

from __future__ import annotations

import re

import pytest
from paths import CASES

from kwlint import markdown
from kwlint.config import Config
from kwlint.facts import code_blocks, evidence, front_matter, links, outline
from kwlint.flavours import host_anchors
from kwlint.model.context import Folder, LinkIn, LinkOut, Neighbourhood
from kwlint.model.facts import Evidence, Facts, Keyword
from kwlint.pages import a_z, documentation, folder_documentation, folder_index, keyword_index, subtree_index
from kwlint.pages.brief import brief

GOLDEN = CASES / "golden"
PATH = "docs/setup.md"
CONFIG = Config()


def facts() -> Facts:
    text = (GOLDEN / "setup.md").read_text(encoding="utf-8")
    document = markdown.parse(text)
    meta = front_matter.read(document.front_matter)
    return Facts(
        outline=outline.outline(
            document, PATH, len(text), meta, outline.section_facts(document, host_anchors("github", document))
        ),
        links=(),
        anchors=(),
        samples=code_blocks.samples(document),
        evidence=evidence.evidence(document),
        keywords=(
            Keyword("mixer", "term", (1, 3, 6), "", 9.0),
            Keyword("first batch", "term", (1,), "", 5.0),
            Keyword("Bowl", "class", (5,), "", 4.0),
            Keyword("--fast", "command", (3,), "", 3.0),
            Keyword("PIP", "acronym", (3, 1), "Package Installer", 2.0),
        ),
        hosts=(("example.org", 1),),
        notes=(),
        suppressions=(),
    )


AROUND = Neighbourhood(
    links_out=(
        LinkOut("docs/img/mixer.png", "The mixer", 1, True, False),
        LinkOut("docs/reference.md", "the reference", 6, False, True),
    ),
    links_in=(
        LinkIn("README.md", "The kitchen", "Start", "start", "setup"),
        LinkIn("docs/SUMMARY.md", "Summary", "Summary", "summary", "Setting up"),
        LinkIn("docs/reference.md", "Reference", "Options", "options", "set up"),
    ),
    previous="docs/reference.md",
    next="",
)


def pages() -> dict[str, str]:
    found = facts()
    summary = brief(PATH, found)
    other = summary._replace(
        path="docs/reference.md", title="Reference", description="", document_type="", concepts=("mixer",)
    )
    folder = Folder(
        path="docs",
        subfolders=(("docs/recipes", "Recipes for every day"),),
        documents=(other, summary),
        links=(("README.md", PATH), (PATH, "docs/reference.md"), ("docs/reference.md", PATH)),
        inbound=(("docs/reference.md", 1), (PATH, 2)),
    )
    postings = list(a_z.postings(PATH, found))
    entries = [(key, a_z.line(CONFIG, [row, row._replace(path="docs/b.md", title="B")])) for key, row in postings]
    return {
        "setup.md_kw.md": keyword_index.keyword_index(PATH, found, CONFIG),
        "setup.md_docs.md": documentation.documentation(PATH, found, AROUND, CONFIG, None),
        "index.md": folder_index.folder_index(folder, CONFIG),
        "start.md": folder_index.folder_index(folder._replace(path="", documents=(summary,)), CONFIG),
        "doc.md": folder_documentation.folder_documentation(folder, CONFIG),
        "sub.md": subtree_index.subtree_index("docs", [(key, (row,)) for key, row in postings], CONFIG),
        "keywords.md": a_z.page(CONFIG, "", entries, ("",)),
        "keywords-m.md": a_z.page(CONFIG, "m", entries[:1], ("a", "m", "Db")),
        "letters.md": a_z.overview(CONFIG, ("a", "ma", "mi", "D1", "C6")),
    }


@pytest.mark.parametrize("name", sorted(pages()))
def test_page(name: str) -> None:
    assert pages()[name] == (GOLDEN / f"expected_{name}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(pages()))
def test_every_link_leads_to_a_page_or_document(name: str) -> None:
    """A list item that began `[label]:` would define the label as whatever word comes next."""
    from cmarkgfm import github_flavored_markdown_to_html

    html = github_flavored_markdown_to_html(pages()[name])
    targets = re.findall(r'href="([^"]*)"', html)
    assert targets
    assert [target for target in targets if ".md" not in target and ".png" not in target] == []
    assert "][" not in re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)


def test_a_stub_says_where_it_leads() -> None:
    text = "# Old page\n\nThis page has moved. Its text is [there](https://example.org/new.html).\n"
    document = markdown.parse(text)
    stub = facts()._replace(
        outline=outline.outline(
            document, PATH, len(text), {}, outline.section_facts(document, host_anchors("github", document))
        ),
        links=links.links(document),
        keywords=(),
        evidence=(),
        samples=(),
    )
    page = documentation.documentation(PATH, stub, AROUND._replace(links_out=()), CONFIG, None)
    assert "Stub of a page that is elsewhere: `https://example.org/new.html` ([Old page])" in page
    assert "has moved" not in page


ALONE = Neighbourhood(links_out=(), links_in=(), previous="", next="")


def companion(text: str, around: Neighbourhood = ALONE, said: tuple[Evidence, ...] = ()) -> str:
    """The documentation page of a document with this text."""
    document = markdown.parse(text)
    meta = front_matter.read(document.front_matter)
    whole = facts()._replace(
        outline=outline.outline(
            document, PATH, len(text), meta, outline.section_facts(document, host_anchors("github", document))
        ),
        links=links.links(document),
        hosts=links.hosts(document),
        keywords=(),
        evidence=said,
        samples=code_blocks.samples(document),
    )
    return documentation.documentation(PATH, whole, around, CONFIG, None)


def test_a_form_is_told_where_something_below_it_is() -> None:
    page = companion("# T\n\n## Mixing\n\nx y\n\n## Examples\n\n### Default bowl\n\n```\nx\n```\n\n## Notes\n\ny\n")
    assert "- [Mixing]\n- [Examples] — Default bowl\n\n" in page


def test_a_sentence_that_goes_on_is_told_by_itself() -> None:
    assert "\nYou can bake it, too. ([T])\n" in companion("# T\n\nBut you can bake it, too.\n")


def test_the_last_section_of_the_titles_level_is_told() -> None:
    page = companion("## T\n\nx y z.\n\n### Bowls\n\none two three\n\n## All of it together\n\none two three\n")
    assert "  - [Bowls]\n" in page or "- [Bowls]\n- [All of it together]\n" in page
    assert "[All of it together]\n" in page


def test_code_from_other_files_has_no_length() -> None:
    mixed = "```rust\n{{#include a.rs}}\n```\n\n```rust\nfn main() {}\n```\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    page = companion(f"# T\n\n## Mix\n\n{mixed}\n## Bake\n\n{mixed}")
    assert "- [Mix] — 2 code blocks; 1 table; defines function `main`\n" in page


def test_files_of_like_ends_are_told_apart() -> None:
    around = ALONE._replace(
        links_out=tuple(
            LinkOut(f"code/{number}/bowl/src/lib.rs", "", 1, image=False, is_source=False) for number in ("one", "two")
        )
    )
    text = "# T\n\n```rust\n{{#include ../code/one/bowl/src/lib.rs}}\n```\n\n"
    page = companion(text + text[5:].replace("one", "two"), around)
    assert "[one/bowl/src/lib.rs](../../code/one/bowl/src/lib.rs)" in page
    assert "[two/bowl/src/lib.rs](../../code/two/bowl/src/lib.rs)" in page


def test_a_file_of_many_labels_is_told_by_its_name() -> None:
    def told(*labels: str) -> str:
        links = tuple(LinkOut("spec.md", label, 1, image=False, is_source=True) for label in labels)
        return companion("# T\n\n## A\n\nx\n", ALONE._replace(links_out=links))

    assert "- → [Bowl](../../spec.md)" in told("Bowl", "Bowls of clay")
    assert "- → [spec.md](../../spec.md)" in told("Bowl", "Mug", "Cup")
    assert "- → [spec.md](../../spec.md)" in told("this section")


def test_a_description_is_told_once() -> None:
    meta = "---\ndescription: All on bowls.\n---\n"
    assert companion(f"{meta}# T\n\n- x\n").count("All on bowls") == 1
    assert companion(f"{meta}# T\n\nMugs have a handle each.\n").count("All on bowls") == 1


def test_a_video_is_no_image() -> None:
    around = ALONE._replace(
        links_out=tuple(LinkOut(name, "", 1, image=True, is_source=False) for name in ("a.png", "b.mp4"))
    )
    page = companion("# T\n\n![a](a.png) ![b](b.mp4)\n", around)
    assert "- Image [a.png](../../a.png) ([T])\n- Video [b.mp4](../../b.mp4) ([T])\n" in page


def test_a_host_stands_where_the_reference_does() -> None:
    page = companion("# T\n\n## Mix\n\nSee [it][it].\n\n## Bake\n\nx\n\n[it]: https://docs.python.org/3/\n")
    assert "- External hosts: `docs.python.org` ([Mix])\n" in page


def test_a_table_of_contents_in_one_section_says_once_how_many_it_leads_to() -> None:
    def linked(*sections: int) -> str:
        links = tuple(LinkOut(f"{n}.md", f"{n}", n, image=False, is_source=True) for n in sections)
        config = CONFIG
        document = markdown.parse("# T\n\n## A\n\nx\n\n## B\n\nx\n")
        sections_of = outline.section_facts(document, host_anchors("github", document))
        told = outline.outline(document, "SUMMARY.md", 9, {}, sections_of)
        whole = facts()._replace(outline=told, samples=(), links=(), evidence=(), keywords=())
        return documentation.documentation("SUMMARY.md", whole, ALONE._replace(links_out=links), config, None)

    assert "## Cross-References" not in linked(1)
    assert "- → 1 file from [A]" in linked(2, 3)


def test_nodes_of_one_name_are_told_apart() -> None:
    links = tuple(
        LinkOut(path, "", 1, image=False, is_source=True)
        for path in ("de/use/index.md", "en/use/index.md", "en/mix/index.md")
    )
    page = companion("# T\n\nx\n", ALONE._replace(links_out=links))
    assert re.findall(r'--> n\w+\["(.*?)"\]', page) == ["de/use/index.md", "en/use/index.md", "mix/index.md"]


def test_a_section_without_measures_is_not_analysed() -> None:
    page = companion("# T\n\n## Import `it`\n\n{* ../src/a.py *}\n\n## Use `it`\n\n{* ../src/a.py *}\n")
    assert "## Detailed Analysis" not in page
    assert "- Transcludes `../src/a.py` ([Import it], [Use it])\n" in page


def test_what_is_below_the_last_level_is_named_in_its_line() -> None:
    deep = "".join(f"## S{n}\n\none two\n\n### D{n}\n\none two\n\n### E{n}\n\none two\n\n" for n in range(12))
    page = companion(f"# T\n\n{deep}")
    assert "- [S0] — D0, E0\n- [S1] — D1, E1\n" in page
    assert "[D0]" not in page


def test_sections_beyond_the_outline_are_named() -> None:
    page = companion("# T\n\n" + "".join(f"## S{n}\n\none two\n\n" for n in range(23)))
    assert "- [S19]\n- 3 further sections — S20, S21, S22\n" in page


def test_empty_sections_and_numbered_examples_are_not_told() -> None:
    page = companion(
        "# T\n\n## Mixing\n\nx y\n\n## Baking\n\nNone.\n\n## Example 1\n\n```\nx\n```\n\n## Eating\n\nx y\n"
    )
    assert "- [Mixing]\n- [Eating]\n\n" in page


def test_the_head_of_a_page_is_not_said_again() -> None:
    text = "# T\n\nCaching pays off in most of the cases.\n\n## A\n\nCaching costs memory in all of the cases.\n"
    document = markdown.parse(text)
    page = companion(text, said=evidence.evidence(document))
    assert page.count("Caching pays off") == 1
    assert "- caching: Caching costs memory in all of the cases. ([A])" in page


def test_a_description_that_the_text_repeats_is_not_told_twice() -> None:
    text = "---\ndescription: Bakes `bread` at home. It takes a day.\n---\n# T\n\nBakes bread at home.\n"
    page = companion(text)
    assert "- Description:" not in page
    assert "\nBakes bread at home. ([T])\n" in page
    assert "\nIt takes a day.\n" in page


def test_records_of_one_form_have_no_keys() -> None:
    form = "```yaml\nType: {0}\nDefault value: {0}\n```\n\n"
    page = companion("# T\n\n" + "".join(form.format(n) for n in range(3)))
    assert "## Code Patterns" not in page
    page = companion("# T\n\n" + "".join(form.format(n) for n in range(2)))
    assert "keys `Type`, `Default value`" in page


def test_a_table_of_contents_counts_what_it_lists() -> None:
    listed = tuple(LinkOut(f"docs/{n}.md", f"{n}", 1 + n % 2, False, True) for n in range(9))
    text = "# T\n\n## A\n\nx y\n"
    document = markdown.parse(text)
    found = facts()._replace(
        outline=outline.outline(
            document, "docs/SUMMARY.md", 9, {}, outline.section_facts(document, host_anchors("github", document))
        ),
        samples=(),
        evidence=(),
    )
    page = documentation.documentation("docs/SUMMARY.md", found, ALONE._replace(links_out=listed), CONFIG, None)
    assert "- → 5 files from [T]\n- → 4 files from [A]\n" in page
    assert "```mermaid" not in page
    assert "Index: leads to 9 documents" in page


def test_an_address_in_front_matter_is_whole_or_left_out() -> None:
    address = f"https://example.org/{'a' * 100}?b=c"
    assert f"`page` `{address}`" in companion(f"---\npage: {address}\n---\n# T\n")
    assert "Front matter" not in companion(f"---\npage: {address}{'a' * 100}\n---\n# T\n")


def test_concepts_that_few_documents_share_are_joined_by_those_of_the_others() -> None:
    base = brief(PATH, facts())
    named = (("a", "x", "y"), ("b", "x"), ("c", "z", "w"), ("d", "v"))
    documents = tuple(base._replace(path=f"docs/{name}.md", title=name, concepts=tuple(rest)) for name, *rest in named)
    folder = Folder("docs", (), documents, (), (("docs/d.md", 3), ("docs/c.md", 1)))
    page = folder_documentation.folder_documentation(folder, CONFIG)
    assert re.findall(r"(?m)^- (\w): \[", page) == ["x", "v", "z"]


def test_letters_share_a_line_up_to_one_with_several_pages() -> None:
    page = a_z.overview(CONFIG, ("a", "b", "ca", "cb", "d", "e"))
    rows = [re.findall(r"\[(\w+)\]", line) for line in page.splitlines() if line.startswith("- ")]
    assert rows == [["A", "B"], ["Ca", "Cb"], ["D", "E"]]


def test_what_a_folder_without_readme_holds() -> None:
    base = brief(PATH, facts())
    documents = tuple(base._replace(path=f"docs/{n}.md", title=f"Page {n}") for n in range(7))
    folder = Folder("docs", (), documents, (), ())
    assert folder_documentation.in_short(folder, ()) == "Page 0, Page 1, Page 2, Page 3, Page 4 and 2 more"
    assert folder_documentation.in_short(folder._replace(documents=()), ("a", "b")) == "a, b"
    index = base._replace(path="docs/index.md", title="Docs", description="")
    assert folder_documentation.in_short(folder._replace(documents=(index, documents[0])), ()) == "Page 0"
    named = index._replace(title="All the pages")
    assert (
        folder_documentation.in_short(folder._replace(documents=(named, documents[0])), ()) == "All the pages: Page 0"
    )
    told = index._replace(description="What there is.")
    assert folder_documentation.in_short(folder._replace(documents=(told, documents[0])), ()) == "What there is."


def test_images_of_a_section_stand_on_one_line() -> None:
    shown = tuple(LinkOut(f"docs/{name}.png", "", at, True, False) for name, at in (("b", 2), ("a", 1), ("c", 2)))
    page = companion("# T\n\n## A\n\nx\n\n## B\n\ny\n", ALONE._replace(links_out=shown))
    found = re.findall(r"- Images? .*", page.replace("../../docs/", ""))
    assert found == ["- Image [a.png](a.png) ([T])", "- Images [b.png](b.png), [c.png](c.png) ([A])"]


def test_hosts_of_boilerplate_are_left_out() -> None:
    page = companion("# T\n\nSee [x](https://a.org/).\n\n## CommonParameters\n\nSee [y](https://b.org/).\n")
    assert "`a.org`" in page
    assert "b.org" not in page


def test_many_links_to_a_host_are_rounded() -> None:
    for number in (257, 258):
        text = "# T\n\n" + "".join(f"[x](https://a.org/{n}) " for n in range(number))
        assert "- External hosts: `a.org` (300)\n" in companion(text)
    assert "`a.org` (2)\n" in companion("# T\n\n[x](https://a.org/1) [x](https://a.org/2)\n")


def test_embedded_source_is_whole() -> None:
    text = (GOLDEN / "setup.md").read_text(encoding="utf-8")
    page = documentation.documentation(PATH, facts(), AROUND, CONFIG, text)
    assert f"````markdown\n{text}````\n" in page


def test_pages_that_are_not_wanted_are_not_linked() -> None:
    bare = CONFIG._replace(pages=("keywords",))
    page = keyword_index.keyword_index(PATH, facts(), bare)
    assert "_docs.md" not in page
    assert "index.md" not in page


if __name__ == "__main__":
    for page_name, page_text in pages().items():
        (GOLDEN / f"expected_{page_name}").write_text(page_text, encoding="utf-8")
