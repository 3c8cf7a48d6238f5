"""Reports in every format."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from lab import Lab

from kwlint.cli import progress
from kwlint.model.problem import Delete, Edit, Fix, Problem, Write
from kwlint.report import registry
from kwlint.report.diff import changes, diff
from kwlint.report.fingerprints import fingerprints
from kwlint.report.json import schema
from kwlint.report.registry import FORMATS, render
from kwlint.report.statistics import statistics
from kwlint.report.view import View
from kwlint.rules.registry import RULES
from kwlint.text.encoding import decode

SOURCE = "# Guide\n\nSee [the guide](guide.md#instal), tab\there, and 漢字 [x](y.md).\n"
TEXTS = {"docs/a b.md": SOURCE.encode(), "kwdocs/old.md_kw.md": b"old\n", "kwdocs/b.md_kw.md": b"one\ntwo\n"}
START = SOURCE.index("guide.md#instal")
LINK = Problem(
    "docs/a b.md", 3, 17, "KW102", 'no heading "instal" in guide.md', 'did you mean "install"?', 3, 32,
    "guide.md#instal", Fix(True, Edit("docs/a b.md", START + 9, START + 15, "install", "instal")),
)  # fmt: skip
WIDE = Problem("docs/a b.md", 3, 54, "KW101", "no file y.md", "", 3, 58, "y.md", None)
STALE = Problem(
    "kwdocs/b.md_kw.md", 1, 1, "KW002", "does not match b.md", "run `kwlint --fix`", 1, 1, None,
    Fix(True, Write("kwdocs/b.md_kw.md", "one\nthree\n")),
)  # fmt: skip
ORPHAN = Problem(
    "kwdocs/old.md_kw.md", 1, 1, "KW006", "source old.md no longer exists", "run `kwlint --fix`", 1, 1, None,
    Fix(True, Delete("kwdocs/old.md_kw.md")),
)  # fmt: skip
NEW = Problem("kwdocs/n.md_kw.md", 1, 1, "KW001", "missing", "", 1, 1, None, Fix(True, Write("kwdocs/n.md_kw.md", "n")))
GUESS = Problem("docs/a b.md", 1, 3, "KW106", "no definition", "", 1, 8, "Guide",
                Fix(False, Edit("docs/a b.md", 2, 7, "Book", "Title")))  # fmt: skip
ALL = [LINK, WIDE, STALE, ORPHAN]
NASTY = Problem(
    "a,b:c%.md", 2, 1, "KW101", 'x\x1b[31m\n::error::y <&"\udce9\x00\ufffe', "100%\r\n", 4, 2, "\ud800", None
)


def text(path: str) -> str | None:
    return decode(TEXTS[path]).text if path in TEXTS else None


VIEW = View(text, lambda: RULES, root="/repo")


def test_full_shows_the_line_and_a_caret_under_wide_characters() -> None:
    assert render("full", ALL, VIEW) == (
        'docs/a b.md:3:17: KW102 no heading "instal" in guide.md\n'
        "  |\n"
        "3 | See [the guide](guide.md#instal), tab here, and 漢字 [x](y.md).\n"
        "  |                 ^^^^^^^^^^^^^^^\n"
        '  = help: did you mean "install"?\n'
        "\n"
        "docs/a b.md:3:54: KW101 no file y.md\n"
        "  |\n"
        "3 | See [the guide](guide.md#instal), tab here, and 漢字 [x](y.md).\n"
        "  |                                                        ^^^^\n"
        "\n"
        "kwdocs/b.md_kw.md:1:1: KW002 does not match b.md (run `kwlint --fix`)\n"
        "kwdocs/old.md_kw.md:1:1: KW006 source old.md no longer exists (run `kwlint --fix`)\n"
    )


def test_full_cuts_long_lines_around_the_caret() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    problem = LINK._replace(line=1, column=501, end_line=1, end_column=505)
    lines = render("full", [problem], VIEW._replace(text=lambda _: line)).split("\n")
    excerpt, caret = lines[2][4:], lines[3][4:]
    assert len(excerpt) == 110
    assert excerpt[caret.index("^") :][:4] == "HERE"
    assert caret.count("^") == 4


@pytest.mark.parametrize("position", [(1, 999, 1, 1000), (3, 17, 9, 2), (99, 1, 99, 1), (1, 1, 1, 1)])
def test_full_accepts_positions_outside_the_text(position: tuple[int, int, int, int]) -> None:
    line, column, end_line, end_column = position
    problem = LINK._replace(line=line, column=column, end_line=end_line, end_column=end_column)
    assert render("full", [problem], VIEW).startswith(f"docs/a b.md:{line}:{column}: KW102 ")
    assert render("full", [problem], VIEW._replace(text=lambda _: None)).count("\n") == 3


def test_full_with_colour_and_hyperlinks_has_the_same_text() -> None:
    plain = render("full", ALL, VIEW)
    painted = render("full", ALL, VIEW._replace(color=True, hyperlinks=True))
    assert "\x1b]8;;file:///repo/docs/a%20b.md\x1b\\\x1b[1mdocs/a b.md:3:17\x1b[0m\x1b]8;;\x1b\\" in painted
    import re

    assert re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[[\d;]*m", "", painted) == plain


def test_concise_has_one_line_per_problem() -> None:
    assert render("concise", ALL, VIEW) == (
        'docs/a b.md:3:17: KW102 no heading "instal" in guide.md (did you mean "install"?)\n'
        "docs/a b.md:3:54: KW101 no file y.md\n"
        "kwdocs/b.md_kw.md:1:1: KW002 does not match b.md (run `kwlint --fix`)\n"
        "kwdocs/old.md_kw.md:1:1: KW006 source old.md no longer exists (run `kwlint --fix`)\n"
    )


def test_json_has_exactly_these_fields() -> None:
    first, second, third, fourth = json.loads(render("json", ALL, VIEW))
    edit = {
        "action": "edit", "path": "docs/a b.md", "line": 3, "column": 26, "end_line": 3, "end_column": 32,
        "text": "install",
    }  # fmt: skip
    assert first == {
        "code": "KW102",
        "message": 'no heading "instal" in guide.md',
        "path": "docs/a b.md",
        "line": 3,
        "column": 17,
        "end_line": 3,
        "end_column": 32,
        "target": "guide.md#instal",
        "hint": 'did you mean "install"?',
        "fix": {"applicability": "safe", "edits": [edit]},
    }
    assert second["fix"] is None
    assert third["fix"] == {"applicability": "safe", "edits": [{"action": "write", "path": "kwdocs/b.md_kw.md"}]}
    assert fourth["fix"]["edits"] == [{"action": "delete", "path": "kwdocs/old.md_kw.md"}]
    assert third["target"] is None


def test_json_matches_its_schema() -> None:
    Draft7Validator.check_schema(schema())
    Draft7Validator(schema()).validate(json.loads(render("json", [*ALL, NASTY, GUESS], VIEW)))
    assert json.loads(render("json", [], VIEW)) == []


def test_github_commands_are_escaped() -> None:
    assert render("github", [LINK], VIEW) == (
        "::error title=kwlint (KW102),file=docs/a b.md,line=3,col=17,endLine=3,endColumn=32"
        '::docs/a b.md:3:17: KW102 no heading "instal" in guide.md (did you mean "install"?)\n'
    )
    nasty = render("github", [NASTY], VIEW)
    assert nasty.count("\n") == 1
    assert nasty.startswith("::error title=kwlint (KW101),file=a%2Cb%3Ac%25.md,line=2,col=1,endLine=4::a,b:c%25.md")
    assert "\\n::error::y" in nasty
    assert nasty.endswith("(100%25\\r\\n)\n")


def test_gitlab_report() -> None:
    entries = json.loads(render("gitlab", ALL, VIEW))
    assert entries[0] == {
        "description": 'KW102: no heading "instal" in guide.md (did you mean "install"?)',
        "check_name": "KW102",
        "fingerprint": entries[0]["fingerprint"],
        "severity": "major",
        "location": {
            "path": "docs/a b.md",
            "positions": {"begin": {"line": 3, "column": 17}, "end": {"line": 3, "column": 32}},
        },
    }
    assert len({entry["fingerprint"] for entry in entries}) == len(ALL)
    assert render("gitlab", [], VIEW) == "[]\n"


def test_junit_is_always_well_formed() -> None:
    root = ET.fromstring(render("junit", [*ALL, NASTY], VIEW))
    assert root.attrib == {"name": "kwlint", "tests": "5", "failures": "5", "errors": "0"}
    assert [suite.attrib["name"] for suite in root] == [
        "docs/a b.md", "kwdocs/b.md_kw.md", "kwdocs/old.md_kw.md", "a,b:c%.md",
    ]  # fmt: skip
    failure = root[0][0][0]
    assert failure.attrib == {"type": "KW102", "message": 'no heading "instal" in guide.md'}
    assert failure.text == 'line 3, column 17: did you mean "install"?'
    empty = ET.fromstring(render("junit", [], VIEW))
    assert (empty.attrib["tests"], empty.attrib["failures"]) == ("1", "0")


def test_sarif_log() -> None:
    log = json.loads(render("sarif", [*ALL, GUESS], VIEW))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    result = run["results"][0]
    region = {"startLine": 3, "startColumn": 17, "endLine": 3, "endColumn": 32}
    artifact = {"uri": "docs/a%20b.md", "uriBaseId": "%SRCROOT%"}
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    assert result["fixes"] == [
        {
            "description": {"text": 'did you mean "install"?'},
            "artifactChanges": [
                {
                    "artifactLocation": artifact,
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 26, "endLine": 3, "endColumn": 32},
                            "insertedContent": {"text": "install"},
                        }
                    ],
                }
            ],
        }
    ]
    assert "fixes" not in run["results"][2]
    json.loads(render("sarif", [NASTY, *ALL], VIEW))


def test_fingerprints_do_not_depend_on_lines_and_are_unique() -> None:
    moved = [problem._replace(line=problem.line + 7, end_line=problem.end_line + 7) for problem in ALL]
    assert fingerprints(ALL) == fingerprints(moved)
    twice = fingerprints([LINK, LINK])
    assert twice[0] != twice[1]
    assert twice[0] == fingerprints([LINK])[0]


def test_every_module_with_a_renderer_is_listed() -> None:
    files = (path for path in Path(registry.__file__).parent.glob("*.py") if path.name != "registry.py")
    modules = {f"kwlint.report.{path.stem}" for path in files if "\ndef render(" in path.read_text(encoding="utf-8")}
    assert modules == set(FORMATS.values())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_encoded(name: str) -> None:
    for problems in ([], ALL, [NASTY]):
        report = render(name, problems, VIEW)
        assert report == "" or report.endswith("\n")
        if name != "sarif":  # JSON escapes control characters
            assert "\x1b" not in report
        report.encode("utf-8", "strict" if name not in ("full", "concise") else "backslashreplace")


def test_statistics_count_by_rule() -> None:
    assert statistics([LINK, LINK, WIDE, STALE], 4, VIEW) == (
        "      2  KW102  [*]  broken-anchor\n"
        "      1  KW002  [*]  stale-keyword-index\n"
        "      1  KW101  [ ]  broken-link\n"
        "      4  links not decidable in this repository\n"
        "[*] fixable with `--fix`\n"
    )


# --- the diff -----------------------------------------------------------------------------------------------------


def test_diff_shows_the_changes_of_safe_fixes() -> None:
    assert diff([*ALL, NEW, GUESS], TEXTS.get, unsafe=False) == (
        "diff --git a/docs/a b.md b/docs/a b.md\n"
        "--- a/docs/a b.md\n"
        "+++ b/docs/a b.md\n"
        "@@ -1,3 +1,3 @@\n"
        " # Guide\n"
        " \n"
        "-See [the guide](guide.md#instal), tab\there, and 漢字 [x](y.md).\n"
        "+See [the guide](guide.md#install), tab\there, and 漢字 [x](y.md).\n"
        "diff --git a/kwdocs/b.md_kw.md b/kwdocs/b.md_kw.md\n"
        "--- a/kwdocs/b.md_kw.md\n"
        "+++ b/kwdocs/b.md_kw.md\n"
        "@@ -1,2 +1,2 @@\n"
        " one\n"
        "-two\n"
        "+three\n"
        "diff --git a/kwdocs/n.md_kw.md b/kwdocs/n.md_kw.md\n"
        "new file mode 100644\n"
        "--- /dev/null\n"
        "+++ b/kwdocs/n.md_kw.md\n"
        "@@ -0,0 +1 @@\n"
        "+n\n"
        "\\ No newline at end of file\n"
        "diff --git a/kwdocs/old.md_kw.md b/kwdocs/old.md_kw.md\n"
        "deleted file mode 100644\n"
        "--- a/kwdocs/old.md_kw.md\n"
        "+++ /dev/null\n"
        "@@ -1 +0,0 @@\n"
        "-old\n"
    )


def test_diff_has_unsafe_fixes_only_with_the_option() -> None:
    assert "Book" not in diff([GUESS], TEXTS.get, unsafe=False)
    assert "+# Book\n" in diff([GUESS], TEXTS.get, unsafe=True)


def test_git_applies_the_diff(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "repo")
    for path, data in TEXTS.items():
        lab.write(path, data)
    lab.commit()
    problems = [*ALL, NEW, GUESS]
    patch = diff(problems, TEXTS.get, unsafe=True)
    subprocess.run(["git", "apply", "--index", "-"], cwd=lab.root, input=patch.encode(), check=True)
    for path, _, after in changes(problems, TEXTS.get, unsafe=True):
        file = lab.root / path
        assert (file.read_bytes() if file.exists() else None) == after


# --- progress -----------------------------------------------------------------------------------------------------


def test_bar_shows_progress_rate_and_remaining_time() -> None:
    assert progress.line(50, 200, 2.0) == "[======                  ] 50/200 documents, 25/s, 6 s left"
    assert progress.line(200, 200, 4.0) == "[========================] 200/200 documents, 50/s"
    assert progress.line(0, 0, 0.0) == "[========================] 0/0 documents, 0/s"


def test_bar_is_not_shown_for_short_work_and_is_removed(capsys: pytest.CaptureFixture[str]) -> None:
    bar = progress.Bar()
    bar(1, 2)
    bar.clear()
    assert capsys.readouterr().err == ""
    bar._start -= 1
    bar(1, 2)
    bar.clear()
    output = capsys.readouterr().err
    assert "1/2 documents" in output
    assert output.endswith("\r\x1b[K")
