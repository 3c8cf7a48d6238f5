"""Insert breakages and valid oddities into a copy of a repository, and count which tools report them.

    python benchmarks/mutations.py REPOSITORY [SEED] [DOCUMENTS]

Every kind of link that can break is inserted in every kind of block, in documents chosen by the seed, and so are texts
that look broken and are valid. kwlint has to report each breakage with the right line, column and code, and nothing
else. The other tools that are installed (`rumdl`, `lychee`, `markdownlint-cli2`, `remark` with
`remark-validate-links`; `KWLINT_NODE` is the folder with their `node_modules`) only need the right line. Problems that
the documents had before do not count.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from links import Results, judged, tracked

from kwlint import flavours, markdown
from kwlint.rules import links as link_rules
from kwlint.text import encoding

CONTEXTS = {
    "paragraph": "{}",
    "list": "- one\n- {}",
    "nested list": "1. one\n\n   - two {}",
    "quote": "> said {}",
    "table": "| a | b |\n| --- | --- |\n| {} | x |",
    "footnote": "noted[^planted{n}]\n\n[^planted{n}]: {}",
    "alert": "> [!NOTE]\n> said {}",
    "task": "- [ ] {}",
    "heading": "###### Planted {n} {}",
    "definition list": "Term\n: what {} is",
    "details": "<details>\n<summary>more</summary>\n\n{}\n\n</details>",
    "emphasis": "**bold {} text**",
}
# «» marks the target; {t} is a planted document beside the one that is changed, {i} an image.
BROKEN = {
    "inline": ("[x](«gone-{n}.md»)", "KW101"),
    "inline with title": ('[x](«gone-{n}.md» "title (a)")', "KW101"),
    "angle brackets": ("[x](<«gone {n}.md»>)", "KW101"),
    "percent-encoded": ("[x](«gone%20{n}.md»)", "KW101"),
    "dot slash and anchor": ("[x](«./gone-{n}.md#part»)", "KW101"),
    "query": ("[x](«gone-{n}.md?raw=true»)", "KW101"),
    "entity": ("[x](«gone&amp;{n}.md»)", "KW101"),
    "image": ("![alt](«gone-{n}.png»)", "KW101"),
    "linked image": ("[![alt]({i})](«gone-{n}.md»)", "KW101"),
    "HTML link": ('<a href="«gone-{n}.md»">x</a>', "KW101"),
    "HTML image": ("<img alt='x' src='«gone-{n}.png»'>", "KW101"),
    "HTML without quotes": ("<A HREF=«gone-{n}.md»>x</A>", "KW101"),
    "HTML link with entity": ('<a href="«gone&amp;{n}.md»">x</a>', "KW101"),
    "srcset": ('<img src="{i}" srcset="{i} 1x, «gone-{n}.png» 2x" alt="x">', "KW101"),
    "source": ('<picture><source srcset="«gone-{n}.png»"><img src="{i}" alt="x"></picture>', "KW101"),
    "video": ('<video src="{i}" poster="«gone-{n}.png»"></video>', "KW101"),
    "image in a link": ("[![alt](«gone-{n}.png»)]({t}.md)", "KW101"),
    "parentheses": ("[x](«gone-({n}).md»)", "KW101"),
    "escape": (r"[x](«gone\_{n}.md»)", "KW101"),
    "space around": ("[x](  «gone-{n}.md»  )", "KW101"),
    "markup in the text": ("[`a]b` **y** [z]](«gone-{n}.md»)", "KW101"),
    "percent-encoded anchor elsewhere": ("[x](«{t}.md#%67one-{n}»)", "KW102"),
    "query and anchor": ("[x](«{t}.md?plain=1#planted-gone-{n}»)", "KW102"),
    "from above": ("[x](«./././gone-{n}.md»)", "KW101"),
    "anchor elsewhere": ("[x](«{t}.md#planted-one-{n}»)", "KW102"),
    "anchor here": ("[x](«#nowhere-to-be-found-{n}»)", "KW102"),
    "case of a file": ("[x](«{T}.md»)", "KW103"),
    "case of an anchor": ("[x](«{t}.md#Planted-One»)", "KW103"),
    "outside": ("[x](«{up}outside-{n}.md»)", "KW105"),
    "full reference": ("[x][«nowhere-{n}»]", "KW106"),
    "collapsed reference": ("[«nowhere {n}»][]", "KW106"),
}
BLOCKS = {
    "definition": ("see [planted {n}]\n\n[planted {n}]: «gone-{n}.md»", "KW101"),
    "definition with angle brackets": ("see [planted {n}]\n\n[planted {n}]: <«gone {n}.md»> 'title'", "KW101"),
    "definition on two lines": ("see [planted {n}]\n\n[planted {n}]:\n  «gone-{n}.md»\n  'title'", "KW101"),
    "definition of an image": ("![planted {n}][]\n\n[planted {n}]: «gone-{n}.png»", "KW101"),
    "block of HTML": ('<p align="center">\n  <img src="{i}" alt="x"><img src="«gone-{n}.png»" alt="y">\n</p>', "KW101"),
    "details in HTML": ('<details><summary><a href="«gone-{n}.md»">x</a></summary>text</details>', "KW101"),
    "link over two lines": ("see [some\ntext](«gone-{n}.md») there", "KW101"),
    "two definitions": ("[p{n}]\n\n[p{n}]: {t}.md\n[P{n}]: «{i}»", "KW107"),
    "two ids": ('<a id="id-{n}"></a>\n\ntext <a id="«id-{n}»"></a>', "KW107"),
    "mojibake": ("caf«Ã©» {n}", "KW201"),
}
VALID = {
    "code span": "`[x](gone-{n}.md)`",
    "long code span": "``` [x](gone-{n}.md) ` ```",
    "comment": "<!-- [x](gone-{n}.md) -->",
    "escaped": r"\[x](gone-{n}.md)",
    "right file": "[x]({t}.md)",
    "right file with title": "[x](<{t}.md> 'title')",
    "right anchor": "[x]({t}.md#planted-one)",
    "percent-encoded anchor": "[x]({t}.md#%70lanted-one)",
    "setext anchor": "[x]({t}.md#planted-setext)",
    "id of HTML": "[x]({t}.md#planted-html)",
    "top": "[x]({t}.md#top) [y](#)",
    "text fragment": "[x]({t}.md#:~:text=any%20thing)",
    "image": "![alt text]({i})",
    "image with query": "![alt text]({i}?raw=true)",
    "HTML image": '<img src="{i}" alt="x">',
    "mail": "[x](mailto:a@example.org) <a@example.org>",
    "telephone": "[x](tel:+123)",
    "external": "[x](https://example.org/gone.md#any) <https://example.org/gone-{n}>",
    "array": "values[0][i]",
    "checkbox": "[ ] not done [x] done",
    "citation": "[1][2]",
    "shortcut that is none": "[gone-{n}.md]",
    "template": "[x]({{{{ url }}}})",
    "entity": "[x]({t}&#46;md)",
    "escaped dot": r"[x]({t}\.md)",
    "srcset": '<img srcset="{i}, {i} 2x" src="{i}" alt="x">',
    "source": '<picture><source media="(prefers-color-scheme: dark)" srcset="{i}"><img src="{i}" alt="x"></picture>',
    "data": '<img alt="x" src="data:image/png;base64,iVBORw0KGgo="> ![x](data:image/gif;base64,R0lGOD)',
    "linked image": "[![alt]({i})]({t}.md 'title')",
    "angle brackets and space": "[x]( <{t}.md> )",
    "case of a scheme": "[x](HTTPS://example.org/gone.md) [y](MAILTO:a@example.org)",
    "attribute that is none": '<a data-href="gone-{n}.md" title="[x](gone-{n}.md)">x</a>',
    "media fragment": "[x]({i}#xywh=1,2,3,4) [y]({t}.md#L3)",
    "image's fragment": "![alt text]({i}#gh-dark-mode-only)",
    "brackets in code": "`a[0][{n}]` and `[x][gone-{n}]`",
}
VALID_BLOCKS = {
    "fence": "```md\n[x](gone-{n}.md)\n[a]: gone-{n}.md\n```",
    "tilde fence with fence inside": "~~~\n```\n[x](gone-{n}.md)\n~~~",
    "indented code": "text\n\n    [x](gone-{n}.md)\n",
    "comment on several lines": "<!--\n[x](gone-{n}.md)\n\n![y](gone-{n}.png)\n-->",
    "comment as definition": "[//]: # (gone-{n}.md)",
    "reference in another case": "[Planted {n} X]\n\n[planted {n} x]: {t}.md",
    "the same definition twice": "[q{n}]\n\n[q{n}]: {t}.md\n[q{n}]: {t}.md",
    "second heading of a text": "[x]({t}.md#planted-twin) [y]({t}.md#planted-twin{d}1)",
    "heading with markup": "[x]({t}.md#planted-code-and-emphasis)",
    "footnotes": "one[^kept-{n}] two[^kept-{n}]\n\n[^kept-{n}]: text with `[x](gone-{n}.md)`",
    "styles": "<style>\n.a {{ background: url(gone-{n}.png) }}\n</style>",
    "definition in a quote": "> [kept {n}]: {t}.md\n\nsee [kept {n}]",
    "script": "<script>\nvar a = '[x](gone-{n}.md)';\n</script>",
}

NOT_IN_MDX = ("indented code", "script")  # where they are text (mdxjs.com, "What is MDX?")
# What only some generators read, by flavour: (kind, block, code or None).
OWN: dict[str, list[tuple[str, str, str | None]]] = {
    "docfx": [
        (":::image", ':::image type="content" source="«gone-{n}.png»" alt-text="x":::', "KW101"),
        (":::code", ':::code language="csharp" source="«gone-{n}.cs»" range="1-2":::', "KW101"),
        ("include", "[!INCLUDE [text](«gone-{n}.md»)]", "KW101"),
        ("code include", '[!code-powershell[Main](«gone-{n}.ps1» "x")]', "KW101"),
        ("docset's root", "[x](«~/gone-{n}.md»)", "KW101"),
        (":::image that is there", ':::image type="icon" source="{i}" border="false":::', None),
        ("include that is there", "[!INCLUDE [text]({t}.md)]", None),
        ("address", "[x](/dotnet/api/system.gone-{n}) [y](xref:System.String) <xref:System.Gone>", None),
        ("tab", "[x](#tab/planted-{n})", None),
    ],
    "mkdocs": [
        ("admonition", '!!! note "[x]"\n\n    text [x](«gone-{n}.md»)', "KW101"),
        ("details", "??? tip\n\n    - text [x](«gone-{n}.md»)", "KW101"),
        ("tab", '=== "One"\n\n    [x](«gone-{n}.md»)', "KW101"),
        ("code in an admonition", "!!! note\n\n    ```md\n    [x](gone-{n}.md)\n    ```", None),
    ],
    "mdbook": [
        ("chapter as HTML", "[x](«gone-{n}.html»)", "KW101"),
        ("chapter as HTML that is there", "[x]({t}.html#planted-one)", None),
    ],
    "obsidian": [
        ("wikilink", "see [[«gone-{n}»]] there", "KW101"),
        ("wikilink with text", "see [[«gone-{n}»|text]] there", "KW101"),
        ("embed", "![[«gone-{n}.png»|100]]", "KW101"),
        ("wikilink to a heading", "[[«{t}#Gone {n}»]]", "KW102"),
        ("wikilinks that are there", "[[{t}]] [[{t}.md|text]] [[{t}#Planted one]] ![[{i}]]", None),
        ("wikilink in code", "`[[gone-{n}]]`", None),
    ],
    "myst": [("directive", "```{{note}}\n[x](«gone-{n}.md»)\n```", "KW101")],
    "vitepress": [("container", "::: tip\n[x](«gone-{n}.md»)\n:::", "KW101")],
    "docusaurus": [("container", ":::note\n\n[x](«gone-{n}.md»)\n\n:::", "KW101")],
    "quarto": [("callout", "::: {{.callout-note}}\n[x](«gone-{n}.md»)\n:::", "KW101")],
    "zola": [
        ("internal", "[x](«@/gone-{n}.md»)", "KW101"),
        ("shortcode", '{{{{ youtube(id="[x](gone-{n}.md)") }}}}', None),
    ],
    "hugo": [
        ("figure", '{{{{< figure src="«gone-{n}.png»" title="[x](gone-{n}.md)" >}}}}', "KW101"),
        ("shortcode", '{{{{< youtube id="x" title="[x](gone-{n}.md)" >}}}}', None),
    ],
    "jekyll": [
        ("tag", "[x](«{{% link gone-{n}.md %}}»)", "KW101"),
        ("address", "[y]({{{{ site.baseurl }}}}/gone-{n})", None),
    ],
}


_RISKY = re.compile(r"</?(?:pre|script|style|div|details|table|svg|[A-Z])|<!|kwlint-|\$\$|:::|\{%").search


# The document to which valid links lead.
PLANT = """\
# Planted one

