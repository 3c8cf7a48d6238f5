"""mdBook."""

from __future__ import annotations

from link_lab import check, repository

from kwlint.flavours import detect
from kwlint.links.resolve import resolve_link
from kwlint.model.facts import LinkFact

BOOK = {
    "README.md": "# Top",
    "book/book.toml": '[book]\n[output.html.redirect]\n"/old.html" = "intro.html"\n"away.html" = "https://x.org"\n',
    "book/src/SUMMARY.md": "",
    "book/src/README.md": "# Home",
    "book/src/intro.md": "# Über uns {.c}\n\n# Intro\n\n# Own {#own-id}\n\nA term\n: x\n",
    "book/src/sub/a.md": "# A",
    "book/src/sub/README.md": "# Sub",
    "book/listings/x.rs": "",
}


def test_mdbook() -> None:
    here = "book/src/sub/a.md"
    check(BOOK, {
        (here, "../intro.md#intro"): "book/src/intro.md",
        (here, "../intro.html#intro"): "book/src/intro.md",
        (here, "../intro.html#Über-uns"): "book/src/intro.md",
        (here, "../intro.html#own-id"): "book/src/intro.md",
        (here, "../intro.html#own"): "KW102",
        (here, "../intra.html"): "KW101",
        (here, "../Intro.html"): "KW103",
        (here, "../index.html"): "book/src/README.md",
        (here, "index.html#sub"): "book/src/sub/README.md",
        (here, "../old.html"): "book/src/intro.md",
        (here, "../away.html#any"): "",
        (here, "../print.html"): "",
        (here, "../../std/index.html"): "undecidable",
        (here, "/std/index.html"): "undecidable",
        (here, "../../listings/x.rs"): "book/listings/x.rs",
        (here, "../../gone.rs"): "KW101",
        ("README.md", "book/src/intro.md#über-uns"): "book/src/intro.md",
        ("README.md", "book/src/intro.md#INTRO"): "KW103",
        ("README.md", "book/src/intro.md#a-term"): "book/src/intro.md",
        ("README.md", "book/src/intro.html"): "KW101",
    })  # fmt: skip


def test_mdbook_leaves_names_of_a_preprocessor_undecided() -> None:
    files = {"book.toml": '[preprocessor.spec]\ncommand = "x"\n', "src/a.md": "# A\n", "src/b.md": ""}
    check(files, {
        ("src/b.md", "items.static"): "undecidable",
        ("src/b.md", "dynamic-sized.tail"): "undecidable",
        ("src/b.md", "std::vec::Vec"): "external",
        ("src/b.md", "a.md#r-items.static"): "undecidable",
        ("src/b.md", "a.md#gone"): "KW102",
        ("src/b.md", "gone.md"): "KW101",
        ("src/b.md", "../core/x.md"): "undecidable",
    })  # fmt: skip
    flavour = repository(files)[0].of("src/a.md")
    assert [flavour.may_define_label(label) for label in ("items.static", "Clone", "no-where", "two words")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_fix_of_the_letter_case_keeps_the_suffix_html() -> None:
    flavours, tree = repository(BOOK)
    fact = LinkFact("inline", "../Intro.html#intro", "../Intro.html#intro", "", 0, 0, 19, 1, 1, 1, 1, False, "", "")
    assert resolve_link("book/src/sub/a.md", fact, flavours, tree).replacement == "../intro.html#intro"


def test_documents_of_a_book_that_a_script_makes_are_read_as_the_host_and_the_book_do() -> None:
    files = {"book.toml": "[book]\n", "texts/a.md": "# Set up { #own }\n"}
    check(files, {
        ("texts/a.md", "#own"): "texts/a.md",
        ("texts/a.md", "#set-up--own-"): "texts/a.md",
        ("texts/a.md", "#gone"): "KW102",
        ("texts/a.md", "gone.md"): "KW101",
    })  # fmt: skip


def test_only_the_preprocessor_of_specifications_defines_labels() -> None:
    for name, expected in (("spec", True), ("figures", False)):
        book = detect(["book.toml", "src/a.md"], lambda _, n=name: f"[preprocessor.{n}]".encode()).of("src/a.md")
        assert book.may_define_label("Clone") is expected
