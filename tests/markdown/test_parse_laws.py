"""Properties of any Markdown: spans are correct, comrak agrees, time is linear, nothing raises."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paths import ROOT

from kwlint.markdown import parse
from kwlint.markdown.mentions import FORMS, mentions
from kwlint.model.document import Dialect, Document
from kwlint.text.encoding import decode

DIALECTS = (
    Dialect(),
    Dialect(admonitions=True, attributes=True, templates="jinja"),
    Dialect(directives=True),
    Dialect(wikilinks=True),
    Dialect(templates="mdbook"),
    Dialect(templates="liquid", attributes=True),
    Dialect(mdx=True),
    Dialect(docfx=True, math=False),
    Dialect(True, True, True, True, "hugo", False, True, True),
    *(Dialect(mentions=kind) for kind in FORMS),
)


def _judge() -> ModuleType:
    path = ROOT / "benchmarks" / "judge_parser.py"
    spec = importlib.util.spec_from_file_location("judge_parser", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


JUDGE = _judge()

# --- documents


INLINES = (
    "word", "é 😀", "*em*", "**strong**", "`code`", "`` a`b ``", "[text](url.md)", "[t](<a b.md> 'T')", "![alt](i.png)",
    "[ref][r]", "[r]", "[r][]", "[no][undefined]", "<https://x.y/z>", "<b>", "&amp;", "\\*", "[a *b* `c`](d#e)",
    "snake_case", "**", "_", "[", "]", "!", "(x)", "[a](b(c)d)", "note[^1]", "<a id='i' href='h.md'>", "</a>",
    "<!-- c -->",
)  # fmt: skip
inline = st.lists(st.sampled_from(INLINES), min_size=1, max_size=6).map(" ".join)
paragraph = st.lists(inline, min_size=1, max_size=3)
heading = st.tuples(st.integers(1, 6), inline).map(lambda made: [f"{'#' * made[0]} {made[1]}"])
setext = st.tuples(inline, st.sampled_from(("===", "---"))).map(list)
fence = st.tuples(
    st.sampled_from(("```", "~~~~")), st.sampled_from(("", "py", " c x")), st.lists(inline, max_size=2)
).map(lambda made: [made[0] + made[1], *made[2], made[0]])
code = inline.map(lambda made: ["", "    " + made, ""])
table = st.lists(st.tuples(inline, inline), min_size=1, max_size=3).map(
    lambda rows: [f"| {rows[0][0]} | {rows[0][1]} |", "|---|:-:|", *(f"| {a} | {b} |" for a, b in rows[1:])]
)
markup = st.sampled_from((["<div>", "<a href='x.md'>y</a>", "</div>"], ["<!-- a", "", "[no](no) -->"], ["***"]))
leaf = st.one_of(paragraph, heading, setext, fence, code, table, markup)


def _quoted(blocks: list[list[str]]) -> list[str]:
    return ["> " + line if line else ">" for line in _joined(blocks)]


def _listed(made: tuple[str, list[list[str]]]) -> list[str]:
    marker, blocks = made
    first, *rest = _joined(blocks)
    return [marker + first, *(" " * len(marker) + line if line else "" for line in rest)]


def _joined(blocks: list[list[str]]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines else block
    return lines or [""]


MARKERS = st.sampled_from(("- ", "* ", "1. ", "10) ", "-   "))
block = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(_quoted),
        st.tuples(st.sampled_from(("- ", "* ", "1. ", "10) ", "-   ")), st.lists(inner, min_size=1, max_size=3)).map(
            _listed
        ),
    ),
    max_leaves=5,
)
DEFINITIONS = "\n\n***\n\n[r]: target.md 'Title'\n\n[^1]: a [note](note.md)\n\n    more `of` it\n"
documents = st.lists(block, min_size=1, max_size=5).map(lambda blocks: "\n".join(_joined(blocks)) + DEFINITIONS)

SOUP = (
    "# h", "===", "---", "> ", "- ", "1. ", "   ", "    ", "\t", " ", "\n", "\n\n", "[a](b)", "![i](j)", "[r]",
    "[x][r]",
    "[r]: /u", "`c`", "```", "~~~", "```{note} x", "```{figure} a.png", ":::", ":::{note}", ":::note",
    "<a id='q' href=x>",
    "</a>", "<div>", "<!--", "-->", "<http://x.y>", "**", "*", "_", "~~", "é😀", "| a | b |", "|---|---|",
    "\\", "&amp;",
    "[^1]", "[^1]: n", "[[a|b]]", "{{ x }}", "{% y %}", "{#id}", "{: #i }", "$", "$$", '!!! note "t"', "??? x",
    '=== "a"',
    ':::image source="x":::', "[!INCLUDE [t](p)]", "import x from 'y'", "export const a", "{x}", '<A b={c} href="d">',
    "(t)=", "% c", ":name: z", "\0", "\ud800", "\ufdd0", "\x0b", "\x0c", "\x85", "\u2028", "\r", "^b", "{doc}`x <y>`",
    "٣. ", "<img srcset='a 1x, b 2x'>", '"', "'", "(", ")", "[", "]", "{", "}", "<", ">", "---\na: b\n---\n",
)  # fmt: skip
soups = st.lists(st.sampled_from(SOUP), max_size=25).map("".join)
PLAIN_SOUP = (
    "# h", "===", "---", "> ", "- ", "* ", "1. ", "2) ", "  ", "    ", "\t", "\n", "\n\n", "[a](b)", "[r]", "[x][r]",
    "`c`",
    "```", "~~~", "<div>", "<!-- c -->", "<http://x.y>", "**", "*", "_", "a", "é", "| a | b |", "|---|---|", "\\",
    "&amp;",
    "[", "]", "(", ")", "!", "+ ", "***", "text", "`", "\n- a\n  ", "b | c",
)  # fmt: skip
plain_soups = st.lists(st.sampled_from(PLAIN_SOUP), min_size=1, max_size=14).map("".join)


# --- laws


def _assert_spans(document: Document) -> None:
    text = document.text
    for facts in document[3:14]:
        for fact in facts:
            assert 0 <= fact.start <= fact.end <= len(text), fact
    assert "".join(text[section.start : section.end] for section in document.sections) == text
    for heading in document.headings:
        assert text[heading.start : heading.end] == heading.raw
        assert text[heading.block_start - 1 : heading.block_start] in ("", "\n")
    for comment in document.comments:
        assert text.startswith("<!--", comment.start)
    for span in document.code_spans:
        raw = text[span.start : span.end]
        assert "\n" in raw or "\\" in raw or span.text in (raw, raw[1:-1]), span
        assert text[span.start - 1] == "`"
    for link in document.links:
        raw = text[link.start : link.end]
        if link.kind != "reference" and not set("\\&\n") & set(raw):
            assert link.url in (raw, "mailto:" + raw), link
        if link.kind == "reference":
            assert "\n" in raw or " ".join(raw.split()).casefold() == link.label, link
        if link.kind == "inline":
            before = text[: link.start].rstrip(" \t\n>").removesuffix("<")
            assert before.endswith("(") or "\n" in text[max(link.start - 200, 0) : link.start], link
    for found in document.html_ids:
        raw = text[found.start : found.end]
        assert set("&\n") & set(raw) or raw == found.value, found
    for fence in document.fences:
        assert fence.start <= fence.content_start <= fence.content_end <= fence.end, fence
        if not fence.indented and fence.text.strip():
            assert fence.text.split("\n")[-2].strip() in text[fence.content_start : fence.content_end], fence
    for block in document.blocks:
        for mark in block.marks:
            assert 0 <= mark.start <= mark.end <= len(block.text), block
    for reference in document.undefined:
        assert (
            " ".join(text[reference.start : reference.end].split()).casefold() == reference.label
            or "\n" in text[reference.start : reference.end]
        )


@given(documents)
@settings(max_examples=200, deadline=None)
def test_spans_hold_the_text_of_their_items(text: str) -> None:
    _assert_spans(parse(text))


@given(soups, st.sampled_from(DIALECTS))
@settings(max_examples=600, deadline=None)
def test_any_dialect_parses_with_correct_spans(text: str, dialect: Dialect) -> None:
    document = parse(text, dialect)
    _assert_spans(document)
    assert document == parse(text, dialect)


@given(st.text(max_size=60), st.sampled_from(DIALECTS))
@settings(max_examples=200, deadline=None)
def test_any_text_parses(text: str, dialect: Dialect) -> None:
    _assert_spans(parse(text, dialect))


@given(documents)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_comrak_agrees_on_composed_documents(text: str) -> None:
    assert list(JUDGE.differences(text)) == []


@given(plain_soups)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_comrak_agrees_on_any_mixture(text: str) -> None:
    assume("[r]:" not in text and "![[" not in text and not ("![" in text and text.count("](") > 1))
    text += "\n\n***\n\n[r]: target.md\n"
    assert list(JUDGE.differences(text)) == []


@given(documents)
@settings(max_examples=100, deadline=None)
def test_line_ends_and_byte_order_mark_make_no_difference(text: str) -> None:
    document = parse(decode(text.encode()).text)
    assert parse(decode(text.replace("\n", "\r\n").encode("utf-8-sig")).text) == document
    assert parse(text.replace("\n", "\r")) == document


@given(documents)
@settings(max_examples=100, deadline=None)
def test_facts_of_a_quoted_document_are_those_of_the_document(text: str) -> None:
    """A block quote around the whole document moves its content to the right and changes nothing else."""
    quoted = "".join("> " + line for line in text.splitlines(keepends=True))
    inner, outer = parse(text), parse(quoted)
    assert [link[:3] for link in outer.links] == [link[:3] for link in inner.links]
    assert [(h.level, h.text) for h in outer.headings] == [(h.level, h.text) for h in inner.headings]
    assert [(b.kind, b.text, b.marks) for b in outer.blocks] == [(b.kind, b.text, b.marks) for b in inner.blocks]
    assert [(f.info, f.text, f.closed) for f in outer.fences] == [(f.info, f.text, f.closed) for f in inner.fences]
    for before, after in zip(inner.links, outer.links, strict=True):
        line = text.count("\n", 0, before.start) + 1
        assert after.start == before.start + 2 * line, (before, after)


# --- repetitive text (`benchmarks/growth.py` measures how the time grows)

REPEATED = (
    "[", "]", "![", "[a](", "[a](b)", "[a][b]", "`", "`a``b```", "*", "*a", "**a ", "_a", "*a_b ", "a*b* ",
    "*a **b c** d*", "<",
    "<a ", "<!--", "<a href='x'>", '<a href="', "&", "&amp;", "\\", ">", "> ", "- ", "\n", "a\n", "> a\n", "> a\nb\n",
    "- a\n",
    "- a\nb\n", "#", "\t", " ", "```\n", "~", "~~a~~ ", "$", "$a$", "$$a", "|", "| a | b |\n|---|---|\n", "a|b\n",
    "--|--\n",
    "a\n===\n", "[a]: b\n", '[a]: b "c\n', "[^a]: b\n", "[^a]", "<div>\n", "<div>\n\n", "<![CDATA[", "<?", "[a](<b",
    "[a](b(",
    '[a](b "', '<img srcset="a 1x, ', "<a\n", "---\na: b\n", "- ```\n", "> ```\na\n", "1) a\n\n", "](", "[[", "{{",
    "{% ", "{{ a }}",
    "!!! a\n    ", ":::a\n", "```{note}\n", "[[a", "{#", "{: ", "import {\n", "{a", "<A b={", ":::image ", "$$\n",
    "{doc}`",
)  # fmt: skip


@pytest.mark.parametrize("dialect", [DIALECTS[0], DIALECTS[8]])
def test_spans_are_correct_in_repetitive_text(dialect: Dialect) -> None:
    for piece in REPEATED:
        text = (piece * (30_000 // len(piece) + 1))[:30_000]
        document = parse(text, dialect)
        for found in (document.blocks, document.links, document.code_spans, document.fences, document.headings):
            assert all(0 <= one.start <= one.end <= len(text) for one in found)


NAMED = (
    "{{< ref a", '{{< relref "', "{{< figure src=", "{{< figure a ", "src=a ", "{{#include ", "{% link ",
    "{% post_url a", "{% include_relative a ", "<!-- @include: a", "<!--@include: a#", "<<< a.", "<<< a.b#",
    '--8<-- "a', "-8<-", "-", "{{< include ", "{{< embed a ", "import a from ", "import a  ", "import \n", "} from ",
    'import a from "./', "require('./", " ", "a",
)  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_named_files_are_correct_in_repetitive_text(kind: str) -> None:
    for start in ("", *NAMED[::2]):
        for piece in NAMED:
            text = start + (piece * (20_000 // len(piece) + 1))[:20_000]
            assert all(0 <= found.start < found.end <= len(text) for found in mentions(text, kind))


def test_deep_nesting_parses() -> None:
    for text in (
        "> " * 5_000 + "a",
        "".join("  " * depth + "- a\n" for depth in range(300)),
        "[" * 50_000 + "a" + "](b)" * 50_000,
    ):
        document = parse(text)
        _assert_spans(document)
    assert document.links[0].url == "b"
