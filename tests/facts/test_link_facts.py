from __future__ import annotations

import pytest

from kwlint.facts import links
from kwlint.flavours.base import Flavour
from kwlint.flavours.docfx import DocFx
from kwlint.flavours.github import GitHub
from kwlint.flavours.mdbook import MdBook
from kwlint.flavours.mkdocs import Layout, MkDocs
from kwlint.markdown import parse
from kwlint.model.problem import Suppression
from kwlint.text.encoding import decode

GITHUB = GitHub()


def notes(text: str | bytes, flavour: Flavour = GITHUB) -> list[tuple[str, int, int, str, str | None]]:
    decoded = decode(text if isinstance(text, bytes) else text.encode())
    document = parse(decoded.text, flavour.dialect)
    return [(n.code, n.line, n.column, n.message, n.replacement) for n in links.notes(document, decoded, flavour)]


def names(text: str, flavour: Flavour = GITHUB) -> list[str]:
    return [anchor.name for anchor in links.anchors(parse(text, flavour.dialect), flavour, {})]


def test_links_have_line_and_column_of_the_target() -> None:
    facts = links.links(parse("# T\n\nsee [a](x.md#y) and\n![b](<i j.png>)\n\n[r]: z.md\n"))
    assert [(f.kind, f.target, f.line, f.column, f.end_line, f.end_column, f.image) for f in facts] == [
        ("inline", "x.md#y", 3, 9, 3, 15, False),
        ("inline", "i j.png", 4, 7, 4, 14, True),
        ("definition", "z.md", 6, 6, 6, 10, False),
    ]


def test_a_definition_that_only_images_use_is_one_of_an_image() -> None:
    text = "![a] ![b] [b] [c]\n\n[a]: a.png\n[b]: b.png\n[c]: c.png\n[d]: d.png\n"
    found = links.links(parse(text))
    assert [fact.target for fact in found if fact.kind == "definition" and fact.image] == ["a.png"]


def test_hosts_of_ones_own_and_of_examples_are_not_external() -> None:
    names = "localhost:80 127.0.0.1 0.0.0.0:8000 [::1]:80 example.org www.example.com a.test b.invalid examples.org"
    text = " ".join(f"[x](http://{name}/)" for name in names.split())
    assert links.hosts(parse(text)) == (("examples.org", 1),)


def test_hosts_count_where_a_link_is_used() -> None:
    text = "[a](https://b.org/x) [c](https://B.org:80/) [d][r] <https://u@c.org/>\n\n[r]: http://a.org\n"
    assert links.hosts(parse(text)) == (("b.org", 2), ("a.org", 1), ("c.org", 1))


# --- KW106


def test_a_reference_without_definition() -> None:
    text = "see [the guide][guides] and [other][]\n\n[guide]: x.md\n"
    assert notes(text) == [
        ("KW106", 1, 17, 'no definition for "guides"', "guide"),
        ("KW106", 1, 30, 'no definition for "other"', None),
    ]


@pytest.mark.parametrize(
    "text",
    ["a[i][j] = 1", "values[0][1]", "see [1][2]", "- [ ] todo", "[x][ ]", "Dict[str][int]", "`[a][b]`", "[a][std::x]",
     "f(x)[a][b]", "text [alone]", "[![x](y)][]", "<code>[text, <b>c</b>][]</code>",
     "- [ ][done](x.md)"],
)  # fmt: skip
def test_brackets_that_are_no_reference(text: str) -> None:
    assert [note for note in notes(text) if note[0] == "KW106"] == []


def test_a_plugin_may_resolve_references() -> None:
    flavour = MkDocs("docs", "", layout=Layout(autorefs=True))
    assert notes("[x][pkg.Class]", flavour) == []


# --- KW107


def test_two_definitions_of_one_label() -> None:
    text = "[a] [A]\n\n[a]: x.md\n[A]: y.md\n"
    assert notes(text) == [("KW107", 4, 6, '"a" is defined on line 3 already', None)]


def test_the_same_definition_twice_does_no_harm() -> None:
    assert notes("[a]\n\n[a]: x.md\n[a]: x.md\n\n[//]: # (one)\n[//]: # (two)\n") == []


def test_two_places_with_one_id() -> None:
    text = '<a id="x"></a>\n\ntext <a name="x"></a>\n'
    assert notes(text) == [("KW107", 3, 15, 'id "x" is given on line 1 already', None)]


@pytest.mark.parametrize(
    "text",
    ['<a id="x" name="x"></a>', '<input name="a"> <input name="a">', "# A\n\n# A\n", "# A {#x}\n\n# B {#x}\n",
     '::: moniker range="a"\n<a id="x"></a>\n::: moniker-end\n::: moniker range="b"\n<a id="x"></a>\n',
     '::: {.content-visible when-profile="a"}\n<a id="x"></a>\n:::\n\n<a id="x"></a>\n'],
)  # fmt: skip
def test_ids_that_are_no_doubles(text: str) -> None:
    assert notes(text) == []


