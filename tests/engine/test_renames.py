"""Repairs of links after renames, in real repositories: every form of link, and the rest of the file byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT
from shell import Shell

SETUP = (
    b"# Setup\n\n## First steps\n\nInstall the program and run it once, then wait for it to say that all is right.\n"
)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    made = Lab(tmp_path / "repository")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def run(lab: Lab, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(lab, capsys)


def bytes_of(lab: Lab, path: str) -> bytes:
    return (lab.root / path).read_bytes()


FORMS = """\
[inline](setup.md) [dot](./setup.md "A 'title'") [query](setup.md?plain=1#first-steps) [angle](<setup.md> 'title')
[full][a], [a], [a][] ![image](pictures/one.png) [![linked](pictures/one.png)](setup.md#first-steps)
<a href="setup.md" class='x'>raw</a> <img src='pictures/one.png' alt="setup.md"> <A HREF=setup.md>

| table | [cell](setup.md) |
| --- | --- |
| `setup.md` | \\[no](setup.md) |

- [ ] item [text](setup.md)[^n]

> quoted [text](setup.md)

[^n]: In a note: [setup.md](setup.md).

[a]: setup.md#first-steps "setup.md"

```text
[code](setup.md)
```

<!-- [comment](setup.md) -->
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_form_of_a_link_and_nothing_else(lab: Lab, ends: str, mark: str) -> None:
    text = mark + FORMS.replace("\n", ends)
    lab.write("docs/a.md", text.encode())
    lab.write("docs/setup.md", SETUP)
    lab.write("docs/pictures/one.png", b"\x89PNG" * 20)
    lab.settle()
    (lab.root / "docs/img").mkdir()
    lab.git("mv", "docs/setup.md", "docs/install.md")
    lab.git("mv", "docs/pictures/one.png", "docs/img/first.png")
    lab.fix()
    expected = text.replace("pictures/one.png", "img/first.png")
    for form in ("](setup", "](./setup", "](<setup", 'href="setup', "HREF=setup", "[a]: setup"):
        expected = expected.replace(form, form.replace("setup", "install"))
    for kept in ("\\[no](install", "[code](install", "[comment](install"):
        expected = expected.replace(kept, kept.replace("install", "setup"))
    assert bytes_of(lab, "docs/a.md") == expected.encode()
    lab.fix()
    assert bytes_of(lab, "docs/a.md") == expected.encode()


def test_a_file_that_is_no_utf8_keeps_its_bytes(lab: Lab) -> None:
    text = "# Übersicht\n\nÄrger mit [dem Aufbau](setup.md), und [nöch](setup.md#first-steps) mal.\n".encode("latin-1")
    lab.write("a.md", text)
    lab.write("setup.md", SETUP)
    lab.settle()
    lab.git("mv", "setup.md", "install.md")
    lab.fix()
    assert bytes_of(lab, "a.md") == text.replace(b"setup", b"install")


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("my setup.md", "my install.md", "[x](my%20setup.md)", "[x](my%20install.md)"),
        ("my setup.md", "my install.md", "[x](<my setup.md>)", "[x](<my install.md>)"),
        ("my setup.md", "install.md", "[x](my%20setup.md#a)", "[x](install.md#a)"),
        ("setup.md", "my install.md", "[x](setup.md)", "[x](my%20install.md)"),
        ("setup.md", "my install.md", '<a href="setup.md">x</a>', '<a href="my%20install.md">x</a>'),
        ("setup.md", "a(b).md", "[x](setup.md)", "[x](a%28b%29.md)"),
        ("setup.md", "größe.md", "[x](setup.md)", "[x](größe.md)"),
        ("größe.md", "höhe.md", "[x](gr%C3%B6%C3%9Fe.md)", "[x](h%C3%B6he.md)"),
        ("größe.md", "höhe.md", "[x](größe.md)", "[x](höhe.md)"),
        ("setup.md", "deep/setup.md", "[x](./setup.md)", "[x](./deep/setup.md)"),
        ("setup.md", "deep/setup.md", "[x](/setup.md)", "[x](/deep/setup.md)"),
        ("a&b.md", "c&d.md", '<a href="a&amp;b.md">x</a>', '<a href="c&d.md">x</a>'),
    ],
)
def test_the_style_of_a_target_is_kept(lab: Lab, old: str, new: str, before: str, after: str) -> None:
    lab.write("x.md", before + "\n")
    lab.write(old, SETUP + b"\n## A\n\nText.\n")
    lab.settle()
    (lab.root / new).parent.mkdir(exist_ok=True)
    lab.git("mv", old, new)
    lab.fix()
    assert lab.read("x.md") == after + "\n"


