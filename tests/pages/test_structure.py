"""No document can change the structure of its pages, as parsed by GitHub's own parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlint.config import Config
from kwlint.model.context import Brief, Folder
from kwlint.model.facts import Evidence, Facts, Keyword, LinkFact, Outline, Sample, SectionFact
from kwlint.model.keyword_groups import GROUPS
from kwlint.pages import a_z, documentation, escape, folder_documentation, folder_index, keyword_index, start_page
from kwlint.pages.fence import fenced
from kwlint.repo.page_marker import read_marker

CONFIG = Config()
HEADINGS = {
    "File Information",
    "Keywords",
    "Keyword → Section Map",
    "File Metadata",
    "File Purpose",
    "Original Source",
    "High-Level Overview",
    "Detailed Analysis",
    "Architecture & Design",
    "Dependencies",
    "Code Patterns & Idioms",
    "Performance Considerations",
    "Security & Safety",
    "Testing & Usage",
    "Related Files",
    "Cross-References",
    "Folders",
    "Documents",
    "See also",
    "Role",
    "Contents",
    "Key Concepts",
    "Important Files",
    "How Its Documents Link",
    "Documents and Backlinks",
    *GROUPS.values(),
}
TAGS = {"h1", "h2", "h3", "p", "ul", "li", "a", "code", "pre", "strong"}


class Reader(HTMLParser):
    """The structure of a page, from the HTML that GitHub's parser makes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.targets: list[str] = []
        self.comments: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.text = ""
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))
            self._heading = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._heading:
            tag, text = self.headings[-1]
            self.headings[-1] = tag, text + data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "autolink", "strikethrough", "tasklist"]
    reader.feed(cmarkgfm.markdown_to_html_with_extensions(page, options=options, extensions=extensions))
    reader.close()
    return reader


def assert_sound(page: str, tables: int = 0, blocks: int = 0, letters: bool = False) -> Reader:
    """Assert that a page is well-formed and contains only the elements that kwlint writes."""
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert "\r" not in page
    page.encode("utf-8")
    assert read_marker(page.partition("\n")[0])
    reader = read(page)
    assert len(reader.comments) == 1
    assert set(reader.tags) <= TAGS
    assert [tag for tag, _ in reader.headings].count("h1") == 1
    if letters:
        assert all(
            len(text) == 1 or text in ("0–9", "Symbols", "漢字", "かな", "한글") for _, text in reader.headings[1:]
        )
    else:
        assert {text for _, text in reader.headings[1:]} <= HEADINGS
    assert reader.tags.count("table") == tables
    assert reader.tags.count("pre") == blocks
    for target in reader.targets:
        assert not re.match(r"(?!mailto:|xmpp:)[A-Za-z][\w+.-]*:", target), target
    return reader


# --- pages of one document ------------------------------------------------------------------------------------------


def facts_of(words: list[str]) -> Facts:
    """Facts in which each string from the document is one of `words`."""
    pick = (words[number % len(words)] for number in range(1000)).__next__
    sections = (
        SectionFact(0, "", "", 1, 2, 120, 0, 0, 1, 1),
        SectionFact(1, pick(), "one", 3, 9, 100, 1, 3, 0, 0),
        SectionFact(2, pick(), "two", 10, 20, 200, 1, 30, 1, 0),
        SectionFact(3, pick(), "three", 21, 30, 300, 0, 0, 0, 2),
    )
    outline = Outline(
        title=pick(),
        description=pick(),
        document_type="tutorial",
        document_type_signs=(pick(), pick()),
        summary=f"{pick()} {pick()}",
        summary_section=1,
        meta=((pick(), pick()), ("draft", "true")),
        language=pick(),
        size=12_345,
        lines=30,
        words=720,
        sections=sections,
    )
    sample = Sample(
        lang=pick(),
        section=2,
        line=12,
        lines=30,
        defines=(("function", pick()), ("key", pick()), ("idiom", "closures"), ("include", pick())),
        imports=(pick(), pick()),
        commands=(pick(), pick()),
        output=(pick(),),
        doctests=2,
    )
    evidence = (
        Evidence("performance", "speed", pick(), False, 1, 4),
        Evidence("security", "runs with sudo", pick(), True, 2, 12),
    )
    keywords = tuple(
        Keyword(pick(), group, (number % 4, (number + 1) % 4), pick(), 1.0 / (1 + number))
        for number, group in enumerate(GROUPS)
    )
    links = (
        link("[x](/a/b.md)", "/a/b.md", pick(), 1),
        link("x", "c.md", pick(), 2),
        link("x", "d.md", pick(), 2),
        link("x", pick(), pick(), 2),
        link("x", f"{pick()}.md", pick(), 2),
        link("x", pick(), pick(), 2, image=True),
    )
    return Facts(outline, links, (), (sample,), evidence, keywords, ((pick(), 3),), (), ())