def test_custom_ids_where_the_flavour_has_them() -> None:
    message = 'id "x" is given on line 1 already'
    assert notes("# A {#x}\n\n# B {#x}\n", MdBook("src")) == [("KW107", 3, 7, message, None)]


# --- KW202, KW201


def test_an_open_fence() -> None:
    text = "a\n\n```py\nx\n\n# no heading\n"
    assert notes(text) == [("KW202", 3, 1, "code fence is never closed", None)]
    assert names(text) == []
    assert notes("```\nx\n```\n\n    indented\n") == []


def test_bytes_that_are_not_utf8() -> None:
    assert notes(b"# T\n\ncaf\xe9 au lait\n") == [("KW201", 3, 4, "not UTF-8: 0xe9 (invalid continuation byte)", None)]


def test_text_that_was_decoded_wrong() -> None:
    assert notes("cafÃ© â†’ ðŸš€ “okâ€™\n") == [
        ("KW201", 1, 4, '"Ã©" was "é"', "é"),
        ("KW201", 1, 7, '"â†’" was "→"', "→"),
        ("KW201", 1, 11, '"ðŸš€" was "🚀"', "🚀"),
        ("KW201", 1, 19, '"â€™" was "’"', "’"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Café “très”… déjà» vu", "“AMANHÔ", "ESPAÑA “Ñ”", "`â†’` in code", "```\nÃ©\n```\n", "naïve Ångström – Ä",
     "Привет мир", "日本語", "SÃO PAULO", "a § b", "100 €", "“é”—"],
)  # fmt: skip
def test_text_that_is_right(text: str) -> None:
    assert notes(text) == []


# --- anchors


def test_anchors_of_a_plain_host() -> None:
    html = '<a name="n"></a> <div id="d"></div> <input name="no">'
    text = f"# A `b` *c*\n\n## A b c\n\nSetext\n---\n\n{html}\n\nx[^f]\n\n[^f]: note\n"
    assert names(text)[:5] == ["a-b-c", "a-b-c-1", "setext", "n", "d"]
    assert "no" not in names(text)
    assert "fn-f" in names(text)


def test_a_name_before_a_title_replaces_its_id_in_docfx() -> None:
    assert names('# <a name="x"></a>Title\n\n# Other\n\n# `$$`\n', DocFx("")) == ["x", "other", "section"]


def test_custom_ids_replace_made_ones() -> None:
    assert names("# A {#x .y}\n\n# B\n\n# A\n", MdBook("")) == ["x", "b", "a"]


# --- suppressions


def test_suppressions() -> None:
    text = (
        "<!-- kwlint-disable-next-line KW101, KW102 -->\na\n\n<!-- kwlint-disable KW1 -->\nb\n\n"
        "<!-- kwlint-enable -->\n\nc <!-- kwlint-disable-line -->\n\n<!-- kwlint-disable -->\n"
    )
    assert links.suppressions(parse(text)) == (
        Suppression(2, 2, ("KW101", "KW102")),
        Suppression(4, 7, ("KW1",)),
        Suppression(9, 9, ()),
        Suppression(11, 12, ()),
    )


def test_enabling_some_codes_leaves_the_others_off() -> None:
    text = "<!-- kwlint-disable KW101 KW102 -->\n\n<!-- kwlint-enable KW101 -->\n\nx\n"
    assert links.suppressions(parse(text)) == (Suppression(1, 3, ("KW101",)), Suppression(1, 6, ("KW102",)))


def test_a_comment_in_code_suppresses_nothing() -> None:
    assert links.suppressions(parse("```\n<!-- kwlint-disable -->\n```\n")) == ()


LONG = ["[a][b]" * 20_000, "Ã©" * 50_000, '<a id="x">' * 10_000, "[a]: b\n\n" * 10_000, "# a\n" * 20_000]


@pytest.mark.parametrize("text", LONG)
def test_facts_of_a_text_that_repeats_itself(text: str) -> None:
    document = parse(text)
    notes = links.notes(document, decode(text.encode()), GITHUB)
    assert all(text[note.start : note.end] == note.target for note in notes)
    assert all(text[link.start : link.end] == link.target for link in links.links(document))
    names = [anchor.name for anchor in links.anchors(document, GITHUB, {})]
    assert len(names) == len(set(names)) == text.count("# a") + ('id="x"' in text)


def test_html_ends_where_the_generator_says() -> None:
    from kwlint.flavours.jekyll import Jekyll

    text = "<div>\nx\n</div>\n```\ncode\n\nmore\n```\n"
    assert [note[0] for note in notes(text)] == ["KW202"]
    assert notes(text, Jekyll("")) == []


def test_labels_that_a_template_defines() -> None:
    assert notes("[a][#1] [b][x]\n\n[#1]: {{ url }}/1\n[x]: {% link x %}\n") == []
    assert notes("[a][#1]\n\n{% for i in x %}\n[#{{ i }}]: {{ url }}\n{% endfor %}\n") == []
