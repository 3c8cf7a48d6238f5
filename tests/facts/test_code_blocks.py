"""What code blocks define, import, show, run and print."""

from __future__ import annotations

import ast

import pytest

from kwlint import markdown
from kwlint.config import KeywordSettings
from kwlint.facts.code_blocks import samples
from kwlint.keywords import keywords
from kwlint.model.facts import Sample


def only(info: str, code: str) -> Sample:
    (sample,) = samples(markdown.parse(f"# T\n\n```{info}\n{code}\n```\n"))
    return sample


def symbols(info: str, code: str) -> list[str]:
    return [f"{kind} {name}" for kind, name in only(info, code).defines if kind not in ("idiom", "include")]


@pytest.mark.parametrize(
    ("info", "code", "expected"),
    [
        ("py", "class A:\n    def b(self): ...\nasync def c(): ...\n# def d(): ...\n'''\ndef e():\n'''", "A b c"),
        ("js", "export default class A {}\nasync function b() {}\nconst c = (x) => x\nlet d = 5", "A b c"),
        ("ts", "export interface A { x: B }\ntype C = string\nenum D { E }\nfunction f<T>(x: T) {}", "A C D f"),
        (
            "rust",
            "pub struct A<T>(T);\nenum B {}\nimpl A {\n    pub fn c() {}\n}\n// fn d() {}\nfn main() {}",
            "A B c main",
        ),
        ("go", "type A struct {}\nfunc (a *A) B() {}\nfunc c() {}", "A B c"),
        ("java", "public class A {\n    public static void main(String[] args) {}\n}\ninterface B {}", "A main B"),
        ("csharp", "public sealed class A : B\n{\n    protected override void C() {}\n}\nenum D {}", "A C D"),
        ("c", "#define A 1\nstruct b { int x; };\nint c(int d) {\n  e();\n}", "A b c"),
        ("cpp", "class A : public B {\n};\nvoid A::c() const {\n}", "A A::c"),
        ("ruby", "module A\n  class B\n    def c?\n", "A B c?"),
        ("php", "final class A {\n  public function b() {}\n}", "A b"),
        ("kotlin", "data class A(val b: C)\nfun d() = 1", "A d"),
        ("powershell", "function Get-A {\n}\nclass B {}\nFILTER c {}", "Get-A B c"),
        ("bash", "function a {\n}\nb() {\n}\nexport C=1", "a b C"),
        ("sql", "CREATE TABLE IF NOT EXISTS a (b int);\ncreate or replace view c.d as select 1", "a c.d"),
        ("csharp", "protected override A B(C c)\n{\n}", "B"),
        ("java", "public static void main(String[] a) {\n}", "main"),
        ("yaml", "a:\n  b: 1\nc-d: x\n# e: f\nhttp://x", "a c-d"),
        ("json", '{\n  "a": {\n    "b": 1\n  },\n  "c": "d: e"\n}', "a b c"),
        ("toml", "[a.b]\nc = 1\n[[d]]", "a.b c d"),
        ("ini", "[a]\nb = 1", "a"),
        ("text", "class A:\n", ""),
    ],
)
def test_definitions_per_language(info: str, code: str, expected: str) -> None:
    assert [symbol.split(" ")[1] for symbol in symbols(info, code)] == expected.split()


@pytest.mark.parametrize(
    ("info", "code", "expected"),
    [
        ("py", "import a, b.c as d\nfrom .e import f\nfrom g.h import (\n    i,\n)\n'import j'", "a b.c .e g.h"),
        ("js", "import A from 'a'\nimport 'b'\nimport {\n  c\n} from 'd'\nconst e = require('f')", "a b d f"),
        (
            "js",
            "import.meta.on('a', b)\nexport const c = 'd'\nimport('e')\nexport * from 'f'\nimport type { G } from 'g'",
            "f g",
        ),
        ("rust", "use a::b::{c, d};\npub use e;\nextern crate f;\n// use g;", "a::b e f"),
        ("go", 'import "a"\nimport (\n\t"b/c"\n\td "e"\n)', "a b/c e"),
        ("java", "import a.b.C;\nimport static d.E.*;", "a.b.C d.E.*"),
        ("cs", "using A.B;\nusing static C;\nusing (var x = y) {}", "A.B C"),
        ("c", '#include <a.h>\n#include "b/c.h"', "a.h b/c.h"),
        ("ps1", "Import-Module A\nusing namespace B.C\n#Requires -Modules D, E", "A B.C D E"),
        ("sh", "source a.sh\n. ./b", "a.sh ./b"),
        ("dockerfile", "FROM a:1 AS b\nFROM --platform=x c", "a:1 c"),
    ],
)
def test_imports_per_language(info: str, code: str, expected: str) -> None:
    assert sorted(only(info, code).imports) == sorted(expected.split())


