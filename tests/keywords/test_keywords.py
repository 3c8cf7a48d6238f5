"""The keywords of documents: which terms are chosen, how they are spelled, and their sections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from paths import CASES as CASE_FILES
from paths import ROOT, TESTS

from kwlint.cli.keywords import DocumentArgument, json_line, of_files, text
from kwlint.config import Config, KeywordSettings
from kwlint.facts.front_matter import read as read_front_matter
from kwlint.flavours import Flavours
from kwlint.keywords import keywords
from kwlint.keywords.selection import _balanced
from kwlint.markdown import parse
from kwlint.model.facts import Keyword

CASES = sorted((CASE_FILES / "keywords").glob("*.md"))


def keywords_of(source: str, path: str = "a.md", **settings: object) -> tuple[Keyword, ...]:
    document = parse(source)
    meta = read_front_matter(document.front_matter)
    return keywords(document, path, meta, KeywordSettings(**settings))  # type: ignore[arg-type]


def texts(source: str, path: str = "a.md", **settings: object) -> list[str]:
    return [keyword.text for keyword in keywords_of(source, path, **settings)]


def by_text(source: str) -> dict[str, Keyword]:
    return {keyword.text: keyword for keyword in keywords_of(source)}


def shown(path: Path) -> str:
    document = parse(path.read_text("utf-8"))
    titles = ["", *(heading.text for heading in document.headings)]
    meta = read_front_matter(document.front_matter)
    return text(path.name, keywords(document, path.name, meta, KeywordSettings()), titles)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    """Running this file as a script rewrites the expected output."""
    assert shown(path) == path.with_suffix(".txt").read_text("utf-8")


def test_golden_documents_exist() -> None:
    assert len(CASES) >= 5


NOT_TERMS = [
    ("Stop the job by pressing CTRL here. Stop the job by pressing CTRL there, too.", "job by pressing CTRL"),
    ("Many files lie in the folder. Look at the content in the console and the content in the console log.",
     "content in the console"),
    ("A chart shows an experimental thing. It is experimental. Experimental charts stay experimental.", "experimental"),
    ("Bind `s1` to it. Then `s1` moves, and `s1` is gone. Later `s1` ends.", "s1"),
    ("Call `$i` first. Then `$i` again, and `my_crate`. In the end `my_crate` is built from `$i`.", "$i"),
    ("Look at the widget's root. Every widget's root is a tag, and the widget’s root has no parent.", "widget's root"),
    ("The gate opens at 8:30pm and closes at 10pm. Be there at 8:30pm, or at 8:30pm the day after.", "30pm"),
    ("Look at mirrors and lamps. All mirrors and lamps shine. A lamp, a mirror, lamps, mirrors, lamps.",
     "mirrors and lamps"),
    ("The state of the volume counts. Ask for the state of the volume, and the state of the volume.",
     "state of the volume"),
    ("Thanks to [@ferdi](https://example.com/ferdi). Ask [@ferdi](https://example.com/ferdi).", "@ferdi"),
    ("Open my-first-volume. Then my-first-volume is there: look at my-first-volume.", "my-first-volume"),
    ("Press :material-close: twice. The :material-close: closes.", "material-close"),
    ("[Alpha Wave](a.md) [Beta Wave](b.md) are waves. The [Alpha Wave](a.md) [Beta Wave](b.md) too.",
     "Alpha Wave Beta Wave"),
    ("Go to example.com for more. What example.com shows is a page.", "example.com"),
    ("Whether it is `null` or not. When it is `null`, nothing happens.", "null"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "absent"), NOT_TERMS, ids=[absent for _, absent in NOT_TERMS])
def test_a_fragment_or_a_placeholder_is_not_a_term(source: str, absent: str) -> None:
    assert absent not in texts(f"# Volumes\n\n{source}\n")


def test_a_keyword_that_is_a_heading_is_spelled_as_the_whole_heading() -> None:
    prose = "A `Cell<T>` holds one."
    assert "Shared Access to Cell<T>" in texts(f"# Guide\n\n## Shared Access to `Cell<T>`\n\n{prose}\n")


def test_a_plain_term_must_occur_often_in_a_document_of_many_sections() -> None:
    heads = ("Load shedding", "Request priorities", "Idle connections", "Slow start", "Drain timeouts", "Retry budgets",
             "Queue depth", "Health probes")  # fmt: skip
    source = "# Traffic\n\n" + "".join(f"## {head}\n\nIt helps.\n\n" for head in heads)
    assert "copper kettle" not in texts(source + "A copper kettle boils. The copper kettle is hot.\n")
    assert "copper kettle" in texts(source + "A copper kettle boils. The copper kettle is hot.\n" * 2)
    assert "copper kettle" in texts("# Traffic\n\nA copper kettle boils. The copper kettle is hot.\n")


def test_a_korean_particle_after_a_hyphen_is_removed() -> None:
    prose = "`isbn-`으로 시작하면 책입니다. `imdb-`로 시작하면 영화입니다."
    assert {"isbn-", "imdb-"} <= set(texts(f"# 문서\n\n{prose}\n", path="ko/a.md"))


def test_korean_particles_end_a_term() -> None:
    ranked = texts("# 문서\n\n요청의 본문을 서버가 읽습니다. 요청의 본문을 다시 읽습니다.\n", path="ko/a.md")
    assert "요청의 본문" in ranked
    assert "요청의 본문을 서버" not in ranked


def test_a_term_that_occurs_once_does_not_begin_with_a_german_adjective() -> None:
    source = "# Lampen\n\nWir haben komplexe Anforderungen. {}\n"
    assert "komplexe Anforderungen" not in texts(source.format(""), path="de/a.md")
    assert "komplexe Anforderungen" in texts(source.format("Für komplexe Anforderungen. "), path="de/a.md")


def test_a_german_plural_and_its_singular_are_one_keyword() -> None:
    ranked = texts("# Lampen\n\nDie Abhängigkeit ist da, Abhängigkeiten auch.\n", path="de/a.md")
    assert sum(one.startswith("Abhängigkeit") for one in ranked) == 1


def test_a_heading_gives_the_spelling_in_a_language_that_inflects() -> None:
    prose = "Die automatischen Prüfungen laufen. Von automatischen Prüfungen lebt es, und in automatischen Prüfungen."
    assert "Automatische Prüfungen" in texts(f"# Lampen\n\n## Automatische Prüfungen\n\n{prose}\n", path="de/a.md")


def test_a_verbal_noun_may_end_a_term() -> None:
    source = "# Threads\n\nThey share state by message passing. Message passing is safe, and machine learning is not.\n"
    assert {"message passing", "machine learning"} <= set(map(str.lower, texts(source)))


def test_a_long_form_may_begin_with_a_preposition() -> None:
    assert "near field communication" in texts("# Cards\n\nCards talk by near field communication (NFC).\n")


def test_a_generic_word_that_is_often_a_code_span_is_a_term() -> None:
    source = "# Maps\n\nThe `entry` method takes a key. What `entry` returns is one. {}\n"
    assert "entry" in texts(source.format("Call `entry` twice."))
    assert "entry" not in texts(source.format(""))


def test_variables_of_a_code_block_rank_below_other_names() -> None:
    code = "```powershell\n$Oven = 7\n```\n"
    ranked = texts(f"# Bakery\n\nSet `$Oven` and `$Mixer`. Then `$Oven` warms, and `$Mixer` turns.\n\n{code}")
    assert ranked.index("$Mixer") < ranked.index("$Oven")


def test_paths_of_files_rank_below_other_names() -> None:
    ranked = texts("# Build\n\nOpen *src/oven.rs*, then *Oven.toml*. In *src/oven.rs* and *Oven.toml* it is set.\n")
    assert ranked.index("Oven.toml") < ranked.index("src/oven.rs")


def test_an_option_with_its_own_section_is_a_keyword_as_written() -> None:
    entries = by_text("# Get-Bread\n\nGets bread by name.\n\n## -Name\n\nThe name.\n\n## --path\n\nA path.\n")
    assert {"-Name", "--path"} <= set(entries)
    assert entries["-Name"].group == "command"
    assert entries["-Name"].sections[0] == 2


def test_a_program_with_a_subcommand_is_a_command() -> None:
    prose = "Mix with `oven mix dough`. See `oven heat rolls` and `mill grind`. Then `oven mix batter`."
    source = f"# Bakery\n\nBread is good.\n\n## Baking\n\n{prose} Or run `cat rolls` and `pip install oven`.\n"
    entries = by_text(source)
    assert entries["oven mix dough"].group == entries["oven heat"].group == "command"
    assert "oven mix batter" in entries
    assert "oven heat rolls" not in entries
    assert entries["oven heat"].sections[0] == 2
    assert "mill grind" not in entries
    assert texts("# Bakery\n\nRun `big-oven heat` and `big-oven mix dough`.\n")[-1] == "big-oven mix"
    assert "mill grind" in texts(source + "\n```console\n$ mill grind\n```\n")
    assert {"cat rolls", "pip install oven"}.isdisjoint(texts(source + "\n`cat bread`, `pip install it`\n"))


def test_options_in_the_help_of_a_command_are_keywords() -> None:
    shown = "```\n  -n, --name string   whose\n      --crust         with it\n      --help          this\n```\n"
    source = f"# bake\n\nBakes.\n\n## {{}}\n\n{shown}"
    entries = by_text(source.format("Options"))
    assert entries["--crust"].group == entries["--name"].group == "command"
    assert "--help" not in entries
    assert "--crust" not in texts(source.format("Options inherited from parent commands"))


def test_a_heading_that_is_a_signature_gives_the_name_of_the_function() -> None:
    ranked = texts("# tap([options])\n\nPresses the page.\n\n## read(path, bytes)\n\nGets bytes.\n")
    assert {"tap()", "read()"} <= set(ranked)
    assert "INPUTS" not in texts("# Tap\n\nPresses it.\n\n## INPUTS\n\nNone.\n")


def test_text_that_a_generator_inserts_into_every_document_is_ignored() -> None:
    given = "This cmdlet supports the widget parameters: -WidgetAction, WidgetBuffer and the widget variable."
    source = "# Get-Bread\n\nGets bread.\n\n### {}\n\n" + given + "\n\n## Notes\n\nBread is warm.\n"
    assert "WidgetBuffer" in texts(source.format("Parameters"))
    assert "WidgetBuffer" not in texts(source.format("CommonParameters"))


def test_names_under_related_links_are_not_terms() -> None:
    heads = "".join(f"## {head} widgets\n\nText.\n\n" for head in ("Blue", "Green", "Amber", "Violet", "Ochre"))
    source = f"# Colours\n\n{heads}## {{}}\n\n[Get-PaintBucket](a.md), `PaintRoller`\n"
    assert {"Get-PaintBucket", "PaintRoller"} <= set(texts(source.format("Tools")))
    assert {"Get-PaintBucket", "PaintRoller"}.isdisjoint(texts(source.format("Related links")))


def test_the_name_of_a_cmdlet_is_not_split() -> None:
    ranked = texts("# Set-PSWidget\n\nA cmdlet. Set-PSWidget sets widgets. Then Clear-PSWidget clears one.\n")
    assert {"Set-PSWidget", "Clear-PSWidget"} <= set(ranked)
    assert "pswidget" not in map(str.lower, ranked)


def test_headings_rank_above_common_words_in_a_document_of_many_sections() -> None:
    prose = "The server answers a request. Every server has a queue. Queues of the server are short. A request waits."
    heads = ("Load shedding", "Request priorities", "Idle connections", "Slow start", "Drain timeouts", "Retry budgets")
    source = "# Traffic\n\n" + "".join(f"## {head}\n\n{prose}\n\n" for head in heads)
    ranked = texts(source)
    assert set(ranked[: len(heads)]) <= {"Traffic", *heads}
    assert ranked.index("server") > ranked.index("Drain timeouts")


def test_generic_words_are_a_term_if_they_are_emphasized_and_used() -> None:
    source = "# Crates\n\n*Documentation comments* begin with bars. Write documentation comments. {}\n"
    assert "documentation comments" in map(str.lower, texts(source.format("Documentation comments are rendered.")))
    assert "documentation comments" not in map(str.lower, texts(source.format("")))


def test_a_code_span_ranks_above_a_plain_word_of_the_same_count() -> None:
    prose = "The flocculator runs. Then `rustc` compiles. Call the flocculator once more, and `rustc`."
    assert texts(f"# Hello\n\n{prose}\n")[0] == "rustc"


def test_an_everyday_adjective_with_a_common_noun_ranks_low() -> None:
    ranked = texts("# Volumes\n\nThe volume has a lucky session and an audit journal. Much is written about it.\n")
    assert ranked.index("audit journal") < ranked.index("lucky session")


def test_a_recap_is_not_the_main_section_of_a_keyword() -> None:
    source = "# Talks\n\n## What happened\n\nThe widget was shown. A widget is small.\n\n## {}\n\n{}\n"
    again = "We look forward to the widget, and to the widget again, to each widget, and to another widget."
    for title, main in (("Recap", 2), ("Plans", 3)):
        assert by_text(source.format(title, again))["widget"].sections[0] == main


def test_a_generic_type_in_code_is_spelled_as_it_is_written_most() -> None:
    prose = "A `Cell<T>` holds one. The `Cell<T>` can be replaced, and `Arc<Mutex<Widget>>` cannot."
    assert {"Cell<T>", "Arc<Mutex<Widget>>"} <= set(texts(f"# Types\n\n{prose}\n"))
    assert {"Cell<T>", "Rc"} <= set(texts("# Types\n\nA `Cell<T>`/`Rc<A>` is small. `Rc<B>` ends, `Rc<C>` too.\n"))


@pytest.mark.parametrize("span", ["glaze --bake", "<slot lazy>", "kiln tray --deep"])
def test_a_code_span_of_several_words_is_an_entry_where_it_is_written(span: str) -> None:
    source = f"# Pots\n\nPots need heat.\n\n## Baking\n\nStart with `{span}`, and go on.\n"
    assert by_text(source)[span].sections == (2,)
    assert by_text(source)[span].group == ("identifier" if span[0] == "<" else "command")


def test_a_subcommand_of_a_known_program_is_an_entry() -> None:
    ranked = texts("# Branches\n\nUse `git remote add` once, and `git fetch origin`.\n")
    assert {"git remote add", "git fetch"} <= set(ranked)
    assert "git fetch origin" not in ranked


@pytest.mark.parametrize(
    ("written", "spelling"),
    [("Shelf<T", "Shelf"), ("Lids (LD", "Lids"), ("a -> b", "a -> b"),
     ("Lids (LD)", "Lids (LD)"), ("kiln_lid] removal", "kiln_lid removal"), ("tray{a[b]", "tray"), ('the "lid', "")],
)  # fmt: skip
def test_the_brackets_of_a_spelling_are_balanced(written: str, spelling: str) -> None:
    assert _balanced(written) == spelling


def test_brackets_in_a_heading_are_balanced() -> None:
    ranked = texts("# Pots\n\n## [kiln_lid] removal\n\nThe [kiln_lid] removal is simple: [kiln_lid] removal.\n")
    assert "kiln_lid removal" in ranked


def test_a_file_name_is_no_module_and_its_parts_are_no_terms() -> None:
    entries = by_text("# Pots\n\nSee `kiln.toml` and `shelf/top-tray.md`. Then `kiln.toml` and `shelf/top-tray.md`.\n")
    assert entries["kiln.toml"].group == entries["shelf/top-tray.md"].group == "identifier"
    assert {"shelf/top", "tray.md"}.isdisjoint(entries)


def test_a_path_is_spelled_from_its_root() -> None:
    assert "/etc/kiln.conf" in texts("# Pots\n\nEdit `/etc/kiln.conf`. Then save `/etc/kiln.conf`.\n")


def test_adjacent_elements_are_two_texts() -> None:
    prose = "Use <span>glazed</span><span>onGlazed</span> well, the <span>glazed</span><span>onGlazed</span> hook."
    ranked = texts(f"# Pots\n\n## The <span>glazed</span><span>onGlazed</span> hook\n\n{prose}\n")
    assert "onGlazed" in ranked
    assert not [one for one in ranked if "glazedon" in one.lower() or "\0" in one]


def test_a_remark_in_brackets_is_no_expansion() -> None:
    source = "# Pots\n\nThe API (a place I like) is old. A VPS (virtual private server) and the TPM (the part in it).\n"
    assert {k: e.expansion for k, e in by_text(source).items() if e.expansion} == {"VPS": "virtual private server"}


@pytest.mark.parametrize(
    ("path", "source", "right", "wrong"),
    [
        ("id/a.md", "# Panduan Keramik\n\nDokumen ini menjelaskan bagaimana cara untuk membuat pot. Anda dapat membuka "
         "tungku dan memasukkan pot itu. Jangan lupa membaca **aturan tungku** sebelum mulai, karena itu penting. "
         "Dokumen ini untuk Anda.\n",
         {"Panduan Keramik", "aturan tungku"}, {"ini", "untuk", "dapat", "Anda", "karena"}),
        ("el/a.md", "# Οδηγός κεραμικής\n\nΑυτό το έγγραφο εξηγεί πώς να ψήσετε πηλό. Μπορείτε να ανοίξετε τον φούρνο "
         "και να βάλετε τον **πηλό**. Μην ξεχάσετε τον φούρνο, γιατί αυτό είναι σημαντικό για όλους.\n",
         {"Οδηγός κεραμικής", "πηλό"}, {"Αυτό", "Μπορείτε", "γιατί", "αυτό", "Μην"}),
        ("mr/a.md", "# मातीची भांडी\n\nहा दस्तऐवज भांडी कशी बनवायची ते सांगतो. तुम्ही भट्टी उघडू शकता आणि भांडे ठेवू शकता. "
         "सुरू करण्यापूर्वी नियम वाचायला विसरू नका. आम्हाला तुमचे भांडे हवे आहे आणि ते महत्त्वाचे आहे.\n",
         {"मातीची भांडी"}, {"आणि", "शकता", "तुम्ही", "आहे"}),
    ],
)  # fmt: skip
def test_a_language_without_tables_has_what_the_document_marks(
    path: str, source: str, right: set[str], wrong: set[str]
) -> None:
    ranked = set(texts(source, path))
    assert right <= ranked
    assert not wrong & ranked


@pytest.mark.parametrize("word", ["மண்பாண்டங்கள்", "মৃৎপাত্র", "മൺപാത്രങ്ങൾ", "కుండలు", "ඇතුළත්"])
def test_vowel_signs_are_part_of_a_word(word: str) -> None:
    assert texts(f"# {word}\n\n{word} {word}.\n\n## {word} 1\n\n**{word}**\n")[0] == word


def test_a_chinese_word_keeps_its_first_character() -> None:
    ranked = texts(
        "# 部署\n\n本文档说明如何部署。\n\n## 前置任务\n\n前置任务很多，需要文档向量。\n\n## 第 2 步：停止服务\n"
    )
    assert "前置任务" in ranked
    assert not [one for one in ranked if one.startswith(("置", "档", "2", "步"))]


def test_headings_under_syntax_do_not_count_as_headings() -> None:
    prose = "### WidgetById\n\n    Get-Widget -Id\n\n### WidgetByName\n\n    Get-Widget -Name\n\n"
    rest = "## Description\n\nGets widgets by their label or number from the store of widgets.\n"
    ranked = texts(f"# Get-Widget\n\n## Syntax\n\n{prose}{rest}")
    assert ranked[0] == "Get-Widget"
    assert texts(f"# Get-Widget\n\n## Forms\n\n{prose}{rest}")[0] == "WidgetById"


def test_a_name_that_a_code_block_defines_ranks_below_others() -> None:
    code = "```python\ndef mix_dough():\n    pass\n```\n"
    prose = f"# Bakery\n\nFirst `mix_dough` runs, then `heat_oven`. After `mix_dough`, the `heat_oven` step.\n\n{code}"
    ranked = texts(prose)
    assert ranked.index("heat_oven") < ranked.index("mix_dough")
    assert texts(f"{prose}\n## mix_dough\n\nMixes it.\n")[0] == "mix_dough"


def test_a_chinese_verb_with_its_object_is_a_term() -> None:
    assert "上传文件" in texts("# 表单\n\n请求可以上传文件。上传文件的大小不限。\n", path="zh/a.md")


def test_chinese_terms_have_no_numerals_verbs_or_generic_words_alone() -> None:
    prose = "数据是二进制数据。代码里的类型注解很短，代码直接读取二进制数据，参数 `item_id` 也是。"
    ranked = texts(f"# 编码\n\n{prose}\n\n{prose}\n", path="zh/a.md")
    assert {"二进制数据", "类型注解"} <= set(ranked)
    assert {"代码", "数据", "类型注解里", "参数 item_id", "直接读取"}.isdisjoint(ranked)


def test_authors_terms_come_first_in_their_order() -> None:
    source = "---\nkeywords: zebra stripes, alpha wave\ntags: [delta]\n---\n# Ocean currents\n\nOcean currents move.\n"
    assert texts(source)[:4] == ["zebra stripes", "alpha wave", "delta", "Ocean currents"]


def test_a_keyword_does_not_end_inside_a_bracket() -> None:
    source = "# Guide\n\nText.\n\n## Parameterized constructor syntax (multiline)\n\nMore text.\n"
    assert "Parameterized constructor syntax" in texts(source)
    assert not [text for text in texts(source) if text.count("(") != text.count(")")]


def test_a_title_is_not_split_at_its_connectors() -> None:
    prose = "Widgets run in hooks and CI. A hook takes what is staged, and CI takes all."
    named = texts(f"# Widgets in hooks and CI\n\n{prose}\n")
    assert "Widgets in hooks and CI" in named
    assert not {"Widgets in hooks", "hooks and CI"} & set(named)


def test_a_heading_with_and_without_its_bracket_is_one_keyword() -> None:
    source = "# Invoke\n\nA path is read.\n\n## Path (Default)\n\nThe path again.\n\n## 事件（EVT）\n\nText.\n"
    names = texts(source)
    assert [name.lower() for name in names].count("path") == 1
    assert not [name for name in names if "（" in name and "）" not in name]


def test_a_quotation_at_the_end_of_a_heading_leaves_no_quotation_mark() -> None:
    source = "# 路徑\n\n路徑參數。\n\n## 取得「列舉值」\n\n文字。\n\n## The “lazy loader”\n\nText.\n"
    assert not [name for name in texts(source) if set(name) & set("「」“”")]


def test_a_term_does_not_begin_inside_a_quotation() -> None:
    assert texts("# 依赖\n\n## “可调用”的实例\n\n答案很多。\n", path="zh/a.md") == ["答案"]


def test_a_third_person_verb_bounds_a_term() -> None:
    source = "# Widgets\n\nThe guide demonstrates widget chains twice. A guide demonstrates widget chains.\n"
    names = [name.lower() for name in texts(source)]
    assert "widget chains" in names
    assert not [name for name in names if "demonstrate" in name]


def test_number_words_and_dates_are_not_part_of_a_term() -> None:
    source = "# Poetry\n\nThe line joins three stanzas. It joins three stanzas. Released 2026-07-09 and 2026-07-09.\n"
    names = [name.lower() for name in texts(source)]
    assert "stanzas" in names
    assert not [name for name in names if "three" in name or "2026" in name]


def test_a_verb_after_a_pronoun_is_not_part_of_a_term() -> None:
    source = "# Faults\n\nPrograms have log levels. You’ll install hooks, you’ll install hooks.\n"
    names = [name.lower() for name in texts(source)]
    assert not [name for name in names if "install" in name]
    assert "log levels" in names


def test_a_title_that_begins_with_a_verb_is_not_cut_after_the_verb() -> None:
    text = "The text is about how it works. Service discovery, and a service."
    names = texts(f"# Use file-based service discovery to discover scrape targets\n\n{text}\n")
    assert "file-based service discovery" in names
    assert not [name for name in names if name.startswith("Use ")]


def test_an_index_directive_gives_terms_with_their_section() -> None:
    source = "# Lattice\n\nText.\n\n## Order\n\n```{index} single: Partial order; Chain\n```\n\nText.\n"
    first, second = keywords_of(source)[:2]
    assert (first.text, first.sections, second.text, second.sections) == ("Partial order", (2,), "Chain", (2,))


def test_an_index_role_gives_a_term() -> None:
    assert (
        keywords_of("# Lattice\n\n## Order\n\nA {index}`join semilattice` has joins.\n")[0].text == "join semilattice"
    )


def test_variants_are_one_keyword() -> None:
    source = "# Data\n\nA wake-up frame. Wake-up frames. wake up frame. WAKE-UP FRAMES, Wake-Up Frame.\n"
    assert [word for word in texts(source) if "wake" in word.lower()] == ["wake-up frame"]


def test_escapes_and_composed_letters_are_folded() -> None:
    source = "# Names\n\nUse MAX\\_SIZE. Then `MAX_SIZE`. A caf\u00e9 table and a cafe\u0301 table; caf\u00e9 tables.\n"
    names = texts(source)
    assert names.count("MAX_SIZE") == 1
    assert [name for name in names if name.endswith(("table", "tables"))] == ["caf\u00e9 table"]


def test_a_part_that_occurs_only_in_a_longer_term_is_left_out() -> None:
    source = (
        "# Drivers\n\n" + "The device class inactivity timer fires. A device class inactivity timer is reset.\n" * 3
    )
    names = [name.lower() for name in texts(source)]
    assert "device class inactivity timer" in names
    assert "class inactivity" not in names


def test_a_term_may_contain_a_stop_word() -> None:
    source = "# Devices\n\nDevices use plug and play. With plug and play, a device is found. Plug and play is old.\n"
    assert "plug and play" in [name.lower() for name in texts(source)]


def test_anchors_numbers_templates_and_function_words_are_not_keywords() -> None:
    source = (
        "# 2.1 Token storage { #token-storage }\n\nThe {{ site.name }} token storage. However, 42 of them, and so on. "
        "{% include x.html %} {{< ref >}} The token storage is 3.5 times the size. Because of this.\n"
    )
    for name in texts(source):
        assert not set("{}#%") & set(name)
        assert any(letter.isalpha() for letter in name)
        assert name.lower() not in {"the", "however", "because", "and so on", "this"}
    assert texts(source)[0] == "token storage"


def test_math_and_link_targets_are_not_keywords() -> None:
    source = "# Kernel\n\nLet $\\hat\\alpha_{t+1} = \\mathbb{E}[x]$ and see https://example.org/some-long-page for the kernel.\n"  # noqa: E501
    assert not {"hat", "alpha", "mathbb", "example.org", "some-long-page"} & {name.lower() for name in texts(source)}


def test_an_acronym_and_its_long_form_are_both_entries() -> None:
    source = "# Rights\n\nDigital Rights Management (DRM) protects content. DRM is strict.\n"
    entries = by_text(source)
    assert entries["DRM"].group == "acronym"
    assert entries["DRM"].expansion == "Digital Rights Management"
    assert "Digital Rights Management" in entries


def test_an_acronym_may_precede_its_long_form() -> None:
    assert by_text("# Rights\n\nA CDN (content delivery network) caches. The CDN is near.\n")["CDN"].expansion == (
        "content delivery network"
    )


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("--dry-run", "command"),
        ("$HOME", "environment"),
        ("$env:PATH", "environment"),
        ("Get-ChildItem", "command"),
        ("HttpClient", "class"),
        ("read_all()", "function"),
        ("os.path", "module"),
        ("std::vector", "module"),
        ("MAX_PATH_LENGTH", "identifier"),
        ("@cached", "identifier"),
        ("snake_case", "identifier"),
        ("TLS", "acronym"),
        ("lattice", "term"),
    ],
)
def test_the_group_of_a_keyword_by_its_shape(name: str, group: str) -> None:
    entries = by_text(f"# About `{name}`\n\nThis is `{name}`, and again `{name}`.\n")
    assert entries[name].group == group


def test_names_in_code_blocks_are_keywords_with_their_group() -> None:
    source = (
        "# Greeter\n\nText.\n\n```python\nimport requests\n\nclass PoliteGreeter:\n    def say_hello(self): ...\n```\n"
    )
    entries = by_text(source)
    assert entries["PoliteGreeter"].group == "class"
    assert entries["say_hello"].group == "function"
    assert entries["requests"].group == "module"


def test_the_main_section_is_the_one_whose_heading_is_the_keyword() -> None:
    source = (
        "# Guide\n\nLock files are mentioned.\n\n## First\n\nA lock file, a lock file, a lock file.\n\n"
        "## Lock files\n\nThe lock file.\n\n## Other\n\nSee the lock file.\n"
    )
    keyword = next(keyword for keyword in keywords_of(source) if keyword.text.lower().startswith("lock file"))
    assert keyword.sections[0] == 3
    assert 2 in keyword.sections
    assert 4 not in keyword.sections


def test_the_title_section_is_first_or_second_for_a_term_of_the_title() -> None:
    parts = "".join(f"## {name} Get-Widget\n\nCall Get-Widget to {name} it.\n\n" for name in ("Test", "Mend", "Sell"))
    assert by_text(f"# Get-Widget\n\nIt gets widgets.\n\n{parts}")["Get-Widget"].sections[0] == 1
    sections = by_text(f"# About Get-Widget and all that\n\nIt gets widgets.\n\n{parts}")["Get-Widget"].sections
    assert sections[1] == 1
    assert sections[0] != 1


def test_a_keyword_has_at_most_five_sections() -> None:
    source = "# Top\n\n" + "".join(f"## Part {n}\n\nA quasar. The quasar. Quasars shine.\n\n" for n in range(9))
    assert len(by_text(source)["quasar"].sections) == 5


def test_settings_add_and_remove_terms() -> None:
    source = "# Ocean currents\n\nOcean currents move plankton. Krill eat plankton. Salt is heavy.\n"
    names = texts(source, always=("salt",), never=("*plankton*", "k?ill"))
    assert names[0] == "salt"
    assert not [name for name in names if "plankton" in name or name == "Krill"]
    assert "absent" not in texts(source, always=("absent",))


def test_settings_limit_the_number_and_the_groups_of_keywords() -> None:
    source = "# Ocean currents\n\nUse `OceanModel` for plankton, krill, whales and seaweed. TLS and DNS.\n"
    assert len(texts(source, max_per_document=2)) == 2
    assert {keyword.group for keyword in keywords_of(source, groups=("class", "acronym"))} == {"class", "acronym"}


def test_stop_words_of_the_settings_are_not_terms() -> None:
    source = "# Ocean currents\n\nThe frobnicator moves. A frobnicator stands.\n"
    assert "frobnicator" in texts(source)
    assert "frobnicator" not in texts(source, stop_words=("frobnicator",))


def test_the_order_of_documents_does_not_matter() -> None:
    """The lexicon is shared between documents; its cache must not change the result."""
    first = "# Point\n\nThe PoInt and the RED mark.\n"
    second = "# Point\n\nThe point and the red mark; a point is red.\n"
    alone = keywords_of(second)
    keywords_of(first)
    assert keywords_of(second) == alone


def test_the_output_is_the_same_under_any_hash_seed() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_keywords as t\n"
        "sys.stdout.buffer.write(''.join(map(t.shown, t.CASES)).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{TESTS}", "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\0",
        "# \n\n#\n",
        "---\nkeywords: [1, {a: b}, [c]]\n---\n",
        "\ud800 lone surrogate \udfff in text text",
        "# " + "word " * 20_000,
        "[" * 20_000,
        "(" * 20_000 + "A" * 20_000,
        "a-" * 20_000,
        "a.b" * 20_000,
        "$" * 20_000,
        "{{" * 20_000,
        "<table" * 5_000,
        "ABC (" * 5_000,
        "`" * 9_999,
        "的" * 20_000,
        "é" * 20_000,
        "```c\n" + "typedef " * 5_000 + "\n```\n",
        "```sh\n" + "$ " * 10_000 + "\n```\n",
    ],
    ids=range(19),
)
def test_odd_input_does_not_raise(source: str) -> None:
    document = parse(source)
    assert len(keywords(document, "a.md", {"title": "x" * 9_999, "lang": 3}, KeywordSettings())) <= 40


def test_an_emphasized_word_that_the_text_does_not_repeat_is_a_term() -> None:
    source = "**WidgetAPI**는\n##\n**WidgetAPI**\n##\n`widgetapi`에서 있습니다:\n"
    assert "WidgetAPI" in texts(source, path="ko/a.md")


def test_no_keyword_is_listed_twice() -> None:
    for case in CASES:
        names = [keyword.text.lower() for keyword in keywords_of(case.read_text("utf-8"))]
        assert len(names) == len(set(names))


def test_sections_exist() -> None:
    for case in CASES:
        document = parse(case.read_text("utf-8"))
        for keyword in keywords(document, case.name, {}, KeywordSettings()):
            assert keyword.sections
            assert all(0 <= section < len(document.sections) for section in keyword.sections)


def test_files_outside_a_repository_have_keywords(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Ocean currents {#tides}\r\n\r\nOcean currents.\r\n")
    given = str(tmp_path / "a.md")
    arguments = [DocumentArgument(given, given), DocumentArgument("b.md", "b.md")]
    (one, lost) = of_files((str(tmp_path), Config(), Flavours()), arguments)
    assert (one.given, one.keywords[0].text, one.keywords[0].sections) == (given, "Ocean currents", (1,))
    assert (one.titles, one.fragments) == (("", "Ocean currents"), ("", "ocean-currents-tides"))
    assert lost.error.startswith("cannot read b.md")


def test_command_prints_paths_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Ocean currents\n\nOcean currents.\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kwlint", "keywords", "--output-format", "json"]
    for given, folder in ((str(tmp_path / "a.md"), TESTS), ("./a.md", tmp_path)):
        done = subprocess.run(
            [*command, given], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        (line,) = done.stdout.splitlines()
        assert (json.loads(line)["path"], done.stderr) == (given, "")
        assert json.loads(line)["keywords"][0]["keyword"] == "Ocean currents"


def test_a_document_of_thousands_of_sections_has_keywords() -> None:
    source = "".join(f"# Head {n}\n\nA quasar.\n\n" for n in range(3_000))
    assert len(keywords_of(source)) <= 40


def test_json_output() -> None:
    entry = Keyword("DRM", "acronym", (1, 0), "Digital Rights Management", 1.0)
    assert json_line("a.md", [entry], ["", "rights"]) == (
        '{"path": "a.md", "keywords": [{"keyword": "DRM", "sections": ["rights", ""], "group": "acronym", '
        '"expansion": "Digital Rights Management"}]}'
    )


def test_text_output() -> None:
    entry = Keyword("DRM", "acronym", (1, 0), "", 1.0)
    assert text("a.md", [entry], ["", "Rights"]) == "a.md: 1 keyword\n   1  DRM  acronyms: Rights; (top)\n"
    assert text("a.md", [], []) == "a.md: no keywords\n"


def test_the_headings_of_a_long_document_are_keywords() -> None:
    words = "buffer packet socket kernel driver router switch bridge tunnel cipher".split()  # noqa: SIM905
    filler = " ".join(f"The {a} {b} is shown here. The {a} {b} is there." for a in words for b in words if a != b)
    headings = ("Graceful shutdown and cleanup", "Before you begin:", "Clearing the queue", "Retirement")
    source = "# Networks\n\n" + filler + "".join(f"\n\n## {heading}\n\n{filler}" for heading in headings)
    named = set(headings) & set(texts(source))
    assert named == {"Graceful shutdown and cleanup", "Retirement"}


def test_a_compound_of_thousands_of_parts_is_not_a_keyword() -> None:
    assert max(map(len, texts("a*a-b-" * 30_000)), default=0) < 100


if __name__ == "__main__":
    for case in CASES:
        case.with_suffix(".txt").write_text(shown(case), "utf-8")
