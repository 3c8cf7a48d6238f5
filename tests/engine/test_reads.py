"""What a check costs: each document is read once and parsed once, the checks of its links and anchors included."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from lab import Lab
from paths import ROOT

# Python tells of each file before it opens it (PEP 578); the parser is counted where it is called.
COUNTING = """\
import os
import sys

from kwlint.markdown import document

read = document.read


def counted(*arguments, **options):
    os.write(2, b"parsed\\n")
    return read(*arguments, **options)


document.read = counted


def listen(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".md"):
        os.write(2, f"opened {os.path.basename(arguments[0])}\\n".encode())


sys.addaudithook(listen)
"""


def test_a_check_of_links_parses_each_document_once(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "repository")
    names = [f"d{number}.md" for number in range(8)]
    for name in names:
        others = " ".join(f"[x]({other}#one) [y]({other}#gone) [z](gone.md)" for other in names)
        lab.write(name, f"# One\n\n{name}: {others}\n")  # documents of one text are parsed once for all
    lab.commit()
    (tmp_path / "counting").mkdir()
    (tmp_path / "counting" / "sitecustomize.py").write_text(COUNTING, encoding="utf-8")
    path = f"{tmp_path / 'counting'}{os.pathsep}{ROOT}"
    command = ["-m", "kwlint", "check", "--select", "KW1", "--no-cache", "-j1", "--output-format", "json"]
    done = subprocess.run(
        [sys.executable, *command], cwd=lab.root, env={**os.environ, "PYTHONPATH": path}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.count('"KW102"') == len(names) ** 2
    said = Counter(done.stderr.splitlines())
    # The detection of sites reads a sample of documents too.
    assert all(said[f"opened {name}"] <= 2 for name in names)
    assert said["parsed"] == len(names)