@pytest.mark.parametrize(
    ("configuration", "before", "after"),
    [
        (
            "docs/.vitepress/config.mts",
            "[x](./setup#a) [y](/setup.md) [z](setup.html)",
            "[x](./go/in%20it#a) [y](/go/in%20it.md) [z](go/in%20it.html)",
        ),
        (
            "docs/.obsidian/app.json",
            "[[setup]] [[setup#A|text]] ![[setup]] [x](setup.md)",
            "[[in it]] [[in it#A|text]] ![[in it]] [x](go/in%20it.md)",
        ),
        ("docs/_config.yml", "[y](setup.md) {% link setup.md %}", "[y](go/in%20it.md) {% link go/in it.md %}"),
        ("book.toml", "[x](setup.html#a) [y](setup.md)", "[x](go/in%20it.html#a) [y](go/in%20it.md)"),
        (
            "docusaurus.config.js",
            "[x](/setup.md#a) [y](./setup.md) [z](@site/docs/setup.md)",
            "[x](/go/in%20it.md#a) [y](./go/in%20it.md) [z](@site/docs/go/in%20it.md)",
        ),
        ("docfx.json", "[x](~/docs/setup.md#a) [y](setup.md)", "[x](~/docs/go/in%20it.md#a) [y](go/in%20it.md)"),
        ("mkdocs.yml", "[x](setup.md#a) [y](./setup.md)", "[x](go/in%20it.md#a) [y](./go/in%20it.md)"),
    ],
)  # fmt: skip
def test_the_style_of_a_generator_is_kept(lab: Lab, configuration: str, before: str, after: str) -> None:
    lab.write(configuration, '[book]\nsrc = "docs"\n' if configuration == "book.toml" else "")
    lab.write("docs/x.md", f"# X\n\n{before}\n")
    lab.write("docs/setup.md", SETUP + b"\n## A\n\nText.\n")
    lab.settle()
    (lab.root / "docs/go").mkdir()
    lab.git("mv", "docs/setup.md", "docs/go/in it.md")
    lab.fix()
    assert lab.read("docs/x.md") == f"# X\n\n{after}\n"


def folder(lab: Lab) -> None:
    lab.write("README.md", "# Start\n\n[all](docs/) [one](docs/a.md#a) ![p](docs/p.png) [deep](./docs/in/b.md)\n")
    lab.write(
        "docs/a.md",
        "# A\n\n[up](../README.md) [b](in/b.md) ![p](p.png) [code](../src/x.py) [folder](../src) and a few words.\n",
    )
    lab.write(
        "docs/in/b.md", "# B\n\n[a](../a.md) [top](../../README.md) [img](/docs/p.png) [self](#b), which is a page.\n"
    )
    lab.write("docs/p.png", b"\x89PNG" * 20)
    lab.write("src/x.py", "pass\n")
    lab.settle()


def test_a_folder_that_has_another_name(lab: Lab) -> None:
    folder(lab)
    before = {path: lab.read(path) for path in ("README.md", "docs/a.md", "docs/in/b.md")}
    lab.git("mv", "docs", "manual")
    lab.fix()
    assert lab.read("README.md") == before["README.md"].replace("docs/", "manual/")
    assert lab.read("manual/a.md") == before["docs/a.md"]
    assert lab.read("manual/in/b.md") == before["docs/in/b.md"].replace("docs/", "manual/")
    assert [one for one in lab.check() if one.code.startswith("KW1")] == []


def test_a_folder_that_lies_deeper(lab: Lab) -> None:
    folder(lab)
    before = {path: lab.read(path) for path in ("README.md", "docs/a.md", "docs/in/b.md")}
    (lab.root / "site/content").mkdir(parents=True)
    lab.git("mv", "docs", "site/content/docs")
    lab.fix()
    assert lab.read("README.md") == before["README.md"].replace("docs/", "site/content/docs/")
    assert lab.read("site/content/docs/a.md") == (
        before["docs/a.md"].replace("../README", "../../../README").replace("../src", "../../../src")
    )
    assert lab.read("site/content/docs/in/b.md") == (
        before["docs/in/b.md"].replace("../../README", "../../../../README").replace("/docs/p", "/site/content/docs/p")
    )
    assert [one for one in lab.check() if one.code.startswith("KW1")] == []


def test_a_rename_that_was_committed_and_one_that_is_staged(lab: Lab) -> None:
    lab.write("x.md", "[one](setup.md)\n")
    lab.write("setup.md", SETUP)
    lab.settle()
    lab.git("mv", "setup.md", "install.md")
    lab.git("commit", "-qm", "rename")
    lab.git("mv", "install.md", "begin.md")
    lab.fix()
    assert lab.read("x.md") == "[one](begin.md)\n"


def test_since_a_revision(lab: Lab, run: Shell) -> None:
    lab.write("x.md", "[one](setup.md#first-steps)\n")
    lab.write("setup.md", SETUP)
    lab.settle()
    lab.git("tag", "then")
    lab.git("mv", "setup.md", "install.md")
    lab.git("commit", "-qm", "rename")
    lab.write("install.md", SETUP.replace(b"First steps", b"Begin"))
    lab.commit()
    assert run("--select", "KW1") == 1
    assert "install.md" not in run.out.replace("x.md", "")
    assert run("--select", "KW1", "--since", "then") == 1
    assert 'write "install.md#begin"' in run.out


