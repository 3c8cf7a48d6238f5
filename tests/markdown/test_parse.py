"""The content of parsed documents, and its positions."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from kwlint.markdown import parse
from kwlint.model.document import Dialect, Document, Link


def cut(document: Document, facts: Any) -> list[str]:
    """Return the text at the span of each item."""
    return [document.text[fact.start : fact.end] for fact in facts]


def links(text: str, dialect: Dialect | None = None) -> list[tuple[str, str, str]]:
    """Return kind, URL, and the target as written."""
    document = parse(text, dialect or Dialect())
    return [(link.kind, link.url, document.text[link.start : link.end]) for link in document.links]


def texts(text: str, dialect: Dialect | None = None) -> list[str]:
    return [block.text for block in parse(text, dialect or Dialect()).blocks]


def only(text: str, dialect: Dialect | None = None) -> Link:
    (link,) = parse(text, dialect or Dialect()).links
    return link


# --- headings and sections


def test_atx_and_setext_headings() -> None:
    document = parse("intro\n\n# One *two* `three` #\n\nFour\nfive\n---\n\n###\n")
    assert [(h.level, h.text, h.raw) for h in document.headings] == [
        (1, "One two three", "One *two* `three`"),
        (2, "Four\nfive", "Four\nfive"),
        (3, "", ""),
    ]
    assert cut(document, document.headings) == [h.raw for h in document.headings]
    assert [document.text[h.block_start :].split("\n")[0] for h in document.headings] == [
        "# One *two* `three` #",
        "Four",
        "###",
    ]


def test_a_heading_has_its_text_with_and_without_images() -> None:
    (heading,) = parse("# ![Logo](a.png) Name\n").headings
    assert (heading.text, heading.alt_text) == (" Name", "Logo Name")


def test_sections_cover_the_text_and_belong_to_the_heading_before() -> None:
    document = parse("---\na: b\n---\nintro\n# A\nx\n## B\n> # C\n> y\n")
    assert [section.heading for section in document.sections] == [-1, 0, 1, 2]
    assert cut(document, document.sections) == ["---\na: b\n---\nintro\n", "# A\nx\n", "## B\n", "> # C\n> y\n"]
    assert [(block.text, block.section) for block in document.blocks] == [
        ("intro", 0), ("A", 1), ("x", 1), ("B", 2), ("C", 3), ("y", 3),
    ]  # fmt: skip


def test_an_empty_text_has_one_section() -> None:
    document = parse("")
    assert [tuple(section) for section in document.sections] == [(-1, 0, 0)]
    assert document.line_starts == (0,)


# --- plain text and marks


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("a *b* __c__ ~~d~~ ~e~", "a b c d e"),
        ("\\*a\\* &amp; &copy; &#65; &nosuch; \\&amp;", "*a* & © A &nosuch; &amp;"),
        ("snake_case_name and 2*3*4", "snake_case_name and 234"),
        ("a  \nb\\\nc\n   d", "a\nb\nc\nd"),
        ("<b>bold</b><!-- no --> <br>x", "bold x"),
        ("[text](url) ![alt *x*](img)", "text alt x"),
        ("`` a`b `` `c`", "a`b c"),
        ("[not](a link", "[not](a link"),
        ("**a*", "*a"),
        ("***a** b*", "a b"),
        ("*a**b*", "a**b"),
        ("note[^1]\n\n[^1]: x", "note"),
    ],
)
def test_markup_is_dropped_from_plain_text(written: str, plain: str) -> None:
    assert texts(written)[0] == plain


def test_marks_cover_the_marked_text() -> None:
    (block,) = parse("a **b `c` [d *e*](f)** ![g](h)\n").blocks
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [
        ("strong", "b c d e"), ("code", "c"), ("link", "d e"), ("emphasis", "e"), ("image", "g"),
    ]  # fmt: skip


def test_a_block_has_its_container_and_its_position() -> None:
    document = parse("> - a\n>   b\n\n| h |\n|---|\n| c |\n\nx[^n]\n\n[^n]: d\n")
    assert [(b.kind, b.text, b.container) for b in document.blocks] == [
        ("paragraph", "a\nb", "list"),
        ("head-cell", "h", "table"),
        ("cell", "c", "table"),
        ("paragraph", "x", ""),
        ("paragraph", "d", "footnote"),
    ]
    assert cut(document, document.blocks) == ["a\n>   b", "h", "c", "x[^n]", "d"]


def test_the_check_box_of_a_task_is_not_text() -> None:
    assert texts("- [x] done\n- [ ] open\n- [y] other\n") == ["done", "open", "[y] other"]


# --- code


def test_fences() -> None:
    document = parse("```Python title=x\na\n  b\n```\n\n~~~~ {.rust}\nc\n~~~\n~~~~\n\n```sh\nunclosed\n")
    assert [(f.lang, f.info, f.text, f.closed) for f in document.fences] == [
        ("python", "Python title=x", "a\n  b\n", True),
        ("rust", "{.rust}", "c\n~~~\n", True),
        ("sh", "sh", "unclosed\n", False),
    ]
    assert [document.text[f.content_start : f.content_end] for f in document.fences] == [
        fence.text for fence in document.fences
    ]
    assert cut(document, document.fences)[0] == "```Python title=x\na\n  b\n```"


def test_a_fence_in_containers_covers_its_lines() -> None:
    document = parse("> 1. ```c\n>    int\n>      x;\n>    ```\n>    after\n")
    (fence,) = document.fences
    assert fence.text == "int\n  x;\n"
    assert document.text[fence.content_start : fence.content_end] == "int\n>      x;\n"
    assert cut(document, [fence]) == ["```c\n>    int\n>      x;\n>    ```"]


def test_an_unindented_line_ends_a_list_items_fence() -> None:
    document = parse("- ```\n[a](b)\n")
    assert not document.fences[0].closed
    assert [link.url for link in document.links] == ["b"]


def test_indented_code() -> None:
    document = parse("a\n\n    x = 1\n\n      y\n\nb\n")
    (fence,) = document.fences
    assert (fence.text, fence.indented, fence.lang) == ("x = 1\n\n  y", True, "")
    assert cut(document, [fence]) == ["    x = 1\n\n      y"]


def test_code_spans() -> None:
    document = parse("`a` ``b`c`` ` d ` `e\nf` `` ` ``\n")
    assert [span.text for span in document.code_spans] == ["a", "b`c", "d", "e f", "`"]
    assert cut(document, document.code_spans) == ["a", "b`c", " d ", "e\nf", " ` "]


# --- links


@pytest.mark.parametrize(
    ("written", "url", "target"),
    [
        ("[a](b)", "b", "b"),
        ("[a](<b c>)", "b c", "b c"),
        ("[a]( b 'title' )", "b", "b"),
        ("[a](b(c)d)", "b(c)d", "b(c)d"),
        ("[a](b\\)c)", "b)c", "b\\)c"),
        ("[a](b&amp;c)", "b&c", "b&amp;c"),
        ("[a](b%20c?d=e#f)", "b%20c?d=e#f", "b%20c?d=e#f"),
        ("[a](é.md)", "é.md", "é.md"),
        ("[a]()", "", ""),
        ("[a](\n  b\n  (t)\n)", "b", "b"),
        ("[a [b] `]` c](d)", "d", "d"),
        ("😀 [a](b)", "b", "b"),
        ("![a](b)", "b", "b"),
    ],
)
def test_inline_targets(written: str, url: str, target: str) -> None:
    assert links(written) == [("inline", url, target)]


@pytest.mark.parametrize("written", ["\\[a](b)", "`[a](b)`", "[a](b c)", "<!-- [a](b) -->", "    [a](b)", "[a] (b)"])
def test_text_that_is_not_a_link(written: str) -> None:
    assert links(written) == []


def test_an_image_in_a_link() -> None:
    document = parse("[![alt](img.png) text](page.md)\n")
    assert [(link.url, link.text, link.image) for link in document.links] == [
        ("img.png", "alt", True),
        ("page.md", "alt text", False),
    ]


def test_links_do_not_nest() -> None:
    assert links("[a [b](c) d](e)") == [("inline", "c", "c")]


def test_references_and_definitions() -> None:
    text = "[a][One Two] [b][] [b] ![c][one\ttwo] [u][nope] [v][] [w]\n\n[one two]: <x y> 'T'\n[B]:\n  z\n[b]: again\n"
    document = parse(text)
    assert [(link.kind, link.url, link.label, document.text[link.start : link.end]) for link in document.links] == [
        ("reference", "x y", "one two", "One Two"),
        ("reference", "z", "b", "b"),
        ("reference", "z", "b", "b"),
        ("reference", "x y", "one two", "one\ttwo"),
        ("definition", "x y", "one two", "x y"),
        ("definition", "z", "b", "z"),
        ("definition", "again", "b", "again"),
    ]
    assert [(undefined.label, text[undefined.start : undefined.end]) for undefined in document.undefined] == [
        ("nope", "nope"),
        ("v", "v"),
    ]


def test_autolinks() -> None:
    assert links("<https://a.b/c?d&amp;e> <x@y.z> <not a link>") == [
        ("autolink", "https://a.b/c?d&e", "https://a.b/c?d&amp;e"),
        ("autolink", "mailto:x@y.z", "x@y.z"),
    ]


def test_links_in_containers() -> None:
    text = "> 1. [a](b)\n>    continued [c](d)\n>\tx\n\n- e\n\n\t- [f](g)\n\n"
    text += "| [h](i) | j |\n|---|---|\n| k | [l](m\\|n) |\n"
    assert [target for _, _, target in links(text)] == ["b", "d", "g", "i", "m\\|n"]
    assert links(text)[-1] == ("inline", "m|n", "m\\|n")


def test_only_line_feeds_end_lines() -> None:
    text = "- a\n\n  b `e` [f](g)\x0b\tc\n"
    document = parse(text)
    assert cut(document, document.code_spans) == ["e"]
    assert cut(document, document.links) == ["g"]


def test_links_in_html() -> None:
    text = (
        '<div>\n<a href=\'x&amp;y.md\' id=top>A <b>b</b></a>\n<img alt="P" src=p.png srcset="q.png 1x, r.png 2x">\n'
        "<!-- <a href='no'> -->\n<script>'<a href=no>'</script>\n</div>\n\ntext <a name=\"n\" href=z>lab*el*</a> "
        "<video src=v.mp4></video><!-- <img src=no> -->\n"
    )
    document = parse(text)
    assert [(x.element, x.url, x.text, text[x.start : x.end]) for x in document.links] == [
        ("a", "x&y.md", "A b", "x&amp;y.md"),
        ("img", "p.png", "P", "p.png"),
        ("img", "q.png", "P", "q.png"),
        ("img", "r.png", "P", "r.png"),
        ("a", "z", "label", "z"),
        ("video", "v.mp4", "", "v.mp4"),
    ]
    assert [(i.attribute, i.value, i.element, text[i.start : i.end]) for i in document.html_ids] == [
        ("id", "top", "a", "top"),
        ("name", "n", "a", "n"),
    ]


def test_every_attribute_of_html_that_names_a_file() -> None:
    text = (
        '<video src="a.mp4" poster="b.png"></video>\n\n<object data="c.pdf" data-x="no"></object>\n\n'
        '<embed src="d.svg"><track src="e.vtt"><area href="f.md">\n'
    )
    found = [(link.url, link.image) for link in parse(text).links]
    assert found == [
        ("a.mp4", True), ("b.png", True), ("c.pdf", True), ("d.svg", True), ("e.vtt", True), ("f.md", False),
    ]  # fmt: skip


def test_comments() -> None:
    document = parse("<!-- a -->\n\ntext <!-- b --> <!---->\n\n- <!--\n  c\n  -->\n\n<!-- open\n")
    assert [comment.text for comment in document.comments] == [" a ", " b ", "", "\nc\n", " open\n"]
    assert cut(document, document.comments) == [
        "<!-- a -->", "<!-- b -->", "<!---->", "<!--\n  c\n  -->", "<!-- open\n",
    ]  # fmt: skip


# --- tables and footnotes


def test_tables() -> None:
    text = "before\n| a | b |\n|:--|--:|\n| 1 |\n| `x\\|y` | 2 | 3 |\nc\n\nd | e\n- | -\n"
    document = parse(text)
    (table,) = document.tables
    assert (table.rows, table.columns) == (3, 2)
    assert cut(document, [table]) == [text[7 : text.index("\n\n")]]
    assert [b.text for b in document.blocks][:8] == ["before", "a", "b", "1", "x|y", "2", "c", "d | e"]
    assert [span.text for span in document.code_spans] == ["x|y"]


def test_a_lone_pipe_ends_a_table() -> None:
    document = parse("| a | b |\n|---|---|\n| c | d |\n|\n| e |\n")
    assert [(table.rows, table.columns) for table in document.tables] == [(1, 2)]
    assert document.blocks[-1].text == "|\n| e |"


def test_footnotes_stay_in_the_order_of_the_text() -> None:
    document = parse("a[^x] [^none]\n\n[^x]: b [c](d)\n\n    e [f](g)\n[^unused]: [h](i)\n\nj\n")
    assert document.footnotes == ("x",)
    assert [link.url for link in document.links] == ["d", "g"]
    assert [b.text for b in document.blocks if b.container == "footnote"] == ["b c", "e f", "h"]


# --- front matter


@pytest.mark.parametrize(
    ("text", "format_", "inside"),
    [
        ("---\na: b\n---\n# T\n", "yaml", "a: b\n"),
        ("---\n---\n# T\n", "yaml", ""),
        ("+++\na = 'b'\n+++\n# T\n", "toml", "a = 'b'\n"),
        ("\n \n+++\na = 'b'\n+++\n# T\n", "toml", "a = 'b'\n"),
        (';;;\n{"a": 1}\n;;;\n# T\n', "json", '{"a": 1}\n'),
        ('{\n"a": {"b": 1}\n}\n# T\n', "json", '{\n"a": {"b": 1}\n}'),
    ],
)
def test_front_matter(text: str, format_: str, inside: str) -> None:
    document = parse(text)
    matter = document.front_matter
    assert matter is not None
    assert (matter.format, matter.text) == (format_, inside)
    assert text[matter.end :] == "# T\n"
    assert [(h.text, h.start) for h in document.headings] == [("T", len(text) - 2)]


@pytest.mark.parametrize("text", ["---\nSome prose.\n---\n", " ---\na: b\n---\n", "---\na: b\n", "{a}\n", "{}\n"])
def test_text_that_is_not_front_matter(text: str) -> None:
    assert parse(text).front_matter is None


# --- dialects


def test_math_has_no_links() -> None:
    assert links("$y[G](x)$ and $$a[b](c)$$ but $5 [d](e) and $6") == [("inline", "e", "e")]
    assert links("$y[G](x)$", Dialect(math=False)) == [("inline", "x", "x")]


def test_admonitions() -> None:
    text = '!!! note "A [t](u)"\n\n    [a](b)\n\n    - c\n      [d](e)\n'
    text += '??? tip\n    # H\n=== "Tab"\n    ```\n    x\n    ```\nend\n'
    dialect = Dialect(admonitions=True)
    assert [target for _, _, target in links(text, dialect)] == ["u", "b", "e"]
    document = parse(text, dialect)
    assert [heading.text for heading in document.headings] == ["H"]
    assert [fence.text for fence in document.fences] == ["x\n"]
    assert [fence.indented for fence in parse(text).fences] == [True]  # without the dialect it is code


def test_directives() -> None:
    text = (
        "(there)=\n# T\n\n````{note} Title\n:class: x\n:name: named\n\n[a](b) {doc}`Text <other>`\n"
        "```{figure} p.png\n---\nname: z\n---\n[c](d)\n```\n````\n\n:::{tip}\n[e](f)\n:::\n"
        "```{code-block} python\n[no](no)\n```\n```{toctree}\n:maxdepth: 1\nx/y\nT <z>\n*\n```\n% [no](no)\n"
    )
    document = parse(text, Dialect(directives=True))
    assert [(link.kind, link.element, document.text[link.start : link.end]) for link in document.links] == [
        ("inline", "", "b"),
        ("directive", "doc", "other"),
        ("directive", "figure", "p.png"),
        ("inline", "", "d"),
        ("inline", "", "f"),
        ("directive", "toctree", "x/y"),
        ("directive", "toctree", "z"),
    ]
    assert [target.name for target in document.targets] == ["there", "named"]
    assert cut(document, document.targets) == ["there", "named"]
    assert [(fence.lang, fence.text) for fence in document.fences] == [("code-block", "[no](no)\n")]


def test_wiki_links() -> None:
    dialect = Dialect(wikilinks=True)
    text = "[[Note#H|alias]] ![[i.png]] [[a b]] `[[no]]` ^block-1\n"
    document = parse(text, dialect)
    assert [(x.kind, x.url, x.text, x.image) for x in document.links] == [
        ("wiki", "Note#H", "alias", False),
        ("wiki", "i.png", "i.png", True),
        ("wiki", "a b", "a b", False),
    ]
    assert cut(document, document.links) == ["Note#H", "i.png", "a b"]
    assert cut(document, document.targets) == ["block-1"]
    assert links("| [[a\\|b]] |\n|---|\n", dialect) == [("wiki", "a", "a")]


@pytest.mark.parametrize("language", ["jinja", "liquid", "hugo", "vue", "tera"])
def test_template_tags_are_not_markdown(language: str) -> None:
    dialect = Dialect(templates=language)
    text = "[a]({{ x.y }}/b.md) {{ '[no](no)' }} `{{ c }}` d\n\n```\n{{ e }}\n```\n"
    document = parse(text, dialect)
    assert [link.url for link in document.links] == ["{{ x.y }}/b.md"]
    assert cut(document, document.links) == ["{{ x.y }}/b.md"]
    assert [span.text for span in document.code_spans] == ["{{ c }}"]
    assert [fence.text for fence in document.fences] == ["{{ e }}\n"]
    assert texts(text, dialect) == ["a  {{ c }} d"]


def test_mdbook_includes() -> None:
    text = "# A\n```rust\n{{#rustdoc_include ../l/x.rs:3:4}}\n```\n{{#include b.md}} \\{{#include no.md}}\n"
    assert links(text, Dialect(templates="mdbook", mentions="mdbook")) == [
        ("directive", "../l/x.rs", "../l/x.rs"),
        ("directive", "b.md", "b.md"),
    ]


MENTIONED = {
    "hugo": (
        '# A\n\n[a]({{< ref "in.md" >}}) {{< relref path="b.md" >}} {{% ref c %}}\n\n'
        '{{< figure alt="x" src="d.png" >}}\n\n'
        '{{</* ref "no.md" */>}} `{{< ref "no.md" >}}` <!-- {{< ref "no.md" >}} -->\n\n```\n{{< ref "no.md" >}}\n```\n',
        [("", '{{< ref "in.md" >}}'), ("relref", "b.md"), ("ref", "c"), ("figure", "d.png")],
    ),
    "liquid": (
        "{% link a.md %} [b]({% post_url 2020-01-01-b %}) {%- include_relative c/d.md x=1 -%}\n\n"
        "    {% link no.md %}\n\n"
        "{% raw %}{% link no.md %}{% endraw %} {% comment %}\n{% link no.md %}\n",
        [("link", "a.md"), ("", "{% post_url 2020-01-01-b %}"), ("include_relative", "c/d.md")],
    ),
    "vitepress": (
        "<!--@include: ./a.md-->\n<!-- @include: @/b.md#part{3,} -->\n\n<<< @/c.ts#x{1-2}\n\n```\n<<< ./no.ts\n```\n",
        [("include", "./a.md"), ("include", "@/b.md"), ("snippet", "@/c.ts")],
    ),
    "snippets": (
        '--8<-- "a.md"\n\n```py\n--8<-- \'b.py:main\'\n```\n\n;--8<-- "no.md"\n--8<-- "https://no.org/x"\n',
        [("snippet", "a.md"), ("snippet", "b.py")],
    ),
    "quarto": (
        "{{< include _a.qmd >}}\n\n{{< embed b.ipynb#fig echo=true >}}\n\nsay `{{< include no.qmd >}}`\n",
        [("include", "_a.qmd"), ("embed", "b.ipynb")],
    ),
    "imports": (
        "import A from './a.md';\nimport {\n  B,\n} from '@site/src/b';\nimport C from 'no';\n\n"
        "<img src={require('./c.png').default} />\n\n```js\nimport D from './no.js'\n```\n",
        [("import", "./a.md"), ("import", "@site/src/b"), ("require", "./c.png")],
    ),
}


@pytest.mark.parametrize("kind", MENTIONED)
def test_files_named_by_the_forms_of_a_generator(kind: str) -> None:
    text, named = MENTIONED[kind]
    templates = {"hugo": "hugo", "liquid": "liquid", "quarto": "hugo", "vitepress": "vue"}.get(kind, "")
    document = parse(text, Dialect(templates=templates, mentions=kind, mdx=kind == "imports"))
    assert [(link.element, link.url) for link in document.links] == named
    assert cut(document, document.links) == [url for _, url in named]
    assert [link.image for link in document.links] == [element == "figure" for element, _ in named]


def test_docfx() -> None:
    text = '- :::image type="content" source="m/x.png" alt-text="A":::\n\n'
    text += "[!INCLUDE [t](p.md)] [!code-cs[n](q.cs?name=r)]\n"
    document = parse(text, Dialect(docfx=True, math=False))
    assert [(x.element, x.url, x.text, x.image) for x in document.links] == [
        ("image", "m/x.png", "", True),
        ("INCLUDE", "p.md", "t", False),
        ("code-cs", "q.cs?name=r", "n", False),
    ]
    assert cut(document, document.links) == ["m/x.png", "p.md", "q.cs?name=r"]


def test_attributes() -> None:
    document = parse("# H {#h}\n\nword{: #one .x } ![i](j){width=3 #two}\n{#three}\n", Dialect(attributes=True))
    assert [target.name for target in document.targets] == ["one", "two", "three"]
    assert cut(document, document.targets) == ["one", "two", "three"]
    assert document.headings[0].raw == "H {#h}"


def test_mdx() -> None:
    text = (
        "import A from './a'\n\nexport const b = {\n  c: '[no](no)'\n}\n\n<Card href=\"d.md\" icon={<I />}>\n\n"
        "[e](f.md)"
        " {x('[no](no)')}\n\n<div>\n[g](h.md)\n</div>\n\n```js\n{ x }\n```\n"
    )
    dialect = Dialect(mdx=True)
    assert [target for _, _, target in links(text, dialect)] == ["./a", "d.md", "f.md", "h.md"]
    assert [fence.text for fence in parse(text, dialect).fences] == ["{ x }\n"]


def test_mdx_has_no_indented_code() -> None:
    text = (
        "1. one\n\n    <Tab>\n        ```json\n        {}\n    ```\n\n        ## Two\n\n        [e](f.md)\n    </Tab>\n"
    )
    document = parse(text, Dialect(mdx=True))
    assert [(fence.text, fence.closed) for fence in document.fences] == [("{}\n", True)]
    assert [heading.text for heading in document.headings] == ["Two"]
    assert [link.url for link in document.links] == ["f.md"]
    assert parse(text).links == ()


# --- start-up


def test_importing_the_package_does_not_import_the_parser() -> None:
    code = "import sys, kwlint.markdown; print('mistune' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_front_matter_with_indented_keys() -> None:
    document = parse("---\n title: Rules\n kind: post\n---\n# Head\n")
    assert document.front_matter is not None
    assert [heading.text for heading in document.headings] == ["Head"]


# --- passages that are no Markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{/*\n[a](x)\n\n[b](y)\n*/}\n\n[c](z)\n", ["z"]),
        ("{list.map((i) => (\n\n  [a](x)\n))}\n\n[c](z)\n", ["z"]),
        ("<Code>{`\n[a](x) ${ f({k: `[b](y)`}) }\n\n[b](y)`}</Code>\n\n[c](z)\n", ["z"]),
        ("export const A = () => (\n  <p>\n\n  [a](x)\n  </p>\n);\n\n[c](z)\n", ["z"]),
        ("<Table rows={[\n  '[a](x)',\n\n  2]} />\n\n[c](z)\n", ["z"]),
        ("`{` [a](x) `}` [c](z)\n", ["x", "z"]),
        ("it's [a](x) {/* don't */} [c](z)\n", ["x", "z"]),
        ("{ never closed [a](x)\n\n[c](z)\n", ["x", "z"]),
    ],
)
def test_javascript_in_mdx_is_no_markdown(text: str, expected: list[str]) -> None:
    assert [url for _, url, _ in links(text, Dialect(mdx=True))] == expected


@pytest.mark.parametrize(
    ("templates", "text", "expected"),
    [
        ("liquid", "{% comment %} [a](x)\n\n[b](y) {% endcomment %} [c](z)\n", ["z"]),
        ("liquid", "{% highlight py %}\na[0](x)\n\na[1](y)\n{% endhighlight %}\n\n[c](z)\n", ["z"]),
        ("liquid", "{::comment}\n[a](x)\n{:/comment}\n\n{::nomarkdown}\n[b](y)\n{:/}\n\n[c](z)\n", ["z"]),
        ("liquid", "`{% comment %}` [a](x) `{% endcomment %}`\n", ["x"]),
        ("hugo", "{{< highlight go >}}\na[0](x)\n{{< /highlight >}}\n\n{{/* [b](y) */}} [c](z)\n", ["z"]),
        ("hugo", "{{% comment %}}\n[a](x)\n{{% /comment %}}\n\n[c](z)\n", ["z"]),
    ],
)
def test_comments_and_code_of_template_languages_are_no_markdown(
    templates: str, text: str, expected: list[str]
) -> None:
    assert [url for _, url, _ in links(text, Dialect(templates=templates))] == expected


def test_comments_of_obsidian_hold_no_links() -> None:
    text = "%% [[a]] %% [[b]]\n\n%%\n[c](x)\n\n[[d]]\n%%\n\n`%%` [[e]]\n"
    assert [url for _, url, _ in links(text, Dialect(wikilinks=True))] == ["b", "e"]


def test_a_line_of_tags_that_write_nothing_is_an_empty_line() -> None:
    text = "{% if x %}{% comment %}y{% endcomment %}\n[a]: x.md\n\n[a]\n"
    assert [kind for kind, *_ in links(text, Dialect(templates="liquid"))] == ["definition", "reference"]
    assert links("{% include x %}\n[a]: x.md\n\n[a]\n", Dialect(templates="liquid")) == []


def test_a_link_in_braces_is_no_explicit_id() -> None:
    document = parse("{[`Size`](#size)} {[b](#b)}\n\ntext {: #own .wide }\n", Dialect(attributes=True))
    assert [target.name for target in document.targets] == ["own"]
    assert [link.url for link in document.links] == ["#size", "#b"]


def test_headings_of_python_markdown_need_no_space() -> None:
    text = "##One##\n\n#Two\n\n    ##code\n"
    assert [(h.level, h.text) for h in parse(text, Dialect(python_markdown=True)).headings] == [(2, "One"), (1, "Two")]
    assert parse(text).headings == ()


def test_markdown_between_tags() -> None:
    text = (
        "<div id=a markdown class=x>\n## One\n[a](b)\n</div>\n[c](d)\n\n"
        "<h2 markdown='1'>Two *x*</h2>\n\n<div>\n[e](f)\n</div>\n"
    )
    document = parse(text, Dialect(markdown_in_html=True))
    assert [(h.level, h.text) for h in document.headings] == [(2, "One"), (2, "Two x")]
    assert [link.url for link in document.links] == ["b", "d"]
    assert cut(document, document.html_ids) == ["a"]


def test_definition_lists() -> None:
    text = "Term\n:   [a](b)\n\n    [c](d)\n\n        [code](x)\n\nend\n"
    document = parse(text, Dialect(definition_lists=True))
    assert cut(document, document.links) == ["b", "d"]
    assert [fence.text for fence in document.fences] == ["[code](x)"]


def test_headings_are_labels_in_pandoc() -> None:
    document = parse("## One *two* {#x}\n\n[One two][] [a][one  TWO] [b][three]\n", Dialect(implicit_references=True))
    assert [reference.label for reference in document.undefined] == ["three"]


def test_raw_html_blocks_of_pandoc() -> None:
    document = parse("> ```{=html}\n> <a id='x' href='y'>z</a>\n> ```\n", Dialect(raw_html_blocks=True))
    assert cut(document, document.html_ids) == ["x"]
    assert cut(document, document.links) == ["y"]