Planted setext
---

<a name="planted-html"></a>

## Planted twin

## Planted twin

## Planted `code` *and* emphasis
"""


class Planted(NamedTuple):
    """An inserted text in `path`. `code` is None for a valid one; `line` and `column` are those of its target."""

    path: str
    line: int
    last: int
    column: int
    kind: str
    code: str | None


def soil(root: Path, seed: int, count: int) -> list[str]:
    """Return the documents to which text can be appended: UTF-8, with all fences, comments and tags closed."""
    paths = [path for path in tracked(root) if path.endswith(".md") and (root / path).is_file()]
    random.Random(seed).shuffle(paths)
    good: list[str] = []
    for path in paths:
        decoded = encoding.decode((root / path).read_bytes())
        document = markdown.parse(decoded.text)
        whole = decoded.problem is None and all(fence.closed or fence.indented for fence in document.fences)
        clean = not _RISKY(decoded.text)
        read = "/." not in f"/{path}" and "node_modules/" not in path  # other tools skip such folders
        if (
            whole
            and clean
            and read
            and "/_" not in f"/{path}"
            and not re.search("includes?/|templates?/|partials?/", path)
        ):
            good.append(path)
        if len(good) == count:
            break
    return sorted(good)


def plant(root: Path, paths: list[str], seed: int, found: flavours.Flavours) -> list[Planted]:
    """Change the documents at `paths`, and return what was inserted. `found` gives their flavours."""
    dice = random.Random(seed)
    planted: list[Planted] = []
    number = 0
    for path in paths:
        folder = Path(path).parent
        name = f"planted-{dice.randrange(10**6)}"
        flavour = found.of(path).name
        (root / folder / f"{name}.md").write_text(PLANT, encoding="utf-8")
        (root / folder / f"{name}.png").write_bytes(b"png")
        words = {"t": name, "T": name.upper(), "i": f"{name}.png", "up": "../" * (len(folder.parts) + 1)}
        words["d"] = "_" if flavour == "mkdocs" else "-"
        data = (root / path).read_bytes()
        line_end = "\r\n" if b"\r\n" in data else "\n"
        lines = data.decode("utf-8").replace("\r\n", "\n").rstrip("\n").split("\n")
        lines += ["", "Planted text begins here.", ""]
        for kind, template, code in chosen(dice, flavour):
            if kind in NOT_IN_MDX and found.of(path).dialect.mdx:
                continue
            number += 1
            block = template.format(n=number, **words) if code is None or "«" in template else template
            begin = len(lines) + 1
            marked = block.split("\n")
            at = next((i for i, line in enumerate(marked) if "«" in line), 0)
            column = marked[at].find("«") + 1
            lines += [line.replace("«", "").replace("»", "") for line in marked] + ["", "More text.", ""]
            planted.append(Planted(path, begin + at, begin + len(marked) - 1, column, kind, code))
        (root / path).write_bytes(line_end.join(lines).encode("utf-8") + line_end.encode())
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True, capture_output=True)
    return planted


def chosen(dice: random.Random, flavour: str) -> list[tuple[str, str, str | None]]:
    """Return (kind, block, code) for one document: every kind once, in a random context."""
    # A document that includes a missing one may have any anchor.
    left_out = dice.choice(("include", "anchor here")) if flavour == "docfx" else ""
    found: list[tuple[str, str, str | None]] = [own for own in OWN.get(flavour, []) if own[0] != left_out]
    for name, (snippet, code) in BROKEN.items():
        if name == left_out:
            continue
        context = dice.choice(sorted(CONTEXTS))
        found.append((f"{name} in {context}", CONTEXTS[context].replace("{}", snippet), code))
    for name, snippet in VALID.items():
        context = dice.choice(sorted(CONTEXTS))
        if name == "comment" and context in ("table", "heading"):
            context = "paragraph"
        found.append((f"{name} in {context}", CONTEXTS[context].replace("{}", snippet), None))
    found += [(name, block, code) for name, (block, code) in BLOCKS.items()]
    found += [(name, block, None) for name, block in VALID_BLOCKS.items()]
    dice.shuffle(found)
    return found


def findings(checked: Results) -> set[tuple[str, int, int, str]]:
    """Return path, line, column and code of everything that kwlint reports."""
    found = {
        (path, fact.line, fact.column, link_rules.code(result))
        for path, fact, result in checked.results
        if result.failure
    }
    return found | {(one.path, one.line, one.column, one.code) for one in checked.problems}


def rumdl(root: Path) -> set[tuple[str, int]]:
    """Return path and line of rumdl's reports on links and fragments."""
    command = ["rumdl", "check", "--no-config", "--enable", "MD051,MD052,MD053,MD057", "--no-cache", "-o", "json", "."]
    out = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    rows = json.loads(out[out.find("[") :] or "[]")
    return {(Path(row["file"]).as_posix().removeprefix("./"), row["line"]) for row in rows}


