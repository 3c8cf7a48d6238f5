"""What a document is: its title, summary, type, language, and the measures of its sections."""

from __future__ import annotations

import pytest

from kwlint import markdown
from kwlint.facts import front_matter
from kwlint.facts.outline import clean_title, outline, section_facts
from kwlint.flavours import host_anchors
from kwlint.model.facts import Outline
from kwlint.text.sentences import sentences
from kwlint.text.word_count import count_words


def read(text: str, path: str = "docs/page.md") -> Outline:
    document = markdown.parse(text)
    meta = front_matter.read(document.front_matter)
    return outline(document, path, len(text.encode()), meta, section_facts(document, host_anchors("github", document)))


def test_measures_of_each_section() -> None:
    result = read(
        "Intro words.\n\n# A `b`\n\nOne two three.\n\n```py\nx\ny\n```\n\n## A `b`\n\n![i](j)\n\n| a |\n| - |\n| b |\n"
    )
    assert [(s.level, s.title, s.anchor, s.line, s.end_line, s.words) for s in result.sections] == [
        (0, "", "", 1, 2, 2),
        (1, "A b", "a-b", 3, 11, 3),
        (2, "A b", "a-b-1", 12, 18, 3),
    ]
    assert [(s.code_blocks, s.code_lines, s.tables, s.images) for s in result.sections] == [
        (0, 0, 0, 0),
        (1, 2, 0, 0),
        (0, 0, 1, 1),
    ]
    assert (result.words, result.lines) == (8, 18)


def test_embedded_frames_and_videos_are_not_images() -> None:
    text = "# A\n\n<iframe src='https://a.org'></iframe>\n\n<video src='v'></video>\n\n![x](x.png) <img src='y.png'>\n"
    assert [section.images for section in read(text).sections] == [0, 2]


def test_badges_are_not_images() -> None:
    assert (
        read("# A\n\n![b](https://x.org/badge.svg) ![s](https://img.shields.io/x) ![y](y.png)\n").sections[1].images
        == 1
    )


def test_empty_document() -> None:
    result = read("")
    assert (result.title, result.summary, result.document_type, result.words, result.lines) == ("", "", "", 0, 0)
    assert len(result.sections) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Stated\n---\n# Headed", "Stated"),
        ("---\ntitle: '{{ page }}'\n---\n# Headed", "Headed"),
        ("Setext\n===", "Setext"),
        ("## Second level", "Second level"),
        ("# Custom {#id}", "Custom"),
        ("# Custom { .class #id }", "Custom"),
        ("no heading", ""),
    ],
)
def test_title(text: str, title: str) -> None:
    assert read(text).title == title


def test_clean_title_keeps_braces_without_an_id() -> None:
    assert clean_title("the {x} rule {#rule}") == "the {x} rule"
    assert clean_title("set {a, b}") == "set {a, b}"


