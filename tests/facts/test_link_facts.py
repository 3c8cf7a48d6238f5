from __future__ import annotations

import pytest

from kwlint.facts import links
from kwlint.flavours.base import Flavour
from kwlint.flavours.docfx import DocFx
from kwlint.flavours.github import GitHub
from kwlint.flavours.mdbook import MdBook
from kwlint.markdown import parse

GITHUB = GitHub()


def names(text: str, flavour: Flavour = GITHUB) -> list[str]:
    return [anchor.name for anchor in links.anchors(parse(text, flavour.dialect), flavour, {})]


def test_links_have_line_and_column_of_the_target() -> None:
    facts = links.links(parse("# T\n\nsee [a](x.md#y) and\n![b](<i j.png>)\n\n[r]: z.md\n"))
    assert [(f.kind, f.target, f.line, f.column, f.end_line, f.end_column, f.image) for f in facts] == [
        ("inline", "x.md#y", 3, 9, 3, 15, False),
        ("inline", "i j.png", 4, 7, 4, 14, True),
        ("definition", "z.md", 6, 6, 6, 10, False),
    ]


def test_a_definition_used_only_by_images_is_an_image() -> None:
    text = "![a] ![b] [b] [c]\n\n[a]: a.png\n[b]: b.png\n[c]: c.png\n[d]: d.png\n"
    result = links.links(parse(text))
    assert [fact.target for fact in result if fact.kind == "definition" and fact.image] == ["a.png"]


def test_local_and_example_hosts_are_not_external() -> None:
    names = "localhost:80 127.0.0.1 0.0.0.0:8000 [::1]:80 example.org www.example.com a.test b.invalid examples.org"
    text = " ".join(f"[x](http://{name}/)" for name in names.split())
    assert links.hosts(parse(text)) == (("examples.org", 1),)


def test_a_definition_counts_once_per_reference() -> None:
    text = "[a](https://b.org/x) [c](https://B.org:80/) [d][r] <https://u@c.org/>\n\n[r]: http://a.org\n"
    assert links.hosts(parse(text)) == (("b.org", 2), ("a.org", 1), ("c.org", 1))


# --- anchors


def test_anchors_of_a_plain_host() -> None:
    html = '<a name="n"></a> <div id="d"></div> <input name="no">'
    text = f"# A `b` *c*\n\n## A b c\n\nSetext\n---\n\n{html}\n\nx[^f]\n\n[^f]: note\n"
    assert names(text)[:5] == ["a-b-c", "a-b-c-1", "setext", "n", "d"]
    assert "no" not in names(text)
    assert "fn-f" in names(text)


def test_a_name_before_a_title_replaces_its_id_in_docfx() -> None:
    assert names('# <a name="x"></a>Title\n\n# Other\n\n# `$$`\n', DocFx("")) == ["x", "other", "section"]


def test_custom_ids_replace_generated_ones() -> None:
    assert names("# A {#x .y}\n\n# B\n\n# A\n", MdBook("")) == ["x", "b", "a"]


LONG = ["[a][b]" * 20_000, "Ã©" * 50_000, '<a id="x">' * 10_000, "[a]: b\n\n" * 10_000, "# a\n" * 20_000]


@pytest.mark.parametrize("text", LONG)
def test_long_repetitive_text(text: str) -> None:
    document = parse(text)
    assert all(text[link.start : link.end] == link.target for link in links.links(document))
    names = [anchor.name for anchor in links.anchors(document, GITHUB, {})]
    assert len(names) == len(set(names)) == text.count("# a") + ('id="x"' in text)