def lychee(root: Path) -> set[tuple[str, int]]:
    """Return path and line of lychee's reports without network access."""
    command = ["lychee", "--offline", "--include-fragments", "--no-progress", "--format", "json"]
    command += ["--root-dir", str(root)]
    out = subprocess.run([*command, "./**/*.md"], cwd=root, capture_output=True, text=True, check=False).stdout
    rows: set[tuple[str, int]] = set()
    for path, errors in json.loads(out or "{}").get("error_map", {}).items():
        for error in errors:
            span = error.get("span") or {}
            rows.add((path.removeprefix("./"), span.get("line", 0)))
    return rows


def markdownlint(root: Path) -> set[tuple[str, int]]:
    """Return path and line of markdownlint-cli2's reports on fragments and references."""
    rules = {"default": False, "MD051": True, "MD052": True, "MD053": True}
    (root.parent / "rules.markdownlint.json").write_text(json.dumps(rules), encoding="utf-8")
    command = ["markdownlint-cli2", "--config", str(root.parent / "rules.markdownlint.json"), "**/*.md"]
    return named_lines(root, command)


def remark(root: Path) -> set[tuple[str, int]]:
    """Return path and line of remark-validate-links' reports."""
    modules = Path(os.environ.get("KWLINT_NODE", "")) / "node_modules"
    command = ["remark", ".", "--no-stdout", "--no-config", "--quiet", "--no-color", "--ext", "md"]
    for name in ("remark-frontmatter", "remark-gfm", "remark-validate-links"):
        options = "=repository:false" if name == "remark-validate-links" else ""
        command += ["-u", f"{modules / name / 'index.js'}{options}"]
    return named_lines(root, command)