@pytest.mark.parametrize(
    ("text", "summary", "section"),
    [
        (
            "# T\n\n[![b](c)](d) [![e](f)](g) [x](y)\n\nThis is the summary. More of it.",
            "This is the summary. More of it.",
            1,
        ),
        ("# T\n\n> A quote comes before it all.\n\nThen the summary of it.", "Then the summary of it.", 1),
        ("# T\n\n## Prerequisites\n\nYou need a machine for it.\n\n## Use\n\nx", "You need a machine for it.", 2),
        ("# T\n\n## Note\n\nMind the gap, dear reader.\n\nx", "Mind the gap, dear reader.", 2),
        ("# T\n\n- only a list here of things", "", 0),
        ("Too short.\n\nThis one is long enough now.", "This one is long enough now.", 0),
        ("这是一个很长的句子。第二句。", "这是一个很长的句子。 第二句。", 0),
        ("# T\n\nCAUTION: the old way is gone for good.\n\nThen the summary of it.", "Then the summary of it.", 1),
        ("# T\n\nCAUTION: the old way is gone for good.", "CAUTION: the old way is gone for good.", 1),
        ("# T\n\n```sh\nx\n```\n\nThat would do for most.\n\nThen the summary of it.", "Then the summary of it.", 1),
        (
            "# T\n\nIn short, use the mixer to make your dough:\n\n    mix",
            "In short, use the mixer to make your dough:",
            1,
        ),
        (
            "# T\n\nUp to now you have seen many things, such as:\n\n- x\n\nThen the summary of it.",
            "Then the summary of it.",
            1,
        ),
    ],
)
def test_summary(text: str, summary: str, section: int) -> None:
    result = read(text)
    assert (result.summary, result.summary_section) == (summary, section)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (
            "# T\n\nBowls are old as the hills.\n\nThis guide shows how to bake one.",
            "This guide shows how to bake one. Bowls are old as the hills.",
        ),
        (
            "# T\n\nBowls are as old as hills. In this chapter, we’ll bake one.",
            "In this chapter, we’ll bake one. Bowls are as old as hills.",
        ),
        (
            "# T\n\nIn this guide, you will:\n\n* Mix the dough. Slowly.\n* Bake it\n\nx",
            "In this guide, you will: Mix the dough; Bake it.",
        ),
        (
            "# T\n\nBowls are old as the hills:\n\n- a\n\nThis page is a reference on bowls.\n\n## A\n\nx",
            "This page is a reference on bowls.",
        ),
        (
            "# T\n\nBowls are old as the hills.\n\n## A\n\nThis guide shows how to bake one.",
            "Bowls are old as the hills.",
        ),
        (
            "# T\n\nBowls are old as the hills.\n\nThis document is not a guide to bowls.",
            "Bowls are old as the hills. This document is not a guide to bowls.",
        ),
        (
            "# T\n\nBowls are old.\n\nThis page is deprecated and describes bowls.",
            "This page is deprecated and describes bowls.",
        ),
        ("# T\n\nWe would love your help! Thanks for all of the dough. Send bowls by post.", "Send bowls by post."),
        (
            "# T\n\nmakes a bowl of dough\n\nThis command makes a bowl.",
            "makes a bowl of dough\n\nThis command makes a bowl.",
        ),
        ("# T\n\nBowls are old. But first, let's start at the beginning.", "Bowls are old."),
        ("# T\n\nLet's get started! Bowls are old as the hills.", "Bowls are old as the hills."),
        ("# T\n\nWe would love your help!", ""),
        (
            "# T\n\n## Synopsis\n\nMakes a bowl of it.\n\n## Description\n\nThe bowl is baked twice.",
            "Makes a bowl of it. The bowl is baked twice.",
        ),
        (
            "# T\n\nBowls are old as the hills.\n\n```\nx\n```\n\nThe rest is a different matter.",
            "Bowls are old as the hills.",
        ),
        ("# Glossary\n\n## Bowl\n\nA bowl is what you mix in.\n\n## Cup\n\nx\n\n## Jar\n\nx\n\n## Mug\n\nx", ""),
        (
            "# Bowls\n\n## Bowl\n\nA bowl is what you mix in.\n\n## Cup\n\nx\n\n## Jar\n\nx\n\n## Mug\n\nx",
            "A bowl is what you mix in.",
        ),
        (
            "# Bowls 2.0\n\nBowls are old as the hills.\n\nWe are very happy to announce Bowls 2.0.",
            "We are very happy to announce Bowls 2.0. Bowls are old as the hills.",
        ),
        (
            "# T\n\nBowls and mugs are old. This page gathers all these pieces in one place.",
            "Bowls and mugs are old. This page gathers all these pieces in one place.",
        ),
        (
            "# T\n\nBowls and mugs are old. This page still contains a lot of gaps.",
            "Bowls and mugs are old. This page still contains a lot of gaps.",
        ),
        (
            "# T\n\nBowls and mugs are old. This page explains all those types of bowls.",
            "This page explains all those types of bowls. Bowls and mugs are old.",
        ),
        ("# FAQ\n\n## What is a bowl?\n\nA thing to mix in.\n\n## Why?\n\nx\n\n## Who?\n\nx", ""),
        (
            "# T\n\n:::tip Note\nThis is a box of text.\n\nIt goes on for a while.\n:::\n\nBowls are old as the hills.",
            "Bowls are old as the hills.",
        ),
        ("# T\n\n::: info\nThis is a box of text.\n:::\n\nBowls are old as the hills.", "Bowls are old as the hills."),
        (
            "# T\n\nBowls are old as the hills.\n\n<X>Watch a lesson on bowls</X>\n\nThey break.",
            "Bowls are old as the hills.",
        ),
        (
            "# T\n\nBowls and mugs are old. This page lists some of these.",
            "Bowls and mugs are old. This page lists some of these.",
        ),
        ("# Changelog\n\n## 2.0\n\nThe bowls are much larger now.\n\n## 1.0\n\nx", ""),
    ],
)
def test_the_sentence_that_describes_the_document_comes_first(text: str, summary: str) -> None:
    assert read(text).summary == summary