def link(target: str, url: str, text: str, section: int, image: bool = False) -> LinkFact:
    return LinkFact("inline", target, url, text, section, 0, 1, 1, 1, 1, 2, image, "", "")


HOSTILE = [
    "`",
    "``` ```",
    "a | b",
    "x | `y | z` \\|",
    "[x](y) [z] ![i](j) [^1]",
    "]]: [a]: b",
    "*a* **b** _c_ __d__ ~~e~~",
    "<b>x</b><script>alert(1)</script>",
    "<!-- x",
    "--> y <!--",
    "&lt; &amp; &#35;",
    "# heading",
    "heading #",
    "- item",
    "1. item",
    "2) item",
    "> quote",
    "---",
    "===",
    "+ x",
    "| --- |",
    "line\nbreak\n\n# second\n",
    "tab\tand\x00nul\x1bescape",
    "\u202eright to left\u202c \u2066x\u2069",
    "@mention #123 !1 :smile: $x$ $$y$$",
    "https://example.org/a www.example.org x@example.org",
    "{{ x }} {% raw %} {# c #}",
    "```mermaid\ngraph LR\n",
    "\\",
    "a\\",
    "\ud800 lone",
    "    indented",
    "[ ] task",
    "x",
    "[x]",
    "%%{init: {}}%% end; --> b",
    "\"quoted\" 'single'",
    "ﬁ ß İ ǅ",
    "e\u0301 é",
    "日本語、テスト。",
    "a" * 3000,
    "`" * 300,
    "[" * 300,
]


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_string_changes_the_structure_of_a_page(word: str) -> None:
    check_own_pages([word, f"x{word}", f"{word}x"], word.replace("\n", " "))
    check_folder_pages([word, f"x{word}", f"{word}x"], word)


WORDS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=20), st.text("`|[]()<>!-#*_~\\&;:@$^={}\"'\n 1.a", max_size=12)
)
PATHS = st.text("ab.é #?%`|[]()<>!&;:\"'\\ -_*~\n", min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), PATHS)
def test_no_hostile_document_changes_the_structure_of_its_pages(words: list[str], path: str) -> None:
    check_own_pages(words, path)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), PATHS)
def test_no_hostile_document_changes_the_structure_of_folder_pages(words: list[str], path: str) -> None:
    check_folder_pages(words, path)


def check_own_pages(words: list[str], path: str) -> None:
    facts = facts_of(words)
    index = assert_sound(keyword_index.render(path, facts, CONFIG))
    assert index.tags.count("li") == 2 + len(facts.keywords) + 4
    page = documentation.render(path, facts, CONFIG)
    reader = assert_sound(page, blocks=1)
    bare = documentation.render(path, facts_of(["w"]), CONFIG)
    needs_text = {"High-Level Overview"} | ({"File Purpose"} if "" in map(escape.clean, words) else set())
    assert {text for _, text in reader.headings[1:]} >= {text for _, text in read(bare).headings[1:]} - needs_text
    assert_sound(documentation.render(path, facts, CONFIG, "".join(words)), blocks=2)