@pytest.mark.parametrize(
    ("info", "code", "name", "group"),
    [
        ("kotlin", "fun bakeBread(){}", "bakeBread", "function"),
        ("kotlin", "object BreadOven {\n}", "BreadOven", "class"),
        ("go", "func (o *Oven) BakeBread() {\n}", "BakeBread", "function"),
        ("java", "public class A {\n    private List<Bread> bakeBread(int count) {\n", "bakeBread", "function"),
        ("c", "int bake_bread(int heat) {\n}", "bake_bread", "function"),
        ("js", "const bakeBread = (dough) => dough.baked();", "bakeBread", "function"),
        ("pycon", ">>> def bake_bread():\n...     pass", "bake_bread", "function"),
        ("bash", "bake_bread() {\n  true\n}", "bake_bread", "function"),
        ("sql", "create or replace function bake_bread(heat int) returns int", "bake_bread", "function"),
        ("swift", "public func bakeBread() {}", "bakeBread", "function"),
    ],
)  # fmt: skip
def test_the_keyword_index_lists_what_code_defines(info: str, code: str, name: str, group: str) -> None:
    document = markdown.parse(f"# Bakery\n\nText.\n\n```{info}\n{code}\n```\n")
    entries = {entry.text: entry.group for entry in keywords(document, "a.md", {}, KeywordSettings())}
    assert entries.get(name) == group
    if info != "swift":  # the companion shows only the languages of the table
        assert name in [defined for _, defined in samples(document)[0].defines]


PYTHON = '''
"""import nothing; def nothing(): ..."""
import os, sys as system
from collections.abc import (Iterable,
    Iterator)
@decorated
class Outer(Base):
    """class Inner:"""
    name = "def no():"
    async def method(self):
        import json
        def nested(): ...
    class Nested: ...
def function(x: int) -> "class X": ...
'''


def test_a_yaml_key_may_have_spaces() -> None:
    assert symbols("yaml", "Default value: 1\nAccept all: x\nthis is a long line of prose: x\n") == [
        "key Default value",
        "key Accept all",
    ]


def test_definitions_in_python_are_those_of_its_parser() -> None:
    tree = ast.parse(PYTHON)
    functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    modules = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    modules += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    found = only("python", PYTHON)
    assert sorted(name for kind, name in found.defines if kind in ("function", "method")) == sorted(functions)
    assert [name for kind, name in found.defines if kind == "class"] == classes
    assert sorted(found.imports) == sorted(modules)


@pytest.mark.parametrize(
    ("info", "code", "commands", "output"),
    [
        ("console", "$ a b\nout put here\n$ c \\\n  d\n", ("a b", "c d"), ("out put here",)),
        (
            "powershell",
            "PS> 1..3 | ForEach-Object {\n  $_\n}\nthe output",
            ("1..3 | ForEach-Object { $_ }",),
            ("the output",),
        ),
        ("bash", "# comment\nmake all\nif x; then\n  y\nfi\ncat <<EOF\nnot me\nEOF\ncurl a \\\n  b", None, ()),
        ("bash", "$ make\nall is made", ("make",), ("all is made",)),
        ("", "$ make\nall is made", ("make",), ("all is made",)),
        ("text", "$5 is the price", (), ()),
        ("powershell", "PS> Get-A |\n  Get-B\nName Value", ("Get-A | Get-B",), ("Name Value",)),
        (
            "powershell",
            "PS C:\\> Set-A b\nC:\\b>Get-C\n\nthe bowl is full",
            ("Set-A b", "Get-C"),
            ("the bowl is full",),
        ),
        (
            "powershell",
            "PS> # In bake.ps1:\nGet-A 'the bowl of mine'\nPS> .\\bake.ps1\nall is baked",
            (".\\bake.ps1",),
            ("all is baked",),
        ),
        ("powershell", "PS>\nfunction prompt { 'the bowl is full' }\n", (), ()),
        ("console", "$ cd bowls\n$ mkdir dough\n$ bake\nsize     time\n10       20\n", ("bake",), ()),
        (
            "console",
            '$ bake\n{\n  "the": 1,\n}\n$ eat\nnothing is left of it\nat all\n',
            ("bake", "eat"),
            ("nothing is left of it",),
        ),
        (
            "console",
            "$ bake\nstate : the dough is raw\nThe dough rests for an hour\n",
            ("bake",),
            (),
        ),
        ("powershell", "$x = 1\nGet-Item -B `\n  -C\n  Get-Date", ("Get-Item -B -C",), ()),
        ("Output", "Name  Value\n----  -----\na  b", (), ()),
        ("Output", "PS C:\\bowls> Get-A\n", (), ()),
        ("Output", "15\n", (), ()),
        ("Output", "Status  Name\n------  ----\n", (), ()),
        ("console", "$ bake\n--snip--\n", ("bake",), ()),
        ("console", "$ echo $PATH\n/bin:/usr/bin\n$ echo bread > box\n", ("echo bread > box",), ("/bin:/usr/bin",)),
        ("Output", "C:\\Windows", (), ("C:\\Windows",)),
        ("python", "make all", (), ()),
        (
            "console",
            "$ <font color='red'>bake</font> <u>bread</u>\n<b>all</b> is baked",
            ("bake bread",),
            ("all is baked",),
        ),
        (
            "console",
            "$ bake\n   Compiling flour v1\n    Finished dough\nThe bread is done",
            ("bake",),
            ("The bread is done",),
        ),
        ("console", "$ bake\nRunning on port 80", ("bake",), ("Running on port 80",)),
        ("console", "PS> $Env:A=1; bake bread\nall is baked", ("$Env:A=1; bake bread",), ("all is baked",)),
    ],
)
def test_commands_and_output(info: str, code: str, commands: tuple[str, ...] | None, output: tuple[str, ...]) -> None:
    found = only(info, code)
    assert found.commands == (("make all", "cat <<EOF", "curl a b") if commands is None else commands)
    assert found.output == output


