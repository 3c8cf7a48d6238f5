"""The script that fits the weights of the ranking."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

from kwlint.keywords.features import FEATURES

SCRIPT = ROOT / "scripts" / "fit_keywords.py"
DOCUMENT = """---
keywords: [zone transfer WDK DNS, "name server, AXFR"]
---
# Zone transfers

A zone transfer copies a zone from one name server to another. AXFR copies all of it. The copy takes a long time.
"""


def fit(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("numpy")
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True)


def test_weights_are_fitted_on_the_documents_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(DOCUMENT)
    done = fit(tmp_path, "--context", " WDK.*", "--output", tmp_path / "weights.txt")
    assert (done.returncode, done.stderr) == (0, "2 documents, 6 terms\n")
    rows = (tmp_path / "weights.txt").read_text().splitlines()[1:]
    assert [row.split()[0] for row in rows] == list(FEATURES)


def test_documents_without_keywords_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Zone transfers\n")
    done = fit(tmp_path)
    assert done.returncode == 2
    assert "fewer than two documents have `keywords`" in done.stderr