def check_folder_pages(words: list[str], path: str) -> None:
    facts = facts_of(words)
    documents = tuple(
        Brief(f"{path}/{number}.md", words[number % len(words)], words[-1], "how-to", tuple(words))
        for number in range(4)
    )
    pairs = tuple((documents[0].path, document.path) for document in documents[1:])
    for name in (path, ""):
        folder = Folder(name, ((f"{path}/sub", words[0]),), documents, pairs, ((documents[1].path, 3),))
        index = start_page if name == "" else folder_index
        page = index.render(folder, CONFIG)
        assert_sound(page)
        assert page.count(" ([docs](") == len(documents)
        assert_sound(folder_documentation.render(folder, CONFIG), blocks=1)
    entries = [(key, a_z.line(CONFIG, [posting])) for key, posting in a_z.postings(path, facts)]
    assert not any("\n" in line for _, line in entries)
    reader = assert_sound(a_z.page(CONFIG, "", entries, ("",)), letters=True)
    assert reader.tags.count("li") == len(entries)


# --- single escapes ---------------------------------------------------------------------------------------------------


@settings(max_examples=250, deadline=None)
@given(WORDS)
def test_escaped_text_is_displayed_unchanged(word: str) -> None:
    shown = read(f"{escape.text(word)}\n")
    assert set(shown.tags) <= {"p", "a", "code"}
    assert shown.text.strip() == escape.clean(word)


def test_a_file_name_does_not_become_a_mail_address() -> None:
    assert read(f"[{escape.label('the-@-sign.md')}](x)\n").targets == ["x"]
    assert read(f"{escape.text('the-@-sign.md')}\n").targets == []


@settings(max_examples=250, deadline=None)
@given(WORDS)
def test_escaped_code_is_displayed_unchanged(word: str) -> None:
    shown = read(f"a {escape.code(word)}\n")
    assert shown.text.strip() == f"a {escape.clean(word)}".strip()


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_a_fence_contains_any_text(text: str) -> None:
    text = re.sub("[\ud800-\udfff\x00]", "", text)
    reader = read("\n".join([*fenced(text, "markdown"), "", "# after"]))
    assert reader.tags == ["pre", "code", "h1"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b c.md", "a/b%20c.md"),
        ("50%.md", "50%25.md"),
        ("a#b?.md", "a%23b%3F.md"),
        ("(x)[y].md", "%28x%29%5By%5D.md"),
        ("日本.md", "%E6%97%A5%E6%9C%AC.md"),
        ("\udcff.md", "%FF.md"),
        ("a:b", "a%3Ab"),
        ("a\nb", "a%0Ab"),
    ],
)
def test_targets_are_percent_encoded(path: str, expected: str) -> None:
    assert escape.target(path) == expected


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("fa:fa-car.md", "fa#58;fa-car.md"),
        ("style a:#f00", "style a#58;#35;f00"),
        ("ﬂ°°x¶ß.md", "fl#176;#176;xß.md"),
        ("a --> b.md", "a -#45;#62; b.md"),
        ("a...md", "a.#46;#46;md"),
        ("\u202eabc\u202c.md", "abc.md"),
        ("1. intro.md", "1. intro.md"),
    ],
)
def test_mermaid_labels_are_escaped(name: str, label: str) -> None:
    assert escape.mermaid(name) == label


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_mermaid_labels_contain_no_mermaid_syntax(word: str) -> None:
    assert not re.search(r'["<>`\[\]{}|%&;:#\\$ﬂ]', re.sub(r"#\d+;", "", escape.mermaid(word)))


def test_a_page_repeats_no_password() -> None:
    secret = "yeast99dough"
    command = f"curl https://baker:{secret}@example.org/install.sh"
    facts = facts_of([command])._replace(links=())
    pages = [
        keyword_index.render("a.md", facts, CONFIG),
        documentation.render("a.md", facts, CONFIG, f"# T\n\n{command}\n"),
        *(a_z.line(CONFIG, [posting]) for _, posting in a_z.postings("a.md", facts)),
    ]
    assert all("baker:…@example.org" in page for page in pages)
    assert not any(secret in page for page in pages)
