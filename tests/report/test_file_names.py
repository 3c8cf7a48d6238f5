"""File names with special characters: every report escapes them so that its reader gets the name back."""

from __future__ import annotations

import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote

import pytest
from lab import Lab

from kwlint.cli.main import main
from kwlint.model.problem import Problem

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be created on Windows")

NAMES = (
    "a b.md",
    "100%.md",
    "%0A.md",
    "new\nline.md",
    "é→日本.md",
    "co,lon:x.md",
    'quo"te&<x>.md',
    "tab\tx.md",
    "😀.md",
)
TEXT = '# Tîtle\n\n日本 [a](gone.md) and [b](a%20b.md#nö) <b>&"\n\n[c](A%20B.md)\n'
FORMATS = ("json", "sarif", "gitlab", "junit", "github", "concise")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the reports of one run, each read from its file."""
    lab = Lab(tmp_path / "repository")
    for name in NAMES:
        lab.write(name, TEXT)
    lab.stage()
    monkeypatch.chdir(lab.root)
    words = [word for name in FORMATS for word in ("--output-format", name, "--output-file", str(tmp_path / name))]
    assert main([*words, "--select", "KW1"]) == 1
    return {name: (tmp_path / name).read_bytes().decode("utf-8") for name in FORMATS}


def test_every_report_has_every_file_name(reports: dict[str, str]) -> None:
    def unescape(text: str) -> str:
        return re.sub("%(25|0D|0A|3A|2C)", lambda match: chr(int(match[1], 16)), text)

    commands = [re.fullmatch(r"::error (.*?)::.*", line) for line in reports["github"].split("\n")[:-1]]
    properties = [dict(part.split("=", 1) for part in match[1].split(",")) for match in commands if match]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(reports["sarif"])["runs"][0]["results"]
    ]
    cases = ElementTree.fromstring(reports["junit"]).iter("testcase")
    expected = sorted([name for name in NAMES for _ in range(3)])
    assert [problem["path"] for problem in json.loads(reports["json"])] == expected
    assert [unquote(uri) for uri in uris] == expected
    assert [entry["location"]["path"] for entry in json.loads(reports["gitlab"])] == expected
    assert [unescape(values["file"]) for values in properties] == expected
    # XML 1.0 cannot represent these control characters: they become U+FFFD.
    assert [case.get("file") for case in cases] == [re.sub("[\n\t]", "\ufffd", name) for name in expected]
    assert reports["concise"].count("\n") == len(expected)
    fingerprints = [entry["fingerprint"] for entry in json.loads(reports["gitlab"])]
    assert len(set(fingerprints)) == len(expected)


def test_reports_have_the_same_positions(reports: dict[str, str]) -> None:
    positions = [(problem["line"], problem["column"]) for problem in json.loads(reports["json"])]
    assert set(positions) == {(3, 8), (3, 25), (5, 5)}
    regions = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in json.loads(reports["sarif"])["runs"][0]["results"]
    ]
    assert [(region["startLine"], region["startColumn"]) for region in regions] == positions
    begins = [entry["location"]["positions"]["begin"] for entry in json.loads(reports["gitlab"])]
    assert [(begin["line"], begin["column"]) for begin in begins] == positions


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_file_name_that_is_not_utf8_is_skipped_with_a_note(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "repository")
    lab.write("a.md", "# A\n\n[b](b.txt)\n")
    lab.write("b.txt", "b\n")
    lab.settle()
    for name in (b"latin\xe9.md", b"latin\xe9.txt", b"kwdocs/latin\xe9.md_kw.md"):
        Path(os.fsdecode(os.fsencode(lab.root) + b"/" + name)).write_text("# Latin\n")
    for tracked in (False, True):
        if tracked:
            lab.stage()
        for cached in (True, True, False):
            result = lab.result(use_cache=cached)
            problems: tuple[Problem, ...] = result.problems
            assert problems == ()
            notes = [note for note in result.notes if "its name is not UTF-8" in note]
            assert len(notes) == tracked, result.notes
