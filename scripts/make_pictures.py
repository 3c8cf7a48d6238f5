"""Makes the pictures of the README: `python scripts/make_pictures.py [MERMAID_JS]`.

`docs/images/terminal.svg` is what `kwlint` prints on a terminal (drawn by rich); `docs/images/page.png` is a generated
page as a git host shows it (cmark-gfm's HTML in Chromium). Both come from a repository that is made up here.
Needs `pip install rich`, Chromium, and for graphs the path of mermaid's `mermaid.min.js`.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import cmarkgfm
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"

README = """\
# Widget server

Serves widgets over HTTP. Start with the [setup](docs/setup.md#installing), then read on
[scaling](docs/scaling.md).
"""
SETUP = """\
---
title: Setup
description: From nothing to a running widget server.
---

# Setup

The widget server is one program. This page takes you from nothing to a server that answers.

## Installing

```console
$ pip install widget-server
$ widgetd --port 8080
```

`widgetd` reads its settings from `widget.toml`; the rate limiter is off until `limit` is set there.

## First request

```python
from widgets import Client


def first(client: Client) -> str:
    return client.get("/widgets/1")
```

A Time To Live (TTL) of five minutes applies to every answer. Before you raise it,
see [scaling](scaling.md#rate-limiter).
"""
SCALING = """\
# Scaling

One widget server answers about 4,000 requests a second on two cores.

## Rate limiter

The rate limiter counts requests per client. Set it in
[the settings](setup.md#installing) before you open the port.

## Connection pool

A connection pool of 16 is enough for most; a larger one costs memory.
"""

STYLE = """
body { font: 15px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328;
  max-width: 880px; margin: 28px auto; padding: 0 32px; }
h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; } h1 { font-size: 1.9em; } h2 { font-size: 1.4em; }
a { color: #0969da; text-decoration: none; } code { background: #818b981f; padding: .2em .4em; border-radius: 6px;
  font: 85% ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: #f6f8fa; padding: 14px; border-radius: 6px; } pre code { background: none; padding: 0; }
table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
tr:nth-child(2n) { background: #f6f8fa; } blockquote { border-left: 4px solid #d1d9e0; margin: 0; padding: 0 1em;
  color: #59636e; }
"""


def run(folder: Path, *command: str, status: tuple[int, ...] = (0,)) -> str:
    """What a program prints. Raises `SystemExit` where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in status:
        sys.exit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def kwlint(folder: Path, *arguments: str, status: tuple[int, ...] = (0,)) -> str:
    return run(folder, sys.executable, "-m", "kwlint", *arguments, status=status)


def repository(folder: Path) -> None:
    """The made-up repository, with its pages."""
    for path, text in {"README.md": README, "docs/setup.md": SETUP, "docs/scaling.md": SCALING}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    run(folder, "git", "init", "-q", "-b", "main")
    run(folder, "git", "add", "-A")
    kwlint(folder, "--fix", "--stage", "-q")


def terminal(folder: Path) -> None:
    """A heading renamed and a page moved: what the next check says, and what `--fix` does."""
    run(folder, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "all")
    setup = folder / "docs/setup.md"
    setup.write_text(setup.read_text("utf-8").replace("## Installing", "## Install"), encoding="utf-8")
    run(folder, "git", "mv", "docs/scaling.md", "docs/capacity.md")
    said = f"$ kwlint --select KW1\n{kwlint(folder, '--select', 'KW1', '--color', 'always', status=(1,))}"
    said += f"$ kwlint --select KW1 --fix\n{kwlint(folder, '--select', 'KW1', '--fix', '--color', 'always')}"
    said = re.sub(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", "", said)
    console = Console(record=True, width=104, file=open(os.devnull, "w"), force_terminal=True)  # noqa: PTH123, SIM115
    console.print(Text.from_ansi(said.rstrip("\n")))
    svg = console.export_svg(title="kwlint", unique_id="kwlint")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # fonts from a server; the reader's own will do
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8")


def page(folder: Path, mermaid: str) -> None:
    """The documentation page of one document, as a host shows it."""
    text = (folder / "kwdocs/docs/setup.md_docs.md").read_text("utf-8")
    body = cmarkgfm.github_flavored_markdown_to_html(text)
    graph = re.compile(r'<pre lang="mermaid"><code>(.*?)</code></pre>', re.DOTALL)
    scripts = ""
    if mermaid:
        body = graph.sub(lambda match: f'<pre class="mermaid">{match[1]}</pre>', body)
        scripts = f"<script>{Path(mermaid).read_text('utf-8')}</script><script>mermaid.initialize({{}});</script>"
    place = folder / "page.html"
    head = f"<meta charset=utf-8><title>{html.escape(place.name)}</title><style>{STYLE}</style>"
    place.write_text(f"<!doctype html>{head}{body}{scripts}", encoding="utf-8")
    run(
        folder, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--window-size=940,1250", "--virtual-time-budget=8000", f"--screenshot={PICTURES / 'page.png'}", place.as_uri(),
    )  # fmt: skip


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        repository(Path(made))
        page(Path(made), sys.argv[1] if len(sys.argv) > 1 else "")
        terminal(Path(made))