HOOKS = [
    ("In Chapter 8, we kept them in a bowl. We used a spoon for it. This was fine. Sometimes a mug is better.",
     "Sometimes a mug is better."),
    ("You probably read before that bowls break. In some cases they do not.", "In some cases they do not."),
    ("We've used bowls all along, but we haven't looked at one yet.",
     "We've used bowls all along, but we haven't looked at one yet."),
    ("Have you ever dropped a bowl? If yes, read this. Bowls break when they fall.", "Bowls break when they fall."),
    ("How do you mend a bowl? Glue it with care.", "How do you mend a bowl? Glue it with care."),
    ("I remember my first bowl. It was blue. A bowl is made of clay.", "A bowl is made of clay."),
    ("In his 1972 essay the potter said that bowls matter. Bowls hold what we eat.", "Bowls hold what we eat."),
    ("So far you had one bowl. And it was red. Two bowls hold more.", "Two bowls hold more."),
    ("Im vorherigen Kapitel haben Sie eine Schale gesehen. Schalen gehen leicht zu Bruch.",
     "Schalen gehen leicht zu Bruch."),
    ("Schalen sind alt. In diesem Abschnitt erfahren Sie, wie man sie macht.",
     "In diesem Abschnitt erfahren Sie, wie man sie macht. Schalen sind alt."),
    ("Bowls are as old as the hills. Here I'll show you how to mend one.",
     "Here I'll show you how to mend one. Bowls are as old as the hills."),
    ("Bowls are as old as the hills. We'll discuss mugs in more detail in Chapter 9.",
     "Bowls are as old as the hills. We'll discuss mugs in more detail in Chapter 9."),
    ("In Bowl 2.0, we have introduced a rim. It is round.", "In Bowl 2.0, we have introduced a rim. It is round."),
    ("In a previous post we looked at bowls. Since then a lot has happened. Mugs are new.", "Mugs are new."),
    ("To get more of this, see the other page. Bowls hold soup.", "Bowls hold soup."),
    ("How about a bowl? A bowl holds soup.", "A bowl holds soup."),
    ("Bowls are made of clay. Here we will discuss a few additional techniques.",
     "Bowls are made of clay. Here we will discuss a few additional techniques."),
    ("To find out more you may want to watch this. Bowls hold soup.", "Bowls hold soup."),
    ("As you saw, all of it is a hook here.", "As you saw, all of it is a hook here."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "summary"), HOOKS)
def test_hooks_are_left_out_of_the_summary(text: str, summary: str) -> None:
    assert read(f"# T\n\n{text}\n").summary == summary


def test_the_first_entry_of_a_reference_is_not_its_summary() -> None:
    names = ("renderToString()", "renderToStream()", "version")
    entries = "".join(f"## {name}\n\nGives what {name} has to give.\n\n" for name in names)
    assert read(f"# API\n\n{entries}").summary == ""
    assert read(f"# API\n\nAll that renders.\n\nThe rest is elsewhere, mostly.\n\n{entries}").summary != ""
    assert read("# API\n\n## Bowls\n\nGives what bowls have to give.\n\n## Mugs\n\nx\n\n## Cups\n\nx\n").summary != ""


def test_a_subsection_further_down_is_not_the_summary() -> None:
    text = "# T\n\n## Features\n\n### Bowls\n\n* round\n\n### Mugs\n\nMugs have a handle each, mostly.\n"
    assert read(text).summary == ""
    assert read(text.replace("### Bowls\n\n* round\n\n", "")).summary == "Mugs have a handle each, mostly."


def test_summary_has_a_maximum_length() -> None:
    for length in range(200, 260):
        summary = read(f"# T\n\n{'x ' * 120}yes. {'Z ' * (length // 2)}end.\n").summary
        assert len(summary) <= 500
        assert summary.endswith(("yes.", "end."))
    assert read(f"# T\n\n{'word ' * 120}\n").summary == f"{'word ' * 98}word…"


def test_summary_has_at_most_three_sentences() -> None:
    assert read("One two three four. Five six. Seven. Eight nine.").summary == "One two three four. Five six. Seven."


def test_a_heading_below_an_introduction_is_not_the_title() -> None:
    opening = "A bowl is mended with glue and some patience, as this text tells at length."
    assert read(f"{opening}\n\n## Cutting\n\nx\n").title == ""
    assert read("A motto.\n\n## Bowls\n\nx\n").title == "Bowls"
    assert read(f"{opening}\n\n# Bowls\n\nx\n").title == "Bowls"


def test_front_matter_as_text() -> None:
    result = read("---\ndescription: D\ntags: [a, b]\ndraft: true\nnested: {x: 1}\nempty:\n---\nx")
    assert result.description == "D"
    assert result.meta == (("description", "D"), ("tags", "a, b"), ("draft", "true"))


