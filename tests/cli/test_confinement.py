"""A run reads and writes the repository and runs git, and does nothing else, whatever the repository contains."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lab import Lab
from paths import ROOT

# Python reports these events before they happen (PEP 578). The run ends at the first one that is not allowed.
GUARD = """\
import os
import sys

ALLOWED = ("socket.__new__",)  # multiprocessing, between the processes of one run


def guard(event, arguments):
    starts = event in ("subprocess.Popen", "os.posix_spawn")
    program = os.path.basename(os.fsdecode(arguments[0])) if starts else "git"
    if program != "git" or event in ("os.system", "os.exec", "pickle.find_class", "ctypes.dlopen"):
        refuse(event, arguments)
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and event not in ALLOWED:
        refuse(event, arguments)


def refuse(event, arguments):
    os.write(2, f"refused: {event} {arguments!r}".encode())
    os._exit(99)


sys.addaudithook(guard)
"""

TRAPS = {
    "mkdocs.yml": "site_name: !!python/object/apply:os.system ['touch pwned']\ndocs_dir: docs\n",
    "docs/conf.py": "open('pwned', 'w').close()\nextensions = ['myst_parser']\n",
    "site/docusaurus.config.js": "require('fs').writeFileSync('pwned', '')\n",
    "book.toml": "[preprocessor.x]\ncommand = 'touch pwned'\n",
    "docs/a.md": "---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n# A gadget\n\n`$(touch pwned)`\n",
    "docs/include.md": "# I\n\n{{#include ../secret.md}}\n\n```{include} http://example.org/x.md\n```\n\n[old](gone.md) <https://example.org>\n",
}


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{tmp_path / 'guard'}{os.pathsep}{ROOT}"}


def run(environment: dict[str, str], cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('localhost', 9))",
        "import urllib.request; urllib.request.urlopen('http://localhost:9')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run('true', shell=True)",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import collections, pickle; pickle.loads(pickle.dumps(collections.Counter()))",
    ],
)
def test_guard_refuses(guarded: dict[str, str], tmp_path: Path, code: str) -> None:
    assert run(guarded, tmp_path, "-c", code).returncode == 99


@pytest.mark.parametrize(
    "arguments",
    [
        ("-j1",),
        ("--fix", "--unsafe-fixes", "--stage", "-j1"),
        ("--since", "HEAD", "--diff", "-j1"),
        ("keywords", "docs"),
        ("find", "gadget"),
        ("baseline",),
        ("init", "--diff"),
    ],
    ids=" ".join,
)
def test_no_network_no_shell_no_code_of_the_repository(
    guarded: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    lab = Lab(tmp_path / "repository")
    for path, text in TRAPS.items():
        lab.write(path, text)
    lab.commit()
    done = run(guarded, lab.root, "-m", "kwlint", *arguments)
    assert done.returncode in (0, 1), done.stderr
    assert "refused" not in done.stderr
    assert not list(tmp_path.rglob("pwned"))