def test_three_names_in_a_ring(lab: Lab) -> None:
    topics = {"a": "apples and how to grow them", "b": "boats at sea", "c": "cats that sleep all day"}
    for name, topic in topics.items():
        lab.write(f"{name}.md", f"# {topic}\n\n## On {topic}\n\n" + f"This is on {topic}, and {topic} alone.\n" * 20)
    lab.write("x.md", "[a](a.md#on-boats-at-sea)\n")
    lab.write("y.md", "[a](a.md#on-apples-and-how-to-grow-them)\n")
    lab.settle()
    for old, new in (("a.md", "t"), ("c.md", "a.md"), ("b.md", "c.md"), ("t", "b.md")):
        lab.git("mv", old, new)
    lab.fix()
    assert lab.read("y.md") == "[a](b.md#on-apples-and-how-to-grow-them)\n"
    assert lab.read("x.md") == "[a](a.md#on-boats-at-sea)\n", "it was broken before"


def test_a_file_that_was_split(lab: Lab) -> None:
    one = "\n".join(f"Line {n} of the first part tells what it is about." for n in range(30))
    two = "\n".join(f"Line {n} of the second half says other things." for n in range(30))
    lab.write("x.md", "[all](all.md) [one](all.md#one) [two](all.md#two)\n")
    lab.write("all.md", f"# All\n\n## One\n\n{one}\n\n## Two\n\n{two}\n")
    lab.settle()
    lab.git("rm", "-q", "all.md")
    lab.write("first.md", f"# First\n\n## One\n\n{one}\n")
    lab.write("second.md", f"# Second\n\n## Two\n\n{two}\n")
    lab.stage()
    lab.fix()
    assert lab.read("x.md") == "[all](all.md) [one](all.md#one) [two](all.md#two)\n"


def test_a_heading_of_which_there_are_two(lab: Lab) -> None:
    lab.write("x.md", "[1](t.md#use) [2](t.md#use-1)\n")
    lab.write("t.md", "# T\n\n## Use\n\nThe first way to do it.\n\n## Use\n\nThe second, which differs from it.\n")
    lab.settle()
    lab.write(
        "t.md", "# T\n\n## Use\n\nThe first way to do it.\n\n## Other use\n\nThe second, which differs from it.\n"
    )
    lab.fix()
    assert lab.read("x.md") == "[1](t.md#use) [2](t.md#other-use)\n"


@pytest.mark.parametrize("rules", [("--select", "KW1"), ()])
def test_the_diff_is_what_a_repair_does(lab: Lab, rules: tuple[str, ...]) -> None:
    lab.write("a.md", "# Ümlaut\n\nSee [it](setup.md), [it](SETUP2.md) und schön.\r\n".encode("latin-1"))
    lab.write("b.md", "\ufeff# B\r\n\r\n[x](setup.md#first-steps)\r\n".encode())
    lab.write("setup.md", SETUP)
    lab.write("setup2.md", "# Two\n")
    lab.settle()
    lab.git("mv", "setup.md", "install.md")
    command = [sys.executable, "-m", "kwlint", *rules]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    patch = subprocess.run([*command, "--diff"], env=environment, check=False, capture_output=True)
    assert patch.returncode == 1
    trees = []
    for repair in (["git", "apply", "../patch"], [*command, "--fix"]):
        (lab.root.parent / "patch").write_bytes(patch.stdout)
        lab.git("stash", "-q", "--include-untracked")
        lab.git("stash", "apply", "-q", "--index")
        subprocess.run(repair, env=environment, check=repair[0] == "git", capture_output=True)
        trees.append({p.relative_to(lab.root): p.read_bytes() for p in lab.root.rglob("*.md")})
        lab.git("reset", "-q", "--hard")
        lab.git("clean", "-qfd")
        lab.git("stash", "pop", "-q", "--index")
    assert trees[0] == trees[1]


def test_repair_of_the_letter_case_alone(lab: Lab) -> None:
    lab.write(
        "x.md",
        "[a](DOCS/My%20File.MD#Part) <img src='Docs/P.PNG'> [b]\n\n[b]: <Docs/my file.md> 'Docs'\n",
    )
    lab.write("docs/my file.md", "# T\n\n## part\n")
    lab.write("docs/p.png", b"\x89PNG" * 20)
    lab.settle()
    assert lab.read("x.md") == (
        "[a](docs/my%20file.md#part) <img src='docs/p.png'> [b]\n\n[b]: <docs/my file.md> 'Docs'\n"
    )


def test_files_that_change_names_one_after_the_other(lab: Lab) -> None:
    lab.write("x.md", "[a](a.md#on-a) [b](b.md)\n")
    for name in "ab":
        lab.write(f"{name}.md", f"# {name}\n\n## On {name}\n\n" + f"What is to be said about {name}.\n" * 20)
    lab.settle()
    lab.git("mv", "b.md", "c.md")
    lab.git("mv", "a.md", "b.md")
    lab.fix()
    assert lab.read("x.md") == "[a](b.md#on-a) [b](b.md)\n"
