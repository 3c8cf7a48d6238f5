"""Defects that one document shows by itself."""

from __future__ import annotations

import pytest

from kwlint.facts.defects import defects
from kwlint.flavours.base import Flavour
from kwlint.flavours.github import GitHub
from kwlint.flavours.jekyll import Jekyll
from kwlint.flavours.mdbook import MdBook
from kwlint.flavours.mkdocs import Layout, MkDocs
from kwlint.markdown import parse
from kwlint.model.facts import Defect
from kwlint.text.encoding import decode

GITHUB = GitHub()


def defects_of(text: str | bytes, flavour: Flavour = GITHUB) -> tuple[Defect, ...]:
    decoded = decode(text if isinstance(text, bytes) else text.encode())
    return defects(parse(decoded.text, flavour.dialect), decoded, flavour)


def brief(text: str | bytes, flavour: Flavour = GITHUB) -> list[tuple[str, int, int, str, int]]:
    """Return kind, line, column, detail and first line of each defect."""
    return [(one.kind, one.line, one.column, one.detail, one.first_line) for one in defects_of(text, flavour)]


# --- references


def test_references_without_a_definition() -> None:
    assert brief("see [the guide][guides] and [other][]\n\n[guide]: x.md\n") == [
        ("undefined-reference", 1, 17, "guides", 0),
        ("undefined-reference", 1, 30, "other", 0),
    ]


@pytest.mark.parametrize(
    "text",
    ["a[i][j] = 1", "values[0][1]", "see [1][2]", "- [ ] todo", "[x][ ]", "Dict[str][int]", "`[a][b]`", "[a][std::x]",
     "f(x)[a][b]", "text [alone]", "[![x](y)][]", "<code>[text, <b>c</b>][]</code>",
     "- [ ][done](x.md)"],
)  # fmt: skip
def test_brackets_that_are_not_references(text: str) -> None:
    assert brief(text) == []


def test_a_plugin_may_resolve_references() -> None:
    flavour = MkDocs("docs", "", layout=Layout(autorefs=True))
    assert brief("[x][pkg.Class]", flavour) == []


def test_labels_that_a_template_defines() -> None:
    assert brief("[a][#1] [b][x]\n\n[#1]: {{ url }}/1\n[x]: {% link x %}\n") == []
    assert brief("[a][#1]\n\n{% for i in x %}\n[#{{ i }}]: {{ url }}\n{% endfor %}\n") == []


# --- duplicates


def test_two_definitions_of_one_label() -> None:
    text = "[a] [A]\n\n[a]: x.md\n[A]: y.md\n"
    assert brief(text) == [("ignored-definition", 4, 6, "a", 3)]
    assert brief(text, MkDocs("docs", "")) == [("overriding-definition", 4, 6, "a", 3)]


def test_the_same_definition_twice_is_no_defect() -> None:
    assert brief("[a]\n\n[a]: x.md\n[a]: x.md\n\n[//]: # (one)\n[//]: # (two)\n") == []


def test_two_elements_with_one_id() -> None:
    assert brief('<a id="x"></a>\n\ntext <a name="x"></a>\n') == [("duplicate-id", 3, 15, "x", 1)]


@pytest.mark.parametrize(
    "text",
    ['<a id="x" name="x"></a>', '<input name="a"> <input name="a">', "# A\n\n# A\n", "# A {#x}\n\n# B {#x}\n",
     '::: moniker range="a"\n<a id="x"></a>\n::: moniker-end\n::: moniker range="b"\n<a id="x"></a>\n',
     '::: {.content-visible when-profile="a"}\n<a id="x"></a>\n:::\n\n<a id="x"></a>\n'],
)  # fmt: skip
def test_ids_that_are_not_duplicates(text: str) -> None:
    assert brief(text) == []


def test_custom_ids_of_headings_where_the_flavour_has_them() -> None:
    assert brief("# A {#x}\n\n# B {#x}\n", MdBook("src")) == [("duplicate-id", 3, 7, "x", 1)]


# --- fences


def test_a_fence_that_is_never_closed() -> None:
    assert brief("a\n\n```py\nx\n\n# no heading\n") == [("unclosed-fence", 3, 1, "", 0)]
    assert brief("```\nx\n```\n\n    indented\n") == []


def test_html_ends_where_the_generator_ends_it() -> None:
    text = "<div>\nx\n</div>\n```\ncode\n\nmore\n```\n"
    assert [one.kind for one in defects_of(text)] == ["unclosed-fence"]
    assert defects_of(text, Jekyll("")) == ()


# --- encoding


def test_bytes_that_are_not_utf8() -> None:
    detail = "not UTF-8: 0xe9 (invalid continuation byte)"
    assert brief(b"# T\n\ncaf\xe9 au lait\n") == [("undecodable", 3, 4, detail, 0)]


def test_text_decoded_with_a_wrong_encoding() -> None:
    assert [(one.column, one.text, one.detail) for one in defects_of("cafÃ© â†’ ðŸš€ “okâ€™\n")] == [
        (4, "Ã©", "é"),
        (7, "â†’", "→"),
        (11, "ðŸš€", "🚀"),
        (19, "â€™", "’"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Café “très”… déjà» vu", "“AMANHÔ", "ESPAÑA “Ñ”", "`â†’` in code", "```\nÃ©\n```\n", "naïve Ångström – Ä",
     "Привет мир", "日本語", "SÃO PAULO", "a § b", "100 €", "“é”—"],
)  # fmt: skip
def test_text_that_is_not_garbled(text: str) -> None:
    assert brief(text) == []


LONG = ["[a][b]" * 20_000, "Ã©" * 50_000, '<a id="x">' * 10_000, "[a]: b\n\n" * 10_000, "# a\n" * 20_000]


@pytest.mark.parametrize("text", LONG)
def test_each_defect_holds_the_text_at_its_position(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in defects_of(text))