def lenient(flavour: flavours.Flavour, planted: Planted) -> bool:
    """Return whether the inserted link is valid on a site that ignores the letter case of anchors or files."""
    if flavour.name == "obsidian" and planted.kind.startswith("case of a file"):
        return True
    return planted.kind.startswith("case of an anchor") and "planted-one" in flavour.fragment_candidates("Planted-One")


def named_lines(root: Path, command: list[str]) -> set[tuple[str, int]]:
    """Return path and line of each message, with the path before the line or above the messages."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    rows: set[tuple[str, int]] = set()
    path = ""
    for line in (done.stdout + done.stderr).splitlines():
        if match := re.match(r"(\S.*?\.md):(\d+)", line):
            rows.add((match[1], int(match[2])))
        elif match := re.match(r"\s*(\d+):\d+(?:-\d+:\d+)?\s", line):
            rows.add((path, int(match[1])))
        elif line.endswith(".md"):
            path = line.strip().removeprefix("./")
    return rows


def score(planted: list[Planted], found: set[tuple[str, int]]) -> tuple[int, int]:
    """Return the number of breakages, and of valid texts, on a reported line."""
    hit = sum((p.path, p.line) in found for p in planted if p.code)
    alarms = sum(any((p.path, line) in found for line in range(p.line, p.last + 1)) for p in planted if not p.code)
    return hit, alarms


PEERS = {"rumdl": rumdl, "lychee": lychee, "markdownlint-cli2": markdownlint, "remark": remark}


def main(argv: list[str]) -> int:
    """Insert, count and print; return 1 if kwlint missed a breakage or reported a valid text."""
    seed = int(argv[1]) if len(argv) > 1 else 1
    count = int(argv[2]) if len(argv) > 2 else 12
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(argv[0], root, symlinks=True)
        earlier = judged(root)
        before = findings(earlier)
        planted = plant(root, soil(root, seed, count), seed, earlier.found)
        checked = judged(root)
        planted = [p._replace(code=None) if lenient(checked.found.of(p.path), p) else p for p in planted]
        after = findings(checked)
        new = after - before
        wanted = {(p.path, p.line, p.column, p.code): p for p in planted if p.code}
        missed = [p for key, p in wanted.items() if key not in after]
        alarms = sorted(new - set(wanted))
        for p in missed:
            text = (root / p.path).read_text(encoding="utf-8").split("\n")[p.line - 1]
            print(f"missed: {p.path}:{p.line}:{p.column}: {p.code} {p.kind}: {text}")
        for path, line, column, code in alarms:
            text = (root / path).read_text(encoding="utf-8").split("\n")[line - 1]
            print(f"false: {path}:{line}:{column}: {code}: {text}")
        valid = sum(p.code is None for p in planted)
        print(f"{len(wanted)} breakages, {valid} valid oddities in {len({p.path for p in planted})} documents")
        print(f"kwlint: {len(wanted) - len(missed)} found at line and column, {len(alarms)} false")
        print("missed by kind:", dict(Counter(p.kind.partition(" in ")[0] for p in missed)))
        for name, peer in PEERS.items():
            if shutil.which(name):
                hit, false = score(planted, peer(root))
                print(f"{name}: {hit} found by line, {false} valid ones reported")
    return 1 if missed or alarms else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