def test_a_python_session_gives_code_output_and_examples() -> None:
    found = only("pycon", ">>> import a\n>>> def b():\n...     pass\n>>> b(1)\nthe result\n")
    assert (found.lang, found.doctests, found.imports, found.output) == ("python", 3, ("a",), ("the result",))
    assert symbols("pycon", ">>> def b():\n...     pass") == ["function b"]


@pytest.mark.parametrize(
    ("info", "code", "idiom"),
    [
        ("py", "with open(x) as y:\n    pass", "context managers"),
        ("rust", "let x = f()?;\n", "error propagation with `?`"),
        ("js", "await x", "async and await"),
        ("powershell", "Get-A @splat", "splatting"),
        ("console", "$ a $(b)", "command substitution"),
    ],
)
def test_a_block_shows_its_idioms(info: str, code: str, idiom: str) -> None:
    assert ("idiom", idiom) in only(info, code).defines


def test_output_shows_no_idioms() -> None:
    assert only("console", "$ a\n $(not a command)").defines == ()
    assert ("idiom", "splatting") not in only("console", "$ a\n @b\n").defines


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("```rust\n{{#rustdoc_include ../a/b.rs:here}}\n```\n", "../a/b.rs"),
        ('```py\n--8<-- "a/b.py"\n```\n', "a/b.py"),
        ("{* ../../docs_src/a.py hl[1:2] *}\n", "../../docs_src/a.py"),
        ("```{literalinclude} a.py\n:lines: 1\n```\n", "a.py"),
    ],
)
def test_included_files_are_listed(text: str, path: str) -> None:
    (sample,) = samples(markdown.parse(text))
    assert ("include", path) in sample.defines


def test_aliases_of_a_language_have_one_name() -> None:
    for info, name in (
        ("py3", "python"),
        ("{.python}", "python"),
        ("C++", "cpp"),
        ("posh", "powershell"),
        ("x-y", "x-y"),
    ):
        assert only(info, "x").lang == name


@pytest.mark.parametrize(
    ("info", "text", "absent"),
    [
        ("ts", "// const { load } = window.x;\nlet a = 1;\n", "destructuring"),
        ("ts", "type A = { handler: (url: string) => void };\n", "arrow functions"),
        ("ts", "read('a', { baseDir: BaseDirectory.AppLog });\n", "type annotations"),
        ("python", "# with open(x) as f:\nx = 1\n", "context managers"),
    ],
)
def test_comments_and_types_are_not_idioms(info: str, text: str, absent: str) -> None:
    assert ("idiom", absent) not in only(info, text).defines


def test_idioms_next_to_comments_and_types_are_reported() -> None:
    text = "// x\nconst { a } = b;\nconst f = (x: Bowl): void => { g(x); };\n"
    shown = {name for kind, name in only("ts", text).defines if kind == "idiom"}
    assert {"destructuring", "arrow functions", "type annotations"} <= shown


def test_a_folder_tree_has_no_commands() -> None:
    assert only("sh", "app\n├── src\n└── main.js\n").commands == ()


def test_an_attribute_is_not_a_language() -> None:
    assert only("title=x.json", "{}").lang == ""


HOSTILE = [
    "(" * 50_000,
    "a " * 50_000,
    '"' * 50_000,
    "fn " * 30_000,
    "\\" * 50_000,
    "/*" * 30_000,
    "'''" * 30_000,
    "$ " * 30_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "info",
    [
        "python",
        "js",
        "ts",
        "rust",
        "go",
        "java",
        "cs",
        "c",
        "cpp",
        "kotlin",
        "php",
        "ps1",
        "sh",
        "sql",
        "json",
        "console",
    ],
)
def test_hostile_code_is_bounded(info: str, text: str) -> None:
    sample = only(info, text)
    said = (*sample.defines, *sample.imports, *sample.commands, *sample.output)
    assert len(repr(said)) < 20_000
