"""What must hold for any input: nothing raises, facts survive the store, and pages can always be rendered."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kwlint.config import Config
from kwlint.engine import facts_codec, source_summary
from kwlint.engine.json_rows import unpacked
from kwlint.facts.gather import gather
from kwlint.flavours import Flavours
from kwlint.model.context import Posting
from kwlint.pages import a_z, documentation, keyword_index
from kwlint.repo import snapshot
from kwlint.repo.page_marker import read_marker
from kwlint.rules.registry import source_problems

PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "```", "~~~py\n", "`", "``", "*", "**", "_", "[",
        "]", "(", ")", "![", "](", "<", ">", "<!--", "-->", "<a id='", "|", "| - | - |\n", "---\n", "===\n", "+++\n",
        ":::", "{", "}", "{#x}", "{{", "}}", "{%", "[^1]", "[^1]: ", "[x]: ", "&amp;", "&#0;", "\\", "\x00", "\r",
        "\r\n", "\ufeff", "é", "日本語", "İ", "\u202e", "http://", "www.", "a@b.c", "$", "$$", "key: value\n", "word",
        "The cat ", "sudo rm", "import os\n", "--flag", "$HOME", "snake_case", "CamelCase", "API", "kwlint-disable",
        "#anchor",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)
PATHS = st.sampled_from(["a.md", "docs/ü/b c.md", "x/`y`/[z](w).md", "docs/-->.md", "zh/index.md"])
CONFIG = Config()


def laws(path: str, data: bytes) -> None:
    facts = gather(path, data, CONFIG, Flavours().of(path))
    assert facts_codec.decode_facts(facts_codec.encode_facts(facts)) == facts
    small = source_summary.summarise(path, facts, CONFIG)
    postings = [(term, Posting(path, *unpacked(row))) for term, row in small.postings]
    assert postings == list(a_z.postings(path, facts))
    link_data = source_summary.decode_link_data(small.links)
    assert link_data.links == facts.links
    assert list(link_data.problems) == source_problems(path, facts)
    for keyword in facts.keywords:
        assert keyword.text.strip()
        assert 1 <= len(keyword.sections) <= 5
        assert all(index < len(facts.outline.sections) for index in keyword.sections)
    for page in (
        keyword_index.render(path, facts, CONFIG),
        documentation.render(path, facts, CONFIG),
    ):
        if not page:  # a small document has none
            continue
        assert read_marker(page.partition("\n")[0]) is not None
        assert page.endswith("\n")
        assert "\r" not in page
        page.encode()


@settings(max_examples=150, deadline=None)
@given(PATHS, TEXTS)
@example("a.md", "---\na: &a [*a, *a]\n---\n")
@example("a.md", "---\nx: !!python/object/apply:os.system [ls]\n---\n# T\n")
@example("a.md", "---\ndate: 9999-99-99\nn: 1e999999\n---\n")
def test_any_text(path: str, text: str) -> None:
    laws(path, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    laws("a.md", data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 5000,
        b"\xff\xfe# \x00T\x00",
        b"#" * 20000,
        b"[" * 20000,
        b"](" * 20000,
        b"> " * 5000 + b"x",
        b"- " * 5000 + b"x",
        b"*_" * 10000,
        b"`" * 20000,
        b"<" * 20000,
        b"|" * 20000,
        b"a" * 200000,
        b"a_b " * 30000,
        b"A" * 30000 + b"b" * 30000,
        "é́".encode() * 20000,
        b"&" * 20000,
        b"!" * 20000 + b"[x](y)",
        b"\\" * 20000,
        b"\n" * 50000,
        b"x\n===\n" * 5000,
        b"- a\n" * 10000,
        b"word, " * 30000,
        b"::: a\n" * 5000,
        b"---\n" * 10000,
        b"$" * 20000,
    ],
    ids=lambda data: repr(data[:8]),
)
def test_odd_shapes(data: bytes) -> None:
    laws("a.md", data)


REPEATED = (
    "[", "]", "![", "[a](", "[a](b)", "[a][b]", "[a]: b\n", "[^a]: b\n\n", "[^a]", "`", "`a``b```", "*", "*a",
    "**a ", "_a", "*a **b c** d*", "<", "<a ", "<!--", "<a id='x'>", "&", "&amp;", "\\", "> ", "> a\nb\n", "- a\n",
    "- a\n  - b\n", "#", "\t", "## A\n\n", "# A {#a}\n", "```\n", "```py\nimport a\n```\n", "~~a~~ ", "$a$", "|",
    "| a | b |\n|---|---|\n", "a\n===\n", "<div>\n\n", "{{", "{% ", ":::a\n", "!!! a\n    ", "word ",
    "The cat sat. ", "a, ", "a.b.", "a-b-", "a*a-b-", "a/b/", "--flag ", "$HOME ", "snake_case_", "CamelCase",
    "API (Application Programming Interface) ", "of the ", "Plug and play ", "http://a.b/ ", "日本", "ソフト", "(",
    "<details>\n", "- [ ] a\n", "term\n: def\n", "key: value\n", "\u202e", "\x00", "é ",
)  # fmt: skip


def operations(text: str) -> int:
    """How many calls it takes to read a document and to make its pages: the same on every machine, unlike seconds."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        facts = gather("a.md", text.encode(), CONFIG, Flavours().of("a.md"))
        keyword_index.render("a.md", facts, CONFIG)
        documentation.render("a.md", facts, CONFIG)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_twice_the_text_takes_at_most_two_and_a_half_times_the_operations(piece: str) -> None:
    operations(piece * 50)  # what is made on first use
    size = 6_000 // len(piece)
    assert operations(piece * 2 * size) <= 2.5 * operations(piece * size) + 500


record = st.tuples(st.sampled_from((b"1", b"2", b"22")), st.sampled_from((b"a", b"b", b"ab", b"c", b"a b"))).map(
    b" ".join
)


@given(st.lists(record, unique_by=lambda one: one.partition(b" ")[2]), st.data())
def test_difference_is_that_of_the_records(before: list[bytes], data: st.DataObject) -> None:
    after = data.draw(st.lists(record, unique_by=lambda one: one.partition(b" ")[2]))
    found = snapshot.difference(b"\0".join(before), b"\0".join(after))
    was, now = (dict((*one.partition(b" ")[::2][::-1],) for one in records) for records in (before, after))
    moved = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    assert found.all == {path.decode() for path in moved}
    assert found.added == {path.decode() for path in now.keys() - was.keys()}
    assert found.removed == {path.decode() for path in was.keys() - now.keys()}