@pytest.mark.parametrize(
    ("path", "text", "language"),
    [
        ("docs/zh-hant/a.md", "x", "zh-hant"),
        ("docs/pt_BR/a.md", "x", "pt_BR"),
        ("docs/a.md", "---\nlang: de\n---\nx", "de"),
        ("docs/a.md", "---\nLocale: en-US\n---\nx", "en-US"),
        ("src/go/xx/id3/a.md", "x", ""),
    ],
)
def test_language(path: str, text: str, language: str) -> None:
    assert read(text, path).language == language


@pytest.mark.parametrize(
    ("path", "text", "document_type", "sign"),
    [
        ("CHANGELOG.md", "x", "changelog", "named CHANGELOG.md"),
        ("a.md", "# C\n\n## 1.2.0\n\n## [1.1] - 2024-01-02\n\n## v1.0\n", "changelog", "its headings are versions"),
        ("a.md", "# T\n\n" + "- [link](x)\n" * 6, "index", "most of it is lists of links"),
        ("a.md", "# T\n\n## Syntax\n\n## Parameters\n", "reference", "has the sections Syntax, Parameters"),
        ("a.md", "# T\n\n## Get-Member\n\n### Properties\n\n### Methods\n", "", ""),
        ("a.md", "## Syntax\n\n### Parameters\n", "reference", "has the sections Syntax, Parameters"),
        ("api/a.md", "# T", "reference", "stands in api/"),
        ("a.md", "# API reference", "reference", "titled “API reference”"),
        ("a.md", "# Getting started with x", "tutorial", "titled “Getting started”"),
        ("a.md", "# X\n\nIn this tutorial you build a boat.", "tutorial", "calls itself “this tutorial”"),
        ("a.md", "# How to build a boat", "how-to", "titled “How to”"),
        ("a.md", "# Why boats float", "explanation", "titled “Why”"),
        ("a.md", "---\nms.topic: conceptual\n---\n# X", "explanation", "front matter says ms.topic: conceptual"),
        ("a.md", "---\nexternal help file: x\n---\n# X", "reference", "front matter names a command's help file"),
        ("a.md", "# Reference cycles can leak", "", ""),
        ("a.md", "# Boats\n\nThey float.", "", ""),
        ("a.md", "# B\n\n## 1. Cut\n\n## 2. Glue\n\n## 3. Dry\n", "how-to", "its headings are numbered steps"),
        ("a.md", "# B\n\n" + "## S\n\n" * 9 + "### Step 1\n\n### Step 2\n\n### Step 3\n", "", ""),
        ("a.md", "# B\n\n## 1. Cold\n\n## 2. Wet\n\n# C\n\n## 1. Sun\n\n## 2. Sea\n", "", ""),
    ],
)
def test_document_type_by_its_signs(path: str, text: str, document_type: str, sign: str) -> None:
    result = read(text, path)
    assert result.document_type == document_type
    assert sign in (*result.document_type_signs, "")


def test_only_the_signs_that_suffice_are_named() -> None:
    result = read("---\nms.topic: reference\n---\n# API reference\n\n## Syntax\n\n## Parameters\n", "api/a.md")
    assert result.document_type_signs == ("front matter says ms.topic: reference",)
    assert read("# T\n\n## Syntax\n\nx\n", "a/api/b/c/d.md").document_type == ""
    result = read("# T\n\n## Syntax\n\n## Parameters\n", "api/b/c/d.md")
    assert result.document_type_signs == ("stands in api/", "has the sections Syntax, Parameters")


def test_words_of_scripts_without_spaces() -> None:
    assert count_words("two words") == 2
    assert count_words("日本語です") == 3
    assert count_words("FastAPI を使う") == 3
    assert count_words("") == 0


def test_sentences() -> None:
    text = "Use e.g. this one. Version 1.2 is out! Is it? Yes… “Quoted.” The end\n\nNext"
    assert list(sentences(text)) == [
        "Use e.g. this one.",
        "Version 1.2 is out!",
        "Is it?",
        "Yes…",
        "“Quoted.”",
        "The end",
        "Next",
    ]
    assert list(sentences("Use #![feature(...)] opt-in. Then go.")) == ["Use #![feature(...)] opt-in.", "Then go."]
    assert list(sentences("Call println! twice. Why? no one knows. Go! Now.")) == [
        "Call println! twice.",
        "Why? no one knows.",
        "Go!",
        "Now.",
    ]
    assert list(sentences("一。二！三")) == ["一。", "二！", "三"]
    assert list(sentences("")) == []
