"""The A–Z index: keys, lines, order and parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlint.config import Config
from kwlint.model.context import Posting
from kwlint.model.facts import Facts, Keyword, Outline, SectionFact
from kwlint.pages import a_z
from kwlint.pages.a_z import bucket, line, page, page_name, page_of, sort_key, split, stem
from kwlint.text.folding import fold

CONFIG = Config()
OUTLINE = Outline("", "", "", (), "", 0, (), "", 0, 0, 0, ())
FACTS = Facts(OUTLINE, (), (), (), (), (), (), (), ())


def posting(path: str, text: str = "hash table", **more: object) -> Posting:
    return Posting(path, text, "term", "", f"Title {path}", "", "", 2)._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spellings",
    [
        ("hash table", "Hash tables", "hash-table", "HASH_TABLES", "hash  table"),
        ("query", "Queries"),
        ("class", "classes", "Class"),
        ("status", "Status"),
        ("é", "e\u0301"),
        ("--flag", "--Flag"),
    ],
)
def test_spellings_of_one_keyword_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(text) for text in spellings}) == 1


def test_different_keywords_have_different_keys() -> None:
    words = ["bus", "but", "DNS", "DN", "analysis", "--flag", "flag", "C", "C++", "C#", "日本"]
    assert len({fold(word) for word in words}) == len(words)


def test_a_line_lists_the_best_documents_first_without_counts() -> None:
    rows = [posting(f"{letter}.md") for letter in "abcdefg"]
    rows[6] = rows[6]._replace(rank=0, section="Keys", anchor="keys")
    assert line(CONFIG, rows) == (
        "- **hash table**: [Title g.md › Keys](../g.md#keys), [Title a.md](../a.md), [Title b.md](../b.md)"
    )


def test_the_long_form_of_an_acronym_has_a_line_with_the_acronym() -> None:
    sections = (SectionFact(1, "Tools", "tools", 1, 9, 5, 0, 0, 0, 0),)
    facts = FACTS._replace(
        outline=FACTS.outline._replace(title="Kitchen", sections=sections),
        keywords=(
            Keyword("PIP", "acronym", (0,), "Package Installers", 2.0),
            Keyword("DRM", "acronym", (0,), "digital rights", 1.0),
            Keyword("Digital Rights", "term", (0,), "", 1.0),
        ),
    )
    lines = {key: line(CONFIG, [row]) for key, row in a_z.postings("a.md", facts)}
    link = "[Kitchen › Tools](../a.md#tools)"
    assert lines == {
        "pip": f"- **PIP** (Package Installers): {link}",
        "package installer": f"- **Package Installers** (PIP): {link}",
        "drm": f"- **DRM** (digital rights): {link}",
        "digital right": f"- **Digital Rights**: {link}",
    }


def test_documents_with_the_same_title_are_labelled_with_their_folders() -> None:
    rows = [posting(f"docs/{version}/x.md", title="Setup") for version in ("1.0", "2.0")]
    assert line(CONFIG, rows) == "- **hash table**: Setup [1.0](../docs/1.0/x.md) [2.0](../docs/2.0/x.md)"


def test_a_line_starts_with_the_most_common_spelling() -> None:
    rows = [posting("a.md", "Hash Tables"), posting("b.md"), posting("c.md"), posting("d.md", "--x", group="command")]
    assert line(CONFIG, rows).startswith("- **hash table**: ")
    assert line(CONFIG, rows[3:]).startswith("- `--x`: ")
    assert line(CONFIG, [posting("a.md", "PIP", expansion="Package Installer")]).startswith(
        "- **PIP** (Package Installer): "
    )


def test_letters_are_sorted_before_digits_and_symbols() -> None:
    keys = ["zeta", "élan", "--flag", "2fa", "あ", "$env", "漢字", "한글", "яблоко", "", "::"]
    assert sorted(keys, key=sort_key) == [
        "élan",
        "$env",
        "--flag",
        "zeta",
        "яблоко",
        "漢字",
        "2fa",
        "한글",
        "あ",
        "",
        "::",
    ]
    assert [bucket(key) for key in keys] == ["z", "e", "f", "D", "K", "e", "C", "H", "я", "S", "S"]


def test_file_names_of_parts_are_ascii() -> None:
    assert [page_name(name) for name in ("", "a", "ab", "D2", "C6f", "я", "яб", "S")] == [
        "",
        "a",
        "ab",
        "0-9-2",
        "cjk-6f",
        "u044f",
        "u044f-u0431",
        "symbols",
    ]


def test_the_index_is_split_when_one_page_is_full() -> None:
    assert split({"ab": a_z.PAGE_LIMIT - 1, "b": 1}) == ("",)
    assert split({"ab": a_z.PAGE_LIMIT, "b": 1}) == ("a", "b")
    assert split({"ab": a_z.PAGE_LIMIT, "ac": 1, "a": 5, "b": 1}) == ("a", "ab", "ac", "b")
    assert split({"a": 9 * a_z.PAGE_LIMIT}) == ("a",)
    assert split({"ab": a_z.PAGE_LIMIT, "m": 5, "q": 5, "z": 5, "D1": 5, "S": 5, "я": 5, "é": 5}) == (
        "a-k",
        "l-z",
        "-scripts",
        "-groups",
    )
    assert split({}) == ("",)


STEMS = st.text("abc", min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(STEMS, st.integers(1, a_z.PAGE_LIMIT)))
def test_every_keyword_is_on_one_part_and_no_part_is_too_large(sizes: dict[str, int]) -> None:
    buckets = split(sizes)
    held: dict[str, int] = dict.fromkeys(buckets, 0)
    for name, size in sizes.items():
        held[page_of(name, buckets)] += size
    assert all(total <= a_z.PAGE_LIMIT for total in held.values())
    assert sum(held.values()) == sum(sizes.values())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12))
def test_any_text_has_a_part(text: str) -> None:
    key = fold(text)
    assert fold(key) == fold(fold(key))
    assert 1 <= len(stem(key)) <= a_z.STEM + 1
    assert page_of(key, split({stem(key): 1})) == ""
    assert page_name(stem(key)).isascii()
    assert sort_key(key) == sort_key(key)


def test_a_page_never_exceeds_the_limit() -> None:
    entries = [(f"a{number}", "- " + "x" * 1000) for number in range(500)]
    text = page(CONFIG, "a", entries, ("a",))
    assert len(text.encode()) < 400_000
    assert text.endswith("\nMore keywords begin like this. Use `kwlint find` to look them up.\n")


@pytest.mark.parametrize(
    ("text", "title", "section", "rank"),
    [
        ("Histogram", "Histograms and summaries", "Overview", 0),
        ("histogram", "Histogram", "", 0),
        ("label", "Labelled things", "Overview", 2),
        ("counter", "Metric types", "Counters", 1),
        ("counter", "All about the counter", "Counter", 1),
        ("counter", "All about the counter", "Uses", 2),
        ("counter", "Metric types", "What a counter is", 3),
        ("counter", "Metric types", "Gauge", 4),
        ("counter", "Metric types", "See also", 5),
        ("-Counter", "Metric types", "CommonParameters", 5),
        ("type accelerator", "about_Type_Accelerators", "Uses", 2),
        ("Get-Counter", "Get-Counter", "Example 3", 0),
    ],
)
def test_the_rank_reflects_title_and_section(text: str, title: str, section: str, rank: int) -> None:
    sections = (SectionFact(1, title, "t", 1, 2, 9, 0, 0, 0, 0), SectionFact(2, section, "s", 3, 4, 9, 0, 0, 0, 0))
    outline = Outline(title, "", "", (), "", 0, (), "", 1, 1, 1, sections)
    keyword = Keyword(text, "term", (1 if section else 0,), "", 1.0)
    facts = Facts(outline, (), (), (), (), (keyword,), (), (), ())
    assert [posting.rank for _, posting in a_z.postings("a.md", facts)] == [rank]


def test_a_keyword_equal_to_the_title_links_to_the_whole_document() -> None:
    sections = (
        SectionFact(0, "", "", 1, 2, 9, 0, 0, 0, 0),
        SectionFact(1, "Get-Counter", "get-counter", 1, 2, 9, 0, 0, 0, 0),
        SectionFact(2, "Example 5", "example-5", 3, 4, 9, 0, 0, 0, 0),
    )
    keywords = (Keyword("Get-Counter", "command", (2, 1), "", 1.0), Keyword("counter", "term", (2,), "", 1.0))
    facts = FACTS._replace(outline=OUTLINE._replace(title="Get-Counter", sections=sections), keywords=keywords)
    sections_of = {row.text: (row.section, row.anchor) for _, row in a_z.postings("a.md", facts)}
    assert sections_of == {"Get-Counter": ("", "get-counter"), "counter": ("Example 5", "example-5")}
